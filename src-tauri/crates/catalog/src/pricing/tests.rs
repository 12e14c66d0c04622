use super::*;
use crate::Issue;
use crate::json::Json;

fn faults(text: &str) -> Vec<String> {
    let mut issues: Vec<Issue> = Vec::new();
    let json = Json::parse(text).unwrap();
    let read = price(&json, "price", &mut issues);
    assert_eq!(read.is_none(), !issues.is_empty(), "{text}: {issues:?}");
    let name = |issue: &Issue| format!("{} {}", issue.path, issue.code);
    issues.iter().map(name).collect()
}

#[test]
fn a_price_with_everything_spelled_out_is_read() {
    let text = r#"{"model": "graduated", "charge_flat_at_zero": true,
        "tiers": [{"up_to": "100", "unit_price": 1, "flat_fee": "0"},
                  {"up_to": null, "unit_price": 5e-1}],
        "included": "0", "minimum": null, "maximum": null,
        "discount": {"percent": "0"}, "convert": {"divide_by": "1", "round": "none"}}"#;
    let json = Json::parse(text).unwrap();
    let mut issues = Vec::new();
    let read = price(&json, "price", &mut issues).unwrap();
    assert_eq!(read.convert, None);
    let Model::Graduated { tiers, .. } = read.model else {
        panic!("{read:?}");
    };
    assert_eq!(tiers[1].unit_price.to_string(), "0.5");
}

#[test]
fn all_faults_come_at_once_each_at_its_field() {
    let text = r#"{"model": "graduated", "charge_flat_at_zero": "yes",
        "tiers": [{"up_to": "100", "unit_price": "-1"},
                  {"unit_price": "1", "price": "2"},
                  {"up_to": "100", "unit_price": "0.1234567890123456789012345", "flat_fee": "x"}],
        "included": "-1", "minimum": "5", "maximum": "4", "discount": {"percent": "101"},
        "convert": {"divide_by": "0", "round": "bank"}, "colour": "red"}"#;
    assert_eq!(
        faults(text),
        [
            "price.tiers[0].unit_price negative",
            "price.tiers[1].up_to only_last_is_open",
            "price.tiers[1].price unknown_field",
            "price.tiers[2].up_to last_must_be_open",
            "price.tiers[2].up_to not_ascending",
            "price.tiers[2].unit_price too_precise",
            "price.tiers[2].flat_fee not_a_number",
            "price.charge_flat_at_zero not_true_or_false",
            "price.convert.divide_by not_above_zero",
            "price.convert.round unknown_word",
            "price.included negative",
            "price.discount.percent too_large",
            "price.minimum above_maximum",
            "price.colour unknown_field",
        ]
    );
}

#[test]
fn every_model_names_what_it_lacks() {
    for (model, lacks) in [
        ("flat", "amount"),
        ("per_unit", "unit_price"),
        ("graduated", "tiers"),
        ("volume", "tiers"),
        ("package", "package_size package_price"),
        ("percentage", "rate_percent"),
        ("graduated_percentage", "tiers"),
        ("dynamic", ""),
        ("cost_plus", "markup"),
        ("bucketed", "per base"),
        ("line_sum", "lines"),
        ("capacity", "tiers"),
        ("overage", "included unit_price"),
        ("blocks", "blocks"),
    ] {
        let expected: Vec<String> = lacks
            .split_whitespace()
            .map(|field| format!("price.{field} required"))
            .collect();
        assert_eq!(faults(&format!("{{\"model\": \"{model}\"}}")), expected);
    }
    assert_eq!(faults("{}"), ["price.model required"]);
    assert_eq!(
        faults("{\"model\": \"tiered\"}"),
        ["price.model unknown_word"]
    );
    assert_eq!(faults("7"), ["price not_an_object"]);
}

#[test]
fn what_a_model_cannot_use_is_refused() {
    let text = r#"{"model": "dynamic", "included": "1", "convert": {"divide_by": "10"},
        "commitment": {"quantity": "5"}}"#;
    assert_eq!(
        faults(text),
        [
            "price.convert not_for_model",
            "price.included not_for_model",
            "price.commitment.quantity not_for_model",
        ]
    );
    let nested = r#"{"model": "bucketed", "per": "day", "base": {"model": "bucketed",
        "per": "day", "base": {"model": "dynamic", "x": 1}}}"#;
    assert_eq!(
        faults(nested),
        [
            "price.base.base.x unknown_field",
            "price.base.model not_inside"
        ]
    );
    let twice = r#"{"model": "flat", "amount": "1", "amount": "2",
        "commitment": {"amount": "1", "quantity": "1"}}"#;
    assert_eq!(
        faults(twice),
        ["price.commitment.quantity one_of", "price.amount duplicate"]
    );
}

