use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a call can be marked with that may choose another rate.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConditionKey {
    /// `flex`, `priority`, `fast`, … Absent means the default tier.
    ServiceTier,
    /// `batch`, `decisions`. Absent means a live call.
    Processing,
    /// `fast`.
    Speed,
    /// Region, geography or data residency of the call.
    Region,
    /// Route of an aggregator.
    Route,
    /// Size, quality, resolution, search context size, guardrail policy.
    Variant,
    /// Kind of search.
    SearchType,
}

/// Everything about one call, beside model and quantities, that may choose a rate. Decided per
/// call and kept beside the quantities. Values are lower case.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CallConditions(pub BTreeMap<ConditionKey, String>);

/// When a price row holds. A row with more conditions is more specific and wins.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
pub struct PriceConditions {
    /// Marks that the call must carry.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub equals: BTreeMap<ConditionKey, String>,
    /// Size of the whole input from which on the whole call has this price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub context: Option<ContextThreshold>,
    /// Part of the day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<TimeWindow>,
}

/// A context threshold with its own comparison, kept with the price.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct ContextThreshold {
    /// Input tokens of the call, cached ones included.
    pub tokens: u64,
    /// How the call's input is compared with it.
    pub comparison: Comparison,
}

/// Above, or at and above.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum Comparison {
    /// `input > tokens`.
    #[serde(rename = ">")]
    Above,
    /// `input >= tokens`.
    #[serde(rename = ">=")]
    AtLeast,
}

/// A part of the day in UTC minutes, `[from, to)`; it wraps past midnight when `to <= from`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct TimeWindow {
    /// First minute inside, 0 to 1439.
    pub from: u16,
    /// First minute after it, 0 to 1440.
    pub to: u16,
    /// Days on which it holds; absent means every day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<Weekdays>,
}

/// Days of the week, counted in a zone that the provider names.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct Weekdays {
    /// 1 = Monday … 7 = Sunday.
    pub days: Vec<u8>,
    /// The zone's name; absent means UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
}

impl ContextThreshold {
    /// Whether a call with so many input tokens falls under it.
    #[must_use]
    pub fn holds(self, input_tokens: u64) -> bool {
        match self.comparison {
            Comparison::Above => input_tokens > self.tokens,
            Comparison::AtLeast => input_tokens >= self.tokens,
        }
    }
}
