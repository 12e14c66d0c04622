//! Days, periods and their lengths, counted with the fingers.

use super::month::{Rhythm, Unit};
use chrono::{Datelike, Days, Weekday};
use ratebook_money::Date;

/// First and last day.
pub type Span = (Date, Date);

pub fn next(day: Date) -> Date {
    day + Days::new(1)
}

pub fn before(day: Date) -> Date {
    day - Days::new(1)
}

/// All days of a span, one after the other.
pub fn all((first, last): Span) -> impl Iterator<Item = Date> {
    first.iter_days().take_while(move |day| *day <= last)
}

pub fn both(one: Span, other: Span) -> Option<Span> {
    let span = (one.0.max(other.0), one.1.min(other.1));
    (span.0 <= span.1).then_some(span)
}

/// The calendar month of a day.
pub fn month(day: Date) -> Span {
    let first = day.with_day(1).unwrap();
    let mut last = first;
    while next(last).month() == first.month() {
        last = next(last);
    }
    (first, last)
}

/// The period of a day, for a customer who began `since`.
pub fn period(rhythm: Rhythm, since: Date, day: Date) -> Span {
    let mut number = guess(rhythm, since, day);
    while start(rhythm, since, number) > day {
        number -= 1;
    }
    while start(rhythm, since, number + 1) <= day {
        number += 1;
    }
    let first = start(rhythm, since, number);
    (first, before(start(rhythm, since, number + 1)))
}

fn months(rhythm: Rhythm) -> i64 {
    rhythm.count
        * match rhythm.unit {
            Unit::Day | Unit::Week => 0,
            Unit::Month => 1,
            Unit::Quarter => 3,
            Unit::Year => 12,
        }
}

fn length(rhythm: Rhythm) -> i64 {
    rhythm.count * if rhythm.unit == Unit::Week { 7 } else { 1 }
}

/// A number not far from that of the day's period.
fn guess(rhythm: Rhythm, since: Date, day: Date) -> i64 {
    let months = months(rhythm);
    let from = origin(rhythm, since);
    if months == 0 {
        (day - from).num_days() / length(rhythm)
    } else {
        let years = i64::from(day.year() - from.year());
        (years * 12 + i64::from(day.month()) - i64::from(from.month())) / months
    }
}

fn origin(rhythm: Rhythm, since: Date) -> Date {
    if rhythm.anniversary {
        since
    } else if months(rhythm) == 0 {
        // A Monday.
        Date::from_ymd_opt(2001, 1, 1).unwrap()
    } else {
        Date::from_ymd_opt(0, 1, 1).unwrap()
    }
}

/// The first day of a period; the month's last day where the month is too short.
fn start(rhythm: Rhythm, since: Date, number: i64) -> Date {
    let from = origin(rhythm, since);
    let months = months(rhythm);
    if months == 0 {
        return from + chrono::TimeDelta::days(number * length(rhythm));
    }
    let at = i64::from(from.year()) * 12 + i64::from(from.month0()) + number * months;
    let year = i32::try_from(at.div_euclid(12)).unwrap();
    let month = u32::try_from(at.rem_euclid(12)).unwrap() + 1;
    let mut day = from.day();
    loop {
        match Date::from_ymd_opt(year, month, day) {
            Some(found) => return found,
            None => day -= 1,
        }
    }
}

/// Which period a day is in, counted from 1 for that of `from`.
pub fn number(rhythm: Rhythm, since: Date, from: Date, day: Date) -> i64 {
    let (mut number, mut at) = (1, period(rhythm, since, from));
    while at.1 < day {
        at = period(rhythm, since, next(at.1));
        number += 1;
    }
    while day < at.0 {
        at = period(rhythm, since, before(at.0));
        number -= 1;
    }
    number
}

/// Days, or the seconds of these days.
pub fn measure(zone: usize, seconds: bool, (first, last): Span) -> i128 {
    let days = i128::from((last - first).num_days()) + 1;
    if !seconds {
        return days;
    }
    let moved = |day: Date| i128::from(moved(zone, day));
    days * 86_400 + all((first, last)).map(moved).sum::<i128>()
}

/// By how many seconds a day is longer than 24 hours.
fn moved(zone: usize, day: Date) -> i64 {
    if day.weekday() != Weekday::Sun {
        return 0;
    }
    let (month, date) = (day.month(), day.day());
    match (zone, month) {
        (1, 3) if date > 24 => -3_600,
        (1, 10) if date > 24 => 3_600,
        (2, 3) if (8..15).contains(&date) => -3_600,
        (2, 11) if date < 8 => 3_600,
        (3, 4) if date < 8 => 1_800,
        (3, 10) if date < 8 => -1_800,
        _ => 0,
    }
}
