//! Charges, tiers and markups.

use super::exact::exact;
use super::text::{self, places, required};
use crate::pricing::{Model, Price, write};
use crate::{BuiltInMeter, Charge, ChargeKind, Issue, Markup, MarkupRule, MeterRef};
use crate::{PlanCredit, PlanTerms, PriceModel, Tier};
use rust_decimal::Decimal;
use serde_json::Value;

/// An authored rate has at most 12 places, so that its product with a markup (6) and a quantity
/// (6) still fits 24.
const RATE_PLACES: u32 = 12;

/// What a plan version charges.
#[must_use]
pub fn terms(terms: &PlanTerms) -> Vec<Issue> {
    let mut issues = Vec::new();
    if terms.charges.is_empty() {
        issues.push(Issue::new("charges", "required"));
    }
    if !(1..=100).contains(&terms.interval.count) {
        let issue = Issue::new("intervalCount", "out_of_range").with("least", 1);
        issues.push(issue.with("most", 100));
    }
    only_one_minimum(terms, &mut issues);
    issues.extend(super::change::phases(terms));
    for (index, charge) in terms.charges.iter().enumerate() {
        let path = format!("charges[{index}]");
        required(&mut issues, &format!("{path}.name"), &charge.name, 80);
        // A charge is known by its name: after a change of version its tiers continue.
        let before = terms.charges.iter().take(index);
        if before.into_iter().any(|other| other.name == charge.name) {
            issues.push(Issue::new(format!("{path}.name"), "duplicate"));
        }
        issues.extend(of_charge(terms, charge, &path));
    }
    issues
}

fn only_one_minimum(terms: &PlanTerms, issues: &mut Vec<Issue>) {
    let all = terms.charges.iter().enumerate();
    let minimums = all.filter(|(_, charge)| matches!(charge.kind, ChargeKind::Minimum { .. }));
    for (index, _) in minimums.skip(1) {
        issues.push(Issue::new(format!("charges[{index}].kind"), "duplicate"));
    }
}

fn of_charge(terms: &PlanTerms, charge: &Charge, path: &str) -> Vec<Issue> {
    let mut issues = Vec::new();
    match &charge.kind {
        ChargeKind::RecurringFee { amount, .. }
        | ChargeKind::OneOffFee { amount }
        | ChargeKind::Minimum { amount } => {
            let digits = amount.currency().minor_digits();
            text::price(
                &mut issues,
                &format!("{path}.amount"),
                amount.to_decimal(),
                digits,
            );
            if amount.currency() != terms.currency {
                let issue = Issue::new(format!("{path}.amount"), "wrong_currency");
                issues.push(issue.with("value", amount.currency()));
            }
        }
        ChargeKind::Credit(own) => issues.extend(credit(terms, own, path)),
        ChargeKind::Usage {
            meter,
            price: model,
        } => {
            let is_calls = *meter == MeterRef::BuiltIn(BuiltInMeter::ModelCalls);
            match model {
                PriceModel::CostPlus { .. } if !is_calls => {
                    issues.push(Issue::new(format!("{path}.meter"), "only_model_calls"));
                }
                PriceModel::CostPlus { .. }
                | PriceModel::PerUnit { .. }
                | PriceModel::Graduated { .. }
                | PriceModel::Document { .. } => {}
            }
            issues.extend(price(model, path));
        }
    }
    issues
}

/// Credit that a plan includes: worth something in the plan's currency, and carried between two
/// amounts that are not below zero.
fn credit(terms: &PlanTerms, credit: &PlanCredit, path: &str) -> Vec<Issue> {
    let mut issues = Vec::new();
    let at = |field: &str| join(path, field);
    let amount = credit.amount;
    if amount.minor() <= 0 {
        let issue = Issue::new(at("amount"), "not_above_zero");
        issues.push(issue.with("value", amount.number()));
    }
    if amount.currency() != terms.currency {
        let issue = Issue::new(at("amount"), "wrong_currency");
        issues.push(issue.with("value", amount.currency()));
    }
    if credit.priority > 100 {
        issues.push(Issue::new(at("credit.priority"), "too_large").with("most", 100));
    }
    if let Some(rollover) = credit.rollover {
        if rollover.least.minor() < 0 {
            let issue = Issue::new(at("credit.least"), "negative");
            issues.push(issue.with("value", rollover.least.number()));
        }
        if rollover.most.minor() < rollover.least.minor() {
            let issue = Issue::new(at("credit.most"), "too_small");
            issues.push(issue.with("least", rollover.least.number()));
        }
    }
    issues
}

/// The price model of a usage charge; `path` is that of the charge.
#[must_use]
pub fn price(model: &PriceModel, path: &str) -> Vec<Issue> {
    let at = |field: &str| join(path, field);
    match model {
        PriceModel::PerUnit { unit_price } => {
            let mut issues = Vec::new();
            text::price(&mut issues, &at("unitPrice"), *unit_price, RATE_PLACES);
            issues
        }
        PriceModel::Graduated { tiers: all, .. } => tiers(all, &at("tiers")),
        PriceModel::CostPlus { markup: own } => own
            .as_ref()
            .map(|own| markup(own, &at("markup")))
            .into_iter()
            .flatten()
            .collect(),
        PriceModel::Document { price } => document(price, &at("document")),
    }
}

