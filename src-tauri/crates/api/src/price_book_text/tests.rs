use super::*;
use calamine::{Reader as _, Xlsx};
use std::io::Cursor;

/// Names that a spreadsheet would take for something else.
const HOSTILE: [&str; 9] = [
    "=HYPERLINK(\"http://x\",\"y\")",
    "+1+cmd|' /C calc'!A0",
    "-2",
    "@SUM(1)",
    "'quoted",
    "''twice",
    "a,b;\"c\"\nd",
    "<b>&amp;</b>",
    "0007",
];

const FORMATS: [BookFormat; 3] = [BookFormat::Toml, BookFormat::Csv, BookFormat::Xlsx];

fn rule(model: &str, field: &'static str, text: &str) -> Entry {
    let mut entry = Entry::new();
    for (name, text) in [
        ("level", "book"),
        ("provider", "=p"),
        ("model", model),
        ("dimension", "output_tokens"),
        ("when", "{}"),
        (field, text),
    ] {
        entry.insert(name, text.to_owned());
    }
    entry
}

fn read_back(entries: &[Entry], format: BookFormat) -> Vec<Entry> {
    let bytes = write(entries, "EUR", format).unwrap();
    let found = match format {
        BookFormat::Toml => read_toml(std::str::from_utf8(&bytes).unwrap(), "EUR"),
        BookFormat::Csv => read_csv(std::str::from_utf8(&bytes).unwrap()),
        BookFormat::Xlsx => workbook::read(&bytes, "EUR"),
    };
    let entries = found.unwrap().into_iter().map(|(_, fields)| {
        let known = |name: &str| FIELDS.into_iter().find(|field| *field == name).unwrap();
        let fields = fields.into_iter();
        fields.map(|(name, text)| (known(&name), text)).collect()
    });
    entries.collect()
}

#[test]
fn every_name_and_number_comes_back_from_every_format() {
    let mut entries: Vec<Entry> = HOSTILE
        .map(|name| rule(name, "price", "0.000000000001"))
        .into();
    entries.push(rule("m", "percent", "-12.5"));
    entries.push(rule("m", "formula", "= max(cost + 0.2, list * 0.9)"));
    entries.push(rule("n", "price", "123456789012.123456789012"));
    for format in FORMATS {
        assert_eq!(read_back(&entries, format), entries);
    }
}

#[test]
fn nothing_of_a_file_is_a_formula_to_a_spreadsheet() {
    let entries = HOSTILE.map(|name| rule(name, "formula", "= cost * 1.3"));
    let bytes = write(&entries, "EUR", BookFormat::Xlsx).unwrap();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(&bytes)).unwrap();
    let formulas = book.worksheet_formula("Rules").unwrap();
    assert_eq!(formulas.used_cells().count(), 0);
    assert_eq!(bytes, write(&entries, "EUR", BookFormat::Xlsx).unwrap());

    let csv = write(&entries, "EUR", BookFormat::Csv).unwrap();
    let mut reader = csv::Reader::from_reader(csv.as_slice());
    for row in reader.records() {
        for (name, cell) in FIELDS.iter().zip(&row.unwrap()) {
            let first = cell.chars().next();
            assert!(
                !matches!(first, Some('=' | '+' | '-' | '@')),
                "{name}: {cell}"
            );
        }
    }
}

#[test]
fn another_currency_or_format_and_what_is_no_workbook_are_named() {
    let bytes = write(&[rule("m", "price", "1")], "USD", BookFormat::Xlsx).unwrap();
    let refused = read(&bytes, "EUR", BookFormat::Xlsx).err().unwrap();
    assert_eq!(refused.issues[0].code, "other_currency");
    for bytes in [&b"<!doctype html>"[..], b"PK\x03\x04", b""] {
        let refused = read(bytes, "EUR", BookFormat::Xlsx).err().unwrap();
        assert_eq!(refused.issues[0].code, "not_a_workbook");
    }
}
