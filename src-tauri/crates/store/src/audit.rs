//! The audit log: who changed what that touches money, when and why.
//!
//! Triggers on the writer's connection collect the rows that change ([`AUDITED`]); committing the
//! transaction makes one entry of them ([`crate::WriteTx::commit`]). A use case adds words with
//! [`note`], but whether it does so or not: what changed is in the log. Entries are chained by
//! their hashes; [`faults`] proves the chain.

mod chain;
mod faults;
mod list;
mod record;
mod tables;

pub use faults::{AuditFault, faults};
pub use list::{AuditEntry, AuditFilter, AuditObject, AuditPage, changes_of, get, list, page};
pub use record::{because, note};
pub(crate) use record::{install, seal, seal_import};
pub use tables::{AUDITED, Audited, EXEMPT};

/// Who works with the book: the user's name at the operating system, and through which program.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Actor {
    /// `anna`; empty where the system does not say.
    pub who: String,
    /// `window`, `command_line`; empty for a program that does not say.
    pub shell: String,
}
