//! Staging: what is typed into cells becomes the draft at once, one undo step for all of it.

use crate::app::{App, OpenBook};
use crate::convert::Reader;
use crate::error::ApiResult;
use crate::snapshot::Snapshot;
use crate::use_cases::price_cells::{self, CallFor, cell};
use crate::use_cases::price_edits::{Cell, Edits, formula_fault, held_fault, listed_price};
use crate::use_cases::prices::instant;
use crate::wire::{
    Count, DecimalString, Fact, Nothing, PriceCell, PriceDraftReply, PriceDraftSaveRequest,
    PriceEdit, PriceEditResult, PriceFault, PriceStageReply, PriceStageRequest, PriceTryReply,
    PriceTryRequest,
};
use ratebook_catalog::{Formula, MarkupScope, OwnPrice, PriceFormula, RuleBody, StagedChange};
use ratebook_money::{Date, Timestamp};
use ratebook_rating::{PriceBook, margin};
use ratebook_store::price_draft::{self, DraftHead};
use rust_decimal::Decimal;
use std::sync::Arc;

impl App {
    /// The draft in short.
    pub async fn price_draft_get(&self, _: Nothing) -> ApiResult<PriceDraftReply> {
        let open = self.book().await?;
        self.draft_reply(&open).await
    }

    /// Remembers date and reason of the draft.
    pub async fn price_draft_save(
        &self,
        request: PriceDraftSaveRequest,
    ) -> ApiResult<PriceDraftReply> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let head = DraftHead {
            valid_on: day(request.valid_on.as_deref())?,
            reason: request.reason.trim().to_owned(),
            restores: snapshot.draft.head.restores,
        };
        if head != snapshot.draft.head {
            let subject = request.valid_on.unwrap_or_default();
            let mut edit = open.edit("price_draft_save", &subject, self.now()).await?;
            price_draft::save_head(&mut edit, &head).await?;
            edit.finish().await?;
        }
        self.draft_reply(&open).await
    }

    /// Takes back all that is staged, as one undo step.
    pub async fn price_draft_discard(&self, _: Nothing) -> ApiResult<PriceDraftReply> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let subject = snapshot.draft.staged.len().to_string();
        let mut edit = open.edit("price_discard", &subject, self.now()).await?;
        price_draft::clear(&mut edit).await?;
        edit.finish().await?;
        self.draft_reply(&open).await
    }

    /// Stages edits, all or none.
    pub async fn price_stage(&self, request: PriceStageRequest) -> ApiResult<PriceStageReply> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let (changes, faults) = read(&snapshot, &request.edits, self.now());
        let is_faulty = faults.iter().any(Option::is_some);
        let snapshot = if is_faulty {
            snapshot
        } else {
            let subject = subject(&changes);
            self.stage(&open, "price_stage", &subject, &changes).await?
        };
        let books = price_cells::Books::of(&snapshot);
        let results = request.edits.iter().enumerate().map(|(place, _)| {
            let change = changes.get(place).filter(|_| !is_faulty);
            PriceEditResult {
                cell: change.and_then(|change| shown(&books, &change.scope, self.now())),
                fault: faults.get(place).cloned().flatten(),
            }
        });
        Ok(PriceStageReply {
            staged: !is_faulty,
            results: results.collect(),
            draft: price_cells::head(&snapshot),
        })
    }

    /// What is being typed into a cell would come to.
    pub async fn price_try(&self, request: PriceTryRequest) -> ApiResult<PriceTryReply> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let at = instant(request.at.as_deref(), self.now())?;
        let edits = Edits::new(&snapshot, at);
        Ok(tried(&edits, &request.edit))
    }

    /// Stages changes as one undo step; the book after it.
    pub(crate) async fn stage(
        &self,
        open: &OpenBook,
        code: &str,
        subject: &str,
        changes: &[StagedChange],
    ) -> ApiResult<Arc<Snapshot>> {
        if !changes.is_empty() {
            let mut edit = open.edit(code, subject, self.now()).await?;
            price_draft::stage(&mut edit, changes, &[]).await?;
            edit.finish().await?;
        }
        self.snapshot(open).await
    }

    pub(crate) async fn draft_reply(&self, open: &OpenBook) -> ApiResult<PriceDraftReply> {
        let snapshot = self.snapshot(open).await?;
        Ok(PriceDraftReply {
            draft: price_cells::head(&snapshot),
        })
    }
}

/// The day from which a draft is to hold, or none.
pub(crate) fn day(text: Option<&str>) -> ApiResult<Option<Date>> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    let mut reader = Reader::default();
    let day = text.and_then(|text| reader.price_day("validOn", text));
    reader.done(Some(day)).map(Option::flatten)
}

/// The changes of edits, and the fault of each; the changes are whole only when there is none.
fn read(
    snapshot: &Snapshot,
    edits: &[PriceEdit],
    now: Timestamp,
) -> (Vec<StagedChange>, Vec<Option<PriceFault>>) {
    let reader = Edits::new(snapshot, now);
    let mut changes = Vec::with_capacity(edits.len());
    let mut faults = Vec::with_capacity(edits.len());
    for edit in edits {
        match reader.read(edit) {
            Ok(change) => {
                changes.push(change);
                faults.push(None);
            }
            Err(fault) => faults.push(Some(fault)),
        }
    }
    if changes.len() == edits.len() {
        faults = reader.faults(&changes);
    }
    (changes, faults)
}

