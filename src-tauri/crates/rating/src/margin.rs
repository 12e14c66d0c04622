//! The margin that a price or an amount leaves, for display. No money is made from it.

use ratebook_money::{Amount, Exact, Rate};
use rust_decimal::Decimal;

/// The margin of a price in percent of itself, to one place, half away from zero: sold at 1.30
/// what costs 1.00, it is 23.1. Nothing when the price is zero or the currencies differ.
#[must_use]
pub fn of_price(sell: Rate, cost: Rate) -> Option<Decimal> {
    let amount = |rate: Rate| {
        let exact = Exact::from_decimal(rate.per_unit());
        Amount::from_exact(exact, rate.currency()).ok()
    };
    of_amounts(amount(sell)?, amount(cost)?)
}

/// The margin of an amount in percent of itself, to one place, half away from zero.
#[must_use]
pub fn of_amounts(sell: Amount, cost: Amount) -> Option<Decimal> {
    let gain = sell.minus(cost).ok()?.e24();
    let (mut gain, mut whole) = (gain, sell.e24());
    // A thousandth of a percent is far below what is shown: digits that would overflow may go.
    while gain.unsigned_abs() > 1_u128 << 114 {
        gain /= 10;
        whole /= 10;
    }
    if whole == 0 {
        return None;
    }
    let thousandfold = gain.checked_mul(1_000)?;
    let magnitude = thousandfold.unsigned_abs();
    let of = whole.unsigned_abs();
    let (tenths, rest) = (magnitude.checked_div(of)?, magnitude.checked_rem(of)?);
    let up = rest >= of.checked_sub(rest)?;
    let tenths = i64::try_from(tenths.checked_add(u128::from(up))?).ok()?;
    let is_loss = (thousandfold < 0) != (whole < 0);
    let signed = if is_loss {
        tenths.checked_neg()?
    } else {
        tenths
    };
    Some(Decimal::new(signed, 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratebook_money::Currency;

    fn margin(sell: &str, cost: &str) -> Option<String> {
        let eur = Currency::parse("EUR").unwrap();
        let rate = |text| Rate::parse(text, eur).unwrap();
        of_price(rate(sell), rate(cost)).map(|percent| percent.to_string())
    }

    #[test]
    fn markup_is_not_margin() {
        assert_eq!(margin("1.30", "1.00"), Some("23.1".to_owned()));
        assert_eq!(margin("0.0000086", "0.00000774"), Some("10.0".to_owned()));
    }

    #[test]
    fn a_loss_is_negative_and_a_free_price_has_no_margin() {
        assert_eq!(margin("0.8", "1"), Some("-25.0".to_owned()));
        assert_eq!(margin("0", "1"), None);
        assert_eq!(
            margin("100000000000", "0.000000000001"),
            Some("100.0".to_owned())
        );
    }
}
