//! Usage by day and group, for looking at: what a period held and what it cost.

mod costs;

use costs::Costs;

use crate::error::ApiResult;
use crate::snapshot::Snapshot;
use crate::use_cases::prices::price_book;
use crate::wire::{
    Count, DecimalString, UsageGroup, UsageMeasure, UsageOverviewReply, UsageRow, UsageSeries,
};
use ratebook_catalog::Dimension;
use ratebook_catalog::prices::ModelPrices;
use ratebook_money::{Amount, Date, Quantity, Timestamp, Zone};
use ratebook_rating::PriceBook;
use ratebook_store::usage::CustomerRef;
use ratebook_usage::{CallClass, MODEL_CALL, UsageSum};
use std::collections::HashMap;
use std::sync::Arc;

/// Groups that get a colour of their own.
const COLOURS: usize = 8;

/// What is looked at.
pub(crate) struct Filter {
    /// `provider/model`, or the name of an event.
    pub model: Option<String>,
    pub group: UsageGroup,
}

/// How it is shown.
pub(crate) struct Stack {
    pub days: (Date, Date),
    pub zone: Zone,
    pub measure: UsageMeasure,
}

/// One group, summed.
struct Group {
    name: String,
    known: bool,
    events: u64,
    input: Quantity,
    cached: Quantity,
    output: Quantity,
    cost: Amount,
    /// Whether it holds model calls: only these have a provider cost.
    is_calls: bool,
    days: Vec<Value>,
}

impl Group {
    fn new(name: String, known: bool, zero: Value, days: usize) -> Self {
        Self {
            name,
            known,
            events: 0,
            input: Quantity::ZERO,
            cached: Quantity::ZERO,
            output: Quantity::ZERO,
            cost: zero.cost,
            is_calls: false,
            days: vec![zero; days],
        }
    }
}

/// One figure of a day.
#[derive(Clone, Copy)]
struct Value {
    events: u64,
    tokens: Quantity,
    cost: Amount,
}

/// What a class stands for.
struct Known<'a> {
    model: Option<&'a ModelPrices>,
    name: String,
    provider: String,
    costs: Costs,
}

pub(crate) fn overview(
    snapshot: &Snapshot,
    names: &[CustomerRef],
    sums: &[(i64, Vec<UsageSum>)],
    filter: &Filter,
    stack: &Stack,
) -> ApiResult<UsageOverviewReply> {
    let book = price_book(snapshot);
    let days: Vec<Date> = stack
        .days
        .0
        .iter_days()
        .take_while(|day| *day <= stack.days.1)
        .collect();
    let zero = Value {
        events: 0,
        tokens: Quantity::ZERO,
        cost: Amount::zero(book.currency),
    };
    let mut groups: Vec<(String, Group)> = Vec::new();
    let mut keys: HashMap<String, usize> = HashMap::new();
    let mut classes: HashMap<*const CallClass, Known<'_>> = HashMap::new();
    let names: HashMap<i64, &CustomerRef> = names.iter().map(|name| (name.id, name)).collect();
    // A year of a thousand customers has millions of sums: what they share is looked up once.
    let mut places: HashMap<*const CallClass, usize> = HashMap::new();
    let mut numbers: HashMap<Timestamp, usize> = HashMap::new();
    let mut unpriced = 0_u64;
    let mut events = 0_u64;
    for (id, sums) in sums {
        let customer = names.get(id).copied();
        if filter.group == UsageGroup::Customer {
            places.clear();
        }
        for sum in sums {
            let class = Arc::as_ptr(&sum.class);
            let known = classes
                .entry(class)
                .or_insert_with(|| known_as(snapshot, &sum.class));
            if filter
                .model
                .as_ref()
                .is_some_and(|wanted| *wanted != known.name)
            {
                continue;
            }
            let place = *places.entry(class).or_insert_with(|| {
                let (key, name, is_known) = group_of(snapshot, filter.group, customer, known);
                let next = groups.len();
                let place = *keys.entry(key.clone()).or_insert(next);
                if place == next {
                    groups.push((key, Group::new(name, is_known, zero, days.len())));
                }
                place
            });
            let index = *numbers.entry(sum.at).or_insert_with(|| {
                let day = stack.zone.date_of(sum.at);
                let day = day.signed_duration_since(stack.days.0).num_days();
                usize::try_from(day).unwrap_or(0)
            });
            let Some((_, group)) = groups.get_mut(place) else {
                continue;
            };
            let counted = add(group, index, sum, known, &book)?;
            events = events.saturating_add(counted.events);
            unpriced = unpriced.saturating_add(counted.unpriced);
        }
    }
    reply(groups, &days, stack.measure, &book, (events, unpriced))
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
            costs: Costs::of(model),
        },
        None => Known {
            model: None,
            name: format!("{}/{}", class.provider, class.model),
            provider: class.provider.clone(),
            costs: Costs::default(),
        },
    }
}

