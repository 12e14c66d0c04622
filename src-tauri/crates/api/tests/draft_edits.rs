//! What a person adds to drafts and decides about them, through the use cases, on a real file:
//! stored, undone, frozen, refused at the field; held, approved, below the margin guard.

mod common;

use common::{draft, finalize, quiet, sample, verify};
use ratebook_api::wire::{
    DecimalString, DraftDiscountText, DraftEditText, DraftMark, InvoiceDraftMarkRequest,
    InvoiceDraftRequest, InvoiceDraftSaveRequest, InvoiceFinalizeRequest, InvoiceListRequest,
    InvoiceSettingsSaveRequest, InvoiceState, InvoiceVoidRequest, ManualLineText, Nothing,
};
use ratebook_api::{ApiError, App, ErrorCode};

const MONTH: &str = "2026-10";

fn line(text: &str, quantity: &str, price: &str) -> ManualLineText {
    ManualLineText {
        text: text.to_owned(),
        quantity: DecimalString(quantity.to_owned()),
        unit_price: DecimalString(price.to_owned()),
        tax: None,
    }
}

fn edit(lines: Vec<ManualLineText>) -> DraftEditText {
    DraftEditText {
        currency: "EUR".to_owned(),
        lines,
        discount: None,
        note: String::new(),
        purchase_order: String::new(),
        buyer_reference: String::new(),
        internal_note: String::new(),
    }
}

fn off(percent: Option<&str>, amount: Option<&str>) -> Option<DraftDiscountText> {
    let decimal = |text: Option<&str>| text.map(|text| DecimalString(text.to_owned()));
    Some(DraftDiscountText {
        percent: decimal(percent),
        amount: decimal(amount),
        reason: "first year".to_owned(),
    })
}

async fn save(app: &App, customer: &str, edit: DraftEditText) -> Result<(), ApiError> {
    let request = InvoiceDraftSaveRequest {
        customer_id: customer.to_owned(),
        month: MONTH.to_owned(),
        edit,
    };
    app.invoice_draft_save(request).await.map(|_| ())
}

async fn mark(app: &App, customer: &str, mark: DraftMark, reason: &str) -> Result<(), ApiError> {
    let request = InvoiceDraftMarkRequest {
        customer_ids: vec![customer.to_owned()],
        month: MONTH.to_owned(),
        mark,
        reason: reason.to_owned(),
    };
    app.invoice_draft_mark(request).await.map(|_| ())
}

