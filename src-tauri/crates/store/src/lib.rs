//! A book: one SQLite file with everything of one issuing company.
//!
//! It owns opening and guarding the file ([`Book`]), one file of queries per aggregate, undo across
//! restarts ([`undo`]), the log of what touches money ([`audit`]), and the storage of usage as
//! counts ([`usage`]). It does **not** own
//! amounts: it stores what `rating` and `invoicing` made, and hands them sums of quantities.
//!
//! Queries are free functions over `&mut SqliteConnection`, so that a use case composes them in one
//! transaction: [`Book::write`] for changes, [`Book::read`] for a consistent view.
//!
//! Invariants, each held by the database too:
//! - one process per book, one writer in it;
//! - finalized invoices, published plan versions, usage events, prices, markup rules, exchange
//!   rates and entries of credit are only added; numbers of a series have no gaps;
//! - no grant of credit is ever used beyond what is left of it;
//! - an event is stored once, with its bucket, in the transaction of its whole import;
//! - what cannot be read back is an error that names table, row and column.
//!
//! ```
//! use ratebook_money::Timestamp;
//! use ratebook_store::{Book, StoreError, settings};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), StoreError> {
//! # let folder = tempfile::tempdir().expect("a folder");
//! # let path = folder.path().join("Halden.ratebook");
//! let now = Timestamp::parse("2026-11-01T08:00:00Z").expect("an instant");
//! let book = Book::create(&path, now).await?;
//! let mut write = book.write().await?;
//! settings::set(&mut write, "theme", &"dark").await?;
//! write.commit().await?;
//! let mut read = book.read().await?;
//! assert_eq!(settings::get::<String>(&mut read, "theme").await?.as_deref(), Some("dark"));
//! # Ok(())
//! # }
//! ```

pub mod audit;
mod backup;
mod codec;
pub mod company;
pub mod credit_notes;
pub mod credits;
pub mod customers;
pub mod drafts;
mod error;
pub mod exchange;
pub mod invoices;
pub mod markups;
pub mod meters;
pub mod numbers;
mod open;
pub mod payments;
pub mod plans;
pub mod price_draft;
pub mod prices;
pub mod settings;
pub mod subscriptions;
pub mod undo;
pub mod usage;
pub mod versions;
pub mod write_offs;

pub use error::{StoreError, StoreResult};
pub use open::{Book, ReadTx, WriteTx, change_count};
/// What queries run on: of a [`ReadTx`] or a [`WriteTx`].
pub use sqlx::SqliteConnection;
