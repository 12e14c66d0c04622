use super::Units;
use super::tiers::Span;
use ratebook_money::{Amount, Money};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// One step of the way from what was used to what it costs, with every figure that a person needs
/// to repeat it on a pocket calculator. Figures are exact decimals as text, amounts in the
/// currency of the price.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
#[allow(
    missing_docs,
    reason = "the names of the figures are those of a price document"
)]
pub enum PriceStep {
    /// What was counted.
    Quantity { quantity: String },
    /// What the events add up to.
    Events { events: usize, sum: String },
    /// The period was corrected below zero: it counts as zero.
    BelowZero { quantity: String },
    /// `before × multiply_by ÷ divide_by`, rounded to so many places.
    Convert {
        before: String,
        multiply_by: String,
        divide_by: String,
        round: String,
        places: u32,
        after: String,
    },
    /// `before − included`, not below zero.
    Included {
        before: String,
        included: String,
        after: String,
    },
    /// However much was used.
    Flat { amount: String },
    /// The sum of the amounts that the events carry.
    Dynamic { amount: String },
    /// `quantity × unit_price`.
    UnitPrice {
        quantity: String,
        unit_price: String,
        amount: String,
    },
    /// What fell into one tier, above `from` and up to `to`: `quantity × unit_price + flat_fee`.
    Tier {
        tier: u32,
        from: String,
        to: Option<String>,
        quantity: String,
        unit_price: String,
        flat_fee: String,
        amount: String,
    },
    /// The one tier that prices everything: `quantity × unit_price + flat_fee`.
    VolumeTier {
        tier: u32,
        from: String,
        to: Option<String>,
        quantity: String,
        unit_price: String,
        flat_fee: String,
        amount: String,
    },
    /// Just above `above` everything costs only `from`: less than what was charged.
    Cliff { above: String, from: String },
    /// The money in one tier: `quantity × rate_percent ÷ 100 + flat_fee`.
    PercentTier {
        tier: u32,
        from: String,
        to: Option<String>,
        quantity: String,
        rate_percent: String,
        flat_fee: String,
        amount: String,
    },
    /// `packages × package_price`, of what is beyond the free units.
    Packages {
        quantity: String,
        free_units: String,
        package_size: String,
        packages: String,
        package_price: String,
        amount: String,
    },
    /// `blocks × price_per_block` in one tier.
    Blocks {
        tier: u32,
        quantity: String,
        block_size: String,
        blocks: String,
        price_per_block: String,
        amount: String,
    },
    /// `charged_on × rate_percent ÷ 100 + fixed_fee`; or the least or the most for an event, where
    /// that decided.
    Event {
        event: u64,
        amount: String,
        charged_on: String,
        rate_percent: String,
        fixed_fee: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        limit: Option<String>,
        charged: String,
    },
    /// Many events together: `charged_on × rate_percent ÷ 100 + events × fixed_fee`, but for those
    /// that came to the least or greatest amount of an event.
    PaidEvents {
        events: u64,
        free_events: u64,
        charged_on: String,
        rate_percent: String,
        fixed_fee: String,
        at_minimum: u64,
        at_maximum: u64,
        amount: String,
    },
    /// `cost × (100 + percent) ÷ 100 + quantity × fixed_per_unit`.
    CostPlus {
        cost: String,
        percent: String,
        quantity: String,
        fixed_per_unit: String,
        amount: String,
    },
    /// A bucket, or a value of a dimension, with its own calculation.
    Part {
        of: String,
        name: String,
        amount: String,
        explain: Vec<Self>,
    },
    /// The amounts of the parts, added.
    Sum { parts: usize, amount: String },
    /// The highest tier that a unit reaches, and which unit that is.
    Capacity {
        tier: usize,
        #[serde(skip_serializing_if = "Option::is_none")]
        unit: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        quantity: Option<String>,
        amount: String,
    },
    /// Beyond `commitment` times the factor; up to it, with a true-up, all of it.
    Commitment {
        before: String,
        /// So many units, where it is agreed in units.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        units: Option<String>,
        /// What these cost, or the amount that is agreed.
        commitment: String,
        overage_factor: String,
        true_up: bool,
        after: String,
    },
    /// `before × (100 − percent) ÷ 100`.
    Discount {
        before: String,
        percent: String,
        after: String,
    },
    /// Not more than the maximum, or than what earlier lines have left of it.
    Maximum {
        before: String,
        maximum: String,
        after: String,
    },
    /// Not less than the minimum, or than what earlier lines have left missing to it.
    Minimum {
        before: String,
        minimum: String,
        after: String,
    },
    /// `before − discount`; what the period has been charged does not go below zero.
    FixedDiscount {
        before: String,
        discount: String,
        after: String,
    },
    /// What was rated before in the period, which is taken off.
    Before {
        usage: String,
        amount: String,
        explain: Vec<Self>,
    },
    /// What earlier lines of the period charged, which counts towards maximum and minimum.
    ChargedBefore {
        amount: String,
        /// What fixed discounts took off it; it counts as charged.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        discount: Option<String>,
    },
    /// The one rounding, half away from zero, to the currency's places.
    Rounding { exact: String, rounded: String },
}

