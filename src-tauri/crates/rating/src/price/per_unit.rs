//! quantity × unit price.

use super::calculation::Calculation;
use super::{PriceFault, PriceStep, Units};
use ratebook_money::Amount;
use rust_decimal::Decimal;

pub(super) fn amount(
    unit_price: Decimal,
    quantity: Units,
    calculation: &mut Calculation,
) -> Result<Amount, PriceFault> {
    let amount = quantity.times(unit_price, calculation.currency)?;
    calculation.note(|| PriceStep::UnitPrice {
        quantity: quantity.to_string(),
        unit_price: unit_price.to_string(),
        amount: amount.to_exact_string(),
    });
    Ok(amount)
}
