use super::*;
use crate::CallConditions;
use crate::prices::litellm::tests::stamp;
use crate::prices::{PriceCall, PriceTable};
use ratebook_money::Timestamp;

#[test]
fn sets_tiers_and_the_fast_mode_are_prices_per_million() {
    let text = r#"{"acme": {"id": "acme", "name": "Acme", "env": ["K"], "models": {
        "m": {"id": "m", "name": "M", "cost": {"input": 3, "output": 15, "cache_read": 0.3,
            "tiers": [{"input": 6, "output": 22.5, "tier": {"type": "context", "size": 272000}}],
            "context_over_200k": {"input": 6, "output": 22.5}},
            "experimental": {"modes": {"fast": {"cost": {"input": 30, "output": 150}}}}},
        "old": {"id": "old", "cost": {"input": 1, "output": -2, "image": 4,
            "context_over_200k": {"input": 2}}},
        "free": {"id": "free"}}}}"#;
    let table = read(text, &stamp()).unwrap();
    let kinds: Vec<(&str, TableIssueKind)> = table
        .issues
        .iter()
        .map(|issue| (issue.field.as_str(), issue.kind))
        .collect();
    use TableIssueKind::{BadValue, UnknownField};
    assert_eq!(
        kinds,
        [("cost.output", BadValue), ("cost.image", UnknownField)]
    );
    let book = PriceTable::new(vec![table.source], table.models);
    let at = Timestamp::parse("2026-11-23T12:00:00Z").unwrap();
    let price = |model: &str, dimension: Dimension, fast: bool, tokens: u64| {
        let marks = fast.then(|| (ConditionKey::Speed, "fast".to_owned()));
        let marks = CallConditions(marks.into_iter().collect());
        let call = PriceCall::single(at, &marks, tokens);
        let model = book.get("acme", model).unwrap();
        let found = model
            .select(&dimension, &call, Timestamp::MAX)
            .unwrap()
            .unwrap();
        found.rate.per_million().unwrap().normalize().to_string()
    };
    assert_eq!(price("m", Dimension::INPUT, false, 272_000), "3");
    assert_eq!(price("m", Dimension::INPUT, false, 272_001), "6");
    assert_eq!(
        price("m", Dimension::OUTPUT_REASONING, false, 272_001),
        "22.5"
    );
    assert_eq!(price("m", Dimension::OUTPUT, true, 10), "150");
    assert_eq!(price("m", Dimension::OUTPUT, true, 272_001), "150");
    assert_eq!(price("m", Dimension::CACHE_READ, false, 10), "0.3");
    assert_eq!(price("old", Dimension::INPUT, false, 200_001), "2");
    assert!(book.get("acme", "free").is_none());
}
