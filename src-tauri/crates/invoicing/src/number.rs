use ratebook_catalog::NumberSeries;

/// The text that all numbers of a series in a year begin with. Numbers are counted per such text,
/// so a series whose prefix names the year starts anew with each.
#[must_use]
pub fn series_key(series: &NumberSeries, year: i32) -> String {
    series.prefix.replace("{year}", &year.to_string())
}

/// An invoice number: the prefix and the zero-padded counter (the first of a series is
/// `series.first`).
#[must_use]
pub fn number(series: &NumberSeries, counter: u64, year: i32) -> String {
    let width = usize::from(series.digits);
    format!("{}{counter:0>width$}", series_key(series, year))
}

/// The series of credit notes beside that of the invoices: `CN-` in front of its prefix.
#[must_use]
pub fn credit_note_series(series: &NumberSeries) -> NumberSeries {
    NumberSeries {
        prefix: format!("CN-{}", series.prefix),
        digits: series.digits,
        first: 1,
    }
}
