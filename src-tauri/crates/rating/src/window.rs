use crate::{RatingInput, ServiceDays, SubscribedPlan};
use ratebook_money::{Date, MoneyError, Timestamp, Zone};

/// The part of the billing period in which a subscription is active, as instants and as days.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Window {
    pub from: Timestamp,
    pub to: Timestamp,
    pub days: ServiceDays,
}

impl Window {
    /// The active part, or nothing when the subscription does not touch the period.
    pub(crate) fn of(
        input: &RatingInput,
        subscribed: &SubscribedPlan,
    ) -> Result<Option<Self>, MoneyError> {
        let whole = period_days(input);
        let subscription = subscribed.subscription;
        let first = subscription.starts_on.max(whole.first);
        let last = subscription
            .ends_on
            .map_or(whole.last, |end| end.min(whole.last));
        if first > last {
            return Ok(None);
        }
        // Days at the edges of the period end where the period does, without asking the calendar.
        let from = if first == whole.first {
            input.period.from
        } else {
            input.zone.start_of(first)?
        };
        let to = match last.succ_opt().filter(|_| last != whole.last) {
            None => input.period.to,
            Some(after) => input.zone.start_of(after)?,
        };
        let days = ServiceDays { first, last };
        Ok(Some(Self { from, to, days }))
    }

    /// The whole billing period.
    pub(crate) fn whole(input: &RatingInput) -> Self {
        Self {
            from: input.period.from,
            to: input.period.to,
            days: period_days(input),
        }
    }

    pub(crate) fn contains(&self, at: Timestamp) -> bool {
        self.from <= at && at < self.to
    }
}

/// First and last day of the billing period.
pub(crate) fn period_days(input: &RatingInput) -> ServiceDays {
    ServiceDays {
        first: input.zone.date_of(input.period.from),
        last: last_day(input.zone, input.period.to),
    }
}

/// The day of the last instant before `to`.
pub(crate) fn last_day(zone: Zone, to: Timestamp) -> Date {
    zone.date_of(Timestamp::from_micros(to.micros().saturating_sub(1)))
}
