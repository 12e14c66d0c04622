use super::Price;
use crate::Tier;
use ratebook_money::MoneyError;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// How a quantity becomes an amount. Tiers ascend, each ends with its `up_to`, and the last is
/// open; that holds for fractions too.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Model {
    /// The amount, however much was used.
    Flat {
        /// Of the whole period.
        amount: Decimal,
    },
    /// quantity × unit price.
    PerUnit {
        /// Of one unit.
        unit_price: Decimal,
    },
    /// Units beyond those that are included; says in its name what `included` does.
    Overage {
        /// Of one unit beyond.
        unit_price: Decimal,
    },
    /// Each unit at the price of its own tier, plus the fee of each tier entered.
    Graduated {
        /// The tiers.
        tiers: Vec<Tier>,
        /// Whether the first tier's fee is due without usage.
        charge_flat_at_zero: bool,
    },
    /// All units at the price of the tier that the quantity falls in, plus that tier's fee.
    Volume {
        /// The tiers.
        tiers: Vec<Tier>,
        /// Whether the first tier's fee is due without usage.
        charge_flat_at_zero: bool,
    },
    /// Whole packages.
    Package(Package),
    /// A share of each event's amount of money.
    Percentage(Percentage),
    /// A share of a sum of money, in tiers like `Graduated`.
    GraduatedPercentage {
        /// The tiers.
        tiers: Vec<PercentTier>,
        /// Whether the first tier's fee is due without usage.
        charge_flat_at_zero: bool,
    },
    /// The amounts that the events carry.
    Dynamic,
    /// Cost × (1 + percent/100), and a fixed part for each unit.
    CostPlus {
        /// On top of cost; −100 or more, at most 10 places.
        percent: Decimal,
        /// For each unit.
        fixed_per_unit: Decimal,
    },
    /// Each bucket is priced by itself, from tier one, and the amounts are added.
    Bucketed {
        /// What a bucket is.
        per: BucketPer,
        /// The price of a bucket.
        base: Box<Price>,
    },
    /// Each value of a dimension has a price of its own; the amounts are added.
    LineSum {
        /// Values with a price, each once.
        lines: Vec<ValuePrice>,
        /// The price of all other values, each by itself; without it they have none.
        default: Option<Box<Price>>,
    },
    /// The highest tier that any one of several units reaches sets the amount.
    Capacity {
        /// From the smallest to the largest; the last has no limits.
        tiers: Vec<CapacityTier>,
    },
    /// Tiers that are counted in whole blocks.
    Blocks {
        /// Whether each block has the price of its own tier or of the highest reached.
        mode: BlockMode,
        /// The tiers; only the last has no `max_blocks`.
        blocks: Vec<Block>,
    },
}

/// `ceil(max(0, quantity − free_units) / package_size) × package_price`, on the period's sum.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Package {
    /// Units in a package, above zero.
    pub package_size: Decimal,
    /// Price of a package.
    pub package_price: Decimal,
    /// Units that are free before the first package.
    pub free_units: Decimal,
    /// Whether a package that was begun counts.
    pub round: PackageRound,
}

/// Whether a package that was begun counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PackageRound {
    /// It does.
    Up,
    /// Only full packages count.
    Down,
}

/// A share of each event's amount. The first events are free while both their number and their
/// sum stay within what is free; the event that goes beyond the sum pays for what is beyond.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Percentage {
    /// Percent of the amount, at most 10 places.
    pub rate_percent: Decimal,
    /// Added for each event that is not free.
    pub fixed_fee_per_event: Decimal,
    /// So many events are free; without it, as many as `free_amount` covers.
    pub free_events: Option<u64>,
    /// This much money is free; without it, as much as `free_events` carry.
    pub free_amount: Option<Decimal>,
    /// Least amount for an event that is not free.
    pub min_per_event: Option<Decimal>,
    /// Greatest amount for an event.
    pub max_per_event: Option<Decimal>,
}

/// A tier over a sum of money.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PercentTier {
    /// Last amount inside; absent for the open tier.
    pub up_to: Option<Decimal>,
    /// Percent of what falls inside, at most 10 places.
    pub rate_percent: Decimal,
    /// Due when the tier is entered.
    pub flat_fee: Decimal,
}

/// What a bucket of `Bucketed` is. The caller brings the sum of each bucket; this is what it
/// promises, and what an explanation calls them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BucketPer {
    /// An hour.
    Hour,
    /// A day in the customer's zone.
    Day,
    /// A value of a dimension.
    Group,
}

/// The price of one value of a dimension.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ValuePrice {
    /// The value.
    pub value: String,
    /// Its price.
    pub price: Price,
}

