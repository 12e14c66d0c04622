use crate::MoneyError;
use rust_decimal::Decimal;
use std::str::FromStr;

/// Reads a plain decimal number as JSON and CSV write it: sign, digits, point, exponent.
///
/// Exact or refused: nothing is cut. `1e-7` is read; `1,5`, `NaN`, `0x1` and spaces are not.
///
/// # Errors
/// [`MoneyError::NotANumber`], [`MoneyError::Overflow`], or [`MoneyError::TooPrecise`] beyond what
/// 28 places or 96 bits hold.
pub fn parse_decimal(text: &str) -> Result<Decimal, MoneyError> {
    let bad = || MoneyError::NotANumber(text.chars().take(60).collect());
    let (number, exponent) = match text.split_once(['e', 'E']) {
        Some((number, exponent)) => (number, i32::from_str(exponent).map_err(|_| bad())?),
        None => (text, 0),
    };
    let digits = number.strip_prefix(['-', '+']).unwrap_or(number);
    let plain = digits.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if digits.is_empty() || !plain || !digits.bytes().any(|b| b.is_ascii_digit()) {
        return Err(bad());
    }
    if digits.bytes().filter(|b| *b == b'.').count() > 1 {
        return Err(bad());
    }
    if exponent == 0 {
        return Decimal::from_str_exact(number).map_err(|_| too_big(number));
    }
    shift(number, exponent)
}

/// Moves the point of `number` by `exponent` places without leaving exact decimals.
fn shift(number: &str, exponent: i32) -> Result<Decimal, MoneyError> {
    let (negative, digits) = match number.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, number.strip_prefix('+').unwrap_or(number)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut mantissa: i128 = 0;
    let joined = format!("{whole}{fraction}");
    let trimmed = joined.trim_start_matches('0');
    if trimmed.len() > 38 {
        return Err(too_big(number));
    }
    if !trimmed.is_empty() {
        mantissa = trimmed.parse().map_err(|_| too_big(number))?;
    }
    if mantissa == 0 {
        return Ok(Decimal::ZERO);
    }
    let places = i64::try_from(fraction.len()).map_err(|_| MoneyError::Overflow)?;
    let mut scale = places
        .checked_sub(i64::from(exponent))
        .ok_or(MoneyError::Overflow)?;
    while scale > 0 && mantissa % 10 == 0 {
        mantissa /= 10;
        scale = scale.saturating_sub(1);
    }
    if scale < 0 {
        let up = u32::try_from(scale.saturating_neg()).map_err(|_| MoneyError::Overflow)?;
        let power = 10_i128.checked_pow(up).ok_or(MoneyError::Overflow)?;
        mantissa = mantissa.checked_mul(power).ok_or(MoneyError::Overflow)?;
        scale = 0;
    }
    let scale = u32::try_from(scale).map_err(|_| MoneyError::Overflow)?;
    if scale > 28 {
        return Err(too_big(number));
    }
    let signed = if negative {
        mantissa.saturating_neg()
    } else {
        mantissa
    };
    Decimal::try_from_i128_with_scale(signed, scale).map_err(|_| MoneyError::Overflow)
}

fn too_big(text: &str) -> MoneyError {
    let fraction = text
        .split_once('.')
        .map_or(0, |(_, fraction)| fraction.len());
    if fraction > 28 {
        MoneyError::TooPrecise {
            value: text.chars().take(60).collect(),
            places: 28,
        }
    } else {
        MoneyError::Overflow
    }
}

/// Writes `mantissa × 10^-scale` in full.
pub(crate) fn fixed(mantissa: i128, scale: u32) -> String {
    let sign = if mantissa < 0 { "-" } else { "" };
    let width = usize::try_from(scale)
        .unwrap_or(usize::MAX)
        .saturating_add(1);
    let digits = format!("{:0>width$}", mantissa.unsigned_abs());
    let point = digits.len().saturating_sub(width.saturating_sub(1));
    let (whole, fraction) = digits.split_at(point);
    if fraction.is_empty() {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{fraction}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_json_writes() {
        for (text, value) in [
            ("1e-7", "0.0000001"),
            ("2.50E+2", "250"),
            ("-0.5", "-0.5"),
            ("00012", "12"),
            ("1E3", "1000"),
            ("0e999", "0"),
            ("1.500e-3", "0.0015"),
        ] {
            assert_eq!(
                parse_decimal(text).unwrap().normalize().to_string(),
                value,
                "{text}"
            );
        }
    }

    #[test]
    fn refuses_what_is_not_exactly_a_number() {
        for text in [
            "", "-", ".", "1,5", "NaN", "1.2.3", "0x10", " 1", "1e", "1_000", "1e308",
        ] {
            assert!(parse_decimal(text).is_err(), "{text}");
        }
        assert!(parse_decimal("0.12345678901234567890123456789").is_err());
    }
}
