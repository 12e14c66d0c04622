use crate::credits::{UsableGrant, UsedPart};
use crate::proration::Part;
use crate::{Explanation, MeterReadings};
use ratebook_catalog::prices::ModelAlias;
use ratebook_catalog::{Dimension, FeeTiming, MeterRef, PlanVersionId, PriceConditions, Proration};
use ratebook_catalog::{FormulaFault, SubscriptionId};
use ratebook_money::{
    Amount, Currency, Date, Money, MoneyError, Period, Quantity, Rate, Timestamp,
};
use ratebook_usage::{CallClass, ShortCalls};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The result of rating one customer's month. Every bucket of usage is in exactly one of four
/// states: counted by lines, held, excluded, or left to the invoice of another month.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Rated {
    /// Version of this stored shape.
    pub v: u32,
    /// Currency of all lines.
    pub currency: Currency,
    /// The month of the invoice.
    pub period: Period,
    /// What the book knew.
    pub as_of: Timestamp,
    /// The usage, summed up to the instants at which a price may change. Rating these again gives
    /// the same result. Lines, held and excluded usage name it by index.
    pub usage: Vec<UsageBucket>,
    /// The events of meters that are not counted from sums, folded as far as prices allow. Rating
    /// these again gives the same result.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub readings: Vec<MeterReadings>,
    /// What the reported names of models stand for, each once, sorted.
    #[serde(default)]
    pub names: Vec<ModelAlias>,
    /// What is charged, in the order of the invoice.
    pub lines: Vec<RatedLine>,
    /// Usage that a charge covers but that cannot be priced yet.
    pub held: Vec<HeldUsage>,
    /// Buckets that are part of what the lines charge for and have no price of their own: requests
    /// that neither provider nor rule charges for. Indexes into `usage`.
    pub free: Vec<u32>,
    /// Usage that no charge of the customer covers.
    pub excluded: Vec<ExcludedUsage>,
    /// Buckets that the invoice of another month bills: of billing periods that go on after this
    /// month, or before this month and of none that ends in it. Indexes into `usage`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub elsewhere: Vec<u32>,
    /// The credit that may pay for it; nothing in most periods.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub credits: Vec<UsableGrant>,
    /// What the lines charge for usage, by when and what was used; only where there is credit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub used: Vec<UsedPart>,
}

/// Usage of one class and dimension between two neighbouring instants of change.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct UsageBucket {
    /// What decides the price of its calls.
    #[serde(with = "shared")]
    pub class: Arc<CallClass>,
    /// The instant from which on it is priced.
    pub from: Timestamp,
    /// What was counted.
    pub dimension: Dimension,
    /// How much.
    pub quantity: Quantity,
    /// Over how many events.
    pub events: u64,
    /// What of them the provider bills above what was measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub short: Option<ShortCalls>,
}

impl UsageBucket {
    /// What is billed where it is priced as a model's dimension: the quantity, and what short
    /// calls are billed above it. Meters count what was measured.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`] when the sum does not fit.
    pub fn billed(&self) -> Result<Quantity, MoneyError> {
        ShortCalls::billed(self.short, self.quantity)
    }
}

/// One line, rounded once.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RatedLine {
    /// The subscription that charges it.
    pub subscription: SubscriptionId,
    /// The version of the plan.
    pub plan_version: PlanVersionId,
    /// Which charge of the plan version, from 0.
    pub charge: u32,
    /// The charge's name.
    pub charge_name: String,
    /// What is charged.
    pub item: LineItem,
    /// First and last day that the line is for, in the customer's zone.
    pub service: ServiceDays,
    /// How much: units of the item (1 for a fee).
    pub quantity: Quantity,
    /// Price of one unit (the fee of a full period, of one seat); absent for tiers, which have
    /// their own.
    pub unit_price: Option<Rate>,
    /// The parts of a line with tiers; their amounts add up to the line's.
    pub tiers: Vec<TierPart>,
    /// The amount before the share is taken and before rounding.
    pub exact: Amount,
    /// The share of the period that a prorated fee is for.
    pub share: Option<Share>,
    /// What is owed: exact × share, rounded half away from zero.
    pub amount: Money,
    /// What the providers charge for it, in the line's currency; absent when it is not known for
    /// all of it.
    pub cost: Option<Amount>,
    /// The buckets that were counted, as indexes into [`Rated::usage`].
    pub usage: Vec<u32>,
    /// How the amount came about.
    pub explanation: Explanation,
}

