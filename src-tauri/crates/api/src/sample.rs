//! The sample book: an invented reseller with a dozen customers, real models and prices, and three
//! months of usage made from real traces. Deterministic: the same book every time.

mod company;
mod customers;
mod plans;
mod usage;

pub(crate) use company::company;
pub(crate) use customers::{SampleCustomer, customers};
pub(crate) use plans::{exchange_rates, markups, meters, plans};
pub(crate) use usage::events;

/// First and last month of the sample usage.
pub(crate) const MONTHS: [(i32, u32); 3] = [(2026, 8), (2026, 9), (2026, 10)];
