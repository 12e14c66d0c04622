//! Events one by one, for what sums cannot say: the greatest, the last, a level over time, a value
//! that a formula makes, a fee for each event. Only meters that need them have readings; all
//! others are counted from sums.
//!
//! Like sums, readings are folded as far as prices allow before anything else is done, and what is
//! frozen with an invoice is what was folded: folding it again changes nothing.

use crate::agreed::each_usage_price;
use crate::counter::takes;
use crate::instants::{self, Cuts};
use crate::shape::Shape;
use crate::{RatingError, RatingInput, SubscribedPlan};
use ratebook_catalog::{
    Aggregation, Dimension, EventValue, Formula, FormulaCode, Meter, MeterId, MeterRef, Term,
};
use ratebook_money::{Period, Quantity, Timestamp};
use ratebook_usage::CallClass;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::Arc;

/// The places of a quantity.
const PLACES: u32 = 6;

/// An event as the book has it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UsageFact {
    /// When.
    pub at: Timestamp,
    /// Its class.
    pub class: Arc<CallClass>,
    /// What it counts.
    pub quantities: Vec<(Dimension, Quantity)>,
}

/// What one value of a meter's events was, in the order of time; at one time in the order in which
/// the events were stored.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct MeterReadings {
    /// The meter.
    pub meter: MeterId,
    /// The value.
    pub of: EventValue,
    /// The events, or what neighbouring ones come to.
    pub list: Vec<Reading>,
}

/// An event, or several of one stretch of time that count as one: the greatest of them for a
/// maximum, their sum for a sum or an average, and so on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Reading {
    /// When; the first of several, or the one that decides.
    pub at: Timestamp,
    /// The value; absent where the formula gives none that a quantity can hold.
    pub value: Option<Quantity>,
    /// The values that the meter groups by, joined by `/`; empty where it groups by nothing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub group: String,
    /// How many events.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub events: u64,
}

fn one() -> u64 {
    1
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands it over so")]
fn is_one(events: &u64) -> bool {
    *events == 1
}

/// A meter of whose events rating has to see each.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wanted<'a> {
    /// The meter.
    pub meter: &'a Meter,
    /// The values of an event that are looked at.
    values: Vec<EventValue>,
    /// Each event has a price of its own: they cannot be folded.
    single: bool,
}

/// The meters of which the plans need single events; none for most customers.
#[must_use]
pub fn wanted<'a>(subscriptions: &[SubscribedPlan], meters: &'a [Meter]) -> Vec<Wanted<'a>> {
    let mut found: Vec<Wanted<'a>> = Vec::new();
    each_usage_price(subscriptions, |meter, price| {
        let MeterRef::Own(id) = meter else { return };
        let Some(meter) = meters.iter().find(|meter| meter.id == id) else {
            return;
        };
        let shape = Shape::of(price);
        let own = Wanted {
            meter,
            values: values(meter, &shape),
            single: shape.single_events(),
        };
        match found.iter_mut().find(|known| known.meter.id == id) {
            _ if own.values.is_empty() => {}
            None => found.push(own),
            Some(known) => {
                known.single |= own.single;
                let new = own.values.into_iter();
                let new = new.filter(|value| !known.values.contains(value));
                known.values.extend(new.collect::<Vec<_>>());
            }
        }
    });
    found
}

/// The values of single events that a price needs of a meter.
fn values(meter: &Meter, shape: &Shape) -> Vec<EventValue> {
    let looks = looks_at_events(&meter.aggregation);
    let own = meter.aggregation.value().cloned();
    let own = own.filter(|_| looks || shape.single_events());
    let units = shape.units().iter().filter(|_| looks);
    let units = units.map(|(_, unit)| EventValue::Quantity(unit.clone()));
    own.into_iter().chain(units).collect()
}

/// Whether the quantity cannot be computed from sums.
pub(crate) fn looks_at_events(aggregation: &Aggregation) -> bool {
    match aggregation {
        Aggregation::Count | Aggregation::UniqueCount { .. } => false,
        Aggregation::Sum(value) => match value {
            EventValue::Quantity(_) => false,
            EventValue::Formula(_) => true,
        },
        Aggregation::Max(_)
        | Aggregation::Min(_)
        | Aggregation::Average(_)
        | Aggregation::Latest(_)
        | Aggregation::WeightedSum(_) => true,
    }
}

