//! Finalized invoices: numbers without gaps, all or nothing, read back bit for bit.

use crate::common::{at, book, company, customer, ids, now, series};
use crate::config::plan;
use ratebook_catalog::prices::PriceTable;
use ratebook_catalog::{Customer, InvoiceId, MarkupRules, Subscription, SubscriptionId};
use ratebook_invoicing::{
    FinalizedInvoice, Frozen, FrozenSubscription, Inputs, InvoiceStatus, draft, number,
};
use ratebook_money::id::IdSource;
use ratebook_money::{Date, Timestamp};
use ratebook_rating::{RatingInput, Standing, SubscribedPlan, rate};
use ratebook_store::invoices::{
    NewInvoice, begin_run, column_faults, get, head, insert, list, next_counter, number_faults,
    of_period, peek_counter, void,
};
use ratebook_store::{Book, SqliteConnection, StoreError, customers};

fn day() -> Date {
    Date::from_ymd_opt(2026, 11, 1).unwrap()
}

/// An invoice over a monthly fee, under a number of the series.
fn invoice(ids: &mut IdSource, of: &Customer, counter: u64) -> (FinalizedInvoice, Frozen) {
    let (plan, mut version) = plan(ids);
    version.published_at = Some(at("2026-07-01T00:00:00Z"));
    version.terms.charges.truncate(1);
    let subscription = Subscription {
        id: SubscriptionId::new(ids),
        customer: of.id,
        plan_version: version.id,
        starts_on: Date::from_ymd_opt(2026, 8, 1).unwrap(),
        ends_on: None,
        agreed: ratebook_catalog::Agreed::default(),
    };
    let period = of.zone.month(2026, 10).unwrap();
    let prices = PriceTable::default();
    let subscribed = [SubscribedPlan {
        subscription: &subscription,
        plan: &plan,
        version: &version,
        standing: Standing::Billed,
    }];
    let rated = rate(&RatingInput {
        zone: of.zone,
        currency: of.currency,
        period,
        subscriptions: &subscribed,
        sums: &[],
        readings: &[],
        prices: &prices,
        names: None,
        rules: &MarkupRules::default(),
        exchange: &[],
        meters: &[],
        as_of: now(),
        paid: &[],
        credits: &[],
    })
    .unwrap();
    let inputs = Inputs {
        v: 1,
        company: company(),
        customer: of.clone(),
        period,
        as_of: now(),
        subscriptions: vec![FrozenSubscription {
            subscription,
            plan,
            version,
            standing: Standing::Billed,
        }],
        meters: Vec::new(),
        rules: Vec::new(),
        exchange: Vec::new(),
        names: Some(Vec::new()),
        prices: Vec::new(),
        usage: rated.usage.clone(),
        readings: Vec::new(),
        paid: Vec::new(),
        credits: Vec::new(),
        edit: None,
        replaces: None,
    };
    let frozen = inputs.freeze().unwrap();
    let draft = draft(rated, &company(), of).unwrap();
    let number = number(&series(), counter, 2026);
    let finalized = ratebook_invoicing::finalize(draft, &frozen, number, day()).unwrap();
    (finalized, frozen)
}

/// Finalizes one invoice per customer in the given transaction.
pub async fn run(
    db: &mut SqliteConnection,
    ids: &mut IdSource,
    of: &[Customer],
    at: Timestamp,
) -> Vec<(InvoiceId, FinalizedInvoice, Frozen)> {
    let epoch = begin_run(db, at).await.unwrap();
    let mut made = Vec::new();
    for customer in of {
        let counter = next_counter(db, &series(), 2026).await.unwrap();
        let (finalized, frozen) = invoice(ids, customer, counter.value());
        let id = InvoiceId::new(ids);
        let new = NewInvoice {
            reason: "",
            id,
            series: &series(),
            counter,
            epoch,
            finalized_at: at,
        };
        insert(db, new, &finalized, &frozen).await.unwrap();
        made.push((id, finalized, frozen));
    }
    made
}

/// `count` new customers, each with a finalized invoice.
pub async fn finalize(book: &Book, count: u128) -> Vec<(InvoiceId, FinalizedInvoice, Frozen)> {
    let mut write = book.write().await.unwrap();
    let known = customers::list(&mut write).await.unwrap().len();
    let mut ids = ids(1_000_000 + 1_000 * u128::try_from(known).unwrap());
    let mut fresh = Vec::new();
    for n in 0..count {
        let one = customer(&mut ids, &format!("C-{known}-{n}"), &[]);
        customers::save(&mut write, &one).await.unwrap();
        fresh.push(one);
    }
    let made = run(&mut write, &mut ids, &fresh, now()).await;
    write.commit().await.unwrap();
    made
}

