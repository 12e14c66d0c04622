use super::{Fallback, ModelPrices, Multiplier, ProviderPrice};
use crate::{CallConditions, Dimension, PriceConditions};
use ratebook_money::{Factor, MoneyError, Rate, Timestamp};
use thiserror::Error;

/// What of a call chooses its price.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PriceCall<'a> {
    /// When it happened. For a sum over calls: the start of its span.
    pub at: Timestamp,
    /// The call's marks.
    pub conditions: &'a CallConditions,
    /// All its input tokens, cached ones included, or a number that compares with every known
    /// threshold in the same way.
    pub context_tokens: u64,
    /// The UTC minute of the day, or the last known window border at or before it.
    pub minute_of_day: u16,
}

/// A price that was found for one dimension, and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Selected<'a> {
    /// The row.
    pub row: &'a ProviderPrice,
    /// The fallback rules that led to it, outermost first; empty when the dimension has a row.
    pub fallbacks: Vec<&'a Fallback>,
    /// The factors on all token dimensions that hold for the call.
    pub multipliers: Vec<&'a Multiplier>,
    /// The price of one unit: the row's rate times all factors, exact.
    pub rate: Rate,
}

/// Why a used dimension has no price. Such usage waits in the inbox; it never bills zero.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[error("no price for {dimension}: {why}")]
pub struct NoPrice {
    /// The dimension.
    pub dimension: Dimension,
    /// Why.
    pub why: NoPriceReason,
}

/// Why there is no price.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum NoPriceReason {
    /// The model has no row and no fallback for the dimension.
    #[error("the model has none")]
    Missing,
    /// There are rows, but none is in force at the event's time for such a call.
    #[error("none is in force for this call at its time")]
    NotInForce,
    /// The source did not say which class the tokens are of.
    #[error("the class of the tokens is not known")]
    Unspecified,
    /// The row's rate times its factors cannot be held exactly.
    #[error("the price cannot be held exactly: {0}")]
    Inexact(MoneyError),
}

/// Chains of fallbacks are short (1 h cache write → cache write → input); a longer one is a loop.
const LONGEST_CHAIN: usize = 5;

impl<'a> PriceCall<'a> {
    /// A single call, at its own instant.
    #[must_use]
    pub fn single(at: Timestamp, conditions: &'a CallConditions, context_tokens: u64) -> Self {
        Self {
            at,
            conditions,
            context_tokens,
            minute_of_day: at.minute_of_day(),
        }
    }

    /// An instant of the call for calendars: both `at` and the window border are lower bounds of
    /// the real one, and nothing that prices look at changes between the later of them and it.
    fn instant(&self) -> Timestamp {
        const MINUTE: i64 = 60_000_000;
        let into_day = i64::from(self.at.minute_of_day()).saturating_mul(MINUTE);
        let below_minute = self.at.micros().rem_euclid(MINUTE);
        let midnight = self
            .at
            .micros()
            .saturating_sub(into_day)
            .saturating_sub(below_minute);
        let border = i64::from(self.minute_of_day).saturating_mul(MINUTE);
        self.at
            .max(Timestamp::from_micros(midnight.saturating_add(border)))
    }

    fn has_marks(&self, conditions: &PriceConditions) -> bool {
        conditions
            .equals
            .iter()
            .all(|(key, value)| self.conditions.0.get(key) == Some(value))
    }

    /// Whether a row with these conditions holds for the call.
    #[must_use]
    pub fn meets(&self, conditions: &PriceConditions) -> bool {
        if !self.has_marks(conditions) {
            return false;
        }
        if let Some(context) = conditions.context
            && !context.holds(self.context_tokens)
        {
            return false;
        }
        let Some(window) = &conditions.window else {
            return true;
        };
        window.covers_minute(self.minute_of_day)
            && window
                .days
                .as_ref()
                .is_none_or(|days| days.hold(self.instant()))
    }
}

