//! Billing periods and shares of them: cases that were counted by hand, and what holds for all.

mod calendar;
mod properties;

use ratebook_catalog::{Anchor, Interval, IntervalUnit, Proration};
use ratebook_money::{Currency, Date, Money, Zone};
use ratebook_rating::ServiceDays;
use ratebook_rating::period::{Cycle, instants};
use ratebook_rating::proration::{part, prorated};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    case: String,
    every: String,
    #[serde(default)]
    since: Option<Date>,
    #[serde(default)]
    anchor: Anchor,
    #[serde(default)]
    zone: Option<String>,
    #[serde(default)]
    by: Proration,
    starts: Option<Vec<Date>>,
    day: Option<Date>,
    from: Option<String>,
    to: Option<String>,
    days: Option<(Date, Date)>,
    part: Option<String>,
    fee: Option<String>,
    amount: Option<String>,
}

#[test]
fn periods_and_shares_are_those_counted_by_hand() {
    let lines = include_str!("cases.jsonl").lines();
    let cases = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    let mut count = 0;
    for line in cases {
        let case: Case = serde_json::from_str(line).unwrap_or_else(|e| panic!("{line}: {e}"));
        check(&case);
        count += 1;
    }
    assert!(count > 50, "only {count} cases");
}

fn check(case: &Case) {
    let cycle = Cycle {
        interval: interval(&case.every),
        anchor: case.anchor,
        since: case.since.unwrap_or(Date::MIN),
    };
    let name = &case.case;
    let zone = case.zone.as_deref().unwrap_or("UTC");
    let zone = Zone::parse(zone).unwrap();
    let mut looked_at = false;
    if let Some(starts) = &case.starts {
        follow(name, &cycle, starts);
        looked_at = true;
    }
    if let (Some(day), Some(from), Some(to)) = (case.day, &case.from, &case.to) {
        let span = instants(cycle.containing(day).unwrap(), zone).unwrap();
        let found = (span.from.to_string(), span.to.to_string());
        assert_eq!(found, (from.clone(), to.clone()), "{name}");
        looked_at = true;
    }
    if let (Some((first, last)), Some(fee)) = (case.days, &case.fee) {
        let days = ServiceDays { first, last };
        let whole = cycle.containing(first).unwrap();
        assert_eq!(cycle.containing(last).unwrap(), whole, "{name}");
        let part = part(days, whole, case.by, zone).unwrap();
        let shown = format!("{}/{}", part.taken, part.of);
        assert_eq!(Some(shown), case.part, "{name}");
        let euro = Currency::parse("EUR").unwrap();
        let fee = Money::parse(fee, euro).unwrap().to_amount().unwrap();
        let amount = prorated(fee, part).unwrap().number();
        assert_eq!(Some(amount), case.amount, "{name}");
        looked_at = true;
    }
    assert!(looked_at, "{name} says nothing");
}

/// The periods start on these days, and each ends the day before the next one starts.
fn follow(name: &str, cycle: &Cycle, starts: &[Date]) {
    for pair in starts.windows(2) {
        let period = ServiceDays {
            first: pair[0],
            last: pair[1].pred_opt().unwrap(),
        };
        let mut day = period.first;
        while day <= period.last {
            assert_eq!(cycle.containing(day).unwrap(), period, "{name}, {day}");
            day = day.succ_opt().unwrap();
        }
        let next = cycle.after(period).unwrap();
        assert_eq!(next.first, pair[1], "{name}");
    }
    let days = ServiceDays {
        first: starts[0],
        last: *starts.last().unwrap(),
    };
    let touched = cycle.touching(days).unwrap();
    let touched: Vec<Date> = touched.iter().map(|period| period.first).collect();
    assert_eq!(touched, starts, "{name}");
    for (number, day) in (1_i64..).zip(starts) {
        assert_eq!(cycle.number(starts[0], *day).unwrap(), number, "{name}");
    }
}

/// `1 month`, `2 week`
fn interval(text: &str) -> Interval {
    let (count, unit) = text.split_once(' ').expect("a number and a unit");
    let unit = match unit {
        "day" => IntervalUnit::Day,
        "week" => IntervalUnit::Week,
        "month" => IntervalUnit::Month,
        "quarter" => IntervalUnit::Quarter,
        "year" => IntervalUnit::Year,
        other => panic!("{other} is no unit"),
    };
    let count = count.parse().expect("a number");
    Interval { unit, count }
}
