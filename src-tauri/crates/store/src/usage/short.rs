//! Calls that used less than they are billed at least. A sum does not say how many of its calls
//! were short, so for the few models with such a rule this is counted from the events.

use crate::codec::to_json;
use crate::usage::classes::ClassCache;
use crate::usage::packed::{DimensionId, Packed};
use crate::usage::sums::{Edges, Epochs, Grain, HOUR, corrupt, each_bucket};
use crate::{StoreError, StoreResult};
use ratebook_catalog::Dimension;
use ratebook_catalog::prices::PriceTable;
use ratebook_money::{Period, Quantity};
use ratebook_usage::{CallClass, MODEL_CALL, ShortCalls, UsageSum};
use sqlx::{SqliteConnection, query_scalar};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// What a call of a series is billed at least, in units.
#[derive(Default)]
pub(super) struct Least {
    rules: BTreeMap<(i64, DimensionId), Rule>,
    /// Where a class lies, and a dimension → their numbers.
    numbers: HashMap<(usize, Dimension), (i64, DimensionId)>,
}

#[derive(Clone, Copy)]
struct Rule {
    units: u32,
    /// In the dimension's smallest unit.
    smallest: i64,
    places: u32,
}

/// (start of the span, series, dimension) → short calls, and what they are short of the least.
pub(super) type Short = HashMap<(i64, i64, DimensionId), (u64, i64)>;

/// Which events are looked at.
#[derive(Clone, Copy)]
pub(super) struct Of {
    pub customer: i64,
    pub period: Period,
    pub epochs: Epochs,
}

impl Least {
    /// The rules that hold for some of these sums. Nothing is read for it.
    pub fn of<'s>(
        prices: &PriceTable,
        cache: &ClassCache,
        sums: impl Iterator<Item = &'s UsageSum>,
    ) -> StoreResult<Self> {
        let mut found = Self::default();
        let mut seen: HashSet<(usize, &Dimension)> = HashSet::new();
        for sum in sums {
            let class = &sum.class;
            if class.event_name != MODEL_CALL
                || !prices.bills_least(&sum.dimension)
                || !seen.insert((place_of(class), &sum.dimension))
            {
                continue;
            }
            let model = prices.resolve(&class.provider, &class.model).model();
            let units = model.map_or(0, |model| model.at_least(&sum.dimension));
            if units == 0 {
                continue;
            }
            let numbers = cache.numbers(class, &sum.dimension);
            let (series, dimension) = numbers.ok_or(StoreError::NotFound {
                table: "usage_series",
                id: class.model.clone(),
            })?;
            let places = sum.dimension.decimal_places();
            let smallest = Quantity::from_units(i64::from(units))
                .and_then(|least| least.to_smallest(places))
                .map_err(|_| unfit(series))?;
            let rule = Rule {
                units,
                smallest,
                places,
            };
            found.rules.insert((series, dimension), rule);
            let place = (place_of(class), sum.dimension.clone());
            found.numbers.insert(place, (series, dimension));
        }
        Ok(found)
    }

    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    fn series(&self) -> Vec<i64> {
        let mut series: Vec<i64> = self.rules.keys().map(|(series, _)| *series).collect();
        series.dedup();
        series
    }

    /// Says in sums what their short calls are billed above what was measured.
    pub fn put(&self, short: &Short, sums: &mut [UsageSum]) -> StoreResult<()> {
        if short.is_empty() {
            return Ok(());
        }
        let is_billed: HashSet<&Dimension> = self.numbers.keys().map(|(_, own)| own).collect();
        for sum in sums {
            if !is_billed.contains(&sum.dimension) {
                continue;
            }
            let place = (place_of(&sum.class), sum.dimension.clone());
            let Some((series, dimension)) = self.numbers.get(&place).copied() else {
                continue;
            };
            let found = short.get(&(sum.at.micros(), series, dimension));
            if let (Some((calls, missing)), Some(rule)) =
                (found, self.rules.get(&(series, dimension)))
            {
                let missing = Quantity::from_smallest(*missing, rule.places);
                sum.short = Some(ShortCalls {
                    at_least: rule.units,
                    calls: *calls,
                    missing: missing.map_err(|_| unfit(series))?,
                });
            }
        }
        Ok(())
    }
}

