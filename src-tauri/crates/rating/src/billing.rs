//! Which billing periods the invoice of a month carries.
//!
//! A month's invoice has the usage, and what is charged in arrears, of every period that ends in
//! the month; a period ends early when its subscription does. Usage of periods that go on is left
//! to the invoice of the month in which they end.

use crate::period::{Cycle, overlap};
use crate::window::{Window, period_days};
use crate::{RatingInput, ServiceDays, SubscribedPlan};
use ratebook_catalog::{Charge, ChargeKind, PlanTerms, Subscription};
use ratebook_money::{Date, MoneyError, Period, Timestamp, Zone};

/// What the invoice of a month bills of one subscription.
pub(crate) struct Billed<'a> {
    pub subscribed: &'a SubscribedPlan<'a>,
    pub cycle: Cycle,
    /// The days of the month on which it is active; nothing when it was over before.
    pub active: Option<Window>,
    /// The periods that end in the month, as far as it is active in them, in order.
    pub windows: Vec<Window>,
    /// The period that goes on after the month.
    pub open: Option<Window>,
    /// What it was active of a period that goes on into the month, when it was over before.
    pub before: Option<Window>,
}

/// The days between which a subscription runs.
pub(crate) fn life(subscription: &Subscription) -> ServiceDays {
    ServiceDays {
        first: subscription.starts_on,
        last: subscription.ends_on.unwrap_or(Date::MAX),
    }
}

/// The billing periods of a subscription.
pub(crate) fn cycle(terms: &PlanTerms, subscription: &Subscription) -> Cycle {
    Cycle {
        interval: terms.interval,
        anchor: terms.anchor,
        since: subscription.began_on(),
    }
}

impl<'a> Billed<'a> {
    /// What the month of `input` bills of a subscription.
    pub(crate) fn of(
        input: &RatingInput,
        subscribed: &'a SubscribedPlan<'a>,
    ) -> Result<Self, MoneyError> {
        Self::in_month(input.zone, input.period, period_days(input), subscribed)
    }

    fn in_month(
        zone: Zone,
        period: Period,
        month: ServiceDays,
        subscribed: &'a SubscribedPlan<'a>,
    ) -> Result<Self, MoneyError> {
        let terms = &subscribed.version.terms;
        let mut billed = Self {
            subscribed,
            cycle: cycle(terms, subscribed.subscription),
            active: None,
            windows: Vec::new(),
            open: None,
            before: None,
        };
        let life = life(subscribed.subscription);
        if !subscribed.standing.is_billed() {
            let whole = billed.cycle.containing(life.last)?;
            let days = overlap(whole, life).filter(|_| whole.last >= month.first);
            let window = days.map(|days| Window::new(zone, (period, month), days, whole));
            billed.before = window.transpose()?;
            return Ok(billed);
        }
        let Some(active) = overlap(life, month) else {
            return Ok(billed);
        };
        let window =
            |days: ServiceDays, whole: ServiceDays| Window::new(zone, (period, month), days, whole);
        billed.active = Some(window(active, month)?);
        if terms.bills_months() {
            billed.windows.extend(billed.active);
            return Ok(billed);
        }
        for whole in billed.cycle.touching(active)? {
            let Some(days) = overlap(whole, life) else {
                continue;
            };
            let own = window(days, whole)?;
            if days.last <= month.last {
                billed.windows.push(own);
            } else {
                billed.open = Some(own);
            }
        }
        Ok(billed)
    }

    /// Whether an instant is in a period that this month bills.
    pub(crate) fn bills(&self, at: Timestamp) -> bool {
        self.windows.iter().any(|window| window.contains(at))
    }

    /// Whether an instant is in a period that a later invoice bills.
    pub(crate) fn bills_later(&self, at: Timestamp) -> bool {
        self.open.is_some_and(|open| open.contains(at))
    }

    /// The instants at which its periods begin and end.
    pub(crate) fn borders(&self) -> impl Iterator<Item = Timestamp> + '_ {
        let all = self.windows.iter().chain(&self.open).chain(&self.before);
        all.flat_map(|window| [window.from, window.to])
    }
}

/// Whether a subscription was over before the month that begins on `first`, and counted usage of a
/// billing period that was not over with it. Rating takes it as [`Standing::Before`] where the
/// customer goes on with another version of the plan.
///
/// # Errors
/// [`MoneyError::NotATime`] outside of the calendar.
pub fn is_before(
    subscription: &Subscription,
    terms: &PlanTerms,
    first: Date,
) -> Result<bool, MoneyError> {
    match subscription.ends_on {
        Some(last) if last < first && !terms.bills_months() && has_usage(terms) => {
            let whole = cycle(terms, subscription).containing(last)?;
            Ok(whole.last >= first)
        }
        Some(_) | None => Ok(false),
    }
}

fn has_usage(terms: &PlanTerms) -> bool {
    let counts = |charge: &Charge| matches!(charge.kind, ChargeKind::Usage { .. });
    terms.charges.iter().any(counts)
}

/// The span of usage that the invoice of a month looks at: the month itself, and what lies before
/// it in periods that end in it or were begun by another version of a plan.
///
/// # Errors
/// [`MoneyError::NotATime`] when a subscription's day lies outside of the calendar.
pub fn usage_span(
    zone: Zone,
    period: Period,
    subscriptions: &[SubscribedPlan],
) -> Result<Period, MoneyError> {
    let mut span = period;
    let mut month = None;
    for subscribed in subscriptions {
        let terms = &subscribed.version.terms;
        if terms.bills_months() || !has_usage(terms) {
            continue;
        }
        let days = month.get_or_insert_with(|| crate::window::days_of(zone, period));
        let billed = Billed::in_month(zone, period, *days, subscribed)?;
        let first = billed.before.as_ref().or(billed.windows.first());
        if let Some(first) = first {
            span.from = span.from.min(first.from);
        }
    }
    Ok(span)
}
