//! What must hold for every customer's month, whatever is in it.

#[path = "oracle_parts/mod.rs"]
#[allow(dead_code)]
mod oracle_parts;

use oracle_parts::scenario::{Dice, Scenario};
use proptest::prelude::*;
use ratebook_catalog::prices::PriceCall;
use ratebook_catalog::{PriceModel, Tier};
use ratebook_money::{Currency, Quantity};
use ratebook_rating::price::Explain;
use ratebook_rating::{Buyer, LineItem, Rated, RatedLine, RatingInput, SellPrice};
use ratebook_rating::{price_view, quote};
use ratebook_usage::UsageSum;
use rust_decimal::Decimal;
use std::sync::Arc;

/// Amounts and quantities, without the number of events.
fn figures(rated: &Rated) -> Vec<String> {
    let line = |line: &RatedLine| {
        let exact = line.exact.to_exact_string();
        format!(
            "{} {:?} {} {exact} {}",
            line.charge, line.item, line.quantity, line.amount
        )
    };
    rated.lines.iter().map(line).collect()
}

fn shuffled(mut sums: Vec<UsageSum>, seed: u64) -> Vec<UsageSum> {
    let mut dice = Dice::new(seed);
    for index in (1..sums.len()).rev() {
        let other = usize::try_from(dice.below(index as u64 + 1)).unwrap();
        sums.swap(index, other);
    }
    sums
}

/// Every sum in two parts, in classes that are equal but not the same.
fn halved(sums: Vec<UsageSum>) -> Vec<UsageSum> {
    let half = |sum: &UsageSum, quantity: Decimal| UsageSum {
        class: Arc::new(sum.class.as_ref().clone()),
        quantity: Quantity::new(quantity).unwrap(),
        ..sum.clone()
    };
    let third = |sum: &UsageSum| (sum.quantity.value() / Decimal::from(3)).floor();
    let sums = sums.iter();
    sums.flat_map(|sum| {
        let part = third(sum);
        [half(sum, part), half(sum, sum.quantity.value() - part)]
    })
    .collect()
}

fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 400,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// The price that the price book shows for a line, at the time of its first usage.
fn shown(input: &RatingInput, rated: &Rated, line: &RatedLine) -> Option<SellPrice> {
    let LineItem::Model {
        provider,
        model,
        dimension,
        ..
    } = &line.item
    else {
        return None;
    };
    let first = &rated.usage[usize::try_from(line.usage[0]).unwrap()];
    let call = PriceCall {
        at: first.from,
        conditions: &first.class.conditions,
        context_tokens: first.class.context_tokens,
        minute_of_day: first.class.minute_of_day,
    };
    let buyer = Buyer {
        plan: Some(input.subscriptions[0].plan.id),
        contract: Some(input.subscriptions[0].subscription.id),
    };
    let model = input.prices.get(provider, model).unwrap();
    let view = price_view(&input.price_book(), model, dimension, &call, buyer).unwrap();
    Some(view.sell())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_order_of_the_sums_does_not_matter(seed in any::<u64>(), order in any::<u64>()) {
        let scenario = Scenario::random(seed);
        let rated = scenario.rate(Clone::clone);
        let again = scenario.rate_sums(shuffled(scenario.sums(), order), Clone::clone);
        prop_assert_eq!(rated, again);
    }

    #[test]
    fn splitting_a_quantity_does_not_change_an_amount(seed in any::<u64>()) {
        let scenario = Scenario::random(seed);
        let whole = scenario.rate(figures);
        let halves = scenario.rate_sums(halved(scenario.sums()), figures);
        prop_assert_eq!(whole, halves);
    }

    #[test]
    fn rating_the_rated_usage_gives_the_same_bits(seed in any::<u64>()) {
        let scenario = Scenario::random(seed);
        let rated = scenario.rate(Clone::clone);
        let sums = rated.usage.iter().map(|bucket| UsageSum {
            class: Arc::clone(&bucket.class),
            at: bucket.from,
            dimension: bucket.dimension.clone(),
            quantity: bucket.quantity,
            events: bucket.events,
            short: bucket.short,
        });
        let again = scenario.rate_sums(sums.collect(), Clone::clone);
        prop_assert_eq!(&again, &rated);
        let json = serde_json::to_string(&rated).unwrap();
        prop_assert_eq!(serde_json::from_str::<Rated>(&json).unwrap(), rated);
    }

    #[test]
    fn the_price_book_shows_the_price_that_is_billed(seed in any::<u64>()) {
        Scenario::random(seed).rate_input(|input, rated| {
            for line in &rated.lines {
                if let Some(sell) = shown(input, rated, line) {
                    assert_eq!(line.unit_price, Some(sell.rate));
                }
            }
        });
    }

    #[test]
    fn the_parts_of_a_line_sum_to_it(seed in any::<u64>()) {
        let rated = Scenario::random(seed).rate(Clone::clone);
        for line in rated.lines.iter().filter(|line| !line.tiers.is_empty()) {
            let sum: i64 = line.tiers.iter().map(|part| part.amount.minor()).sum();
            prop_assert_eq!(sum, line.amount.minor());
            let units: Decimal = line.tiers.iter().map(|part| part.quantity.value()).sum();
            prop_assert_eq!(units, line.quantity.value());
        }
    }

    #[test]
    fn received_is_rated_and_waiting_and_excluded(seed in any::<u64>()) {
        let scenario = Scenario::random(seed);
        let rated = scenario.rate(Clone::clone);
        let received: Decimal = scenario.sums().iter().map(|sum| sum.quantity.value()).sum();
        let mut rest: Vec<bool> = rated.usage.iter().map(|_| true).collect();
        let mut take = |indexes: &[u32]| {
            let indexes = indexes.iter().map(|index| usize::try_from(*index).unwrap());
            let taken = indexes.filter(|index| std::mem::take(&mut rest[*index]));
            taken.map(|index| rated.usage[index].quantity.value()).sum::<Decimal>()
        };
        let waiting: Decimal = rated.held.iter().map(|held| take(&held.usage)).sum();
        let excluded: Decimal = rated.excluded.iter().map(|excluded| take(&excluded.usage)).sum();
        let lines: Decimal = rated.lines.iter().map(|line| take(&line.usage)).sum();
        let free = take(&rated.free);
        prop_assert_eq!(received, waiting + excluded + lines + free);
        prop_assert!(!rest.contains(&true));
    }

    #[test]
    fn graduated_never_falls_when_usage_grows(
        tiers in prop::collection::vec((1_u32..100_000, 0_u32..1_000_000, 0_u32..500), 0..5),
        last in 0_u32..1_000_000,
        charge_flat_at_zero in any::<bool>(),
        less in 0_u32..900_000_000,
        more in 0_u32..900_000_000,
    ) {
        let price = graduated(&tiers, last, charge_flat_at_zero);
        let less_units = Quantity::new(Decimal::new(i64::from(less), 3)).unwrap();
        let more_units = Quantity::new(Decimal::new(i64::from(less) + i64::from(more), 3)).unwrap();
        let euro = Currency::parse("EUR").unwrap();
        let quoted = |units| quote(&price, units, euro, Explain::Nothing).unwrap();
        let (less, more) = (quoted(less_units), quoted(more_units));
        prop_assert!(less.exact.e24() <= more.exact.e24());
        prop_assert!(less.amount.minor() <= more.amount.minor());
        for quoted in [less, more] {
            let sum: i64 = quoted.tiers.iter().map(|part| part.amount.minor()).sum();
            prop_assert_eq!(sum, quoted.amount.minor());
        }
    }
}

fn graduated(tiers: &[(u32, u32, u32)], last: u32, charge_flat_at_zero: bool) -> PriceModel {
    let mut up_to = 0_i64;
    let mut all: Vec<Tier> = Vec::new();
    for (size, price, fee) in tiers {
        up_to += i64::from(*size);
        all.push(Tier {
            up_to: Some(Decimal::new(up_to, 1)),
            unit_price: Decimal::new(i64::from(*price), 9),
            flat_fee: Decimal::new(i64::from(*fee), 2),
        });
    }
    all.push(Tier {
        up_to: None,
        unit_price: Decimal::new(i64::from(last), 9),
        flat_fee: Decimal::ZERO,
    });
    PriceModel::Graduated {
        tiers: all,
        charge_flat_at_zero,
    }
}
