//! The price table of litellm: one object, a member per model, USD per single unit, suffixes on
//! field names for conditions. What litellm keeps in its code instead of its table (thresholds
//! compare with `>`, at xai with `>=`; `fast` calls cost what `priority` calls cost; perplexity
//! bills cached tokens as plain input; dashscope knows no 1 h cache writes; missing prices) is
//! turned into rows and rules here.

mod fields;
mod schedule;

use super::import::{ImportedTable, Rows, TableError, TableIssue, TableIssueKind, TableStamp};
use super::{Authority, ModelPrices, Multiplier, RuleSet, names};
use crate::json::{Json, Reader};
use crate::{ConditionKey, Dimension, PriceConditions};
use fields::{Meaning, Target};
use ratebook_money::{Factor, parse_decimal};
use std::collections::HashSet;

/// Reads a whole table.
///
/// # Errors
/// [`TableError`] when the text is no JSON object of models.
pub fn read(text: &str, stamp: &TableStamp) -> Result<ImportedTable, TableError> {
    let mut models: Vec<ModelPrices> = Vec::new();
    let mut issues = Vec::new();
    Reader::new(text).object::<TableError>(|reader, key| {
        let json = reader.build()?;
        models.extend(model(&key, &json, stamp, &mut issues));
        Ok(())
    })?;
    shorten(&mut models);
    ImportedTable::of(stamp, Authority::Base, models, issues)
}

/// Drops the provider's own prefix from the names of models, where no other model of the provider
/// has the short name.
fn shorten(models: &mut [ModelPrices]) {
    let key = |provider: &str, name: &str| (provider.to_owned(), name.to_lowercase());
    let mut taken: HashSet<(String, String)> = models
        .iter()
        .map(|model| key(&model.provider, &model.model))
        .collect();
    for model in models {
        let short = name_at_provider(&model.model, &model.provider).to_owned();
        if taken.insert(key(&model.provider, &short)) {
            model.model = short;
        }
    }
}

/// A key without the provider's own prefix: `azure/eu/gpt-5.5` is `eu/gpt-5.5` at azure.
#[must_use]
pub fn name_at_provider<'k>(key: &'k str, provider: &str) -> &'k str {
    match key.split_once('/') {
        Some((first, rest)) if names::family(first).0 == names::family(provider).0 => rest,
        _ => key,
    }
}

/// Reads one member of the table. Nothing when it is no model with a price; that is reported.
pub fn model(
    key: &str,
    json: &Json,
    stamp: &TableStamp,
    issues: &mut Vec<TableIssue>,
) -> Option<ModelPrices> {
    let provider = json.get("litellm_provider").and_then(Json::text);
    // The table opens with a template that explains its fields.
    let provider = provider.filter(|_| key != "sample_spec")?.to_lowercase();
    let mut reading = Reading {
        mode: json.get("mode").and_then(Json::text).unwrap_or(""),
        provider: &provider,
        rows: Rows::new(stamp, key, issues),
        multipliers: Vec::new(),
    };
    let tiered = schedule::tiers(&mut reading, json);
    for (field, value) in json.members() {
        if !matches!(value, Json::Null) {
            reading.field(field, value, json, &tiered);
        }
    }
    schedule::off_peak(&mut reading, json);
    schedule::reasoning_of_tiers(&mut reading);
    let multipliers = reading.multipliers;
    let prices = reading.rows.prices;
    if prices.is_empty() {
        issues.push(TableIssue {
            model: key.to_owned(),
            field: String::new(),
            kind: TableIssueKind::NoPrice,
            value: String::new(),
        });
        return None;
    }
    let batch = PriceConditions::marked(ConditionKey::Processing, "batch");
    let batch_input = prices
        .iter()
        .any(|row| row.dimension == Dimension::INPUT && row.conditions == batch);
    let rules = match (names::family(&provider).0, batch_input) {
        ("fireworks_ai", true) => RuleSet::LitellmHalfCacheReadBatchInput,
        ("fireworks_ai", false) => RuleSet::LitellmHalfCacheRead,
        (_, true) => RuleSet::LitellmBatchInput,
        (_, false) => RuleSet::Litellm,
    };
    Some(ModelPrices {
        provider,
        model: key.to_owned(),
        prices,
        fallbacks: Vec::new(),
        rules,
        multipliers,
        matches: Vec::new(),
        minimums: Vec::new(),
    })
}

/// One model while it is read.
struct Reading<'r> {
    mode: &'r str,
    provider: &'r str,
    rows: Rows<'r>,
    multipliers: Vec<Multiplier>,
}

