//! ratebook-money
