//! E-invoices through the use cases, on a real file: what is missing holds the draft, is entered,
//! and then the files are written; nothing is written half.

mod common;

use common::{quiet, sample};
use ratebook_api::wire::CompanySaveRequest;
use ratebook_api::wire::{
    CompanyText, CreditNoteCreateRequest, CreditNotePdfSaveRequest, CustomerGetRequest,
    CustomerSaveRequest, CustomerText, EinvoiceFormat, EinvoiceSaveRequest, EndpointText,
    InvoiceFinalizeReply, InvoiceFinalizeRequest, InvoiceGetRequest, InvoiceListRequest,
    InvoicePdfSaveRequest, InvoiceRow, IssueText, Nothing, TakeBackText, TaxKind,
    TaxProposeRequest,
};
use ratebook_api::{ApiError, App};
use std::path::Path;

async fn customer(app: &App, id: &str) -> CustomerText {
    let request = CustomerGetRequest { id: id.to_owned() };
    app.customer_get(request).await.unwrap().customer
}

async fn save(app: &App, customer: CustomerText) -> Result<(), ApiError> {
    let saved = app.customer_save(CustomerSaveRequest { customer }).await;
    saved.map(|_| ())
}

async fn company(app: &App) -> CompanyText {
    app.company_get(Nothing {}).await.unwrap().company
}

async fn save_company(app: &App, company: CompanyText) -> Result<(), ApiError> {
    let saved = app.company_save(CompanySaveRequest { company }).await;
    saved.map(|_| ())
}

async fn row(app: &App, customer: &str) -> InvoiceRow {
    let month = Some("2026-10".to_owned());
    let rows = app
        .invoice_list(InvoiceListRequest { month })
        .await
        .unwrap()
        .rows;
    rows.into_iter()
        .find(|row| row.customer_id == customer)
        .unwrap()
}

async fn finalize_month(app: &App) -> InvoiceFinalizeReply {
    let request = InvoiceFinalizeRequest {
        month: "2026-10".to_owned(),
        customer_ids: Vec::new(),
        job_id: "finalize".to_owned(),
    };
    app.invoice_finalize(request, quiet()).await.unwrap()
}

fn named(issues: &[IssueText]) -> Vec<String> {
    let each = issues
        .iter()
        .map(|issue| format!("{} {}", issue.path, issue.code));
    each.collect()
}

