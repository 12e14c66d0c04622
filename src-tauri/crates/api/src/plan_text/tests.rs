use super::*;
use ratebook_catalog::{Aggregation, MeterId};
use ratebook_money::id::IdSource;

const TEAM: &str = r#"format = "1"
name = "Team"
description = "For small teams"
currency = "EUR"

[[charges]]
name = "Platform"
kind = "recurring_fee"
amount = "49.00"
timing = "advance"

[[charges]]
name = "Tokens"
kind = "usage"
meter = "total_tokens"

[charges.price]
model = "volume"
minimum = "40"
tiers = [
  { up_to = "2000", unit_price = "0.02" },
  { unit_price = "0.015" },
]

[[charges]]
name = "Runs"
kind = "usage"
meter = "Agent runs"
model = "per_unit"
unit_price = "0.25"

[[tests]]
name = "a busy month"
charge = "Tokens"
quantity = "4763"
amount = "71.45"
"#;

fn runs() -> Vec<Meter> {
    let mut ids = IdSource::new(ratebook_money::Timestamp::from_micros(0), 7);
    vec![Meter {
        id: MeterId::new(&mut ids),
        name: "Agent runs".to_owned(),
        event_name: "agent.run".to_owned(),
        aggregation: Aggregation::Count,
        unit: "run".to_owned(),
        filters: Vec::new(),
        group_by: Vec::new(),
        archived: false,
    }]
}

fn faults(text: &str) -> Vec<String> {
    let error = match read(text, &runs()) {
        Ok(file) => file.lines.place(ApiError::invalid(file.faults)),
        Err(error) => error,
    };
    let named = error.issues.iter().map(|issue| {
        let line = issue.params.get("line").map_or("-", String::as_str);
        format!("{line} {} {}", issue.path, issue.code)
    });
    named.collect()
}

#[test]
fn a_plan_is_read_and_written_back_to_the_letter() {
    let meters = runs();
    let file = read(TEAM, &meters).unwrap();
    let charges = file.request.charges.as_ref().unwrap();
    assert_eq!(charges[2].meter, Some(meters[0].id.to_string()));
    let text = write(&file.request, &file.tests, &meters).unwrap();
    assert_eq!(text, TEAM);
}

/// Credit in every period, of which what is left is carried over.
const CREDIT: &str = r#"format = "1"
name = "Starter"
description = ""
currency = "EUR"

[[charges]]
name = "Starter credit"
kind = "credit"
amount = "31.00"

[charges.credit]
least = "2.00"
most = "20.00"
priority = "10"
tax = "post_tax"
"#;

#[test]
fn credit_of_a_plan_is_read_and_written_back_to_the_letter() {
    let file = read(CREDIT, &[]).unwrap();
    let text = write(&file.request, &file.tests, &[]).unwrap();
    assert_eq!(text, CREDIT);
    let misspelt = CREDIT.replace("most =", "at_most =");
    assert_eq!(
        faults(&misspelt),
        ["13 charges[0].credit.at_most unknown_field"]
    );
}

/// Every quarter from the first day on, per seat, a trial before.
const SEATS: &str = r#"format = "1"
name = "Seats"
description = ""
currency = "EUR"

[terms]
interval_unit = "quarter"
interval_count = 1
anchor = "anniversary"
phases = [
  { name = "Trial", by = "periods", first = "1", last = "1", changes = [
  { charge = "X", price = { name = "", kind = "usage", price = { amount = "5", model = "flat" } } },
] },
]
proration = "seconds"

[[charges]]
name = "Seat"
kind = "recurring_fee"
amount = "12.00"
timing = "advance"
per_seat = true
"#;

#[test]
fn terms_and_phases_are_read_and_written_back_to_the_letter() {
    let file = read(SEATS, &[]).unwrap();
    let terms = file.request.terms.as_ref().unwrap();
    assert_eq!(
        (terms.interval_count, terms.phases.as_ref().unwrap().len()),
        (1, 1)
    );
    let text = write(&file.request, &file.tests, &[]).unwrap();
    assert_eq!(text, SEATS);
}

#[test]
fn json_of_the_same_shape_is_read_alike() {
    let (value, _) = toml::read(TEAM).unwrap();
    let from_json = read(&value.to_string(), &runs()).unwrap();
    let from_toml = read(TEAM, &runs()).unwrap();
    assert_eq!(from_json.request, from_toml.request);
    assert_eq!(from_json.tests, from_toml.tests);
}

