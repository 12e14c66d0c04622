//! The hot path: events into the book, one connection, one transaction.
//!
//! What makes it fast, measured: every table is written in the order of its key (identities by
//! identity, events and buckets by customer and time), a hundred thousand events at a time, through
//! prepared statements without a message to another thread.

mod buckets;
mod raw;

use crate::usage::conflict;
use crate::usage::dictionary::{Dictionary, SeriesOf};
use crate::usage::packed::Packed;
use crate::{StoreError, StoreResult};
pub(crate) use buckets::{Buckets, Measured};
use ratebook_usage::{EventBatch, EventRow};
use rusqlite::{Connection, params};
use std::fmt::Write as _;

/// What was done with the events so far.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Counts {
    pub accepted: u64,
    pub duplicates: u64,
    pub conflicts: u64,
}

/// Writes events of one import. The caller holds the transaction.
pub(crate) struct Writer<'c> {
    connection: &'c Connection,
    dictionary: Dictionary,
    batch: i64,
    epoch: i64,
    next_seq: i64,
    buckets: Buckets<'c>,
    counts: Counts,
    // Reused from one chunk to the next.
    rows: Vec<Row>,
    by_identity: Vec<([i64; 2], u32)>,
    by_customer: Vec<Place>,
    dims: String,
    packed: Packed,
    bytes: Vec<u8>,
}

/// Customer, time, and place in the rows of the chunk.
type Place = (u32, i64, u32);

/// One event of a chunk, in numbers of the book.
struct Row {
    content: [i64; 2],
    at: i64,
    customer: u32,
    series: u32,
    place: (u32, u32),
    seq: i64,
    accepted: bool,
}

impl<'c> Writer<'c> {
    pub(crate) fn open(connection: &'c Connection, batch: i64) -> StoreResult<Self> {
        let epoch = connection.query_row("SELECT epoch FROM book_state", [], |row| row.get(0))?;
        // Every event is in a block.
        let next_seq = connection.query_row(
            "SELECT coalesce(max(last_seq), 0) + 1 FROM usage_raw_block
             WHERE first_seq = (SELECT max(first_seq) FROM usage_raw_block)",
            [],
            |row| row.get(0),
        )?;
        Ok(Self {
            connection,
            dictionary: Dictionary::open(connection)?,
            batch,
            epoch,
            next_seq,
            buckets: Buckets::open(connection)?,
            counts: Counts::default(),
            rows: Vec::new(),
            by_identity: Vec::new(),
            by_customer: Vec::new(),
            dims: String::new(),
            packed: Packed::default(),
            bytes: Vec::new(),
        })
    }

    /// Stores one chunk: as many batches as came together.
    pub(crate) fn write(&mut self, chunk: &[EventBatch]) -> StoreResult<()> {
        self.number_rows(chunk)?;
        self.write_identities(chunk)?;
        let order = std::mem::take(&mut self.by_customer);
        let rows = std::mem::take(&mut self.rows);
        // Compressing needs no database: it runs beside the writing.
        let blocks = std::thread::scope(|scope| {
            let first = self.next_seq;
            let blocks = scope.spawn({
                let (order, rows) = (&order, &rows);
                move || raw::blocks(first, facts(order, rows, chunk))
            });
            self.write_events(&order, &rows, chunk)?;
            blocks
                .join()
                .map_err(|_| StoreError::Source("compressing failed".to_owned()))
        })?;
        raw::write(self.connection, &blocks)?;
        self.by_customer = order;
        self.rows = rows;
        self.next_seq += i64::try_from(self.rows.len()).unwrap_or(i64::MAX);
        Ok(())
    }

    /// Writes the sums over all time. Called once, at the end.
    pub(crate) fn finish(&mut self) -> StoreResult<Counts> {
        self.buckets.write_totals()?;
        Ok(self.counts)
    }

    /// Turns names into numbers, and gives each event its `seq` in the order of customer and time.
    fn number_rows(&mut self, chunk: &[EventBatch]) -> StoreResult<()> {
        self.rows.clear();
        self.by_identity.clear();
        self.by_customer.clear();
        for (number, batch) in (0_u32..).zip(chunk) {
            let customers = batch
                .customers()
                .iter()
                .map(|name| self.dictionary.customer(self.connection, name))
                .collect::<StoreResult<Vec<u32>>>()?;
            let classes = batch
                .classes()
                .iter()
                .map(|key| self.dictionary.class(key))
                .collect::<StoreResult<Vec<u32>>>()?;
            for (place, event) in (0_u32..).zip(batch.rows()) {
                let class = index(event.class);
                let series = self.series_of(batch, event, classes[class], class)?;
                let row = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
                let (at, customer) = (event.at.micros(), customers[index(event.customer)]);
                self.by_identity.push((halves(event.identity), row));
                self.by_customer.push((customer, at, row));
                self.rows.push(Row {
                    content: halves(event.content),
                    at,
                    customer,
                    series,
                    place: (number, place),
                    seq: 0,
                    accepted: false,
                });
            }
        }
        self.by_identity.sort_unstable();
        self.by_customer.sort_unstable();
        for (seq, (_, _, row)) in (self.next_seq..).zip(&self.by_customer) {
            self.rows[index(*row)].seq = seq;
        }
        Ok(())
    }

