//! Markup rules: only added. A newer row for the same scope replaces the older from its
//! `valid_from` on; one without a markup ends it.

use crate::codec::{Row, decimal_text};
use crate::{StoreError, StoreResult};
use ratebook_catalog::{
    Dimension, Markup, MarkupRule, MarkupRuleId, MarkupScope, PlanId, ScopeLevel, SubscriptionId,
};
use ratebook_money::Timestamp;
use sqlx::{SqliteConnection, query, query_as};

struct Stored {
    id: String,
    level: String,
    level_id: Option<String>,
    provider: Option<String>,
    model: Option<String>,
    dimension: Option<String>,
    ended: i64,
    percent: String,
    fixed_per_unit: Option<String>,
    fixed_per_request: Option<String>,
    minimum_margin: Option<String>,
    round_to: Option<String>,
    valid_from: i64,
    recorded_at: i64,
}

/// All rows recorded by `as_of`, in the order of recording. Which one is in force at an event's
/// time is decided by `rating`.
///
/// # Errors
/// [`StoreError::Corrupt`] for what cannot be read back.
pub async fn list(
    connection: &mut SqliteConnection,
    as_of: Timestamp,
) -> StoreResult<Vec<MarkupRule>> {
    let as_of = as_of.micros();
    query_as!(
        Stored,
        "SELECT id, level, level_id, provider, model, dimension, ended, percent, fixed_per_unit,
            fixed_per_request, minimum_margin, round_to, valid_from, recorded_at
         FROM markup_rule WHERE recorded_at <= ?1 ORDER BY seq",
        as_of
    )
    .fetch_all(connection)
    .await?
    .into_iter()
    .map(read)
    .collect()
}

/// Adds a rule (or, without a markup, the end of one).
///
/// # Errors
/// When the database fails.
pub async fn add(connection: &mut SqliteConnection, rule: &MarkupRule) -> StoreResult<()> {
    let id = rule.id.to_string();
    let (level, level_id) = match rule.scope.level {
        ScopeLevel::Book => ("book", None),
        ScopeLevel::Plan(id) => ("plan", Some(id.to_string())),
        ScopeLevel::Contract(id) => ("contract", Some(id.to_string())),
    };
    let dimension = rule.scope.dimension.as_ref().map(Dimension::to_string);
    let ended = rule.markup.is_none();
    let empty = Markup::default();
    let markup = rule.markup.as_ref().unwrap_or(&empty);
    let percent = decimal_text(markup.percent);
    let fixed_per_unit = markup.fixed_per_unit.map(decimal_text);
    let fixed_per_request = markup.fixed_per_request.map(decimal_text);
    let minimum_margin = markup.minimum_margin.map(decimal_text);
    let round_to = markup.round_to.map(decimal_text);
    let (valid_from, recorded_at) = (rule.valid_from.micros(), rule.recorded_at.micros());
    query!(
        "INSERT INTO markup_rule (id, level, level_id, provider, model, dimension, ended, percent,
            fixed_per_unit, fixed_per_request, minimum_margin, round_to, valid_from, recorded_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        id,
        level,
        level_id,
        rule.scope.provider,
        rule.scope.model,
        dimension,
        ended,
        percent,
        fixed_per_unit,
        fixed_per_request,
        minimum_margin,
        round_to,
        valid_from,
        recorded_at,
    )
    .execute(connection)
    .await?;
    Ok(())
}

fn read(stored: Stored) -> StoreResult<MarkupRule> {
    let at = Row {
        table: "markup_rule",
        id: &stored.id,
    };
    let level_id = || -> StoreResult<&str> {
        stored
            .level_id
            .as_deref()
            .ok_or_else(|| at.corrupt("level_id"))
    };
    let level = match stored.level.as_str() {
        "book" => ScopeLevel::Book,
        "plan" => ScopeLevel::Plan(at.read("level_id", PlanId::parse(level_id()?))?),
        "contract" => {
            ScopeLevel::Contract(at.read("level_id", SubscriptionId::parse(level_id()?))?)
        }
        _ => return Err(at.corrupt("level")),
    };
    let dimension = match &stored.dimension {
        Some(name) => Some(Dimension::parse(name).ok_or_else(|| at.corrupt("dimension"))?),
        None => None,
    };
    let markup = if stored.ended == 0 {
        Some(markup(at, &stored)?)
    } else {
        None
    };
    Ok(MarkupRule {
        id: at.read("id", MarkupRuleId::parse(&stored.id))?,
        markup,
        valid_from: at.at("valid_from", stored.valid_from)?,
        recorded_at: at.at("recorded_at", stored.recorded_at)?,
        scope: MarkupScope {
            level,
            provider: stored.provider.clone(),
            model: stored.model.clone(),
            dimension,
        },
    })
}

fn markup(at: Row<'_>, stored: &Stored) -> Result<Markup, StoreError> {
    Ok(Markup {
        percent: at.decimal("percent", &stored.percent)?,
        fixed_per_unit: at.some_decimal("fixed_per_unit", stored.fixed_per_unit.as_deref())?,
        fixed_per_request: at
            .some_decimal("fixed_per_request", stored.fixed_per_request.as_deref())?,
        minimum_margin: at.some_decimal("minimum_margin", stored.minimum_margin.as_deref())?,
        round_to: at.some_decimal("round_to", stored.round_to.as_deref())?,
    })
}
