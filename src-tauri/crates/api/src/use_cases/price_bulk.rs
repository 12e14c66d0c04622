//! The same edit of many cells, and blocks from a spreadsheet: looked at first, staged at once.

use crate::app::App;
use crate::error::{ApiError, ApiResult};
use crate::shares::blocking;
use crate::snapshot::Snapshot;
use crate::use_cases::price_cells::{self, cell_scope, offered};
use crate::use_cases::price_edits::{Cell, Edits, decimal, fault, held_fault, listed_price};
use crate::use_cases::price_staging::count;
use crate::use_cases::prices::Wanted;
use crate::wire::{
    Count, DecimalString, GridFilter, PriceBulkRequest, PriceBulkWhat, PriceExample, PriceFault,
    PriceManyFault, PriceManyReply, PricePasteRequest, PricePlace,
};
use ratebook_catalog::prices::ModelPrices;
use ratebook_catalog::{Dimension, PriceConditions, RuleBody, StagedChange, StagedWhat};
use ratebook_money::{Exact, Factor, Rate, Timestamp, Toward};
use ratebook_rating::{PriceBook, listed};
use rust_decimal::Decimal;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Cells that are shown before and after, and faults that are named one by one.
const EXAMPLES: usize = 20;
const FAULTS: usize = 200;
/// Cells that can be staged at once.
const MOST_CELLS: usize = 1_000_000;

/// What many edits come to.
#[derive(Default)]
struct Many {
    changes: Vec<StagedChange>,
    unchanged: u64,
    skipped: u64,
    below_cost: u64,
    examples: Vec<PriceExample>,
    faults: Vec<PriceManyFault>,
    fault_count: u64,
}

/// A cell by the texts that named it, and where it stood in a paste.
struct Named {
    place: PricePlace,
    row: usize,
    column: usize,
}

impl App {
    /// What a bulk edit would do.
    pub async fn price_bulk_preview(&self, request: PriceBulkRequest) -> ApiResult<PriceManyReply> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let many = self.bulk(&snapshot, request).await?;
        Ok(reply(&snapshot, many, false))
    }

    /// Stages a bulk edit as one undo step; one fault, and nothing is staged.
    pub async fn price_bulk(&self, request: PriceBulkRequest) -> ApiResult<PriceManyReply> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let many = self.bulk(&snapshot, request).await?;
        self.stage_many("price_bulk", &open, &snapshot, many).await
    }

    /// What pasting a block would do.
    pub async fn price_paste_preview(
        &self,
        request: PricePasteRequest,
    ) -> ApiResult<PriceManyReply> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let many = self.pasted(&snapshot, request).await?;
        Ok(reply(&snapshot, many, false))
    }

    /// Stages a block as one undo step; one fault, and nothing is staged.
    pub async fn price_paste(&self, request: PricePasteRequest) -> ApiResult<PriceManyReply> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let many = self.pasted(&snapshot, request).await?;
        self.stage_many("price_paste", &open, &snapshot, many).await
    }

    async fn stage_many(
        &self,
        code: &str,
        open: &crate::app::OpenBook,
        snapshot: &Arc<Snapshot>,
        mut many: Many,
    ) -> ApiResult<PriceManyReply> {
        if many.fault_count > 0 {
            return Ok(reply(snapshot, many, false));
        }
        let changes = std::mem::take(&mut many.changes);
        let subject = changes.len().to_string();
        let after = self.stage(open, code, &subject, &changes).await?;
        many.changes = changes;
        Ok(reply(&after, many, true))
    }

    async fn bulk(&self, snapshot: &Arc<Snapshot>, request: PriceBulkRequest) -> ApiResult<Many> {
        let used = match &request.filter {
            Some(filter) if filter.filter == GridFilter::Used => {
                let open = self.book().await?;
                Some(self.models_used(&open, snapshot).await?)
            }
            Some(_) | None => None,
        };
        let (snapshot, now) = (Arc::clone(snapshot), self.now());
        blocking(move || bulk(&snapshot, &request, used.as_ref(), now)).await
    }

    async fn pasted(
        &self,
        snapshot: &Arc<Snapshot>,
        request: PricePasteRequest,
    ) -> ApiResult<Many> {
        let cells = request.rows.len().saturating_mul(request.columns.len());
        if cells > MOST_CELLS {
            return Err(ApiError::field("rows", "too_many"));
        }
        let (snapshot, now) = (Arc::clone(snapshot), self.now());
        blocking(move || Ok(pasted(&snapshot, &request, now))).await
    }
}

