//! Reads a price out of a document: strictly, and all faults at once.

mod models;
mod tiers;

use super::fields::Fields;
use super::{Commitment, CommitmentSize, Convert, Discount, Model, Number, Price, QuantityRound};
use crate::Issue;
use crate::json::Json;
use rust_decimal::Decimal;

/// Prices stand inside prices (buckets, values of a dimension); deeper than this no deal goes.
const DEEPEST: u32 = 4;

/// The price at `path`, or nothing, with what is wrong in `issues`.
pub fn price(json: &Json, path: &str, issues: &mut Vec<Issue>) -> Option<Price> {
    let before = issues.len();
    let price = read(json, path, DEEPEST, issues);
    price.filter(|_| issues.len() == before)
}

/// A price as far as it could be read; what stands in for a broken part has its fault.
fn read(json: &Json, path: &str, depth: u32, issues: &mut Vec<Issue>) -> Option<Price> {
    let Some(depth) = depth.checked_sub(1) else {
        issues.push(Issue::new(path, "too_deep"));
        return None;
    };
    let mut fields = Fields::of(json, path, issues)?;
    let name = fields.get("model");
    if name.is_none() {
        issues.push(Issue::new(fields.at("model"), "required"));
    }
    let model = name.and_then(|name| models::read(name, &mut fields, depth, issues));
    let convert = convert(&mut fields, issues);
    let included = fields.number("included", Number::Quantity, issues);
    let price = Price {
        convert,
        included: included.unwrap_or(Decimal::ZERO),
        commitment: commitment(&mut fields, issues),
        discount: discount(&mut fields, issues),
        maximum: fields.number("maximum", Number::Money, issues),
        minimum: fields.number("minimum", Number::Money, issues),
        model: model.clone().unwrap_or(Model::Dynamic),
    };
    if let (Some(minimum), Some(maximum)) = (price.minimum, price.maximum)
        && minimum > maximum
    {
        let issue = Issue::new(fields.at("minimum"), "above_maximum");
        issues.push(issue.with("value", minimum).with("maximum", maximum));
    }
    if let Some(model) = &model {
        fits(model, &price, &fields, issues);
        fields.finish(issues);
    }
    model.map(|_| price)
}

/// What cannot be applied to a model is refused, not silently left out.
fn fits(model: &Model, price: &Price, fields: &Fields, issues: &mut Vec<Issue>) {
    let mut refuse = |field: &str| {
        issues.push(Issue::new(fields.at(field), "not_for_model").with("model", model.name()));
    };
    if !model.prices_a_quantity() {
        if price.convert.is_some() {
            refuse("convert");
        }
        if !price.included.is_zero() {
            refuse("included");
        }
        if let Some(CommitmentSize::Quantity(_)) = price.commitment.map(|own| own.size) {
            refuse("commitment.quantity");
        }
    }
}

fn convert(fields: &mut Fields, issues: &mut Vec<Issue>) -> Option<Convert> {
    let json = fields.get("convert")?;
    let mut inner = Fields::of(json, &fields.at("convert"), issues)?;
    let multiply_by = inner.number("multiply_by", Number::Divisor, issues);
    let divide_by = inner.number("divide_by", Number::Divisor, issues);
    let words = [
        ("none", QuantityRound::None),
        ("up", QuantityRound::Up),
        ("down", QuantityRound::Down),
        ("nearest", QuantityRound::Nearest),
    ];
    let round = inner.word("round", &words, issues);
    let places = inner.count("places", issues);
    if places.is_some_and(|places| places > 12) {
        issues.push(Issue::new(inner.at("places"), "too_large").with("most", 12));
    }
    inner.finish(issues);
    let convert = Convert {
        multiply_by: multiply_by.unwrap_or(Decimal::ONE),
        divide_by: divide_by.unwrap_or(Decimal::ONE),
        round: round.unwrap_or(QuantityRound::None),
        places: u32::try_from(places.unwrap_or(0)).unwrap_or(0),
    };
    let changes = convert.round != QuantityRound::None
        || convert.multiply_by != Decimal::ONE
        || convert.divide_by != Decimal::ONE;
    changes.then_some(convert)
}

fn commitment(fields: &mut Fields, issues: &mut Vec<Issue>) -> Option<Commitment> {
    let json = fields.get("commitment")?;
    let mut inner = Fields::of(json, &fields.at("commitment"), issues)?;
    let amount = inner.number("amount", Number::Money, issues);
    let quantity = inner.number("quantity", Number::Quantity, issues);
    let factor = inner.number("overage_factor", Number::Quantity, issues);
    let true_up = inner.flag("true_up", false, issues);
    let size = match (amount, quantity) {
        (Some(amount), None) => CommitmentSize::Amount(amount),
        (None, Some(quantity)) => CommitmentSize::Quantity(quantity),
        (Some(_), Some(_)) => {
            issues.push(Issue::new(inner.at("quantity"), "one_of").with("other", "amount"));
            CommitmentSize::Amount(Decimal::ZERO)
        }
        (None, None) => {
            if inner.peek("amount").is_none() && inner.peek("quantity").is_none() {
                issues.push(Issue::new(inner.at("amount"), "required"));
            }
            CommitmentSize::Amount(Decimal::ZERO)
        }
    };
    inner.finish(issues);
    Some(Commitment {
        size,
        overage_factor: factor.unwrap_or(Decimal::ONE),
        true_up,
    })
}

fn discount(fields: &mut Fields, issues: &mut Vec<Issue>) -> Discount {
    let mut discount = Discount {
        percent: Decimal::ZERO,
        amount: Decimal::ZERO,
    };
    let Some(json) = fields.get("discount") else {
        return discount;
    };
    let Some(mut inner) = Fields::of(json, &fields.at("discount"), issues) else {
        return discount;
    };
    let percent = inner.number("percent", Number::Discount, issues);
    let amount = inner.number("amount", Number::Money, issues);
    inner.finish(issues);
    discount.percent = percent.unwrap_or(Decimal::ZERO);
    discount.amount = amount.unwrap_or(Decimal::ZERO);
    discount
}
