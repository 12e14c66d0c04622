//! Events one by one: only for explaining.

use crate::codec::{Row, to_json, unpack};
use crate::usage::packed::Packed;
use crate::usage::sums::{ClassCache, Epochs, classes};
use crate::{StoreError, StoreResult};
use ratebook_money::{Period, Timestamp};
use ratebook_usage::{Facts, UsageEvent};
use sqlx::{SqliteConnection, query, query_scalar};

/// Which events, in the order of time.
#[derive(Clone, Copy, Debug)]
pub struct EventQuery<'a> {
    /// Names of customers, by number; none means all.
    pub refs: Option<&'a [i64]>,
    /// Series, by number; none means all.
    pub series: Option<&'a [i64]>,
    /// From when to when.
    pub period: Period,
    /// All usage, or that of some finalizing runs.
    pub epochs: Epochs,
    /// The last event of the page before: (time, number).
    pub after: Option<(Timestamp, i64)>,
    /// How many.
    pub limit: u32,
}

/// An event with what its source said.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StoredEvent {
    /// Number of the event.
    pub seq: i64,
    /// The import it came with.
    pub batch: i64,
    /// Line of the file; 0 when it came from no file.
    pub line: u64,
    /// Its series.
    pub series: i64,
    /// The event.
    pub event: UsageEvent,
}

/// A page of events in the order of time.
///
/// # Errors
/// [`StoreError::Corrupt`] for what cannot be read back.
pub async fn events(
    connection: &mut SqliteConnection,
    cache: &mut ClassCache,
    of: &EventQuery<'_>,
) -> StoreResult<Vec<StoredEvent>> {
    let refs = match of.refs {
        Some(refs) => refs.to_vec(),
        None => {
            let all = query_scalar!(r#"SELECT id AS "id!" FROM usage_customer_ref"#);
            all.fetch_all(&mut *connection).await?
        }
    };
    let refs = to_json(&refs)?;
    let series = of.series.map(|series| to_json(&series)).transpose()?;
    let (from, to) = (of.period.from.micros(), of.period.to.micros());
    let (least, most) = of.epochs.range();
    let (after_at, after_seq) = of
        .after
        .map_or((i64::MIN, 0), |(at, seq)| (at.micros(), seq));
    let limit = i64::from(of.limit);
    let rows = query!(
        r#"SELECT e.seq AS "seq!", e.at AS "at!", e.series, e.quantities, e.batch, r.ref AS customer
         FROM usage_event e JOIN usage_customer_ref r ON r.id = e.customer_ref
         WHERE e.customer_ref IN (SELECT value FROM json_each(?1))
           AND e.at >= max(?2, ?7) AND e.at < ?3
           AND (?4 IS NULL OR e.series IN (SELECT value FROM json_each(?4)))
           AND e.epoch BETWEEN ?5 AND ?6
           AND (e.at, e.seq) > (?7, ?8)
         ORDER BY e.at, e.seq LIMIT ?9"#,
        refs,
        from,
        to,
        series,
        least,
        most,
        after_at,
        after_seq,
        limit
    )
    .fetch_all(&mut *connection)
    .await?;
    let numbers: Vec<i64> = rows.iter().map(|row| row.series).collect();
    let classes = classes(connection, cache, &numbers).await?;
    cache.load_dimensions(connection).await?;
    let mut blocks = Blocks::default();
    let mut events = Vec::with_capacity(rows.len());
    for (row, class) in rows.into_iter().zip(classes) {
        let id = row.seq.to_string();
        let at = Row {
            table: "usage_event",
            id: &id,
        };
        let facts = blocks.facts(connection, row.seq).await?;
        let packed = Packed::read(&row.quantities).map_err(|_| at.corrupt("quantities"))?;
        events.push(StoredEvent {
            seq: row.seq,
            batch: row.batch,
            line: facts.line,
            series: row.series,
            event: UsageEvent {
                source: facts.source,
                id: facts.id,
                event_name: class.event_name.clone(),
                at: at.at("at", row.at)?,
                customer_ref: row.customer,
                provider: class.provider.clone(),
                model: class.model.clone(),
                conditions: class.conditions.clone(),
                quantities: cache.quantities(&packed)?,
                dims: facts.dims,
                reported: facts.reported,
            },
        });
    }
    Ok(events)
}

/// The block that was opened last: neighbours in time are neighbours there.
#[derive(Default)]
struct Blocks {
    first: i64,
    last: i64,
    lines: Vec<String>,
}

impl Blocks {
    async fn facts(&mut self, connection: &mut SqliteConnection, seq: i64) -> StoreResult<Facts> {
        let id = seq.to_string();
        let at = Row {
            table: "usage_raw_block",
            id: &id,
        };
        if self.lines.is_empty() || seq < self.first || seq > self.last {
            self.open(connection, seq, at).await?;
        }
        let place = usize::try_from(seq - self.first).map_err(|_| at.corrupt("first_seq"))?;
        let line = self.lines.get(place).filter(|line| !line.is_empty());
        let line = line.ok_or_else(|| at.corrupt("body"))?;
        at.read("body", Facts::parse(line))
    }

    async fn open(
        &mut self,
        connection: &mut SqliteConnection,
        seq: i64,
        at: Row<'_>,
    ) -> Result<(), StoreError> {
        let block = query!(
            "SELECT first_seq, last_seq, body FROM usage_raw_block
             WHERE first_seq <= ?1 ORDER BY first_seq DESC LIMIT 1",
            seq
        )
        .fetch_optional(connection)
        .await?
        .filter(|block| seq <= block.last_seq)
        .ok_or_else(|| at.corrupt("first_seq"))?;
        let text = unpack(&block.body).ok_or_else(|| at.corrupt("body"))?;
        self.first = block.first_seq;
        self.last = block.last_seq;
        self.lines = text.lines().map(str::to_owned).collect();
        Ok(())
    }
}
