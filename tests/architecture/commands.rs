//! The one command list against what is made from it: permissions, the handler, the page's uses.

use std::fs;

use ratebook_api::contract::COMMANDS;
use serde_json::Value;
use suite::repository::{files_ending, read, root};

use super::{none, rust_source::code_only};

const CONTRACT: &str = "src-tauri/crates/api/src/contract.rs";
const CAPABILITY: &str = "src-tauri/capabilities/main.json";

/// Hear of files dropped on the window, and ask the person for a path. Reading and writing files is
/// for our own commands.
const FROM_TAURI: [&str; 4] = [
    "core:event:allow-listen",
    "core:event:allow-unlisten",
    "dialog:allow-open",
    "dialog:allow-save",
];

#[test]
fn the_window_may_call_each_command_and_nothing_else_of_ours() {
    let capability = json(&read(CAPABILITY));
    let granted: Vec<&str> = permissions(&capability);
    let wanted: Vec<String> = commands()
        .iter()
        .map(|name| format!("allow-{}", name.replace('_', "-")))
        .collect();
    let mut offences: Vec<String> = wanted
        .iter()
        .filter(|name| !granted.contains(&name.as_str()))
        .map(|name| format!("{CAPABILITY} lacks {name}"))
        .collect();
    for name in granted.iter().filter(|name| !name.contains(':')) {
        if !wanted.iter().any(|want| want == name) {
            offences.push(format!(
                "{CAPABILITY} grants {name}, which no command is called"
            ));
        }
    }
    none("the capability and the command list differ", &offences);
}

#[test]
fn of_tauri_itself_the_page_may_do_only_this() {
    let capability = json(&read(CAPABILITY));
    let others: Vec<&str> = permissions(&capability)
        .into_iter()
        .filter(|name| name.contains(':'))
        .collect();
    assert_eq!(others, FROM_TAURI);
}

#[test]
fn the_build_has_read_the_capability() {
    // A wrong pattern in build.rs leaves `{}` here and a window without permissions, silently.
    let path = root().join("gen/schemas/capabilities.json");
    let built = fs::read_to_string(&path).unwrap_or_else(|error| {
        panic!(
            "{}: {error}: build the window first, cargo build -p ratebook",
            path.display()
        )
    });
    let capability = json(&built);
    let written = json(&read(CAPABILITY));
    assert_eq!(
        permissions(&capability["main"]),
        permissions(&written),
        "the built capability differs from {CAPABILITY}: build the window again"
    );
}

#[test]
fn the_page_may_not_run_anything_from_outside() {
    let configuration = json(&read("tauri.conf.json"));
    let policy = &configuration["app"]["security"]["csp"];
    let value = |name: &str| policy[name].as_str().unwrap_or("").to_owned();
    assert_eq!(value("default-src"), "'none'");
    assert_eq!(value("script-src"), "'self'");
    let text = policy.to_string();
    assert!(!text.contains("unsafe-eval") && !text.contains('*') && !text.contains("https:"));
}

#[test]
fn each_command_is_used_by_the_page() {
    let mut pages = files_ending("ui/src", &[".ts", ".tsx"]);
    pages.retain(|path| !path.contains(".test.") && !path.contains("/fake"));
    let texts: Vec<String> = pages.iter().map(|path| read(path)).collect();
    let mut offences = commands();
    offences.retain(|name| {
        let (double, single) = (format!("\"{name}\""), format!("'{name}'"));
        !texts
            .iter()
            .any(|text| text.contains(&double) || text.contains(&single))
    });
    none("a command that the page never calls", &offences);
}

#[test]
fn the_page_knows_the_list_as_it_is() {
    // `make test` also compares the generated types before and after the tests that write them.
    let generated = read("ui/src/ipc/generated/commands.ts");
    let mut offences = Vec::new();
    for command in COMMANDS {
        let (name, kind) = (command.name, command.kind);
        let (request, reply) = (command.request, command.reply);
        let line = format!("  {name}: {{ kind: \"{kind}\"; request: {request}; reply: {reply} }};");
        let tags: Vec<String> = command
            .tags
            .iter()
            .map(|tag| format!("\"{tag:?}\""))
            .collect();
        let tags = format!("  {name}: [{}],", tags.join(", "));
        for wanted in [line, tags] {
            if !generated.lines().any(|found| found == wanted) {
                offences.push(wanted);
            }
        }
    }
    none(
        "generated bindings are stale (cargo xtask bindings): not found",
        &offences,
    );
}

/// Names of all commands.
fn commands() -> Vec<String> {
    let contract = read(CONTRACT);
    let names: Vec<String> = code_only(&contract)
        .lines()
        .filter_map(|line| {
            let rest = ["query ", "mutation ", "job "]
                .iter()
                .find_map(|word| line.trim_start().strip_prefix(word))?;
            rest.split_once('(').map(|(name, _)| name.to_owned())
        })
        .collect();
    assert!(!names.is_empty(), "no command found in {CONTRACT}");
    names
}

fn permissions(capability: &Value) -> Vec<&str> {
    let listed = capability["permissions"]
        .as_array()
        .map_or(&[][..], Vec::as_slice);
    listed.iter().filter_map(Value::as_str).collect()
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}
