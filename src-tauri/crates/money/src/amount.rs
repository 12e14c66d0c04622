use crate::exact::PLACES;
use crate::wide;
use crate::{Currency, Exact, Money, MoneyError, Quantity, Rate};
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An amount before rounding, exact, in units of 10⁻²⁴ of the currency; up to ±1.7 × 10¹⁴ units.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Amount {
    e24: i128,
    currency: Currency,
}

impl Amount {
    /// Nothing, in a currency.
    #[must_use]
    pub fn zero(currency: Currency) -> Self {
        Self { e24: 0, currency }
    }

    /// The decimal places an amount is held with.
    pub const PLACES: u32 = PLACES;

    /// So many units of 10⁻²⁴ of a currency.
    #[must_use]
    pub fn from_e24(e24: i128, currency: Currency) -> Self {
        Self { e24, currency }
    }

    /// An exact value in a currency.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`] when it does not fit.
    pub fn from_exact(value: Exact, currency: Currency) -> Result<Self, MoneyError> {
        Ok(Self {
            e24: value.at(PLACES)?,
            currency,
        })
    }

    /// The currency.
    #[must_use]
    pub fn currency(self) -> Currency {
        self.currency
    }

    /// The value in units of 10⁻²⁴.
    #[must_use]
    pub fn e24(self) -> i128 {
        self.e24
    }

    /// The sum.
    ///
    /// # Errors
    /// [`MoneyError::CurrencyMismatch`] or [`MoneyError::Overflow`].
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        same(self.currency, other.currency)?;
        let e24 = self
            .e24
            .checked_add(other.e24)
            .ok_or(MoneyError::Overflow)?;
        Ok(Self { e24, ..self })
    }

    /// The difference.
    ///
    /// # Errors
    /// [`MoneyError::CurrencyMismatch`] or [`MoneyError::Overflow`].
    pub fn minus(self, other: Self) -> Result<Self, MoneyError> {
        same(self.currency, other.currency)?;
        let e24 = self
            .e24
            .checked_sub(other.e24)
            .ok_or(MoneyError::Overflow)?;
        Ok(Self { e24, ..self })
    }

    /// The one rounding function: to the currency's minor unit, half away from zero
    /// (1.005 → 1.01, −1.005 → −1.01). Called once, on the invoice line.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`] when the result has more than 63 bits.
    pub fn round(self) -> Result<Money, MoneyError> {
        mul_div_round(self, 1, 1)
    }

    /// What one unit of a quantity costs on average, to the twelfth place, half away from zero: a
    /// figure to compare prices with, never one to reckon an amount from. Nothing for a quantity of
    /// zero.
    ///
    /// # Errors
    /// [`MoneyError`] when it does not fit a rate.
    pub fn per_unit(self, quantity: Quantity) -> Result<Option<Rate>, MoneyError> {
        // 24 places of an amount over millionths: twelve places are left after as many zeros.
        let millionths = quantity.exact().mantissa_at(6);
        let whole = millionths.and_then(|units| units.checked_mul(1_000_000));
        let whole = whole.ok_or(MoneyError::Overflow)?;
        if whole == 0 {
            return Ok(None);
        }
        let overflow = || MoneyError::Overflow;
        let floor = self.e24.checked_div(whole).ok_or_else(overflow)?;
        let rest = self.e24.checked_rem(whole).ok_or_else(overflow)?.abs();
        let is_half = rest >= whole.checked_sub(rest).ok_or_else(overflow)?;
        let away = if is_half { self.e24.signum() } else { 0 };
        let rounded = floor.checked_add(away).ok_or_else(overflow)?;
        let per_unit = Exact::new(rounded, 12)?.to_decimal()?;
        Rate::new(per_unit, self.currency).map(Some)
    }

    /// The exact value, written in full without trailing zeros.
    #[must_use]
    pub fn to_exact_string(self) -> String {
        let full = crate::text::fixed(self.e24, PLACES);
        full.trim_end_matches('0').trim_end_matches('.').to_owned()
    }

    /// Reads back what [`Amount::to_exact_string`] wrote.
    ///
    /// # Errors
    /// [`MoneyError`] when the text is no number or does not fit.
    pub fn parse(text: &str, currency: Currency) -> Result<Self, MoneyError> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let bad = || MoneyError::NotANumber(text.to_owned());
        let digits = whole.strip_prefix('-').unwrap_or(whole);
        if digits.is_empty()
            || !format!("{digits}{fraction}")
                .bytes()
                .all(|b| b.is_ascii_digit())
        {
            return Err(bad());
        }
        if fraction.len() > 24 {
            return Err(MoneyError::TooPrecise {
                value: text.to_owned(),
                places: PLACES,
            });
        }
        let joined = format!("{whole}{fraction:0<24}");
        let e24 = joined.parse().map_err(|_| MoneyError::Overflow)?;
        Ok(Self { e24, currency })
    }
}

