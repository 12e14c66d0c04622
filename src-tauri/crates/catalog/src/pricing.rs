//! What a quantity costs, whole: a price model and all that is applied before and after it, as one
//! value that a price document holds. The amounts are computed in crate `rating`.

mod fields;
mod model;
mod read;
mod words;
mod write;

pub use fields::{Fields, Number, number};
pub use model::{
    Block, BlockMode, BucketPer, CapacityTier, Model, Package, PackageRound, PercentTier,
    Percentage, ValuePrice,
};
pub use read::price;
pub use words::sentence;
pub use write::{parse, write};

use ratebook_money::{MoneyError, share};
use rust_decimal::Decimal;

/// A price of a document. What is applied, in this order: `convert`, `included`, `model`,
/// `commitment`, percentage discount, `maximum`, `minimum`, fixed discount.
///
/// All amounts are in the document's currency with at most 24 decimal places, all quantities have
/// at most 12. A quantity that was corrected below zero costs what zero costs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Price {
    /// How the quantity becomes an amount.
    pub model: Model,
    /// Unit conversion and rounding of the quantity, over the whole period.
    pub convert: Option<Convert>,
    /// Units of the period that cost nothing; zero or more.
    pub included: Decimal,
    /// What the customer has agreed to use.
    pub commitment: Option<Commitment>,
    /// Taken off the amount.
    pub discount: Discount,
    /// The period costs at most this.
    pub maximum: Option<Decimal>,
    /// The period costs at least this.
    pub minimum: Option<Decimal>,
}

/// A discount: first the percentage, and after maximum and minimum the fixed amount.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Discount {
    /// Percent of the amount, 0 to 100, at most 10 places.
    pub percent: Decimal,
    /// A fixed amount; it never takes the rest below zero.
    pub amount: Decimal,
}

/// Turns what was counted into what is priced: multiplied, divided, then rounded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Convert {
    /// Times this, above zero.
    pub multiply_by: Decimal,
    /// Over this, above zero.
    pub divide_by: Decimal,
    /// Whether and how the quotient is rounded.
    pub round: QuantityRound,
    /// To so many decimal places, 0 to 12.
    pub places: u32,
}

/// How a quantity is rounded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum QuantityRound {
    /// Not at all: a quotient without a finite number of places is refused.
    None,
    /// To the next that is not below.
    Up,
    /// To the next that is not above.
    Down,
    /// To the nearest; half goes up.
    Nearest,
}

/// What the customer has agreed to use: up to it list prices hold, beyond it they are multiplied.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Commitment {
    /// How much.
    pub size: CommitmentSize,
    /// Factor on what goes beyond; zero or more, at most 12 places.
    pub overage_factor: Decimal,
    /// Whether what was not used is charged.
    pub true_up: bool,
}

/// A commitment is agreed in money or in units.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CommitmentSize {
    /// An amount at list prices.
    Amount(Decimal),
    /// So many units, worth what they cost at list prices.
    Quantity(Decimal),
}

impl Price {
    /// The price for a part of the period, `days` of `of`: what is included, agreed or due whatever
    /// is used is that part of it, also for each group and value by itself; prices of units, hours
    /// and days are not. Rounded as [`share`] says.
    ///
    /// # Errors
    /// [`MoneyError`] for numbers with more than 12 places.
    pub fn prorated(&self, days: u32, of: u32) -> Result<Self, MoneyError> {
        let part = |number: Decimal| share(number, days, of);
        let size = |size: CommitmentSize| match size {
            CommitmentSize::Amount(amount) => part(amount).map(CommitmentSize::Amount),
            CommitmentSize::Quantity(quantity) => part(quantity).map(CommitmentSize::Quantity),
        };
        let commitment = match self.commitment {
            Some(own) => Some(Commitment {
                size: size(own.size)?,
                ..own
            }),
            None => None,
        };
        Ok(Self {
            included: part(self.included)?,
            minimum: self.minimum.map(part).transpose()?,
            commitment,
            model: self.model.prorated(days, of)?,
            ..self.clone()
        })
    }

    /// Its model and those of the prices inside it, each with the path of its price.
    #[must_use]
    pub fn models(&self, path: &str) -> Vec<(String, &Model)> {
        let mut found = vec![(path.to_owned(), &self.model)];
        let at = |field: &str| {
            let dot = if path.is_empty() { "" } else { "." };
            format!("{path}{dot}{field}")
        };
        match &self.model {
            Model::Bucketed { base, .. } => found.extend(base.models(&at("base"))),
            Model::LineSum { lines, default } => {
                for (index, line) in lines.iter().enumerate() {
                    found.extend(line.price.models(&at(&format!("lines[{index}].price"))));
                }
                if let Some(price) = default {
                    found.extend(price.models(&at("default")));
                }
            }
            Model::Flat { .. }
            | Model::PerUnit { .. }
            | Model::Overage { .. }
            | Model::Graduated { .. }
            | Model::Volume { .. }
            | Model::Package(_)
            | Model::Percentage(_)
            | Model::GraduatedPercentage { .. }
            | Model::Dynamic
            | Model::CostPlus { .. }
            | Model::Capacity { .. }
            | Model::Blocks { .. } => {}
        }
        found
    }

    /// A price that is nothing but its model.
    #[must_use]
    pub fn of(model: Model) -> Self {
        Self {
            model,
            convert: None,
            included: Decimal::ZERO,
            commitment: None,
            discount: Discount {
                percent: Decimal::ZERO,
                amount: Decimal::ZERO,
            },
            maximum: None,
            minimum: None,
        }
    }
}

#[cfg(test)]
mod tests;
