//! Credit that a plan includes: granted with each month's invoice, prorated, carried over.

mod common;

use common::{charge, monday};
use ratebook_api::App;
use ratebook_api::wire::{AgreedText, CustomerGetRequest, SubscriptionRemoveRequest};
use ratebook_api::wire::{
    AnchorWord, ChargeKindWord, ChargeText, CreditEntryKind, CreditGrantListReply,
    CreditGrantListRequest, CreditKind, DecimalString, FeeTimingWord, IntervalWord,
    InvoiceFinalizeRequest, InvoiceGetReply, InvoiceGetRequest, InvoiceVerifyRequest,
    InvoiceVoidRequest, Nothing, PlanCreditText, PlanPublishRequest, PlanSaveRequest,
    PriceModelWord, ProrationWord, SubscriptionSaveRequest, SubscriptionText, TermsText,
};
use std::sync::Arc;

fn d(text: &str) -> DecimalString {
    DecimalString(text.to_owned())
}

/// A fee of 10.00, 0.001 for a call, and credit of 31.00 for every month.
fn charges(credit: PlanCreditText) -> Vec<ChargeText> {
    vec![
        ChargeText {
            amount: Some(d("10.00")),
            timing: Some(FeeTimingWord::Arrears),
            ..charge("Base", ChargeKindWord::RecurringFee)
        },
        ChargeText {
            meter: Some("model_calls".to_owned()),
            model: Some(PriceModelWord::PerUnit),
            unit_price: Some(d("0.001")),
            ..charge("Calls", ChargeKindWord::Usage)
        },
        ChargeText {
            amount: Some(d("31.00")),
            credit: Some(credit),
            ..charge("Starter credit", ChargeKindWord::Credit)
        },
    ]
}

fn plan(charges: Vec<ChargeText>, anchor: AnchorWord) -> PlanSaveRequest {
    PlanSaveRequest {
        id: String::new(),
        name: "Starter".to_owned(),
        description: String::new(),
        archived: false,
        currency: "EUR".to_owned(),
        terms: Some(TermsText {
            interval_unit: IntervalWord::Month,
            interval_count: 1,
            anchor,
            proration: ProrationWord::Days,
            add_on: None,
            phases: None,
        }),
        charges: Some(charges),
    }
}

/// A customer of the sample book on the plan too, from a day on.
async fn subscribed(folder: &tempfile::TempDir, first: &str, anchor: AnchorWord) -> (App, String) {
    let app = common::sample_book(folder, monday).await;
    let customer = common::customer(&app, "Alpenrad").await;
    let credit = PlanCreditText {
        priority: Some(d("10")),
        tax: None,
        least: Some(d("2.00")),
        most: Some(d("20.00")),
    };
    let saved = app.plan_save(plan(charges(credit), anchor)).await.unwrap();
    let publish = PlanPublishRequest {
        id: saved.id.clone(),
        move_from: None,
    };
    app.plan_publish(publish).await.unwrap();
    let plans = app.plan_list(Nothing {}).await.unwrap().plans;
    let plan = plans.iter().find(|plan| plan.id == saved.id).unwrap();
    let read = plan.versions[0].charges[2].credit.clone().unwrap();
    assert_eq!((read.least, read.most), (Some(d("2.00")), Some(d("20.00"))));
    let subscription = SubscriptionText {
        id: String::new(),
        customer_id: customer.clone(),
        plan_version_id: plan.versions[0].id.clone(),
        plan_id: String::new(),
        plan_name: String::new(),
        version: 0,
        starts_on: first.to_owned(),
        ends_on: None,
        agreed: AgreedText {
            since: None,
            seats: Vec::new(),
            overrides: None,
            phases_from: None,
        },
    };
    app.subscription_save(SubscriptionSaveRequest { subscription })
        .await
        .unwrap();
    (app, customer)
}

/// Takes a customer off all other plans.
async fn leave(app: &App, customer: &str) {
    let get = CustomerGetRequest {
        id: customer.to_owned(),
    };
    for other in app.customer_get(get).await.unwrap().subscriptions {
        if other.plan_name != "Starter" {
            let request = SubscriptionRemoveRequest { id: other.id };
            app.subscription_remove(request).await.unwrap();
        }
    }
}

async fn invoice(app: &App, customer: &str, month: &str) -> InvoiceGetReply {
    let request = InvoiceGetRequest {
        id: None,
        customer_id: Some(customer.to_owned()),
        month: Some(month.to_owned()),
    };
    app.invoice_get(request).await.unwrap()
}

async fn finalize(app: &App, customer: &str, month: &str) -> InvoiceGetReply {
    let request = InvoiceFinalizeRequest {
        month: month.to_owned(),
        customer_ids: vec![customer.to_owned()],
        job_id: "finalize".to_owned(),
    };
    let done = app.invoice_finalize(request, Arc::new(|_| {})).await;
    assert_eq!(done.unwrap().invoices.len(), 1);
    invoice(app, customer, month).await
}

async fn credit(app: &App, customer: &str) -> CreditGrantListReply {
    let request = CreditGrantListRequest {
        customer_id: customer.to_owned(),
        at: None,
    };
    app.credit_grant_list(request).await.unwrap()
}

fn entries(credit: &CreditGrantListReply) -> Vec<(CreditEntryKind, &str)> {
    let entries = credit.entries.iter().rev();
    entries
        .map(|entry| (entry.kind, entry.amount.amount.0.as_str()))
        .collect()
}

