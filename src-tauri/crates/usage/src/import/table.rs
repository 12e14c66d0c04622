//! Rows of a table in text form. Written here and not taken from a library because a quote that is
//! never closed must cost one row and a bounded amount of memory, not the rest of the file.

use std::borrow::Cow;

/// A quote is open at the end of the row.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Unclosed;

/// The cells of one row (RFC 4180); cells are borrowed unless they hold doubled quotes.
pub(crate) fn cells(row: &str, separator: char) -> Result<Vec<Cow<'_, str>>, Unclosed> {
    let row = row.strip_suffix('\n').unwrap_or(row);
    let row = row.strip_suffix('\r').unwrap_or(row);
    if !row.contains('"') {
        return Ok(row.split(separator).map(Cow::Borrowed).collect());
    }
    let mut cells = Vec::new();
    let mut rest = row;
    loop {
        let (cell, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted_cell(quoted, separator)?,
            None => match rest.split_once(separator) {
                Some((cell, after)) => (Cow::Borrowed(cell), Some(after)),
                None => (Cow::Borrowed(rest), None),
            },
        };
        cells.push(cell);
        match after {
            Some(after) => rest = after,
            None => return Ok(cells),
        }
    }
}

/// A cell behind its opening quote, and what follows its separator.
fn quoted_cell(text: &str, separator: char) -> Result<(Cow<'_, str>, Option<&str>), Unclosed> {
    let mut cell = Cow::Borrowed("");
    let mut rest = text;
    loop {
        let (part, after) = rest.split_once('"').ok_or(Unclosed)?;
        append(&mut cell, part);
        match after.strip_prefix('"') {
            Some(after) => {
                append(&mut cell, "\"");
                rest = after;
            }
            // What stands between the closing quote and the separator belongs to the cell.
            None => {
                return Ok(match after.split_once(separator) {
                    Some((tail, after)) => {
                        append(&mut cell, tail);
                        (cell, Some(after))
                    }
                    None => {
                        append(&mut cell, after);
                        (cell, None)
                    }
                });
            }
        }
    }
}

fn append<'a>(cell: &mut Cow<'a, str>, part: &'a str) {
    if cell.is_empty() {
        *cell = Cow::Borrowed(part);
    } else if !part.is_empty() {
        cell.to_mut().push_str(part);
    }
}

/// The separator of a table: the one of comma, semicolon and tab that the header has most of.
pub(crate) fn separator(header: &str) -> char {
    let count = |separator: char| header.chars().filter(|c| *c == separator).count();
    let (comma, semicolon, tab) = (count(','), count(';'), count('\t'));
    if semicolon > comma && semicolon >= tab {
        ';'
    } else if tab > comma {
        '\t'
    } else {
        ','
    }
}

/// A text that a spreadsheet leaves alone, whatever a customer or a model is called: what it would
/// take for a formula gets an apostrophe in front. Numbers stay as they are.
#[must_use]
pub fn inert(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let number = ratebook_money::parse_decimal(text).is_ok();
    if formula && !number {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// A cell as it must stand in a table that a spreadsheet may open: [`inert`], and separators and
/// quotes are quoted.
#[must_use]
pub fn table_cell(text: &str) -> String {
    let text = inert(text);
    if text.contains(['"', ',', ';', '\n', '\r', '\t']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(row: &str) -> Vec<String> {
        cells(row, ',')
            .unwrap()
            .into_iter()
            .map(Cow::into_owned)
            .collect()
    }

    proptest::proptest! {
        #[test]
        fn agrees_with_the_usual_library(row in "[ab,\"]{1,24}") {
            let mut reader = csv::ReaderBuilder::new()
                .has_headers(false)
                .from_reader(row.as_bytes());
            let usual = reader.records().next().map(|record| record.unwrap());
            if let (Ok(ours), Some(usual)) = (cells(&row, ','), usual) {
                let usual: Vec<&str> = usual.iter().collect();
                proptest::prop_assert_eq!(ours, usual, "{}", row);
            }
        }
    }

    #[test]
    fn quotes_protect_separators_and_line_ends() {
        assert_eq!(
            split("a,\"b,\"\"c\"\"\nd\",,\"\"\r\n"),
            ["a", "b,\"c\"\nd", "", ""]
        );
        assert_eq!(split("5\" disk,x"), ["5\" disk", "x"]);
        assert_eq!(cells("a,\"b", ','), Err(Unclosed));
    }

    #[test]
    fn formulas_are_disarmed_on_the_way_out_and_numbers_are_not_touched() {
        assert_eq!(
            table_cell("=HYPERLINK(\"x\",\"y\")"),
            "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\""
        );
        assert_eq!(table_cell("@acme"), "'@acme");
        assert_eq!(table_cell("-0.5"), "-0.5");
    }
}
