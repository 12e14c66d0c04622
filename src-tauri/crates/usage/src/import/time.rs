use crate::import::issue::{Faults, IssueCode};
use ratebook_money::{Timestamp, parse_decimal};

const DAY: i64 = 86_400_000_000;
/// 1 January 2000: nothing that is billed here is older.
const EARLIEST: i64 = 946_684_800_000_000;

/// Reads a time that names its zone or is UTC by the format's rule: RFC 3339, the same with a space
/// and without a zone, or seconds, milliseconds, microseconds or nanoseconds since 1970. Which of
/// the last four it is follows from its size: between 2000 and 9999 they do not overlap.
pub(crate) fn time(text: &str) -> Option<Timestamp> {
    plain(text.as_bytes())
        .or_else(|| Timestamp::parse(text).ok())
        .or_else(|| since_1970(text))
}

/// Whether the time can be that of a real call: from the year 2000 to a day after the import.
pub(crate) fn check(at: Timestamp, now: Timestamp, field: &str, faults: &mut Faults) {
    let latest = now.micros().saturating_add(DAY);
    let code = match at.micros() {
        micros if micros < EARLIEST => IssueCode::TooEarly,
        micros if micros > latest => IssueCode::InTheFuture,
        _ => return,
    };
    faults.refuse(field, code, &[("value", &at.to_string())]);
}

/// `2026-11-23T10:00:00.123456Z`; a space for the `T`; no zone, or `Z`, `UTC`, `+00:00`. What
/// stands behind microseconds is dropped: it never moves a call into another period.
fn plain(text: &[u8]) -> Option<Timestamp> {
    let (date, rest) = text.split_at_checked(10)?;
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = date else {
        return None;
    };
    let year = number(&[*y1, *y2, *y3, *y4])?;
    let (month, day) = (number(&[*m1, *m2])?, number(&[*d1, *d2])?);
    let (clock, rest) = rest.split_at_checked(9)?;
    let [b'T' | b't' | b' ', h1, h2, b':', n1, n2, b':', s1, s2] = clock else {
        return None;
    };
    let (hour, minute) = (number(&[*h1, *h2])?, number(&[*n1, *n2])?);
    let second = number(&[*s1, *s2])?;
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let (fraction, zone) = fraction(rest)?;
    if !matches!(
        zone,
        b"" | b"Z" | b"z" | b" UTC" | b"+00:00" | b"+00" | b" +0000 UTC"
    ) {
        return None;
    }
    let days = days(year, month, day)?;
    let seconds = hour
        .wrapping_mul(3600)
        .wrapping_add(minute.wrapping_mul(60))
        .wrapping_add(second);
    let micros = days
        .wrapping_mul(DAY)
        .wrapping_add(seconds.wrapping_mul(1_000_000));
    Timestamp::checked(micros.wrapping_add(fraction))
}

/// Whether the text itself says to which zone it belongs; a number since 1970 does.
pub(crate) fn names_zone(text: &str) -> bool {
    let clock = text.get(10..).unwrap_or("");
    clock.contains(['Z', 'z', '+', '-', 'U']) || parse_decimal(text).is_ok()
}

/// A day, `2026-11-23`: its first instant.
pub(crate) fn day(text: &str) -> Option<Timestamp> {
    if text.len() != 10 {
        return None;
    }
    plain(format!("{text}T00:00:00").as_bytes())
}

/// Which of two numbers is the day.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    DayFirst,
    MonthFirst,
}

/// `1.10.2026 13:00:00.5`, with points, slashes or dashes, with or without seconds. Years have four
/// digits.
pub(crate) fn local(text: &str, order: Order) -> Option<Timestamp> {
    let (date, clock) = text.split_once([' ', 'T'])?;
    let mut parts = date.split(['.', '/', '-']);
    let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    let (day, month) = match order {
        Order::DayFirst => (first, second),
        Order::MonthFirst => (second, first),
    };
    let clock = clock.trim_start();
    let (hour, rest) = clock.split_once(':')?;
    let seconds = if rest.contains(':') { "" } else { ":00" };
    plain(format!("{year}-{month:0>2}-{day:0>2}T{hour:0>2}:{rest}{seconds}").as_bytes())
}

