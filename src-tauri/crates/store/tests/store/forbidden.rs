//! What must never change cannot be changed by hand either: each forbidden statement is tried, on a
//! connection of its own, with all rows there.

use crate::common::{at, book, event, ids, now};
use crate::config::{exchange_rate, markup_rule, plan};
use crate::invoices::finalize;
use ratebook_catalog::{CreditNoteId, PaymentId, WriteOffId};
use ratebook_invoicing::{TakeBack, credit_note_series, draft_credit_note, finalize_credit_note};
use ratebook_money::Money;
use ratebook_store::credit_notes::{self, NewCreditNote};
use ratebook_store::payments::{self, Payment, PaymentKind};
use ratebook_store::usage::{ImportRequest, import_events};
use ratebook_store::write_offs::{self, WriteOff};
use ratebook_store::{Book, credits, exchange, invoices, markups, plans, prices};

const FORBIDDEN: &[&str] = &[
    "UPDATE invoice SET total = total + 1, net = net + 1",
    "UPDATE invoice SET body = x'00'",
    "UPDATE invoice SET number = 'X-1'",
    "DELETE FROM invoice",
    "INSERT OR REPLACE INTO invoice SELECT * FROM invoice",
    "REPLACE INTO invoice SELECT seq + 100, id || 'x', series, counter, number || 'x', customer,
        period_from, period_to, issued_on, due_on, currency, net, tax, total, as_of, epoch,
        finalized_at, input_hash, inputs, body, 0, 0 FROM invoice",
    "UPDATE invoice_line SET net = 0",
    "DELETE FROM invoice_line",
    "INSERT OR REPLACE INTO invoice_line SELECT * FROM invoice_line",
    "UPDATE invoice_tax SET tax = 0",
    "DELETE FROM invoice_tax",
    "INSERT OR REPLACE INTO invoice_tax SELECT * FROM invoice_tax",
    "UPDATE invoice_status SET status = 'void'",
    "DELETE FROM invoice_status",
    "INSERT OR REPLACE INTO invoice_status SELECT * FROM invoice_status",
    "UPDATE credit_note SET net = net - 1",
    "UPDATE credit_note SET body = x'00'",
    "DELETE FROM credit_note",
    "INSERT OR REPLACE INTO credit_note SELECT * FROM credit_note",
    "UPDATE payment SET amount = amount + 1",
    "DELETE FROM payment",
    "INSERT OR REPLACE INTO payment SELECT * FROM payment",
    "INSERT INTO payment (id, invoice, kind, amount, received_on, reference, created_at)
        SELECT 'x', invoice, 'refund', -amount - 1, received_on, '', 0 FROM payment",
    "INSERT INTO payment (id, invoice, kind, amount, received_on, reverses, reference, created_at)
        SELECT 'x', invoice, 'reversal', 1 - amount, received_on, id, '', 0 FROM payment",
    "UPDATE invoice_write_off SET amount = amount - 1",
    "DELETE FROM invoice_write_off",
    "INSERT OR REPLACE INTO invoice_write_off SELECT * FROM invoice_write_off",
    // Given up twice, paid, credited or void all the same.
    "INSERT INTO invoice_write_off (id, invoice, amount, decided_on, reason, created_at)
        SELECT 'x', invoice, 1, decided_on, 'x', 0 FROM invoice_write_off",
    "INSERT INTO payment (id, invoice, kind, amount, received_on, reference, created_at)
        SELECT 'x', invoice, 'payment', 1, decided_on, '', 0 FROM invoice_write_off",
    "INSERT INTO invoice_status (invoice, status, at, reason)
        SELECT invoice, 'void', 0, 'x' FROM invoice_write_off",
    // More than the invoice charged, and a void of what is credited.
    "INSERT INTO credit_note SELECT seq + 1, id || 'x', series, counter + 1, number || 'x', invoice,
        issued_on, currency, net, tax, total, payable, created_at, reason, body FROM credit_note",
    "INSERT INTO invoice_status (invoice, status, at, reason)
        SELECT invoice, 'void', 0, 'x' FROM credit_note",
    "UPDATE finalize_run SET finalized_at = 0",
    "DELETE FROM finalize_run",
    "UPDATE invoice_series SET next = next - 1",
    "UPDATE invoice_series SET first = first + 1",
    "UPDATE invoice_series SET name = 'x'",
    "DELETE FROM invoice_series",
    "UPDATE book_state SET epoch = epoch - 1",
    "UPDATE audit_entry SET who = 'nobody'",
    "UPDATE audit_entry SET changes = x''",
    "DELETE FROM audit_entry WHERE seq = (SELECT max(seq) FROM audit_entry)",
    "INSERT OR REPLACE INTO audit_entry SELECT * FROM audit_entry",
    "DELETE FROM audit_object",
    "UPDATE audit_object SET label = ''",
    "UPDATE audit_head SET seq = seq - 1",
    "UPDATE audit_head SET hash = 'x' || substr(hash, 2)",
    "DELETE FROM audit_head",
    "UPDATE usage_event SET at = at + 1",
    "UPDATE usage_event SET quantities = x''",
    "UPDATE usage_event SET customer_ref = customer_ref + 1",
    "UPDATE usage_event SET epoch = epoch + 1",
    "UPDATE usage_event SET batch = batch + 1",
    "UPDATE usage_event SET seq = seq + 100000",
    "DELETE FROM usage_event",
    "UPDATE usage_identity SET content_lo = 0",
    "DELETE FROM usage_identity",
    "UPDATE usage_raw_block SET body = x''",
    "UPDATE plan_version SET terms = '{}'",
    "UPDATE plan_version SET published_at = NULL",
    "DELETE FROM plan_version",
    "INSERT OR REPLACE INTO plan_version SELECT * FROM plan_version",
    "UPDATE markup_rule SET percent = '99'",
    "DELETE FROM markup_rule",
    "INSERT OR REPLACE INTO markup_rule SELECT * FROM markup_rule",
    "UPDATE exchange_rate SET rate = '1'",
    "DELETE FROM exchange_rate",
    "INSERT OR REPLACE INTO exchange_rate SELECT * FROM exchange_rate",
    "UPDATE provider_price SET rate = '1'",
    "DELETE FROM provider_price",
    "INSERT OR REPLACE INTO provider_price SELECT * FROM provider_price",
    "UPDATE price_model_facts SET facts = '{}'",
    "UPDATE price_version SET reason = 'another'",
    "UPDATE price_version SET valid_from = 0",
    "DELETE FROM price_version",
    "INSERT OR REPLACE INTO price_version SELECT * FROM price_version",
    // Into a version that is published already, and into none.
    "INSERT INTO markup_rule (id, level, ended, percent, valid_from, recorded_at, version)
        VALUES ('mkr_late', 'book', 0, '99', 0, 9999999999999999, 1)",
    "INSERT INTO markup_rule (id, level, ended, percent, valid_from, recorded_at)
        VALUES ('mkr_none', 'book', 0, '99', 0, 0)",
    "INSERT INTO exchange_rate (base, quote, rate, source, on_date, recorded_at, version)
        VALUES ('USD', 'EUR', '2', '', '2026-10-01', 9999999999999999, 1)",
    "DELETE FROM price_model_facts",
    "INSERT OR REPLACE INTO price_model_facts SELECT * FROM price_model_facts",
    "UPDATE credit_grant SET amount = amount + 1",
    "UPDATE credit_grant SET expires_at = NULL",
    "DELETE FROM credit_grant",
    "INSERT OR REPLACE INTO credit_grant SELECT * FROM credit_grant",
    "UPDATE credit_entry SET amount = amount - 1",
    "UPDATE credit_entry SET to_account = 'voided'",
    "DELETE FROM credit_entry",
    "INSERT OR REPLACE INTO credit_entry SELECT * FROM credit_entry",
    // The same grant again, and another amount than was granted.
    "INSERT INTO credit_entry (credit_grant, at, from_account, to_account, amount, note)
        SELECT credit_grant, at, 'issued', 'grant', amount, '' FROM credit_entry WHERE seq = 1",
    // More than is left, written off and used.
    "INSERT INTO credit_entry (credit_grant, at, from_account, to_account, amount, note)
        SELECT id, 9999999999999999, 'grant', 'voided', amount, '' FROM credit_grant",
    "INSERT INTO credit_entry (credit_grant, at, from_account, to_account, amount, invoice, note)
        SELECT g.id, 9999999999999999, 'expired', 'used', 1, i.id, ''
        FROM credit_grant g, invoice i",
    "INSERT INTO credit_entry (credit_grant, at, from_account, to_account, amount, invoice, note)
        SELECT credit_grant, 9999999999999999, 'used', 'grant', amount + 1, invoice, ''
        FROM credit_entry WHERE to_account = 'used'",
    // What one invoice used is not given back by another.
    "INSERT INTO credit_entry (credit_grant, at, from_account, to_account, amount, invoice, note)
        SELECT e.credit_grant, 9999999999999999, 'used', 'grant', 1, i.id, ''
        FROM credit_entry e, invoice i WHERE e.to_account = 'used' AND i.id <> e.invoice",
    // Before the last entry.
    "INSERT INTO credit_entry (credit_grant, at, from_account, to_account, amount, note)
        SELECT credit_grant, min(at) - 1, 'grant', 'voided', 1, '' FROM credit_entry",
];

