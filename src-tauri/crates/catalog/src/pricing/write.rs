//! A price as a document holds it: [`super::read::price`] reads back the same price. What says
//! nothing (no discount, nothing included) is left out, and every number is text.

use super::{BlockMode, BucketPer, CommitmentSize, Model, PackageRound, Price, QuantityRound};
use crate::Tier;
use crate::json::Json;
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value, json};

/// The price as a JSON value, fields in the order of their names: whichever parts a program is
/// built from, the same price is the same text.
#[must_use]
pub fn write(price: &Price) -> Value {
    let mut fields = Map::new();
    fields.insert("model".to_owned(), price.model.name().into());
    model(&price.model, &mut fields);
    if let Some(convert) = &price.convert {
        let round = match convert.round {
            QuantityRound::None => "none",
            QuantityRound::Up => "up",
            QuantityRound::Down => "down",
            QuantityRound::Nearest => "nearest",
        };
        let convert = json!({
            "multiply_by": text(convert.multiply_by), "divide_by": text(convert.divide_by),
            "round": round, "places": convert.places.to_string(),
        });
        fields.insert("convert".to_owned(), convert);
    }
    if let Some(commitment) = &price.commitment {
        let (name, size) = match commitment.size {
            CommitmentSize::Amount(amount) => ("amount", amount),
            CommitmentSize::Quantity(quantity) => ("quantity", quantity),
        };
        let factor = text(commitment.overage_factor);
        let mut inner = Map::new();
        inner.insert(name.to_owned(), text(size));
        inner.insert("overage_factor".to_owned(), factor);
        inner.insert("true_up".to_owned(), commitment.true_up.into());
        fields.insert("commitment".to_owned(), Value::Object(inner));
    }
    let discount = &price.discount;
    if !(discount.percent.is_zero() && discount.amount.is_zero()) {
        let (percent, amount) = (text(discount.percent), text(discount.amount));
        fields.insert(
            "discount".to_owned(),
            json!({ "percent": percent, "amount": amount }),
        );
    }
    // Its name says that something is included, so the document says how much, even nothing.
    if !price.included.is_zero() || matches!(price.model, Model::Overage { .. }) {
        fields.insert("included".to_owned(), text(price.included));
    }
    for (name, limit) in [("minimum", price.minimum), ("maximum", price.maximum)] {
        fields.extend(limit.map(|limit| (name.to_owned(), text(limit))));
    }
    let mut value = Value::Object(fields);
    value.sort_all_objects();
    value
}

fn text(number: Decimal) -> Value {
    number.normalize().to_string().into()
}

fn optional(number: Option<Decimal>) -> Value {
    number.map_or(Value::Null, text)
}

fn count(number: Option<u64>) -> Value {
    number.map_or(Value::Null, |number| number.to_string().into())
}

fn model(model: &Model, fields: &mut Map<String, Value>) {
    let mut set = |name: &str, value: Value| {
        if !value.is_null() {
            fields.insert(name.to_owned(), value);
        }
    };
    match model {
        Model::Flat { amount } => set("amount", text(*amount)),
        Model::PerUnit { unit_price } | Model::Overage { unit_price } => {
            set("unit_price", text(*unit_price));
        }
        Model::Graduated {
            tiers,
            charge_flat_at_zero,
        }
        | Model::Volume {
            tiers,
            charge_flat_at_zero,
        } => {
            set("tiers", tiers.iter().map(tier).collect());
            set("charge_flat_at_zero", (*charge_flat_at_zero).into());
        }
        Model::Package(package) => {
            set("package_size", text(package.package_size));
            set("package_price", text(package.package_price));
            set("free_units", text(package.free_units));
            let round = match package.round {
                PackageRound::Up => "up",
                PackageRound::Down => "down",
            };
            set("round", round.into());
        }
        Model::Percentage(own) => {
            set("rate_percent", text(own.rate_percent));
            set("fixed_fee_per_event", text(own.fixed_fee_per_event));
            set("free_events", count(own.free_events));
            set("free_amount", optional(own.free_amount));
            set("min_per_event", optional(own.min_per_event));
            set("max_per_event", optional(own.max_per_event));
        }
        Model::GraduatedPercentage {
            tiers,
            charge_flat_at_zero,
        } => {
            let tiers = tiers.iter().map(|tier| {
                json!({
                    "up_to": optional(tier.up_to), "rate_percent": text(tier.rate_percent),
                    "flat_fee": text(tier.flat_fee),
                })
            });
            set("tiers", tiers.collect());
            set("charge_flat_at_zero", (*charge_flat_at_zero).into());
        }
        Model::Dynamic => {}
        Model::CostPlus {
            percent,
            fixed_per_unit,
        } => {
            let (percent, fixed) = (text(*percent), text(*fixed_per_unit));
            let markup = json!({ "percent": percent, "fixed_per_unit": fixed });
            set("markup", markup);
        }
        Model::Bucketed { .. }
        | Model::LineSum { .. }
        | Model::Capacity { .. }
        | Model::Blocks { .. } => composed(model, &mut set),
    }
}

