use super::RuleSet;
use crate::{ConditionKey, Dimension, PriceConditions};
use ratebook_money::{Date, Factor, Rate, Timestamp};
use serde::{Deserialize, Serialize};

/// Where a set of prices came from.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct PriceSource {
    /// `litellm`, `genai-prices`, `manual`.
    pub name: String,
    /// Version of the table.
    pub version: String,
    /// Where the table or the price can be looked up.
    pub address: String,
    /// The day it was seen there.
    pub seen_on: Date,
}

/// What a provider charges for one dimension of one model under stated conditions, from an instant
/// on. Rows are only added; a newer row wins.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ProviderPrice {
    /// What is priced.
    pub dimension: Dimension,
    /// When the price holds.
    pub conditions: PriceConditions,
    /// Price of one unit; absent when the row ends the price.
    pub rate: Option<Rate>,
    /// From when on events are priced by it.
    pub valid_from: Timestamp,
    /// When this book learned it.
    pub recorded_at: Timestamp,
    /// Index into the table's sources.
    pub source: u32,
    /// A rate that was entered by hand takes precedence over imported ones until it is ended.
    pub manual: bool,
    /// The table's own number, where the rate is its shortest exact reading.
    pub original: Option<String>,
}

/// What a dimension costs when the table has no row for it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Fallback {
    /// The dimension without a row.
    pub dimension: Dimension,
    /// Holds only for calls with these marks (for example `processing = batch`).
    pub conditions: PriceConditions,
    /// Whose price is taken instead.
    pub parent: Dimension,
    /// Times this.
    pub factor: Factor,
}

/// A factor on all token dimensions of calls with a mark (regional uplift, fast mode).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Multiplier {
    /// Which mark.
    pub key: ConditionKey,
    /// Its value, or `*` for any value but those of `except`.
    pub value: String,
    /// Values that `*` does not stand for (`global`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<String>,
    /// Times this.
    pub factor: Factor,
}

/// The least that one call is billed of a dimension, where it used any of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Minimum {
    /// Of what.
    pub dimension: Dimension,
    /// So many units.
    pub units: u32,
}

/// How a model's name is recognized in usage.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MatchRule {
    /// The whole name.
    Equals(String),
    /// The start of the name.
    StartsWith(String),
    /// The end of the name.
    EndsWith(String),
    /// Any part of the name.
    Contains(String),
    /// A regular expression.
    Regex(String),
    /// One of these.
    Or(Vec<MatchRule>),
    /// All of these.
    And(Vec<MatchRule>),
}

/// Everything a book knows about what one model costs.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ModelPrices {
    /// Who runs it, lower case.
    pub provider: String,
    /// Its name at the provider.
    pub model: String,
    /// All rows, of all times and conditions.
    pub prices: Vec<ProviderPrice>,
    /// What holds for this model where no row does; looked at before `rules`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fallbacks: Vec<Fallback>,
    /// What holds for all models of its table where no row does.
    #[serde(default)]
    pub rules: RuleSet,
    /// Factors on all rows.
    pub multipliers: Vec<Multiplier>,
    /// How usage names it, beside its own name.
    pub matches: Vec<MatchRule>,
    /// What a call is billed at least.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub minimums: Vec<Minimum>,
}

impl ModelPrices {
    /// A model without prices.
    #[must_use]
    pub fn unpriced(provider: &str, model: &str) -> Self {
        Self {
            provider: provider.to_owned(),
            model: model.to_owned(),
            prices: Vec::new(),
            fallbacks: Vec::new(),
            rules: RuleSet::None,
            multipliers: Vec::new(),
            matches: Vec::new(),
            minimums: Vec::new(),
        }
    }

    /// The least that a call is billed of a dimension, in units; 0 where there is no such rule.
    #[must_use]
    pub fn at_least(&self, dimension: &Dimension) -> u32 {
        let of = |wanted: &Dimension| {
            let own = self.minimums.iter();
            let own = own.filter(|minimum| minimum.dimension == *wanted);
            own.map(|minimum| minimum.units).max()
        };
        // Audio whose direction the source did not say is what is listened to, as for prices.
        let listened = || {
            let is_open = *dimension == Dimension::AUDIO_SECONDS;
            is_open.then(|| of(&Dimension::INPUT_AUDIO_SECONDS))
        };
        of(dimension).or_else(|| listened().flatten()).unwrap_or(0)
    }
}
