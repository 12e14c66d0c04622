//! Every paper is made for archives (PDF/A-3b); a Python program looks at its structure.

use crate::documents;
use ratebook_pdf::{Fonts, draw, layout};
use serde_json::Value;
use std::fs;
use std::process::Command;
use suite::repository::root;

#[test]
fn every_paper_is_for_archives() {
    let folder = tempfile::tempdir().expect("a folder");
    let fonts = Fonts::embedded();
    for (name, document) in documents() {
        let pages = layout(&document, &fonts).expect("pages");
        let bytes = draw(&pages, &fonts).expect("drawn");
        fs::write(folder.path().join(format!("{name}.plain.pdf")), bytes).expect("written");
    }
    let python = root().join("target/einvoice-venv/bin/python");
    assert!(
        python.exists(),
        "{} is missing: `src-tauri/scripts/need.sh test` installs it",
        python.display()
    );
    let output = Command::new(python)
        .arg(root().join("tests/einvoice/hybrid.py"))
        .arg(folder.path())
        .output()
        .expect("it runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let text = String::from_utf8(output.stdout).expect("text");
    assert_eq!(text.lines().count(), documents().len());
    for line in text.lines() {
        let said: Value = serde_json::from_str(line).expect("JSON");
        assert_eq!(said["faults"], Value::Array(Vec::new()), "{}", said["file"]);
    }
}
