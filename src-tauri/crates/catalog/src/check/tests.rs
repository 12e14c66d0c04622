use super::*;
use crate::{
    Address, Aggregation, Agreed, Charge, ChargeChange, ChargeKind, Customer, CustomerId, Endpoint,
    FeePer, Filter, Interval, Markup, Meter, MeterId, MeterRef, Phase, PhaseSpan, PlanTerms,
    PriceModel, SeatCount, Subscription, SubscriptionId, TaxTreatment, Tier,
};
use ratebook_money::id::IdSource;
use ratebook_money::{Currency, Date, Factor, Money, Timestamp, Zone, parse_decimal};
use rust_decimal::Decimal;

fn ids() -> IdSource {
    IdSource::new(Timestamp::from_micros(0), 1)
}

fn number(text: &str) -> Decimal {
    parse_decimal(text).unwrap()
}

fn currency(code: &str) -> Currency {
    Currency::parse(code).unwrap()
}

fn found(issues: Vec<Issue>) -> Vec<String> {
    issues
        .into_iter()
        .map(|issue| format!("{} {}", issue.path, issue.code))
        .collect()
}

fn graduated(tiers: &[(&str, &str)]) -> PriceModel {
    let tiers = tiers.iter().map(|(up_to, unit_price)| Tier {
        up_to: (*up_to != "open").then(|| number(up_to)),
        unit_price: number(unit_price),
        flat_fee: Decimal::ZERO,
    });
    PriceModel::Graduated {
        tiers: tiers.collect(),
        charge_flat_at_zero: true,
    }
}

#[test]
fn good_tiers_pass() {
    assert!(price(&graduated(&[("99.5", "1"), ("open", "0.000000000001")]), "").is_empty());
}

#[test]
fn every_fault_of_tiers_is_named_at_its_field() {
    let model = graduated(&[("100", "-1"), ("open", "1"), ("50", "0.0000000000001")]);
    assert_eq!(
        found(price(&model, "charges[2]")),
        [
            "charges[2].tiers[0].unitPrice negative",
            "charges[2].tiers[1].upTo only_last_is_open",
            "charges[2].tiers[2].upTo last_must_be_open",
            "charges[2].tiers[2].upTo not_ascending",
            "charges[2].tiers[2].unitPrice too_precise",
        ]
    );
    assert_eq!(found(price(&graduated(&[]), "")), ["tiers required"]);
}

#[test]
fn terms_name_wrong_currencies_and_meters() {
    let meter = MeterId::new(&mut ids());
    let charge = |name: &str, kind| Charge {
        name: name.to_owned(),
        kind,
    };
    let fee = ChargeKind::RecurringFee {
        amount: Money::from_minor(-1, currency("USD")),
        timing: crate::FeeTiming::Advance,
        per: FeePer::Subscription,
    };
    let usage = ChargeKind::Usage {
        meter: MeterRef::Own(meter),
        price: PriceModel::CostPlus { markup: None },
    };
    let least = |cents| ChargeKind::Minimum {
        amount: Money::from_minor(cents, currency("EUR")),
    };
    let all = PlanTerms {
        interval: Interval {
            count: 0,
            ..Interval::MONTH
        },
        ..PlanTerms::monthly(
            currency("EUR"),
            vec![
                charge("Fee", fee),
                charge("Fee", usage),
                charge(" ", graduated_kind()),
                charge("At least", least(100)),
                charge("At least that", least(-1)),
            ],
        )
    };
    assert_eq!(
        found(terms(&all)),
        [
            "intervalCount out_of_range",
            "charges[4].kind duplicate",
            "charges[0].amount negative",
            "charges[0].amount wrong_currency",
            "charges[1].name duplicate",
            "charges[1].meter only_model_calls",
            "charges[2].name required",
            "charges[4].amount negative",
        ]
    );
}

fn graduated_kind() -> ChargeKind {
    ChargeKind::Usage {
        meter: MeterRef::BuiltIn(crate::BuiltInMeter::TotalTokens),
        price: graduated(&[("open", "1")]),
    }
}

#[test]
fn a_markup_that_could_not_be_computed_is_refused() {
    let bad = Markup {
        percent: number("-100.00001"),
        fixed_per_unit: Some(number("-0.1")),
        fixed_per_request: Some(number("0.0000000000001")),
        minimum_margin: Some(number("100")),
        round_to: Some(Decimal::ZERO),
    };
    assert_eq!(
        found(markup(&bad, "markup")),
        [
            "markup.percent too_precise",
            "markup.percent too_small",
            "markup.fixedPerUnit negative",
            "markup.fixedPerRequest too_precise",
            "markup.minimumMargin too_large",
            "markup.roundTo not_above_zero",
        ]
    );
}

