//! Which rule holds, and the sell price that a markup makes.

use ratebook_catalog::{Dimension, Markup, MarkupRule, MarkupRules, MarkupScope, OwnPrice};
use ratebook_catalog::{PlanId, PriceConditions, RuleBody, ScopeLevel, Standing, SubscriptionId};
use ratebook_money::{Exact, Factor, MoneyError, Rate, Timestamp, Toward};
use rust_decimal::Decimal;
use std::cmp::Reverse;

/// What a rule is looked up for.
#[derive(Clone, Copy, Debug)]
pub struct MarkupTarget<'a> {
    /// Who runs the model, as in the price table.
    pub provider: &'a str,
    /// The model, as in the price table.
    pub model: &'a str,
    /// The dimension.
    pub dimension: &'a Dimension,
    /// The conditions of the provider's row that was chosen; none where there is no row.
    pub conditions: &'a PriceConditions,
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
pub struct ChosenRule<'a> {
    /// The rule; absent when the charge's own markup or none was chosen.
    pub rule: Option<&'a MarkupRule>,
    /// How the price is made.
    pub how: HowSold<'a>,
    /// Less specific rules.
    pub beaten: Vec<&'a MarkupRule>,
}

/// How a sell price is made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum HowSold<'a> {
    /// No rule holds: sold at cost.
    AtCost,
    /// Cost and a markup.
    Markup(&'a Markup),
    /// A price of one's own.
    Own(&'a OwnPrice),
}

/// A price of one unit, made from cost.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SellPrice {
    /// The price.
    pub rate: Rate,
    /// The minimum margin raised it.
    pub raised_to_margin: bool,
}

/// The rule for a target. Most specific wins: contract before plan before book; in each, model
/// before provider before all; in the same place a rule for the dimension before one for all
/// dimensions; and of those one for the very conditions before one whatever the conditions. A
/// markup of the charge itself stands between plan and book. Of the rows of one scope the one with
/// the greatest `valid_from` holds, of several the one recorded last; a row without a body ends
/// the scope's rule.
#[must_use]
pub fn choose<'a>(
    rules: &'a MarkupRules,
    target: &MarkupTarget<'_>,
    of_charge: Option<&'a Markup>,
) -> ChosenRule<'a> {
    let mut held = holding(rules, target);
    held.retain(|rule| rule.body.is_some());
    let first = held.first().copied();
    let rule = first.filter(|rule| of_charge.is_none() || rule.scope.level != ScopeLevel::Book);
    let skip = usize::from(rule.is_some());
    let how = match rule.and_then(|rule| rule.body.as_ref()) {
        Some(RuleBody::Markup(markup)) => HowSold::Markup(markup),
        Some(RuleBody::Own(own)) => HowSold::Own(own),
        None => of_charge.map_or(HowSold::AtCost, HowSold::Markup),
    };
    ChosenRule {
        rule,
        how,
        beaten: held.split_off(skip.min(held.len())),
    }
}

/// The row that holds of each scope that applies, those that end it too, most specific first.
pub(crate) fn holding<'a>(
    rules: &'a MarkupRules,
    target: &MarkupTarget<'_>,
) -> Vec<&'a MarkupRule> {
    let mut held: Vec<(&MarkupRule, Standing)> = Vec::new();
    for (rule, standing) in rules.about(target.provider, target.model) {
        let known = rule.recorded_at <= target.as_of && rule.valid_from <= target.at;
        let known = known || standing == Standing::Supposed;
        if !known || !applies(&rule.scope, target) {
            continue;
        }
        let newness = (standing, rule.valid_from, rule.recorded_at);
        match held.iter_mut().find(|(other, _)| other.scope == rule.scope) {
            Some((other, of)) if newness < (*of, other.valid_from, other.recorded_at) => {}
            Some(other) => *other = (rule, standing),
            None => held.push((rule, standing)),
        }
    }
    let mut held: Vec<&MarkupRule> = held.into_iter().map(|(rule, _)| rule).collect();
    held.sort_by_key(|rule| Reverse(specificity(&rule.scope)));
    held
}

pub(crate) fn applies(scope: &MarkupScope, target: &MarkupTarget) -> bool {
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
        && scope
            .conditions
            .as_ref()
            .is_none_or(|conditions| conditions == target.conditions)
}

/// Level, then place, then dimension, then conditions; greater is more specific.
pub(crate) fn specificity(scope: &MarkupScope) -> (u8, u8, bool, bool) {
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
    let (dimension, conditions) = (scope.dimension.is_some(), scope.conditions.is_some());
    (level, place, dimension, conditions)
}

/// The sell price that a markup makes of one unit that costs `cost` (in the sell currency).
///
/// Cost × (1 + percent/100) + fixed per unit; for `requests` also the fixed fee per request. Then
/// `round_to` makes it a list price: the nearest multiple of the step (per million where the
/// dimension counts tokens), half away from zero. If that leaves less than the minimum margin, the
/// price is raised to the next step, or without a step to 12 places, that leaves it.
///
/// # Errors
/// [`MoneyError::TooPrecise`] when the price does not fit 24 places, [`MoneyError::Overflow`],
/// [`MoneyError::DivisionByZero`] for a minimum margin of 100 % or a step that is not above zero.
pub(crate) fn marked_up(
    cost: Rate,
    markup: &Markup,
    chosen: &ChosenRule,
    dimension: &Dimension,
    is_priced: bool,
) -> Result<SellPrice, MoneyError> {
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
        None => Ok(SellPrice {
            rate,
            raised_to_margin: false,
        }),
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

impl<'a> ChosenRule<'a> {
    /// The markup, where the price is made from cost by one.
    #[must_use]
    pub fn markup(&self) -> Option<&'a Markup> {
        match self.how {
            HowSold::Markup(markup) => Some(markup),
            HowSold::Own(_) | HowSold::AtCost => None,
        }
    }
}
