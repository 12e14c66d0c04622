//! The suite: everything about the repository as a whole. Runs without a window.

mod architecture;
mod bank;
mod cases;
mod einvoice;
mod examples;
mod imports;
mod invoices;
mod rating;
mod stored;
