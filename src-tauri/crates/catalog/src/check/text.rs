use crate::Issue;
use rust_decimal::Decimal;

/// A text that must not be empty.
pub(super) fn required(issues: &mut Vec<Issue>, path: &str, text: &str, most: usize) {
    if text.trim().is_empty() {
        issues.push(Issue::new(path, "required"));
    }
    length(issues, path, text, most);
}

/// A text of at most so many characters, without control characters (a NUL would end the text in
/// other programs, a line break would break a line of the invoice).
pub(super) fn length(issues: &mut Vec<Issue>, path: &str, text: &str, most: usize) {
    let count = text.chars().count();
    if count > most {
        issues.push(Issue::new(path, "too_long").with("most", most));
    }
    if text.chars().any(char::is_control) {
        issues.push(Issue::new(path, "control_character"));
    }
}

/// A text of several lines.
pub(super) fn notes(issues: &mut Vec<Issue>, path: &str, text: &str, most: usize) {
    let flat = text.replace(['\n', '\r', '\t'], " ");
    length(issues, path, &flat, most);
}

/// A number with at most so many decimal places.
pub(super) fn places(issues: &mut Vec<Issue>, path: &str, value: Decimal, most: u32) {
    if value.normalize().scale() > most {
        let issue = Issue::new(path, "too_precise").with("value", value);
        issues.push(issue.with("places", most));
    }
}

/// A number that has room for only so many places beside the numbers that it is multiplied with.
pub(super) fn fine(issues: &mut Vec<Issue>, path: &str, value: Decimal, most: u32) {
    if value.normalize().scale() > most && !issues.iter().any(|issue| issue.path == path) {
        let issue = Issue::new(path, "too_fine").with("value", value);
        issues.push(issue.with("places", most));
    }
}

/// A price or fee: not below zero, at most so many places, at most a billion.
pub(super) fn price(issues: &mut Vec<Issue>, path: &str, value: Decimal, most: u32) {
    if value.is_sign_negative() && !value.is_zero() {
        issues.push(Issue::new(path, "negative").with("value", value));
    }
    places(issues, path, value, most);
    if value > Decimal::from(1_000_000_000) {
        issues.push(Issue::new(path, "too_large").with("value", value));
    }
}

/// An e-mail address, if there is one: something, one `@`, something with a dot.
pub(super) fn email(issues: &mut Vec<Issue>, path: &str, text: &str) {
    length(issues, path, text, 254);
    if text.is_empty() {
        return;
    }
    let parts = text.split_once('@');
    let is_plain = parts.is_some_and(|(name, domain)| {
        !name.is_empty()
            && !domain.contains('@')
            && domain.split('.').all(|part| !part.is_empty())
            && !text.contains(char::is_whitespace)
    });
    if !is_plain {
        issues.push(Issue::new(path, "not_an_email").with("value", text));
    }
}

/// A BCP 47 tag: a language of two or three letters, then parts of two to eight letters or digits.
pub(super) fn locale(issues: &mut Vec<Issue>, path: &str, tag: &str) {
    if tag.is_empty() {
        issues.push(Issue::new(path, "required"));
        return;
    }
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or("");
    let is_language = (2..=3).contains(&language.len())
        && language.chars().all(|letter| letter.is_ascii_lowercase());
    let is_part = |part: &str| {
        (2..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric())
    };
    if !is_language || !parts.all(is_part) {
        issues.push(Issue::new(path, "unknown_locale").with("value", tag));
    }
}

/// ISO 3166-1 alpha-2, as of 2024, and XK for Kosovo, which the EU uses.
const COUNTRIES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI \
    BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY \
    CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN \
    GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH \
    KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO \
    MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL \
    PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV \
    SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN \
    VU WF WS XK YE YT ZA ZM ZW";

/// A country code.
pub(super) fn country(issues: &mut Vec<Issue>, path: &str, code: &str) {
    if code.is_empty() {
        issues.push(Issue::new(path, "required"));
    } else if !COUNTRIES.split_whitespace().any(|known| known == code) {
        issues.push(Issue::new(path, "unknown_country").with("value", code));
    }
}
