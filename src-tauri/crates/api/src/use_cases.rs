//! One file per area of the contract. A use case reads its request into domain types, opens one
//! transaction, calls pure functions, saves and replies. It does no arithmetic and has no SQL.

pub(crate) mod books;
pub(crate) mod companies;
mod comparisons;
pub(crate) mod credits;
mod customers;
mod exchange;
mod imports;
mod inbox;
pub(crate) mod invoices;
pub(crate) mod markups;
mod meters;
pub(crate) mod papers;
pub(crate) mod plan_files;
pub(crate) mod plan_tests;
mod plans;
mod previews;
mod price_at;
mod price_bulk;
pub(crate) mod price_cells;
pub(crate) mod price_edits;
mod price_exports;
mod price_imports;
mod price_review;
mod price_staging;
mod price_timeline;
mod price_versions;
mod price_watch;
pub(crate) mod prices;
mod quotes;
mod rule_tests;
mod samples;
mod searches;
pub(crate) mod usages;
mod verify;
