//! A change that reaches a price by way of a formula's `row(…)`.

use super::{Key, Question};
use crate::snapshot::Snapshot;
use crate::use_cases::price_cells::{Books, CallFor};
use ratebook_catalog::OwnPrice;
use ratebook_money::{Period, Timestamp};
use ratebook_rating::{Buyer, Outcome, candidates, dimension};
use std::collections::BTreeSet;

/// The change behind a price that no change makes itself: the first one that its formula leads to,
/// by the rules afterwards, or by those before where the change ends a rule.
pub(super) fn change(question: &Question, key: &Key<'_>, period: Period) -> Option<usize> {
    let follow = |snapshot| followed(question, snapshot, key, period);
    follow(&question.after).or_else(|| follow(&question.before))
}

fn followed(
    question: &Question,
    snapshot: &Snapshot,
    key: &Key<'_>,
    period: Period,
) -> Option<usize> {
    let (provider, name) = key.model;
    let model = snapshot.prices.get(provider, name)?;
    let mut known = snapshot.subscriptions.iter();
    let own = known.find(|own| own.id == key.subscription)?;
    let buyer = Buyer {
        plan: snapshot.plan_of(own).map(|(plan, _)| plan.id),
        contract: Some(own.id),
    };
    let book = Books::of(snapshot).published;
    // What holds at the end of the period.
    let last = Timestamp::from_micros(period.to.micros().saturating_sub(1));
    let call = CallFor::new(key.conditions, last);
    let mut seen = BTreeSet::new();
    let mut open = vec![key.dimension.clone()];
    while let Some(next) = open.pop() {
        let found = candidates(&book, model, &next, &call.call(), buyer);
        if !seen.insert(next) {
            continue;
        }
        let winner = found.into_iter().find(|one| one.outcome == Outcome::Wins);
        let Some(rule) = winner.map(|winner| winner.rule) else {
            continue;
        };
        if let Some(change) = question.owners.rules.get(&rule.id) {
            return Some(*change);
        }
        if let Some(OwnPrice::Formula(own)) = rule.own() {
            let rows = own.formula.references().into_iter().rev();
            open.extend(rows.filter_map(dimension));
        }
    }
    None
}
