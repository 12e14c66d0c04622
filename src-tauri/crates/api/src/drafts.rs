//! The drafts of a month: usage and terms of each customer, rated.

use crate::app::{App, OpenBook};
use crate::error::{ApiError, ApiResult};
use crate::snapshot::{Month, Snapshot, lock};
use ratebook_catalog::{Customer, CustomerId};
use ratebook_invoicing::{DraftInvoice, Frozen, FrozenSubscription, Inputs, InvoiceStatus, draft};
use ratebook_money::{Period, Timestamp};
use ratebook_rating::{
    HeldReason, ProviderStep, Rated, RatingInput, Step, SubscribedPlan, boundaries, day_borders,
    rate,
};
use ratebook_store::invoices::InvoiceHead;
use ratebook_store::usage::{ClassCache, Epochs, Grain, SumQuery};
use ratebook_store::{SqliteConnection, usage};
use ratebook_usage::UsageSum;
use std::collections::BTreeSet;
use std::sync::Arc;

/// All customers of a month who have a subscription, usage or an invoice in it.
pub(crate) struct MonthDrafts {
    /// In order of the customers' names.
    pub customers: Vec<CustomerDraft>,
}

/// One customer's month.
pub(crate) struct CustomerDraft {
    pub customer: CustomerId,
    pub period: Period,
    /// What would be invoiced now; an error that names why it cannot be computed.
    pub draft: Result<DraftInvoice, ApiError>,
    /// The final invoice of the month that is not void.
    pub finalized: Option<InvoiceHead>,
    /// Names of the plans in the month.
    pub plans: String,
}

impl CustomerDraft {
    /// Why it cannot be finalized, as stable words; empty when it can.
    pub fn held(&self) -> Vec<String> {
        let mut reasons: BTreeSet<&'static str> = BTreeSet::new();
        match &self.draft {
            Err(_) => {
                reasons.insert("cannot_rate");
            }
            Ok(draft) => {
                reasons.extend(draft.held.iter().map(|held| held_word(&held.reason)));
                if draft
                    .excluded
                    .iter()
                    .any(|usage| usage.reason == ratebook_rating::ExcludedReason::NoSubscription)
                {
                    reasons.insert("no_subscription");
                }
            }
        }
        reasons.into_iter().map(str::to_owned).collect()
    }

    /// Whether it has anything to invoice.
    pub fn has_lines(&self) -> bool {
        self.draft
            .as_ref()
            .is_ok_and(|draft| !draft.lines.is_empty())
    }
}

/// The stable word of a reason.
pub(crate) fn held_word(reason: &HeldReason) -> &'static str {
    match reason {
        HeldReason::UnknownModel => "unknown_model",
        HeldReason::NoPrice => "no_price",
        HeldReason::Unspecified => "unspecified",
        HeldReason::NoExchangeRate { .. } => "no_exchange_rate",
        HeldReason::Inexact => "inexact",
    }
}

/// One customer rated, with what a final invoice freezes.
pub(crate) struct RatedCustomer {
    pub draft: DraftInvoice,
    pub inputs: Frozen,
}

impl App {
    /// The drafts of a month as the book is now.
    pub(crate) async fn month_drafts(
        &self,
        open: &OpenBook,
        month: Month,
    ) -> ApiResult<(Arc<Snapshot>, Arc<MonthDrafts>)> {
        let snapshot = self.snapshot(open).await?;
        if let Some(known) = lock(&open.caches.months).get(&month) {
            return Ok((snapshot, Arc::clone(known)));
        }
        let drafts = Arc::new(self.drafts_of(open, &snapshot, month).await?);
        lock(&open.caches.months).insert(month, Arc::clone(&drafts));
        Ok((snapshot, drafts))
    }

    /// The drafts of a month under other terms than those of the book.
    pub(crate) async fn drafts_of(
        &self,
        open: &OpenBook,
        snapshot: &Snapshot,
        month: Month,
    ) -> ApiResult<MonthDrafts> {
        let mut read = open.read().await?;
        let mut cache = open.take_classes();
        let mut customers = Vec::new();
        for customer in &snapshot.customers {
            customers.extend(month_of(&mut read, &mut cache, snapshot, customer, month).await?);
        }
        open.put_classes(cache);
        Ok(MonthDrafts { customers })
    }
}

async fn month_of(
    read: &mut SqliteConnection,
    cache: &mut ClassCache,
    snapshot: &Snapshot,
    customer: &Customer,
    month: Month,
) -> ApiResult<Option<CustomerDraft>> {
    let period = month.period(customer)?;
    let finalized = snapshot.invoices.iter().find(|head| {
        head.customer == customer.id
            && head.period == period
            && head.status == InvoiceStatus::Finalized
    });
    let terms = terms(snapshot, customer, period);
    let plans: Vec<&str> = terms.iter().map(|terms| terms.plan.name.as_str()).collect();
    let plans = plans.join(", ");
    let rated = rate_month(read, cache, snapshot, customer, period).await;
    let draft = match rated {
        Ok(rated) => {
            let nothing = rated.lines.is_empty() && rated.usage.is_empty();
            if nothing && finalized.is_none() && plans.is_empty() {
                return Ok(None);
            }
            draft(rated, &snapshot.company, customer).map_err(ApiError::from)
        }
        Err(error) => Err(error),
    };
    Ok(Some(CustomerDraft {
        customer: customer.id,
        period,
        draft,
        finalized: finalized.cloned(),
        plans,
    }))
}