#[test]
fn a_customer_with_everything_wrong_hears_of_everything() {
    let all = Customer {
        id: CustomerId::new(&mut ids()),
        number: String::new(),
        name: "Acme\u{0}".to_owned(),
        address: Address {
            country: "UK".to_owned(),
            ..Address::default()
        },
        tax_id: String::new(),
        email: "a@b@c".to_owned(),
        reference: String::new(),
        order_reference: String::new(),
        endpoint: Endpoint::default(),
        einvoice: None,
        currency: currency("EUR"),
        locale: "deutsch!".to_owned(),
        zone: Zone::UTC,
        tax: TaxTreatment::ReverseCharge,
        payment_days: Some(1_000),
        aliases: vec!["a".to_owned(), "a".to_owned()],
        notes: "two\nlines".to_owned(),
        archived: false,
    };
    assert_eq!(
        found(customer(&all)),
        [
            "number required",
            "name control_character",
            "address.country unknown_country",
            "email not_an_email",
            "locale unknown_locale",
            "paymentDays too_large",
            "aliases[1] duplicate",
            "taxId required",
        ]
    );
    let taxed = Customer {
        tax: TaxTreatment::Rate {
            percent: Factor::parse("100.5").unwrap(),
        },
        ..all
    };
    assert!(found(customer(&taxed)).contains(&"tax.percent too_large".to_owned()));
}

#[test]
fn all_faults_of_a_subscription_are_named_at_once() {
    let day = |text: &str| text.parse::<Date>().unwrap();
    let per_seat = ChargeKind::RecurringFee {
        amount: Money::from_minor(100, currency("EUR")),
        timing: crate::FeeTiming::Advance,
        per: FeePer::Seat,
    };
    let name = "Seats".to_owned();
    let charges = vec![Charge {
        name,
        kind: per_seat,
    }];
    let terms = PlanTerms::monthly(currency("EUR"), charges);
    let mut it = Subscription {
        id: SubscriptionId::new(&mut ids()),
        customer: CustomerId::new(&mut ids()),
        plan_version: crate::PlanVersionId::new(&mut ids()),
        starts_on: day("2026-10-02"),
        ends_on: Some(day("2026-10-01")),
        agreed: Agreed {
            since: Some(day("2026-10-03")),
            ..Agreed::default()
        },
    };
    assert_eq!(
        found(subscription(&it, &terms)),
        ["endsOn before_start", "since after_start", "seats required"]
    );
    let seats = |from: &str, count| SeatCount {
        from: day(from),
        count,
    };
    it.ends_on = Some(it.starts_on);
    it.agreed.since = Some(it.starts_on);
    it.agreed.seats = vec![seats("2026-10-03", 5), seats("2026-10-03", 6)];
    assert_eq!(
        found(subscription(&it, &terms)),
        ["seats[0].from after_start", "seats[1].from not_after"]
    );
    it.agreed.seats = vec![seats("2026-10-02", 5), seats("2026-10-03", 6)];
    assert!(subscription(&it, &terms).is_empty());
}

fn fee_and_usage() -> PlanTerms {
    let fee = ChargeKind::RecurringFee {
        amount: Money::from_minor(100, currency("EUR")),
        timing: crate::FeeTiming::Advance,
        per: FeePer::Subscription,
    };
    let charges = [("Fee", fee), ("Usage", graduated_kind())].map(|(name, kind)| Charge {
        name: name.to_owned(),
        kind,
    });
    PlanTerms::monthly(currency("EUR"), charges.to_vec())
}

fn change(charge: &str) -> ChargeChange {
    ChargeChange {
        charge: charge.to_owned(),
        off: false,
        amount: None,
        price: None,
        included: None,
        minimum: None,
    }
}

