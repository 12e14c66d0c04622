use thiserror::Error;

/// Why a number could not be read, held or combined.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum MoneyError {
    /// The text is not a plain decimal number.
    #[error("\"{0}\" is not a decimal number")]
    NotANumber(String),
    /// More decimal places than the kind of number may have.
    #[error("{value} has more than {places} decimal places")]
    TooPrecise {
        /// The number as it was given.
        value: String,
        /// How many places are allowed.
        places: u32,
    },
    /// The number does not fit its type.
    #[error("the number is too large")]
    Overflow,
    /// The number must not be below zero.
    #[error("{0} is negative")]
    Negative(String),
    /// No currency of ISO 4217 has this code.
    #[error("\"{0}\" is not a currency code")]
    UnknownCurrency(String),
    /// Two amounts of different currencies met.
    #[error("{left} and {right} cannot be combined")]
    CurrencyMismatch {
        /// Code of the first currency.
        left: String,
        /// Code of the second currency.
        right: String,
    },
    /// Division by zero, or weights that sum to zero.
    #[error("division by zero")]
    DivisionByZero,
    /// The text is not a date, an instant or a time zone.
    #[error("\"{0}\" is not a valid time")]
    NotATime(String),
    /// The text is not an id of the expected kind.
    #[error("\"{0}\" is not a valid id")]
    NotAnId(String),
}
