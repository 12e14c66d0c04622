//! Collecting what a transaction changes, and making an entry of it.

mod changes;

use super::chain::Content;
use super::{AUDITED, Actor, Audited};
use crate::StoreResult;
use crate::codec::{pack, to_json};
use changes::Changes;
use ratebook_money::Timestamp;
use sqlx::{AssertSqlSafe, SqliteConnection, query, query_scalar};
use std::collections::BTreeMap;

/// Where changed rows wait until the transaction is committed. Of the connection: nothing of it is
/// in the file, and a transaction that is dropped takes its rows along.
const WAITING: &str = "
    CREATE TEMP TABLE audit_row (seq INTEGER PRIMARY KEY, tbl TEXT, before TEXT, after TEXT);
    CREATE TEMP TABLE audit_note (
      id INTEGER PRIMARY KEY CHECK (id = 1), at INTEGER, code TEXT, subject TEXT, reason TEXT);";

/// Makes the triggers on a new writer connection.
pub(crate) async fn install(connection: &mut SqliteConnection) -> StoreResult<()> {
    sqlx::raw_sql(WAITING).execute(&mut *connection).await?;
    for audited in AUDITED {
        let columns: Vec<(String, String)> =
            sqlx::query_as("SELECT name, type FROM pragma_table_info(?1) ORDER BY cid")
                .bind(audited.table)
                .fetch_all(&mut *connection)
                .await?;
        for sql in triggers(audited, &columns) {
            // Names of ours and of the schema only.
            sqlx::raw_sql(AssertSqlSafe(sql))
                .execute(&mut *connection)
                .await?;
        }
    }
    Ok(())
}

fn triggers(audited: &Audited, columns: &[(String, String)]) -> [String; 3] {
    let table = audited.table;
    let row = |which: &str| -> String {
        // What is stored compressed has a hash of its own beside it.
        let plain = columns.iter().filter(|(_, kind)| kind != "BLOB");
        let pairs = plain.map(|(name, _)| format!("'{name}', {which}.\"{name}\""));
        format!("json_object({})", pairs.collect::<Vec<_>>().join(", "))
    };
    let kinds = [
        ("INSERT", "NULL".to_owned(), row("NEW"), "NEW"),
        ("UPDATE", row("OLD"), row("NEW"), "NEW"),
        ("DELETE", row("OLD"), "NULL".to_owned(), "OLD"),
    ];
    kinds.map(|(event, before, after, whose)| {
        format!(
            "CREATE TEMP TRIGGER audit_{table}_{} AFTER {event} ON main.{table}{}
             BEGIN INSERT INTO audit_row (tbl, before, after) VALUES ('{table}', {before}, {after});
             END;",
            event.to_lowercase(),
            audited.condition(whose),
        )
    })
}

/// Says what the open transaction does, as a stable word, what to, and when. The first to say so
/// is heard; what follows adds a reason where there is none yet.
///
/// # Errors
/// When the database fails.
pub async fn note(
    connection: &mut SqliteConnection,
    (code, subject): (&str, &str),
    reason: &str,
    at: Timestamp,
) -> StoreResult<()> {
    sqlx::query(
        "INSERT INTO temp.audit_note (id, at, code, subject, reason) VALUES (1, ?1, ?2, ?3, ?4)
         ON CONFLICT (id) DO UPDATE SET
           reason = CASE reason WHEN '' THEN excluded.reason ELSE reason END",
    )
    .bind(at.micros())
    .bind(code)
    .bind(subject)
    .bind(reason)
    .execute(connection)
    .await?;
    Ok(())
}

/// Says why the open transaction does what was noted before.
///
/// # Errors
/// When the database fails.
pub async fn because(connection: &mut SqliteConnection, reason: &str) -> StoreResult<()> {
    sqlx::query("UPDATE temp.audit_note SET reason = ?1")
        .bind(reason)
        .execute(connection)
        .await?;
    Ok(())
}

/// Makes an entry of what the transaction changed; none when it changed nothing that counts.
pub(crate) async fn seal(connection: &mut SqliteConnection, actor: &Actor) -> StoreResult<()> {
    let changes = Changes::read(connection).await?;
    let noted: Option<(i64, String, String, String)> =
        sqlx::query_as("SELECT at, code, subject, reason FROM temp.audit_note")
            .fetch_optional(&mut *connection)
            .await?;
    sqlx::raw_sql("DELETE FROM temp.audit_row; DELETE FROM temp.audit_note;")
        .execute(&mut *connection)
        .await?;
    let Some(first) = changes.first() else {
        return Ok(());
    };
    let (at, code, subject, reason) = match noted {
        Some(noted) => noted,
        None => (now(connection).await?, first, String::new(), String::new()),
    };
    let objects = labelled(connection, changes.objects()).await?;
    let subject = match subject.is_empty() {
        true => subject_of(&objects),
        false => subject,
    };
    let entry = Entry {
        at,
        actor,
        said: (&code, &subject, &reason),
        areas: changes.areas(),
        objects: &objects,
        changes: changes.to_json()?,
    };
    add(connection, &entry).await
}

