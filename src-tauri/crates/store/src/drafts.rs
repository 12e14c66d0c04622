//! What a person adds to computed drafts, by customer and month (`YYYY-MM`). The drafts themselves
//! are never stored.

use crate::StoreResult;
use crate::codec::{Row, to_json};
use ratebook_catalog::CustomerId;
use ratebook_invoicing::DraftEdit;
use ratebook_money::Money;
use serde::{Deserialize, Serialize};
use sqlx::{SqliteConnection, query};
use std::collections::HashMap;

/// What was added to one draft.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct DraftEntry {
    /// Lines, discount, notes and references.
    pub edit: Option<DraftEdit>,
    /// What a person decided about it.
    pub marks: DraftMarks,
}

/// What a person decided about a draft.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct DraftMarks {
    /// Version of this stored shape.
    pub v: u32,
    /// Why it is not to be finalized yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hold: Option<String>,
    /// The total that was approved; a draft that has another one by now is not approved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved: Option<Money>,
    /// Why it may be finalized below the margin guard.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub below_guard: Option<BelowGuard>,
}

/// Why a draft may be finalized below the margin guard.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct BelowGuard {
    /// The reason, which is stored with the invoice.
    pub reason: String,
    /// The total that it was given for; it does not hold for another one.
    pub total: Money,
}

/// All entries of the book, by customer and month.
pub type DraftEntries = HashMap<(CustomerId, String), DraftEntry>;

/// All entries of the book.
///
/// # Errors
/// [`crate::StoreError::Corrupt`] for what cannot be read back.
pub async fn all(connection: &mut SqliteConnection) -> StoreResult<DraftEntries> {
    let rows = query!("SELECT customer, month, edit, marks FROM invoice_draft")
        .fetch_all(connection)
        .await?;
    let entries = rows.into_iter().map(|row| {
        let at = Row {
            table: "invoice_draft",
            id: &row.customer,
        };
        let customer = at.read("customer", CustomerId::parse(&row.customer))?;
        let edit = row.edit.as_deref().map(|text| at.json("edit", text));
        let entry = DraftEntry {
            edit: edit.transpose()?,
            marks: at.json("marks", &row.marks)?,
        };
        Ok(((customer, row.month), entry))
    });
    entries.collect()
}

/// Stores the entry of a draft; one that says nothing is taken away.
///
/// # Errors
/// When the database fails.
pub async fn save(
    connection: &mut SqliteConnection,
    customer: CustomerId,
    month: &str,
    entry: &DraftEntry,
) -> StoreResult<()> {
    let customer = customer.to_string();
    let edit = entry.edit.as_ref().filter(|edit| !edit.is_empty());
    let marks = DraftMarks {
        v: 1,
        ..entry.marks.clone()
    };
    let is_unmarked = DraftMarks {
        v: 0,
        ..marks.clone()
    } == DraftMarks::default();
    if edit.is_none() && is_unmarked {
        query!(
            "DELETE FROM invoice_draft WHERE customer = ?1 AND month = ?2",
            customer,
            month
        )
        .execute(connection)
        .await?;
        return Ok(());
    }
    let (edit, marks) = (edit.map(to_json).transpose()?, to_json(&marks)?);
    query!(
        "INSERT INTO invoice_draft (customer, month, edit, marks) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (customer, month) DO UPDATE SET edit = ?3, marks = ?4",
        customer,
        month,
        edit,
        marks
    )
    .execute(connection)
    .await?;
    Ok(())
}
