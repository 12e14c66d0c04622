//! Usage by day and group, for looking at: what a period held and what it cost.
//!
//! A page shows each group's sum and the days of the largest few; the days of the rest are what is
//! left of the whole. So nothing is computed by group *and* day for more than is drawn; the amounts
//! are exact either way.

mod costs;
mod looked;

use crate::error::{ApiError, ApiResult};
use crate::snapshot::Snapshot;
use crate::wire::{
    Count, DecimalString, UsageGroup, UsageMeasure, UsageOverviewReply, UsageRow, UsageSeries,
};
use looked::{Known, Looked, Looking};
use ratebook_money::{Amount, Currency, Date, Quantity, Timestamp, Zone};
use ratebook_store::usage::{CustomerRef, Spread};
use ratebook_usage::{CallClass, UsageSum};
use std::collections::HashMap;
use std::sync::Arc;

/// Groups that get a colour of their own.
const COLOURS: usize = 8;

/// What is looked at, and how it is shown.
pub(crate) struct Asked {
    /// `provider/model`, or the name of an event.
    pub model: Option<String>,
    pub group: UsageGroup,
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
    /// Names in usage that it holds, when grouped by customer.
    names: Vec<i64>,
}

/// One figure of a day.
#[derive(Clone, Copy)]
struct Value {
    events: u64,
    tokens: Quantity,
    cost: Amount,
}

/// All groups, largest first.
pub(crate) struct Ranked {
    groups: Vec<(String, Group)>,
    /// How many of them have days of their own.
    shown: usize,
    currency: Currency,
    events: u64,
    unpriced: u64,
}

/// Groups while they are counted.
struct Counted<'a> {
    snapshot: &'a Snapshot,
    by: UsageGroup,
    groups: Vec<(String, Group)>,
    places: HashMap<String, usize>,
}

impl Ranked {
    pub fn of(
        snapshot: &Snapshot,
        names: &[CustomerRef],
        spread: &Spread,
        asked: &Asked,
    ) -> ApiResult<Self> {
        let names: HashMap<i64, &CustomerRef> = names.iter().map(|name| (name.id, name)).collect();
        let parts: Vec<(Option<&CustomerRef>, &[UsageSum])> = match asked.group {
            UsageGroup::Customer => {
                let parts = spread.names.iter();
                parts
                    .map(|(id, sums)| (names.get(id).copied(), sums.as_slice()))
                    .collect()
            }
            UsageGroup::Model | UsageGroup::Provider => vec![(None, spread.days.as_slice())],
        };
        let mut looking = Looking::new(snapshot, asked);
        let mut counted = Counted::new(snapshot, asked.group);
        let (mut events, mut unpriced) = (0_u64, 0_u64);
        for (customer, sums) in parts {
            // What the sums of a part share is looked up once.
            let mut places: HashMap<*const CallClass, usize> = HashMap::new();
            for sum in sums {
                let Some((known, looked)) = looking.at(sum) else {
                    continue;
                };
                let place = *places
                    .entry(Arc::as_ptr(&sum.class))
                    .or_insert_with(|| counted.place(customer, known));
                if let Some((_, group)) = counted.groups.get_mut(place) {
                    group.add(&looked)?;
                }
                events = events.saturating_add(looked.events);
                unpriced = unpriced.saturating_add(looked.unpriced);
            }
        }
        let mut groups = counted.groups;
        // Largest first; names decide between equals, so that colours do not jump.
        groups.sort_by(|(a_key, a), (b_key, b)| {
            weight(b, asked.measure)
                .cmp(&weight(a, asked.measure))
                .then_with(|| a_key.cmp(b_key))
        });
        let shown = match groups.len() {
            all if all > COLOURS + 1 => COLOURS,
            all => all,
        };
        Ok(Self {
            groups,
            shown,
            currency: snapshot.company.currency,
            events,
            unpriced,
        })
    }

    /// The names whose usage by day [`Ranked::reply`] needs, when grouped by customer.
    pub fn names(&self) -> Vec<i64> {
        let shown = self.groups.iter().take(self.shown);
        shown.flat_map(|(_, group)| &group.names).copied().collect()
    }