/// A step of capacity: limits that hold at the same time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CapacityTier {
    /// The most of each unit, inclusive; absent where the tier has no limit.
    pub limits: BTreeMap<String, Option<Decimal>>,
    /// What the period costs.
    pub amount: Decimal,
}

/// A tier of blocks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Block {
    /// Units in a block, above zero.
    pub block_size: Decimal,
    /// Blocks in the tier; absent for the open tier.
    pub max_blocks: Option<u64>,
    /// Price of a block, also when it is only begun.
    pub price_per_block: Decimal,
}

/// Which tier sets the price of a block.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BlockMode {
    /// Its own.
    AllTiers,
    /// The highest that the quantity reaches, for all blocks.
    TopTier,
}

impl Percentage {
    /// Whether it needs each event, not only the sum of their amounts.
    #[must_use]
    pub fn looks_at_events(&self) -> bool {
        !self.fixed_fee_per_event.is_zero()
            || self.free_events.is_some()
            || self.min_per_event.is_some()
            || self.max_per_event.is_some()
    }
}

impl Model {
    /// The model for a part of the period: prices of groups and values are those of the part.
    pub(super) fn prorated(&self, days: u32, of: u32) -> Result<Self, MoneyError> {
        Ok(match self {
            Self::Bucketed {
                per: BucketPer::Group,
                base,
            } => Self::Bucketed {
                per: BucketPer::Group,
                base: Box::new(base.prorated(days, of)?),
            },
            Self::LineSum { lines, default } => {
                let part = |line: &ValuePrice| {
                    Ok::<_, MoneyError>(ValuePrice {
                        value: line.value.clone(),
                        price: line.price.prorated(days, of)?,
                    })
                };
                let default = default.as_ref().map(|price| price.prorated(days, of));
                Self::LineSum {
                    lines: lines.iter().map(part).collect::<Result<_, _>>()?,
                    default: default.transpose()?.map(Box::new),
                }
            }
            Self::Flat { .. }
            | Self::PerUnit { .. }
            | Self::Overage { .. }
            | Self::Graduated { .. }
            | Self::Volume { .. }
            | Self::Package(_)
            | Self::Percentage(_)
            | Self::GraduatedPercentage { .. }
            | Self::Dynamic
            | Self::CostPlus { .. }
            | Self::Bucketed { .. }
            | Self::Capacity { .. }
            | Self::Blocks { .. } => self.clone(),
        })
    }

    /// Its word in a price document.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Flat { .. } => "flat",
            Self::PerUnit { .. } => "per_unit",
            Self::Overage { .. } => "overage",
            Self::Graduated { .. } => "graduated",
            Self::Volume { .. } => "volume",
            Self::Package(_) => "package",
            Self::Percentage(_) => "percentage",
            Self::GraduatedPercentage { .. } => "graduated_percentage",
            Self::Dynamic => "dynamic",
            Self::CostPlus { .. } => "cost_plus",
            Self::Bucketed { .. } => "bucketed",
            Self::LineSum { .. } => "line_sum",
            Self::Capacity { .. } => "capacity",
            Self::Blocks { .. } => "blocks",
        }
    }

    /// Whether it prices one number of units (or one sum of money), to which a conversion and
    /// included units can be applied. The others look at events, or put prices together.
    #[must_use]
    pub fn prices_a_quantity(&self) -> bool {
        match self {
            Self::PerUnit { .. }
            | Self::Overage { .. }
            | Self::Graduated { .. }
            | Self::Volume { .. }
            | Self::Package(_)
            | Self::GraduatedPercentage { .. }
            | Self::Blocks { .. } => true,
            Self::Flat { .. }
            | Self::Percentage(_)
            | Self::Dynamic
            | Self::CostPlus { .. }
            | Self::Bucketed { .. }
            | Self::LineSum { .. }
            | Self::Capacity { .. } => false,
        }
    }

    /// Whether what it prices is money: an event without a name for its number is an amount then.
    #[must_use]
    pub fn prices_money(&self) -> bool {
        match self {
            Self::Percentage(_)
            | Self::GraduatedPercentage { .. }
            | Self::Dynamic
            | Self::CostPlus { .. } => true,
            Self::Flat { .. }
            | Self::PerUnit { .. }
            | Self::Overage { .. }
            | Self::Graduated { .. }
            | Self::Volume { .. }
            | Self::Package(_)
            | Self::Bucketed { .. }
            | Self::LineSum { .. }
            | Self::Capacity { .. }
            | Self::Blocks { .. } => false,
        }
    }
}
