//! Use cases and the wire contract. Window and command line are two shells over this crate; nothing
//! below it knows which of them is calling.
//!
//! Every use case is a method of [`App`], one per line of [`contract`]. It owns transactions and
//! what is remembered between them. It does **not** own arithmetic (crates `rating` and
//! `invoicing`) or SQL (crate `store`).

mod app;
mod built_in;
mod choices;
pub mod contract;
mod convert;
pub mod cost;
mod drafts;
mod error;
mod figures;
mod jobs;
mod lines;
mod model_sales;
mod overview;
mod pack;
mod plan_text;
mod price_book_text;
mod price_draft;
mod price_files;
pub mod quote;
mod recent;
mod sample;
mod shares;
mod snapshot;
mod use_cases;
pub mod wire;

pub use app::{App, Surroundings, user_of_this_machine};
pub use error::{ApiError, ApiResult, ErrorCode};
pub use jobs::Report;
pub use lines::LineCounts;
pub use ratebook_store::audit::Actor;
pub use use_cases::plan_files::TestedPlan;
