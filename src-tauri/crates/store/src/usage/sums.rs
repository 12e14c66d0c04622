//! What prices are computed from: sums per class of call, between instants that the caller names.
//! Whole hours come from buckets; an hour that an instant cuts is summed from its events.

use crate::codec::to_json;
use crate::usage::classes::ClassCache;
use crate::usage::packed::Packed;
use crate::usage::short;
use crate::{StoreError, StoreResult};
use ratebook_catalog::prices::PriceTable;
use ratebook_money::{Period, Timestamp};
use ratebook_usage::UsageSum;
use sqlx::{SqliteConnection, query_as, query_scalar};
use std::collections::{BTreeSet, HashMap};

pub(super) const HOUR: i64 = 3_600_000_000;

/// Which usage of a period.
#[derive(Clone, Copy, Debug)]
pub struct SumQuery<'a> {
    /// The customer's names in usage, from [`crate::usage::refs_of`].
    pub refs: &'a [i64],
    /// From when to when.
    pub period: Period,
    /// All usage, or that of some finalizing runs.
    pub epochs: Epochs,
    /// Instants that no sum may span; in any order, those outside the period are without effect.
    pub boundaries: &'a [Timestamp],
    /// How much a sum may hold.
    pub grain: Grain,
    /// Says what short calls are billed above the sums (`UsageSum::short`) by the rules of these
    /// prices; nothing where only what was measured is asked for.
    pub least: Option<&'a PriceTable>,
}

/// Usage by when it was stored, counted in finalizing runs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Epochs {
    /// All that is stored by now.
    All,
    /// What a run billed: stored before it.
    UpTo(i64),
    /// What came after a run: late usage, where the run billed the period.
    After(i64),
}

/// How much a sum may hold.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Grain {
    /// At most an hour: needed where prices hold on some weekdays only, and for charts by hour.
    Hour,
    /// All between two neighbouring boundaries.
    Boundaries,
}

/// Sums of several names of one customer together, sorted by instant, class and dimension.
///
/// # Errors
/// [`StoreError::Corrupt`] for what cannot be read back.
pub async fn sums(
    connection: &mut SqliteConnection,
    cache: &mut ClassCache,
    query: &SumQuery<'_>,
) -> StoreResult<Vec<UsageSum>> {
    let edges = Edges::of(query.period, query.boundaries);
    let mut cells = Cells::default();
    for customer in query.refs {
        read_ref(connection, query, &edges, *customer, &mut cells).await?;
    }
    cache.load(connection, &cells).await?;
    let mut sums = cache.sums(cells)?;
    if let Some(prices) = query.least {
        let of = (query.refs, query.period, query.epochs);
        short::add(
            connection,
            cache,
            prices,
            of,
            (&edges, query.grain),
            &mut sums,
        )
        .await?;
    }
    Ok(sums)
}

/// (start of the span, series) → events and quantities.
#[derive(Default)]
pub(super) struct Cells(pub HashMap<(i64, i64), Cell>);

#[derive(Default)]
pub(super) struct Cell {
    pub events: u64,
    pub sums: Packed,
}

impl Cells {
    pub fn add(&mut self, place: (i64, i64), events: i64, sums: &[u8]) -> StoreResult<()> {
        let id = || format!("{}/{}", place.0, place.1);
        let corrupt = || StoreError::Corrupt {
            table: "usage_bucket",
            id: id(),
            column: "sums",
        };
        let cell = self.0.entry(place).or_default();
        cell.events += u64::try_from(events).map_err(|_| corrupt())?;
        cell.sums.add_bytes(sums).map_err(|_| corrupt())
    }
}

/// Where spans begin, and which hours are cut.
pub(super) struct Edges {
    /// Sorted; the first is the period's start.
    starts: Vec<i64>,
    pub cut_hours: BTreeSet<i64>,
}

impl Edges {
    pub fn of(period: Period, boundaries: &[Timestamp]) -> Self {
        let (from, to) = (period.from.micros(), period.to.micros());
        let mut starts: Vec<i64> = boundaries.iter().map(|at| at.micros()).collect();
        starts.retain(|at| from < *at && *at < to);
        starts.push(from);
        starts.sort_unstable();
        starts.dedup();
        let cut = starts
            .iter()
            .chain([&to])
            .filter(|at| at.rem_euclid(HOUR) != 0);
        let cut_hours = cut.map(|at| at.div_euclid(HOUR)).collect();
        Self { starts, cut_hours }
    }

    /// What of the cut hours lies in the period.
    pub fn cut(&self, period: Period) -> Vec<[i64; 2]> {
        let (from, to) = (period.from.micros(), period.to.micros());
        let spans = self.cut_hours.iter().map(|hour| {
            let end = hour.saturating_add(1).saturating_mul(HOUR);
            [hour.saturating_mul(HOUR).max(from), end.min(to)]
        });
        spans.collect()
    }

    /// Adds a bucket where it belongs; one of a cut hour is read from its events.
    pub fn add(&self, bucket: &Bucket<'_>, grain: Grain, cells: &mut Cells) -> StoreResult<()> {
        if self.cut_hours.contains(&bucket.hour) {
            return Ok(());
        }
        let at = self.start_of(bucket.hour.saturating_mul(HOUR), grain);
        cells.add((at, bucket.series), bucket.events, bucket.sums)
    }

