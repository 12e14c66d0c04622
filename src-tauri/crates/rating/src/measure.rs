//! What a charge measured in its window: one number for most, parts, events or several quantities
//! where the price looks at them.

mod aggregate;
mod parts;

use crate::buckets::quantity;
use crate::counter::{Counted, Counter};
use crate::price::{Measured, PricedEvent, Quotient, Units};
use crate::readings::{MeterReadings, Reading, looks_at_events};
use crate::shape::Shape;
use crate::window::Window;
use crate::{AggregatedStep, HeldReason, RatingInput, UsageBucket};
use aggregate::{aggregate, events};
use ratebook_catalog::{Aggregation, EventValue, Meter, PriceModel};
use ratebook_money::{MoneyError, Period, Quantity};

/// What of a customer's usage a charge looks at.
pub(crate) struct Measuring<'a> {
    pub input: &'a RatingInput<'a>,
    pub counter: &'a Counter<'a>,
    pub shape: &'a Shape,
    pub price: &'a PriceModel,
    pub buckets: &'a [UsageBucket],
    pub readings: &'a [MeterReadings],
    /// The windows of one billing period, in order; several only where quantities add up.
    pub windows: &'a [Window],
    /// What was counted in them.
    pub counted: &'a [Counted],
}

/// What was measured.
pub(crate) struct Measure {
    /// As the price looks at it.
    pub measured: Measured,
    /// On the line.
    pub quantity: Quantity,
    /// Over how many events; nothing where the buckets say it.
    pub events: Option<u64>,
    /// How the quantity came about; nothing for a sum of buckets.
    pub how: Option<AggregatedStep>,
    /// Buckets that the price has no price for.
    pub unpriced: Vec<(usize, HeldReason)>,
}

/// A number as it was measured.
#[derive(Clone, Copy)]
pub(super) enum Value {
    /// So many 10⁻⁶.
    Millionths(i128),
    Quotient(Quotient),
}

/// What a piece of usage came to.
pub(super) struct Tally {
    pub value: Value,
    pub events: Option<u64>,
    pub how: Option<AggregatedStep>,
}

/// Some of the usage: all of it, a part, a group.
pub(super) struct Piece<'p> {
    pub spans: &'p [Period],
    /// What levels over time are divided by: the whole billing period, or the whole part.
    pub whole: Period,
    pub counted: &'p [Counted],
    /// In the order of time; those before the spans say which level holds at their start.
    pub readings: &'p [&'p Reading],
}

impl Value {
    /// As the price looks at it.
    fn measured(self) -> Result<Measured, MoneyError> {
        Ok(match self {
            Self::Millionths(sum) => Measured::Quantity(Units::millionths(sum)?),
            Self::Quotient(quotient) => Measured::Quotient(quotient),
        })
    }

    /// With the six places of a quantity.
    pub fn millionths(self) -> Result<i128, MoneyError> {
        match self {
            Self::Millionths(sum) => Ok(sum),
            Self::Quotient(quotient) => quotient.nearest()?.to_millionths(),
        }
    }
}

