//! Small facts by key, as JSON. The caller's type carries a `v` where its shape may change.

use crate::StoreResult;
use crate::codec::{Row, to_json};
use serde::{Serialize, de::DeserializeOwned};
use sqlx::{SqliteConnection, query, query_scalar};

/// The value of a key, if it was set.
///
/// # Errors
/// [`crate::StoreError::Corrupt`] when it does not read as `T`.
pub async fn get<T: DeserializeOwned>(
    connection: &mut SqliteConnection,
    key: &str,
) -> StoreResult<Option<T>> {
    let text = query_scalar!("SELECT value FROM setting WHERE key = ?1", key)
        .fetch_optional(connection)
        .await?;
    let at = Row {
        table: "setting",
        id: key,
    };
    text.map(|text| at.json("value", &text)).transpose()
}

/// Sets a key.
///
/// # Errors
/// When the database fails.
pub async fn set<T: Serialize>(
    connection: &mut SqliteConnection,
    key: &str,
    value: &T,
) -> StoreResult<()> {
    let value = to_json(value)?;
    query!(
        "INSERT INTO setting (key, value) VALUES (?1, ?2)
         ON CONFLICT (key) DO UPDATE SET value = ?2",
        key,
        value
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Forgets a key.
///
/// # Errors
/// When the database fails.
pub async fn remove(connection: &mut SqliteConnection, key: &str) -> StoreResult<()> {
    query!("DELETE FROM setting WHERE key = ?1", key)
        .execute(connection)
        .await?;
    Ok(())
}
