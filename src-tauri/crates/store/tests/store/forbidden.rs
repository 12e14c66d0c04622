//! What must never change cannot be changed by hand either: each forbidden statement is tried, on a
//! connection of its own, with all rows there.

use crate::common::{at, book, event, ids, now};
use crate::config::{exchange_rate, markup_rule, plan};
use crate::invoices::finalize;
use ratebook_store::usage::{ImportRequest, import_events};
use ratebook_store::{Book, exchange, markups, plans, prices};

const FORBIDDEN: &[&str] = &[
    "UPDATE invoice SET total = total + 1, net = net + 1",
    "UPDATE invoice SET body = x'00'",
    "UPDATE invoice SET number = 'X-1'",
    "DELETE FROM invoice",
    "INSERT OR REPLACE INTO invoice SELECT * FROM invoice",
    "REPLACE INTO invoice SELECT seq + 100, id || 'x', series, counter, number || 'x', customer,
        period_from, period_to, issued_on, due_on, currency, net, tax, total, as_of, epoch,
        finalized_at, input_hash, inputs, body FROM invoice",
    "UPDATE invoice_line SET net = 0",
    "DELETE FROM invoice_line",
    "INSERT OR REPLACE INTO invoice_line SELECT * FROM invoice_line",
    "UPDATE invoice_tax SET tax = 0",
    "DELETE FROM invoice_tax",
    "INSERT OR REPLACE INTO invoice_tax SELECT * FROM invoice_tax",
    "UPDATE invoice_status SET status = 'void'",
    "DELETE FROM invoice_status",
    "INSERT OR REPLACE INTO invoice_status SELECT * FROM invoice_status",
    "UPDATE finalize_run SET finalized_at = 0",
    "DELETE FROM finalize_run",
    "UPDATE invoice_series SET next = next - 1",
    "UPDATE invoice_series SET first = first + 1",
    "UPDATE invoice_series SET name = 'x'",
    "DELETE FROM invoice_series",
    "UPDATE book_state SET epoch = epoch - 1",
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
    "DELETE FROM price_model_facts",
    "INSERT OR REPLACE INTO price_model_facts SELECT * FROM price_model_facts",
];

async fn fill(book: &Book) {
    let mut ids = ids(11);
    finalize(book, 2).await;
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
        "invoice",
        "invoice_line",
        "invoice_tax",
        "invoice_status",
        "finalize_run",
        "invoice_series",
        "usage_event",
        "usage_identity",
        "usage_raw_block",
        "plan_version",
        "markup_rule",
        "exchange_rate",
        "provider_price",
        "price_model_facts",
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
