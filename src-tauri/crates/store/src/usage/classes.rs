//! What series of usage stand for, read once.

use crate::codec::Row;
use crate::usage::packed::{DimensionId, Packed};
use crate::usage::sums::Cells;
use crate::{StoreError, StoreResult};
use ratebook_catalog::Dimension;
use ratebook_money::{Quantity, Timestamp};
use ratebook_usage::{CallClass, UsageSum};
use sqlx::{SqliteConnection, query};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Classes of calls and names of dimensions that were read already. They never change, so a cache
/// may live as long as the book is open; only the newest are looked up. A copy costs nothing until
/// one of the two learns more.
#[derive(Clone, Debug, Default)]
pub struct ClassCache {
    classes: Arc<HashMap<i64, Arc<CallClass>>>,
    dimensions: Arc<HashMap<u32, Dimension>>,
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

impl ClassCache {
    pub(super) async fn load(
        &mut self,
        connection: &mut SqliteConnection,
        cells: &Cells,
    ) -> StoreResult<()> {
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
    pub(super) async fn load_classes(
        &mut self,
        connection: &mut SqliteConnection,
    ) -> StoreResult<()> {
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

    /// The series of events of a name, in the order of their numbers; only those that were read.
    pub(super) fn of_event(&self, event_name: &str) -> Vec<(i64, Arc<CallClass>)> {
        let own = self.classes.iter();
        let own = own.filter(|(_, class)| class.event_name == event_name);
        let mut found: Vec<_> = own.map(|(id, class)| (*id, Arc::clone(class))).collect();
        found.sort_unstable_by_key(|(id, _)| *id);
        found
    }

    /// The numbers of a series and a dimension, of a class that came from here.
    pub(super) fn numbers(
        &self,
        class: &Arc<CallClass>,
        dimension: &Dimension,
    ) -> Option<(i64, DimensionId)> {
        let same = |own: &&Arc<CallClass>| Arc::ptr_eq(own, class);
        let (series, _) = self.classes.iter().find(|(_, own)| same(own))?;
        let (number, _) = self.dimensions.iter().find(|(_, own)| *own == dimension)?;
        Some((*series, *number))
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

    pub(super) fn sums(&self, cells: Cells) -> StoreResult<Vec<UsageSum>> {
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
                    short: None,
                });
            }
        }
        Ok(sums)
    }
}