/// What a line charges for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum LineItem {
    /// A recurring fee.
    Fee {
        /// For the coming or the past period.
        timing: FeeTiming,
    },
    /// A fee that is charged once.
    OneOff,
    /// What is missing to the minimum of a period.
    Minimum,
    /// What a person added to the draft of the invoice; of no subscription.
    Manual,
    /// The quantity of a meter.
    Meter {
        /// Which meter.
        meter: MeterRef,
        /// Name of a meter of one's own; empty for a built-in one.
        name: String,
        /// Word for one unit of a meter of one's own; empty for a built-in one.
        unit: String,
    },
    /// One dimension of one model, sold under the markup rules.
    Model {
        /// Who runs it, as in the price table.
        provider: String,
        /// Its name in the price table.
        model: String,
        /// What was counted.
        dimension: Dimension,
        /// The conditions that chose the price (context, batch, service tier, …).
        conditions: PriceConditions,
        /// Marks of the calls that a factor was applied for, as `key=value`; and where several
        /// parts of the day share the price, each of them as `time=…`.
        marks: Vec<String>,
    },
}

impl LineItem {
    /// Whether it charges for what was used: only that is paid by credit.
    #[must_use]
    pub fn is_usage(&self) -> bool {
        match self {
            Self::Fee { .. } | Self::OneOff | Self::Minimum | Self::Manual => false,
            Self::Meter { .. } | Self::Model { .. } => true,
        }
    }
}

/// Both days included.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ServiceDays {
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
}

/// `days` of `of` days, or seconds.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Share {
    /// Days that are charged.
    pub days: u32,
    /// Days of the whole billing period.
    pub of: u32,
    /// What both are counted in.
    #[serde(default, skip_serializing_if = "Proration::is_days")]
    pub by: Proration,
}

impl Share {
    /// A part of a period; nothing when it is all of it.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`] beyond 4,294,967,295.
    pub fn of(part: Part, by: Proration) -> Result<Option<Self>, MoneyError> {
        let small = |length: u64| u32::try_from(length).map_err(|_| MoneyError::Overflow);
        let share = Self {
            days: small(part.taken)?,
            of: small(part.of)?,
            by,
        };
        Ok(Some(share).filter(|share| share.days != share.of))
    }
}

/// The part of a quantity that fell into one tier.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct TierPart {
    /// 1, 2, 3, …
    pub tier: u32,
    /// The tier covers quantities above this …
    pub above: Quantity,
    /// … up to this one, inclusive; absent for the open tier.
    pub up_to: Option<Quantity>,
    /// How much fell into it.
    pub quantity: Quantity,
    /// Price of one unit.
    pub unit_price: Rate,
    /// The tier's fee, when it was entered.
    pub flat_fee: Amount,
    /// Quantity × unit price + fee.
    pub exact: Amount,
    /// Its part of the line's rounded amount, by largest remainder.
    pub amount: Money,
}

/// Usage that waits: it is not billed until somebody resolves the reason.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct HeldUsage {
    /// Why.
    pub reason: HeldReason,
    /// Provider as reported.
    pub provider: String,
    /// Model as reported.
    pub model: String,
    /// What was counted.
    pub dimension: Dimension,
    /// How much.
    pub quantity: Quantity,
    /// Over how many events.
    pub events: u64,
    /// The buckets, as indexes into [`Rated::usage`].
    pub usage: Vec<u32>,
}

/// Why usage cannot be priced.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum HeldReason {
    /// No price table knows the model.
    UnknownModel,
    /// The model is known, but had no price for this dimension then.
    NoPrice,
    /// Tokens whose class is not known; they are never priced as plain text.
    Unspecified,
    /// No exchange rate from the provider's currency is known.
    NoExchangeRate {
        /// The provider's currency.
        base: Currency,
        /// The currency of the invoice.
        quote: Currency,
    },
    /// The sell price does not fit 24 places; price or markup have too many digits.
    Inexact,
    /// The formula of a meter has no value for an event that a quantity can hold: below zero, or
    /// with more than six places. The price needs all events, so all of them wait.
    NoValue {
        /// Name of the meter.
        meter: String,
    },
    /// The charge has prices by value, and none for this one.
    NoPriceForValue {
        /// The value; several are joined by `/`.
        value: String,
    },
    /// The price is a formula that has no value here: it divides by zero, needs its own result,
    /// or names what there is not.
    Formula(FormulaFault),
}

/// Usage that is not charged for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ExcludedUsage {
    /// Why.
    pub reason: ExcludedReason,
    /// Name of the event.
    pub event_name: String,
    /// What was counted.
    pub dimension: Dimension,
    /// How much.
    pub quantity: Quantity,
    /// Over how many events.
    pub events: u64,
    /// The buckets, as indexes into [`Rated::usage`].
    pub usage: Vec<u32>,
}

/// Why usage is not charged for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExcludedReason {
    /// The customer had no subscription at that time.
    NoSubscription,
    /// No charge of the plan covers it.
    NoCharge,
}

/// An `Arc` is written like what it points to.
mod shared {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use std::sync::Arc;

    pub(super) fn serialize<T: Serialize, S: Serializer>(
        value: &Arc<T>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        value.as_ref().serialize(to)
    }

    pub(super) fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Arc<T>, D::Error> {
        T::deserialize(from).map(Arc::new)
    }
}
