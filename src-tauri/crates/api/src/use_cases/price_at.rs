use crate::app::{App, OpenBook};
use crate::error::{ApiError, ApiResult};
use crate::figures::{conditions_text, fact, quoted};
use crate::snapshot::{Snapshot, lock};
use crate::use_cases::markups;
use crate::wire::{Count, Fact, NameMatch, PriceAtReply, PriceAtRequest, PriceAtRow};
use ratebook_catalog::prices::{
    Match, MatchStep, MatchedBy, ModelPrices, PriceCall, PriceTable, RuleSet, Selected,
};
use ratebook_catalog::{CallConditions, ConditionKey, Dimension};
use ratebook_money::{Date, Timestamp, Zone};
use ratebook_store::prices;
use std::collections::BTreeSet;
use std::sync::Arc;

impl App {
    /// What a model cost at an instant, as the book knew it at another: one answer, with the row,
    /// its source and the rules that led to it.
    pub async fn price_at(&self, request: PriceAtRequest) -> ApiResult<PriceAtReply> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let at = instant("at", request.at.as_deref())?.unwrap_or(self.now());
        let as_of = instant("asOf", request.as_of.as_deref())?;
        let table = table_as_of(&open, &snapshot, as_of).await?;
        let name = format!("{}/{}", request.provider, request.model);
        let found = table.explain(&request.provider, &request.model);
        let found = found.ok_or_else(|| unknown(&table, &request, &name))?;
        let marks = marks(&request.marks)?;
        let call = PriceCall::single(at, &marks, request.context_tokens.0);
        let dimensions: BTreeSet<Dimension> = match request.dimension.as_deref() {
            None | Some("") => {
                let rows = found.model.prices.iter();
                rows.map(|row| row.dimension.clone()).collect()
            }
            Some(text) => {
                let known = Dimension::parse(text);
                let unknown = || ApiError::field("dimension", "unknown").with("value", text);
                BTreeSet::from([known.ok_or_else(unknown)?])
            }
        };
        let as_known = as_of.unwrap_or(Timestamp::MAX);
        let prices = dimensions.iter();
        let prices = prices.map(|d| row(&table, found.model, d, &call, as_known));
        Ok(PriceAtReply {
            provider: found.model.provider.clone(),
            model: found.model.model.clone(),
            at: at.to_string(),
            as_of: as_of.map(|as_of| as_of.to_string()),
            prices: prices.collect(),
            matched: write_match(name, &found),
        })
    }
}

/// Why names in usage, `provider/model`, stand for their models.
pub(crate) fn matches_of(table: &PriceTable, names: &[String]) -> Vec<NameMatch> {
    let found = names.iter().filter_map(|name| {
        let (provider, model) = name.split_once('/')?;
        Some(write_match(name.clone(), &table.explain(provider, model)?))
    });
    found.collect()
}

fn write_match(name: String, found: &Match<'_>) -> NameMatch {
    let (by, rule) = match found.by {
        MatchedBy::Alias => ("alias", None),
        MatchedBy::Name => ("name", None),
        MatchedBy::Family => ("family", None),
        MatchedBy::OnlyOne => ("only_one", None),
        MatchedBy::Rule(rule) => ("rule", Some(rule.to_string())),
    };
    let steps = found.steps.iter().map(|step| match step {
        MatchStep::Path => "path",
        MatchStep::Undated => "undated",
        MatchStep::Prefix => "prefix",
        MatchStep::Maker => "maker",
    });
    NameMatch {
        name,
        by: by.to_owned(),
        rule,
        steps: steps.map(str::to_owned).collect(),
    }
}

/// The book's prices as it knew them then. Rows say themselves when they were recorded; only where
/// other facts about models have come since is the table read anew, and kept.
async fn table_as_of(
    open: &OpenBook,
    snapshot: &Snapshot,
    as_of: Option<Timestamp>,
) -> ApiResult<Arc<PriceTable>> {
    let Some(as_of) = as_of else {
        return Ok(Arc::clone(&snapshot.prices));
    };
    let mut read = open.read().await?;
    let then = prices::facts_known(&mut read, as_of).await?;
    if then == prices::facts_known(&mut read, Timestamp::MAX).await? {
        return Ok(Arc::clone(&snapshot.prices));
    }
    let kept = lock(&open.caches.known_then).clone();
    if let Some((_, table)) = kept.filter(|(known, _)| *known == then) {
        return Ok(table);
    }
    let table = Arc::new(prices::load_table_as_of(&mut read, as_of).await?);
    *lock(&open.caches.known_then) = Some((then, Arc::clone(&table)));
    Ok(table)
}

