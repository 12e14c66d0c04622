//! A book as a person makes it: the party data are entered in the two forms, a month is finalized,
//! and what is saved passes the rules of others. Nothing is put into the e-invoices by the test.

use super::validator::Folder;
use ratebook_api::wire::{
    CompanySaveRequest, CreditNoteCreateRequest, CustomerGetRequest, CustomerListRequest,
    CustomerSaveRequest, CustomerText, EinvoiceFormat, EinvoiceSaveRequest, EndpointText,
    InvoiceFinalizeRequest, Nothing, TakeBackText,
};
use ratebook_api::{App, Surroundings};
use ratebook_einvoice::Format;
use ratebook_money::Timestamp;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Ids of one run must not be those of another, though the clock stands still.
fn next() -> u128 {
    static COUNT: AtomicU64 = AtomicU64::new(1);
    u128::from(COUNT.fetch_add(1, Ordering::Relaxed)) << 64
}

async fn customer(app: &App, name: &str) -> CustomerText {
    let request = CustomerListRequest {
        search: name.to_owned(),
        archived: false,
        month: None,
    };
    let id = app.customer_list(request).await.expect("a list").rows[0]
        .id
        .clone();
    let reply = app.customer_get(CustomerGetRequest { id }).await;
    reply.expect("a customer").customer
}

/// What each of three customers wants, and what is entered for it.
async fn enter(app: &App) -> Vec<(String, EinvoiceFormat, Format)> {
    let mut company = app
        .company_get(Nothing {})
        .await
        .expect("a company")
        .company;
    company.contact.name = "Mara Lind".to_owned();
    company.contact.phone = "+49 30 5550 142".to_owned();
    company.endpoint = EndpointText {
        scheme: "9930".to_owned(),
        id: "DE301884703".to_owned(),
    };
    app.company_save(CompanySaveRequest { company })
        .await
        .expect("saved");
    let leitweg = "04011000-12345-03";
    let wanted = [
        (
            "Nordlicht",
            EinvoiceFormat::Xrechnung,
            Format::Xrechnung,
            ("0204", leitweg),
        ),
        (
            "Alpenrad",
            EinvoiceFormat::Peppol,
            Format::Peppol,
            ("9914", "ATU66889218"),
        ),
        (
            "Tessera",
            EinvoiceFormat::XrechnungUbl,
            Format::XrechnungUbl,
            ("0211", "IT09876540908"),
        ),
        (
            "Kestrel",
            EinvoiceFormat::FacturX,
            Format::FacturX,
            ("", ""),
        ),
    ];
    let mut all = Vec::new();
    for (name, word, format, (scheme, id)) in wanted {
        let mut customer = customer(app, name).await;
        customer.einvoice = Some(word);
        customer.reference = leitweg.to_owned();
        customer.order_reference = "4500118226".to_owned();
        customer.endpoint = EndpointText {
            scheme: scheme.to_owned(),
            id: id.to_owned(),
        };
        all.push((customer.id.clone(), word, format));
        app.customer_save(CustomerSaveRequest { customer })
            .await
            .expect("saved");
    }
    all
}

async fn save(app: &App, (ids, notes): (Vec<String>, Vec<String>), path: &Path) -> Vec<String> {
    let request = EinvoiceSaveRequest {
        ids,
        credit_note_ids: notes,
        format: None,
        path: path.display().to_string(),
    };
    app.einvoice_save(request)
        .await
        .unwrap_or_else(|error| panic!("{error}"))
        .files
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_person_entered_passes_the_rules_of_others() {
    let folder = tempfile::tempdir().expect("a folder");
    let app = App::new(Surroundings {
        now: || Timestamp::parse("2026-11-23T10:00:00Z").expect("a time"),
        random: next,
        config_folder: folder.path().join("config"),
        book_folder: folder.path().join("books"),
    });
    app.book_sample_open(Nothing {}).await.expect("the sample");
    let wanted = enter(&app).await;
    let request = InvoiceFinalizeRequest {
        month: "2026-10".to_owned(),
        customer_ids: wanted.iter().map(|(id, ..)| id.clone()).collect(),
        job_id: "finalize".to_owned(),
    };
    let done = app
        .invoice_finalize(request, Arc::new(|_| {}))
        .await
        .expect("final");
    assert_eq!(
        (done.invoices.len(), done.held.len()),
        (4, 0),
        "{:?}",
        done.held
    );
    let files = Folder::new();
    for (id, _, format) in &wanted {
        let mut rows = done.invoices.iter().filter(|row| row.customer_id == *id);
        let invoice = rows
            .next()
            .and_then(|row| row.id.clone())
            .expect("an invoice");
        let request = CreditNoteCreateRequest {
            einvoice: None,
            invoice_id: invoice.clone(),
            asked: TakeBackText {
                all: true,
                lines: Vec::new(),
                amount: None,
            },
            reason: "As agreed".to_owned(),
        };
        let note = app
            .credit_note_create(request)
            .await
            .expect("a credit note");
        for (kind, target) in [
            ("invoice", (vec![invoice], Vec::new())),
            ("note", (Vec::new(), vec![note.id])),
        ] {
            let saved = save(&app, target, folder.path()).await;
            // Of a hybrid one the structure is looked at elsewhere.
            if !format.is_hybrid() {
                let text = fs::read_to_string(&saved[0]).expect("the file");
                files.add(kind, *format, &text);
            }
        }
    }
    let verdicts = files.judge();
    assert_eq!(verdicts.len(), 6);
    let wrong: Vec<String> = verdicts.iter().flat_map(super::complaints).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
