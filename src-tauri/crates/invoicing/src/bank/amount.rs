//! Amounts as banks write them: `1.234,56`, `-1,234.56`, `12,00-`, `1'234.50`.

/// Which sign stands before the decimals of a whole file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum DecimalSign {
    Comma,
    Point,
    /// No amount of the file says it.
    Unknown,
}

/// Why an amount cannot be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum AmountFault {
    /// It is no number.
    Text,
    /// `1.234` can be two amounts, and no other amount of the file says which.
    Ambiguous,
}

/// The sign that the amounts of a file agree on; the first that says one decides, and one that
/// says another is found when it is read.
pub(super) fn sign_of<'a>(cells: impl Iterator<Item = &'a str>) -> DecimalSign {
    let mut said = cells.filter_map(said_by);
    said.next().unwrap_or(DecimalSign::Unknown)
}

/// What one amount says of itself: the last of two different signs, or one that is not followed by
/// three digits.
fn said_by(cell: &str) -> Option<DecimalSign> {
    let (comma, point) = (cell.rfind(','), cell.rfind('.'));
    let sign = match (comma, point) {
        (Some(comma), Some(point)) if comma > point => return Some(DecimalSign::Comma),
        (Some(_), Some(_)) => return Some(DecimalSign::Point),
        (Some(_), None) => DecimalSign::Comma,
        (None, Some(_)) => DecimalSign::Point,
        (None, None) => return None,
    };
    let mark = if sign == DecimalSign::Comma { ',' } else { '.' };
    let (before, after) = cell.rsplit_once(mark)?;
    let digits = after.chars().filter(char::is_ascii_digit).count();
    match (before.contains(mark), digits) {
        // Twice the same: it groups, so that the other one is before the decimals.
        (true, 3) if sign == DecimalSign::Comma => Some(DecimalSign::Point),
        (true, 3) => Some(DecimalSign::Comma),
        (false, 3) => None,
        (_, _) => Some(sign),
    }
}

/// An amount as plain decimal text: `-1234.56`.
pub(super) fn plain(cell: &str, sign: DecimalSign) -> Result<String, AmountFault> {
    let cell = cell.trim();
    let kept = |c: &char| !c.is_whitespace() && !matches!(c, '\'' | '’' | '\u{a0}' | '\u{202f}');
    let mut text: String = cell.chars().filter(kept).collect();
    let mut negative = false;
    for mark in ['-', '−'] {
        let bare = text.strip_prefix(mark).or_else(|| text.strip_suffix(mark));
        if let Some(bare) = bare.map(str::to_owned) {
            negative = true;
            text = bare;
        }
    }
    let bare = text.strip_prefix('+').or_else(|| text.strip_suffix('+'));
    let text = bare.map_or(text.clone(), str::to_owned);
    let (grouping, decimal) = match sign {
        DecimalSign::Comma => ('.', ','),
        DecimalSign::Point => (',', '.'),
        DecimalSign::Unknown if text.contains(['.', ',']) => return Err(AmountFault::Ambiguous),
        DecimalSign::Unknown => (',', '.'),
    };
    let (whole, fraction) = text.split_once(decimal).unwrap_or((text.as_str(), ""));
    let digits = |part: &str| part.chars().all(|c| c.is_ascii_digit());
    let mut groups = whole.split(grouping);
    let first = groups.next().unwrap_or("");
    let grouped = groups
        .clone()
        .all(|group| group.len() == 3 && digits(group));
    if first.is_empty() || !digits(first) || !grouped || !digits(fraction) {
        return Err(AmountFault::Text);
    }
    if groups.next().is_some() && first.len() > 3 {
        return Err(AmountFault::Text);
    }
    let minus = if negative { "-" } else { "" };
    let whole = whole.replace(grouping, "");
    Ok(match fraction {
        "" => format!("{minus}{whole}"),
        _ => format!("{minus}{whole}.{fraction}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_of_many_banks_are_read() {
        let cases = [
            ("1.234,56", DecimalSign::Comma, "1234.56"),
            ("-1.234,56", DecimalSign::Comma, "-1234.56"),
            ("12,00-", DecimalSign::Comma, "-12.00"),
            ("+12,5", DecimalSign::Comma, "12.5"),
            ("1 234,56", DecimalSign::Comma, "1234.56"),
            ("1,234,567.89", DecimalSign::Point, "1234567.89"),
            ("1'234.50", DecimalSign::Point, "1234.50"),
            ("−7.5", DecimalSign::Point, "-7.5"),
            ("1.234.567", DecimalSign::Comma, "1234567"),
            ("100", DecimalSign::Unknown, "100"),
        ];
        for (cell, sign, expected) in cases {
            assert_eq!(sign_of([cell].into_iter()), sign, "{cell}");
            assert_eq!(plain(cell, sign).as_deref(), Ok(expected), "{cell}");
        }
    }

    #[test]
    fn what_can_be_two_amounts_is_decided_by_the_others_or_refused() {
        assert_eq!(sign_of(["1.234", "5,00"].into_iter()), DecimalSign::Comma);
        assert_eq!(plain("1.234", DecimalSign::Comma).as_deref(), Ok("1234"));
        assert_eq!(plain("1.234", DecimalSign::Point).as_deref(), Ok("1.234"));
        assert_eq!(
            plain("1.234", DecimalSign::Unknown),
            Err(AmountFault::Ambiguous)
        );
        for wrong in [
            "",
            "abc",
            "12,34,5",
            "1.23,45",
            "--5",
            "12 EUR",
            "1234.567,00",
        ] {
            assert_eq!(
                plain(wrong, DecimalSign::Comma),
                Err(AmountFault::Text),
                "{wrong}"
            );
        }
    }
}