fn unknown(table: &PriceTable, request: &PriceAtRequest, name: &str) -> ApiError {
    let found = table.resolve(&request.provider, &request.model);
    let alike = match found {
        ratebook_catalog::prices::Resolution::Unresolved { suggestions } => suggestions,
        ratebook_catalog::prices::Resolution::Found(model) => vec![model],
    };
    let alike = alike.iter().map(|m| format!("{}/{}", m.provider, m.model));
    let alike: Vec<String> = alike.collect();
    ApiError::not_found("model", name).with("alike", alike.join(", "))
}

/// An instant, or the start of a day in UTC.
fn instant(path: &str, text: Option<&str>) -> ApiResult<Option<Timestamp>> {
    let Some(text) = text.filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let day = || Zone::UTC.start_of(text.parse::<Date>().ok()?).ok();
    let read = Timestamp::parse(text).ok().or_else(day);
    read.map(Some)
        .ok_or_else(|| ApiError::field(path, "not_a_date"))
}

fn marks(facts: &[Fact]) -> ApiResult<CallConditions> {
    let mut marks = CallConditions::default();
    for mark in facts {
        let key: Option<ConditionKey> =
            serde_json::from_value(serde_json::Value::String(mark.key.clone())).ok();
        let unknown = || ApiError::field("marks", "unknown").with("value", &mark.key);
        marks
            .0
            .insert(key.ok_or_else(unknown)?, mark.value.to_lowercase());
    }
    Ok(marks)
}

fn row(
    table: &PriceTable,
    model: &ModelPrices,
    dimension: &Dimension,
    call: &PriceCall<'_>,
    as_of: Timestamp,
) -> PriceAtRow {
    let mut text = PriceAtRow {
        dimension: dimension.to_string(),
        price: None,
        currency: None,
        problem: None,
        row: None,
        of: None,
        conditions: Vec::new(),
        valid_from: None,
        recorded_at: None,
        source: String::new(),
        address: String::new(),
        original: None,
        manual: false,
        fallbacks: Vec::new(),
        rules: None,
        factors: Vec::new(),
        at_least: None,
    };
    match model.select(dimension, call, as_of) {
        Ok(Some(selected)) => chosen(&mut text, table, model, dimension, &selected),
        Ok(None) => text.problem = Some("the provider charges nothing for it".to_owned()),
        Err(refused) => text.problem = Some(refused.why.to_string()),
    }
    text
}

fn chosen(
    text: &mut PriceAtRow,
    table: &PriceTable,
    model: &ModelPrices,
    dimension: &Dimension,
    selected: &Selected<'_>,
) {
    let row = selected.row;
    text.price = quoted(dimension, selected.rate);
    text.currency = Some(selected.rate.currency().to_string());
    text.row = row.rate.and_then(|rate| quoted(&row.dimension, rate));
    text.of = (row.dimension != *dimension).then(|| row.dimension.to_string());
    text.conditions = conditions_text(&row.conditions);
    text.valid_from = markups::since(row.valid_from);
    text.recorded_at = markups::since(row.recorded_at);
    let source = usize::try_from(row.source).ok();
    if let Some(source) = source.and_then(|place| table.sources().get(place)) {
        text.source = format!("{} {}", source.name, source.version);
        text.address.clone_from(&source.address);
    }
    let least = u64::from(model.at_least(dimension));
    text.at_least = Some(Count(least)).filter(|_| least > 0);
    text.original.clone_from(&row.original);
    text.manual = row.manual;
    let fallbacks = selected.fallbacks.iter();
    text.fallbacks = fallbacks
        .map(|rule| {
            let parent = format!("{} × {}", rule.parent, rule.factor);
            fact(&rule.dimension.to_string(), parent)
        })
        .collect();
    text.rules = (!text.fallbacks.is_empty() && model.rules != RuleSet::None).then(|| {
        let set = serde_json::to_value(model.rules).ok();
        let set = set.as_ref().and_then(|set| set.as_str());
        set.unwrap_or_default().to_owned()
    });
    let factors = selected.multipliers.iter();
    text.factors = factors.map(|m| fact(&m.value, m.factor)).collect();
}
