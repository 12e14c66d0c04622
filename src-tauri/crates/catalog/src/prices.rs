//! Provider price tables: rows, look-up and the readers of their formats.
//!
//! [`PriceTable`] holds the models of a book; [`PriceTable::resolve`] finds the model that a
//! reported name stands for, [`ModelPrices::select`] the price of one dimension of one call.
//! There is no "current price": both times, the event's and `as_of`, are always named.

mod asif;
mod builtin;
mod diff;
mod explain;
mod format;
mod gateways;
pub mod genai;
mod import;
pub mod list;
pub mod litellm;
mod matching;
mod merge;
mod modelsdev;
mod names;
mod openrouter;
mod pattern;
mod row;
mod rules;
mod select;
mod table;
mod vercel;

pub use builtin::{BuiltIn, built_in, built_in_tables};
pub use diff::{Authority, Change, LineKind, ModelRules, PriceLine, TableDiff, diff};
pub use explain::{Match, MatchStep, MatchedBy};
pub use format::{TableFormat, format, read};
pub use import::{ImportedTable, TableError, TableIssue, TableIssueKind, TableStamp};
pub use merge::merge;
pub use names::is_maker;
pub use row::{Fallback, MatchRule, Minimum, ModelPrices, Multiplier, PriceSource, ProviderPrice};
pub use rules::RuleSet;
pub use select::{NoPrice, NoPriceReason, PriceCall, Selected};
pub use table::{ModelAlias, PriceTable, Resolution};
pub use table::{context_representative, minute_representative};
