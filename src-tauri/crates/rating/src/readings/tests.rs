use super::*;
use proptest::prelude::*;
use ratebook_catalog::CustomerId;
use ratebook_catalog::prices::PriceTable;
use ratebook_catalog::pricing::parse;
use ratebook_catalog::{
    Agreed, Charge, ChargeKind, MarkupRules, Plan, PlanId, PlanTerms, PlanVersion, PlanVersionId,
    PriceModel, Subscription, SubscriptionId,
};
use ratebook_money::id::IdSource;
use ratebook_money::{Currency, Zone};
use ratebook_usage::{CallClass, UsageSum};
use std::collections::BTreeMap;

/// Time after the start of October in hours (before it where below zero), level, group.
type Event = (i64, u32, u8);

const HOUR: i64 = 3_600_000_000;

fn october() -> Period {
    Zone::UTC.month(2026, 10).unwrap()
}

fn meter(aggregation: Aggregation, groups: bool) -> Meter {
    Meter {
        id: MeterId::new(&mut IdSource::new(Timestamp::from_micros(0), 1)),
        name: "Level".to_owned(),
        event_name: "level".to_owned(),
        aggregation,
        unit: "unit".to_owned(),
        filters: Vec::new(),
        group_by: if groups {
            vec!["g".to_owned()]
        } else {
            Vec::new()
        },
        archived: false,
    }
}

fn aggregations() -> Vec<Aggregation> {
    let value = || EventValue::Quantity(Dimension::Custom("x".to_owned()));
    vec![
        Aggregation::Sum(EventValue::Formula("custom:x * 2".parse().unwrap())),
        Aggregation::Max(value()),
        Aggregation::Min(value()),
        Aggregation::Average(value()),
        Aggregation::Latest(value()),
        Aggregation::WeightedSum(value()),
    ]
}

fn fact((hours, level, group): Event) -> UsageFact {
    let dims = BTreeMap::from([("g".to_owned(), format!("g{group}"))]);
    UsageFact {
        at: Timestamp::from_micros(october().from.micros() + hours * HOUR),
        class: Arc::new(CallClass {
            event_name: "level".to_owned(),
            provider: String::new(),
            model: String::new(),
            conditions: ratebook_catalog::CallConditions::default(),
            context_tokens: 0,
            minute_of_day: 0,
            dims,
        }),
        quantities: vec![(
            Dimension::Custom("x".to_owned()),
            Quantity::from_units(i64::from(level)).unwrap(),
        )],
    }
}

/// A customer on a plan with one charge since January.
fn sold(meter: &Meter, price: &str) -> (Subscription, Plan, PlanVersion) {
    let mut ids = IdSource::new(Timestamp::from_micros(0), 7);
    let plan = Plan {
        id: PlanId::new(&mut ids),
        name: "Plan".to_owned(),
        description: String::new(),
        archived: false,
    };
    let kind = ChargeKind::Usage {
        meter: MeterRef::Own(meter.id),
        price: PriceModel::Document {
            price: Box::new(parse(price).unwrap()),
        },
    };
    let charge = Charge {
        name: "Level".to_owned(),
        kind,
    };
    let version = PlanVersion {
        id: PlanVersionId::new(&mut ids),
        plan: plan.id,
        number: 1,
        terms: PlanTerms::monthly(euro(), vec![charge]),
        published_at: None,
    };
    let subscription = Subscription {
        id: SubscriptionId::new(&mut ids),
        customer: CustomerId::new(&mut ids),
        plan_version: version.id,
        starts_on: "2026-01-01".parse().unwrap(),
        ends_on: None,
        agreed: Agreed::default(),
    };
    (subscription, plan, version)
}

fn euro() -> Currency {
    Currency::parse("EUR").unwrap()
}