    /// The page. `days` holds the usage of [`Ranked::names`] by day; without effect where the
    /// groups are not customers.
    pub fn reply(
        self,
        snapshot: &Snapshot,
        names: &[CustomerRef],
        spread: &Spread,
        days: &[(i64, Vec<UsageSum>)],
        asked: &Asked,
    ) -> ApiResult<UsageOverviewReply> {
        let names: HashMap<i64, &CustomerRef> = names.iter().map(|name| (name.id, name)).collect();
        let mut chart = Chart::new(snapshot, asked);
        let whole = chart.lines(None, &spread.days, 1, |_| Some(0))?;
        let places: HashMap<&str, usize> = self
            .groups
            .iter()
            .take(self.shown)
            .enumerate()
            .map(|(place, (key, _))| (key.as_str(), place))
            .collect();
        let place = |key: &str| places.get(key).copied();
        let mut lines = vec![chart.empty(); self.shown];
        let parts: Vec<(Option<&CustomerRef>, &[UsageSum])> = match asked.group {
            UsageGroup::Customer => days
                .iter()
                .map(|(id, sums)| (names.get(id).copied(), sums.as_slice()))
                .collect(),
            UsageGroup::Model | UsageGroup::Provider => vec![(None, spread.days.as_slice())],
        };
        for (customer, sums) in parts {
            let found = chart.lines(customer, sums, self.shown, place)?;
            for (line, more) in lines.iter_mut().zip(&found) {
                for (day, more) in line.iter_mut().zip(more) {
                    *day = day.plus(more)?;
                }
            }
        }
        self.written(whole.first().map_or(&[], Vec::as_slice), &lines, &chart)
    }

    fn written(
        self,
        whole: &[Value],
        lines: &[Vec<Value>],
        chart: &Chart<'_>,
    ) -> ApiResult<UsageOverviewReply> {
        let mut series = Vec::with_capacity(lines.len() + 1);
        let mut rest = whole.to_vec();
        for ((key, group), line) in self.groups.iter().zip(lines) {
            for (day, own) in rest.iter_mut().zip(line) {
                *day = day.minus(own)?;
            }
            series.push(chart.series(key, &group.name, 1, line)?);
        }
        let others = self.groups.len().saturating_sub(self.shown);
        if others > 0 {
            series.push(chart.series("", "", others, &rest)?);
        }
        let total = chart.series("", "", 0, whole)?.total;
        let rows = self.groups.into_iter().map(|(key, group)| UsageRow {
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
            days: chart.days.iter().map(ToString::to_string).collect(),
            rows: rows.collect(),
            series,
            total,
            currency: Some(self.currency.to_string()),
            events: Count(self.events),
            unpriced: Count(self.unpriced),
        })
    }
}

impl<'a> Counted<'a> {
    fn new(snapshot: &'a Snapshot, by: UsageGroup) -> Self {
        Self {
            snapshot,
            by,
            groups: Vec::new(),
            places: HashMap::new(),
        }
    }

    /// Where the group of a class of a customer's calls stands; it is made when it is new.
    fn place(&mut self, customer: Option<&CustomerRef>, known: &Known<'_>) -> usize {
        let (key, name, is_known) = group_of(self.snapshot, self.by, customer, known);
        let next = self.groups.len();
        let place = *self.places.entry(key.clone()).or_insert(next);
        if place == next {
            let group = Group::new(name, is_known, self.snapshot.company.currency);
            self.groups.push((key, group));
        }
        let own = customer.filter(|_| self.by == UsageGroup::Customer);
        if let (Some(own), Some((_, group))) = (own, self.groups.get_mut(place))
            && !group.names.contains(&own.id)
        {
            group.names.push(own.id);
        }
        place
    }
}

impl Group {
    fn new(name: String, known: bool, currency: Currency) -> Self {
        Self {
            name,
            known,
            events: 0,
            input: Quantity::ZERO,
            cached: Quantity::ZERO,
            output: Quantity::ZERO,
            cost: Amount::zero(currency),
            is_calls: false,
            names: Vec::new(),
        }
    }

