//! ratebook-usage
