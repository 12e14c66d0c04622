//! Adding the lines of a table that a person took.

use super::add::{Added, Conditions, TableChanges, insert_facts, insert_rows, model_ids};
use super::load::ModelFacts;
use super::source_id;
use crate::StoreResult;
use crate::codec::to_json;
use ratebook_catalog::prices::{Change, PriceLine, PriceSource};
use ratebook_money::Timestamp;
use sqlx::SqliteConnection;

/// Adds what lines of a diff say, recorded at `now`. Inside a step it can be undone.
///
/// # Errors
/// When the database fails.
pub async fn add_lines(
    connection: &mut SqliteConnection,
    source: &PriceSource,
    lines: &[&PriceLine],
    now: Timestamp,
) -> StoreResult<TableChanges> {
    let mut changes = TableChanges::default();
    // Also where nothing of it is new: that it was looked at is known from then on.
    let source = source_id(connection, source).await?;
    if lines.is_empty() {
        return Ok(changes);
    }
    let names: Vec<(&str, &str)> = lines
        .iter()
        .map(|line| (line.provider.as_str(), line.model.as_str()))
        .collect();
    let ids = model_ids(connection, &names, &mut changes).await?;
    let mut numbers = Conditions::default();
    let mut facts = Vec::new();
    let mut rows = Vec::new();
    for (line, id) in lines.iter().zip(ids) {
        match &line.change {
            Change::Price { row, .. } => {
                let condition = numbers.get(connection, &row.conditions).await?;
                rows.push(Added::of(id, condition, source, row, now));
                changes.new_rows += 1;
                changes.ended += usize::from(row.rate.is_none());
            }
            Change::Rules { will, .. } => {
                facts.push((id, to_json(&ModelFacts::of_rules(will))?, now.micros()));
            }
        }
    }
    insert_facts(connection, &facts).await?;
    insert_rows(connection, &rows).await?;
    Ok(changes)
}
