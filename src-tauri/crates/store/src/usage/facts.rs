//! Events one by one for the meters that cannot be counted from sums: only those of series that
//! such a meter takes, without what their source said beside.

use crate::StoreResult;
use crate::codec::{Row, to_json};
use crate::usage::classes::{ClassCache, classes};
use crate::usage::packed::Packed;
use crate::usage::sums::{Epochs, HOUR};
use ratebook_money::{Period, Timestamp};
use ratebook_rating::UsageFact;
use ratebook_usage::CallClass;
use sqlx::{SqliteConnection, query_as};
use std::sync::Arc;

/// Which events.
#[derive(Clone, Copy, Debug)]
pub struct FactQuery<'a> {
    /// The customer's names in usage.
    pub refs: &'a [i64],
    /// Series, by number.
    pub series: &'a [i64],
    /// All usage, or that of some finalizing runs.
    pub epochs: Epochs,
}

struct Found {
    at: i64,
    seq: i64,
    series: i64,
    quantities: Vec<u8>,
}

/// The series of events of a name, by number, with their classes.
///
/// # Errors
/// [`crate::StoreError::Corrupt`] for what cannot be read back.
pub async fn series_of(
    connection: &mut SqliteConnection,
    cache: &mut ClassCache,
    event_name: &str,
) -> StoreResult<Vec<(i64, Arc<CallClass>)>> {
    cache.load_classes(connection).await?;
    Ok(cache.of_event(event_name))
}

/// The events of a period, in the order of time, at one time in that of their storing.
///
/// # Errors
/// [`crate::StoreError::Corrupt`] for what cannot be read back.
pub async fn facts(
    connection: &mut SqliteConnection,
    cache: &mut ClassCache,
    of: &FactQuery<'_>,
    period: Period,
) -> StoreResult<Vec<UsageFact>> {
    let (refs, series) = (to_json(&of.refs)?, to_json(&of.series)?);
    let (from, to) = (period.from.micros(), period.to.micros());
    let (least, most) = of.epochs.range();
    let rows = query_as!(
        Found,
        r#"SELECT at AS "at!", seq AS "seq!", series AS "series!", quantities AS "quantities!"
         FROM usage_event
         WHERE customer_ref IN (SELECT value FROM json_each(?1)) AND at >= ?2 AND at < ?3
           AND series IN (SELECT value FROM json_each(?4)) AND epoch BETWEEN ?5 AND ?6
         ORDER BY at, seq"#,
        refs,
        from,
        to,
        series,
        least,
        most
    )
    .fetch_all(&mut *connection)
    .await?;
    read(connection, cache, &rows).await
}

/// The last event before an instant, however long ago; nothing when there is none.
///
/// # Errors
/// [`crate::StoreError::Corrupt`] for what cannot be read back.
pub async fn fact_before(
    connection: &mut SqliteConnection,
    cache: &mut ClassCache,
    of: &FactQuery<'_>,
    at: Timestamp,
) -> StoreResult<Option<UsageFact>> {
    let series = to_json(&of.series)?;
    let (at, hour) = (at.micros(), at.micros().div_euclid(HOUR));
    let (least, most) = of.epochs.range();
    let mut last: Option<Found> = None;
    for customer in of.refs {
        // The sums say in which hour to look; an event of the instant's own hour is not in them.
        let found = query_as!(
            Found,
            r#"SELECT at AS "at!", seq AS "seq!", series AS "series!", quantities AS "quantities!"
             FROM usage_event
             WHERE customer_ref = ?1 AND at < ?2 AND at >= coalesce((
                 SELECT max(hour) * 3600000000 FROM usage_bucket
                 WHERE customer_ref = ?1 AND hour < ?3 AND epoch BETWEEN ?5 AND ?6
                   AND series IN (SELECT value FROM json_each(?4))), ?3 * 3600000000)
               AND series IN (SELECT value FROM json_each(?4)) AND epoch BETWEEN ?5 AND ?6
             ORDER BY at DESC, seq DESC LIMIT 1"#,
            customer,
            at,
            hour,
            series,
            least,
            most
        )
        .fetch_optional(&mut *connection)
        .await?;
        let is_later = |own: &Found| {
            let known = last.as_ref().map(|last| (last.at, last.seq));
            known.is_none_or(|known| known < (own.at, own.seq))
        };
        if let Some(own) = found.filter(is_later) {
            last = Some(own);
        }
    }
    let rows: Vec<Found> = last.into_iter().collect();
    Ok(read(connection, cache, &rows).await?.pop())
}

async fn read(
    connection: &mut SqliteConnection,
    cache: &mut ClassCache,
    rows: &[Found],
) -> StoreResult<Vec<UsageFact>> {
    let numbers: Vec<i64> = rows.iter().map(|row| row.series).collect();
    let classes = classes(connection, cache, &numbers).await?;
    cache.load_dimensions(connection).await?;
    let rows = rows.iter().zip(classes);
    rows.map(|(row, class)| {
        let id = row.seq.to_string();
        let at = Row {
            table: "usage_event",
            id: &id,
        };
        let packed = Packed::read(&row.quantities).map_err(|_| at.corrupt("quantities"))?;
        Ok(UsageFact {
            at: at.at("at", row.at)?,
            class,
            quantities: cache.quantities(&packed)?,
        })
    })
    .collect()
}
