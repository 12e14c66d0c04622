//! Lists of tiers: they ascend, they do not overlap, and exactly the last is open.

use crate::json::Json;
use crate::pricing::fields::{Fields, number};
use crate::pricing::{Block, CapacityTier, Number, PercentTier};
use crate::{Issue, Tier};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Tiers over units.
pub(super) fn units(fields: &mut Fields, issues: &mut Vec<Issue>) -> Vec<Tier> {
    each(fields, "tiers", issues, |tier, is_last, above, issues| {
        Tier {
            up_to: up_to(tier, is_last, above, issues),
            unit_price: tier.required("unit_price", Number::Money, issues),
            flat_fee: fee(tier, issues),
        }
    })
}

/// Tiers over a sum of money.
pub(super) fn percents(fields: &mut Fields, issues: &mut Vec<Issue>) -> Vec<PercentTier> {
    each(fields, "tiers", issues, |tier, is_last, above, issues| {
        PercentTier {
            up_to: up_to(tier, is_last, above, issues),
            rate_percent: tier.required("rate_percent", Number::Percent, issues),
            flat_fee: fee(tier, issues),
        }
    })
}

/// Tiers of blocks.
pub(super) fn blocks(fields: &mut Fields, issues: &mut Vec<Issue>) -> Vec<Block> {
    each(fields, "blocks", issues, |tier, is_last, _, issues| {
        let max_blocks = tier.count("max_blocks", issues);
        let is_open = tier.peek("max_blocks").is_none();
        match (is_open, is_last) {
            (true, false) => {
                issues.push(Issue::new(tier.at("max_blocks"), "only_last_is_open"));
            }
            (false, true) => {
                issues.push(Issue::new(tier.at("max_blocks"), "last_must_be_open"));
            }
            (true, true) | (false, false) => {}
        }
        if max_blocks == Some(0) {
            issues.push(Issue::new(tier.at("max_blocks"), "not_above_zero"));
        }
        Block {
            block_size: tier.required("block_size", Number::Divisor, issues),
            max_blocks,
            price_per_block: tier.required("price_per_block", Number::Money, issues),
        }
    })
}

/// Steps of capacity: every limit grows from tier to tier, and the last tier has none.
pub(super) fn capacities(fields: &mut Fields, issues: &mut Vec<Issue>) -> Vec<CapacityTier> {
    let mut reached: BTreeMap<String, Option<Decimal>> = BTreeMap::new();
    each(fields, "tiers", issues, |tier, is_last, _, issues| {
        let limits = limits(tier, issues);
        for (unit, limit) in &limits {
            let path = format!("{}.{unit}", tier.at("limits"));
            match (reached.get(unit), limit) {
                (Some(None), Some(_)) => issues.push(Issue::new(path, "after_open")),
                (Some(Some(before)), Some(limit)) if limit <= before => {
                    let issue = Issue::new(path, "not_ascending").with("value", limit);
                    issues.push(issue.with("above", before));
                }
                (_, Some(_)) if is_last => issues.push(Issue::new(path, "last_must_be_open")),
                _ => {}
            }
            reached.insert(unit.clone(), *limit);
        }
        CapacityTier {
            limits,
            amount: tier.required("amount", Number::Money, issues),
        }
    })
}

fn limits(tier: &mut Fields, issues: &mut Vec<Issue>) -> BTreeMap<String, Option<Decimal>> {
    let path = tier.at("limits");
    let Some(json) = tier.get("limits") else {
        issues.push(Issue::new(path, "required"));
        return BTreeMap::new();
    };
    let Json::Object(members) = json else {
        issues.push(Issue::new(path, "not_an_object"));
        return BTreeMap::new();
    };
    let mut limits = BTreeMap::new();
    for (unit, value) in members {
        let at = format!("{path}.{unit}");
        if unit.trim().is_empty() {
            issues.push(Issue::new(&at, "required"));
        }
        let limit = match value {
            Json::Null => None,
            value => number(value, &at, Number::Quantity, issues),
        };
        if limits.insert(unit.clone().into_owned(), limit).is_some() {
            issues.push(Issue::new(at, "duplicate"));
        }
    }
    limits
}

/// Reads each element; `read` gets it, whether it is the last, and where the tier before ends.
fn each<T>(
    fields: &mut Fields,
    key: &'static str,
    issues: &mut Vec<Issue>,
    mut read: impl FnMut(&mut Fields, bool, &mut Decimal, &mut Vec<Issue>) -> T,
) -> Vec<T> {
    let path = fields.at(key);
    let list = fields.list(key, issues);
    let mut above = Decimal::ZERO;
    let mut tiers = Vec::with_capacity(list.len());
    for (index, json) in list.iter().enumerate() {
        let is_last = index.saturating_add(1) == list.len();
        if let Some(mut tier) = Fields::of(json, &format!("{path}[{index}]"), issues) {
            tiers.push(read(&mut tier, is_last, &mut above, issues));
            tier.finish(issues);
        }
    }
    tiers
}

/// The end of a tier, which must lie above that of the tier before.
fn up_to(
    tier: &mut Fields,
    is_last: bool,
    above: &mut Decimal,
    issues: &mut Vec<Issue>,
) -> Option<Decimal> {
    let end = tier.number("up_to", Number::Quantity, issues);
    let path = tier.at("up_to");
    match (tier.peek("up_to").is_none(), is_last) {
        (true, false) => issues.push(Issue::new(&path, "only_last_is_open")),
        (false, true) => issues.push(Issue::new(&path, "last_must_be_open")),
        (true, true) | (false, false) => {}
    }
    if let Some(end) = end {
        if end <= *above {
            let issue = Issue::new(path, "not_ascending").with("value", end);
            issues.push(issue.with("above", *above));
        }
        *above = end.max(*above);
    }
    end
}

fn fee(tier: &mut Fields, issues: &mut Vec<Issue>) -> Decimal {
    let fee = tier.number("flat_fee", Number::Money, issues);
    fee.unwrap_or(Decimal::ZERO)
}
