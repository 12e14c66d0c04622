//! Countries beside the European Union.

use super::exactly;
use super::sum::{number, weighted};

/// Nine digits, with three more for a branch; bodies of government and health have three.
pub(super) fn britain(rest: &str) -> bool {
    if let Some(body) = rest.strip_prefix("GD").and_then(exactly::<3>) {
        return number(&body) < 500;
    }
    if let Some(body) = rest.strip_prefix("HA").and_then(exactly::<3>) {
        return number(&body) >= 500;
    }
    if !matches!(rest.len(), 9 | 12) || !rest.chars().all(|c| c.is_ascii_digit()) {
        return false;
    }
    let Some(digits) = rest.get(..9).and_then(exactly::<9>) else {
        return false;
    };
    let [first @ .., tens, ones] = digits;
    let sum = weighted(&first, &[8, 7, 6, 5, 4, 3, 2]) + tens * 10 + ones;
    // Numbers since 2010 have 55 taken off, or put on.
    let rest = sum % 97;
    let is_new = number(&digits[..3]) >= 100 && (rest == 42 || rest == 55);
    number(&digits) > 0 && (rest == 0 || is_new)
}

/// Nine digits of the company, then the word for VAT in one of the languages.
pub(super) fn switzerland(rest: &str) -> bool {
    let words = ["MWST", "TVA", "IVA", "TPV", "VAT", ""];
    let bare = words.iter().find_map(|word| rest.strip_suffix(word));
    bare.and_then(exactly::<9>)
        .is_some_and(|[first @ .., last]| {
            (11 - weighted(&first, &[5, 4, 3, 2, 7, 6, 5, 4]) % 11) % 11 == last
        })
}

/// Nine digits of the organisation, with or without the word for VAT.
pub(super) fn norway(rest: &str) -> bool {
    let bare = rest.strip_suffix("MVA").unwrap_or(rest);
    exactly::<9>(bare).is_some_and(|[first @ .., last]| {
        (11 - weighted(&first, &[3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11 == last
    })
}
