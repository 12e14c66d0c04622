//! Adding a price table: only what differs from what the book knows.

use super::load::{ModelFacts, models, sources};
use super::{condition_id, source_id};
use crate::StoreResult;
use crate::codec::{decimal_text, to_json};
use ratebook_catalog::prices::{ModelPrices, PriceSource, ProviderPrice};
use ratebook_catalog::{Dimension, PriceConditions};
use ratebook_money::Timestamp;
use serde::Serialize;
use sqlx::{SqliteConnection, query};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Rows per statement.
const ROWS: usize = 10_000;

/// What a table changed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct TableChanges {
    /// Models that the book did not know.
    pub new_models: usize,
    /// Rows that were added, ends of prices among them.
    pub new_rows: usize,
    /// Rows that end a price which the table no longer has.
    pub ended: usize,
    /// Rows that say what the book knows already.
    pub unchanged: usize,
}

/// Adds a table. A row that says what is in force already is left out; one that differs is added
/// and wins from its `valid_from` on. A price of the same source that a model of the table no
/// longer has ends at `undated_from`. The first price ever of something holds from the beginning
/// of time: what was used before the table was seen has no other.
///
/// `undated_from` is the instant that the reader gave to rows without a date of their own.
///
/// # Errors
/// When the database fails.
pub async fn add_table(
    connection: &mut SqliteConnection,
    table_sources: &[PriceSource],
    table: &[ModelPrices],
    undated_from: Timestamp,
    now: Timestamp,
) -> StoreResult<TableChanges> {
    let mut changes = TableChanges::default();
    let mut source_ids = Vec::with_capacity(table_sources.len());
    for source in table_sources {
        source_ids.push(source_id(connection, source).await?);
    }
    let known_sources = sources(connection).await?;
    let known = models(connection, &known_sources, Timestamp::MAX).await?;
    let known: HashMap<(&str, &str), &ModelPrices> = known
        .iter()
        .map(|model| ((model.provider.as_str(), model.model.as_str()), model))
        .collect();
    let names: Vec<(&str, &str)> = table
        .iter()
        .map(|model| (model.provider.as_str(), model.model.as_str()))
        .collect();
    let ids = model_ids(connection, &names, &mut changes).await?;
    let mut numbers = Conditions::default();
    let mut facts = Vec::new();
    let mut rows = Vec::new();
    let diff = Diff {
        table_sources,
        known_sources: &known_sources,
        undated_from,
    };
    for (model, id) in table.iter().zip(ids) {
        let before = known
            .get(&(model.provider.as_str(), model.model.as_str()))
            .copied();
        if before.is_none_or(|before| ModelFacts::of(before) != ModelFacts::of(model)) {
            facts.push((id, to_json(&ModelFacts::of(model))?, now.micros()));
        }
        let added = diff.rows(before, model, &mut changes);
        for (row, source) in added {
            let condition = numbers.get(connection, &row.conditions).await?;
            let source = source_ids.get(source).copied().unwrap_or_default();
            rows.push(Added::of(id, condition, source, &row, now));
        }
    }
    insert_facts(connection, &facts).await?;
    insert_rows(connection, &rows).await?;
    Ok(changes)
}

struct Diff<'a> {
    table_sources: &'a [PriceSource],
    known_sources: &'a [(i64, PriceSource)],
    undated_from: Timestamp,
}

type Key<'a> = (&'a Dimension, &'a PriceConditions);

impl Diff<'_> {
    /// The rows to add for one model, each with its place in the table's sources.
    fn rows(
        &self,
        before: Option<&ModelPrices>,
        model: &ModelPrices,
        changes: &mut TableChanges,
    ) -> Vec<(ProviderPrice, usize)> {
        let mut lines: BTreeMap<Key<'_>, Vec<&ProviderPrice>> = BTreeMap::new();
        for row in before
            .into_iter()
            .flat_map(|before| &before.prices)
            .filter(|row| !row.manual)
        {
            lines
                .entry((&row.dimension, &row.conditions))
                .or_default()
                .push(row);
        }
        let mut added = Vec::new();
        let mut named: HashSet<Key<'_>> = HashSet::new();
        for row in model.prices.iter().filter(|row| !row.manual) {
            let key = (&row.dimension, &row.conditions);
            named.insert(key);
            let line = lines.get(&key).map_or(&[][..], Vec::as_slice);
            if in_force(line, row.valid_from).map(|held| held.rate) == Some(row.rate) {
                changes.unchanged += 1;
                continue;
            }
            let mut row = row.clone();
            if line.is_empty() && row.valid_from == self.undated_from {
                row.valid_from = Timestamp::MIN;
            }
            let source = usize::try_from(row.source).unwrap_or(usize::MAX);
            added.push((row, source));
        }
        for (key, line) in &lines {
            let Some(held) = in_force(line, self.undated_from) else {
                continue;
            };
            let Some(source) = self.same_source(held) else {
                continue;
            };
            if held.rate.is_some() && !named.contains(key) {
                let end = ProviderPrice {
                    rate: None,
                    original: None,
                    valid_from: self.undated_from,
                    ..(*held).clone()
                };
                added.push((end, source));
                changes.ended += 1;
            }
        }
        changes.new_rows += added.len();
        added
    }

    /// Place of the source in the table, when the row came from an older version of it.
    fn same_source(&self, row: &ProviderPrice) -> Option<usize> {
        let place = usize::try_from(row.source).ok()?;
        let (_, source) = self.known_sources.get(place)?;
        self.table_sources
            .iter()
            .position(|new| new.name == source.name)
    }
}

