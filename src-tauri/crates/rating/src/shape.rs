use ratebook_catalog::pricing::{BucketPer, Model, Price};
use ratebook_catalog::{Dimension, PriceModel};

/// What a price looks at.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Shape {
    /// One number.
    Whole,
    /// Each event by itself.
    Events,
    /// Parts, each by itself.
    Parts {
        /// What a part is.
        per: PartPer,
        /// Whether the price of a part looks at each event.
        events: bool,
    },
    /// Several quantities, by the names that the price has for them.
    Capacity(Vec<(String, Dimension)>),
}

/// What a part is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum PartPer {
    /// An hour in the customer's zone.
    Hour,
    /// A day in the customer's zone.
    Day,
    /// What the meter groups by.
    Group,
}

impl Shape {
    pub(crate) fn of(price: &PriceModel) -> Self {
        match price {
            PriceModel::PerUnit { .. }
            | PriceModel::Graduated { .. }
            | PriceModel::CostPlus { .. } => Self::Whole,
            PriceModel::Document { price } => Self::of_price(price),
        }
    }

    fn of_price(price: &Price) -> Self {
        match &price.model {
            Model::Flat { .. }
            | Model::PerUnit { .. }
            | Model::Overage { .. }
            | Model::Graduated { .. }
            | Model::Volume { .. }
            | Model::Package(_)
            | Model::GraduatedPercentage { .. }
            | Model::Dynamic
            | Model::CostPlus { .. }
            | Model::Blocks { .. } => Self::Whole,
            Model::Percentage(own) if own.looks_at_events() => Self::Events,
            Model::Percentage(_) => Self::Whole,
            Model::Bucketed { per, base } => Self::Parts {
                per: match per {
                    BucketPer::Hour => PartPer::Hour,
                    BucketPer::Day => PartPer::Day,
                    BucketPer::Group => PartPer::Group,
                },
                events: Self::of_price(base) == Self::Events,
            },
            Model::LineSum { lines, default } => {
                let own = lines.iter().map(|line| &line.price);
                let mut all = own.chain(default.as_deref());
                Self::Parts {
                    per: PartPer::Group,
                    events: all.any(|price| Self::of_price(price) == Self::Events),
                }
            }
            Model::Capacity { tiers } => {
                let mut units: Vec<(String, Dimension)> = Vec::new();
                for name in tiers.iter().flat_map(|tier| tier.limits.keys()) {
                    if !units.iter().any(|(known, _)| known == name) {
                        units.push((name.clone(), Dimension::from(name.clone())));
                    }
                }
                Self::Capacity(units)
            }
        }
    }

    /// Whether events have prices of their own.
    pub(crate) fn single_events(&self) -> bool {
        match self {
            Self::Events => true,
            Self::Parts { events, .. } => *events,
            Self::Whole | Self::Capacity(_) => false,
        }
    }

    /// The quantities of a capacity.
    pub(crate) fn units(&self) -> &[(String, Dimension)] {
        match self {
            Self::Capacity(units) => units,
            Self::Whole | Self::Events | Self::Parts { .. } => &[],
        }
    }

    /// What a part is.
    pub(crate) fn per(&self) -> Option<PartPer> {
        match self {
            Self::Parts { per, .. } => Some(*per),
            Self::Whole | Self::Events | Self::Capacity(_) => None,
        }
    }
}
