use crate::{RatingInput, ServiceDays};
use ratebook_money::{Date, MoneyError, Period, Timestamp, Zone};

/// The part of a billing period in which a subscription is active, as instants and as days.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Window {
    pub from: Timestamp,
    pub to: Timestamp,
    pub days: ServiceDays,
    /// The whole billing period.
    pub whole: ServiceDays,
}

impl Window {
    /// Some days of a billing period; `month` is that of the invoice.
    pub(crate) fn new(
        zone: Zone,
        (period, month): (Period, ServiceDays),
        days: ServiceDays,
        whole: ServiceDays,
    ) -> Result<Self, MoneyError> {
        // Days at the edges of the month end where the month does, without asking the calendar.
        let from = if days.first == month.first {
            period.from
        } else {
            zone.start_of(days.first)?
        };
        let to = match days.last.succ_opt().filter(|_| days.last != month.last) {
            None => period.to,
            Some(after) => zone.start_of(after)?,
        };
        Ok(Self {
            from,
            to,
            days,
            whole,
        })
    }

    /// The whole month of the invoice.
    pub(crate) fn month(input: &RatingInput) -> Self {
        let days = period_days(input);
        Self {
            from: input.period.from,
            to: input.period.to,
            days,
            whole: days,
        }
    }

    /// All usage that is looked at: the month, and what it reaches back to.
    pub(crate) fn of_usage(input: &RatingInput) -> Result<Self, MoneyError> {
        let span = crate::instants::span(input)?;
        let days = days_of(input.zone, span);
        Ok(Self {
            from: span.from,
            to: span.to,
            days,
            whole: days,
        })
    }

    pub(crate) fn contains(&self, at: Timestamp) -> bool {
        self.from <= at && at < self.to
    }
}

/// First and last day of the invoice's month.
pub(crate) fn period_days(input: &RatingInput) -> ServiceDays {
    days_of(input.zone, input.period)
}

/// First and last day of a period.
pub(crate) fn days_of(zone: Zone, period: Period) -> ServiceDays {
    ServiceDays {
        first: zone.date_of(period.from),
        last: last_day(zone, period.to),
    }
}

/// The day of the last instant before `to`.
pub(crate) fn last_day(zone: Zone, to: Timestamp) -> Date {
    zone.date_of(Timestamp::from_micros(to.micros().saturating_sub(1)))
}
