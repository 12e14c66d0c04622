use crate::price::PriceFault;
use ratebook_catalog::{Dimension, MeterId};
use ratebook_money::{Currency, Date, MoneyError, Timestamp};
use thiserror::Error;

/// Why a customer's period could not be rated. Another customer is not affected.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RatingError {
    /// A plan is in another currency than the customer's invoices.
    #[error("the plan is in {plan}, the customer's invoices are in {customer}")]
    PlanCurrency {
        /// Currency of the plan.
        plan: Currency,
        /// Currency of the customer.
        customer: Currency,
    },
    /// The caller handed in usage of another period.
    #[error("usage of {at} lies outside of the period")]
    OutsidePeriod {
        /// Start of the sum.
        at: Timestamp,
    },
    /// A fee is per seat, and it is not known how many there are.
    #[error("charge \"{charge}\" is per seat, and there is no number of seats on {day}")]
    NoSeats {
        /// Name of the charge.
        charge: String,
        /// The day.
        day: Date,
    },
    /// A price is agreed with a customer for a charge that the plan does not have.
    #[error("a price is agreed for charge \"{charge}\", which the plan does not have")]
    UnknownCharge {
        /// Name of the charge.
        charge: String,
    },
    /// A charge names a meter that the book does not have.
    #[error("charge \"{charge}\" counts meter {meter}, which does not exist")]
    UnknownMeter {
        /// Name of the charge.
        charge: String,
        /// The meter.
        meter: MeterId,
    },
    /// The formula of a meter has no value for an event.
    #[error("the formula of meter \"{meter}\" has no value for an event")]
    UnknownValue {
        /// Name of the meter.
        meter: String,
    },
    /// Tiers that do not ascend or have no open end.
    #[error("the tiers of charge \"{charge}\" have no open end or do not ascend")]
    BrokenTiers {
        /// Name of the charge.
        charge: String,
    },
    /// A price that is made from cost, or looks at groups, values or several units, has no amount
    /// for a quantity alone.
    #[error("the price has no amount for a quantity alone")]
    NoQuantity,
    /// A price row names a source that the table does not have.
    #[error("a price of {provider} {model} has no source")]
    UnknownSource {
        /// Who runs the model.
        provider: String,
        /// The model.
        model: String,
    },
    /// An amount or quantity does not fit.
    #[error("charge \"{charge}\", quantity {quantity}: {source}")]
    Amount {
        /// Name of the charge.
        charge: String,
        /// The quantity.
        quantity: String,
        /// What went wrong.
        source: MoneyError,
    },
    /// A price has no amount for what was used.
    #[error("charge \"{charge}\", quantity {quantity}: {source}")]
    Price {
        /// Name of the charge.
        charge: String,
        /// The quantity.
        quantity: String,
        /// What went wrong.
        source: PriceFault,
    },
    /// A sum of quantities, or a time, does not fit.
    #[error(transparent)]
    Number(#[from] MoneyError),
    /// Received usage is not rated + waiting + excluded. A fault in this program: nothing is
    /// billed.
    #[error("{dimension}: received {received}, accounted for {accounted}")]
    Unbalanced {
        /// What was counted.
        dimension: Dimension,
        /// What came in.
        received: String,
        /// What the result holds.
        accounted: String,
    },
}
