use crate::instants::{Cuts, has_weekdays, of_model, of_terms, sorted, span};
use crate::{RatingError, RatingInput, UsageBucket};
use ratebook_catalog::Dimension;
use ratebook_catalog::prices::{ModelAlias, ModelPrices};
use ratebook_money::{MoneyError, Period, Quantity, Timestamp};
use ratebook_usage::{CallClass, MODEL_CALL, ShortCalls, UsageSum};
use rust_decimal::Decimal;
use std::collections::HashMap;
use std::sync::Arc;

/// The usage of the period, summed as far as prices allow, with the model of each bucket.
pub(crate) struct Buckets<'a> {
    /// Sorted by class, dimension and time, so that the order of the sums does not matter.
    pub list: Vec<UsageBucket>,
    /// The priced model of each bucket; nothing for own events and unknown models.
    pub models: Vec<Option<&'a ModelPrices>>,
}

/// Sums over one class of calls.
struct Class<'a> {
    class: &'a Arc<CallClass>,
    model: Option<&'a ModelPrices>,
    /// Sorted instants of change; nothing when every sum keeps its own time.
    instants: Option<Vec<Timestamp>>,
    cells: Vec<Cell<'a>>,
}

struct Cell<'a> {
    dimension: &'a Dimension,
    from: Timestamp,
    millionths: i128,
    events: u64,
    short: Option<ShortCalls>,
}

/// Stage 1: sums the usage between the instants at which its price may change.
pub(crate) fn gather<'a>(input: &RatingInput<'a>) -> Result<Buckets<'a>, RatingError> {
    let span = span(input)?;
    let terms = of_terms(input, span)?;
    let cuts = Cuts::of(input, span)?;
    let mut classes: Vec<Class<'a>> = Vec::new();
    let mut known: HashMap<*const CallClass, usize> = HashMap::new();
    let mut last: (*const CallClass, usize) = (std::ptr::null(), 0);
    for sum in input.sums {
        if !span.contains(sum.at) {
            return Err(RatingError::OutsidePeriod { at: sum.at });
        }
        let pointer = Arc::as_ptr(&sum.class);
        if last.0 != pointer {
            let index = *known.entry(pointer).or_insert_with(|| {
                classes.push(Class::new(input, (span, &terms, &cuts), &sum.class));
                classes.len().saturating_sub(1)
            });
            last = (pointer, index);
        }
        if let Some(class) = classes.get_mut(last.1) {
            let from = class.segment(span.from, sum.at);
            class.add(sum, from)?;
        }
    }
    classes.sort_by(|a, b| a.class.cmp(b.class));
    flatten(classes)
}

impl<'a> Class<'a> {
    fn new(
        input: &RatingInput<'a>,
        (span, terms, cuts): (Period, &[Timestamp], &Cuts),
        class: &'a Arc<CallClass>,
    ) -> Self {
        let model = if class.event_name == MODEL_CALL {
            resolve(input, class)
        } else {
            None
        };
        let instants = match model {
            Some(model) if has_weekdays(model) => None,
            Some(model) => {
                let own = of_model(input, span, model);
                let own = own.chain(cuts.of_class(input, class));
                Some(sorted(terms.iter().copied().chain(own).collect()))
            }
            None => {
                let own = cuts.of_class(input, class);
                Some(sorted(terms.iter().copied().chain(own).collect()))
            }
        };
        Self {
            class,
            model,
            instants,
            cells: Vec::new(),
        }
    }

    /// The instant from which on usage at `at` has its price.
    fn segment(&self, span_from: Timestamp, at: Timestamp) -> Timestamp {
        let Some(instants) = &self.instants else {
            return at;
        };
        let after = instants.partition_point(|instant| *instant <= at);
        let found = after.checked_sub(1).and_then(|index| instants.get(index));
        found.copied().unwrap_or(span_from)
    }