/// The row that holds at an instant; of rows from the same instant on the one recorded last.
fn in_force<'a>(line: &[&'a ProviderPrice], at: Timestamp) -> Option<&'a ProviderPrice> {
    let begun = line.iter().filter(|row| row.valid_from <= at);
    begun
        .max_by_key(|row| (row.valid_from, row.recorded_at))
        .copied()
}

/// The numbers of models, in the order of their names; those that are not known are made.
pub(super) async fn model_ids(
    connection: &mut SqliteConnection,
    names: &[(&str, &str)],
    changes: &mut TableChanges,
) -> StoreResult<Vec<i64>> {
    for part in names.chunks(ROWS) {
        let json = to_json(&part)?;
        let done = query!(
            "INSERT INTO price_model (provider, model)
             SELECT value ->> 0, value ->> 1 FROM json_each(?1) WHERE true
             ON CONFLICT (provider, model) DO NOTHING",
            json
        )
        .execute(&mut *connection)
        .await?;
        changes.new_models += usize::try_from(done.rows_affected()).unwrap_or(usize::MAX);
    }
    let rows = query!(r#"SELECT id AS "id!", provider, model FROM price_model"#)
        .fetch_all(connection)
        .await?;
    let ids: HashMap<(&str, &str), i64> = rows
        .iter()
        .map(|row| ((row.provider.as_str(), row.model.as_str()), row.id))
        .collect();
    Ok(names
        .iter()
        .filter_map(|name| ids.get(name))
        .copied()
        .collect())
}

#[derive(Default)]
pub(super) struct Conditions(HashMap<PriceConditions, i64>);

impl Conditions {
    pub(super) async fn get(
        &mut self,
        connection: &mut SqliteConnection,
        conditions: &PriceConditions,
    ) -> StoreResult<i64> {
        if let Some(id) = self.0.get(conditions) {
            return Ok(*id);
        }
        let id = condition_id(connection, &to_json(conditions)?).await?;
        self.0.insert(conditions.clone(), id);
        Ok(id)
    }
}

/// A row in the order of the statement's columns.
#[derive(Serialize)]
pub(super) struct Added(
    i64,
    String,
    i64,
    Option<String>,
    Option<String>,
    i64,
    i64,
    i64,
    Option<String>,
);

impl Added {
    pub(super) fn of(
        model: i64,
        condition: i64,
        source: i64,
        row: &ProviderPrice,
        now: Timestamp,
    ) -> Self {
        Self(
            model,
            row.dimension.to_string(),
            condition,
            row.rate.map(|rate| decimal_text(rate.per_unit())),
            row.rate.map(|rate| rate.currency().code().to_owned()),
            row.valid_from.micros(),
            now.micros(),
            source,
            row.original.clone(),
        )
    }
}

pub(super) async fn insert_rows(
    connection: &mut SqliteConnection,
    rows: &[Added],
) -> StoreResult<()> {
    for part in rows.chunks(ROWS) {
        let json = to_json(&part)?;
        query!(
            "INSERT INTO provider_price (model, dimension, condition, rate, currency, valid_from,
                recorded_at, source, manual, original)
             SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5,
                value ->> 6, value ->> 7, 0, value ->> 8 FROM json_each(?1)",
            json
        )
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

pub(super) async fn insert_facts(
    connection: &mut SqliteConnection,
    facts: &[(i64, String, i64)],
) -> StoreResult<()> {
    for part in facts.chunks(ROWS) {
        let json = to_json(&part)?;
        query!(
            "INSERT INTO price_model_facts (model, facts, recorded_at)
             SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?1)",
            json
        )
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}
