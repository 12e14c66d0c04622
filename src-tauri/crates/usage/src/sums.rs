use ratebook_catalog::{CallConditions, Dimension};
use ratebook_money::{MoneyError, Quantity, Timestamp};
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
    /// What of them is billed above what was measured; nothing where that was not asked for.
    pub short: Option<ShortCalls>,
}

/// Calls that used less than the provider bills for one at least. The sum does not say how many
/// there are, so this is counted from the events.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ShortCalls {
    /// Units that a call is billed at least.
    pub at_least: u32,
    /// Calls that used less, and more than nothing.
    pub calls: u64,
    /// What they all are short of it.
    pub missing: Quantity,
}

impl ShortCalls {
    /// Both together.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`] when the sum does not fit.
    pub fn and(self, other: Self) -> Result<Self, MoneyError> {
        Ok(Self {
            at_least: self.at_least.max(other.at_least),
            calls: self.calls.saturating_add(other.calls),
            missing: self.missing.plus(other.missing)?,
        })
    }

    /// What is billed of a quantity in which these calls are.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`] when the sum does not fit.
    pub fn billed(short: Option<Self>, quantity: Quantity) -> Result<Quantity, MoneyError> {
        short.map_or(Ok(quantity), |short| quantity.plus(short.missing))
    }
}

impl UsageSum {
    /// What is billed: the quantity, and what short calls are billed above it.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`] when the sum does not fit.
    pub fn billed(&self) -> Result<Quantity, MoneyError> {
        ShortCalls::billed(self.short, self.quantity)
    }
}
