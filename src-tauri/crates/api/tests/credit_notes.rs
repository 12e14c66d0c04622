//! Credit notes through the use cases, on a real file: tried, refused, issued, printed, verified.
//! The credit of grants goes back, and nothing can be overdone.

mod common;

use common::{credit, finalize, grant, kinds, sample, verify, wanted};
use ratebook_api::wire::{
    CreditEntryKind, CreditGrantCreateRequest, CreditKind, CreditNoteCreateRequest,
    CreditNoteListReply, CreditNoteListRequest, CreditNotePdfSaveRequest, CreditNoteTryRequest,
    CreditTaxWord, DecimalString, InvoiceVoidRequest, MoneyText, TakeBackLine, TakeBackText,
};
use ratebook_api::{ApiError, App, ErrorCode};

fn all() -> TakeBackText {
    TakeBackText {
        all: true,
        lines: Vec::new(),
        amount: None,
    }
}

fn line(line: u32, amount: Option<&str>) -> TakeBackText {
    let amount = amount.map(|amount| DecimalString(amount.to_owned()));
    TakeBackText {
        all: false,
        lines: vec![TakeBackLine { line, amount }],
        amount: None,
    }
}

fn request(invoice: &str, asked: TakeBackText, reason: &str) -> CreditNoteCreateRequest {
    CreditNoteCreateRequest {
        einvoice: None,
        invoice_id: invoice.to_owned(),
        asked,
        reason: reason.to_owned(),
    }
}

async fn list(app: &App, invoice: &str) -> CreditNoteListReply {
    let invoice_id = invoice.to_owned();
    let request = CreditNoteListRequest { invoice_id };
    app.credit_note_list(request).await.unwrap()
}

fn faults(error: &ApiError) -> Vec<(&str, &str)> {
    let issues = error.issues.iter();
    let faults = issues.map(|issue| (issue.path.as_str(), issue.code.as_str()));
    faults.collect()
}

