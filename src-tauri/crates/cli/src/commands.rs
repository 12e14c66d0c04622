//! One file per command.

pub mod audit;
pub mod backup;
pub mod cost;
pub mod demo;
pub mod exchange;
pub mod export;
pub mod import;
pub mod invoice;
pub mod payment;
pub mod plan;
pub mod price;
pub mod publish;
pub mod quote;
pub mod statement;
pub mod test;
pub mod verify;
