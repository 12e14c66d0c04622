use super::diff::Authority;
use super::{ModelPrices, PriceSource, ProviderPrice};
use crate::json::JsonError;
use crate::{Dimension, PriceConditions};
use ratebook_money::{Currency, MoneyError, Rate, Timestamp, parse_decimal};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
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
    /// How much it is trusted beside others.
    pub authority: Authority,
    /// The models that have at least one price.
    pub models: Vec<ModelPrices>,
    /// What was not taken, or taken with a change; by model and field.
    pub issues: Vec<TableIssue>,
}

impl ImportedTable {
    /// A table that was read. A model that stands in it twice is not taken at all: which of the
    /// two is meant cannot be known.
    ///
    /// # Errors
    /// [`TableError::UnknownFormat`] when no model has a price.
    pub(super) fn of(
        stamp: &TableStamp,
        authority: Authority,
        mut models: Vec<ModelPrices>,
        mut issues: Vec<TableIssue>,
    ) -> Result<Self, TableError> {
        let name = |model: &ModelPrices| (model.provider.clone(), model.model.to_lowercase());
        let mut seen = HashSet::new();
        let mut twice = HashSet::new();
        for model in &models {
            if !seen.insert(name(model)) {
                twice.insert(name(model));
            }
        }
        models.retain(|model| !twice.contains(&name(model)));
        let mut twice: Vec<_> = twice.into_iter().collect();
        twice.sort();
        for (provider, model) in twice {
            issues.push(TableIssue {
                model: format!("{provider}/{model}"),
                field: String::new(),
                kind: TableIssueKind::Twice,
                value: String::new(),
            });
        }
        if models.is_empty() {
            return Err(TableError::NoPrices(issues));
        }
        Ok(Self {
            source: stamp.source.clone(),
            authority,
            models,
            issues,
        })
    }
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
    /// The digits of a binary float: the number that was meant is taken, the original is kept.
    FloatNoise,
    /// Two fields give the same dimension different prices; the first is taken.
    Contradiction,
    /// Two rows or models are for the same place and instant: none of them is taken.
    Twice,
    /// The price depends on where the call is routed.
    Varies,
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
        "not a price table that is known: {0}; expected a table of litellm, genai-prices, \
         OpenRouter, Vercel AI Gateway or models.dev, or a list as CSV or XLSX"
    )]
    UnknownFormat(String),
    /// A web page.
    #[error("it is a web page (HTML), not a price table")]
    Html,
    /// A list without a column for this.
    #[error("no column of the list has the {0}")]
    NoColumn(&'static str),
    /// A table of a known format without a single price that can be taken.
    #[error("no model has a price that can be taken{}", first(.0))]
    NoPrices(Vec<TableIssue>),
}

/// The first reason why nothing was taken.
fn first(issues: &[TableIssue]) -> String {
    issues.first().map_or_else(String::new, |issue| {
        let place = [
            issue.model.as_str(),
            issue.field.as_str(),
            issue.value.as_str(),
        ];
        let place: Vec<&str> = place.into_iter().filter(|part| !part.is_empty()).collect();
        format!("; the first fault: {}", place.join(", "))
    })
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
    /// The currency of the prices that are read: that of all tables, lists say their own.
    pub(super) currency: Option<Currency>,
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
            currency: Currency::parse("USD").ok(),
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
        let meant = denoised(value);
        let Ok((per_unit, exact)) = divided(meant.unwrap_or(value), per) else {
            self.issue(field, TableIssueKind::BadValue, text);
            return None;
        };
        let kind = match (meant, exact) {
            (Some(_), _) => Some(TableIssueKind::FloatNoise),
            (None, false) => Some(TableIssueKind::Rounded),
            (None, true) if per_unit.normalize().scale() > PLAIN_PLACES => {
                Some(TableIssueKind::Precise)
            }
            (None, true) => None,
        };
        if let Some(kind) = kind {
            self.issue(field, kind, text);
        }
        let original = match per {
            _ if kind.is_none() => None,
            1 => Some(text.to_owned()),
            _ => Some(format!("{text} / {per}")),
        };
        let rate = Rate::new(per_unit, self.currency?).ok()?;
        Some(Read { rate, original })
    }

    /// A price for marked calls replaces the plain one in full: above the plain price's thresholds
    /// it says what it says below them, where it has no price of its own there.
    pub(super) fn marked_in_full(&mut self) {
        let mut added = Vec::new();
        for row in &self.prices {
            let marks = &row.conditions;
            if marks.equals.is_empty() || marks.context.is_some() || marks.window.is_some() {
                continue;
            }
            let thresholds = self.prices.iter().filter(|plain| {
                plain.dimension == row.dimension
                    && plain.conditions.equals.is_empty()
                    && plain.conditions.window.is_none()
            });
            for context in thresholds.filter_map(|plain| plain.conditions.context) {
                let of_marks = self.prices.iter().filter(|own| {
                    own.dimension == row.dimension && own.conditions.equals == marks.equals
                });
                let reached = of_marks
                    .filter(|own| {
                        own.conditions
                            .context
                            .is_none_or(|at| at.tokens <= context.tokens)
                    })
                    .max_by_key(|own| own.conditions.context.map(|at| at.tokens));
                let reached = reached.unwrap_or(row);
                if reached.conditions.context != Some(context) {
                    let mut restated = reached.clone();
                    restated.conditions.context = Some(context);
                    added.push(restated);
                }
            }
        }
        self.prices.extend(added);
    }

    /// The rows of the model; nothing when it has none, which is reported.
    pub(super) fn finish(mut self) -> Option<Vec<ProviderPrice>> {
        if self.prices.is_empty() {
            self.issue("", TableIssueKind::NoPrice, "");
            return None;
        }
        Some(std::mem::take(&mut self.prices))
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

/// The number that a float stands for, where its text has the float's last digits: more of them
/// than a float can hold for sure, and few once those are rounded off
/// (`0.0000025000010000000002` is 0.000002500001). Nothing for any other number.
fn denoised(value: Decimal) -> Option<Decimal> {
    const SURE: u32 = 15;
    const FEW: u32 = 12;
    let value = value.normalize();
    let digits = value.mantissa().checked_ilog10()?.saturating_add(1);
    let spare = digits.checked_sub(SURE).filter(|spare| *spare > 0)?;
    let unit = 10_i128.checked_pow(spare)?;
    let half = unit.checked_div(2)?;
    let rounded = value.mantissa().checked_add(half)?.checked_div(unit)?;
    let scale = value.scale().checked_sub(spare)?;
    let meant = Decimal::try_from_i128_with_scale(rounded, scale)
        .ok()?
        .normalize();
    let kept = meant.mantissa().checked_ilog10()?.saturating_add(1);
    (kept <= FEW).then_some(meant)
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
    fn the_noise_of_floats_is_taken_off_and_nothing_else() {
        for (text, meant) in [
            ("8.000000000000001e-07", Some("0.0000008")),
            ("2.5000010000000002e-05", Some("0.00002500001")),
            ("0.30000000000000004", Some("0.3")),
            ("9.499999999999999e-07", Some("0.00000095")),
            ("0.0002833333333333333", None),
            ("2.0751953125e-09", None),
            ("0.000833333333333", None),
            ("3", None),
            ("0", None),
        ] {
            let found = denoised(parse_decimal(text).unwrap());
            let found = found.map(|value| value.to_string());
            assert_eq!(found.as_deref(), meant, "{text}");
        }
    }

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
