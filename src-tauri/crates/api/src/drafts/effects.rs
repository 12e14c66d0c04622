//! What other prices would do: each customer's month rated twice, under the rules as they are and
//! as they would be, and the difference of each line laid to the change that its rule comes from.

mod reach;
mod waiting;

use super::rate_month;
use crate::app::{App, OpenBook};
use crate::error::{ApiError, ApiResult};
use crate::shares::{Desk, FEW, Queue};
use crate::snapshot::Snapshot;
use ratebook_catalog::{CustomerId, Dimension, MarkupRuleId, PriceConditions, SubscriptionId};
use ratebook_money::{Amount, Currency, Money, Period};
use ratebook_rating::{LineItem, MarkupOrigin, Rated, RatedLine, Step};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use tokio::task::JoinSet;
pub(crate) use waiting::Waiting;

/// A customer's month under both prices.
pub(crate) struct Effect {
    pub customer: CustomerId,
    /// Charged for usage.
    pub before: Figures,
    pub after: Figures,
    /// What each change does, by its place, and that it charges anything at all.
    pub changes: BTreeMap<usize, Money>,
    /// Lines that sell below cost afterwards, with what they lose.
    pub losses: Vec<(String, String, Dimension, Money)>,
    /// Usage that waits afterwards and did not before.
    pub waiting: Vec<Waiting>,
}

/// What usage of a month comes to.
#[derive(Clone, Copy)]
pub(crate) struct Figures {
    pub revenue: Money,
    /// Nothing where the cost of some line is not known.
    pub cost: Option<Amount>,
}

/// Which change a rule belongs to: those that would be made, and those that would be ended; and
/// which change fixes the exchange rate of two currencies.
#[derive(Default)]
pub(crate) struct Owners {
    pub rules: HashMap<MarkupRuleId, usize>,
    pub rates: HashMap<(Currency, Currency), usize>,
}

/// What is rated, under what.
pub(crate) struct Question {
    pub before: Arc<Snapshot>,
    pub after: Arc<Snapshot>,
    pub months: Vec<(CustomerId, Period)>,
    pub owners: Owners,
}

impl App {
    /// The effect on some customers' months, in their order; an error for those that cannot be
    /// computed.
    pub(crate) async fn effects(
        &self,
        open: &OpenBook,
        question: Question,
    ) -> ApiResult<Vec<ApiResult<Effect>>> {
        let queue = Queue::of(question.months.len(), FEW);
        let question = Arc::new(question);
        let mut workers = JoinSet::new();
        for _ in 0..queue.workers {
            let mut desk = Desk::new(open, &question.before).await?;
            let (queue, question) = (Arc::clone(&queue), Arc::clone(&question));
            workers.spawn(async move {
                let mut found = Vec::new();
                while let Some(place) = queue.next() {
                    if let Some(month) = question.months.get(place) {
                        found.push((place, effect(&mut desk, &question, *month).await));
                    }
                }
                (found, desk.cache)
            });
        }
        let mut found = Vec::new();
        while let Some(done) = workers.join_next().await {
            let (share, cache) = done.map_err(ApiError::internal)?;
            open.put_classes(cache);
            found.extend(share);
        }
        found.sort_by_key(|(place, _)| *place);
        Ok(found.into_iter().map(|(_, effect)| effect).collect())
    }
}

async fn effect(
    desk: &mut Desk,
    question: &Question,
    (customer, period): (CustomerId, Period),
) -> ApiResult<Effect> {
    let found = question.before.customer(customer);
    let known = found.ok_or_else(|| ApiError::not_found("customer", &customer.to_string()))?;
    let (read, cache) = (&mut desk.read, &mut desk.cache);
    let before = rate_month(read, cache, &question.before, known, period).await?;
    let after = rate_month(read, cache, &question.after, known, period).await?;
    Ok(Effect {
        customer,
        before: figures(&before)?,
        after: figures(&after)?,
        changes: changes(question, &before, &after)?,
        losses: losses(&after)?,
        waiting: waiting::between(&before.held, &after.held)?,
    })
}

fn figures(rated: &Rated) -> ApiResult<Figures> {
    let mut revenue = Money::zero(rated.currency);
    let mut cost = Some(Amount::zero(rated.currency));
    for line in rated.lines.iter().filter(|line| line.item.is_usage()) {
        revenue = revenue.plus(line.amount)?;
        cost = match (cost, line.cost) {
            (Some(sum), Some(own)) => Some(sum.plus(own)?),
            (None, _) | (_, None) => None,
        };
    }
    Ok(Figures { revenue, cost })
}

