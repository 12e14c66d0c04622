//! Every command that changes something is in the audit log, or says here why it need not be.

use ratebook_api::contract::COMMANDS;
use suite::repository::{files_ending, read};

use super::none;

/// A command, and the word of its entries in the log.
const AUDITED: &[(&str, &str)] = &[
    ("book_create", "book_create"),
    ("book_sample_open", "sample"),
    ("undo", "undo"),
    ("redo", "redo"),
    ("company_save", "company_save"),
    ("number_series_save", "number_series_save"),
    ("customer_save", "customer_save"),
    ("subscription_save", "subscription_save"),
    ("subscription_remove", "subscription_remove"),
    ("credit_grant_create", "credit_grant_create"),
    ("credit_grant_void", "credit_grant_void"),
    ("usage_import_run", "usage_import"),
    ("inbox_assign_customer", "inbox_assign"),
    ("inbox_assign_model", "inbox_assign"),
    ("price_manual", "price_manual"),
    ("price_settings_save", "price_settings_save"),
    ("price_publish", "price_publish"),
    ("price_import_run", "price_import"),
    ("meter_save", "meter_save"),
    ("plan_save", "plan_save"),
    ("plan_publish", "plan_publish"),
    ("plan_import", "plan_save"),
    ("invoice_finalize", "invoice_finalize"),
    ("invoice_draft_save", "invoice_draft_save"),
    ("invoice_draft_mark", "invoice_hold"),
    ("invoice_settings_save", "invoice_settings_save"),
    ("invoice_void", "invoice_void"),
    // A void, and then a run.
    ("invoice_reissue", "invoice_void"),
    ("invoice_write_off", "invoice_write_off"),
    ("credit_note_create", "credit_note_create"),
    ("payment_add", "payment_add"),
    ("accounting_save", "accounting_save"),
    ("payment_import", "payment_import"),
    ("payment_reverse", "payment_reverse"),
];

const FILE: &str = "writes a file, changes nothing in the book";
const PENCIL: &str = "staged: nothing that bills before it is published";

/// A command, and why it needs no entry.
const EXEMPT: &[(&str, &str)] = &[
    ("book_open", "changes nothing in the book"),
    ("book_close", "changes nothing in the book"),
    ("book_sample_remove", "removes the file with its log"),
    ("backup_create", FILE),
    ("job_cancel", "changes nothing in the book"),
    ("audit_export", FILE),
    ("usage_report_save", FILE),
    ("price_stage", PENCIL),
    ("exchange_stage", PENCIL),
    ("price_bulk", PENCIL),
    ("price_paste", PENCIL),
    ("price_draft_save", PENCIL),
    ("price_draft_discard", PENCIL),
    ("price_version_restore", PENCIL),
    ("price_book_import", PENCIL),
    ("price_book_export", FILE),
    ("price_import_preview", "a table that is only looked at"),
    ("price_import_take", "a table that is only looked at"),
    ("plan_tests_save", "tests of a plan bill nothing"),
    ("plan_export", FILE),
    ("invoice_pdf_save", FILE),
    ("invoice_export", FILE),
    ("invoice_verify", "reads"),
    ("invoice_pack_save", FILE),
    ("credit_note_pdf_save", FILE),
    ("einvoice_save", FILE),
    ("statement_save", FILE),
    ("accounting_export", FILE),
];

#[test]
fn every_command_that_changes_something_is_audited_or_says_why_not() {
    let changing = COMMANDS.iter().filter(|command| command.kind != "query");
    let names: Vec<&str> = changing.map(|command| command.name).collect();
    let listed = AUDITED.iter().chain(EXEMPT).map(|(name, _)| *name);
    let listed: Vec<&str> = listed.collect();
    let mut offences = Vec::new();
    for name in &names {
        match listed.iter().filter(|other| *other == name).count() {
            0 => offences.push(format!("{name} is in neither list of audited.rs")),
            1 => {}
            _ => offences.push(format!("{name} is listed twice")),
        }
    }
    let gone = listed.iter().filter(|name| !names.contains(name));
    // What only the command line calls is no command of the contract.
    let gone = gone.filter(|name| !["einvoice_save"].contains(name));
    offences.extend(gone.map(|name| format!("{name} is listed, and no command")));
    none("a command without a place in the audit log", &offences);
}

#[test]
fn the_words_of_the_audit_log_are_those_that_the_program_writes() {
    let mut sources = files_ending("src-tauri/crates/api/src", &[".rs"]);
    sources.extend(files_ending("src-tauri/crates/store/src", &[".rs"]));
    let texts: Vec<String> = sources.iter().map(|path| read(path)).collect();
    let written = |code: &str| {
        texts
            .iter()
            .any(|text| text.contains(&format!("\"{code}\"")))
    };
    let offences = AUDITED.iter().filter(|(_, code)| !written(code));
    let offences: Vec<String> = offences
        .map(|(name, code)| format!("{name}: {code}"))
        .collect();
    none("a word that nothing writes", &offences);
}

/// Transactions end in two places, and both make the entry: a third would change the book unseen.
#[test]
fn the_book_is_written_only_where_the_audit_log_is() {
    let places = [
        ("src-tauri/crates/store/src/open.rs", "audit::seal("),
        (
            "src-tauri/crates/store/src/usage/import.rs",
            "audit::seal_import(",
        ),
    ];
    // Keeps sums of usage in another way; no fact changes.
    let other = ["src-tauri/crates/store/src/usage/rebuild.rs"];
    let mut offences = Vec::new();
    for path in files_ending("src-tauri/crates/store/src", &[".rs"]) {
        let commits = read(&path)
            .lines()
            .filter(|line| line.contains(".commit()") && !line.starts_with("//"))
            .count();
        let allowed =
            places.iter().any(|(place, _)| *place == path) || other.contains(&path.as_str());
        if commits > 0 && !allowed {
            offences.push(format!("{path} ends a transaction"));
        }
    }
    for (path, call) in places {
        if !read(path).contains(call) {
            offences.push(format!("{path} makes no entry ({call})"));
        }
    }
    none("a way into the book past its audit log", &offences);
}