#[test]
fn numbers_may_stand_without_quotes_and_stay_exact() {
    let bare = TEAM
        .replace("\"0.015\"", "0.015000000000000000000001")
        .replace("\"4763\"", "4_763");
    let file = read(&bare, &runs()).unwrap();
    assert_eq!(file.tests[0].quantity.0, "4763");
    let charges = file.request.charges.unwrap();
    let document = charges[1].document.as_ref().unwrap();
    assert!(
        document.contains("\"0.015000000000000000000001\""),
        "{document}"
    );
}

#[test]
fn what_nobody_knows_is_named_with_its_line() {
    let text = TEAM
        .replace("format = \"1\"", "format = \"2\"")
        .replace("unit_price = \"0.25\"", "unit_prise = \"0.25\"")
        .replace("timing = \"advance\"", "timing = \"sometimes\"");
    assert_eq!(
        faults(&text),
        [
            "1 format unknown_format",
            "6 charges[0] not_a_plan",
            "30 charges[2].unit_prise unknown_field",
        ]
    );
    assert_eq!(faults("name = \"x"), ["1  not_toml"]);
    assert_eq!(faults("{\"name\": }"), ["1  not_json"]);
    assert_eq!(faults("[]"), ["1  not_toml"]);
    assert_eq!(
        faults("format = 1\ncharges = 7"),
        ["2 charges not_a_list", "- currency required"]
    );
}

#[test]
fn paths_of_the_window_are_those_of_the_file() {
    assert_eq!(
        file_path("charges[1].document.tiers[0].unitPrice"),
        "charges[1].price.tiers[0].unit_price"
    );
}

/// Every model that looks at more than a quantity, and tests with such usage.
const METERED: &str = r#"{"format": "1", "name": "Metered", "currency": "EUR", "charges": [
    {"name": "Fees", "kind": "usage", "meter": "Agent runs", "price": {"model": "percentage",
        "rate_percent": "2.9", "fixed_fee_per_event": 0.3, "free_events": 2}},
    {"name": "Days", "kind": "usage", "meter": "total_tokens", "price": {"model": "bucketed",
        "per": "day", "base": {"model": "overage", "included": "2", "unit_price": "1"}}},
    {"name": "Values", "kind": "usage", "meter": "Agent runs", "price": {"model": "line_sum",
        "lines": [{"value": "eu/pro", "price": {"model": "per_unit", "unit_price": "2"}}],
        "default": {"model": "dynamic"}}},
    {"name": "Space", "kind": "usage", "meter": "Agent runs", "price": {"model": "capacity",
        "tiers": [{"limits": {"custom:gb": "10"}, "amount": "19"},
            {"limits": {}, "amount": "49"}]}}],
  "tests": [
    {"name": "payments", "charge": "Fees", "usage": {"events": ["100", 50]}, "amount": "0"},
    {"name": "space", "charge": "Space", "usage": {"custom:gb": "8"}, "amount": "19"}]}"#;

#[test]
fn every_model_and_usage_of_a_test_reads_back_from_its_text() {
    let meters = runs();
    let file = read(METERED, &meters).unwrap();
    let prices = file.request.charges.as_ref().unwrap();
    for charge in prices {
        let price = charge.document.as_deref().unwrap();
        ratebook_catalog::pricing::parse(price).unwrap();
    }
    assert_eq!(
        file.tests[0].usage.as_deref(),
        Some(r#"{"events":["100","50"]}"#)
    );
    let text = write(&file.request, &file.tests, &meters).unwrap();
    let again = read(&text, &meters).unwrap();
    assert_eq!(fields(&again), fields(&file));
    assert_eq!(write(&again.request, &again.tests, &meters).unwrap(), text);
}

/// Requests and tests as values: the order of the fields of a price means nothing.
fn fields(file: &PlanFile) -> serde_json::Value {
    let unfolded = |text: &serde_json::Value| match text.as_str() {
        Some(text) => serde_json::from_str(text).unwrap(),
        None => serde_json::Value::Null,
    };
    let mut request = serde_json::to_value(&file.request).unwrap();
    for charge in request["charges"].as_array_mut().unwrap() {
        charge["document"] = unfolded(&charge["document"]);
    }
    let mut tests = serde_json::to_value(&file.tests).unwrap();
    for test in tests.as_array_mut().unwrap() {
        test["usage"] = unfolded(&test["usage"]);
    }
    serde_json::json!([request, tests])
}
