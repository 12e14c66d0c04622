//! Usage as counts: events that are stored once, and their sums per hour.
//!
//! [`import`] writes a whole file in one transaction, [`sums`] reads what prices are computed from,
//! [`events`] what explains a sum. Customers and models are resolved when usage is read: usage
//! knows only the names its source gave (see [`unknown_refs`]).

mod conflict;
mod dictionary;
mod events;
mod import;
mod lists;
mod packed;
mod rebuild;
mod sums;
mod verify;
mod writer;

pub use events::{EventQuery, StoredEvent, events};
pub use import::{ImportProgress, ImportReport, ImportRequest, import, import_events};
pub use lists::{
    Conflict, CustomerRef, ImportBatch, ImportIssue, Refused, UnknownRef, UsageTotal, batches,
    conflicts, issues, newest_epoch, refs, totals, unknown_refs,
};
pub use rebuild::{Basis, refine};
pub use sums::{ClassCache, Epochs, Grain, SumQuery, classes, sums};
pub use verify::{UsageFault, verify};
