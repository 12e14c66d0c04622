//! Whether amounts fit their 24 decimal places, whatever is used and however short the part of a
//! period is: what would not fit is refused when the price is entered, not when it is used.

use super::text;
use crate::Issue;
use crate::pricing::{CommitmentSize, Model, Price};
use rust_decimal::Decimal;

/// The places of an amount.
const AMOUNT: u32 = 24;
/// The places of what is counted.
const COUNTED: u32 = 6;
/// The places of what is converted, and of what is included or agreed in a part of a period.
const FINEST: u32 = 12;

/// Names each number of a price, at `path`, that has too many places beside the others.
pub(super) fn exact(price: &Price, path: &str, issues: &mut Vec<Issue>) {
    beneath(price, path, 0, issues);
}

/// `above` are the places that prices around this one add to its amount.
fn beneath(price: &Price, path: &str, above: u32, issues: &mut Vec<Issue>) {
    let percent = Decimal::ONE_HUNDRED.saturating_sub(price.discount.percent);
    let left = percent.saturating_mul(Decimal::new(1, 2));
    let discount = above.saturating_add(left.normalize().scale());
    let overage = price
        .commitment
        .map_or(Decimal::ZERO, |own| own.overage_factor);
    let factors = discount.saturating_add(overage.normalize().scale());
    if price.commitment.is_some() {
        // What is agreed may have all places that an amount of a price can have.
        let most = AMOUNT.saturating_sub(FINEST).saturating_sub(discount);
        let path = format!("{path}.commitment.overage_factor");
        text::fine(issues, &path, overage, most);
    }
    let left = AMOUNT
        .saturating_sub(quantity(price))
        .saturating_sub(factors);
    let mut number = |field: String, value: Decimal, most: u32| {
        text::fine(issues, &format!("{path}.{field}"), value, most);
    };
    match &price.model {
        Model::PerUnit { unit_price } | Model::Overage { unit_price } => {
            number("unit_price".to_owned(), *unit_price, left);
        }
        Model::Graduated { tiers, .. } | Model::Volume { tiers, .. } => {
            for (index, tier) in tiers.iter().enumerate() {
                number(format!("tiers[{index}].unit_price"), tier.unit_price, left);
            }
        }
        Model::GraduatedPercentage { tiers, .. } => {
            for (index, tier) in tiers.iter().enumerate() {
                let most = left.saturating_sub(2);
                number(
                    format!("tiers[{index}].rate_percent"),
                    tier.rate_percent,
                    most,
                );
            }
        }
        Model::Percentage(own) => {
            let most = left.saturating_sub(2);
            number("rate_percent".to_owned(), own.rate_percent, most);
        }
        Model::Bucketed { base, .. } => {
            beneath(base, &format!("{path}.base"), factors, issues);
        }
        Model::LineSum { lines, default } => {
            for (index, line) in lines.iter().enumerate() {
                let path = format!("{path}.lines[{index}].price");
                beneath(&line.price, &path, factors, issues);
            }
            if let Some(price) = default {
                beneath(price, &format!("{path}.default"), factors, issues);
            }
        }
        // These are counted whole, or carry amounts.
        Model::Flat { .. }
        | Model::Package(_)
        | Model::Dynamic
        | Model::CostPlus { .. }
        | Model::Capacity { .. }
        | Model::Blocks { .. } => {}
    }
}

/// The most places of the quantity that is multiplied with a price.
fn quantity(price: &Price) -> u32 {
    let agreed = price.commitment.map(|own| own.size);
    let is_shared =
        !price.included.is_zero() || matches!(agreed, Some(CommitmentSize::Quantity(_)));
    match price.convert {
        _ if is_shared => FINEST,
        Some(convert) if convert.divide_by == Decimal::ONE => {
            let times = convert.multiply_by.normalize();
            COUNTED.saturating_add(times.scale()).min(FINEST)
        }
        Some(_) => FINEST,
        None => COUNTED,
    }
}

#[cfg(test)]
mod tests;
