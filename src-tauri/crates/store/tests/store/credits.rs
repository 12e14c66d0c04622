//! Credit and its ledger: nothing is used twice, nothing is lost, and a fault rolls back.

use crate::common::{at, book, ids, now};
use crate::invoices::finalize;
use ratebook_catalog::{
    CreditGrant, CreditScope, CreditTax, CustomerId, GrantId, GrantKind, InvoiceId,
};
use ratebook_money::id::IdSource;
use ratebook_money::{Currency, Money, Timestamp};
use ratebook_store::credits::{
    GrantState, StoredGrant, add, burn, entries, expire, faults, get, give_back, of_customer,
    usable, void,
};
use ratebook_store::{SqliteConnection, StoreError, undo};
use std::collections::BTreeMap;

/// A grant in the currency of the sample customers, from the start of 2026 to the end of October.
pub fn grant(ids: &mut IdSource, customer: CustomerId, amount: &str) -> StoredGrant {
    let currency = Currency::parse("EUR").unwrap();
    StoredGrant {
        customer,
        note: "order 4711".to_owned(),
        grant: CreditGrant {
            id: GrantId::new(ids),
            amount: Money::parse(amount, currency).unwrap(),
            kind: GrantKind::Paid,
            priority: 50,
            effective_at: at("2026-01-01T00:00:00Z"),
            expires_at: Some(at("2026-11-01T00:00:00Z")),
            created_at: at("2026-01-01T00:00:00Z"),
            scope: CreditScope::Only(["meter:model_calls".to_owned()].into()),
            tax: CreditTax::PostTax,
        },
    }
}

fn eur(text: &str) -> Money {
    Money::parse(text, Currency::parse("EUR").unwrap()).unwrap()
}

/// left, used, expired, voided.
fn accounts(state: &GrantState) -> [String; 4] {
    [state.left, state.used, state.expired, state.voided].map(Money::number)
}

async fn of(db: &mut SqliteConnection, id: GrantId) -> [String; 4] {
    accounts(&get(db, id).await.unwrap())
}

#[tokio::test]
async fn a_grant_is_read_back_and_its_balance_is_known_at_any_instant() {
    let (_folder, book) = book().await;
    let made = finalize(&book, 2).await;
    let (invoice, customer) = (made[0].0, made[0].1.customer().id);
    let mut ids = ids(77);
    let stored = grant(&mut ids, customer, "100.00");
    let id = stored.grant.id;
    let mut write = book.write().await.unwrap();
    let start = at("2026-02-01T00:00:00Z");
    add(&mut write, &stored, start).await.unwrap();
    let twice = add(&mut write, &stored, start).await.unwrap_err();
    assert!(matches!(twice, StoreError::Refused { .. }), "{twice:?}");
    assert_eq!(get(&mut write, id).await.unwrap().stored, stored);
    burn(&mut write, invoice, &[(id, eur("60.00"))], now())
        .await
        .unwrap();
    assert_eq!(of(&mut write, id).await, ["40.00", "60.00", "0.00", "0.00"]);
    expire(&mut write, customer, at("2026-10-31T00:00:00Z"), &[])
        .await
        .unwrap();
    assert_eq!(of(&mut write, id).await, ["40.00", "60.00", "0.00", "0.00"]);
    expire(&mut write, customer, at("2026-11-01T00:00:00Z"), &[])
        .await
        .unwrap();
    assert_eq!(of(&mut write, id).await, ["0.00", "60.00", "40.00", "0.00"]);
    let left = usable(&mut write).await.unwrap();
    assert_eq!(left[0].1.left, eur("40.00"), "late usage may still use it");
    // A clock that was set back does not change the order of the entries.
    let early = at("2026-03-01T00:00:00Z");
    burn(&mut write, made[1].0, &[(id, eur("15.00"))], early)
        .await
        .unwrap();
    assert_eq!(of(&mut write, id).await, ["0.00", "75.00", "25.00", "0.00"]);
    give_back(&mut write, invoice, now()).await.unwrap();
    give_back(&mut write, made[1].0, now()).await.unwrap();
    assert_eq!(of(&mut write, id).await, ["60.00", "0.00", "40.00", "0.00"]);
    let again = give_back(&mut write, invoice, now()).await.unwrap_err();
    assert!(matches!(again, StoreError::Refused { .. }), "{again:?}");
    let taken = void(&mut write, id, now(), "paid back").await.unwrap();
    assert_eq!(taken, eur("60.00"));
    assert_eq!(of(&mut write, id).await, ["0.00", "0.00", "40.00", "60.00"]);
    for (instant, left) in [
        ("2026-01-31T23:59:59Z", "0.00"),
        ("2026-02-01T00:00:00Z", "100.00"),
    ] {
        let then = of_customer(&mut write, customer, at(instant))
            .await
            .unwrap();
        assert_eq!(then[0].left.number(), left, "{instant}");
    }
    let listed = entries(&mut write, customer).await.unwrap();
    assert_eq!(listed.len(), 7);
    assert_eq!(listed[0].balance, eur("0.00"));
    assert!(listed.iter().rev().is_sorted_by_key(|entry| entry.at));
    assert!(listed.iter().rev().is_sorted_by_key(|entry| entry.sequence));
}

