//! Exchange rates: only added, each with the version of the price book that fixed it.

use crate::StoreResult;
use crate::codec::{Row, date_text, decimal_text};
use crate::versions::{self, VersionKind};
use ratebook_catalog::ExchangeRate;
use ratebook_money::Timestamp;
use sqlx::{SqliteConnection, query};

/// All rates recorded by `as_of`, in the order of recording.
///
/// # Errors
/// [`crate::StoreError::Corrupt`] for what cannot be read back.
pub async fn list(
    connection: &mut SqliteConnection,
    as_of: Timestamp,
) -> StoreResult<Vec<ExchangeRate>> {
    let as_of = as_of.micros();
    query!(
        "SELECT * FROM exchange_rate WHERE recorded_at <= ?1 ORDER BY seq",
        as_of
    )
    .fetch_all(connection)
    .await?
    .into_iter()
    .map(|row| {
        let id = row.seq.to_string();
        let at = Row {
            table: "exchange_rate",
            id: &id,
        };
        Ok(ExchangeRate {
            base: at.currency("base", &row.base)?,
            quote: at.currency("quote", &row.quote)?,
            rate: at.factor("rate", &row.rate)?,
            source: row.source,
            on: at.date("on_date", &row.on_date)?,
            valid_from: at.at("valid_from", row.valid_from)?,
            recorded_at: at.at("recorded_at", row.recorded_at)?,
            version: row
                .version
                .map(|version| at.number("version", version))
                .transpose()?,
        })
    })
    .collect()
}

/// Adds a rate as a version of its own.
///
/// # Errors
/// When the database fails.
pub async fn add(connection: &mut SqliteConnection, rate: &ExchangeRate) -> StoreResult<()> {
    let (from, at) = (rate.valid_from, rate.recorded_at);
    let version = versions::add(connection, &VersionKind::Change, from, "", at).await?;
    add_to(connection, version, rate).await
}

/// Adds a rate to the version that was just made.
///
/// # Errors
/// When the database fails.
pub async fn add_to(
    connection: &mut SqliteConnection,
    version: u32,
    rate: &ExchangeRate,
) -> StoreResult<()> {
    let (base, quote) = (rate.base.code(), rate.quote.code());
    let (value, on) = (decimal_text(rate.rate.value()), date_text(rate.on));
    let (valid_from, recorded_at) = (rate.valid_from.micros(), rate.recorded_at.micros());
    query!(
        "INSERT INTO exchange_rate (base, quote, rate, source, on_date, valid_from, recorded_at,
            version) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        base,
        quote,
        value,
        rate.source,
        on,
        valid_from,
        recorded_at,
        version,
    )
    .execute(connection)
    .await?;
    Ok(())
}
