use ratebook_money::{Currency, Date, Factor, Timestamp};
use serde::{Deserialize, Serialize};

/// How many units of `quote` one unit of `base` is worth, fixed with source and date.
/// Rows are only added; the newest recorded by `as_of` holds.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ExchangeRate {
    /// The currency that is converted.
    pub base: Currency,
    /// The currency it becomes.
    pub quote: Currency,
    /// Units of `quote` for one of `base`; at most 6 places are entered.
    pub rate: Factor,
    /// Who published it.
    pub source: String,
    /// The day it was published for.
    pub on: Date,
    /// When this book learned it.
    pub recorded_at: Timestamp,
}
