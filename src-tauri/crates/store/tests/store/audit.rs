//! The audit log: nothing that touches money changes without an entry, and what is done to the log
//! by hand is found and named.

use crate::common::{book, company, customer, event, ids, now};
use crate::invoices::run;
use ratebook_catalog::PaymentId;
use ratebook_money::Money;
use ratebook_store::audit::{self, AUDITED, Actor, AuditFilter, EXEMPT};
use ratebook_store::payments::{self, Payment, PaymentKind};
use ratebook_store::usage::{ImportRequest, import_events};
use ratebook_store::{Book, customers, invoices, settings, undo};
use std::collections::{BTreeMap, BTreeSet};

/// A book with four entries: a customer, an import, an invoice, a payment of it.
async fn four_entries() -> (tempfile::TempDir, Book) {
    let (folder, book) = book().await;
    book.act_as(Actor {
        who: "anna".to_owned(),
        shell: "window".to_owned(),
    });
    let mut ids = ids(7);
    let acme = customer(&mut ids, "C-1", &["acme"]);
    let mut write = book.write().await.unwrap();
    let params = BTreeMap::from([("subject".to_owned(), acme.name.clone())]);
    undo::begin_step(&mut write, "customer_save", &params, now())
        .await
        .unwrap();
    customers::save(&mut write, &acme).await.unwrap();
    undo::end_step(&mut write).await.unwrap();
    write.commit().await.unwrap();
    let request = ImportRequest {
        name: "october.csv".to_owned(),
        now: now(),
    };
    let events = [event("e1", "acme", now(), 1)];
    import_events(&book, request, &events).await.unwrap();
    let mut write = book.write().await.unwrap();
    run(&mut write, &mut ids, &[acme], now()).await;
    write.commit().await.unwrap();
    let mut write = book.write().await.unwrap();
    let head = invoices::list(&mut write, None).await.unwrap().remove(0);
    let payment = Payment {
        id: PaymentId::new(&mut ids),
        kind: PaymentKind::Payment,
        amount: Money::from_minor(100, head.total.currency()),
        received_on: head.issued_on,
        reverses: None,
        reference: "SEPA".to_owned(),
    };
    payments::add(&mut write, head.id, &payment, now())
        .await
        .unwrap();
    write.commit().await.unwrap();
    (folder, book)
}

async fn said(book: &Book, filter: &AuditFilter) -> Vec<(i64, String, String)> {
    let mut read = book.read().await.unwrap();
    let entries = audit::list(&mut read, filter).await.unwrap().into_iter();
    entries.map(|e| (e.seq, e.code, e.subject)).collect()
}

async fn faults(book: &Book) -> Vec<String> {
    let mut read = book.read().await.unwrap();
    let faults = audit::faults(&mut read).await.unwrap().into_iter();
    faults
        .map(|fault| format!("{} {}", fault.subject, fault.detail))
        .collect()
}

/// Changes the file by hand, its guards taken off first.
fn tamper(book: &Book, sql: &str) {
    let connection = rusqlite::Connection::open(book.path()).unwrap();
    let guards = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'audit%'
        UNION SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'payment'";
    let mut guards = connection.prepare(guards).unwrap();
    let names = guards.query_map([], |row| row.get::<_, String>(0)).unwrap();
    for name in names.map(Result::unwrap).collect::<Vec<_>>() {
        connection
            .execute(&format!("DROP TRIGGER {name}"), [])
            .unwrap();
    }
    connection.execute_batch(sql).unwrap();
}

