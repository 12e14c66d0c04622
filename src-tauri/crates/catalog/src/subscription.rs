use crate::{ChargeChange, CustomerId, PlanVersionId, SubscriptionId};
use ratebook_money::Date;
use serde::{Deserialize, Serialize};

/// A customer on a plan version, from a day on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Subscription {
    /// Id in the book.
    pub id: SubscriptionId,
    /// Who.
    pub customer: CustomerId,
    /// On what.
    pub plan_version: PlanVersionId,
    /// First day, in the customer's zone.
    pub starts_on: Date,
    /// Last day, inclusive; absent while it goes on.
    pub ends_on: Option<Date>,
    /// What is agreed beyond plan and days.
    #[serde(default, skip_serializing_if = "Agreed::is_nothing")]
    pub agreed: Agreed,
}

/// What is agreed with one customer. What is not agreed is not stored.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agreed {
    /// The day on which the customer began, when this goes on from an earlier subscription:
    /// anniversaries are counted from it, and what is charged once has been charged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Date>,
    /// Seats and their changes, in the order of days, the first not after the first day.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub seats: Vec<SeatCount>,
    /// The day from whose billing period those of phases are counted; absent: the first one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phases_from: Option<Date>,
    /// Prices agreed with this customer; they come before those of phases.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overrides: Vec<ChargeChange>,
}

/// So many seats from a day on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SeatCount {
    /// First day, in the customer's zone; it counts as new.
    pub from: Date,
    /// How many.
    pub count: u32,
}

impl Agreed {
    /// Whether nothing is agreed.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    /// The seats on a day; nothing when that is not known.
    #[must_use]
    pub fn seats_on(&self, day: Date) -> Option<u32> {
        let known = self.seats.iter().rev().find(|seats| seats.from <= day);
        known.map(|seats| seats.count)
    }
}

impl Subscription {
    /// The day on which the customer began, on this or on a subscription that it goes on from.
    #[must_use]
    pub fn began_on(&self) -> Date {
        self.agreed.since.unwrap_or(self.starts_on)
    }

    /// Whether it goes on from an earlier subscription.
    #[must_use]
    pub fn goes_on(&self) -> bool {
        self.agreed
            .since
            .is_some_and(|since| since < self.starts_on)
    }
}
