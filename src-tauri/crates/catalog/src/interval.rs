use serde::{Deserialize, Serialize};

/// How long a billing period is: so many days, weeks, months, quarters or years.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Interval {
    /// What is counted.
    pub unit: IntervalUnit,
    /// How many of it, 1 to 100.
    pub count: u16,
}

impl Interval {
    /// One month: what a plan has that says nothing else.
    pub const MONTH: Self = Self {
        unit: IntervalUnit::Month,
        count: 1,
    };

    /// Whether it is one month.
    #[must_use]
    pub fn is_month(&self) -> bool {
        *self == Self::MONTH
    }
}

impl Default for Interval {
    fn default() -> Self {
        Self::MONTH
    }
}

/// What the length of a billing period is counted in.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IntervalUnit {
    /// Calendar days.
    Day,
    /// Seven days; of the calendar: from Monday.
    Week,
    /// Calendar months.
    Month,
    /// Three months; of the calendar: from January, April, July and October.
    Quarter,
    /// Twelve months; of the calendar: from January.
    Year,
}

/// From which day the billing periods are counted.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Anchor {
    /// From the calendar: all customers have the same periods. Several months or years are counted
    /// from January of the year 0, several days or weeks from Monday, 1 January 2001.
    #[default]
    Calendar,
    /// From the day on which the subscription began.
    Anniversary,
}

impl Anchor {
    /// Whether it is the calendar.
    #[must_use]
    pub fn is_calendar(&self) -> bool {
        *self == Self::Calendar
    }
}

/// What the share of a period is measured in.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proration {
    /// Days in the customer's zone; the day of a change belongs to what is new.
    #[default]
    Days,
    /// Seconds, from midnight to midnight in the customer's zone: a day on which clocks change is
    /// an hour longer or shorter.
    Seconds,
}

impl Proration {
    /// Whether it is by days.
    #[must_use]
    pub fn is_days(&self) -> bool {
        *self == Self::Days
    }
}
