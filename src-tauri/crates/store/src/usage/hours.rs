//! The hours in which anything was used: whether days are missing.

use super::sums::HOUR;
use crate::StoreResult;
use ratebook_money::{Period, Timestamp};
use sqlx::{SqliteConnection, query_scalar};
use std::collections::BTreeSet;

/// The hours of a period in which some names used anything, in order; an hour that the period cuts
/// counts as its own.
///
/// # Errors
/// When the database fails.
pub async fn hours(
    connection: &mut SqliteConnection,
    refs: &[i64],
    period: Period,
) -> StoreResult<Vec<Timestamp>> {
    let first = period.from.micros().div_euclid(HOUR);
    let last = period.to.micros().saturating_sub(1).div_euclid(HOUR);
    let mut found: BTreeSet<i64> = BTreeSet::new();
    for customer in refs {
        // One text instead of hundreds of rows.
        let text = query_scalar!(
            r#"SELECT group_concat(DISTINCT hour) AS "hours: String" FROM usage_bucket
               WHERE customer_ref = ?1 AND hour BETWEEN ?2 AND ?3"#,
            customer,
            first,
            last
        )
        .fetch_one(&mut *connection)
        .await?;
        let text = text.as_deref().unwrap_or_default();
        found.extend(text.split(',').filter_map(|hour| hour.parse::<i64>().ok()));
    }
    let starts = found.into_iter().map(|hour| hour.saturating_mul(HOUR));
    Ok(starts
        .map(|start| Timestamp::from_micros(start.max(period.from.micros())))
        .collect())
}
