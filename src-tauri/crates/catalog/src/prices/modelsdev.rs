//! The catalogue of models.dev (`api.json`): an object of providers with their models, USD per
//! million tokens. It states prices and no rules: what is not priced apart counts as its general
//! class. Thresholds compare with `>`.

use super::gateways::{above, known, put, tokens};
use super::import::{ImportedTable, Rows, TableError, TableIssue, TableIssueKind, TableStamp};
use super::{Authority, ModelPrices, RuleSet};
use crate::json::{Json, Reader};
use crate::{ConditionKey, Dimension, PriceConditions};

const MILLION: u64 = 1_000_000;

/// Keys of a price set. Some files of the catalogue misspell two of them.
const PRICES: &[(&str, Dimension)] = &[
    ("input", Dimension::INPUT),
    ("output", Dimension::OUTPUT),
    ("cache_read", Dimension::CACHE_READ),
    ("cached_input", Dimension::CACHE_READ),
    ("cache_input", Dimension::CACHE_READ),
    ("cache_write", Dimension::CACHE_WRITE),
    ("cached_write", Dimension::CACHE_WRITE),
    ("reasoning", Dimension::OUTPUT_REASONING),
    ("input_audio", Dimension::INPUT_AUDIO),
    ("output_audio", Dimension::OUTPUT_AUDIO),
    ("citation", Dimension::CITATION),
];

/// Reads a whole catalogue.
///
/// # Errors
/// [`TableError`] when the text is no JSON object of providers with models.
pub fn read(text: &str, stamp: &TableStamp) -> Result<ImportedTable, TableError> {
    let mut models = Vec::new();
    let mut issues = Vec::new();
    Reader::new(text).object::<TableError>(|reader, key| {
        let json = reader.build()?;
        let id = json.get("id").and_then(Json::text).unwrap_or(&key);
        let provider = id.to_lowercase();
        let list = json.get("models").map_or(&[][..], Json::members);
        for (name, json) in list {
            let id = json.get("id").and_then(Json::text).unwrap_or(name);
            models.extend(model(&provider, id, json, stamp, &mut issues));
        }
        Ok(())
    })?;
    ImportedTable::of(stamp, Authority::Catalogue, models, issues)
}

fn model(
    provider: &str,
    id: &str,
    json: &Json,
    stamp: &TableStamp,
    issues: &mut Vec<TableIssue>,
) -> Option<ModelPrices> {
    let label = format!("{provider}/{id}");
    // Models of which the catalogue knows no cost are no fault of it.
    let cost = json.get("cost").filter(|cost| **cost != Json::Null)?;
    let mut rows = Rows::new(stamp, &label, issues);
    set(&mut rows, "cost", cost, &PriceConditions::default());
    let fast = json
        .get("experimental")
        .and_then(|json| json.get("modes")?.get("fast")?.get("cost"));
    if let Some(fast) = fast {
        let conditions = PriceConditions::marked(ConditionKey::Speed, "fast");
        set(&mut rows, "experimental.modes.fast.cost", fast, &conditions);
    }
    rows.marked_in_full();
    let prices = rows.finish()?;
    Some(ModelPrices {
        prices,
        rules: RuleSet::ModelsDev,
        ..ModelPrices::unpriced(provider, id)
    })
}

/// A set of prices with the tiers above it.
fn set(rows: &mut Rows, path: &str, json: &Json, conditions: &PriceConditions) {
    let tiers = json.get("tiers").map_or(&[][..], Json::list);
    for (key, value) in json.members() {
        let field = format!("{path}.{key}");
        match key.as_ref() {
            "tiers" => {}
            // Derived from the tiers, where there are any.
            "context_over_200k" if !tiers.is_empty() => {}
            "context_over_200k" => {
                set(rows, &field, value, &above(conditions, 200_000));
            }
            "tier" => {}
            key => price(rows, &field, key, value, conditions),
        }
    }
    for (index, tier) in tiers.iter().enumerate() {
        let field = format!("{path}.tiers[{index}]");
        let about = tier.get("tier");
        let kind = about.and_then(|tier| tier.get("type")?.text());
        let size = about.and_then(|tier| tokens(tier.get("size")?));
        match (kind, size) {
            (Some("context") | None, Some(size)) => {
                set(rows, &field, tier, &above(conditions, size));
            }
            _ => rows.issue(&field, TableIssueKind::NotExpressed, &format!("{about:?}")),
        }
    }
}

fn price(rows: &mut Rows, field: &str, key: &str, value: &Json, conditions: &PriceConditions) {
    if *value == Json::Null {
        return;
    }
    // `image`, `request`: the catalogue does not say of how many.
    let Some(dimension) = known(rows, field, PRICES, key, value) else {
        return;
    };
    put(rows, field, dimension, value, MILLION, conditions);
}

#[cfg(test)]
mod tests;
