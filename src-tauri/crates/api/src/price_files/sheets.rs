use calamine::{Data, Reader, Xlsx};
use ratebook_catalog::prices::TableError;
use ratebook_catalog::prices::list::PriceSheet;
use std::io::Cursor;

/// Whether the bytes are a packed file, as a workbook is.
pub(super) fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// The first sheet of a workbook that has rows. A workbook holds numbers as binary floats: each is
/// read as the shortest decimal that it stands for, which is what was typed.
pub(super) fn read(bytes: &[u8]) -> Result<PriceSheet, TableError> {
    let unknown = |fault: &dyn std::fmt::Display| TableError::UnknownFormat(fault.to_string());
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|fault| unknown(&fault))?;
    let mut last = Err(unknown(&"the workbook has no sheet"));
    for name in book.sheet_names() {
        let range = book
            .worksheet_range(&name)
            .map_err(|fault| unknown(&fault))?;
        let first = range.start().map_or(0, |(row, _)| u64::from(row));
        let lines = (1..).map(|place: u64| first.saturating_add(place));
        let rows = range.rows().map(|cells| cells.iter().map(text).collect());
        last = PriceSheet::from_rows(lines.zip(rows).collect());
        if last.is_ok() {
            break;
        }
    }
    last
}

fn text(cell: &Data) -> String {
    match cell {
        Data::DateTime(at) => match at.as_datetime() {
            Some(at) => at.date().to_string(),
            None => at.to_string(),
        },
        Data::Empty | Data::Error(_) => String::new(),
        Data::Int(_)
        | Data::Float(_)
        | Data::String(_)
        | Data::Bool(_)
        | Data::DateTimeIso(_)
        | Data::DurationIso(_) => cell.to_string(),
    }
}
