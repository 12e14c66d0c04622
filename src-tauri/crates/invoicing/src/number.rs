use ratebook_catalog::{NumberSeries, NumberTemplate};

/// The text that all numbers of a series in a year have around their counter. Numbers are counted
/// per such text, so a series that names the year starts anew with each, and a template that comes
/// back goes on where it was.
#[must_use]
pub fn series_key(series: &NumberSeries, year: i32) -> String {
    let (before, after) = NumberTemplate::of(series).around(year);
    if after.is_empty() {
        before
    } else {
        format!("{before}{{#}}{after}")
    }
}

/// A document number: the template with the zero-padded counter (the first of a series is
/// `series.first`).
#[must_use]
pub fn number(series: &NumberSeries, counter: u64, year: i32) -> String {
    NumberTemplate::of(series).number(counter, year)
}

/// The series of credit notes beside that of the invoices where none was set: `CN-` in front.
#[must_use]
pub fn credit_note_series(series: &NumberSeries) -> NumberSeries {
    NumberSeries {
        prefix: format!("CN-{}", series.prefix),
        digits: series.digits,
        first: 1,
    }
}
