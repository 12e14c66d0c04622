use crate::credits::UsableGrant;
use crate::{MeterReadings, ServiceDays};
use ratebook_catalog::prices::{ModelAlias, PriceTable};
use ratebook_catalog::{
    ExchangeRate, MarkupRules, Meter, Plan, PlanVersion, Proration, Subscription, SubscriptionId,
};
use ratebook_money::{Currency, Money, Period, Timestamp, Zone};
use ratebook_usage::UsageSum;
use serde::{Deserialize, Serialize};

/// All that the rating of one customer's billing period depends on. Same input, same result, bit
/// for bit.
#[derive(Clone, Copy, Debug)]
pub struct RatingInput<'a> {
    /// Where the customer's days begin.
    pub zone: Zone,
    /// Currency of the customer's invoices; every plan must be in it.
    pub currency: Currency,
    /// The month of the invoice, in the customer's zone.
    pub period: Period,
    /// What the customer is on in the period, in the order of the invoice; and what it was on
    /// before in billing periods that go on, see [`crate::is_before`].
    pub subscriptions: &'a [SubscribedPlan<'a>],
    /// The customer's usage in [`crate::usage_span`], in any order. A sum may not span an instant
    /// of [`crate::boundaries`].
    pub sums: &'a [UsageSum],
    /// The events of meters that cannot be counted from sums: those of [`crate::wanted`], in the
    /// same span, and of levels that go on the last one of each group before it.
    pub readings: &'a [MeterReadings],
    /// What the providers charge.
    pub prices: &'a PriceTable,
    /// What the reported names of models stand for, where that is settled: when a finalized invoice
    /// is computed again, later aliases and price tables must not change it. Nothing for a draft.
    pub names: Option<&'a [ModelAlias]>,
    /// All markup rules of the book; those recorded after `as_of` are not looked at.
    pub rules: &'a MarkupRules,
    /// All exchange rates of the book; those recorded after `as_of` are not looked at.
    pub exchange: &'a [ExchangeRate],
    /// The book's own meters.
    pub meters: &'a [Meter],
    /// What the book knew then. A draft uses now; finalizing freezes it.
    pub as_of: Timestamp,
    /// Fees in advance that final invoices before this one charged, or gave back, for days after
    /// the end of a subscription.
    pub paid: &'a [PaidFee],
    /// Credit that may pay for usage of the period.
    pub credits: &'a [UsableGrant],
}

/// A fee in advance that a final invoice has charged.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PaidFee {
    /// For what.
    pub subscription: SubscriptionId,
    /// Name of the charge.
    pub charge: String,
    /// The days that it paid for.
    pub days: ServiceDays,
    /// The fee of a full period, of one seat, as it was then; below zero where it came back.
    pub fee: Money,
    /// For so many seats; absent for a fee that does not depend on them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seats: Option<u32>,
    /// The length of the full period; absent: that of the month of the invoice, in days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<u32>,
    /// What the length is counted in.
    #[serde(default, skip_serializing_if = "Proration::is_days")]
    pub by: Proration,
}

/// Why a subscription is looked at.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// The month may bill it.
    #[default]
    Billed,
    /// It was over before the month, and an earlier invoice has billed its usage. The billing
    /// period goes on: where its tiers ended, those of the plan's next version begin.
    Before,
}

impl Standing {
    /// Whether it is the usual one, which is not written down.
    #[must_use]
    pub fn is_billed(&self) -> bool {
        match self {
            Self::Billed => true,
            Self::Before => false,
        }
    }
}

/// A subscription with what it subscribes to.
#[derive(Clone, Copy, Debug)]
pub struct SubscribedPlan<'a> {
    /// Who, from when to when.
    pub subscription: &'a Subscription,
    /// The plan.
    pub plan: &'a Plan,
    /// The version that holds for it.
    pub version: &'a PlanVersion,
    /// Why it is looked at.
    pub standing: Standing,
}
