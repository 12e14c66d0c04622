//! The wire: every request and reply that crosses to the window, and nothing else does.
//!
//! Exact numbers travel as text. Field names are camel case. TypeScript types are made from these
//! by ts-rs (`ui/src/ipc/generated/types.ts`).

/// Declares wire structs: public fields, camel case, exported to TypeScript.
macro_rules! wire {
    ($($(#[$doc:meta])* struct $name:ident {
        $($(#[$field_doc:meta])* $field:ident: $type:ty,)*
    })*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize, ts_rs::TS)]
            #[serde(rename_all = "camelCase")]
            #[ts(export, export_to = "types.ts")]
            pub struct $name { $($(#[$field_doc])* pub $field: $type,)* }
        )*
    };
}

/// Declares wire enums without data: snake case words.
macro_rules! words {
    ($($(#[$doc:meta])* enum $name:ident { $($(#[$word_doc:meta])* $word:ident,)* })*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
            #[derive(ts_rs::TS)]
            #[serde(rename_all = "snake_case")]
            #[ts(export, export_to = "types.ts")]
            pub enum $name { $($(#[$word_doc])* $word,)* }
        )*
    };
}

mod accounting;
mod audit;
mod bank;
mod book;
mod common;
mod compare;
mod credit;
mod credit_note;
mod customer;
mod draft_edit;
mod einvoice;
mod invoice;
mod invoice_export;
mod number_series;
mod pack;
mod payment;
mod plan;
mod price;
mod price_at;
mod price_draft;
mod price_table;
mod price_version;
mod statement;
mod usage;

pub use accounting::*;
pub use audit::*;
pub use bank::*;
pub use book::*;
pub use common::*;
pub use compare::*;
pub use credit::*;
pub use credit_note::*;
pub use customer::*;
pub use draft_edit::*;
pub use einvoice::*;
pub use invoice::*;
pub use invoice_export::*;
pub use number_series::*;
pub use pack::*;
pub use payment::*;
pub use plan::*;
pub use price::*;
pub use price_at::*;
pub use price_draft::*;
pub use price_table::*;
pub use price_version::*;
pub use statement::*;
pub use usage::*;
