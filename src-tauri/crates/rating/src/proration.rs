//! Parts of a period. Fees, included units, minimums and commitments are prorated; usage is not.

use crate::ServiceDays;
use crate::period::{day_count, instants};
use ratebook_catalog::Proration;
use ratebook_money::{Amount, Money, MoneyError, Zone, mul_div_round};

/// So many days, or seconds, of so many.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Part {
    /// What is charged, at most all of it.
    pub taken: u64,
    /// The whole period, above zero.
    pub of: u64,
}

/// How much of a period some of its days are, in the customer's zone.
///
/// # Errors
/// [`MoneyError::Overflow`] for days that end before they begin, [`MoneyError::NotATime`] outside
/// of the calendar.
pub fn part(
    days: ServiceDays,
    whole: ServiceDays,
    by: Proration,
    zone: Zone,
) -> Result<Part, MoneyError> {
    let length = |days: ServiceDays| match by {
        Proration::Days => day_count(days).map(u64::from),
        Proration::Seconds => {
            let period = instants(days, zone)?;
            let micros = period.to.micros().checked_sub(period.from.micros());
            let seconds = micros.and_then(|micros| micros.checked_div_euclid(1_000_000));
            let seconds = seconds.and_then(|seconds| u64::try_from(seconds).ok());
            seconds.ok_or(MoneyError::Overflow)
        }
    };
    Ok(Part {
        taken: length(days)?,
        of: length(whole)?,
    })
}

/// The part of an amount, rounded once, half away from zero.
///
/// Two parts that make the whole sum to the whole amount, or to one minor unit more where both
/// stand exactly between two.
///
/// # Errors
/// [`MoneyError::DivisionByZero`] for a period without length, [`MoneyError::Overflow`].
pub fn prorated(amount: Amount, part: Part) -> Result<Money, MoneyError> {
    mul_div_round(amount, part.taken, part.of)
}

/// A minimum's own line: what is missing from `charged` to the minimum of the part of the period
/// that was active, `max(0, minimum × part − charged)`, rounded once, half away from zero.
///
/// `charged` is what the lines of the period say: amounts that were rounded before.
///
/// # Errors
/// [`MoneyError::DivisionByZero`] for a period without length, [`MoneyError::CurrencyMismatch`],
/// [`MoneyError::Overflow`].
pub fn true_up(minimum: Amount, part: Part, charged: Money) -> Result<Money, MoneyError> {
    let times = |amount: Amount, by: u64| {
        let product = amount.e24().checked_mul(i128::from(by));
        let product = product.ok_or(MoneyError::Overflow)?;
        Ok(Amount::from_e24(product, amount.currency()))
    };
    // Over one denominator, so that nothing is rounded before the difference is taken.
    let due = times(minimum, part.taken)?;
    let missing = due.minus(times(charged.to_amount()?, part.of)?)?;
    if missing.e24() <= 0 && part.of > 0 {
        return Ok(Money::zero(minimum.currency()));
    }
    mul_div_round(missing, 1, part.of)
}
