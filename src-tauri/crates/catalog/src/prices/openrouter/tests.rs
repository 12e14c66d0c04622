use super::*;
use crate::CallConditions;
use crate::prices::litellm::tests::stamp;
use crate::prices::{PriceCall, PriceTable};
use ratebook_money::Timestamp;

fn table(data: &str) -> (PriceTable, Vec<TableIssue>) {
    let table = read(&format!("{{\"data\": [{data}], \"next\": null}}"), &stamp()).unwrap();
    (
        PriceTable::new(vec![table.source], table.models),
        table.issues,
    )
}

fn price(table: &PriceTable, dimension: Dimension, tokens: u64, at: &str) -> String {
    let model = table.get("openrouter", "a/m").unwrap();
    let none = CallConditions::default();
    let call = PriceCall::single(Timestamp::parse(at).unwrap(), &none, tokens);
    let found = model.select(&dimension, &call, Timestamp::MAX).unwrap();
    found.map_or("free".into(), |found| {
        found.rate.per_million().unwrap().normalize().to_string()
    })
}

const MONDAY: &str = "2026-11-23T12:00:00Z";

#[test]
fn strings_are_prices_per_unit_and_a_zero_class_counts_as_its_general_one() {
    let (table, issues) = table(
        r#"{"id": "a/M", "pricing": {"prompt": "0.000003", "completion": "0.000015",
            "internal_reasoning": "0", "input_cache_read": "0.0000003", "request": "0",
            "image": "0.0048", "web_search": "0.01"}},
        {"id": "openrouter/auto", "pricing": {"prompt": "-1", "completion": "-1"}},
        {"id": "a/free", "pricing": {"prompt": "0", "completion": "0"}}"#,
    );
    for (dimension, shown) in [
        (Dimension::INPUT, "3"),
        (Dimension::OUTPUT_REASONING, "15"),
        (Dimension::CACHE_READ, "0.3"),
        (Dimension::CACHE_WRITE, "3"),
        (Dimension::INPUT_IMAGES, "4800"),
        (Dimension::WEB_SEARCHES, "10000"),
        (Dimension::REQUESTS, "free"),
    ] {
        assert_eq!(
            price(&table, dimension.clone(), 10, MONDAY),
            shown,
            "{dimension}"
        );
    }
    assert_eq!(table.models().len(), 2);
    let kinds: Vec<TableIssueKind> = issues.iter().map(|issue| issue.kind).collect();
    use TableIssueKind::{NoPrice, Varies};
    assert_eq!(kinds, [Varies, Varies, NoPrice]);
}

#[test]
fn of_several_overrides_that_fit_the_last_one_wins() {
    let (table, issues) = table(
        r#"{"id": "a/m", "pricing": {"prompt": "0.000004", "completion": "0.000008", "overrides": [
            {"utc_start": "2200", "utc_end": "0600", "prompt": "0.000001"},
            {"min_prompt_tokens": 200000, "prompt": "0.000006", "completion": "0.000012"},
            {"utc_start": 1200, "utc_end": 1300, "utc_days": ["sat", "sun"], "prompt": "0.000002"}
        ]}}"#,
    );
    assert!(issues.is_empty(), "{issues:?}");
    for (tokens, at, input, output) in [
        (200_000, MONDAY, "4", "8"),
        (200_001, MONDAY, "6", "12"),
        (10, "2026-11-23T23:00:00Z", "1", "8"),
        (10, "2026-11-23T06:00:00Z", "4", "8"),
        (200_001, "2026-11-23T05:59:00Z", "6", "12"),
        (10, "2026-11-28T12:30:00Z", "2", "8"),
        (200_001, "2026-11-28T12:30:00Z", "2", "12"),
    ] {
        assert_eq!(
            price(&table, Dimension::INPUT, tokens, at),
            input,
            "{tokens} {at}"
        );
        assert_eq!(
            price(&table, Dimension::OUTPUT, tokens, at),
            output,
            "{tokens} {at}"
        );
    }
}

#[test]
fn where_parts_of_the_day_overlap_the_last_one_holds_and_only_that() {
    let (table, issues) = table(
        r#"{"id": "a/m", "pricing": {"prompt": "0.000004", "completion": "0.000008", "overrides": [
            {"utc_start": "0400", "utc_end": "0800", "prompt": "0.000002",
             "completion": "0.000005"},
            {"utc_start": "2200", "utc_end": "0600", "prompt": "0.000001"},
            {"utc_start": "0500", "utc_end": "0530", "utc_days": ["sat"], "prompt": "0.000003"},
            {"min_prompt_tokens": 200000, "utc_start": "0700", "utc_end": "0900",
             "prompt": "0.000007"}
        ]}}"#,
    );
    assert!(issues.is_empty(), "{issues:?}");
    for (tokens, at, input, output) in [
        (10, "2026-11-23T03:59:00Z", "1", "8"),
        // Of both the later entry's input, and the output that only the earlier one has.
        (10, "2026-11-23T04:00:00Z", "1", "5"),
        (10, "2026-11-23T05:59:00Z", "1", "5"),
        (10, "2026-11-23T06:00:00Z", "2", "5"),
        (10, "2026-11-23T07:59:00Z", "2", "5"),
        (10, "2026-11-23T08:00:00Z", "4", "8"),
        (10, "2026-11-28T05:15:00Z", "3", "5"),
        (10, "2026-11-28T05:30:00Z", "1", "5"),
        (10, "2026-11-27T05:15:00Z", "1", "5"),
        (200_001, "2026-11-23T07:00:00Z", "7", "5"),
        (200_001, "2026-11-23T08:30:00Z", "7", "8"),
        (200_001, "2026-11-23T06:59:00Z", "2", "5"),
        (10, "2026-11-23T08:30:00Z", "4", "8"),
    ] {
        let found = [Dimension::INPUT, Dimension::OUTPUT].map(|of| price(&table, of, tokens, at));
        assert_eq!(found, [input, output], "{tokens} {at}");
    }
}

#[test]
fn a_discount_is_taken_off_and_the_full_price_kept_beside() {
    let (table, _) = table(
        r#"{"id": "a/m", "pricing": {"prompt": "0.000004", "completion": "0.000008",
            "discount": 0.25}}"#,
    );
    assert_eq!(price(&table, Dimension::INPUT, 0, MONDAY), "3");
    let row = &table.models()[0].prices[0];
    assert_eq!(row.original.as_deref(), Some("0.000004 × 0.75"));
}

#[test]
fn negative_prices_and_unknown_keys_are_named() {
    let (table, issues) = table(
        r#"{"id": "a/m", "pricing": {"prompt": "0.000004", "completion": "-0.000008",
            "smell": "1", "overrides": [{"moon": "full", "prompt": "1"}]}}"#,
    );
    assert_eq!(table.models()[0].prices.len(), 1);
    let found: Vec<(&str, TableIssueKind)> = issues
        .iter()
        .map(|issue| (issue.field.as_str(), issue.kind))
        .collect();
    use TableIssueKind::{BadValue, NotExpressed, UnknownField};
    assert_eq!(
        found,
        [
            ("completion", BadValue),
            ("smell", UnknownField),
            ("overrides[0]", NotExpressed)
        ]
    );
}
