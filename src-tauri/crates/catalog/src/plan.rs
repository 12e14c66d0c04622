use crate::pricing::Price;
use crate::{Markup, MeterRef, PlanId, PlanVersionId};
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

/// What a plan version charges, per calendar month in the customer's zone.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PlanTerms {
    /// Version of this stored shape.
    pub v: u32,
    /// Currency of all its prices and of the invoices made from it.
    pub currency: Currency,
    /// The charges, in the order of the invoice.
    pub charges: Vec<Charge>,
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

/// A fee or a usage charge.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ChargeKind {
    /// A fee per month; prorated by days in months that are only partly covered.
    RecurringFee {
        /// The fee of a full month.
        amount: Money,
        /// For the coming or the past month.
        timing: FeeTiming,
    },
    /// Usage of a meter under a price model.
    Usage {
        /// What is counted.
        meter: MeterRef,
        /// How the quantity becomes an amount.
        price: PriceModel,
    },
}

/// Whether a fee is charged before or after its month.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeeTiming {
    /// The invoice of a month carries the fee of the next one (and its own, when it is the first).
    Advance,
    /// The invoice of a month carries the fee of that month.
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
