use crate::app::App;
use crate::error::{ApiError, ApiResult};
use crate::figures::{conditions_text, quoted, step};
use crate::model_sales::model_sales;
use crate::snapshot::Snapshot;
use crate::use_cases::markups;
use crate::use_cases::price_at::matches_of;
use crate::use_cases::price_cells::{
    Books, CallFor, blank, cell, cells, charged_as, condition_cells, head, offered,
};
use crate::wire::{
    Count, DecimalString, GridFilter, MarkupCellReply, MarkupCellRequest, ModelGetReply,
    ModelGetRequest, ModelPrice, PriceCell, PriceColumn, PriceGridReply, PriceGridRequest,
    PriceRow, ProviderRow,
};
use ratebook_catalog::prices::{ModelPrices, PriceCall, ProviderPrice, Resolution};
use ratebook_catalog::{CallConditions, Dimension, MarkupRule, ScopeLevel};
use ratebook_money::Timestamp;
use ratebook_rating::{Buyer, MarkupOrigin, Step, price_view};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

const MOST_ROWS: u32 = 500;

impl App {
    /// A page of the price grid.
    pub async fn price_grid(&self, request: PriceGridRequest) -> ApiResult<PriceGridReply> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let at = instant(request.at.as_deref(), self.now())?;
        let used = match request.filter {
            GridFilter::Used => Some(self.models_used(&open, &snapshot).await?),
            GridFilter::All | GridFilter::Own | GridFilter::BelowCost => None,
        };
        // Up to thousands of models are looked through: off the threads that answer others.
        let work = move || grid(&snapshot, &request, used.as_ref(), at);
        tokio::task::spawn_blocking(work)
            .await
            .map_err(ApiError::internal)?
    }

    /// What a price would be under a rule that is not saved.
    pub async fn markup_cell(&self, request: MarkupCellRequest) -> ApiResult<MarkupCellReply> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let at = instant(request.at.as_deref(), self.now())?;
        let rule = self.read_rule(&snapshot, &request.rule)?;
        // Known after all others, as it will be once it is saved.
        let rules = snapshot.rules.with(vec![MarkupRule {
            recorded_at: Timestamp::MAX,
            ..rule
        }]);
        let mut books = Books::of(&snapshot);
        books.published.rules = &rules;
        let plain = CallConditions::default();
        let call = PriceCall::single(at, &plain, 0);
        let model = snapshot.prices.get(&request.provider, &request.model);
        let place = model.zip(Dimension::parse(&request.dimension));
        Ok(MarkupCellReply {
            cell: place.and_then(|(model, dimension)| cell(&books, model, &dimension, &call)),
        })
    }

    /// All prices of a model, of all times and conditions.
    pub async fn model_get(&self, request: ModelGetRequest) -> ApiResult<ModelGetReply> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let at = instant(request.at.as_deref(), self.now())?;
        let name = format!("{}/{}", request.provider, request.model);
        let model = snapshot.prices.get(&request.provider, &request.model);
        let model = model.ok_or_else(|| ApiError::not_found("model", &name))?;
        let sales = model_sales(&open, &snapshot, model, self.now()).await?;
        let books = Books::of(&snapshot);
        let mut prices = Vec::new();
        let mut in_force: BTreeSet<usize> = BTreeSet::new();
        for (index, row) in model.prices.iter().enumerate() {
            if holds(model, row, at, Timestamp::MAX) {
                in_force.insert(index);
                prices.push(describe(&books, model, row, at));
            }
        }
        let others = model
            .prices
            .iter()
            .enumerate()
            .filter(|(i, _)| !in_force.contains(i));
        let history = others.map(|(_, row)| describe(&books, model, row, at));
        let history = history.collect();
        let aliases = self.aliases_of(&open, model).await?;
        Ok(ModelGetReply {
            provider: model.provider.clone(),
            model: model.model.clone(),
            matched: matches_of(&snapshot.prices, &aliases),
            aliases,
            history,
            prices,
            rules: rules_for(&snapshot, model)
                .into_iter()
                .map(|rule| markups::write(&snapshot, rule))
                .collect(),
            sales,
        })
    }
}

