use super::Units;
use ratebook_money::MoneyError;
use std::fmt;

/// A quantity that is a quotient, such as an average: not rounded before a price says how.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Quotient {
    /// In units of 10⁻⁶; zero or more.
    above: i128,
    /// Above zero.
    below: i128,
}

impl Quotient {
    /// So many 10⁻⁶ over a number.
    ///
    /// # Errors
    /// [`MoneyError::DivisionByZero`] over zero or less, [`MoneyError::Negative`] below zero.
    pub fn new(millionths: i128, over: i128) -> Result<Self, MoneyError> {
        if over <= 0 {
            return Err(MoneyError::DivisionByZero);
        }
        if millionths < 0 {
            return Err(MoneyError::Negative(millionths.to_string()));
        }
        Ok(Self {
            above: millionths,
            below: over,
        })
    }

    /// In units of 10⁻⁶, before the division.
    pub(crate) fn above(self) -> i128 {
        self.above
    }

    /// What it is divided by.
    pub(crate) fn below(self) -> i128 {
        self.below
    }

    /// Rounded to the six places of a quantity; half goes up.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`] when it does not fit.
    pub fn nearest(self) -> Result<Units, MoneyError> {
        let (whole, rest) = (self.above / self.below, self.above % self.below);
        let up = rest >= self.below.saturating_sub(rest);
        let millionths = whole.checked_add(i128::from(up && rest > 0));
        Units::millionths(millionths.ok_or(MoneyError::Overflow)?)
    }
}

impl fmt::Display for Quotient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match Units::millionths(self.above) {
            Ok(above) => write!(f, "{above} ÷ {}", self.below),
            Err(_) => write!(f, "{}e-6 ÷ {}", self.above, self.below),
        }
    }
}

/// The product of the factors above over that of those below, as two numbers without the divisors
/// that they share.
///
/// # Errors
/// [`MoneyError::Overflow`] when one of them does not fit.
pub(super) fn fraction(above: &[i128], below: &[i128]) -> Result<(i128, i128), MoneyError> {
    let (mut above, mut below) = (above.to_vec(), below.to_vec());
    for one in &mut above {
        for other in &mut below {
            let shared = divisor(*one, *other);
            if shared > 1 {
                *one /= shared;
                *other /= shared;
            }
        }
    }
    let product = |factors: Vec<i128>| {
        let mut factors = factors.into_iter();
        factors.try_fold(1_i128, i128::checked_mul)
    };
    let product = |factors| product(factors).ok_or(MoneyError::Overflow);
    Ok((product(above)?, product(below)?))
}

/// The greatest common divisor of two numbers of zero or more; one where there is none.
fn divisor(mut one: i128, mut other: i128) -> i128 {
    while other > 0 {
        (one, other) = (other, one % other);
    }
    one.max(1)
}
