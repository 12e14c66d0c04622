//! What series tell apart. When a price table brings a new threshold or a meter looks at another
//! dimension, series get finer: every event is put into its new series and the sums are made again.
//! What was measured stays as it is.

use crate::codec::{Row, unpack};
use crate::usage::dictionary::{Dictionary, SeriesOf};
use crate::usage::import::connect;
use crate::usage::packed::Packed;
use crate::usage::writer::{Buckets, Measured, project};
use crate::{Book, StoreError, StoreResult};
use ratebook_catalog::Dimension;
use ratebook_money::Timestamp;
use ratebook_usage::{CallKey, Facts};
use rusqlite::{Connection, TransactionBehavior, params};
use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;

/// What series tell apart.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Basis {
    /// Sizes of a call's whole input, sorted: context thresholds of price rows.
    pub contexts: Vec<u64>,
    /// Minutes of the day (UTC), sorted: borders of price windows.
    pub minutes: Vec<u16>,
    /// Keys of dimensions that some meter looks at.
    pub dims: BTreeSet<String>,
}

/// Makes series at least as fine as `basis`; says whether they were rebuilt. Called *before* prices
/// or meters that need it are stored: finer series than needed do no harm.
///
/// # Errors
/// [`StoreError::Busy`], [`StoreError::DiskFull`]; then everything is as before.
pub async fn refine(book: &Book, basis: &Basis) -> StoreResult<bool> {
    let held = book.hold_writer().await?;
    let (path, basis) = (book.path().to_owned(), basis.clone());
    let done = tokio::task::spawn_blocking(move || refine_sync(&path, &basis)).await;
    let (rebuilt, connection) =
        done.unwrap_or_else(|panic| Err(StoreError::Source(panic.to_string())))?;
    if let Some(connection) = connection {
        book.tidy_log(connection);
    }
    drop(held);
    Ok(rebuilt)
}

impl Basis {
    pub(crate) fn load_sync(connection: &Connection) -> StoreResult<Self> {
        let mut basis = Self::default();
        let mut find = connection.prepare("SELECT kind, value FROM usage_basis")?;
        let mut rows = find.query([])?;
        while let Some(row) = rows.next()? {
            let (kind, value): (String, String) = (row.get(0)?, row.get(1)?);
            let at = Row {
                table: "usage_basis",
                id: &value,
            };
            match kind.as_str() {
                "context" => basis.contexts.push(at.read("value", value.parse())?),
                "minute" => basis.minutes.push(at.read("value", value.parse())?),
                _ => {
                    basis.dims.insert(value);
                }
            }
        }
        basis.contexts.sort_unstable();
        basis.minutes.sort_unstable();
        Ok(basis)
    }

    /// As (kind, value), the rows of the table.
    fn rows(&self) -> BTreeSet<(&'static str, String)> {
        let contexts = self
            .contexts
            .iter()
            .map(|value| ("context", value.to_string()));
        let minutes = self
            .minutes
            .iter()
            .map(|value| ("minute", value.to_string()));
        let dims = self.dims.iter().map(|value| ("dim", value.clone()));
        contexts.chain(minutes).chain(dims).collect()
    }
}

/// Whether series were rebuilt, and the connection that did it, when anything was written.
fn refine_sync(path: &Path, basis: &Basis) -> StoreResult<(bool, Option<Connection>)> {
    let mut connection = connect(path)?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let known = Basis::load_sync(&transaction)?.rows();
    let new: Vec<_> = basis
        .rows()
        .into_iter()
        .filter(|row| !known.contains(row))
        .collect();
    if new.is_empty() {
        return Ok((false, None));
    }
    for (kind, value) in &new {
        transaction.execute(
            "INSERT INTO usage_basis (kind, value) VALUES (?1, ?2)",
            [kind, &value.as_str()],
        )?;
    }
    let events: bool =
        transaction.query_row("SELECT EXISTS (SELECT 1 FROM usage_event)", [], |row| {
            row.get(0)
        })?;
    if events {
        refile(&transaction, new.iter().any(|(kind, _)| *kind == "dim"))?;
    }
    transaction.execute("UPDATE book_state SET change = change + 1", [])?;
    transaction.commit()?;
    Ok((events, Some(connection)))
}

