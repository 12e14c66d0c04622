//! Runs the validators, which are Python packages in an environment of their own.

use ratebook_einvoice::Format;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::process::Command;
use suite::repository::root;
use tempfile::TempDir;

/// What the validators say of a file.
#[derive(Debug, Deserialize)]
pub struct Verdict {
    pub file: String,
    pub schema: Vec<String>,
    pub rules: BTreeMap<String, Rules>,
}

#[derive(Debug, Deserialize)]
pub struct Rules {
    pub fired: u32,
    pub failed: Vec<Fault>,
}

#[derive(Debug, Deserialize)]
pub struct Fault {
    pub rule: String,
    pub text: String,
}

impl Verdict {
    /// The rules that failed.
    pub fn failed(&self) -> Vec<String> {
        let faults = self.rules.values().flat_map(|rules| &rules.failed);
        faults.map(|fault| fault.rule.clone()).collect()
    }
}

/// Files that are judged together: the rules are compiled once.
pub struct Folder(TempDir);

impl Folder {
    pub fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    pub fn add(&self, name: &str, format: Format, text: &str) {
        let file = format!("{name}.{}.xml", format.name());
        fs::write(self.0.path().join(file), text).expect("a file");
    }

    pub fn judge(&self) -> Vec<Verdict> {
        let python = python();
        let script = root().join("tests/einvoice/validate.py");
        let output = Command::new(python)
            .arg(script)
            .arg(self.0.path())
            .output()
            .expect("the validators run");
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{errors}");
        let text = String::from_utf8(output.stdout).expect("text");
        let read = |line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}"));
        text.lines().map(read).collect()
    }
}

/// The interpreter that has the validators.
pub fn python() -> std::path::PathBuf {
    let place = root().join("target/einvoice-venv/bin/python");
    assert!(
        place.exists(),
        "{} is missing: `src-tauri/scripts/need.sh test` installs the validators",
        place.display()
    );
    place
}
