use ratebook_catalog::{CallConditions, Dimension};
use ratebook_money::{Quantity, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Everything about a call that may choose a price, decided when the call was stored. Calls of one
/// class may be summed.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct CallClass {
    /// Name of the event.
    pub event_name: String,
    /// Provider as reported.
    pub provider: String,
    /// Model as reported.
    pub model: String,
    /// Marks of the call.
    pub conditions: CallConditions,
    /// Stands for the call's whole input: it compares with every known context threshold as the
    /// real number does. 0 below the first threshold T, T when equal to it, T + 1 above it.
    pub context_tokens: u64,
    /// Stands for the UTC minute of the day: the last known window border at or before it.
    pub minute_of_day: u16,
    /// The event's dimensions that some meter of the book looks at.
    pub dims: BTreeMap<String, String>,
}

/// A sum of one dimension over calls of one class in one hour (or the part of it that a price
/// change or a period's border left).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UsageSum {
    /// The calls' class.
    pub class: Arc<CallClass>,
    /// Start of the span; all its events are priced as of this instant.
    pub at: Timestamp,
    /// What was counted.
    pub dimension: Dimension,
    /// How much.
    pub quantity: Quantity,
    /// Over how many events.
    pub events: u64,
}
