//! Writes the TypeScript side of the contract: the command map and the cache tags. The types
//! themselves are written by ts-rs in the unit tests of this crate.

use ratebook_api::contract::COMMANDS;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

#[test]
fn the_command_map_is_written_for_the_window() {
    let mut names: BTreeSet<&str> = BTreeSet::new();
    for command in COMMANDS {
        names.extend([command.request, command.reply]);
    }
    let mut text = String::from("// Made from the command list of crate `api`; do not edit.\n");
    let list = names.into_iter().collect::<Vec<_>>().join(",\n  ");
    writeln!(text, "import type {{\n  {list},\n}} from \"./types\";\n").unwrap();
    text.push_str("export interface Commands {\n");
    for c in COMMANDS {
        let (name, kind, request, reply) = (c.name, c.kind, c.request, c.reply);
        writeln!(
            text,
            "  {name}: {{ kind: \"{kind}\"; request: {request}; reply: {reply} }};"
        )
        .unwrap();
    }
    text.push_str("}\n\nexport type CommandName = keyof Commands;\n\n");
    let tags = "All Book Company Customers Exchange Inbox Invoices Meters Plans Prices Table Usage";
    let tags: Vec<String> = tags.split(' ').map(|tag| format!("\"{tag}\"")).collect();
    writeln!(text, "export type Tag = {};\n", tags.join(" | ")).unwrap();
    for (kind, verb) in [("query", "provides"), ("mutation", "invalidates")] {
        let jobs = kind == "mutation";
        writeln!(
            text,
            "export const {verb}: Partial<Record<CommandName, readonly Tag[]>> = {{"
        )
        .unwrap();
        for c in COMMANDS
            .iter()
            .filter(|c| c.kind == kind || (jobs && c.kind == "job"))
        {
            let tags: Vec<String> = c.tags.iter().map(|tag| format!("\"{tag:?}\"")).collect();
            writeln!(text, "  {}: [{}],", c.name, tags.join(", ")).unwrap();
        }
        text.push_str("};\n\n");
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../ui/src/ipc/generated");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(
        folder.join("commands.ts"),
        text.trim_end().to_owned() + "\n",
    )
    .unwrap();
}