impl<'a> Wanted<'a> {
    /// What the quantity of a meter by itself needs; nothing where sums are enough.
    #[must_use]
    pub fn of(meter: &'a Meter) -> Option<Self> {
        let values = values(meter, &Shape::Whole);
        (!values.is_empty()).then_some(Self {
            meter,
            values,
            single: false,
        })
    }

    /// Whether events of a class are counted.
    #[must_use]
    pub fn takes(&self, class: &CallClass) -> bool {
        takes(self.meter, class)
    }

    /// The group that events of a class belong to.
    #[must_use]
    pub fn group(&self, class: &CallClass) -> String {
        group_of(self.meter, class)
    }

    /// Whether the last event of each group before the period counts too: its level still holds.
    #[must_use]
    pub fn goes_on(&self) -> bool {
        matches!(self.meter.aggregation, Aggregation::WeightedSum(_))
    }

    /// The readings of events, in their order.
    #[must_use]
    pub fn read(&self, events: &[UsageFact]) -> Vec<MeterReadings> {
        let values = self.values.iter();
        let mut found: Vec<MeterReadings> = values
            .map(|value| MeterReadings {
                meter: self.meter.id,
                of: value.clone(),
                list: Vec::new(),
            })
            .collect();
        let mut groups: HashMap<*const CallClass, Option<String>> = HashMap::new();
        for event in events {
            let class = event.class.as_ref();
            let group = groups.entry(class).or_insert_with(|| {
                let takes = self.takes(class);
                takes.then(|| self.group(class))
            });
            let Some(group) = group else { continue };
            for readings in &mut found {
                if let Some(value) = value_of(&readings.of, &event.quantities) {
                    readings.list.push(Reading {
                        at: event.at,
                        value,
                        group: group.clone(),
                        events: 1,
                    });
                }
            }
        }
        found
    }
}

/// The value of an event: nothing when it is not looked at, and nothing in it when it has none that
/// a quantity can hold.
fn value_of(of: &EventValue, quantities: &[(Dimension, Quantity)]) -> Option<Option<Quantity>> {
    let find = |wanted: &Dimension| {
        let mut known = quantities.iter();
        known.find(|(dimension, _)| dimension == wanted)
    };
    match of {
        EventValue::Quantity(dimension) => find(dimension).map(|(_, quantity)| Some(*quantity)),
        EventValue::Formula(formula) => {
            let named = |name: &str| find(&Dimension::from(name.to_owned()));
            let names = formula.names();
            if !names.iter().any(|name| named(name).is_some()) {
                return None;
            }
            Some(computed(formula, |name| {
                named(name).map(|(_, quantity)| quantity.value())
            }))
        }
    }
}

/// What a formula makes of the quantities of an event; those that it does not have are zero.
fn computed(formula: &Formula, value: impl Fn(&str) -> Option<Decimal>) -> Option<Quantity> {
    let mut lookup = |term: Term<'_>| match term {
        Term::Name(name) => Ok(value(name).unwrap_or(Decimal::ZERO)),
        Term::Row(_) => Err(FormulaCode::UnknownName),
    };
    let value = formula.evaluate(PLACES, &mut lookup).ok()?;
    Quantity::new(value).ok()
}

/// The values that a meter groups by, joined by `/`; a dimension that is not there is empty.
pub(crate) fn group_of(meter: &Meter, class: &CallClass) -> String {
    let values = meter.group_by.iter();
    let values = values.map(|key| dimension_of(class, key).unwrap_or(""));
    values.collect::<Vec<_>>().join("/")
}

/// A dimension of an event; `provider` and `model` are its own where it has no such dimension.
pub(crate) fn dimension_of<'c>(class: &'c CallClass, key: &str) -> Option<&'c str> {
    let own = match key {
        "provider" => Some(class.provider.as_str()),
        "model" => Some(class.model.as_str()),
        _ => None,
    };
    let given = class.dims.get(key).map(String::as_str);
    given.or(own.filter(|own| !own.is_empty()))
}

