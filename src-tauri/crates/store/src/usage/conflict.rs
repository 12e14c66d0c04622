//! Events that came again with other content: refused, and kept for the reader of the book.

use crate::StoreResult;
use crate::codec::to_json;
use crate::usage::writer::halves;
use ratebook_catalog::CallConditions;
use ratebook_money::{Quantity, Timestamp};
use ratebook_usage::{EventBatch, EventRow, Facts};
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Conflicts of one import that are kept; all are counted.
pub(crate) const KEPT: u64 = 10_000;

/// A refused event.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Refused {
    /// Version of this stored shape.
    pub v: u32,
    /// Name of the event.
    pub event_name: String,
    /// When it is said to have happened.
    pub at: Timestamp,
    /// The customer as the source names it.
    pub customer_ref: String,
    /// Provider as reported.
    pub provider: String,
    /// Model as reported.
    pub model: String,
    /// Marks of the call.
    pub conditions: CallConditions,
    /// Quantities by dimension.
    pub quantities: BTreeMap<String, String>,
    /// What else the source said.
    pub facts: Facts,
}

pub(crate) fn store(
    connection: &Connection,
    import: i64,
    batch: &EventBatch,
    event: &EventRow,
) -> StoreResult<()> {
    let line = i64::try_from(event.line).unwrap_or(i64::MAX);
    let [hi, lo] = halves(event.identity);
    let refused = to_json(&refused(batch, event))?;
    connection
        .prepare_cached(
            "INSERT INTO usage_conflict (batch, line, identity_hi, identity_lo, refused)
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![import, line, hi, lo, refused])?;
    Ok(())
}

fn refused(batch: &EventBatch, event: &EventRow) -> Refused {
    let at = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    let key = &batch.classes()[at(event.class)];
    let quantities = batch.quantities(event).iter().map(|(dimension, amount)| {
        let quantity = Quantity::from_smallest(*amount, dimension.decimal_places());
        // Only the text is kept: an amount that is no quantity is shown as it was counted.
        let text = quantity.map_or_else(|_| amount.to_string(), |quantity| quantity.to_string());
        (dimension.to_string(), text)
    });
    Refused {
        v: 1,
        event_name: key.event_name.clone(),
        at: event.at,
        customer_ref: batch.customers()[at(event.customer)].clone(),
        provider: key.provider.clone(),
        model: key.model.clone(),
        conditions: key.conditions.clone(),
        quantities: quantities.collect(),
        facts: Facts::parse(batch.facts(event)).unwrap_or_default(),
    }
}
