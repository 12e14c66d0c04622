use crate::{Money, MoneyError};

/// Splits a total by weights so that the parts add up to it exactly (largest remainder; ties go to
/// the earlier part). Used where a rounded line is shown in parts.
///
/// # Errors
/// [`MoneyError::DivisionByZero`] when no weight is above zero (unless the total is zero),
/// [`MoneyError::Overflow`] when a product does not fit.
pub fn allocate(total: Money, weights: &[u128]) -> Result<Vec<Money>, MoneyError> {
    let currency = total.currency();
    if total.minor() == 0 {
        return Ok(weights.iter().map(|_| Money::zero(currency)).collect());
    }
    let shift = reduce(weights);
    let weights: Vec<u128> = weights.iter().map(|weight| weight >> shift).collect();
    let sum = weights
        .iter()
        .try_fold(0_u128, |sum, weight| sum.checked_add(*weight));
    let sum = sum
        .filter(|sum| *sum > 0)
        .ok_or(MoneyError::DivisionByZero)?;
    let magnitude = u128::from(total.minor().unsigned_abs());
    let mut parts = Vec::with_capacity(weights.len());
    let mut given: u128 = 0;
    for (index, weight) in weights.iter().enumerate() {
        let product = magnitude.checked_mul(*weight).ok_or(MoneyError::Overflow)?;
        let floor = product / sum;
        given = given.checked_add(floor).ok_or(MoneyError::Overflow)?;
        parts.push((index, floor, product % sum));
    }
    let left = magnitude.checked_sub(given).ok_or(MoneyError::Overflow)?;
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by(|a, b| parts.get(*b).map(|p| p.2).cmp(&parts.get(*a).map(|p| p.2)));
    let extra = usize::try_from(left).map_err(|_| MoneyError::Overflow)?;
    for index in order.into_iter().take(extra) {
        if let Some(part) = parts.get_mut(index) {
            part.1 = part.1.saturating_add(1);
        }
    }
    parts
        .into_iter()
        .map(|(_, units, _)| {
            let minor = i64::try_from(units).map_err(|_| MoneyError::Overflow)?;
            let signed = if total.minor() < 0 {
                minor.saturating_neg()
            } else {
                minor
            };
            Ok(Money::from_minor(signed, currency))
        })
        .collect()
}

/// Weights are often amounts in units of 10⁻²⁴; only their ratio matters, and 60 bits of it are
/// far more than the cents they share out.
fn reduce(weights: &[u128]) -> u32 {
    let largest = weights.iter().copied().max().unwrap_or(0);
    let bits = 128_u32.saturating_sub(largest.leading_zeros());
    bits.saturating_sub(60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Currency;

    fn eur(minor: i64) -> Money {
        Money::from_minor(minor, Currency::parse("EUR").unwrap())
    }

    #[test]
    fn a_hundred_in_three_parts_loses_no_cent() {
        let parts = allocate(eur(10_000), &[1, 1, 1]).unwrap();
        assert_eq!(parts, vec![eur(3_334), eur(3_333), eur(3_333)]);
    }

    #[test]
    fn a_negative_total_splits_into_negative_parts() {
        assert_eq!(allocate(eur(-5), &[1, 1]).unwrap(), vec![eur(-3), eur(-2)]);
    }

    #[test]
    fn no_weight_cannot_carry_an_amount() {
        assert!(allocate(eur(5), &[0, 0]).is_err());
        assert!(allocate(eur(0), &[0, 0]).is_ok());
    }
}
