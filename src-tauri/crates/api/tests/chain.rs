//! The whole chain through the use cases, on a real file: sample book, drafts, final invoices,
//! PDFs, and the check that recomputes them.

use ratebook_api::wire::{
    InvoiceFinalizeRequest, InvoiceGetRequest, InvoiceListRequest, InvoicePdfSaveRequest,
    InvoiceRow, InvoiceState, InvoiceVerifyRequest, Nothing,
};
use ratebook_api::{App, Report, Surroundings};
use ratebook_money::Timestamp;
use std::path::Path;
use std::sync::Arc;

fn now() -> Timestamp {
    Timestamp::parse("2026-11-23T10:00:00Z").unwrap()
}

fn app(folder: &Path) -> App {
    App::new(Surroundings {
        now,
        random: || 7,
        config_folder: folder.join("config"),
        book_folder: folder.join("books"),
    })
}

fn quiet() -> Report {
    Arc::new(|_| {})
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sample_book_becomes_final_invoices_that_verify() {
    let folder = tempfile::tempdir().unwrap();
    let app = app(folder.path());
    let book = app
        .book_sample_open(Nothing {})
        .await
        .unwrap()
        .book
        .unwrap();
    assert!(book.sample);
    assert_eq!(book.customers.0, 12);
    assert_eq!(book.months, ["2026-10", "2026-09", "2026-08"]);
    let counts = app.book_counts(Nothing {}).await.unwrap();
    assert_eq!(
        counts.inbox.0, 0,
        "the sample has a price and a customer for all its usage"
    );
    assert_eq!(counts.drafts.0, 12);

    let list = app
        .invoice_list(InvoiceListRequest { month: None })
        .await
        .unwrap();
    assert_eq!(list.month, "2026-10");
    assert!(list.complete);
    let held: Vec<_> = list
        .rows
        .iter()
        .filter(|row| !row.held.is_empty())
        .collect();
    assert!(held.is_empty(), "{held:#?}");
    assert_eq!(list.rows.len(), 12);

    let request = InvoiceFinalizeRequest {
        month: "2026-10".to_owned(),
        customer_ids: Vec::new(),
        job_id: "finalize".to_owned(),
    };
    let done = app
        .invoice_finalize(request.clone(), quiet())
        .await
        .unwrap();
    let numbers: Vec<_> = done
        .invoices
        .iter()
        .filter_map(|row| row.number.clone())
        .collect();
    let expected: Vec<_> = (1..=12).map(|n| format!("HS-2026-{n:04}")).collect();
    assert_eq!(numbers, expected);
    for (draft, row) in list.rows.iter().map(|draft| {
        let same = done
            .invoices
            .iter()
            .find(|row| row.customer_id == draft.customer_id);
        (draft, same.unwrap())
    }) {
        assert_eq!(
            (&draft.net, &draft.total),
            (&row.net, &row.total),
            "{}",
            row.customer
        );
        assert_eq!(row.state, InvoiceState::Finalized);
    }
    let again = app.invoice_finalize(request, quiet()).await.unwrap();
    assert!(again.invoices.is_empty(), "a month is invoiced once");

    print_all(&app, folder.path(), &done.invoices).await;
    verify_all(&app, 12).await;
}

async fn print_all(app: &App, folder: &Path, invoices: &[InvoiceRow]) {
    let out = folder.join("out");
    std::fs::create_dir_all(&out).unwrap();
    let save = InvoicePdfSaveRequest {
        einvoice: None,
        ids: invoices.iter().filter_map(|row| row.id.clone()).collect(),
        draft_customer_ids: Vec::new(),
        month: None,
        path: out.display().to_string(),
        job_id: "pdf".to_owned(),
    };
    let files = app.invoice_pdf_save(save, quiet()).await.unwrap().files;
    assert_eq!(files.len(), invoices.len());
    for (file, row) in files.iter().zip(invoices) {
        assert!(std::fs::read(file).unwrap().starts_with(b"%PDF-"), "{file}");
        let request = InvoiceGetRequest {
            id: row.id.clone(),
            customer_id: None,
            month: None,
        };
        let invoice = app.invoice_get(request).await.unwrap();
        assert!(invoice.input_hash.is_some());
    }
}

async fn verify_all(app: &App, invoices: u64) {
    let verify = InvoiceVerifyRequest {
        id: None,
        job_id: "verify".to_owned(),
    };
    let verified = app.invoice_verify(verify, quiet()).await.unwrap();
    assert_eq!(verified.checked.0, invoices);
    assert!(verified.findings.is_empty(), "{:#?}", verified.findings);
}
