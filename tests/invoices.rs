//! Invoices from cases, and the table of what may be done with an invoice in which state.

use crate::cases;
use ratebook_invoicing::{InvoiceEvent, InvoiceStatus, next};
use std::fmt::Write;
use std::fs;
use suite::repository::root;

#[test]
fn cases_invoice_as_written() {
    cases::check("tests/invoices", cases::invoiced);
}

#[test]
fn cases_print_as_written() {
    cases::check("tests/documents", cases::printed);
}

#[test]
fn a_later_alias_does_not_change_what_was_invoiced() {
    cases::survives_a_later_alias("tests/invoices/fee_usage_and_runs.case");
}

#[test]
fn states_change_as_the_table_says() {
    let mut table = String::new();
    for status in InvoiceStatus::ALL {
        for event in InvoiceEvent::ALL {
            let after = match next(status, event) {
                Ok(after) => format!("{after:?}"),
                Err(_) => "not allowed".to_owned(),
            };
            let _ = writeln!(
                table,
                "{:<10} {:<10} {after}",
                format!("{status:?}"),
                format!("{event:?}")
            );
        }
    }
    let path = root().join("tests/invoices/transitions.txt");
    if std::env::var_os("RATEBOOK_BLESS").is_some() {
        fs::write(&path, &table).expect("the table is written");
    }
    let known = fs::read_to_string(&path).expect("tests/invoices/transitions.txt");
    assert_eq!(known, table, "RATEBOOK_BLESS=1 accepts it");
}
