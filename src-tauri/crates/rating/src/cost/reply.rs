use super::{CallLine, CostFault, Pricer};
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
            out.push_str("{\"dimension\":\"");
            out.push_str(line.dimension.known_name().unwrap_or("custom"));
            out.push_str("\",\"quantity\":\"");
            decimal(i128::from(e6), 6, out);
            out.push_str("\",\"rate\":\"");
            let rate = line.rate.per_unit();
            decimal(rate.mantissa(), rate.scale(), out);
            out.push_str("\",\"amount\":\"");
            decimal(amount.e24(), Amount::PLACES, out);
            if let Some(instead) = &line.instead_of {
                out.push_str("\",\"priced_as\":\"");
                out.push_str(instead.known_name().unwrap_or("custom"));
            }
            out.push_str("\",\"source\":");
            string(&line.source, out);
            out.push('}');
        },
    )?;
    out.push_str("],\"cost\":\"");
    decimal(sum.map_or(0, Amount::e24), Amount::PLACES, out);
    out.push_str("\",\"currency\":\"");
    match sum {
        Some(sum) => out.push_str(sum.currency().code()),
        None => out.push_str("USD"),
    }
    out.push_str("\"}\n");
    Ok(())
}

/// `mantissa × 10^-scale` without trailing zeros.
fn decimal(mantissa: i128, scale: u32, out: &mut String) {
    let mut digits = [b'0'; 64];
    let mut at = digits.len();
    let mut rest = mantissa.unsigned_abs();
    let mut places = scale;
    let mut put = |digit: u8| {
        at = at.saturating_sub(1);
        if let Some(place) = digits.get_mut(at) {
            *place = digit;
        }
    };
    let mut started = false;
    // Nineteen digits at a time fit a u64, whose division is much faster than that of a u128.
    const CHUNK: u128 = 10_000_000_000_000_000_000;
    while rest > 0 || places > 0 || !started {
        let mut low = u64::try_from(rest % CHUNK).unwrap_or(0);
        rest /= CHUNK;
        for _ in 0..19 {
            if low == 0 && rest == 0 && places == 0 && started {
                break;
            }
            let digit = b'0'.wrapping_add(u8::try_from(low % 10).unwrap_or(0));
            low /= 10;
            if places > 0 {
                places = places.saturating_sub(1);
                if started || digit != b'0' {
                    started = true;
                    put(digit);
                }
                if places == 0 {
                    if started {
                        put(b'.');
                    }
                    // At least one digit stands before the point.
                    started = false;
                }
            } else {
                started = true;
                put(digit);
            }
        }
    }
    if mantissa < 0 {
        put(b'-');
    }
    let text = digits.get(at..).unwrap_or(&[]);
    out.push_str(std::str::from_utf8(text).unwrap_or("0"));
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

    fn written(mantissa: i128, scale: u32) -> String {
        let mut out = String::new();
        decimal(mantissa, scale, &mut out);
        out
    }

    #[test]
    fn numbers_are_written_in_full_without_idle_zeros() {
        for (mantissa, scale, text) in [
            (0, 0, "0"),
            (0, 24, "0"),
            (5, 1, "0.5"),
            (-5, 1, "-0.5"),
            (1_000_000, 6, "1"),
            (1_500_000, 6, "1.5"),
            (10_000_000_000_000_000_000, 0, "10000000000000000000"),
            (10_000_000_000_000_000_000, 19, "1"),
            (1, 24, "0.000000000000000000000001"),
            (100, 0, "100"),
        ] {
            assert_eq!(written(mantissa, scale), text);
        }
    }

    proptest! {
        #[test]
        fn numbers_are_written_as_the_money_crate_writes_them(e24 in any::<i128>()) {
            let usd = ratebook_money::Currency::parse("USD").unwrap();
            let amount = Amount::from_e24(e24, usd);
            prop_assert_eq!(written(e24, 24), amount.to_exact_string());
        }
    }
}
