use crate::buckets::{self, Buckets, millionths};
use crate::cost_price::{self, CostPrice};
use crate::window::Window;
use crate::{HeldReason, RatingError, RatingInput, UsageBucket};
use ratebook_catalog::{Aggregation, BuiltInMeter, Dimension, EventValue, Meter, MeterRef};
use ratebook_money::{Amount, MoneyError, Quantity};
use ratebook_usage::{CallClass, MODEL_CALL};
use std::sync::Arc;

/// What a charge counts.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Counter<'a> {
    BuiltIn(BuiltInMeter),
    Own(&'a Meter),
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
/// [`RatingError::UnknownMeter`]; [`RatingError::Number`] when a sum does not fit.
pub fn measured(input: &RatingInput, meter: MeterRef) -> Result<MeterUse, RatingError> {
    let buckets = buckets::gather(input)?;
    let counter = Counter::of(input, meter, "")?;
    let counted = counter.count(&buckets.list, &Window::month(input))?;
    let mut parts = counted.iter().map(|one| one.millionths);
    let sum = parts.try_fold(0_i128, i128::checked_add);
    let costs = cost_price::price(input, &buckets);
    Ok(MeterUse {
        quantity: buckets::quantity(sum.ok_or(MoneyError::Overflow)?)?,
        cost: cost_of(&counted, &buckets, &costs)?,
    })
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
        let own = cost.rate.times(bucket.quantity)?;
        sum = Some(sum.map_or(Ok(own), |sum| sum.plus(own))?);
    }
    Ok(sum)
}

impl<'a> Counter<'a> {
    pub(crate) fn of(
        input: &RatingInput<'a>,
        meter: MeterRef,
        charge: &str,
    ) -> Result<Self, RatingError> {
        match meter {
            MeterRef::BuiltIn(meter) => Ok(Self::BuiltIn(meter)),
            MeterRef::Own(id) => {
                let meter = input.meters.iter().find(|meter| meter.id == id);
                let meter = meter.ok_or_else(|| RatingError::UnknownMeter {
                    charge: charge.to_owned(),
                    meter: id,
                })?;
                match &meter.aggregation {
                    Aggregation::Count | Aggregation::Sum(EventValue::Quantity(_)) => {
                        Ok(Self::Own(meter))
                    }
                    Aggregation::Sum(EventValue::Formula(_))
                    | Aggregation::Max(_)
                    | Aggregation::Min(_)
                    | Aggregation::Average(_)
                    | Aggregation::Latest(_)
                    | Aggregation::WeightedSum(_)
                    | Aggregation::UniqueCount { .. } => Err(RatingError::NotCounted {
                        charge: charge.to_owned(),
                        meter: meter.name.clone(),
                    }),
                }
            }
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
    fn takes(&self, class: &CallClass) -> bool {
        match self {
            Self::BuiltIn(_) => class.event_name == MODEL_CALL,
            Self::Own(meter) => {
                class.event_name == meter.event_name
                    && meter.filters.iter().all(|filter| {
                        let value = class.dims.get(&filter.key);
                        value.is_some_and(|value| filter.any_of.contains(value))
                    })
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
                Self::Own(meter) => match meter.aggregation.value() {
                    None => true,
                    Some(EventValue::Quantity(quantity)) => quantity == dimension,
                    Some(EventValue::Formula(_)) => false,
                },
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
            Self::Own(meter) => match &meter.aggregation {
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
