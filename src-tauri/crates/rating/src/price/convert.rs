//! Unit conversion and rounding of the quantity: over the whole period, before anything is free.

use super::calculation::Calculation;
use super::counted::Counted;
use super::quotient::fraction;
use super::{Measured, PriceFault, PriceStep, Units};
use ratebook_catalog::pricing::{Convert, QuantityRound};
use ratebook_money::MoneyError;
use rust_decimal::Decimal;

pub(super) fn apply<'a>(
    convert: Option<&Convert>,
    counted: Counted<'a>,
    calculation: &mut Calculation,
) -> Result<Counted<'a>, PriceFault> {
    let Some(convert) = convert else {
        return Ok(match counted {
            Counted::Quotient(quotient) => Counted::Units(quotient.nearest()?),
            Counted::Units(_) | Counted::Measured(_) => counted,
        });
    };
    let (before, quantity) = match counted {
        Counted::Measured(_) => return Ok(counted),
        Counted::Quotient(own) if convert.round != QuantityRound::None => {
            let (above, below) = fraction(&[own.above(), MILLION], &[own.below()])?;
            (Measured::Quotient(own), [above, below])
        }
        Counted::Quotient(own) => {
            let units = own.nearest()?;
            (Measured::Quantity(units), [units.e12(), 1])
        }
        Counted::Units(units) => (Measured::Quantity(units), [units.e12(), 1]),
    };
    let converted = converted(convert, &before, quantity)?;
    calculation.note(|| PriceStep::Convert {
        before: before.to_string(),
        multiply_by: convert.multiply_by.to_string(),
        divide_by: convert.divide_by.to_string(),
        round: match convert.round {
            QuantityRound::None => "none",
            QuantityRound::Up => "up",
            QuantityRound::Down => "down",
            QuantityRound::Nearest => "nearest",
        }
        .to_owned(),
        places: convert.places,
        after: converted.to_string(),
    });
    Ok(Counted::Units(converted))
}

/// From 10⁻⁶ to 10⁻¹².
const MILLION: i128 = 1_000_000;

/// quantity × multiply_by ÷ divide_by, of a quantity of zero or more: a quotient in units of 10⁻¹².
fn converted(
    convert: &Convert,
    shown: &Measured,
    [above, below]: [i128; 2],
) -> Result<Units, PriceFault> {
    let (times, over) = (convert.multiply_by, convert.divide_by);
    // The places that are kept decide which multiple of 10⁻¹² is the step.
    let kept = match convert.round {
        QuantityRound::None => 12,
        QuantityRound::Up | QuantityRound::Down | QuantityRound::Nearest => convert.places,
    };
    let step = power(12_u32.saturating_sub(kept))?;
    let (above, below) = fraction(
        &[above, times.mantissa(), power(over.scale())?],
        &[below, over.mantissa(), power(times.scale())?, step],
    )?;
    if below <= 0 {
        return Err(MoneyError::DivisionByZero.into());
    }
    let (whole, rest) = (above.div_euclid(below), above.rem_euclid(below));
    let up = match convert.round {
        QuantityRound::None if rest != 0 => return Err(endless(shown, over)),
        QuantityRound::None | QuantityRound::Down => false,
        QuantityRound::Up => rest > 0,
        QuantityRound::Nearest => rest > 0 && rest >= below.saturating_sub(rest),
    };
    let steps = whole.checked_add(i128::from(up));
    let steps = steps.and_then(|steps| steps.checked_mul(step));
    Ok(Units::from_e12(steps.ok_or(MoneyError::Overflow)?))
}

fn endless(quantity: &Measured, divide_by: Decimal) -> PriceFault {
    PriceFault::Endless {
        quantity: quantity.to_string(),
        divide_by: divide_by.to_string(),
    }
}

fn power(places: u32) -> Result<i128, MoneyError> {
    10_i128.checked_pow(places).ok_or(MoneyError::Overflow)
}
