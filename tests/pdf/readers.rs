//! What other programs make of the PDF: poppler and qpdf.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use ratebook_invoicing::document::Document;
use ratebook_pdf::{Fonts, Item, Pages, draw};

use crate::{documents, pages};

/// Runs a program and returns what it prints. Linux has these programs (need.sh installs them).
pub fn tool(name: &str, arguments: &[&str]) -> String {
    let output = Command::new(name)
        .args(arguments)
        .output()
        .unwrap_or_else(|error| panic!("{name}: {error}; run src-tauri/scripts/need.sh test"));
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success() && errors.is_empty(),
        "{name} {arguments:?}:\n{text}{errors}"
    );
    text
}

/// Hands a PDF to other programs as a file of its own.
pub fn read(bytes: &[u8], name: &str, check: impl Fn(&str)) {
    if !cfg!(target_os = "linux") {
        return;
    }
    let folder = std::env::temp_dir().join(format!("ratebook-pdf-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    let path: PathBuf = folder.join(format!("{name}.pdf"));
    fs::write(&path, bytes).expect("written");
    check(path.to_str().expect("a plain path"));
    fs::remove_file(&path).expect("removed");
    // The last test out closes the door.
    let _ = fs::remove_dir(&folder);
}

/// Well formed, and every font inside, cut down to what is used.
pub fn sound(file: &str) {
    let checked = tool("qpdf", &["--check", file]);
    assert!(
        checked.contains("No syntax or stream encoding errors found"),
        "{checked}"
    );
    let fonts = tool("pdffonts", &[file]);
    let fonts: Vec<&str> = fonts.lines().skip(2).collect();
    assert!(!fonts.is_empty());
    for font in fonts {
        assert!(
            font.contains(" yes yes yes "),
            "not embedded, cut or readable: {font}"
        );
    }
}

#[test]
fn every_figure_is_read_back_by_pdftotext() {
    for (name, document) in documents() {
        let pages = pages(&document);
        let bytes = draw(&pages, &Fonts::embedded()).expect("drawn");
        read(&bytes, name, |file| {
            sound(file);
            let text = words(&tool("pdftotext", &["-layout", file, "-"]));
            for figure in figures(&pages) {
                assert!(
                    text.contains(&words(&figure)),
                    "{name}: {figure} is not read back\n{text}"
                );
            }
        });
    }
}

/// Spaces of every kind as one: where columns stand is not what is asked here.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn figures(pages: &Pages) -> Vec<String> {
    let items = pages.pages.iter().flat_map(|page| &page.items);
    let texts = items.filter_map(|item| {
        if let Item::Text(text) = item {
            Some(text)
        } else {
            None
        }
    });
    let figures: Vec<String> = texts
        .filter(|text| text.tabular)
        .map(|text| text.text.clone())
        .collect();
    assert!(figures.len() > 4);
    figures
}

#[test]
fn the_pdf_says_what_it_is() {
    let (_, document) = documents().swap_remove(0);
    let bytes = draw(&pages(&document), &Fonts::embedded()).expect("drawn");
    assert!(bytes.starts_with(b"%PDF-1.7"));
    read(&bytes, "info", |file| {
        let info = tool("pdfinfo", &["-isodates", file]);
        for line in [
            "Title:           Invoice HS-2026-0512",
            "Author:          Halden Systems GmbH",
            "Creator:         Ratebook",
            "CreationDate:    2026-11-03T00:00:00Z",
            "Pages:           2",
            "Page size:       595.28 x 841.89 pts (A4)",
        ] {
            assert!(info.contains(line), "{line}\n{info}");
        }
        assert!(!info.contains("PDF/X"), "a claim that is not true:\n{info}");
    });
}

/// The bank reads the transfer from the paper, so the code is there exactly when there is one.
#[test]
fn the_code_is_on_the_paper() {
    let (_, mut document) = documents().swap_remove(0);
    let codes = |document: &Document| {
        let items = pages(document)
            .pages
            .into_iter()
            .flat_map(|page| page.items);
        items
            .filter(|item| matches!(item, Item::Code { rows, .. } if rows.len() > 20))
            .count()
    };
    assert_eq!(codes(&document), 1);
    document.payment.as_mut().expect("a box").code = None;
    assert_eq!(codes(&document), 0);
}