/// What two lines have in common that charge for the same thing.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key<'a> {
    subscription: SubscriptionId,
    charge: u32,
    model: (&'a str, &'a str),
    dimension: &'a Dimension,
    conditions: &'a PriceConditions,
    marks: &'a [String],
}

/// Lines of one thing: how much, and which changes they come from.
struct Sum {
    amount: Money,
    owners: BTreeSet<usize>,
    /// Exchange rates among them: a line that a rule's change prices is that change's alone.
    rates: BTreeSet<usize>,
}

fn sums<'a>(rated: &'a Rated, owners: &Owners) -> ApiResult<BTreeMap<Key<'a>, Sum>> {
    let mut sums: BTreeMap<Key<'a>, Sum> = BTreeMap::new();
    for line in &rated.lines {
        let LineItem::Model {
            provider,
            model,
            dimension,
            conditions,
            marks,
        } = &line.item
        else {
            continue;
        };
        let key = Key {
            subscription: line.subscription,
            charge: line.charge,
            model: (provider, model),
            dimension,
            conditions,
            marks,
        };
        let sum = sums.entry(key).or_insert_with(|| Sum {
            amount: Money::zero(rated.currency),
            owners: BTreeSet::new(),
            rates: BTreeSet::new(),
        });
        sum.amount = sum.amount.plus(line.amount)?;
        let of_rule = rule_of(line).and_then(|rule| owners.rules.get(&rule));
        sum.owners.extend(of_rule);
        sum.rates
            .extend(pairs_of(line).filter_map(|pair| owners.rates.get(&pair)));
    }
    Ok(sums)
}

/// The rule that priced a line.
fn rule_of(line: &RatedLine) -> Option<MarkupRuleId> {
    let steps = line.explanation.steps.iter().rev();
    let mut rules = steps.filter_map(|step| {
        let Step::Markup(markup) = step else {
            return None;
        };
        match &markup.origin {
            MarkupOrigin::Rule { id, .. } => Some(*id),
            MarkupOrigin::Charge | MarkupOrigin::None => None,
        }
    });
    rules.next()
}

/// The currencies between which a line's prices were exchanged.
fn pairs_of(line: &RatedLine) -> impl Iterator<Item = (Currency, Currency)> {
    let steps = line.explanation.steps.iter();
    steps.filter_map(|step| match step {
        Step::ExchangeRate { base, quote, .. } => Some((*base, *quote)),
        _ => None,
    })
}

/// What each change does. Usage that a change prices afterwards is its; usage that it priced before
/// and no change prices afterwards is that of the change that ends the rule; and usage priced by a
/// formula that asks for another price is that of the change of the other price. What no rule's
/// change prices is that of the exchange rate that it is computed with.
fn changes(
    question: &Question,
    before: &Rated,
    after: &Rated,
) -> ApiResult<BTreeMap<usize, Money>> {
    let owners = &question.owners;
    let (was, now) = (sums(before, owners)?, sums(after, owners)?);
    let zero = Money::zero(after.currency);
    let mut found: BTreeMap<usize, Money> = BTreeMap::new();
    let keys: BTreeSet<&Key<'_>> = was.keys().chain(now.keys()).collect();
    for key in keys {
        let (earlier, later) = (was.get(key), now.get(key));
        let amount = |sum: Option<&Sum>| sum.map_or(zero, |sum| sum.amount);
        let difference = amount(later).minus(amount(earlier))?;
        let first = |sum: Option<&Sum>| sum.and_then(|sum| sum.owners.first().copied());
        let through = || {
            let moved = difference.minor() != 0;
            moved.then(|| reach::change(question, key, after.period))?
        };
        let exchanged = |sum: Option<&Sum>| sum.and_then(|sum| sum.rates.first().copied());
        let by_rule = first(later).or_else(|| first(earlier)).or_else(through);
        let by_rate = || exchanged(later).or_else(|| exchanged(earlier));
        if let Some(change) = by_rule.or_else(by_rate) {
            let entry = found.entry(change).or_insert(zero);
            *entry = entry.plus(difference)?;
        }
    }
    Ok(found)
}

fn losses(rated: &Rated) -> ApiResult<Vec<(String, String, Dimension, Money)>> {
    let mut found = Vec::new();
    for line in &rated.lines {
        if let (
            LineItem::Model {
                provider,
                model,
                dimension,
                ..
            },
            Some(cost),
        ) = (&line.item, line.cost)
        {
            let gain = line.exact.minus(cost)?;
            if gain.e24() < 0 {
                let loss = Amount::zero(rated.currency).minus(gain)?.round()?;
                found.push((provider.clone(), model.clone(), dimension.clone(), loss));
            }
        }
    }
    Ok(found)
}
