use super::*;
use crate::prices::{PriceCall, PriceSource};
use crate::{CallConditions, Dimension};
use ratebook_money::{Date, Timestamp};

pub(crate) fn stamp() -> TableStamp {
    TableStamp {
        source: PriceSource {
            name: "litellm".into(),
            version: "0".into(),
            address: String::new(),
            seen_on: Date::from_ymd_opt(2026, 11, 23).unwrap(),
        },
        recorded_at: Timestamp::MIN,
        undated_from: Timestamp::MIN,
    }
}

fn one(fields: &str) -> (ModelPrices, Vec<TableIssue>) {
    let text = format!("{{\"m\": {fields}}}");
    let mut table = read(&text, &stamp()).unwrap();
    (table.models.remove(0), table.issues)
}

/// The price of a dimension for a call at noon on a Monday, by marks such as `processing=batch`.
fn price(model: &ModelPrices, dimension: Dimension, marks: &str, tokens: u64, at: &str) -> String {
    let pairs = marks.split_terminator(',').map(|mark| {
        let (key, value) = mark.split_once('=').unwrap();
        let key = match key {
            "tier" => ConditionKey::ServiceTier,
            "processing" => ConditionKey::Processing,
            "region" => ConditionKey::Region,
            "speed" => ConditionKey::Speed,
            _ => ConditionKey::Variant,
        };
        (key, value.to_owned())
    });
    let marks = CallConditions(pairs.collect());
    let call = PriceCall::single(Timestamp::parse(at).unwrap(), &marks, tokens);
    match model.select(&dimension, &call, Timestamp::MAX) {
        Ok(Some(selected)) => selected.rate.per_unit().to_string(),
        Ok(None) => "free".into(),
        Err(refused) => refused.to_string(),
    }
}

const NOON: &str = "2026-11-23T12:00:00Z";

#[test]
fn suffixes_become_conditions_with_the_comparison_of_the_provider() {
    let prices = r#""input_cost_per_token": 1e-06, "input_cost_per_token_above_200k_tokens": 2e-06,
        "input_cost_per_token_batches": 5e-07,
        "input_cost_per_token_above_200k_tokens_batches": 8e-07,
        "input_cost_per_token_priority": 3e-06"#;
    let (others, _) = one(&format!(r#"{{"litellm_provider": "openai", {prices}}}"#));
    let (xai, _) = one(&format!(r#"{{"litellm_provider": "xai", {prices}}}"#));
    for (marks, tokens, other, at_xai) in [
        ("", 199_999, "0.000001", "0.000001"),
        ("", 200_000, "0.000001", "0.000002"),
        ("", 200_001, "0.000002", "0.000002"),
        ("processing=batch", 200_000, "0.0000005", "0.0000008"),
        ("processing=batch", 200_001, "0.0000008", "0.0000008"),
        ("tier=priority", 1, "0.000003", "0.000003"),
        ("tier=fast", 1, "0.000003", "0.000003"),
        ("tier=flex", 1, "0.000001", "0.000001"),
        // A tier without a price of its own above the threshold pays the standard one there.
        ("tier=priority", 200_001, "0.000002", "0.000002"),
    ] {
        assert_eq!(price(&others, Dimension::INPUT, marks, tokens, NOON), other);
        assert_eq!(price(&xai, Dimension::INPUT, marks, tokens, NOON), at_xai);
    }
}

#[test]
fn missing_prices_follow_the_rules_of_the_table() {
    let (model, _) = one(
        r#"{"litellm_provider": "openai", "input_cost_per_token": 0.000004,
            "cache_creation_input_token_cost": 0.000005, "output_cost_per_token": 2e-5}"#,
    );
    let batch = "processing=batch";
    for (dimension, marks, is) in [
        (Dimension::CACHE_READ, "", "0.000004"),
        (Dimension::CACHE_WRITE_1H, "", "0.000005"),
        (Dimension::OUTPUT_REASONING, "", "0.00002"),
        (Dimension::INPUT_AUDIO, "", "0.000004"),
        (Dimension::OUTPUT, batch, "0.00001"),
        (Dimension::CACHE_READ, batch, "0.000002"),
        (Dimension::REQUESTS, "", "free"),
    ] {
        assert_eq!(price(&model, dimension, marks, 0, NOON), is);
    }
    let (fireworks, _) =
        one(r#"{"litellm_provider": "fireworks_ai", "input_cost_per_token": 0.000004}"#);
    assert_eq!(
        price(&fireworks, Dimension::CACHE_READ, "", 0, NOON),
        "0.000002"
    );
    let refused = price(&fireworks, Dimension::OUTPUT, "", 0, NOON);
    assert!(refused.contains("no price for output_tokens"), "{refused}");
    let (with_batch, _) = one(
        r#"{"litellm_provider": "openai", "input_cost_per_token": 0.000004,
            "cache_read_input_token_cost": 1e-6, "input_cost_per_token_batches": 0.000003,
            "output_cost_per_token": 2e-5}"#,
    );
    for (dimension, is) in [
        (Dimension::CACHE_READ, "0.000003"),
        (Dimension::INPUT_AUDIO, "0.000003"),
        (Dimension::OUTPUT, "0.00001"),
    ] {
        assert_eq!(price(&with_batch, dimension, batch, 0, NOON), is);
    }
    let (perplexity, issues) = one(
        r#"{"litellm_provider": "perplexity", "input_cost_per_token": 0.000004,
            "cache_read_input_token_cost": 1e-6}"#,
    );
    assert_eq!(
        price(&perplexity, Dimension::CACHE_READ, "", 0, NOON),
        "0.000004"
    );
    assert_eq!(issues[0].kind, TableIssueKind::Superseded);
}

#[test]
fn tiers_take_the_whole_call_and_never_mix() {
    let (model, _) = one(r#"{"litellm_provider": "dashscope", "tiered_pricing": [
            {"range": [0, 32000], "input_cost_per_token": 1e-6, "output_cost_per_token": 4e-6,
             "cache_read_input_token_cost": 1e-7},
            {"range": [32000, 1.28e5], "input_cost_per_token": 2e-6,
             "output_cost_per_token": 8e-6}]}"#);
    for (tokens, input, cached) in [
        (32_000, "0.000001", "0.0000001"),
        (32_001, "0.000002", "0.000002"),
        (999_999, "0.000002", "0.000002"),
    ] {
        assert_eq!(price(&model, Dimension::INPUT, "", tokens, NOON), input);
        assert_eq!(
            price(&model, Dimension::CACHE_READ, "", tokens, NOON),
            cached
        );
    }
}

#[test]
fn off_peak_rates_replace_all_others_while_the_window_is_open() {
    let (model, issues) = one(
        r#"{"litellm_provider": "deepseek", "input_cost_per_token": 3e-7,
            "input_cost_per_token_priority": 6e-7, "output_cost_per_token": 1e-6,
            "off_peak_pricing": {"input_cost_per_token": 1e-7, "windows": [
                {"hours_utc": ["10:00-00:00"], "weekdays": [1, "tuesday"]},
                {"hours_utc": "00:00-00:00", "weekdays": [6, 7]}, {"hours_utc": "25:00-1"}]}}"#,
    );
    for (at, marks, is) in [
        (NOON, "", "0.0000001"),
        (NOON, "tier=priority", "0.0000001"),
        ("2026-11-23T09:59:59Z", "", "0.0000003"),
        ("2026-11-25T12:00:00Z", "", "0.0000003"),
        ("2026-11-22T03:00:00Z", "", "0.0000001"),
    ] {
        assert_eq!(price(&model, Dimension::INPUT, marks, 0, at), is, "{at}");
    }
    assert_eq!(price(&model, Dimension::OUTPUT, "", 0, NOON), "0.000001");
    assert_eq!(issues.len(), 1, "{issues:?}");
}

