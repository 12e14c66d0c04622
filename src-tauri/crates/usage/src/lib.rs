//! Usage events: what one is, how reported numbers become disjoint quantities, and the readers of
//! the formats it arrives in.
//!
//! It owns identity, content and the door at which usage enters. It does **not** own storage
//! (crate `store`) or prices (crates `catalog` and `rating`).
//!
//! Invariants:
//! - the quantities of an event are disjoint: each token is counted once;
//! - identity is `(source, id)`, for ever; content decides duplicate or conflict;
//! - an impossible row is refused with line, field and reason, never repaired in silence.

mod batch;
mod counts;
mod draft;
mod encode;
mod event;
mod facts;
mod hash;
pub mod import;
mod names;
mod sums;

pub use batch::{CallKey, EventBatch, EventRow};
pub use counts::{Convention, Counts, Impossible, disjoint};
pub use encode::canonical_line;
pub use event::{MODEL_CALL, Reported, ReportedCost, UsageEvent};
pub use facts::Facts;
pub use hash::{content_hash, identity};
pub use sums::{CallClass, ShortCalls, UsageSum};
