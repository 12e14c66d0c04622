//! Use cases and the wire contract. Window and command line are two shells over this crate; nothing
//! below it knows which of them is calling.

pub mod contract;
mod convert;
mod error;
pub mod wire;

pub use error::{ApiError, ApiResult, ErrorCode};
