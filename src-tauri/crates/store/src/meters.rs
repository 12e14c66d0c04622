//! Meters of one's own, and which dimensions of events they look at.

use crate::codec::{Row, to_json};
use crate::{StoreError, StoreResult};
use ratebook_catalog::{Aggregation, Dimension, Meter, MeterId};
use sqlx::{SqliteConnection, query, query_as};
use std::collections::BTreeSet;

struct Stored {
    id: String,
    name: String,
    event_name: String,
    aggregation: String,
    sum_quantity: Option<String>,
    unit: String,
    filters: String,
    archived: i64,
}

/// All meters, archived ones too, by name.
///
/// # Errors
/// [`StoreError::Corrupt`] for what cannot be read back.
pub async fn list(connection: &mut SqliteConnection) -> StoreResult<Vec<Meter>> {
    query_as!(
        Stored,
        "SELECT * FROM meter ORDER BY name COLLATE NOCASE, id"
    )
    .fetch_all(connection)
    .await?
    .into_iter()
    .map(read)
    .collect()
}

/// Enters a meter or changes one. When it filters on a new dimension of events, the series of usage
/// must be rebuilt: [`crate::usage::rebuild_series`] says so and does it.
///
/// # Errors
/// When the database fails.
pub async fn save(connection: &mut SqliteConnection, meter: &Meter) -> StoreResult<()> {
    let id = meter.id.to_string();
    let (kind, quantity) = match &meter.aggregation {
        Aggregation::Count => ("count", None),
        Aggregation::Sum { quantity } => ("sum", Some(quantity.to_string())),
    };
    let filters = to_json(&meter.filters)?;
    query!(
        "INSERT INTO meter (id, name, event_name, aggregation, sum_quantity, unit, filters,
            archived)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
         ON CONFLICT (id) DO UPDATE SET name = ?2, event_name = ?3, aggregation = ?4,
            sum_quantity = ?5, unit = ?6, filters = ?7, archived = ?8",
        id,
        meter.name,
        meter.event_name,
        kind,
        quantity,
        meter.unit,
        filters,
        meter.archived,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Removes a meter. The caller has seen to it that no plan names it.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn delete(connection: &mut SqliteConnection, id: MeterId) -> StoreResult<()> {
    let id = id.to_string();
    let done = query!("DELETE FROM meter WHERE id = ?1", id)
        .execute(connection)
        .await?;
    if done.rows_affected() == 0 {
        return Err(StoreError::NotFound { table: "meter", id });
    }
    Ok(())
}

/// Keys of event dimensions that some meter filters on: what series tell apart.
///
/// # Errors
/// [`StoreError::Corrupt`] for what cannot be read back.
pub async fn looked_at(connection: &mut SqliteConnection) -> StoreResult<BTreeSet<String>> {
    let meters = list(connection).await?;
    Ok(meters
        .into_iter()
        .flat_map(|meter| meter.filters)
        .map(|filter| filter.key)
        .collect())
}

fn read(stored: Stored) -> StoreResult<Meter> {
    let at = Row {
        table: "meter",
        id: &stored.id,
    };
    let aggregation = match (stored.aggregation.as_str(), stored.sum_quantity) {
        ("count", _) => Aggregation::Count,
        ("sum", Some(name)) => Aggregation::Sum {
            quantity: Dimension::parse(&name).ok_or_else(|| at.corrupt("sum_quantity"))?,
        },
        _ => return Err(at.corrupt("aggregation")),
    };
    Ok(Meter {
        id: at.read("id", MeterId::parse(&stored.id))?,
        filters: at.json("filters", &stored.filters)?,
        name: stored.name,
        event_name: stored.event_name,
        aggregation,
        unit: stored.unit,
        archived: stored.archived != 0,
    })
}
