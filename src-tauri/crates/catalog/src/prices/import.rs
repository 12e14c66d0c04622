use super::{ModelPrices, PriceSource, ProviderPrice};
use crate::json::JsonError;
use crate::{Dimension, PriceConditions};
use ratebook_money::{Currency, MoneyError, Rate, Timestamp, parse_decimal};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// What the reader of a price table is told beside the file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TableStamp {
    /// The table.
    pub source: PriceSource,
    /// When this book learns the rows.
    pub recorded_at: Timestamp,
    /// From when rows without a date of their own are in force: the beginning of time for the
    /// first table of a book, the day it was seen for a newer one, so that no past call moves.
    pub undated_from: Timestamp,
}

/// What was read from one price table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ImportedTable {
    /// The table, row source 0.
    pub source: PriceSource,
    /// The models that have at least one price.
    pub models: Vec<ModelPrices>,
    /// What was not taken, or taken with a change; by model and field.
    pub issues: Vec<TableIssue>,
}

/// One thing that a price table says and that was not taken as it stands.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct TableIssue {
    /// The model, as the table names it.
    pub model: String,
    /// The field, as a path inside the model.
    pub field: String,
    /// What is the matter with it.
    pub kind: TableIssueKind,
    /// The value as it was written, shortened.
    pub value: String,
}

/// What can be the matter with a field of a price table.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TableIssueKind {
    /// A price field that this program does not know.
    UnknownField,
    /// A known field that a price row cannot express (free allowances, units that are no money).
    NotExpressed,
    /// Not a number, or below zero.
    BadValue,
    /// More than 18 decimals: the rate is rounded to 18, the original is kept beside it.
    Rounded,
    /// More than 12 decimals: taken in full, the original is kept beside it.
    Precise,
    /// Two fields give the same dimension different prices; the first is taken.
    Contradiction,
    /// Another field of the model replaces it.
    Superseded,
    /// The model has no price at all.
    NoPrice,
}

/// Why a file is not read as a price table at all.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum TableError {
    /// Not JSON, or not UTF-8.
    #[error("the file is not JSON: {0}")]
    NotJson(#[from] JsonError),
    /// JSON, but not of a format that is known.
    #[error(
        "not a price table that is known: {0}; expected litellm's \
         model_prices_and_context_window.json or the data.json of genai-prices"
    )]
    UnknownFormat(String),
}

/// Rates are held with at most this many decimals.
const MOST_PLACES: u32 = 18;
/// A rate with more decimals than this is float noise or a conversion, and flagged.
const PLAIN_PLACES: u32 = 12;

/// Collects the rows of one model.
pub(super) struct Rows<'s> {
    pub(super) stamp: &'s TableStamp,
    pub(super) model: &'s str,
    pub(super) prices: Vec<ProviderPrice>,
    pub(super) issues: &'s mut Vec<TableIssue>,
    /// The currency of both tables; looked up once.
    usd: Option<Currency>,
}

impl<'s> Rows<'s> {
    pub(super) fn new(
        stamp: &'s TableStamp,
        model: &'s str,
        issues: &'s mut Vec<TableIssue>,
    ) -> Self {
        Self {
            stamp,
            model,
            prices: Vec::new(),
            issues,
            usd: Currency::parse("USD").ok(),
        }
    }

    pub(super) fn issue(&mut self, field: &str, kind: TableIssueKind, value: &str) {
        self.issues.push(TableIssue {
            model: self.model.to_owned(),
            field: field.to_owned(),
            kind,
            value: value.chars().take(80).collect(),
        });
    }

