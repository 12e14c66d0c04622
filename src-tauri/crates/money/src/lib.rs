//! Exact numbers: currencies, money, rates, factors, quantities, amounts, rounding, time.
//!
//! This crate owns every rule about how a number is held, multiplied, rounded and split, and the
//! types that keep one kind of number from being taken for another. It does **not** own what a
//! number means (prices, plans, invoices live above it), nor how it is shown to a person.
//!
//! Invariants:
//! - no binary floating point anywhere;
//! - a product that cannot be held exactly is an error, never cut;
//! - money is rounded by [`Amount::round`] and nowhere else, half away from zero.
//!
//! ```
//! use ratebook_money::{Currency, Quantity, Rate};
//! let usd = Currency::parse("USD").unwrap();
//! // 10,000 calls of $0.00042 are $4.20, not $0.00.
//! let rate = Rate::parse("0.00042", usd).unwrap();
//! let amount = rate.times(Quantity::from_units(10_000).unwrap()).unwrap();
//! assert_eq!(amount.round().unwrap().to_string(), "4.20 USD");
//! ```

mod allocate;
mod amount;
mod currency;
mod error;
mod exact;
pub mod id;
mod money;
mod quantity;
mod rate;
mod step;
mod text;
mod time;
mod wide;

pub use allocate::allocate;
pub use amount::{Amount, mul_div_round, share};
pub use currency::Currency;
pub use error::MoneyError;
pub use exact::Exact;
pub use money::Money;
pub use quantity::Quantity;
pub use rate::{Factor, Rate};
pub use step::Toward;
pub use text::parse_decimal;
pub use time::{Date, Period, Timestamp, Zone};
