//! What a model looks at: one number, or the measurements as they are.

use super::calculation::Calculation;
use super::{Measured, PriceFault, PriceStep, Quotient, Units};
use ratebook_catalog::pricing::Model;

/// What was counted for a model.
#[derive(Clone, Copy)]
pub(super) enum Counted<'a> {
    Units(Units),
    Quotient(Quotient),
    Measured(&'a Measured),
}

impl<'a> Counted<'a> {
    pub(super) fn units(self) -> Result<Units, PriceFault> {
        match self {
            Self::Units(units) => Ok(units),
            Self::Quotient(quotient) => Ok(quotient.nearest()?),
            Self::Measured(_) => Err(PriceFault::Needs("a quantity")),
        }
    }

    pub(super) fn measured(self) -> Result<&'a Measured, PriceFault> {
        match self {
            Self::Measured(measured) => Ok(measured),
            Self::Units(_) | Self::Quotient(_) => Err(PriceFault::Needs("events")),
        }
    }
}

/// The number of units that a model prices, never below zero: a period that was corrected below
/// zero costs what zero costs, and the explanation says so.
pub(super) fn count<'a>(
    model: &Model,
    measured: &'a Measured,
    calculation: &mut Calculation,
) -> Result<Counted<'a>, PriceFault> {
    if !model.prices_a_quantity() {
        return Ok(Counted::Measured(measured));
    }
    let quantity = match measured {
        Measured::Quantity(quantity) => *quantity,
        Measured::Quotient(quotient) => {
            calculation.note(|| PriceStep::Quantity {
                quantity: quotient.to_string(),
            });
            return Ok(Counted::Quotient(*quotient));
        }
        Measured::Events(events) => {
            let is_money = model.prices_money();
            let mut all = events.iter();
            let sum = all.try_fold(Units::ZERO, |sum, event| {
                sum.plus(if is_money {
                    event.amount
                } else {
                    event.quantity
                })
            })?;
            calculation.note(|| PriceStep::events(events.len(), sum));
            sum
        }
        Measured::Parts(_) | Measured::Capacity(_) => {
            return Err(PriceFault::Needs("a quantity"));
        }
    };
    Ok(Counted::Units(not_below_zero(quantity, calculation)))
}

/// A total below zero counts as zero; it is written down.
pub(super) fn not_below_zero(quantity: Units, calculation: &mut Calculation) -> Units {
    if quantity.is_negative() {
        calculation.note(|| PriceStep::BelowZero {
            quantity: quantity.to_string(),
        });
        return Units::ZERO;
    }
    calculation.note(|| PriceStep::Quantity {
        quantity: quantity.to_string(),
    });
    quantity
}