#[test]
fn factors_hold_for_their_marks() {
    let (model, _) = one(
        r#"{"litellm_provider": "vertex_ai", "input_cost_per_token": 1e-6,
            "regional_endpoint_uplift_multiplier": 1.1,
            "provider_specific_entry": {"fast": 2.0, "schema": "x"}}"#,
    );
    assert_eq!(
        price(&model, Dimension::INPUT, "region=us-east5", 0, NOON),
        "0.0000011"
    );
    assert_eq!(
        price(&model, Dimension::INPUT, "region=global", 0, NOON),
        "0.000001"
    );
    let both = "region=eu,speed=fast";
    assert_eq!(price(&model, Dimension::INPUT, both, 0, NOON), "0.0000022");
}

#[test]
fn nothing_is_dropped_without_a_word() {
    let (model, issues) = one(
        r#"{"litellm_provider": "x", "input_cost_per_token": "3e-7", "new_cost_per_dream": 1,
            "output_cost_per_token": -1, "input_dbu_cost_per_token": 0.5, "max_tokens": 10,
            "input_cost_per_second": 0.0008333333333333334,
            "cache_read_input_token_cost": 1e-7, "input_cost_per_token_cache_hit": 2e-7,
            "output_cost_per_pixel": 0.00000000000000000012}"#,
    );
    assert_eq!(price(&model, Dimension::INPUT, "", 0, NOON), "0.0000003");
    let found: Vec<(&str, TableIssueKind)> = issues
        .iter()
        .map(|issue| (issue.field.as_str(), issue.kind))
        .collect();
    for expected in [
        ("new_cost_per_dream", TableIssueKind::UnknownField),
        ("output_cost_per_token", TableIssueKind::BadValue),
        ("input_dbu_cost_per_token", TableIssueKind::NotExpressed),
        ("input_cost_per_second", TableIssueKind::Rounded),
        (
            "input_cost_per_token_cache_hit",
            TableIssueKind::Contradiction,
        ),
        ("output_cost_per_pixel", TableIssueKind::Rounded),
    ] {
        assert!(found.contains(&expected), "{expected:?} in {found:?}");
    }
    assert_eq!(found.len(), 6);
    let seconds = model
        .prices
        .iter()
        .find(|row| row.original.is_some())
        .unwrap();
    assert_eq!(seconds.original.as_deref(), Some("0.0008333333333333334"));
}

#[test]
fn a_file_that_is_no_table_is_refused() {
    for text in [
        "",
        "[]",
        "{}",
        "{\"a\": 1}",
        "{\"a\": {\"litellm_provider\": \"x\"}}",
    ] {
        assert!(read(text, &stamp()).is_err(), "{text}");
    }
}
