use crate::json::Json;
use crate::prices::gateways::put;
use crate::prices::import::{Rows, TableIssueKind};
use crate::{ConditionKey, Dimension, PriceConditions};

const MILLION: u64 = 1_000_000;

/// Lists of prices by size, quality, resolution.
pub(super) fn read(
    rows: &mut Rows,
    field: &str,
    key: &str,
    value: &Json,
    conditions: &PriceConditions,
) {
    let dimension = match key {
        "image_dimension_quality_pricing" => Dimension::OUTPUT_IMAGES,
        "video_duration_pricing" => Dimension::OUTPUT_VIDEO_SECONDS,
        _ => return tokens(rows, field, value, conditions),
    };
    for (index, entry) in value.list().iter().enumerate() {
        let field = format!("{field}[{index}]");
        variant(rows, &field, &dimension, entry, conditions);
    }
}

/// Prices of video tokens: one, or tiers by resolution, per million.
fn tokens(rows: &mut Rows, field: &str, value: &Json, conditions: &PriceConditions) {
    let dimension = Dimension::OUTPUT_VIDEO;
    match value.get("cost_per_million_tokens") {
        Some(price) => put(rows, field, &dimension, price, MILLION, conditions),
        None => {
            let kind = TableIssueKind::NotExpressed;
            rows.issue(field, kind, &format!("{value:?}"));
        }
    }
}

/// One entry of a list by variant: its price and whatever else it says, as one mark.
pub(super) fn variant(
    rows: &mut Rows,
    field: &str,
    dimension: &Dimension,
    entry: &Json,
    conditions: &PriceConditions,
) {
    const COSTS: [&str; 3] = ["cost", "cost_per_second", "price"];
    let price = COSTS.iter().find_map(|key| entry.get(key));
    let Some(price) = price else {
        rows.issue(field, TableIssueKind::NotExpressed, &format!("{entry:?}"));
        return;
    };
    let mut parts = Vec::new();
    for (key, value) in entry.members() {
        match value {
            _ if COSTS.contains(&key.as_ref()) => {}
            Json::Text(text) => parts.push(text.to_lowercase()),
            Json::Bool(true) => parts.push(key.to_lowercase()),
            Json::Number(text) => parts.push(format!("{key}={text}")),
            Json::Null | Json::Bool(false) | Json::List(_) | Json::Object(_) => {}
        }
    }
    let mut conditions = conditions.clone();
    if !parts.is_empty() {
        let mark = parts.join(" ");
        conditions.equals.insert(ConditionKey::Variant, mark);
    }
    put(rows, field, dimension, price, 1, &conditions);
}
