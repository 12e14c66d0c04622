//! Deals over more than a month, from the editor to final invoices that verify.

mod common;

use common::{charge, subscription};
use ratebook_api::App;
use ratebook_api::wire::{
    AnchorWord, ChangeText, ChargeKindWord, ChargeText, DecimalString, FeeTimingWord, IntervalWord,
    InvoiceFinalizeRequest, InvoiceGetReply, InvoiceGetRequest, InvoiceVerifyRequest, Nothing,
    PhaseByWord, PhaseText, PlanPublishRequest, PlanSaveRequest, PriceModelWord, ProrationWord,
    SeatText, SubscriptionPreviewRequest, SubscriptionSaveRequest, SubscriptionText, TermsText,
    TierText,
};
use ratebook_money::Timestamp;
use std::sync::Arc;

/// The sample book in December, and one of its customers.
async fn sample(folder: &tempfile::TempDir) -> (App, String) {
    let app =
        common::sample_book(folder, || Timestamp::parse("2026-12-05T10:00:00Z").unwrap()).await;
    let customer = common::customer(&app, "Alpenrad").await;
    (app, customer)
}

fn number(text: &str) -> Option<DecimalString> {
    Some(DecimalString(text.to_owned()))
}

fn terms(unit: IntervalWord) -> TermsText {
    TermsText {
        interval_unit: unit,
        interval_count: 1,
        anchor: AnchorWord::Calendar,
        proration: ProrationWord::Days,
        add_on: None,
        phases: None,
    }
}

/// Publishes a plan and says the id of its version.
async fn publish(app: &App, name: &str, terms: TermsText, charges: Vec<ChargeText>) -> String {
    let plan = app
        .plan_save(PlanSaveRequest {
            id: String::new(),
            name: name.to_owned(),
            description: String::new(),
            archived: false,
            currency: "EUR".to_owned(),
            charges: Some(charges.clone()),
            terms: Some(terms.clone()),
        })
        .await
        .unwrap();
    app.plan_publish(PlanPublishRequest {
        id: plan.id.clone(),
        move_from: None,
    })
    .await
    .unwrap();
    let plans = app.plan_list(Nothing {}).await.unwrap().plans;
    let saved = plans.iter().find(|known| known.id == plan.id).unwrap();
    assert_eq!(saved.versions[0].terms, terms);
    saved.versions[0].id.clone()
}

async fn draft(app: &App, customer: &str, month: &str) -> InvoiceGetReply {
    app.invoice_get(InvoiceGetRequest {
        id: None,
        customer_id: Some(customer.to_owned()),
        month: Some(month.to_owned()),
    })
    .await
    .unwrap()
}

/// Quantities and amounts of a charge.
fn lines(invoice: &InvoiceGetReply, charge: &str) -> Vec<(String, String)> {
    let own = invoice.lines.iter().filter(|line| line.charge == charge);
    own.map(|line| (line.quantity.0.clone(), line.amount.amount.0.clone()))
        .collect()
}

fn pair(quantity: &str, amount: &str) -> (String, String) {
    (quantity.to_owned(), amount.to_owned())
}

