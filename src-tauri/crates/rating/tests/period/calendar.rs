//! Periods and shares as a program that knows nothing of Ratebook computed them: `calendar.py`.

use crate::interval;
use ratebook_catalog::{Anchor, Proration};
use ratebook_money::{Currency, Date, Money, Zone};
use ratebook_rating::ServiceDays;
use ratebook_rating::period::{Cycle, instants};
use ratebook_rating::proration::{part, prorated};

#[test]
fn periods_and_shares_are_those_of_another_calendar() {
    let lines = include_str!("calendar.txt").lines();
    let rows = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    let (mut periods, mut shares) = (0, 0);
    for row in rows {
        match row.split(" | ").collect::<Vec<_>>()[..] {
            [zone, every, from, first, starts] => {
                follow(row, (zone, every, from), first, starts);
                periods += 1;
            }
            [zone, every, from, days, by, of_period, fee, amount] => {
                let cycle = cycle(every, from);
                let (days, by) = (days_of(days), proration(by));
                let whole = cycle.containing(days.first).unwrap();
                let part = part(days, whole, by, Zone::parse(zone).unwrap()).unwrap();
                assert_eq!(format!("{}/{}", part.taken, part.of), of_period, "{row}");
                let fee = Money::parse(fee, Currency::parse("EUR").unwrap()).unwrap();
                let share = prorated(fee.to_amount().unwrap(), part).unwrap();
                assert_eq!(share.number(), amount, "{row}");
                shares += 1;
            }
            _ => panic!("{row} is no row"),
        }
    }
    assert!(periods > 200 && shares > 30, "{periods} and {shares}");
}

/// Each period begins where the table says and ends where the next one begins.
fn follow(row: &str, (zone, every, from): (&str, &str, &str), first: &str, starts: &str) {
    let (cycle, zone) = (cycle(every, from), Zone::parse(zone).unwrap());
    let mut period = cycle.containing(date(first)).unwrap();
    assert_eq!(period.first, date(first), "{row}");
    let mut before = None;
    for start in starts.split(' ') {
        let span = instants(period, zone).unwrap();
        let begins = span.from.to_string().replace(":00Z", "Z");
        assert_eq!(begins, start, "{row}");
        assert!(before.is_none_or(|end| end == span.from), "{row}");
        before = Some(span.to);
        period = cycle.after(period).unwrap();
    }
}

fn cycle(every: &str, from: &str) -> Cycle {
    let (anchor, since) = match from {
        "calendar" => (Anchor::Calendar, Date::MIN),
        day => (Anchor::Anniversary, date(day)),
    };
    Cycle {
        interval: interval(every),
        anchor,
        since,
    }
}

fn days_of(text: &str) -> ServiceDays {
    let (first, last) = text.split_once(' ').expect("two days");
    ServiceDays {
        first: date(first),
        last: date(last),
    }
}

fn proration(word: &str) -> Proration {
    match word {
        "days" => Proration::Days,
        "seconds" => Proration::Seconds,
        other => panic!("{other} is no proration"),
    }
}

fn date(text: &str) -> Date {
    text.parse().unwrap()
}
