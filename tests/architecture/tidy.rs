//! Sizes, names and places of files.

use std::{collections::BTreeSet, process::Command};

use suite::repository::{files, files_ending, read, root};

use super::{bans::PURE, none};

/// Files that must be longer, each saying why in its first lines. The list only shrinks.
const LONGER: [&str; 0] = [];

/// What may stand at the top level of the repository: what a newcomer reads first.
const TOP_LEVEL: [&str; 20] = [
    ".cargo",
    ".ci",
    ".github",
    ".gitattributes",
    ".gitignore",
    ".taurignore",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "Makefile",
    "README.md",
    "clippy.toml",
    "deny.toml",
    "migrations",
    "rust-toolchain.toml",
    "rustfmt.toml",
    "src-tauri",
    "tauri.conf.json",
    "tests",
];

#[test]
fn files_are_short_enough_to_read() {
    let mut offences = Vec::new();
    for path in written() {
        let lines = read(&path).lines().count();
        let most = limit(&path);
        if lines > most && !LONGER.contains(&path.as_str()) {
            offences.push(format!("{path}: {lines} lines, at most {most}"));
        }
    }
    none("too long", &offences);
}

#[test]
fn the_list_of_longer_files_only_shrinks() {
    let gone = LONGER
        .iter()
        .filter(|path| read(path).lines().count() <= limit(path));
    let gone: Vec<String> = gone.map(|path| (*path).to_owned()).collect();
    none("short enough by now: take it off the list", &gone);
}

#[test]
fn rust_lines_are_at_most_100_columns() {
    let mut offences = Vec::new();
    for path in files_ending("", &[".rs"]) {
        for (number, line) in read(&path).lines().enumerate() {
            let columns = line.chars().count();
            if columns > 100 {
                offences.push(format!("{path}:{}: {columns} columns", number + 1));
            }
        }
    }
    none("a long line", &offences);
}

#[test]
fn migrations_are_named_by_number_and_purpose() {
    let mut offences = Vec::new();
    let mut numbers = BTreeSet::new();
    for path in files("migrations") {
        let name = path.trim_start_matches("migrations/");
        if name == "README.md" {
            continue;
        }
        if !is_migration(name) {
            offences.push(format!("{path}: wants NNNN_what_it_does.sql"));
        } else if !numbers.insert(name[..4].to_owned()) {
            offences.push(format!("{path}: the number is taken"));
        }
    }
    none("a migration's name", &offences);
}

fn is_migration(name: &str) -> bool {
    let Some((number, words)) = name
        .strip_suffix(".sql")
        .and_then(|stem| stem.split_once('_'))
    else {
        return false;
    };
    let word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    number.len() == 4
        && number.chars().all(|c| c.is_ascii_digit())
        && !words.is_empty()
        && words.chars().all(word)
}

#[test]
fn node_packages_live_in_ui_only() {
    // The Tauri command line takes the first folder with a package.json for the interface.
    let mut offences = files_ending("", &["package.json", "package-lock.json"]);
    offences.retain(|path| !matches!(path.as_str(), "ui/package.json" | "ui/package-lock.json"));
    none("a package.json outside ui/", &offences);
}

#[test]
fn the_top_level_stays_clean() {
    let Ok(output) = Command::new("git")
        .args(["ls-files"])
        .current_dir(root())
        .output()
    else {
        panic!("git ls-files did not run");
    };
    let listing = String::from_utf8_lossy(&output.stdout).into_owned();
    let top: BTreeSet<&str> = listing
        .lines()
        .map(|path| path.split('/').next().unwrap_or(path))
        .collect();
    assert!(top.contains("Cargo.toml"), "git ls-files listed nothing");
    let mut offences: Vec<String> = top.into_iter().map(str::to_owned).collect();
    offences.retain(|name| name != "ui" && !TOP_LEVEL.contains(&name.as_str()));
    none("not expected at the top level", &offences);
}

fn written() -> Vec<String> {
    files_ending("", &[".rs", ".ts", ".tsx"])
}

fn limit(path: &str) -> usize {
    let pure = PURE
        .iter()
        .any(|name| path.starts_with(&format!("src-tauri/crates/{name}/")));
    match path {
        _ if path.ends_with(".tsx") => 350,
        _ if path.ends_with(".ts") => 400,
        _ if pure => 500,
        _ => 700,
    }
}
