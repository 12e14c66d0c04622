//! Meters of one's own, and which dimensions of events they look at.

use crate::codec::{Row, to_json};
use crate::{StoreError, StoreResult};
use ratebook_catalog::{Aggregation, Dimension, EventValue, Meter, MeterId};
use sqlx::{SqliteConnection, query, query_as};
use std::collections::BTreeSet;

struct Stored {
    id: String,
    name: String,
    event_name: String,
    aggregation: String,
    quantity: Option<String>,
    formula: Option<String>,
    key: Option<String>,
    unit: String,
    filters: String,
    group_by: String,
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

/// Enters a meter or changes one. When it looks at a new dimension of events, the series of usage
/// must be rebuilt: [`crate::usage::rebuild_series`] says so and does it.
///
/// # Errors
/// When the database fails.
pub async fn save(connection: &mut SqliteConnection, meter: &Meter) -> StoreResult<()> {
    let id = meter.id.to_string();
    let kind = kind(&meter.aggregation);
    let (quantity, formula) = match meter.aggregation.value() {
        None => (None, None),
        Some(EventValue::Quantity(quantity)) => (Some(quantity.to_string()), None),
        Some(EventValue::Formula(formula)) => (None, Some(formula.to_string())),
    };
    let key = match &meter.aggregation {
        Aggregation::UniqueCount { key } => Some(key),
        Aggregation::Count
        | Aggregation::Sum(_)
        | Aggregation::Max(_)
        | Aggregation::Min(_)
        | Aggregation::Average(_)
        | Aggregation::Latest(_)
        | Aggregation::WeightedSum(_) => None,
    };
    let (filters, group_by) = (to_json(&meter.filters)?, to_json(&meter.group_by)?);
    query!(
        "INSERT INTO meter (id, name, event_name, aggregation, quantity, formula, key, unit,
            filters, group_by, archived)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
         ON CONFLICT (id) DO UPDATE SET name = ?2, event_name = ?3, aggregation = ?4,
            quantity = ?5, formula = ?6, key = ?7, unit = ?8, filters = ?9, group_by = ?10,
            archived = ?11",
        id,
        meter.name,
        meter.event_name,
        kind,
        quantity,
        formula,
        key,
        meter.unit,
        filters,
        group_by,
        meter.archived,
    )
    .execute(connection)
    .await?;
    Ok(())
}

fn kind(aggregation: &Aggregation) -> &'static str {
    match aggregation {
        Aggregation::Count => "count",
        Aggregation::Sum(_) => "sum",
        Aggregation::Max(_) => "max",
        Aggregation::Min(_) => "min",
        Aggregation::Average(_) => "average",
        Aggregation::Latest(_) => "latest",
        Aggregation::WeightedSum(_) => "weighted_sum",
        Aggregation::UniqueCount { .. } => "unique_count",
    }
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

/// Keys of event dimensions that some meter looks at: what series tell apart.
///
/// # Errors
/// [`StoreError::Corrupt`] for what cannot be read back.
pub async fn looked_at(connection: &mut SqliteConnection) -> StoreResult<BTreeSet<String>> {
    let meters = list(connection).await?;
    let keys = meters.iter().flat_map(Meter::keys);
    Ok(keys.map(str::to_owned).collect())
}

fn read(stored: Stored) -> StoreResult<Meter> {
    let at = Row {
        table: "meter",
        id: &stored.id,
    };
    let value = match (&stored.quantity, &stored.formula) {
        (Some(name), None) => {
            let quantity = Dimension::parse(name).ok_or_else(|| at.corrupt("quantity"))?;
            Some(EventValue::Quantity(quantity))
        }
        (None, Some(formula)) => {
            let formula = at.read("formula", formula.parse())?;
            Some(EventValue::Formula(formula))
        }
        _ => None,
    };
    let aggregation = match (stored.aggregation.as_str(), value, &stored.key) {
        ("count", None, None) => Aggregation::Count,
        ("sum", Some(value), None) => Aggregation::Sum(value),
        ("max", Some(value), None) => Aggregation::Max(value),
        ("min", Some(value), None) => Aggregation::Min(value),
        ("average", Some(value), None) => Aggregation::Average(value),
        ("latest", Some(value), None) => Aggregation::Latest(value),
        ("weighted_sum", Some(value), None) => Aggregation::WeightedSum(value),
        ("unique_count", None, Some(key)) => Aggregation::UniqueCount { key: key.clone() },
        _ => return Err(at.corrupt("aggregation")),
    };
    Ok(Meter {
        id: at.read("id", MeterId::parse(&stored.id))?,
        filters: at.json("filters", &stored.filters)?,
        group_by: at.json("group_by", &stored.group_by)?,
        name: stored.name,
        event_name: stored.event_name,
        aggregation,
        unit: stored.unit,
        archived: stored.archived != 0,
    })
}