/// A price of a charge: any that is not made from cost, each number with so few places that no
/// amount can have more than fit.
fn document(price: &Price, path: &str) -> Vec<Issue> {
    let mut issues = Vec::new();
    for (path, model) in price.models(path) {
        if let Model::CostPlus { .. } = model {
            let issue = Issue::new(join(&path, "model"), "not_for_meter");
            issues.push(issue.with("model", model.name()));
        }
    }
    few_places(&write(price), path, &mut issues);
    exact(price, path, &mut issues);
    issues
}

fn few_places(value: &Value, path: &str, issues: &mut Vec<Issue>) {
    match value {
        Value::Object(fields) => fields
            .iter()
            .for_each(|(name, value)| few_places(value, &join(path, name), issues)),
        Value::Array(list) => list
            .iter()
            .enumerate()
            .for_each(|(index, value)| few_places(value, &format!("{path}[{index}]"), issues)),
        Value::String(text) => {
            // Words are no numbers.
            if let Ok(number) = text.parse::<Decimal>() {
                places(issues, path, number, RATE_PLACES);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Tiers ascend, start above zero, and only the last is open.
fn tiers(tiers: &[Tier], path: &str) -> Vec<Issue> {
    let mut issues = Vec::new();
    if tiers.is_empty() {
        issues.push(Issue::new(path, "required"));
    }
    let mut above = Decimal::ZERO;
    for (index, tier) in tiers.iter().enumerate() {
        let at = |field: &str| format!("{path}[{index}].{field}");
        let is_last = index.saturating_add(1) == tiers.len();
        match tier.up_to {
            None if !is_last => issues.push(Issue::new(at("upTo"), "only_last_is_open")),
            None => {}
            Some(up_to) => {
                if is_last {
                    issues.push(Issue::new(at("upTo"), "last_must_be_open"));
                }
                if up_to <= above {
                    issues.push(Issue::new(at("upTo"), "not_ascending").with("above", above));
                }
                places(&mut issues, &at("upTo"), up_to, 6);
                above = above.max(up_to);
            }
        }
        text::price(&mut issues, &at("unitPrice"), tier.unit_price, RATE_PLACES);
        text::price(&mut issues, &at("flatFee"), tier.flat_fee, RATE_PLACES);
    }
    issues
}

/// A markup rule.
#[must_use]
pub fn rule(rule: &MarkupRule) -> Vec<Issue> {
    let mut issues = Vec::new();
    if rule.scope.model.is_some() && rule.scope.provider.is_none() {
        issues.push(Issue::new("scope.provider", "required"));
    }
    let own = rule.markup().map(|own| markup(own, "markup"));
    issues.extend(own.into_iter().flatten());
    issues
}

/// A markup; `path` is where it stands.
#[must_use]
pub fn markup(markup: &Markup, path: &str) -> Vec<Issue> {
    let mut issues = Vec::new();
    let at = |field: &str| join(path, field);
    places(&mut issues, &at("percent"), markup.percent, 4);
    if markup.percent < -Decimal::ONE_HUNDRED {
        // Less than nothing: the price would be below zero.
        issues.push(Issue::new(at("percent"), "too_small").with("least", -100));
    }
    if markup.percent > Decimal::from(100_000) {
        issues.push(Issue::new(at("percent"), "too_large").with("most", 100_000));
    }
    for (field, fixed) in [
        ("fixedPerUnit", markup.fixed_per_unit),
        ("fixedPerRequest", markup.fixed_per_request),
    ] {
        if let Some(fixed) = fixed {
            text::price(&mut issues, &at(field), fixed, RATE_PLACES);
        }
    }
    if let Some(margin) = markup.minimum_margin {
        places(&mut issues, &at("minimumMargin"), margin, 4);
        if margin.is_sign_negative() && !margin.is_zero() {
            issues.push(Issue::new(at("minimumMargin"), "negative").with("value", margin));
        }
        if margin >= Decimal::ONE_HUNDRED {
            // No price leaves all of itself as margin while there is a cost.
            issues.push(Issue::new(at("minimumMargin"), "too_large").with("below", 100));
        }
    }
    if let Some(step) = markup.round_to {
        // A step per million with 6 places is a price per unit with 12.
        text::price(&mut issues, &at("roundTo"), step, 6);
        if step.is_zero() {
            issues.push(Issue::new(at("roundTo"), "not_above_zero"));
        }
    }
    issues
}

fn join(path: &str, field: &str) -> String {
    if path.is_empty() {
        field.to_owned()
    } else {
        format!("{path}.{field}")
    }
}
