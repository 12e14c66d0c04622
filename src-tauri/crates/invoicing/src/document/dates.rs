//! Dates in words: the day in figures, the month in letters, as design rule for every document.

use chrono::{Datelike, NaiveDate};

use super::words::{Words, fill};

/// Languages whose long date begins with the month.
fn month_first(language: &str, region: &str) -> bool {
    language == "en" && matches!(region, "US" | "PR" | "PH")
}

pub(super) fn date(words: &Words, language: &str, region: &str, day: NaiveDate) -> String {
    let pattern = if month_first(language, region) {
        "{month} {day}, {year}"
    } else {
        words.date_pattern
    };
    write(pattern, words, day, day)
}

/// Both days are inside the period: "1 to 31 October 2026".
pub(super) fn period(
    words: &Words,
    language: &str,
    region: &str,
    first: NaiveDate,
    last: NaiveDate,
) -> String {
    if first == last {
        return date(words, language, region, first);
    }
    let same_month = first.year() == last.year() && first.month() == last.month();
    if same_month && month_first(language, region) {
        return write("{month} {first} to {day}, {year}", words, first, last);
    }
    if same_month {
        return write(words.period_in_month, words, first, last);
    }
    let from = date(words, language, region, first);
    let to = date(words, language, region, last);
    fill(words.period, &[("from", &from), ("to", &to)])
}

/// "October 2026".
pub(super) fn month(words: &Words, day: NaiveDate) -> String {
    let name = words
        .months_alone
        .get(month_index(day))
        .copied()
        .unwrap_or_default();
    fill(
        words.month_pattern,
        &[("month", name), ("year", &day.year().to_string())],
    )
}

/// "1 Oct": the first column of a usage statement.
pub(super) fn short_day(words: &Words, day: NaiveDate) -> String {
    let name = words
        .months_short
        .get(month_index(day))
        .copied()
        .unwrap_or_default();
    fill(
        words.short_day_pattern,
        &[("day", &day.day().to_string()), ("month", name)],
    )
}

/// "Thu".
pub(super) fn weekday(words: &Words, day: NaiveDate) -> &'static str {
    let index = usize::try_from(day.weekday().num_days_from_monday()).unwrap_or(0);
    words.weekdays_short.get(index).copied().unwrap_or_default()
}

fn write(pattern: &str, words: &Words, first: NaiveDate, last: NaiveDate) -> String {
    let name = words
        .months
        .get(month_index(last))
        .copied()
        .unwrap_or_default();
    let day = |day: NaiveDate| match (day.day(), words.first_of_month) {
        (1, Some(ordinal)) => ordinal.to_owned(),
        (number, _) => number.to_string(),
    };
    fill(
        pattern,
        &[
            ("first", &day(first)),
            ("day", &day(last)),
            ("month", name),
            ("year", &last.year().to_string()),
        ],
    )
}

/// Months count from one in the calendar, from zero in a list.
fn month_index(day: NaiveDate) -> usize {
    usize::try_from(day.month0()).unwrap_or(0)
}
