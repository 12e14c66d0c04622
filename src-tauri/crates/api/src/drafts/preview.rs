//! The next invoices of a subscription that is not stored, under an assumption about usage.

use super::readings::readings;
use super::{contract, month_sums, rating_input};
use crate::error::ApiResult;
use crate::snapshot::{Month, Snapshot};
use chrono::Datelike;
use ratebook_catalog::{Customer, Subscription};
use ratebook_invoicing::{DraftInvoice, draft};
use ratebook_money::{Date, Period, Timestamp};
use ratebook_rating::{
    MeterReadings, RatingInput, Reading, Standing, SubscribedPlan, looks_at_hours, rate,
    usage_span, wanted,
};
use ratebook_store::SqliteConnection;
use ratebook_store::usage::ClassCache;
use ratebook_usage::UsageSum;

/// How many invoices are shown.
const INVOICES: usize = 3;
/// How far ahead they are looked for: a plan may bill every ten years, but nobody plans that far.
const MONTHS_AHEAD: usize = 40;
/// In microseconds.
const HOUR: i64 = 3_600_000_000;
/// How far back usage is looked for.
const MONTHS_BACK: usize = 12;

/// What a subscription would be invoiced.
pub(crate) struct Preview {
    /// Each with something on it, in order.
    pub invoices: Vec<(Month, DraftInvoice)>,
    /// The month whose usage is assumed for months that are not over; nothing without usage.
    pub assumed: Option<Month>,
}

/// Usage of a customer by days or hours: what the book has of months that are over, and for the
/// others that of the newest month that has any.
struct Assumption {
    /// The first month that is not over.
    this: Month,
    /// Usage is looked at by hours: some price does.
    hours: bool,
    /// The month, and its usage by days or hours.
    known: Option<(Month, Vec<UsageSum>)>,
}

/// The next invoices with lines of one subscription, alone, as if it were stored in `snapshot`.
pub(crate) async fn preview(
    read: &mut SqliteConnection,
    cache: &mut ClassCache,
    snapshot: &Snapshot,
    customer: &Customer,
    subscription: &Subscription,
) -> ApiResult<Preview> {
    let this = month_of(customer.zone.date_of(snapshot.as_of));
    let plan = snapshot.plan_of(subscription);
    let terms = plan.map(|(plan, version)| SubscribedPlan {
        subscription,
        plan,
        version,
        standing: Standing::Billed,
    });
    let hours = looks_at_hours(&terms.into_iter().collect::<Vec<_>>());
    let known = newest_usage(read, cache, snapshot, customer, (this, hours)).await?;
    let assumption = Assumption { this, hours, known };
    let mut invoices = Vec::new();
    // The month before may still be open: then its invoice is the next one.
    let mut month = this.before().max(month_of(subscription.starts_on));
    let ends = subscription.ends_on.map(month_of);
    for _ in 0..MONTHS_AHEAD {
        let is_over = ends.is_some_and(|last| last.after() < month);
        if invoices.len() == INVOICES || is_over {
            break;
        }
        let period = month.period(customer)?;
        if snapshot.finalized(customer.id, period).is_none() {
            let place = (customer, period);
            let found = invoice(read, cache, snapshot, place, subscription, &assumption).await?;
            invoices.extend(found.map(|found| (month, found)));
        }
        month = month.after();
    }
    let assumed = assumption.known.map(|(month, _)| month);
    Ok(Preview { invoices, assumed })
}

/// The invoice of a month; nothing when nothing is on it.
async fn invoice(
    read: &mut SqliteConnection,
    cache: &mut ClassCache,
    snapshot: &Snapshot,
    (customer, period): (&Customer, Period),
    subscription: &Subscription,
    assumption: &Assumption,
) -> ApiResult<Option<DraftInvoice>> {
    let contract = contract::of(read, snapshot, customer, period).await?;
    let is_own = |id| id == subscription.id;
    let mut terms = contract.terms;
    // Its tiers go on from what an earlier version of its plan counted.
    terms.retain(|own| is_own(own.subscription.id) || !own.standing.is_billed());
    let mut paid = contract.paid;
    paid.retain(|own| is_own(own.subscription));
    let span = usage_span(customer.zone, period, &terms)?;
    let sums = usage(read, cache, snapshot, customer, span, assumption).await?;
    let readings = events(read, cache, snapshot, (customer, span), &terms, assumption).await?;
    let rated = rate(&RatingInput {
        paid: &paid,
        readings: &readings,
        ..rating_input(snapshot, customer, period, &terms, &sums)
    })?;
    if rated.lines.is_empty() {
        return Ok(None);
    }
    Ok(Some(draft(rated, &snapshot.company, customer)?))
}

/// The usage of the months of a span, by days.
async fn usage(
    read: &mut SqliteConnection,
    cache: &mut ClassCache,
    snapshot: &Snapshot,
    customer: &Customer,
    span: Period,
    assumption: &Assumption,
) -> ApiResult<Vec<UsageSum>> {
    let mut sums = Vec::new();
    let last = Timestamp::from_micros(span.to.micros().saturating_sub(1));
    let last = month_of(customer.zone.date_of(last));
    let mut month = month_of(customer.zone.date_of(span.from));
    while month <= last {
        if month < assumption.this {
            let place = (month, assumption.hours);
            sums.extend(by_days(read, cache, snapshot, customer, place).await?);
        } else if let Some((from, known)) = &assumption.known {
            sums.extend(moved(known, customer, (*from, month))?);
        }
        month = month.after();
    }
    sums.retain(|sum| span.contains(sum.at));
    Ok(sums)
}

