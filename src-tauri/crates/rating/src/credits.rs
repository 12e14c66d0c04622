//! Credit: grants are used up by charges in one fixed order, and every movement is an entry of an
//! append-only ledger with two sides.
//!
//! A grant pays for what was used at or after `effective_at` and before `expires_at`, if its scope
//! names it. Order of use: lower priority first, then what expires sooner (never is last), then
//! promotional before paid, then effective earlier, then created earlier; grants that are equal in
//! all of it in the order in which they were granted. Invariants: no balance is ever below zero;
//! what was granted is what was used, expired, voided and is left; the sum over all accounts is
//! zero. The order of entries is their sequence, not their time.

mod entry;
mod included;
mod ledger;
mod used;

pub use entry::{Account, Entry};
pub use included::{CarriedCredit, IncludedCredit, included};
pub use ledger::{Burned, Demand, Ledger};
pub use used::{UsableGrant, UsedPart, meter_name, model_name};
pub(crate) use used::{borders, used};

use ratebook_money::MoneyError;
use thiserror::Error;

/// Why credit could not be moved.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum CreditError {
    /// A number does not fit, or another currency was brought.
    #[error(transparent)]
    Number(#[from] MoneyError),
    /// The same grant twice.
    #[error("grant {0} is in the ledger already")]
    Twice(String),
    /// A grant that the ledger does not have.
    #[error("grant {0} is not in the ledger")]
    Unknown(String),
    /// A grant that is worth nothing, or a charge below zero.
    #[error("{0} is no amount that credit can move")]
    NoAmount(String),
}

#[cfg(test)]
mod tests;