fn files(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_einvoice_lacks_holds_its_draft_until_it_is_entered() {
    let folder = tempfile::tempdir().unwrap();
    let (app, id) = sample(&folder, "Nordlicht").await;
    let mut wanting = customer(&app, &id).await;
    wanting.einvoice = Some(EinvoiceFormat::Xrechnung);
    wanting.reference = String::new();
    save(&app, wanting.clone()).await.unwrap();
    let mut own = company(&app).await;
    own.contact.phone = String::new();
    save_company(&app, own.clone()).await.unwrap();

    let draft = row(&app, &id).await;
    assert_eq!(draft.held, ["einvoice_incomplete"]);
    let lacks = [
        "customer.reference required",
        "company.contact.phone required",
    ];
    assert_eq!(named(&draft.einvoice_faults), lacks);

    let done = finalize_month(&app).await;
    assert_eq!(
        done.invoices.len(),
        11,
        "only the one that lacks something is held"
    );
    let held: Vec<&str> = done
        .held
        .iter()
        .map(|row| row.customer_id.as_str())
        .collect();
    assert_eq!(held, [id.as_str()]);
    assert_eq!(named(&done.held[0].einvoice_faults), lacks);

    own.contact.phone = "+49 30 5550 142".to_owned();
    save_company(&app, own).await.unwrap();
    wanting.reference = "04011000-12345-03".to_owned();
    wanting.order_reference = "4500118226".to_owned();
    wanting.endpoint = EndpointText {
        scheme: "0204".to_owned(),
        id: "04011000-12345-03".to_owned(),
    };
    save(&app, wanting).await.unwrap();
    assert_eq!(row(&app, &id).await.held, Vec::<String>::new());
    let done = finalize_month(&app).await;
    assert_eq!((done.invoices.len(), done.held.len()), (1, 0));

    let invoice = done.invoices[0].clone();
    let out = folder.path().join("out");
    std::fs::create_dir(&out).unwrap();
    let number = invoice.number.clone().unwrap();
    for (format, name) in [
        (None, format!("{number}.xml")),
        (Some(EinvoiceFormat::Peppol), format!("{number}.xml")),
        (Some(EinvoiceFormat::FacturX), format!("{number}.pdf")),
    ] {
        let request = EinvoiceSaveRequest {
            ids: vec![invoice.id.clone().unwrap()],
            credit_note_ids: Vec::new(),
            format,
            path: out.display().to_string(),
        };
        let reply = app.einvoice_save(request).await.unwrap();
        assert_eq!(reply.files, [out.join(&name).display().to_string()]);
        let bytes = std::fs::read(out.join(&name)).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        let mark = match format {
            None => "xeinkauf.de:kosit:xrechnung_3.0",
            Some(EinvoiceFormat::Peppol) => "<cbc:ID>4500118226</cbc:ID>",
            Some(_) => "<fx:ConformanceLevel>EN 16931<",
        };
        assert!(text.contains(mark), "{format:?}: {mark}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn papers_of_those_who_want_it_have_the_invoice_inside_and_credit_notes_too() {
    let folder = tempfile::tempdir().unwrap();
    let (app, id) = sample(&folder, "Nordlicht").await;
    let mut wanting = customer(&app, &id).await;
    wanting.einvoice = Some(EinvoiceFormat::FacturX);
    save(&app, wanting).await.unwrap();
    let done = finalize_month(&app).await;
    let out = folder.path().join("out");
    std::fs::create_dir(&out).unwrap();
    let request = InvoicePdfSaveRequest {
        ids: done
            .invoices
            .iter()
            .filter_map(|row| row.id.clone())
            .collect(),
        draft_customer_ids: Vec::new(),
        month: None,
        einvoice: None,
        path: out.display().to_string(),
        job_id: "pdf".to_owned(),
    };
    app.invoice_pdf_save(request, quiet()).await.unwrap();
    assert_eq!(files(&out).len(), 12);
    for row in &done.invoices {
        let name = format!("{}.pdf", row.number.clone().unwrap());
        let bytes = std::fs::read(out.join(&name)).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        assert_eq!(
            text.contains("factur-x.xml"),
            row.customer_id == id,
            "{}",
            row.customer
        );
    }
    let mut own = done.invoices.iter().filter(|row| row.customer_id == id);
    let request = CreditNoteCreateRequest {
        einvoice: None,
        invoice_id: own.next().unwrap().id.clone().unwrap(),
        asked: TakeBackText {
            all: true,
            lines: Vec::new(),
            amount: None,
        },
        reason: "As agreed".to_owned(),
    };
    let note = app.credit_note_create(request).await.unwrap();
    let path = |name: &str| out.join(name).display().to_string();
    for (einvoice, name, inside) in [
        (None, "a.pdf", true),
        (Some(EinvoiceFormat::Ubl), "b.pdf", false),
    ] {
        let request = CreditNotePdfSaveRequest {
            id: note.id.clone(),
            einvoice,
            path: path(name),
        };
        app.credit_note_pdf_save(request).await.unwrap();
        let bytes = std::fs::read(out.join(name)).unwrap();
        let found = String::from_utf8_lossy(&bytes).contains("factur-x.xml");
        assert_eq!(found, inside, "{name}");
    }
    let beside = std::fs::read_to_string(out.join("b.xml")).unwrap();
    assert!(beside.contains("<cbc:CreditNoteTypeCode>381<"), "{beside}");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_missing_datum_leaves_no_file_behind() {
    let folder = tempfile::tempdir().unwrap();
    let (app, _) = sample(&folder, "Nordlicht").await;
    let done = finalize_month(&app).await;
    let out = folder.path().join("out");
    std::fs::create_dir(&out).unwrap();
    let request = InvoicePdfSaveRequest {
        ids: done
            .invoices
            .iter()
            .filter_map(|row| row.id.clone())
            .collect(),
        draft_customer_ids: Vec::new(),
        month: None,
        einvoice: Some(EinvoiceFormat::Peppol),
        path: out.display().to_string(),
        job_id: "pdf".to_owned(),
    };
    let refused = app
        .invoice_pdf_save(request.clone(), quiet())
        .await
        .unwrap_err();
    assert!(refused.issues.len() > 1, "{refused}");
    let mut issues = refused.issues.iter();
    assert!(
        issues.all(|issue| issue.path == "customer.reference"),
        "{refused}"
    );
    assert_eq!(files(&out), Vec::<String>::new());

    let request = InvoicePdfSaveRequest {
        einvoice: Some(EinvoiceFormat::Ubl),
        ..request
    };
    let reply = app.invoice_pdf_save(request, quiet()).await.unwrap();
    assert_eq!((files(&out).len(), reply.files.len()), (24, 24));
    let unwanted = EinvoiceSaveRequest {
        ids: done.invoices[..1]
            .iter()
            .filter_map(|row| row.id.clone())
            .collect(),
        credit_note_ids: Vec::new(),
        format: None,
        path: out.display().to_string(),
    };
    let refused = app.einvoice_save(unwanted).await.unwrap_err();
    assert_eq!(named(&refused.issues), ["customer.einvoice required"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn faults_of_party_data_stand_at_their_fields() {
    let folder = tempfile::tempdir().unwrap();
    let (app, id) = sample(&folder, "Nordlicht").await;
    let mut wrong = customer(&app, &id).await;
    wrong.tax_id = "DE298117402".to_owned();
    wrong.endpoint = EndpointText {
        scheme: "9999".to_owned(),
        id: String::new(),
    };
    let refused = save(&app, wrong.clone()).await.unwrap_err();
    let faults = named(&refused.issues);
    for fault in [
        "taxId not_a_vat_id_of",
        "endpoint.scheme unknown_scheme",
        "endpoint.id required",
    ] {
        assert!(faults.contains(&fault.to_owned()), "{fault}: {faults:?}");
    }
    wrong.tax_id = "DE 298 117 401".to_owned();
    wrong.endpoint = EndpointText {
        scheme: "EM".to_owned(),
        id: "nowhere".to_owned(),
    };
    let refused = save(&app, wrong).await.unwrap_err();
    assert_eq!(named(&refused.issues), ["endpoint.id not_an_email"]);
    let mut own = company(&app).await;
    own.tax_id = "DE301884752".to_owned();
    let refused = save_company(&app, own).await.unwrap_err();
    assert_eq!(named(&refused.issues), ["taxId not_a_vat_id_of"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_usual_is_proposed_and_what_is_not_known_is_asked() {
    let folder = tempfile::tempdir().unwrap();
    let (app, _) = sample(&folder, "Nordlicht").await;
    let propose = async |country: &str, tax_id: &str| {
        let request = TaxProposeRequest {
            country: country.to_owned(),
            tax_id: tax_id.to_owned(),
        };
        let reply = app.tax_propose(request).await.unwrap();
        let tax = reply
            .tax
            .map(|tax| (tax.kind, tax.percent.map(|percent| percent.0)));
        (tax, reply.reason)
    };
    let (tax, reason) = propose("DE", "").await;
    let rate = Some((TaxKind::Rate, Some("19".to_owned())));
    assert_eq!((tax, reason.as_str()), (rate, "domestic"));
    let (tax, reason) = propose("AT", "ATU66889218").await;
    assert_eq!(
        (tax, reason.as_str()),
        (Some((TaxKind::ReverseCharge, None)), "union_business")
    );
    let (tax, reason) = propose("BR", "").await;
    assert_eq!((tax, reason.as_str()), (None, "no_rule"));
}

#[tokio::test(flavor = "multi_thread")]
async fn supplies_that_leave_have_their_categories() {
    let folder = tempfile::tempdir().unwrap();
    let (app, id) = sample(&folder, "Alpenrad").await;
    for (kind, category) in [(TaxKind::IntraCommunity, "K"), (TaxKind::Export, "G")] {
        let mut leaving = customer(&app, &id).await;
        leaving.tax.kind = kind;
        save(&app, leaving).await.unwrap();
        assert_eq!(customer(&app, &id).await.tax.kind, kind);
        let request = InvoiceGetRequest {
            id: None,
            customer_id: Some(id.clone()),
            month: Some("2026-10".to_owned()),
        };
        let taxes = app.invoice_get(request).await.unwrap().taxes;
        let found: Vec<&str> = taxes.iter().map(|tax| tax.category.as_str()).collect();
        assert_eq!(found, [category]);
    }
    app.undo(Nothing {}).await.unwrap();
    assert_eq!(customer(&app, &id).await.tax.kind, TaxKind::IntraCommunity);
}