impl ModelPrices {
    /// The price of one unit of a dimension for a call, as the book knew it at `as_of`.
    ///
    /// Among the rows that were recorded by `as_of`, that are in force at the call's time and
    /// whose conditions hold, the most specific conditions win
    /// ([`PriceConditions::specificity`]); of the same conditions a manual row that has not been
    /// ended, then the greatest `valid_from`, then the one recorded last. Then the fallback rules.
    /// `requests` without a price is free: `None`.
    ///
    /// # Errors
    /// [`NoPrice`] for every other dimension without a price.
    pub fn select(
        &self,
        dimension: &Dimension,
        call: &PriceCall,
        as_of: Timestamp,
    ) -> Result<Option<Selected<'_>>, NoPrice> {
        let refused = |why| NoPrice {
            dimension: dimension.clone(),
            why,
        };
        if dimension.is_unspecified() {
            return Err(refused(NoPriceReason::Unspecified));
        }
        let Some((row, fallbacks)) = self.find(dimension, call, as_of, LONGEST_CHAIN) else {
            if *dimension == Dimension::REQUESTS {
                return Ok(None);
            }
            let known = self.prices.iter().any(|row| row.dimension == *dimension);
            let why = if known {
                NoPriceReason::NotInForce
            } else {
                NoPriceReason::Missing
            };
            return Err(refused(why));
        };
        let multipliers = self.multipliers_for(dimension, call);
        let rate = scaled(row, &fallbacks, &multipliers)
            .map_err(|error| refused(NoPriceReason::Inexact(error)))?;
        Ok(Some(Selected {
            row,
            fallbacks,
            multipliers,
            rate,
        }))
    }

    /// The rows of a dimension in force at an instant, one per set of conditions that is wanted,
    /// the most specific first. Fallbacks are not looked at.
    pub fn in_force<'a>(
        &'a self,
        dimension: &Dimension,
        at: Timestamp,
        as_of: Timestamp,
        wanted: impl Fn(&PriceConditions) -> bool,
    ) -> Vec<&'a ProviderPrice> {
        let mut held: Vec<(&PriceConditions, Candidates)> = Vec::new();
        for row in &self.prices {
            let known = row.dimension == *dimension && row.recorded_at <= as_of;
            if !known || row.valid_from > at || !wanted(&row.conditions) {
                continue;
            }
            match held.iter_mut().find(|(same, _)| **same == row.conditions) {
                Some((_, candidates)) => candidates.add(row),
                None => held.push((&row.conditions, Candidates::of(row))),
            }
        }
        if held.len() > 1 {
            held.sort_by(|(a, _), (b, _)| b.specificity().cmp(&a.specificity()));
        }
        let rows = held.iter();
        rows.filter_map(|(_, candidates)| candidates.in_force())
            .collect()
    }

    fn find(
        &self,
        dimension: &Dimension,
        call: &PriceCall,
        as_of: Timestamp,
        depth: usize,
    ) -> Option<(&ProviderPrice, Vec<&Fallback>)> {
        let holding = |conditions: &PriceConditions| call.meets(conditions);
        let rows = self.in_force(dimension, call.at, as_of, holding);
        let row = rows.first().copied();
        let depth = depth.checked_sub(1)?;
        let rules = self.fallbacks.iter().chain(self.rules.fallbacks());
        for fallback in rules.filter(|rule| rule.dimension == *dimension) {
            // A rule for marked calls stands in wherever the row does not ask for that mark; a
            // rule without conditions only where there is no row at all.
            let served = row.is_some_and(|row| asks_for(&row.conditions, &fallback.conditions));
            if served || !call.has_marks(&fallback.conditions) {
                continue;
            }
            let found = if fallback.parent == *dimension {
                row.map(|row| (row, Vec::new()))
            } else {
                self.find(&fallback.parent, call, as_of, depth)
            };
            if let Some((row, mut chain)) = found {
                chain.insert(0, fallback);
                return Some((row, chain));
            }
        }
        row.map(|row| (row, Vec::new()))
    }

    fn multipliers_for(&self, dimension: &Dimension, call: &PriceCall) -> Vec<&Multiplier> {
        if !dimension.is_tokens() {
            return Vec::new();
        }
        let holds = |multiplier: &&Multiplier| {
            let value = call.conditions.0.get(&multiplier.key);
            value.is_some_and(|value| {
                *value == multiplier.value
                    || (multiplier.value == "*" && !multiplier.except.contains(value))
            })
        };
        self.multipliers.iter().filter(holds).collect()
    }
}

fn asks_for(row: &PriceConditions, marks: &PriceConditions) -> bool {
    marks
        .equals
        .iter()
        .all(|(key, value)| row.equals.get(key) == Some(value))
}

/// The newest rows of one set of conditions.
#[derive(Default)]
struct Candidates<'a> {
    manual: Option<&'a ProviderPrice>,
    imported: Option<&'a ProviderPrice>,
}

impl<'a> Candidates<'a> {
    fn of(row: &'a ProviderPrice) -> Self {
        let mut candidates = Self::default();
        candidates.add(row);
        candidates
    }

    fn add(&mut self, row: &'a ProviderPrice) {
        let place = if row.manual {
            &mut self.manual
        } else {
            &mut self.imported
        };
        let newer = place.is_none_or(|known| {
            (row.valid_from, row.recorded_at) >= (known.valid_from, known.recorded_at)
        });
        if newer {
            *place = Some(row);
        }
    }

    fn in_force(&self) -> Option<&'a ProviderPrice> {
        let active = |row: Option<&'a ProviderPrice>| row.filter(|row| row.rate.is_some());
        active(self.manual).or_else(|| active(self.imported))
    }
}

fn scaled(
    row: &ProviderPrice,
    fallbacks: &[&Fallback],
    multipliers: &[&Multiplier],
) -> Result<Rate, MoneyError> {
    let mut rate = row.rate.ok_or(MoneyError::Overflow)?;
    let factors = fallbacks.iter().map(|fallback| fallback.factor);
    for factor in factors.chain(multipliers.iter().map(|multiplier| multiplier.factor)) {
        if factor != Factor::ONE {
            rate = rate.scaled(factor)?;
        }
    }
    Ok(rate)
}

#[cfg(test)]
mod tests;
