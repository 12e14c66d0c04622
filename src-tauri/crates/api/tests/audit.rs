//! The audit log through the use cases: who, what and why, found again, written out, and proved.

mod common;

use common::{finalize, grant, quiet, sample, verify, wanted};
use ratebook_api::wire::{
    AuditExportRequest, AuditFilterText, AuditGetRequest, AuditListReply, AuditListRequest,
    InvoiceVerifyRequest, InvoiceVoidRequest, Nothing, PaymentAddRequest, PaymentReverseRequest,
};
use ratebook_api::{App, ErrorCode};

fn all() -> AuditFilterText {
    AuditFilterText {
        search: String::new(),
        area: None,
        object: None,
        from: None,
        to: None,
    }
}

async fn log(app: &App, filter: AuditFilterText) -> AuditListReply {
    let request = AuditListRequest {
        filter,
        skip: 0,
        limit: 100,
    };
    app.audit_list(request).await.unwrap()
}

fn said(reply: &AuditListReply) -> Vec<(&str, &str, &str)> {
    let rows = reply.rows.iter();
    let said = rows.map(|row| (row.code.as_str(), row.subject.as_str(), row.reason.as_str()));
    said.collect()
}

async fn a_wrong_filter_is_named(app: &App) {
    let wrong = AuditListRequest {
        filter: AuditFilterText {
            from: Some("yesterday".to_owned()),
            area: Some("weather".to_owned()),
            ..all()
        },
        skip: 0,
        limit: 1,
    };
    let refused = app.audit_list(wrong).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::Invalid);
    let faults: Vec<&str> = refused
        .issues
        .iter()
        .map(|issue| issue.path.as_str())
        .collect();
    assert_eq!(faults, ["from", "area"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_done_is_found_by_kind_day_object_and_word() {
    let folder = tempfile::tempdir().unwrap();
    let (app, customer) = sample(&folder, "Nordlicht").await;
    grant(&app, wanted(&customer, "50")).await;
    app.undo(Nothing {}).await.unwrap();
    let row = finalize(&app, &customer, "2026-10").await.row;
    let (id, number) = (row.id.unwrap(), row.number.unwrap());
    let paid = PaymentAddRequest {
        invoice_id: id.clone(),
        amount: "10".to_owned(),
        currency: "EUR".to_owned(),
        received_on: None,
        reference: "SEPA 1".to_owned(),
        refund: false,
    };
    let paid = app.payment_add(paid).await.unwrap();
    let reverse = PaymentReverseRequest {
        id: paid.entries[0].id.clone(),
        reason: "another customer".to_owned(),
    };
    app.payment_reverse(reverse).await.unwrap();
    let void = InvoiceVoidRequest {
        id: id.clone(),
        reason: "wrong address".to_owned(),
    };
    app.invoice_void(void).await.unwrap();
    let name = "Nordlicht Versicherung AG";
    let reply = log(&app, all()).await;
    let undone = format!("credit_grant_create {name}");
    let expected = [
        ("invoice_void", number.as_str(), "wrong address"),
        ("payment_reverse", &number, "another customer"),
        ("payment_add", &number, ""),
        ("invoice_finalize", &number, ""),
        ("undo", &undone, ""),
        ("credit_grant_create", name, ""),
    ];
    assert_eq!(said(&reply)[..6], expected);
    assert_eq!(said(&reply).last().unwrap().0, "book_create");

    let of_invoice = AuditFilterText {
        object: Some(id),
        ..all()
    };
    assert_eq!(log(&app, of_invoice).await.total.0, 4);
    let payments = AuditFilterText {
        area: Some("payment".to_owned()),
        search: "ANOTHER".to_owned(),
        ..all()
    };
    assert_eq!(said(&log(&app, payments).await).len(), 1);
    let day = |day: &str| AuditFilterText {
        from: Some(day.to_owned()),
        to: Some(day.to_owned()),
        ..all()
    };
    assert_eq!(log(&app, day("2026-11-23")).await.total, reply.total);
    assert_eq!(log(&app, day("2026-11-22")).await.total.0, 0);
    a_wrong_filter_is_named(&app).await;
    let seq = reply.rows[0].seq;
    let entry = app.audit_get(AuditGetRequest { seq }).await.unwrap();
    let fields = &entry.changes[0].rows[0].fields;
    let status = fields.iter().find(|field| field.name == "status").unwrap();
    assert_eq!(status.after.as_deref(), Some("void"));
    verify(&app, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_goes_into_a_file_and_a_change_by_hand_is_a_finding() {
    let folder = tempfile::tempdir().unwrap();
    let (app, customer) = sample(&folder, "Nordlicht").await;
    finalize(&app, &customer, "2026-10").await;
    let path = folder.path().join("log.csv").display().to_string();
    let request = AuditExportRequest {
        filter: all(),
        path: path.clone(),
    };
    let written = app.audit_export(request).await.unwrap().rows.0;
    let text = std::fs::read_to_string(&path).unwrap();
    assert_eq!(u64::try_from(text.lines().count()).unwrap(), written + 1);
    assert!(
        text.starts_with("entry,at,who,program,what,subject,reason,objects,hash\n1,"),
        "{text}"
    );

    let book = folder.path().join("books/sample.ratebook");
    let raw = rusqlite::Connection::open(book).unwrap();
    raw.execute_batch(
        "DROP TRIGGER audit_entry_update;
        UPDATE audit_entry SET who = 'somebody else' WHERE seq = 2;",
    )
    .unwrap();
    let request = InvoiceVerifyRequest {
        id: None,
        job_id: "verify".to_owned(),
    };
    let findings = app.invoice_verify(request, quiet()).await.unwrap().findings;
    let found: Vec<_> = findings
        .iter()
        .map(|f| (f.code.as_str(), f.subject.as_str()))
        .collect();
    assert_eq!(found, [("audit", "audit entry 2")]);
}