#[tokio::test]
async fn more_than_is_left_is_refused_and_leaves_no_half() {
    let (_folder, book) = book().await;
    let made = finalize(&book, 1).await;
    let customer = made[0].1.customer().id;
    let mut ids = ids(78);
    let [first, second] = ["50.00", "10.00"].map(|amount| grant(&mut ids, customer, amount));
    let mut write = book.write().await.unwrap();
    for stored in [&first, &second] {
        add(&mut write, stored, now()).await.unwrap();
    }
    write.commit().await.unwrap();
    let mut write = book.write().await.unwrap();
    let uses = [
        (first.grant.id, eur("50.00")),
        (second.grant.id, eur("10.01")),
    ];
    let refused = burn(&mut write, made[0].0, &uses, now()).await.unwrap_err();
    assert!(matches!(refused, StoreError::Refused { .. }), "{refused:?}");
    drop(write);
    let mut read = book.read().await.unwrap();
    for (stored, left) in [(&first, "50.00"), (&second, "10.00")] {
        assert_eq!(of(&mut read, stored.grant.id).await[0], left);
    }
    let used = burn_of(&mut read, made[0].0).await;
    assert_eq!(used, 0, "no entry is left of it");
}

async fn burn_of(db: &mut SqliteConnection, invoice: InvoiceId) -> usize {
    let all = usable(db).await.unwrap();
    let listed = entries(db, all[0].0).await.unwrap();
    let own = listed.iter().filter_map(|entry| entry.invoice.as_ref());
    own.filter(|own| own.id == invoice).count()
}

#[tokio::test]
async fn the_ledger_of_a_book_is_checked_against_its_invoices() {
    let (_folder, book) = book().await;
    let made = finalize(&book, 1).await;
    let stored = grant(&mut ids(79), made[0].1.customer().id, "100.00");
    let mut write = book.write().await.unwrap();
    add(&mut write, &stored, now()).await.unwrap();
    assert_eq!(faults(&mut write).await.unwrap(), []);
    // The invoice names no credit, so an entry for it is a fault.
    let uses = [(stored.grant.id, eur("1.00"))];
    burn(&mut write, made[0].0, &uses, now()).await.unwrap();
    let found = faults(&mut write).await.unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].subject, made[0].1.number());
}

#[tokio::test]
async fn granting_and_taking_back_are_steps_that_can_be_undone_while_nothing_was_used() {
    let (_folder, book) = book().await;
    let made = finalize(&book, 1).await;
    let stored = grant(&mut ids(80), made[0].1.customer().id, "100.00");
    let id = stored.grant.id;
    let step = async |db: &mut SqliteConnection, code: &str| {
        let none = BTreeMap::new();
        undo::begin_step(db, code, &none, now()).await.unwrap();
    };
    let mut write = book.write().await.unwrap();
    step(&mut write, "credit_grant_create").await;
    add(&mut write, &stored, now()).await.unwrap();
    undo::end_step(&mut write).await.unwrap();
    step(&mut write, "credit_grant_void").await;
    void(&mut write, id, now(), "paid back").await.unwrap();
    undo::end_step(&mut write).await.unwrap();
    undo::undo(&mut write).await.unwrap();
    assert_eq!(of(&mut write, id).await[0], "100.00");
    undo::undo(&mut write).await.unwrap();
    let gone = get(&mut write, id).await.unwrap_err();
    assert!(matches!(gone, StoreError::NotFound { .. }), "{gone:?}");
    undo::redo(&mut write).await.unwrap();
    undo::redo(&mut write).await.unwrap();
    assert_eq!(of(&mut write, id).await, ["0.00", "0.00", "0.00", "100.00"]);
    undo::undo(&mut write).await.unwrap();
    burn(&mut write, made[0].0, &[(id, eur("0.01"))], now())
        .await
        .unwrap();
    let refused = undo::undo(&mut write).await.unwrap_err();
    assert!(matches!(refused, StoreError::Refused { .. }), "{refused:?}");
}

#[tokio::test]
async fn a_grant_of_a_later_start_counts_from_then_on() {
    let (_folder, book) = book().await;
    let made = finalize(&book, 1).await;
    let customer = made[0].1.customer().id;
    let mut stored = grant(&mut ids(81), customer, "7.00");
    stored.grant.effective_at = at("2026-12-01T00:00:00Z");
    stored.grant.expires_at = None;
    stored.grant.scope = CreditScope::Everything;
    let mut write = book.write().await.unwrap();
    add(&mut write, &stored, now()).await.unwrap();
    for (instant, left) in [
        (now(), "0.00"),
        (at("2026-12-01T00:00:00Z"), "7.00"),
        (Timestamp::MAX, "7.00"),
    ] {
        let then = of_customer(&mut write, customer, instant).await.unwrap();
        assert_eq!(then[0].left.number(), left, "{instant}");
    }
    // Taken back before it began: from its start on.
    void(&mut write, stored.grant.id, now(), "a mistake")
        .await
        .unwrap();
    let last = entries(&mut write, customer).await.unwrap();
    assert_eq!(last[0].at, stored.grant.effective_at);
}
