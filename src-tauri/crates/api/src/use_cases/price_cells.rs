//! The cells of the price book: published, and as the draft has them.

use crate::convert::{write_conditions, write_own};
use crate::drafts::held_word;
use crate::figures::{conditions_text, quoted, scope_word};
use crate::snapshot::Snapshot;
use crate::wire::{ChargedAs, Count, DecimalString, PriceCell, PriceDraftHead, StagedCell};
use ratebook_catalog::prices::{ModelPrices, PriceCall, Selected};
use ratebook_catalog::{CallConditions, Dimension, MarkupScope, PriceConditions, ScopeLevel};
use ratebook_money::{Factor, Timestamp};
use ratebook_rating::{Buyer, HeldReason, PriceBook, PriceView, price_view};
use std::collections::BTreeSet;

/// The price book as it is published, and as the draft has it.
#[derive(Clone, Copy)]
pub(crate) struct Books<'a> {
    pub snapshot: &'a Snapshot,
    pub published: PriceBook<'a>,
    pub drafted: PriceBook<'a>,
}

impl<'a> Books<'a> {
    pub fn of(snapshot: &'a Snapshot) -> Self {
        let published = PriceBook {
            currency: snapshot.company.currency,
            prices: &snapshot.prices,
            rules: &snapshot.rules,
            exchange: &snapshot.exchange,
            as_of: Timestamp::MAX,
        };
        Self {
            snapshot,
            published,
            drafted: PriceBook {
                rules: &snapshot.drafted,
                exchange: &snapshot.drafted_exchange,
                ..published
            },
        }
    }
}

/// A call that has just the marks and the size that some conditions ask for.
pub(crate) struct CallFor<'c> {
    marks: CallConditions,
    conditions: &'c PriceConditions,
    at: Timestamp,
}

impl<'c> CallFor<'c> {
    pub fn new(conditions: &'c PriceConditions, at: Timestamp) -> Self {
        Self {
            marks: CallConditions(conditions.equals.clone()),
            conditions,
            at,
        }
    }

    pub fn call(&self) -> PriceCall<'_> {
        let context = self.conditions.context;
        let window = self.conditions.window.as_ref();
        let at_instant = self.at.minute_of_day();
        PriceCall {
            at: self.at,
            conditions: &self.marks,
            context_tokens: context.map_or(0, |context| context.tokens.saturating_add(1)),
            minute_of_day: window.map_or(at_instant, |window| window.from),
        }
    }
}

/// The scope of a price of its own at one cell.
pub(crate) fn cell_scope(
    model: &ModelPrices,
    dimension: &Dimension,
    conditions: Option<PriceConditions>,
) -> MarkupScope {
    MarkupScope {
        level: ScopeLevel::Book,
        provider: Some(model.provider.clone()),
        model: Some(model.model.clone()),
        dimension: Some(dimension.clone()),
        conditions,
    }
}

/// Dimensions that a model has any price for, the provider's or one's own, in the order of screens.
pub(crate) fn offered<'a>(books: &Books<'a>, model: &'a ModelPrices) -> BTreeSet<&'a Dimension> {
    let own = books.drafted.rules.about(&model.provider, &model.model);
    let own = own.filter(|(rule, _)| rule.scope.model.is_some());
    let own = own.filter_map(|(rule, _)| rule.scope.dimension.as_ref());
    let rows = model.prices.iter().map(|row| &row.dimension);
    rows.chain(own).collect()
}

/// The prices of calls without marks and with a short context.
pub(crate) fn cells(books: &Books<'_>, model: &ModelPrices, at: Timestamp) -> Vec<PriceCell> {
    let plain = CallConditions::default();
    let call = PriceCall::single(at, &plain, 0);
    offered(books, model)
        .into_iter()
        .filter_map(|dimension| cell(books, model, dimension, &call))
        .collect()
}

/// The prices under conditions that are in force at an instant, each once.
pub(crate) fn condition_cells(
    books: &Books<'_>,
    model: &ModelPrices,
    at: Timestamp,
) -> Vec<PriceCell> {
    let rows = model.prices.iter().filter(|row| !row.conditions.is_empty());
    let places: BTreeSet<(&Dimension, &PriceConditions)> =
        rows.map(|row| (&row.dimension, &row.conditions)).collect();
    let mut found = Vec::new();
    for (dimension, conditions) in places {
        let call = CallFor::new(conditions, at);
        let cell = cell(books, model, dimension, &call.call());
        let key = write_conditions(conditions);
        // A row that is no longer in force leaves the cell to other conditions.
        if let Some(mut cell) = cell.filter(|cell| cell.conditions_key == key) {
            cell.column = column(model, dimension, conditions);
            found.push(cell);
        }
    }
    found
}

