//! A price of a document applied to what was used: one pipeline, read from top to bottom in
//! [`listed`] and [`limited`], one small file per stage and per price model.
//!
//! The order: what was counted → unit conversion and rounding → included units → price model →
//! commitment → percentage discount → maximum → minimum → fixed discount. Every amount is the
//! difference of two totals, that of the period so far and that of what was rated before, so that
//! splitting a quantity over time never changes what a period costs. Amounts are exact until the
//! one rounding at the end; what does not fit is an error.

mod blocks;
mod calculation;
mod capacity;
mod commitment;
mod convert;
mod cost_plus;
mod counted;
pub mod document;
mod dynamic;
mod fault;
mod included;
mod limits;
mod package;
mod parts;
mod per_unit;
mod percentage;
mod quotient;
mod step;
pub(crate) mod tiers;
mod units;
mod usage;
mod volume;

pub use calculation::Explain;
pub use fault::{PriceError, PriceFault};
pub use quotient::Quotient;
pub use step::PriceStep;
pub use units::Units;
pub use usage::{ChargedBefore, Measured, Part, PricedEvent, PricedUsage};

use calculation::Calculation;
use counted::Counted;
use limits::Discounted;
use ratebook_catalog::pricing::{Model, Price};
use ratebook_money::{Amount, Currency, Money};

/// What a price charges for a usage.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Priced {
    /// Before rounding.
    pub exact: Amount,
    /// After the one rounding, half away from zero.
    pub rounded: Money,
    /// What a fixed discount took off; below zero where more had been taken off before.
    pub discount: Amount,
    /// How it came about; empty when nobody asked.
    pub steps: Vec<PriceStep>,
}

/// Prices what was used since the last time in a period: the total of the period less the total
/// of what was rated before.
///
/// With `charged_before`, an earlier line of the period has charged that much: it counts towards
/// maximum and minimum, and fees that are due without usage are not due again.
///
/// # Errors
/// [`PriceError`], which names the quantity.
pub fn apply(
    price: &Price,
    usage: &PricedUsage,
    currency: Currency,
    explain: Explain,
) -> Result<Priced, PriceError> {
    apply_after(price, price, usage, currency, explain)
}

/// As [`apply`], where what was rated before had another part of the period: less was included,
/// agreed or due. `earlier` is the price for that part; its prices of units are those of `price`.
///
/// # Errors
/// [`PriceError`], which names the quantity.
pub fn apply_after(
    price: &Price,
    earlier: &Price,
    usage: &PricedUsage,
    currency: Currency,
    explain: Explain,
) -> Result<Priced, PriceError> {
    let named = |fault: PriceFault| PriceError {
        quantity: usage.total.to_string(),
        fault,
    };
    let mut calculation = Calculation::new(currency, explain);
    let charged = difference(price, earlier, usage, &mut calculation).map_err(named)?;
    let Discounted { exact, discount } = charged;
    let rounded = exact
        .round()
        .map_err(|error| named(PriceFault::Number(error)))?;
    calculation.note(|| PriceStep::rounding(exact, rounded));
    Ok(Priced {
        exact,
        rounded,
        discount,
        steps: calculation.into_steps(),
    })
}

/// What is charged now: the period's total less what was rated before.
fn difference(
    price: &Price,
    before: &Price,
    usage: &PricedUsage,
    calculation: &mut Calculation,
) -> Result<Discounted, PriceFault> {
    let total = listed(price, &usage.total, calculation)?;
    if let Some(charged) = usage.charged_before {
        let nothing = usage.total.nothing();
        let earlier = usage.before.as_ref().unwrap_or(&nothing);
        let before = calculation.before(earlier, |inner| listed(before, earlier, inner))?;
        return limits::beside(price, total.minus(before)?, charged, calculation);
    }
    let total = limited(price, total, calculation)?;
    let Some(earlier) = &usage.before else {
        return Ok(total);
    };
    let mut discount = calculation.zero();
    let before = calculation.before(earlier, |inner| {
        let before = of_period(before, earlier, inner)?;
        discount = before.discount;
        Ok(before.exact)
    })?;
    Ok(Discounted {
        exact: total.exact.minus(before)?,
        discount: total.discount.minus(discount)?,
    })
}

/// What a period costs.
fn of_period(
    price: &Price,
    measured: &Measured,
    calculation: &mut Calculation,
) -> Result<Discounted, PriceFault> {
    let amount = listed(price, measured, calculation)?;
    limited(price, amount, calculation)
}

/// From what was measured to the amount before maximum and minimum.
fn listed(
    price: &Price,
    measured: &Measured,
    calculation: &mut Calculation,
) -> Result<Amount, PriceFault> {
    let counted = counted::count(&price.model, measured, calculation)?;
    let counted = convert::apply(price.convert.as_ref(), counted, calculation)?;
    let counted = included::apply(price.included, counted, calculation)?;
    let amount = by_model(&price.model, counted, calculation)?;
    let amount = commitment::apply(price, amount, calculation)?;
    limits::percentage_discount(price.discount.percent, amount, calculation)
}

/// Maximum, minimum, fixed discount.
fn limited(
    price: &Price,
    amount: Amount,
    calculation: &mut Calculation,
) -> Result<Discounted, PriceFault> {
    let amount = limits::maximum(price.maximum, amount, calculation)?;
    let amount = limits::minimum(price.minimum, amount, calculation)?;
    limits::fixed_discount(price.discount.amount, amount, calculation)
}

/// The price model alone.
fn by_model(
    model: &Model,
    counted: Counted,
    calculation: &mut Calculation,
) -> Result<Amount, PriceFault> {
    match model {
        Model::Flat { amount } => dynamic::flat(*amount, calculation),
        Model::PerUnit { unit_price } | Model::Overage { unit_price } => {
            per_unit::amount(*unit_price, counted.units()?, calculation)
        }
        Model::Graduated {
            tiers,
            charge_flat_at_zero,
        } => tiers::graduated(tiers, *charge_flat_at_zero, counted.units()?, calculation),
        Model::GraduatedPercentage {
            tiers,
            charge_flat_at_zero,
        } => tiers::percentage(tiers, *charge_flat_at_zero, counted.units()?, calculation),
        Model::Volume {
            tiers,
            charge_flat_at_zero,
        } => volume::amount(tiers, *charge_flat_at_zero, counted.units()?, calculation),
        Model::Package(package) => package::amount(package, counted.units()?, calculation),
        Model::Blocks { mode, blocks } => {
            blocks::amount(*mode, blocks, counted.units()?, calculation)
        }
        Model::Percentage(percentage) => {
            percentage::amount(percentage, counted.measured()?, calculation)
        }
        Model::Dynamic => dynamic::amount(counted.measured()?, calculation),
        Model::CostPlus {
            percent,
            fixed_per_unit,
        } => cost_plus::amount(*percent, *fixed_per_unit, counted.measured()?, calculation),
        Model::Bucketed { per, base } => {
            parts::bucketed(*per, base, counted.measured()?, calculation)
        }
        Model::LineSum { lines, default } => {
            parts::line_sum(lines, default.as_deref(), counted.measured()?, calculation)
        }
        Model::Capacity { tiers } => capacity::amount(tiers, counted.measured()?, calculation),
    }
}

#[cfg(test)]
mod tests;
