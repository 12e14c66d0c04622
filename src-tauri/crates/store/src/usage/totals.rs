//! All usage by name and class, since the beginning.

use crate::codec::Row;
use crate::usage::classes::{ClassCache, classes};
use crate::usage::packed::Packed;
use crate::{StoreError, StoreResult};
use ratebook_catalog::Dimension;
use ratebook_money::{Quantity, Timestamp};
use ratebook_usage::CallClass;
use sqlx::{SqliteConnection, query, query_scalar};
use std::sync::Arc;

/// All usage of one name and class.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UsageTotal {
    /// Number of the customer's name.
    pub customer_ref: i64,
    /// Number of the series.
    pub series: i64,
    /// Class of the calls.
    pub class: Arc<CallClass>,
    /// Events.
    pub events: i64,
    /// The first.
    pub first_at: Timestamp,
    /// The last.
    pub last_at: Timestamp,
    /// Quantities by dimension.
    pub quantities: Vec<(Dimension, Quantity)>,
}

/// All usage of one class, of whoever.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SeriesTotal {
    /// Number of the series.
    pub series: i64,
    /// Class of the calls.
    pub class: Arc<CallClass>,
    /// Events.
    pub events: i64,
    /// The first.
    pub first_at: Timestamp,
}

/// All usage by name and class: what models are resolved from, and what lists count.
///
/// # Errors
/// [`StoreError::Corrupt`] for what cannot be read back.
pub async fn totals(
    connection: &mut SqliteConnection,
    cache: &mut ClassCache,
) -> StoreResult<Vec<UsageTotal>> {
    let rows = query!("SELECT * FROM usage_total")
        .fetch_all(&mut *connection)
        .await?;
    let series: Vec<i64> = rows.iter().map(|row| row.series).collect();
    let classes = classes(connection, cache, &series).await?;
    cache.load_dimensions(connection).await?;
    rows.into_iter()
        .zip(classes)
        .map(|(row, class)| {
            let id = format!("{}/{}", row.customer_ref, row.series);
            let at = Row {
                table: "usage_total",
                id: &id,
            };
            let packed: Result<Packed, StoreError> =
                Packed::read(&row.sums).map_err(|_| at.corrupt("sums"));
            Ok(UsageTotal {
                customer_ref: row.customer_ref,
                series: row.series,
                class,
                events: row.events,
                first_at: at.at("first_at", row.first_at)?,
                last_at: at.at("last_at", row.last_at)?,
                quantities: cache.quantities(&packed?)?,
            })
        })
        .collect()
}

/// All usage by class: what models are resolved from.
///
/// # Errors
/// [`StoreError::Corrupt`] for what cannot be read back.
pub async fn series_totals(
    connection: &mut SqliteConnection,
    cache: &mut ClassCache,
) -> StoreResult<Vec<SeriesTotal>> {
    let rows = query!(
        r#"SELECT series AS "series!", sum(events) AS "events!: i64",
               min(first_at) AS "first_at!: i64"
           FROM usage_total GROUP BY series ORDER BY series"#
    )
    .fetch_all(&mut *connection)
    .await?;
    let series: Vec<i64> = rows.iter().map(|row| row.series).collect();
    let classes = classes(connection, cache, &series).await?;
    rows.into_iter()
        .zip(classes)
        .map(|(row, class)| {
            let id = row.series.to_string();
            let at = Row {
                table: "usage_total",
                id: &id,
            };
            Ok(SeriesTotal {
                series: row.series,
                class,
                events: row.events,
                first_at: at.at("first_at", row.first_at)?,
            })
        })
        .collect()
}

/// From when to when each name used each class, in any order: where months with usage lie.
///
/// # Errors
/// [`StoreError::Corrupt`] for what cannot be read back.
pub async fn spans(connection: &mut SqliteConnection) -> StoreResult<Vec<(Timestamp, Timestamp)>> {
    // One text instead of a row for each name and class, as in `usage::sums`.
    let text = query_scalar!(
        r#"SELECT group_concat(first_at || ' ' || last_at, ' ') AS "spans: String"
           FROM usage_total"#
    )
    .fetch_one(connection)
    .await?;
    let corrupt = || StoreError::Corrupt {
        table: "usage_total",
        id: String::new(),
        column: "first_at",
    };
    let mut instants = text
        .as_deref()
        .unwrap_or_default()
        .split_ascii_whitespace()
        .map(|word| {
            word.parse()
                .map(Timestamp::from_micros)
                .map_err(|_| corrupt())
        });
    let mut spans = Vec::new();
    while let Some(first) = instants.next() {
        spans.push((first?, instants.next().ok_or_else(corrupt)??));
    }
    Ok(spans)
}
