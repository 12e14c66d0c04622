use crate::{Dimension, Formula, MeterId};
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
    /// Keys of dimensions of the events, in this order: prices may hold for each combination of
    /// their values by itself. A value that lasts ([`Aggregation::Latest`],
    /// [`Aggregation::WeightedSum`]) lasts for its combination, and where a price does not look at
    /// them they are added.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub group_by: Vec<String>,
    /// No longer in use; kept because plans name it.
    pub archived: bool,
}

/// How a meter counts what happened in a period. Without events the quantity is zero.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Aggregation {
    /// Number of events.
    Count,
    /// Sum of a value of the events.
    Sum(EventValue),
    /// The greatest value.
    Max(EventValue),
    /// The least value.
    Min(EventValue),
    /// Sum over number; exact until a price rounds it.
    Average(EventValue),
    /// The value of the event with the greatest time; of several at that time, of the one that
    /// was stored last.
    Latest(EventValue),
    /// The value is a level that holds from its event until the next one, also across borders of
    /// periods: the sum of level × time over the length of the period.
    WeightedSum(EventValue),
    /// How many different values a dimension of the events has.
    UniqueCount {
        /// Key of the dimension; `provider` and `model` are those of the event where it has no
        /// dimension of that name.
        key: String,
    },
}

/// What an aggregation looks at in an event.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventValue {
    /// One quantity. Events without it are not looked at.
    Quantity(Dimension),
    /// Computed from the quantities of the event, to at most 6 places; those that it does not have
    /// are zero, and events that have none of them are not looked at.
    Formula(Formula),
}

impl Aggregation {
    /// What it looks at in an event; nothing for those that look at no value.
    #[must_use]
    pub fn value(&self) -> Option<&EventValue> {
        match self {
            Self::Count | Self::UniqueCount { .. } => None,
            Self::Sum(value)
            | Self::Max(value)
            | Self::Min(value)
            | Self::Average(value)
            | Self::Latest(value)
            | Self::WeightedSum(value) => Some(value),
        }
    }

    /// Whether quantities of parts of a period add up to that of the period: then tiers go on
    /// after a change of the plan's version.
    #[must_use]
    pub fn adds_up(&self) -> bool {
        match self {
            Self::Count | Self::Sum(_) | Self::WeightedSum(_) => true,
            Self::Max(_)
            | Self::Min(_)
            | Self::Average(_)
            | Self::Latest(_)
            | Self::UniqueCount { .. } => false,
        }
    }
}

impl Meter {
    /// Keys of dimensions of events that it looks at.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        let unique = match &self.aggregation {
            Aggregation::UniqueCount { key } => Some(key.as_str()),
            Aggregation::Count
            | Aggregation::Sum(_)
            | Aggregation::Max(_)
            | Aggregation::Min(_)
            | Aggregation::Average(_)
            | Aggregation::Latest(_)
            | Aggregation::WeightedSum(_) => None,
        };
        let filters = self.filters.iter().map(|filter| filter.key.as_str());
        let groups = self.group_by.iter().map(String::as_str);
        filters.chain(groups).chain(unique)
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use ratebook_money::Timestamp;
    use ratebook_money::id::IdSource;

    #[test]
    fn a_meter_from_before_groups_and_formulas_reads_and_writes_as_it_was() {
        let id = MeterId::new(&mut IdSource::new(Timestamp::from_micros(0), 1));
        let rest = concat!(
            r#""name":"Pages","event_name":"doc","#,
            r#""aggregation":{"kind":"sum","quantity":"custom:pages"},"#,
            r#""unit":"page","filters":[],"archived":false}"#,
        );
        let stored = format!(r#"{{"id":"{id}",{rest}"#);
        let meter: Meter = serde_json::from_str(&stored).unwrap();
        let pages = Dimension::Custom("pages".to_owned());
        assert_eq!(
            meter.aggregation,
            Aggregation::Sum(EventValue::Quantity(pages))
        );
        assert_eq!(serde_json::to_string(&meter).unwrap(), stored);
    }
}
