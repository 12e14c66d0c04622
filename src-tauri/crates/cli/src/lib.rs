//! ratebook-cli
