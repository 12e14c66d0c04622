//! Edits of the price book as they are typed: read, checked, and looked at before they are staged.

use crate::convert::{Reader, read_markup, read_scope};
use crate::drafts::held_word;
use crate::price_draft::supposing;
use crate::snapshot::Snapshot;
use crate::use_cases::price_cells::{Books, CallFor};
use crate::wire::{Count, MarkupScopeText, PriceEdit, PriceEditWhat, PriceFault};
use ratebook_catalog::prices::ModelPrices;
use ratebook_catalog::{
    Dimension, ExchangeRate, Formula, FormulaCode, FormulaFault, Issue, Markup, MarkupRules,
    MarkupScope, OwnPrice, PriceConditions, PriceFormula, RuleBody, ScopeLevel, StagedChange,
    StagedWhat, check,
};
use ratebook_money::{MoneyError, Rate, Timestamp, parse_decimal};
use ratebook_rating::{
    Buyer, HeldReason, PriceBook, PriceView, dimension, listed, per_unit, price_view, try_formula,
};
use rust_decimal::Decimal;

/// Places that a list price may have, per million tokens or per unit of anything else.
const LIST_PLACES: u32 = 12;

/// A cell that exists: its model, dimension and conditions.
pub(crate) struct Cell<'a> {
    pub model: &'a ModelPrices,
    pub dimension: &'a Dimension,
    pub conditions: PriceConditions,
}

/// Reads edits against the book as it is.
pub(crate) struct Edits<'a> {
    books: Books<'a>,
    at: Timestamp,
}

impl<'a> Edits<'a> {
    pub fn new(snapshot: &'a Snapshot, at: Timestamp) -> Self {
        Self {
            books: Books::of(snapshot),
            at,
        }
    }

    /// Over what is published, as if nothing were staged.
    pub fn published_only(snapshot: &'a Snapshot, at: Timestamp) -> Self {
        let mut edits = Self::new(snapshot, at);
        edits.books.drafted = edits.books.published;
        edits
    }

    /// Looks at other rules and rates in the place of those of the whole draft.
    pub fn look_at(&mut self, rules: &'a MarkupRules, exchange: &'a [ExchangeRate]) {
        self.books.drafted.rules = rules;
        self.books.drafted.exchange = exchange;
    }