#[test]
fn blocks_and_capacities_end_open() {
    let blocks = r#"{"model": "blocks", "mode": "all_tiers", "blocks": [
        {"block_size": "0", "max_blocks": null, "price_per_block": "1"},
        {"block_size": "1", "max_blocks": "1.5", "price_per_block": "1"}]}"#;
    assert_eq!(
        faults(blocks),
        [
            "price.blocks[0].max_blocks only_last_is_open",
            "price.blocks[0].block_size not_above_zero",
            "price.blocks[1].max_blocks not_whole",
            "price.blocks[1].max_blocks last_must_be_open",
        ]
    );
    let capacity = r#"{"model": "capacity", "tiers": [
        {"limits": {"seats": "5", "runs": null}, "amount": "1"},
        {"limits": {"seats": "5", "runs": "7"}, "amount": "2"},
        {"limits": {"seats": "9"}, "amount": "3"}]}"#;
    assert_eq!(
        faults(capacity),
        [
            "price.tiers[1].limits.runs after_open",
            "price.tiers[1].limits.seats not_ascending",
            "price.tiers[2].limits.seats last_must_be_open",
        ]
    );
}

#[test]
fn every_fault_has_words_that_say_what_to_do() {
    let issue = Issue::new("price.tiers[1].up_to", "not_ascending");
    let issue = issue.with("value", 50).with("above", 100);
    assert_eq!(
        sentence(&issue),
        "price.tiers[1].up_to: 50 is not above 100, where the tier before it ends; \
         put the tiers in order"
    );
}

#[test]
fn a_written_price_reads_back_as_the_same_price() {
    let tiers =
        r#"[{"up_to": "100.5", "unit_price": "1"}, {"unit_price": "0.5", "flat_fee": "2"}]"#;
    let all = r#""included": "3", "minimum": "1.5", "maximum": "9",
        "discount": {"percent": "10", "amount": "0.25"},
        "convert": {"multiply_by": "2", "divide_by": "3", "round": "nearest", "places": "2"},
        "commitment": {"quantity": "50", "overage_factor": "1.5", "true_up": true}"#;
    let prices = [
        r#"{"model": "flat", "amount": "10", "commitment": {"amount": "5"}}"#.to_owned(),
        format!(r#"{{"model": "per_unit", "unit_price": "0.000000000001", {all}}}"#),
        r#"{"model": "overage", "included": "0", "unit_price": "1"}"#.to_owned(),
        format!(r#"{{"model": "graduated", "tiers": {tiers}, "charge_flat_at_zero": false}}"#),
        format!(r#"{{"model": "volume", "tiers": {tiers}, {all}}}"#),
        r#"{"model": "package", "package_size": "1000", "package_price": "0.04",
            "free_units": "5", "round": "down"}"#
            .to_owned(),
        r#"{"model": "percentage", "rate_percent": "2.9", "fixed_fee_per_event": "0.3",
            "free_events": "3", "free_amount": "10", "min_per_event": "1", "max_per_event": "7"}"#
            .to_owned(),
        r#"{"model": "graduated_percentage", "tiers": [{"up_to": "100", "rate_percent": "3"},
            {"rate_percent": "2", "flat_fee": "1"}]}"#
            .to_owned(),
        r#"{"model": "dynamic"}"#.to_owned(),
        r#"{"model": "cost_plus", "markup": {"percent": "-5", "fixed_per_unit": "0.1"}}"#
            .to_owned(),
        format!(
            r#"{{"model": "bucketed", "per": "day",
                "base": {{"model": "graduated", "tiers": {tiers}}}}}"#
        ),
        r#"{"model": "line_sum", "lines": [{"value": "eu", "price": {"model": "per_unit",
            "unit_price": "2"}}], "default": {"model": "per_unit", "unit_price": "1"}}"#
            .to_owned(),
        r#"{"model": "capacity", "tiers": [{"limits": {"seats": "5", "gb": "10"}, "amount": "9"},
            {"limits": {"seats": null, "gb": null}, "amount": "20"}]}"#
            .to_owned(),
        r#"{"model": "blocks", "mode": "top_tier", "blocks": [{"block_size": "10",
            "max_blocks": "3", "price_per_block": "1"}, {"block_size": "10",
            "price_per_block": "0.5"}]}"#
            .to_owned(),
    ];
    for text in prices {
        let price = parse(&text).unwrap_or_else(|issues| panic!("{text}: {issues:?}"));
        let written = write(&price).to_string();
        assert_eq!(parse(&written), Ok(price.clone()), "{written}");
        let names = |text: &str| -> Vec<String> {
            let value: serde_json::Value = serde_json::from_str(text).unwrap();
            value.as_object().unwrap().keys().cloned().collect()
        };
        assert!(names(&written).is_sorted(), "{written}");
        let stored = serde_json::to_string(&price).unwrap();
        assert_eq!(serde_json::from_str::<Price>(&stored).unwrap(), price);
    }
    assert_eq!(parse("{").unwrap_err()[0].code, "not_json");
}

#[test]
fn a_part_of_the_period_takes_its_part_of_what_is_agreed() {
    let text = r#"{"model": "per_unit", "unit_price": "2", "included": "31", "minimum": "99",
        "maximum": "500", "commitment": {"quantity": "62"}}"#;
    let part = parse(text).unwrap().prorated(20, 31).unwrap();
    assert_eq!(part.included.to_string(), "20");
    assert_eq!(part.minimum.unwrap().to_string(), "63.870967741935");
    assert_eq!(part.maximum.unwrap().to_string(), "500");
    let size = part.commitment.unwrap().size;
    assert_eq!(size, CommitmentSize::Quantity(40.into()));
    let whole = parse(text).unwrap();
    assert_eq!(whole.prorated(31, 31), Ok(whole));
}
