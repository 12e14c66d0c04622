use crate::StagedRate;
use ratebook_money::{Currency, Date, Factor, Timestamp};
use serde::{Deserialize, Serialize};

/// How many units of `quote` one unit of `base` is worth, fixed with source and date.
/// Rows are only added; of those recorded by `as_of`, the one with the greatest `valid_from` by
/// the event's time holds.
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
    /// From when on calls are converted by it; since ever where no version fixed it.
    #[serde(default = "since_ever", skip_serializing_if = "is_since_ever")]
    pub valid_from: Timestamp,
    /// When this book learned it.
    pub recorded_at: Timestamp,
    /// The version of the price book that fixed it; absent for what is older than versions are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
}

fn since_ever() -> Timestamp {
    Timestamp::MIN
}

fn is_since_ever(at: &Timestamp) -> bool {
    *at == Timestamp::MIN
}

/// Exchange rates as if some staged ones had always been there, in the place of whatever holds for
/// their currencies.
#[must_use]
pub fn supposing_rates<'a>(
    rates: &[ExchangeRate],
    staged: impl Iterator<Item = &'a StagedRate>,
) -> Vec<ExchangeRate> {
    let mut supposed = rates.to_vec();
    for rate in staged {
        let pair = (rate.base, rate.quote);
        supposed.retain(|known| (known.base, known.quote) != pair);
        supposed.extend(rate.fixed(Timestamp::MIN, Timestamp::MIN));
    }
    supposed
}
