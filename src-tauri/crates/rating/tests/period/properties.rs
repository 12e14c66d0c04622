//! What holds for all periods and all shares.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use ratebook_catalog::{Anchor, Interval, IntervalUnit, Proration};
use ratebook_money::{Currency, Date, Money, Zone};
use ratebook_rating::ServiceDays;
use ratebook_rating::period::{Cycle, instants};
use ratebook_rating::proration::{Part, part, prorated};

fn dates() -> impl Strategy<Value = Date> {
    let first = NaiveDate::from_ymd_opt(1990, 1, 1).unwrap();
    (0_u64..30_000).prop_map(move |days| first + Days::new(days))
}

fn cycles() -> impl Strategy<Value = Cycle> {
    let units = prop::sample::select(vec![
        IntervalUnit::Day,
        IntervalUnit::Week,
        IntervalUnit::Month,
        IntervalUnit::Quarter,
        IntervalUnit::Year,
    ]);
    let anchors = prop::sample::select(vec![Anchor::Calendar, Anchor::Anniversary]);
    (units, 1_u16..=100, anchors, dates()).prop_map(|(unit, count, anchor, since)| Cycle {
        interval: Interval { unit, count },
        anchor,
        since,
    })
}

fn zones() -> impl Strategy<Value = Zone> {
    let all: Vec<Zone> = Zone::all()
        .into_iter()
        .map(|name| Zone::parse(name).unwrap())
        .collect();
    prop::sample::select(all)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn every_day_is_in_one_period_and_the_next_begins_right_after(
        cycle in cycles(), day in dates(), zone in zones(),
    ) {
        let period = cycle.containing(day).unwrap();
        prop_assert!(period.first <= day && day <= period.last);
        prop_assert_eq!(cycle.containing(period.first).unwrap(), period);
        prop_assert_eq!(cycle.containing(period.last).unwrap(), period);
        let next = cycle.after(period).unwrap();
        prop_assert_eq!(next.first, period.last + Days::new(1));
        prop_assert_eq!(
            instants(period, zone).unwrap().to,
            instants(next, zone).unwrap().from
        );
        let before = cycle.containing(period.first - Days::new(1)).unwrap();
        prop_assert_eq!(before.last, period.first - Days::new(1));
        prop_assert_eq!(cycle.number(before.first, next.last).unwrap(), 3);
    }

    #[test]
    fn an_anniversary_comes_back_to_its_day(since in dates(), count in 1_u16..=24, day in dates()) {
        let interval = Interval { unit: IntervalUnit::Month, count };
        let cycle = Cycle { interval, anchor: Anchor::Anniversary, since };
        let first = cycle.containing(day).unwrap().first;
        use chrono::Datelike;
        let tomorrow = first + Days::new(1);
        let is_own_day = first.day() == since.day();
        let is_last_of_short = first.day() < since.day() && tomorrow.day() == 1;
        prop_assert!(is_own_day || is_last_of_short, "{first} of {since}");
        prop_assert_eq!(cycle.containing(since).unwrap().first, since);
    }

    #[test]
    fn two_halves_are_the_whole(
        cycle in cycles(), day in dates(), zone in zones(), cents in 0_i64..1_000_000_000,
        seconds in any::<bool>(),
    ) {
        let whole = cycle.containing(day).unwrap();
        prop_assume!(day > whole.first);
        let by = if seconds { Proration::Seconds } else { Proration::Days };
        let halves = [
            ServiceDays { first: whole.first, last: day - Days::new(1) },
            ServiceDays { first: day, last: whole.last },
        ];
        let parts = halves.map(|half| part(half, whole, by, zone).unwrap());
        prop_assert_eq!(parts[0].of, parts[1].of);
        prop_assert_eq!(parts[0].taken + parts[1].taken, parts[0].of);
        let fee = Money::from_minor(cents, Currency::parse("EUR").unwrap());
        let charged = parts.map(|part| prorated(fee.to_amount().unwrap(), part).unwrap().minor());
        // Each line is rounded once, so two that stand exactly between two cents both go up.
        let between = |part: &Part| {
            let twice = 2 * i128::from(cents) * i128::from(part.taken) / i128::from(part.of);
            twice * i128::from(part.of) == 2 * i128::from(cents) * i128::from(part.taken)
                && twice % 2 == 1
        };
        let more = i64::from(parts.iter().all(between));
        prop_assert_eq!(charged[0] + charged[1], cents + more);
    }
}

#[test]
fn the_change_of_section_nine_is_67_75_by_days() {
    let march = Cycle::CALENDAR_MONTHS
        .containing(NaiveDate::from_ymd_opt(2026, 3, 11).unwrap())
        .unwrap();
    let left = ServiceDays {
        first: NaiveDate::from_ymd_opt(2026, 3, 11).unwrap(),
        ..march
    };
    let part = part(left, march, Proration::Days, Zone::UTC).unwrap();
    let dollar = Currency::parse("USD").unwrap();
    let amount = |text: &str| Money::parse(text, dollar).unwrap().to_amount().unwrap();
    let back = prorated(amount("-99.00"), part).unwrap();
    let new = prorated(amount("199.00"), part).unwrap();
    assert_eq!(
        (back.number(), new.number()),
        ("-67.06".to_owned(), "134.81".to_owned())
    );
    assert_eq!(back.plus(new).unwrap().number(), "67.75");
}
