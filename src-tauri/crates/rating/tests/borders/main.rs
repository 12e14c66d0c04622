//! Every price model at the borders of its tiers, with nothing used, with corrections and with the
//! most that fits, in currencies of 0, 2 and 3 places: `borders.py` says what each costs.

use ratebook_catalog::json::Json;
use ratebook_money::parse_decimal;
use ratebook_rating::price::document::PriceDocument;
use ratebook_rating::price::{Explain, apply};
use rust_decimal::Decimal;

/// Exact and rounded.
fn priced(price: &str, usage: &str, currency: &str) -> Result<(String, String), String> {
    let line = format!(r#"{{"currency":"{currency}","price":{price},"usage":{usage}}}"#);
    let document = PriceDocument::read(&Json::parse(&line).unwrap());
    let document = document.unwrap_or_else(|issues| panic!("{line}: {issues:?}"));
    let (price, usage) = (&document.price, &document.usage);
    let found = apply(price, usage, document.currency, Explain::Nothing);
    let found = found.map_err(|error| error.to_string())?;
    Ok((found.exact.to_exact_string(), found.rounded.number()))
}

fn check(price: &str, row: &str) {
    let [used, exact, yen, dollars, dinars] = row.split(" | ").collect::<Vec<_>>()[..] else {
        panic!("{row} is no row");
    };
    let usage = match used.split_once(' ') {
        None | Some((_, "most")) => {
            let quantity = used.split(' ').next().unwrap();
            format!(r#"{{"quantity":"{quantity}"}}"#)
        }
        Some((before, now)) => format!(r#"{{"quantity":"{now}","prior_quantity":"{before}"}}"#),
    };
    for (currency, expected) in [("JPY", yen), ("USD", dollars), ("KWD", dinars)] {
        let found = priced(price, &usage, currency);
        let expected = Ok((exact.to_owned(), expected.to_owned()));
        assert_eq!(found, expected, "{currency} {used} of {price}");
    }
    if let Some((most, "most")) = used.split_once(' ') {
        let more = parse_decimal(most).unwrap() * Decimal::new(1_001, 3);
        let error = priced(price, &format!(r#"{{"quantity":"{more}"}}"#), "USD").unwrap_err();
        assert_eq!(
            error,
            format!("usage {}: the number is too large", more.normalize())
        );
    }
}

#[test]
fn prices_at_the_borders_are_those_of_another_program() {
    let lines = include_str!("borders.txt").lines();
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    let (mut price, mut rows, mut most) = ("", 0, 0);
    for line in lines {
        match line.strip_prefix("price ") {
            Some(next) => price = next,
            None => {
                check(price, line);
                rows += 1;
                most += usize::from(line.contains(" most "));
            }
        }
    }
    assert!(rows > 150 && most > 9, "{rows} rows, {most} of the most");
}
