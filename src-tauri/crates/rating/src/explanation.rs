use crate::price::PriceStep;
use crate::{FormulaInput, Share};
use ratebook_catalog::prices::PriceSource;
use ratebook_catalog::{
    Dimension, FeeTiming, Markup, MarkupRuleId, MarkupScope, OwnPrice, PriceConditions,
};
use ratebook_money::{Amount, Currency, Date, Factor, Money, Quantity, Rate, Timestamp};
use serde::{Deserialize, Serialize};

/// How an amount came about, step by step, so that a person can follow it with a pocket
/// calculator. The window chooses the words.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Explanation {
    /// The steps in the order of the computation.
    pub steps: Vec<Step>,
}

/// One step.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum Step {
    /// Not what the plan says of all its customers and all its days.
    Terms {
        /// Name of the phase of the plan that changes it.
        phase: Option<String>,
        /// The price is agreed with this customer.
        agreed: bool,
    },
    /// The fee of a full period.
    Fee {
        /// As the plan says; below zero where it comes back.
        amount: Money,
        /// For the coming or the past period.
        timing: FeeTiming,
        /// The share that is charged.
        share: Option<Share>,
        /// Times so many seats, where it is charged for each.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        seats: Option<SeatStep>,
    },
    /// A fee that is charged once.
    OneOff {
        /// As the plan says.
        amount: Money,
    },
    /// A line that a person added to the draft of the invoice.
    Manual {
        /// How much.
        quantity: Quantity,
        /// Price of one; below zero where something comes back.
        unit_price: Rate,
    },
    /// What usage comes to at least.
    Minimum {
        /// Of a full period, as the plan says.
        amount: Money,
        /// The share of the period that the subscription is active in.
        share: Option<Share>,
        /// What the usage charges came to.
        charged: Money,
    },
    /// What was measured.
    Quantity {
        /// How much.
        quantity: Quantity,
        /// Over how many events.
        events: u64,
    },
    /// Calls that used less than the provider bills for one at least.
    ShortCalls {
        /// Units that a call is billed at least.
        at_least: u32,
        /// How many calls.
        calls: u64,
        /// What they all are short of it.
        missing: Quantity,
        /// What is billed: the measured quantity and what is missing.
        billed: Quantity,
    },
    /// What a call is billed at least, as the provider of the price says.
    LeastPerCall {
        /// Units.
        units: u32,
    },
    /// How the quantity of a meter came about that is no sum of what events carry.
    Aggregated {
        /// How.
        #[serde(flatten)]
        by: AggregatedStep,
    },
    /// How much of the same meter was rated before in this period: tiers continue after it.
    Prior {
        /// How much.
        quantity: Quantity,
    },
    /// The line is for a part of the billing period: only that part is included, agreed and due.
    Part {
        /// Which part; with what was rated before, where something was.
        share: Share,
    },
    /// The provider's price row that was in force.
    ProviderPrice(ProviderStep),
    /// The exchange rate from the provider's currency.
    ExchangeRate {
        /// The provider's currency.
        base: Currency,
        /// The currency of the line.
        quote: Currency,
        /// Units of `quote` for one of `base`.
        rate: Factor,
        /// Who published it.
        source: String,
        /// The day it was published for.
        on: Date,
        /// The provider's price in the currency of the line.
        cost: Rate,
    },
    /// The markup that made the sell price.
    Markup(MarkupStep),
    /// The price of one unit.
    UnitPrice {
        /// In the currency of the line.
        rate: Rate,
    },
    /// What fell into one tier.
    Tier {
        /// 1, 2, 3, …
        tier: u32,
        /// How much.
        quantity: Quantity,
        /// Price of one unit.
        unit_price: Rate,
        /// The tier's fee, when it was entered.
        flat_fee: Amount,
        /// Quantity × unit price + fee.
        exact: Amount,
    },
    /// A step of a price with all that is applied to it.
    Price {
        /// The step.
        #[serde(rename = "of")]
        step: PriceStep,
    },
    /// The one rounding, half away from zero.
    Rounding {
        /// Before.
        exact: Amount,
        /// After.
        rounded: Money,
    },
}

