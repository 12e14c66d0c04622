//! Which billing periods the invoice of a month carries.
//!
//! A month's invoice has the usage, and what is charged in arrears, of every period that ends in
//! the month; a period ends early when its subscription does. Usage of periods that go on is left
//! to the invoice of the month in which they end.

use crate::period::{Cycle, overlap};
use crate::window::{Window, period_days};
use crate::{RatingInput, ServiceDays, SubscribedPlan};
use ratebook_catalog::{ChargeKind, PlanTerms, Subscription};
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
        };
        let life = life(subscribed.subscription);
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
        let all = self.windows.iter().chain(&self.open);
        all.flat_map(|window| [window.from, window.to])
    }
}

/// The span of usage that the invoice of a month may charge: the month itself, and what lies before
/// it in periods that end in it.
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
        let counts = |kind: &ChargeKind| matches!(kind, ChargeKind::Usage { .. });
        if terms.bills_months() || !terms.charges.iter().any(|charge| counts(&charge.kind)) {
            continue;
        }
        let days = month.get_or_insert_with(|| crate::window::days_of(zone, period));
        let billed = Billed::in_month(zone, period, *days, subscribed)?;
        if let Some(first) = billed.windows.first() {
            span.from = span.from.min(first.from);
        }
    }
    Ok(span)
}
