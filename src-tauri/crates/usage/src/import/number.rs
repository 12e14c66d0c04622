use crate::import::issue::{Faults, IssueCode};
use ratebook_catalog::Dimension;
use ratebook_money::{MoneyError, parse_decimal};
use rust_decimal::Decimal;

/// More smallest units than this in one row are taken for a fault, not for usage: a quadrillion
/// tokens, or thirty years of seconds. It also keeps sums of millions of rows within 63 bits.
const MAX_SMALLEST: i64 = 1_000_000_000_000_000;

/// Reads a quantity into smallest units of its dimension. Exact or refused, never rounded.
pub(crate) fn quantity(
    text: &str,
    dimension: &Dimension,
    field: &str,
    faults: &mut Faults,
) -> Option<i64> {
    let places = dimension.decimal_places();
    if places == 0
        && let Some(count) = whole(text)
    {
        return Some(count);
    }
    match exact(text, places) {
        Ok(count) => Some(count),
        Err(code) => {
            let (limit, places) = (MAX_SMALLEST.to_string(), places.to_string());
            let further = match code {
                IssueCode::TooLarge => vec![("value", text), ("limit", &*limit)],
                IssueCode::TooManyPlaces => vec![("value", text), ("places", &*places)],
                _ => vec![("value", text)],
            };
            faults.refuse(field, code, &further);
            None
        }
    }
}

/// Up to 15 plain digits, as nearly every count is.
fn whole(text: &str) -> Option<i64> {
    if text.is_empty() || text.len() > 15 {
        return None;
    }
    text.bytes().try_fold(0_i64, |sum, byte| {
        let digit = byte.wrapping_sub(b'0');
        (digit < 10).then(|| sum.wrapping_mul(10).wrapping_add(i64::from(digit)))
    })
}

fn exact(text: &str, places: u32) -> Result<i64, IssueCode> {
    let value = parse_decimal(text)
        .map_err(|error| code(&error))?
        .normalize();
    if value.is_sign_negative() && !value.is_zero() {
        return Err(IssueCode::Negative);
    }
    let up = places
        .checked_sub(value.scale())
        .ok_or(IssueCode::TooManyPlaces)?;
    let power = 10_i128.checked_pow(up).ok_or(IssueCode::TooLarge)?;
    let count = value
        .mantissa()
        .checked_mul(power)
        .ok_or(IssueCode::TooLarge)?;
    match i64::try_from(count) {
        Ok(count) if count <= MAX_SMALLEST => Ok(count),
        _ => Err(IssueCode::TooLarge),
    }
}

fn code(error: &MoneyError) -> IssueCode {
    match error {
        MoneyError::TooPrecise { .. } => IssueCode::TooManyPlaces,
        MoneyError::Overflow => IssueCode::TooLarge,
        _ => IssueCode::NotANumber,
    }
}

/// A reported amount of money in one way of writing it; it may be below zero (a saving).
pub(crate) fn amount(text: &str) -> Result<String, IssueCode> {
    let value: Decimal = parse_decimal(text)
        .map_err(|error| code(&error))?
        .normalize();
    Ok(value.to_string())
}