/// How a quantity came about.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum AggregatedStep {
    /// It is that of the event at this time: the greatest, the least or the last one.
    Picked {
        /// When.
        at: Timestamp,
    },
    /// The last values of so many groups, added.
    Groups {
        /// How many.
        groups: u64,
    },
    /// `sum ÷ events`.
    Average {
        /// Of all events.
        sum: Quantity,
        /// How many.
        events: u64,
    },
    /// `level_seconds ÷ seconds`.
    WeightedSum {
        /// Level × seconds for which it held; what is beyond six places is left off here.
        level_seconds: Quantity,
        /// Length of the whole billing period, hour or day.
        seconds: u64,
    },
    /// Different values of a dimension.
    UniqueCount {
        /// Its key.
        key: String,
    },
}

/// How many seats a fee is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SeatStep {
    /// So many are charged, or come back where the fee is below zero.
    pub count: u32,
    /// The seats before and after a change that is charged by itself, after the period's own fee.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<(u32, u32)>,
}

/// A provider price row and what was applied to it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ProviderStep {
    /// Who runs the model.
    pub provider: String,
    /// The model.
    pub model: String,
    /// The dimension of the row; another one than the line's when the table says that the price
    /// of that one is taken.
    pub dimension: Dimension,
    /// The price as the table has it.
    pub rate: Rate,
    /// When it holds.
    pub conditions: PriceConditions,
    /// From when on.
    pub valid_from: Timestamp,
    /// When the book learned it.
    pub recorded_at: Timestamp,
    /// Where it came from.
    pub source: PriceSource,
    /// Entered by hand.
    pub manual: bool,
    /// Factors on it, each with its reason (`region=eu`, `processing=batch`).
    pub factors: Vec<AppliedFactor>,
    /// The price with all factors.
    pub cost: Rate,
}

/// A factor on a provider's price.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AppliedFactor {
    /// `key=value` of the mark, or the dimension that had no row of its own.
    pub reason: String,
    /// Times this.
    pub factor: Factor,
}

/// The markup that was chosen, and those that it beat.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct MarkupStep {
    /// Where it came from.
    pub origin: MarkupOrigin,
    /// The markup; nothing on top of cost when no rule holds, and with a price of one's own.
    pub markup: Markup,
    /// The price of one's own, in place of a markup.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own: Option<OwnStep>,
    /// Less specific rules that hold too, most specific first.
    pub beaten: Vec<BeatenRule>,
    /// The minimum margin raised the price.
    pub raised_to_margin: bool,
}

/// Where a markup came from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum MarkupOrigin {
    /// A rule of the book.
    Rule {
        /// The row.
        id: MarkupRuleId,
        /// Where it holds.
        scope: Box<MarkupScope>,
        /// From when on.
        valid_from: Timestamp,
        /// The version of the price book that it was published in, where there was one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        version: Option<u32>,
    },
    /// The charge of the plan has a markup of its own.
    Charge,
    /// No rule holds: sold at cost.
    None,
}

/// A rule that holds as well, but less specifically.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct BeatenRule {
    /// The row.
    pub id: MarkupRuleId,
    /// Where it holds.
    pub scope: MarkupScope,
    /// Its markup; nothing where it is a price of one's own.
    pub markup: Markup,
    /// Its price of one's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own: Option<OwnPrice>,
}

/// A price of one's own, and what its formula was computed from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct OwnStep {
    /// The price or the formula.
    #[serde(flatten)]
    pub price: OwnPrice,
    /// What the names of the formula stood for; nothing for a list price.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inputs: Vec<FormulaInput>,
}

pub(crate) fn own_step(price: &OwnPrice, inputs: &[FormulaInput]) -> OwnStep {
    OwnStep {
        price: price.clone(),
        inputs: inputs.to_vec(),
    }
}
