use super::document::PriceDocument;
use super::{Explain, Priced, apply};
use ratebook_catalog::json::Json;

fn quoted(currency: &str, price: &str, usage: &str) -> Result<Priced, String> {
    let line =
        format!(r#"{{"currency": "{currency}", "price": {{{price}}}, "usage": {{{usage}}}}}"#);
    let document = PriceDocument::read(&Json::parse(&line).unwrap());
    let document = document.unwrap_or_else(|issues| panic!("{line}: {issues:?}"));
    let (price, usage) = (&document.price, &document.usage);
    apply(price, usage, document.currency, Explain::Steps).map_err(|error| error.to_string())
}

fn amount(price: &str, usage: &str) -> String {
    quoted("USD", price, usage).unwrap().exact.to_exact_string()
}

fn rounded(currency: &str, price: &str, usage: &str) -> String {
    quoted(currency, price, usage).unwrap().rounded.number()
}

/// Quantities with what each costs.
fn table(price: &str, rows: &[(&str, &str)]) {
    for (quantity, expected) in rows {
        let usage = format!(r#""quantity": "{quantity}""#);
        assert_eq!(amount(price, &usage), *expected, "{quantity} of {price}");
    }
}

const MILLIONS: &str = r#""tiers": [{"up_to": "1000000", "unit_price": "0.000003"},
    {"up_to": "10000000", "unit_price": "0.0000025"}, {"unit_price": "0.000002"}]"#;

#[test]
fn graduated_and_volume_over_the_same_tiers() {
    let graduated = format!(r#""model": "graduated", {MILLIONS}"#);
    table(
        &graduated,
        &[
            ("0", "0"),
            ("1000000", "3"),
            ("10000000", "25.5"),
            ("10000001", "25.500002"),
            ("12000000", "29.5"),
        ],
    );
    let volume = format!(r#""model": "volume", {MILLIONS}"#);
    table(
        &volume,
        &[
            ("12000000", "24"),
            ("10000000", "25"),
            ("10000001", "20.000002"),
            ("10000000.5", "20.000001"),
            ("1000000", "3"),
        ],
    );
}

#[test]
fn a_tier_holds_its_bound_and_fractions_belong_to_the_next() {
    let tiers = r#""tiers": [{"up_to": "100", "unit_price": "1", "flat_fee": "5"},
        {"unit_price": "0.5", "flat_fee": "7"}]"#;
    let graduated = format!(r#""model": "graduated", {tiers}"#);
    table(
        &graduated,
        &[
            ("0", "5"),
            ("99.5", "104.5"),
            ("100", "105"),
            ("100.5", "112.25"),
            ("100.000000000001", "112.0000000000005"),
        ],
    );
    let volume = format!(r#""model": "volume", {tiers}"#);
    table(&volume, &[("0", "5"), ("100", "105"), ("100.5", "57.25")]);
    let free_at_zero = format!(r#"{graduated}, "charge_flat_at_zero": false"#);
    table(&free_at_zero, &[("0", "0"), ("0.5", "5.5"), ("100", "105")]);
}

#[test]
fn a_cliff_is_said() {
    let volume = format!(r#""model": "volume", {MILLIONS}"#);
    let steps = quoted("USD", &volume, r#""quantity": "9000000""#)
        .unwrap()
        .steps;
    let cliff = super::PriceStep::Cliff {
        above: "10000000".to_owned(),
        from: "20".to_owned(),
    };
    assert!(steps.contains(&cliff), "{steps:?}");
    let steps = quoted("USD", &volume, r#""quantity": "2000000""#)
        .unwrap()
        .steps;
    assert!(!steps.contains(&cliff), "{steps:?}");
}

#[test]
fn packages_count_when_they_are_begun() {
    let package = r#""model": "package", "package_size": "1000", "package_price": "0.04""#;
    table(
        package,
        &[
            ("0", "0"),
            ("1", "0.04"),
            ("1000", "0.04"),
            ("1001", "0.08"),
        ],
    );
    let down = format!(r#"{package}, "round": "down", "free_units": "0.5""#);
    table(
        &down,
        &[("1000", "0"), ("1000.5", "0.04"), ("2000.4", "0.04")],
    );
}

#[test]
fn modifiers_are_applied_in_their_order() {
    // 2,999 → 2.999 → 3 thousands, one of them included: 2 × 10 = 20; −10 % = 18; at most 15; at
    // least 12; −2 = 13.
    let price = r#""model": "per_unit", "unit_price": "10",
        "convert": {"divide_by": "1000", "round": "up"}, "included": "1",
        "discount": {"percent": "10", "amount": "2"}, "maximum": "15", "minimum": "12""#;
    table(
        price,
        &[
            ("2999", "13"),
            ("2000", "10"),
            ("1000", "10"),
            ("9000", "13"),
        ],
    );
    let small = r#""model": "per_unit", "unit_price": "1", "discount": {"amount": "5"}"#;
    table(small, &[("3", "0"), ("7", "2")]);
}

#[test]
fn conversions_are_exact_or_say_how_they_are_rounded() {
    let hours = |round: &str| {
        format!(
            r#""model": "per_unit", "unit_price": "2",
            "convert": {{"divide_by": "3600", "round": "{round}", "places": 2}}"#
        )
    };
    table(&hours("none"), &[("5400", "3")]);
    table(&hours("up"), &[("100", "0.06"), ("3600", "2")]);
    table(&hours("down"), &[("100", "0.04")]);
    table(
        &hours("nearest"),
        &[("100", "0.06"), ("18", "0.02"), ("17", "0")],
    );
    let endless = quoted("USD", &hours("none"), r#""quantity": "100""#).unwrap_err();
    assert!(
        endless.starts_with("usage 100: 100 over 3600 has no exact result"),
        "{endless}"
    );
    let times = r#""model": "per_unit", "unit_price": "1",
        "convert": {"multiply_by": "1.5", "divide_by": "0.5"}"#;
    table(times, &[("7", "21"), ("0.1", "0.3")]);
}

#[test]
fn corrections_rate_as_the_difference_of_totals() {
    let graduated = format!(r#""model": "graduated", {MILLIONS}"#);
    let usage = r#""quantity": "-2000000", "prior_quantity": "11000000""#;
    assert_eq!(amount(&graduated, usage), "-4.5");
    let package = r#""model": "package", "package_size": "10", "package_price": "15""#;
    let usage = r#""quantity": "-2", "prior_quantity": "11""#;
    assert_eq!(amount(package, usage), "-15");
    // Below zero in all: rated as zero, and said.
    let below = quoted("USD", package, r#""quantity": "-2""#).unwrap();
    assert_eq!(below.exact.e24(), 0);
    let said = super::PriceStep::BelowZero {
        quantity: "-2".to_owned(),
    };
    assert!(below.steps.contains(&said));
}

#[test]
fn commitments_multiply_what_is_beyond_and_charge_what_is_missing_only_with_a_true_up() {
    let price = |commitment: &str| {
        format!(r#""model": "per_unit", "unit_price": "2", "commitment": {{{commitment}}}"#)
    };
    let amount = price(r#""amount": "10", "overage_factor": "1.5""#);
    table(&amount, &[("3", "6"), ("5", "10"), ("6", "13")]);
    let quantity = price(r#""quantity": "5", "overage_factor": "1.5", "true_up": true"#);
    table(&quantity, &[("3", "10"), ("5", "10"), ("6", "13")]);
}

#[test]
fn amounts_round_once_to_the_places_of_the_currency() {
    let price = r#""model": "per_unit", "unit_price": "1.0005""#;
    for (currency, quantity, expected) in [
        ("JPY", "1", "1"),
        ("JPY", "1.5", "2"),
        ("USD", "1", "1.00"),
        ("USD", "10", "10.01"),
        ("KWD", "1", "1.001"),
        ("KWD", "0.5", "0.500"),
    ] {
        let usage = format!(r#""quantity": "{quantity}""#);
        assert_eq!(
            rounded(currency, price, &usage),
            expected,
            "{quantity} {currency}"
        );
    }
    let calls = r#""model": "per_unit", "unit_price": "0.00042""#;
    assert_eq!(rounded("USD", calls, r#""quantity": 10000"#), "4.20");
}

#[test]
fn the_largest_numbers_fit_or_say_that_they_do_not() {
    let price = |unit: &str| format!(r#""model": "per_unit", "unit_price": "{unit}""#);
    let tiny = price("0.000000000001");
    let largest = r#""quantity": "1000000000000000000000000""#;
    assert_eq!(amount(&tiny, largest), "1000000000000");
    let usage = r#""quantity": "170000000000000""#;
    assert_eq!(amount(&price("1"), usage), "170000000000000");
    let error = quoted("USD", &price("1.01"), usage).unwrap_err();
    assert_eq!(error, "usage 170000000000000: the number is too large");
    let fine = price("0.000000000000000000000001");
    assert_eq!(
        amount(&fine, r#""quantity": "1""#),
        "0.000000000000000000000001"
    );
    let error = quoted("USD", &fine, r#""quantity": "0.5""#).unwrap_err();
    assert!(error.contains("more than 24 decimal places"), "{error}");
}

#[test]
fn parts_are_priced_by_themselves() {
    let bucketed = r#""model": "bucketed", "per": "hour", "base": {"model": "package",
        "package_size": "10", "package_price": "1", "maximum": "2"}, "minimum": "4""#;
    // 11 begins two packages, 35 would begin four but an hour costs at most two, 0 costs nothing.
    assert_eq!(amount(bucketed, r#""buckets": ["11", 35, "0"]"#), "4");
    assert_eq!(amount(bucketed, r#""buckets": ["11", "35", "1"]"#), "5");
    let later = r#""buckets": [{"quantity": "1", "prior_quantity": "10"}, "10"]"#;
    let plain = bucketed.replace(r#", "minimum": "4""#, "");
    assert_eq!(amount(&plain, later), "2");
    let regions = r#""model": "line_sum",
        "lines": [{"value": "eu", "price": {"model": "per_unit", "unit_price": "0.2"}}],
        "default": {"model": "per_unit", "unit_price": "0.1"}"#;
    let usage = r#""lines": [{"value": "eu", "quantity": "3"}, {"value": "us", "quantity": "4"}]"#;
    assert_eq!(amount(regions, usage), "1");
}

#[test]
fn the_largest_of_several_units_sets_a_capacity() {
    let price = r#""model": "capacity", "tiers": [
        {"limits": {"seats": "5", "runs": "100"}, "amount": "10"},
        {"limits": {"seats": "50", "runs": "1000"}, "amount": "20"},
        {"limits": {"seats": null, "runs": null}, "amount": "30"}]"#;
    for (usage, expected) in [
        (r#""seats": "5", "runs": "100""#, "10"),
        (r#""seats": "5", "runs": "100.5""#, "20"),
        (r#""seats": "51""#, "30"),
        ("", "10"),
        (r#""seats": "6", "prior": {"seats": "5"}"#, "10"),
    ] {
        assert_eq!(amount(price, usage), expected, "{usage}");
    }
}

#[test]
fn cost_is_marked_up_as_a_rule_would() {
    let events = r#""events": [{"quantity": "200000", "amount": "0.6"},
        {"quantity": "800000", "amount": "0.24"}, {"quantity": "50000", "amount": "0.1875"},
        {"quantity": "100000", "amount": "1.5"}]"#;
    let price = r#""model": "cost_plus", "markup": {"percent": "30"}"#;
    assert_eq!(amount(price, events), "3.28575");
    assert_eq!(rounded("USD", price, events), "3.29");
    let fixed = r#""model": "cost_plus", "markup": {"fixed_per_unit": "0.000001"}"#;
    assert_eq!(amount(fixed, events), "3.6775");
    assert_eq!(amount(r#""model": "dynamic""#, events), "2.5275");
}
