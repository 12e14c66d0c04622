//! The end of a bill run: exported with a manifest, numbered by a template, given up, made anew.

mod common;

use common::{finalize, quiet, sample, verify};
use ratebook_api::wire::{
    EinvoiceFormat, InvoiceExportRequest, InvoiceReissueRequest, InvoiceWriteOffRequest, Nothing,
    NumberSeriesRequest, NumberSeriesText, PaymentAddRequest, PaymentListReply, PaymentState,
};
use ratebook_api::{ApiError, App, ErrorCode};
use std::path::Path;

const MONTH: &str = "2026-10";

fn export(folder: &Path, format: Option<EinvoiceFormat>) -> InvoiceExportRequest {
    InvoiceExportRequest {
        month: MONTH.to_owned(),
        path: folder.display().to_string(),
        format,
        job_id: "export".to_owned(),
    }
}

fn reason(error: &ApiError) -> &str {
    error.params.get("reason").map_or("", String::as_str)
}

fn faults(error: &ApiError) -> Vec<(&str, &str)> {
    let issues = error.issues.iter();
    let faults = issues.map(|issue| (issue.path.as_str(), issue.code.as_str()));
    faults.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_month_is_exported_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let (app, customer) = sample(&folder, "Nordlicht").await;
    let out = folder.path().join("out");
    let early = app.invoice_export(export(&out, None), quiet()).await;
    assert_eq!(reason(&early.unwrap_err()), "nothing_final");
    assert!(!out.exists());
    let invoice = finalize(&app, &customer, MONTH).await;
    let number = invoice.row.number.unwrap();

    let format = Some(EinvoiceFormat::Cii);
    let done = app
        .invoice_export(export(&out, format), quiet())
        .await
        .unwrap();
    let names: Vec<&str> = done.files.iter().map(|file| file.name.as_str()).collect();
    let expected = [format!("{number}.pdf"), format!("{number}.xml")];
    assert_eq!(
        names,
        [&expected[0], &expected[1], "lines.csv", "manifest.json"]
    );
    let text = std::fs::read_to_string(out.join("manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(manifest["month"], MONTH);
    for file in &done.files[..3] {
        let bytes = std::fs::read(out.join(&file.name)).unwrap();
        let hash = ratebook_invoicing::sha256_of(&bytes);
        let own = manifest["files"].as_array().unwrap().iter();
        let own = own.filter(|known| known["name"] == file.name.as_str());
        let own: Vec<_> = own.collect();
        assert_eq!(own[0]["sha256"], hash.as_str());
        assert_eq!(own[0]["bytes"], bytes.len());
    }
    let lines = std::fs::read_to_string(out.join("lines.csv")).unwrap();
    assert_eq!(lines.lines().count(), invoice.lines.len() + 1);
    // Nothing is written over, and nothing is left beside it.
    let again = app.invoice_export(export(&out, None), quiet()).await;
    assert_eq!(reason(&again.unwrap_err()), "folder_not_empty");
    let beside = std::fs::read_dir(folder.path()).unwrap();
    let beside = beside.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert!(!beside.into_iter().any(|name| name.ends_with(".part")));
    // A place that cannot be written to is named, and nothing is left of the attempt.
    let file = folder.path().join("a file");
    std::fs::write(&file, "x").unwrap();
    let inside = app
        .invoice_export(export(&file.join("out"), None), quiet())
        .await;
    let refused = inside.unwrap_err();
    assert_eq!(refused.code, ErrorCode::Refused);
    assert!(refused.params["path"].contains("a file"), "{refused}");
}

fn series(invoice: &str, credit_note: &str) -> NumberSeriesRequest {
    let text = |template: &str| NumberSeriesText {
        template: template.to_owned(),
        first: 1,
    };
    NumberSeriesRequest {
        invoice: text(invoice),
        credit_note: text(credit_note),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_template_never_gives_a_number_twice() {
    let folder = tempfile::tempdir().unwrap();
    let (app, customer) = sample(&folder, "Nordlicht").await;
    let now = app.number_series_get(Nothing {}).await.unwrap();
    assert_eq!(now.invoice.template, "HS-{YYYY}-{0000}");
    assert_eq!(
        (now.next_invoice.as_str(), now.next_credit_note.as_str()),
        ("HS-2026-0001", "CN-HS-2026-0001")
    );
    let first = finalize(&app, &customer, "2026-08").await.row.number;
    assert_eq!(first.as_deref(), Some("HS-2026-0001"));

    for (wanted, path, code) in [
        (
            series("INV-{YYYY}", "CN-{0}"),
            "invoice.template",
            "no_counter",
        ),
        (
            series("INV-{0}", "CN-{MM}-{0}"),
            "creditNote.template",
            "unknown_placeholder",
        ),
        (
            series("A-{000}", "A-{0000}"),
            "creditNote.template",
            "same_as_invoices",
        ),
        // It would come to HS-2026-0001 as a text of another series.
        (
            series("HS-2026-{0000}", "CN-{0}"),
            "invoice.template",
            "none",
        ),
        (
            series("HS-2026{-0}", "CN-{0}"),
            "invoice.template",
            "no_counter",
        ),
        (
            series("HS-2026-0{000}", "CN-{0}"),
            "invoice.template",
            "number_taken",
        ),
    ] {
        let tried = app.number_series_try(wanted.clone()).await;
        match tried {
            Ok(reply) => {
                // The same text around the counter is the same series: it goes on.
                assert_eq!(code, "none");
                assert_eq!(reply.next_invoice, "HS-2026-0002");
            }
            Err(error) => {
                assert!(faults(&error).contains(&(path, code)), "{error}");
                assert!(app.number_series_save(wanted).await.is_err());
            }
        }
    }
    let other = app
        .number_series_save(series("R{YY}/{00000}", "G{YY}/{000}"))
        .await
        .unwrap();
    assert_eq!(
        (other.next_invoice.as_str(), other.next_credit_note.as_str()),
        ("R26/00001", "G26/001")
    );
    let second = finalize(&app, &customer, "2026-09").await.row.number;
    assert_eq!(second.as_deref(), Some("R26/00001"));
    // Back again: it goes on where it was.
    app.number_series_save(series("HS-{YYYY}-{00000}", "G{YY}/{000}"))
        .await
        .unwrap();
    let third = finalize(&app, &customer, MONTH).await.row.number;
    assert_eq!(third.as_deref(), Some("HS-2026-00002"));
    verify(&app, 3).await;
}

async fn give_up(app: &App, id: &str, reverse: bool) -> Result<PaymentListReply, ApiError> {
    let request = InvoiceWriteOffRequest {
        invoice_id: id.to_owned(),
        reason: "insolvent".to_owned(),
        reverse,
    };
    app.invoice_write_off(request).await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_given_up_comes_back_by_a_second_entry() {
    let folder = tempfile::tempdir().unwrap();
    let (app, customer) = sample(&folder, "Nordlicht").await;
    let id = finalize(&app, &customer, MONTH).await.row.id.unwrap();
    let pay = |amount: &str| PaymentAddRequest {
        invoice_id: id.clone(),
        amount: amount.to_owned(),
        currency: "EUR".to_owned(),
        received_on: None,
        reference: String::new(),
        refund: false,
    };
    app.payment_add(pay("94.05")).await.unwrap();
    let lost = give_up(&app, &id, false).await.unwrap();
    assert_eq!(lost.state, PaymentState::Uncollectible);
    assert_eq!(
        (
            lost.written_off.amount.0.as_str(),
            lost.open.amount.0.as_str()
        ),
        ("800.00", "0.00")
    );
    assert_eq!(
        reason(&give_up(&app, &id, false).await.unwrap_err()),
        "invoice_written_off"
    );
    assert_eq!(
        reason(&app.payment_add(pay("1")).await.unwrap_err()),
        "invoice_written_off"
    );
    let back = give_up(&app, &id, true).await.unwrap();
    assert_eq!(
        (back.state, back.write_offs.len()),
        (PaymentState::PartlyPaid, 2)
    );
    assert_eq!(
        reason(&give_up(&app, &id, true).await.unwrap_err()),
        "not_written_off"
    );
    let paid = app.payment_add(pay("800")).await.unwrap();
    assert_eq!(paid.state, PaymentState::Paid);
    assert_eq!(
        reason(&give_up(&app, &id, false).await.unwrap_err()),
        "nothing_open"
    );
    // Paid: it cannot be void, and so not made anew.
    let again = InvoiceReissueRequest {
        id: id.clone(),
        reason: "wrong".to_owned(),
        job_id: "again".to_owned(),
    };
    let refused = app.invoice_reissue(again, quiet()).await.unwrap_err();
    assert!(refused.params["rule"].contains("payments"), "{refused}");
    verify(&app, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invoice_is_made_anew_under_the_next_number() {
    let folder = tempfile::tempdir().unwrap();
    let (app, customer) = sample(&folder, "Nordlicht").await;
    let old = finalize(&app, &customer, MONTH).await.row;
    let request = InvoiceReissueRequest {
        id: old.id.unwrap(),
        reason: "wrong address".to_owned(),
        job_id: "again".to_owned(),
    };
    let done = app.invoice_reissue(request, quiet()).await.unwrap();
    let new = &done.invoices[0];
    assert_eq!(
        (new.net.clone(), new.number.as_deref()),
        (old.net, Some("HS-2026-0002"))
    );
    let shown = common::draft(&app, &customer, MONTH).await;
    assert_eq!(shown.replaces, old.number);
    verify(&app, 2).await;
}
