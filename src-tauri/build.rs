//! Builds the window's context: the command names from the contract, the capability, the UI files.

use std::{env, fs, path::Path};

/// Host commands: the few that need a window and so are not in the contract.
const HOST: &str = "src-tauri/src/host.rs";
const CONTRACT: &str = "src-tauri/crates/api/src/contract.rs";
const PLACEHOLDER: &str = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
    <title>Ratebook</title></head><body><p>The interface has not been built yet: \
    run <code>make run</code>.</p></body></html>\n";

fn main() {
    // A capability pattern of our own means that nothing else watches these for us.
    for path in ["src-tauri/capabilities", "ui/dist", "tauri.conf.json", CONTRACT, HOST] {
        println!("cargo:rerun-if-changed={path}");
    }
    ensure_interface();

    let mut names = contract_commands(&read(CONTRACT));
    names.extend(host_commands(&read(HOST)));
    assert!(!names.is_empty(), "no command found in {CONTRACT} or {HOST}");
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

fn read(path: &str) -> String {
    fs::read_to_string(path).unwrap_or_default()
}

/// Names in lines like `query customer_list(CustomerListRequest) -> …` of the one command list.
fn contract_commands(source: &str) -> Vec<String> {
    source.lines().filter_map(|line| name_after(line, &["query ", "mutation ", "job "])).collect()
}

/// Names of the functions under `#[tauri::command]` in the host file.
fn host_commands(source: &str) -> Vec<String> {
    let mut lines = source.lines();
    let mut names = Vec::new();
    while let Some(line) = lines.next() {
        if line.trim_start().starts_with("#[tauri::command") {
            names.extend(lines.next().and_then(|next| name_after(next, &["pub async fn ", "pub fn "])));
        }
    }
    names
}

fn name_after(line: &str, words: &[&str]) -> Option<String> {
    let rest = words.iter().find_map(|word| line.trim_start().strip_prefix(word))?;
    let (name, _) = rest.split_once(['(', '<'])?;
    let plain = name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    (plain && !name.is_empty()).then(|| name.to_owned())
}