/// Stage 1 for readings: those that the plans need, folded as far as prices allow.
pub(crate) fn gather(input: &RatingInput) -> Result<Vec<MeterReadings>, RatingError> {
    let wanted = wanted(input.subscriptions, input.meters);
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let span = instants::span(input)?;
    let mut cells = instants::of_terms(input, span)?;
    cells.extend(Cuts::of(input, span)?.all());
    fold(&wanted, input.readings, span, &instants::sorted(cells))
}

/// Folds the readings that the plans need. `cells` are the sorted instants that no reading may
/// span; before `span` only levels that go on are kept, after it nothing.
fn fold(
    wanted: &[Wanted],
    readings: &[MeterReadings],
    span: Period,
    cells: &[Timestamp],
) -> Result<Vec<MeterReadings>, RatingError> {
    let mut found = Vec::new();
    for own in wanted {
        for value in &own.values {
            let same = |known: &&MeterReadings| {
                known.meter == own.meter.id && known.of == *value && !known.list.is_empty()
            };
            if let Some(known) = readings.iter().find(same) {
                let list = Folding::new(own, span, cells).all(&known.list)?;
                found.push(MeterReadings {
                    meter: known.meter,
                    of: value.clone(),
                    list,
                });
            }
        }
    }
    found.retain(|readings| !readings.list.is_empty());
    Ok(found)
}

/// One list being folded.
struct Folding<'w> {
    wanted: &'w Wanted<'w>,
    span: Period,
    cells: &'w [Timestamp],
    list: Vec<Reading>,
    /// Where the last reading of each group stands.
    last: HashMap<String, usize>,
}

impl<'w> Folding<'w> {
    fn new(wanted: &'w Wanted<'w>, span: Period, cells: &'w [Timestamp]) -> Self {
        Self {
            wanted,
            span,
            cells,
            list: Vec::new(),
            last: HashMap::new(),
        }
    }

    fn all(mut self, readings: &[Reading]) -> Result<Vec<Reading>, RatingError> {
        let mut sorted: Vec<&Reading> = readings.iter().collect();
        sorted.sort_by_key(|reading| reading.at);
        for reading in sorted {
            self.add(reading)?;
        }
        // One that decides may be later than others that came after it in the list.
        self.list.sort_by_key(|reading| reading.at);
        Ok(self.list)
    }

    fn add(&mut self, reading: &Reading) -> Result<(), RatingError> {
        let is_early = reading.at < self.span.from;
        if reading.at >= self.span.to || (is_early && !self.wanted.goes_on()) {
            return Ok(());
        }
        let place = self.last.get(&reading.group).copied();
        let known = place.and_then(|place| self.list.get_mut(place));
        let same_cell = |known: &Reading| {
            let cell = |at: Timestamp| self.cells.partition_point(|start| *start <= at);
            (is_early || known.at >= self.span.from) && cell(known.at) == cell(reading.at)
        };
        if let Some(known) = known.filter(|known| same_cell(known) || is_early) {
            if is_early {
                *known = reading.clone();
                return Ok(());
            }
            if !self.wanted.single && join(&self.wanted.meter.aggregation, known, reading)? {
                return Ok(());
            }
        }
        self.last.insert(reading.group.clone(), self.list.len());
        self.list.push(reading.clone());
        Ok(())
    }
}

/// Joins a reading to the one before it of the same stretch and group; says whether it could.
fn join(
    aggregation: &Aggregation,
    known: &mut Reading,
    next: &Reading,
) -> Result<bool, RatingError> {
    let (Some(value), Some(other)) = (known.value, next.value) else {
        return Ok(false);
    };
    let decides = match aggregation {
        Aggregation::Max(_) => other > value,
        Aggregation::Min(_) => other < value,
        Aggregation::Latest(_) => true,
        // A level that is said again changes nothing; at one instant the last one holds.
        Aggregation::WeightedSum(_) if other == value => false,
        Aggregation::WeightedSum(_) if known.at == next.at => true,
        Aggregation::WeightedSum(_) => return Ok(false),
        Aggregation::Sum(_) | Aggregation::Average(_) => {
            known.value = Some(value.plus(other)?);
            false
        }
        Aggregation::Count | Aggregation::UniqueCount { .. } => return Ok(false),
    };
    if decides {
        known.at = next.at;
        known.value = next.value;
    }
    known.events = known.events.saturating_add(next.events);
    Ok(true)
}

#[cfg(test)]
mod tests;
