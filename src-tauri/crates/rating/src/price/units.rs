use ratebook_money::{Amount, Currency, Exact, MoneyError, Quantity};
use rust_decimal::Decimal;
use std::fmt;

/// How much was used, or how much money was counted, in whole units of 10⁻¹²; below zero where a
/// correction took more back than there was. Up to ±1.7 × 10²⁶.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Units(i128);

/// One whole unit.
const ONE: i128 = 1_000_000_000_000;

/// The places of a quantity and of most prices: their product has the 24 of an amount.
const PLACES: u32 = 12;

const POWERS: [i128; 13] = [
    1,
    10,
    100,
    1_000,
    10_000,
    100_000,
    1_000_000,
    10_000_000,
    100_000_000,
    1_000_000_000,
    10_000_000_000,
    100_000_000_000,
    1_000_000_000_000,
];

impl Units {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// A decimal with at most 12 places.
    ///
    /// # Errors
    /// [`MoneyError::TooPrecise`] with more places, [`MoneyError::Overflow`] when it does not fit.
    pub fn new(value: Decimal) -> Result<Self, MoneyError> {
        match at_twelve(value) {
            Some(whole) => Ok(Self(whole?)),
            None => Err(MoneyError::TooPrecise {
                value: value.to_string(),
                places: PLACES,
            }),
        }
    }

    /// A whole number of units.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`] when it does not fit.
    pub fn whole(count: i128) -> Result<Self, MoneyError> {
        count.checked_mul(ONE).map(Self).ok_or(MoneyError::Overflow)
    }

    /// The sum.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`] when it does not fit.
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        let sum = self.0.checked_add(other.0);
        sum.map(Self).ok_or(MoneyError::Overflow)
    }

    /// The difference.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`] when it does not fit.
    pub fn minus(self, other: Self) -> Result<Self, MoneyError> {
        let difference = self.0.checked_sub(other.0);
        difference.map(Self).ok_or(MoneyError::Overflow)
    }

    /// Whether it is below zero.
    #[must_use]
    pub fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// Units × a price per unit, exact.
    ///
    /// # Errors
    /// [`MoneyError::TooPrecise`] when the product has more than 24 places,
    /// [`MoneyError::Overflow`] when it does not fit.
    pub fn times(self, price: Decimal, currency: Currency) -> Result<Amount, MoneyError> {
        if let Some(price) = at_twelve(price) {
            let product = self.0.checked_mul(price?);
            let product = product.ok_or(MoneyError::Overflow)?;
            return Ok(Amount::from_e24(product, currency));
        }
        let product = Exact::new(self.0, PLACES)?.times(Exact::from_decimal(price))?;
        Amount::from_exact(product, currency)
    }

    /// A sum of money as an amount.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`] when it does not fit.
    pub fn to_amount(self, currency: Currency) -> Result<Amount, MoneyError> {
        let e24 = self.0.checked_mul(ONE).ok_or(MoneyError::Overflow)?;
        Ok(Amount::from_e24(e24, currency))
    }

    /// So many 10⁻⁶, the smallest unit of a quantity.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`] when it does not fit.
    pub fn millionths(count: i128) -> Result<Self, MoneyError> {
        let e12 = count.checked_mul(1_000_000);
        e12.map(Self).ok_or(MoneyError::Overflow)
    }

    /// In units of 10⁻⁶.
    ///
    /// # Errors
    /// [`MoneyError::TooPrecise`] with more places.
    pub(crate) fn to_millionths(self) -> Result<i128, MoneyError> {
        if self.0 % 1_000_000 != 0 {
            return Err(MoneyError::TooPrecise {
                value: self.to_string(),
                places: 6,
            });
        }
        Ok(self.0 / 1_000_000)
    }

    /// As the quantity of a line: zero or more, at most 6 places.
    ///
    /// # Errors
    /// [`MoneyError::Negative`], [`MoneyError::TooPrecise`].
    pub fn to_quantity(self) -> Result<Quantity, MoneyError> {
        Quantity::new(Exact::new(self.0, PLACES)?.to_decimal()?)
    }

    /// In units of 10⁻¹².
    pub(super) fn e12(self) -> i128 {
        self.0
    }

    /// So many units of 10⁻¹².
    pub(super) fn from_e12(e12: i128) -> Self {
        Self(e12)
    }
}

impl fmt::Display for Units {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match Exact::new(self.0, PLACES) {
            Ok(exact) => exact.fmt(f),
            Err(_) => write!(f, "{}e-12", self.0),
        }
    }
}

/// A decimal in units of 10⁻¹²; nothing when it has more places.
fn at_twelve(value: Decimal) -> Option<Result<i128, MoneyError>> {
    let value = if value.scale() > PLACES {
        value.normalize()
    } else {
        value
    };
    let up = PLACES.checked_sub(value.scale())?;
    let power = POWERS.get(usize::try_from(up).ok()?)?;
    let product = value.mantissa().checked_mul(*power);
    Some(product.ok_or(MoneyError::Overflow))
}
