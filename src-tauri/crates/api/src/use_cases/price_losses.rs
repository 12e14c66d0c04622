//! Prices that changes would bring below cost: cells that they set, and those that they reach by a
//! wider rule or through a formula's `row(…)`.

use crate::figures::{conditions_text, quoted};
use crate::price_draft::supposed_ids;
use crate::snapshot::Snapshot;
use crate::use_cases::price_cells::{Books, CallFor, offered};
use crate::use_cases::price_chosen::Chosen;
use crate::wire::PriceBlock;
use ratebook_catalog::prices::ModelPrices;
use ratebook_catalog::{Dimension, MarkupRuleId, PriceConditions, ScopeLevel, StagedChange};
use ratebook_money::Timestamp;
use ratebook_rating::{Buyer, PriceBook, PriceView, price_view};
use std::collections::{BTreeSet, HashSet};

/// The prices in force at an instant that some changes would set or move, below cost; of the book
/// and of each plan and contract that a change is for. Prices that were below cost before and that
/// no change touches are not among them.
pub(crate) fn below_cost(
    snapshot: &Snapshot,
    chosen: &Chosen<'_>,
    at: Timestamp,
) -> Vec<PriceBlock> {
    let (rules, exchange) = (chosen.rules(snapshot), chosen.exchange(snapshot));
    let books = Books::of(snapshot);
    let changes = &chosen.changes;
    let look = Look {
        published: books.published,
        drafted: PriceBook {
            rules: &rules,
            exchange: &exchange,
            ..books.published
        },
        made: supposed_ids().take(changes.len()).collect(),
        at,
    };
    let levels = changes.iter().map(|change| change.scope.level);
    let mut levels: BTreeSet<ScopeLevel> = levels.collect();
    // A rate moves the cost of every model, whatever else is changed.
    let moves_all = !chosen.rates.is_empty();
    if moves_all {
        levels.insert(ScopeLevel::Book);
    }
    let mut found = Vec::new();
    for level in levels {
        let of_level = changes.iter().filter(|change| change.scope.level == level);
        let of_level: Vec<&StagedChange> = of_level.copied().collect();
        let buyer = buyer(snapshot, level);
        for model in snapshot.prices.models() {
            if moves_all || of_level.iter().any(|change| reaches(change, model)) {
                for (dimension, conditions) in places(&books, model) {
                    found.extend(look.loss(model, dimension, &conditions, buyer));
                }
            }
        }
    }
    found
}

struct Look<'a> {
    published: PriceBook<'a>,
    drafted: PriceBook<'a>,
    /// The rules that the changes make.
    made: HashSet<MarkupRuleId>,
    at: Timestamp,
}

impl Look<'_> {
    fn loss(
        &self,
        model: &ModelPrices,
        dimension: &Dimension,
        conditions: &PriceConditions,
        buyer: Buyer,
    ) -> Option<PriceBlock> {
        let call = CallFor::new(conditions, self.at);
        let call = call.call();
        let view = price_view(&self.drafted, model, dimension, &call, buyer).ok()?;
        // A row that is not in force leaves the place to other conditions.
        let is_here = view.conditions() == Some(conditions);
        if !is_here || !view.is_below_cost() {
            return None;
        }
        let before = price_view(&self.published, model, dimension, &call, buyer).ok();
        let is_made = view
            .chosen()
            .rule
            .is_some_and(|rule| self.made.contains(&rule.id));
        let is_moved = before.is_none_or(|before| {
            before.sell() != view.sell() || (before.cost != view.cost && !before.is_below_cost())
        });
        (is_made || is_moved).then(|| written(model, dimension, conditions, &view))
    }
}

fn written(
    model: &ModelPrices,
    dimension: &Dimension,
    conditions: &PriceConditions,
    view: &PriceView<'_>,
) -> PriceBlock {
    let sell = view.sell().rate;
    PriceBlock {
        provider: model.provider.clone(),
        model: model.model.clone(),
        dimension: dimension.to_string(),
        conditions: conditions_text(conditions),
        sell: quoted(dimension, sell).unwrap_or_default(),
        cost: view
            .cost
            .and_then(|cost| quoted(dimension, cost))
            .unwrap_or_default(),
        currency: sell.currency().to_string(),
    }
}

fn buyer(snapshot: &Snapshot, level: ScopeLevel) -> Buyer {
    match level {
        ScopeLevel::Book => Buyer::default(),
        ScopeLevel::Plan(plan) => Buyer {
            plan: Some(plan),
            contract: None,
        },
        ScopeLevel::Contract(contract) => {
            let own = snapshot.subscriptions.iter().find(|own| own.id == contract);
            let plan = own.and_then(|own| snapshot.plan_of(own));
            Buyer {
                plan: plan.map(|(plan, _)| plan.id),
                contract: Some(contract),
            }
        }
    }
}

fn reaches(change: &StagedChange, model: &ModelPrices) -> bool {
    let (provider, name) = (&change.scope.provider, &change.scope.model);
    provider.as_ref().is_none_or(|own| *own == model.provider)
        && name.as_ref().is_none_or(|own| *own == model.model)
}

/// The places of a model at which a price may stand, each once.
fn places<'a>(
    books: &Books<'a>,
    model: &'a ModelPrices,
) -> BTreeSet<(&'a Dimension, PriceConditions)> {
    let plain = offered(books, model)
        .into_iter()
        .map(|dimension| (dimension, PriceConditions::default()));
    let rows = model.prices.iter();
    let rows = rows.map(|row| (&row.dimension, row.conditions.clone()));
    plain.chain(rows).collect()
}
