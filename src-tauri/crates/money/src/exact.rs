use crate::MoneyError;
use rust_decimal::Decimal;
use std::fmt;

/// An exact decimal `mantissa × 10^-scale` with at most 24 places, used while factors are
/// multiplied. Unlike `Decimal::checked_mul`, a product that does not fit is refused, not cut.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Exact {
    mantissa: i128,
    scale: u32,
}

/// The finest place any amount is held at.
pub(crate) const PLACES: u32 = 24;

impl Exact {
    /// One.
    pub const ONE: Self = Self {
        mantissa: 1,
        scale: 0,
    };
    /// Zero.
    pub const ZERO: Self = Self {
        mantissa: 0,
        scale: 0,
    };

    /// `mantissa × 10^-scale`; trailing zeros are dropped.
    ///
    /// # Errors
    /// [`MoneyError::TooPrecise`] above 24 places.
    pub fn new(mantissa: i128, scale: u32) -> Result<Self, MoneyError> {
        Self::trimmed(mantissa, scale)
    }

    /// The value of a decimal; trailing zeros are dropped.
    #[must_use]
    pub fn from_decimal(value: Decimal) -> Self {
        let value = value.normalize();
        Self {
            mantissa: value.mantissa(),
            scale: value.scale(),
        }
    }

    /// The product.
    ///
    /// # Errors
    /// [`MoneyError::TooPrecise`] above 24 places, [`MoneyError::Overflow`] when it does not fit.
    pub fn times(self, other: Self) -> Result<Self, MoneyError> {
        let mantissa = self
            .mantissa
            .checked_mul(other.mantissa)
            .ok_or(MoneyError::Overflow)?;
        Self::trimmed(mantissa, self.scale.saturating_add(other.scale))
    }

    /// The sum.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`] when it does not fit.
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        let scale = self.scale.max(other.scale);
        let sum = self
            .at(scale)?
            .checked_add(other.at(scale)?)
            .ok_or(MoneyError::Overflow)?;
        Self::trimmed(sum, scale)
    }

    /// The number of decimal places.
    pub(crate) fn scale(self) -> u32 {
        self.scale
    }

    /// The mantissa when written with so many places; nothing when it has more, or does not fit.
    #[must_use]
    pub fn mantissa_at(self, places: u32) -> Option<i128> {
        self.at(places).ok()
    }

    /// The mantissa when written with `scale` places.
    pub(crate) fn at(self, scale: u32) -> Result<i128, MoneyError> {
        let up = scale.checked_sub(self.scale).ok_or(MoneyError::Overflow)?;
        let power = 10_i128.checked_pow(up).ok_or(MoneyError::Overflow)?;
        self.mantissa.checked_mul(power).ok_or(MoneyError::Overflow)
    }

    /// The value as a decimal.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`] when it has more than 96 bits.
    pub fn to_decimal(self) -> Result<Decimal, MoneyError> {
        Decimal::try_from_i128_with_scale(self.mantissa, self.scale)
            .map_err(|_| MoneyError::Overflow)
    }

    fn trimmed(mut mantissa: i128, mut scale: u32) -> Result<Self, MoneyError> {
        while scale > 0 && mantissa % 10 == 0 {
            mantissa /= 10;
            scale = scale.saturating_sub(1);
        }
        if scale > PLACES {
            let value = format!("{mantissa}e-{scale}");
            return Err(MoneyError::TooPrecise {
                value,
                places: PLACES,
            });
        }
        Ok(Self { mantissa, scale })
    }
}

impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&crate::text::fixed(self.mantissa, self.scale))
    }
}