fn reply(snapshot: &Snapshot, many: Many, staged: bool) -> PriceManyReply {
    PriceManyReply {
        staged,
        changed: count(many.changes.len()),
        unchanged: Count(many.unchanged),
        skipped: Count(many.skipped),
        below_cost: Count(many.below_cost),
        examples: many.examples,
        faults: many.faults,
        fault_count: Count(many.fault_count),
        draft: price_cells::head(snapshot),
    }
}

impl Many {
    fn fault(&mut self, named: &Named, fault: PriceFault) {
        self.fault_count = self.fault_count.saturating_add(1);
        if self.faults.len() < FAULTS {
            self.faults.push(PriceManyFault {
                place: named.place.clone(),
                row: count(named.row),
                column: count(named.column),
                fault,
            });
        }
    }

    /// Keeps a change, or counts a cell that stays as it is.
    fn change(&mut self, edits: &Edits<'_>, change: StagedChange) -> bool {
        let staged = &edits.books().snapshot.draft.staged;
        let known = staged.of(&change.scope);
        let is_same = match (&change.what, known) {
            (StagedWhat::Revert, None) => true,
            (_, Some(known)) => known.what == change.what,
            (StagedWhat::Set { .. } | StagedWhat::End, None) => false,
        };
        if is_same {
            self.unchanged = self.unchanged.saturating_add(1);
        } else {
            self.changes.push(change);
        }
        !is_same
    }
}

/// The places and conditions of a bulk edit.
fn places(
    edits: &Edits<'_>,
    request: &PriceBulkRequest,
    used: Option<&BTreeSet<(String, String)>>,
    now: Timestamp,
) -> Vec<PricePlace> {
    if let Some(cells) = &request.cells {
        return cells.clone();
    }
    let Some(filter) = &request.filter else {
        return Vec::new();
    };
    let search = filter.search.trim().to_lowercase();
    let wanted = Wanted {
        search: &search,
        provider: filter.provider.as_deref(),
        filter: filter.filter,
    };
    let books = edits.books();
    let mut places = Vec::new();
    for model in wanted.models(books, used, now) {
        for dimension in offered(books, model) {
            let name = dimension.to_string();
            if filter.dimensions.is_empty() || filter.dimensions.contains(&name) {
                places.push(PricePlace {
                    provider: model.provider.clone(),
                    model: model.model.clone(),
                    dimension: name,
                    conditions: Some(String::new()),
                });
            }
        }
    }
    places
}

fn bulk(
    snapshot: &Snapshot,
    request: &PriceBulkRequest,
    used: Option<&BTreeSet<(String, String)>>,
    now: Timestamp,
) -> ApiResult<Many> {
    let edits = Edits::new(snapshot, now);
    let operation = Operation::read(request).map_err(|fault| {
        let issue = ratebook_catalog::Issue::new("text", &fault.code).with("value", fault.word);
        ApiError::invalid(vec![issue])
    })?;
    let mut many = Many::default();
    let mut starts = Vec::new();
    for place in places(&edits, request, used, now) {
        let named = Named {
            place,
            row: 0,
            column: 0,
        };
        let (model, dimension, conditions) = match read_place(&edits, &named.place) {
            Ok(place) => place,
            Err(fault) => {
                many.fault(&named, fault);
                continue;
            }
        };
        let cell = Cell {
            model,
            dimension: &dimension,
            conditions: conditions.clone().unwrap_or_default(),
        };
        let was = listed_price(&edits.books().drafted, &edits, &cell);
        let scope = cell_scope(model, &dimension, conditions.clone());
        let what = match operation.apply(&edits, &scope, &cell, was) {
            Ok(Some(what)) => what,
            Ok(None) => {
                many.skipped = many.skipped.saturating_add(1);
                continue;
            }
            Err(fault) => {
                many.fault(&named, fault);
                continue;
            }
        };
        let change = StagedChange {
            scope,
            what,
            note: request.note.trim().to_owned(),
        };
        if many.change(&edits, change) {
            starts.push((named, was));
        }
    }
    look(&edits, &mut many, starts);
    Ok(many)
}

