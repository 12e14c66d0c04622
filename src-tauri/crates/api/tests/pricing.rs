//! A plan with a price document, from the editor to the drafts: quoted, published, subscribed to,
//! invoiced, and the same amount everywhere.

mod common;

use common::monday;
use ratebook_api::App;
use ratebook_api::wire::{
    AgreedText, ChargeCompareRequest, ChargeKindWord, ChargeQuoteRequest, ChargeText, ComparedText,
    CustomerListRequest, DecimalString, InvoiceFinalizeRequest, InvoiceGetRequest,
    InvoiceVerifyRequest, MeterUsageRequest, MoneyText, Nothing, PlanPublishRequest,
    PlanSaveRequest, PlanText, PriceModelWord, SubscriptionSaveRequest, SubscriptionText, UsedText,
};
use ratebook_money::{Amount, Currency};
use std::sync::Arc;

const VOLUME: &str = r#"{"model":"volume","tiers":[{"up_to":"2000","unit_price":"0.02"},
    {"unit_price":"0.015"}],"minimum":"40"}"#;

fn charge() -> ChargeText {
    ChargeText {
        name: "Calls".to_owned(),
        kind: ChargeKindWord::Usage,
        amount: None,
        timing: None,
        per_seat: None,
        meter: Some("model_calls".to_owned()),
        model: Some(PriceModelWord::Document),
        unit_price: None,
        tiers: None,
        charge_flat_at_zero: None,
        markup: None,
        document: Some(VOLUME.to_owned()),
        credit: None,
    }
}

async fn sample(folder: &tempfile::TempDir) -> App {
    common::sample_book(folder, monday).await
}

/// Beyond 2,000 every call costs 0.015.
async fn quoted(app: &App, quantity: &DecimalString) {
    let quoted = app
        .charge_quote(ChargeQuoteRequest {
            charge: charge(),
            currency: "EUR".to_owned(),
            quantities: vec![quantity.clone()],
            usage: None,
        })
        .await
        .unwrap();
    assert_eq!(quoted.quotes[0].exact.0, "71.445");
    assert_eq!(quoted.quotes[0].amount.amount.0, "71.45");
    let codes: Vec<&str> = quoted.quotes[0]
        .steps
        .iter()
        .map(|step| step.code.as_str())
        .collect();
    assert_eq!(
        codes,
        [
            "price_quantity",
            "price_volume_tier",
            "price_minimum",
            "price_rounding"
        ]
    );
}