    pub fn books(&self) -> &Books<'a> {
        &self.books
    }

    /// The cell that a scope of the book itself names; nothing for a wider place.
    pub fn cell<'s>(&self, scope: &'s MarkupScope) -> Result<Option<Cell<'s>>, PriceFault>
    where
        'a: 's,
    {
        let (Some(provider), Some(name)) = (&scope.provider, &scope.model) else {
            return Ok(None);
        };
        let model = self.books.published.prices.get(provider, name);
        let model = model.ok_or_else(|| fault("unknown_model", &format!("{provider}/{name}")))?;
        let (Some(dimension), ScopeLevel::Book) = (&scope.dimension, scope.level) else {
            return Ok(None);
        };
        Ok(Some(Cell {
            model,
            dimension,
            conditions: scope.conditions.clone().unwrap_or_default(),
        }))
    }

    /// A cell's price under a book.
    pub fn view<'c>(
        &self,
        book: &PriceBook<'c>,
        cell: &Cell<'c>,
    ) -> Result<PriceView<'c>, HeldReason> {
        let call = CallFor::new(&cell.conditions, self.at);
        price_view(
            book,
            cell.model,
            cell.dimension,
            &call.call(),
            Buyer::default(),
        )
    }

    /// What a cell sells for as published, in list units.
    pub fn published_price(&self, cell: &Cell<'_>) -> Option<Decimal> {
        listed_price(&self.books.published, self, cell)
    }

    /// The change that an edit is.
    pub fn read(&self, edit: &PriceEdit) -> Result<StagedChange, PriceFault> {
        let scope = scope(&edit.scope)?;
        let text = edit.text.trim();
        let what = match edit.what {
            PriceEditWhat::Formula => self.set(&scope, self.formula(&scope, text)?),
            PriceEditWhat::Price => self.set(&scope, self.price(&scope, text)?),
            PriceEditWhat::Percent => {
                let percent = decimal(text)?;
                let markup = Markup {
                    percent,
                    ..Markup::default()
                };
                self.set(&scope, checked(markup)?)
            }
            PriceEditWhat::Markup => {
                let mut reader = Reader::default();
                let per_million = scope.dimension.as_ref().is_none_or(Dimension::is_tokens);
                let markup = edit.markup.as_ref().ok_or_else(|| fault("required", ""))?;
                let markup = read_markup(&mut reader, "", markup, per_million);
                reader.done(()).map_err(|error| first(error.issues))?;
                self.set(&scope, checked(markup)?)
            }
            PriceEditWhat::Clear => self.clear(&scope),
            PriceEditWhat::Revert => StagedWhat::Revert,
        };
        // A cell has to be one, also where what is done to it needs nothing of it.
        self.cell(&scope)?;
        Ok(StagedChange {
            scope,
            what,
            note: edit.note.trim().to_owned(),
        })
    }

    /// Sets a rule, unless that is what it says already.
    pub fn set(&self, scope: &MarkupScope, body: RuleBody) -> StagedWhat {
        match self.books.snapshot.rules.newest_of(scope) {
            Some(rule) if rule.says(Some(&body)) => StagedWhat::Revert,
            Some(_) | None => body.into(),
        }
    }

    /// Ends a rule, if there is one.
    pub fn clear(&self, scope: &MarkupScope) -> StagedWhat {
        match self.books.snapshot.rules.newest_of(scope) {
            Some(rule) if rule.body.is_some() => StagedWhat::End,
            Some(_) | None => StagedWhat::Revert,
        }
    }

    /// A list price as it is typed.
    pub fn price(&self, scope: &MarkupScope, text: &str) -> Result<RuleBody, PriceFault> {
        let Some(dimension) = &scope.dimension else {
            // Ten dollars for everything: nobody means the same for a token and a picture.
            return Err(fault("needs_dimension", text));
        };
        self.list_price(dimension, decimal(text)?)
    }

    /// A list price in list units.
    pub fn list_price(
        &self,
        dimension: &Dimension,
        value: Decimal,
    ) -> Result<RuleBody, PriceFault> {
        if value.is_sign_negative() && !value.is_zero() {
            return Err(fault("negative", &value.to_string()));
        }
        if value.normalize().scale() > LIST_PLACES {
            return Err(fault("too_precise", &value.to_string()));
        }
        let rate = per_unit(value, dimension, self.books.published.currency);
        let rate = rate.map_err(|error| money(&error))?;
        Ok(RuleBody::Own(OwnPrice::Price { rate }))
    }

    /// A formula as it is typed; `published` becomes what it stands for now.
    pub fn formula(&self, scope: &MarkupScope, text: &str) -> Result<RuleBody, PriceFault> {
        let mut formula = Formula::parse(text).map_err(|fault| formula_fault(&fault))?;
        if formula.names().contains(&"published") {
            let cell = self.cell(scope)?;
            let published = cell.and_then(|cell| self.published_price(&cell));
            let value = published.ok_or_else(|| fault("not_known", "published"))?;
            formula = formula.with_value("published", value);
        }
        let is_known = |name: &&str| matches!(*name, "cost" | "list");
        if let Some(name) = formula.names().iter().find(|name| !is_known(name)) {
            return Err(self.unknown(&formula, name));
        }
        if let Some(name) = formula.references().iter().find(|n| dimension(n).is_none()) {
            return Err(fault("unknown_name", name));
        }
        Ok(RuleBody::Own(OwnPrice::Formula(PriceFormula {
            formula,
            typed: text.to_owned(),
            currency: self.books.published.currency,
        })))
    }

    /// The fault of a name that stands for nothing, with its place.
    fn unknown(&self, formula: &Formula, name: &str) -> PriceFault {
        let mut lookup = |term: ratebook_catalog::Term<'_>| match term {
            ratebook_catalog::Term::Name(own) if own == name => Err(FormulaCode::UnknownName),
            ratebook_catalog::Term::Name(_) | ratebook_catalog::Term::Row(_) => Ok(Decimal::ONE),
        };
        match formula.evaluate(ratebook_rating::FORMULA_PLACES, &mut lookup) {
            Err(found) if found.code == FormulaCode::UnknownName => formula_fault(&found),
            Ok(_) | Err(_) => fault("unknown_name", name),
        }
    }

    /// What is wrong with each of some changes once all of them hold: a formula without a value.
    pub fn faults(&self, changes: &[StagedChange]) -> Vec<Option<PriceFault>> {
        let is_formula = |change: &StagedChange| {
            let body = change.body();
            matches!(body, Some(RuleBody::Own(OwnPrice::Formula(_))))
        };
        if !changes.iter().any(is_formula) {
            return changes.iter().map(|_| None).collect();
        }
        let rules = self.with(changes);
        let book = PriceBook {
            rules: &rules,
            ..self.books.published
        };
        let faulty = |change: &StagedChange| {
            let cell = self.cell(&change.scope).ok().flatten()?;
            let Some(RuleBody::Own(OwnPrice::Formula(formula))) = change.body() else {
                return None;
            };
            self.try_formula(&book, &cell, &formula)
                .err()
                .map(|fault| formula_fault(&fault))
        };
        changes.iter().map(faulty).collect()
    }

    /// What a formula makes of a cell under a book.
    pub fn try_formula(
        &self,
        book: &PriceBook<'_>,
        cell: &Cell<'_>,
        formula: &PriceFormula,
    ) -> Result<(Rate, Vec<ratebook_rating::FormulaInput>), FormulaFault> {
        let call = CallFor::new(&cell.conditions, self.at);
        try_formula(book, cell.model, cell.dimension, &call.call(), formula)
    }

    /// The rules of the draft with more changes over them.
    pub fn with(&self, changes: &[StagedChange]) -> MarkupRules {
        self.books
            .drafted
            .rules
            .followed_by(&supposing(changes.iter()))
    }
}

