//! Amounts that are given: by the price itself, or by the events.

use super::calculation::Calculation;
use super::counted::not_below_zero;
use super::tiers::money;
use super::{Measured, PriceFault, PriceStep, Units};
use ratebook_money::Amount;
use rust_decimal::Decimal;

/// The amount, however much was used.
pub(super) fn flat(amount: Decimal, calculation: &mut Calculation) -> Result<Amount, PriceFault> {
    let amount = money(amount, calculation.currency)?;
    calculation.note(|| PriceStep::Flat {
        amount: amount.to_exact_string(),
    });
    Ok(amount)
}

/// The sum of the amounts that the events carry.
pub(super) fn amount(
    measured: &Measured,
    calculation: &mut Calculation,
) -> Result<Amount, PriceFault> {
    let (_, sum) = sums(measured, calculation)?;
    let sum = not_below_zero(sum, calculation);
    let amount = sum.to_amount(calculation.currency)?;
    calculation.note(|| PriceStep::Dynamic {
        amount: amount.to_exact_string(),
    });
    Ok(amount)
}

/// The quantities and the amounts of all events; a quantity alone is a sum of money.
pub(super) fn sums(
    measured: &Measured,
    calculation: &mut Calculation,
) -> Result<(Units, Units), PriceFault> {
    match measured {
        Measured::Quantity(sum) => Ok((Units::ZERO, *sum)),
        Measured::Quotient(sum) => Ok((Units::ZERO, sum.nearest()?)),
        Measured::Events(events) => {
            let (mut quantity, mut amount) = (Units::ZERO, Units::ZERO);
            for event in events {
                quantity = quantity.plus(event.quantity)?;
                amount = amount.plus(event.amount)?;
            }
            calculation.note(|| PriceStep::events(events.len(), amount));
            Ok((quantity, amount))
        }
        Measured::Parts(_) | Measured::Capacity(_) => Err(PriceFault::Needs("events")),
    }
}
