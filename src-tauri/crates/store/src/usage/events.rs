//! Events one by one: only for explaining.

use crate::StoreResult;
use crate::codec::{Row, to_json, unpack};
use crate::usage::classes::{ClassCache, classes};
use crate::usage::packed::Packed;
use crate::usage::sums::Epochs;
use ratebook_money::{Period, Timestamp};
use ratebook_usage::{CallClass, Facts, UsageEvent};
use sqlx::{SqliteConnection, query, query_scalar};
use std::collections::BTreeMap;

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
    let refs = to_json(&refs(connection, of).await?)?;
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
        let found = Found {
            seq: row.seq,
            at: row.at,
            customer_ref: row.customer,
            quantities: row.quantities,
        };
        let facts = blocks.facts(connection, row.seq).await?;
        events.push(StoredEvent {
            seq: row.seq,
            batch: row.batch,
            line: facts.line,
            series: row.series,
            event: found.event(facts, &class, cache)?,
        });
    }
    Ok(events)
}

async fn refs(connection: &mut SqliteConnection, of: &EventQuery<'_>) -> StoreResult<Vec<i64>> {
    let Some(refs) = of.refs else {
        let all = query_scalar!(r#"SELECT id AS "id!" FROM usage_customer_ref"#);
        return Ok(all.fetch_all(connection).await?);
    };
    Ok(refs.to_vec())
}

/// What the row of an event says by itself.
struct Found {
    seq: i64,
    at: i64,
    customer_ref: String,
    quantities: Vec<u8>,
}

impl Found {
    fn event(self, facts: Facts, class: &CallClass, cache: &ClassCache) -> StoreResult<UsageEvent> {
        let id = self.seq.to_string();
        let at = Row {
            table: "usage_event",
            id: &id,
        };
        let packed = Packed::read(&self.quantities).map_err(|_| at.corrupt("quantities"))?;
        Ok(UsageEvent {
            source: facts.source,
            id: facts.id,
            event_name: class.event_name.clone(),
            at: at.at("at", self.at)?,
            customer_ref: self.customer_ref,
            provider: class.provider.clone(),
            model: class.model.clone(),
            conditions: class.conditions.clone(),
            quantities: cache.quantities(&packed)?,
            dims: facts.dims,
            reported: facts.reported,
        })
    }
}

/// Blocks that are open at once: a page over many customers goes back and forth between theirs.
const OPEN_BLOCKS: usize = 64;

/// The blocks of facts that were opened last, by their first number.
#[derive(Default)]
struct Blocks(BTreeMap<i64, Block>);

struct Block {
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
        if self.find(seq).is_none_or(|(_, block)| seq > block.last) {
            self.open(connection, seq, at).await?;
        }
        let (first, block) = self.find(seq).ok_or_else(|| at.corrupt("first_seq"))?;
        let place = usize::try_from(seq - first).map_err(|_| at.corrupt("first_seq"))?;
        let line = block.lines.get(place).filter(|line| !line.is_empty());
        let line = line.ok_or_else(|| at.corrupt("body"))?;
        at.read("body", Facts::parse(line))
    }

    fn find(&self, seq: i64) -> Option<(i64, &Block)> {
        self.0
            .range(..=seq)
            .next_back()
            .map(|(first, block)| (*first, block))
    }

    async fn open(
        &mut self,
        connection: &mut SqliteConnection,
        seq: i64,
        at: Row<'_>,
    ) -> StoreResult<()> {
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
        if self.0.len() >= OPEN_BLOCKS {
            self.0.clear();
        }
        let lines = text.lines().map(str::to_owned).collect();
        self.0.insert(
            block.first_seq,
            Block {
                last: block.last_seq,
                lines,
            },
        );
        Ok(())
    }
}