impl PriceStep {
    /// The steps inside it, of a step that is a calculation of its own; none of another.
    #[must_use]
    pub fn inside(&self) -> &[Self] {
        match self {
            Self::Part { explain, .. } | Self::Before { explain, .. } => explain,
            Self::Quantity { .. }
            | Self::Events { .. }
            | Self::BelowZero { .. }
            | Self::Convert { .. }
            | Self::Included { .. }
            | Self::Flat { .. }
            | Self::Dynamic { .. }
            | Self::UnitPrice { .. }
            | Self::Tier { .. }
            | Self::VolumeTier { .. }
            | Self::Cliff { .. }
            | Self::PercentTier { .. }
            | Self::Packages { .. }
            | Self::Blocks { .. }
            | Self::Event { .. }
            | Self::PaidEvents { .. }
            | Self::CostPlus { .. }
            | Self::Sum { .. }
            | Self::Capacity { .. }
            | Self::Commitment { .. }
            | Self::Discount { .. }
            | Self::Maximum { .. }
            | Self::Minimum { .. }
            | Self::FixedDiscount { .. }
            | Self::ChargedBefore { .. }
            | Self::Rounding { .. } => &[],
        }
    }

    pub(super) fn rounding(exact: Amount, rounded: Money) -> Self {
        Self::Rounding {
            exact: exact.to_exact_string(),
            rounded: rounded.number(),
        }
    }

    pub(super) fn events(events: usize, sum: Units) -> Self {
        Self::Events {
            events,
            sum: sum.to_string(),
        }
    }

    pub(super) fn tier(span: &Span, amount: Amount) -> Self {
        Self::Tier {
            tier: span.tier,
            from: span.above.to_string(),
            to: span.up_to.map(|end| end.to_string()),
            quantity: span.inside.to_string(),
            unit_price: span.unit_price.to_string(),
            flat_fee: span.fee.to_string(),
            amount: amount.to_exact_string(),
        }
    }

    pub(super) fn volume_tier(span: &Span, amount: Amount) -> Self {
        Self::VolumeTier {
            tier: span.tier,
            from: span.above.to_string(),
            to: span.up_to.map(|end| end.to_string()),
            quantity: span.inside.to_string(),
            unit_price: span.unit_price.to_string(),
            flat_fee: span.fee.to_string(),
            amount: amount.to_exact_string(),
        }
    }

    pub(super) fn percent_tier(span: &Span, rate_percent: Decimal, amount: Amount) -> Self {
        Self::PercentTier {
            tier: span.tier,
            from: span.above.to_string(),
            to: span.up_to.map(|end| end.to_string()),
            quantity: span.inside.to_string(),
            rate_percent: rate_percent.to_string(),
            flat_fee: span.fee.to_string(),
            amount: amount.to_exact_string(),
        }
    }
}
