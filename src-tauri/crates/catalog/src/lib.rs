//! ratebook-catalog