async fn fill(book: &Book) {
    let mut ids = ids(11);
    let made = finalize(book, 2).await;
    let request = ImportRequest {
        name: "hand".to_owned(),
        now: now(),
    };
    let one = [event("hand", "acme", at("2026-10-05T10:00:00Z"), 1)];
    import_events(book, request, &one).await.unwrap();
    let mut write = book.write().await.unwrap();
    let (plan, mut version) = plan(&mut ids);
    version.published_at = Some(now());
    plans::save(&mut write, &plan).await.unwrap();
    plans::save_version(&mut write, &version).await.unwrap();
    markups::add(&mut write, &markup_rule(&mut ids, Some("30")))
        .await
        .unwrap();
    exchange::add(&mut write, &exchange_rate()).await.unwrap();
    let (sources, models) = crate::prices::table("0.000003");
    prices::add_table(&mut write, &sources, &models, now(), now())
        .await
        .unwrap();
    let (id, invoice, _) = &made[0];
    let grant = crate::credits::grant(&mut ids, invoice.customer().id, "100.00");
    credits::add(&mut write, &grant, now()).await.unwrap();
    let used = Money::parse("40.00", grant.grant.amount.currency()).unwrap();
    credits::burn(&mut write, *id, &[(grant.grant.id, used)], now())
        .await
        .unwrap();
    let asked = TakeBack::All;
    let draft = draft_credit_note(invoice, &[], &asked).unwrap();
    let series = credit_note_series(&invoice.company().series);
    let counter = invoices::next_counter(&mut write, &series, 2026)
        .await
        .unwrap();
    let (number, day) = ("CN-1".to_owned(), invoice.issue_date());
    let note = finalize_credit_note(draft, invoice, number, day, "agreed".to_owned());
    let new = NewCreditNote {
        id: CreditNoteId::new(&mut ids),
        invoice: *id,
        series: &series,
        counter,
        now: now(),
    };
    credit_notes::insert(&mut write, new, &note).await.unwrap();
    let payment = Payment {
        id: PaymentId::new(&mut ids),
        kind: PaymentKind::Payment,
        amount: used,
        received_on: invoice.issue_date(),
        reverses: None,
        reference: "SEPA".to_owned(),
    };
    payments::add(&mut write, *id, &payment, now())
        .await
        .unwrap();
    let entry = WriteOff {
        id: WriteOffId::new(&mut ids),
        amount: used,
        decided_on: invoice.issue_date(),
        reverses: None,
        reason: "insolvent".to_owned(),
    };
    let other = made[1].0;
    write_offs::add(&mut write, other, &entry, now())
        .await
        .unwrap();
    write.commit().await.unwrap();
}

