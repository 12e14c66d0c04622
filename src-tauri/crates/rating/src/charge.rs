//! Stage 3: charges become lines. One file per kind of charge and price model; each is a plain
//! function from what was counted to lines.

mod cost_plus;
pub(crate) mod document;
pub(crate) mod graduated;
mod minimum;
mod one_off_fee;
mod per_unit;
mod recurring_fee;
mod sold;

use crate::agreed::Held;
use crate::billing::Billed;
use crate::buckets::Buckets;
use crate::cost_price::CostPrice;
use crate::counter::{Counted, Counter};
use crate::measure::{Measure, Measuring};
use crate::price::{Measured, PriceFault};
use crate::shape::Shape;
use crate::window::Window;
use crate::{AggregatedStep, Explanation, HeldReason, LineItem, MeterReadings, RatedLine};
use crate::{RatingError, RatingInput, ServiceDays, Step, SubscribedPlan};
pub(crate) use document::Prior;
use ratebook_catalog::{Charge, ChargeKind, Dimension, MeterRef, PriceModel};
use ratebook_money::{Amount, Money, MoneyError, Quantity, Rate};

/// The usage of the period, as all charges see it.
pub(crate) struct Usage<'a> {
    pub buckets: &'a Buckets<'a>,
    /// The events of meters that are not counted from sums.
    pub readings: &'a [MeterReadings],
    /// What one unit of each bucket costs; nothing for events that are no model calls.
    pub costs: &'a [Option<Result<CostPrice<'a>, HeldReason>>],
}

/// One charge of one subscription.
#[derive(Clone)]
pub(crate) struct Context<'a> {
    pub input: &'a RatingInput<'a>,
    pub subscribed: &'a SubscribedPlan<'a>,
    pub billed: &'a Billed<'a>,
    pub window: Window,
    pub index: u32,
    pub charge: &'a Charge,
    /// The charge as it holds in the window.
    pub held: Held<'a>,
}

/// What became of one charge; nothing before it is rated.
#[derive(Default)]
pub(crate) struct Outcome {
    pub lines: Vec<RatedLine>,
    /// Buckets that cannot be priced.
    pub held: Vec<(usize, HeldReason)>,
    /// Buckets that are accounted for without a line.
    pub free: Vec<u32>,
    /// What a fixed discount took off the lines.
    pub discount: Option<Amount>,
}

/// What was charged before in the same billing period.
pub(crate) struct Charged {
    /// By earlier versions of the same charge.
    pub prior: Option<Prior>,
    /// For a minimum: by all usage charges of the subscription.
    pub of_usage: Money,
}

/// Rates one charge. `owned` are the buckets whose cost belongs to this charge.
pub(crate) fn rate(
    context: &Context,
    usage: &Usage,
    counted: &[Counted],
    owned: &[bool],
    before: &Charged,
) -> Result<Outcome, RatingError> {
    if context.held.off && !matches!(context.charge.kind, ChargeKind::RecurringFee { .. }) {
        // Not charged, and accounted for.
        let free = counted.iter().map(|one| index(one.bucket));
        return Ok(Outcome {
            free: free.collect::<Result<Vec<u32>, MoneyError>>()?,
            ..Outcome::default()
        });
    }
    match &context.held.charge.kind {
        ChargeKind::RecurringFee { timing, per, .. } => recurring_fee::rate(context, *timing, *per),
        ChargeKind::OneOffFee { amount } => one_off_fee::rate(context, *amount),
        ChargeKind::Minimum { amount } => minimum::rate(context, *amount, before.of_usage),
        ChargeKind::Credit(_) => Ok(Outcome::default()),
        ChargeKind::Usage { meter, price } => {
            if let PriceModel::CostPlus { markup } = price {
                return cost_plus::rate(context, usage, counted, markup.as_ref());
            }
            let counting = Counting::new(context, usage, *meter, price)?;
            let metered = match counting.metered(counted, owned)? {
                Ok(metered) => metered,
                Err(reason) => return Ok(Outcome::held(counted, &reason)),
            };
            let held = metered.unpriced.clone();
            let prior = before.prior.as_ref().map(|prior| (prior, counted));
            let mut outcome = of_usage(context, &counting, metered, prior)?;
            outcome.held.extend(held);
            Ok(outcome)
        }
    }
}