#[tokio::test]
async fn every_change_that_counts_is_an_entry_with_who_and_what() {
    let (_folder, book) = four_entries().await;
    let expected = [
        (4, "payment_add", "HS-2026-0001"),
        (3, "invoice_finalize", "HS-2026-0001"),
        (2, "usage_import", "october.csv"),
        (1, "customer_save", "Customer C-1"),
    ];
    let expected = expected.map(|(seq, code, of)| (seq, code.to_owned(), of.to_owned()));
    assert_eq!(said(&book, &AuditFilter::default()).await, expected);
    assert_eq!(faults(&book).await, Vec::<String>::new());
    let mut read = book.read().await.unwrap();
    let entry = audit::get(&mut read, 4).await.unwrap();
    assert_eq!(
        (entry.who.as_str(), entry.shell.as_str()),
        ("anna", "window")
    );
    assert_eq!(entry.at, now());
    assert_eq!(entry.areas, ["payment"]);
    let changes = audit::changes_of(&mut read, 4).await.unwrap();
    let row = &changes["tables"]["payment"]["rows"][0]["after"];
    assert_eq!(
        (row["amount"].as_i64(), row["reference"].as_str()),
        (Some(100), Some("SEPA"))
    );

    let search = |text: &str| AuditFilter {
        search: Some(text.to_owned()),
        ..AuditFilter::default()
    };
    assert_eq!(said(&book, &search("ANNA")).await.len(), 4);
    assert_eq!(said(&book, &search("hs-2026-0001")).await.len(), 2);
    let area = AuditFilter {
        area: Some("customer".to_owned()),
        ..AuditFilter::default()
    };
    assert_eq!(said(&book, &area).await[0].0, 1);
    let of_customer = AuditFilter {
        object: entry_object(&book).await,
        ..AuditFilter::default()
    };
    assert_eq!(said(&book, &of_customer).await.len(), 2, "saved, invoiced");
}

async fn entry_object(book: &Book) -> Option<String> {
    let mut read = book.read().await.unwrap();
    let entry = audit::get(&mut read, 1).await.unwrap();
    entry.objects.first().map(|object| object.id.clone())
}

#[tokio::test]
async fn a_change_is_told_by_what_differs_and_what_changes_nothing_is_no_entry() {
    let (_folder, book) = book().await;
    let mut write = book.write().await.unwrap();
    ratebook_store::company::save(&mut write, &company())
        .await
        .unwrap();
    write.commit().await.unwrap();
    let mut write = book.write().await.unwrap();
    let renamed = ratebook_catalog::Company {
        tax_id: "DE999999999".to_owned(),
        ..company()
    };
    ratebook_store::company::save(&mut write, &renamed)
        .await
        .unwrap();
    write.commit().await.unwrap();
    // The same again, a setting of the window, and a change that is dropped.
    for _ in 0..2 {
        let mut write = book.write().await.unwrap();
        ratebook_store::company::save(&mut write, &renamed)
            .await
            .unwrap();
        settings::set(&mut write, "theme", &"dark").await.unwrap();
        write.commit().await.unwrap();
    }
    let mut dropped = book.write().await.unwrap();
    ratebook_store::company::save(&mut dropped, &company())
        .await
        .unwrap();
    drop(dropped);
    let mut write = book.write().await.unwrap();
    settings::set(&mut write, "theme", &"light").await.unwrap();
    write.commit().await.unwrap();
    // Nobody said what was done: the entry says which row changed.
    let entries = said(&book, &AuditFilter::default()).await;
    let codes: Vec<&str> = entries.iter().map(|(_, code, _)| code.as_str()).collect();
    assert_eq!(codes, ["company_changed", "company_added"]);
    let mut read = book.read().await.unwrap();
    let changes = audit::changes_of(&mut read, 2).await.unwrap();
    let row = &changes["tables"]["company"]["rows"][0];
    let before = serde_json::json!({ "tax_id": "DE123456789" });
    let after = serde_json::json!({ "tax_id": "DE999999999" });
    assert_eq!((&row["before"], &row["after"]), (&before, &after));
}

#[tokio::test]
async fn undoing_is_an_entry_of_its_own() {
    let (_folder, book) = book().await;
    let mut write = book.write().await.unwrap();
    undo::begin_step(&mut write, "customer_save", &BTreeMap::new(), now())
        .await
        .unwrap();
    let acme = customer(&mut ids(7), "C-1", &[]);
    customers::save(&mut write, &acme).await.unwrap();
    undo::end_step(&mut write).await.unwrap();
    write.commit().await.unwrap();
    let mut write = book.write().await.unwrap();
    undo::undo(&mut write).await.unwrap();
    write.commit().await.unwrap();
    let entries = said(&book, &AuditFilter::default()).await;
    assert_eq!(entries[0].1, "customer_removed");
    assert_eq!(faults(&book).await, Vec::<String>::new());
}

