//! Undo of everything a person configures, across restarts.
//!
//! Triggers on the writer's connection, made from the columns of each table, keep the rows before
//! and after while a step is open. Undoing a step puts the rows before back, in reverse order.
//! A finalized invoice bars the steps before it: what it was computed from stays.

use crate::codec::{Row, to_json};
use crate::{StoreError, StoreResult, audit};
use ratebook_money::Timestamp;
use serde::{Deserialize, Serialize};
use sqlx::{AssertSqlSafe, SqliteConnection, query, query_scalar};
use std::collections::{BTreeMap, HashMap};

/// The tables whose changes can be undone, and a condition on the row where only some count.
const TABLES: &[(&str, Option<&str>)] = &[
    ("company", None),
    // What invoices used of credit is no step: only what a person granted or took back is.
    ("credit_entry", None),
    ("credit_grant", None),
    ("customer", None),
    ("customer_alias", None),
    ("exchange_rate", None),
    ("invoice_draft", None),
    ("markup_rule", None),
    ("meter", None),
    ("model_alias", None),
    ("plan", None),
    ("plan_version", None),
    ("price_draft", None),
    ("price_draft_step", None),
    ("price_model", None),
    ("price_model_facts", None),
    ("price_version", None),
    ("provider_price", None),
    ("setting", None),
    ("subscription", None),
];

/// Steps that are kept; older ones are forgotten.
const KEPT: i64 = 1_000;

/// One step, as the list of what can be undone shows it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Step {
    /// Grows with every step.
    pub id: i64,
    /// What was done, as a stable word (`customer_save`); the window has the sentence.
    pub code: String,
    /// Values for the sentence.
    pub params: BTreeMap<String, String>,
    /// When.
    pub at: Timestamp,
    /// Whether it can be undone or redone.
    pub state: StepState,
}

/// Where a step stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    /// In force; can be undone.
    Done,
    /// Undone; can be redone until the next edit.
    Undone,
    /// An invoice was finalized after it: it stays.
    Barred,
}

/// Opens a step: what this transaction changes from here on is undone at once. What was undone
/// before can no longer be redone.
///
/// # Errors
/// When the database fails.
pub async fn begin_step(
    connection: &mut SqliteConnection,
    code: &str,
    params: &BTreeMap<String, String>,
    now: Timestamp,
) -> StoreResult<()> {
    let subject = params.get("subject").map_or("", String::as_str);
    audit::note(connection, (code, subject), "", now).await?;
    let (params, at) = (to_json(params)?, now.micros());
    query!("DELETE FROM undo_step WHERE state = 'undone'")
        .execute(&mut *connection)
        .await?;
    let step = query!(
        "INSERT INTO undo_step (code, params, at, state) VALUES (?1, ?2, ?3, 'done')",
        code,
        params,
        at
    )
    .execute(&mut *connection)
    .await?
    .last_insert_rowid();
    query!("UPDATE book_state SET open_step = ?1", step)
        .execute(connection)
        .await?;
    Ok(())
}