/// Usage under a price of a quantity.
fn of_usage(
    context: &Context,
    counting: &Counting,
    metered: Metered,
    prior: Option<(&Prior, &[Counted])>,
) -> Result<Outcome, RatingError> {
    match counting.price {
        PriceModel::PerUnit { unit_price } => per_unit::rate(context, metered, *unit_price),
        PriceModel::Graduated {
            tiers,
            charge_flat_at_zero,
        } => {
            let prior = prior
                .map(|(prior, _)| counting.earlier(prior))
                .transpose()?;
            let prior = prior.flatten().map(|earlier| earlier.quantity);
            graduated::rate(context, metered, tiers, *charge_flat_at_zero, prior)
        }
        PriceModel::Document { price } => document::rate(context, counting, metered, price, prior),
        PriceModel::CostPlus { .. } => Ok(Outcome::default()),
    }
}

/// How the usage of a charge is counted.
pub(crate) struct Counting<'a> {
    context: &'a Context<'a>,
    usage: &'a Usage<'a>,
    counter: Counter<'a>,
    shape: Shape,
    pub price: &'a PriceModel,
    item: LineItem,
}

/// The quantity of a meter over the window, with all that a line says about it.
pub(crate) struct Metered {
    item: LineItem,
    quantity: Quantity,
    /// As the price looks at it.
    pub measured: Measured,
    events: u64,
    how: Option<AggregatedStep>,
    cost: Option<Amount>,
    buckets: Vec<u32>,
    unpriced: Vec<(usize, HeldReason)>,
}

impl<'a> Counting<'a> {
    fn new(
        context: &'a Context<'a>,
        usage: &'a Usage<'a>,
        meter: MeterRef,
        price: &'a PriceModel,
    ) -> Result<Self, RatingError> {
        let shape = Shape::of(price);
        let counter = Counter::of(context.input, meter, &shape, &context.charge.name)?;
        let (name, unit) = match counter.own() {
            Some(meter) => (meter.name.clone(), meter.unit.clone()),
            None => (String::new(), String::new()),
        };
        Ok(Self {
            context,
            usage,
            counter,
            shape,
            price,
            item: LineItem::Meter { meter, name, unit },
        })
    }

    /// What was counted in some windows; inside, why nothing can be said.
    pub(crate) fn measure(
        &self,
        counted: &[Counted],
        windows: &[Window],
    ) -> Result<Result<Measure, HeldReason>, RatingError> {
        let measuring = Measuring {
            input: self.context.input,
            counter: &self.counter,
            shape: &self.shape,
            price: self.price,
            buckets: &self.usage.buckets.list,
            readings: self.usage.readings,
            windows,
            counted,
        };
        Ok(measuring.measure()?)
    }

    /// What was counted before in the billing period; nothing when that waits.
    pub(crate) fn earlier(&self, prior: &Prior) -> Result<Option<Measure>, RatingError> {
        Ok(self.measure(&prior.counted, &prior.windows)?.ok())
    }

    /// What was counted before and now, together.
    pub(crate) fn total(
        &self,
        prior: &Prior,
        counted: &[Counted],
    ) -> Result<Measured, RatingError> {
        let counted: Vec<Counted> = prior.counted.iter().chain(counted).copied().collect();
        let mut windows = prior.windows.clone();
        windows.push(self.context.window);
        let measure = self.measure(&counted, &windows)?;
        // What waits was found before: each of the two by itself can be measured.
        measure
            .map(|measure| measure.measured)
            .map_err(|_| RatingError::UnknownValue {
                meter: self.context.charge.name.clone(),
            })
    }

    fn metered(
        &self,
        counted: &[Counted],
        owned: &[bool],
    ) -> Result<Result<Metered, HeldReason>, RatingError> {
        let usage = self.usage;
        let measure = match self.measure(counted, &[self.context.window])? {
            Ok(measure) => measure,
            Err(reason) => return Ok(Err(reason)),
        };
        let unpriced = &measure.unpriced;
        let is_priced = |one: &&Counted| !unpriced.iter().any(|(held, _)| *held == one.bucket);
        let (mut requests, mut events) = (0_u64, 0_u64);
        let mut cost = Some(Amount::zero(self.context.input.currency));
        let mut buckets = Vec::with_capacity(counted.len());
        for one in counted.iter().filter(is_priced) {
            let Some(bucket) = usage.buckets.list.get(one.bucket) else {
                continue;
            };
            if bucket.dimension == Dimension::REQUESTS {
                requests = requests.saturating_add(bucket.events);
            } else if one.millionths > 0 {
                events = events.saturating_add(bucket.events);
            }
            if owned.get(one.bucket).copied().unwrap_or(false) {
                cost = add_cost(cost, usage, one.bucket)?;
            }
            buckets.push(index(one.bucket)?);
        }
        let events = if requests > 0 { requests } else { events };
        Ok(Ok(Metered {
            item: self.item.clone(),
            quantity: measure.quantity,
            measured: measure.measured,
            events: measure.events.unwrap_or(events),
            how: measure.how,
            cost,
            buckets,
            unpriced: measure.unpriced,
        }))
    }
}

