//! Who may know whom: the manifests against one table. A new edge is a change of this table.

use std::{collections::BTreeSet, process::Command};

use serde_json::Value;
use suite::repository::root;

use super::none;

/// A package, the packages of ours it may use, and the libraries it may use.
type Row = (
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
);

const TABLE: &[Row] = &[
    (
        "ratebook-money",
        &[],
        &["chrono", "chrono-tz", "rust_decimal", "serde", "thiserror"],
    ),
    (
        "ratebook-catalog",
        &["money"],
        &[
            "base64",
            "chrono",
            "csv",
            "num-bigint",
            "num-integer",
            "num-rational",
            "num-traits",
            "rust_decimal",
            "serde",
            "serde_json",
            "sha2",
            "thiserror",
        ],
    ),
    ("ratebook-usage", &["money", "catalog"], PURE),
    ("ratebook-rating", &["money", "catalog", "usage"], PURE),
    (
        "ratebook-invoicing",
        &["money", "catalog", "usage", "rating"],
        PURE,
    ),
    (
        "ratebook-einvoice",
        &["money", "catalog", "rating", "invoicing"],
        &["quick-xml", "rust_decimal", "thiserror"],
    ),
    (
        "ratebook-pdf",
        &["money", "invoicing"],
        &[
            "chrono",
            "flate2",
            "image",
            "lopdf",
            "png",
            "printpdf",
            "qrcodegen",
            "rustybuzz",
            "serde",
            "sha2",
            "subsetter",
            "thiserror",
            "ttf-parser",
            "unicode-bidi",
            "unicode-script",
        ],
    ),
    (
        "ratebook-store",
        &["money", "catalog", "usage", "rating", "invoicing"],
        &[
            "chrono",
            "fs4",
            "libsqlite3-sys",
            "lz4_flex",
            "miniz_oxide",
            "rusqlite",
            "rust_decimal",
            "serde",
            "serde_json",
            "sha2",
            "sqlx",
            "thiserror",
            "tokio",
        ],
    ),
    (
        "ratebook-api",
        &[
            "money",
            "catalog",
            "usage",
            "rating",
            "invoicing",
            "einvoice",
            "pdf",
            "store",
        ],
        &[
            "calamine",
            "rust_xlsxwriter",
            "chrono",
            "csv",
            "flate2",
            "rust_decimal",
            "serde",
            "serde_json",
            "sha2",
            "thiserror",
            "tokio",
            "toml_edit",
            "ts-rs",
            "ureq",
            "url",
            "whoami",
            "zip",
        ],
    ),
    (
        "ratebook-cli",
        &["api"],
        &["clap", "mimalloc", "serde", "serde_json", "tokio"],
    ),
    (
        "ratebook",
        &["api"],
        &[
            "gtk",
            "mimalloc",
            "serde",
            "serde_json",
            "tauri",
            "tauri-build",
            "tauri-plugin-dialog",
            "tokio",
        ],
    ),
];

/// What the crates that only compute may use: no files, no clock, no database, no threads.
const PURE: &[&str] = &[
    "base64",
    "chrono",
    "csv",
    "rust_decimal",
    "serde",
    "serde_json",
    "sha2",
    "thiserror",
];

/// Libraries that tests may use besides.
const TESTING: &[&str] = &[
    "insta",
    "mimalloc",
    "proptest",
    "rusqlite",
    "serde_json",
    "tempfile",
    "tokio",
    "sha2",
];

/// Packages that are tools, not product: they may use anything of ours but the window.
const TOOLS: &[&str] = &["suite", "xtask"];

