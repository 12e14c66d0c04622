//! Templates of document numbers: `INV-{YYYY}-{0000}`.
//!
//! The counter is a run of zeros in braces, as many as the number has digits at least; it counts
//! without gaps among all numbers that have the same text around it. A series of an older book
//! has its counter after a prefix in which `{year}` stands for the year.

use crate::{Issue, NumberSeries};

/// The most that a template may be long.
const MOST_LENGTH: usize = 40;
const MOST_DIGITS: usize = 12;

/// A template taken apart.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NumberTemplate {
    /// Text before the counter, with places for the year.
    before: String,
    /// Least number of digits of the counter.
    digits: usize,
    /// Text after it.
    after: String,
}

impl NumberTemplate {
    /// The template of a series.
    #[must_use]
    pub fn of(series: &NumberSeries) -> Self {
        match split(&series.prefix) {
            Some(template) => template,
            None => Self {
                before: series.prefix.clone(),
                digits: usize::from(series.digits),
                after: String::new(),
            },
        }
    }

    /// The text around the counter in a year: numbers are counted per such text.
    #[must_use]
    pub fn around(&self, year: i32) -> (String, String) {
        (with_year(&self.before, year), with_year(&self.after, year))
    }

    /// A number.
    #[must_use]
    pub fn number(&self, counter: u64, year: i32) -> String {
        let (before, after) = self.around(year);
        let width = self.digits;
        format!("{before}{counter:0>width$}{after}")
    }

    /// The template as it is written.
    #[must_use]
    pub fn text(&self) -> String {
        let zeros = "0".repeat(self.digits);
        let before = self.before.replace("{year}", "{YYYY}");
        format!("{before}{{{zeros}}}{}", self.after)
    }
}

/// The series of a template and its first number; every fault of them, at these two fields.
///
/// # Errors
/// Every fault.
pub fn number_series(
    template: &str,
    first: u64,
    (path, first_path): (&str, &str),
) -> Result<NumberSeries, Vec<Issue>> {
    let template = template.trim();
    let mut issues = Vec::new();
    if template.chars().count() > MOST_LENGTH {
        issues.push(Issue::new(path, "too_long").with("most", MOST_LENGTH));
    }
    if template.chars().any(char::is_control) {
        issues.push(Issue::new(path, "control_character"));
    }
    let counters = placeholders(template).filter(|name| is_counter(name));
    match counters.count() {
        0 => issues.push(Issue::new(path, "no_counter")),
        1 => {}
        _ => issues.push(Issue::new(path, "two_counters")),
    }
    let unknown = placeholders(template).find(|name| !is_counter(name) && !is_year(name));
    let rest: String = with_year(template, 0);
    let rest = split(&rest).map_or(rest, |parts| format!("{}{}", parts.before, parts.after));
    if let Some(name) = unknown {
        issues.push(Issue::new(path, "unknown_placeholder").with("value", name));
    } else if rest.contains(['{', '}']) && issues.is_empty() {
        issues.push(Issue::new(path, "unknown_placeholder").with("value", "{"));
    }
    let digits = split(template).map_or(0, |parts| parts.digits);
    if digits > MOST_DIGITS {
        issues.push(Issue::new(path, "too_many_digits").with("most", MOST_DIGITS));
    }
    let most = 10_u64.checked_pow(u32::try_from(digits.clamp(1, 18)).unwrap_or(18));
    if first == 0 || most.is_some_and(|most| first >= most) {
        issues.push(Issue::new(first_path, "out_of_range").with("least", 1));
    }
    if !issues.is_empty() {
        return Err(issues);
    }
    Ok(NumberSeries {
        prefix: template.to_owned(),
        digits: u8::try_from(digits).unwrap_or(u8::MAX),
        first,
    })
}

/// Names in braces.
fn placeholders(template: &str) -> impl Iterator<Item = &str> {
    let after_braces = template.split('{').skip(1);
    after_braces.filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
}

fn is_counter(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|letter| letter == '0')
}

fn is_year(name: &str) -> bool {
    matches!(name, "YYYY" | "YY" | "year")
}

/// The parts around the first counter.
fn split(template: &str) -> Option<NumberTemplate> {
    let name = placeholders(template).find(|name| is_counter(name))?;
    let (before, after) = template.split_once(&format!("{{{name}}}"))?;
    Some(NumberTemplate {
        before: before.to_owned(),
        digits: name.len(),
        after: after.to_owned(),
    })
}

fn with_year(text: &str, year: i32) -> String {
    let short = year.rem_euclid(100);
    text.replace("{YYYY}", &format!("{year:04}"))
        .replace("{year}", &year.to_string())
        .replace("{YY}", &format!("{short:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(template: &str) -> Result<NumberSeries, Vec<String>> {
        let found = number_series(template, 1, ("template", "first"));
        found.map_err(|issues| issues.into_iter().map(|issue| issue.code).collect())
    }

    #[test]
    fn a_template_gives_numbers_and_reads_back() {
        for (template, number) in [
            ("INV-{YYYY}-{0000}", "INV-2026-0042"),
            ("{000}/{YY}", "042/26"),
            ("{0}", "42"),
            ("RE {0000} HH", "RE 0042 HH"),
        ] {
            let own = NumberTemplate::of(&series(template).unwrap());
            assert_eq!(own.number(42, 2026), number);
            assert_eq!(own.text(), template);
        }
    }

    #[test]
    fn an_older_series_goes_on_as_it_was() {
        let old = NumberSeries {
            prefix: "HS-{year}-".to_owned(),
            digits: 4,
            first: 1,
        };
        let own = NumberTemplate::of(&old);
        assert_eq!(own.number(7, 2026), "HS-2026-0007");
        assert_eq!(own.text(), "HS-{YYYY}-{0000}");
        let new = NumberTemplate::of(&series("HS-{YYYY}-{00000}").unwrap());
        assert_eq!(own.around(2026), new.around(2026));
    }

    #[test]
    fn faults_are_named() {
        let faults = |template: &str| series(template).unwrap_err();
        assert_eq!(faults("INV-{YYYY}"), ["no_counter"]);
        assert_eq!(faults("{00}-{00}"), ["two_counters"]);
        assert_eq!(faults("{MM}-{00}"), ["unknown_placeholder"]);
        assert_eq!(faults("INV}-{00}"), ["unknown_placeholder"]);
        assert_eq!(faults("{0000000000000}"), ["too_many_digits"]);
        assert_eq!(faults(&format!("{}{{0}}", "x".repeat(40))), ["too_long"]);
        let zero = number_series("{0}", 0, ("template", "first")).unwrap_err();
        assert_eq!(zero[0].path, "first");
    }
}
