use crate::{CustomerId, PlanVersionId, SubscriptionId};
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
}
