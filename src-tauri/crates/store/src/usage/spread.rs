//! Usage of many names at once, for looking at: what each used, and what each day held.

use crate::StoreResult;
use crate::codec::to_json;
use crate::usage::classes::ClassCache;
use crate::usage::short::{Least, Of, Short, count};
use crate::usage::sums::{
    Cells, Edges, Epochs, Grain, HOUR, corrupt, each_bucket, events_of, stretches,
};
use ratebook_catalog::prices::PriceTable;
use ratebook_money::{Period, Timestamp};
use ratebook_usage::UsageSum;
use sqlx::{SqliteConnection, query};
use std::collections::HashMap;

/// Which usage is spread.
#[derive(Clone, Copy, Debug)]
pub struct SpreadQuery<'a> {
    /// Names of customers in usage.
    pub names: &'a [i64],
    /// From when to when.
    pub period: Period,
    /// Instants at which prices change: no sum spans one of them.
    pub cuts: &'a [Timestamp],
    /// Starts of days: no sum of [`Spread::days`] spans one of them.
    pub days: &'a [Timestamp],
    /// Whether [`Spread::names`] is wanted too.
    pub apart: bool,
    /// See [`crate::usage::SumQuery::least`].
    pub least: Option<&'a PriceTable>,
}

/// The same usage twice. Sums by name and day together would be thirty times as many, and a page
/// that shows both apart needs few of them.
#[derive(Clone, Default, Debug)]
pub struct Spread {
    /// Sums of each name that has usage, over all days; empty unless they are wanted.
    pub names: Vec<(i64, Vec<UsageSum>)>,
    /// Sums of each day, over all names.
    pub days: Vec<UsageSum>,
}

/// Sums of the names in `query.names` and of the days, each sorted by instant, class and dimension.
///
/// # Errors
/// [`crate::StoreError::Corrupt`] for what cannot be read back.
pub async fn spread(
    connection: &mut SqliteConnection,
    cache: &mut ClassCache,
    query: &SpreadQuery<'_>,
) -> StoreResult<Spread> {
    let mut fine = query.days.to_vec();
    fine.extend(query.cuts);
    let mut reader = Reader {
        coarse: Edges::of(query.period, query.cuts),
        fine: Edges::of(query.period, &fine),
        apart: query.apart,
        names: HashMap::new(),
        days: Cells::default(),
    };
    reader.buckets(connection, query).await?;
    reader.cut_hours(connection, query).await?;
    let mut spread = Spread::default();
    let mut names: Vec<(i64, Cells)> = reader.names.into_iter().collect();
    names.sort_unstable_by_key(|(name, _)| *name);
    for (name, cells) in names {
        cache.load(connection, &cells).await?;
        spread.names.push((name, cache.sums(cells)?));
    }
    cache.load(connection, &reader.days).await?;
    spread.days = cache.sums(reader.days)?;
    let edges = (&reader.coarse, &reader.fine);
    if let Some(prices) = query.least {
        short_calls(connection, cache, (query, prices), edges, &mut spread).await?;
    }
    Ok(spread)
}

/// Adds what short calls are billed above the sums, of the names and of the days.
async fn short_calls(
    connection: &mut SqliteConnection,
    cache: &ClassCache,
    (of, prices): (&SpreadQuery<'_>, &PriceTable),
    (coarse, fine): (&Edges, &Edges),
    spread: &mut Spread,
) -> StoreResult<()> {
    let least = Least::of(prices, cache, spread.days.iter())?;
    if least.is_empty() {
        return Ok(());
    }
    let mut days = Short::new();
    for customer in of.names {
        let mut own = Short::new();
        let who = Of {
            customer: *customer,
            period: of.period,
            epochs: Epochs::All,
        };
        let place = |at| {
            let start = |edges: &Edges| edges.start_of(at, Grain::Boundaries);
            vec![(0, start(coarse)), (1, start(fine))]
        };
        count(connection, &least, who, place, &mut [&mut own, &mut days]).await?;
        let of_name = spread.names.iter_mut().find(|(name, _)| name == customer);
        if let Some((_, sums)) = of_name {
            least.put(&own, sums)?;
        }
    }
    least.put(&days, &mut spread.days)
}

struct Reader {
    coarse: Edges,
    fine: Edges,
    apart: bool,
    names: HashMap<i64, Cells>,
    days: Cells,
}

impl Reader {
    async fn buckets(
        &mut self,
        connection: &mut SqliteConnection,
        of: &SpreadQuery<'_>,
    ) -> StoreResult<()> {
        let (from, to) = (of.period.from.micros(), of.period.to.micros());
        let (first, last) = (from.div_euclid(HOUR), to.saturating_sub(1).div_euclid(HOUR));
        let names = to_json(&of.names)?;
        for (first, last) in stretches(first, last) {
            // A name's hours as one text, for the reason told in [`crate::usage::sums`].
            let rows = query!(
                r#"SELECT customer_ref AS "name!",
                       group_concat(format('%d %d %d x%s', hour, series, events, hex(sums)), ' ')
                       AS "buckets!: String"
                   FROM usage_bucket
                   WHERE customer_ref IN (SELECT value FROM json_each(?1))
                     AND hour BETWEEN ?2 AND ?3
                   GROUP BY customer_ref"#,
                names,
                first,
                last
            )
            .fetch_all(&mut *connection)
            .await?;
            for row in rows {
                let mut name = self.apart.then(|| self.names.entry(row.name).or_default());
                let (coarse, fine, days) = (&self.coarse, &self.fine, &mut self.days);
                each_bucket(&row.buckets, |bucket| {
                    // An hour that a day cuts is read from its events for both.
                    if fine.cut_hours.contains(&bucket.hour) {
                        return Ok(());
                    }
                    if let Some(name) = &mut name {
                        coarse.add(bucket, Grain::Boundaries, name)?;
                    }
                    fine.add(bucket, Grain::Boundaries, days)
                })
                .ok_or_else(|| corrupt(row.name))??;
            }
        }
        Ok(())
    }

    async fn cut_hours(
        &mut self,
        connection: &mut SqliteConnection,
        of: &SpreadQuery<'_>,
    ) -> StoreResult<()> {
        let cut = self.fine.cut(of.period);
        for name in of.names {
            for event in events_of(connection, *name, &cut, Epochs::All).await? {
                if self.apart {
                    let at = self.coarse.start_of(event.at, Grain::Boundaries);
                    let cells = self.names.entry(*name).or_default();
                    cells.add((at, event.series), 1, &event.quantities)?;
                }
                let at = self.fine.start_of(event.at, Grain::Boundaries);
                self.days.add((at, event.series), 1, &event.quantities)?;
            }
        }
        Ok(())
    }
}