    /// The span that an instant of the period is in.
    pub fn start_of(&self, at: i64, grain: Grain) -> i64 {
        let after = self.starts.partition_point(|start| *start <= at);
        let start = after
            .checked_sub(1)
            .and_then(|index| self.starts.get(index))
            .copied();
        let start = start.unwrap_or(at);
        match grain {
            Grain::Boundaries => start,
            Grain::Hour => start.max(at.div_euclid(HOUR).saturating_mul(HOUR)),
        }
    }
}

impl Epochs {
    pub(super) fn range(self) -> (i64, i64) {
        match self {
            Self::All => (0, i64::MAX),
            Self::UpTo(epoch) => (0, epoch),
            Self::After(epoch) => (epoch.saturating_add(1), i64::MAX),
        }
    }
}

/// Hours that are asked for at once, a month of them: the text of a busy one is some megabytes.
const STRETCH: i64 = 31 * 24;

/// The hours from `first` to and with `last`, in stretches.
pub(super) fn stretches(first: i64, last: i64) -> impl Iterator<Item = (i64, i64)> {
    let starts = std::iter::successors(Some(first), |start| start.checked_add(STRETCH));
    starts
        .take_while(move |start| *start <= last)
        .map(move |start| (start, start.saturating_add(STRETCH - 1).min(last)))
}

pub(super) fn corrupt(customer: i64) -> StoreError {
    StoreError::Corrupt {
        table: "usage_bucket",
        id: customer.to_string(),
        column: "sums",
    }
}

/// A bucket, as read.
pub(super) struct Bucket<'a> {
    pub hour: i64,
    pub series: i64,
    pub events: i64,
    pub sums: &'a [u8],
}

/// Reads buckets, four words each: hour, series, events, and after an `x` the sums in hexadecimal,
/// which may be empty. Nothing when a word is missing or is no number.
pub(super) fn each_bucket(
    text: &str,
    mut take: impl FnMut(&Bucket<'_>) -> StoreResult<()>,
) -> Option<StoreResult<()>> {
    let mut words = text.split_ascii_whitespace();
    let mut sums = Vec::new();
    while let Some(hour) = words.next() {
        let hour: i64 = hour.parse().ok()?;
        let series: i64 = words.next()?.parse().ok()?;
        let events: i64 = words.next()?.parse().ok()?;
        from_hex(words.next()?.strip_prefix('x')?, &mut sums)?;
        let bucket = Bucket {
            hour,
            series,
            events,
            sums: &sums,
        };
        if let Err(error) = take(&bucket) {
            return Some(Err(error));
        }
    }
    Some(Ok(()))
}

fn from_hex(text: &str, bytes: &mut Vec<u8>) -> Option<()> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    bytes.clear();
    for pair in text.as_bytes().chunks(2) {
        let (high, low) = (digit(*pair.first()?)?, digit(*pair.get(1)?)?);
        bytes.push(u8::try_from(high << 4 | low).ok()?);
    }
    Some(())
}

async fn read_ref(
    connection: &mut SqliteConnection,
    of: &SumQuery<'_>,
    edges: &Edges,
    customer: i64,
    cells: &mut Cells,
) -> StoreResult<()> {
    let (from, to) = (of.period.from.micros(), of.period.to.micros());
    let (first, last) = (from.div_euclid(HOUR), to.saturating_sub(1).div_euclid(HOUR));
    let (least, most) = of.epochs.range();
    for (first, last) in stretches(first, last) {
        // One text instead of thousands of rows: what a row costs on its way from the database's
        // thread is ten times what reading it costs.
        let text = query_scalar!(
            r#"SELECT group_concat(format('%d %d %d x%s', hour, series, events, hex(sums)), ' ')
                   AS "buckets: String"
               FROM usage_bucket
               WHERE customer_ref = ?1 AND hour BETWEEN ?2 AND ?3 AND epoch BETWEEN ?4 AND ?5"#,
            customer,
            first,
            last,
            least,
            most
        )
        .fetch_one(&mut *connection)
        .await?;
        each_bucket(text.as_deref().unwrap_or_default(), |bucket| {
            edges.add(bucket, of.grain, cells)
        })
        .ok_or_else(|| corrupt(customer))??;
    }
    let cut = edges.cut(of.period);
    let events = events_of(connection, customer, &cut, of.epochs).await?;
    for event in events {
        let at = edges.start_of(event.at, of.grain);
        cells.add((at, event.series), 1, &event.quantities)?;
    }
    Ok(())
}

/// An event of a cut hour.
pub(super) struct CutEvent {
    pub at: i64,
    pub series: i64,
    pub quantities: Vec<u8>,
}

/// The events of a name in some spans.
pub(super) async fn events_of(
    connection: &mut SqliteConnection,
    customer: i64,
    spans: &[[i64; 2]],
    epochs: Epochs,
) -> StoreResult<Vec<CutEvent>> {
    if spans.is_empty() {
        return Ok(Vec::new());
    }
    let (least, most) = epochs.range();
    let spans = to_json(&spans)?;
    // One question for all of them: there is one for every edit of a price in the period.
    Ok(query_as!(
        CutEvent,
        r#"SELECT e.at AS "at!", e.series AS "series!", e.quantities AS "quantities!"
         FROM json_each(?2) h CROSS JOIN usage_event e
         WHERE e.customer_ref = ?1 AND e.at >= h.value ->> 0 AND e.at < h.value ->> 1
           AND e.epoch BETWEEN ?3 AND ?4"#,
        customer,
        spans,
        least,
        most
    )
    .fetch_all(connection)
    .await?)
}
