//! One file per command.

pub mod backup;
pub mod cost;
pub mod demo;
pub mod exchange;
pub mod export;
pub mod import;
pub mod invoice;
pub mod plan;
pub mod price;
pub mod publish;
pub mod quote;
pub mod test;
pub mod verify;
