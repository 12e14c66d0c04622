//! Units of the period that cost nothing: they are taken off before a tier is chosen.

use super::calculation::Calculation;
use super::counted::Counted;
use super::{PriceFault, PriceStep, Units};
use rust_decimal::Decimal;

pub(super) fn apply<'a>(
    included: Decimal,
    counted: Counted<'a>,
    calculation: &mut Calculation,
) -> Result<Counted<'a>, PriceFault> {
    let Counted::Units(quantity) = counted else {
        return Ok(counted);
    };
    if included.is_zero() {
        return Ok(counted);
    }
    let after = beyond(quantity, included)?;
    calculation.note(|| PriceStep::Included {
        before: quantity.to_string(),
        included: included.to_string(),
        after: after.to_string(),
    });
    Ok(Counted::Units(after))
}

/// What lies beyond so many free units.
pub(super) fn beyond(quantity: Units, free: Decimal) -> Result<Units, PriceFault> {
    Ok(quantity.minus(Units::new(free)?)?.max(Units::ZERO))
}