pub(crate) fn instant(text: Option<&str>, now: Timestamp) -> ApiResult<Timestamp> {
    match text.filter(|text| !text.is_empty()) {
        None => Ok(now),
        Some(text) => Timestamp::parse(text).map_err(|_| ApiError::field("at", "not_a_date")),
    }
}

fn grid(
    snapshot: &Arc<Snapshot>,
    request: &PriceGridRequest,
    used: Option<&BTreeSet<(String, String)>>,
    at: Timestamp,
) -> ApiResult<PriceGridReply> {
    let books = Books::of(snapshot);
    let search = request.search.trim().to_lowercase();
    let wanted = Wanted {
        search: &search,
        provider: request.provider.as_deref(),
        filter: request.filter,
    };
    let matching = wanted.models(&books, used, at);
    let dimensions: BTreeSet<&Dimension> = matching
        .iter()
        .flat_map(|model| offered(&books, model))
        .collect();
    let offset = usize::try_from(request.offset).unwrap_or(usize::MAX);
    let limit = usize::try_from(request.limit.min(MOST_ROWS)).unwrap_or(0);
    let page = matching.iter().skip(offset).take(limit);
    let suggestions = match matching.is_empty() && !search.is_empty() {
        true => suggestions(snapshot, &search),
        false => Vec::new(),
    };
    let rows: Vec<PriceRow> = page
        .map(|model| row(&books, model, &dimensions, at))
        .collect();
    Ok(PriceGridReply {
        condition_columns: condition_columns(&rows),
        rows,
        draft: head(snapshot),
        total: count(matching.len()),
        models: count(snapshot.prices.models().len()),
        dimensions: dimensions.into_iter().map(ToString::to_string).collect(),
        currency: snapshot.company.currency.to_string(),
        providers: providers(snapshot, &matching),
        exchange_note: exchange_note(snapshot),
        suggestions,
    })
}

/// Which models are looked at.
pub(crate) struct Wanted<'a> {
    /// Lower case.
    pub search: &'a str,
    pub provider: Option<&'a str>,
    pub filter: GridFilter,
}

impl Wanted<'_> {
    /// The models, by provider and name.
    pub fn models<'a>(
        &self,
        books: &Books<'a>,
        used: Option<&BTreeSet<(String, String)>>,
        at: Timestamp,
    ) -> Vec<&'a ModelPrices> {
        let own: BTreeSet<(&str, &str)> = match self.filter {
            GridFilter::Own => own_models(books.snapshot),
            GridFilter::All | GridFilter::Used | GridFilter::BelowCost => BTreeSet::new(),
        };
        let below = |cell: &PriceCell| {
            let staged = cell.staged.as_ref();
            staged.map_or(cell.below_cost, |staged| staged.below_cost)
        };
        let mut matching: Vec<&ModelPrices> = books
            .published
            .prices
            .models()
            .iter()
            .filter(|model| self.provider.is_none_or(|p| *p == model.provider))
            .filter(|model| matches(model, self.search))
            .filter(|model| match self.filter {
                GridFilter::All => true,
                GridFilter::Used => used.is_some_and(|used| {
                    used.contains(&(model.provider.clone(), model.model.clone()))
                }),
                GridFilter::Own => own.contains(&(model.provider.as_str(), model.model.as_str())),
                GridFilter::BelowCost => cells(books, model, at).iter().any(below),
            })
            .collect();
        matching.sort_by(|a, b| (&a.provider, &a.model).cmp(&(&b.provider, &b.model)));
        matching
    }
}

