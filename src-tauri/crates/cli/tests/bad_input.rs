//! Documents and plans with everything wrong, and amounts that do not fit: all faults are said at
//! once, each at its field, and what is sound goes on.

mod home;

use home::Home;
use serde_json::Value;

/// A price document with a fault of each kind.
const FAULTY: &str = concat!(
    r#"{"id":"faulty","currency":"XYZ","price":{"model":"graduated","colour":"red","tiers":["#,
    r#"{"up_to":"100","unit_price":"-1"},"#,
    r#"{"up_to":"50","unit_price":"0.1234567890123456789012345"},"#,
    r#"{"up_to":"50","unit_price":"1","flat_fee":"-2"}],"#,
    r#""included":"ten"},"usage":{"quantity":"5"}}"#,
);

/// The same price in a plan, whose phases leave a gap.
const PLAN: &str = r#"format = "1"
name = "Faulty"
description = ""
currency = "XYZ"
colour = "red"

[terms]
interval_unit = "month"
interval_count = 1
anchor = "calendar"
proration = "days"

[[terms.phases]]
name = "Trial"
by = "periods"
first = "1"
last = "1"

[[terms.phases.changes]]
charge = "Runs"
off = true

[[terms.phases]]
name = "Ramp"
by = "periods"
first = "3"
last = "4"

[[terms.phases.changes]]
charge = "Runs"
off = true

[[charges]]
name = "Platform"
kind = "recurring_fee"
amount = "many"
timing = "advance"

[[charges]]
name = "Setup"
kind = "one_off_fee"
amount = "-1.00"
size = "large"

[[charges]]
name = "Runs"
kind = "usage"
meter = "model_calls"

[charges.price]
model = "graduated"
colour = "red"
included = "ten"
tiers = [
  { up_to = "100", unit_price = "-1" },
  { up_to = "50", unit_price = "0.1234567890123456789012345" },
  { up_to = "50", unit_price = "1", flat_fee = "-2" },
]
"#;