/// The single events that meters of the terms need, of the months of a span.
async fn events(
    read: &mut SqliteConnection,
    cache: &mut ClassCache,
    snapshot: &Snapshot,
    (customer, span): (&Customer, Period),
    terms: &[SubscribedPlan<'_>],
    assumption: &Assumption,
) -> ApiResult<Vec<MeterReadings>> {
    let wanted = wanted(terms, &snapshot.meters);
    let refs = snapshot.refs_of(customer.id);
    let this = assumption.this.period(customer)?;
    let over = Period {
        to: span.to.min(this.from).max(span.from),
        ..span
    };
    let mut found = readings(read, cache, refs, over, &wanted).await?;
    let Some((known, _)) = assumption.known.as_ref().filter(|_| !wanted.is_empty()) else {
        return Ok(found);
    };
    let assumed = readings(read, cache, refs, known.period(customer)?, &wanted).await?;
    let mut month = assumption
        .this
        .max(month_of(customer.zone.date_of(span.from)));
    let last = Timestamp::from_micros(span.to.micros().saturating_sub(1));
    while month <= month_of(customer.zone.date_of(last)) {
        for (own, assumed) in found.iter_mut().zip(&assumed) {
            for reading in &assumed.list {
                let at = moved_to(reading.at, *known, month, customer)?;
                own.list.extend(at.map(|at| Reading {
                    at,
                    ..reading.clone()
                }));
            }
        }
        month = month.after();
    }
    for own in &mut found {
        own.list.sort_by_key(|reading| reading.at);
    }
    Ok(found)
}

/// An instant of one month as that of another, at the same time after the start of the day of the
/// same number; what was before the month goes to its start. Nothing for a day that there is not.
fn moved_to(
    at: Timestamp,
    from: Month,
    to: Month,
    customer: &Customer,
) -> ApiResult<Option<Timestamp>> {
    if at < from.period(customer)?.from {
        return Ok(Some(to.period(customer)?.from));
    }
    let day = customer.zone.date_of(at);
    let Some(moved) = Date::from_ymd_opt(to.year, to.month, day.day()) else {
        return Ok(None);
    };
    let since = at
        .micros()
        .saturating_sub(customer.zone.start_of(day)?.micros());
    let start = customer.zone.start_of(moved)?;
    let moved = Timestamp::from_micros(start.micros().saturating_add(since));
    // A day with a clock change may be shorter.
    Ok(Some(moved).filter(|moved| customer.zone.date_of(*moved).month() == to.month))
}

/// Usage as that of another month, each day on the day of the same number; days that the month does
/// not have are left out.
fn moved(
    known: &[UsageSum],
    customer: &Customer,
    (from, to): (Month, Month),
) -> ApiResult<Vec<UsageSum>> {
    let mut sums = Vec::with_capacity(known.len());
    for sum in known {
        let at = moved_to(sum.at, from, to, customer)?;
        sums.extend(at.map(|at| UsageSum { at, ..sum.clone() }));
    }
    Ok(sums)
}

/// The newest month before `this` in which the customer used anything.
async fn newest_usage(
    read: &mut SqliteConnection,
    cache: &mut ClassCache,
    snapshot: &Snapshot,
    customer: &Customer,
    (this, hours): (Month, bool),
) -> ApiResult<Option<(Month, Vec<UsageSum>)>> {
    let mut month = this;
    for _ in 0..MONTHS_BACK {
        month = month.before();
        let sums = by_days(read, cache, snapshot, customer, (month, hours)).await?;
        if !sums.is_empty() {
            return Ok(Some((month, sums)));
        }
    }
    Ok(None)
}

async fn by_days(
    read: &mut SqliteConnection,
    cache: &mut ClassCache,
    snapshot: &Snapshot,
    customer: &Customer,
    (month, hours): (Month, bool),
) -> ApiResult<Vec<UsageSum>> {
    let period = month.period(customer)?;
    let mut cuts = Vec::new();
    let mut day = Some(customer.zone.date_of(period.from));
    while let Some(today) = day {
        let start = customer.zone.start_of(today)?;
        if start >= period.to {
            break;
        }
        day = today.succ_opt();
        let end = day.map(|next| customer.zone.start_of(next)).transpose()?;
        let end = end.filter(|_| hours).unwrap_or(start);
        let step = std::iter::successors(Some(start.micros()), |at| at.checked_add(HOUR));
        cuts.push(start);
        cuts.extend(
            step.take_while(|at| *at < end.micros())
                .map(Timestamp::from_micros),
        );
    }
    let refs = snapshot.refs_of(customer.id);
    month_sums(read, cache, refs, period, &cuts, &snapshot.prices).await
}

fn month_of(day: Date) -> Month {
    Month {
        year: day.year(),
        month: day.month(),
    }
}