impl Reading<'_> {
    fn field(&mut self, field: &str, value: &Json, json: &Json, tiered: &[Dimension]) {
        match fields::meaning(field, self.mode, self.provider) {
            Meaning::NoPrice => {}
            Meaning::Elsewhere => {}
            Meaning::Unknown => self.report(field, TableIssueKind::UnknownField, value),
            Meaning::NotExpressed => self.report(field, TableIssueKind::NotExpressed, value),
            Meaning::Ignored => self.report(field, TableIssueKind::Superseded, value),
            Meaning::Multiplier { key, value: mark } => {
                self.multiplier(field, key, &mark, value);
            }
            Meaning::Search => self.search(field, value),
            Meaning::Policies => self.policies(field, value),
            Meaning::Marks => self.marks(field, value),
            Meaning::Price(target) => {
                let replaced = tiered.contains(&target.dimension) && target.conditions.is_empty();
                if replaced {
                    self.report(field, TableIssueKind::Superseded, value);
                } else if field != "input_cost_per_token_cache_hit"
                    || json.get("cache_read_input_token_cost") != Some(value)
                {
                    self.price(field, target, value);
                }
            }
        }
    }

    fn report(&mut self, field: &str, kind: TableIssueKind, value: &Json) {
        let text = match value {
            Json::Number(text) => (*text).to_owned(),
            Json::Text(text) => text.to_string(),
            other => format!("{other:?}"),
        };
        self.rows.issue(field, kind, &text);
    }

    fn price(&mut self, field: &str, target: Target, value: &Json) {
        let Some(text) = value.number() else {
            self.report(field, TableIssueKind::BadValue, value);
            return;
        };
        let Some(read) = self.rows.rate(field, text, 1) else {
            return;
        };
        let from = self.rows.stamp.undated_from;
        let tier = target.conditions.equals.get(&ConditionKey::ServiceTier);
        if tier.is_some_and(|tier| tier == "priority") {
            // Calls that asked for `fast` are billed as `priority`.
            let mut fast = target.conditions.clone();
            fast.equals
                .insert(ConditionKey::ServiceTier, "fast".to_owned());
            let dimension = target.dimension.clone();
            self.rows
                .add(field, dimension, fast, Some(read.clone()), from);
        }
        self.rows
            .add(field, target.dimension, target.conditions, Some(read), from);
    }

    fn multiplier(&mut self, field: &str, key: ConditionKey, mark: &str, value: &Json) {
        let factor = value.number().and_then(|text| parse_decimal(text).ok());
        let factor = factor.and_then(|factor| Factor::new(factor).ok());
        let Some(factor) = factor.filter(|factor| factor.value().is_sign_positive()) else {
            self.report(field, TableIssueKind::BadValue, value);
            return;
        };
        let except = if mark == "*" {
            vec!["global".to_owned()]
        } else {
            Vec::new()
        };
        self.multipliers.push(Multiplier {
            key,
            value: mark.to_owned(),
            except,
            factor,
        });
    }

    /// `search_context_cost_per_query`: a price per size of the searched context; medium is what
    /// a call gets that does not ask.
    fn search(&mut self, field: &str, value: &Json) {
        let sizes = ["medium", "low", "high"];
        let price = |size: &str| value.get(&format!("search_context_size_{size}"));
        let all: Vec<Option<&Json>> = sizes.iter().map(|size| price(size)).collect();
        for (key, _) in value.members() {
            let known = key.strip_prefix("search_context_size_");
            if !known.is_some_and(|size| sizes.contains(&size)) {
                let path = format!("{field}.{key}");
                self.rows.issue(&path, TableIssueKind::UnknownField, "");
            }
        }
        let one_price = all.iter().all(|price| Some(price) == all.first());
        for (size, price) in sizes.iter().zip(all) {
            let Some(price) = price else { continue };
            let path = format!("{field}.search_context_size_{size}");
            let mut conditions = PriceConditions::default();
            if *size == "medium" {
                self.price(&path, Target::plain(Dimension::WEB_SEARCHES), price);
            }
            if one_price {
                continue;
            }
            conditions
                .equals
                .insert(ConditionKey::Variant, (*size).to_owned());
            let target = Target {
                dimension: Dimension::WEB_SEARCHES,
                conditions,
            };
            self.price(&path, target, price);
        }
    }

    /// `guardrail_cost_per_unit`: a price per policy.
    fn policies(&mut self, field: &str, value: &Json) {
        for (policy, price) in value.members() {
            let target = Target {
                dimension: Dimension::GUARDRAIL_UNITS,
                conditions: PriceConditions::marked(ConditionKey::Variant, &policy.to_lowercase()),
            };
            self.price(&format!("{field}.{policy}"), target, price);
        }
    }

    /// `provider_specific_entry`: factors by geography or speed, and facts that are no prices.
    fn marks(&mut self, field: &str, value: &Json) {
        for (mark, factor) in value.members() {
            let path = format!("{field}.{mark}");
            match (mark.as_ref(), factor) {
                ("fast", _) => self.multiplier(&path, ConditionKey::Speed, "fast", factor),
                (geo, Json::Number(_)) if geo.len() == 2 => {
                    self.multiplier(&path, ConditionKey::Region, &geo.to_lowercase(), factor);
                }
                (_, Json::Number(_)) => self.report(&path, TableIssueKind::NotExpressed, factor),
                // Words and tables describe how to call the model, not what it costs.
                _ => {}
            }
        }
    }
}

#[cfg(test)]
pub(super) mod tests;
