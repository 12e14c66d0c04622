use crate::{InvoiceEvent, InvoiceStatus};
use ratebook_money::{Money, MoneyError};
use ratebook_rating::RatingError;
use ratebook_rating::credits::CreditError;
use thiserror::Error;

/// Why an invoice could not be made or changed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum InvoiceError {
    /// The state does not allow it.
    #[error("{event:?} is not possible in state {status:?}")]
    NotAllowed {
        /// The state.
        status: InvoiceStatus,
        /// What was asked for.
        event: InvoiceEvent,
    },
    /// There is nothing to invoice.
    #[error("the invoice has no lines")]
    NoLines,
    /// A period must have at least one instant.
    #[error("the period is empty")]
    EmptyPeriod,
    /// A tax rate below zero or with too many digits.
    #[error("\"{0}\" is not a tax rate")]
    TaxRate(String),
    /// The date does not fit the calendar.
    #[error("the due date is outside of the calendar")]
    DueDate,
    /// The inputs could not be written down.
    #[error("the inputs cannot be frozen: {0}")]
    Freeze(String),
    /// The frozen inputs cannot be read or were changed.
    #[error("the frozen inputs are damaged: {0}")]
    Damaged(String),
    /// A discount of more than the lines come to.
    #[error("the discount is more than the sum of the lines, {sum}")]
    DiscountAboveSum {
        /// What the lines come to.
        sum: Money,
    },
    /// The period could not be rated.
    #[error(transparent)]
    Rating(#[from] RatingError),
    /// Credit could not be used.
    #[error(transparent)]
    Credit(#[from] CreditError),
    /// A number does not fit.
    #[error(transparent)]
    Money(#[from] MoneyError),
}