async fn finalize(app: &App, customer: &str, month: &str) {
    let request = InvoiceFinalizeRequest {
        month: month.to_owned(),
        customer_ids: vec![customer.to_owned()],
        job_id: month.to_owned(),
    };
    let done = app.invoice_finalize(request, Arc::new(|_| {})).await;
    assert_eq!(done.unwrap().invoices.len(), 1, "{month}");
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

/// 300.00 a quarter from 10 August, cancelled on 15 November.
#[tokio::test(flavor = "multi_thread")]
async fn a_quarter_is_billed_where_it_ends_and_comes_back_when_cancelled() {
    let folder = tempfile::tempdir().unwrap();
    let (app, customer) = sample(&folder).await;
    let fee = ChargeText {
        amount: number("300.00"),
        timing: Some(FeeTimingWord::Advance),
        ..charge("Quarterly fee", ChargeKindWord::RecurringFee)
    };
    let calls = ChargeText {
        meter: Some("model_calls".to_owned()),
        model: Some(PriceModelWord::PerUnit),
        unit_price: number("0.01"),
        ..charge("Quarterly calls", ChargeKindWord::Usage)
    };
    let quarter = terms(IntervalWord::Quarter);
    let version = publish(&app, "Quarterly", quarter, vec![fee, calls]).await;
    let mut deal = subscription(&customer, &version, "2026-08-10");
    let request = SubscriptionSaveRequest {
        subscription: deal.clone(),
    };
    deal.id = app.subscription_save(request).await.unwrap().id;

    // 52 of the 92 days; the usage of August waits for the end of September.
    let august = draft(&app, &customer, "2026-08").await;
    assert_eq!(lines(&august, "Quarterly fee"), [pair("1", "169.57")]);
    assert!(lines(&august, "Quarterly calls").is_empty());
    finalize(&app, &customer, "2026-08").await;
    let september = draft(&app, &customer, "2026-09").await;
    assert_eq!(lines(&september, "Quarterly fee"), [pair("1", "300.00")]);
    let used = lines(&september, "Quarterly calls");
    assert_eq!(used.len(), 1);
    finalize(&app, &customer, "2026-09").await;
    finalize(&app, &customer, "2026-10").await;

    deal.ends_on = Some("2026-11-15".to_owned());
    let request = SubscriptionSaveRequest { subscription: deal };
    app.subscription_save(request).await.unwrap();
    // 46 of the fourth quarter's 92 days come back; October's 4,763 calls are due.
    let november = draft(&app, &customer, "2026-11").await;
    assert_eq!(lines(&november, "Quarterly fee"), [pair("1", "-150.00")]);
    assert_eq!(lines(&november, "Quarterly calls"), [pair("4763", "47.63")]);
    finalize(&app, &customer, "2026-11").await;
    // What came back does not come back again.
    let december = draft(&app, &customer, "2026-12").await;
    assert!(lines(&december, "Quarterly fee").is_empty());
    verify(&app, 4).await;
}

/// A quarter under one version of a plan, and under two of which the first ends in its second
/// month: the invoices of both versions add up to that of one.
#[tokio::test(flavor = "multi_thread")]
async fn tiers_of_a_quarter_go_on_after_a_version_that_an_earlier_month_billed() {
    let folder = tempfile::tempdir().unwrap();
    let (app, customer) = sample(&folder).await;
    let tier = |up_to: Option<&str>, price: &str| TierText {
        up_to: up_to.and_then(number),
        unit_price: DecimalString(price.to_owned()),
        flat_fee: DecimalString("0".to_owned()),
    };
    let calls = ChargeText {
        meter: Some("model_calls".to_owned()),
        model: Some(PriceModelWord::Graduated),
        tiers: Some(vec![tier(Some("3000"), "0.02"), tier(None, "0.01")]),
        ..charge("Calls", ChargeKindWord::Usage)
    };
    let quarter = terms(IntervalWord::Quarter);
    let version = publish(&app, "Quarterly", quarter.clone(), vec![calls]).await;
    let deal = subscription(&customer, &version, "2026-07-01");
    let request = SubscriptionSaveRequest { subscription: deal };
    app.subscription_save(request).await.unwrap();
    let whole = lines(&draft(&app, &customer, "2026-09").await, "Calls");

    let plans = app.plan_list(Nothing {}).await.unwrap().plans;
    let plan = plans.iter().find(|plan| plan.name == "Quarterly").unwrap();
    app.plan_save(PlanSaveRequest {
        id: plan.id.clone(),
        name: plan.name.clone(),
        description: String::new(),
        archived: false,
        currency: "EUR".to_owned(),
        charges: Some(plan.versions[0].charges.clone()),
        terms: Some(quarter),
    })
    .await
    .unwrap();
    app.plan_publish(PlanPublishRequest {
        id: plan.id.clone(),
        move_from: Some("2026-08-16".to_owned()),
    })
    .await
    .unwrap();
    finalize(&app, &customer, "2026-08").await;
    let first = lines(&draft(&app, &customer, "2026-08").await, "Calls");
    finalize(&app, &customer, "2026-09").await;
    let second = lines(&draft(&app, &customer, "2026-09").await, "Calls");
    // Of the first tier 2,810 are left after the 190 to 15 August.
    assert_eq!(whole, [pair("3570", "65.70")]);
    assert_eq!(first, [pair("190", "3.80")]);
    assert_eq!(second, [pair("3380", "61.90")]);
    verify(&app, 2).await;
}

/// 20.00 a seat and month in advance: 5 seats, from 11 October 8, cancelled on 20 November.
#[tokio::test(flavor = "multi_thread")]
async fn seats_are_charged_as_they_change_and_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let (app, customer) = sample(&folder).await;
    let fee = ChargeText {
        amount: number("20.00"),
        timing: Some(FeeTimingWord::Advance),
        per_seat: Some(true),
        ..charge("Seats", ChargeKindWord::RecurringFee)
    };
    let setup = ChargeText {
        amount: number("250.00"),
        ..charge("Setup", ChargeKindWord::OneOffFee)
    };
    let month = terms(IntervalWord::Month);
    let version = publish(&app, "Seats", month, vec![setup, fee]).await;
    let mut deal = subscription(&customer, &version, "2026-10-01");
    let seats = |from: &str, count: &str| SeatText {
        from: from.to_owned(),
        count: DecimalString(count.to_owned()),
    };
    deal.ends_on = Some("2026-09-30".to_owned());
    deal.agreed.seats = vec![seats("2026-10-02", "-1"), seats("2026-10-01", "1.5")];
    let request = SubscriptionSaveRequest {
        subscription: deal.clone(),
    };
    let refused = app.subscription_save(request).await.unwrap_err();
    let faults = refused.issues.iter();
    let faults: Vec<String> = faults.map(|i| format!("{} {}", i.path, i.code)).collect();
    assert_eq!(
        faults,
        [
            "seats[0].count negative",
            "seats[1].count not_whole",
            "endsOn before_start",
        ]
    );

    deal.ends_on = None;
    deal.agreed.seats = vec![seats("2026-10-01", "5"), seats("2026-10-11", "8")];
    let request = SubscriptionSaveRequest {
        subscription: deal.clone(),
    };
    deal.id = app.subscription_save(request).await.unwrap().id;
    let october = draft(&app, &customer, "2026-10").await;
    assert_eq!(lines(&october, "Setup"), [pair("1", "250.00")]);
    assert_eq!(
        lines(&october, "Seats"),
        [pair("5", "100.00"), pair("3", "40.65"), pair("8", "160.00")]
    );
    finalize(&app, &customer, "2026-10").await;

    deal.ends_on = Some("2026-11-20".to_owned());
    let request = SubscriptionSaveRequest { subscription: deal };
    app.subscription_save(request).await.unwrap();
    // 160 × 10/30
    let november = draft(&app, &customer, "2026-11").await;
    assert_eq!(lines(&november, "Seats"), [pair("8", "-53.33")]);
    assert!(lines(&november, "Setup").is_empty());
    finalize(&app, &customer, "2026-11").await;
    verify(&app, 2).await;
}

