//! What a bank says came in, and which invoices it pays.
//!
//! [`read`] makes lines of a bank's CSV file; its columns are found by their names. [`propose`]
//! says which open invoices a line pays, how sure that is, and why. Nothing here books anything.

mod amount;
mod columns;
mod day;
mod propose;
mod read;

pub use propose::{Allocation, Confidence, OpenInvoice, Proposal, Reason, propose};
pub use read::{BankFault, BankFile, BankFileError, BankLine, DayOrder, read};