/// Usage that is more than a quantity is quoted in the form that a price document has it in; the
/// steps of a part follow it.
#[tokio::test(flavor = "multi_thread")]
async fn a_usage_of_parts_is_quoted_with_the_steps_of_each() {
    let folder = tempfile::tempdir().unwrap();
    let app = sample(&folder).await;
    let ask = |document: &str, usage: &str| ChargeQuoteRequest {
        charge: ChargeText {
            document: Some(document.to_owned()),
            ..charge()
        },
        currency: "EUR".to_owned(),
        quantities: Vec::new(),
        usage: Some(usage.to_owned()),
    };
    let daily = r#"{"model":"bucketed","per":"day","base":{"model":"graduated","tiers":[
        {"up_to":"100","unit_price":"1"},{"unit_price":"0.5"}]}}"#;
    let quoted = app.charge_quote(ask(daily, r#"{"buckets":["150","40"]}"#));
    let quoted = &quoted.await.unwrap().quotes[0];
    assert_eq!(quoted.amount.amount.0, "165.00");
    let steps = quoted.steps.iter();
    let steps: Vec<String> = steps
        .map(|step| format!("{} {} {:?}", step.code, step.value, step.depth))
        .collect();
    assert_eq!(
        steps,
        [
            "price_part 125 None",
            "price_quantity 150 Some(1)",
            "price_tier 100 Some(1)",
            "price_tier 25 Some(1)",
            "price_part 40 None",
            "price_quantity 40 Some(1)",
            "price_tier 40 Some(1)",
            "price_sum 165 None",
            "price_rounding 165.00 None",
        ]
    );
    let share = r#"{"model":"percentage","rate_percent":"2.9","fixed_fee_per_event":"0.3"}"#;
    let quoted = app.charge_quote(ask(share, r#"{"events":["100","20"]}"#));
    let quoted = &quoted.await.unwrap().quotes[0];
    assert_eq!(quoted.exact.0, "4.08");
    assert_eq!(quoted.steps[0].value, "3.2");
    let values = r#"{"model":"line_sum","lines":[{"value":"eu","price":{"model":"dynamic"}}]}"#;
    let error = app.charge_quote(ask(values, r#"{"lines":[{"value":"us","events":["1"]}]}"#));
    let error = error.await.unwrap_err();
    assert_eq!(error.issues[0].path, "usage.lines[0].value");
    assert_eq!(error.issues[0].code, "no_price");
}

/// Publishes a plan with the charge and puts a customer on it from October on.
async fn subscribe(app: &App, customer: &str) {
    let plan = app
        .plan_save(PlanSaveRequest {
            id: String::new(),
            name: "Volume".to_owned(),
            description: String::new(),
            archived: false,
            currency: "EUR".to_owned(),
            charges: Some(vec![charge()]),
            terms: None,
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
    let version = saved.versions[0].id.clone();
    let subscription = SubscriptionText {
        id: String::new(),
        customer_id: customer.to_owned(),
        plan_version_id: version,
        plan_id: String::new(),
        plan_name: String::new(),
        version: 0,
        starts_on: "2026-10-01".to_owned(),
        ends_on: None,
        agreed: AgreedText {
            since: None,
            seats: Vec::new(),
            phases_from: None,
            overrides: None,
        },
    };
    app.subscription_save(SubscriptionSaveRequest { subscription })
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_quoted_is_what_is_invoiced() {
    let folder = tempfile::tempdir().unwrap();
    let app = sample(&folder).await;
    let used = app.meter_usage(october(Some("EUR"))).await.unwrap();
    assert_eq!((used.month.as_str(), used.rows.len()), ("2026-10", 12));
    let list = CustomerListRequest {
        search: String::new(),
        archived: false,
        month: Some("2026-10".to_owned()),
    };
    let customers = app.customer_list(list).await.unwrap().rows;
    for row in &used.rows {
        let listed = customers.iter().find(|c| c.id == row.customer_id).unwrap();
        assert_eq!(
            row.quantity.0,
            listed.requests.0.to_string(),
            "{}",
            row.customer
        );
    }
    let alpenrad = used
        .rows
        .iter()
        .find(|row| row.customer == "Alpenrad GmbH")
        .unwrap();
    assert_eq!(alpenrad.quantity.0, "4763");

    quoted(&app, &alpenrad.quantity).await;
    subscribe(&app, &alpenrad.customer_id).await;
    let draft = app
        .invoice_get(InvoiceGetRequest {
            id: None,
            customer_id: Some(alpenrad.customer_id.clone()),
            month: Some("2026-10".to_owned()),
        })
        .await
        .unwrap();
    let line = draft
        .lines
        .iter()
        .find(|line| line.charge == "Calls")
        .unwrap();
    assert_eq!(
        (line.quantity.0.as_str(), line.amount.amount.0.as_str()),
        ("4763", "71.45")
    );
    assert!(
        line.steps
            .iter()
            .any(|step| step.code == "price_volume_tier")
    );
}

fn october(currency: Option<&str>) -> MeterUsageRequest {
    MeterUsageRequest {
        meter: "model_calls".to_owned(),
        month: Some("2026-10".to_owned()),
        currency: currency.map(str::to_owned),
    }
}

/// What the providers charged for the calls of October is what the cost of the drafts says.
#[tokio::test(flavor = "multi_thread")]
async fn what_a_meter_cost_is_what_the_drafts_cost() {
    let folder = tempfile::tempdir().unwrap();
    let app = sample(&folder).await;
    let untold = app.meter_usage(october(None)).await.unwrap();
    assert!(untold.rows.iter().all(|row| row.cost.is_none()));
    assert_eq!(untold.unit_cost, None);
    let used = app.meter_usage(october(Some("EUR"))).await.unwrap();
    assert!(used.unit_cost.is_some());
    let mut compared = 0;
    for row in &used.rows {
        let draft = app
            .invoice_get(InvoiceGetRequest {
                id: None,
                customer_id: Some(row.customer_id.clone()),
                month: Some("2026-10".to_owned()),
            })
            .await
            .unwrap();
        if draft.row.net.currency == "EUR" {
            let cost = rounded(&row.cost.as_ref().unwrap().0);
            assert_eq!(cost, draft.row.cost.unwrap().amount.0, "{}", row.customer);
            compared += 1;
        }
    }
    assert!(compared > 5, "{compared}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_is_tried_on_what_customers_used_and_on_what_that_cost() {
    let folder = tempfile::tempdir().unwrap();
    let app = sample(&folder).await;
    let used = app.meter_usage(october(Some("EUR"))).await.unwrap();
    let mut before = charge();
    before.document = Some(r#"{"model":"per_unit","unit_price":"0.02"}"#.to_owned());
    let customers = used.rows.iter().map(|row| UsedText {
        quantity: row.quantity.clone(),
        cost: row.cost.clone(),
    });
    let request = ChargeCompareRequest {
        charge: charge(),
        before: Some(before),
        currency: "EUR".to_owned(),
        customers: customers.collect(),
        unit_cost: Some(DecimalString("0.01".to_owned())),
        quantities: vec![DecimalString("4000".to_owned())],
    };
    let reply = app.charge_compare(request.clone()).await.unwrap();
    let mut places = used.rows.iter();
    let place = places.position(|row| row.customer == "Alpenrad GmbH");
    let alpenrad = &reply.rows[place.unwrap()];
    // 4,763 at 0.02 and all of them at 0.015.
    let amount = |money: &Option<MoneyText>| money.as_ref().unwrap().amount.0.clone();
    assert_eq!(amount(&alpenrad.before), "95.26");
    assert_eq!(alpenrad.after.amount.0, "71.45");
    assert_eq!(amount(&alpenrad.change), "-23.81");
    let tried = &reply.tried[0];
    assert_eq!(tried.after.amount.0, "60.00");
    assert_eq!(amount(&tried.cost), "40.00");
    assert_eq!(tried.margin.as_ref().unwrap().0, "33.3");
    let margins = reply.tier_margins.iter();
    let margins: Vec<&str> = margins
        .map(|one| one.as_ref().unwrap().0.as_str())
        .collect();
    assert_eq!(margins, ["50.0", "33.3"]);
    let moved = reply.less.count.0 + reply.more.count.0;
    assert_eq!(moved + same(&reply.rows), 12);
    assert!(reply.total.margin.is_some() && reply.below_cost.is_some());

    // A quantity beyond all amounts is refused, not cut.
    let huge = ChargeCompareRequest {
        quantities: vec![DecimalString("99999999999999999999".to_owned())],
        ..request
    };
    assert!(app.charge_compare(huge).await.is_err());
}

fn same(rows: &[ComparedText]) -> u64 {
    let same = rows
        .iter()
        .filter(|row| row.change.as_ref().unwrap().amount.0 == "0.00");
    u64::try_from(same.count()).unwrap()
}

fn rounded(exact: &str) -> String {
    let currency = Currency::parse("EUR").unwrap();
    Amount::parse(exact, currency)
        .unwrap()
        .round()
        .unwrap()
        .number()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_price_that_a_plan_cannot_have_is_refused_with_all_its_faults() {
    let folder = tempfile::tempdir().unwrap();
    let app = sample(&folder).await;
    let mut refused = charge();
    refused.document = Some(r#"{"model":"percentage","rate_percent":"2.9"}"#.to_owned());
    let mut fine = charge();
    fine.name = "Too fine".to_owned();
    fine.document = Some(r#"{"model":"per_unit","unit_price":"0.0000000000001"}"#.to_owned());
    let error = app
        .plan_save(PlanSaveRequest {
            id: String::new(),
            name: "Share".to_owned(),
            description: String::new(),
            archived: false,
            currency: "EUR".to_owned(),
            charges: Some(vec![refused, fine]),
            terms: None,
        })
        .await
        .unwrap_err();
    let issues = error.issues.iter();
    let issues: Vec<String> = issues
        .map(|issue| format!("{} {}", issue.path, issue.code))
        .collect();
    assert_eq!(
        issues,
        [
            "charges[1].document.unit_price too_precise",
            "charges[0].document.model needs_amounts",
        ]
    );
    let plans = app.plan_list(Nothing {}).await.unwrap().plans;
    assert!(plans.iter().all(|plan| plan.name != "Share"));
}

/// Who changes the plan after its fee was paid in advance gets the unused days back.
#[tokio::test(flavor = "multi_thread")]
async fn a_fee_paid_in_advance_comes_back_when_the_plan_changes() {
    let folder = tempfile::tempdir().unwrap();
    let app = sample(&folder).await;
    let finalize = |month: &str| InvoiceFinalizeRequest {
        month: month.to_owned(),
        customer_ids: Vec::new(),
        job_id: "run".to_owned(),
    };
    let done = app
        .invoice_finalize(finalize("2026-09"), Arc::new(|_| {}))
        .await
        .unwrap();
    assert_eq!(done.invoices.len(), 12);

    let plans = app.plan_list(Nothing {}).await.unwrap().plans;
    let has_fee = |plan: &&PlanText| {
        let charges = &plan.versions[0].charges;
        plan.versions[0].currency == "EUR"
            && charges[0].amount.as_ref().is_some_and(|a| a.0 == "49.00")
    };
    let team = plans.iter().find(has_fee).unwrap();
    let mut charges = team.versions[0].charges.clone();
    charges[0].amount = Some(DecimalString("98".to_owned()));
    app.plan_save(PlanSaveRequest {
        id: team.id.clone(),
        name: team.name.clone(),
        description: team.description.clone(),
        archived: false,
        currency: "EUR".to_owned(),
        charges: Some(charges),
        terms: None,
    })
    .await
    .unwrap();
    app.plan_publish(PlanPublishRequest {
        id: team.id.clone(),
        move_from: Some("2026-10-11".to_owned()),
    })
    .await
    .unwrap();

    let list = CustomerListRequest {
        search: String::new(),
        archived: false,
        month: Some("2026-10".to_owned()),
    };
    let customers = app.customer_list(list).await.unwrap().rows;
    let moved = customers
        .iter()
        .find(|row| row.plan.as_deref() == Some(&team.name))
        .unwrap();
    let draft = InvoiceGetRequest {
        id: None,
        customer_id: Some(moved.id.clone()),
        month: Some("2026-10".to_owned()),
    };
    let draft = app.invoice_get(draft).await.unwrap();
    let fees = draft.lines.iter().filter(|line| line.unit == "flat");
    let fees: Vec<&str> = fees.map(|line| line.amount.amount.0.as_str()).collect();
    // 49 × 21/31 back, 98 × 21/31 for the same days, and November.
    assert_eq!(fees, ["-33.19", "66.39", "98.00"]);

    app.invoice_finalize(finalize("2026-10"), Arc::new(|_| {}))
        .await
        .unwrap();
    let verified = InvoiceVerifyRequest {
        id: None,
        job_id: "verify".to_owned(),
    };
    let verified = app
        .invoice_verify(verified, Arc::new(|_| {}))
        .await
        .unwrap();
    assert_eq!((verified.checked.0, verified.findings), (24, Vec::new()));
}
