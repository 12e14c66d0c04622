//! ratebook-invoicing