    fn add(&mut self, sum: &'a UsageSum, from: Timestamp) -> Result<(), MoneyError> {
        let millionths = millionths(sum.quantity)?;
        // Newest first: sums mostly come in the order of time.
        let cell = self
            .cells
            .iter_mut()
            .rev()
            .find(|cell| cell.from == from && *cell.dimension == sum.dimension);
        match cell {
            Some(cell) => {
                cell.millionths = plus(cell.millionths, millionths)?;
                cell.events = cell.events.saturating_add(sum.events);
                cell.short = both(cell.short, sum.short)?;
            }
            None => self.cells.push(Cell {
                dimension: &sum.dimension,
                from,
                millionths,
                events: sum.events,
                short: sum.short,
            }),
        }
        Ok(())
    }
}

/// The model that a class of calls is priced as.
fn resolve<'a>(input: &RatingInput<'a>, class: &CallClass) -> Option<&'a ModelPrices> {
    let Some(names) = input.names else {
        return input.prices.resolve(&class.provider, &class.model).model();
    };
    let same = |name: &&ModelAlias| {
        name.alias == class.model && name.provider.as_ref() == Some(&class.provider)
    };
    let name = names.iter().find(same)?;
    input.prices.get(&name.to_provider, &name.to_model)
}

/// What the reported names stand for.
pub(crate) fn names(buckets: &Buckets) -> Vec<ModelAlias> {
    let pairs = buckets.list.iter().zip(&buckets.models);
    let known = pairs.filter_map(|(bucket, model)| {
        let model = (*model)?;
        Some(ModelAlias {
            provider: Some(bucket.class.provider.clone()),
            alias: bucket.class.model.clone(),
            to_provider: model.provider.clone(),
            to_model: model.model.clone(),
        })
    });
    let mut names: Vec<ModelAlias> = known.collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Writes the sorted classes out as buckets; classes that came as several equal values are joined.
fn flatten(classes: Vec<Class<'_>>) -> Result<Buckets<'_>, RatingError> {
    let mut list: Vec<UsageBucket> = Vec::new();
    let mut models = Vec::new();
    for same in classes.chunk_by(|a, b| a.class == b.class) {
        let Some(first) = same.first() else { continue };
        let mut cells: Vec<&Cell> = same.iter().flat_map(|class| &class.cells).collect();
        cells.sort_by(|a, b| (a.dimension, a.from).cmp(&(b.dimension, b.from)));
        for equal in cells.chunk_by(|a, b| a.dimension == b.dimension && a.from == b.from) {
            let Some(cell) = equal.first() else { continue };
            let mut total = 0_i128;
            let mut events = 0_u64;
            let mut short = None;
            for cell in equal {
                total = plus(total, cell.millionths)?;
                events = events.saturating_add(cell.events);
                short = both(short, cell.short)?;
            }
            list.push(UsageBucket {
                class: Arc::clone(first.class),
                from: cell.from,
                dimension: cell.dimension.clone(),
                quantity: quantity(total)?,
                events,
                short,
            });
            models.push(first.model);
        }
    }
    Ok(Buckets { list, models })
}

/// A quantity in its smallest unit, 10⁻⁶: sums of these are exact and quick.
pub(crate) fn millionths(quantity: Quantity) -> Result<i128, MoneyError> {
    let value = quantity.value();
    let up = 6_u32
        .checked_sub(value.scale())
        .and_then(|places| 10_i128.checked_pow(places));
    up.and_then(|power| value.mantissa().checked_mul(power))
        .ok_or(MoneyError::Overflow)
}

/// The quantity of so many 10⁻⁶.
pub(crate) fn quantity(millionths: i128) -> Result<Quantity, MoneyError> {
    let value = Decimal::try_from_i128_with_scale(millionths, 6);
    Quantity::new(value.map_err(|_| MoneyError::Overflow)?)
}

fn both(a: Option<ShortCalls>, b: Option<ShortCalls>) -> Result<Option<ShortCalls>, MoneyError> {
    match (a, b) {
        (Some(a), Some(b)) => a.and(b).map(Some),
        (a, b) => Ok(a.or(b)),
    }
}

fn plus(a: i128, b: i128) -> Result<i128, MoneyError> {
    a.checked_add(b).ok_or(MoneyError::Overflow)
}
