use super::*;
use crate::CallConditions;
use crate::prices::litellm::tests::stamp;
use crate::prices::{PriceCall, PriceTable};
use ratebook_money::Timestamp;

#[test]
fn tiers_regions_and_service_tiers_are_conditions() {
    let text = r#"{"object": "list", "data": [
        {"id": "a/m", "object": "model", "owned_by": "a", "pricing": {
            "input": "0.000003", "output": "0.000015", "input_cache_read": "0.0000003",
            "input_tiers": [{"cost": "0.000003", "min": 0, "max": 200001},
                {"cost": "0.000006", "min": 200001}],
            "fast": {"input": "0.00003"},
            "regional": {"EU": {"input": "0.0000033"}},
            "service_tiers": {"flex": {"input": "0.0000015",
                "long_context": {"threshold": 200000, "input": "0.000002"}}},
            "web_search": "0.01"}},
        {"id": "a/v", "object": "model", "owned_by": "a", "pricing": {
            "video_duration_pricing": [{"resolution": "720p", "cost_per_second": "0.1"},
                {"resolution": "720p", "audio": true, "cost_per_second": "0.15"}],
            "video_token_pricing": {"cost_per_million_tokens": "2.4"},
            "varies_by_provider": true, "smell": "1"}}]}"#;
    let table = read(text, &stamp()).unwrap();
    let kinds: Vec<(&str, TableIssueKind)> = table
        .issues
        .iter()
        .map(|issue| (issue.field.as_str(), issue.kind))
        .collect();
    use TableIssueKind::{UnknownField, Varies};
    assert_eq!(
        kinds,
        [
            ("pricing.varies_by_provider", Varies),
            ("pricing.smell", UnknownField)
        ]
    );
    let book = PriceTable::new(vec![table.source], table.models);
    let at = Timestamp::parse("2026-11-23T12:00:00Z").unwrap();
    let price = |model: &str, dimension: Dimension, mark: Option<(ConditionKey, &str)>, tokens| {
        let marks = mark.map(|(key, value)| (key, value.to_owned()));
        let marks = CallConditions(marks.into_iter().collect());
        let call = PriceCall::single(at, &marks, tokens);
        let model = book.get(PROVIDER, model).unwrap();
        let found = model
            .select(&dimension, &call, Timestamp::MAX)
            .unwrap()
            .unwrap();
        found.rate.per_million().unwrap().normalize().to_string()
    };
    let input = |mark, tokens| price("a/m", Dimension::INPUT, mark, tokens);
    assert_eq!(input(None, 200_000), "3");
    assert_eq!(input(None, 200_001), "6");
    assert_eq!(input(Some((ConditionKey::Speed, "fast")), 1), "30");
    assert_eq!(input(Some((ConditionKey::Region, "eu")), 1), "3.3");
    assert_eq!(
        input(Some((ConditionKey::ServiceTier, "flex")), 200_000),
        "1.5"
    );
    assert_eq!(
        input(Some((ConditionKey::ServiceTier, "flex")), 200_001),
        "2"
    );
    let seconds = |variant| {
        let mark = Some((ConditionKey::Variant, variant));
        price("a/v", Dimension::OUTPUT_VIDEO_SECONDS, mark, 0)
    };
    assert_eq!(seconds("720p"), "100000");
    assert_eq!(seconds("720p audio"), "150000");
    assert_eq!(price("a/v", Dimension::OUTPUT_VIDEO, None, 0), "2.4");
}
