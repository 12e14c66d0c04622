//! Cost × (1 + percent/100), and a fixed part for each unit.

use super::calculation::Calculation;
use super::counted::not_below_zero;
use super::dynamic::sums;
use super::{Measured, PriceFault, PriceStep, Units};
use ratebook_money::{Amount, Factor};
use rust_decimal::Decimal;

pub(super) fn amount(
    percent: Decimal,
    fixed_per_unit: Decimal,
    measured: &Measured,
    calculation: &mut Calculation,
) -> Result<Amount, PriceFault> {
    if matches!(measured, Measured::Quantity(_)) && !fixed_per_unit.is_zero() {
        return Err(PriceFault::Needs(
            "events with quantity and amount: a part of it is for each unit",
        ));
    }
    let (quantity, cost) = sums(measured, calculation)?;
    let cost = not_below_zero(cost, calculation);
    let quantity = quantity.max(Units::ZERO);
    let factor = Factor::from_markup_percent(percent)?.value();
    let marked = cost.times(factor, calculation.currency)?;
    let fixed = quantity.times(fixed_per_unit, calculation.currency)?;
    let amount = marked.plus(fixed)?;
    calculation.note(|| PriceStep::CostPlus {
        cost: cost.to_string(),
        percent: percent.to_string(),
        quantity: quantity.to_string(),
        fixed_per_unit: fixed_per_unit.to_string(),
        amount: amount.to_exact_string(),
    });
    Ok(amount)
}
