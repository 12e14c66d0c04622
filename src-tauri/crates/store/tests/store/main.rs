//! The store against real files.

mod audit;
mod common;
mod config;
mod credits;
mod facts;
mod forbidden;
mod guards;
mod invoices;
mod killed;
mod prices;
mod sample;
mod staged;
mod undo;
mod usage;
