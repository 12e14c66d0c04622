//! Credit through the use cases, on a real file: granted, shown by the draft, used by the final
//! invoice, printed, verified, given back; and faults, all at once.

mod common;

use common::{credit, draft, finalize, grant, kinds, quiet, sample, verify, wanted};
use ratebook_api::wire::{
    CreditEntryKind, CreditGrantCreateRequest, CreditGrantListReply, CreditGrantVoidRequest,
    CreditKind, CreditState, CreditTaxWord, InvoiceFinalizeRequest, InvoiceGetReply,
    InvoiceGetRequest, InvoiceVoidRequest, JobCancelRequest, Nothing,
};
use ratebook_api::{ErrorCode, Report};
use std::sync::Arc;

fn amounts(invoice: &InvoiceGetReply) -> Vec<(CreditKind, CreditTaxWord, &str)> {
    let credits = invoice.credits.iter();
    let amounts = credits.map(|one| (one.kind, one.tax, one.amount.amount.0.as_str()));
    amounts.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn credit_is_granted_shown_used_printed_verified_and_given_back() {
    let folder = tempfile::tempdir().unwrap();
    let (app, customer) = sample(&folder, "Alpenrad").await;
    let before = draft(&app, &customer, "2026-10").await;
    assert!(before.credits.is_empty());
    let prepaid = grant(&app, wanted(&customer, "3.00")).await;
    let voucher = CreditGrantCreateRequest {
        kind: CreditKind::Promotional,
        tax: CreditTaxWord::PostTax,
        expires_at: Some("2026-10-31".to_owned()),
        ..wanted(&customer, "1.00")
    };
    let voucher = grant(&app, voucher).await;
    let shown = draft(&app, &customer, "2026-10").await;
    let expected = [
        (CreditKind::Paid, CreditTaxWord::PreTax, "3.00"),
        (CreditKind::Promotional, CreditTaxWord::PostTax, "1.00"),
    ];
    assert_eq!(amounts(&shown), expected);
    assert_eq!(shown.row.net, before.row.net, "revenue is before credit");
    let balance = |credit: &CreditGrantListReply| credit.balance.amount.0.clone();
    let known = credit(&app, &customer).await;
    assert_eq!(balance(&known), "3.00", "the voucher has ended by now");

    let made = finalize(&app, &customer, "2026-10").await;
    assert_eq!(amounts(&made), expected);
    assert_eq!((&made.payable, &made.tax), (&shown.payable, &shown.tax));
    let request = InvoiceGetRequest {
        id: made.row.id.clone(),
        customer_id: None,
        month: None,
    };
    let pages = app.invoice_pages(request).await.unwrap().pages.to_string();
    for words in ["−3,00", "−1,00", "Guthaben"] {
        assert!(pages.contains(words), "{words} is not printed:\n{pages}");
    }
    verify(&app, 1).await;
    let used = credit(&app, &customer).await;
    assert_eq!(balance(&used), "0.00");
    let states: Vec<_> = used.grants.iter().map(|one| (&one.id, one.state)).collect();
    assert_eq!(
        states,
        [
            (&prepaid, CreditState::UsedUp),
            (&voucher, CreditState::Ended)
        ]
    );

    let void = InvoiceVoidRequest {
        id: made.row.id.clone().unwrap(),
        reason: "wrong address".to_owned(),
    };
    app.invoice_void(void).await.unwrap();
    let back = credit(&app, &customer).await;
    assert_eq!(
        kinds(&back),
        [
            (CreditEntryKind::Granted, "3.00", "3.00"),
            (CreditEntryKind::Granted, "1.00", "4.00"),
            (CreditEntryKind::Used, "-3.00", "1.00"),
            (CreditEntryKind::Used, "-1.00", "0.00"),
            (CreditEntryKind::GivenBack, "3.00", "3.00"),
            (CreditEntryKind::GivenBack, "1.00", "4.00"),
        ]
    );
    verify(&app, 1).await;
    // Voided and issued anew: the same usage is paid by the same credit, the ended one too.
    let again = finalize(&app, &customer, "2026-10").await;
    assert_eq!(amounts(&again), expected);
    verify(&app, 2).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_ended_is_written_off_and_still_pays_for_usage_from_before() {
    let folder = tempfile::tempdir().unwrap();
    let (app, customer) = sample(&folder, "Alpenrad").await;
    let ended = CreditGrantCreateRequest {
        expires_at: Some("2026-09-30".to_owned()),
        ..wanted(&customer, "5000.00")
    };
    grant(&app, ended).await;
    // October is invoiced first: what ended before is written off.
    let october = finalize(&app, &customer, "2026-10").await;
    assert!(october.credits.is_empty(), "it ended before October");
    let expected = [
        (CreditEntryKind::Granted, "5000.00", "5000.00"),
        (CreditEntryKind::Expired, "-5000.00", "0.00"),
    ];
    assert_eq!(kinds(&credit(&app, &customer).await), expected);
    // September and August come late, and their usage is from before the end.
    let september = finalize(&app, &customer, "2026-09").await;
    let august = finalize(&app, &customer, "2026-08").await;
    let paid = |invoice: &InvoiceGetReply| format!("-{}", invoice.credits[0].amount.amount.0);
    let (september, august) = (paid(&september), paid(&august));
    let after = credit(&app, &customer).await;
    let late = [
        (CreditEntryKind::UsedLate, september.as_str(), "0.00"),
        (CreditEntryKind::UsedLate, august.as_str(), "0.00"),
    ];
    assert_eq!(kinds(&after), [expected.as_slice(), &late].concat());
    verify(&app, 3).await;
    let void = InvoiceVoidRequest {
        id: draft(&app, &customer, "2026-09").await.row.id.unwrap(),
        reason: "wrong address".to_owned(),
    };
    app.invoice_void(void).await.unwrap();
    let back = credit(&app, &customer).await;
    let last = kinds(&back).pop().unwrap();
    let amount = september.trim_start_matches('-');
    assert_eq!(last, (CreditEntryKind::GivenBackLate, amount, "0.00"));
    verify(&app, 3).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_runs_at_once_do_not_use_the_same_credit() {
    let folder = tempfile::tempdir().unwrap();
    let (app, customer) = sample(&folder, "Alpenrad").await;
    grant(&app, wanted(&customer, "2.00")).await;
    let months = ["2026-09", "2026-10"];
    let alone = draft(&app, &customer, "2026-09").await;
    assert_eq!(
        alone.credits[0].amount.amount.0, "2.00",
        "each month alone uses all of it"
    );
    let run = |month: &str| {
        let request = InvoiceFinalizeRequest {
            month: month.to_owned(),
            customer_ids: vec![customer.clone()],
            job_id: month.to_owned(),
        };
        let app = Arc::clone(&app);
        tokio::spawn(async move { app.invoice_finalize(request, quiet()).await })
    };
    for done in [run(months[0]), run(months[1])] {
        if let Err(error) = done.await.unwrap() {
            // The book has changed since this run looked at it: it is asked for again.
            assert_eq!(error.code, ErrorCode::Conflict, "{error:?}");
        }
    }
    let mut used = 0;
    for month in months {
        let mut invoice = draft(&app, &customer, month).await;
        if invoice.row.id.is_none() {
            invoice = finalize(&app, &customer, month).await;
        }
        let amounts = invoice
            .credits
            .iter()
            .map(|one| one.amount.amount.0.replace('.', ""));
        used += amounts
            .map(|cents| cents.parse::<u32>().unwrap())
            .sum::<u32>();
    }
    assert_eq!(used, 200);
    verify(&app, 2).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_run_uses_no_credit() {
    let folder = tempfile::tempdir().unwrap();
    let (app, customer) = sample(&folder, "Alpenrad").await;
    grant(&app, wanted(&customer, "30.00")).await;
    let before = credit(&app, &customer).await;
    let cancelling = Arc::clone(&app);
    // The first report comes from inside of the run's transaction.
    let report: Report = Arc::new(move |_| {
        let job_id = "run".to_owned();
        let cancelled = cancelling.job_cancel(JobCancelRequest { job_id });
        let now = || tokio::runtime::Handle::current().block_on(cancelled);
        tokio::task::block_in_place(now).unwrap();
    });
    let request = InvoiceFinalizeRequest {
        month: "2026-10".to_owned(),
        customer_ids: Vec::new(),
        job_id: "run".to_owned(),
    };
    let refused = app.invoice_finalize(request, report).await;
    assert!(refused.is_err(), "{refused:?}");
    assert_eq!(credit(&app, &customer).await, before);
    verify(&app, 0).await;
    assert_eq!(
        amounts(&finalize(&app, &customer, "2026-10").await).len(),
        1
    );
    verify(&app, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_grant_is_undone_until_an_invoice_is_final_and_what_is_left_is_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let (app, customer) = sample(&folder, "Alpenrad").await;
    grant(&app, wanted(&customer, "30.00")).await;
    app.undo(Nothing {}).await.unwrap();
    assert!(credit(&app, &customer).await.grants.is_empty());
    app.redo(Nothing {}).await.unwrap();
    let id = credit(&app, &customer).await.grants[0].id.clone();
    let void = CreditGrantVoidRequest {
        id: id.clone(),
        reason: "paid back".to_owned(),
    };
    app.credit_grant_void(void.clone()).await.unwrap();
    let taken = credit(&app, &customer).await;
    assert_eq!(taken.grants[0].state, CreditState::Voided);
    assert_eq!(taken.grants[0].voided.amount.0, "30.00");
    assert_eq!(taken.entries[0].note, "paid back");
    let refused = app.credit_grant_void(void).await.unwrap_err();
    assert_eq!(refused.params["reason"], "no_credit_left");
    app.undo(Nothing {}).await.unwrap();
    assert_eq!(credit(&app, &customer).await.balance.amount.0, "30.00");
    finalize(&app, &customer, "2026-10").await;
    let status = app.book_status(Nothing {}).await.unwrap();
    assert_eq!(status.book.unwrap().undo, None, "it was used");
    verify(&app, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn all_faults_of_a_grant_are_named_at_once_each_at_its_field() {
    let folder = tempfile::tempdir().unwrap();
    let (app, customer) = sample(&folder, "Alpenrad").await;
    let codes = |request: CreditGrantCreateRequest| {
        let app = Arc::clone(&app);
        async move {
            let error = app.credit_grant_create(request).await.unwrap_err();
            let issues = error.issues.iter();
            let named = issues.map(|issue| format!("{} {}", issue.path, issue.code));
            named.collect::<Vec<_>>()
        }
    };
    let wrong = CreditGrantCreateRequest {
        priority: Some("300".to_owned()),
        currency: "EUX".to_owned(),
        effective_at: Some("2026-12-01".to_owned()),
        expires_at: Some("2026-11-30".to_owned()),
        scope: vec!["model:openai/none".to_owned(), "colour:red".to_owned()],
        ..wanted(&customer, "-5")
    };
    let expected = [
        "currency unknown_currency",
        "priority too_large",
        "scope[0] unknown",
        "scope[1] unknown",
        "amount not_above_zero",
        "expiresAt before_start",
    ];
    assert_eq!(codes(wrong).await, expected);
    let unreadable = CreditGrantCreateRequest {
        priority: Some("high".to_owned()),
        currency: "USD".to_owned(),
        effective_at: Some("soon".to_owned()),
        ..wanted(&customer, "1.005")
    };
    let expected = [
        "currency other_currency",
        "amount too_precise",
        "effectiveAt not_a_date",
        "priority not_whole",
    ];
    assert_eq!(codes(unreadable).await, expected);
    let nothing = CreditGrantCreateRequest {
        priority: Some("-1".to_owned()),
        ..wanted(&customer, " ")
    };
    assert_eq!(
        codes(nothing).await,
        ["amount required", "priority negative"]
    );
    assert!(credit(&app, &customer).await.grants.is_empty());
}
