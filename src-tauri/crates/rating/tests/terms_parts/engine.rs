//! The same month as the real engine takes it, and what comes out of it.

use super::month::{Change, Charged, Deal, Meter, Month, Outcome, Paid, Price, Span, Unit, ZONES};
use crate::price_parts::deal::{Kind, Number};
use ratebook_catalog::prices::PriceTable;
use ratebook_catalog::{
    Aggregation, Agreed, Anchor, CallConditions, Charge, ChargeChange, ChargeKind, CreditTax,
    CustomerId, Dimension, EventValue, FeePer, FeeTiming, Interval, IntervalUnit, MarkupRules,
    MeterId, MeterRef, Phase, PhaseSpan, Plan, PlanCredit, PlanId, PlanTerms, PlanVersion,
    PlanVersionId, PriceModel, Proration, SeatCount, Subscription, SubscriptionId, Tier, check,
    pricing,
};
use ratebook_money::id::IdSource;
use ratebook_money::{Currency, Money, Quantity, Timestamp, Zone, parse_decimal};
use ratebook_rating::credits::included;
use ratebook_rating::{PaidFee, Rated, RatingInput, ServiceDays, Standing, SubscribedPlan, rate};
use ratebook_usage::{CallClass, UsageSum};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::sync::Arc;

const MINUTE: i64 = 60_000_000;

type Made = (Plan, PlanVersion, Subscription);

/// The plans of a month and who is on them, as the book has them.
fn make(month: &Month, ids: &mut IdSource, meters: &[MeterId; 2]) -> Vec<Made> {
    let customer = CustomerId::new(ids);
    let plans: Vec<PlanId> = month.deals.iter().map(|_| PlanId::new(ids)).collect();
    let mut made: Vec<Made> = Vec::new();
    for deal in &month.deals {
        let plan = Plan {
            id: plans[deal.plan],
            name: format!("Plan {}", deal.plan),
            description: String::new(),
            archived: false,
        };
        let version = PlanVersion {
            id: PlanVersionId::new(ids),
            plan: plan.id,
            number: 1,
            terms: terms(deal, meters),
            published_at: None,
        };
        let subscription = Subscription {
            id: SubscriptionId::new(ids),
            customer,
            plan_version: version.id,
            starts_on: deal.starts,
            ends_on: deal.ends,
            agreed: agreed(deal),
        };
        let faults = check::terms(&version.terms);
        assert!(faults.is_empty(), "{faults:?} of {deal:#?}");
        made.push((plan, version, subscription));
    }
    made
}

/// What the real engine makes of a month.
pub fn rated(month: &Month) -> Outcome {
    let ids = &mut IdSource::new(Timestamp::from_micros(0), 0);
    let meters = [MeterId::new(ids), MeterId::new(ids)];
    let made = make(month, ids, &meters);
    let subscribed: Vec<SubscribedPlan> = made
        .iter()
        .map(|(plan, version, subscription)| SubscribedPlan {
            subscription,
            plan,
            version,
            standing: Standing::Billed,
        })
        .collect();
    let zone = Zone::parse(ZONES[month.zone]).unwrap();
    let own = own_meters(meters);
    let paid: Vec<PaidFee> = month.paid.iter().map(|one| fee(one, &made)).collect();
    let input = RatingInput {
        zone,
        currency: euro(),
        period: zone.month_of(month.first).unwrap(),
        subscriptions: &subscribed,
        sums: &sums(month, zone),
        readings: &[],
        prices: &PriceTable::new(Vec::new(), Vec::new()),
        names: None,
        rules: &MarkupRules::default(),
        exchange: &[],
        meters: &own,
        as_of: Timestamp::MAX,
        paid: &paid,
        credits: &[],
    };
    let rated = rate(&input).unwrap_or_else(|error| panic!("{error}: {month:#?}"));
    let mut outcome = outcome(&rated, &made);
    let seconds = |at: Timestamp| (at.micros() - input.period.from.micros()) / 1_000_000;
    for credit in included(&input).unwrap() {
        let grant = credit.grant;
        let until = grant.expires_at.unwrap();
        let span = (seconds(grant.effective_at), seconds(until));
        outcome
            .credits
            .push((credit.charge, grant.amount.minor(), span.0, span.1));
    }
    outcome.credits.sort_unstable();
    outcome
}