/// Closes the open step. A step that changed nothing leaves no trace.
///
/// # Errors
/// When the database fails.
pub async fn end_step(connection: &mut SqliteConnection) -> StoreResult<()> {
    query!(
        "DELETE FROM undo_step WHERE id = (SELECT open_step FROM book_state)
         AND NOT EXISTS (SELECT 1 FROM undo_row WHERE step = undo_step.id)"
    )
    .execute(&mut *connection)
    .await?;
    query!("UPDATE book_state SET open_step = NULL")
        .execute(&mut *connection)
        .await?;
    query!(
        "DELETE FROM undo_step WHERE id <= (SELECT max(id) FROM undo_step) - ?1",
        KEPT
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Takes back the newest step that is in force. Says which one, or nothing when there is none.
///
/// # Errors
/// When the database fails; then roll the transaction back.
pub async fn undo(connection: &mut SqliteConnection) -> StoreResult<Option<Step>> {
    let newest =
        query_scalar!(r#"SELECT max(id) AS "id: i64" FROM undo_step WHERE state = 'done'"#)
            .fetch_one(&mut *connection)
            .await?;
    match newest {
        Some(id) => walk(connection, id, Direction::Back).await.map(Some),
        None => Ok(None),
    }
}

/// Does the oldest undone step again. Says which one, or nothing when there is none.
///
/// # Errors
/// When the database fails; then roll the transaction back.
pub async fn redo(connection: &mut SqliteConnection) -> StoreResult<Option<Step>> {
    let oldest =
        query_scalar!(r#"SELECT min(id) AS "id: i64" FROM undo_step WHERE state = 'undone'"#)
            .fetch_one(&mut *connection)
            .await?;
    match oldest {
        Some(id) => walk(connection, id, Direction::Forth).await.map(Some),
        None => Ok(None),
    }
}

/// Steps, newest first, at most `limit`.
///
/// # Errors
/// [`StoreError::Corrupt`] for what cannot be read back.
pub async fn list(connection: &mut SqliteConnection, limit: u32) -> StoreResult<Vec<Step>> {
    let limit = i64::from(limit);
    query!(
        "SELECT id, code, params, at, state FROM undo_step ORDER BY id DESC LIMIT ?1",
        limit
    )
    .fetch_all(connection)
    .await?
    .into_iter()
    .map(|row| read(row.id, row.code, &row.params, row.at, &row.state))
    .collect()
}

/// Bars everything before: called when invoices are finalized. What was undone cannot be redone.
///
/// # Errors
/// When the database fails.
pub async fn barrier(connection: &mut SqliteConnection) -> StoreResult<()> {
    query!("DELETE FROM undo_step WHERE state = 'undone'")
        .execute(&mut *connection)
        .await?;
    query!("UPDATE undo_step SET state = 'barred' WHERE state = 'done'")
        .execute(&mut *connection)
        .await?;
    // Their rows will never be put back.
    query!("DELETE FROM undo_row WHERE step IN (SELECT id FROM undo_step WHERE state = 'barred')")
        .execute(connection)
        .await?;
    Ok(())
}

/// Makes the triggers on a new writer connection.
pub(crate) async fn install(connection: &mut SqliteConnection) -> StoreResult<()> {
    for (table, only) in TABLES {
        let columns = columns(connection, table).await?;
        let row = |which: &str| -> String {
            let pairs: Vec<String> = columns
                .iter()
                .map(|column| format!("'{}', {which}.\"{}\"", column.name, column.name))
                .collect();
            format!("json_object({})", pairs.join(", "))
        };
        let kinds = [
            ("INSERT", "NULL".to_owned(), row("NEW"), "NEW"),
            ("UPDATE", row("OLD"), row("NEW"), "NEW"),
            ("DELETE", row("OLD"), "NULL".to_owned(), "OLD"),
        ];
        for (event, before, after, whose) in kinds {
            let only = only.map_or(String::new(), |only| format!(" AND {whose}.{only}"));
            let name = format!("undo_{table}_{}", event.to_lowercase());
            let sql = format!(
                "CREATE TEMP TRIGGER {name} AFTER {event} ON main.{table}
                 WHEN (SELECT open_step FROM book_state) IS NOT NULL{only}
                 BEGIN INSERT INTO undo_row (step, tbl, before, after)
                 SELECT open_step, '{table}', {before}, {after} FROM book_state; END;"
            );
            // Names of ours and of the schema only.
            sqlx::raw_sql(AssertSqlSafe(sql))
                .execute(&mut *connection)
                .await?;
        }
    }
    Ok(())
}

struct Column {
    name: String,
    key: bool,
}

async fn columns(connection: &mut SqliteConnection, table: &str) -> StoreResult<Vec<Column>> {
    let rows: Vec<(String, i64)> =
        sqlx::query_as("SELECT name, pk FROM pragma_table_info(?1) ORDER BY cid")
            .bind(table)
            .fetch_all(connection)
            .await?;
    Ok(rows
        .into_iter()
        .map(|(name, pk)| Column { name, key: pk > 0 })
        .collect())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Back,
    Forth,
}

async fn walk(
    connection: &mut SqliteConnection,
    step: i64,
    direction: Direction,
) -> StoreResult<Step> {
    // Rows go back one by one; a reference may point nowhere until the last one is there.
    sqlx::query("PRAGMA defer_foreign_keys = ON")
        .execute(&mut *connection)
        .await?;
    query!("UPDATE book_state SET undoing = 1, open_step = NULL")
        .execute(&mut *connection)
        .await?;
    let mut rows = query!(
        "SELECT tbl, before, after FROM undo_row WHERE step = ?1 ORDER BY seq",
        step
    )
    .fetch_all(&mut *connection)
    .await?;
    if direction == Direction::Back {
        rows.reverse();
    }
    let mut columns = HashMap::new();
    for row in rows {
        let (from, to) = match direction {
            Direction::Back => (row.after, row.before),
            Direction::Forth => (row.before, row.after),
        };
        let at = (step, row.tbl.as_str());
        replace(connection, at, &mut columns, from.as_deref(), to.as_deref()).await?;
    }
    let state = match direction {
        Direction::Back => "undone",
        Direction::Forth => "done",
    };
    query!("UPDATE undo_step SET state = ?2 WHERE id = ?1", step, state)
        .execute(&mut *connection)
        .await?;
    query!("UPDATE book_state SET undoing = 0")
        .execute(&mut *connection)
        .await?;
    let row = query!(
        "SELECT id, code, params, at, state FROM undo_step WHERE id = ?1",
        step
    )
    .fetch_one(connection)
    .await?;
    read(row.id, row.code, &row.params, row.at, &row.state)
}

/// Puts `to` in the place of `from`: inserts, deletes or changes one row.
async fn replace(
    connection: &mut SqliteConnection,
    (step, table): (i64, &str),
    known: &mut HashMap<String, Vec<Column>>,
    from: Option<&str>,
    to: Option<&str>,
) -> StoreResult<()> {
    let id = step.to_string();
    let at = Row {
        table: "undo_row",
        id: &id,
    };
    if !TABLES.iter().any(|(known, _)| *known == table) {
        return Err(at.corrupt("tbl"));
    }
    if !known.contains_key(table) {
        known.insert(table.to_owned(), columns(connection, table).await?);
    }
    let columns = known.get(table).map_or(&[][..], Vec::as_slice);
    let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
    let value = |from: &str, name: &str| format!("json_extract({from}, '$.\"{name}\"')");
    let found: Vec<String> = columns
        .iter()
        .filter(|column| column.key)
        .map(|column| format!("\"{0}\" = {1}", column.name, value("?1", &column.name)))
        .collect();
    let (found, listed) = (found.join(" AND "), names.join("\", \""));
    let sql = match (from, to) {
        (None, Some(_)) => {
            let values: Vec<String> = names.iter().map(|name| value("?2", name)).collect();
            format!(
                "INSERT INTO {table} (\"{listed}\") VALUES ({})",
                values.join(", ")
            )
        }
        (Some(_), None) => format!("DELETE FROM {table} WHERE {found}"),
        (Some(_), Some(_)) => {
            let values: Vec<String> = names
                .iter()
                .map(|name| format!("\"{name}\" = {}", value("?2", name)))
                .collect();
            format!("UPDATE {table} SET {} WHERE {found}", values.join(", "))
        }
        (None, None) => return Err(at.corrupt("before")),
    };
    // Names of ours and of the schema only; the values are bound.
    let done = sqlx::query(AssertSqlSafe(sql))
        .bind(from)
        .bind(to)
        .execute(&mut *connection)
        .await?;
    if done.rows_affected() == 1 {
        Ok(())
    } else {
        Err(at.corrupt("after"))
    }
}

fn read(id: i64, code: String, params: &str, at: i64, state: &str) -> StoreResult<Step> {
    let text = id.to_string();
    let row = Row {
        table: "undo_step",
        id: &text,
    };
    let state = match state {
        "done" => StepState::Done,
        "undone" => StepState::Undone,
        "barred" => StepState::Barred,
        _ => return Err::<Step, StoreError>(row.corrupt("state")),
    };
    Ok(Step {
        id,
        code,
        params: row.json("params", params)?,
        at: row.at("at", at)?,
        state,
    })
}
