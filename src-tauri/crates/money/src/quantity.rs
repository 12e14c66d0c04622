use crate::{Exact, MoneyError, parse_decimal};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::fmt;

/// How much was used: zero or more, with at most 6 decimal places.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Quantity(Decimal);

impl Quantity {
    /// Nothing used.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// A quantity from a decimal.
    ///
    /// # Errors
    /// [`MoneyError::Negative`] below zero, [`MoneyError::TooPrecise`] beyond 6 places.
    pub fn new(value: Decimal) -> Result<Self, MoneyError> {
        let value = value.normalize();
        if value.is_sign_negative() && !value.is_zero() {
            return Err(MoneyError::Negative(value.to_string()));
        }
        if value.scale() > 6 {
            return Err(MoneyError::TooPrecise {
                value: value.to_string(),
                places: 6,
            });
        }
        Ok(Self(value))
    }

    /// Reads a quantity as text.
    ///
    /// # Errors
    /// As [`Quantity::new`], or when the text is no number.
    pub fn parse(text: &str) -> Result<Self, MoneyError> {
        Self::new(parse_decimal(text)?)
    }

    /// A whole number of units.
    ///
    /// # Errors
    /// [`MoneyError::Negative`] below zero.
    pub fn from_units(units: i64) -> Result<Self, MoneyError> {
        Self::new(Decimal::from(units))
    }

    /// A whole number of smallest units of `places` decimal places, as the book stores it.
    ///
    /// # Errors
    /// [`MoneyError::Negative`] below zero, [`MoneyError::TooPrecise`] beyond 6 places.
    pub fn from_smallest(count: i64, places: u32) -> Result<Self, MoneyError> {
        let value = Decimal::try_new(count, places).map_err(|_| MoneyError::Overflow)?;
        Self::new(value)
    }

    /// The number of smallest units of `places` decimal places.
    ///
    /// # Errors
    /// [`MoneyError::TooPrecise`] when the quantity has more places; it is never rounded.
    pub fn to_smallest(self, places: u32) -> Result<i64, MoneyError> {
        let mantissa = self
            .exact()
            .at(places)
            .map_err(|_| MoneyError::TooPrecise {
                value: self.0.to_string(),
                places,
            })?;
        i64::try_from(mantissa).map_err(|_| MoneyError::Overflow)
    }

    /// The value.
    #[must_use]
    pub fn value(self) -> Decimal {
        self.0
    }

    /// The value for exact products.
    #[must_use]
    pub fn exact(self) -> Exact {
        Exact::from_decimal(self.0)
    }

    /// The sum.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`] when it does not fit.
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        Self::new(self.exact().plus(other.exact())?.to_decimal()?)
    }

    /// What is left.
    ///
    /// # Errors
    /// [`MoneyError::Negative`] when `other` is the larger one.
    pub fn minus(self, other: Self) -> Result<Self, MoneyError> {
        let left = self.0.checked_sub(other.0).ok_or(MoneyError::Overflow)?;
        Self::new(left)
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl TryFrom<String> for Quantity {
    type Error = MoneyError;
    fn try_from(text: String) -> Result<Self, MoneyError> {
        Self::parse(&text)
    }
}

impl From<Quantity> for String {
    fn from(quantity: Quantity) -> Self {
        quantity.to_string()
    }
}
