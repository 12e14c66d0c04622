//! Prices that are made by rounding: a list price on a step, a least price for a margin. Amounts
//! are never rounded here.

use crate::exact::PLACES;
use crate::{Exact, MoneyError, Rate};
use rust_decimal::Decimal;

/// Which multiple of a step is taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Toward {
    /// The nearest; half away from zero.
    Nearest,
    /// The first that is not below.
    Up,
}

/// The places of a price that a division made, as many as an authored rate may have.
const AUTHORED_PLACES: u32 = 12;

impl Rate {
    /// The multiple of `step` (a price per unit, above zero) that lies nearest or next above.
    ///
    /// # Errors
    /// [`MoneyError::DivisionByZero`] for a step that is not above zero, [`MoneyError::Overflow`]
    /// or [`MoneyError::TooPrecise`] when the result cannot be held.
    pub fn to_step(self, step: Exact, toward: Toward) -> Result<Self, MoneyError> {
        let value = Exact::from_decimal(self.per_unit());
        let scale = value.scale().max(step.scale());
        let (value, step) = (value.at(scale)?, step.at(scale)?);
        if step <= 0 {
            return Err(MoneyError::DivisionByZero);
        }
        let (whole, rest) = (value.div_euclid(step), value.rem_euclid(step));
        let doubled = rest.checked_mul(2).ok_or(MoneyError::Overflow)?;
        let up = match toward {
            Toward::Up => rest > 0,
            // The remainder is never negative: below zero, half goes down, away from zero.
            Toward::Nearest if value < 0 => doubled > step,
            Toward::Nearest => doubled >= step,
        };
        let steps = whole.checked_add(i128::from(up));
        let steps = steps
            .and_then(|steps| steps.checked_mul(step))
            .ok_or(MoneyError::Overflow)?;
        Self::new(decimal(steps, scale)?, self.currency())
    }

    /// The least rate with at most 12 places whose product with `share` (above zero) is not below
    /// this one: what must be asked so that `share` of it covers this rate.
    ///
    /// # Errors
    /// [`MoneyError::DivisionByZero`] for a share that is not above zero, [`MoneyError::Overflow`]
    /// when the result cannot be held.
    pub fn covered_by_share(self, share: Exact) -> Result<Self, MoneyError> {
        let value = Exact::from_decimal(self.per_unit());
        if share.at(share.scale())? <= 0 {
            return Err(MoneyError::DivisionByZero);
        }
        // value ÷ share at 12 places: (v × 10^(12 + share's places)) ÷ (s × 10^value's places).
        let above = power(AUTHORED_PLACES.saturating_add(share.scale()))?;
        let above = value.at(value.scale())?.checked_mul(above);
        let below = share.at(share.scale())?.checked_mul(power(value.scale())?);
        let (Some(above), Some(below)) = (above, below) else {
            return Err(MoneyError::Overflow);
        };
        let (whole, rest) = (above.div_euclid(below), above.rem_euclid(below));
        let least = whole
            .checked_add(i128::from(rest > 0))
            .ok_or(MoneyError::Overflow)?;
        Self::new(decimal(least, AUTHORED_PLACES)?, self.currency())
    }
}

fn power(places: u32) -> Result<i128, MoneyError> {
    10_i128.checked_pow(places).ok_or(MoneyError::Overflow)
}

fn decimal(mut mantissa: i128, mut scale: u32) -> Result<Decimal, MoneyError> {
    while scale > 0 && mantissa % 10 == 0 {
        mantissa /= 10;
        scale = scale.saturating_sub(1);
    }
    if scale > PLACES {
        return Err(MoneyError::TooPrecise {
            value: format!("{mantissa}e-{scale}"),
            places: PLACES,
        });
    }
    Decimal::try_from_i128_with_scale(mantissa, scale).map_err(|_| MoneyError::Overflow)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Currency, parse_decimal};

    fn exact(text: &str) -> Exact {
        Exact::from_decimal(parse_decimal(text).unwrap())
    }

    fn eur(text: &str) -> Rate {
        Rate::parse(text, Currency::parse("EUR").unwrap()).unwrap()
    }

    #[test]
    fn a_list_price_goes_to_the_nearest_step() {
        for (price, step, nearest, up) in [
            ("3.27", "0.05", "3.25", "3.30"),
            ("3.275", "0.05", "3.30", "3.30"),
            ("-3.275", "0.05", "-3.30", "-3.25"),
            ("0.0000032", "0.00000005", "0.0000032", "0.0000032"),
        ] {
            let step = exact(step);
            assert_eq!(eur(price).to_step(step, Toward::Nearest), Ok(eur(nearest)));
            assert_eq!(eur(price).to_step(step, Toward::Up), Ok(eur(up)), "{price}");
        }
        assert!(eur("1").to_step(Exact::ZERO, Toward::Up).is_err());
    }

    #[test]
    fn the_least_price_that_leaves_a_margin() {
        // 30 % margin on a cost of 7 is a price of 10; of 1 it is 1.428571428572, rounded up.
        assert_eq!(eur("7").covered_by_share(exact("0.7")), Ok(eur("10")));
        let least = eur("1").covered_by_share(exact("0.7"));
        assert_eq!(least, Ok(eur("1.428571428572")));
        assert!(eur("1").covered_by_share(Exact::ZERO).is_err());
    }
}
