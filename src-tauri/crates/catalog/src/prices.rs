//! Provider price tables: rows, look-up and the readers of their formats.
//!
//! [`PriceTable`] holds the models of a book; [`PriceTable::resolve`] finds the model that a
//! reported name stands for, [`ModelPrices::select`] the price of one dimension of one call.
//! There is no "current price": both times, the event's and `as_of`, are always named.

mod builtin;
mod fit;
pub mod genai;
mod import;
pub mod litellm;
mod matching;
mod merge;
mod names;
mod pattern;
mod row;
mod rules;
mod select;
mod table;

pub use builtin::{BuiltIn, TableFormat, built_in, built_in_tables, format, read};
pub use fit::fit;
pub use import::{ImportedTable, TableError, TableIssue, TableIssueKind, TableStamp};
pub use merge::merge;
pub use names::is_maker;
pub use row::{Fallback, MatchRule, ModelPrices, Multiplier, PriceSource, ProviderPrice};
pub use rules::RuleSet;
pub use select::{NoPrice, NoPriceReason, PriceCall, Selected};
pub use table::{ModelAlias, PriceTable, Resolution};
pub use table::{context_representative, minute_representative};
