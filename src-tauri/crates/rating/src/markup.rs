//! Which markup holds, and the sell price that it makes.

use crate::{BeatenRule, MarkupOrigin, MarkupStep};
use ratebook_catalog::{Dimension, Markup, MarkupRule, MarkupScope, ScopeLevel};
use ratebook_catalog::{PlanId, SubscriptionId};
use ratebook_money::{Exact, Factor, MoneyError, Rate, Timestamp, Toward};
use rust_decimal::Decimal;
use std::cmp::Reverse;

/// What a markup is looked up for.
#[derive(Clone, Copy, Debug)]
pub struct MarkupTarget<'a> {
    /// Who runs the model, as in the price table.
    pub provider: &'a str,
    /// The model, as in the price table.
    pub model: &'a str,
    /// The dimension.
    pub dimension: &'a Dimension,
    /// The customer's plan; absent for the price book itself.
    pub plan: Option<PlanId>,
    /// The customer's contract; absent for the price book itself.
    pub contract: Option<SubscriptionId>,
    /// When the usage happened.
    pub at: Timestamp,
    /// What the book knew.
    pub as_of: Timestamp,
}

/// The rule that was chosen, and those that hold too, most specific first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ChosenMarkup<'a> {
    /// The rule; absent when the charge's own markup or none was chosen.
    pub rule: Option<&'a MarkupRule>,
    /// The markup; absent when nothing holds: sold at cost.
    pub markup: Option<&'a Markup>,
    /// Less specific rules.
    pub beaten: Vec<&'a MarkupRule>,
}

/// A price of one unit, made from cost.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SellPrice {
    /// The price.
    pub rate: Rate,
    /// The minimum margin raised it.
    pub raised_to_margin: bool,
}

/// The markup for a target. Most specific wins: contract before plan before book; in each, model
/// before provider before all; and in the same place a rule for the dimension before one for all
/// dimensions. A markup of the charge itself stands between plan and book. Of the rows of one
/// scope the one with the greatest `valid_from` holds, of several the one recorded last; a row
/// without a markup ends the scope's rule.
#[must_use]
pub fn choose<'a>(
    rules: &'a [MarkupRule],
    target: &MarkupTarget,
    of_charge: Option<&'a Markup>,
) -> ChosenMarkup<'a> {
    let mut held: Vec<&MarkupRule> = Vec::new();
    for rule in rules {
        let known = rule.recorded_at <= target.as_of && rule.valid_from <= target.at;
        if !known || !applies(&rule.scope, target) {
            continue;
        }
        match held.iter_mut().find(|other| other.scope == rule.scope) {
            Some(other) if newness(rule) < newness(other) => {}
            Some(other) => *other = rule,
            None => held.push(rule),
        }
    }
    held.retain(|rule| rule.markup.is_some());
    held.sort_by_key(|rule| Reverse(specificity(&rule.scope)));
    let first = held.first().copied();
    let rule = first.filter(|rule| of_charge.is_none() || rule.scope.level != ScopeLevel::Book);
    let skip = usize::from(rule.is_some());
    ChosenMarkup {
        rule,
        markup: rule.map_or(of_charge, |rule| rule.markup.as_ref()),
        beaten: held.split_off(skip.min(held.len())),
    }
}

fn newness(rule: &MarkupRule) -> (Timestamp, Timestamp) {
    (rule.valid_from, rule.recorded_at)
}

fn applies(scope: &MarkupScope, target: &MarkupTarget) -> bool {
    let level = match scope.level {
        ScopeLevel::Book => true,
        ScopeLevel::Plan(plan) => target.plan == Some(plan),
        ScopeLevel::Contract(contract) => target.contract == Some(contract),
    };
    let named = |name: &Option<String>, of_target: &str| {
        name.as_ref().is_none_or(|name| name.as_str() == of_target)
    };
    level
        && named(&scope.provider, target.provider)
        && named(&scope.model, target.model)
        && scope
            .dimension
            .as_ref()
            .is_none_or(|dimension| dimension == target.dimension)
}

/// Level, then place, then dimension; greater is more specific.
fn specificity(scope: &MarkupScope) -> (u8, u8, bool) {
    let level = match scope.level {
        ScopeLevel::Book => 0,
        ScopeLevel::Plan(_) => 1,
        ScopeLevel::Contract(_) => 2,
    };
    let place = match (&scope.model, &scope.provider) {
        (Some(_), _) => 2,
        (None, Some(_)) => 1,
        (None, None) => 0,
    };
    (level, place, scope.dimension.is_some())
}

