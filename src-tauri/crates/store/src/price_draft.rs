//! The draft of the price book: staged changes, stored the moment they are staged.

use crate::StoreResult;
use crate::codec::{Row, date_text, to_json};
use ratebook_catalog::{StagedChange, StagedRate, StagedStep};
use ratebook_money::Date;
use serde::Serialize;
use sqlx::{SqliteConnection, query, query_scalar};
use std::collections::HashMap;
use std::sync::Arc;

/// What is remembered of the draft beside its changes.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct DraftHead {
    /// The day from which it is to price; absent: when it is published.
    pub valid_on: Option<Date>,
    /// Why, as far as it was typed.
    pub reason: String,
    /// The version that it restores.
    pub restores: Option<u32>,
}

/// The changes of each stored step, in order. A step never changes, and its id is never used
/// again, so that what was read once can be handed in the next time.
pub type Steps = Vec<(i64, Arc<StagedStep>)>;

/// A step of a hundred thousand changes is read and written without a copy of it in between.
#[derive(Serialize)]
struct Storing<'a> {
    /// Version of this stored shape.
    v: u32,
    changes: &'a [StagedChange],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    rates: &'a [StagedRate],
}

/// The draft's date and reason.
///
/// # Errors
/// [`crate::StoreError::Corrupt`] for what cannot be read back.
pub async fn head(connection: &mut SqliteConnection) -> StoreResult<DraftHead> {
    let Some(row) = query!("SELECT valid_on, reason, restores FROM price_draft")
        .fetch_optional(connection)
        .await?
    else {
        return Ok(DraftHead::default());
    };
    let at = Row {
        table: "price_draft",
        id: "1",
    };
    let valid_on = row.valid_on.as_deref();
    let restores = row.restores.map(|number| at.number("restores", number));
    Ok(DraftHead {
        valid_on: valid_on.map(|day| at.date("valid_on", day)).transpose()?,
        reason: row.reason,
        restores: restores.transpose()?,
    })
}

/// Remembers the draft's date and reason.
///
/// # Errors
/// When the database fails.
pub async fn save_head(connection: &mut SqliteConnection, head: &DraftHead) -> StoreResult<()> {
    let (valid_on, restores) = (head.valid_on.map(date_text), head.restores);
    query!(
        "INSERT INTO price_draft (id, valid_on, reason, restores) VALUES (1, ?1, ?2, ?3)
         ON CONFLICT (id) DO UPDATE SET valid_on = ?1, reason = ?2, restores = ?3",
        valid_on,
        head.reason,
        restores
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The staged changes, step by step; those that are `known` are not read again.
///
/// # Errors
/// [`crate::StoreError::Corrupt`] for what cannot be read back.
pub async fn steps(connection: &mut SqliteConnection, known: &Steps) -> StoreResult<Steps> {
    let known: HashMap<i64, &Arc<StagedStep>> =
        known.iter().map(|(id, step)| (*id, step)).collect();
    let ids = query_scalar!("SELECT id FROM price_draft_step ORDER BY id")
        .fetch_all(&mut *connection)
        .await?;
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        if let Some(step) = known.get(&id) {
            found.push((id, Arc::clone(step)));
            continue;
        }
        let text = query_scalar!("SELECT changes FROM price_draft_step WHERE id = ?1", id)
            .fetch_one(&mut *connection)
            .await?;
        let number = id.to_string();
        let at = Row {
            table: "price_draft_step",
            id: &number,
        };
        let step: StagedStep = at.json("changes", &text)?;
        found.push((id, Arc::new(step)));
    }
    Ok(found)
}

/// Stages changes, all at once.
///
/// # Errors
/// When the database fails.
pub async fn stage(
    connection: &mut SqliteConnection,
    changes: &[StagedChange],
    rates: &[StagedRate],
) -> StoreResult<()> {
    let text = to_json(&Storing {
        v: 1,
        changes,
        rates,
    })?;
    query!("INSERT INTO price_draft_step (changes) VALUES (?1)", text)
        .execute(connection)
        .await?;
    Ok(())
}

/// Takes all that is staged away, with date and reason.
///
/// # Errors
/// When the database fails.
pub async fn clear(connection: &mut SqliteConnection) -> StoreResult<()> {
    query!("DELETE FROM price_draft_step")
        .execute(&mut *connection)
        .await?;
    query!("DELETE FROM price_draft")
        .execute(connection)
        .await?;
    Ok(())
}