/// The column of a price under conditions: models have other thresholds for the same thing.
fn column(model: &ModelPrices, dimension: &Dimension, conditions: &PriceConditions) -> String {
    let only_context = conditions.equals.is_empty() && conditions.window.is_none();
    let Some(context) = conditions.context.filter(|_| only_context) else {
        return conditions_text(conditions).join(", ");
    };
    let others = model
        .prices
        .iter()
        .filter(|row| row.dimension == *dimension);
    let lower: BTreeSet<u64> = others
        .filter(|row| row.conditions.equals.is_empty() && row.conditions.window.is_none())
        .filter_map(|row| row.conditions.context)
        .map(|other| other.tokens)
        .filter(|tokens| *tokens < context.tokens)
        .collect();
    match lower.len() {
        0 => "long_context".to_owned(),
        more => format!("long_context_{}", more.saturating_add(1)),
    }
}

/// Dimensions of `wanted` that the model charges with another dimension's price.
pub(crate) fn charged_as(
    books: &Books<'_>,
    model: &ModelPrices,
    wanted: &BTreeSet<&Dimension>,
    at: Timestamp,
) -> Vec<ChargedAs> {
    let plain = CallConditions::default();
    let call = PriceCall::single(at, &plain, 0);
    let own = offered(books, model);
    let missing = wanted.iter().filter(|dimension| !own.contains(*dimension));
    missing
        .filter_map(|dimension| {
            let selected = model.select(dimension, &call, Timestamp::MAX).ok()??;
            let parent = selected.fallbacks.last()?.parent.to_string();
            let factors = selected.fallbacks.iter().map(|fallback| fallback.factor);
            let mut factors = factors.filter(|factor| *factor != Factor::ONE);
            Some(ChargedAs {
                dimension: dimension.to_string(),
                parent,
                factor: factors
                    .next()
                    .map(|factor| DecimalString(factor.to_string())),
            })
        })
        .collect()
}

/// One price and what becomes of it; nothing when there is none for such a call.
pub(crate) fn cell(
    books: &Books<'_>,
    model: &ModelPrices,
    dimension: &Dimension,
    call: &PriceCall<'_>,
) -> Option<PriceCell> {
    let selected = model.select(dimension, call, books.published.as_of);
    let selected = selected.ok().flatten();
    let none = PriceConditions::default();
    let conditions = selected.as_ref().map_or(&none, |s| &s.row.conditions);
    let view = price_view(&books.published, model, dimension, call, Buyer::default());
    let staged = staged_cell(books, model, dimension, call, conditions, &view);
    // Requests are free where nobody says otherwise: no cell.
    let is_own = view.as_ref().is_ok_and(|view| view.chosen().rule.is_some());
    let is_free = selected.is_none() && *dimension == Dimension::REQUESTS && !is_own;
    let unpriced = selected.is_none() && (view.is_err() || is_free);
    if unpriced && staged.is_none() {
        return None;
    }
    let mut cell = blank(dimension, selected.as_ref());
    match view {
        Ok(_) if is_free => {}
        Ok(view) => {
            cell.cost_converted = view.cost.and_then(|cost| quoted(dimension, cost));
            cell.sell = quoted(dimension, view.sell().rate);
            cell.margin = view
                .margin()
                .map(|margin| DecimalString(margin.to_string()));
            cell.below_cost = view.is_below_cost();
            let chosen = view.chosen();
            cell.rule = chosen.rule.map(|rule| scope_word(&rule.scope));
            cell.own = chosen
                .rule
                .and_then(|rule| rule.own())
                .map(|own| write_own(own, Some(dimension)));
            let markup = chosen.markup();
            cell.markup_percent = markup.map(|m| DecimalString(m.percent.normalize().to_string()));
        }
        Err(_) if selected.is_none() => {}
        Err(reason) => cell.problem = Some(problem(&reason)),
    }
    cell.staged = staged;
    Some(cell)
}

