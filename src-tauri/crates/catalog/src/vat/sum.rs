//! What the check digits of several countries have in common.

/// Digits of an id.
pub(super) type Digits = Vec<u32>;

/// The digits of a text that holds nothing else.
pub(super) fn digits(text: &str) -> Option<Digits> {
    if text.is_empty() {
        return None;
    }
    text.chars().map(|c| c.to_digit(10)).collect()
}

/// Digit × weight, added.
pub(super) fn weighted(digits: &[u32], weights: &[u32]) -> u32 {
    digits
        .iter()
        .zip(weights)
        .map(|(digit, weight)| digit * weight)
        .sum()
}

/// The digits as one number.
pub(super) fn number(digits: &[u32]) -> u64 {
    digits
        .iter()
        .fold(0, |sum, digit| sum * 10 + u64::from(*digit))
}

/// Whether the last digit is that of Luhn's formula.
pub(super) fn luhn(digits: &[u32]) -> bool {
    let each = digits.iter().rev().enumerate();
    let sum: u32 = each
        .map(|(place, digit)| match (place % 2, digit * 2) {
            (0, _) => *digit,
            (_, double) => double / 10 + double % 10,
        })
        .sum();
    sum.is_multiple_of(10)
}

/// ISO 7064, MOD 11,10.
pub(super) fn mod_11_10(digits: &[u32]) -> bool {
    let Some((last, first)) = digits.split_last() else {
        return false;
    };
    let product = first.iter().fold(10, |product, digit| {
        let sum = (product + digit) % 10;
        let sum = if sum == 0 { 10 } else { sum };
        sum * 2 % 11
    });
    (product + last) % 10 == 1
}
