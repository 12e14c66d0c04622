//! What a finalizing run stores: customers rated beside each other, handed out in order.

use super::contract::{self, Contract};
use super::{drafted, rate_contract};
use crate::app::OpenBook;
use crate::error::{ApiError, ApiResult};
use crate::shares::{Desk, FEW, Queue};
use crate::snapshot::Snapshot;
use ratebook_catalog::{Customer, CustomerId, MarkupRule};
use ratebook_invoicing::{DraftInvoice, Frozen, FrozenSubscription, Inputs};
use ratebook_money::{Period, Timestamp};
use ratebook_rating::credits::IncludedCredit;
use ratebook_rating::{ProviderStep, Rated, Step, usage_span};
use ratebook_store::SqliteConnection;
use ratebook_store::usage::ClassCache;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

/// Customers that may be rated before their turn to be stored.
const AHEAD: usize = 32;

/// One customer rated, with what a final invoice freezes.
pub(crate) struct RatedCustomer {
    pub draft: DraftInvoice,
    pub inputs: Frozen,
    /// What the plans grant for the period.
    pub included: Vec<IncludedCredit>,
}

/// Place in the run, and what was rated.
type Share = (usize, ApiResult<RatedCustomer>);

/// Customers of a run being rated. Dropped, the work ends.
pub(crate) struct Run {
    done: mpsc::Receiver<Share>,
    early: BTreeMap<usize, ApiResult<RatedCustomer>>,
    _workers: JoinSet<()>,
}

impl Run {
    /// Starts to rate. The workers see the book as the snapshot has it, also while the caller
    /// writes: what is not committed nobody else sees.
    pub async fn start(
        open: &OpenBook,
        snapshot: &Arc<Snapshot>,
        wanted: Vec<(CustomerId, Period)>,
    ) -> ApiResult<Self> {
        let queue = Queue::of(wanted.len(), FEW);
        let wanted: Arc<[_]> = wanted.into();
        let (send, done) = mpsc::channel(AHEAD);
        let mut workers = JoinSet::new();
        for _ in 0..queue.workers {
            let desk = Desk::new(open, snapshot).await?;
            let (queue, wanted) = (Arc::clone(&queue), Arc::clone(&wanted));
            workers.spawn(share(desk, queue, wanted, send.clone()));
        }
        Ok(Self {
            done,
            early: BTreeMap::new(),
            _workers: workers,
        })
    }

    /// The customer at a place of the run; each place is asked for once, in order.
    pub async fn rated(&mut self, place: usize) -> ApiResult<RatedCustomer> {
        loop {
            if let Some(found) = self.early.remove(&place) {
                return found;
            }
            match self.done.recv().await {
                Some((at, rated)) => self.early.insert(at, rated),
                None => return Err(ApiError::internal("a worker of the run has ended")),
            };
        }
    }
}

async fn share(
    mut desk: Desk,
    queue: Arc<Queue>,
    wanted: Arc<[(CustomerId, Period)]>,
    done: mpsc::Sender<Share>,
) {
    while let Some((place, (customer, period))) = queue
        .next()
        .and_then(|place| Some((place, *wanted.get(place)?)))
    {
        let rated = match desk.snapshot.customer(customer) {
            Some(customer) => {
                let (read, cache) = (&mut desk.read, &mut desk.cache);
                rate_final(read, cache, &desk.snapshot, customer, period).await
            }
            None => Err(ApiError::not_found("customer", &customer.to_string())),
        };
        // The run has ended early when nobody listens any more.
        if done.send((place, rated)).await.is_err() {
            return;
        }
    }
}

/// Rates one customer's period for a final invoice: the draft and the frozen inputs.
async fn rate_final(
    read: &mut SqliteConnection,
    cache: &mut ClassCache,
    snapshot: &Snapshot,
    customer: &Customer,
    period: Period,
) -> ApiResult<RatedCustomer> {
    let contract = contract::of(read, snapshot, customer, period).await?;
    let rated = rate_contract(read, cache, snapshot, (customer, period), &contract).await?;
    let included = contract.included.clone();
    let inputs = inputs(snapshot, (customer, period), contract, &rated)?.freeze()?;
    let draft = drafted(snapshot, (customer, period), rated)?;
    Ok(RatedCustomer {
        draft,
        inputs,
        included,
    })
}

fn inputs(
    snapshot: &Snapshot,
    (customer, period): (&Customer, Period),
    contract: Contract<'_>,
    rated: &Rated,
) -> ApiResult<Inputs> {
    let steps = rated.lines.iter().flat_map(|line| &line.explanation.steps);
    let span = usage_span(customer.zone, period, &contract.terms)?;
    let mut prices: Vec<ProviderStep> = Vec::new();
    for step in steps {
        if let Step::ProviderPrice(step) = step
            && !prices.contains(step)
        {
            prices.push(step.clone());
        }
    }
    Ok(Inputs {
        v: 1,
        company: snapshot.company.clone(),
        customer: customer.clone(),
        period,
        as_of: snapshot.as_of,
        subscriptions: contract
            .terms
            .into_iter()
            .map(|terms| FrozenSubscription {
                subscription: terms.subscription.clone(),
                plan: terms.plan.clone(),
                version: terms.version.clone(),
                standing: terms.standing,
            })
            .collect(),
        meters: snapshot.meters.clone(),
        rules: needed(snapshot, rated, span),
        exchange: snapshot.exchange.clone(),
        names: Some(rated.names.clone()),
        prices,
        usage: rated.usage.clone(),
        readings: rated.readings.clone(),
        paid: contract.paid,
        credits: contract.credits,
        edit: snapshot.edit_of(customer, period).cloned(),
        replaces: snapshot.replaced(customer.id, period),
    })
}

/// The rules that the invoice depends on: those of no single model, those of models that were
/// used, and of all others one for each instant at which they part the usage. A price book has
/// prices for thousands of models, and an invoice need not keep them all.
fn needed(snapshot: &Snapshot, rated: &Rated, span: Period) -> Vec<MarkupRule> {
    let used: HashSet<(&str, &str)> = rated
        .names
        .iter()
        .map(|name| (name.to_provider.as_str(), name.to_model.as_str()))
        .collect();
    let mut parted: HashSet<Timestamp> = HashSet::new();
    let mut kept: Vec<MarkupRule> = Vec::new();
    let known = snapshot.rules.iter();
    let (own, others): (Vec<&MarkupRule>, Vec<&MarkupRule>) = known.partition(|rule| {
        let model = rule
            .scope
            .provider
            .as_deref()
            .zip(rule.scope.model.as_deref());
        model.is_none_or(|model| used.contains(&model))
    });
    for rule in own {
        parted.insert(rule.valid_from);
        kept.push(rule.clone());
    }
    for rule in others {
        if span.contains(rule.valid_from) && parted.insert(rule.valid_from) {
            kept.push(rule.clone());
        }
    }
    kept
}
