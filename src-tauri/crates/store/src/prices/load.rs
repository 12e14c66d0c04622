//! Reading the price table: tens of thousands of rows at every start, so few and large answers.

use super::row_of;
use crate::StoreResult;
use ratebook_catalog::prices::{
    Fallback, MatchRule, Minimum, ModelPrices, ModelRules, Multiplier, PriceSource, ProviderPrice,
    RuleSet,
};
use ratebook_catalog::{Dimension, PriceConditions};
use ratebook_money::{Currency, Rate, Timestamp};
use serde::{Deserialize, Serialize};
use sqlx::{SqliteConnection, query};
use std::borrow::Cow;
use std::collections::HashMap;

/// What a table says about a model beside its rows.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct ModelFacts {
    /// Version of this stored shape.
    pub v: u32,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fallbacks: Vec<Fallback>,
    pub rules: RuleSet,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub multipliers: Vec<Multiplier>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub matches: Vec<MatchRule>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub minimums: Vec<Minimum>,
}

impl ModelFacts {
    pub(super) fn of(model: &ModelPrices) -> Self {
        Self {
            v: 1,
            fallbacks: model.fallbacks.clone(),
            rules: model.rules,
            multipliers: model.multipliers.clone(),
            matches: model.matches.clone(),
            minimums: model.minimums.clone(),
        }
    }

    pub(super) fn of_rules(rules: &ModelRules) -> Self {
        Self {
            v: 1,
            fallbacks: rules.fallbacks.clone(),
            rules: rules.rules,
            multipliers: rules.multipliers.clone(),
            matches: rules.matches.clone(),
            minimums: rules.minimums.clone(),
        }
    }

    fn none() -> Self {
        Self {
            v: 1,
            fallbacks: Vec::new(),
            rules: RuleSet::None,
            multipliers: Vec::new(),
            matches: Vec::new(),
            minimums: Vec::new(),
        }
    }
}

/// All sources, by number. Rows name their source by its place in this list.
///
/// # Errors
/// [`crate::StoreError::Corrupt`] for what cannot be read back.
pub async fn sources(connection: &mut SqliteConnection) -> StoreResult<Vec<(i64, PriceSource)>> {
    query!("SELECT * FROM price_source ORDER BY id")
        .fetch_all(connection)
        .await?
        .into_iter()
        .map(|row| {
            let id = row.id.to_string();
            let source = PriceSource {
                name: row.name,
                version: row.version,
                address: row.address,
                seen_on: row_of("price_source", &id).date("seen_on", &row.seen_on)?,
            };
            Ok((row.id, source))
        })
        .collect()
}

/// A row in the JSON that the query makes: dimension, condition, rate, currency, valid from,
/// recorded at, source, manual, original.
#[derive(Deserialize)]
struct Packed<'a>(
    #[serde(borrow)] Cow<'a, str>,
    i64,
    #[serde(borrow)] Option<Cow<'a, str>>,
    #[serde(borrow)] Option<Cow<'a, str>>,
    i64,
    i64,
    i64,
    i64,
    #[serde(borrow)] Option<Cow<'a, str>>,
);