/// Models that hold other prices, or several limits.
fn composed(model: &Model, set: &mut impl FnMut(&str, Value)) {
    match model {
        Model::Bucketed { per, base } => {
            let per = match per {
                BucketPer::Hour => "hour",
                BucketPer::Day => "day",
                BucketPer::Group => "group",
            };
            set("per", per.into());
            set("base", write(base));
        }
        Model::LineSum { lines, default } => {
            let lines = lines.iter();
            let lines =
                lines.map(|line| json!({ "value": line.value, "price": write(&line.price) }));
            set("lines", lines.collect());
            set("default", default.as_deref().map_or(Value::Null, write));
        }
        Model::Capacity { tiers } => {
            let tiers = tiers.iter().map(|tier| {
                let limits = tier.limits.iter();
                let limits: Map<String, Value> = limits
                    .map(|(unit, limit)| (unit.clone(), optional(*limit)))
                    .collect();
                json!({ "limits": limits, "amount": text(tier.amount) })
            });
            set("tiers", tiers.collect());
        }
        Model::Blocks { mode, blocks } => {
            let mode = match mode {
                BlockMode::AllTiers => "all_tiers",
                BlockMode::TopTier => "top_tier",
            };
            set("mode", mode.into());
            let blocks = blocks.iter().map(|block| {
                json!({
                    "block_size": text(block.block_size), "max_blocks": count(block.max_blocks),
                    "price_per_block": text(block.price_per_block),
                })
            });
            set("blocks", blocks.collect());
        }
        Model::Flat { .. }
        | Model::PerUnit { .. }
        | Model::Overage { .. }
        | Model::Graduated { .. }
        | Model::Volume { .. }
        | Model::Package(_)
        | Model::Percentage(_)
        | Model::GraduatedPercentage { .. }
        | Model::Dynamic
        | Model::CostPlus { .. } => {}
    }
}

fn tier(tier: &Tier) -> Value {
    json!({
        "up_to": optional(tier.up_to), "unit_price": text(tier.unit_price),
        "flat_fee": text(tier.flat_fee),
    })
}

impl Serialize for Price {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write(self).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Price {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Value::deserialize(deserializer)?.to_string();
        parse(&text).map_err(|issues| {
            let named = issues.iter().map(super::sentence);
            serde::de::Error::custom(named.collect::<Vec<_>>().join("; "))
        })
    }
}

/// Reads a price that stands alone.
///
/// # Errors
/// All faults at once, each with the path of its field; `""` for text that is no JSON.
pub fn parse(text: &str) -> Result<Price, Vec<crate::Issue>> {
    let json = Json::parse(text)
        .map_err(|error| vec![crate::Issue::new("", "not_json").with("detail", error)])?;
    let mut issues = Vec::new();
    let price = super::read::price(&json, "", &mut issues);
    price.filter(|_| issues.is_empty()).ok_or(issues)
}
