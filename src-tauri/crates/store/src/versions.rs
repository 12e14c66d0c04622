//! Versions of the price book: only added, each with its rules and exchange rates.

use crate::StoreResult;
use crate::codec::Row;
use ratebook_money::Timestamp;
use sqlx::{SqliteConnection, query, query_scalar};

/// One published state of the price book. Its rules and rates name its number.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PriceVersion {
    /// 1, 2, 3, … in the order of publishing.
    pub number: u32,
    /// How it came about.
    pub kind: VersionKind,
    /// From when on it prices.
    pub valid_from: Timestamp,
    /// Why, as the person said.
    pub reason: String,
    /// When.
    pub published_at: Timestamp,
    /// Rules that it set or ended.
    pub rules: u32,
    /// Exchange rates that it fixed.
    pub rates: u32,
}

/// How a version came about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum VersionKind {
    /// What was there before there were versions.
    First,
    /// One rule or rate was saved by itself.
    Change,
    /// A draft was published.
    Draft,
    /// A draft that restores this version.
    Rollback(u32),
}

/// All versions, in the order of publishing.
///
/// # Errors
/// [`crate::StoreError::Corrupt`] for what cannot be read back.
pub async fn list(connection: &mut SqliteConnection) -> StoreResult<Vec<PriceVersion>> {
    query!(
        r#"SELECT number, kind, valid_from, reason, restores, published_at,
            (SELECT count(*) FROM markup_rule WHERE version = number) AS "rules!: i64",
            (SELECT count(*) FROM exchange_rate WHERE version = number) AS "rates!: i64"
         FROM price_version ORDER BY number"#
    )
    .fetch_all(connection)
    .await?
    .into_iter()
    .map(|row| {
        let id = row.number.to_string();
        let at = Row {
            table: "price_version",
            id: &id,
        };
        let restores = row.restores.map(|number| at.number("restores", number));
        let kind = match (row.kind.as_str(), restores.transpose()?) {
            ("first", None) => VersionKind::First,
            ("change", None) => VersionKind::Change,
            ("draft", None) => VersionKind::Draft,
            ("rollback", Some(number)) => VersionKind::Rollback(number),
            _ => return Err(at.corrupt("kind")),
        };
        Ok(PriceVersion {
            number: at.number("number", row.number)?,
            kind,
            valid_from: at.at("valid_from", row.valid_from)?,
            reason: row.reason,
            published_at: at.at("published_at", row.published_at)?,
            rules: at.number("rules", row.rules)?,
            rates: at.number("rates", row.rates)?,
        })
    })
    .collect()
}

/// Adds a version and says its number. What belongs to it is added in the same transaction.
///
/// # Errors
/// When the database fails.
pub async fn add(
    connection: &mut SqliteConnection,
    kind: &VersionKind,
    valid_from: Timestamp,
    reason: &str,
    now: Timestamp,
) -> StoreResult<u32> {
    let (word, restores) = match kind {
        VersionKind::First => ("first", None),
        VersionKind::Change => ("change", None),
        VersionKind::Draft => ("draft", None),
        VersionKind::Rollback(number) => ("rollback", Some(*number)),
    };
    let (valid_from, now) = (valid_from.micros(), now.micros());
    let number = query_scalar!(
        r#"INSERT INTO price_version (number, kind, valid_from, reason, restores, published_at)
         SELECT coalesce(max(number), 0) + 1, ?1, ?2, ?3, ?4, ?5 FROM price_version
         RETURNING number AS "number!: i64""#,
        word,
        valid_from,
        reason,
        restores,
        now
    )
    .fetch_one(connection)
    .await?;
    let id = number.to_string();
    let at = Row {
        table: "price_version",
        id: &id,
    };
    at.number("number", number)
}