/// What is previewed is what is invoiced once it is saved: a trial, half price, an agreed price.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_previewed_is_what_is_invoiced() {
    let folder = tempfile::tempdir().unwrap();
    let (app, customer) = sample(&folder).await;
    let fee = ChargeText {
        amount: number("100.00"),
        timing: Some(FeeTimingWord::Arrears),
        ..charge("Platform", ChargeKindWord::RecurringFee)
    };
    let calls = ChargeText {
        meter: Some("model_calls".to_owned()),
        model: Some(PriceModelWord::PerUnit),
        unit_price: number("0.01"),
        ..charge("Calls", ChargeKindWord::Usage)
    };
    let half = PhaseText {
        name: "Half price".to_owned(),
        by: PhaseByWord::Periods,
        first: "1".to_owned(),
        last: "1".to_owned(),
        changes: vec![ChangeText {
            amount: number("50.00"),
            ..change("Platform")
        }],
    };
    let ramp = TermsText {
        phases: Some(vec![half]),
        ..terms(IntervalWord::Month)
    };
    let version = publish(&app, "Ramp", ramp, vec![fee, calls]).await;
    let mut deal = subscription(&customer, &version, "2026-11-01");
    deal.agreed.overrides = Some(vec![ChangeText {
        included: number("4000"),
        ..change("Calls")
    }]);
    let request = SubscriptionPreviewRequest {
        subscription: deal.clone(),
    };
    let preview = app.subscription_preview(request).await.unwrap();
    assert_eq!(preview.assumed_month.as_deref(), Some("2026-10"));
    let shown: Vec<(&str, &str, &str)> = preview
        .invoices
        .iter()
        .map(|invoice| {
            let (month, due) = (invoice.month.as_str(), invoice.due_on.as_str());
            (month, invoice.net.amount.0.as_str(), due)
        })
        .collect();
    // November is over and has no usage in the book; for the others October's 4,763 calls are
    // assumed, of which 4,000 are included: 7.63.
    assert_eq!(
        shown,
        [
            ("2026-11", "50.00", "2026-12-19"),
            ("2026-12", "107.63", "2027-01-15"),
            ("2027-01", "107.63", "2027-02-15"),
        ]
    );
    let request = SubscriptionSaveRequest { subscription: deal };
    let mut deal = request.subscription.clone();
    deal.id = app.subscription_save(request).await.unwrap().id;
    let november = draft(&app, &customer, "2026-11").await;
    assert_eq!(lines(&november, "Platform"), [pair("1", "50.00")]);

    refuses_all_faults(&app, deal).await;
}

fn change(charge: &str) -> ChangeText {
    ChangeText {
        charge: charge.to_owned(),
        off: None,
        amount: None,
        price: None,
        included: None,
        minimum: None,
    }
}

/// All faults at once, each at its field.
async fn refuses_all_faults(app: &App, mut deal: SubscriptionText) {
    deal.ends_on = Some("2026-10-31".to_owned());
    deal.agreed.overrides = Some(vec![change("Calls"), change("Seats")]);
    let request = SubscriptionPreviewRequest { subscription: deal };
    let refused = app.subscription_preview(request).await.unwrap_err();
    let faults = refused.issues.iter();
    let faults: Vec<String> = faults.map(|i| format!("{} {}", i.path, i.code)).collect();
    assert_eq!(
        faults,
        [
            "endsOn before_start",
            "overrides[0] nothing_changed",
            "overrides[1].charge unknown_charge",
        ]
    );
}
