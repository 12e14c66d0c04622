//! What finance does after an invoice, through the use cases on a real file: what is owed by age,
//! statements of account, payments from a bank's file, and the hand-over to accounting.

mod common;

use common::{finalize, grant, sample, verify, wanted};
use ratebook_api::wire::{
    AccountingExportRequest, AccountingFormat, AccountingRequest, BankAccepted, BankAllocationText,
    BankConfidence, CreditNoteCreateRequest, InvoiceVoidRequest, PaymentAddRequest,
    PaymentImportPreviewReply, PaymentImportPreviewRequest, PaymentImportRequest,
    PaymentReverseRequest, ReceivableListReply, ReceivableListRequest, StatementReply,
    StatementRequest, StatementSaveRequest, TakeBackText,
};
use ratebook_api::{App, ErrorCode};
use std::path::Path;

async fn owed(app: &App) -> ReceivableListReply {
    let request = ReceivableListRequest { customer_id: None };
    app.receivable_list(request).await.unwrap()
}

fn payment(invoice: &str, amount: &str) -> PaymentAddRequest {
    PaymentAddRequest {
        invoice_id: invoice.to_owned(),
        amount: amount.to_owned(),
        currency: "EUR".to_owned(),
        received_on: Some("2026-11-23".to_owned()),
        reference: "SEPA 4711".to_owned(),
        refund: false,
    }
}

fn statement(customer: &str, from: Option<&str>, to: Option<&str>) -> StatementRequest {
    StatementRequest {
        customer_id: customer.to_owned(),
        from: from.map(str::to_owned),
        to: to.map(str::to_owned),
        currency: None,
    }
}

fn told(reply: &StatementReply) -> Vec<(String, String, String)> {
    let entries = reply.entries.iter().map(|entry| {
        let kind = serde_json::to_value(entry.kind).unwrap();
        let (amount, balance) = (&entry.amount.amount.0, &entry.balance.amount.0);
        (
            kind.as_str().unwrap().to_owned(),
            amount.clone(),
            balance.clone(),
        )
    });
    entries.collect()
}