/// What a cell sells for under a book, in list units.
pub(crate) fn listed_price(
    book: &PriceBook<'_>,
    edits: &Edits<'_>,
    cell: &Cell<'_>,
) -> Option<Decimal> {
    let view = edits.view(book, cell).ok()?;
    listed(view.sell().rate, cell.dimension).ok()
}

fn scope(text: &MarkupScopeText) -> Result<MarkupScope, PriceFault> {
    let mut reader = Reader::default();
    let scope = read_scope(&mut reader, text);
    let scope = reader.done(scope).map_err(|error| first(error.issues))?;
    scope.ok_or_else(|| fault("required", "scope"))
}

fn checked(markup: Markup) -> Result<RuleBody, PriceFault> {
    let issues = check::markup(&markup, "").into_iter().map(Into::into);
    let issues: Vec<crate::wire::IssueText> = issues.collect();
    if issues.is_empty() {
        Ok(RuleBody::Markup(markup))
    } else {
        Err(first(issues))
    }
}

pub(crate) fn decimal(text: &str) -> Result<Decimal, PriceFault> {
    parse_decimal(text).map_err(|error| money(&error))
}

fn money(error: &MoneyError) -> PriceFault {
    match error {
        MoneyError::NotANumber(text) if text.is_empty() => fault("required", ""),
        MoneyError::NotANumber(text) => fault("not_a_number", text),
        MoneyError::TooPrecise { value, .. } => fault("too_precise", value),
        MoneyError::Negative(value) => fault("negative", value),
        MoneyError::Overflow
        | MoneyError::DivisionByZero
        | MoneyError::CurrencyMismatch { .. }
        | MoneyError::UnknownCurrency(_)
        | MoneyError::NotATime(_)
        | MoneyError::NotAnId(_) => fault("too_large", ""),
    }
}

/// The first of several faults, as that of one cell.
fn first(issues: Vec<crate::wire::IssueText>) -> PriceFault {
    let issue = issues.into_iter().next();
    let issue = issue.unwrap_or_else(|| Issue::new("", "required").into());
    let value = issue.params.get("value").cloned();
    fault(&issue.code, &value.unwrap_or(issue.path))
}

pub(crate) fn fault(code: &str, word: &str) -> PriceFault {
    PriceFault {
        code: code.to_owned(),
        at: None,
        word: word.to_owned(),
    }
}

pub(crate) fn formula_fault(fault: &FormulaFault) -> PriceFault {
    PriceFault {
        code: fault.code.to_string(),
        at: u64::try_from(fault.at).ok().map(Count),
        word: fault.word.clone(),
    }
}

/// The fault of a cell without a price.
pub(crate) fn held_fault(reason: &HeldReason) -> PriceFault {
    match reason {
        HeldReason::Formula(fault) => formula_fault(fault),
        HeldReason::UnknownModel
        | HeldReason::NoPrice
        | HeldReason::Unspecified
        | HeldReason::NoExchangeRate { .. }
        | HeldReason::Inexact
        | HeldReason::NoValue { .. }
        | HeldReason::NoPriceForValue { .. } => fault(held_word(reason), ""),
    }
}
