//! What prices are computed from: sums per class of call, between instants that the caller names.
//! Whole hours come from buckets; an hour that an instant cuts is summed from its events.

use crate::codec::{Row, to_json};
use crate::usage::packed::Packed;
use crate::{StoreError, StoreResult};
use ratebook_catalog::Dimension;
use ratebook_money::{Period, Quantity, Timestamp};
use ratebook_usage::{CallClass, UsageSum};
use sqlx::{SqliteConnection, query, query_scalar};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

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

/// Classes of calls and names of dimensions that were read already. They never change, so a cache
/// may live as long as the book is open; only the newest are looked up. A copy costs nothing until
/// one of the two learns more.
#[derive(Clone, Debug, Default)]
pub struct ClassCache {
    classes: Arc<HashMap<i64, Arc<CallClass>>>,
    dimensions: Arc<HashMap<u32, Dimension>>,
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
    let edges = Edges::of(query);
    let mut cells = Cells::default();
    for customer in query.refs {
        read_ref(connection, query, &edges, *customer, &mut cells).await?;
    }
    cache.load(connection, &cells).await?;
    cache.sums(cells)
}

/// The class of each series, by number; those that are not cached are read.
///
/// # Errors
/// [`StoreError::Corrupt`] for what cannot be read back.
pub async fn classes(
    connection: &mut SqliteConnection,
    cache: &mut ClassCache,
    series: &[i64],
) -> StoreResult<Vec<Arc<CallClass>>> {
    let missing = series.iter().any(|id| !cache.classes.contains_key(id));
    if missing {
        cache.load_classes(connection).await?;
    }
    series
        .iter()
        .map(|id| {
            let found = cache.classes.get(id).map(Arc::clone);
            found.ok_or(StoreError::NotFound {
                table: "usage_series",
                id: id.to_string(),
            })
        })
        .collect()
}

/// (start of the span, series) → events and quantities.
#[derive(Default)]
struct Cells(HashMap<(i64, i64), Cell>);

#[derive(Default)]
struct Cell {
    events: u64,
    sums: Packed,
}

