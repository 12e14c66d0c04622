//! One function per price model.

use super::tiers;
use crate::Issue;
use crate::json::Json;
use crate::pricing::fields::Fields;
use crate::pricing::{
    BlockMode, BucketPer, Model, Number, Package, PackageRound, Percentage, Price, ValuePrice,
};
use rust_decimal::Decimal;

/// Every model, in the order of the handbook.
const NAMES: &[&str] = &[
    "flat",
    "per_unit",
    "graduated",
    "volume",
    "package",
    "percentage",
    "graduated_percentage",
    "dynamic",
    "cost_plus",
    "bucketed",
    "line_sum",
    "capacity",
    "overage",
    "blocks",
];

/// The model that `name` names; nothing when there is no such model.
pub(super) fn read(
    name: &Json,
    fields: &mut Fields,
    depth: u32,
    issues: &mut Vec<Issue>,
) -> Option<Model> {
    let model = match name.text() {
        Some("flat") => Model::Flat {
            amount: fields.required("amount", Number::Money, issues),
        },
        Some("per_unit") => Model::PerUnit {
            unit_price: fields.required("unit_price", Number::Money, issues),
        },
        Some("overage") => overage(fields, issues),
        Some("graduated") => Model::Graduated {
            tiers: tiers::units(fields, issues),
            charge_flat_at_zero: fields.flag("charge_flat_at_zero", true, issues),
        },
        Some("volume") => Model::Volume {
            tiers: tiers::units(fields, issues),
            charge_flat_at_zero: fields.flag("charge_flat_at_zero", true, issues),
        },
        Some("package") => package(fields, issues),
        Some("percentage") => percentage(fields, issues),
        Some("graduated_percentage") => Model::GraduatedPercentage {
            tiers: tiers::percents(fields, issues),
            charge_flat_at_zero: fields.flag("charge_flat_at_zero", true, issues),
        },
        Some("dynamic") => Model::Dynamic,
        Some("cost_plus") => cost_plus(fields, issues)?,
        Some("bucketed") => bucketed(fields, depth, issues)?,
        Some("line_sum") => line_sum(fields, depth, issues),
        Some("capacity") => Model::Capacity {
            tiers: tiers::capacities(fields, issues),
        },
        Some("blocks") => blocks(fields, issues),
        other => {
            let issue = Issue::new(fields.at("model"), "unknown_word");
            let issue = issue.with("value", other.unwrap_or(""));
            issues.push(issue.with("known", NAMES.join(", ")));
            return None;
        }
    };
    Some(model)
}

/// Included units, then a price, which may be called `unit_price` or `overage_price`.
fn overage(fields: &mut Fields, issues: &mut Vec<Issue>) -> Model {
    if fields.peek("included").is_none() {
        issues.push(Issue::new(fields.at("included"), "required"));
    }
    let own = fields.number("overage_price", Number::Money, issues);
    let unit_price = match own {
        Some(price) => price,
        None if fields.peek("overage_price").is_some() => Decimal::ZERO,
        None => fields.required("unit_price", Number::Money, issues),
    };
    Model::Overage { unit_price }
}

fn package(fields: &mut Fields, issues: &mut Vec<Issue>) -> Model {
    let words = [("up", PackageRound::Up), ("down", PackageRound::Down)];
    Model::Package(Package {
        package_size: fields.required("package_size", Number::Divisor, issues),
        package_price: fields.required("package_price", Number::Money, issues),
        free_units: fields
            .number("free_units", Number::Quantity, issues)
            .unwrap_or(Decimal::ZERO),
        round: fields
            .word("round", &words, issues)
            .unwrap_or(PackageRound::Up),
    })
}

