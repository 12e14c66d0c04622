//! What one call costs: Σ rate × quantity, exact, with a line per dimension.
//!
//! The same selection as everywhere else ([`ModelPrices::select`]), asked once per kind of call
//! and kept: calls of one model that carry the same marks, fall between the same context
//! thresholds and in the same part of the day and of the price history cost the same per unit.
//!
//! [`ModelPrices::select`]: ratebook_catalog::prices::ModelPrices::select

mod line;
mod marks;
mod pricer;
mod quantities;
mod reply;

pub use line::{CallLine, LineFault};
pub use marks::mark;
pub use pricer::{CallCost, CostFault, CostLine, Pricer};
pub use quantities::{Quantities, QuantityFault};
pub use reply::{refused, reply};

#[cfg(test)]
mod tests;
