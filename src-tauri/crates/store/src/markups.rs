//! Rules of the price book: only added, each with the version that published it. A newer row for
//! the same scope replaces the older from its `valid_from` on; one without a body ends it.

use crate::codec::{Row, decimal_text, to_json};
use crate::versions::{self, VersionKind};
use crate::{StoreError, StoreResult};
use ratebook_catalog::{
    Dimension, Formula, Markup, MarkupRule, MarkupRuleId, MarkupScope, OwnPrice, PlanId,
    PriceFormula, RuleBody, ScopeLevel, SubscriptionId,
};
use ratebook_money::{Rate, Timestamp};
use serde::ser::SerializeTuple;
use serde::{Serialize, Serializer};
use sqlx::{SqliteConnection, query, query_as, query_scalar};

struct Stored {
    id: String,
    level: String,
    level_id: Option<String>,
    provider: Option<String>,
    model: Option<String>,
    dimension: Option<String>,
    conditions: Option<String>,
    ended: i64,
    percent: String,
    fixed_per_unit: Option<String>,
    fixed_per_request: Option<String>,
    minimum_margin: Option<String>,
    round_to: Option<String>,
    price: Option<String>,
    formula: Option<String>,
    typed: Option<String>,
    currency: Option<String>,
    valid_from: i64,
    recorded_at: i64,
    version: Option<i64>,
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
        "SELECT id, level, level_id, provider, model, dimension, conditions, ended, percent,
            fixed_per_unit, fixed_per_request, minimum_margin, round_to, price, formula, typed,
            currency, valid_from, recorded_at, version
         FROM markup_rule WHERE recorded_at <= ?1 ORDER BY seq",
        as_of
    )
    .fetch_all(connection)
    .await?
    .into_iter()
    .map(read)
    .collect()
}

/// How many rows there are, and the id of the newest: the same answer means the same rows.
///
/// # Errors
/// When the database fails.
pub async fn known(connection: &mut SqliteConnection) -> StoreResult<(i64, Option<String>)> {
    let count = query_scalar!("SELECT count(*) FROM markup_rule")
        .fetch_one(&mut *connection)
        .await?;
    let newest = query_scalar!("SELECT id FROM markup_rule ORDER BY seq DESC LIMIT 1")
        .fetch_optional(connection)
        .await?;
    Ok((count, newest))
}

/// Adds a rule (or, without a body, the end of one) as a version of its own.
///
/// # Errors
/// When the database fails.
pub async fn add(connection: &mut SqliteConnection, rule: &MarkupRule) -> StoreResult<()> {
    let (from, at) = (rule.valid_from, rule.recorded_at);
    let version = versions::add(connection, &VersionKind::Change, from, "", at).await?;
    add_all(connection, version, [(rule, "")]).await
}

/// Adds the rules of a version that this transaction has made, each with its note.
///
/// # Errors
/// When the database fails; [`StoreError::Refused`] for another version than the newest.
pub async fn add_all<'a>(
    connection: &mut SqliteConnection,
    version: u32,
    rules: impl IntoIterator<Item = (&'a MarkupRule, &'a str)>,
) -> StoreResult<()> {
    let rows: StoreResult<Vec<Written>> = rules
        .into_iter()
        .map(|(rule, note)| Written::of(rule, note))
        .collect();
    let rows = to_json(&rows?)?;
    query!(
        "INSERT INTO markup_rule (id, level, level_id, provider, model, dimension, conditions,
            ended, percent, fixed_per_unit, fixed_per_request, minimum_margin, round_to, price,
            formula, typed, currency, valid_from, recorded_at, note, version)
         SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5,
            value ->> 6, value ->> 7, value ->> 8, value ->> 9, value ->> 10, value ->> 11,
            value ->> 12, value ->> 13, value ->> 14, value ->> 15, value ->> 16, value ->> 17,
            value ->> 18, value ->> 19, ?2
         FROM json_each(?1)",
        rows,
        version
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// A row as the database takes it: its columns in order. By place they are found in half the time
/// that it takes by name.
struct Written<'a> {
    id: String,
    level: &'static str,
    level_id: Option<String>,
    provider: Option<&'a str>,
    model: Option<&'a str>,
    dimension: Option<String>,
    conditions: Option<String>,
    ended: u8,
    percent: String,
    fixed_per_unit: Option<String>,
    fixed_per_request: Option<String>,
    minimum_margin: Option<String>,
    round_to: Option<String>,
    price: Option<String>,
    formula: Option<String>,
    typed: Option<&'a str>,
    currency: Option<String>,
    valid_from: i64,
    recorded_at: i64,
    note: &'a str,
}

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut row = to.serialize_tuple(20)?;
        row.serialize_element(&self.id)?;
        row.serialize_element(&self.level)?;
        row.serialize_element(&self.level_id)?;
        row.serialize_element(&self.provider)?;
        row.serialize_element(&self.model)?;
        row.serialize_element(&self.dimension)?;
        row.serialize_element(&self.conditions)?;
        row.serialize_element(&self.ended)?;
        row.serialize_element(&self.percent)?;
        row.serialize_element(&self.fixed_per_unit)?;
        row.serialize_element(&self.fixed_per_request)?;
        row.serialize_element(&self.minimum_margin)?;
        row.serialize_element(&self.round_to)?;
        row.serialize_element(&self.price)?;
        row.serialize_element(&self.formula)?;
        row.serialize_element(&self.typed)?;
        row.serialize_element(&self.currency)?;
        row.serialize_element(&self.valid_from)?;
        row.serialize_element(&self.recorded_at)?;
        row.serialize_element(&self.note)?;
        row.end()
    }
}

