//! The rules of rounding and exact products, as cases and as properties.

use proptest::prelude::*;
use ratebook_money::{
    Amount, Currency, Exact, Factor, Money, MoneyError, Quantity, Rate, allocate, mul_div_round,
    share,
};
use rust_decimal::Decimal;

fn currency(code: &str) -> Currency {
    Currency::parse(code).unwrap()
}

fn rounded(value: &str, code: &str) -> String {
    Amount::parse(value, currency(code))
        .unwrap()
        .round()
        .unwrap()
        .number()
}

#[test]
fn halves_go_away_from_zero() {
    for (value, code, expected) in [
        ("1.005", "USD", "1.01"),
        ("-1.005", "USD", "-1.01"),
        ("1.0049999999", "USD", "1.00"),
        ("0.5", "JPY", "1"),
        ("-0.5", "JPY", "-1"),
        ("0.0005", "KWD", "0.001"),
        ("3.28575", "USD", "3.29"),
    ] {
        assert_eq!(rounded(value, code), expected, "{value} {code}");
    }
}

#[test]
fn mark_up_and_exchange_multiply_exactly() {
    let cost = Rate::parse_per_million("10", currency("USD")).unwrap();
    let euro = cost
        .exchanged(Factor::parse("0.8600").unwrap(), currency("EUR"))
        .unwrap();
    assert_eq!(euro.per_million().unwrap(), Decimal::new(86, 1));
    let sell = euro
        .scaled(Factor::from_markup_percent(Decimal::from(30)).unwrap())
        .unwrap();
    assert_eq!(sell.per_million().unwrap(), Decimal::new(1118, 2));
}

#[test]
fn a_product_that_does_not_fit_is_refused() {
    let fine = Exact::from_decimal(Decimal::new(1, 13));
    assert!(matches!(
        fine.times(fine),
        Err(MoneyError::TooPrecise { places: 24, .. })
    ));
}

#[test]
fn proration_of_the_domain_page() {
    let old = Money::parse("99", currency("EUR"))
        .unwrap()
        .to_amount()
        .unwrap();
    let new = Money::parse("199", currency("EUR"))
        .unwrap()
        .to_amount()
        .unwrap();
    assert_eq!(mul_div_round(old, 21, 31).unwrap().number(), "67.06");
    assert_eq!(mul_div_round(new, 21, 31).unwrap().number(), "134.81");
}

#[test]
fn amounts_of_two_currencies_do_not_add() {
    let usd = Amount::zero(currency("USD"));
    assert!(usd.plus(Amount::zero(currency("EUR"))).is_err());
}

proptest! {
    #[test]
    fn parts_add_up_to_the_whole(
        total in -1_000_000_000_i64..1_000_000_000,
        weights in prop::collection::vec(0_u128..1_000_000_000_000_000_000_000_000_000, 1..20),
    ) {
        prop_assume!(weights.iter().any(|weight| weight >> 40 > 0));
        let usd = currency("USD");
        let parts = allocate(Money::from_minor(total, usd), &weights).unwrap();
        let sum: i64 = parts.iter().map(|part| part.minor()).sum();
        prop_assert_eq!(sum, total);
    }

    #[test]
    fn rate_times_quantity_is_what_whole_numbers_say(
        mantissa in 0_i64..1_000_000_000_000,
        scale in 0_u32..=12,
        units in 0_i64..1_000_000_000,
    ) {
        let usd = currency("USD");
        let rate = Rate::new(Decimal::new(mantissa, scale), usd).unwrap();
        let product = rate.times(Quantity::from_units(units).unwrap());
        let expected = i128::from(mantissa) * i128::from(units);
        if let Ok(amount) = product {
            prop_assert_eq!(amount.e24(), expected * 10_i128.pow(24 - scale));
        } else {
            prop_assert!(expected.checked_mul(10_i128.pow(24 - scale)).is_none());
        }
    }

    #[test]
    fn shares_agree_with_a_naive_quotient(
        minor in -1_000_000_i64..1_000_000,
        numerator in 0_u64..1_000,
        denominator in 1_u64..1_000,
    ) {
        let amount = Money::from_minor(minor, currency("USD")).to_amount().unwrap();
        let share = mul_div_round(amount, numerator, denominator).unwrap().minor();
        let exact = i128::from(minor) * i128::from(numerator);
        let (twice, divisor) = (exact.abs() * 2, i128::from(denominator));
        let magnitude = (twice + divisor) / (divisor * 2);
        prop_assert_eq!(i128::from(share), magnitude * exact.signum());
    }

    #[test]
    fn exact_text_reads_back(e in -99_999_999_999_999_i64..99_999_999_999_999, s in 0_u32..24) {
        let usd = currency("USD");
        let amount = Amount::from_exact(Exact::from_decimal(Decimal::new(e, s)), usd).unwrap();
        prop_assert_eq!(Amount::parse(&amount.to_exact_string(), usd).unwrap(), amount);
    }
}

#[test]
fn a_part_of_an_agreed_number_is_rounded_at_the_twelfth_place() {
    let of = |text: &str, part, of| {
        let number = text.parse().unwrap();
        share(number, part, of).map(|part| part.normalize().to_string())
    };
    assert_eq!(of("99", 20, 31).unwrap(), "63.870967741935");
    assert_eq!(of("-99", 20, 31).unwrap(), "-63.870967741935");
    assert_eq!(of("31", 20, 31).unwrap(), "20");
    // Half a unit of the twelfth place goes away from zero.
    assert_eq!(of("0.000000000001", 1, 2).unwrap(), "0.000000000001");
    assert_eq!(of("1", 7, 7).unwrap(), "1");
    assert_eq!(of("1", 1, 0), Err(MoneyError::DivisionByZero));
    assert!(of("0.0000000000001", 1, 2).is_err());
    assert_eq!(
        of("79228162514264337593543950335", 30, 31),
        Err(MoneyError::Overflow)
    );
}

#[test]
fn an_amount_spread_over_a_quantity_is_a_price_of_twelve_places() {
    for (amount, quantity, expected) in [
        ("10", "3", Some("3.333333333333")),
        ("20", "3", Some("6.666666666667")),
        ("-20", "3", Some("-6.666666666667")),
        ("0.0000000000005", "1", Some("0.000000000001")),
        ("1", "0.000003", Some("333333.333333333333")),
        ("5", "0", None),
        ("0", "7", Some("0")),
    ] {
        let amount = Amount::parse(amount, currency("EUR")).unwrap();
        let rate = amount.per_unit(Quantity::parse(quantity).unwrap()).unwrap();
        let rate = rate.map(|rate| rate.per_unit().normalize().to_string());
        assert_eq!(rate.as_deref(), expected, "{amount:?} over {quantity}");
    }
}