/// Rates the events of a month under a price; says the exact amounts and what would be frozen.
fn rated(
    meter: &Meter,
    price: &str,
    facts: &[UsageFact],
    frozen: Option<&[MeterReadings]>,
) -> (Vec<String>, Vec<MeterReadings>) {
    let (subscription, plan, version) = sold(meter, price);
    let subscriptions = [SubscribedPlan {
        subscription: &subscription,
        plan: &plan,
        version: &version,
        standing: crate::Standing::Billed,
    }];
    let period = october();
    let inside = facts.iter().filter(|fact| period.contains(fact.at));
    let sums: Vec<UsageSum> = inside
        .map(|fact| UsageSum {
            short: None,
            class: Arc::clone(&fact.class),
            at: fact.at,
            dimension: fact.quantities[0].0.clone(),
            quantity: fact.quantities[0].1,
            events: 1,
        })
        .collect();
    let meters = std::slice::from_ref(meter);
    let read: Vec<MeterReadings> = wanted(&subscriptions, meters)
        .iter()
        .flat_map(|own| own.read(facts))
        .collect();
    let rules = MarkupRules::default();
    let rated = crate::rate(&RatingInput {
        zone: Zone::UTC,
        currency: euro(),
        period,
        subscriptions: &subscriptions,
        sums: &sums,
        readings: frozen.unwrap_or(&read),
        prices: &PriceTable::default(),
        names: None,
        rules: &rules,
        exchange: &[],
        meters,
        as_of: period.to,
        paid: &[],
        credits: &[],
    })
    .unwrap();
    let lines = rated.lines.iter();
    let lines = lines.map(|line| {
        let events = line.explanation.steps.iter().find_map(|step| match step {
            crate::Step::Quantity { events, .. } => Some(*events),
            _ => None,
        });
        let exact = line.exact.to_exact_string();
        format!("{} over {events:?} for {exact}", line.quantity)
    });
    (lines.collect(), rated.readings)
}

const PRICES: [&str; 3] = [
    r#"{"model":"graduated","tiers":[{"up_to":"40","unit_price":"1"},{"unit_price":"0.5"}]}"#,
    concat!(
        r#"{"model":"bucketed","per":"day","base":{"model":"package","package_size":"7","#,
        r#""package_price":"3"}}"#,
    ),
    concat!(
        r#"{"model":"bucketed","per":"group","base":{"model":"per_unit","#,
        r#""unit_price":"0.7","convert":{"round":"up"}}}"#,
    ),
];

/// What a careful person would add up hour by hour: each group has the level of its last event.
fn level_hours(events: &[Event]) -> i128 {
    let mut area = 0_i128;
    for hour in 0..31 * 24 {
        let mut groups: BTreeMap<u8, u32> = BTreeMap::new();
        for (_, level, group) in events.iter().filter(|(at, ..)| *at <= hour) {
            groups.insert(*group, *level);
        }
        area += groups
            .values()
            .map(|level| i128::from(*level))
            .sum::<i128>();
    }
    area
}