/// Puts every event into its series and makes all sums again.
fn refile(connection: &Connection, dims_changed: bool) -> StoreResult<()> {
    connection.execute_batch("DELETE FROM usage_bucket; DELETE FROM usage_total;")?;
    let mut refiling = Refiling {
        dictionary: Dictionary::open(connection)?,
        classes: HashMap::new(),
        input: input_dimensions(connection)?,
        facts: FactsAt::default(),
        sums: Vec::new(),
    };
    let mut update = connection.prepare(
        "UPDATE usage_event SET series = ?4 WHERE customer_ref = ?1 AND at = ?2 AND seq = ?3",
    )?;
    let mut after = (0, i64::MIN, 0);
    loop {
        // Page by page: a statement must not read the table that another one changes.
        let page = page_after(connection, after)?;
        let Some((last, _)) = page.last() else { break };
        after = (last.customer, last.at, last.seq);
        for (event, quantities) in &page {
            let series = refiling.series(connection, event, quantities, dims_changed)?;
            if series != event.series {
                update.execute(params![event.customer, event.at, event.seq, series])?;
            }
            let measured = Measured {
                customer: event.customer,
                at: event.at,
                series,
            };
            refiling
                .buckets(connection, event.epoch)?
                .add(event.epoch, measured, quantities)?;
        }
    }
    for (epoch, buckets) in &mut refiling.sums {
        buckets.flush(*epoch)?;
        buckets.write_totals()?;
    }
    Ok(())
}

/// The next events in the order of their key, so that the sums are written in the order of theirs.
fn page_after(
    connection: &Connection,
    (customer, at, seq): (u32, i64, i64),
) -> StoreResult<Vec<(Event, Packed)>> {
    let mut find = connection.prepare_cached(
        "SELECT seq, customer_ref, at, series, epoch, quantities FROM usage_event
         WHERE (customer_ref, at, seq) > (?1, ?2, ?3)
         ORDER BY customer_ref, at, seq LIMIT 20000",
    )?;
    let mut page = Vec::new();
    let mut rows = find.query(params![customer, at, seq])?;
    while let Some(row) = rows.next()? {
        let event = Event {
            seq: row.get(0)?,
            customer: row.get(1)?,
            at: row.get(2)?,
            series: row.get(3)?,
            epoch: row.get(4)?,
        };
        let bytes = row.get_ref(5)?.as_blob().map_err(rusqlite::Error::from)?;
        let quantities = Packed::read(bytes).map_err(|_| corrupt(event.seq, "quantities"))?;
        page.push((event, quantities));
    }
    Ok(page)
}

struct Event {
    seq: i64,
    customer: u32,
    at: i64,
    series: u32,
    epoch: i64,
}

struct Refiling<'c> {
    dictionary: Dictionary,
    /// Series as stored → class and projected dimensions.
    classes: HashMap<u32, (Arc<CallKey>, String)>,
    input: BTreeSet<u32>,
    facts: FactsAt,
    /// Sums of each epoch.
    sums: Vec<(i64, Buckets<'c>)>,
}

