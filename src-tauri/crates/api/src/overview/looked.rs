//! What one sum counts and costs.

use super::costs::Costs;
use super::{Asked, Value};
use crate::snapshot::Snapshot;
use crate::use_cases::price_cells::Books;
use ratebook_catalog::Dimension;
use ratebook_catalog::prices::ModelPrices;
use ratebook_money::{Amount, Quantity};
use ratebook_rating::PriceBook;
use ratebook_usage::{CallClass, MODEL_CALL, UsageSum};
use std::collections::HashMap;
use std::sync::Arc;

/// What a class stands for.
pub(super) struct Known<'a> {
    pub model: Option<&'a ModelPrices>,
    pub name: String,
    pub provider: String,
    costs: Costs,
}

/// The figures of one sum.
pub(super) struct Looked {
    pub events: u64,
    /// Events whose cost is not known.
    pub unpriced: u64,
    pub tokens: Quantity,
    pub cost: Amount,
    pub is_call: bool,
    pub is_input: bool,
    pub is_cached: bool,
}

impl Looked {
    pub fn value(&self) -> Value {
        Value {
            events: self.events,
            tokens: self.tokens,
            cost: self.cost,
        }
    }
}

/// Looks at sums, and remembers what it found out about their classes.
pub(super) struct Looking<'a> {
    snapshot: &'a Snapshot,
    book: PriceBook<'a>,
    wanted: Option<&'a str>,
    classes: HashMap<*const CallClass, Known<'a>>,
}

impl<'a> Looking<'a> {
    pub fn new(snapshot: &'a Snapshot, asked: &'a Asked) -> Self {
        Self {
            snapshot,
            book: Books::of(snapshot).published,
            wanted: asked.model.as_deref(),
            classes: HashMap::new(),
        }
    }

    /// The figures of a sum; nothing when it is not asked for. The sums have to live as long as
    /// this: their classes are known by where they lie.
    pub fn at(&mut self, sum: &UsageSum) -> Option<(&Known<'a>, Looked)> {
        let known = self
            .classes
            .entry(Arc::as_ptr(&sum.class))
            .or_insert_with(|| known_as(self.snapshot, &sum.class));
        if self.wanted.is_some_and(|wanted| wanted != known.name) {
            return None;
        }
        let looked = figures(sum, known, &self.book);
        Some((known, looked))
    }
}

fn figures(sum: &UsageSum, known: &mut Known<'_>, book: &PriceBook<'_>) -> Looked {
    let is_call = sum.class.event_name == MODEL_CALL;
    // A call's events are counted with its `requests`; other events with each of their sums.
    let counts = !is_call || sum.dimension == Dimension::REQUESTS;
    let is_tokens = sum.dimension.is_tokens();
    let free = Amount::zero(book.currency);
    let cost = if is_call {
        cost(sum, known, book)
    } else {
        Some(free)
    };
    Looked {
        events: if counts { sum.events } else { 0 },
        unpriced: if cost.is_none() { sum.events } else { 0 },
        tokens: if is_tokens {
            sum.quantity
        } else {
            Quantity::ZERO
        },
        cost: cost.unwrap_or(free),
        is_call,
        is_input: is_tokens && sum.dimension.is_input_tokens(),
        is_cached: matches!(
            sum.dimension,
            Dimension::CACHE_READ | Dimension::CACHE_READ_AUDIO
        ),
    }
}

/// What a sum cost in the book's currency; nothing when that is not known.
fn cost(sum: &UsageSum, known: &mut Known<'_>, book: &PriceBook<'_>) -> Option<Amount> {
    let rate = known.costs.rate(known.model?, sum, book)?;
    rate.times(sum.billed().ok()?).ok()
}

fn known_as<'a>(snapshot: &'a Snapshot, class: &CallClass) -> Known<'a> {
    if class.event_name != MODEL_CALL {
        return Known {
            model: None,
            name: class.event_name.clone(),
            provider: String::new(),
            costs: Costs::default(),
        };
    }
    match snapshot
        .prices
        .resolve(&class.provider, &class.model)
        .model()
    {
        Some(model) => Known {
            model: Some(model),
            name: format!("{}/{}", model.provider, model.model),
            provider: model.provider.clone(),
            costs: Costs::of(model, &snapshot.exchange),
        },
        None => Known {
            model: None,
            name: format!("{}/{}", class.provider, class.model),
            provider: class.provider.clone(),
            costs: Costs::default(),
        },
    }
}
