//! ratebook-store