#[test]
fn phases_with_gaps_and_changes_of_nothing_are_named() {
    let day = |text: &str| text.parse::<Date>().unwrap();
    let phase = |span, changes| Phase {
        name: "Ramp".to_owned(),
        span,
        changes,
    };
    let periods = |first, last| PhaseSpan::Periods { first, last };
    let off = |charge: &str| ChargeChange {
        off: true,
        ..change(charge)
    };
    let mut all = fee_and_usage();
    all.phases = vec![
        phase(periods(2, 3), vec![off("Fee")]),
        phase(periods(3, 2), vec![off("Free"), off("Fee"), off("Fee")]),
        phase(periods(4, 6), vec![change("Fee")]),
    ];
    assert_eq!(
        found(terms(&all)),
        [
            "phases[0].first phase_gap",
            "phases[1].first phase_overlap",
            "phases[1].last before_start",
            "phases[1].changes[0].charge unknown_charge",
            "phases[1].changes[2].charge duplicate",
            "phases[2].first phase_gap",
            "phases[2].changes[0] nothing_changed",
        ]
    );
    let days = |first: &str, last: &str| PhaseSpan::Days {
        first: day(first),
        last: day(last),
    };
    all.phases = vec![
        phase(days("2026-06-01", "2026-06-30"), vec![off("Fee")]),
        phase(days("2026-07-02", "2026-07-31"), vec![off("Fee")]),
        phase(periods(1, 2), vec![off("Fee")]),
    ];
    assert_eq!(
        found(terms(&all)),
        ["phases[1].first phase_gap", "phases[2].first phase_mixed"]
    );
    all.phases = vec![
        phase(days("2026-06-01", "2026-06-30"), vec![off("Fee")]),
        phase(days("2026-07-01", "2026-07-31"), vec![off("Usage")]),
    ];
    assert!(terms(&all).is_empty());
}

#[test]
fn a_change_fits_its_charge() {
    let all = fee_and_usage();
    let mut on_usage = change("Usage");
    on_usage.amount = Some(Money::from_minor(-1, currency("USD")));
    on_usage.minimum = Some(number("-5"));
    let mut on_fee = change("Fee");
    on_fee.included = Some(number("10"));
    on_fee.price = Some(PriceModel::PerUnit {
        unit_price: number("1"),
    });
    assert_eq!(
        found(super::change::changes(
            &all,
            &[on_usage, on_fee],
            "overrides"
        )),
        [
            "overrides[0].amount negative",
            "overrides[0].amount not_for_usage",
            "overrides[0].amount wrong_currency",
            "overrides[0].minimum negative",
            "overrides[1].price only_for_usage",
            "overrides[1].included only_for_usage",
        ]
    );
}

#[test]
fn meters_and_exchange_rates() {
    let own = Meter {
        id: MeterId::new(&mut ids()),
        name: "Runs".to_owned(),
        event_name: String::new(),
        aggregation: Aggregation::Count,
        unit: "run".to_owned(),
        filters: vec![Filter {
            key: "kind".to_owned(),
            any_of: Vec::new(),
        }],
        group_by: vec!["region".to_owned(), "region".to_owned(), " ".to_owned()],
        archived: false,
    };
    assert_eq!(
        found(meter(&own)),
        [
            "eventName required",
            "filters[0].anyOf required",
            "groupBy[1] duplicate",
            "groupBy[2] required",
        ]
    );
    let rate = ExchangeRate {
        base: currency("USD"),
        quote: currency("USD"),
        rate: Factor::parse("0.1234567").unwrap(),
        source: String::new(),
        on: "2026-10-01".parse().unwrap(),
        valid_from: Timestamp::MIN,
        recorded_at: Timestamp::from_micros(0),
        version: None,
    };
    let faults = ["rate too_precise", "quote same_currency", "source required"];
    assert_eq!(found(exchange(&rate)), faults);
}

#[test]
fn a_grant_is_worth_something_for_some_time() {
    let start = Timestamp::from_micros(1_000);
    let mut it = crate::CreditGrant {
        id: crate::GrantId::new(&mut ids()),
        amount: Money::from_minor(0, currency("EUR")),
        kind: crate::GrantKind::Paid,
        priority: 101,
        effective_at: start,
        expires_at: Some(start),
        created_at: start,
        scope: crate::CreditScope::Only(std::collections::BTreeSet::new()),
        tax: crate::CreditTax::PreTax,
    };
    assert_eq!(
        found(grant(&it)),
        [
            "amount not_above_zero",
            "priority too_large",
            "expiresAt before_start",
            "scope required",
        ]
    );
    it.amount = Money::from_minor(1, currency("EUR"));
    it.priority = 100;
    it.expires_at = None;
    it.scope = crate::CreditScope::Everything;
    assert!(grant(&it).is_empty());
}
