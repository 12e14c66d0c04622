//! What a customer is on in a period, and what was paid for it before.

use super::rating_input;
use crate::error::ApiResult;
use crate::snapshot::Snapshot;
use chrono::{Datelike, Months};
use ratebook_catalog::{
    Charge, ChargeKind, Customer, FeeTiming, InvoiceId, PlanTerms, Subscription,
};
use ratebook_invoicing::InvoiceLine;
use ratebook_money::{Date, Period};
use ratebook_rating::credits::{IncludedCredit, UsableGrant, included};
use ratebook_rating::period::{self, Cycle};
use ratebook_rating::{LineItem, PaidFee, Standing, Step, SubscribedPlan, is_before, usage_span};
use ratebook_store::{SqliteConnection, invoices};

/// The terms of one customer's period.
pub(super) struct Contract<'a> {
    /// Subscriptions in the order they were made.
    pub terms: Vec<SubscribedPlan<'a>>,
    /// Fees that earlier invoices charged for days after the end of a subscription.
    pub paid: Vec<PaidFee>,
    /// Credit that may pay for usage of the period.
    pub credits: Vec<UsableGrant>,
    /// What the plans grant for the period; part of `credits` until it is in the book.
    pub included: Vec<IncludedCredit>,
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
                standing: Standing::Billed,
            });
        }
    }
    add_before(snapshot, customer, period, &mut terms)?;
    let own = snapshot.credits_of(customer.id).iter();
    // Usage of a period that ends in this month may be older than the month.
    let span = usage_span(customer.zone, period, &terms)?;
    let own = own.filter(|usable| is_usable(usable, customer, span));
    let mut credits: Vec<UsableGrant> = own.cloned().collect();
    let included = included(&rating_input(snapshot, customer, period, &terms, &[]))?;
    for credit in &included {
        // Once an invoice was made of it, what is left of it stands in the book.
        if !snapshot.has_grant(credit.grant.id) {
            credits.push(UsableGrant {
                left: credit.grant.amount,
                grant: credit.grant.clone(),
            });
        }
    }
    Ok(Contract {
        terms,
        paid,
        credits,
        included,
    })
}

/// Adds the earlier versions of the plans that are over and began a billing period which goes on;
/// one whose fee comes back is known, and is then looked at for both.
fn add_before<'a>(
    snapshot: &'a Snapshot,
    customer: &Customer,
    period: Period,
    terms: &mut Vec<SubscribedPlan<'a>>,
) -> ApiResult<()> {
    let first = customer.zone.date_of(period.from);
    for subscription in snapshot.subscriptions_of(customer.id) {
        let Some((plan, version)) = snapshot.plan_of(subscription) else {
            continue;
        };
        let goes_on = terms.iter().any(|own| own.plan.id == plan.id);
        if !goes_on || !is_before(subscription, &version.terms, first)? {
            continue;
        }
        let is_own = |own: &&mut SubscribedPlan| own.subscription.id == subscription.id;
        match terms.iter_mut().find(is_own) {
            Some(known) => known.standing = Standing::Before,
            None => terms.push(SubscribedPlan {
                subscription,
                plan,
                version,
                standing: Standing::Before,
            }),
        }
    }
    Ok(())
}

/// Whether a grant can pay for any usage of a period.
fn is_usable(usable: &UsableGrant, customer: &Customer, period: Period) -> bool {
    let grant = &usable.grant;
    grant.amount.currency() == customer.currency
        && grant.effective_at < period.to
        && grant.expires_at.is_none_or(|end| period.from < end)
}

