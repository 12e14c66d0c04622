//! A second, independent calculation of price documents: naive, in exact fractions, with other
//! formulas than the crate's, on random prices and usages. Both must agree on every digit.

#[path = "oracle_parts/mod.rs"]
#[allow(dead_code)]
mod oracle_parts;
#[allow(dead_code)]
mod price_parts;

use oracle_parts::scenario::Dice;
use oracle_parts::{Seen, agree_on_all};
use price_parts::deal::Deal;
use price_parts::{naive, random};
use ratebook_catalog::json::Json;
use ratebook_rating::price::document::PriceDocument;
use ratebook_rating::price::{Explain, apply};

#[test]
fn both_calculations_agree() {
    agree_on_all(14, agree);
}

fn agree(seeds: &mut dyn Iterator<Item = u64>) -> Seen {
    let mut seen = Seen::new();
    for seed in seeds {
        let deal: Deal = random::deal(&mut Dice::new(seed));
        let text = deal.document();
        let json = Json::parse(&text).unwrap();
        let document = PriceDocument::read(&json);
        let document = document.unwrap_or_else(|issues| panic!("seed {seed}: {text}: {issues:?}"));
        let (price, usage) = (&document.price, &document.usage);
        let explain = if seed % 4 == 0 {
            Explain::Steps
        } else {
            Explain::Nothing
        };
        let found = apply(price, usage, document.currency, explain);
        let found = found.unwrap_or_else(|error| panic!("seed {seed}: {text}: {error}"));
        let expected = naive::amount(&deal);
        let e24 = naive::e24(expected);
        assert_eq!(found.exact.e24(), e24, "seed {seed}: {text}");
        let minor = naive::minor(expected, document.currency.minor_digits());
        assert_eq!(
            i128::from(found.rounded.minor()),
            minor,
            "seed {seed}: {text}"
        );
        if e24 != 0 {
            *seen.entry(price.model.name()).or_default() += 1;
        }
    }
    seen
}