/// The columns of prices under conditions of some rows.
fn condition_columns(rows: &[PriceRow]) -> Vec<PriceColumn> {
    let cells = rows.iter().flat_map(|row| &row.condition_cells);
    let place = |cell: &PriceCell| {
        let dimension = Dimension::parse(&cell.dimension);
        let is_context = cell.column.starts_with("long_context");
        (!is_context, cell.column.clone(), dimension)
    };
    let columns: BTreeSet<_> = cells.map(place).collect();
    let columns = columns
        .into_iter()
        .map(|(_, column, dimension)| PriceColumn {
            column,
            dimension: dimension.map(|d| d.to_string()).unwrap_or_default(),
        });
    columns.collect()
}

fn matches(model: &ModelPrices, search: &str) -> bool {
    search
        .split_whitespace()
        .all(|word| model.model.to_lowercase().contains(word) || model.provider.contains(word))
}

fn suggestions(snapshot: &Snapshot, search: &str) -> Vec<String> {
    match snapshot.prices.resolve("", search) {
        Resolution::Found(model) => vec![model.model.clone()],
        Resolution::Unresolved { suggestions } => suggestions
            .iter()
            .take(5)
            .map(|model| model.model.clone())
            .collect(),
    }
}

fn own_models(snapshot: &Snapshot) -> BTreeSet<(&str, &str)> {
    let rules = snapshot.rules_in_force().into_iter();
    let named = rules.filter_map(|rule| {
        Some((
            rule.scope.provider.as_deref()?,
            rule.scope.model.as_deref()?,
        ))
    });
    let mut own: BTreeSet<(&str, &str)> = named.collect();
    for model in snapshot.prices.models() {
        if model.prices.iter().any(|row| row.manual) {
            own.insert((&model.provider, &model.model));
        }
    }
    own
}

fn row(
    books: &Books<'_>,
    model: &ModelPrices,
    wanted: &BTreeSet<&Dimension>,
    at: Timestamp,
) -> PriceRow {
    let conditional = model
        .prices
        .iter()
        .filter(|row| row.conditions != Default::default());
    let thresholds = model.prices.iter().filter_map(|row| row.conditions.context);
    PriceRow {
        provider: model.provider.clone(),
        model: model.model.clone(),
        cells: cells(books, model, at),
        condition_cells: condition_cells(books, model, at),
        charged_as: charged_as(books, model, wanted, at),
        conditional: count(conditional.count()),
        context_threshold: thresholds
            .map(|context| Count(context.tokens))
            .min_by_key(|c| c.0),
    }
}

fn providers(snapshot: &Snapshot, matching: &[&ModelPrices]) -> Vec<ProviderRow> {
    let mut found: BTreeMap<&str, u64> = BTreeMap::new();
    for model in matching {
        *found.entry(&model.provider).or_default() += 1;
    }
    let mut all: BTreeMap<&str, u64> = BTreeMap::new();
    let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
    for model in snapshot.prices.models() {
        *all.entry(&model.provider).or_default() += 1;
        if let Some(row) = model.prices.last() {
            seen.insert(&model.provider, row.source);
        }
    }
    let markup = |provider: &str| {
        let of = |wanted: Option<&str>| {
            let newest = snapshot.rules.general().rev();
            let mut newest = newest.filter(|rule| rule.scope.dimension.is_none());
            newest.find(|rule| {
                rule.scope.level == ScopeLevel::Book
                    && rule.scope.provider.as_deref() == wanted
                    && rule.scope.model.is_none()
                    && rule.scope.dimension.is_none()
                    && rule.scope.conditions.is_none()
            })
        };
        let own = of(Some(provider)).filter(|rule| rule.body.is_some());
        let rule = own.or_else(|| of(None))?;
        let percent = rule.markup()?.percent.normalize();
        Some(DecimalString(percent.to_string()))
    };
    let rows = found.iter().map(|(provider, matching)| ProviderRow {
        provider: (*provider).to_owned(),
        matching: Count(*matching),
        models: Count(all.get(provider).copied().unwrap_or(0)),
        markup_percent: markup(provider),
        seen_on: seen
            .get(provider)
            .and_then(|source| source_of(snapshot, *source))
            .map(|source| source.seen_on.to_string())
            .unwrap_or_default(),
    });
    rows.collect()
}

