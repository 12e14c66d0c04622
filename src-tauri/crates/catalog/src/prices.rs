//! Provider price tables: rows, look-up and the readers of their formats.

mod row;

pub use row::{Fallback, MatchRule, ModelPrices, Multiplier, PriceSource, ProviderPrice};
