use super::{CallLine, CostFault, CostLine, Pricer};
use ratebook_money::Amount;
use std::fmt::Write;

/// Answers one line: `{"id", "cost", "currency", "lines": […]}` or `{"id", "error"}`, and whether
/// it has a cost. Exact numbers are strings.
pub fn reply(pricer: &mut Pricer, line: &str, out: &mut String) -> bool {
    let call = match CallLine::read(line) {
        Ok(call) => call,
        Err((id, fault)) => {
            refused(id, &fault.to_string(), out);
            return false;
        }
    };
    let start = out.len();
    match answer(pricer, &call, out) {
        Ok(()) => true,
        Err(fault) => {
            out.truncate(start);
            refused(call.id, &fault.to_string(), out);
            false
        }
    }
}

/// `{"id": …, "error": "…"}`
pub fn refused(id: &str, error: &str, out: &mut String) {
    out.push_str("{\"id\":");
    out.push_str(id);
    out.push_str(",\"error\":");
    string(error, out);
    out.push_str("}\n");
}

fn answer(pricer: &mut Pricer, call: &CallLine, out: &mut String) -> Result<(), CostFault> {
    out.push_str("{\"id\":");
    out.push_str(call.id);
    out.push_str(",\"lines\":[");
    let empty = out.len();
    let sum = pricer.each(
        &call.provider,
        &call.model,
        call.at,
        &call.marks,
        &call.used,
        |line, e6, amount| {
            if out.len() > empty {
                out.push(',');
            }
            out.push_str(line.head());
            whole(e6, out);
            out.push_str("\",\"amount\":\"");
            decimal(amount.e24(), out);
            out.push('"');
            out.push('}');
        },
    )?;
    out.push_str("],\"cost\":\"");
    decimal(sum.map_or(0, Amount::e24), out);
    out.push_str("\",\"currency\":\"");
    match sum {
        Some(sum) => out.push_str(sum.currency().code()),
        None => out.push_str("USD"),
    }
    out.push_str("\"}\n");
    Ok(())
}

/// What stands before the quantity in the line of a dimension; the same for all calls of a kind.
pub(super) fn head(line: &CostLine) -> String {
    let mut head = format!("{{\"dimension\":\"{}\",\"rate\":\"", line.dimension);
    // Writing to a String cannot fail.
    let _ = write!(head, "{}", line.rate.per_unit());
    if let Some(instead) = &line.instead_of {
        let _ = write!(head, "\",\"priced_as\":\"{instead}");
    }
    if line.at_least > 0 {
        let _ = write!(head, "\",\"at_least\":\"{}", line.at_least);
    }
    head.push_str("\",\"source\":");
    string(&line.source, &mut head);
    head.push_str(",\"quantity\":\"");
    head
}

const E12: u128 = 1_000_000_000_000;

/// Units of 10⁻²⁴ without trailing zeros.
fn decimal(e24: i128, out: &mut String) {
    let magnitude = e24.unsigned_abs();
    let part = |value: u128| u64::try_from(value % E12).unwrap_or(0);
    let (low, rest) = (part(magnitude), magnitude / E12);
    let (high, rest) = (part(rest), rest / E12);
    if e24 < 0 {
        out.push('-');
    }
    match u64::try_from(rest) {
        Ok(units) => digits(units, 1, out),
        // More than 1.8 × 10¹⁹ units: beyond what an i128 of 10⁻²⁴ can hold.
        Err(_) => out.push_str(&rest.to_string()),
    }
    fraction(high, low, out);
}

/// Units of 10⁻⁶ without trailing zeros.
fn whole(e6: i64, out: &mut String) {
    let magnitude = e6.unsigned_abs();
    if e6 < 0 {
        out.push('-');
    }
    digits(magnitude / 1_000_000, 1, out);
    fraction(magnitude % 1_000_000 * 1_000_000, 0, out);
}

/// Two times twelve places after the point.
fn fraction(high: u64, low: u64, out: &mut String) {
    if high == 0 && low == 0 {
        return;
    }
    out.push('.');
    digits(high, 12, out);
    if low > 0 {
        digits(low, 12, out);
    }
    let trimmed = out.trim_end_matches('0').len();
    out.truncate(trimmed);
}

/// A number with at least so many digits.
fn digits(mut number: u64, least: usize, out: &mut String) {
    let mut text = [b'0'; 20];
    let mut at = text.len();
    while number > 0 {
        at = at.saturating_sub(1);
        if let Some(place) = text.get_mut(at) {
            *place = b'0'.wrapping_add(u8::try_from(number % 10).unwrap_or(0));
        }
        number /= 10;
    }
    let start = at.min(text.len().saturating_sub(least));
    let written = text.get(start..).unwrap_or(&[]);
    out.push_str(std::str::from_utf8(written).unwrap_or("0"));
}

fn string(text: &str, out: &mut String) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            control if control < ' ' => {
                let _ = write!(out, "\\u{:04x}", u32::from(control));
            }
            plain => out.push(plain),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(e24: i128) -> String {
        let mut out = String::new();
        decimal(e24, &mut out);
        out
    }

    #[test]
    fn numbers_are_written_in_full_without_idle_zeros() {
        let unit = 1_000_000_000_000_000_000_000_000;
        for (e24, text) in [
            (0, "0"),
            (unit / 2, "0.5"),
            (-unit / 2, "-0.5"),
            (unit * 100, "100"),
            (1, "0.000000000000000000000001"),
            (unit + 1_000_000_000_000, "1.000000000001"),
        ] {
            assert_eq!(written(e24), text);
        }
        let mut out = String::new();
        whole(1_500_000, &mut out);
        assert_eq!(out, "1.5");
    }

    proptest! {
        #[test]
        fn numbers_are_written_as_the_money_crate_writes_them(e24 in any::<i128>()) {
            let usd = ratebook_money::Currency::parse("USD").unwrap();
            let amount = Amount::from_e24(e24, usd);
            prop_assert_eq!(written(e24), amount.to_exact_string());
        }
    }
}
