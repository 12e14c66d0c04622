//! What providers charge: tables of rows that are only added, and the names that a person gave to
//! models.

mod add;
mod load;
mod take;

pub use add::{TableChanges, add_table};
pub use load::{models, sources};
pub use take::add_lines;

use crate::codec::{Row, date_text, decimal_text, to_json};
use crate::usage::Basis;
use crate::{StoreError, StoreResult};
use ratebook_catalog::prices::{ModelAlias, PriceSource, PriceTable, ProviderPrice};
use ratebook_money::Timestamp;
use sqlx::{SqliteConnection, query, query_scalar};

/// Everything the book knows about prices, with the aliases of models, ready for look-ups.
///
/// # Errors
/// [`StoreError::Corrupt`] for what cannot be read back.
pub async fn load_table(connection: &mut SqliteConnection) -> StoreResult<PriceTable> {
    load_table_as_of(connection, Timestamp::MAX).await
}

/// As [`load_table`], with what was said about models beside their prices (fallbacks, multipliers,
/// match rules) as the book knew it then. Rows of prices say themselves when they were recorded.
///
/// # Errors
/// [`StoreError::Corrupt`] for what cannot be read back.
pub async fn load_table_as_of(
    connection: &mut SqliteConnection,
    as_of: Timestamp,
) -> StoreResult<PriceTable> {
    let sources = sources(&mut *connection).await?;
    let models = models(&mut *connection, &sources, as_of).await?;
    let aliases = aliases(connection).await?;
    let sources = sources.into_iter().map(|(_, source)| source).collect();
    Ok(PriceTable::with_aliases(sources, models, &aliases))
}

/// How many facts about models were known by an instant: as long as the number is the same, so is
/// what [`load_table_as_of`] says.
///
/// # Errors
/// When the database fails.
pub async fn facts_known(connection: &mut SqliteConnection, as_of: Timestamp) -> StoreResult<i64> {
    let as_of = as_of.micros();
    Ok(query_scalar!(
        r#"SELECT count(*) AS "known!: i64" FROM price_model_facts WHERE recorded_at <= ?1"#,
        as_of
    )
    .fetch_one(connection)
    .await?)
}

/// What series of usage must tell apart for these prices; see [`crate::usage::refine`].
#[must_use]
pub fn basis(table: &PriceTable) -> Basis {
    Basis {
        contexts: table.context_thresholds(),
        minutes: table.window_borders(),
        dims: std::collections::BTreeSet::new(),
    }
}

/// Adds one row that a person entered (`row.manual` is stored as true, `row.source` is not looked
/// at). It has precedence over imported rows until a row without a rate ends it. Undoable.
///
/// # Errors
/// When the database fails.
pub async fn add_manual(
    connection: &mut SqliteConnection,
    provider: &str,
    model: &str,
    row: &ProviderPrice,
    source: &PriceSource,
) -> StoreResult<()> {
    let model = model_id(connection, provider, model).await?;
    let source = source_id(connection, source).await?;
    let condition = condition_id(connection, &to_json(&row.conditions)?).await?;
    let dimension = row.dimension.to_string();
    let rate = row.rate.map(|rate| decimal_text(rate.per_unit()));
    let currency = row.rate.map(|rate| rate.currency().code().to_owned());
    let (valid_from, recorded_at) = (row.valid_from.micros(), row.recorded_at.micros());
    query!(
        "INSERT INTO provider_price (model, dimension, condition, rate, currency, valid_from,
            recorded_at, source, manual, original) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 1, ?9)",
        model,
        dimension,
        condition,
        rate,
        currency,
        valid_from,
        recorded_at,
        source,
        row.original,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Names that a person gave to models.
///
/// # Errors
/// When the database fails.
pub async fn aliases(connection: &mut SqliteConnection) -> StoreResult<Vec<ModelAlias>> {
    let rows = query!("SELECT * FROM model_alias ORDER BY used_provider, used_model")
        .fetch_all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| ModelAlias {
            provider: (!row.used_provider.is_empty()).then_some(row.used_provider),
            alias: row.used_model,
            to_provider: row.provider,
            to_model: row.model,
        })
        .collect())
}

/// Gives a name to a model, or another model to a name: how the inbox resolves an unknown model.
///
/// # Errors
/// When the database fails.
pub async fn save_alias(connection: &mut SqliteConnection, alias: &ModelAlias) -> StoreResult<()> {
    let provider = alias.provider.as_deref().unwrap_or("");
    query!(
        "INSERT INTO model_alias (used_provider, used_model, provider, model)
         VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (used_provider, used_model) DO UPDATE SET provider = ?3, model = ?4",
        provider,
        alias.alias,
        alias.to_provider,
        alias.to_model
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Takes a name from a model.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn remove_alias(
    connection: &mut SqliteConnection,
    provider: Option<&str>,
    alias: &str,
) -> StoreResult<()> {
    let provider = provider.unwrap_or("");
    let done = query!(
        "DELETE FROM model_alias WHERE used_provider = ?1 AND used_model = ?2",
        provider,
        alias
    )
    .execute(connection)
    .await?;
    if done.rows_affected() == 0 {
        return Err(StoreError::NotFound {
            table: "model_alias",
            id: alias.to_owned(),
        });
    }
    Ok(())
}

async fn model_id(
    connection: &mut SqliteConnection,
    provider: &str,
    model: &str,
) -> StoreResult<i64> {
    query!(
        "INSERT INTO price_model (provider, model) VALUES (?1, ?2)
         ON CONFLICT (provider, model) DO NOTHING",
        provider,
        model
    )
    .execute(&mut *connection)
    .await?;
    Ok(query_scalar!(
        r#"SELECT id AS "id!" FROM price_model WHERE provider = ?1 AND model = ?2"#,
        provider,
        model
    )
    .fetch_one(connection)
    .await?)
}

async fn source_id(connection: &mut SqliteConnection, source: &PriceSource) -> StoreResult<i64> {
    let seen_on = date_text(source.seen_on);
    query!(
        "INSERT INTO price_source (name, version, address, seen_on) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (name, version, address, seen_on) DO NOTHING",
        source.name,
        source.version,
        source.address,
        seen_on
    )
    .execute(&mut *connection)
    .await?;
    Ok(query_scalar!(
        r#"SELECT id AS "id!" FROM price_source
           WHERE name = ?1 AND version = ?2 AND address = ?3 AND seen_on = ?4"#,
        source.name,
        source.version,
        source.address,
        seen_on
    )
    .fetch_one(connection)
    .await?)
}

async fn condition_id(connection: &mut SqliteConnection, body: &str) -> StoreResult<i64> {
    query!(
        "INSERT INTO price_condition (body) VALUES (?1) ON CONFLICT (body) DO NOTHING",
        body
    )
    .execute(&mut *connection)
    .await?;
    let id = query_scalar!(
        r#"SELECT id AS "id!" FROM price_condition WHERE body = ?1"#,
        body
    )
    .fetch_one(connection)
    .await?;
    Ok(id)
}

fn row_of<'a>(table: &'static str, id: &'a str) -> Row<'a> {
    Row { table, id }
}
