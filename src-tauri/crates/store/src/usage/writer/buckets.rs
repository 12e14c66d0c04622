//! Sums per hour and over all time, written in the order of their keys.

use super::too_large;
use crate::StoreResult;
use crate::usage::packed::Packed;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeMap;

const HOUR: i64 = 3_600_000_000;

/// Where and when something was measured.
#[derive(Clone, Copy)]
pub(crate) struct Measured {
    pub customer: u32,
    pub at: i64,
    pub series: u32,
}

/// Sums of the hour that is being written, and of everything for the totals.
#[derive(Default)]
pub(crate) struct Buckets {
    current: Option<(u32, i64)>,
    // The first `used` are of the current hour; the others keep their memory.
    hour: Vec<Bucket>,
    used: usize,
    totals: BTreeMap<(u32, u32), Total>,
    bytes: Vec<u8>,
}

#[derive(Default)]
struct Bucket {
    series: u32,
    events: i64,
    sums: Packed,
}

/// Sum over all time of a customer and series.
struct Total {
    events: i64,
    first: i64,
    last: i64,
    sums: Packed,
}

impl Buckets {
    /// Adds one event. Events come in the order of customer and time, so an hour is complete when
    /// the next begins.
    pub(crate) fn add(
        &mut self,
        connection: &Connection,
        epoch: i64,
        measured: Measured,
        quantities: &Packed,
    ) -> StoreResult<()> {
        let place = (measured.customer, measured.at.div_euclid(HOUR));
        if self.current != Some(place) {
            self.flush(connection, epoch)?;
            self.current = Some(place);
        }
        let found =
            self.hour[..self.used].iter().position(|bucket| bucket.series == measured.series);
        let index = found.unwrap_or(self.used);
        if found.is_none() {
            self.open_bucket(measured.series);
        }
        let bucket = &mut self.hour[index];
        bucket.events += 1;
        bucket.sums.add_all(quantities).map_err(|_| too_large())?;
        let total = self.totals.entry((measured.customer, measured.series)).or_insert(Total {
            events: 0,
            first: measured.at,
            last: measured.at,
            sums: Packed::default(),
        });
        total.events += 1;
        total.first = total.first.min(measured.at);
        total.last = total.last.max(measured.at);
        total.sums.add_all(quantities).map_err(|_| too_large())
    }

    fn open_bucket(&mut self, series: u32) {
        if self.used == self.hour.len() {
            self.hour.push(Bucket::default());
        }
        let bucket = &mut self.hour[self.used];
        bucket.series = series;
        bucket.events = 0;
        bucket.sums.clear();
        self.used += 1;
    }

    /// Writes the current hour.
    pub(crate) fn flush(&mut self, connection: &Connection, epoch: i64) -> StoreResult<()> {
        if let Some((customer, hour)) = self.current.take() {
            self.hour[..self.used].sort_unstable_by_key(|bucket| bucket.series);
            for bucket in &mut self.hour[..self.used] {
                let place = (customer, hour, bucket.series, epoch);
                let (events, sums) = (bucket.events, &mut bucket.sums);
                merge_bucket(connection, place, events, sums, &mut self.bytes)?;
            }
        }
        self.used = 0;
        Ok(())
    }

    pub(crate) fn write_totals(&mut self, connection: &Connection) -> StoreResult<()> {
        for ((customer, series), total) in &mut self.totals {
            merge_total(connection, (*customer, *series), total, &mut self.bytes)?;
        }
        self.totals.clear();
        Ok(())
    }
}

/// Sums that are made again from stored events, of all epochs.
#[derive(Default)]
pub(crate) struct Refiled(BTreeMap<i64, Buckets>);

impl Refiled {
    /// Adds the event of (customer, time, series, epoch).
    pub(crate) fn add(
        &mut self,
        connection: &Connection,
        (customer, at, series, epoch): (u32, i64, u32, i64),
        quantities: &Packed,
    ) -> StoreResult<()> {
        let buckets = self.0.entry(epoch).or_default();
        buckets.add(connection, epoch, Measured { customer, at, series }, quantities)
    }

    pub(crate) fn finish(&mut self, connection: &Connection) -> StoreResult<()> {
        for (epoch, buckets) in &mut self.0 {
            buckets.flush(connection, *epoch)?;
            buckets.write_totals(connection)?;
        }
        Ok(())
    }
}

/// Adds to the bucket at (customer, hour, series, epoch), or makes it.
fn merge_bucket(
    connection: &Connection,
    (customer, hour, series, epoch): (u32, i64, u32, i64),
    events: i64,
    sums: &mut Packed,
    bytes: &mut Vec<u8>,
) -> StoreResult<()> {
    sums.write(bytes);
    let mut insert = connection.prepare_cached(
        "INSERT INTO usage_bucket (customer_ref, hour, series, epoch, events, sums)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING",
    )?;
    if insert.execute(params![customer, hour, series, epoch, events, &bytes[..]])? == 1 {
        return Ok(());
    }
    let mut find = connection.prepare_cached(
        "SELECT sums FROM usage_bucket
         WHERE customer_ref = ?1 AND hour = ?2 AND series = ?3 AND epoch = ?4",
    )?;
    find.query_row(params![customer, hour, series, epoch], |row| {
        let stored = row.get_ref(0)?.as_blob()?;
        Ok(sums.add_bytes(stored))
    })?
    .map_err(|_| too_large())?;
    sums.write(bytes);
    connection
        .prepare_cached(
            "UPDATE usage_bucket SET events = events + ?5, sums = ?6
             WHERE customer_ref = ?1 AND hour = ?2 AND series = ?3 AND epoch = ?4",
        )?
        .execute(params![customer, hour, series, epoch, events, &bytes[..]])?;
    Ok(())
}

/// Adds to the total of (customer, series), or makes it.
fn merge_total(
    connection: &Connection,
    (customer, series): (u32, u32),
    total: &mut Total,
    bytes: &mut Vec<u8>,
) -> StoreResult<()> {
    let found = connection
        .prepare_cached("SELECT sums FROM usage_total WHERE customer_ref = ?1 AND series = ?2")?
        .query_row([customer, series], |row| {
            Ok(total.sums.add_bytes(row.get_ref(0)?.as_blob()?))
        })
        .optional()?;
    found.unwrap_or(Ok(())).map_err(|_| too_large())?;
    total.sums.write(bytes);
    connection
        .prepare_cached(
            "INSERT INTO usage_total (customer_ref, series, events, first_at, last_at, sums)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT DO UPDATE SET events = events + ?3, first_at = min(first_at, ?4),
                last_at = max(last_at, ?5), sums = ?6",
        )?
        .execute(params![
            customer,
            series,
            total.events,
            total.first,
            total.last,
            &bytes[..]
        ])?;
    Ok(())
}
