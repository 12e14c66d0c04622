//! A finalized invoice or credit note as an electronic one: the XML that accounting programs read.
//!
//! It owns the neutral [`Einvoice`] (EN 16931's terms, whatever the syntax), how a
//! [`FinalizedInvoice`](ratebook_invoicing::FinalizedInvoice) or a
//! [`CreditNote`](ratebook_invoicing::CreditNote) becomes one, what a format asks for beyond the
//! law's minimum ([`faults`]), and the two syntaxes: UN/CEFACT CII and OASIS UBL 2.1. It does
//! **not** own amounts, taxes or totals (crate `invoicing`): no figure is computed here. Nor does
//! it know the PDF that the XML may be embedded in (crate `pdf`): for Factur-X it writes what
//! stands inside, and its name there.
//!
//! Invariants:
//! - what is written has passed [`faults`]: nothing that a format demands is missing;
//! - quantity × price is the line's amount, rounded once; where a line came about otherwise (tiers,
//!   a share of a period, a minimum), it is one unit at its amount, and a note says how;
//! - the same invoice gives the same bytes.
//!
//! ```
//! use ratebook_einvoice::Format;
//!
//! assert_eq!(Format::parse("peppol"), Some(Format::Peppol));
//! assert!(Format::Xrechnung.is_cii());
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

mod check;
mod cii;
mod convert;
mod error;
mod format;
mod model;
mod ubl;
mod xml;

pub use check::faults;
pub use error::EinvoiceError;
pub use model::{
    Account, Allowance, Contact, Einvoice, Kind, Line, Party, Preceding, Sums, Tax, Terms,
};
pub use ratebook_catalog::{EinvoiceFormat as Format, Endpoint};

/// The name of the XML inside of a hybrid PDF, which programs look for.
pub const EMBEDDED_NAME: &str = "factur-x.xml";
/// The profile of the XML inside of a hybrid PDF.
pub const EMBEDDED_LEVEL: &str = "EN 16931";

/// The file's text in a format: UTF-8, with an XML declaration.
///
/// # Errors
/// [`EinvoiceError::Faults`] with all that is missing or cannot be said; nothing is written then.
pub fn write(invoice: &Einvoice, format: Format) -> Result<String, EinvoiceError> {
    let found = faults(invoice, format);
    if !found.is_empty() {
        return Err(EinvoiceError::Faults(found));
    }
    if format.is_cii() {
        cii::write(invoice, format)
    } else {
        ubl::write(invoice, format)
    }
}