fn cents(money: &MoneyText) -> i64 {
    money.amount.0.replace('.', "").parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invoice_is_taken_back_in_parts_and_then_whole() {
    let folder = tempfile::tempdir().unwrap();
    let (app, customer) = sample(&folder, "Alpenrad").await;
    grant(&app, wanted(&customer, "3.00")).await;
    let voucher = CreditGrantCreateRequest {
        kind: CreditKind::Promotional,
        tax: CreditTaxWord::PostTax,
        ..wanted(&customer, "1.00")
    };
    grant(&app, voucher).await;
    let invoice = finalize(&app, &customer, "2026-10").await;
    let id = invoice.row.id.clone().unwrap();
    let before = list(&app, &id).await;
    assert_eq!(before.left, invoice.row.net);
    assert_eq!(before.lines.len(), invoice.lines.len());
    assert!(
        before.next_number.starts_with("CN-HS-"),
        "{}",
        before.next_number
    );

    let part = app.credit_note_create(request(&id, line(1, Some("1.25")), "agreed by phone"));
    let part = part.await.unwrap();
    assert_eq!(part.number, before.next_number);
    assert_eq!(part.net.amount.0, "1.25");
    // Money first: the credit of grants goes back when more is taken back than was paid.
    assert_eq!(part.total, part.payable);
    let tried = app.credit_note_try(CreditNoteTryRequest {
        invoice_id: id.clone(),
        asked: all(),
    });
    let tried = tried.await.unwrap();
    let rest = app
        .credit_note_create(request(&id, all(), "wrong plan"))
        .await
        .unwrap();
    assert_eq!((&rest.net, &rest.tax), (&tried.net, &tried.tax));
    assert_eq!((&rest.total, &rest.payable), (&tried.total, &tried.payable));

    let sum = |of: fn(&ratebook_api::wire::CreditNoteRow) -> &MoneyText| {
        cents(of(&part)) + cents(of(&rest))
    };
    assert_eq!(sum(|note| &note.net), cents(&invoice.row.net));
    assert_eq!(sum(|note| &note.tax), cents(&invoice.tax));
    assert_eq!(sum(|note| &note.total), cents(&invoice.row.total));
    assert_eq!(sum(|note| &note.payable), cents(&invoice.payable));
    let after = list(&app, &id).await;
    assert_eq!(cents(&after.left), 0);
    let numbers: Vec<&str> = after
        .notes
        .iter()
        .map(|note| note.number.as_str())
        .collect();
    assert_eq!(numbers, [&part.number, &rest.number]);
    let back = credit(&app, &customer).await;
    let entries = kinds(&back);
    let given = entries
        .iter()
        .filter(|(kind, ..)| *kind == CreditEntryKind::GivenBack);
    let given: Vec<&str> = given.map(|(_, amount, _)| *amount).collect();
    assert_eq!(given, ["3.00", "1.00"]);
    assert_eq!(back.balance.amount.0, "4.00");
    verify(&app, 1).await;

    let nothing = app
        .credit_note_create(request(&id, all(), "again"))
        .await
        .unwrap_err();
    assert_eq!(faults(&nothing), [("asked", "nothing_left")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_taken_back_is_said_at_its_field_and_takes_no_number() {
    let folder = tempfile::tempdir().unwrap();
    let (app, customer) = sample(&folder, "Alpenrad").await;
    let invoice = finalize(&app, &customer, "2026-10").await;
    let id = invoice.row.id.clone().unwrap();
    let number = list(&app, &id).await.next_number;
    let amount = |text: &str| TakeBackText {
        all: false,
        lines: Vec::new(),
        amount: Some(DecimalString(text.to_owned())),
    };
    let none = TakeBackText {
        all: false,
        ..all()
    };
    for (asked, reason, expected) in [
        (all(), " ", ("reason", "required")),
        (none, "why", ("asked", "required")),
        (line(99, None), "why", ("lines[0].amount", "no_line")),
        (
            line(1, Some("1000000")),
            "why",
            ("lines[0].amount", "too_much"),
        ),
        (line(1, Some("0.001")), "why", ("lines[0].amount", "amount")),
        (
            line(1, Some("-1")),
            "why",
            ("lines[0].amount", "not_of_line"),
        ),
        (amount("1000000"), "why", ("amount", "too_much")),
        (amount("0"), "why", ("amount", "nothing_taken_back")),
        (amount("ten"), "why", ("amount", "amount")),
    ] {
        let refused = app
            .credit_note_create(request(&id, asked, reason))
            .await
            .unwrap_err();
        assert_eq!(refused.code, ErrorCode::Invalid);
        assert_eq!(faults(&refused), [expected]);
    }
    assert_eq!(list(&app, &id).await.next_number, number);
    verify(&app, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_void_invoice_has_no_credit_notes_and_a_credited_one_is_not_void() {
    let folder = tempfile::tempdir().unwrap();
    let (app, customer) = sample(&folder, "Alpenrad").await;
    let id = finalize(&app, &customer, "2026-10").await.row.id.unwrap();
    app.credit_note_create(request(&id, line(1, Some("1")), "agreed"))
        .await
        .unwrap();
    let void = |id: &str| InvoiceVoidRequest {
        id: id.to_owned(),
        reason: "wrong address".to_owned(),
    };
    let refused = app.invoice_void(void(&id)).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::Refused);
    assert!(
        refused.to_line().contains("credit notes"),
        "{}",
        refused.to_line()
    );
    let other = finalize(&app, &customer, "2026-09").await.row.id.unwrap();
    app.invoice_void(void(&other)).await.unwrap();
    let refused = app
        .credit_note_create(request(&other, all(), "agreed"))
        .await
        .unwrap_err();
    assert_eq!(refused.code, ErrorCode::Refused);
    assert_eq!(
        refused.params.get("reason").map(String::as_str),
        Some("invoice_void")
    );
    verify(&app, 2).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_paper_names_the_invoice_and_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    let (app, customer) = sample(&folder, "Nordlicht").await;
    let invoice = finalize(&app, &customer, "2026-10").await;
    let id = invoice.row.id.clone().unwrap();
    let note = app
        .credit_note_create(request(&id, all(), "Doppelt <berechnet>"))
        .await
        .unwrap();
    let file = folder.path().join("note.pdf");
    let save = CreditNotePdfSaveRequest {
        einvoice: None,
        id: note.id.clone(),
        path: file.display().to_string(),
    };
    app.credit_note_pdf_save(save).await.unwrap();
    let output = std::process::Command::new("pdftotext")
        .arg("-layout")
        .arg(&file)
        .arg("-")
        .output();
    let text = String::from_utf8(output.unwrap().stdout).unwrap();
    let number = invoice.row.number.unwrap();
    for words in [
        "Gutschrift",
        &note.number,
        &number,
        "Doppelt <berechnet>",
        "−751,30",
        "−142,75",
        "894,05",
    ] {
        assert!(text.contains(words), "no {words:?} on the paper:\n{text}");
    }
}
