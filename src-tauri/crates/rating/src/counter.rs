use crate::buckets::{self, Buckets, millionths};
use crate::cost_price::{self, CostPrice};
use crate::measure::Measuring;
use crate::shape::Shape;
use crate::window::Window;
use crate::{HeldReason, RatingError, RatingInput, UsageBucket};
use ratebook_catalog::{
    Aggregation, BuiltInMeter, Dimension, EventValue, Meter, MeterRef, PriceModel,
};
use ratebook_money::{Amount, MoneyError, Quantity};
use ratebook_usage::{CallClass, MODEL_CALL};
use rust_decimal::Decimal;
use std::sync::Arc;

/// What a charge counts.
#[derive(Clone, Debug)]
pub(crate) enum Counter<'a> {
    BuiltIn(BuiltInMeter),
    Own {
        meter: &'a Meter,
        /// The quantities of events that are looked at; nothing where the events are counted.
        looked_at: Option<Vec<Dimension>>,
    },
}

/// A bucket that a charge accounts for, and how much of it is counted: all, or nothing where the
/// bucket only belongs to what is counted (the tokens of counted calls).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Counted {
    pub bucket: usize,
    pub millionths: i128,
}

/// What a customer used of a meter in a period.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MeterUse {
    /// How much.
    pub quantity: Quantity,
    /// What the providers charge for what was counted, in the currency of the input; absent when
    /// no provider charges for such events, or when one of the prices is not known.
    pub cost: Option<Amount>,
}

/// What a customer used of a meter in a period, whatever charges there are.
///
/// # Errors
/// [`RatingError::UnknownMeter`]; [`RatingError::UnknownValue`] when a formula has no value for an
/// event; [`RatingError::Number`] when a sum does not fit.
pub fn measured(input: &RatingInput, meter: MeterRef) -> Result<MeterUse, RatingError> {
    let buckets = buckets::gather(input)?;
    let counter = Counter::of(input, meter, &Shape::Whole, "")?;
    let window = Window::month(input);
    let counted = counter.count(&buckets.list, &window)?;
    let costs = cost_price::price(input, &buckets);
    let price = PriceModel::PerUnit {
        unit_price: Decimal::ZERO,
    };
    let measuring = Measuring {
        input,
        counter: &counter,
        shape: &Shape::Whole,
        price: &price,
        buckets: &buckets.list,
        readings: input.readings,
        windows: &[window],
        counted: &counted,
    };
    match measuring.measure()? {
        Ok(found) => Ok(MeterUse {
            quantity: found.quantity,
            cost: cost_of(&counted, &buckets, &costs)?,
        }),
        Err(_) => Err(RatingError::UnknownValue {
            meter: counter
                .own()
                .map_or_else(String::new, |own| own.name.clone()),
        }),
    }
}

fn cost_of(
    counted: &[Counted],
    buckets: &Buckets,
    costs: &[Option<Result<CostPrice, HeldReason>>],
) -> Result<Option<Amount>, MoneyError> {
    let mut sum: Option<Amount> = None;
    for one in counted {
        let (Some(Some(cost)), Some(bucket)) =
            (costs.get(one.bucket), buckets.list.get(one.bucket))
        else {
            continue;
        };
        let Ok(cost) = cost else { return Ok(None) };
        let own = cost.rate.times(bucket.billed()?)?;
        sum = Some(sum.map_or(Ok(own), |sum| sum.plus(own))?);
    }
    Ok(sum)
}

impl<'a> Counter<'a> {
    pub(crate) fn of(
        input: &RatingInput<'a>,
        meter: MeterRef,
        shape: &Shape,
        charge: &str,
    ) -> Result<Self, RatingError> {
        let id = match meter {
            MeterRef::BuiltIn(meter) => return Ok(Self::BuiltIn(meter)),
            MeterRef::Own(id) => id,
        };
        let meter = input.meters.iter().find(|meter| meter.id == id);
        let meter = meter.ok_or_else(|| RatingError::UnknownMeter {
            charge: charge.to_owned(),
            meter: id,
        })?;
        let named = meter.aggregation.value().map(|value| match value {
            EventValue::Quantity(quantity) => vec![quantity.clone()],
            EventValue::Formula(formula) => {
                let names = formula.names().into_iter();
                names.map(|name| Dimension::from(name.to_owned())).collect()
            }
        });
        let units = shape.units().iter().map(|(_, unit)| unit.clone());
        let looked_at = named.map(|named| named.into_iter().chain(units).collect());
        Ok(Self::Own { meter, looked_at })
    }

