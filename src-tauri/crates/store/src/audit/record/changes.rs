use super::{AUDITED, Tables};
use crate::StoreResult;
use crate::codec::to_json;
use ratebook_invoicing::sha256;
use serde::Serialize;
use serde_json::{Map, Value};
use sqlx::SqliteConnection;
use std::collections::BTreeSet;

/// Rows of a table that are kept whole in one entry; the others are counted and hashed, and stand
/// in the book themselves.
const KEPT: usize = 500;

/// Longer texts (a logo, the terms of a plan) are kept as their hash.
const LONGEST: usize = 4_000;

/// What names a row among the columns that did not change.
const NAMES: [&str; 6] = ["id", "key", "number", "alias", "used_model", "seq"];

/// What one transaction changed.
#[derive(Default)]
pub(super) struct Changes {
    tables: Tables,
    objects: BTreeSet<(&'static str, String)>,
    first: Option<String>,
}

/// What it changed in one table.
#[derive(Default, Serialize)]
pub(super) struct TableChanges {
    added: u64,
    changed: u64,
    removed: u64,
    /// A chain of hashes over all rows, kept or not.
    sha256: String,
    rows: Vec<Map<String, Value>>,
}

#[derive(Serialize)]
struct Stored<'a> {
    v: u32,
    tables: &'a Tables,
}

impl Changes {
    /// What waits on the connection.
    pub async fn read(connection: &mut SqliteConnection) -> StoreResult<Self> {
        let mut changes = Self::default();
        // In parts: publishing a large price book changes a hundred thousand rows.
        let mut after = 0_i64;
        loop {
            let rows: Vec<(i64, String, Option<String>, Option<String>)> = sqlx::query_as(
                "SELECT seq, tbl, before, after FROM temp.audit_row WHERE seq > ?1
                 ORDER BY seq LIMIT 5000",
            )
            .bind(after)
            .fetch_all(&mut *connection)
            .await?;
            let Some((last, ..)) = rows.last() else {
                return Ok(changes);
            };
            after = *last;
            for (_, table, before, now) in &rows {
                changes.add(table, before.as_deref(), now.as_deref());
            }
        }
    }

    /// One row: before and after, as JSON.
    pub fn add(&mut self, table: &str, before: Option<&str>, after: Option<&str>) {
        if before == after {
            return;
        }
        let done = match (before, after) {
            (None, _) => "added",
            (_, None) => "removed",
            (Some(_), Some(_)) => "changed",
        };
        self.first.get_or_insert_with(|| format!("{table}_{done}"));
        let [old, new] = [before, after].map(object);
        let audited = AUDITED.iter().find(|audited| audited.table == table);
        for (kind, column) in audited.map_or(&[][..], |audited| audited.objects) {
            let value = new.get(*column).or_else(|| old.get(*column));
            if let Some(id) = value.and_then(text) {
                self.objects.insert((*kind, id));
            }
        }
        let of_table = self.tables.entry(table.to_owned()).or_default();
        let count = match done {
            "added" => &mut of_table.added,
            "removed" => &mut of_table.removed,
            _ => &mut of_table.changed,
        };
        *count += 1;
        let whole = [before, after].map(Option::unwrap_or_default);
        of_table.sha256 = sha256(&format!("{}\n{}\n{}", of_table.sha256, whole[0], whole[1]));
        if of_table.rows.len() < KEPT {
            of_table.rows.push(row(old, new, done));
        }
    }

    /// What the first change is, for a transaction that nobody described.
    pub fn first(&self) -> Option<String> {
        self.first.clone()
    }

    pub fn areas(&self) -> String {
        let of = |table: &String| {
            AUDITED
                .iter()
                .find(|audited| audited.table == table.as_str())
        };
        let areas: BTreeSet<&str> = self.tables.keys().filter_map(of).map(|a| a.area).collect();
        format!(" {} ", areas.into_iter().collect::<Vec<_>>().join(" "))
    }

    pub fn objects(&self) -> Vec<(&'static str, String)> {
        self.objects.iter().cloned().collect()
    }

    pub fn to_json(&self) -> StoreResult<String> {
        to_json(&Stored {
            v: 1,
            tables: &self.tables,
        })
    }
}

fn object(json: Option<&str>) -> Map<String, Value> {
    json.and_then(|json| serde_json::from_str(json).ok())
        .unwrap_or_default()
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// A changed row as what differs and what names it; another one whole.
fn row(old: Map<String, Value>, new: Map<String, Value>, done: &str) -> Map<String, Value> {
    let mut row = Map::new();
    if done == "changed" {
        let differs = |(name, value): &(&String, &Value)| old.get(*name) != Some(*value);
        let names: Vec<String> = new.iter().filter(differs).map(|(n, _)| n.clone()).collect();
        let known = NAMES.iter().filter_map(|name| {
            let value = new.get(*name)?;
            Some(((*name).to_owned(), value.clone()))
        });
        row.insert("of".to_owned(), Value::Object(known.collect()));
        for (side, all) in [("before", &old), ("after", &new)] {
            let part = names.iter().filter_map(|name| {
                let value = all.get(name)?;
                Some((name.clone(), short(value.clone())))
            });
            row.insert(side.to_owned(), Value::Object(part.collect()));
        }
        return row;
    }
    let (side, whole) = match done {
        "removed" => ("before", old),
        _ => ("after", new),
    };
    let whole = whole.into_iter().map(|(name, value)| (name, short(value)));
    row.insert(side.to_owned(), Value::Object(whole.collect()));
    row
}

fn short(value: Value) -> Value {
    match value {
        Value::String(text) if text.len() > LONGEST => {
            Value::String(format!("sha256:{}", sha256(&text)))
        }
        other => other,
    }
}
