//! An invoice with a line by hand and a discount that is given up later, as finance sees it: what
//! is owed, the hand-over to accounting, its evidence, and the audit log.

mod common;

use common::{draft, finalize, quiet, sample, verify};
use ratebook_api::App;
use ratebook_api::wire::{
    AccountingRequest, AuditFilterText, AuditListRequest, DecimalString, DraftDiscountText,
    DraftEditText, InvoiceDraftSaveRequest, InvoiceExportRequest, InvoiceGetReply,
    InvoicePackSaveRequest, InvoiceWriteOffRequest, ManualLineText, PackVerifyRequest,
    PaymentState, ReceivableListRequest,
};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::path::Path;

const MONTH: &str = "2026-10";

fn additions() -> DraftEditText {
    DraftEditText {
        currency: "EUR".to_owned(),
        lines: vec![ManualLineText {
            text: "Set-up".to_owned(),
            quantity: DecimalString("2".to_owned()),
            unit_price: DecimalString("150".to_owned()),
            tax: None,
        }],
        discount: Some(DraftDiscountText {
            percent: Some(DecimalString("10".to_owned())),
            amount: None,
            reason: "first year".to_owned(),
        }),
        note: String::new(),
        purchase_order: String::new(),
        buyer_reference: String::new(),
        internal_note: String::new(),
    }
}

/// What was booked, by what accounts are for.
async fn booked(app: &App) -> BTreeMap<String, Decimal> {
    let request = AccountingRequest {
        from: "2026-11-01".to_owned(),
        to: "2026-12-31".to_owned(),
        currency: None,
    };
    let sums = app.accounting_preview(request).await.unwrap().sums;
    let sums = sums.into_iter();
    sums.map(|sum| (sum.role, sum.sum.amount.0.parse().unwrap()))
        .collect()
}

/// Its evidence is sound.
async fn proved(app: &App, folder: &Path, id: &str) {
    let pack = folder.join("evidence.zip").display().to_string();
    let request = InvoicePackSaveRequest {
        id: id.to_owned(),
        path: pack.clone(),
    };
    app.invoice_pack_save(request).await.unwrap();
    let checked = app.pack_verify(PackVerifyRequest { path: pack }).await;
    let checked = checked.unwrap();
    assert!(checked.sound, "{:?}", checked.checks);
}

async fn exported(app: &App, folder: &Path, invoice: &InvoiceGetReply) {
    // The rows of an invoice in the table of the month come to what is taxed.
    let out = folder.join("month");
    let export = InvoiceExportRequest {
        month: MONTH.to_owned(),
        path: out.display().to_string(),
        format: None,
        job_id: "export".to_owned(),
    };
    app.invoice_export(export, quiet()).await.unwrap();
    let mut rows = csv::Reader::from_path(out.join("lines.csv")).unwrap();
    let rows = rows.records().map(|row| row.unwrap());
    let sum: Decimal = rows.map(|row| row[11].parse::<Decimal>().unwrap()).sum();
    let taxed = invoice.taxes.iter().map(|tax| &tax.base.amount.0);
    assert_eq!(
        sum,
        taxed.map(|base| base.parse::<Decimal>().unwrap()).sum()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_booked_as_it_was_charged_and_lost() {
    let folder = tempfile::tempdir().unwrap();
    let (app, customer) = sample(&folder, "Nordlicht").await;
    let save = InvoiceDraftSaveRequest {
        customer_id: customer.clone(),
        month: MONTH.to_owned(),
        edit: additions(),
    };
    app.invoice_draft_save(save).await.unwrap();
    let before = draft(&app, &customer, MONTH).await;
    let invoice = finalize(&app, &customer, MONTH).await;
    let id = invoice.row.id.clone().unwrap();
    let payable: Decimal = invoice.payable.amount.0.parse().unwrap();
    assert_eq!(before.payable.amount.0, invoice.payable.amount.0);

    // 300.00 less 10 % is revenue of what was charged once; the whole balances.
    let sums = booked(&app).await;
    assert_eq!(sums["receivable"], payable);
    assert_eq!(sums["one_off"], Decimal::from(-270));
    assert_eq!(sums.values().sum::<Decimal>(), Decimal::ZERO);

    proved(&app, folder.path(), &id).await;
    exported(&app, folder.path(), &invoice).await;
    let give_up = InvoiceWriteOffRequest {
        invoice_id: id.clone(),
        reverse: false,
        reason: "insolvent".to_owned(),
    };
    app.invoice_write_off(give_up).await.unwrap();
    let sums = booked(&app).await;
    assert_eq!(sums["losses"], payable);
    assert_eq!(
        sums.get("receivable").copied().unwrap_or_default(),
        Decimal::ZERO
    );
    assert_eq!(sums.values().sum::<Decimal>(), Decimal::ZERO);
    let owed = ReceivableListRequest {
        customer_id: Some(customer.clone()),
    };
    let owed = app.receivable_list(owed).await.unwrap().invoices;
    assert!(owed.iter().all(|row| row.id != id), "{owed:?}");
    let row = draft(&app, &customer, MONTH).await.row;
    let tag = row.payment.unwrap();
    assert_eq!(tag.state, PaymentState::Uncollectible);

    let back = InvoiceWriteOffRequest {
        invoice_id: id,
        reverse: true,
        reason: "paid by the estate".to_owned(),
    };
    app.invoice_write_off(back).await.unwrap();
    let sums = booked(&app).await;
    assert_eq!(sums["receivable"], payable);
    assert_eq!(
        sums.get("losses").copied().unwrap_or_default(),
        Decimal::ZERO
    );
    verify(&app, 1).await;
    let log = app.audit_list(all_entries()).await.unwrap();
    let codes: Vec<&str> = log.rows.iter().map(|row| row.code.as_str()).collect();
    assert!(codes.contains(&"invoice_draft_save"), "{codes:?}");
    assert_eq!(
        codes[..2],
        ["invoice_write_off_reverse", "invoice_write_off"],
        "{codes:?}"
    );
    assert_eq!(log.rows[1].reason, "insolvent");
}

fn all_entries() -> AuditListRequest {
    AuditListRequest {
        filter: AuditFilterText {
            search: String::new(),
            area: None,
            object: None,
            from: None,
            to: None,
        },
        skip: 0,
        limit: 1_000,
    }
}