#[tokio::test]
async fn an_invoice_reads_back_as_it_was_finalized() {
    let (_folder, book) = book().await;
    let made = finalize(&book, 3).await;
    let mut read = book.read().await.unwrap();
    let heads = list(&mut read, None).await.unwrap();
    let numbers: Vec<&str> = heads.iter().map(|head| head.number.as_str()).collect();
    assert_eq!(numbers, ["HS-2026-0003", "HS-2026-0002", "HS-2026-0001"]);
    for (id, finalized, frozen) in &made {
        let stored = get(&mut read, *id).await.unwrap();
        assert_eq!(stored.invoice, *finalized);
        assert_eq!(stored.inputs, frozen.json());
        assert_eq!(stored.input_hash, frozen.hash());
        assert_eq!(stored.head.total, finalized.totals().total);
        assert_eq!(stored.head.status, InvoiceStatus::Finalized);
        let period = finalized.period();
        let found = of_period(&mut read, finalized.customer().id, period)
            .await
            .unwrap();
        assert_eq!(found.unwrap().id, *id);
    }
    assert_eq!(number_faults(&mut read).await.unwrap(), []);
    assert_eq!(column_faults(&mut read).await.unwrap(), []);
    assert_eq!(peek_counter(&mut read, &series(), 2026).await.unwrap(), 4);
    assert_eq!(peek_counter(&mut read, &series(), 2027).await.unwrap(), 1);
}

#[tokio::test]
async fn a_run_that_is_not_committed_gives_its_numbers_back() {
    let (_folder, book) = book().await;
    finalize(&book, 2).await;
    let mut write = book.write().await.unwrap();
    let mut ids = ids(77);
    let one = customer(&mut ids, "C-x", &[]);
    run(&mut write, &mut ids, &[one], now()).await;
    drop(write);
    finalize(&book, 1).await;
    let mut read = book.read().await.unwrap();
    assert_eq!(number_faults(&mut read).await.unwrap(), []);
    let heads = list(&mut read, None).await.unwrap();
    assert_eq!(heads[0].number, "HS-2026-0003");
    assert_eq!(heads[0].epoch, 1);
}

#[tokio::test]
async fn a_void_invoice_keeps_its_number_and_is_void_once() {
    let (_folder, book) = book().await;
    let made = finalize(&book, 1).await;
    let (id, finalized, _) = &made[0];
    let mut write = book.write().await.unwrap();
    void(&mut write, *id, now(), "wrong address").await.unwrap();
    assert_eq!(
        head(&mut write, *id).await.unwrap().status,
        InvoiceStatus::Void
    );
    let again = void(&mut write, *id, now(), "again").await;
    assert!(
        matches!(again, Err(StoreError::Refused { .. })),
        "{again:?}"
    );
    let customer = finalized.customer().id;
    let found = of_period(&mut write, customer, finalized.period())
        .await
        .unwrap();
    assert_eq!(found, None);
    assert_eq!(number_faults(&mut write).await.unwrap(), []);
    let missing = head(&mut write, InvoiceId::new(&mut ids(78))).await;
    assert!(
        matches!(missing, Err(StoreError::NotFound { .. })),
        "{missing:?}"
    );
}

#[tokio::test]
async fn a_changed_column_or_a_lost_number_is_found() {
    let (_folder, book) = book().await;
    let made = finalize(&book, 2).await;
    let raw = rusqlite::Connection::open(book.path()).unwrap();
    raw.execute_batch(
        "PRAGMA foreign_keys = OFF;
         DROP TRIGGER invoice_update; DROP TRIGGER invoice_series_update;
         UPDATE invoice SET net = net + 1, total = total + 1 WHERE counter = 1;
         UPDATE invoice_series SET next = next + 1;",
    )
    .unwrap();
    let mut read = book.read().await.unwrap();
    assert_eq!(column_faults(&mut read).await.unwrap(), [made[0].0]);
    let faults = number_faults(&mut read).await.unwrap();
    assert_eq!(
        (faults[0].series.as_str(), faults[0].missing),
        ("HS-2026-", 1)
    );
}
