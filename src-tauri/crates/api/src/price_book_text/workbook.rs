//! The rules as a workbook. Every cell is text: a name that looks like a formula is none, and a
//! price keeps all its digits.

use super::{Entry, FIELDS, FORMAT, Fields, other_currency, unknown_format};
use crate::error::{ApiError, ApiResult};
use calamine::{Data, Range, Reader, Xlsx};
use ratebook_catalog::Issue;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use std::fmt::Display;
use std::io::Cursor;

const RULES: &str = "Rules";
/// What the file is, and in which currency.
const ABOUT: &str = "About";

pub(super) fn write(entries: &[Entry], currency: &str) -> ApiResult<Vec<u8>> {
    written(entries, currency).map_err(ApiError::internal)
}

fn written(entries: &[Entry], currency: &str) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // The same rules are the same bytes.
    let made = ExcelDateTime::from_ymd(2026, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let (text, head) = (
        Format::new().set_num_format("@"),
        Format::new().set_num_format("@").set_bold(),
    );
    let rules = book.add_worksheet().set_name(RULES)?;
    rules.set_freeze_panes(1, 0)?;
    for (column, name) in (0..).zip(FIELDS) {
        // What a person types into the column later is text too.
        rules.set_column_format(column, &text)?;
        rules.write_string_with_format(0, column, name, &head)?;
    }
    for (row, entry) in (1..).zip(entries) {
        for (column, name) in (0..).zip(FIELDS) {
            if let Some(value) = entry.get(name) {
                rules.write_string_with_format(row, column, value, &text)?;
            }
        }
    }
    let about = book.add_worksheet().set_name(ABOUT)?;
    let facts = [
        ("format", FORMAT.to_string()),
        ("currency", currency.to_owned()),
    ];
    for (row, (name, value)) in (0..).zip(facts) {
        fact(about, row, name, &value, &text)?;
    }
    book.save_to_buffer()
}

fn fact(
    sheet: &mut Worksheet,
    row: u32,
    name: &str,
    value: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    sheet.write_string_with_format(row, 0, name, format)?;
    sheet.write_string_with_format(row, 1, value, format)?;
    Ok(())
}

/// The entries with their lines. A workbook that Ratebook did not write has its rules on the first
/// sheet.
pub(super) fn read(bytes: &[u8], currency: &str) -> ApiResult<Vec<(usize, Fields)>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|e| not_a_workbook(&e))?;
    let names = book.sheet_names();
    if names.iter().any(|name| name == ABOUT) {
        let about = book
            .worksheet_range(ABOUT)
            .map_err(|e| not_a_workbook(&e))?;
        check(&about, currency)?;
    }
    let own = names.iter().find(|name| *name == RULES);
    let Some(name) = own.or(names.first()) else {
        return Err(not_a_workbook(&"it has no sheet"));
    };
    let range = book.worksheet_range(name).map_err(|e| not_a_workbook(&e))?;
    Ok(entries(&range))
}

fn check(about: &Range<Data>, currency: &str) -> ApiResult<()> {
    let fact = |wanted: &str| {
        let mut rows = about.rows().filter_map(|row| {
            let [name, value, ..] = row else { return None };
            (text(name) == wanted).then(|| text(value))
        });
        rows.next()
    };
    if fact("format").is_none_or(|format| format != FORMAT.to_string()) {
        return Err(unknown_format());
    }
    match fact("currency") {
        Some(own) if own == currency => Ok(()),
        own => Err(other_currency(own.as_deref().unwrap_or(""), currency)),
    }
}

fn entries(range: &Range<Data>) -> Vec<(usize, Fields)> {
    let above = range.start().map_or(0, |(row, _)| row);
    let above = usize::try_from(above).unwrap_or(usize::MAX);
    let mut rows = range.rows();
    let names: Vec<String> = rows
        .next()
        .map(|row| {
            row.iter()
                .map(|cell| text(cell).trim().to_owned())
                .collect()
        })
        .unwrap_or_default();
    let rows = (2_usize..).zip(rows).map(|(place, row)| {
        let fields = names.iter().zip(row.iter().map(text));
        let fields = fields.filter(|(_, text)| !text.trim().is_empty());
        let fields: Fields = fields
            .map(|(name, text)| (name.clone(), text.trim().to_owned()))
            .collect();
        (above.saturating_add(place), fields)
    });
    rows.filter(|(_, fields)| !fields.is_empty()).collect()
}

/// A number is read as the shortest decimal that it stands for, which is what was typed.
fn text(cell: &Data) -> String {
    match cell {
        Data::Empty | Data::Error(_) => String::new(),
        Data::Int(_)
        | Data::Float(_)
        | Data::String(_)
        | Data::Bool(_)
        | Data::DateTime(_)
        | Data::DateTimeIso(_)
        | Data::DurationIso(_) => cell.to_string(),
    }
}

fn not_a_workbook(detail: &dyn Display) -> ApiError {
    ApiError::invalid(vec![
        Issue::new("", "not_a_workbook").with("detail", detail),
    ])
}