async fn it_is_printed(app: &App, customer: &str, folder: &Path) {
    let path = folder.join("statement.pdf").display().to_string();
    let request = StatementSaveRequest {
        statement: statement(customer, None, None),
        path: path.clone(),
    };
    app.statement_save(request).await.unwrap();
    assert!(std::fs::read(path).unwrap().starts_with(b"%PDF"));
    let wrong = statement(customer, Some("2026-12-01"), Some("2026-11-01"));
    let refused = app.statement_get(wrong).await.unwrap_err();
    assert_eq!(refused.issues[0].path, "to");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_owed_is_the_closing_balance_of_the_statement() {
    let folder = tempfile::tempdir().unwrap();
    let (app, customer) = sample(&folder, "Nordlicht").await;
    assert!(owed(&app).await.invoices.is_empty());
    let id = finalize(&app, &customer, "2026-10").await.row.id.unwrap();
    let older = finalize(&app, &customer, "2026-09").await.row;
    let void = InvoiceVoidRequest {
        id: older.id.unwrap(),
        reason: "wrong plan".to_owned(),
    };
    app.payment_add(payment(&id, "400")).await.unwrap();
    app.invoice_void(void).await.unwrap();
    let note = CreditNoteCreateRequest {
        einvoice: None,
        invoice_id: id.clone(),
        asked: TakeBackText {
            all: false,
            lines: Vec::new(),
            amount: Some(ratebook_api::wire::DecimalString("100".to_owned())),
        },
        reason: "goodwill".to_owned(),
    };
    app.credit_note_create(note).await.unwrap();

    let reply = owed(&app).await;
    assert_eq!(reply.invoices.len(), 1, "the void one is not owed");
    assert_eq!(reply.invoices[0].payment.open.amount.0, "375.05");
    assert_eq!(reply.totals[0].not_due.amount.0, "375.05");
    assert_eq!(reply.customers[0].owed.amount.0, "375.05");
    let whole = app
        .statement_get(statement(&customer, None, None))
        .await
        .unwrap();
    assert_eq!(whole.opening.amount.0, "0.00");
    assert_eq!(whole.closing.amount.0, "375.05");
    assert_eq!(whole.ageing.owed, reply.totals[0].owed);
    let total = &older.total.amount.0;
    let mut expected = vec![
        ("invoice".to_owned(), total.clone()),
        ("void".to_owned(), format!("-{total}")),
        ("invoice".to_owned(), "894.05".to_owned()),
        ("credit_note".to_owned(), "-119.00".to_owned()),
        ("payment".to_owned(), "-400.00".to_owned()),
    ];
    let told = told(&whole);
    assert_eq!(told.last().unwrap().2, "375.05", "what is owed in the end");
    // All of it is of one day but the payment: their order is that of entering.
    let mut found: Vec<_> = told.into_iter().map(|(kind, of, _)| (kind, of)).collect();
    expected.sort();
    found.sort();
    assert_eq!(found, expected);
    // Days after all of it: the balance is brought forward.
    let later = statement(&customer, Some("2026-12-01"), Some("2026-12-31"));
    let later = app.statement_get(later).await.unwrap();
    assert_eq!(
        (later.opening.amount.0.as_str(), later.entries.len()),
        ("375.05", 0)
    );
    assert_eq!(later.ageing.to_30.amount.0, "375.05", "due on 7 December");

    it_is_printed(&app, &customer, folder.path()).await;
    verify(&app, 2).await;
}

async fn look(app: &App, path: &Path) -> PaymentImportPreviewReply {
    let request = PaymentImportPreviewRequest {
        path: path.display().to_string(),
        days: None,
    };
    app.payment_import_preview(request).await.unwrap()
}

fn sure(preview: &PaymentImportPreviewReply) -> Vec<BankAccepted> {
    let lines = preview.lines.iter();
    let sure = lines.filter(|line| line.confidence == BankConfidence::Sure);
    sure.map(|line| BankAccepted {
        key: line.key.clone(),
        allocations: line
            .allocations
            .iter()
            .map(|part| BankAllocationText {
                invoice_id: part.invoice_id.clone(),
                amount: part.amount.amount.0.clone(),
            })
            .collect(),
    })
    .collect()
}

/// Takes back the first payment of an invoice.
async fn take_back_payment(app: &App, invoice_id: String) {
    let list = ratebook_api::wire::PaymentListRequest { invoice_id };
    let entry = app.payment_list(list).await.unwrap().entries[0].id.clone();
    let reverse = PaymentReverseRequest {
        id: entry,
        reason: "another customer".to_owned(),
    };
    app.payment_reverse(reverse).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_of_the_bank_is_entered_once_whatever_file_it_stands_in() {
    let folder = tempfile::tempdir().unwrap();
    let (app, customer) = sample(&folder, "Nordlicht").await;
    let row = finalize(&app, &customer, "2026-10").await.row;
    let (id, number) = (row.id.unwrap(), row.number.unwrap());
    let file = folder.path().join("november.csv");
    let text = format!(
        "Buchungstag;Betrag;Währung;Verwendungszweck;Name\n\
         20.11.2026;894,05;EUR;Rechnung {number};Nordlicht\n\
         21.11.2026;12,00;EUR;Spende;Unbekannt\n\
         22.11.2026;neunzig;EUR;;\n"
    );
    std::fs::write(&file, &text).unwrap();
    let preview = look(&app, &file).await;
    let found: Vec<_> = preview.lines.iter().map(|line| line.confidence).collect();
    assert_eq!(found, [BankConfidence::Sure, BankConfidence::None]);
    assert_eq!(preview.faults[0].params["line"], "4");
    assert_eq!(
        owed(&app).await.invoices.len(),
        1,
        "nothing is entered by looking"
    );

    let mut accepted = sure(&preview);
    let request = |accepted: Vec<BankAccepted>, file: &Path| PaymentImportRequest {
        path: file.display().to_string(),
        days: None,
        accepted,
    };
    // Less than came in is given to the invoice: refused as a whole.
    accepted[0].allocations[0].amount = "894.04".to_owned();
    let refused = app
        .payment_import(request(accepted, &file))
        .await
        .unwrap_err();
    assert_eq!(refused.issues[0].code, "bank_sum");
    let done = app
        .payment_import(request(sure(&preview), &file))
        .await
        .unwrap();
    assert_eq!(
        (done.entered, done.sums[0].amount.0.as_str()),
        (1, "894.05")
    );
    assert!(owed(&app).await.invoices.is_empty());

    // The next statement of the bank has the same line again, in other columns.
    let next = folder.path().join("december.csv");
    let text = format!(
        "Name,Reference,Amount,Currency,Date\n\
         Nordlicht,Rechnung {number},894.05,EUR,2026-11-20\n"
    );
    std::fs::write(&next, text).unwrap();
    let again = look(&app, &next).await;
    assert_eq!(again.lines[0].confidence, BankConfidence::Booked);
    let key = again.lines[0].key.clone();
    let twice = BankAccepted {
        key,
        allocations: vec![BankAllocationText {
            invoice_id: id.clone(),
            amount: "894.05".to_owned(),
        }],
    };
    let refused = app
        .payment_import(request(vec![twice], &next))
        .await
        .unwrap_err();
    assert_eq!(refused.params["reason"], "bank_line_booked");
    take_back_payment(&app, id).await;
    // Taken back, it may be entered again.
    let after = look(&app, &next).await;
    assert_eq!(after.lines[0].confidence, BankConfidence::Sure);
    app.payment_import(request(sure(&after), &next))
        .await
        .unwrap();
    verify(&app, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_no_statement_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let (app, _) = sample(&folder, "Nordlicht").await;
    let file = folder.path().join("usage.csv");
    std::fs::write(&file, "id,provider\n1,openai\n").unwrap();
    let request = |path: &Path| PaymentImportPreviewRequest {
        path: path.display().to_string(),
        days: None,
    };
    let refused = app
        .payment_import_preview(request(&file))
        .await
        .unwrap_err();
    assert_eq!(refused.code, ErrorCode::Refused);
    assert_eq!(refused.params["reason"], "not_a_bank_file");
    assert_eq!(refused.params["first"], "id; provider");
    let gone = folder.path().join("gone.csv");
    let refused = app
        .payment_import_preview(request(&gone))
        .await
        .unwrap_err();
    assert_eq!(refused.params["reason"], "file_missing");
}

fn whole_year(format: AccountingFormat, path: &str) -> AccountingExportRequest {
    AccountingExportRequest {
        what: year(),
        format,
        path: path.to_owned(),
    }
}

fn year() -> AccountingRequest {
    AccountingRequest {
        from: "2026-01-01".to_owned(),
        to: "2026-12-31".to_owned(),
        currency: None,
    }
}

/// Invoices, a credit note, a void, payments, and prepaid credit that one of them used.
async fn busy_year(folder: &tempfile::TempDir) -> std::sync::Arc<App> {
    let (app, customer) = sample(folder, "Nordlicht").await;
    grant(&app, wanted(&customer, "50")).await;
    let id = finalize(&app, &customer, "2026-10").await.row.id.unwrap();
    let older = finalize(&app, &customer, "2026-09").await.row.id.unwrap();
    app.payment_add(payment(&id, "400")).await.unwrap();
    let void = InvoiceVoidRequest {
        id: older,
        reason: "wrong plan".to_owned(),
    };
    app.invoice_void(void).await.unwrap();
    let note = CreditNoteCreateRequest {
        einvoice: None,
        invoice_id: id,
        asked: TakeBackText {
            all: false,
            lines: Vec::new(),
            amount: Some(ratebook_api::wire::DecimalString("100".to_owned())),
        },
        reason: "goodwill".to_owned(),
    };
    app.credit_note_create(note).await.unwrap();
    app
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_handed_over_balances_and_is_what_the_book_says() {
    let folder = tempfile::tempdir().unwrap();
    let app = busy_year(&folder).await;
    let preview = app.accounting_preview(year()).await.unwrap();
    let minor = |text: &str| text.replace('.', "").parse::<i64>().unwrap();
    let sum = |role: &str| {
        let found = preview.sums.iter().filter(|sum| sum.role == role);
        found.map(|sum| minor(&sum.sum.amount.0)).sum::<i64>()
    };
    let all: i64 = preview
        .sums
        .iter()
        .map(|sum| minor(&sum.sum.amount.0))
        .sum();
    assert_eq!(all, 0, "{:#?}", preview.sums);
    let open = owed(&app).await.totals[0].owed.amount.0.clone();
    assert_eq!(sum("receivable"), minor(&open), "what customers owe");
    assert_eq!(sum("bank"), 40_000);
    assert!(sum("prepaid") <= 0, "never more was used than was sold");

    let path = folder.path().join("journal.csv").display().to_string();
    app.accounting_export(whole_year(AccountingFormat::Csv, &path))
        .await
        .unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    let mut lines = csv_lines(&text);
    assert_eq!(lines.remove(0)[6..9], ["account", "debit", "credit"]);
    let column = |at: usize| lines.iter().map(|line| minor_of(&line[at])).sum::<i64>();
    assert_eq!(column(7), column(8), "debits and credits");
    let receivable = lines.iter().filter(|line| line[6] == "Assets:Receivable");
    let receivable: i64 = receivable
        .map(|line| minor_of(&line[7]) - minor_of(&line[8]))
        .sum();
    assert_eq!(receivable, minor(&open));
}

fn csv_lines(text: &str) -> Vec<Vec<String>> {
    let lines = text
        .lines()
        .map(|line| line.split(',').map(str::to_owned).collect());
    lines.collect()
}

fn minor_of(text: &str) -> i64 {
    match text {
        "" => 0,
        text => text.replace('.', "").parse().unwrap(),
    }
}

/// Runs a program of the system on a file; nothing where it is not installed.
fn run(program: &str, arguments: &[&str]) -> Option<String> {
    let done = std::process::Command::new(program)
        .args(arguments)
        .output()
        .ok()?;
    let text = String::from_utf8_lossy(&done.stdout).into_owned();
    let errors = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{program}: {errors}");
    Some(text)
}

#[tokio::test(flavor = "multi_thread")]
async fn hledger_reads_the_journal_and_finds_what_the_book_says() {
    let folder = tempfile::tempdir().unwrap();
    let app = busy_year(&folder).await;
    let path = folder.path().join("year.journal").display().to_string();
    app.accounting_export(whole_year(AccountingFormat::Hledger, &path))
        .await
        .unwrap();
    let open = owed(&app).await.totals[0].owed.amount.0.clone();
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains("account Assets:Receivable:"), "{text}");
    if run(
        "hledger",
        &["-f", &path, "check", "accounts", "commodities"],
    )
    .is_none()
    {
        return;
    }
    let balance = [
        "-f",
        &path,
        "balance",
        "Assets:Receivable",
        "--depth",
        "2",
        "-O",
        "csv",
    ];
    let balance = run("hledger", &balance).unwrap();
    assert!(balance.contains(&format!("\"{open} EUR\"")), "{balance}");
}

#[tokio::test(flavor = "multi_thread")]
async fn beancount_and_datev_get_their_own_words() {
    let folder = tempfile::tempdir().unwrap();
    let app = busy_year(&folder).await;
    let path = folder.path().join("year.beancount").display().to_string();
    app.accounting_export(whole_year(AccountingFormat::Beancount, &path))
        .await
        .unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains(" open Income:Usage\n"), "{text}");
    run("bean-check", &[&path]);

    let path = folder.path().join("EXTF_year.csv").display().to_string();
    app.accounting_export(whole_year(AccountingFormat::Datev, &path))
        .await
        .unwrap();
    let bytes = std::fs::read(&path).unwrap();
    let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    let mut lines = text.split("\r\n");
    let head = lines.next().unwrap();
    assert!(
        head.starts_with("\"EXTF\";700;21;\"Buchungsstapel\";13;20261123"),
        "{head}"
    );
    assert_eq!(head.split(';').count(), 31);
    let names = lines.next().unwrap();
    assert!(names.starts_with("Umsatz (ohne Soll/Haben-Kz);Soll/Haben-Kennzeichen;"));
    let rows: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    assert!(
        rows.iter().all(|row| row.split(';').count() == 14),
        "{rows:#?}"
    );
    // The receivables account, from both sides.
    let side = |row: &&str| -> i64 {
        let cells: Vec<&str> = row.split(';').collect();
        let amount = minor_of(&cells[0].replace(',', "."));
        let debit = if cells[1] == "\"S\"" { amount } else { -amount };
        match (cells[6], cells[7]) {
            ("1400", "1400") => 0,
            ("1400", _) => debit,
            (_, "1400") => -debit,
            (_, _) => 0,
        }
    };
    let open = owed(&app).await.totals[0].owed.amount.0.clone();
    assert_eq!(rows.iter().map(side).sum::<i64>(), minor_of(&open));

    let mut two_years = whole_year(AccountingFormat::Datev, &path);
    two_years.what.from = "2025-06-01".to_owned();
    let refused = app.accounting_export(two_years).await.unwrap_err();
    assert_eq!(refused.issues[0].code, "datev_two_years");
}
