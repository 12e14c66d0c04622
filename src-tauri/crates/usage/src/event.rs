use ratebook_catalog::{CallConditions, Dimension};
use ratebook_money::{Quantity, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The event name of a model call.
pub const MODEL_CALL: &str = "llm.call";

/// One measured fact, immutable.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct UsageEvent {
    /// Where it came from (`litellm`, `openrouter`, a name the user gave). Half of the identity.
    pub source: String,
    /// Its id at the source. The other half.
    pub id: String,
    /// [`MODEL_CALL`] for model calls; otherwise a name of one's own.
    pub event_name: String,
    /// When it happened. It is in the period of this instant, however late it arrives.
    pub at: Timestamp,
    /// The customer as the source names it; an alias of a customer, or unknown.
    pub customer_ref: String,
    /// Provider as reported, lower case; empty when it is not a model call or not known.
    pub provider: String,
    /// Model as reported; empty when it is not a model call.
    pub model: String,
    /// Marks of the call that may choose another rate.
    pub conditions: CallConditions,
    /// Disjoint quantities above zero, sorted by dimension; a model call has `requests` = 1 unless
    /// the source says otherwise.
    pub quantities: Vec<(Dimension, Quantity)>,
    /// Further facts to filter and group by.
    pub dims: BTreeMap<String, String>,
    /// What the source said, kept beside our own reading.
    pub reported: Reported,
}

/// The numbers as the source gave them. Never a prompt or an answer.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Reported {
    /// How the source counts: `inc`, `exc`, `gem`, `disj`, `single`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub convention: String,
    /// The numbers by the source's own field names.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub numbers: BTreeMap<String, String>,
    /// Costs that others computed or charged.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub costs: Vec<ReportedCost>,
}

/// A cost that somebody else reported for the call; kept beside ours, never preferred silently.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ReportedCost {
    /// `charged`, `upstream`, `computed_by_source`, …
    pub kind: String,
    /// Exact decimal in major units.
    pub amount: String,
    /// ISO 4217 code.
    pub currency: String,
}