fn group_of(
    snapshot: &Snapshot,
    group: UsageGroup,
    customer: Option<&CustomerRef>,
    known: &Known<'_>,
) -> (String, String, bool) {
    match group {
        UsageGroup::Model => (
            known.name.clone(),
            known.name.clone(),
            known.model.is_some() || known.provider.is_empty(),
        ),
        UsageGroup::Provider => (known.provider.clone(), known.provider.clone(), true),
        UsageGroup::Customer => {
            let found = customer.and_then(|name| name.customer);
            match found.and_then(|id| snapshot.customer(id)) {
                Some(customer) => (customer.id.to_string(), customer.name.clone(), true),
                None => {
                    let name = customer.map(|name| name.name.clone()).unwrap_or_default();
                    (name.clone(), name, false)
                }
            }
        }
    }
}

struct Counted {
    events: u64,
    unpriced: u64,
}

fn add(
    group: &mut Group,
    index: usize,
    sum: &UsageSum,
    known: &mut Known<'_>,
    book: &PriceBook<'_>,
) -> ApiResult<Counted> {
    let call = sum.class.event_name == MODEL_CALL;
    // A call's events are counted with its `requests`; other events with each of their sums.
    let counts = !call || sum.dimension == Dimension::REQUESTS;
    let events = if counts { sum.events } else { 0 };
    group.events = group.events.saturating_add(events);
    group.is_calls |= call;
    let mut tokens = Quantity::ZERO;
    if sum.dimension.is_tokens() {
        tokens = sum.quantity;
        let cached = matches!(
            sum.dimension,
            Dimension::CACHE_READ | Dimension::CACHE_READ_AUDIO
        );
        if sum.dimension.is_input_tokens() {
            group.input = group.input.plus(sum.quantity)?;
            group.cached = if cached {
                group.cached.plus(sum.quantity)?
            } else {
                group.cached
            };
        } else {
            group.output = group.output.plus(sum.quantity)?;
        }
    }
    let cost = if call {
        cost(sum, known, book)
    } else {
        Some(Amount::zero(book.currency))
    };
    let unpriced = if cost.is_none() { sum.events } else { 0 };
    let cost = cost.unwrap_or(Amount::zero(book.currency));
    group.cost = group.cost.plus(cost)?;
    if let Some(day) = group.days.get_mut(index) {
        day.events = day.events.saturating_add(events);
        day.tokens = day.tokens.plus(tokens)?;
        day.cost = day.cost.plus(cost)?;
    }
    Ok(Counted { events, unpriced })
}

/// What a sum cost in the book's currency; nothing when that is not known.
fn cost(sum: &UsageSum, known: &mut Known<'_>, book: &PriceBook<'_>) -> Option<Amount> {
    let rate = known.costs.rate(known.model?, sum, book)?;
    rate.times(sum.quantity).ok()
}