/// Microseconds of `.123456789`, and what follows.
fn fraction(text: &[u8]) -> Option<(i64, &[u8])> {
    let Some(digits) = text.strip_prefix(b".") else {
        return Some((0, text));
    };
    let count = digits.iter().take_while(|b| b.is_ascii_digit()).count();
    let (digits, rest) = digits.split_at_checked(count)?;
    if count == 0 {
        return None;
    }
    let padded = digits
        .iter()
        .copied()
        .chain(std::iter::repeat(b'0'))
        .take(6);
    let micros = padded.fold(0_i64, |sum, b| {
        sum.wrapping_mul(10)
            .wrapping_add(i64::from(b.wrapping_sub(b'0')))
    });
    Some((micros, rest))
}

fn number(digits: &[u8]) -> Option<i64> {
    digits.iter().try_fold(0_i64, |sum, byte| {
        let digit = byte.wrapping_sub(b'0');
        (digit < 10).then(|| sum.wrapping_mul(10).wrapping_add(i64::from(digit)))
    })
}

/// Days from 1970-01-01 in the Gregorian calendar; years begin in March, so that the leap day is
/// the last.
fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        1..=12 => 31,
        _ => return None,
    };
    if day < 1 || day > length || year < 1 {
        return None;
    }
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let in_year = (153 * month + 2) / 5 + day - 1;
    Some(365 * year + year / 4 - year / 100 + year / 400 + in_year - 719_468)
}

fn since_1970(text: &str) -> Option<Timestamp> {
    let value = parse_decimal(text).ok()?;
    let whole = i64::try_from(value.trunc().mantissa()).ok()?;
    let (per_second, limit) = match whole.unsigned_abs() {
        0..100_000_000_000 => (1, true),
        100_000_000_000..100_000_000_000_000 => (1_000, true),
        100_000_000_000_000..100_000_000_000_000_000 => (1_000_000, true),
        _ => (1_000_000_000, text.len() <= 30),
    };
    if !limit {
        return None;
    }
    let micros = value
        .checked_mul(1_000_000.into())?
        .checked_div(rust_decimal::Decimal::from(per_second))?
        .floor();
    Timestamp::checked(i64::try_from(micros.mantissa()).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_ways_in_which_exports_write_time() {
        let same = "2026-11-23T10:00:00.123456Z";
        for text in [
            same,
            "2026-11-23 10:00:00.1234567",
            "2026-11-23T11:00:00.123456+01:00",
            "2026-11-23 10:00:00.123456 UTC",
            "1795428000.123456",
            "1795428000123.456",
            "1795428000123456",
            "1795428000123456789",
        ] {
            assert_eq!(
                time(text).map(|at| at.to_string()).as_deref(),
                Some(same),
                "{text}"
            );
        }
    }

    #[test]
    fn every_day_of_four_centuries_agrees_with_the_calendar_library() {
        let mut day = chrono::NaiveDate::from_ymd_opt(1899, 12, 31).unwrap();
        let last = chrono::NaiveDate::from_ymd_opt(2301, 1, 1).unwrap();
        while day < last {
            let text = format!("{day}T00:00:00Z");
            assert_eq!(
                plain(text.as_bytes()),
                Timestamp::parse(&text).ok(),
                "{text}"
            );
            day = day.succ_opt().unwrap();
        }
    }

    #[test]
    fn refuses_what_is_no_time() {
        for text in [
            "",
            "2026-02-29T00:00:00Z",
            "2026-13-01 00:00:00",
            "2026-11-23T24:00:00Z",
            "23.11.2026 10:00:00",
            "2026-11-23",
            "yesterday",
            "1e308",
            "2026-11-23T10:00:00.Z",
            "NaN",
        ] {
            assert_eq!(time(text), None, "{text}");
        }
    }
}
