//! Golden cases: what is sold and used above a line of dashes, what comes out below it. Written
//! to be read by somebody who bills. `RATEBOOK_BLESS=1` rewrites what comes out; the difference is
//! reviewed.

mod book;
mod deals;
mod printed;
mod script;
mod written;

pub use printed::printed;
pub use written::{invoiced, rated};

use ratebook_invoicing::FinalizedInvoice;
use std::fs;
use suite::repository::{files_ending, root};

/// Runs every case below a folder. `write` is what a case is about: rated lines, or an invoice.
pub fn check(folder: &str, write: fn(&book::Book) -> String) {
    let bless = std::env::var_os("RATEBOOK_BLESS").is_some();
    let paths = files_ending(folder, &[".case"]);
    assert!(!paths.is_empty(), "no cases in {folder}");
    let mut wrong = Vec::new();
    for path in paths {
        let full = root().join(&path);
        let text = fs::read_to_string(&full).unwrap_or_else(|error| panic!("{path}: {error}"));
        let (given, expected) = text.split_once("\n---\n").unwrap_or((&text, ""));
        let book = script::read(given).unwrap_or_else(|error| panic!("{path}: {error}"));
        let found = write(&book);
        if found == expected {
            continue;
        }
        if bless {
            fs::write(&full, format!("{}\n---\n{found}", given.trim_end()))
                .unwrap_or_else(|error| panic!("{path}: {error}"));
        } else {
            wrong.push(format!("{path}\n{}", difference(expected, &found)));
        }
    }
    assert!(
        wrong.is_empty(),
        "RATEBOOK_BLESS=1 accepts these:\n{}",
        wrong.join("\n")
    );
}

/// The cases below a folder: the name of each, and what it says.
pub fn scripts(folder: &str) -> Vec<(String, String)> {
    let paths = files_ending(folder, &[".case"]);
    let each = paths.into_iter().map(|path| {
        let text = fs::read_to_string(root().join(&path)).unwrap_or_else(|error| panic!("{error}"));
        let given = text
            .split_once("\n---\n")
            .map(|(given, _)| given.to_owned());
        let name = path
            .rsplit('/')
            .next()
            .unwrap_or(&path)
            .trim_end_matches(".case");
        (name.to_owned(), given.unwrap_or(text))
    });
    each.collect()
}

/// The invoice of a case; nothing where there is nothing to invoice.
pub fn invoice_of(script: &str) -> Option<FinalizedInvoice> {
    let book = script::read(script).unwrap_or_else(|error| panic!("{error}"));
    written::finalized(&book).ok()
}

/// Finalizes a case, then says that every name in it means the first model of the table, and
/// verifies the invoice.
pub fn survives_a_later_alias(path: &str) {
    let text = fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{error}"));
    let (given, _) = text.split_once("\n---\n").unwrap_or((&text, ""));
    let book = script::read(given).unwrap_or_else(|error| panic!("{path}: {error}"));
    written::verify_with_aliases(&book);
}

/// The lines that only one side has.
fn difference(expected: &str, found: &str) -> String {
    let only = |mark: &str, lines: &str, other: &str| {
        let other: Vec<&str> = other.lines().collect();
        let own = lines.lines().filter(|line| !other.contains(line));
        own.map(|line| format!("  {mark} {line}\n"))
            .collect::<String>()
    };
    [only("-", expected, found), only("+", found, expected)].concat()
}
