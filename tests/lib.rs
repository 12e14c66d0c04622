//! What the tests share: the places of the repository, and with feature `e2e` the real window.

#[cfg(feature = "e2e")]
pub mod e2e;
pub mod repository;
