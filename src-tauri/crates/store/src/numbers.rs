//! The series of document numbers: which one credit notes have, and whether a template would give
//! a number that another document has.

use crate::{StoreResult, settings};
use ratebook_catalog::NumberSeries;
use ratebook_invoicing::{credit_note_series, number, series_key};
use sqlx::{SqliteConnection, query};

const CREDIT_NOTES: &str = "credit_note_series";

/// The series of credit notes, beside that of the invoices.
///
/// # Errors
/// [`crate::StoreError::Corrupt`] for what cannot be read back.
pub async fn of_credit_notes(
    connection: &mut SqliteConnection,
    invoices: &NumberSeries,
) -> StoreResult<NumberSeries> {
    let own: Option<NumberSeries> = settings::get(connection, CREDIT_NOTES).await?;
    Ok(own.unwrap_or_else(|| credit_note_series(invoices)))
}

/// Sets the series of credit notes.
///
/// # Errors
/// When the database fails.
pub async fn save_of_credit_notes(
    connection: &mut SqliteConnection,
    series: &NumberSeries,
) -> StoreResult<()> {
    settings::set(connection, CREDIT_NOTES, series).await
}

/// A number that a document of another series has and that this one would give some day of the
/// year, if there is one: no number is ever used twice.
///
/// # Errors
/// When the database fails.
pub async fn taken(
    connection: &mut SqliteConnection,
    series: &NumberSeries,
    year: i32,
) -> StoreResult<Option<String>> {
    let key = series_key(series, year);
    let rows = query!(
        r#"SELECT number AS "number!" FROM invoice WHERE series <> ?1
           UNION ALL SELECT number FROM credit_note WHERE series <> ?1"#,
        key
    )
    .fetch_all(connection)
    .await?;
    let (before, after) = ratebook_catalog::NumberTemplate::of(series).around(year);
    let found = rows.into_iter().map(|row| row.number).find(|known| {
        let counter = known.strip_prefix(&before);
        let counter = counter.and_then(|rest| rest.strip_suffix(&after));
        let counter = counter.and_then(|digits| digits.parse::<u64>().ok());
        counter.is_some_and(|counter| {
            counter >= series.first && number(series, counter, year) == *known
        })
    });
    Ok(found)
}
