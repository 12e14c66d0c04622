//! Payments through the use cases, on a real file: partly, over, back, reversed; with credit notes;
//! and what is refused.

mod common;

use common::{finalize, sample, verify};
use ratebook_api::wire::{
    CreditNoteCreateRequest, InvoiceVoidRequest, PaymentAddRequest, PaymentListReply,
    PaymentListRequest, PaymentReverseRequest, PaymentState, TakeBackText,
};
use ratebook_api::{ApiError, App, ErrorCode};

fn payment(invoice: &str, amount: &str) -> PaymentAddRequest {
    PaymentAddRequest {
        invoice_id: invoice.to_owned(),
        amount: amount.to_owned(),
        currency: "EUR".to_owned(),
        received_on: Some("2026-11-20".to_owned()),
        reference: "SEPA 4711".to_owned(),
        refund: false,
    }
}

async fn stands(app: &App, invoice: &str) -> PaymentListReply {
    let invoice_id = invoice.to_owned();
    let request = PaymentListRequest { invoice_id };
    app.payment_list(request).await.unwrap()
}

fn said(reply: &PaymentListReply) -> (PaymentState, &str, &str) {
    (reply.state, &reply.paid.amount.0, &reply.open.amount.0)
}

fn faults(error: &ApiError) -> Vec<(&str, &str)> {
    let issues = error.issues.iter();
    let faults = issues.map(|issue| (issue.path.as_str(), issue.code.as_str()));
    faults.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invoice_is_paid_in_parts_over_and_back() {
    let folder = tempfile::tempdir().unwrap();
    let (app, customer) = sample(&folder, "Nordlicht").await;
    let id = finalize(&app, &customer, "2026-10").await.row.id.unwrap();
    let new = stands(&app, &id).await;
    assert_eq!(said(&new), (PaymentState::Open, "0.00", "894.05"));
    assert_eq!(new.overdue_days, None, "it is due in December");
    let part = app.payment_add(payment(&id, "400")).await.unwrap();
    assert_eq!(said(&part), (PaymentState::PartlyPaid, "400.00", "494.05"));
    let over = app.payment_add(payment(&id, "500.00")).await.unwrap();
    assert_eq!(said(&over), (PaymentState::Overpaid, "900.00", "-5.95"));
    let back = PaymentAddRequest {
        refund: true,
        ..payment(&id, "5.95")
    };
    let even = app.payment_add(back).await.unwrap();
    assert_eq!(said(&even), (PaymentState::Paid, "894.05", "0.00"));
    // The second payment was another customer's: it is taken back, and both stay in the list.
    let wrong = PaymentReverseRequest {
        id: even.entries[1].id.clone(),
        reason: "meant for another invoice".to_owned(),
    };
    let fixed = app.payment_reverse(wrong.clone()).await.unwrap();
    assert_eq!(said(&fixed), (PaymentState::PartlyPaid, "394.05", "500.00"));
    assert_eq!(fixed.entries.len(), 4);
    assert!(fixed.entries[1].reversed);
    let again = app.payment_reverse(wrong).await.unwrap_err();
    assert_eq!(again.code, ErrorCode::Refused);
    // What a credit note takes back is not owed any more.
    let note = CreditNoteCreateRequest {
        invoice_id: id.clone(),
        asked: TakeBackText {
            all: true,
            lines: Vec::new(),
            amount: None,
        },
        reason: "wrong plan".to_owned(),
        einvoice: None,
    };
    app.credit_note_create(note).await.unwrap();
    let credited = stands(&app, &id).await;
    assert_eq!(
        said(&credited),
        (PaymentState::Overpaid, "394.05", "-394.05")
    );
    verify(&app, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_payment_is_refused_with_all_its_faults() {
    let folder = tempfile::tempdir().unwrap();
    let (app, customer) = sample(&folder, "Nordlicht").await;
    let id = finalize(&app, &customer, "2026-10").await.row.id.unwrap();
    let wrong = PaymentAddRequest {
        amount: "-1".to_owned(),
        currency: "USD".to_owned(),
        received_on: Some("2026-12-24".to_owned()),
        ..payment(&id, "")
    };
    let refused = app.payment_add(wrong).await.unwrap_err();
    let expected = [
        ("currency", "other_currency"),
        ("amount", "amount"),
        ("receivedOn", "in_future"),
    ];
    assert_eq!(faults(&refused), expected);
    let back = PaymentAddRequest {
        refund: true,
        ..payment(&id, "1")
    };
    let refused = app.payment_add(back).await.unwrap_err();
    assert_eq!(faults(&refused), [("amount", "refund_above_paid")]);
    assert!(stands(&app, &id).await.entries.is_empty());

    app.payment_add(payment(&id, "1")).await.unwrap();
    let void = InvoiceVoidRequest {
        id: id.clone(),
        reason: "wrong address".to_owned(),
    };
    let refused = app.invoice_void(void.clone()).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::Refused);
    assert!(
        refused.to_line().contains("payments"),
        "{}",
        refused.to_line()
    );
    let entry = stands(&app, &id).await.entries[0].id.clone();
    let reversal = PaymentReverseRequest {
        id: entry,
        reason: "wrong invoice".to_owned(),
    };
    app.payment_reverse(reversal).await.unwrap();
    app.invoice_void(void).await.unwrap();
    let refused = app.payment_add(payment(&id, "1")).await.unwrap_err();
    assert_eq!(
        refused.params.get("reason").map(String::as_str),
        Some("invoice_void")
    );
    verify(&app, 1).await;
}