    /// Reads a price of `per` units. Nothing when it is no price; that is reported.
    pub(super) fn rate(&mut self, field: &str, text: &str, per: u64) -> Option<Read> {
        let value = parse_decimal(text).ok();
        let Some(value) = value.filter(|value| value.is_zero() || value.is_sign_positive()) else {
            self.issue(field, TableIssueKind::BadValue, text);
            return None;
        };
        let Ok((per_unit, exact)) = divided(value, per) else {
            self.issue(field, TableIssueKind::BadValue, text);
            return None;
        };
        let plain = exact && per_unit.normalize().scale() <= PLAIN_PLACES;
        if !plain {
            let kind = if exact {
                TableIssueKind::Precise
            } else {
                TableIssueKind::Rounded
            };
            self.issue(field, kind, text);
        }
        let original = match per {
            _ if plain => None,
            1 => Some(text.to_owned()),
            _ => Some(format!("{text} / {per}")),
        };
        let rate = Rate::new(per_unit, self.usd?).ok()?;
        Some(Read { rate, original })
    }

    /// Adds a row. At one instant a dimension has one price under the same conditions: a second
    /// one that says something else is reported and left out.
    pub(super) fn add(
        &mut self,
        field: &str,
        dimension: Dimension,
        conditions: PriceConditions,
        read: Option<Read>,
        valid_from: Timestamp,
    ) {
        let rate = read.as_ref().map(|read| read.rate);
        let same = self.prices.iter().find(|row| {
            row.dimension == dimension
                && row.conditions == conditions
                && row.valid_from == valid_from
        });
        if let Some(known) = same {
            if known.rate != rate {
                let value = rate.map_or(String::new(), |rate| rate.to_string());
                self.issue(field, TableIssueKind::Contradiction, &value);
            }
            return;
        }
        self.prices.push(ProviderPrice {
            dimension,
            conditions,
            rate,
            valid_from,
            recorded_at: self.stamp.recorded_at,
            source: 0,
            manual: false,
            original: read.and_then(|read| read.original),
        });
    }
}

/// A rate and what the table wrote, where that is worth keeping.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Read {
    pub(super) rate: Rate,
    pub(super) original: Option<String>,
}

/// `value ÷ per` with at most 18 decimals, half away from zero, and whether that is exact.
fn divided(value: Decimal, per: u64) -> Result<(Decimal, bool), MoneyError> {
    let value = value.normalize();
    let overflow = || MoneyError::Overflow;
    let up = |places: u32| 10_i128.checked_pow(places).ok_or_else(overflow);
    let (mantissa, divisor) = match MOST_PLACES.checked_sub(value.scale()) {
        Some(missing) => {
            let scaled = value.mantissa().checked_mul(up(missing)?);
            (scaled.ok_or_else(overflow)?, i128::from(per))
        }
        None => {
            let spare = up(value.scale().saturating_sub(MOST_PLACES))?;
            let divisor = i128::from(per).checked_mul(spare);
            (value.mantissa(), divisor.ok_or_else(overflow)?)
        }
    };
    let quotient = mantissa.checked_div(divisor).ok_or_else(overflow)?;
    let rest = mantissa.checked_rem(divisor).ok_or_else(overflow)?;
    let rounds_up = rest.checked_mul(2).ok_or_else(overflow)? >= divisor;
    let rounded = quotient.saturating_add(i128::from(rounds_up));
    let decimal = Decimal::try_from_i128_with_scale(rounded, MOST_PLACES);
    Ok((decimal.map_err(|_| overflow())?, rest == 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_of_many_units_becomes_one_of_a_single_unit() {
        for (value, per, unit, exact) in [
            ("2.5", 1_000_000, "0.0000025", true),
            ("4.8", 3_600, "0.001333333333333333", false),
            ("3.6", 3_600, "0.001", true),
            ("0.0000000000000000005", 1, "0.000000000000000001", false),
            ("0.0000000000000000004", 1, "0", false),
        ] {
            let value = parse_decimal(value).unwrap();
            let (rate, is_exact) = divided(value, per).unwrap();
            assert_eq!(rate.normalize().to_string(), unit);
            assert_eq!(is_exact, exact);
        }
    }
}