fn reply(
    mut groups: Vec<(String, Group)>,
    days: &[Date],
    measure: UsageMeasure,
    book: &PriceBook<'_>,
    (events, unpriced): (u64, u64),
) -> ApiResult<UsageOverviewReply> {
    // Largest first; names decide between equals, so that colours do not jump.
    groups.sort_by(|(a_key, a), (b_key, b)| {
        weight(b, measure)
            .cmp(&weight(a, measure))
            .then_with(|| a_key.cmp(b_key))
    });
    let mut series = Vec::new();
    let colours = if groups.len() > COLOURS + 1 {
        COLOURS
    } else {
        groups.len()
    };
    for (key, group) in groups.iter().take(colours) {
        series.push(one_series(
            key,
            &group.name,
            &[group],
            days.len(),
            measure,
            book,
        )?);
    }
    let rest: Vec<&Group> = groups
        .iter()
        .skip(colours)
        .map(|(_, group)| group)
        .collect();
    if !rest.is_empty() {
        series.push(one_series("", "", &rest, days.len(), measure, book)?);
    }
    let all: Vec<&Group> = groups.iter().map(|(_, group)| group).collect();
    let total = one_series("", "", &all, days.len(), measure, book)?.total;
    let rows = groups.into_iter().map(|(key, group)| UsageRow {
        key,
        name: group.name,
        known: group.known,
        events: Count(group.events),
        input_tokens: (&group.input).into(),
        cached_tokens: (&group.cached).into(),
        output_tokens: (&group.output).into(),
        cost: if group.is_calls {
            crate::figures::shown(group.cost)
        } else {
            None
        },
    });
    Ok(UsageOverviewReply {
        days: days.iter().map(ToString::to_string).collect(),
        rows: rows.collect(),
        series,
        total,
        currency: Some(book.currency.to_string()),
        events: Count(events),
        unpriced: Count(unpriced),
    })
}

fn weight(group: &Group, measure: UsageMeasure) -> i128 {
    match measure {
        UsageMeasure::Cost => group.cost.e24(),
        UsageMeasure::Events => i128::from(group.events),
        UsageMeasure::Tokens => {
            let tokens = |q: Quantity| i128::from(q.to_smallest(0).unwrap_or(0));
            tokens(group.input).saturating_add(tokens(group.output))
        }
    }
}

fn one_series(
    key: &str,
    name: &str,
    groups: &[&Group],
    days: usize,
    measure: UsageMeasure,
    book: &PriceBook<'_>,
) -> ApiResult<UsageSeries> {
    let zero = Value {
        events: 0,
        tokens: Quantity::ZERO,
        cost: Amount::zero(book.currency),
    };
    let plus = |a: Value, b: &Value| -> ApiResult<Value> {
        Ok(Value {
            events: a.events.saturating_add(b.events),
            tokens: a.tokens.plus(b.tokens)?,
            cost: a.cost.plus(b.cost)?,
        })
    };
    let mut total = zero;
    let mut values = Vec::with_capacity(days);
    for day in 0..days {
        let mut value = zero;
        for group in groups {
            value = group
                .days
                .get(day)
                .map_or(Ok(value), |other| plus(value, other))?;
        }
        total = plus(total, &value)?;
        values.push(text(&value, measure));
    }
    Ok(UsageSeries {
        key: key.to_owned(),
        name: name.to_owned(),
        groups: Count(u64::try_from(groups.len()).unwrap_or(u64::MAX)),
        values,
        total: shown(&total, measure),
    })
}

/// A sum as a person reads it: money with the currency's places.
fn shown(value: &Value, measure: UsageMeasure) -> DecimalString {
    match (measure, value.cost.round()) {
        (UsageMeasure::Cost, Ok(money)) => DecimalString(money.number()),
        _ => text(value, measure),
    }
}

/// Exact, for drawing.
fn text(value: &Value, measure: UsageMeasure) -> DecimalString {
    DecimalString(match measure {
        UsageMeasure::Cost => value.cost.to_exact_string(),
        UsageMeasure::Tokens => value.tokens.to_string(),
        UsageMeasure::Events => value.events.to_string(),
    })
}
