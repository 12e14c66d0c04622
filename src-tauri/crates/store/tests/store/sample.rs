//! Writes the stored book of `tests/stored`: one of everything that a book of this version holds.
//! `STORED_BOOK=tests/stored/<date>.db cargo test -p ratebook-store --test store -- --ignored
//! writes_the_stored_book`, from the root of the repository, once per released version.

use crate::common::{at, book, company, customer, event, ids, now};
use crate::config::{exchange_rate, markup_rule, meter, plan};
use crate::invoices::finalize;
use ratebook_catalog::{Subscription, SubscriptionId};
use ratebook_money::{Date, Timestamp};
use ratebook_store::usage::{ImportRequest, import_events};
use ratebook_store::{
    Book, company as companies, customers, exchange, invoices, markups, meters, plans, prices,
    settings, subscriptions, undo,
};
use std::collections::BTreeMap;

#[tokio::test]
#[ignore = "writes a file of the repository"]
async fn writes_the_stored_book() {
    let Some(to) = std::env::var_os("STORED_BOOK") else {
        return;
    };
    let (_folder, book) = book().await;
    fill(&book).await;
    let path = book.path().to_owned();
    book.close().await.unwrap();
    // Small pages: the file is kept in the repository.
    let raw = rusqlite::Connection::open(&path).unwrap();
    raw.execute_batch("PRAGMA journal_mode = DELETE; PRAGMA page_size = 1024; VACUUM;")
        .unwrap();
    raw.close().unwrap();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..");
    std::fs::copy(&path, root.join(to)).unwrap();
}

async fn fill(book: &Book) {
    let mut ids = ids(1);
    let mut write = book.write().await.unwrap();
    companies::save(&mut write, &company()).await.unwrap();
    let acme = customer(&mut ids, "C-1", &["acme", "cus_1"]);
    customers::save(&mut write, &acme).await.unwrap();
    meters::save(&mut write, &meter(&mut ids)).await.unwrap();
    markups::add(&mut write, &markup_rule(&mut ids, Some("30")))
        .await
        .unwrap();
    markups::add(&mut write, &markup_rule(&mut ids, None))
        .await
        .unwrap();
    exchange::add(&mut write, &exchange_rate()).await.unwrap();
    let (plan, mut version) = plan(&mut ids);
    version.published_at = Some(now());
    plans::save(&mut write, &plan).await.unwrap();
    plans::save_version(&mut write, &version).await.unwrap();
    let subscription = Subscription {
        id: SubscriptionId::new(&mut ids),
        customer: acme.id,
        plan_version: version.id,
        starts_on: Date::from_ymd_opt(2026, 8, 1).unwrap(),
        ends_on: None,
        agreed: ratebook_catalog::Agreed::default(),
    };
    subscriptions::save(&mut write, &subscription)
        .await
        .unwrap();
    let (sources, models) = crate::prices::table("0.000003");
    prices::add_table(&mut write, &sources, &models, now(), now())
        .await
        .unwrap();
    write.commit().await.unwrap();

    let start = at("2026-10-05T10:00:00Z").micros();
    let mut events: Vec<_> = (0..60_i64)
        .map(|n| {
            let time = Timestamp::from_micros(start + n * 1_800_000_000);
            event(
                &format!("e{n}"),
                if n % 2 == 0 { "acme" } else { "unknown" },
                time,
                n + 1,
            )
        })
        .collect();
    let request = || ImportRequest {
        name: "october.jsonl".to_owned(),
        now: now(),
    };
    import_events(book, request(), &events[..50]).await.unwrap();
    let made = finalize(book, 2).await;
    events[0].customer_ref = "other".to_owned();
    import_events(book, request(), &events).await.unwrap();
    let mut write = book.write().await.unwrap();
    invoices::void(&mut write, made[0].0, now(), "wrong address")
        .await
        .unwrap();
    undo::begin_step(&mut write, "setting", &BTreeMap::new(), now())
        .await
        .unwrap();
    settings::set(&mut write, "theme", &"dark").await.unwrap();
    undo::end_step(&mut write).await.unwrap();
    write.commit().await.unwrap();
}
