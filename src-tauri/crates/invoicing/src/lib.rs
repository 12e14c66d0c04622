//! Rated lines become an invoice: totals and tax, drafts, finalized invoices, their printed form.
//!
//! It owns the states of an invoice, its sums and taxes (EN 16931), its number, what is frozen with
//! it, and the words and figures on the paper. It does **not** own amounts of lines (crate
//! `rating`), pages and fonts (crate `pdf`), or where invoices are kept (crate `store`).
//!
//! Invariants:
//! - a draft is computed, never stored; a finalized invoice is another type and can only be read;
//! - lines are rounded before they come here; tax is rounded once per rate and category, on the
//!   sum of its lines; sum of lines − credit before tax + tax = total;
//! - frozen inputs give the same invoice for ever, bit for bit ([`verify`]).
//!
//! ```
//! use ratebook_catalog::TaxTreatment;
//! use ratebook_invoicing::TaxKey;
//! use ratebook_money::{Currency, Factor, Money};
//!
//! // Three lines of 33.33 at 19 %: the tax is 19.00, from the sum and not from each line.
//! let percent = Factor::parse("19")?;
//! let sum = Money::from_minor(3 * 3_333, Currency::parse("EUR")?);
//! let tax = TaxKey::of(&TaxTreatment::Rate { percent }).tax_on(sum)?;
//! assert_eq!(tax.to_string(), "19.00 EUR");
//! # Ok::<(), ratebook_invoicing::InvoiceError>(())
//! ```
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

mod account;
pub mod bank;
mod credit;
mod credit_note;
pub mod document;
mod draft;
mod edit;
mod error;
pub mod evidence;
mod finalized;
mod inputs;
pub mod journal;
mod number;
mod payment;
pub mod print;
mod status;
mod totals;
mod verify;

pub use account::{Account, AccountEntry, AccountEntryKind, OpenItem, account};
pub use credit::{InvoiceCredit, uses_of};
pub use credit_note::{CreditNote, CreditNoteFault, CreditNoteLine, DraftCreditNote, LineTakeBack};
pub use credit_note::{
    TakeBack, draft_credit_note, finalize_credit_note, left_of, recompute_credit_note,
};
pub use draft::{DraftInvoice, InvoiceLine, Replaced, draft, draft_with};
pub use edit::{Discount, DiscountPart, Discounted, DraftEdit, ManualLine, Off};
pub use error::InvoiceError;
pub use finalized::{FinalizedInvoice, due_date, finalize};
pub use inputs::{Frozen, FrozenSubscription, Inputs, sha256, sha256_of};
pub use number::{credit_note_series, number, series_key};
pub use payment::{AgeBand, Ageing, PaymentStatus, Standing, standing};
pub use status::{InvoiceEvent, InvoiceStatus, next};
pub use totals::{Credited, TaxCategory, TaxKey, TaxLine, Totals};
pub use verify::{Difference, Differences, VerifyError, compare, recompute, verify};
