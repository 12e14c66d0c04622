//! PDFs with their e-invoice inside, as other programs see them.

use super::validator::{Folder, python};
use crate::cases::{invoice_of, scripts};
use ratebook_einvoice::{EMBEDDED_LEVEL, EMBEDDED_NAME, Einvoice, Format, write};
use ratebook_invoicing::document::Document;
use ratebook_invoicing::{CreditNote, FinalizedInvoice, InvoiceStatus, TakeBack, print};
use ratebook_invoicing::{draft_credit_note, finalize_credit_note};
use ratebook_pdf::{Embedded, Fonts, draw_hybrid, layout};
use serde::Deserialize;
use std::fs;
use std::path::Path;
use std::process::Command;
use suite::repository::root;

/// What the readers say of a PDF.
#[derive(Debug, Deserialize)]
struct Read {
    file: String,
    faults: Vec<String>,
    xml: Option<String>,
}

fn read(folder: &Path) -> Vec<Read> {
    let output = Command::new(python())
        .arg(root().join("tests/einvoice/hybrid.py"))
        .arg(folder)
        .output()
        .expect("the readers run");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let text = String::from_utf8(output.stdout).expect("text");
    let read = |line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
    text.lines().map(read).collect()
}

fn invoice(name: &str) -> FinalizedInvoice {
    let folders = ["tests/invoices", "tests/documents", "tests/einvoice"];
    let mut all = folders.iter().flat_map(|folder| scripts(folder));
    let text = all.find(|(known, _)| known == name).map(|(_, text)| text);
    let text = text.unwrap_or_else(|| panic!("no case {name}"));
    invoice_of(&text).unwrap_or_else(|| panic!("{name} is no invoice"))
}

fn note(invoice: &FinalizedInvoice) -> CreditNote {
    let draft = draft_credit_note(invoice, &[], &TakeBack::All).expect("a credit note");
    let (number, day) = ("CN-2026-0001".to_owned(), invoice.due_date());
    finalize_credit_note(draft, invoice, number, day, "As agreed".to_owned())
}

/// Paper and XML of invoices of every kind, and of a credit note.
fn originals() -> Vec<(String, Document, String)> {
    let names = [
        "fee_usage_and_runs",
        "reverse_charge",
        "out_of_scope",
        "exempt_with_reason",
        "zero_rate",
        "credit_before_and_after_tax",
        "part_of_a_month_and_minimum",
        "yen",
    ];
    let mut all = Vec::new();
    for name in names {
        let invoice = invoice(name);
        let paper = print::finalized(&invoice, InvoiceStatus::Finalized).expect("a paper");
        let einvoice = Einvoice::of(&invoice).expect("an e-invoice");
        let xml =
            write(&einvoice, Format::FacturX).unwrap_or_else(|error| panic!("{name}: {error}"));
        all.push((name.to_owned(), paper, xml));
    }
    let note = note(&invoice("fee_usage_and_runs"));
    let paper = print::credit_note(&note).expect("a paper");
    let einvoice = Einvoice::of_credit_note(&note).expect("an e-invoice");
    let xml = write(&einvoice, Format::FacturX).expect("a whole one");
    all.push(("credit_note".to_owned(), paper, xml));
    all
}

fn hybrid(paper: &Document, xml: &str) -> Vec<u8> {
    let fonts = Fonts::embedded();
    let pages = layout(paper, &fonts).expect("pages");
    let embedded = Embedded {
        name: EMBEDDED_NAME,
        description: "Factur-X invoice",
        level: EMBEDDED_LEVEL,
        xml,
    };
    draw_hybrid(&pages, &fonts, &embedded).expect("drawn")
}

#[test]
fn hybrid_invoices_are_for_archives_and_give_their_xml_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let files = Folder::new();
    let originals = originals();
    for (name, paper, xml) in &originals {
        let bytes = hybrid(paper, xml);
        let path = folder.path().join(format!("{name}.hybrid.pdf"));
        fs::write(&path, bytes).expect("written");
        let path = path.display().to_string();
        if cfg!(target_os = "linux") {
            let checked = Command::new("qpdf")
                .args(["--check", &path])
                .output()
                .expect("qpdf");
            let said = String::from_utf8_lossy(&checked.stdout).into_owned();
            assert!(
                checked.status.success() && checked.stderr.is_empty(),
                "{name}: {said}"
            );
        }
    }
    let found = read(folder.path());
    assert_eq!(found.len(), originals.len());
    for read in &found {
        assert_eq!(read.faults, Vec::<String>::new(), "{}", read.file);
        let name = read.file.trim_end_matches(".hybrid.pdf");
        let (_, _, xml) = originals
            .iter()
            .find(|(known, ..)| known == name)
            .expect("known");
        let inside = read.xml.as_deref().unwrap_or_default();
        assert!(inside == xml, "{name}: the XML inside is another one");
        files.add(name, Format::FacturX, inside);
    }
    let verdicts = files.judge();
    assert_eq!(verdicts.len(), originals.len());
    let wrong: Vec<String> = verdicts.iter().flat_map(super::complaints).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_inside_is_the_file_of_cii() {
    let einvoice = Einvoice::of(&invoice("fee_usage_and_runs")).expect("an e-invoice");
    let inside = write(&einvoice, Format::FacturX).expect("a whole one");
    assert_eq!(inside, write(&einvoice, Format::Cii).expect("a whole one"));
}

#[test]
fn a_broken_hybrid_is_found_broken() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_, paper, xml) = originals().swap_remove(0);
    let bytes = hybrid(&paper, &xml);
    // As long as before, so that every place in the file stays right.
    for (place, (from, to)) in [
        ("<pdfaid:part>3<", "<pdfaid:part>1<"),
        ("<fx:Version>1.0<", "<fx:Version>1.1<"),
        ("/AFRelationship/Alternative", "/AFRelationship/Alternatiwe"),
        ("GTS_PDFA1", "GTS_PDFA2"),
    ]
    .iter()
    .enumerate()
    {
        let at = bytes
            .windows(from.len())
            .position(|part| part == from.as_bytes());
        let at = at.unwrap_or_else(|| panic!("{from} is not in the file"));
        let mut broken = bytes.clone();
        broken.splice(at..at + from.len(), to.bytes());
        fs::write(folder.path().join(format!("{place}.hybrid.pdf")), broken).expect("written");
    }
    let found: Vec<Vec<String>> = read(folder.path())
        .into_iter()
        .map(|read| read.faults)
        .collect();
    assert_eq!(
        found,
        [
            vec!["not PDF/A-3b".to_owned()],
            vec!["fx:Version is 1.1".to_owned()],
            vec!["relationship".to_owned()],
            vec!["output intent".to_owned()],
        ]
    );
}

#[test]
fn the_same_invoice_gives_the_same_bytes() {
    let (_, paper, xml) = originals().swap_remove(0);
    let first = hybrid(&paper, &xml);
    let other = hybrid(&paper, &xml.replace("Acme", "Acne"));
    assert_ne!(first, other);
    assert!(hybrid(&paper, &xml) == first, "the bytes differ");
}