/// Looks at the changed cells as they would be: examples, losses, formulas without a value.
fn look(edits: &Edits<'_>, many: &mut Many, starts: Vec<(Named, Option<Decimal>)>) {
    let rules = edits.with(&many.changes);
    let book = PriceBook {
        rules: &rules,
        ..edits.books().published
    };
    let faults = edits.faults(&many.changes);
    let mut found = Vec::new();
    for ((named, was), (change, formula)) in starts.iter().zip(many.changes.iter().zip(faults)) {
        if let Some(fault) = formula {
            found.push((named, fault));
            continue;
        }
        let Ok(Some(cell)) = edits.cell(&change.scope) else {
            continue;
        };
        let text = |value: Decimal| DecimalString(value.normalize().to_string());
        match edits.view(&book, &cell) {
            Ok(view) => {
                let below = u64::from(view.is_below_cost());
                many.below_cost = many.below_cost.saturating_add(below);
                if many.examples.len() < EXAMPLES {
                    let will_be = listed(view.sell().rate, cell.dimension).ok();
                    many.examples.push(PriceExample {
                        place: named.place.clone(),
                        was: was.map(text),
                        will_be: will_be.map(text),
                    });
                }
            }
            // Taking a price away may leave none, as it was before there was one.
            Err(_) if change.body().is_none() => {}
            Err(reason) => found.push((named, held_fault(&reason))),
        }
    }
    for (named, fault) in found {
        many.fault(named, fault);
    }
}

/// What is done to each cell.
enum Operation<'r> {
    Percent(Factor, Option<Decimal>),
    Formula(&'r str),
    Round(Decimal),
    Copy(Dimension, PriceConditions),
    Clear,
    Revert,
}

impl<'r> Operation<'r> {
    fn read(request: &'r PriceBulkRequest) -> Result<Self, PriceFault> {
        let text = request.text.trim();
        let step = |text: &str| {
            let step = decimal(text)?;
            if step.is_sign_negative() || step.is_zero() {
                return Err(fault("not_above_zero", text));
            }
            Ok(step)
        };
        Ok(match request.what {
            PriceBulkWhat::Percent => {
                let factor = Factor::from_markup_percent(decimal(text)?);
                let factor = factor.map_err(|_| fault("too_precise", text))?;
                let round_to = request.round_to.as_ref();
                Self::Percent(factor, round_to.map(|to| step(to.0.trim())).transpose()?)
            }
            PriceBulkWhat::Formula => Self::Formula(text),
            PriceBulkWhat::Round => Self::Round(step(text)?),
            PriceBulkWhat::Copy => {
                let name = request.from_dimension.as_deref().unwrap_or("");
                let dimension = Dimension::parse(name);
                let dimension = dimension.ok_or_else(|| fault("unknown_dimension", name))?;
                let key = request.from_conditions.as_deref().unwrap_or("");
                Self::Copy(dimension, conditions(key)?)
            }
            PriceBulkWhat::Clear => Self::Clear,
            PriceBulkWhat::Revert => Self::Revert,
        })
    }