#[tokio::test]
async fn an_entry_that_was_changed_is_named() {
    for column in ["who", "code", "subject", "reason", "shell", "areas"] {
        let (_folder, book) = four_entries().await;
        tamper(
            &book,
            &format!("UPDATE audit_entry SET {column} = {column} || 'x' WHERE seq = 2"),
        );
        let found = faults(&book).await;
        assert_eq!(
            found,
            ["audit entry 2 was changed after it was written"],
            "{column}"
        );
    }
    let (_folder, book) = four_entries().await;
    tamper(
        &book,
        "UPDATE audit_entry SET changes = (SELECT changes FROM audit_entry
        WHERE seq = 1), at = at + 1 WHERE seq = 3",
    );
    assert_eq!(
        faults(&book).await,
        ["audit entry 3 was changed after it was written"]
    );
}

#[tokio::test]
async fn an_entry_that_was_taken_out_is_missed() {
    let delete = |seq: i64| {
        format!(
            "DELETE FROM audit_object WHERE entry = {seq};
             DELETE FROM audit_entry WHERE seq = {seq};"
        )
    };
    let (_folder, book) = four_entries().await;
    tamper(&book, &delete(2));
    assert_eq!(faults(&book).await, ["audit entry 2 is missing"]);
    // The last one, whose absence no other entry shows.
    let (_folder, book) = four_entries().await;
    tamper(&book, &delete(4));
    let found = faults(&book).await;
    let lost = "HS-2026-0001, payment of 2026-11-01 is in no entry of the audit log";
    assert_eq!(found, ["audit entry 4 is missing", lost]);
    // The others moved up, so that no number is missing.
    let (_folder, book) = four_entries().await;
    let up = "PRAGMA foreign_keys = OFF; UPDATE audit_entry SET seq = seq - 1 WHERE seq > 2;
        UPDATE audit_object SET entry = entry - 1 WHERE entry > 2;
        UPDATE audit_head SET seq = 3;";
    tamper(&book, &format!("{}{up}", delete(2)));
    let found = faults(&book).await;
    let expected = "audit entry 2 does not follow entry 1: what stood between was taken out";
    assert_eq!(found, [expected]);
}

#[tokio::test]
async fn entries_that_changed_places_are_named() {
    let (_folder, book) = four_entries().await;
    tamper(
        &book,
        "PRAGMA foreign_keys = OFF; UPDATE audit_entry SET seq = 90 WHERE seq = 2;
         UPDATE audit_entry SET seq = 2 WHERE seq = 3;
         UPDATE audit_entry SET seq = 3 WHERE seq = 90;
         UPDATE audit_object SET entry = CASE entry WHEN 2 THEN 3 WHEN 3 THEN 2 ELSE entry END;",
    );
    let found = faults(&book).await;
    let expected = [
        "audit entry 2 was moved: it was written after entry 3, not 1",
        "audit entry 3 was moved: it was written after entry 1, not 2",
        "audit entry 4 was moved: it was written after entry 2, not 3",
    ];
    assert_eq!(found, expected);
}

#[tokio::test]
async fn an_entry_that_is_not_listed_under_what_it_names_is_named() {
    let (_folder, book) = four_entries().await;
    tamper(
        &book,
        "DELETE FROM audit_object WHERE kind = 'invoice' AND entry = 4",
    );
    let found = faults(&book).await;
    assert_eq!(found[0], "audit entry 4 is not listed under what it names");
}

#[tokio::test]
async fn every_table_of_the_book_is_in_the_log_or_says_why_not() {
    let (_folder, book) = book().await;
    let connection = rusqlite::Connection::open(book.path()).unwrap();
    let names = "SELECT name FROM sqlite_master WHERE type = 'table'
        AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_sqlx%' ESCAPE '\\'";
    let mut names = connection.prepare(names).unwrap();
    let names = names.query_map([], |row| row.get::<_, String>(0)).unwrap();
    let tables: BTreeSet<String> = names.map(Result::unwrap).collect();
    let audited = AUDITED.iter().map(|audited| audited.table);
    let named: Vec<&str> = audited
        .chain(EXEMPT.iter().map(|(table, _)| *table))
        .collect();
    let known: BTreeSet<String> = named.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(known.len(), named.len(), "a table is named twice");
    assert_eq!(
        known, tables,
        "store/src/audit/tables.rs does not name each table"
    );
    assert!(EXEMPT.iter().all(|(_, reason)| !reason.is_empty()));
}
