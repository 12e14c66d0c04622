/// How decimals are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DecimalSign {
    /// `1,234.5`
    Point,
    /// `1.234,5`
    Comma,
}

impl DecimalSign {
    /// How the numbers of a list are written, from some of them; `Point` when they do not say.
    #[must_use]
    pub fn guess<'t>(texts: impl Iterator<Item = &'t str>) -> Self {
        let mut commas = 0_usize;
        let mut points = 0_usize;
        for text in texts {
            match (text.rfind(','), text.rfind('.')) {
                (Some(comma), Some(point)) if comma > point => commas = commas.saturating_add(1),
                (Some(_), Some(_)) | (None, Some(_)) => points = points.saturating_add(1),
                (Some(comma), None) if splits_decimals(text, comma) => {
                    commas = commas.saturating_add(1);
                }
                _ => {}
            }
        }
        if commas > points {
            Self::Comma
        } else {
            Self::Point
        }
    }
}

/// Whether a comma cannot stand between thousands: after a lone zero, or not before three digits.
fn splits_decimals(text: &str, comma: usize) -> bool {
    let (before, after) = text.split_at(comma);
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).count();
    let lone_zero = before.trim_start_matches(|c: char| !c.is_ascii_digit()) == "0";
    lone_zero || digits(after) != 3
}

/// The number of a cell as JSON would write it; nothing when it is none. Currency signs, spaces
/// and separators of thousands go.
pub(super) fn plain(text: &str, sign: DecimalSign) -> Option<String> {
    let (decimal, thousands) = match sign {
        DecimalSign::Point => ('.', ','),
        DecimalSign::Comma => (',', '.'),
    };
    let text = text
        .trim()
        .trim_matches(|c: char| "$€£¥₹".contains(c) || c.is_alphabetic() || c.is_whitespace());
    let mut plain = String::new();
    for c in text.chars() {
        match c {
            c if c == decimal => plain.push('.'),
            c if c == thousands => {}
            '\'' | '’' | '\u{a0}' | '\u{202f}' | '\u{2009}' | ' ' => {}
            '−' => plain.push('-'),
            c => plain.push(c),
        }
    }
    let is_number = ratebook_money::parse_decimal(&plain).is_ok();
    (is_number && plain.matches('.').count() < 2).then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        use DecimalSign::{Comma, Point};
        for (text, sign, read) in [
            ("$3.00", Point, Some("3.00")),
            ("1,234.5", Point, Some("1234.5")),
            ("1.234,5 €", Comma, Some("1234.5")),
            ("0,003", Comma, Some("0.003")),
            ("1.25e-06", Point, Some("1.25e-06")),
            ("USD 2", Point, Some("2")),
            ("−1", Point, Some("-1")),
            ("ask us", Point, None),
            ("1.2.3", Point, None),
            ("", Point, None),
        ] {
            assert_eq!(plain(text, sign).as_deref(), read, "{text}");
        }
    }

    #[test]
    fn the_sign_of_decimals_is_guessed_from_what_cannot_be_otherwise() {
        let guess = |texts: &[&str]| DecimalSign::guess(texts.iter().copied());
        assert_eq!(guess(&["3,00", "0,25"]), DecimalSign::Comma);
        assert_eq!(guess(&["0,003"]), DecimalSign::Comma);
        assert_eq!(guess(&["1,234", "3.5"]), DecimalSign::Point);
        assert_eq!(guess(&["1,234"]), DecimalSign::Point);
        assert_eq!(guess(&["1.234,50"]), DecimalSign::Comma);
        assert_eq!(guess(&[]), DecimalSign::Point);
    }
}