fn source_of(snapshot: &Snapshot, source: u32) -> Option<&ratebook_catalog::prices::PriceSource> {
    snapshot.prices.sources().get(usize::try_from(source).ok()?)
}

fn exchange_note(snapshot: &Snapshot) -> Option<String> {
    let quote = snapshot.company.currency;
    let rate = snapshot
        .exchange
        .iter()
        .rfind(|r| r.quote == quote && r.base.code() == "USD")?;
    Some(format!(
        "{} USD = {} {quote}, {}, {}",
        1, rate.rate, rate.source, rate.on
    ))
}

/// Whether a row is the one in force among those of the same dimension and conditions.
fn holds(model: &ModelPrices, row: &ProviderPrice, at: Timestamp, as_of: Timestamp) -> bool {
    let same = |conditions: &ratebook_catalog::PriceConditions| *conditions == row.conditions;
    let in_force = model.in_force(&row.dimension, at, as_of, same);
    in_force
        .first()
        .is_some_and(|winner| std::ptr::eq(*winner, row))
}

fn describe(
    books: &Books<'_>,
    model: &ModelPrices,
    row: &ProviderPrice,
    at: Timestamp,
) -> ModelPrice {
    let snapshot = books.snapshot;
    let call = CallFor::new(&row.conditions, at);
    let call = call.call();
    let view = price_view(
        &books.published,
        model,
        &row.dimension,
        &call,
        Buyer::default(),
    );
    let steps: Vec<Step> = view.map(|view| view.steps()).unwrap_or_default();
    let shown = row.rate.and_then(|rate| quoted(&row.dimension, rate));
    let cell = cell(books, model, &row.dimension, &call);
    let cell = cell.unwrap_or_else(|| PriceCell {
        cost_currency: row
            .rate
            .map(|rate| rate.currency().to_string())
            .unwrap_or_default(),
        ..blank(&row.dimension, None)
    });
    let source = source_of(snapshot, row.source);
    let text = |value: fn(&ratebook_catalog::prices::PriceSource) -> String| {
        source.map(value).unwrap_or_default()
    };
    ModelPrice {
        dimension: row.dimension.to_string(),
        conditions: conditions_text(&row.conditions),
        cell: PriceCell {
            cost: shown.unwrap_or_else(|| cell.cost.clone()),
            ..cell
        },
        valid_from: markups::since(row.valid_from),
        recorded_at: row.recorded_at.to_string(),
        source: text(|source| format!("{} {}", source.name, source.version)),
        address: text(|source| source.address.clone()),
        seen_on: text(|source| source.seen_on.to_string()),
        manual: row.manual,
        steps: steps
            .iter()
            .filter(|step| !is_origin_none(step))
            .map(step)
            .collect(),
    }
}

/// A markup step without any rule says nothing a person needs beside the cost.
fn is_origin_none(step: &Step) -> bool {
    matches!(step, Step::Markup(markup) if markup.origin == MarkupOrigin::None)
}

/// Rules that touch a model, most specific first.
fn rules_for<'a>(snapshot: &'a Snapshot, model: &ModelPrices) -> Vec<&'a MarkupRule> {
    let mut rules: Vec<&MarkupRule> = snapshot
        .rules_in_force()
        .into_iter()
        .filter(|rule| {
            let scope = &rule.scope;
            scope
                .provider
                .as_ref()
                .is_none_or(|provider| *provider == model.provider)
                && scope.model.as_ref().is_none_or(|name| *name == model.model)
        })
        .collect();
    rules.sort_by(|a, b| b.scope.cmp(&a.scope));
    rules
}

fn count(number: usize) -> Count {
    Count(u64::try_from(number).unwrap_or(u64::MAX))
}
