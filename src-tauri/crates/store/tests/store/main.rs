//! The store against real files.

mod common;
mod config;
mod undo;
mod usage;