    /// What becomes of a cell that sells for `was`; nothing where there is nothing to start from.
    fn apply(
        &self,
        edits: &Edits<'_>,
        scope: &ratebook_catalog::MarkupScope,
        cell: &Cell<'_>,
        was: Option<Decimal>,
    ) -> Result<Option<StagedWhat>, PriceFault> {
        let currency = edits.books().published.currency;
        let stepped = |value: Decimal, step: Decimal| {
            let rate = Rate::new(value, currency);
            let rate = rate.and_then(|r| r.to_step(Exact::from_decimal(step), Toward::Nearest));
            rate.map(Rate::per_unit).map_err(|_| fault("too_large", ""))
        };
        let value = match self {
            Self::Clear => return Ok(Some(edits.clear(scope))),
            Self::Revert => return Ok(Some(StagedWhat::Revert)),
            Self::Formula(text) => {
                let body = edits.formula(scope, text)?;
                return Ok(Some(edits.set(scope, body)));
            }
            Self::Percent(factor, step) => {
                let Some(was) = was else { return Ok(None) };
                let product = Exact::from_decimal(was).times(factor.exact());
                let product = product.and_then(Exact::to_decimal);
                let value = product.map_err(|_| fault("too_precise", &was.to_string()))?;
                match step {
                    Some(step) => stepped(value, *step)?,
                    None => value,
                }
            }
            Self::Round(step) => {
                let Some(was) = was else { return Ok(None) };
                stepped(was, *step)?
            }
            Self::Copy(dimension, conditions) => {
                let from = Cell {
                    model: cell.model,
                    dimension,
                    conditions: conditions.clone(),
                };
                let of_same_unit = dimension.is_tokens() == cell.dimension.is_tokens();
                let value = listed_price(&edits.books().drafted, edits, &from);
                let Some(value) = value.filter(|_| of_same_unit) else {
                    return Ok(None);
                };
                value
            }
        };
        let body: RuleBody = edits.list_price(cell.dimension, value)?;
        Ok(Some(edits.set(scope, body)))
    }
}

fn conditions(key: &str) -> Result<PriceConditions, PriceFault> {
    if key.is_empty() {
        return Ok(PriceConditions::default());
    }
    serde_json::from_str(key).map_err(|_| fault("unknown_conditions", key))
}

type Place<'a> = (&'a ModelPrices, Dimension, Option<PriceConditions>);

fn read_place<'a>(edits: &Edits<'a>, place: &PricePlace) -> Result<Place<'a>, PriceFault> {
    let prices = edits.books().published.prices;
    let model = prices.get(&place.provider, &place.model);
    let name = format!("{}/{}", place.provider, place.model);
    let model = model.ok_or_else(|| fault("unknown_model", &name))?;
    let dimension = Dimension::parse(&place.dimension);
    let dimension = dimension.ok_or_else(|| fault("unknown_dimension", &place.dimension))?;
    let own = place.conditions.as_deref().map(conditions).transpose()?;
    Ok((model, dimension, own))
}

fn pasted(snapshot: &Snapshot, request: &PricePasteRequest, now: Timestamp) -> Many {
    let edits = Edits::new(snapshot, now);
    let mut many = Many::default();
    let mut starts = Vec::new();
    for (row_number, row) in (1..).zip(&request.rows) {
        for (number, (column, text)) in (1..).zip(request.columns.iter().zip(&row.cells)) {
            let text = text.trim();
            if text.is_empty() {
                continue;
            }
            let named = || Named {
                place: PricePlace {
                    provider: row.provider.clone(),
                    model: row.model.clone(),
                    dimension: column.dimension.clone(),
                    conditions: column.conditions.clone(),
                },
                row: row_number,
                column: number,
            };
            match paste(&edits, &named().place, text, &request.note) {
                Ok((change, was)) => {
                    if many.change(&edits, change) {
                        starts.push((named(), was));
                    }
                }
                Err(fault) => many.fault(&named(), fault),
            }
        }
    }
    if many.fault_count == 0 {
        look(&edits, &mut many, starts);
    }
    many
}

/// The change that a pasted text is, and what the cell sells for now.
fn paste(
    edits: &Edits<'_>,
    place: &PricePlace,
    text: &str,
    note: &str,
) -> Result<(StagedChange, Option<Decimal>), PriceFault> {
    let (model, dimension, conditions) = read_place(edits, place)?;
    let scope = cell_scope(model, &dimension, conditions.clone());
    let cell = Cell {
        model,
        dimension: &dimension,
        conditions: conditions.unwrap_or_default(),
    };
    let was = listed_price(&edits.books().drafted, edits, &cell);
    let what = if text.starts_with('=') {
        edits.set(&scope, edits.formula(&scope, text)?)
    } else {
        let value = decimal(text)?;
        // What it sells for already needs no price of its own.
        if was == Some(value.normalize()) {
            let known = edits.books().snapshot.draft.staged.of(&scope);
            known.map_or(StagedWhat::Revert, |change| change.what.clone())
        } else {
            edits.set(&scope, edits.list_price(&dimension, value)?)
        }
    };
    let note = note.trim().to_owned();
    Ok((StagedChange { scope, what, note }, was))
}
