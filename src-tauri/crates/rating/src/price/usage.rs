use super::{Quotient, Units};
use ratebook_money::Amount;
use std::collections::BTreeMap;
use std::fmt;

/// What was used, and what of it was rated before.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PricedUsage {
    /// Everything of the period so far.
    pub total: Measured,
    /// What earlier lines of the period were for; absent on the first line.
    pub before: Option<Measured>,
    /// What earlier lines of the period charged, where it counts towards maximum and minimum.
    pub charged_before: Option<ChargedBefore>,
}

/// What earlier lines of a period charged.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ChargedBefore {
    /// All of it, before rounding.
    pub amount: Amount,
    /// What fixed discounts took off it.
    pub discount: Amount,
}

/// What was measured over a period.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Measured {
    /// A number of units, or a sum of money.
    Quantity(Units),
    /// A number of units that is a quotient. A unit conversion that rounds takes it as it is;
    /// otherwise it is rounded to six places, half up, before anything is applied.
    Quotient(Quotient),
    /// Events, in the order in which they happened.
    Events(Vec<PricedEvent>),
    /// Buckets, or values of a dimension, each by itself.
    Parts(Vec<Part>),
    /// Several units side by side.
    Capacity(BTreeMap<String, Units>),
}

/// One event.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PricedEvent {
    /// How much was used; zero where the event only says an amount.
    pub quantity: Units,
    /// The amount of money that it carries; zero where it only says a quantity.
    pub amount: Units,
}

/// A bucket, or a value of a dimension.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Part {
    /// The value, or the number of the bucket.
    pub name: String,
    /// What was measured in it.
    pub measured: Measured,
}

impl PricedUsage {
    /// The first usage of a period.
    #[must_use]
    pub fn first(total: Measured) -> Self {
        Self {
            total,
            before: None,
            charged_before: None,
        }
    }
}

impl Measured {
    /// Nothing, of the same kind.
    #[must_use]
    pub fn nothing(&self) -> Self {
        match self {
            Self::Quantity(_) | Self::Quotient(_) => Self::Quantity(Units::ZERO),
            Self::Events(_) => Self::Events(Vec::new()),
            Self::Parts(_) => Self::Parts(Vec::new()),
            Self::Capacity(_) => Self::Capacity(BTreeMap::new()),
        }
    }
}

impl fmt::Display for Measured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Quantity(units) => units.fmt(f),
            Self::Quotient(quotient) => quotient.fmt(f),
            Self::Events(events) => match events.as_slice() {
                [one] if one.quantity == Units::ZERO => one.amount.fmt(f),
                _ => write!(f, "{} events", events.len()),
            },
            Self::Parts(parts) => {
                for (index, part) in parts.iter().enumerate() {
                    let comma = if index == 0 { "" } else { ", " };
                    write!(f, "{comma}{}: {}", part.name, part.measured)?;
                }
                Ok(())
            }
            Self::Capacity(units) => {
                for (index, (unit, used)) in units.iter().enumerate() {
                    let comma = if index == 0 { "" } else { ", " };
                    write!(f, "{comma}{unit}: {used}")?;
                }
                Ok(())
            }
        }
    }
}