fn outcome(rated: &Rated, made: &[Made]) -> Outcome {
    let line = |line: &ratebook_rating::RatedLine| {
        let deal = made
            .iter()
            .position(|(.., own)| own.id == line.subscription);
        let charge = usize::try_from(line.charge).unwrap();
        let cents = i128::from(line.amount.minor());
        let days = line.service;
        (deal.unwrap(), charge, days.first, days.last, cents)
    };
    let mut lines: Vec<_> = rated.lines.iter().map(line).collect();
    lines.sort_unstable();
    let events = |quantity: Quantity| u64::try_from(quantity.to_smallest(0).unwrap()).unwrap();
    let excluded = rated.excluded.iter();
    let excluded = excluded.filter(|one| one.dimension == Dimension::REQUESTS);
    let elsewhere = rated.elsewhere.iter();
    let elsewhere = elsewhere.map(|index| &rated.usage[usize::try_from(*index).unwrap()]);
    let elsewhere = elsewhere.filter(|one| one.dimension == Dimension::REQUESTS);
    Outcome {
        lines,
        excluded: excluded.map(|one| events(one.quantity)).sum(),
        elsewhere: elsewhere.map(|one| events(one.quantity)).sum(),
        credits: Vec::new(),
    }
}

fn sums(month: &Month, zone: Zone) -> Vec<UsageSum> {
    let pages = Dimension::parse("custom:pages").unwrap();
    let class = Arc::new(CallClass {
        event_name: "doc.parsed".to_owned(),
        provider: String::new(),
        model: String::new(),
        conditions: CallConditions::default(),
        context_tokens: 0,
        minute_of_day: 0,
        dims: BTreeMap::new(),
    });
    let mut sums = Vec::new();
    for used in &month.uses {
        let start = zone.start_of(used.day).unwrap().micros();
        let at = Timestamp::from_micros(start + used.minute * MINUTE);
        let events = Decimal::from(used.events);
        let hundredths = Decimal::new(i64::from(used.pages), 2);
        for (dimension, quantity) in [(Dimension::REQUESTS, events), (pages.clone(), hundredths)] {
            sums.push(UsageSum {
                short: None,
                class: Arc::clone(&class),
                at,
                dimension,
                quantity: Quantity::new(quantity).unwrap(),
                events: u64::from(used.events),
            });
        }
    }
    sums
}

fn own_meters([events, pages]: [MeterId; 2]) -> [ratebook_catalog::Meter; 2] {
    let meter = |id, name: &str, aggregation| ratebook_catalog::Meter {
        id,
        name: name.to_owned(),
        event_name: "doc.parsed".to_owned(),
        aggregation,
        unit: "unit".to_owned(),
        filters: Vec::new(),
        group_by: Vec::new(),
        archived: false,
    };
    let quantity = EventValue::Quantity(Dimension::parse("custom:pages").unwrap());
    [
        meter(events, "Events", Aggregation::Count),
        meter(pages, "Pages", Aggregation::Sum(quantity)),
    ]
}

fn fee(paid: &Paid, made: &[Made]) -> PaidFee {
    PaidFee {
        subscription: made[paid.deal].2.id,
        charge: name(paid.charge),
        days: ServiceDays {
            first: paid.first,
            last: paid.last,
        },
        fee: cents(paid.cents),
        seats: paid.seats,
        of: paid.of,
        by: proration(paid.seconds),
    }
}

fn proration(seconds: bool) -> Proration {
    if seconds {
        Proration::Seconds
    } else {
        Proration::Days
    }
}