/// Adds the cost of a bucket; a cost that is not known makes the whole sum unknown.
fn add_cost(
    sum: Option<Amount>,
    usage: &Usage,
    bucket: usize,
) -> Result<Option<Amount>, MoneyError> {
    let (Some(sum), Some(of_bucket)) = (sum, usage.costs.get(bucket)) else {
        return Ok(None);
    };
    match (of_bucket, usage.buckets.list.get(bucket)) {
        (None, _) => Ok(Some(sum)),
        (Some(Ok(cost)), Some(bucket)) => sum.plus(cost.rate.times(bucket.billed()?)?).map(Some),
        (Some(Err(_)), _) | (Some(Ok(_)), None) => Ok(None),
    }
}

impl Metered {
    /// How the quantity came about, and over how many events.
    pub(crate) fn steps(&self) -> Vec<Step> {
        let how = self.how.clone().map(|by| Step::Aggregated { by });
        let quantity = Step::Quantity {
            quantity: self.quantity,
            events: self.events,
        };
        how.into_iter().chain([quantity]).collect()
    }

    /// Without a line its buckets are accounted for as part of nothing that is charged.
    fn without_line(self) -> Outcome {
        Outcome {
            free: self.buckets,
            ..Outcome::default()
        }
    }
}

impl Context<'_> {
    /// An error that names the charge and the quantity.
    pub(crate) fn failed(&self, quantity: Quantity) -> impl Fn(MoneyError) -> RatingError + '_ {
        move |source| RatingError::Amount {
            charge: self.charge.name.clone(),
            quantity: quantity.to_string(),
            source,
        }
    }

    /// An error of the price itself, which names the charge and the quantity.
    pub(crate) fn unpriced(&self, quantity: Quantity, fault: PriceFault) -> RatingError {
        match fault {
            PriceFault::BrokenTiers => RatingError::BrokenTiers {
                charge: self.charge.name.clone(),
            },
            PriceFault::Number(source) => self.failed(quantity)(source),
            source @ (PriceFault::Endless { .. }
            | PriceFault::NoPrice(_)
            | PriceFault::NoLimit(_)
            | PriceFault::Needs(_)) => RatingError::Price {
                charge: self.charge.name.clone(),
                quantity: quantity.to_string(),
                source,
            },
        }
    }

    /// A line of this charge: rounds the exact amount, once.
    pub(crate) fn line(&self, parts: LineParts) -> Result<RatedLine, RatingError> {
        let failed = self.failed(parts.quantity);
        let amount = parts.exact.round().map_err(failed)?;
        let mut line = self.line_of(parts, amount);
        line.explanation.steps.push(Step::Rounding {
            exact: line.exact,
            rounded: amount,
        });
        Ok(line)
    }

    /// A line of this charge with its rounded amount.
    fn line_of(&self, parts: LineParts, amount: Money) -> RatedLine {
        let mut steps = parts.steps;
        if let Some(step) = self.held.step() {
            steps.insert(0, step);
        }
        RatedLine {
            subscription: self.subscribed.subscription.id,
            plan_version: self.subscribed.version.id,
            charge: self.index,
            charge_name: self.charge.name.clone(),
            item: parts.item,
            service: parts.service,
            quantity: parts.quantity,
            unit_price: parts.unit_price,
            tiers: Vec::new(),
            exact: parts.exact,
            share: None,
            amount,
            cost: parts.cost,
            usage: parts.usage,
            explanation: Explanation { steps },
        }
    }
}

/// What a line is made from.
pub(crate) struct LineParts {
    item: LineItem,
    service: ServiceDays,
    quantity: Quantity,
    unit_price: Option<Rate>,
    exact: Amount,
    cost: Option<Amount>,
    usage: Vec<u32>,
    steps: Vec<Step>,
}

fn index(bucket: usize) -> Result<u32, MoneyError> {
    u32::try_from(bucket).map_err(|_| MoneyError::Overflow)
}
