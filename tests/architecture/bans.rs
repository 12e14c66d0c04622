//! Words that may not stand in certain crates.

use suite::repository::{files_ending, read};

use super::{
    none,
    rust_source::{code_only, has_word},
};

/// The crates that only compute.
pub const PURE: [&str; 6] = [
    "money",
    "catalog",
    "usage",
    "rating",
    "invoicing",
    "einvoice",
];

/// Floats are not exact; the clock and chance make two runs differ; a default hides a missing
/// number; files and output belong to a shell.
const BANNED_IN_PURE: [&str; 14] = [
    "f32",
    "f64",
    "Utc::now",
    "Local::now",
    "SystemTime",
    "Instant::now",
    "rand",
    "getrandom",
    "unwrap_or_default",
    "std::fs",
    "std::net",
    "println",
    "eprintln",
    "std::env",
];

/// Where a default stands for a missing text or an empty list, never for a number.
const DEFAULT_IS_TEXT: [&str; 2] = [
    "src-tauri/crates/invoicing/src/document/",
    "src-tauri/crates/catalog/src/prices/table.rs",
];

/// Reads the clock or writes to the terminal: the PDF of an invoice has the same bytes every time.
const BANNED_IN_PDF: [&str; 5] = ["Utc::now", "Local::now", "SystemTime", "rand", "println"];

#[test]
fn pure_crates_have_no_floats_clock_chance_or_files() {
    let mut offences = Vec::new();
    for name in PURE {
        offences.extend(uses(
            &format!("src-tauri/crates/{name}/src"),
            &BANNED_IN_PURE,
        ));
    }
    offences.retain(|offence| {
        let is_text = DEFAULT_IS_TEXT
            .iter()
            .any(|place| offence.starts_with(place));
        !(is_text && offence.ends_with(": unwrap_or_default"))
    });
    offences.extend(uses("src-tauri/crates/pdf/src", &BANNED_IN_PDF));
    none("banned in a crate that only computes", &offences);
}

#[test]
fn numbers_are_rounded_in_one_place() {
    // `Decimal::round_dp` rounds half to even; invoices round half away from zero, in `money`.
    let words = [
        "round_dp",
        "round_dp_with_strategy",
        "round_sf",
        "to_f64",
        "to_f32",
    ];
    let mut offences = uses("src-tauri", &words);
    offences.retain(|offence| !offence.starts_with("src-tauri/crates/money/src/"));
    none("rounding outside money", &offences);
}

#[test]
fn nothing_is_left_for_later_without_saying_so() {
    let mut offences = Vec::new();
    for path in files_ending("", &[".rs", ".ts", ".tsx", ".css", ".sql", ".sh"]) {
        if path.starts_with("tests/architecture/") {
            continue;
        }
        for (number, line) in read(&path).lines().enumerate() {
            let waits = ["TODO", "FIXME"].iter().any(|word| has_word(line, word));
            if waits && !line.contains("issue ") {
                offences.push(format!("{path}:{}", number + 1));
            }
        }
    }
    none("a note for later that names no issue", &offences);
}

/// `path:line: word` for each banned word in the code of the Rust files below `under`.
fn uses(under: &str, banned: &[&str]) -> Vec<String> {
    let paths = files_ending(under, &[".rs"]);
    assert!(!paths.is_empty(), "no Rust file below {under}");
    let mut found = Vec::new();
    for path in paths {
        for (number, line) in code_only(&read(&path)).lines().enumerate() {
            let words = banned.iter().filter(|word| has_word(line, word));
            found.extend(words.map(|word| format!("{path}:{}: {word}", number + 1)));
        }
    }
    found
}
