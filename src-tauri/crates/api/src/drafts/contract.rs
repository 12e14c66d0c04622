//! What a customer is on in a period, and what was paid for it before.

use crate::error::ApiResult;
use crate::snapshot::Snapshot;
use chrono::Months;
use ratebook_catalog::{Customer, FeeTiming, Subscription};
use ratebook_invoicing::InvoiceLine;
use ratebook_money::{Date, Period};
use ratebook_rating::credits::UsableGrant;
use ratebook_rating::{LineItem, PaidFee, Step, SubscribedPlan};
use ratebook_store::{SqliteConnection, invoices};

/// The terms of one customer's period.
pub(super) struct Contract<'a> {
    /// Subscriptions in the order they were made.
    pub terms: Vec<SubscribedPlan<'a>>,
    /// Fees that the invoice of the month before charged for days of the period, where they matter.
    pub paid: Vec<PaidFee>,
    /// Credit that may pay for usage of the period.
    pub credits: Vec<UsableGrant>,
}

/// The terms of a customer's period as the book is now.
pub(super) async fn of<'a>(
    read: &mut SqliteConnection,
    snapshot: &'a Snapshot,
    customer: &Customer,
    period: Period,
) -> ApiResult<Contract<'a>> {
    let mut terms = terms(snapshot, customer, period);
    let paid = paid_before(read, snapshot, customer, period).await?;
    let comes_back = |own: &&Subscription| paid.iter().any(|paid| paid.subscription == own.id);
    for subscription in snapshot.subscriptions_of(customer.id).filter(comes_back) {
        let is_known = terms
            .iter()
            .any(|own| own.subscription.id == subscription.id);
        if let (false, Some((plan, version))) = (is_known, snapshot.plan_of(subscription)) {
            terms.push(SubscribedPlan {
                subscription,
                plan,
                version,
            });
        }
    }
    let own = snapshot.credits_of(customer.id).iter();
    let credits = own.filter(|usable| is_usable(usable, customer, period));
    let credits = credits.cloned().collect();
    Ok(Contract {
        terms,
        paid,
        credits,
    })
}

/// Whether a grant can pay for any usage of a period.
fn is_usable(usable: &UsableGrant, customer: &Customer, period: Period) -> bool {
    let grant = &usable.grant;
    grant.amount.currency() == customer.currency
        && grant.effective_at < period.to
        && grant.expires_at.is_none_or(|end| period.from < end)
}

/// What the final invoice of the month before charged for days of the period, for subscriptions
/// that ended before the period does: only these can have paid too much. The others need not cost
/// the reading of an invoice.
async fn paid_before(
    read: &mut SqliteConnection,
    snapshot: &Snapshot,
    customer: &Customer,
    period: Period,
) -> ApiResult<Vec<PaidFee>> {
    let zone = customer.zone;
    let first = zone.date_of(period.from);
    let Some(before) = first.checked_sub_months(Months::new(1)) else {
        return Ok(Vec::new());
    };
    let after = first
        .checked_add_months(Months::new(1))
        .unwrap_or(Date::MAX);
    let ended = |own: &Subscription| {
        let last = own.ends_on.and_then(|last| last.succ_opt());
        own.starts_on < first && last.is_some_and(|next| before <= next && next < after)
    };
    let month = Period {
        from: zone.start_of(before)?,
        to: period.from,
    };
    let final_before = snapshot.finalized(customer.id, month);
    let Some(head) = final_before.filter(|_| snapshot.subscriptions_of(customer.id).any(ended))
    else {
        return Ok(Vec::new());
    };
    let stored = invoices::get(read, head.id).await?;
    let lines = stored.invoice.lines().iter();
    Ok(lines.filter_map(|line| paid(line, first)).collect())
}

/// A fee for days from `first` on.
fn paid(line: &InvoiceLine, first: Date) -> Option<PaidFee> {
    let rated = &line.rated;
    let is_advance = matches!(
        rated.item,
        LineItem::Fee {
            timing: FeeTiming::Advance
        }
    );
    let fee = rated.explanation.steps.iter().find_map(|step| match step {
        Step::Fee { amount, .. } => Some(*amount),
        _ => None,
    })?;
    (is_advance && rated.service.first >= first && fee.minor() > 0).then(|| PaidFee {
        subscription: rated.subscription,
        charge: rated.charge_name.clone(),
        days: rated.service,
        fee,
    })
}

/// What a customer is on in a period.
pub(crate) fn terms<'a>(
    snapshot: &'a Snapshot,
    customer: &Customer,
    period: Period,
) -> Vec<SubscribedPlan<'a>> {
    let own = snapshot.subscriptions_of(customer.id);
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
