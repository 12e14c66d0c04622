//! Unit conversion and rounding of the quantity: over the whole period, before anything is free.

use super::calculation::Calculation;
use super::counted::Counted;
use super::{PriceFault, PriceStep, Units};
use ratebook_catalog::pricing::{Convert, QuantityRound};
use ratebook_money::MoneyError;
use rust_decimal::Decimal;

pub(super) fn apply<'a>(
    convert: Option<&Convert>,
    counted: Counted<'a>,
    calculation: &mut Calculation,
) -> Result<Counted<'a>, PriceFault> {
    let (Some(convert), Counted::Units(quantity)) = (convert, counted) else {
        return Ok(counted);
    };
    let converted = converted(convert, quantity)?;
    calculation.note(|| PriceStep::Convert {
        before: quantity.to_string(),
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

/// quantity × multiply_by ÷ divide_by, of a quantity of zero or more.
fn converted(convert: &Convert, quantity: Units) -> Result<Units, PriceFault> {
    let (times, over) = (convert.multiply_by, convert.divide_by);
    let above = product([quantity.e12(), times.mantissa(), power(over.scale())?])?;
    let below = product([over.mantissa(), power(times.scale())?, 1])?;
    // The places that are kept decide which multiple of 10⁻¹² is the step.
    let kept = match convert.round {
        QuantityRound::None => 12,
        QuantityRound::Up | QuantityRound::Down | QuantityRound::Nearest => convert.places,
    };
    let step = power(12_u32.saturating_sub(kept))?;
    let below = product([below, step, 1])?;
    if below <= 0 {
        return Err(MoneyError::DivisionByZero.into());
    }
    let (whole, rest) = (above.div_euclid(below), above.rem_euclid(below));
    let up = match convert.round {
        QuantityRound::None if rest != 0 => return Err(endless(quantity, over)),
        QuantityRound::None | QuantityRound::Down => false,
        QuantityRound::Up => rest > 0,
        QuantityRound::Nearest => rest >= below.saturating_sub(rest),
    };
    let steps = whole.checked_add(i128::from(up));
    let steps = steps.ok_or(MoneyError::Overflow)?;
    Ok(Units::from_e12(product([steps, step, 1])?))
}

fn endless(quantity: Units, divide_by: Decimal) -> PriceFault {
    PriceFault::Endless {
        quantity: quantity.to_string(),
        divide_by: divide_by.to_string(),
    }
}

fn product(factors: [i128; 3]) -> Result<i128, MoneyError> {
    let mut factors = factors.into_iter();
    let product = factors.try_fold(1_i128, i128::checked_mul);
    product.ok_or(MoneyError::Overflow)
}

fn power(places: u32) -> Result<i128, MoneyError> {
    10_i128.checked_pow(places).ok_or(MoneyError::Overflow)
}
