//! What must hold for every price, whatever it is.

mod calculator;
#[path = "oracle_parts/mod.rs"]
#[allow(dead_code)]
mod oracle_parts;
#[allow(dead_code)]
mod price_parts;

use calculator::{follow, n};
use oracle_parts::scenario::Dice;
use price_parts::random;
use proptest::prelude::*;
use ratebook_catalog::json::Json;
use ratebook_catalog::pricing::{BlockMode, Model, Price};
use ratebook_money::{Currency, parse_decimal};
use ratebook_rating::price::document::{PriceDocument, reply};
use ratebook_rating::price::{Explain, Measured, PriceStep, PricedUsage, Units, apply};

fn document(seed: u64) -> PriceDocument {
    let text = random::deal(&mut Dice::new(seed)).document();
    let read = PriceDocument::read(&Json::parse(&text).unwrap());
    read.unwrap_or_else(|issues| panic!("{text}: {issues:?}"))
}

/// The first price from a seed on whose model is as wanted.
fn price_of(seed: u64, wanted: impl Fn(&Model) -> bool) -> Price {
    let seeds = (0..).map(|step| seed.wrapping_add(step));
    let mut prices = seeds.map(|seed| document(seed).price);
    prices.find(|price| wanted(&price.model)).unwrap()
}

fn charged(price: &Price, usage: &PricedUsage) -> i128 {
    let usd = Currency::parse("USD").unwrap();
    let priced = apply(price, usage, usd, Explain::Nothing).unwrap();
    priced.exact.e24()
}

fn units(thousandths: i64) -> Units {
    let text = format!("{thousandths}e-3");
    Units::new(parse_decimal(&text).unwrap()).unwrap()
}

/// A usage in pieces, one line for each, must charge what one line for everything does.
fn pieces(price: &Price, states: &[Measured]) -> i128 {
    let mut before = None;
    let mut sum = 0;
    for state in states {
        let usage = PricedUsage {
            total: state.clone(),
            before,
            charged_before: None,
        };
        sum += charged(price, &usage);
        before = Some(state.clone());
    }
    sum
}

fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 2_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn splitting_a_quantity_over_time_changes_nothing(
        seed in any::<u64>(),
        moves in prop::collection::vec(-500_000_i64..1_500_000, 1..7),
    ) {
        let price = price_of(seed, |model| {
            model.prices_a_quantity() || matches!(model, Model::Dynamic)
        });
        let mut at = 0_i64;
        let states: Vec<Measured> = moves
            .iter()
            .map(|step| {
                at += step;
                Measured::Quantity(units(at))
            })
            .collect();
        let whole = charged(&price, &PricedUsage::first(states.last().unwrap().clone()));
        prop_assert_eq!(pieces(&price, &states), whole);
    }

    #[test]
    fn splitting_events_over_time_changes_nothing(seed in any::<u64>(), cut in 0_usize..7) {
        let document = document(seed);
        let Measured::Events(events) = &document.usage.total else {
            return Ok(());
        };
        let cut = cut.min(events.len());
        let states = [
            Measured::Events(events[..cut].to_vec()),
            document.usage.total.clone(),
        ];
        let whole = charged(&document.price, &PricedUsage::first(document.usage.total.clone()));
        prop_assert_eq!(pieces(&document.price, &states), whole);
    }

    #[test]
    fn what_is_charged_for_a_period_is_never_below_zero(seed in any::<u64>()) {
        let document = document(seed);
        let whole = PricedUsage::first(document.usage.total.clone());
        prop_assert!(charged(&document.price, &whole) >= 0);
    }

    #[test]
    fn more_never_costs_less_where_every_unit_has_its_own_price(
        seed in any::<u64>(), less in 0_i64..3_000_000, more in 0_i64..3_000_000,
    ) {
        let price = price_of(seed, |model| match model {
            Model::PerUnit { .. }
            | Model::Overage { .. }
            | Model::Graduated { .. }
            | Model::GraduatedPercentage { .. }
            | Model::Package(_) => true,
            Model::Blocks { mode, .. } => *mode == BlockMode::AllTiers,
            _ => false,
        });
        let of = |at: i64| charged(&price, &PricedUsage::first(Measured::Quantity(units(at))));
        prop_assert!(of(less) <= of(less + more));
    }

    #[test]
    fn every_step_can_be_followed_and_the_tiers_add_up(seed in any::<u64>()) {
        let document = document(seed);
        let whole = PricedUsage::first(document.usage.total.clone());
        let mut price = document.price.clone();
        let priced = apply(&price, &document.usage, document.currency, Explain::Steps).unwrap();
        let followed = follow(&priced.steps);
        prop_assert_eq!(followed, n(&priced.exact.to_exact_string()));
        // The model alone: its tiers, packages and events are all there is.
        let (included, convert) = (price.included, price.convert);
        price = Price { included, convert, ..Price::of(price.model) };
        let priced = apply(&price, &whole, document.currency, Explain::Steps).unwrap();
        let mut sum = 0_i128;
        let mut parts = 0;
        for step in &priced.steps {
            let amount = match step {
                PriceStep::Tier { amount, .. }
                | PriceStep::PercentTier { amount, .. }
                | PriceStep::Blocks { amount, .. }
                | PriceStep::Part { amount, .. }
                | PriceStep::Event { charged: amount, .. } => amount,
                _ => continue,
            };
            parts += 1;
            let amount = ratebook_money::Amount::parse(amount, document.currency).unwrap();
            sum += amount.e24();
        }
        prop_assert!(parts == 0 || sum == priced.exact.e24(), "{:?}", priced.steps);
    }

    #[test]
    fn whatever_a_line_says_it_is_answered(
        seed in any::<u64>(), at in 0_usize..4_000, byte in prop::char::range(' ', '~'),
    ) {
        let mut line: Vec<char> = random::deal(&mut Dice::new(seed)).document().chars().collect();
        let at = at % line.len();
        line[at] = byte;
        let line: String = line.into_iter().collect();
        let mut out = String::new();
        let has_amount = reply(&line, &mut out);
        let answer = Json::parse(out.trim_end()).unwrap();
        prop_assert_eq!(answer.get("amount").is_some(), has_amount);
        prop_assert_eq!(answer.get("error").is_some(), !has_amount);
    }
}
