//! The model list of Vercel's AI Gateway (`GET /v1/models`): decimal strings, USD per single unit,
//! of some video models per million tokens. Who charges is the gateway, so its models stand under
//! that provider with the names it gives them. `min` of a tier is its first number of tokens.

mod media;

use super::gateways::{above, known, put, read_data, tokens};
use super::import::{ImportedTable, Rows, TableError, TableIssue, TableIssueKind, TableStamp};
use super::{ModelPrices, RuleSet};
use crate::json::Json;
use crate::{ConditionKey, Dimension, PriceConditions};

const PROVIDER: &str = "vercel_ai_gateway";

const PRICES: &[(&str, Dimension)] = &[
    ("input", Dimension::INPUT),
    ("output", Dimension::OUTPUT),
    ("input_cache_read", Dimension::CACHE_READ),
    ("input_cache_write", Dimension::CACHE_WRITE),
    ("audio_input_token_cost", Dimension::INPUT_AUDIO),
    ("audio_output_token_cost", Dimension::OUTPUT_AUDIO),
    ("image", Dimension::OUTPUT_IMAGES),
    ("speech_input_character_cost", Dimension::INPUT_CHARACTERS),
    (
        "transcription_duration_cost_per_second",
        Dimension::INPUT_AUDIO_SECONDS,
    ),
    ("realtime_client_message_cost", Dimension::TEXT_MESSAGES),
    (
        "realtime_session_duration_cost_per_second",
        Dimension::COMPUTE_SECONDS,
    ),
    ("web_search", Dimension::WEB_SEARCHES),
    ("maps_search", Dimension::MAPS_GROUNDINGS),
];

/// Reads a whole list.
///
/// # Errors
/// [`TableError`] when the text is no JSON object with a list `data` of models.
pub fn read(text: &str, stamp: &TableStamp) -> Result<ImportedTable, TableError> {
    read_data(text, stamp, model)
}

fn model(json: &Json, stamp: &TableStamp, issues: &mut Vec<TableIssue>) -> Option<ModelPrices> {
    let id = json.get("id").and_then(Json::text)?;
    let mut rows = Rows::new(stamp, id, issues);
    if let Some(pricing) = json.get("pricing") {
        set(&mut rows, "pricing", pricing, &PriceConditions::default());
    }
    rows.marked_in_full();
    let prices = rows.finish()?;
    Some(ModelPrices {
        prices,
        rules: RuleSet::VercelGateway,
        ..ModelPrices::unpriced(PROVIDER, &id.to_lowercase())
    })
}

/// A set of prices; `fast`, `regional` and `service_tiers` hold sets of their own.
fn set(rows: &mut Rows, path: &str, json: &Json, conditions: &PriceConditions) {
    let marked = |key: ConditionKey, value: &str| {
        let mut conditions = conditions.clone();
        conditions.equals.insert(key, value.to_lowercase());
        conditions
    };
    for (key, value) in json.members() {
        let field = format!("{path}.{key}");
        match key.as_ref() {
            _ if *value == Json::Null => {}
            "varies_by_provider" => {
                if *value == Json::Bool(true) {
                    rows.issue(&field, TableIssueKind::Varies, "");
                }
            }
            "threshold" => {}
            "fast" => set(rows, &field, value, &marked(ConditionKey::Speed, "fast")),
            "regional" => {
                for (region, value) in value.members() {
                    let conditions = marked(ConditionKey::Region, region);
                    set(rows, &format!("{field}.{region}"), value, &conditions);
                }
            }
            "service_tiers" => {
                for (tier, value) in value.members() {
                    let conditions = marked(ConditionKey::ServiceTier, tier);
                    set(rows, &format!("{field}.{tier}"), value, &conditions);
                }
            }
            "long_context" => long_context(rows, &field, value, conditions),
            key if key.ends_with("_tiers") => tiers(rows, &field, key, value, conditions),
            "image_dimension_quality_pricing"
            | "video_duration_pricing"
            | "video_token_pricing" => media::read(rows, &field, key, value, conditions),
            key => price(rows, &field, key, value, conditions),
        }
    }
}

fn long_context(rows: &mut Rows, field: &str, json: &Json, conditions: &PriceConditions) {
    let tokens = json.get("threshold").and_then(tokens);
    match tokens {
        Some(tokens) => {
            let conditions = above(conditions, tokens);
            set(rows, field, json, &conditions);
        }
        None => rows.issue(field, TableIssueKind::NotExpressed, "threshold"),
    }
}

/// `input_tiers`: `[{cost, min?, max?}]`. The tier from nothing on is the plain price.
fn tiers(rows: &mut Rows, field: &str, key: &str, json: &Json, conditions: &PriceConditions) {
    let base = key.strip_suffix("_tiers").unwrap_or(key);
    for (index, tier) in json.list().iter().enumerate() {
        let field = format!("{field}[{index}]");
        let Some(cost) = tier.get("cost") else {
            rows.issue(&field, TableIssueKind::NotExpressed, &format!("{tier:?}"));
            continue;
        };
        match tier.get("min").map(tokens) {
            None | Some(Some(0)) => price(rows, &field, base, cost, conditions),
            Some(Some(min)) => {
                let conditions = above(conditions, min.saturating_sub(1));
                price(rows, &field, base, cost, &conditions);
            }
            Some(None) => rows.issue(&field, TableIssueKind::BadValue, &format!("{tier:?}")),
        }
    }
}

/// One price, or a list of prices by variant.
fn price(rows: &mut Rows, field: &str, key: &str, value: &Json, conditions: &PriceConditions) {
    let Some(dimension) = known(rows, field, PRICES, key, value) else {
        return;
    };
    if let Json::List(list) = value {
        for (index, entry) in list.iter().enumerate() {
            let field = format!("{field}[{index}]");
            media::variant(rows, &field, dimension, entry, conditions);
        }
        return;
    }
    put(rows, field, dimension, value, 1, conditions);
}

#[cfg(test)]
mod tests;
