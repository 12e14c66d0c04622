//! The sample book on a real file, and what several tests do with it.
#![allow(dead_code, reason = "each test file uses what it needs")]

use ratebook_api::wire::{
    AgreedText, ChargeKindWord, ChargeText, CreditEntryKind, CreditGrantCreateRequest,
    CreditGrantListReply, CreditGrantListRequest, CreditKind, CreditTaxWord, CustomerListRequest,
    InvoiceFinalizeRequest, InvoiceGetReply, InvoiceGetRequest, InvoiceVerifyRequest, Nothing,
    SubscriptionText,
};
use ratebook_api::{App, Report, Surroundings};
use ratebook_money::Timestamp;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Ids of one run must not be those of another, though the clock stands still.
pub fn next_id() -> u128 {
    static COUNT: AtomicU64 = AtomicU64::new(1);
    u128::from(COUNT.fetch_add(1, Ordering::Relaxed)) << 64
}

/// The Monday on which most tests take place.
pub fn monday() -> Timestamp {
    Timestamp::parse("2026-11-23T10:00:00Z").unwrap()
}

/// Use cases with all their files in this folder, and no book open.
pub fn app(folder: &tempfile::TempDir, now: fn() -> Timestamp) -> App {
    App::new(Surroundings {
        now,
        random: next_id,
        config_folder: folder.path().join("config"),
        book_folder: folder.path().join("books"),
    })
}

/// The same with the sample book.
pub async fn sample_book(folder: &tempfile::TempDir, now: fn() -> Timestamp) -> App {
    let app = app(folder, now);
    app.book_sample_open(Nothing {}).await.unwrap();
    app
}

/// The id of the customer whose name contains this.
pub async fn customer(app: &App, name: &str) -> String {
    let list = CustomerListRequest {
        search: name.to_owned(),
        archived: false,
        month: None,
    };
    let rows = app.customer_list(list).await.unwrap().rows;
    rows[0].id.clone()
}

/// The sample book and the id of one of its customers.
pub async fn sample(folder: &tempfile::TempDir, name: &str) -> (Arc<App>, String) {
    let app = sample_book(folder, monday).await;
    let id = customer(&app, name).await;
    (Arc::new(app), id)
}

/// A charge with nothing but its name and kind.
pub fn charge(name: &str, kind: ChargeKindWord) -> ChargeText {
    ChargeText {
        name: name.to_owned(),
        kind,
        amount: None,
        timing: None,
        per_seat: None,
        meter: None,
        model: None,
        unit_price: None,
        tiers: None,
        charge_flat_at_zero: None,
        markup: None,
        document: None,
        credit: None,
    }
}

/// A new subscription from a day on, as the plan has it.
pub fn subscription(customer: &str, version: &str, starts_on: &str) -> SubscriptionText {
    SubscriptionText {
        id: String::new(),
        customer_id: customer.to_owned(),
        plan_version_id: version.to_owned(),
        plan_id: String::new(),
        plan_name: String::new(),
        version: 0,
        starts_on: starts_on.to_owned(),
        ends_on: None,
        agreed: AgreedText {
            since: None,
            seats: Vec::new(),
            phases_from: None,
            overrides: None,
        },
    }
}

pub fn quiet() -> Report {
    Arc::new(|_| {})
}

pub fn wanted(customer: &str, amount: &str) -> CreditGrantCreateRequest {
    CreditGrantCreateRequest {
        customer_id: customer.to_owned(),
        amount: amount.to_owned(),
        currency: "EUR".to_owned(),
        kind: CreditKind::Paid,
        priority: None,
        effective_at: Some("2026-01-01".to_owned()),
        expires_at: None,
        scope: Vec::new(),
        tax: CreditTaxWord::PreTax,
        note: "order 4711".to_owned(),
    }
}

pub async fn grant(app: &App, request: CreditGrantCreateRequest) -> String {
    app.credit_grant_create(request).await.unwrap().id
}

pub async fn credit(app: &App, customer: &str) -> CreditGrantListReply {
    let request = CreditGrantListRequest {
        customer_id: customer.to_owned(),
        at: None,
    };
    app.credit_grant_list(request).await.unwrap()
}

pub async fn draft(app: &App, customer: &str, month: &str) -> InvoiceGetReply {
    let request = InvoiceGetRequest {
        id: None,
        customer_id: Some(customer.to_owned()),
        month: Some(month.to_owned()),
    };
    app.invoice_get(request).await.unwrap()
}

pub async fn finalize(app: &App, customer: &str, month: &str) -> InvoiceGetReply {
    let request = InvoiceFinalizeRequest {
        month: month.to_owned(),
        customer_ids: vec![customer.to_owned()],
        job_id: "finalize".to_owned(),
    };
    let done = app.invoice_finalize(request, quiet()).await.unwrap();
    assert_eq!(done.invoices.len(), 1, "{:?}", done.held);
    // The same page whether it is asked for by customer and month or by its id.
    draft(app, customer, month).await
}

pub async fn verify(app: &App, invoices: u64) {
    let request = InvoiceVerifyRequest {
        id: None,
        job_id: "verify".to_owned(),
    };
    let verified = app.invoice_verify(request, quiet()).await.unwrap();
    assert_eq!(verified.checked.0, invoices);
    assert!(verified.findings.is_empty(), "{:#?}", verified.findings);
}

pub fn kinds(credit: &CreditGrantListReply) -> Vec<(CreditEntryKind, &str, &str)> {
    let entries = credit.entries.iter().rev();
    let kinds = entries.map(|entry| {
        let (amount, balance) = (&entry.amount.amount.0, &entry.balance.amount.0);
        (entry.kind, amount.as_str(), balance.as_str())
    });
    kinds.collect()
}
