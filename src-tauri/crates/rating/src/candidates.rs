//! All rules that could be meant by a price, and why each but one does not make it.

use crate::markup::{MarkupTarget, applies, holding, specificity};
use crate::{Buyer, PriceBook};
use ratebook_catalog::prices::{ModelPrices, PriceCall};
use ratebook_catalog::{Dimension, MarkupRule, MarkupScope, PriceConditions, ScopeLevel, Standing};
use std::cmp::Reverse;

/// A rule about a model, and what became of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Candidate<'a> {
    /// The row.
    pub rule: &'a MarkupRule,
    /// It is supposed, not recorded.
    pub is_supposed: bool,
    /// Whether it wins, or why not.
    pub outcome: Outcome<'a>,
}

/// Whether a rule makes the price, or why not.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Outcome<'a> {
    /// It makes the price.
    Wins,
    /// It holds too, but a more specific one wins.
    LessSpecific,
    /// A newer row of the same scope holds.
    Replaced {
        /// That row.
        by: &'a MarkupRule,
    },
    /// It is the end of the scope's rule.
    Ended,
    /// It does not hold yet at the asked instant, or was not known.
    NotYet,
    /// It is for another dimension.
    OtherDimension,
    /// It is for other conditions.
    OtherConditions,
    /// It is for another plan or contract.
    OtherCustomer,
}

/// All rules about a model (and those about all models or dimensions), in the order of precedence;
/// of one scope the newest first.
#[must_use]
pub fn candidates<'a>(
    book: &PriceBook<'a>,
    model: &ModelPrices,
    dimension: &Dimension,
    call: &PriceCall,
    buyer: Buyer,
) -> Vec<Candidate<'a>> {
    let selected = model.select(dimension, call, book.as_of).ok().flatten();
    let none = PriceConditions::default();
    let target = MarkupTarget {
        provider: &model.provider,
        model: &model.model,
        dimension,
        conditions: selected.as_ref().map_or(&none, |s| &s.row.conditions),
        plan: buyer.plan,
        contract: buyer.contract,
        at: call.at,
        as_of: book.as_of,
    };
    let held = holding(book.rules, &target);
    let winner = held.iter().find(|rule| rule.body.is_some()).copied();
    let about = book.rules.about(target.provider, target.model);
    let of_model = about.filter(|(rule, _)| is_about(&rule.scope, &target));
    let mut found: Vec<Candidate<'a>> = of_model
        .map(|(rule, standing)| Candidate {
            rule,
            is_supposed: standing == Standing::Supposed,
            outcome: outcome(rule, standing, &target, (&held, winner)),
        })
        .collect();
    found.sort_by_key(|candidate| {
        let rule = candidate.rule;
        let newness = (candidate.is_supposed, rule.valid_from, rule.recorded_at);
        Reverse((specificity(&rule.scope), rule.scope.clone(), newness))
    });
    found
}

/// Whether the rule is about the provider at all.
fn is_about(scope: &MarkupScope, target: &MarkupTarget<'_>) -> bool {
    let provider = scope.provider.as_deref();
    provider.is_none_or(|provider| provider == target.provider)
}

fn outcome<'a>(
    rule: &'a MarkupRule,
    standing: Standing,
    target: &MarkupTarget<'_>,
    (held, winner): (&[&'a MarkupRule], Option<&'a MarkupRule>),
) -> Outcome<'a> {
    if let Some(other) = other(&rule.scope, target) {
        return other;
    }
    let is_known = rule.recorded_at <= target.as_of && rule.valid_from <= target.at;
    if !is_known && standing == Standing::Recorded {
        return Outcome::NotYet;
    }
    let of_scope = held.iter().find(|other| other.scope == rule.scope);
    match of_scope {
        Some(by) if !std::ptr::eq(*by, rule) => Outcome::Replaced { by },
        Some(_) | None if rule.body.is_none() => Outcome::Ended,
        Some(_) | None if winner.is_some_and(|winner| std::ptr::eq(winner, rule)) => Outcome::Wins,
        Some(_) | None => Outcome::LessSpecific,
    }
}

/// Why a scope does not apply.
fn other<'a>(scope: &MarkupScope, target: &MarkupTarget<'_>) -> Option<Outcome<'a>> {
    if applies(scope, target) {
        return None;
    }
    let is_level = match scope.level {
        ScopeLevel::Book => true,
        ScopeLevel::Plan(plan) => target.plan == Some(plan),
        ScopeLevel::Contract(contract) => target.contract == Some(contract),
    };
    if !is_level {
        return Some(Outcome::OtherCustomer);
    }
    let dimension = scope.dimension.as_ref();
    if dimension.is_some_and(|dimension| dimension != target.dimension) {
        return Some(Outcome::OtherDimension);
    }
    Some(Outcome::OtherConditions)
}
