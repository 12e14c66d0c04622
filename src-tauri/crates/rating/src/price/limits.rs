//! What is applied to the amount of a price model: percentage discount, maximum, minimum, fixed
//! discount.

use super::calculation::Calculation;
use super::commitment::scaled;
use super::tiers::money;
use super::{PriceFault, PriceStep};
use ratebook_catalog::pricing::Price;
use ratebook_money::{Amount, Exact, Factor};
use rust_decimal::Decimal;

pub(super) fn percentage_discount(
    percent: Decimal,
    amount: Amount,
    calculation: &mut Calculation,
) -> Result<Amount, PriceFault> {
    if percent.is_zero() {
        return Ok(amount);
    }
    let left: Exact = Factor::from_markup_percent(-percent)?.exact();
    let after = scaled(amount, left)?;
    calculation.note(|| PriceStep::Discount {
        before: amount.to_exact_string(),
        percent: percent.to_string(),
        after: after.to_exact_string(),
    });
    Ok(after)
}

pub(super) fn maximum(
    maximum: Option<Decimal>,
    amount: Amount,
    calculation: &mut Calculation,
) -> Result<Amount, PriceFault> {
    let Some(maximum) = maximum else {
        return Ok(amount);
    };
    at_most(amount, money(maximum, calculation.currency)?, calculation)
}

pub(super) fn minimum(
    minimum: Option<Decimal>,
    amount: Amount,
    calculation: &mut Calculation,
) -> Result<Amount, PriceFault> {
    let Some(minimum) = minimum else {
        return Ok(amount);
    };
    at_least(amount, money(minimum, calculation.currency)?, calculation)
}

/// A fixed amount off; it never takes the rest below zero.
pub(super) fn fixed_discount(
    discount: Decimal,
    amount: Amount,
    calculation: &mut Calculation,
) -> Result<Amount, PriceFault> {
    if discount.is_zero() {
        return Ok(amount);
    }
    let rest = amount.minus(money(discount, calculation.currency)?)?;
    let after = if rest.e24() < 0 {
        calculation.zero()
    } else {
        rest
    };
    calculation.note(|| PriceStep::FixedDiscount {
        before: amount.to_exact_string(),
        discount: discount.to_string(),
        after: after.to_exact_string(),
    });
    Ok(after)
}

/// Maximum and minimum of a period in which earlier lines have `charged` something: what is left
/// up to the maximum bounds this line from above (never below zero), and what is missing to the
/// minimum from below.
pub(super) fn beside(
    price: &Price,
    amount: Amount,
    charged: Amount,
    calculation: &mut Calculation,
) -> Result<Amount, PriceFault> {
    calculation.note(|| PriceStep::ChargedBefore {
        amount: charged.to_exact_string(),
    });
    let mut amount = amount;
    if let Some(maximum) = price.maximum {
        let left = money(maximum, calculation.currency)?.minus(charged)?;
        let left = if left.e24() < 0 {
            calculation.zero()
        } else {
            left
        };
        amount = at_most(amount, left, calculation)?;
    }
    if let Some(minimum) = price.minimum {
        let missing = money(minimum, calculation.currency)?.minus(charged)?;
        amount = at_least(amount, missing, calculation)?;
    }
    Ok(amount)
}

fn at_most(
    amount: Amount,
    most: Amount,
    calculation: &mut Calculation,
) -> Result<Amount, PriceFault> {
    let after = if amount.e24() > most.e24() {
        most
    } else {
        amount
    };
    calculation.note(|| PriceStep::Maximum {
        before: amount.to_exact_string(),
        maximum: most.to_exact_string(),
        after: after.to_exact_string(),
    });
    Ok(after)
}

fn at_least(
    amount: Amount,
    least: Amount,
    calculation: &mut Calculation,
) -> Result<Amount, PriceFault> {
    let after = if amount.e24() < least.e24() {
        least
    } else {
        amount
    };
    calculation.note(|| PriceStep::Minimum {
        before: amount.to_exact_string(),
        minimum: least.to_exact_string(),
        after: after.to_exact_string(),
    });
    Ok(after)
}