fn percentage(fields: &mut Fields, issues: &mut Vec<Issue>) -> Model {
    let fee = fields.number("fixed_fee_per_event", Number::Money, issues);
    let percentage = Percentage {
        rate_percent: fields.required("rate_percent", Number::Percent, issues),
        fixed_fee_per_event: fee.unwrap_or(Decimal::ZERO),
        free_events: fields.count("free_events", issues),
        free_amount: fields.number("free_amount", Number::Quantity, issues),
        min_per_event: fields.number("min_per_event", Number::Money, issues),
        max_per_event: fields.number("max_per_event", Number::Money, issues),
    };
    if let (Some(least), Some(most)) = (percentage.min_per_event, percentage.max_per_event)
        && least > most
    {
        let issue = Issue::new(fields.at("min_per_event"), "above_maximum");
        issues.push(issue.with("value", least).with("maximum", most));
    }
    Model::Percentage(percentage)
}

fn cost_plus(fields: &mut Fields, issues: &mut Vec<Issue>) -> Option<Model> {
    let Some(json) = fields.get("markup") else {
        issues.push(Issue::new(fields.at("markup"), "required"));
        return None;
    };
    let mut inner = Fields::of(json, &fields.at("markup"), issues)?;
    let percent = inner.number("percent", Number::Markup, issues);
    let fixed = inner.number("fixed_per_unit", Number::Money, issues);
    inner.finish(issues);
    Some(Model::CostPlus {
        percent: percent.unwrap_or(Decimal::ZERO),
        fixed_per_unit: fixed.unwrap_or(Decimal::ZERO),
    })
}

fn bucketed(fields: &mut Fields, depth: u32, issues: &mut Vec<Issue>) -> Option<Model> {
    let words = [
        ("hour", BucketPer::Hour),
        ("day", BucketPer::Day),
        ("group", BucketPer::Group),
    ];
    let per = fields.word("per", &words, issues);
    if fields.peek("per").is_none() {
        issues.push(Issue::new(fields.at("per"), "required"));
    }
    let base = nested(fields, "base", depth, issues);
    if fields.peek("base").is_none() {
        issues.push(Issue::new(fields.at("base"), "required"));
    }
    Some(Model::Bucketed {
        per: per.unwrap_or(BucketPer::Group),
        base: Box::new(base?),
    })
}

fn line_sum(fields: &mut Fields, depth: u32, issues: &mut Vec<Issue>) -> Model {
    let mut lines: Vec<ValuePrice> = Vec::new();
    let path = fields.at("lines");
    for (index, json) in fields.list("lines", issues).iter().enumerate() {
        let Some(mut line) = Fields::of(json, &format!("{path}[{index}]"), issues) else {
            continue;
        };
        let value = line.get("value").and_then(Json::text).unwrap_or("");
        if value.is_empty() {
            issues.push(Issue::new(line.at("value"), "required"));
        } else if lines.iter().any(|other| other.value == value) {
            issues.push(Issue::new(line.at("value"), "duplicate"));
        }
        if line.peek("price").is_none() {
            issues.push(Issue::new(line.at("price"), "required"));
        }
        if let Some(price) = nested(&mut line, "price", depth, issues) {
            let value = value.to_owned();
            lines.push(ValuePrice { value, price });
        }
        line.finish(issues);
    }
    let default = nested(fields, "default", depth, issues).map(Box::new);
    Model::LineSum { lines, default }
}

/// A price inside a price: one that takes a quantity or events, not one that is put together from
/// several numbers itself.
fn nested(
    fields: &mut Fields,
    key: &'static str,
    depth: u32,
    issues: &mut Vec<Issue>,
) -> Option<Price> {
    let json = fields.get(key)?;
    let path = fields.at(key);
    let price = super::read(json, &path, depth, issues)?;
    let is_composed = matches!(
        price.model,
        Model::Bucketed { .. } | Model::LineSum { .. } | Model::Capacity { .. }
    );
    if is_composed {
        let issue = Issue::new(format!("{path}.model"), "not_inside");
        issues.push(issue.with("model", price.model.name()));
    }
    Some(price)
}

fn blocks(fields: &mut Fields, issues: &mut Vec<Issue>) -> Model {
    let words = [
        ("all_tiers", BlockMode::AllTiers),
        ("top_tier", BlockMode::TopTier),
    ];
    let mode = fields.word("mode", &words, issues);
    Model::Blocks {
        mode: mode.unwrap_or(BlockMode::AllTiers),
        blocks: tiers::blocks(fields, issues),
    }
}