/// `gpt-6.1-sol output_tokens` of one edit, the number of several.
fn subject(changes: &[StagedChange]) -> String {
    match changes {
        [one] => {
            let dimension = one.scope.dimension.as_ref().map(ToString::to_string);
            let place = one.scope.model.clone().or(one.scope.provider.clone());
            let parts: Vec<String> = place.into_iter().chain(dimension).collect();
            parts.join(" ")
        }
        many => many.len().to_string(),
    }
}

/// The cell of a scope as it is now.
fn shown(books: &price_cells::Books<'_>, scope: &MarkupScope, at: Timestamp) -> Option<PriceCell> {
    let (provider, model) = (scope.provider.as_ref()?, scope.model.as_ref()?);
    let model = books.published.prices.get(provider, model)?;
    let conditions = scope.conditions.clone().unwrap_or_default();
    let call = CallFor::new(&conditions, at);
    cell(books, model, scope.dimension.as_ref()?, &call.call())
}

fn tried(edits: &Edits<'_>, edit: &PriceEdit) -> PriceTryReply {
    let mut reply = PriceTryReply {
        sell: None,
        margin: None,
        below_cost: false,
        change: None,
        published: None,
        cost: None,
        at_least: None,
        names: Vec::new(),
        formula: None,
        fault: None,
    };
    // What is typed may be unreadable; the cell and its price are shown all the same.
    let place = PriceEdit {
        what: crate::wire::PriceEditWhat::Revert,
        ..edit.clone()
    };
    let scope = match edits.read(&place) {
        Ok(place) => place.scope,
        Err(fault) => {
            reply.fault = Some(fault);
            return reply;
        }
    };
    let Ok(Some(cell)) = edits.cell(&scope) else {
        reply.fault = edits.read(edit).err();
        return reply;
    };
    add_names(edits, &cell, &mut reply);
    match edits.read(edit) {
        Ok(change) => add_price(edits, &cell, change, &mut reply),
        Err(fault) => reply.fault = Some(fault),
    }
    reply
}

/// What a cell costs and sells for, and what the names of formulas stand for there.
fn add_names(edits: &Edits<'_>, cell: &Cell<'_>, reply: &mut PriceTryReply) {
    let text = |value: Decimal| DecimalString(value.normalize().to_string());
    let published = edits.published_price(cell);
    reply.published = published.map(text);
    let least = cell.model.at_least(cell.dimension);
    reply.at_least = (least > 0).then(|| Count(u64::from(least)));
    for name in ["cost", "list"] {
        if let Some(value) = stands_for(edits, cell, name) {
            if name == "cost" {
                reply.cost = Some(text(value));
            }
            reply.names.push(fact(name, text(value)));
        }
    }
    let of_published = published.map(|value| fact("published", text(value)));
    reply.names.extend(of_published);
}

/// What a change makes of the cell's price.
fn add_price(edits: &Edits<'_>, cell: &Cell<'_>, change: StagedChange, reply: &mut PriceTryReply) {
    let text = |value: Decimal| DecimalString(value.normalize().to_string());
    let changes = [change];
    let rules = edits.with(&changes);
    let book = PriceBook {
        rules: &rules,
        ..edits.books().published
    };
    let [change] = changes;
    if let Some(RuleBody::Own(OwnPrice::Formula(formula))) = change.body() {
        reply.formula = Some(formula.formula.to_string());
        match edits.try_formula(&book, cell, &formula) {
            Ok((_, inputs)) => {
                let rows = inputs.iter().filter(|input| input.name.starts_with("row("));
                let rows = rows.map(|input| fact(&input.name, text(input.value)));
                reply.names.extend(rows);
            }
            Err(fault) => {
                reply.fault = Some(formula_fault(&fault));
                return;
            }
        }
    }
    match edits.view(&book, cell) {
        Ok(view) => {
            reply.sell = listed_price(&book, edits, cell).map(text);
            reply.margin = view.margin().map(|m| DecimalString(m.to_string()));
            reply.below_cost = view.is_below_cost();
            let before = edits.view(&edits.books().published, cell).ok();
            let before = before.map(|before| before.sell().rate);
            let change = before.and_then(|before| change_percent(before, view.sell().rate));
            reply.change = change.map(|change| DecimalString(change.to_string()));
        }
        Err(reason) => reply.fault = Some(held_fault(&reason)),
    }
}

/// What a name stands for at a cell, in list units.
fn stands_for(edits: &Edits<'_>, cell: &Cell<'_>, name: &str) -> Option<Decimal> {
    let formula = PriceFormula {
        formula: Formula::parse(name).ok()?,
        typed: name.to_owned(),
        currency: edits.books().published.currency,
    };
    let tried = edits.try_formula(&edits.books().published, cell, &formula);
    let (_, inputs) = tried.ok()?;
    inputs.into_iter().next().map(|input| input.value)
}

/// The change of a price in percent of what it was, one decimal. It is what the margin would be of
/// the new as the cost of the old, with the sign turned.
pub(crate) fn change_percent(
    was: ratebook_money::Rate,
    now: ratebook_money::Rate,
) -> Option<Decimal> {
    let gain = margin::of_price(was, now)?;
    gain.checked_mul(Decimal::NEGATIVE_ONE).map(|change| {
        if change.is_zero() {
            Decimal::new(0, 1)
        } else {
            change
        }
    })
}

fn fact(key: &str, value: DecimalString) -> Fact {
    Fact {
        key: key.to_owned(),
        value: value.0,
    }
}

/// The draft's changes as a count for the window.
pub(crate) fn count(number: usize) -> Count {
    Count(u64::try_from(number).unwrap_or(u64::MAX))
}
