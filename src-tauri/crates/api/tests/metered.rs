//! Meters of every kind under prices of every kind, from imported events to final invoices that
//! verify: by way of the use cases that the window calls.

mod common;

use ratebook_api::App;
use ratebook_api::wire::{
    AggregationWord, AgreedText, AnchorWord, ChargeKindWord, ChargeText, DecimalString, FilterText,
    InboxKind, IntervalWord, InvoiceFinalizeRequest, InvoiceGetReply, InvoiceGetRequest,
    InvoiceVerifyRequest, MeterSaveRequest, MeterText, MeterUsageRequest, Nothing,
    PlanPublishRequest, PlanSaveRequest, PlanTestRunRequest, PlanTestText, PriceModelWord,
    ProrationWord, SubscriptionPreviewRequest, SubscriptionSaveRequest, SubscriptionText,
    TermsText, UsageImportRunRequest,
};
use ratebook_money::Timestamp;
use std::collections::BTreeMap;
use std::fs;
use std::sync::Arc;

/// The sample book in December, and one of its customers, who lives in Vienna.
async fn sample(folder: &tempfile::TempDir) -> (App, String) {
    let app =
        common::sample_book(folder, || Timestamp::parse("2026-12-05T10:00:00Z").unwrap()).await;
    let customer = common::customer(&app, "Alpenrad").await;
    (app, customer)
}

fn meter(name: &str, event: &str, aggregation: AggregationWord) -> MeterText {
    MeterText {
        id: String::new(),
        name: name.to_owned(),
        event_name: event.to_owned(),
        aggregation,
        quantity: None,
        formula: None,
        key: None,
        unit: "unit".to_owned(),
        filters: Vec::new(),
        group_by: None,
        archived: false,
    }
}

fn of(quantity: &str, meter: MeterText) -> MeterText {
    MeterText {
        quantity: Some(quantity.to_owned()),
        ..meter
    }
}

/// Saves the meters and says their ids by name.
async fn meters(app: &App) -> BTreeMap<String, String> {
    use AggregationWord::{Count, Max, Sum, UniqueCount, WeightedSum};
    let all = [
        of("custom:seats", meter("Seats", "seats", Max)),
        of("custom:gb", meter("Storage", "storage", WeightedSum)),
        of("custom:amount", meter("Payments", "payment", Sum)),
        MeterText {
            group_by: Some(vec!["region".to_owned()]),
            ..meter("Calls", "call", Count)
        },
        MeterText {
            key: Some("user".to_owned()),
            ..meter("Users", "call", UniqueCount)
        },
        MeterText {
            formula: Some("round(custom:cpu * custom:seconds / 3600, 0.01)".to_owned()),
            filters: vec![FilterText {
                key: "kind".to_owned(),
                any_of: vec!["batch".to_owned()],
            }],
            ..meter("Compute", "job", Sum)
        },
        of("custom:gb", meter("Space", "space", Max)),
    ];
    let mut ids = BTreeMap::new();
    for meter in all {
        let name = meter.name.clone();
        let saved = app.meter_save(MeterSaveRequest { meter }).await.unwrap();
        ids.insert(name, saved.id);
    }
    ids
}