/// What a careful person would say of some events, in 10⁻⁶, one aggregation after the other.
fn by_hand(aggregation: &Aggregation, events: &[Event], groups: bool) -> i128 {
    let levels = || events.iter().map(|(_, level, _)| i128::from(*level));
    let million = 1_000_000_i128;
    match aggregation {
        Aggregation::Sum(_) => levels().sum::<i128>() * 2 * million,
        Aggregation::Max(_) => levels().max().unwrap_or(0) * million,
        Aggregation::Min(_) => levels().min().unwrap_or(0) * million,
        Aggregation::Average(_) if events.is_empty() => 0,
        Aggregation::Average(_) => {
            let count = i128::try_from(events.len()).unwrap();
            (levels().sum::<i128>() * million * 2 + count) / (count * 2)
        }
        Aggregation::Latest(_) => {
            let mut last: BTreeMap<u8, u32> = BTreeMap::new();
            for (_, level, group) in events {
                last.insert(if groups { *group } else { 0 }, *level);
            }
            last.into_values().map(i128::from).sum::<i128>() * million
        }
        Aggregation::Count | Aggregation::UniqueCount { .. } | Aggregation::WeightedSum(_) => {
            unreachable!("not asked here")
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Folded or not, and folded again, events come to the same; nothing but time orders them.
    #[test]
    fn folding_changes_nothing(
        mut events in prop::collection::vec((-90_i64..760, 0_u32..60, 0_u8..3), 0..40),
        groups in any::<bool>(),
        price in 0_usize..3,
    ) {
        // One event an hour and group: what came later at the same instant would hold.
        events.sort_by_key(|(at, _, group)| (*at, *group));
        events.dedup_by_key(|(at, _, group)| (*at, *group));
        let facts: Vec<UsageFact> = events.iter().copied().map(fact).collect();
        for aggregation in aggregations() {
            let own = meter(aggregation, groups || price == 2);
            let (lines, frozen) = rated(&own, PRICES[price], &facts, None);
            let (again, twice) = rated(&own, PRICES[price], &facts, Some(&frozen));
            prop_assert_eq!(&lines, &again);
            prop_assert_eq!(&frozen, &twice);
            let folded: usize = frozen.iter().map(|list| list.list.len()).sum();
            prop_assert!(folded <= facts.len());
        }
    }

    /// Whole, by day and by group: the line says what the events of each part come to by hand.
    #[test]
    fn what_is_folded_is_what_a_person_finds(
        mut events in prop::collection::vec((-90_i64..760, 0_u32..60, 0_u8..3), 0..60),
        groups in any::<bool>(),
        price in 0_usize..3,
    ) {
        let groups = groups || price == 2;
        events.sort_by_key(|(at, _, group)| (*at, *group));
        let facts: Vec<UsageFact> = events.iter().copied().map(fact).collect();
        events.retain(|(at, ..)| (0..744).contains(at));
        let mut parts: BTreeMap<i64, Vec<Event>> = BTreeMap::new();
        for one in &events {
            let part = [0, one.0.div_euclid(24), i64::from(one.2)][price];
            parts.entry(part).or_default().push(*one);
        }
        for aggregation in &aggregations()[..5] {
            let own = meter(aggregation.clone(), groups);
            let (lines, _) = rated(&own, PRICES[price], &facts, None);
            let parts = parts.values();
            let expected: i128 = parts.map(|own| by_hand(aggregation, own, groups)).sum();
            let said = lines.first().and_then(|line| line.split(' ').next());
            let said = Quantity::parse(said.unwrap_or("0")).unwrap();
            prop_assert_eq!(
                i128::from(said.to_smallest(6).unwrap()), expected, "{:?}", aggregation
            );
        }
    }

    /// A level over time is what adding it up hour by hour gives.
    #[test]
    fn a_level_over_time_is_added_up_hour_by_hour(
        mut events in prop::collection::vec((-90_i64..744, 0_u32..60, 0_u8..3), 0..40),
    ) {
        events.sort_by_key(|(at, ..)| *at);
        let facts: Vec<UsageFact> = events.iter().copied().map(fact).collect();
        let value = EventValue::Quantity(Dimension::Custom("x".to_owned()));
        let own = meter(Aggregation::WeightedSum(value), true);
        let price = concat!(
            r#"{"model":"per_unit","unit_price":"1","convert":{"multiply_by":"744","#,
            r#""round":"nearest"}}"#,
        );
        let (lines, _) = rated(&own, price, &facts, None);
        let area = level_hours(&events);
        match lines.first() {
            None => prop_assert_eq!(area, 0),
            Some(line) => prop_assert!(
                line.ends_with(&format!(" for {area}")),
                "{} is not {}", line, area
            ),
        }
    }
}

#[test]
fn the_greatest_of_a_day_is_all_that_is_kept_of_a_thousand_events() {
    let value = EventValue::Quantity(Dimension::Custom("x".to_owned()));
    let own = meter(Aggregation::Max(value), false);
    let facts: Vec<UsageFact> = (0..1_000_u32)
        .map(|number| fact((i64::from(number % 700), number % 97, 0)))
        .collect();
    let (lines, frozen) = rated(&own, PRICES[0], &facts, None);
    assert_eq!(lines, ["96 over Some(1000) for 68"]);
    assert_eq!(frozen[0].list.len(), 1);
    assert_eq!(frozen[0].list[0].events, 1_000);
}