    fn series_of(
        &mut self,
        batch: &EventBatch,
        event: &EventRow,
        class: u32,
        key: usize,
    ) -> StoreResult<u32> {
        let input_tokens = batch
            .quantities(event)
            .iter()
            .filter(|(dimension, _)| dimension.is_input_tokens())
            .map(|(_, amount)| u64::try_from(*amount).unwrap_or(0))
            .fold(0_u64, u64::saturating_add);
        project(&mut self.dims, self.dictionary.basis(), batch.dims(event));
        let of = SeriesOf {
            class,
            key: &batch.classes()[key],
            input_tokens,
            minute: event.at.minute_of_day(),
            dims: &self.dims,
        };
        self.dictionary.series(self.connection, &of)
    }

    /// Takes identities in their order; what is there already is a duplicate or a conflict. Of two
    /// events of one chunk with the same identity the one that came first stays.
    fn write_identities(&mut self, chunk: &[EventBatch]) -> StoreResult<()> {
        let mut insert = self.connection.prepare_cached(
            "INSERT INTO usage_identity (identity_hi, identity_lo, content_hi, content_lo, event)
             VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING",
        )?;
        let mut known = self.connection.prepare_cached(
            "SELECT content_hi, content_lo FROM usage_identity
             WHERE identity_hi = ?1 AND identity_lo = ?2",
        )?;
        for ([hi, lo], number) in &self.by_identity {
            let row = &mut self.rows[index(*number)];
            if insert.execute([*hi, *lo, row.content[0], row.content[1], row.seq])? == 1 {
                row.accepted = true;
                self.counts.accepted += 1;
                continue;
            }
            let first: [i64; 2] =
                known.query_row([hi, lo], |found| Ok([found.get(0)?, found.get(1)?]))?;
            if first == row.content {
                self.counts.duplicates += 1;
                continue;
            }
            self.counts.conflicts += 1;
            if self.counts.conflicts <= conflict::KEPT {
                let batch = &chunk[index(row.place.0)];
                let event = &batch.rows()[index(row.place.1)];
                conflict::store(self.connection, self.batch, batch, event)?;
            }
        }
        Ok(())
    }

    fn write_events(
        &mut self,
        order: &[Place],
        rows: &[Row],
        chunk: &[EventBatch],
    ) -> StoreResult<()> {
        let mut insert = self.connection.prepare_cached(
            "INSERT INTO usage_event (customer_ref, at, seq, series, quantities, batch, epoch)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        for (_, _, number) in order {
            let row = &rows[index(*number)];
            if !row.accepted {
                continue;
            }
            let batch = &chunk[index(row.place.0)];
            let event = &batch.rows()[index(row.place.1)];
            self.packed.clear();
            for (dimension, amount) in batch.quantities(event) {
                let dimension = self.dictionary.dimension(self.connection, dimension)?;
                self.packed
                    .add(dimension, *amount)
                    .map_err(|_| too_large())?;
            }
            self.packed.write(&mut self.bytes);
            insert.execute(params![
                row.customer,
                row.at,
                row.seq,
                row.series,
                &self.bytes[..],
                self.batch,
                self.epoch
            ])?;
            let measured = Measured {
                customer: row.customer,
                at: row.at,
                series: row.series,
            };
            self.buckets.add(self.epoch, measured, &self.packed)?;
        }
        self.buckets.flush(self.epoch)
    }
}

/// The facts of the accepted events in the order of `seq`, with the gaps that refused ones left.
fn facts<'a>(
    order: &'a [Place],
    rows: &'a [Row],
    chunk: &'a [EventBatch],
) -> impl Iterator<Item = Option<&'a str>> {
    order.iter().map(|(_, _, number)| {
        let row = &rows[index(*number)];
        let batch = &chunk[index(row.place.0)];
        row.accepted
            .then(|| batch.facts(&batch.rows()[index(row.place.1)]))
    })
}

/// JSON of those dimensions that series tell apart; `dims` is sorted by key.
pub(crate) fn project<'a>(
    out: &mut String,
    basis: &crate::usage::Basis,
    dims: impl Iterator<Item = (&'a str, &'a str)>,
) {
    out.clear();
    out.push('{');
    if !basis.dims.is_empty() {
        for (key, value) in dims.filter(|(key, _)| basis.dims.contains(*key)) {
            if out.len() > 1 {
                out.push(',');
            }
            let (key, value) = (serde_json::Value::from(key), serde_json::Value::from(value));
            // Writing into a String cannot fail.
            let _ = write!(out, "{key}:{value}");
        }
    }
    out.push('}');
}

pub(crate) fn too_large() -> StoreError {
    StoreError::Refused {
        rule: "a sum of quantities is larger than can be stored".to_owned(),
    }
}

/// 128 bits as two integers, in the order of the bytes.
pub(crate) fn halves(bits: [u8; 16]) -> [i64; 2] {
    let half = |from: usize| -> i64 {
        bits[from..from + 8]
            .iter()
            .fold(0, |value, byte| value << 8 | i64::from(*byte))
    };
    [half(0), half(8)]
}

fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
