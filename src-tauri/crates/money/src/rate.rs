use crate::{Amount, Currency, Exact, MoneyError, Quantity, parse_decimal};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A price per single unit (one token, one request), never rounded.
///
/// Authored rates have at most 12 places, imported ones at most 18; a rate that a markup made may
/// have up to 24, so that its product with a whole quantity is still exact.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Rate {
    #[serde(with = "decimal_text")]
    per_unit: Decimal,
    currency: Currency,
}

impl Rate {
    /// A rate of so much per unit; below zero is allowed for rebates.
    ///
    /// # Errors
    /// [`MoneyError::TooPrecise`] beyond 24 places.
    pub fn new(per_unit: Decimal, currency: Currency) -> Result<Self, MoneyError> {
        let per_unit = per_unit.normalize();
        if per_unit.scale() > 24 {
            return Err(MoneyError::TooPrecise {
                value: per_unit.to_string(),
                places: 24,
            });
        }
        Ok(Self { per_unit, currency })
    }

    /// Reads a rate as text.
    ///
    /// # Errors
    /// As [`Rate::new`], or when the text is no number.
    pub fn parse(text: &str, currency: Currency) -> Result<Self, MoneyError> {
        Self::new(parse_decimal(text)?, currency)
    }

    /// Reads a rate that is quoted per million units.
    ///
    /// # Errors
    /// As [`Rate::parse`].
    pub fn parse_per_million(text: &str, currency: Currency) -> Result<Self, MoneyError> {
        let per_million = Exact::from_decimal(parse_decimal(text)?);
        let millionth = Exact::from_decimal(Decimal::new(1, 6));
        Self::new(per_million.times(millionth)?.to_decimal()?, currency)
    }

    /// The price of one unit.
    #[must_use]
    pub fn per_unit(self) -> Decimal {
        self.per_unit
    }

    /// The currency.
    #[must_use]
    pub fn currency(self) -> Currency {
        self.currency
    }

    /// The price of a million units, exact.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`] when it does not fit.
    pub fn per_million(self) -> Result<Decimal, MoneyError> {
        let million = Exact::from_decimal(Decimal::from(1_000_000));
        Exact::from_decimal(self.per_unit)
            .times(million)?
            .to_decimal()
    }

    /// Rate × quantity, exact.
    ///
    /// # Errors
    /// [`MoneyError::TooPrecise`] when the product has more than 24 places,
    /// [`MoneyError::Overflow`] when it does not fit.
    pub fn times(self, quantity: Quantity) -> Result<Amount, MoneyError> {
        let product = Exact::from_decimal(self.per_unit).times(quantity.exact())?;
        Amount::from_exact(product, self.currency)
    }

    /// The rate scaled by a factor (markup, multiplier), in the same currency.
    ///
    /// # Errors
    /// [`MoneyError::TooPrecise`] when the product has more than 24 places.
    pub fn scaled(self, factor: Factor) -> Result<Self, MoneyError> {
        let product = Exact::from_decimal(self.per_unit).times(factor.exact())?;
        Self::new(product.to_decimal()?, self.currency)
    }

    /// The rate in another currency, by an exchange rate (units of `to` for one of ours).
    ///
    /// # Errors
    /// [`MoneyError::TooPrecise`] when the product has more than 24 places.
    pub fn exchanged(self, rate: Factor, to: Currency) -> Result<Self, MoneyError> {
        Ok(Self {
            currency: to,
            ..self.scaled(rate)?
        })
    }

    /// The sum of two rates of one currency.
    ///
    /// # Errors
    /// [`MoneyError::CurrencyMismatch`] or [`MoneyError::Overflow`].
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        crate::amount::same(self.currency, other.currency)?;
        let sum = Exact::from_decimal(self.per_unit).plus(Exact::from_decimal(other.per_unit))?;
        Self::new(sum.to_decimal()?, self.currency)
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.per_unit, self.currency)
    }
}

/// A multiplier such as a markup, a share or an exchange rate: at most 12 decimal places.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Factor(Decimal);

impl Factor {
    /// One: changes nothing.
    pub const ONE: Self = Self(Decimal::ONE);

    /// A factor.
    ///
    /// # Errors
    /// [`MoneyError::TooPrecise`] beyond 12 places.
    pub fn new(value: Decimal) -> Result<Self, MoneyError> {
        let value = value.normalize();
        if value.scale() > 12 {
            return Err(MoneyError::TooPrecise {
                value: value.to_string(),
                places: 12,
            });
        }
        Ok(Self(value))
    }

    /// Reads a factor as text.
    ///
    /// # Errors
    /// As [`Factor::new`], or when the text is no number.
    pub fn parse(text: &str) -> Result<Self, MoneyError> {
        Self::new(parse_decimal(text)?)
    }

    /// `1 + percent/100`: a markup of 30 % is the factor 1.3.
    ///
    /// # Errors
    /// [`MoneyError::TooPrecise`] beyond 12 places.
    pub fn from_markup_percent(percent: Decimal) -> Result<Self, MoneyError> {
        let hundredth = Exact::from_decimal(Decimal::new(1, 2));
        let share = Exact::from_decimal(percent).times(hundredth)?;
        Self::new(Exact::ONE.plus(share)?.to_decimal()?)
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
}

impl fmt::Display for Factor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl TryFrom<String> for Factor {
    type Error = MoneyError;
    fn try_from(text: String) -> Result<Self, MoneyError> {
        Self::parse(&text)
    }
}

impl From<Factor> for String {
    fn from(factor: Factor) -> Self {
        factor.to_string()
    }
}

/// Decimals travel as text, so that no reader on the way can make a float of them.
mod decimal_text {
    use super::{Decimal, parse_decimal};
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(value: &Decimal, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(value)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Decimal, D::Error> {
        let text = String::deserialize(from)?;
        parse_decimal(&text).map_err(serde::de::Error::custom)
    }
}