/// Counts the short calls of a name; each goes where `place` says, by its instant.
pub(super) async fn count(
    connection: &mut SqliteConnection,
    least: &Least,
    of: Of,
    mut place: impl FnMut(i64) -> Vec<(usize, i64)>,
    into: &mut [&mut Short],
) -> StoreResult<()> {
    let series = to_json(&least.series())?;
    let (from, to) = (of.period.from.micros(), of.period.to.micros());
    let (first, last) = (from.div_euclid(HOUR), to.saturating_sub(1).div_euclid(HOUR));
    let (earliest, latest) = of.epochs.range();
    let mut day = first;
    while day <= last {
        let end = day.saturating_add(DAY - 1).min(last);
        // One text for a day, for the reason told in [`crate::usage::sums`]. The sums say in which
        // hours to look.
        let text = query_scalar!(
            r#"SELECT group_concat(format('%d %d 1 x%s', e.at, e.series, hex(e.quantities)), ' ')
                   AS "calls: String"
               FROM (SELECT DISTINCT hour FROM usage_bucket
                     WHERE customer_ref = ?1 AND hour BETWEEN ?2 AND ?3
                       AND series IN (SELECT value FROM json_each(?4))) b
               CROSS JOIN usage_event e
               WHERE e.customer_ref = ?1
                 AND e.at >= max(?5, b.hour * 3600000000)
                 AND e.at < min(?6, (b.hour + 1) * 3600000000)
                 AND e.series IN (SELECT value FROM json_each(?4))
                 AND e.epoch BETWEEN ?7 AND ?8"#,
            of.customer,
            day,
            end,
            series,
            from,
            to,
            earliest,
            latest
        )
        .fetch_one(&mut *connection)
        .await?;
        each_bucket(text.as_deref().unwrap_or_default(), |call| {
            let used = Packed::read(call.sums).map_err(|_| corrupt(of.customer))?;
            for (dimension, amount) in used.0 {
                let rule = least.rules.get(&(call.series, dimension));
                let Some(rule) = rule.filter(|rule| 0 < amount && amount < rule.smallest) else {
                    continue;
                };
                for (target, at) in place(call.hour) {
                    let Some(short) = into.get_mut(target) else {
                        continue;
                    };
                    let cell = short.entry((at, call.series, dimension)).or_default();
                    cell.0 = cell.0.saturating_add(1);
                    let missing = rule.smallest.saturating_sub(amount);
                    cell.1 = cell
                        .1
                        .checked_add(missing)
                        .ok_or_else(|| unfit(call.series))?;
                }
            }
            Ok(())
        })
        .ok_or_else(|| corrupt(of.customer))??;
        day = end.saturating_add(1);
    }
    Ok(())
}

/// Where a class lies: classes come out of one cache, each once.
fn place_of(class: &Arc<CallClass>) -> usize {
    Arc::as_ptr(class).addr()
}

/// In hours.
const DAY: i64 = 24;

fn unfit(series: i64) -> StoreError {
    StoreError::Corrupt {
        table: "usage_event",
        id: series.to_string(),
        column: "quantities",
    }
}

/// Adds what short calls are billed above their sums.
pub(super) async fn add(
    connection: &mut SqliteConnection,
    cache: &ClassCache,
    prices: &PriceTable,
    of: (&[i64], Period, Epochs),
    (edges, grain): (&Edges, Grain),
    sums: &mut [UsageSum],
) -> StoreResult<()> {
    let least = Least::of(prices, cache, sums.iter())?;
    if least.is_empty() {
        return Ok(());
    }
    let (refs, period, epochs) = of;
    let mut short = Short::new();
    for customer in refs {
        let of = Of {
            customer: *customer,
            period,
            epochs,
        };
        let place = |at| vec![(0, edges.start_of(at, grain))];
        count(connection, &least, of, place, &mut [&mut short]).await?;
    }
    least.put(&short, sums)
}