/// What earlier final invoices charged in advance, less what they gave back, for days after the end
/// of subscriptions that ended in the month or in the one before. The others need not cost the
/// reading of invoices.
async fn paid_before(
    read: &mut SqliteConnection,
    snapshot: &Snapshot,
    customer: &Customer,
    period: Period,
) -> ApiResult<Vec<PaidFee>> {
    let first = customer.zone.date_of(period.from);
    let mut paid = Vec::new();
    for subscription in snapshot.subscriptions_of(customer.id) {
        let Some((_, version)) = snapshot.plan_of(subscription) else {
            continue;
        };
        if let Some(next) = ended(subscription, &version.terms, first) {
            let cycle = Cycle {
                interval: version.terms.interval,
                anchor: version.terms.anchor,
                since: subscription.began_on(),
            };
            // A period is charged in the month before it begins, the first one in its own.
            let charged_from = cycle.containing(next)?.first.max(subscription.starts_on);
            let reach = charged_from.checked_sub_months(Months::new(1));
            let invoices = finals_between(snapshot, customer, reach, first)?;
            for id in invoices {
                let stored = invoices::get(read, id).await?;
                let lines = stored.invoice.lines().iter();
                let own = lines.filter(|line| line.rated.subscription == subscription.id);
                own.filter_map(|line| paid_fee(line, next))
                    .for_each(|fee| add(&mut paid, fee, next));
            }
        }
    }
    Ok(paid)
}

/// The day after a subscription, when it ended in the month that begins on `first` or in the one
/// before, was on an invoice before, and pays something in advance.
fn ended(subscription: &Subscription, terms: &PlanTerms, first: Date) -> Option<Date> {
    let next = subscription.ends_on?.succ_opt()?;
    let before = first.checked_sub_months(Months::new(1))?;
    let after = first
        .checked_add_months(Months::new(1))
        .unwrap_or(Date::MAX);
    let in_advance = |charge: &Charge| {
        let timing = FeeTiming::Advance;
        matches!(charge.kind, ChargeKind::RecurringFee { timing: own, .. } if own == timing)
    };
    let pays_ahead = terms.charges.iter().any(in_advance);
    (pays_ahead && subscription.starts_on < first && before <= next && next < after).then_some(next)
}

/// Final invoices of the months from that of `reach` to the one before `first`, oldest first.
fn finals_between(
    snapshot: &Snapshot,
    customer: &Customer,
    reach: Option<Date>,
    first: Date,
) -> ApiResult<Vec<InvoiceId>> {
    let mut found = Vec::new();
    let mut month = reach.unwrap_or(first);
    while month < first {
        let period = customer.zone.month_of(month)?;
        found.extend(snapshot.finalized(customer.id, period).map(|head| head.id));
        let next = month.checked_add_months(Months::new(1));
        month = next.and_then(|next| next.with_day(1)).unwrap_or(first);
    }
    Ok(found)
}

/// Adds a fee; one that gives back just what another paid cancels it.
fn add(paid: &mut Vec<PaidFee>, fee: PaidFee, next: Date) {
    let cancels = |other: &PaidFee| {
        other.subscription == fee.subscription
            && other.charge == fee.charge
            && other.days.first.max(next) == fee.days.first.max(next)
            && other.days.last == fee.days.last
            && other.seats == fee.seats
            && Some(other.fee.minor()) == fee.fee.minor().checked_neg()
    };
    match paid.iter().position(cancels) {
        Some(place) => drop(paid.remove(place)),
        None => paid.push(fee),
    }
}

/// A fee in advance for days from `next` on.
fn paid_fee(line: &InvoiceLine, next: Date) -> Option<PaidFee> {
    let rated = &line.rated;
    let advance = LineItem::Fee {
        timing: FeeTiming::Advance,
    };
    if rated.item != advance || rated.service.last < next {
        return None;
    }
    let mut steps = rated.explanation.steps.iter();
    let (fee, seats) = steps.find_map(|step| match step {
        Step::Fee { amount, seats, .. } => Some((*amount, seats.map(|seats| seats.count))),
        _ => None,
    })?;
    let whole = || period::day_count(rated.service).ok();
    Some(PaidFee {
        subscription: rated.subscription,
        charge: rated.charge_name.clone(),
        days: rated.service,
        fee,
        seats,
        of: rated.share.map(|share| share.of).or_else(whole),
        by: rated.share.map(|share| share.by).unwrap_or_default(),
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
            standing: Standing::Billed,
        })
    })
    .collect()
}
