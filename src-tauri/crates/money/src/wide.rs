//! 256-bit intermediates for one multiply-divide; nothing outside this crate sees them.

use crate::MoneyError;

/// High and low half of a 256-bit product.
pub(crate) type Wide = (u128, u128);

const LOW: u128 = u64::MAX as u128;

/// `a × b` in full.
pub(crate) fn mul(a: u128, b: u128) -> Wide {
    let (a1, a0) = (a >> 64, a & LOW);
    let (b1, b0) = (b >> 64, b & LOW);
    let low = a0.wrapping_mul(b0);
    // Each partial product is below 2^128, and the carries below cannot overflow: this is the
    // schoolbook method with 64-bit digits.
    let middle = a1.wrapping_mul(b0).wrapping_add(low >> 64);
    let (middle, carry) = middle.overflowing_add(a0.wrapping_mul(b1));
    let high = a1
        .wrapping_mul(b1)
        .wrapping_add(middle >> 64)
        .wrapping_add(if carry { 1_u128 << 64 } else { 0 });
    (high, (middle << 64) | (low & LOW))
}

/// `wide ÷ (unit × denominator)`, rounded half up (on magnitudes: half away from zero).
pub(crate) fn div_round_half_up(
    wide: Wide,
    unit: u128,
    denominator: u64,
) -> Result<u128, MoneyError> {
    if denominator == 0 || unit == 0 {
        return Err(MoneyError::DivisionByZero);
    }
    let divisor = unit.checked_mul(u128::from(denominator));
    let Some(divisor) = divisor.filter(|d| *d < 1_u128 << 126) else {
        return Err(MoneyError::Overflow);
    };
    let (quotient, remainder) = div_rem(wide, divisor)?;
    let doubled = remainder.checked_mul(2).ok_or(MoneyError::Overflow)?;
    if doubled >= divisor {
        return quotient.checked_add(1).ok_or(MoneyError::Overflow);
    }
    Ok(quotient)
}

/// Long division bit by bit; `divisor` is below 2^126, so the running remainder never overflows.
fn div_rem((high, low): Wide, divisor: u128) -> Result<(u128, u128), MoneyError> {
    if high == 0 {
        return Ok((low / divisor, low % divisor));
    }
    if high >= divisor {
        return Err(MoneyError::Overflow);
    }
    let mut remainder = high;
    let mut quotient: u128 = 0;
    for bit in (0..128_u32).rev() {
        remainder = (remainder << 1) | ((low >> bit) & 1);
        quotient <<= 1;
        if remainder >= divisor {
            remainder = remainder.wrapping_sub(divisor);
            quotient |= 1;
        }
    }
    Ok((quotient, remainder))
}
