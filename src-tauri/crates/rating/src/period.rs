//! Billing periods: which days belong together on an invoice. They follow each other without a gap
//! or an overlap, for ever in both directions.

use crate::ServiceDays;
use chrono::{Datelike, Days, Months, NaiveDate, TimeDelta};
use ratebook_catalog::{Anchor, Interval, IntervalUnit};
use ratebook_money::{Date, MoneyError, Period, Zone};

/// The billing periods of one subscription.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cycle {
    /// How long each is.
    pub interval: Interval,
    /// From where they are counted.
    pub anchor: Anchor,
    /// The day that an anniversary is of; the calendar does not look at it.
    pub since: Date,
}

/// How far two borders are apart.
#[derive(Clone, Copy)]
enum Stride {
    Days(i64),
    Months(i64),
}

impl Cycle {
    /// The calendar months.
    pub const CALENDAR_MONTHS: Self = Self {
        interval: Interval::MONTH,
        anchor: Anchor::Calendar,
        since: Date::MIN,
    };

    /// The period that a day is in. Periods that begin on the 29th to the 31st begin on the last
    /// day of shorter months and return to their own day after.
    ///
    /// # Errors
    /// [`MoneyError::NotATime`] outside of the calendar; [`MoneyError::DivisionByZero`] for an
    /// interval of nothing.
    pub fn containing(&self, day: Date) -> Result<ServiceDays, MoneyError> {
        let number = self.number_at(day)?;
        let next = number.checked_add(1).ok_or(MoneyError::Overflow)?;
        let after = self.start(next)?;
        Ok(ServiceDays {
            first: self.start(number)?,
            last: after.pred_opt().ok_or_else(|| not_a_time(day))?,
        })
    }

    /// The period after the one that a day is in.
    ///
    /// # Errors
    /// As [`Cycle::containing`].
    pub fn after(&self, period: ServiceDays) -> Result<ServiceDays, MoneyError> {
        let next = period.last.succ_opt();
        self.containing(next.ok_or_else(|| not_a_time(period.last))?)
    }

    /// Every period that shares a day with `days`, in order.
    ///
    /// # Errors
    /// As [`Cycle::containing`].
    pub fn touching(&self, days: ServiceDays) -> Result<Vec<ServiceDays>, MoneyError> {
        let mut periods = Vec::new();
        if days.first > days.last {
            return Ok(periods);
        }
        let mut period = self.containing(days.first)?;
        periods.push(period);
        while period.last < days.last {
            period = self.after(period)?;
            periods.push(period);
        }
        Ok(periods)
    }

    /// Which period a day is in, counted from 1 for the one that `first` is in; zero and below
    /// before it.
    ///
    /// # Errors
    /// As [`Cycle::containing`].
    pub fn number(&self, first: Date, day: Date) -> Result<i64, MoneyError> {
        let between = self.number_at(day)?.checked_sub(self.number_at(first)?);
        let number = between.and_then(|between| between.checked_add(1));
        number.ok_or(MoneyError::Overflow)
    }

    /// The number of the period that a day is in, from wherever this cycle counts.
    fn number_at(&self, day: Date) -> Result<i64, MoneyError> {
        match self.stride() {
            Stride::Days(days) => {
                let gone = day.signed_duration_since(self.origin()).num_days();
                divided(gone, days)
            }
            Stride::Months(months) => {
                let gone = month_count(day).checked_sub(month_count(self.origin()));
                let number = divided(gone.ok_or(MoneyError::Overflow)?, months)?;
                // It begins later in the month than this day is: still the period before.
                if self.start(number)? > day {
                    return number.checked_sub(1).ok_or(MoneyError::Overflow);
                }
                Ok(number)
            }
        }
    }

    /// The first day of a period, always counted from the origin, so that the last day of
    /// February does not become the day of all months after it.
    fn start(&self, number: i64) -> Result<Date, MoneyError> {
        let origin = self.origin();
        let moved = match self.stride() {
            Stride::Days(days) => number
                .checked_mul(days)
                .and_then(TimeDelta::try_days)
                .and_then(|days| origin.checked_add_signed(days)),
            Stride::Months(months) => number.checked_mul(months).and_then(|months| {
                let count = Months::new(u32::try_from(months.unsigned_abs()).ok()?);
                if months < 0 {
                    origin.checked_sub_months(count)
                } else {
                    origin.checked_add_months(count)
                }
            }),
        };
        moved.ok_or_else(|| not_a_time(origin))
    }

    fn stride(&self) -> Stride {
        let count = i64::from(self.interval.count);
        match self.interval.unit {
            IntervalUnit::Day => Stride::Days(count),
            IntervalUnit::Week => Stride::Days(count.saturating_mul(7)),
            IntervalUnit::Month => Stride::Months(count),
            IntervalUnit::Quarter => Stride::Months(count.saturating_mul(3)),
            IntervalUnit::Year => Stride::Months(count.saturating_mul(12)),
        }
    }

    fn origin(&self) -> Date {
        match (self.anchor, self.stride()) {
            (Anchor::Anniversary, _) => self.since,
            (Anchor::Calendar, Stride::Days(_)) => FIRST_MONDAY,
            (Anchor::Calendar, Stride::Months(_)) => YEAR_ZERO,
        }
    }
}

/// The first day of this millennium was a Monday.
const FIRST_MONDAY: Date = NaiveDate::from_ymd_opt(2001, 1, 1).expect("a day of the calendar");
const YEAR_ZERO: Date = NaiveDate::from_ymd_opt(0, 1, 1).expect("a day of the calendar");

/// The instants of days in a zone. Days that a zone leaves out have no length.
///
/// # Errors
/// [`MoneyError::NotATime`] outside of the calendar.
pub fn instants(days: ServiceDays, zone: Zone) -> Result<Period, MoneyError> {
    zone.days(days.first, days.last)
}

/// The days that both have; nothing when they share none.
#[must_use]
pub fn overlap(one: ServiceDays, other: ServiceDays) -> Option<ServiceDays> {
    let first = one.first.max(other.first);
    let last = one.last.min(other.last);
    (first <= last).then_some(ServiceDays { first, last })
}

/// The days of `days` from a day on; nothing when all lie before it.
#[must_use]
pub fn from_day(days: ServiceDays, first: Date) -> Option<ServiceDays> {
    let first = first.max(days.first);
    (first <= days.last).then_some(ServiceDays { first, ..days })
}

/// The number of days, both ends included.
///
/// # Errors
/// [`MoneyError::Overflow`] when they end before they begin.
pub fn day_count(days: ServiceDays) -> Result<u32, MoneyError> {
    let between = days.last.signed_duration_since(days.first).num_days();
    u32::try_from(between.saturating_add(1)).map_err(|_| MoneyError::Overflow)
}

/// The day before, if there is one.
#[must_use]
pub fn day_before(day: Date) -> Option<Date> {
    day.checked_sub_days(Days::new(1))
}

fn month_count(day: Date) -> i64 {
    let years = i64::from(day.year()).saturating_mul(12);
    years.saturating_add(i64::from(day.month0()))
}

fn divided(value: i64, by: i64) -> Result<i64, MoneyError> {
    let quotient = value.checked_div_euclid(by);
    quotient.ok_or(MoneyError::DivisionByZero)
}

fn not_a_time(day: Date) -> MoneyError {
    MoneyError::NotATime(day.to_string())
}