#[tokio::test]
async fn each_forbidden_statement_is_refused_by_the_database_itself() {
    let (_folder, book) = book().await;
    fill(&book).await;
    let raw = rusqlite::Connection::open(book.path()).unwrap();
    let before = dump(&raw);
    let mut let_through = Vec::new();
    for statement in FORBIDDEN {
        match raw.execute(statement, []) {
            Ok(rows) => let_through.push(format!("{rows} rows: {statement}")),
            Err(error) => assert!(
                error.to_string().contains("never")
                    || error.to_string().contains("the invoice has")
                    || error.to_string().contains("the invoice is written off")
                    || error.to_string().contains("only")
                    || error.to_string().contains("for ever"),
                "{statement}: {error}"
            ),
        }
    }
    assert_eq!(let_through, Vec::<String>::new());
    assert_eq!(dump(&raw), before);
}

/// Every table that a forbidden statement names has rows: otherwise nothing was tried.
fn dump(raw: &rusqlite::Connection) -> Vec<(String, i64)> {
    let tables = [
        "audit_entry",
        "audit_object",
        "audit_head",
        "invoice",
        "invoice_line",
        "invoice_tax",
        "invoice_status",
        "credit_note",
        "payment",
        "invoice_write_off",
        "finalize_run",
        "invoice_series",
        "usage_event",
        "usage_identity",
        "usage_raw_block",
        "plan_version",
        "markup_rule",
        "exchange_rate",
        "price_version",
        "provider_price",
        "price_model_facts",
        "credit_grant",
        "credit_entry",
    ];
    tables
        .iter()
        .map(|table| {
            let sql = format!("SELECT count(*) FROM {table}");
            let rows: i64 = raw.query_row(&sql, [], |row| row.get(0)).unwrap();
            assert!(rows > 0, "{table} is empty");
            ((*table).to_owned(), rows)
        })
        .collect()
}