impl Cells {
    fn add(&mut self, place: (i64, i64), events: i64, sums: &[u8]) -> StoreResult<()> {
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
struct Edges {
    /// Sorted; the first is the period's start.
    starts: Vec<i64>,
    cut_hours: BTreeSet<i64>,
}

impl Edges {
    fn of(query: &SumQuery<'_>) -> Self {
        let (from, to) = (query.period.from.micros(), query.period.to.micros());
        let mut starts: Vec<i64> = query.boundaries.iter().map(|at| at.micros()).collect();
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

    /// The span that an instant of the period is in.
    fn start_of(&self, at: i64, grain: Grain) -> i64 {
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
fn stretches(first: i64, last: i64) -> impl Iterator<Item = (i64, i64)> {
    let starts = std::iter::successors(Some(first), |start| start.checked_add(STRETCH));
    starts
        .take_while(move |start| *start <= last)
        .map(move |start| (start, start.saturating_add(STRETCH - 1).min(last)))
}

fn corrupt(customer: i64) -> StoreError {
    StoreError::Corrupt {
        table: "usage_bucket",
        id: customer.to_string(),
        column: "sums",
    }
}

/// Adds buckets, four words each: hour, series, events, and after an `x` the sums in hexadecimal,
/// which may be empty. Nothing when a word is missing or is no number.
fn add_buckets(
    text: &str,
    grain: Grain,
    edges: &Edges,
    cells: &mut Cells,
) -> Option<StoreResult<()>> {
    let mut words = text.split_ascii_whitespace();
    let mut sums = Vec::new();
    while let Some(hour) = words.next() {
        let hour: i64 = hour.parse().ok()?;
        let series: i64 = words.next()?.parse().ok()?;
        let events: i64 = words.next()?.parse().ok()?;
        from_hex(words.next()?.strip_prefix('x')?, &mut sums)?;
        if edges.cut_hours.contains(&hour) {
            continue;
        }
        let at = edges.start_of(hour.saturating_mul(HOUR), grain);
        if let Err(error) = cells.add((at, series), events, &sums) {
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
        add_buckets(text.as_deref().unwrap_or_default(), of.grain, edges, cells)
            .ok_or_else(|| corrupt(customer))??;
    }
    if edges.cut_hours.is_empty() {
        return Ok(());
    }
    let cut: Vec<[i64; 2]> = edges
        .cut_hours
        .iter()
        .map(|hour| {
            let end = hour.saturating_add(1).saturating_mul(HOUR);
            [hour.saturating_mul(HOUR).max(from), end.min(to)]
        })
        .collect();
    let cut = to_json(&cut)?;
    // One question for all of them: there is one for every edit of a price in the period.
    let rows = query!(
        r#"SELECT e.at AS "at!", e.series AS "series!", e.quantities AS "quantities!"
         FROM json_each(?2) h CROSS JOIN usage_event e
         WHERE e.customer_ref = ?1 AND e.at >= h.value ->> 0 AND e.at < h.value ->> 1
           AND e.epoch BETWEEN ?3 AND ?4"#,
        customer,
        cut,
        least,
        most
    )
    .fetch_all(connection)
    .await?;
    for row in rows {
        let at = edges.start_of(row.at, of.grain);
        cells.add((at, row.series), 1, &row.quantities)?;
    }
    Ok(())
}

impl ClassCache {
    async fn load(&mut self, connection: &mut SqliteConnection, cells: &Cells) -> StoreResult<()> {
        if cells
            .0
            .keys()
            .any(|(_, series)| !self.classes.contains_key(series))
        {
            self.load_classes(connection).await?;
        }
        let mut used = cells.0.values().flat_map(|cell| &cell.sums.0);
        if used.any(|(dimension, _)| !self.dimensions.contains_key(dimension)) {
            self.load_dimensions(connection).await?;
        }
        Ok(())
    }

    /// Reads the series that came since the last time.
    async fn load_classes(&mut self, connection: &mut SqliteConnection) -> StoreResult<()> {
        let newest = self.classes.keys().copied().max().unwrap_or(0);
        let rows = query!("SELECT * FROM usage_series WHERE id > ?1", newest)
            .fetch_all(connection)
            .await?;
        let classes = Arc::make_mut(&mut self.classes);
        for row in rows {
            let id = row.id.to_string();
            let at = Row {
                table: "usage_series",
                id: &id,
            };
            let class = CallClass {
                event_name: row.event_name,
                provider: row.provider,
                model: row.model,
                conditions: at.json("conditions", &row.conditions)?,
                context_tokens: at.number("context_tokens", row.context_tokens)?,
                minute_of_day: at.number("minute_of_day", row.minute_of_day)?,
                dims: at.json::<BTreeMap<String, String>>("dims", &row.dims)?,
            };
            classes.insert(row.id, Arc::new(class));
        }
        Ok(())
    }

    pub(super) async fn load_dimensions(
        &mut self,
        connection: &mut SqliteConnection,
    ) -> StoreResult<()> {
        let rows = query!("SELECT id, name FROM usage_dimension")
            .fetch_all(connection)
            .await?;
        let dimensions = Arc::make_mut(&mut self.dimensions);
        for row in rows {
            let text = row.id.to_string();
            let at = Row {
                table: "usage_dimension",
                id: &text,
            };
            let dimension = Dimension::parse(&row.name).ok_or_else(|| at.corrupt("name"))?;
            dimensions.insert(at.number("id", row.id)?, dimension);
        }
        Ok(())
    }

    /// Quantities by dimension, in the order of dimensions.
    pub(super) fn quantities(&self, packed: &Packed) -> StoreResult<Vec<(Dimension, Quantity)>> {
        let mut quantities = Vec::with_capacity(packed.0.len());
        for (id, amount) in &packed.0 {
            // Its place is put into words only when something is wrong: this runs for every sum.
            let corrupt = |column| StoreError::Corrupt {
                table: "usage_dimension",
                id: id.to_string(),
                column,
            };
            let dimension = self.dimensions.get(id).ok_or_else(|| corrupt("id"))?;
            let quantity = Quantity::from_smallest(*amount, dimension.decimal_places());
            quantities.push((
                dimension.clone(),
                quantity.map_err(|_| corrupt("quantity"))?,
            ));
        }
        quantities.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        Ok(quantities)
    }

    fn sums(&self, cells: Cells) -> StoreResult<Vec<UsageSum>> {
        let mut cells: Vec<_> = cells.0.into_iter().collect();
        cells.sort_unstable_by_key(|(place, _)| *place);
        let mut sums = Vec::with_capacity(cells.len().saturating_mul(4));
        for ((at, series), cell) in cells {
            let class = self
                .classes
                .get(&series)
                .ok_or_else(|| StoreError::Corrupt {
                    table: "usage_bucket",
                    id: series.to_string(),
                    column: "series",
                })?;
            for (dimension, quantity) in self.quantities(&cell.sums)? {
                sums.push(UsageSum {
                    class: Arc::clone(class),
                    at: Timestamp::from_micros(at),
                    dimension,
                    quantity,
                    events: cell.events,
                });
            }
        }
        Ok(sums)
    }
}
