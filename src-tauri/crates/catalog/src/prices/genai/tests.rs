use super::*;
use crate::prices::PriceCall;
use crate::prices::litellm::tests::stamp;
use crate::{CallConditions, ConditionKey, Dimension};
use ratebook_money::Timestamp;

fn one(model: &str) -> (ModelPrices, Vec<TableIssue>) {
    let text = format!(r#"[{{"id": "P", "models": [{model}]}}]"#);
    let mut table = read(&text, &stamp()).unwrap();
    (table.models.remove(0), table.issues)
}

fn price(
    model: &ModelPrices,
    dimension: Dimension,
    marks: &[(ConditionKey, &str)],
    tokens: u64,
    at: &str,
) -> String {
    let marks = marks.iter().map(|(key, value)| (*key, (*value).to_owned()));
    let marks = CallConditions(marks.collect());
    let call = PriceCall::single(Timestamp::parse(at).unwrap(), &marks, tokens);
    match model.select(&dimension, &call, Timestamp::MAX) {
        Ok(Some(selected)) => {
            let million = selected.rate.per_million().unwrap();
            million.normalize().to_string()
        }
        Ok(None) => "free".into(),
        Err(refused) => refused.to_string(),
    }
}

#[test]
fn history_is_kept_and_a_price_that_ended_is_no_price() {
    let (model, _) = one(
        r#"{"id": "m", "match": {"or": [{"equals": "m"}, {"starts_with": "m-"}]}, "prices": [
            {"prices": {"input_mtok": 5, "output_mtok": 9, "requests_kcount": 2}},
            {"constraint": {"start_date": "2026-08-21"},
             "prices": {"input_mtok": 4, "output_mtok": 9,
                        "cache_read_mtok": {"base": 0.4, "tiers": []}}}]}"#,
    );
    let before = "2026-08-20T23:59:59Z";
    let after = "2026-08-21T00:00:00Z";
    for (dimension, at, is) in [
        (Dimension::INPUT, before, "5"),
        (Dimension::INPUT, after, "4"),
        (Dimension::CACHE_READ, before, "5"),
        (Dimension::CACHE_READ, after, "0.4"),
        (Dimension::OUTPUT, after, "9"),
        (Dimension::REQUESTS, before, "2000"),
        (Dimension::REQUESTS, after, "free"),
    ] {
        assert_eq!(price(&model, dimension, &[], 0, at), is);
    }
    assert_eq!(model.matches, [MatchRule::StartsWith("m-".into())]);
    assert_eq!(
        model
            .prices
            .iter()
            .filter(|row| row.dimension == Dimension::OUTPUT)
            .count(),
        1
    );
}

#[test]
fn windows_dates_and_marks_combine_as_the_table_orders_them() {
    let (model, _) = one(r#"{"id": "m", "prices": [
            {"constraint": null, "prices": {"input_mtok":
                {"base": 1, "tiers": [{"start": 100, "price": 2}]}}},
            {"constraint": {"start_date": "2026-08-17"}, "prices": {"input_mtok": 3}},
            {"constraint": {"start_time": "01:00:00Z", "end_time": "04:00:00Z"},
             "prices": {"input_mtok": 6}}],
           "price_variants": [
            {"when": {"service_tier": "flex"}, "prices": {"input_mtok": 0.5}},
            {"when": {"processing": "batch"}, "constraint": {"start_date": "2026-10-01"},
             "prices": {"input_mtok": 0.25}}]}"#);
    let flex = [(ConditionKey::ServiceTier, "flex")];
    let batch = [(ConditionKey::Processing, "batch")];
    for (marks, tokens, at, is) in [
        (&[][..], 100, "2026-08-16T12:00:00Z", "1"),
        (&[], 101, "2026-08-16T12:00:00Z", "2"),
        (&[], 101, "2026-08-17T00:00:00Z", "3"),
        (&[], 101, "2026-08-16T01:00:00Z", "6"),
        (&[], 101, "2026-11-16T03:59:59Z", "6"),
        (&[], 101, "2026-11-16T04:00:00Z", "3"),
        // A variant replaces the price in full: no tier of the standard price shines through.
        (&flex, 101, "2026-08-16T12:00:00Z", "0.5"),
        (&flex, 101, "2026-08-16T02:00:00Z", "0.5"),
        (&batch, 101, "2026-09-30T23:59:59Z", "3"),
        (&batch, 101, "2026-10-01T00:00:00Z", "0.25"),
        (&batch, 101, "2026-10-01T02:00:00Z", "0.25"),
    ] {
        assert_eq!(
            price(&model, Dimension::INPUT, marks, tokens, at),
            is,
            "{marks:?} {at}"
        );
    }
}

#[test]
fn units_are_divided_and_what_cannot_be_said_is_reported() {
    let (model, issues) = one(r#"{"id": "m", "match": {"regex": "(?<x>a)"}, "prices": {
            "audio_hours": 4.8, "web_searches_kcount": 10, "cache_video_read_mtok": 1,
            "dreams": 1, "input_mtok": "x", "cache_write_mtok": 2, "cache_write_5m_mtok": 3}}"#);
    let noon = "2026-11-23T12:00:00Z";
    assert_eq!(
        price(&model, Dimension::WEB_SEARCHES, &[], 0, noon),
        "10000"
    );
    assert_eq!(price(&model, Dimension::CACHE_WRITE, &[], 0, noon), "3");
    let seconds = price(&model, Dimension::AUDIO_SECONDS, &[], 0, noon);
    assert_eq!(seconds, "1333.333333333333");
    let found: Vec<(&str, TableIssueKind)> = issues
        .iter()
        .map(|issue| (issue.field.as_str(), issue.kind))
        .collect();
    for expected in [
        ("match", TableIssueKind::NotExpressed),
        ("prices.audio_hours", TableIssueKind::Rounded),
        ("prices.cache_video_read_mtok", TableIssueKind::NotExpressed),
        ("prices.dreams", TableIssueKind::UnknownField),
        ("prices.input_mtok", TableIssueKind::BadValue),
        ("prices.cache_write_mtok", TableIssueKind::Contradiction),
    ] {
        assert!(found.contains(&expected), "{expected:?} in {found:?}");
    }
    assert_eq!(found.len(), 6);
}

#[test]
fn ten_seconds_of_speech_are_billed_at_least_by_groq() {
    let whisper = |provider: &str, id: &str| {
        let text = format!(
            r#"[{{"id": "{provider}", "models": [{{"id": "{id}",
                "prices": {{"input_audio_hours": 0.111}}}}]}}]"#
        );
        let mut table = read(&text, &stamp()).unwrap();
        table.models.remove(0)
    };
    let seconds = Dimension::INPUT_AUDIO_SECONDS;
    assert_eq!(whisper("groq", "whisper-large-v3").at_least(&seconds), 10);
    assert_eq!(whisper("groq", "llama").at_least(&seconds), 0);
    assert_eq!(whisper("openai", "whisper-1").at_least(&seconds), 0);
}
