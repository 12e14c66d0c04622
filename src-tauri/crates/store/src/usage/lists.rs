//! Lists about usage: imports, their faults and conflicts, names and what waits for them.

use crate::StoreResult;
use crate::codec::Row;
pub use crate::usage::conflict::Refused;
use ratebook_catalog::CustomerId;
use ratebook_money::Timestamp;
use sqlx::{SqliteConnection, query, query_scalar};
use std::collections::BTreeMap;

/// One import, as stored.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ImportBatch {
    /// Number of the import.
    pub id: i64,
    /// Name of the file.
    pub name: String,
    /// The format that was read.
    pub format: String,
    /// When.
    pub imported_at: Timestamp,
    /// Bytes read.
    pub bytes: i64,
    /// Events stored.
    pub accepted: i64,
    /// Events that were there already.
    pub duplicates: i64,
    /// Events that were there with other content.
    pub conflicts: i64,
    /// Rows of which no event could be made.
    pub rejected: i64,
}

/// One fault of an import.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ImportIssue {
    /// Line of the file.
    pub line: i64,
    /// Field or column; empty for the whole row.
    pub field: String,
    /// What is wrong, as a stable word.
    pub code: String,
    /// Whether the row was left out.
    pub refused: bool,
    /// Values for the message.
    pub params: BTreeMap<String, String>,
}

/// Same identity, other content: what came, and the event that stays.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Conflict {
    /// Number of the conflict.
    pub id: i64,
    /// The import it came with.
    pub batch: i64,
    /// Line of the file.
    pub line: i64,
    /// What was refused.
    pub refused: Refused,
    /// The event that was there first, for [`crate::usage::EventQuery`].
    pub first_event: i64,
}

/// A customer as usage names it, and who that is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CustomerRef {
    /// Number of the name.
    pub id: i64,
    /// The name.
    pub name: String,
    /// The customer that has it as an alias.
    pub customer: Option<CustomerId>,
}

/// A name that no customer has: its usage waits.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnknownRef {
    /// Number of the name.
    pub id: i64,
    /// The name.
    pub name: String,
    /// Events that wait.
    pub events: i64,
    /// The first of them.
    pub first_at: Timestamp,
    /// The last of them.
    pub last_at: Timestamp,
}

/// All imports, newest first.
///
/// # Errors
/// [`crate::StoreError::Corrupt`] for what cannot be read back.
pub async fn batches(connection: &mut SqliteConnection) -> StoreResult<Vec<ImportBatch>> {
    let rows = query!("SELECT * FROM import_batch ORDER BY id DESC")
        .fetch_all(connection)
        .await?;
    rows.into_iter()
        .map(|row| {
            let id = row.id.to_string();
            let at = Row {
                table: "import_batch",
                id: &id,
            };
            Ok(ImportBatch {
                id: row.id,
                name: row.name,
                format: row.format,
                imported_at: at.at("imported_at", row.imported_at)?,
                bytes: row.bytes,
                accepted: row.accepted,
                duplicates: row.duplicates,
                conflicts: row.conflicts,
                rejected: row.rejected,
            })
        })
        .collect()
}

/// The epoch of the newest usage; 0 in a book without any. A run of this epoch or later has no late
/// usage.
///
/// # Errors
/// When the database fails.
pub async fn newest_epoch(connection: &mut SqliteConnection) -> StoreResult<i64> {
    Ok(query_scalar!(
        r#"SELECT coalesce(max(epoch), 0) AS "epoch!: i64" FROM import_batch WHERE accepted > 0"#
    )
    .fetch_one(connection)
    .await?)
}

/// The first thousand faults of an import.
///
/// # Errors
/// [`crate::StoreError::Corrupt`] for what cannot be read back.
pub async fn issues(
    connection: &mut SqliteConnection,
    batch: i64,
) -> StoreResult<Vec<ImportIssue>> {
    query!(
        "SELECT * FROM import_issue WHERE batch = ?1 ORDER BY id",
        batch
    )
    .fetch_all(connection)
    .await?
    .into_iter()
    .map(|row| {
        let id = row.id.to_string();
        let at = Row {
            table: "import_issue",
            id: &id,
        };
        Ok(ImportIssue {
            line: row.line,
            field: row.field,
            code: row.code,
            refused: row.effect == "refused",
            params: at.json("params", &row.params)?,
        })
    })
    .collect()
}

/// Conflicts, newest first, at most `limit`; those of one import when one is named.
///
/// # Errors
/// [`crate::StoreError::Corrupt`] for what cannot be read back.
pub async fn conflicts(
    connection: &mut SqliteConnection,
    batch: Option<i64>,
    limit: u32,
) -> StoreResult<Vec<Conflict>> {
    let limit = i64::from(limit);
    let rows = query!(
        r#"SELECT c.id AS "id!", c.batch, c.line, c.refused, i.event AS first_event
           FROM usage_conflict c
           JOIN usage_identity i USING (identity_hi, identity_lo)
           WHERE (?1 IS NULL OR c.batch = ?1) ORDER BY c.id DESC LIMIT ?2"#,
        batch,
        limit
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            let id = row.id.to_string();
            let at = Row {
                table: "usage_conflict",
                id: &id,
            };
            Ok(Conflict {
                id: row.id,
                batch: row.batch,
                line: row.line,
                refused: at.json("refused", &row.refused)?,
                first_event: row.first_event,
            })
        })
        .collect()
}

/// All names of customers in usage.
///
/// # Errors
/// [`crate::StoreError::Corrupt`] for what cannot be read back.
pub async fn refs(connection: &mut SqliteConnection) -> StoreResult<Vec<CustomerRef>> {
    let rows = query!(
        r#"SELECT r.id AS "id!", r.ref AS "name!", a.customer AS "customer?: String"
           FROM usage_customer_ref r LEFT JOIN customer_alias a ON a.alias = r.ref ORDER BY r.ref"#
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            let id = row.id.to_string();
            let at = Row {
                table: "usage_customer_ref",
                id: &id,
            };
            let customer = match row.customer {
                Some(customer) => Some(at.read("customer", CustomerId::parse(&customer))?),
                None => None,
            };
            Ok(CustomerRef {
                id: row.id,
                name: row.name,
                customer,
            })
        })
        .collect()
}

/// Names that no customer has, those with the most events first.
///
/// # Errors
/// [`crate::StoreError::Corrupt`] for what cannot be read back.
pub async fn unknown_refs(connection: &mut SqliteConnection) -> StoreResult<Vec<UnknownRef>> {
    let rows = query!(
        r#"SELECT r.id AS "id!", r.ref AS "name!", sum(t.events) AS "events!: i64",
            min(t.first_at) AS "first_at!: i64", max(t.last_at) AS "last_at!: i64"
         FROM usage_customer_ref r JOIN usage_total t ON t.customer_ref = r.id
         WHERE NOT EXISTS (SELECT 1 FROM customer_alias a WHERE a.alias = r.ref)
         GROUP BY r.id ORDER BY sum(t.events) DESC, r.ref"#
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            let id = row.id.to_string();
            let at = Row {
                table: "usage_total",
                id: &id,
            };
            Ok(UnknownRef {
                id: row.id,
                name: row.name,
                events: row.events,
                first_at: at.at("first_at", row.first_at)?,
                last_at: at.at("last_at", row.last_at)?,
            })
        })
        .collect()
}