impl<'a> Written<'a> {
    fn of(rule: &'a MarkupRule, note: &'a str) -> StoreResult<Self> {
        let (level, level_id) = match rule.scope.level {
            ScopeLevel::Book => ("book", None),
            ScopeLevel::Plan(id) => ("plan", Some(id.to_string())),
            ScopeLevel::Contract(id) => ("contract", Some(id.to_string())),
        };
        let empty = Markup::default();
        let markup = rule.markup().unwrap_or(&empty);
        let (price, formula) = match rule.own() {
            None => (None, None),
            Some(OwnPrice::Price { rate }) => (Some(rate), None),
            Some(OwnPrice::Formula(formula)) => (None, Some(formula)),
        };
        let of_price = price.map(|rate| rate.currency());
        let currency = of_price.or(formula.map(|formula| formula.currency));
        Ok(Self {
            id: rule.id.to_string(),
            level,
            level_id,
            provider: rule.scope.provider.as_deref(),
            model: rule.scope.model.as_deref(),
            dimension: rule.scope.dimension.as_ref().map(Dimension::to_string),
            conditions: rule.scope.conditions.as_ref().map(to_json).transpose()?,
            ended: u8::from(rule.body.is_none()),
            percent: decimal_text(markup.percent),
            fixed_per_unit: markup.fixed_per_unit.map(decimal_text),
            fixed_per_request: markup.fixed_per_request.map(decimal_text),
            minimum_margin: markup.minimum_margin.map(decimal_text),
            round_to: markup.round_to.map(decimal_text),
            price: price.map(|rate| decimal_text(rate.per_unit())),
            formula: formula.map(|formula| formula.formula.to_string()),
            typed: formula.map(|formula| formula.typed.as_str()),
            currency: currency.map(|currency| currency.code().to_owned()),
            valid_from: rule.valid_from.micros(),
            recorded_at: rule.recorded_at.micros(),
            note,
        })
    }
}

fn read(stored: Stored) -> StoreResult<MarkupRule> {
    let at = Row {
        table: "markup_rule",
        id: &stored.id,
    };
    let body = if stored.ended == 0 {
        Some(body(at, &stored)?)
    } else {
        None
    };
    let version = stored.version.map(|version| at.number("version", version));
    Ok(MarkupRule {
        id: at.read("id", MarkupRuleId::parse(&stored.id))?,
        scope: scope(at, &stored)?,
        body,
        valid_from: at.at("valid_from", stored.valid_from)?,
        recorded_at: at.at("recorded_at", stored.recorded_at)?,
        version: version.transpose()?,
    })
}

fn scope(at: Row<'_>, stored: &Stored) -> Result<MarkupScope, StoreError> {
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
    let conditions = stored.conditions.as_deref();
    Ok(MarkupScope {
        level,
        provider: stored.provider.clone(),
        model: stored.model.clone(),
        dimension,
        conditions: conditions
            .map(|text| at.json("conditions", text))
            .transpose()?,
    })
}

fn body(at: Row<'_>, stored: &Stored) -> Result<RuleBody, StoreError> {
    let currency = || {
        let code = stored.currency.as_deref().unwrap_or("");
        at.currency("currency", code)
    };
    if let Some(price) = &stored.price {
        let rate = Rate::new(at.decimal("price", price)?, currency()?);
        let rate = at.read("price", rate)?;
        return Ok(RuleBody::Own(OwnPrice::Price { rate }));
    }
    if let Some(formula) = &stored.formula {
        let typed = stored.typed.clone().ok_or_else(|| at.corrupt("typed"))?;
        return Ok(RuleBody::Own(OwnPrice::Formula(PriceFormula {
            formula: at.read("formula", Formula::parse(formula))?,
            typed,
            currency: currency()?,
        })));
    }
    Ok(RuleBody::Markup(Markup {
        percent: at.decimal("percent", &stored.percent)?,
        fixed_per_unit: at.some_decimal("fixed_per_unit", stored.fixed_per_unit.as_deref())?,
        fixed_per_request: at
            .some_decimal("fixed_per_request", stored.fixed_per_request.as_deref())?,
        minimum_margin: at.some_decimal("minimum_margin", stored.minimum_margin.as_deref())?,
        round_to: at.some_decimal("round_to", stored.round_to.as_deref())?,
    }))
}