/// The clock of the database, for a transaction that nobody described.
async fn now(connection: &mut SqliteConnection) -> StoreResult<i64> {
    let seconds = query_scalar!(r#"SELECT CAST(strftime('%s', 'now') AS INTEGER) AS "now!: i64""#)
        .fetch_one(connection)
        .await?;
    Ok(seconds.saturating_mul(1_000_000))
}

/// Kind, id and name of what an entry is about.
type Object = (String, String, String);

/// Puts names beside ids: numbers of invoices, names of customers and plans.
async fn labelled(
    connection: &mut SqliteConnection,
    ids: Vec<(&str, String)>,
) -> StoreResult<Vec<Object>> {
    let asked = to_json(&ids)?;
    let rows = query!(
        r#"SELECT value ->> 0 AS "kind!: String", value ->> 1 AS "id!: String",
            coalesce(CASE value ->> 0
              WHEN 'invoice' THEN (SELECT number FROM invoice WHERE id = value ->> 1)
              WHEN 'customer' THEN (SELECT name FROM customer WHERE id = value ->> 1)
              WHEN 'plan' THEN (SELECT name FROM plan WHERE id = value ->> 1)
            END, '') AS "label!: String"
         FROM json_each(?1)"#,
        asked
    )
    .fetch_all(connection)
    .await?;
    let objects = rows.into_iter().map(|row| (row.kind, row.id, row.label));
    Ok(objects.collect())
}

/// The names of what comes first among the objects: `RB-0001`, `RB-0001 … RB-0009 (9)`.
fn subject_of(objects: &[Object]) -> String {
    let kinds = ["invoice", "plan", "customer", "import"];
    let named = |kind: &&str| objects.iter().any(|(other, _, _)| other == kind);
    let Some(kind) = kinds.iter().find(|kind| named(kind)) else {
        return String::new();
    };
    let of_kind = objects.iter().filter(|(other, _, _)| other == kind);
    let mut labels: Vec<&str> = of_kind.map(|(_, _, label)| label.as_str()).collect();
    labels.sort_unstable();
    match labels.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first, .., last] => format!("{first} … {last} ({})", labels.len()),
    }
}

struct Entry<'a> {
    at: i64,
    actor: &'a Actor,
    said: (&'a str, &'a str, &'a str),
    areas: String,
    objects: &'a [Object],
    changes: String,
}

/// An entry as the table holds it.
struct Row {
    objects: String,
    changes: Vec<u8>,
    hash: String,
}

impl Entry<'_> {
    fn row(&self, previous: &str) -> StoreResult<Row> {
        let objects = to_json(&self.objects)?;
        let content = Content {
            at: self.at,
            who: &self.actor.who,
            shell: &self.actor.shell,
            code: self.said.0,
            subject: self.said.1,
            reason: self.said.2,
            areas: &self.areas,
            objects: &objects,
            changes: &self.changes,
        };
        let hash = content.hash(previous)?;
        let changes = pack(&self.changes);
        Ok(Row {
            objects,
            changes,
            hash,
        })
    }
}

async fn add(connection: &mut SqliteConnection, entry: &Entry<'_>) -> StoreResult<()> {
    let head = query!("SELECT seq, hash FROM audit_head")
        .fetch_one(&mut *connection)
        .await?;
    let seq = head.seq.saturating_add(1);
    let row = entry.row(&head.hash)?;
    let (code, subject, reason) = entry.said;
    query!(
        "INSERT INTO audit_entry (seq, at, who, shell, code, subject, reason, areas, objects,
            changes, previous, hash)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        seq,
        entry.at,
        entry.actor.who,
        entry.actor.shell,
        code,
        subject,
        reason,
        entry.areas,
        row.objects,
        row.changes,
        head.hash,
        row.hash
    )
    .execute(&mut *connection)
    .await?;
    query!(
        "INSERT INTO audit_object (entry, kind, id, label)
         SELECT ?1, value ->> 0, value ->> 1, value ->> 2 FROM json_each(?2)",
        seq,
        row.objects
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The entry of an import of usage, which has a connection of its own: in its transaction.
pub(crate) fn seal_import(
    connection: &rusqlite::Connection,
    actor: &Actor,
    (batch, name, at): (i64, &str, Timestamp),
) -> StoreResult<()> {
    let stored: String = connection.query_row(
        "SELECT json_object('id', id, 'name', name, 'format', format, 'epoch', epoch,
            'bytes', bytes, 'accepted', accepted, 'duplicates', duplicates,
            'conflicts', conflicts, 'rejected', rejected)
         FROM import_batch WHERE id = ?1",
        [batch],
        |row| row.get(0),
    )?;
    let mut changes = Changes::default();
    changes.add("import_batch", None, Some(&stored));
    let objects = [("import".to_owned(), batch.to_string(), name.to_owned())];
    let entry = Entry {
        at: at.micros(),
        actor,
        said: ("usage_import", name, ""),
        areas: changes.areas(),
        objects: &objects,
        changes: changes.to_json()?,
    };
    let head = "SELECT seq, hash FROM audit_head";
    let (seq, previous): (i64, String) =
        connection.query_row(head, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let seq = seq.saturating_add(1);
    let row = entry.row(&previous)?;
    connection.execute(
        "INSERT INTO audit_entry (seq, at, who, shell, code, subject, reason, areas, objects,
            changes, previous, hash)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        rusqlite::params![
            seq,
            entry.at,
            actor.who,
            actor.shell,
            entry.said.0,
            entry.said.1,
            entry.said.2,
            entry.areas,
            row.objects,
            row.changes,
            previous,
            row.hash
        ],
    )?;
    connection.execute(
        "INSERT INTO audit_object (entry, kind, id, label) VALUES (?1, 'import', ?2, ?3)",
        rusqlite::params![seq, batch.to_string(), name],
    )?;
    Ok(())
}

/// Rows by table, with what the log needs of each.
type Tables = BTreeMap<String, changes::TableChanges>;