/// Libraries that may be *reached*, through however many others, only from the packages named.
const REACHED_ONLY_FROM: &[(&str, &[&str])] = &[
    ("tauri", &["ratebook"]),
    ("gtk", &["ratebook"]),
    ("webkit2gtk", &["ratebook"]),
    (
        "sqlx",
        &[
            "ratebook-store",
            "ratebook-api",
            "ratebook-cli",
            "ratebook",
            "suite",
            "xtask",
        ],
    ),
    (
        "libsqlite3-sys",
        &[
            "ratebook-store",
            "ratebook-api",
            "ratebook-cli",
            "ratebook",
            "suite",
            "xtask",
        ],
    ),
    (
        "printpdf",
        &[
            "ratebook-pdf",
            "ratebook-api",
            "ratebook-cli",
            "ratebook",
            "suite",
            "xtask",
        ],
    ),
];

#[test]
fn every_edge_is_in_the_table() {
    let metadata = metadata(&["--no-deps"]);
    let mut offences = Vec::new();
    for package in array(&metadata["packages"]) {
        let name = text(&package["name"]);
        if TOOLS.contains(&name) {
            continue;
        }
        let Some((_, ours, libraries)) = TABLE.iter().find(|row| row.0 == name) else {
            offences.push(format!("{name} is not in the table"));
            continue;
        };
        for dependency in array(&package["dependencies"]) {
            let (uses, testing) = (text(&dependency["name"]), dependency["kind"] == "dev");
            let allowed = match uses.strip_prefix("ratebook-") {
                Some(short) => ours.contains(&short),
                None => libraries.contains(&uses) || (testing && TESTING.contains(&uses)),
            };
            if !allowed {
                offences.push(format!("{name} uses {uses}"));
            }
        }
    }
    none("an edge that the table does not allow", &offences);
}

#[test]
fn the_table_names_only_packages_that_exist() {
    let metadata = metadata(&["--no-deps"]);
    let names: BTreeSet<&str> = array(&metadata["packages"])
        .iter()
        .map(|package| text(&package["name"]))
        .collect();
    let gone: Vec<String> = TABLE
        .iter()
        .filter(|row| !names.contains(row.0))
        .map(|row| row.0.to_owned())
        .collect();
    none("in the table, but not in the workspace", &gone);
}

#[test]
fn heavy_libraries_are_reached_only_where_they_belong() {
    let metadata = metadata(&["--offline"]);
    let members: Vec<(&str, &str)> = array(&metadata["packages"])
        .iter()
        .filter(|package| array(&metadata["workspace_members"]).contains(&package["id"]))
        .map(|package| (text(&package["name"]), text(&package["id"])))
        .collect();
    assert!(
        members.len() >= TABLE.len(),
        "workspace members not read: {members:?}"
    );
    let mut offences = Vec::new();
    for (member, id) in members {
        let reached = reached_from(&metadata, id);
        for (library, allowed) in REACHED_ONLY_FROM {
            if reached.contains(*library) && !allowed.contains(&member) {
                offences.push(format!("{member} reaches {library}"));
            }
        }
    }
    none("a library reached from where it may not be", &offences);
}

/// Names of all packages reached from `id` by normal and build dependencies.
fn reached_from<'a>(metadata: &'a Value, id: &'a str) -> BTreeSet<&'a str> {
    let nodes = array(&metadata["resolve"]["nodes"]);
    let (mut seen, mut waiting) = (BTreeSet::new(), vec![id]);
    while let Some(next) = waiting.pop() {
        if !seen.insert(next) {
            continue;
        }
        let Some(node) = nodes.iter().find(|node| node["id"] == next) else {
            continue;
        };
        for dependency in array(&node["deps"]) {
            if array(&dependency["dep_kinds"])
                .iter()
                .any(|kind| kind["kind"] != "dev")
            {
                waiting.push(text(&dependency["pkg"]));
            }
        }
    }
    array(&metadata["packages"])
        .iter()
        .filter(|package| seen.contains(text(&package["id"])))
        .map(|package| text(&package["name"]))
        .collect()
}

fn metadata(extra: &[&str]) -> Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1"])
        .args(extra)
        .current_dir(root())
        .output()
        .unwrap_or_else(|error| panic!("cargo metadata: {error}"));
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}"))
}

fn array(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or("")
}
