use crate::{Dimension, MeterId};
use serde::{Deserialize, Serialize};

/// What is counted over events of one's own.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Meter {
    /// Id in the book.
    pub id: MeterId,
    /// Name on screens and invoices.
    pub name: String,
    /// Events with this name are counted.
    pub event_name: String,
    /// How they are counted.
    pub aggregation: Aggregation,
    /// Word for one unit (`run`).
    pub unit: String,
    /// Events must carry these values.
    pub filters: Vec<Filter>,
    /// No longer in use; kept because plans name it.
    pub archived: bool,
}

/// How a meter counts. More kinds come with the rating issue; each is one match arm.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Aggregation {
    /// Number of events.
    Count,
    /// Sum of one quantity of the events.
    Sum {
        /// Which quantity.
        quantity: Dimension,
    },
}

/// A condition on a dimension of the event.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Filter {
    /// Key of the event's dimension.
    pub key: String,
    /// Values that count.
    pub any_of: Vec<String>,
}

/// What a usage charge counts.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum MeterRef {
    /// Every model call of the customer.
    BuiltIn(BuiltInMeter),
    /// A meter of one's own.
    Own(MeterId),
}

/// The meters that every book has, over model calls.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BuiltInMeter {
    /// Calls, each with all its quantities (the only one for `cost_plus`); counts calls otherwise.
    ModelCalls,
    /// All input tokens, cached ones included.
    InputTokens,
    /// All output tokens, reasoning included.
    OutputTokens,
    /// Input and output tokens.
    TotalTokens,
}