    fn add(&mut self, looked: &Looked) -> ApiResult<()> {
        self.events = self.events.saturating_add(looked.events);
        self.is_calls |= looked.is_call;
        self.cost = self.cost.plus(looked.cost)?;
        if looked.is_input {
            self.input = self.input.plus(looked.tokens)?;
        } else {
            self.output = self.output.plus(looked.tokens)?;
        }
        if looked.is_cached {
            self.cached = self.cached.plus(looked.tokens)?;
        }
        Ok(())
    }
}

impl Value {
    fn plus(&self, other: &Self) -> ApiResult<Self> {
        Ok(Self {
            events: self.events.saturating_add(other.events),
            tokens: self.tokens.plus(other.tokens)?,
            cost: self.cost.plus(other.cost)?,
        })
    }

    fn minus(&self, other: &Self) -> ApiResult<Self> {
        Ok(Self {
            events: self.events.saturating_sub(other.events),
            tokens: self.tokens.minus(other.tokens)?,
            cost: self.cost.minus(other.cost)?,
        })
    }
}

/// Turns sums into figures by day.
struct Chart<'a> {
    snapshot: &'a Snapshot,
    asked: &'a Asked,
    days: Vec<Date>,
    looking: Looking<'a>,
    /// Number of the day that an instant is in.
    numbers: HashMap<Timestamp, usize>,
}

impl<'a> Chart<'a> {
    fn new(snapshot: &'a Snapshot, asked: &'a Asked) -> Self {
        let days = asked.days.0.iter_days();
        Self {
            snapshot,
            asked,
            days: days.take_while(|day| *day <= asked.days.1).collect(),
            looking: Looking::new(snapshot, asked),
            numbers: HashMap::new(),
        }
    }

    fn empty(&self) -> Vec<Value> {
        let zero = Value {
            events: 0,
            tokens: Quantity::ZERO,
            cost: Amount::zero(self.snapshot.company.currency),
        };
        vec![zero; self.days.len()]
    }

    /// The days of `count` lines; `place` says which one the group of a key is.
    fn lines(
        &mut self,
        customer: Option<&CustomerRef>,
        sums: &[UsageSum],
        count: usize,
        place: impl Fn(&str) -> Option<usize>,
    ) -> ApiResult<Vec<Vec<Value>>> {
        let mut lines = vec![self.empty(); count];
        let mut places: HashMap<*const CallClass, Option<usize>> = HashMap::new();
        for sum in sums {
            let Some((known, looked)) = self.looking.at(sum) else {
                continue;
            };
            let place = *places.entry(Arc::as_ptr(&sum.class)).or_insert_with(|| {
                place(&group_of(self.snapshot, self.asked.group, customer, known).0)
            });
            let number = *self.numbers.entry(sum.at).or_insert_with(|| {
                let day = self.asked.zone.date_of(sum.at);
                let day = day.signed_duration_since(self.asked.days.0).num_days();
                usize::try_from(day).unwrap_or(0)
            });
            let line = place.and_then(|place| lines.get_mut(place));
            if let Some(day) = line.and_then(|line| line.get_mut(number)) {
                *day = day.plus(&looked.value())?;
            }
        }
        Ok(lines)
    }

    fn series(
        &self,
        key: &str,
        name: &str,
        groups: usize,
        days: &[Value],
    ) -> ApiResult<UsageSeries> {
        let measure = self.asked.measure;
        let mut days = days.iter();
        let first = days.next().copied();
        let first = first.ok_or_else(|| ApiError::field("to", "before_start"))?;
        let mut values = vec![text(&first, measure)];
        let mut total = first;
        for day in days {
            total = total.plus(day)?;
            values.push(text(day, measure));
        }
        Ok(UsageSeries {
            key: key.to_owned(),
            name: name.to_owned(),
            groups: Count(u64::try_from(groups).unwrap_or(u64::MAX)),
            values,
            total: shown(&total, measure),
        })
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