/// `part` of `of` equal parts of a number that was agreed for the whole: an allowance, a minimum.
/// Where the part has no end it is rounded half away from zero at the twelfth place, which is too
/// far down to move an invoice line across half a minor unit.
///
/// # Errors
/// [`MoneyError::TooPrecise`] for a number with more than 12 places, [`MoneyError::Overflow`] when
/// it does not fit, [`MoneyError::DivisionByZero`].
pub fn share(number: Decimal, part: u32, of: u32) -> Result<Decimal, MoneyError> {
    if part == of {
        return Ok(number);
    }
    let number = number.normalize();
    if number.scale() > 12 {
        return Err(MoneyError::TooPrecise {
            value: number.to_string(),
            places: 12,
        });
    }
    let whole = Exact::from_decimal(number).mantissa_at(12);
    let whole = whole.ok_or(MoneyError::Overflow)?;
    if of == 0 {
        return Err(MoneyError::DivisionByZero);
    }
    let (part, of) = (i128::from(part), i128::from(of));
    let half = of.checked_mul(whole.signum());
    let twice = whole
        .checked_mul(part)
        .and_then(|product| product.checked_mul(2));
    let rounded = twice
        .zip(half)
        .and_then(|(twice, half)| twice.checked_add(half))
        .and_then(|sum| sum.checked_div(of.checked_mul(2)?));
    Exact::new(rounded.ok_or(MoneyError::Overflow)?, 12)?.to_decimal()
}

/// `amount × numerator ÷ denominator`, rounded once to the currency's minor unit, half away from
/// zero. For shares and proration, where a quotient need not be a finite decimal.
///
/// # Errors
/// [`MoneyError::DivisionByZero`], or [`MoneyError::Overflow`] when the result does not fit.
pub fn mul_div_round(
    amount: Amount,
    numerator: u64,
    denominator: u64,
) -> Result<Money, MoneyError> {
    let unit_power = PLACES.saturating_sub(amount.currency.minor_digits());
    let unit = 10_u128
        .checked_pow(unit_power)
        .ok_or(MoneyError::Overflow)?;
    let product = wide::mul(amount.e24.unsigned_abs(), u128::from(numerator));
    let magnitude = wide::div_round_half_up(product, unit, denominator)?;
    let minor = i64::try_from(magnitude).map_err(|_| MoneyError::Overflow)?;
    let signed = if amount.e24 < 0 {
        minor.saturating_neg()
    } else {
        minor
    };
    Ok(Money::from_minor(signed, amount.currency))
}

pub(crate) fn same(left: Currency, right: Currency) -> Result<(), MoneyError> {
    if left == right {
        return Ok(());
    }
    Err(MoneyError::CurrencyMismatch {
        left: left.to_string(),
        right: right.to_string(),
    })
}

/// Serialized as `{"amount": "1.2", "currency": "USD"}`, exact.
#[derive(Serialize, Deserialize)]
struct Wire {
    amount: String,
    currency: Currency,
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        Wire {
            amount: self.to_exact_string(),
            currency: self.currency,
        }
        .serialize(to)
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let wire = Wire::deserialize(from)?;
        Self::parse(&wire.amount, wire.currency).map_err(serde::de::Error::custom)
    }
}
