use crate::change::is_false;
use crate::pricing::{Model, Price};
use crate::{Anchor, Interval, Markup, MeterRef, Phase, PlanCredit};
use crate::{PlanId, PlanVersionId, Proration};
use ratebook_money::{Currency, Money, Timestamp};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// What customers can be on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Plan {
    /// Id in the book.
    pub id: PlanId,
    /// Name on screens and invoices.
    pub name: String,
    /// One line for the reader of the book.
    pub description: String,
    /// Not offered any more.
    pub archived: bool,
}

/// One version of a plan: a draft while `published_at` is absent, immutable after.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PlanVersion {
    /// Id in the book.
    pub id: PlanVersionId,
    /// The plan.
    pub plan: PlanId,
    /// 1, 2, 3, …
    pub number: u32,
    /// What is charged.
    pub terms: PlanTerms,
    /// When it was published.
    pub published_at: Option<Timestamp>,
}

/// What a plan version charges, per billing period in the customer's zone. What a plan does not
/// say is not stored, so that terms from before it could be said stay as they are.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PlanTerms {
    /// Version of this stored shape.
    pub v: u32,
    /// Currency of all its prices and of the invoices made from it.
    pub currency: Currency,
    /// How long a billing period is.
    #[serde(default, skip_serializing_if = "Interval::is_month")]
    pub interval: Interval,
    /// From where the billing periods are counted.
    #[serde(default, skip_serializing_if = "Anchor::is_calendar")]
    pub anchor: Anchor,
    /// What shares of a period are measured in.
    #[serde(default, skip_serializing_if = "Proration::is_days")]
    pub proration: Proration,
    /// Sold beside another plan, not alone.
    #[serde(default, skip_serializing_if = "is_false")]
    pub add_on: bool,
    /// Trials and ramps, in order; before the first and after the last the charges are as they
    /// stand here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub phases: Vec<Phase>,
    /// The charges, in the order of the invoice.
    pub charges: Vec<Charge>,
}

impl PlanTerms {
    /// Charges per calendar month, prorated by days.
    #[must_use]
    pub fn monthly(currency: Currency, charges: Vec<Charge>) -> Self {
        Self {
            v: 1,
            currency,
            interval: Interval::MONTH,
            anchor: Anchor::Calendar,
            proration: Proration::Days,
            add_on: false,
            phases: Vec::new(),
            charges,
        }
    }

    /// Whether the billing periods are the calendar months.
    #[must_use]
    pub fn bills_months(&self) -> bool {
        self.interval.is_month() && self.anchor.is_calendar()
    }
}

/// One thing a plan charges for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Charge {
    /// Name on the invoice.
    pub name: String,
    /// What kind of charge.
    #[serde(flatten)]
    pub kind: ChargeKind,
}

/// A fee, a usage charge, or the least that usage comes to.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ChargeKind {
    /// A fee per billing period; prorated in periods that are only partly covered.
    RecurringFee {
        /// The fee of a full period.
        amount: Money,
        /// For the coming or the past period.
        timing: FeeTiming,
        /// What it is multiplied by.
        #[serde(default, skip_serializing_if = "FeePer::is_subscription")]
        per: FeePer,
    },
    /// A fee that is charged once, on the first invoice.
    OneOffFee {
        /// All of it.
        amount: Money,
    },
    /// The least that all usage charges of the plan come to in a period; what is missing is a line
    /// of its own. Prorated in periods that are only partly covered.
    Minimum {
        /// Of a full period.
        amount: Money,
    },
    /// Credit for usage of each billing period; prorated in periods that are only partly covered.
    Credit(PlanCredit),
    /// Usage of a meter under a price model.
    Usage {
        /// What is counted.
        meter: MeterRef,
        /// How the quantity becomes an amount.
        price: PriceModel,
    },
}

/// What a recurring fee is charged for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeePer {
    /// Once.
    #[default]
    Subscription,
    /// For each seat that the subscription has; a change of seats is prorated.
    Seat,
}

impl FeePer {
    /// Whether it is charged once.
    #[must_use]
    pub fn is_subscription(&self) -> bool {
        *self == Self::Subscription
    }
}

/// Whether a fee is charged before or after its period.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeeTiming {
    /// The invoice of a month carries the fees of the periods that begin after its first day and
    /// up to the day after its last; and that of the period in which the subscription begins.
    Advance,
    /// The invoice of a month carries the fees of the periods that end in it.
    Arrears,
}

/// How the quantity of a usage charge becomes an amount.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "model", rename_all = "snake_case")]
pub enum PriceModel {
    /// quantity × unit price.
    PerUnit {
        /// Price of one unit, in the plan's currency; at most 12 places.
        unit_price: Decimal,
    },
    /// Each unit at the rate of its own tier, plus the flat fee of each tier entered.
    Graduated {
        /// The tiers; the last is open.
        tiers: Vec<Tier>,
        /// Whether tier 1's flat fee is charged with no usage.
        charge_flat_at_zero: bool,
    },
    /// Provider cost under the markup rules, a line per model and dimension.
    CostPlus {
        /// A markup that holds for this charge instead of the rules of the book; contract and
        /// plan rules still come first.
        markup: Option<Markup>,
    },
    /// Any other price of a quantity, with all that can be applied to it.
    Document {
        /// The price, as in a price document.
        price: Box<Price>,
    },
}

impl PriceModel {
    /// The price as a price document; nothing for one that is made from cost.
    #[must_use]
    pub fn whole(&self) -> Option<Price> {
        Some(match self {
            Self::PerUnit { unit_price } => Price::of(Model::PerUnit {
                unit_price: *unit_price,
            }),
            Self::Graduated {
                tiers,
                charge_flat_at_zero,
            } => Price::of(Model::Graduated {
                tiers: tiers.clone(),
                charge_flat_at_zero: *charge_flat_at_zero,
            }),
            Self::Document { price } => price.as_ref().clone(),
            Self::CostPlus { .. } => return None,
        })
    }
}

/// A tier covers `(up_to of the one before, up_to]`, for fractions too.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Tier {
    /// Last quantity inside; absent for the open tier.
    pub up_to: Option<Decimal>,
    /// Price of one unit.
    pub unit_price: Decimal,
    /// Charged once when the tier is entered.
    pub flat_fee: Decimal,
}