async fn verify(app: &App, invoices: u64) {
    let request = InvoiceVerifyRequest {
        id: None,
        job_id: "verify".to_owned(),
    };
    let verified = app.invoice_verify(request, Arc::new(|_| {})).await.unwrap();
    assert_eq!(verified.checked.0, invoices);
    assert!(verified.findings.is_empty(), "{:#?}", verified.findings);
}

fn paid(invoice: &InvoiceGetReply) -> Vec<(CreditKind, &str)> {
    let credits = invoice.credits.iter();
    credits
        .map(|one| (one.kind, one.amount.amount.0.as_str()))
        .collect()
}

/// What all credit of an invoice pays, in cents.
fn cents(invoice: &InvoiceGetReply) -> u64 {
    let credits = invoice.credits.iter();
    let cents = credits.map(|one| one.amount.amount.0.replace('.', "").parse::<u64>().unwrap());
    cents.sum()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_month_grants_credit_pays_with_it_and_carries_the_rest() {
    let folder = tempfile::tempdir().unwrap();
    // From the 16th: 16 of 31 days of August are 16.00 of 31.00.
    let (app, customer) = subscribed(&folder, "2026-08-16", AnchorWord::Calendar).await;
    let shown = invoice(&app, &customer, "2026-08").await;
    let used = cents(&shown);
    assert!(used > 0 && used < 1_600, "{used} of 16.00");
    assert!(
        credit(&app, &customer).await.grants.is_empty(),
        "a draft grants nothing"
    );
    let august = finalize(&app, &customer, "2026-08").await;
    assert_eq!(paid(&august), paid(&shown));
    let money = |cents: u64| format!("{}.{:02}", cents / 100, cents % 100);
    // What is left of 16.00 is below 20.00 and above 2.00: all of it is carried.
    let left = money(1_600 - used);
    let known = credit(&app, &customer).await;
    let expected = [
        (CreditEntryKind::Granted, "16.00".to_owned()),
        (CreditEntryKind::Expired, format!("-{left}")),
        (CreditEntryKind::Used, format!("-{}", money(used))),
        (CreditEntryKind::Granted, left.clone()),
    ];
    let expected: Vec<_> = expected
        .iter()
        .map(|(kind, text)| (*kind, text.as_str()))
        .collect();
    assert_eq!(entries(&known), expected);
    assert_eq!(known.grants[1].first_day, "2026-09-01");
    assert_eq!(known.grants[1].last_day.as_deref(), Some("2026-09-30"));
    assert_eq!(known.grants[1].note, "Starter credit");
    // September has 31.00 and what was carried; of what is left no more than 20.00 is carried.
    let september = finalize(&app, &customer, "2026-09").await;
    let rest = 3_100 + (1_600 - used) - cents(&september);
    assert!(rest > 2_000, "{rest}");
    let known = credit(&app, &customer).await;
    let last = known.grants.last().unwrap();
    assert_eq!(
        (last.amount.amount.0.as_str(), last.first_day.as_str()),
        ("20.00", "2026-10-01")
    );
    verify(&app, 2).await;

    // Voided and made anew, the month grants and carries nothing twice.
    let void = InvoiceVoidRequest {
        id: september.row.id.clone().unwrap(),
        reason: "wrong address".to_owned(),
    };
    app.invoice_void(void).await.unwrap();
    let before = credit(&app, &customer).await.grants.len();
    let again = finalize(&app, &customer, "2026-09").await;
    assert_eq!(cents(&again), cents(&september));
    assert_eq!(credit(&app, &customer).await.grants.len(), before);
    verify(&app, 3).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_period_from_the_16th_has_its_credit_on_the_invoice_of_the_month_it_ends_in() {
    let folder = tempfile::tempdir().unwrap();
    let (app, customer) = subscribed(&folder, "2026-08-16", AnchorWord::Anniversary).await;
    leave(&app, &customer).await;
    let august = invoice(&app, &customer, "2026-08").await;
    assert!(august.credits.is_empty(), "no period ends in August");
    let september = finalize(&app, &customer, "2026-09").await;
    let used = cents(&september);
    // All usage of the plan, from 16 August to 15 September, is paid.
    let calls = september
        .lines
        .iter()
        .find(|line| line.charge == "Calls")
        .unwrap();
    assert_eq!(
        calls
            .amount
            .amount
            .0
            .replace('.', "")
            .parse::<u64>()
            .unwrap(),
        used
    );
    let known = credit(&app, &customer).await;
    let days: Vec<_> = known
        .grants
        .iter()
        .map(|grant| (grant.first_day.as_str(), grant.last_day.as_deref().unwrap()))
        .collect();
    let expected = [("2026-08-16", "2026-09-15"), ("2026-09-16", "2026-10-15")];
    assert_eq!(days, expected);
    assert_eq!(known.grants[0].amount.amount.0, "31.00");
    assert_eq!(known.grants[1].amount.amount.0, "20.00", "at most");
    verify(&app, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn all_faults_of_included_credit_are_named_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let (app, _) = subscribed(&folder, "2026-08-01", AnchorWord::Calendar).await;
    let mut wrong = charges(PlanCreditText {
        priority: Some(d("101")),
        tax: None,
        least: Some(d("5.00")),
        most: Some(d("4.00")),
    });
    wrong[2].amount = Some(d("0.00"));
    let error = app
        .plan_save(plan(wrong, AnchorWord::Calendar))
        .await
        .unwrap_err();
    let issues = error.issues.iter();
    let issues: Vec<_> = issues
        .map(|issue| format!("{} {}", issue.path, issue.code))
        .collect();
    assert_eq!(
        issues,
        [
            "charges[2].amount not_above_zero",
            "charges[2].credit.priority too_large",
            "charges[2].credit.most too_small",
        ]
    );
}