#[test]
fn every_fault_of_a_price_document_is_answered_and_the_next_line_goes_on() {
    let home = Home::new();
    let of = |id: &str, price: &str, quantity: &str| {
        format!(
            "{{\"id\":\"{id}\",\"currency\":\"EUR\",\"price\":{{\"model\":\"per_unit\",\
             \"unit_price\":\"{price}\"}},\"usage\":{{\"quantity\":\"{quantity}\"}}}}"
        )
    };
    let (huge, sound) = (of("huge", "99999999", "99999999999"), of("sound", "2", "5"));
    let done = home.run_with(
        &["quote", "--jsonl"],
        &format!("{FAULTY}\n{huge}\n{sound}\n"),
    );
    assert_eq!(done.code, 0, "{}", done.err);
    let replies: Vec<Value> = done
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(replies.len(), 3, "{}", done.out);
    let faults = replies[0]["faults"].as_array().unwrap();
    let faults: Vec<String> = faults
        .iter()
        .map(|fault| format!("{} {}", text(fault, "field"), text(fault, "code")))
        .collect();
    assert_eq!(
        faults,
        [
            "currency unknown_currency",
            "price.tiers[0].unit_price negative",
            "price.tiers[1].up_to not_ascending",
            "price.tiers[1].unit_price too_precise",
            "price.tiers[2].up_to last_must_be_open",
            "price.tiers[2].up_to not_ascending",
            "price.tiers[2].flat_fee negative",
            "price.included not_a_number",
            "price.colour unknown_field",
        ]
    );
    // What it says names the fields and the values too.
    let sentence = text(&replies[0], "error");
    for said in [
        "XYZ",
        "price.tiers[0].unit_price: -1",
        "price.colour: is not a field here",
    ] {
        assert!(sentence.contains(said), "{said}: {sentence}");
    }
    let overflow = text(&replies[1], "error");
    assert_eq!(overflow, "usage 99999999999: the number is too large");
    assert_eq!(replies[2]["amount"], "10");
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

#[test]
fn every_fault_of_a_plan_is_said_with_its_line() {
    let home = Home::new();
    let book = home.demo();
    let file = home.write("faulty.toml", PLAN);
    let done = home.run(&["--book", &book, "--json", "plan", "import", &file]);
    assert_eq!((done.code, done.out.as_str()), (1, ""), "{}", done.err);
    let error: Value = serde_json::from_str(&done.err).unwrap();
    let issues = error["issues"].as_array().unwrap();
    let mut issues: Vec<String> = issues
        .iter()
        .map(|issue| {
            let line = text(&issue["params"], "line");
            format!("{line} {} {}", text(issue, "path"), text(issue, "code"))
        })
        .collect();
    issues.sort();
    let mut expected = [
        "4 currency unknown_currency",
        "5 colour unknown_field",
        "26 terms.phases[1].first phase_gap",
        "36 charges[0].amount not_a_number",
        "42 charges[1].amount negative",
        "43 charges[1].size unknown_field",
        "52 charges[2].price.colour unknown_field",
        "53 charges[2].price.included not_a_number",
        "55 charges[2].price.tiers[0].unit_price negative",
        "56 charges[2].price.tiers[1].up_to not_ascending",
        "56 charges[2].price.tiers[1].unit_price too_precise",
        "57 charges[2].price.tiers[2].up_to not_ascending",
        "57 charges[2].price.tiers[2].up_to last_must_be_open",
        "57 charges[2].price.tiers[2].flat_fee negative",
    ];
    expected.sort_unstable();
    assert_eq!(issues, expected);
    // In words, with the file, for a person.
    let done = home.run(&["--book", &book, "plan", "import", &file]);
    for said in [
        "faulty.toml: line 26: terms.phases[1].first: leaves a gap after the phase before; 2 is",
        "line 56: charges[2].price.tiers[1].unit_price: 0.1234567890123456789012345 has more",
        "faulty.toml: line 42: charges[1].amount: -1",
        "faulty.toml: line 4: currency: \"XYZ\" is no currency",
    ] {
        assert!(done.err.contains(said), "{said}: {}", done.err);
    }
}

/// Tokens that cost more than any amount holds stop one customer's invoice and no other.
#[test]
fn an_amount_that_does_not_fit_holds_one_customer_and_is_named() {
    let home = Home::new();
    let book = home.demo();
    // An event has at most 10^15 of anything; 400 of them at 600.00 per million do not fit.
    let event = |id: usize| {
        format!(
            "{{\"source\":\"test\",\"id\":\"{id}\",\"event_name\":\"llm.call\",\
             \"at\":\"2026-11-02T10:00:00Z\",\"customer\":\"cus_kestrel\",\"provider\":\"openai\",\
             \"model\":\"o1-pro\",\"quantities\":{{\"output_tokens\":1000000000000000}}}}\n"
        )
    };
    let lines: String = (0..400).map(event).collect();
    let file = home.write("huge.jsonl", &lines);
    let done = home.run(&["--book", &book, "import", &file]);
    assert_eq!(done.code, 0, "{}{}", done.out, done.err);
    let run = ["--book", &book, "invoice", "run", "--period", "2026-11"];
    let done = home.run(&run);
    assert_eq!(done.code, 2, "{}{}", done.out, done.err);
    let said: Vec<&str> = done.err.lines().collect();
    assert_eq!(said.len(), 1, "{}", done.err);
    assert!(said[0].contains(" is held: charge \""), "{}", said[0]);
    assert!(
        said[0].ends_with("quantity 400000000000000000: the number is too large"),
        "{}",
        said[0]
    );
    let held = done
        .out
        .lines()
        .filter(|row| row.contains("held: cannot_rate"));
    assert_eq!(held.count(), 1, "{}", done.out);
    // The others have their drafts: a fee each at least.
    let drafts = done.out.lines().filter(|row| row.ends_with("draft"));
    assert!(drafts.count() > 5, "{}", done.out);
}
