use ratebook_money::MoneyError;
use thiserror::Error;

/// Why a usage has no amount: what was used, and what went wrong with it.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[error("usage {quantity}: {fault}")]
pub struct PriceError {
    /// What was used in the period.
    pub quantity: String,
    /// What went wrong.
    pub fault: PriceFault,
}

/// What went wrong with a usage under a price.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum PriceFault {
    /// A number does not fit.
    #[error(transparent)]
    Number(#[from] MoneyError),
    /// A conversion has no exact result, and the price does not say how to round it.
    #[error(
        "{quantity} over {divide_by} has no exact result with 12 decimals; say how the quantity \
         is rounded"
    )]
    Endless {
        /// What was counted.
        quantity: String,
        /// What it is divided by.
        divide_by: String,
    },
    /// A value of a dimension without a price.
    #[error("the value \"{0}\" has no price, and there is no default")]
    NoPrice(String),
    /// A unit that no tier of a capacity names.
    #[error("no tier has a limit for the unit \"{0}\"")]
    NoLimit(String),
    /// Tiers that do not ascend or have no open end.
    #[error("the tiers have no open end or do not ascend")]
    BrokenTiers,
    /// A price that looks at events got a quantity without them, or the other way round.
    #[error("this price needs {0}")]
    Needs(&'static str),
}
