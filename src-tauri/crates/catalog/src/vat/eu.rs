//! Member states of the European Union.

use super::exactly;
use super::sum::{digits, luhn, mod_11_10, number, weighted};

/// `U` and eight digits.
pub(super) fn austria(rest: &str) -> bool {
    let Some([a, b, c, d, e, f, g, last]) = rest.strip_prefix('U').and_then(exactly::<8>) else {
        return false;
    };
    let double = |digit: u32| digit * 2 / 10 + digit * 2 % 10;
    let sum = a + double(b) + c + double(d) + e + double(f) + g;
    (10 - (sum + 4) % 10) % 10 == last
}

/// Ten digits, the first of them 0 or 1.
pub(super) fn belgium(rest: &str) -> bool {
    exactly::<10>(rest).is_some_and(|digits| {
        let [first @ .., tens, ones] = digits;
        let sum = number(&first) + u64::from(tens * 10 + ones);
        digits[0] < 2 && sum > 0 && sum.is_multiple_of(97)
    })
}

/// Nine digits of a company, ten of a person.
pub(super) fn bulgaria(rest: &str) -> bool {
    if let Some([first @ .., last]) = exactly::<9>(rest) {
        let check = match weighted(&first, &[1, 2, 3, 4, 5, 6, 7, 8]) % 11 {
            10 => weighted(&first, &[3, 4, 5, 6, 7, 8, 9, 10]) % 11 % 10,
            check => check,
        };
        return check == last;
    }
    exactly::<10>(rest).is_some_and(|[first @ .., last]| {
        let citizen = weighted(&first, &[2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11 % 10;
        let foreigner = weighted(&first, &[21, 19, 17, 13, 11, 9, 7, 3, 1]) % 10;
        let other = (11 - weighted(&first, &[4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11;
        [citizen, foreigner, other].contains(&last)
    })
}

/// Eight digits and a letter.
pub(super) fn cyprus(rest: &str) -> bool {
    const ODD: [u32; 10] = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21];
    let mut letters = rest.chars();
    let last = letters.next_back();
    let Some(digits) = exactly::<8>(letters.as_str()) else {
        return false;
    };
    let values = digits.iter().enumerate().map(|(place, digit)| {
        let odd = usize::try_from(*digit)
            .ok()
            .and_then(|digit| ODD.get(digit));
        if place % 2 == 0 {
            odd.copied().unwrap_or(0)
        } else {
            *digit
        }
    });
    let check = values.sum::<u32>() % 26;
    let is_reserved = digits[0] == 1 && digits[1] == 2;
    !is_reserved && last.and_then(|c| c.to_digit(36)) == Some(check + 10)
}

/// Eight digits of a company; nine or ten of a person.
pub(super) fn czechia(rest: &str) -> bool {
    if let Some([first @ .., last]) = exactly::<8>(rest) {
        let check = (11 - weighted(&first, &[8, 7, 6, 5, 4, 3, 2]) % 11) % 10;
        return first[0] != 9 && check == last;
    }
    if let Some(digits) = exactly::<9>(rest) {
        let [kind, middle @ .., last] = digits;
        if kind != 6 {
            // A birth number from before 1954 has no check digit, but a month.
            return is_month(digits[2] * 10 + digits[3]);
        }
        let sum = weighted(&middle, &[8, 7, 6, 5, 4, 3, 2]) % 11;
        return (8 + 11 - (10 + 11 - sum) % 11) % 11 % 10 == last;
    }
    exactly::<10>(rest).is_some_and(|digits| {
        let [first @ .., last] = digits;
        is_month(digits[2] * 10 + digits[3]) && number(&first) % 11 % 10 == u64::from(last)
    })
}

/// In birth numbers 50 is added for women, and 20 where a day has run out of numbers.
fn is_month(month: u32) -> bool {
    [0, 20, 50, 70]
        .iter()
        .any(|more| (1..=12).contains(&month.wrapping_sub(*more)))
}

/// Nine digits.
pub(super) fn germany(rest: &str) -> bool {
    exactly::<9>(rest).is_some_and(|digits| digits[0] != 0 && mod_11_10(&digits))
}

/// Eight digits.
pub(super) fn denmark(rest: &str) -> bool {
    exactly::<8>(rest).is_some_and(|digits| {
        digits[0] != 0 && weighted(&digits, &[2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11)
    })
}

/// Nine digits.
pub(super) fn estonia(rest: &str) -> bool {
    exactly::<9>(rest)
        .is_some_and(|digits| weighted(&digits, &[3, 7, 1, 3, 7, 1, 3, 7, 1]).is_multiple_of(10))
}

/// Nine digits.
pub(super) fn greece(rest: &str) -> bool {
    exactly::<9>(rest).is_some_and(|[first @ .., last]| {
        number(&first) > 0 && weighted(&first, &[256, 128, 64, 32, 16, 8, 4, 2]) % 11 % 10 == last
    })
}

/// Nine letters and digits: of a person eight digits and a letter, of a foreigner a letter,
/// seven digits and a letter, of a company a letter, seven digits and a digit or letter.
pub(super) fn spain(rest: &str) -> bool {
    let letters: Vec<char> = rest.chars().collect();
    let [first, middle @ .., last] = letters.as_slice() else {
        return false;
    };
    let middle: String = middle.iter().collect();
    let Some(seven) = exactly::<7>(&middle) else {
        return false;
    };
    let person = |leading: u64| {
        let rest = (leading * 10_000_000 + number(&seven)) % 23;
        usize::try_from(rest)
            .ok()
            .and_then(|place| "TRWAGMYFPDXBNJZSQVHLCKE".chars().nth(place))
    };
    match first {
        '0'..='9' => person(u64::from(first.to_digit(10).unwrap_or(0))) == Some(*last),
        'K' | 'L' | 'M' | 'X' => person(0) == Some(*last),
        'Y' => person(1) == Some(*last),
        'Z' => person(2) == Some(*last),
        'A'..='H' | 'J' | 'N' | 'P'..='S' | 'U'..='W' => spanish_company(*first, &seven, *last),
        _ => false,
    }
}

fn spanish_company(kind: char, seven: &[u32; 7], last: char) -> bool {
    let sum: u32 = seven
        .iter()
        .enumerate()
        .map(|(place, digit)| {
            if place % 2 == 0 {
                digit * 2 / 10 + digit * 2 % 10
            } else {
                *digit
            }
        })
        .sum();
    let check = (10 - sum % 10) % 10;
    let is_digit = last.to_digit(10) == Some(check);
    let is_letter = "JABCDEFGHI"
        .chars()
        .nth(usize::try_from(check).unwrap_or(0))
        == Some(last);
    match kind {
        'A' | 'B' | 'E' | 'H' => is_digit,
        'N' | 'P' | 'Q' | 'R' | 'S' | 'W' => is_letter,
        _ => is_digit || is_letter,
    }
}

/// Eight digits.
pub(super) fn finland(rest: &str) -> bool {
    exactly::<8>(rest).is_some_and(|digits| {
        number(&digits) > 0 && weighted(&digits, &[7, 9, 10, 5, 8, 4, 2, 1]).is_multiple_of(11)
    })
}

/// Two letters or digits of the key, nine digits of the company.
pub(super) fn france(rest: &str) -> bool {
    const KEYS: &str = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    let (Some(key), Some(siren)) = (rest.get(..2), rest.get(2..).and_then(exactly::<9>)) else {
        return false;
    };
    // Companies of Monaco have no check digit within the number.
    let is_monaco = siren[..3] == [0, 0, 0];
    if !is_monaco && !luhn(&siren) {
        return false;
    }
    let number = number(&siren);
    if let Some([tens, ones]) = exactly::<2>(key) {
        return u64::from(tens * 10 + ones) == (number * 100 + 12) % 97;
    }
    let places: Option<Vec<usize>> = key.chars().map(|c| KEYS.find(c)).collect();
    let Some([first, second]) = places.as_deref() else {
        return false;
    };
    let code = if *first < 10 {
        first * 24 + second
    } else {
        first * 34 + second
    };
    let code = code.checked_sub(if *first < 10 { 10 } else { 100 });
    let code = code.and_then(|code| u64::try_from(code).ok());
    code.is_some_and(|code| (number + 1 + code / 11) % 11 == code % 11)
}

/// Eleven digits.
pub(super) fn croatia(rest: &str) -> bool {
    exactly::<11>(rest).is_some_and(|digits| mod_11_10(&digits))
}

/// Eight digits.
pub(super) fn hungary(rest: &str) -> bool {
    exactly::<8>(rest).is_some_and(|digits| {
        number(&digits) > 0 && weighted(&digits, &[9, 7, 3, 1, 9, 7, 3, 1]).is_multiple_of(10)
    })
}

/// Seven digits, a letter and perhaps another; of old, a letter or sign in the second place.
pub(super) fn ireland(rest: &str) -> bool {
    const LETTERS: &str = "WABCDEFGHIJKLMNOPQRSTUV";
    let letters: Vec<char> = rest.chars().collect();
    let (number, more) = match letters.as_slice() {
        [first, sign, five @ .., last] if five.len() == 5 && !sign.is_ascii_digit() => {
            if !sign.is_ascii_uppercase() && !matches!(sign, '+' | '*') {
                return false;
            }
            let old: String = std::iter::once('0').chain(five.iter().copied()).collect();
            (format!("{old}{first}{last}"), 0)
        }
        [seven @ .., last, second] if seven.len() == 7 => {
            let Some(more) = LETTERS.find(*second) else {
                return false;
            };
            let new: String = seven.iter().collect();
            (format!("{new}{last}"), u32::try_from(more).unwrap_or(0))
        }
        _ => (rest.to_owned(), 0),
    };
    let mut letters = number.chars();
    let last = letters.next_back();
    exactly::<7>(letters.as_str()).is_some_and(|digits| {
        let check = (weighted(&digits, &[8, 7, 6, 5, 4, 3, 2]) + more * 9) % 23;
        LETTERS.chars().nth(usize::try_from(check).unwrap_or(0)) == last
    })
}

/// Eleven digits: seven of the company, three of the office.
pub(super) fn italy(rest: &str) -> bool {
    exactly::<11>(rest).is_some_and(|digits| {
        let office = number(&digits[7..10]);
        let is_office = (1..=100).contains(&office) || [120, 121, 888, 999].contains(&office);
        number(&digits[..7]) > 0 && is_office && luhn(&digits)
    })
}

/// Nine digits of a company, twelve of one that is only registered for the tax.
pub(super) fn lithuania(rest: &str) -> bool {
    let Some(all) = digits(rest) else {
        return false;
    };
    let (Some((last, first)), 9 | 12) = (all.split_last(), all.len()) else {
        return false;
    };
    let places = (0_u32..).take(first.len());
    let once: Vec<u32> = places.clone().map(|place| place % 9 + 1).collect();
    let twice: Vec<u32> = places.map(|place| (place + 2) % 9 + 1).collect();
    let check = match weighted(first, &once) % 11 {
        10 => weighted(first, &twice) % 11 % 10,
        check => check,
    };
    first.last() == Some(&1) && check == *last
}

/// Eight digits.
pub(super) fn luxembourg(rest: &str) -> bool {
    exactly::<8>(rest).is_some_and(|digits| {
        let [first @ .., tens, ones] = digits;
        number(&digits) > 0 && number(&first) % 89 == u64::from(tens * 10 + ones)
    })
}

/// Eleven digits of a company, or of a person by day of birth.
pub(super) fn latvia(rest: &str) -> bool {
    let Some(digits) = exactly::<11>(rest) else {
        return false;
    };
    if digits[0] > 3 {
        return weighted(&digits, &[9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1]) % 11 == 3;
    }
    if digits[..2] == [3, 2] {
        // Numbers of persons since 2017 say nothing, and have no check digit.
        return true;
    }
    let [first @ .., last] = digits;
    let (day, month) = (number(&digits[..2]), number(&digits[2..4]));
    let check = (1 + weighted(&first, &[10, 5, 8, 4, 2, 1, 6, 3, 7, 9])) % 11 % 10;
    (1..=31).contains(&day) && (1..=12).contains(&month) && check == last
}

/// Eight digits.
pub(super) fn malta(rest: &str) -> bool {
    exactly::<8>(rest).is_some_and(|digits| {
        digits[0] != 0 && weighted(&digits, &[3, 4, 6, 7, 8, 9, 10, 1]).is_multiple_of(37)
    })
}

/// Nine digits, `B`, two digits: by the number of the company, or for the self-employed by ISO
/// 7064, MOD 97-10, over all of it.
pub(super) fn netherlands(rest: &str) -> bool {
    let Some((company, branch)) = rest.split_once('B') else {
        return false;
    };
    let (Some(company), Some(branch)) = (exactly::<9>(company), exactly::<2>(branch)) else {
        return false;
    };
    let [first @ .., last] = company;
    let is_company = weighted(&first, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11 == last;
    // N is 23, L is 21, B is 11.
    let whole = (2321_u64 * 1_000_000_000 + number(&company)) % 97 * 100 + 11;
    let is_person = (whole % 97 * 100 + number(&branch)) % 97 == 1;
    number(&company) > 0 && number(&branch) > 0 && (is_company || is_person)
}

/// Ten digits.
pub(super) fn poland(rest: &str) -> bool {
    exactly::<10>(rest).is_some_and(|digits| {
        let [first @ .., last] = digits;
        number(&digits) > 0 && weighted(&first, &[6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 == last
    })
}

/// Nine digits.
pub(super) fn portugal(rest: &str) -> bool {
    exactly::<9>(rest).is_some_and(|[first @ .., last]| {
        first[0] != 0 && (11 - weighted(&first, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11) % 11 % 10 == last
    })
}

/// Two to ten digits of a company; thirteen of a person are not looked into.
pub(super) fn romania(rest: &str) -> bool {
    if !(2..=10).contains(&rest.len()) || rest.starts_with('0') {
        return false;
    }
    let padded = format!("{rest:0>10}");
    exactly::<10>(&padded).is_some_and(|[first @ .., last]| {
        weighted(&first, &[7, 5, 3, 2, 1, 7, 5, 3, 2]) * 10 % 11 % 10 == last
    })
}

/// Ten digits of the company and two of its branch.
pub(super) fn sweden(rest: &str) -> bool {
    let (Some(company), Some(branch)) = (rest.get(..10), rest.get(10..)) else {
        return false;
    };
    let company = exactly::<10>(company);
    let branch = exactly::<2>(branch);
    company.is_some_and(|digits| number(&digits) > 0 && luhn(&digits))
        && branch.is_some_and(|digits| number(&digits) > 0)
}

/// Eight digits.
pub(super) fn slovenia(rest: &str) -> bool {
    exactly::<8>(rest).is_some_and(|[first @ .., last]| {
        let check = 11 - weighted(&first, &[8, 7, 6, 5, 4, 3, 2]) % 11;
        // Eleven is no digit, so such numbers are not given.
        first[0] != 0 && check != 11 && check % 10 == last
    })
}

/// Ten digits that eleven divides; those of a person are a birth number.
pub(super) fn slovakia(rest: &str) -> bool {
    exactly::<10>(rest).is_some_and(|digits| {
        let is_company = digits[0] != 0 && [2, 3, 4, 7, 8, 9].contains(&digits[2]);
        let day = digits[4] * 10 + digits[5];
        let is_person = is_month(digits[2] * 10 + digits[3]) && (1..=31).contains(&day);
        number(&digits).is_multiple_of(11) && (is_company || is_person)
    })
}
