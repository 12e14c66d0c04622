//! Usage as counts: events that are stored once, and their sums per hour.
//!
//! [`import`] writes a whole file in one transaction, [`sums`] reads what prices are computed from,
//! [`events`] what explains a sum. Customers and models are resolved when usage is read: usage
//! knows only the names its source gave (see [`unknown_refs`]).

mod classes;
mod conflict;
mod dictionary;
mod events;
mod facts;
mod hours;
mod import;
mod lists;
mod packed;
mod rebuild;
mod short;
mod spread;
mod sums;
mod totals;
mod verify;
mod writer;

pub use classes::{ClassCache, classes};
pub use events::{EventQuery, StoredEvent, events};
pub use facts::{FactQuery, fact_before, facts, series_of};
pub use hours::hours;
pub use import::{ImportProgress, ImportReport, ImportRequest, import, import_events};
pub use lists::{
    Conflict, CustomerRef, ImportBatch, ImportIssue, Refused, UnknownRef, batches, conflicts,
    issues, newest_epoch, refs, unknown_refs,
};
pub use rebuild::{Basis, refine};
pub use spread::{Spread, SpreadQuery, spread};
pub use sums::{Epochs, Grain, SumQuery, sums};
pub use totals::{SeriesTotal, UsageTotal, series_totals, spans, totals};
pub use verify::{UsageFault, verify};
