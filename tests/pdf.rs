//! The invoice on paper: golden pages as text, and what other programs make of the PDF.
//!
//! `pdf/<name>.txt` holds the pages of a document, one line per word, rule and picture.
//! With `RATEBOOK_BLESS=1` the files are written instead of compared; the diff is reviewed.

#[path = "pdf/archive.rs"]
mod archive;
#[path = "pdf/names.rs"]
mod names;
#[path = "pdf/paging.rs"]
mod paging;
#[path = "pdf/pictures.rs"]
mod pictures;
#[path = "pdf/readers.rs"]
mod readers;
#[path = "pdf/samples.rs"]
mod samples;

use std::{fs, path::PathBuf};

use ratebook_invoicing::document::{Document, DocumentKind, Paper, Writer};
use ratebook_pdf::{Fonts, Item, Pages, draw, layout};
use samples::{Maker, as_draft, designed, lines, many_lines, on, statement};

/// Every document that has a golden file.
fn documents() -> Vec<(&'static str, Document)> {
    let mut with_statement = designed("en-GB");
    with_statement.statement = Some(statement(&Maker::new("en-GB", "EUR"), 7));
    vec![
        ("designed", with_statement),
        (
            "draft-german",
            as_draft(designed("de-DE"), &Writer::new("de-DE")),
        ),
        ("letter", designed("en-US")),
        ("carried-over", many_lines("fr-FR", "EUR", 20)),
        ("greek", designed("el-GR")),
        ("ukrainian", designed("uk-UA")),
        (
            "yen-letter",
            on(many_lines("en-GB", "JPY", 6), Paper::Letter),
        ),
        ("names", names::document()),
        ("credit-note", credit_note()),
    ]
}

/// Mirrors an invoice: every amount negative.
fn credit_note() -> Document {
    let mut maker = Maker::new("nl-NL", "EUR");
    let mut section = maker.fee("Scale platform fee", -761_250);
    for row in section
        .groups
        .iter_mut()
        .filter_map(|group| group.head.as_mut())
    {
        row.notes = lines(&["1 tot en met 30 september 2026, factuur HS-2026-0498"]);
    }
    let mut document = maker.document(vec![section], &[]);
    let words = maker.writer.words();
    document.kind = DocumentKind::CreditNote;
    words.credit_note.clone_into(&mut document.title);
    document.bars = None;
    document.payment = None;
    document.notes = vec![words.will_be_refunded.to_owned()];
    document
}

fn pages(document: &Document) -> Pages {
    layout(document, &Fonts::embedded()).expect("the document can be laid out")
}

#[test]
fn every_document_gives_its_pages() {
    let bless = std::env::var_os("RATEBOOK_BLESS").is_some();
    let folder: PathBuf = suite::repository::root().join("tests/pdf");
    let mut offences = Vec::new();
    for (name, document) in documents() {
        let text = pages(&document).to_text();
        let path = folder.join(format!("{name}.txt"));
        if bless {
            fs::write(&path, &text).expect("the golden file can be written");
            continue;
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        let differs = expected
            .lines()
            .zip(text.lines())
            .position(|(old, new)| old != new);
        if expected != text {
            let line = differs.unwrap_or(expected.lines().count().min(text.lines().count()));
            let old = expected.lines().nth(line).unwrap_or("(end)");
            let new = text.lines().nth(line).unwrap_or("(end)");
            offences.push(format!("{name}.txt:{}\n  - {old}\n  + {new}", line + 1));
        }
    }
    assert!(
        offences.is_empty(),
        "pages that differ:\n{}",
        offences.join("\n")
    );
}

/// A credit note mirrors the invoice: −7,612.50 at 19 % is −1,446.38.
#[test]
fn a_credit_note_prints_what_it_mirrors() {
    let pages = pages(&credit_note());
    for figure in ["−7.612,50", "−1.446,38", "−€\u{a0}9.058,88", "Creditnota"] {
        let items = pages.pages.iter().flat_map(|page| &page.items);
        let found = items.filter(|item| matches!(item, Item::Text(text) if text.text == figure));
        assert!(found.count() > 0, "{figure} is not on the paper:\n{pages}");
    }
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let fonts = Fonts::embedded();
    let document = designed("en-GB");
    let first = draw(&pages(&document), &fonts).expect("drawn");
    // Other documents in between, and other threads: printpdf counts per process.
    let other = draw(&pages(&credit_note()), &fonts).expect("drawn");
    assert_ne!(first, other);
    let again: Vec<Vec<u8>> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..2)
            .map(|_| scope.spawn(|| draw(&pages(&document), &fonts).expect("drawn")))
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().expect("no panic"))
            .collect()
    });
    for bytes in again {
        assert!(bytes == first, "the bytes differ");
    }
    let mut changed = document;
    changed.number = Some("HS-2026-0513".to_owned());
    assert_ne!(
        draw(&pages(&changed), &fonts).expect("drawn"),
        first,
        "another number is seen"
    );
}