fn terms(deal: &Deal, meters: &[MeterId; 2]) -> PlanTerms {
    let unit = match deal.rhythm.unit {
        Unit::Day => IntervalUnit::Day,
        Unit::Week => IntervalUnit::Week,
        Unit::Month => IntervalUnit::Month,
        Unit::Quarter => IntervalUnit::Quarter,
        Unit::Year => IntervalUnit::Year,
    };
    let anchor = if deal.rhythm.anniversary {
        Anchor::Anniversary
    } else {
        Anchor::Calendar
    };
    let charges = deal.charges.iter().enumerate();
    let phases = deal.phases.iter().enumerate();
    PlanTerms {
        interval: Interval {
            unit,
            count: u16::try_from(deal.rhythm.count).unwrap(),
        },
        anchor,
        proration: proration(deal.rhythm.seconds),
        add_on: deal.plan > 0,
        phases: phases
            .map(|(index, phase)| Phase {
                name: format!("Phase {index}"),
                span: match phase.span {
                    Span::Periods(first, last) => PhaseSpan::Periods { first, last },
                    Span::Days(first, last) => PhaseSpan::Days { first, last },
                },
                changes: phase.changes.iter().map(change).collect(),
            })
            .collect(),
        ..PlanTerms::monthly(
            euro(),
            charges
                .map(|(index, one)| Charge {
                    name: name(index),
                    kind: kind(one, meters),
                })
                .collect(),
        )
    }
}

fn agreed(deal: &Deal) -> Agreed {
    let seats = deal.seats.iter();
    Agreed {
        since: deal.since,
        seats: seats
            .map(|(from, count)| SeatCount {
                from: *from,
                count: *count,
            })
            .collect(),
        phases_from: deal.phases_from,
        overrides: deal.agreed.iter().map(change).collect(),
    }
}

fn change(change: &Change) -> ChargeChange {
    ChargeChange {
        charge: name(change.charge),
        off: change.off,
        amount: change.amount.map(cents),
        price: change.price.as_ref().map(model),
        included: change.included.map(decimal),
        minimum: change.minimum.map(decimal),
    }
}

fn kind(charged: &Charged, meters: &[MeterId; 2]) -> ChargeKind {
    match charged {
        Charged::Fee(amount, advance, per_seat) => ChargeKind::RecurringFee {
            amount: cents(*amount),
            timing: if *advance {
                FeeTiming::Advance
            } else {
                FeeTiming::Arrears
            },
            per: if *per_seat {
                FeePer::Seat
            } else {
                FeePer::Subscription
            },
        },
        Charged::OneOff(amount) => ChargeKind::OneOffFee {
            amount: cents(*amount),
        },
        Charged::Minimum(amount) => ChargeKind::Minimum {
            amount: cents(*amount),
        },
        Charged::Credit(amount) => ChargeKind::Credit(PlanCredit {
            amount: cents(*amount),
            priority: 50,
            tax: CreditTax::PreTax,
            rollover: None,
        }),
        Charged::Usage(meter, price) => ChargeKind::Usage {
            meter: MeterRef::Own(match meter {
                Meter::Events => meters[0],
                Meter::Pages => meters[1],
            }),
            price: model(price),
        },
    }
}

fn model(price: &Price) -> PriceModel {
    match &price.terms.kind {
        Kind::PerUnit(unit_price) if price.plain => PriceModel::PerUnit {
            unit_price: decimal(*unit_price),
        },
        Kind::Graduated(tiers, at_zero) if price.plain => PriceModel::Graduated {
            tiers: tiers
                .iter()
                .map(|(up_to, unit_price, fee)| Tier {
                    up_to: up_to.map(decimal),
                    unit_price: decimal(*unit_price),
                    flat_fee: decimal(*fee),
                })
                .collect(),
            charge_flat_at_zero: *at_zero,
        },
        _ => {
            let text = price.terms.json();
            let read = pricing::parse(&text);
            let price = read.unwrap_or_else(|issues| panic!("{text}: {issues:?}"));
            PriceModel::Document {
                price: Box::new(price),
            }
        }
    }
}

fn name(charge: usize) -> String {
    format!("C{charge}")
}

fn decimal(number: Number) -> Decimal {
    parse_decimal(number.to_string().trim_matches('"')).unwrap()
}

fn cents(amount: i64) -> Money {
    Money::from_minor(amount, euro())
}

fn euro() -> Currency {
    Currency::parse("EUR").unwrap()
}