/// The sell price of one unit that costs `cost` (in the sell currency).
///
/// Cost × (1 + percent/100) + fixed per unit; for `requests` also the fixed fee per request. Then
/// `round_to` makes it a list price: the nearest multiple of the step (per million where the
/// dimension counts tokens), half away from zero. If that leaves less than the minimum margin, the
/// price is raised to the next step, or without a step to 12 places, that leaves it.
///
/// # Errors
/// [`MoneyError::TooPrecise`] when the price does not fit 24 places, [`MoneyError::Overflow`],
/// [`MoneyError::DivisionByZero`] for a minimum margin of 100 % or a step that is not above zero.
pub fn sell(
    cost: Rate,
    chosen: &ChosenMarkup,
    dimension: &Dimension,
    is_priced: bool,
) -> Result<SellPrice, MoneyError> {
    let unmarked = SellPrice {
        rate: cost,
        raised_to_margin: false,
    };
    let Some(markup) = chosen.markup else {
        return Ok(unmarked);
    };
    let mut rate = cost;
    if !markup.percent.is_zero() {
        rate = rate.scaled(Factor::from_markup_percent(markup.percent)?)?;
    }
    // Requests that the provider does not charge for are no unit of their own, unless the rule
    // is about them: the fee per request is what they may cost.
    let own_unit = is_priced
        || chosen
            .rule
            .is_some_and(|rule| rule.scope.dimension.is_some());
    if let Some(fixed) = markup.fixed_per_unit.filter(|_| own_unit) {
        rate = rate.plus(Rate::new(fixed, cost.currency())?)?;
    }
    if let Some(fixed) = markup.fixed_per_request
        && *dimension == Dimension::REQUESTS
    {
        rate = rate.plus(Rate::new(fixed, cost.currency())?)?;
    }
    let step = markup
        .round_to
        .map(|step| unit_step(step, dimension))
        .transpose()?;
    if let Some(step) = step {
        rate = rate.to_step(step, Toward::Nearest)?;
    }
    match markup.minimum_margin {
        Some(margin) => at_least(rate, cost, margin, step),
        None => Ok(SellPrice { rate, ..unmarked }),
    }
}

/// `round_to` is a step of the list price, which for tokens is per million.
fn unit_step(step: Decimal, dimension: &Dimension) -> Result<Exact, MoneyError> {
    let step = Exact::from_decimal(step);
    if dimension.is_tokens() {
        step.times(Exact::from_decimal(Decimal::new(1, 6)))
    } else {
        Ok(step)
    }
}

/// Raises a price that leaves less than `margin` percent of itself above cost.
fn at_least(
    rate: Rate,
    cost: Rate,
    margin: Decimal,
    step: Option<Exact>,
) -> Result<SellPrice, MoneyError> {
    let negative = margin
        .checked_mul(Decimal::NEGATIVE_ONE)
        .ok_or(MoneyError::Overflow)?;
    let share = Factor::from_markup_percent(negative)?.exact();
    let least = cost.covered_by_share(share)?;
    if rate.per_unit() >= least.per_unit() {
        return Ok(SellPrice {
            rate,
            raised_to_margin: false,
        });
    }
    let rate = match step {
        Some(step) => least.to_step(step, Toward::Up)?,
        None => least,
    };
    Ok(SellPrice {
        rate,
        raised_to_margin: true,
    })
}

impl ChosenMarkup<'_> {
    /// The explanation of the choice.
    pub(crate) fn step(&self, raised_to_margin: bool) -> MarkupStep {
        let origin = match (self.rule, self.markup) {
            (Some(rule), _) => MarkupOrigin::Rule {
                id: rule.id,
                scope: rule.scope.clone(),
                valid_from: rule.valid_from,
            },
            (None, Some(_)) => MarkupOrigin::Charge,
            (None, None) => MarkupOrigin::None,
        };
        let beaten = self.beaten.iter().filter_map(|rule| {
            Some(BeatenRule {
                id: rule.id,
                scope: rule.scope.clone(),
                markup: rule.markup.clone()?,
            })
        });
        MarkupStep {
            origin,
            markup: self.markup.cloned().unwrap_or_else(Markup::default),
            beaten: beaten.collect(),
            raised_to_margin,
        }
    }
}