    /// The meter of one's own.
    pub(crate) fn own(&self) -> Option<&'a Meter> {
        match self {
            Self::BuiltIn(_) => None,
            Self::Own { meter, .. } => Some(meter),
        }
    }

    /// What the charge accounts for in its window.
    pub(crate) fn count(
        &self,
        buckets: &[UsageBucket],
        window: &Window,
    ) -> Result<Vec<Counted>, MoneyError> {
        let mut counted = Vec::new();
        let mut offset = 0_usize;
        for class in buckets.chunk_by(|a, b| same_class(&a.class, &b.class)) {
            let start = offset;
            offset = offset.saturating_add(class.len());
            let takes = class
                .first()
                .is_some_and(|bucket| self.takes(&bucket.class));
            if !takes {
                continue;
            }
            for (index, bucket) in (start..).zip(class) {
                if window.contains(bucket.from) && self.covers(&bucket.dimension) {
                    let millionths = self.amount(bucket, class)?;
                    counted.push(Counted {
                        bucket: index,
                        millionths,
                    });
                }
            }
        }
        Ok(counted)
    }

    /// Whether events of this class are looked at.
    pub(crate) fn takes(&self, class: &CallClass) -> bool {
        match self {
            Self::BuiltIn(_) => class.event_name == MODEL_CALL,
            Self::Own { meter, .. } => takes(meter, class),
        }
    }

    /// How much of a bucket weighs where its part of an amount is asked: what was counted, and
    /// where no sum of buckets is counted, how many events.
    pub(crate) fn weights(
        &self,
        buckets: &[UsageBucket],
        window: &Window,
    ) -> Result<Vec<Counted>, MoneyError> {
        let Some(meter) = self.own() else {
            return self.count(buckets, window);
        };
        match &meter.aggregation {
            Aggregation::Count | Aggregation::Sum(EventValue::Quantity(_)) => {
                self.count(buckets, window)
            }
            Aggregation::Sum(EventValue::Formula(_))
            | Aggregation::Max(_)
            | Aggregation::Min(_)
            | Aggregation::Average(_)
            | Aggregation::Latest(_)
            | Aggregation::WeightedSum(_)
            | Aggregation::UniqueCount { .. } => {
                let mut counted = self.count(buckets, window)?;
                for one in &mut counted {
                    let events = buckets.get(one.bucket).map_or(0, |bucket| bucket.events);
                    one.millionths = i128::from(events);
                }
                Ok(counted)
            }
        }
    }

    /// Whether the charge pays for a quantity of such an event. Every event carries `requests`:
    /// that one belongs to whatever else is counted.
    fn covers(&self, dimension: &Dimension) -> bool {
        *dimension == Dimension::REQUESTS
            || match self {
                Self::BuiltIn(BuiltInMeter::ModelCalls) => true,
                Self::BuiltIn(BuiltInMeter::InputTokens) => dimension.is_input_tokens(),
                Self::BuiltIn(BuiltInMeter::OutputTokens) => is_output(dimension),
                Self::BuiltIn(BuiltInMeter::TotalTokens) => dimension.is_tokens(),
                Self::Own { looked_at, .. } => {
                    let all = looked_at.as_ref();
                    all.is_none_or(|looked_at| looked_at.contains(dimension))
                }
            }
    }

    fn amount(&self, bucket: &UsageBucket, class: &[UsageBucket]) -> Result<i128, MoneyError> {
        let whole = || millionths(bucket.quantity);
        let is_requests = bucket.dimension == Dimension::REQUESTS;
        match self {
            Self::BuiltIn(BuiltInMeter::ModelCalls) if is_requests => whole(),
            Self::BuiltIn(BuiltInMeter::ModelCalls) => Ok(0),
            Self::BuiltIn(
                BuiltInMeter::InputTokens | BuiltInMeter::OutputTokens | BuiltInMeter::TotalTokens,
            ) if is_requests => Ok(0),
            Self::BuiltIn(
                BuiltInMeter::InputTokens | BuiltInMeter::OutputTokens | BuiltInMeter::TotalTokens,
            ) => whole(),
            Self::Own { meter, .. } => match &meter.aggregation {
                Aggregation::Count if is_requests => whole(),
                Aggregation::Count => Ok(events_without_requests(bucket, class)),
                Aggregation::Sum(EventValue::Quantity(quantity))
                    if *quantity == bucket.dimension =>
                {
                    whole()
                }
                Aggregation::Sum(_)
                | Aggregation::Max(_)
                | Aggregation::Min(_)
                | Aggregation::Average(_)
                | Aggregation::Latest(_)
                | Aggregation::WeightedSum(_)
                | Aggregation::UniqueCount { .. } => Ok(0),
            },
        }
    }
}

/// Whether a meter counts events of a class.
pub(crate) fn takes(meter: &Meter, class: &CallClass) -> bool {
    class.event_name == meter.event_name
        && meter.filters.iter().all(|filter| {
            let value = class.dims.get(&filter.key);
            value.is_some_and(|value| filter.any_of.contains(value))
        })
}

/// Events of sources that give no `requests`: counted once, by the dimension that most of them
/// carry.
fn events_without_requests(bucket: &UsageBucket, class: &[UsageBucket]) -> i128 {
    let mut same_time = class.iter().filter(|other| other.from == bucket.from);
    let stands_in = same_time.all(|other| {
        let before = other.dimension < bucket.dimension;
        other.dimension != Dimension::REQUESTS
            && (other.events < bucket.events || (other.events == bucket.events && !before))
    });
    if stands_in {
        i128::from(bucket.events).saturating_mul(1_000_000)
    } else {
        0
    }
}

fn is_output(dimension: &Dimension) -> bool {
    dimension.is_tokens()
        && !dimension.is_input_tokens()
        && *dimension != Dimension::TOTAL_UNSPECIFIED
}

pub(crate) fn same_class(a: &Arc<CallClass>, b: &Arc<CallClass>) -> bool {
    Arc::ptr_eq(a, b) || a == b
}
