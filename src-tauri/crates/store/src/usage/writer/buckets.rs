//! Sums per hour and over all time, written in the order of their keys.

use super::too_large;
use crate::StoreResult;
use crate::usage::packed::Packed;
use rusqlite::{Connection, OptionalExtension, Statement, params};
use std::collections::HashMap;

const HOUR: i64 = 3_600_000_000;

/// Where and when something was measured.
#[derive(Clone, Copy)]
pub(crate) struct Measured {
    pub customer: u32,
    pub at: i64,
    pub series: u32,
}

/// Sums of the hour that is being written, and of everything for the totals.
pub(crate) struct Buckets<'c> {
    connection: &'c Connection,
    insert: Statement<'c>,
    find: Statement<'c>,
    update: Statement<'c>,
    current: Option<(u32, i64)>,
    // The first `used` are of the current hour; the others keep their memory.
    hour: Vec<Bucket>,
    used: usize,
    totals: HashMap<(u32, u32), Total>,
    bytes: Vec<u8>,
}

#[derive(Default)]
struct Bucket {
    series: u32,
    events: i64,
    first: i64,
    last: i64,
    sums: Packed,
}

/// Sum over all time of a customer and series.
#[derive(Default)]
struct Total {
    events: i64,
    first: i64,
    last: i64,
    sums: Packed,
}

impl<'c> Buckets<'c> {
    pub(crate) fn open(connection: &'c Connection) -> StoreResult<Self> {
        Ok(Self {
            connection,
            insert: connection.prepare(
                "INSERT INTO usage_bucket (customer_ref, hour, series, epoch, events, sums)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING",
            )?,
            find: connection.prepare(
                "SELECT sums FROM usage_bucket
                 WHERE customer_ref = ?1 AND hour = ?2 AND series = ?3 AND epoch = ?4",
            )?,
            update: connection.prepare(
                "UPDATE usage_bucket SET events = events + ?5, sums = ?6
                 WHERE customer_ref = ?1 AND hour = ?2 AND series = ?3 AND epoch = ?4",
            )?,
            current: None,
            hour: Vec::new(),
            used: 0,
            totals: HashMap::new(),
            bytes: Vec::new(),
        })
    }

    /// Adds one event. Events come in the order of customer and time, so an hour is complete when
    /// the next begins.
    pub(crate) fn add(
        &mut self,
        epoch: i64,
        measured: Measured,
        quantities: &Packed,
    ) -> StoreResult<()> {
        let place = (measured.customer, measured.at.div_euclid(HOUR));
        if self.current != Some(place) {
            self.flush(epoch)?;
            self.current = Some(place);
        }
        let found = self.hour[..self.used]
            .iter()
            .position(|bucket| bucket.series == measured.series);
        let index = found.unwrap_or(self.used);
        if found.is_none() {
            self.open_bucket(measured);
        }
        let bucket = &mut self.hour[index];
        bucket.events += 1;
        bucket.last = measured.at;
        bucket.sums.add_all(quantities).map_err(|_| too_large())
    }

    fn open_bucket(&mut self, measured: Measured) {
        if self.used == self.hour.len() {
            self.hour.push(Bucket::default());
        }
        let bucket = &mut self.hour[self.used];
        bucket.series = measured.series;
        bucket.events = 0;
        bucket.first = measured.at;
        bucket.sums.clear();
        self.used += 1;
    }

    /// Writes the current hour.
    pub(crate) fn flush(&mut self, epoch: i64) -> StoreResult<()> {
        let Some((customer, hour)) = self.current.take() else {
            return Ok(());
        };
        self.hour[..self.used].sort_unstable_by_key(|bucket| bucket.series);
        for place in 0..self.used {
            self.add_to_total(customer, place)?;
            self.write_bucket((customer, hour, epoch), place)?;
        }
        self.used = 0;
        Ok(())
    }

    fn add_to_total(&mut self, customer: u32, place: usize) -> StoreResult<()> {
        let bucket = &self.hour[place];
        let fresh = Total {
            first: bucket.first,
            last: bucket.last,
            ..Total::default()
        };
        let total = self
            .totals
            .entry((customer, bucket.series))
            .or_insert(fresh);
        total.events += bucket.events;
        total.first = total.first.min(bucket.first);
        total.last = total.last.max(bucket.last);
        total.sums.add_all(&bucket.sums).map_err(|_| too_large())
    }

    /// Adds to the bucket that is stored, or makes it.
    fn write_bucket(
        &mut self,
        (customer, hour, epoch): (u32, i64, i64),
        place: usize,
    ) -> StoreResult<()> {
        let Bucket {
            series,
            events,
            sums,
            ..
        } = &mut self.hour[place];
        let (series, events) = (*series, *events);
        sums.write(&mut self.bytes);
        let added = self.insert.execute(params![
            customer,
            hour,
            series,
            epoch,
            events,
            &self.bytes[..]
        ])?;
        if added == 1 {
            return Ok(());
        }
        self.find
            .query_row(params![customer, hour, series, epoch], |row| {
                let stored = row.get_ref(0)?.as_blob()?;
                Ok(sums.add_bytes(stored))
            })?
            .map_err(|_| too_large())?;
        sums.write(&mut self.bytes);
        self.update.execute(params![
            customer,
            hour,
            series,
            epoch,
            events,
            &self.bytes[..]
        ])?;
        Ok(())
    }

    /// Writes the sums over all time.
    pub(crate) fn write_totals(&mut self) -> StoreResult<()> {
        let mut totals: Vec<_> = std::mem::take(&mut self.totals).into_iter().collect();
        totals.sort_unstable_by_key(|(place, _)| *place);
        for (place, mut total) in totals {
            merge_total(self.connection, place, &mut total, &mut self.bytes)?;
        }
        Ok(())
    }
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