/// A cell of which nothing but the provider's price is known.
pub(crate) fn blank(dimension: &Dimension, selected: Option<&Selected<'_>>) -> PriceCell {
    let conditions = selected.map(|selected| &selected.row.conditions);
    let cost = selected.and_then(|selected| quoted(dimension, selected.rate));
    let currency = selected.map(|selected| selected.rate.currency().to_string());
    PriceCell {
        dimension: dimension.to_string(),
        conditions_key: conditions.map(write_conditions).unwrap_or_default(),
        conditions: conditions.map(conditions_text).unwrap_or_default(),
        column: String::new(),
        cost: cost.unwrap_or_default(),
        cost_currency: currency.unwrap_or_default(),
        cost_converted: None,
        markup_percent: None,
        own: None,
        sell: None,
        margin: None,
        rule: None,
        below_cost: false,
        problem: None,
        staged: None,
    }
}

/// The word of a reason for no price at a cell.
fn problem(reason: &HeldReason) -> String {
    let word = match reason {
        HeldReason::NoExchangeRate { .. } | HeldReason::Formula(_) => held_word(reason),
        HeldReason::UnknownModel
        | HeldReason::NoPrice
        | HeldReason::Unspecified
        | HeldReason::Inexact
        | HeldReason::NoValue { .. }
        | HeldReason::NoPriceForValue { .. } => "inexact",
    };
    word.to_owned()
}

/// The cell as the draft has it, where it differs or is staged itself.
fn staged_cell(
    books: &Books<'_>,
    model: &ModelPrices,
    dimension: &Dimension,
    call: &PriceCall<'_>,
    conditions: &PriceConditions,
    published: &Result<PriceView<'_>, HeldReason>,
) -> Option<StagedCell> {
    let staged = &books.snapshot.draft.staged;
    if staged.is_empty() {
        return None;
    }
    let scope = |conditions| cell_scope(model, dimension, conditions);
    let own = staged.of(&scope(Some(conditions.clone())));
    let own = own.or_else(|| staged.of(&scope(None)));
    let view = price_view(&books.drafted, model, dimension, call, Buyer::default());
    let rule_of = |view: &Result<PriceView<'_>, HeldReason>| {
        let rule = view.as_ref().ok().and_then(|view| view.chosen().rule);
        rule.map(|rule| rule.id)
    };
    let sell_of =
        |view: &Result<PriceView<'_>, HeldReason>| view.as_ref().ok().map(|view| view.sell());
    let differs = sell_of(&view) != sell_of(published) || rule_of(&view) != rule_of(published);
    if own.is_none() && !differs {
        return None;
    }
    let mut cell = StagedCell {
        sell: None,
        margin: None,
        below_cost: false,
        rule: None,
        markup_percent: None,
        own: None,
        here: own.is_some(),
        problem: None,
        note: own.map(|change| change.note.clone()).unwrap_or_default(),
    };
    match view {
        Ok(view) => {
            cell.sell = quoted(dimension, view.sell().rate);
            cell.margin = view.margin().map(|m| DecimalString(m.to_string()));
            cell.below_cost = view.is_below_cost();
            let chosen = view.chosen();
            cell.rule = chosen.rule.map(|rule| scope_word(&rule.scope));
            let percent = chosen.markup().map(|markup| markup.percent.normalize());
            cell.markup_percent = percent.map(|percent| DecimalString(percent.to_string()));
            let own = chosen.rule.and_then(|rule| rule.own());
            cell.own = own.map(|own| write_own(own, Some(dimension)));
        }
        Err(HeldReason::Formula(fault)) => cell.problem = Some(fault.code.to_string()),
        Err(reason) => cell.problem = Some(held_word(&reason).to_owned()),
    }
    Some(cell)
}

/// The draft in short.
pub(crate) fn head(snapshot: &Snapshot) -> PriceDraftHead {
    let draft = &snapshot.draft;
    let count = |number: u32| Count(u64::from(number));
    let versions = &snapshot.price_versions;
    let newest = versions.last().map_or(0, |version| version.number);
    let live = live(snapshot, snapshot.as_of);
    PriceDraftHead {
        staged: Count(u64::try_from(draft.staged.len()).unwrap_or(u64::MAX)),
        valid_on: draft.head.valid_on.map(|day| day.to_string()),
        reason: draft.head.reason.clone(),
        restores: draft.head.restores.map(count),
        number: count(newest.saturating_add(1)),
        live: live.map(count),
    }
}

/// The version that prices at an instant.
pub(crate) fn live(snapshot: &Snapshot, at: Timestamp) -> Option<u32> {
    let known = snapshot.price_versions.iter();
    let begun = known.filter(|version| version.valid_from <= at);
    let newest = begun.max_by_key(|version| (version.valid_from, version.number));
    newest.map(|version| version.number)
}
