//! Builds the window's context: the command names from the contract, the capability, the UI files.

use std::{env, fs, path::Path};

const CONTRACT: &str = "src-tauri/crates/api/src/contract.rs";
const PLACEHOLDER: &str = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
    <title>Ratebook</title></head><body><p>The interface has not been built yet: \
    run <code>make run</code>.</p></body></html>\n";

fn main() {
    // A capability pattern of our own means that nothing else watches these for us.
    for path in [
        "src-tauri/capabilities",
        "ui/dist",
        "tauri.conf.json",
        CONTRACT,
    ] {
        println!("cargo:rerun-if-changed={path}");
    }
    ensure_interface();

    let contract = fs::read_to_string(CONTRACT).unwrap_or_default();
    let names: Vec<String> = contract.lines().filter_map(command).collect();
    assert!(!names.is_empty(), "no command found in {CONTRACT}");
    // Tauri keeps the list for the life of the process and asks for `'static`.
    let names: Vec<&'static str> = names.into_iter().map(|name| &*name.leak()).collect();

    let manifest = tauri_build::AppManifest::new().commands(names.leak());
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("./src-tauri/capabilities/**/*.json")
        .app_manifest(manifest);
    if let Err(error) = tauri_build::try_build(attributes) {
        panic!("tauri-build: {error:#}");
    }
}

/// Tauri embeds `ui/dist` and stops without it; a clone that has only Cargo still has to compile.
fn ensure_interface() {
    let root = env::var("CARGO_MANIFEST_DIR").unwrap_or_default();
    let dist = Path::new(&root).join("ui/dist");
    if dist.join("index.html").exists() {
        return;
    }
    let written =
        fs::create_dir_all(&dist).and_then(|()| fs::write(dist.join("index.html"), PLACEHOLDER));
    if let Err(error) = written {
        panic!("{}: {error}", dist.display());
    }
}

/// The name in a line like `query customer_list(CustomerListRequest) -> …` of the one command list.
fn command(line: &str) -> Option<String> {
    let line = line.trim_start();
    let rest = ["query ", "mutation ", "job "]
        .iter()
        .find_map(|kind| line.strip_prefix(kind))?;
    let (name, _) = rest.split_once('(')?;
    let plain = name
        .chars()
        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    (plain && !name.is_empty()).then(|| name.to_owned())
}
