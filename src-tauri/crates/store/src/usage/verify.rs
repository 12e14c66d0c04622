//! Proof that the sums are the sums of the events. Reads the whole book, with flat memory.

use crate::usage::import::connect;
use crate::usage::packed::Packed;
use crate::usage::sums::HOUR;
use crate::{Book, StoreError, StoreResult};
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::path::Path;

/// A sum that is not the sum of its events.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UsageFault {
    /// `usage_bucket`, `usage_total`, `usage_identity`, `import_batch`.
    pub table: &'static str,
    /// Which row.
    pub place: String,
}

/// Adds up all events again and compares: buckets, totals, identities, counts of imports. Faults
/// are listed up to a hundred.
///
/// # Errors
/// [`StoreError::Corrupt`] for what cannot be read back.
pub async fn verify(book: &Book) -> StoreResult<Vec<UsageFault>> {
    let path = book.path().to_owned();
    let done = tokio::task::spawn_blocking(move || verify_sync(&path)).await;
    done.unwrap_or_else(|panic| Err(StoreError::Source(panic.to_string())))
}

/// (customer, hour, series, epoch).
type Place = (i64, i64, i64, i64);

#[derive(Default, PartialEq, Eq)]
struct Sum {
    events: i64,
    packed: Packed,
}

fn verify_sync(path: &Path) -> StoreResult<Vec<UsageFault>> {
    let mut connection = connect(path)?;
    // One view for all comparisons.
    let view = connection.transaction()?;
    let mut faults = Vec::new();
    let mut totals = BTreeMap::new();
    compare_buckets(&view, &mut totals, &mut faults)?;
    compare_totals(&view, totals, &mut faults)?;
    compare_counts(&view, &mut faults)?;
    faults.truncate(100);
    Ok(faults)
}

fn compare_buckets(
    view: &Connection,
    totals: &mut BTreeMap<(i64, i64), Sum>,
    faults: &mut Vec<UsageFault>,
) -> StoreResult<()> {
    let mut find = view.prepare(
        "SELECT customer_ref, at, series, epoch, quantities FROM usage_event
         ORDER BY customer_ref, at",
    )?;
    let mut hour: BTreeMap<Place, Sum> = BTreeMap::new();
    let mut current = None;
    let mut counted = 0_i64;
    let mut rows = find.query([])?;
    while let Some(row) = rows.next()? {
        let (customer, at): (i64, i64) = (row.get(0)?, row.get(1)?);
        let (series, epoch): (i64, i64) = (row.get(2)?, row.get(3)?);
        let here = (customer, at.div_euclid(HOUR));
        if current != Some(here) {
            counted += compare_hour(view, &mut hour, faults)?;
            current = Some(here);
        }
        let quantities = row.get_ref(4)?.as_blob().map_err(rusqlite::Error::from)?;
        let bucket = hour.entry((customer, here.1, series, epoch)).or_default();
        let total = totals.entry((customer, series)).or_default();
        for sum in [bucket, total] {
            sum.events += 1;
            sum.packed
                .add_bytes(quantities)
                .map_err(|_| StoreError::Corrupt {
                    table: "usage_event",
                    id: format!("{customer}/{at}"),
                    column: "quantities",
                })?;
        }
    }
    counted += compare_hour(view, &mut hour, faults)?;
    let stored: i64 = view.query_row("SELECT count(*) FROM usage_bucket", [], |row| row.get(0))?;
    if stored != counted {
        let place = format!("{stored} rows, {counted} expected");
        faults.push(UsageFault {
            table: "usage_bucket",
            place,
        });
    }
    Ok(())
}

/// Compares and forgets the sums of one hour; says how many there were.
fn compare_hour(
    view: &Connection,
    hour: &mut BTreeMap<Place, Sum>,
    faults: &mut Vec<UsageFault>,
) -> StoreResult<i64> {
    let mut find = view.prepare_cached(
        "SELECT events, sums FROM usage_bucket
         WHERE customer_ref = ?1 AND hour = ?2 AND series = ?3 AND epoch = ?4",
    )?;
    let count = i64::try_from(hour.len()).unwrap_or(i64::MAX);
    for (place, sum) in std::mem::take(hour) {
        let stored = find.query_row([place.0, place.1, place.2, place.3], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?))
        });
        if !same(stored, sum)? {
            faults.push(UsageFault {
                table: "usage_bucket",
                place: format!("{place:?}"),
            });
        }
    }
    Ok(count)
}

fn compare_totals(
    view: &Connection,
    totals: BTreeMap<(i64, i64), Sum>,
    faults: &mut Vec<UsageFault>,
) -> StoreResult<()> {
    let expected = i64::try_from(totals.len()).unwrap_or(i64::MAX);
    for (place, sum) in totals {
        let stored = view.query_row(
            "SELECT events, sums FROM usage_total WHERE customer_ref = ?1 AND series = ?2",
            [place.0, place.1],
            |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?)),
        );
        if !same(stored, sum)? {
            faults.push(UsageFault {
                table: "usage_total",
                place: format!("{place:?}"),
            });
        }
    }
    let stored: i64 = view.query_row("SELECT count(*) FROM usage_total", [], |row| row.get(0))?;
    if stored != expected {
        let place = format!("{stored} rows, {expected} expected");
        faults.push(UsageFault {
            table: "usage_total",
            place,
        });
    }
    Ok(())
}

fn same(stored: rusqlite::Result<(i64, Vec<u8>)>, mut sum: Sum) -> StoreResult<bool> {
    let (events, sums) = match stored {
        Err(rusqlite::Error::QueryReturnedNoRows) => return Ok(false),
        other => other?,
    };
    let mut bytes = Vec::new();
    sum.packed.write(&mut bytes);
    Ok(events == sum.events && sums == bytes)
}

/// As many events as identities, each of an event that is there; imports count what they stored.
fn compare_counts(view: &Connection, faults: &mut Vec<UsageFault>) -> StoreResult<()> {
    // Both sides sum the same numbers: an identity without its event would show.
    let lost: i64 = view.query_row(
        "SELECT abs(i.rows - e.rows) + abs(i.numbers - e.numbers)
         FROM (SELECT count(*) AS rows, coalesce(sum(event), 0) AS numbers FROM usage_identity) i,
              (SELECT count(*) AS rows, coalesce(sum(seq), 0) AS numbers FROM usage_event) e",
        [],
        |row| row.get(0),
    )?;
    if lost != 0 {
        faults.push(UsageFault {
            table: "usage_identity",
            place: format!("{lost} rows"),
        });
    }
    let mut find = view.prepare(
        "SELECT b.id FROM import_batch b LEFT JOIN (SELECT batch, count(*) AS events
         FROM usage_event GROUP BY batch) e ON e.batch = b.id
         WHERE b.accepted <> coalesce(e.events, 0)",
    )?;
    let mut rows = find.query([])?;
    while let Some(row) = rows.next()? {
        let id: i64 = row.get(0)?;
        faults.push(UsageFault {
            table: "import_batch",
            place: id.to_string(),
        });
    }
    Ok(())
}