impl<'c> Refiling<'c> {
    fn buckets(&mut self, connection: &'c Connection, epoch: i64) -> StoreResult<&mut Buckets<'c>> {
        let found = self.sums.iter().position(|(known, _)| *known == epoch);
        let place = found.unwrap_or(self.sums.len());
        if found.is_none() {
            self.sums.push((epoch, Buckets::open(connection)?));
        }
        Ok(&mut self.sums[place].1)
    }

    fn series(
        &mut self,
        connection: &Connection,
        event: &Event,
        quantities: &Packed,
        dims_changed: bool,
    ) -> StoreResult<u32> {
        let (key, mut dims) = match self.classes.get(&event.series) {
            Some((key, dims)) => (Arc::clone(key), dims.clone()),
            None => {
                let read = class_of(connection, event.series)?;
                self.classes.insert(event.series, read.clone());
                read
            }
        };
        if dims_changed {
            let facts = self.facts.read(connection, event.seq)?;
            let all = facts
                .dims
                .iter()
                .map(|(key, value)| (key.as_str(), value.as_str()));
            project(&mut dims, self.dictionary.basis(), all);
        }
        let input_tokens = quantities
            .0
            .iter()
            .filter(|(dimension, _)| self.input.contains(dimension))
            .map(|(_, amount)| u64::try_from(*amount).unwrap_or(0))
            .fold(0_u64, u64::saturating_add);
        let of = SeriesOf {
            class: self.dictionary.class(&key)?,
            key: &key,
            input_tokens,
            minute: Timestamp::from_micros(event.at).minute_of_day(),
            dims: &dims,
        };
        self.dictionary.series(connection, &of)
    }
}

fn class_of(connection: &Connection, series: u32) -> StoreResult<(Arc<CallKey>, String)> {
    let id = series.to_string();
    let at = Row {
        table: "usage_series",
        id: &id,
    };
    let (event_name, provider, model, conditions, dims): (_, _, _, String, String) = connection
        .query_row(
            "SELECT event_name, provider, model, conditions, dims FROM usage_series WHERE id = ?1",
            [series],
            |row| {
                Ok((
                    row.get(0)?,
                    row.get(1)?,
                    row.get(2)?,
                    row.get(3)?,
                    row.get(4)?,
                ))
            },
        )?;
    let conditions = at.json("conditions", &conditions)?;
    Ok((
        Arc::new(CallKey {
            event_name,
            provider,
            model,
            conditions,
        }),
        dims,
    ))
}

fn input_dimensions(connection: &Connection) -> StoreResult<BTreeSet<u32>> {
    let mut find = connection.prepare("SELECT id, name FROM usage_dimension")?;
    let rows = find.query_map([], |row| {
        Ok((row.get::<_, u32>(0)?, row.get::<_, String>(1)?))
    })?;
    let mut input = BTreeSet::new();
    for row in rows {
        let (id, name) = row?;
        let known = Dimension::parse(&name).ok_or(StoreError::Corrupt {
            table: "usage_dimension",
            id: name,
            column: "name",
        })?;
        if known.is_input_tokens() {
            input.insert(id);
        }
    }
    Ok(input)
}

/// The block of facts that was opened last.
#[derive(Default)]
struct FactsAt {
    first: i64,
    lines: Vec<String>,
}

impl FactsAt {
    fn read(&mut self, connection: &Connection, seq: i64) -> StoreResult<Facts> {
        let inside = seq
            .checked_sub(self.first)
            .and_then(|place| usize::try_from(place).ok());
        if inside.is_none_or(|place| place >= self.lines.len()) {
            let (first, body): (i64, Vec<u8>) = connection
                .prepare_cached(
                    "SELECT first_seq, body FROM usage_raw_block
                     WHERE first_seq <= ?1 ORDER BY first_seq DESC LIMIT 1",
                )?
                .query_row([seq], |row| Ok((row.get(0)?, row.get(1)?)))?;
            let text = unpack(&body).ok_or_else(|| corrupt(seq, "facts"))?;
            self.first = first;
            self.lines = text.lines().map(str::to_owned).collect();
        }
        let place = usize::try_from(seq - self.first).unwrap_or(usize::MAX);
        let line = self.lines.get(place).ok_or_else(|| corrupt(seq, "facts"))?;
        Facts::parse(line).map_err(|_| corrupt(seq, "facts"))
    }
}

fn corrupt(seq: i64, column: &'static str) -> StoreError {
    StoreError::Corrupt {
        table: "usage_event",
        id: seq.to_string(),
        column,
    }
}
