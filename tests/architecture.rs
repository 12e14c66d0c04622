//! Rules about who may know whom, and about the shape of files, as tests that name the offender.

mod audited;
mod bans;
mod commands;
mod edges;
mod rust_source;
mod tidy;

/// Fails with every offence on a line of its own.
fn none(rule: &str, offences: &[String]) {
    assert!(offences.is_empty(), "{rule}:\n  {}", offences.join("\n  "));
}
