//! A second, independent calculation of price documents: naive, in exact fractions, with other
//! formulas than the crate's, on random prices and usages. Both must agree on every digit.

#[path = "oracle_parts/mod.rs"]
#[allow(dead_code)]
mod oracle_parts;
#[allow(dead_code)]
mod price_parts;

use oracle_parts::scenario::Dice;
use price_parts::deal::Deal;
use price_parts::{naive, random};
use ratebook_catalog::json::Json;
use ratebook_rating::price::document::PriceDocument;
use ratebook_rating::price::{Explain, apply};
use std::collections::BTreeMap;

/// As many as `RATEBOOK_ORACLE` says; 100,000 otherwise.
fn rounds() -> u64 {
    let asked = std::env::var("RATEBOOK_ORACLE").ok();
    asked.and_then(|text| text.parse().ok()).unwrap_or(100_000)
}

/// How often each model was priced at something else than zero.
type Seen = BTreeMap<&'static str, u64>;

#[test]
fn both_calculations_agree() {
    let shares = std::thread::available_parallelism().map_or(1, |count| count.get() as u64);
    let seen = std::thread::scope(|scope| {
        let start = |share| scope.spawn(move || agree((share..rounds()).step_by(shares as usize)));
        let threads: Vec<_> = (0..shares).map(start).collect();
        let mut seen = Seen::new();
        for thread in threads {
            match thread.join() {
                Ok(part) => part.into_iter().for_each(|(model, count)| {
                    *seen.entry(model).or_default() += count;
                }),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        seen
    });
    println!("{seen:?}");
    // The agreement says nothing about what never happened.
    assert_eq!(seen.len(), 14, "{seen:?}");
    assert!(
        seen.values().all(|count| *count * 200 > rounds()),
        "{seen:?}"
    );
}

fn agree(seeds: impl Iterator<Item = u64>) -> Seen {
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
