//! Rated lines become an invoice: totals and tax, drafts, finalized invoices, their printed form.
#![deny(clippy::float_arithmetic)]
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::indexing_slicing,
        clippy::wildcard_enum_match_arm,
        clippy::as_conversions
    )
)]

pub mod document;
mod draft;
mod error;
mod finalized;
mod inputs;
mod number;
pub mod print;
mod status;
mod totals;
mod verify;

pub use draft::{DraftInvoice, InvoiceLine, draft};
pub use error::InvoiceError;
pub use finalized::{FinalizedInvoice, due_date, finalize};
pub use inputs::{Frozen, FrozenSubscription, Inputs, sha256};
pub use number::{number, series_key};
pub use status::{InvoiceEvent, InvoiceStatus, next};
pub use totals::{TaxCategory, TaxKey, TaxLine, Totals};
pub use verify::{Difference, Differences, VerifyError, compare, recompute, verify};
