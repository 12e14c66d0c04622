//! Numbers for what repeats: customers, dimensions, series. On the import's own connection.

use crate::codec::to_json;
use crate::usage::packed::DimensionId;
use crate::usage::rebuild::Basis;
use crate::{StoreError, StoreResult};
use ratebook_catalog::Dimension;
use ratebook_catalog::prices::{context_representative, minute_representative};
use ratebook_usage::CallKey;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::HashMap;

/// Numbers that were looked up or made in this transaction.
pub(crate) struct Dictionary {
    basis: Basis,
    customers: HashMap<String, u32>,
    known: [Option<DimensionId>; 256],
    custom: HashMap<String, DimensionId>,
    classes: HashMap<CallKey, u32>,
    projections: HashMap<String, u32>,
    series: HashMap<SeriesKey, u32>,
}

/// What tells series apart, in numbers of this transaction.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct SeriesKey {
    class: u32,
    context: u64,
    minute: u16,
    projection: u32,
}

/// What of an event decides its series beside its class.
pub(crate) struct SeriesOf<'a> {
    /// Number of its class, from [`Dictionary::class`].
    pub class: u32,
    pub key: &'a CallKey,
    pub input_tokens: u64,
    pub minute: u16,
    /// JSON of the dimensions that series tell apart.
    pub dims: &'a str,
}

impl Dictionary {
    pub(crate) fn open(connection: &Connection) -> StoreResult<Self> {
        Ok(Self {
            basis: Basis::load_sync(connection)?,
            customers: HashMap::new(),
            known: [None; 256],
            custom: HashMap::new(),
            classes: HashMap::new(),
            projections: HashMap::new(),
            series: HashMap::new(),
        })
    }

    pub(crate) fn basis(&self) -> &Basis {
        &self.basis
    }

    pub(crate) fn customer(&mut self, connection: &Connection, name: &str) -> StoreResult<u32> {
        if let Some(id) = self.customers.get(name) {
            return Ok(*id);
        }
        let id = number(
            connection,
            "SELECT id FROM usage_customer_ref WHERE ref = ?1",
            "INSERT INTO usage_customer_ref (ref) VALUES (?1)",
            name,
        )?;
        self.customers.insert(name.to_owned(), id);
        Ok(id)
    }

    pub(crate) fn dimension(
        &mut self,
        connection: &Connection,
        dimension: &Dimension,
    ) -> StoreResult<DimensionId> {
        let found = match dimension {
            Dimension::Known(index) => self.known[usize::from(*index)],
            Dimension::Custom(name) => self.custom.get(name).copied(),
        };
        if let Some(id) = found {
            return Ok(id);
        }
        let id = number(
            connection,
            "SELECT id FROM usage_dimension WHERE name = ?1",
            "INSERT INTO usage_dimension (name) VALUES (?1)",
            &dimension.to_string(),
        )?;
        match dimension {
            Dimension::Known(index) => self.known[usize::from(*index)] = Some(id),
            Dimension::Custom(name) => {
                self.custom.insert(name.clone(), id);
            }
        }
        Ok(id)
    }

    /// Number of a class within this transaction only.
    pub(crate) fn class(&mut self, key: &CallKey) -> StoreResult<u32> {
        if let Some(number) = self.classes.get(key) {
            return Ok(*number);
        }
        let number = count(self.classes.len())?;
        self.classes.insert(key.clone(), number);
        Ok(number)
    }

    /// The series of an event; a new one is made when there is none.
    pub(crate) fn series(
        &mut self,
        connection: &Connection,
        of: &SeriesOf<'_>,
    ) -> StoreResult<u32> {
        let projection = match self.projections.get(of.dims) {
            Some(number) => *number,
            None => {
                let number = count(self.projections.len())?;
                self.projections.insert(of.dims.to_owned(), number);
                number
            }
        };
        let key = SeriesKey {
            class: of.class,
            context: context_representative(&self.basis.contexts, of.input_tokens),
            minute: minute_representative(&self.basis.minutes, of.minute),
            projection,
        };
        if let Some(id) = self.series.get(&key) {
            return Ok(*id);
        }
        let id = series_row(connection, of, key)?;
        self.series.insert(key, id);
        Ok(id)
    }
}

fn series_row(connection: &Connection, of: &SeriesOf<'_>, key: SeriesKey) -> StoreResult<u32> {
    let conditions = to_json(&of.key.conditions)?;
    let context = i64::try_from(key.context)
        .map_err(|_| StoreError::Source("more input tokens than can be stored".to_owned()))?;
    let values = params![
        of.key.event_name,
        of.key.provider,
        of.key.model,
        conditions,
        context,
        key.minute,
        of.dims
    ];
    let found: Option<u32> = connection
        .prepare_cached(
            "SELECT id FROM usage_series WHERE event_name = ?1 AND provider = ?2 AND model = ?3
             AND conditions = ?4 AND context_tokens = ?5 AND minute_of_day = ?6 AND dims = ?7",
        )?
        .query_row(values, |row| row.get(0))
        .optional()?;
    if let Some(id) = found {
        return Ok(id);
    }
    connection
        .prepare_cached(
            "INSERT INTO usage_series (event_name, provider, model, conditions, context_tokens,
                minute_of_day, dims) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(values)?;
    small(connection.last_insert_rowid())
}

fn number(connection: &Connection, find: &str, add: &str, name: &str) -> StoreResult<u32> {
    let found: Option<u32> = connection
        .prepare_cached(find)?
        .query_row([name], |row| row.get(0))
        .optional()?;
    if let Some(id) = found {
        return Ok(id);
    }
    connection.prepare_cached(add)?.execute([name])?;
    small(connection.last_insert_rowid())
}

fn small(id: i64) -> StoreResult<u32> {
    u32::try_from(id).map_err(|_| StoreError::Source("too many distinct names".to_owned()))
}

fn count(len: usize) -> StoreResult<u32> {
    u32::try_from(len).map_err(|_| StoreError::Source("too many distinct names".to_owned()))
}
