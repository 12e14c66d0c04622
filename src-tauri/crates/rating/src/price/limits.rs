//! What is applied to the amount of a price model: percentage discount, maximum, minimum, fixed
//! discount.

use super::calculation::Calculation;
use super::commitment::scaled;
use super::tiers::money;
use super::{ChargedBefore, PriceFault, PriceStep};
use ratebook_catalog::pricing::Price;
use ratebook_money::{Amount, Exact, Factor};
use rust_decimal::Decimal;

/// An amount after a fixed discount, and what that took off.
#[derive(Clone, Copy)]
pub(super) struct Discounted {
    pub exact: Amount,
    pub discount: Amount,
}

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
) -> Result<Discounted, PriceFault> {
    let (discount, zero) = (money(discount, calculation.currency)?, calculation.zero());
    taken_off(discount, amount, zero, calculation)
}

/// A discount taken off an amount, which does not go below `least`.
fn taken_off(
    discount: Amount,
    amount: Amount,
    least: Amount,
    calculation: &mut Calculation,
) -> Result<Discounted, PriceFault> {
    if discount.e24() == 0 && amount.e24() >= least.e24() {
        return Ok(Discounted {
            exact: amount,
            discount,
        });
    }
    let rest = amount.minus(discount)?;
    let exact = if rest.e24() < least.e24() {
        least
    } else {
        rest
    };
    calculation.note(|| PriceStep::FixedDiscount {
        before: amount.to_exact_string(),
        discount: discount.to_exact_string(),
        after: exact.to_exact_string(),
    });
    Ok(Discounted {
        exact,
        discount: amount.minus(exact)?,
    })
}

/// Maximum, minimum and fixed discount of a period in which earlier lines have `charged` something:
/// what is left up to the maximum bounds this line from above (never below zero), and what is
/// missing to the minimum from below. Of the discount, what earlier lines have not given is given
/// now; the period does not go below zero, so this line not below what was charged.
pub(super) fn beside(
    price: &Price,
    amount: Amount,
    before: ChargedBefore,
    calculation: &mut Calculation,
) -> Result<Discounted, PriceFault> {
    let given = before.discount;
    calculation.note(|| PriceStep::ChargedBefore {
        amount: before.amount.to_exact_string(),
        discount: (given.e24() != 0).then(|| given.to_exact_string()),
    });
    let charged = before.amount.plus(given)?;
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
    let none = calculation.zero();
    if charged.plus(amount)?.e24() < 0 {
        amount = at_least(amount, none.minus(charged)?, calculation)?;
    }
    let off = money(price.discount.amount, calculation.currency)?.minus(given)?;
    let left = if off.e24() < 0 { none } else { off };
    taken_off(left, amount, none.minus(before.amount)?, calculation)
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