/// Time, name, quantities and dimensions of each event.
const EVENTS: &[(&str, &str, &str, &str)] = &[
    ("2026-10-05T09:00:00Z", "seats", r#""custom:seats":21"#, ""),
    ("2026-10-20T09:00:00Z", "seats", r#""custom:seats":18"#, ""),
    ("2026-08-11T00:00:00Z", "storage", r#""custom:gb":100"#, ""),
    ("2026-10-15T22:00:00Z", "storage", r#""custom:gb":200"#, ""),
    (
        "2026-10-02T10:00:00Z",
        "payment",
        r#""custom:amount":100"#,
        "",
    ),
    (
        "2026-10-03T10:00:00Z",
        "payment",
        r#""custom:amount":50"#,
        "",
    ),
    (
        "2026-10-09T10:00:00Z",
        "payment",
        r#""custom:amount":1000"#,
        "",
    ),
    (
        "2026-10-24T21:59:59Z",
        "call",
        r#""requests":3"#,
        r#""region":"eu","user":"ann""#,
    ),
    (
        "2026-10-24T22:00:00Z",
        "call",
        r#""requests":4"#,
        r#""region":"us","user":"bob""#,
    ),
    (
        "2026-10-25T22:59:59Z",
        "call",
        r#""requests":2"#,
        r#""region":"eu","user":"ann""#,
    ),
    (
        "2026-10-02T10:00:00Z",
        "job",
        r#""custom:cpu":4,"custom:seconds":900"#,
        r#""kind":"batch""#,
    ),
    (
        "2026-10-03T10:00:00Z",
        "job",
        r#""custom:cpu":2,"custom:seconds":1000"#,
        r#""kind":"batch""#,
    ),
    (
        "2026-10-04T10:00:00Z",
        "job",
        r#""custom:cpu":9,"custom:seconds":9000"#,
        r#""kind":"test""#,
    ),
    (
        "2026-10-02T10:00:00Z",
        "space",
        r#""custom:gb":8,"custom:objects":1500"#,
        "",
    ),
];

fn line(number: usize) -> String {
    event(&format!("e{number}"), EVENTS[number])
}

/// An event of the customer as a line of a file.
fn event(id: &str, (at, name, quantities, dims): (&str, &str, &str, &str)) -> String {
    let head = format!(r#""source":"own","id":"{id}","event_name":"{name}","at":"{at}""#);
    let counts = format!(r#""quantities":{{{quantities}}},"dimensions":{{{dims}}}"#);
    format!(r#"{{{head},"customer":"cus_alpenrad",{counts}}}"#)
}

/// Imports events of one file.
async fn import(app: &App, folder: &tempfile::TempDir, name: &str, lines: Vec<String>) -> u64 {
    let path = folder.path().join(name);
    fs::write(&path, lines.join("\n")).unwrap();
    let request = UsageImportRunRequest {
        path: path.to_str().unwrap().to_owned(),
        format: "canonical".to_owned(),
        mapping: None,
        job_id: name.to_owned(),
    };
    let report = app.usage_import_run(request, Arc::new(|_| {})).await;
    report.unwrap().accepted.0
}

fn usage(name: &str, meter: &str, document: &str) -> ChargeText {
    ChargeText {
        name: name.to_owned(),
        kind: ChargeKindWord::Usage,
        amount: None,
        timing: None,
        per_seat: None,
        meter: Some(meter.to_owned()),
        model: Some(PriceModelWord::Document),
        unit_price: None,
        tiers: None,
        charge_flat_at_zero: None,
        markup: None,
        document: Some(document.to_owned()),
        credit: None,
    }
}

/// Name of the charge and its meter, the price, and quantity and amount of October.
const CHARGES: &[(&str, &str, &str, &str, &str)] = &[
    // The most of the month: 21 × 12.00.
    (
        "Seats",
        "Seats",
        r#"{"model":"per_unit","unit_price":"12"}"#,
        "21",
        "252.00",
    ),
    // 100 GB to the 15th, 200 after, in a month with 25 hours in one day.
    (
        "Storage",
        "Storage",
        r#"{"model":"per_unit","unit_price":"0.1"}"#,
        "151.677852",
        "15.17",
    ),
    // 3.20 + 1.75 + 29.30, at most 20.00 each.
    (
        "Fees",
        "Payments",
        concat!(
            r#"{"model":"percentage","rate_percent":"2.9","fixed_fee_per_event":"0.3","#,
            r#""max_per_event":"20"}"#,
        ),
        "1150",
        "24.95",
    ),
    // 3 on the 24th and 6 on the 25th, of which 2 are free each day.
    (
        "Daily calls",
        "Calls",
        concat!(
            r#"{"model":"bucketed","per":"day","base":{"model":"overage","included":"2","#,
            r#""unit_price":"1"}}"#,
        ),
        "9",
        "5.00",
    ),
    // 5 in the EU at 2.00, 4 elsewhere at 1.00.
    (
        "Regions",
        "Calls",
        concat!(
            r#"{"model":"line_sum","lines":[{"value":"eu","price":{"model":"per_unit","#,
            r#""unit_price":"2"}}],"default":{"model":"per_unit","unit_price":"1"}}"#,
        ),
        "9",
        "14.00",
    ),
    (
        "Users",
        "Users",
        r#"{"model":"package","package_size":"5","package_price":"9"}"#,
        "2",
        "9.00",
    ),
    // 1.00 and 0.56 hours; tests do not count.
    (
        "Compute",
        "Compute",
        r#"{"model":"per_unit","unit_price":"10"}"#,
        "1.56",
        "15.60",
    ),
    // 8 GB fit the first step, 1,500 objects do not.
    (
        "Space",
        "Space",
        concat!(
            r#"{"model":"capacity","tiers":[{"limits":{"custom:gb":"10","#,
            r#""custom:objects":"1000"},"amount":"19"},{"limits":{},"amount":"49"}]}"#,
        ),
        "8",
        "49.00",
    ),
    (
        "Amounts",
        "Payments",
        r#"{"model":"dynamic"}"#,
        "1150",
        "1150.00",
    ),
    (
        "Commission",
        "Payments",
        concat!(
            r#"{"model":"graduated_percentage","tiers":[{"up_to":"1000","#,
            r#""rate_percent":"3"},{"rate_percent":"2"}]}"#,
        ),
        "1150",
        "33.00",
    ),
];

/// Publishes a plan of all charges and puts the customer on it from October.
async fn subscribe(app: &App, customer: &str, ids: &BTreeMap<String, String>) {
    let charges = CHARGES.iter();
    let charges = charges.map(|(name, meter, price, _, _)| usage(name, &ids[*meter], price));
    let subscription = publish_to(app, customer, charges.collect()).await;
    let preview = SubscriptionPreviewRequest { subscription };
    // Of the months that are not over, October's events are assumed.
    let shown = app.subscription_preview(preview).await.unwrap().invoices;
    let months: Vec<&str> = shown.iter().map(|invoice| invoice.month.as_str()).collect();
    assert_eq!(months, ["2026-11", "2026-12", "2027-01"]);
    assert_eq!(shown[1].net, shown[2].net);
}

/// Publishes a plan of these charges and puts the customer on it from October.
async fn publish_to(app: &App, customer: &str, charges: Vec<ChargeText>) -> SubscriptionText {
    let plan = app
        .plan_save(PlanSaveRequest {
            id: String::new(),
            name: "Metered".to_owned(),
            description: String::new(),
            archived: false,
            currency: "EUR".to_owned(),
            charges: Some(charges),
            terms: Some(TermsText {
                interval_unit: IntervalWord::Month,
                interval_count: 1,
                anchor: AnchorWord::Calendar,
                proration: ProrationWord::Days,
                add_on: None,
                phases: None,
            }),
        })
        .await
        .unwrap();
    let publish = PlanPublishRequest {
        id: plan.id.clone(),
        move_from: None,
    };
    app.plan_publish(publish).await.unwrap();
    let plans = app.plan_list(Nothing {}).await.unwrap().plans;
    let saved = plans.iter().find(|known| known.id == plan.id).unwrap();
    let subscription = SubscriptionText {
        id: String::new(),
        customer_id: customer.to_owned(),
        plan_version_id: saved.versions[0].id.clone(),
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
    let request = SubscriptionSaveRequest { subscription };
    let saved = app.subscription_save(request.clone()).await.unwrap();
    SubscriptionText {
        id: saved.id,
        ..request.subscription
    }
}

async fn october(app: &App, customer: &str) -> InvoiceGetReply {
    app.invoice_get(InvoiceGetRequest {
        id: None,
        customer_id: Some(customer.to_owned()),
        month: Some("2026-10".to_owned()),
    })
    .await
    .unwrap()
}

fn assert_charges(invoice: &InvoiceGetReply) {
    for (name, _, _, quantity, amount) in CHARGES {
        let own = invoice.lines.iter().filter(|line| line.charge == *name);
        let found: Vec<(&str, &str)> = own
            .map(|line| (line.quantity.0.as_str(), line.amount.amount.0.as_str()))
            .collect();
        assert_eq!(found, [(*quantity, *amount)], "{name}");
    }
}

async fn verify(app: &App) {
    let request = InvoiceVerifyRequest {
        id: None,
        job_id: "verify".to_owned(),
    };
    let verified = app.invoice_verify(request, Arc::new(|_| {})).await.unwrap();
    assert_eq!(verified.checked.0, 1);
    assert!(verified.findings.is_empty(), "{:#?}", verified.findings);
}

#[tokio::test(flavor = "multi_thread")]
async fn events_become_a_final_invoice_that_verifies_whatever_comes_later() {
    let folder = tempfile::tempdir().unwrap();
    let (app, customer) = sample(&folder).await;
    let ids = meters(&app).await;
    let all: Vec<String> = (0..EVENTS.len()).map(line).collect();
    let count = u64::try_from(all.len()).unwrap();
    assert_eq!(import(&app, &folder, "all.jsonl", all).await, count);
    subscribe(&app, &customer, &ids).await;
    assert_charges(&october(&app, &customer).await);

    // The histogram of the tier editor measures as the invoice does.
    let usage = |name: &str| MeterUsageRequest {
        meter: ids[name].clone(),
        month: Some("2026-10".to_owned()),
        currency: None,
    };
    for (name, _, _, quantity, _) in CHARGES.iter().filter(|(name, meter, ..)| name == meter) {
        let rows = app.meter_usage(usage(name)).await.unwrap().rows;
        let own = rows.iter().find(|row| row.customer_id == customer);
        assert_eq!(own.unwrap().quantity.0, *quantity, "{name}");
    }

    let request = InvoiceFinalizeRequest {
        month: "2026-10".to_owned(),
        customer_ids: vec![customer.clone()],
        job_id: "finalize".to_owned(),
    };
    let done = app
        .invoice_finalize(request, Arc::new(|_| {}))
        .await
        .unwrap();
    assert_eq!(done.invoices.len(), 1);
    verify(&app).await;
    let late = [
        ("2026-10-06T09:00:00Z", "seats", r#""custom:seats":500"#),
        ("2026-10-06T09:00:00Z", "storage", r#""custom:gb":5000"#),
        ("2026-10-01T10:00:00Z", "payment", r#""custom:amount":70"#),
    ];
    let late = late.iter().map(|(at, name, quantities)| {
        let id = format!("late {name}");
        event(&id, (at, name, quantities, ""))
    });
    assert_eq!(import(&app, &folder, "late.jsonl", late.collect()).await, 3);
    verify(&app).await;
    assert_charges(&october(&app, &customer).await);
}

/// The same events in another order, over several files, some twice, before there is any meter.
#[tokio::test(flavor = "multi_thread")]
async fn files_and_their_order_do_not_matter() {
    let folder = tempfile::tempdir().unwrap();
    let (app, customer) = sample(&folder).await;
    let last = EVENTS.len() - 1;
    for (number, part) in [[last, 3, 9, 0, 13], [6, 4, 2, 12, 5], [8, 0, 7, 11, 10]]
        .iter()
        .enumerate()
    {
        let lines = part.iter().map(|number| line(*number)).collect();
        import(&app, &folder, &format!("part {number}.jsonl"), lines).await;
    }
    let lines = (0..EVENTS.len()).rev().map(line).collect();
    assert_eq!(import(&app, &folder, "again.jsonl", lines).await, 1);
    let ids = meters(&app).await;
    subscribe(&app, &customer, &ids).await;
    assert_charges(&october(&app, &customer).await);
}

/// What each charge was invoiced for, as the usage of a price document.
const USAGES: &[(&str, &str)] = &[
    ("Seats", r#"{"quantity":"21"}"#),
    ("Storage", r#"{"quantity":"151.677852"}"#),
    ("Fees", r#"{"events":["100","50","1000"]}"#),
    ("Daily calls", r#"{"buckets":["3","6"]}"#),
    (
        "Regions",
        r#"{"lines":[{"value":"eu","quantity":"5"},{"value":"us","quantity":"4"}]}"#,
    ),
    ("Users", r#"{"quantity":"2"}"#),
    ("Compute", r#"{"quantity":"1.56"}"#),
    ("Space", r#"{"custom:gb":"8","custom:objects":"1500"}"#),
    ("Amounts", r#"{"events":["100","50","1000"]}"#),
    ("Commission", r#"{"events":["100","50","1000"]}"#),
];

/// A billing test comes to what the invoice of the first test says.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_quoted_is_what_is_invoiced() {
    let folder = tempfile::tempdir().unwrap();
    let (app, _) = sample(&folder).await;
    let charges = CHARGES.iter();
    let charges = charges.map(|(name, _, price, _, _)| usage(name, "total_tokens", price));
    let text = |text: &str| DecimalString(text.to_owned());
    let tests = CHARGES.iter().zip(USAGES);
    let tests = tests.map(|((charge, .., amount), (name, usage))| PlanTestText {
        name: (*name).to_owned(),
        charge: (*charge).to_owned(),
        quantity: text("0"),
        usage: Some((*usage).to_owned()),
        amount: text(amount),
    });
    let mut tests: Vec<PlanTestText> = tests.collect();
    tests.push(PlanTestText {
        name: "Faulty".to_owned(),
        charge: "Regions".to_owned(),
        quantity: text("1"),
        usage: Some(r#"{"quantity":"1"}"#.to_owned()),
        amount: text("1"),
    });
    let request = PlanTestRunRequest {
        currency: "EUR".to_owned(),
        charges: charges.collect(),
        tests,
    };
    let results = app.plan_test_run(request).await.unwrap().results;
    let (last, others) = results.split_last().unwrap();
    for (result, (name, _)) in others.iter().zip(USAGES) {
        assert!(result.passed, "{name}: {result:?}");
    }
    assert_eq!(others.len(), CHARGES.len());
    assert_eq!(last.fault.as_deref(), Some("faulty_usage"));
}

/// What is left of quotas, which a faulty event takes below zero, and calls by region.
async fn quota_meters(app: &App) -> [String; 2] {
    let left = MeterText {
        formula: Some("custom:given - custom:taken".to_owned()),
        ..meter("Left", "quota", AggregationWord::Sum)
    };
    let regions = MeterText {
        group_by: Some(vec!["region".to_owned()]),
        ..meter("Calls", "call", AggregationWord::Count)
    };
    let left = app.meter_save(MeterSaveRequest { meter: left }).await;
    let regions = app.meter_save(MeterSaveRequest { meter: regions }).await;
    [left.unwrap().id, regions.unwrap().id]
}

/// A formula that has no value for an event of one customer: the histogram names that customer and
/// shows the others, and what cannot be billed waits in the inbox under its own reason.
#[tokio::test(flavor = "multi_thread")]
async fn usage_without_a_value_is_named_and_hides_no_other_customer() {
    let folder = tempfile::tempdir().unwrap();
    let (app, customer) = sample(&folder).await;
    let [left, regions] = quota_meters(&app).await;
    let at = "2026-10-05T09:00:00Z";
    let quota = |id: &str, given: u32, taken: u32| {
        let counts = format!(r#""custom:given":{given},"custom:taken":{taken}"#);
        event(id, (at, "quota", &counts, ""))
    };
    let lines = vec![
        quota("faulty", 1, 5),
        quota("good", 7, 3).replace("cus_alpenrad", "cus_nordlicht"),
        event("eu", (at, "call", r#""requests":2"#, r#""region":"eu""#)),
        event("us", (at, "call", r#""requests":4"#, r#""region":"us""#)),
    ];
    assert_eq!(import(&app, &folder, "quota.jsonl", lines).await, 4);

    let request = MeterUsageRequest {
        meter: left.clone(),
        month: Some("2026-10".to_owned()),
        currency: None,
    };
    let shown = app.meter_usage(request).await.unwrap();
    let rows: Vec<&str> = shown
        .rows
        .iter()
        .map(|row| row.quantity.0.as_str())
        .collect();
    assert_eq!(rows, ["4"]);
    let named: Vec<&str> = shown
        .left_out
        .iter()
        .map(|one| one.customer_id.as_str())
        .collect();
    assert_eq!(named, [customer.as_str()]);
    let why = "the formula of meter \"Left\" has no value for an event";
    assert_eq!(shown.left_out[0].why, why);

    let price = r#"{"model":"per_unit","unit_price":"1"}"#;
    let by_value = format!(r#"{{"model":"line_sum","lines":[{{"value":"eu","price":{price}}}]}}"#);
    let charges = vec![
        usage("Left", &left, price),
        usage("Regions", &regions, &by_value),
    ];
    publish_to(&app, &customer, charges).await;
    let inbox = app.inbox_list(Nothing {}).await.unwrap().items;
    let waits = |kind: InboxKind| -> Vec<(&str, &str, u64)> {
        let own = inbox.iter().filter(|item| item.kind == kind);
        own.map(|item| (item.subject.as_str(), item.detail.as_str(), item.events.0))
            .collect()
    };
    assert_eq!(waits(InboxKind::NoValue), [("Left", "", 2)]);
    let plans = inbox
        .iter()
        .find(|item| item.kind == InboxKind::NoPriceForValue);
    let plans = plans.map(|item| item.detail.clone()).unwrap_or_default();
    assert!(plans.ends_with("Metered"), "{plans}");
    assert_eq!(
        waits(InboxKind::NoPriceForValue),
        [("us", plans.as_str(), 1)]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn meters_and_prices_that_do_not_go_together_are_refused_at_their_fields() {
    let folder = tempfile::tempdir().unwrap();
    let (app, _) = sample(&folder).await;
    let ids = meters(&app).await;
    let percent = r#"{"model":"percentage","rate_percent":"1"}"#;
    let group =
        r#"{"model":"bucketed","per":"group","base":{"model":"per_unit","unit_price":"1"}}"#;
    let capacity = concat!(
        r#"{"model":"capacity","tiers":[{"limits":{"custom:gb":"1"},"amount":"1"},"#,
        r#"{"limits":{},"amount":"2"}]}"#,
    );
    let cost = r#"{"model":"cost_plus","markup":{"percent":"10"}}"#;
    let error = app
        .plan_save(PlanSaveRequest {
            id: String::new(),
            name: "Unfit".to_owned(),
            description: String::new(),
            archived: false,
            currency: "EUR".to_owned(),
            charges: Some(vec![
                usage("Share of tokens", "total_tokens", percent),
                usage("By group", &ids["Seats"], group),
                usage("Capacity", &ids["Calls"], capacity),
                usage("Cost", &ids["Payments"], cost),
            ]),
            terms: None,
        })
        .await
        .unwrap_err();
    let named = |issue: &ratebook_api::wire::IssueText| format!("{} {}", issue.path, issue.code);
    let mut issues: Vec<String> = error.issues.iter().map(named).collect();
    issues.sort();
    assert_eq!(
        issues,
        [
            "charges[0].document.model needs_amounts",
            "charges[1].document.per needs_groups",
            "charges[2].document.model needs_quantity",
            "charges[3].document.model not_for_meter",
        ]
    );
    let faulty = MeterText {
        formula: Some("custom:cpu / custom:seconds".to_owned()),
        group_by: Some(vec!["a".to_owned(), "a".to_owned()]),
        ..meter("Ratio", "job", AggregationWord::Average)
    };
    let error = app.meter_save(MeterSaveRequest { meter: faulty }).await;
    let error = error.unwrap_err();
    let issues: Vec<String> = error.issues.iter().map(named).collect();
    assert_eq!(
        issues,
        ["formula quotient_not_rounded", "groupBy[1] duplicate"]
    );
    let broken = MeterText {
        formula: Some("custom:cpu *".to_owned()),
        ..meter("Broken", "job", AggregationWord::Sum)
    };
    let error = app.meter_save(MeterSaveRequest { meter: broken }).await;
    let error = error.unwrap_err();
    let issues: Vec<String> = error.issues.iter().map(named).collect();
    assert_eq!(issues, ["formula not_a_formula"]);
    assert_eq!(error.issues[0].params["fault"], "expected_value");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_meter_stays_what_the_price_of_a_customers_plan_needs() {
    let folder = tempfile::tempdir().unwrap();
    let (app, customer) = sample(&folder).await;
    let ids = meters(&app).await;
    subscribe(&app, &customer, &ids).await;
    let own = |group_by: Option<Vec<String>>, name: &str| MeterText {
        id: ids["Calls"].clone(),
        group_by,
        ..meter(name, "call", AggregationWord::Count)
    };
    let apart = own(None, "Calls");
    let error = app.meter_save(MeterSaveRequest { meter: apart }).await;
    let error = error.unwrap_err();
    assert_eq!(error.issues[0].path, "aggregation");
    assert_eq!(error.issues[0].code, "needed_by_plan");
    assert_eq!(error.issues[0].params["plan"], "Metered");
    // What the prices do not need may change.
    let renamed = own(Some(vec!["region".to_owned()]), "All calls");
    let saved = app.meter_save(MeterSaveRequest { meter: renamed }).await;
    assert_eq!(saved.unwrap().id, ids["Calls"]);
}