/// What a customer is on in a period.
pub(crate) fn terms<'a>(
    snapshot: &'a Snapshot,
    customer: &Customer,
    period: Period,
) -> Vec<SubscribedPlan<'a>> {
    let own = snapshot
        .subscriptions
        .iter()
        .filter(|s| s.customer == customer.id);
    own.filter_map(|subscription| {
        let (plan, version) = snapshot.plan_of(subscription)?;
        let starts = customer.zone.start_of(subscription.starts_on).ok()?;
        let over = subscription.ends_on.is_some_and(|last| {
            customer
                .zone
                .days(last, last)
                .is_ok_and(|day| day.to <= period.from)
        });
        // A fee in advance for the coming month is charged in this one, so a subscription that
        // starts right after the period still counts: rating decides.
        let relevant = starts <= period.to && !over;
        relevant.then_some(SubscribedPlan {
            subscription,
            plan,
            version,
        })
    })
    .collect()
}

/// Rates one customer's period as the book is now.
pub(crate) async fn rate_month(
    read: &mut SqliteConnection,
    cache: &mut ClassCache,
    snapshot: &Snapshot,
    customer: &Customer,
    period: Period,
) -> ApiResult<Rated> {
    let terms = terms(snapshot, customer, period);
    let mut cuts = boundaries(&rating_input(snapshot, customer, period, &terms, &[]))?;
    let mut sums = month_sums(read, cache, customer, period, &cuts).await?;
    let days = day_borders(&rating_input(snapshot, customer, period, &terms, &sums))?;
    if !days.is_empty() {
        cuts.extend(days);
        sums = month_sums(read, cache, customer, period, &cuts).await?;
    }
    Ok(rate(&rating_input(
        snapshot, customer, period, &terms, &sums,
    ))?)
}

async fn month_sums(
    read: &mut SqliteConnection,
    cache: &mut ClassCache,
    customer: &Customer,
    period: Period,
    cuts: &[Timestamp],
) -> ApiResult<Vec<UsageSum>> {
    let refs = usage::refs_of(read, customer.id).await?;
    let query = SumQuery {
        refs: &refs,
        period,
        epochs: Epochs::All,
        boundaries: cuts,
        grain: Grain::Boundaries,
    };
    Ok(usage::sums(read, cache, &query).await?)
}

fn rating_input<'a>(
    snapshot: &'a Snapshot,
    customer: &Customer,
    period: Period,
    terms: &'a [SubscribedPlan<'a>],
    sums: &'a [UsageSum],
) -> RatingInput<'a> {
    RatingInput {
        zone: customer.zone,
        currency: customer.currency,
        period,
        subscriptions: terms,
        sums,
        prices: &snapshot.prices,
        names: None,
        rules: &snapshot.rules,
        exchange: &snapshot.exchange,
        meters: &snapshot.meters,
        as_of: snapshot.as_of,
    }
}

/// Rates one customer's period for a final invoice: the draft and the frozen inputs.
pub(crate) async fn rate_final(
    read: &mut SqliteConnection,
    cache: &mut ClassCache,
    snapshot: &Snapshot,
    customer: &Customer,
    period: Period,
) -> ApiResult<RatedCustomer> {
    let rated = rate_month(read, cache, snapshot, customer, period).await?;
    let inputs = inputs(snapshot, customer, period, &rated).freeze()?;
    let draft = draft(rated, &snapshot.company, customer)?;
    Ok(RatedCustomer { draft, inputs })
}

fn inputs(snapshot: &Snapshot, customer: &Customer, period: Period, rated: &Rated) -> Inputs {
    let subscriptions = terms(snapshot, customer, period).into_iter();
    let steps = rated.lines.iter().flat_map(|line| &line.explanation.steps);
    let mut prices: Vec<ProviderStep> = Vec::new();
    for step in steps {
        if let Step::ProviderPrice(step) = step
            && !prices.contains(step)
        {
            prices.push(step.clone());
        }
    }
    Inputs {
        v: 1,
        company: snapshot.company.clone(),
        customer: customer.clone(),
        period,
        as_of: snapshot.as_of,
        subscriptions: subscriptions
            .map(|terms| FrozenSubscription {
                subscription: terms.subscription.clone(),
                plan: terms.plan.clone(),
                version: terms.version.clone(),
            })
            .collect(),
        meters: snapshot.meters.clone(),
        rules: snapshot.rules.clone(),
        exchange: snapshot.exchange.clone(),
        names: Some(rated.names.clone()),
        prices,
        usage: rated.usage.clone(),
    }
}