fn faults(error: &ApiError) -> Vec<(&str, &str)> {
    let issues = error.issues.iter();
    let faults = issues.map(|issue| (issue.path.as_str(), issue.code.as_str()));
    faults.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn additions_are_stored_undone_and_frozen() {
    let folder = tempfile::tempdir().unwrap();
    let (app, customer) = sample(&folder, "Nordlicht").await;
    let before = draft(&app, &customer, MONTH).await;
    let wanted = DraftEditText {
        discount: off(Some("10"), None),
        note: "Thank you.".to_owned(),
        purchase_order: "PO 4711".to_owned(),
        buyer_reference: "04011000-12345-34".to_owned(),
        internal_note: "by phone".to_owned(),
        ..edit(vec![
            line("Onboarding", "2", "150.00"),
            line("Goodwill", "", "-20"),
        ])
    };
    save(&app, &customer, wanted.clone()).await.unwrap();
    let with = draft(&app, &customer, MONTH).await;
    assert_eq!(with.lines.len(), before.lines.len() + 2);
    assert_eq!(with.purchase_order, "PO 4711");
    assert!(with.row.flags.iter().any(|flag| flag.code == "edited"));

    app.undo(Nothing {}).await.unwrap();
    let undone = draft(&app, &customer, MONTH).await;
    assert_eq!(
        (undone.row.total, undone.lines),
        (before.row.total, before.lines)
    );
    app.redo(Nothing {}).await.unwrap();
    let redone = draft(&app, &customer, MONTH).await;
    assert_eq!(redone.row.total, with.row.total);

    let invoice = finalize(&app, &customer, MONTH).await;
    assert_eq!(invoice.row.total, with.row.total);
    assert_eq!(invoice.internal_note, "by phone");
    assert_eq!(invoice.discount, with.discount);
    verify(&app, 1).await;
    // What is final does not change.
    let late = save(&app, &customer, edit(Vec::new())).await.unwrap_err();
    assert_eq!(late.params["reason"], "invoice_final");

    // The next one of the month begins with the same additions and names the one it replaces.
    let id = invoice.row.id.clone().unwrap();
    let reason = "wrong address".to_owned();
    app.invoice_void(InvoiceVoidRequest { id, reason })
        .await
        .unwrap();
    let again = finalize(&app, &customer, MONTH).await;
    assert_eq!(again.row.total, with.row.total);
    assert_eq!(again.replaces, invoice.row.number);
    assert_ne!(again.row.number, invoice.row.number);
    verify(&app, 2).await;
}

/// What cannot be, the field it is named at, and the word for it.
fn faulty() -> Vec<(DraftEditText, &'static str, &'static str)> {
    let many = "1000000";
    vec![
        (edit(vec![line("", "1", "1")]), "lines[0].text", "required"),
        (
            edit(vec![line("Fee", "1", "ten")]),
            "lines[0].unitPrice",
            "not_a_number",
        ),
        (
            edit(vec![line("Fee", "1.0000001", "1")]),
            "lines[0].quantity",
            "too_precise",
        ),
        (
            edit(vec![line("Fee", "1", "-9999")]),
            "lines",
            "total_below_zero",
        ),
        (
            DraftEditText {
                currency: "XXQ".to_owned(),
                ..edit(Vec::new())
            },
            "currency",
            "unknown_currency",
        ),
        (
            DraftEditText {
                currency: "USD".to_owned(),
                ..edit(Vec::new())
            },
            "currency",
            "other_currency",
        ),
        (
            DraftEditText {
                discount: off(None, Some("10.005")),
                ..edit(Vec::new())
            },
            "discount.amount",
            "too_precise",
        ),
        (
            DraftEditText {
                discount: off(None, Some(many)),
                ..edit(Vec::new())
            },
            "discount.amount",
            "above_sum",
        ),
        (
            DraftEditText {
                discount: off(Some("5"), Some("5")),
                ..edit(Vec::new())
            },
            "discount.amount",
            "percent_or_amount",
        ),
        (
            DraftEditText {
                discount: off(Some("101"), None),
                ..edit(Vec::new())
            },
            "discount.percent",
            "too_large",
        ),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn faults_stand_at_their_field_and_nothing_is_stored() {
    let folder = tempfile::tempdir().unwrap();
    let (app, customer) = sample(&folder, "Nordlicht").await;
    for (wanted, path, code) in faulty() {
        let refused = save(&app, &customer, wanted).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::Invalid, "{path}");
        assert_eq!(faults(&refused), [(path, code)]);
    }
    let request = InvoiceDraftRequest {
        customer_id: customer.clone(),
        month: MONTH.to_owned(),
    };
    let stored = app.invoice_draft_get(request).await.unwrap();
    assert_eq!(stored.edit, edit(Vec::new()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_held_draft_is_left_out_until_it_is_approved() {
    let folder = tempfile::tempdir().unwrap();
    let (app, customer) = sample(&folder, "Nordlicht").await;
    let unreasoned = mark(&app, &customer, DraftMark::Hold, " ")
        .await
        .unwrap_err();
    assert_eq!(faults(&unreasoned), [("reason", "required")]);
    mark(&app, &customer, DraftMark::Hold, "waits for the order")
        .await
        .unwrap();
    let held = draft(&app, &customer, MONTH).await.row;
    assert_eq!(held.state, InvoiceState::Held);
    assert_eq!(
        (held.held, held.hold.as_deref()),
        (vec!["on_hold".to_owned()], Some("waits for the order"))
    );
    let all = InvoiceFinalizeRequest {
        month: MONTH.to_owned(),
        customer_ids: Vec::new(),
        job_id: "all".to_owned(),
    };
    let run = app.invoice_finalize(all.clone(), quiet()).await.unwrap();
    assert_eq!((run.invoices.len(), run.held.len()), (11, 1));
    assert_eq!(run.held[0].hold.as_deref(), Some("waits for the order"));

    mark(&app, &customer, DraftMark::Approve, "").await.unwrap();
    let approved = draft(&app, &customer, MONTH).await.row;
    assert!(approved.approved && approved.hold.is_none());
    // Another total is not the one that was approved.
    save(&app, &customer, edit(vec![line("Fee", "1", "5")]))
        .await
        .unwrap();
    assert!(!draft(&app, &customer, MONTH).await.row.approved);
    let run = app.invoice_finalize(all, quiet()).await.unwrap();
    assert_eq!((run.invoices.len(), run.held.len()), (1, 0));
    verify(&app, 12).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn below_the_guard_a_reason_is_needed_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let (app, customer) = sample(&folder, "Nordlicht").await;
    let guard = |percent: &str| InvoiceSettingsSaveRequest {
        margin_guard: Some(DecimalString(percent.to_owned())),
    };
    for (percent, code) in [("101", "out_of_range"), ("5.55", "too_precise")] {
        let refused = app.invoice_settings_save(guard(percent)).await.unwrap_err();
        assert_eq!(faults(&refused), [("marginGuard", code)]);
    }
    app.invoice_settings_save(guard("99")).await.unwrap();
    let row = draft(&app, &customer, MONTH).await.row;
    assert_eq!(row.held, ["below_guard"]);
    let request = InvoiceFinalizeRequest {
        month: MONTH.to_owned(),
        customer_ids: vec![customer.clone()],
        job_id: "one".to_owned(),
    };
    let run = app.invoice_finalize(request, quiet()).await.unwrap();
    assert_eq!((run.invoices.len(), run.held.len()), (0, 1));
    mark(&app, &customer, DraftMark::AcceptMargin, "pilot customer")
        .await
        .unwrap();
    let invoice = finalize(&app, &customer, MONTH).await;
    assert_eq!(invoice.finalized_reason, "pilot customer");
    verify(&app, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_invoice_and_an_incomplete_customer_are_flagged() {
    let folder = tempfile::tempdir().unwrap();
    let (app, customer) = sample(&folder, "Nordlicht").await;
    let codes = |row: &ratebook_api::wire::InvoiceRow| {
        let codes = row.flags.iter().map(|flag| flag.code.clone());
        codes.collect::<Vec<_>>()
    };
    let row = draft(&app, &customer, MONTH).await.row;
    assert!(
        codes(&row).contains(&"first_invoice".to_owned()),
        "{:?}",
        row.flags
    );
    finalize(&app, &customer, "2026-09").await;
    let list = InvoiceListRequest {
        month: Some(MONTH.to_owned()),
    };
    let rows = app.invoice_list(list).await.unwrap().rows;
    let row = rows.iter().find(|row| row.customer_id == customer).unwrap();
    assert!(!codes(row).contains(&"first_invoice".to_owned()));
    // The month before is final: the change is an amount and a percentage.
    assert!(row.change.is_some() && row.change_amount.is_some());
}
