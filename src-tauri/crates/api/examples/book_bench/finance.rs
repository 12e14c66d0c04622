//! What finance waits for: e-invoices inside of PDFs, the page of a draft after an edit, and the
//! way from an invoice's line down to its events.

use super::{Outcome, median, quiet, text};
use ratebook_api::App;
use ratebook_api::wire::{
    BankText, CompanySaveRequest, ContactText, DraftEditText, EinvoiceFormat,
    InvoiceDraftSaveRequest, InvoiceGetRequest, InvoicePdfSaveRequest, ManualLineText, Nothing,
    UsageEventListRequest,
};
use std::path::Path;
use std::time::Instant;

/// A seller with all that an e-invoice asks for.
pub async fn seller(app: &App) -> Outcome<()> {
    let mut company = app.company_get(Nothing {}).await?.company;
    company.name = "Bench".to_owned();
    company.legal_name = "Bench GmbH".to_owned();
    company.address.lines = vec!["Straße 1".to_owned()];
    company.address.postcode = "10115".to_owned();
    company.address.city = "Berlin".to_owned();
    company.address.country = "DE".to_owned();
    company.tax_id = "DE136695976".to_owned();
    company.email = "billing@bench.example".to_owned();
    company.contact = ContactText {
        name: "Billing".to_owned(),
        phone: "+49 30 1234567".to_owned(),
    };
    company.bank = BankText {
        holder: "Bench GmbH".to_owned(),
        account: "DE89370400440532013000".to_owned(),
        bic: "COBADEFFXXX".to_owned(),
        bank_name: "Commerzbank".to_owned(),
    };
    app.company_save(CompanySaveRequest { company }).await?;
    Ok(())
}

/// The page of a draft, each time after its note was edited.
pub async fn preview(app: &App, customers: &[String]) -> Outcome<()> {
    let mut times = Vec::new();
    for (number, customer) in customers.iter().cycle().take(50).enumerate() {
        let began = Instant::now();
        let line = ManualLineText {
            text: format!("Support, {number} hours"),
            quantity: text("1"),
            unit_price: text("90"),
            tax: None,
        };
        app.invoice_draft_save(InvoiceDraftSaveRequest {
            customer_id: customer.clone(),
            month: "2026-10".to_owned(),
            edit: DraftEditText {
                currency: "EUR".to_owned(),
                lines: vec![line],
                discount: None,
                note: format!("Edit {number}"),
                purchase_order: String::new(),
                buyer_reference: String::new(),
                internal_note: String::new(),
            },
        })
        .await?;
        app.invoice_pages(InvoiceGetRequest {
            id: None,
            customer_id: Some(customer.clone()),
            month: Some("2026-10".to_owned()),
        })
        .await?;
        times.push(began.elapsed());
    }
    println!(
        "page of a draft after an edit: median {}",
        median(&mut times)
    );
    Ok(())
}

/// Final invoices as PDF/A-3 with their EN 16931 XML inside.
pub async fn hybrids(app: &App, folder: &Path, ids: &[String]) -> Outcome<()> {
    let out = folder.join("factur-x");
    std::fs::create_dir_all(&out)?;
    let request = InvoicePdfSaveRequest {
        einvoice: Some(EinvoiceFormat::FacturX),
        ids: ids.to_vec(),
        draft_customer_ids: Vec::new(),
        month: None,
        path: out.display().to_string(),
        job_id: "hybrids".to_owned(),
    };
    let began = Instant::now();
    let files = app.invoice_pdf_save(request, quiet()).await?.files.len();
    let took = began.elapsed().as_secs_f64();
    println!(
        "{files} invoices as PDF/A-3 with XML: {took:.2} s, {:.0}/s",
        files as f64 / took
    );
    Ok(())
}

/// An invoice's lines with their explanations, and the first page of events of its first model.
pub async fn explained(app: &App, ids: &[String]) -> Outcome<()> {
    let mut times = Vec::new();
    for id in ids.iter().take(50) {
        let began = Instant::now();
        let invoice = app
            .invoice_get(InvoiceGetRequest {
                id: Some(id.clone()),
                customer_id: None,
                month: None,
            })
            .await?;
        let line = invoice.lines.iter().find(|line| line.model.is_some());
        let line = line.ok_or("no line of a model")?;
        let page = app
            .usage_event_list(UsageEventListRequest {
                from: invoice.from.clone(),
                to: invoice.to.clone(),
                customer_id: Some(invoice.row.customer_id.clone()),
                model: line.model.clone(),
                cursor: None,
                limit: 100,
            })
            .await?;
        times.push(began.elapsed());
        assert!(!page.events.is_empty(), "{:?} has no events", line.model);
        assert!(!line.steps.is_empty(), "a line is explained");
    }
    println!(
        "a line of an invoice down to its first 100 events: median {}",
        median(&mut times)
    );
    Ok(())
}