impl Measuring<'_> {
    /// What was measured.
    ///
    /// # Errors
    /// [`MoneyError`] when a number does not fit; inside, why nothing can be said.
    pub fn measure(&self) -> Result<Result<Measure, HeldReason>, MoneyError> {
        if *self.shape == Shape::Whole && !self.looks_beyond_sums() {
            return self.sum_of_buckets().map(Ok);
        }
        let spans = self.spans();
        let list = self.own_readings();
        let all: Vec<&Reading> = list.iter().collect();
        let whole = self.whole()?;
        let piece = Piece {
            spans: &spans,
            whole,
            counted: self.counted,
            readings: &all,
        };
        for list in self.looked_at() {
            if aggregate::is_unknown(list, &spans, self.goes_on()) {
                let meter = self.counter.own().map_or("", |meter| meter.name.as_str());
                let meter = meter.to_owned();
                return Ok(Err(HeldReason::NoValue { meter }));
            }
        }
        Ok(Ok(match self.shape {
            Shape::Whole => self.one(&piece)?,
            Shape::Events => self.each(&piece)?,
            Shape::Parts { per, events } => parts::measure(self, *per, *events, &piece)?,
            Shape::Capacity(_) => self.capacity(&piece)?,
        }))
    }

    /// The sum of what was counted: all that nearly every charge needs.
    fn sum_of_buckets(&self) -> Result<Measure, MoneyError> {
        let mut parts = self.counted.iter().map(|one| one.millionths);
        let sum = parts.try_fold(0_i128, i128::checked_add);
        let sum = sum.ok_or(MoneyError::Overflow)?;
        Ok(Measure {
            measured: Measured::Quantity(Units::millionths(sum)?),
            quantity: quantity(sum)?,
            events: None,
            how: None,
            unpriced: Vec::new(),
        })
    }

    /// Whether the quantity is more than the sum of what was counted.
    fn looks_beyond_sums(&self) -> bool {
        let own = self.counter.own();
        own.is_some_and(|meter| {
            matches!(meter.aggregation, Aggregation::UniqueCount { .. })
                || looks_at_events(&meter.aggregation)
        })
    }

    /// One number.
    fn one(&self, piece: &Piece) -> Result<Measure, MoneyError> {
        let tally = self.tally(None, piece)?;
        let value = tally.as_ref().map_or(Value::Millionths(0), |own| own.value);
        let looks = self.looks_at_events();
        Ok(Measure {
            measured: value.measured()?,
            quantity: quantity(value.millionths()?)?,
            events: match &tally {
                Some(tally) => tally.events,
                None => looks.then_some(0),
            },
            how: tally.and_then(|own| own.how),
            unpriced: Vec::new(),
        })
    }

    /// Each event.
    fn each(&self, piece: &Piece) -> Result<Measure, MoneyError> {
        let events = events(piece)?;
        let sum = events
            .iter()
            .try_fold(Units::ZERO, |sum, event| sum.plus(event.quantity))?;
        let count = u64::try_from(events.len()).map_err(|_| MoneyError::Overflow)?;
        Ok(Measure {
            measured: Measured::Events(events),
            quantity: quantity(sum.to_millionths()?)?,
            events: Some(count),
            how: None,
            unpriced: Vec::new(),
        })
    }

    /// Several quantities, each counted as the meter counts; the line says the meter's own.
    fn capacity(&self, piece: &Piece) -> Result<Measure, MoneyError> {
        let own = self.one(piece)?;
        let mut units = std::collections::BTreeMap::new();
        for (name, unit) in self.shape.units() {
            let of = EventValue::Quantity(unit.clone());
            let readings: Vec<&Reading> = self.readings_of(&of).iter().collect();
            let piece = Piece {
                readings: &readings,
                ..*piece
            };
            let tally = self.tally(Some(&of), &piece)?;
            let value = tally.map_or(Value::Millionths(0), |own| own.value);
            units.insert(name.clone(), Units::millionths(value.millionths()?)?);
        }
        Ok(Measure {
            measured: Measured::Capacity(units),
            ..own
        })
    }

    /// What a piece comes to; nothing when nothing was counted in it. `of` is a value to look at
    /// instead of the meter's own.
    pub(super) fn tally(
        &self,
        of: Option<&EventValue>,
        piece: &Piece,
    ) -> Result<Option<Tally>, MoneyError> {
        match self.counter.own() {
            Some(meter) if looks_at_events(&meter.aggregation) => {
                aggregate(&meter.aggregation, piece)
            }
            Some(meter) => match &meter.aggregation {
                Aggregation::UniqueCount { key } => self.unique(key, piece),
                Aggregation::Count
                | Aggregation::Sum(_)
                | Aggregation::Max(_)
                | Aggregation::Min(_)
                | Aggregation::Average(_)
                | Aggregation::Latest(_)
                | Aggregation::WeightedSum(_) => self.sum(of, piece),
            },
            None => self.sum(of, piece),
        }
    }

    fn sum(&self, of: Option<&EventValue>, piece: &Piece) -> Result<Option<Tally>, MoneyError> {
        let mut sum = 0_i128;
        let mut any = false;
        for one in piece.counted {
            let counted = match (of, self.buckets.get(one.bucket)) {
                (Some(EventValue::Quantity(unit)), Some(bucket)) if bucket.dimension == *unit => {
                    crate::buckets::millionths(bucket.quantity)?
                }
                (Some(_), _) => 0,
                (None, _) => one.millionths,
            };
            any |= counted != 0;
            sum = sum.checked_add(counted).ok_or(MoneyError::Overflow)?;
        }
        Ok(any.then_some(Tally {
            value: Value::Millionths(sum),
            events: None,
            how: None,
        }))
    }

    /// How many different values a dimension has.
    fn unique(&self, key: &str, piece: &Piece) -> Result<Option<Tally>, MoneyError> {
        let buckets = piece.counted.iter();
        let buckets = buckets.filter_map(|one| self.buckets.get(one.bucket));
        let values = buckets.filter_map(|bucket| {
            let value = crate::readings::dimension_of(&bucket.class, key);
            value.filter(|_| bucket.events > 0)
        });
        let values: std::collections::BTreeSet<&str> = values.collect();
        if values.is_empty() {
            return Ok(None);
        }
        let count = i128::try_from(values.len()).map_err(|_| MoneyError::Overflow)?;
        Ok(Some(Tally {
            value: Value::Millionths(count.checked_mul(1_000_000).ok_or(MoneyError::Overflow)?),
            events: None,
            how: Some(AggregatedStep::UniqueCount {
                key: key.to_owned(),
            }),
        }))
    }

    pub(super) fn meter(&self) -> Option<&Meter> {
        self.counter.own()
    }

    pub(super) fn looks_at_events(&self) -> bool {
        let own = self.counter.own();
        own.is_some_and(|meter| looks_at_events(&meter.aggregation))
    }

    fn goes_on(&self) -> bool {
        let own = self.counter.own().map(|meter| &meter.aggregation);
        matches!(own, Some(Aggregation::WeightedSum(_)))
    }

    fn spans(&self) -> Vec<Period> {
        let windows = self.windows.iter();
        let spans = windows.map(|window| Period {
            from: window.from,
            to: window.to,
        });
        spans.collect()
    }

    /// The whole billing period: what a level over time is divided by, so that the parts of a
    /// period add up. Others look at no length.
    fn whole(&self) -> Result<Period, MoneyError> {
        match self.windows.last().filter(|_| self.goes_on()) {
            Some(window) => {
                let days = window.whole;
                self.input.zone.days(days.first, days.last)
            }
            None => Ok(self.input.period),
        }
    }

    /// The readings of the meter's own value.
    fn own_readings(&self) -> &[Reading] {
        let own = self.counter.own();
        let value = own.and_then(|meter| meter.aggregation.value());
        value.map_or(&[], |value| self.readings_of(value))
    }

    fn readings_of(&self, value: &EventValue) -> &[Reading] {
        let own = self.counter.own();
        let same = |known: &&MeterReadings| {
            own.is_some_and(|meter| meter.id == known.meter) && known.of == *value
        };
        let found = self.readings.iter().find(same);
        found.map_or(&[], |found| found.list.as_slice())
    }

    /// All lists of readings that the price looks at.
    fn looked_at(&self) -> Vec<&[Reading]> {
        let own = self.looks_at_events() || self.shape.single_events();
        let own = own.then(|| self.own_readings());
        let units = self.shape.units().iter();
        let units = units.map(|(_, unit)| self.readings_of(&EventValue::Quantity(unit.clone())));
        own.into_iter().chain(units).collect()
    }
}

/// An event as a price looks at it: its value is what was used, or the money that it carries.
pub(super) fn priced(value: Quantity) -> Result<PricedEvent, MoneyError> {
    let units = Units::new(value.value())?;
    Ok(PricedEvent {
        quantity: units,
        amount: units,
    })
}
