//! ratebook-invoicing
pub mod document;