/// All models with all rows, by provider and name.
///
/// # Errors
/// [`crate::StoreError::Corrupt`] for what cannot be read back.
pub async fn models(
    connection: &mut SqliteConnection,
    sources: &[(i64, PriceSource)],
    as_of: Timestamp,
) -> StoreResult<Vec<ModelPrices>> {
    let as_of = as_of.micros();
    let mut reader = Reader::open(connection, sources).await?;
    // One answer per model instead of one per row: each costs a message between threads.
    let rows = query!(
        r#"SELECT m.provider, m.model,
            (SELECT f.facts FROM price_model_facts f WHERE f.model = m.id
                AND f.recorded_at <= ?1 ORDER BY f.seq DESC LIMIT 1) AS "facts?: String",
            (SELECT json_group_array(json_array(p.dimension, p.condition, p.rate, p.currency,
                p.valid_from, p.recorded_at, p.source, p.manual, p.original))
             FROM (SELECT * FROM provider_price p WHERE p.model = m.id ORDER BY p.seq) p)
                AS "prices!: String"
         FROM price_model m ORDER BY m.provider, m.model"#,
        as_of
    )
    .fetch_all(connection)
    .await?;
    let mut models = Vec::with_capacity(rows.len());
    for row in rows {
        let name = format!("{}/{}", row.provider, row.model);
        let at = row_of("price_model_facts", &name);
        let facts = match row.facts {
            Some(facts) => at.json("facts", &facts)?,
            None => ModelFacts::none(),
        };
        models.push(ModelPrices {
            prices: reader.prices(&name, &row.prices)?,
            provider: row.provider,
            model: row.model,
            fallbacks: facts.fallbacks,
            rules: facts.rules,
            multipliers: facts.multipliers,
            matches: facts.matches,
            minimums: facts.minimums,
        });
    }
    Ok(models)
}

/// What recurs in thousands of rows is read once.
struct Reader {
    conditions: HashMap<i64, PriceConditions>,
    sources: HashMap<i64, u32>,
    dimensions: HashMap<String, Dimension>,
    currencies: HashMap<String, Currency>,
}

impl Reader {
    async fn open(
        connection: &mut SqliteConnection,
        sources: &[(i64, PriceSource)],
    ) -> StoreResult<Self> {
        let mut conditions = HashMap::new();
        for row in query!("SELECT id, body FROM price_condition")
            .fetch_all(connection)
            .await?
        {
            let id = row.id.to_string();
            let body = row_of("price_condition", &id).json("body", &row.body)?;
            conditions.insert(row.id, body);
        }
        let sources = (0..)
            .zip(sources)
            .map(|(place, (id, _))| (*id, place))
            .collect();
        let (dimensions, currencies) = (HashMap::new(), HashMap::new());
        Ok(Self {
            conditions,
            sources,
            dimensions,
            currencies,
        })
    }

    fn prices(&mut self, model: &str, json: &str) -> StoreResult<Vec<ProviderPrice>> {
        let at = row_of("provider_price", model);
        let packed: Vec<Packed<'_>> = at.read("json", serde_json::from_str(json))?;
        packed
            .into_iter()
            .map(|row| self.price(model, row))
            .collect()
    }

    fn price(&mut self, model: &str, row: Packed<'_>) -> StoreResult<ProviderPrice> {
        let at = row_of("provider_price", model);
        let Packed(dimension, condition, rate, currency, valid_from, recorded_at, source, ..) =
            &row;
        let dimension = match self.dimensions.get(dimension.as_ref()) {
            Some(known) => known.clone(),
            None => {
                let read = Dimension::parse(dimension).ok_or_else(|| at.corrupt("dimension"))?;
                self.dimensions.insert(dimension.to_string(), read.clone());
                read
            }
        };
        let rate = match (rate, currency) {
            (Some(rate), Some(code)) => {
                let currency = self.currency(model, code)?;
                Some(at.read("rate", Rate::parse(rate, currency))?)
            }
            (None, None) => None,
            _ => return Err(at.corrupt("currency")),
        };
        let conditions = self.conditions.get(condition).cloned();
        Ok(ProviderPrice {
            dimension,
            conditions: conditions.ok_or_else(|| at.corrupt("condition"))?,
            rate,
            valid_from: Timestamp::from_micros(*valid_from),
            recorded_at: Timestamp::from_micros(*recorded_at),
            source: *self
                .sources
                .get(source)
                .ok_or_else(|| at.corrupt("source"))?,
            manual: row.7 != 0,
            original: row.8.map(Cow::into_owned),
        })
    }

    fn currency(&mut self, model: &str, code: &str) -> StoreResult<Currency> {
        if let Some(known) = self.currencies.get(code) {
            return Ok(*known);
        }
        let read = row_of("provider_price", model).currency("currency", code)?;
        self.currencies.insert(code.to_owned(), read);
        Ok(read)
    }
}
