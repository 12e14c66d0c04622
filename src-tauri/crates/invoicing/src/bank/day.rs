//! Days as banks write them.

use ratebook_money::Date;

/// What comes first in a day of figures.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DayOrder {
    /// `31/12/2026`
    DayFirst,
    /// `12/31/2026`
    MonthFirst,
}

/// Whether a file writes the day or the month first, where its days say so: a figure above twelve.
pub(super) fn order_of<'a>(cells: impl Iterator<Item = &'a str>) -> Option<DayOrder> {
    let mut said = cells.filter_map(|cell| {
        let (first, second, _) = parts(cell)?;
        match (first > 12, second > 12) {
            (true, false) => Some(DayOrder::DayFirst),
            (false, true) => Some(DayOrder::MonthFirst),
            (_, _) => None,
        }
    });
    said.next()
}

/// Three figures of a day that has them in another order than year, month, day, with points always
/// the day first.
fn parts(cell: &str) -> Option<(u32, u32, i32)> {
    let bare = bare(cell);
    let mut parts = bare.split(['/', '-']);
    let first: u32 = parts.next()?.parse().ok()?;
    let second: u32 = parts.next()?.parse().ok()?;
    let year = year(parts.next()?)?;
    (first <= 31 && parts.next().is_none()).then_some((first, second, year))
}

/// Without the time behind it.
fn bare(cell: &str) -> &str {
    let cell = cell.trim();
    let end = cell.find([' ', 'T']).unwrap_or(cell.len());
    cell.get(..end).unwrap_or(cell)
}

fn year(text: &str) -> Option<i32> {
    let year: i32 = text.parse().ok()?;
    match text.len() {
        4 => Some(year),
        2 => year.checked_add(2000),
        _ => None,
    }
}

/// Why a day cannot be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum DayFault {
    /// It is no day.
    NotADay,
    /// `03/04/2026` can be two days, and no other day of the file says which.
    Ambiguous,
}

/// A day.
pub(super) fn read(cell: &str, order: Option<DayOrder>) -> Result<Date, DayFault> {
    let text = bare(cell);
    let made = |year: i32, month: u32, day: u32| {
        Date::from_ymd_opt(year, month, day).ok_or(DayFault::NotADay)
    };
    if let Ok(day) = text.replace('/', "-").parse::<Date>() {
        return Ok(day);
    }
    if text.len() == 8 && text.chars().all(|c| c.is_ascii_digit()) {
        return Date::parse_from_str(text, "%Y%m%d").map_err(|_| DayFault::NotADay);
    }
    if text.contains('.') {
        let mut parts = text.split('.');
        let next = |part: Option<&str>| part.and_then(|part| part.parse::<u32>().ok());
        let (day, month) = (next(parts.next()), next(parts.next()));
        let year = parts.next().and_then(year);
        return match (day, month, year) {
            (Some(day), Some(month), Some(year)) => made(year, month, day),
            (_, _, _) => Err(DayFault::NotADay),
        };
    }
    let (first, second, year) = parts(text).ok_or(DayFault::NotADay)?;
    match order {
        Some(DayOrder::DayFirst) => made(year, second, first),
        Some(DayOrder::MonthFirst) => made(year, first, second),
        // The same day, whichever comes first.
        None if first == second => made(year, first, second),
        None => Err(DayFault::Ambiguous),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_many_banks_are_read() {
        let day = Date::from_ymd_opt(2026, 11, 20).ok_or(DayFault::NotADay);
        for cell in [
            "2026-11-20",
            "20.11.2026",
            "20.11.26",
            "20261120",
            "2026/11/20",
            "20/11/2026",
            "20-11-2026",
            "2026-11-20 09:12:44",
            "2026-11-20T09:12:44Z",
        ] {
            assert_eq!(read(cell, order_of([cell].into_iter())), day, "{cell}");
        }
        let american = ["11/03/2026", "11/20/2026"];
        let order = order_of(american.into_iter());
        assert_eq!(order, Some(DayOrder::MonthFirst));
        assert_eq!(read("11/20/2026", order), day);
    }

    #[test]
    fn what_can_be_two_days_is_refused() {
        assert_eq!(read("03/04/2026", None), Err(DayFault::Ambiguous));
        assert_eq!(
            read("04/04/2026", None)
                .map(|day| day.to_string())
                .as_deref(),
            Ok("2026-04-04")
        );
        for wrong in ["", "today", "31.02.2026", "2026-13-01", "20/20/2026"] {
            assert_eq!(
                read(wrong, Some(DayOrder::DayFirst)),
                Err(DayFault::NotADay),
                "{wrong}"
            );
        }
    }
}
