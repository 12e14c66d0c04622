use crate::agreed::{self, Held};
use crate::billing::Billed;
use crate::charge::{self, Charged, Context, Outcome, Prior, Usage};
use crate::counter::{Counted, Counter};
use crate::shape::Shape;
use crate::window::{Window, period_days};
use crate::{HeldReason, Rated, RatingError, RatingInput, ServiceDays};
use crate::{buckets, cost_price, credits, readings, settle};
use ratebook_catalog::{Charge, ChargeKind, MeterRef, PriceModel};
use ratebook_money::{Amount, Money, MoneyError};

/// One charge of one subscription with what it counts, in one billing period.
pub(crate) struct Job<'a> {
    pub context: Context<'a>,
    pub counted: Vec<Counted>,
}

impl Job<'_> {
    /// Whether an earlier invoice has billed it: what it counted only says where tiers go on.
    pub(crate) fn is_before(&self) -> bool {
        let context = &self.context;
        let is_usage = matches!(context.charge.kind, ChargeKind::Usage { .. });
        is_usage && !context.subscribed.standing.is_billed()
    }
}

/// Rates one customer's month: the stages that the top of this crate names.
///
/// # Errors
/// [`RatingError`]; another customer is not affected.
pub fn rate(input: &RatingInput) -> Result<Rated, RatingError> {
    let buckets = buckets::gather(input)?;
    let readings = readings::gather(input)?;
    let costs = cost_price::price(input, &buckets);
    let usage = Usage {
        buckets: &buckets,
        readings: &readings,
        costs: &costs,
    };
    let billed = input.subscriptions.iter();
    let billed = billed.map(|subscribed| Billed::of(input, subscribed));
    let billed = billed.collect::<Result<Vec<Billed>, MoneyError>>()?;
    let jobs = jobs(input, &billed, &usage)?;
    let owners = owners(&jobs, buckets.list.len());
    let mut outcomes: Vec<Outcome> = jobs.iter().map(|_| Outcome::default()).collect();
    // In the order of time: a later version of a charge goes on from what the earlier charged.
    // Minimums come last, as they look at what all others charged.
    let mut order: Vec<usize> = (0..jobs.len()).collect();
    order.sort_by_key(|index| {
        let job = jobs.get(*index);
        job.map(|job| (is_minimum(job), job.context.window.from))
    });
    for index in order {
        let Some(job) = jobs.get(index) else { continue };
        let owned: Vec<bool> = owners.iter().map(|owner| *owner == Some(index)).collect();
        let before = Charged {
            prior: prior(&jobs, &outcomes, job)?,
            of_usage: of_usage(&jobs, &outcomes, job)?,
        };
        let outcome = charge::rate(&job.context, &usage, &job.counted, &owned, &before)?;
        if let Some(place) = outcomes.get_mut(index) {
            *place = outcome;
        }
    }
    for (_, outcome) in jobs
        .iter()
        .zip(&mut outcomes)
        .filter(|(job, _)| job.is_before())
    {
        // An earlier invoice has it.
        *outcome = Outcome::default();
    }
    let lines = outcomes
        .iter_mut()
        .flat_map(|outcome| std::mem::take(&mut outcome.lines));
    let lines = lines.collect();
    let names = buckets::names(&buckets);
    let mut rated = settle::settle(input, buckets.list, lines, &outcomes, (&jobs, &billed))?;
    rated.names = names;
    rated.readings = readings;
    settle::check(input, &rated)?;
    if !input.credits.is_empty() {
        rated.used = credits::used(input, &rated)?;
        rated.credits = input.credits.to_vec();
    }
    Ok(rated)
}

/// All charges of all subscriptions that the month bills, in the order of the invoice.
fn jobs<'a>(
    input: &'a RatingInput<'a>,
    billed: &'a [Billed<'a>],
    usage: &Usage,
) -> Result<Vec<Job<'a>>, RatingError> {
    let mut jobs = Vec::new();
    for billed in billed {
        let subscribed = billed.subscribed;
        let is_over = billed.active.is_none() && !is_paid(input, billed);
        if is_over && billed.before.is_none() {
            continue;
        }
        let plan = subscribed.version.terms.currency;
        if plan != input.currency {
            if is_over {
                continue;
            }
            let customer = input.currency;
            return Err(RatingError::PlanCurrency { plan, customer });
        }
        agreed::check(subscribed)?;
        for (index, charge) in (0_u32..).zip(&subscribed.version.terms.charges) {
            for (window, held) in windows(input, billed, charge)? {
                let context = Context {
                    input,
                    subscribed,
                    billed,
                    window,
                    index,
                    charge,
                    held,
                };
                let counted = counted(&context, usage)?;
                jobs.push(Job { context, counted });
            }
        }
    }
    Ok(jobs)
}

/// Whether a fee of it was paid for days after its end.
fn is_paid(input: &RatingInput, billed: &Billed) -> bool {
    let id = billed.subscribed.subscription.id;
    input.paid.iter().any(|paid| paid.subscription == id)
}

/// The parts of time that a charge is rated for, and how it holds in each.
fn windows<'a>(
    input: &RatingInput,
    billed: &Billed<'a>,
    charge: &'a Charge,
) -> Result<Vec<(Window, Held<'a>)>, MoneyError> {
    let windows = match &charge.kind {
        ChargeKind::RecurringFee { .. } => match billed.active {
            Some(active) => vec![active],
            // It ended before the month, and what was paid for it comes back.
            None if is_paid(input, billed) => vec![Window::month(input)],
            None => Vec::new(),
        },
        ChargeKind::OneOffFee { .. } => billed.active.into_iter().collect(),
        // It is no line: what it grants pays for those of usage.
        ChargeKind::Credit(_) => Vec::new(),
        ChargeKind::Minimum { .. } => billed.windows.clone(),
        ChargeKind::Usage { .. } => return usage_windows(input, billed, charge),
    };
    let held = |window: Window| {
        // A fee is looked at again for each of its periods; a minimum is that of its first day.
        let day = window.days.first;
        let held = agreed::on(billed.subscribed, &billed.cycle, charge, day)?;
        Ok((window, held))
    };
    windows.into_iter().map(held).collect()
}

/// Usage is rated by itself wherever its price is another, as after a change of version.
fn usage_windows<'a>(
    input: &RatingInput,
    billed: &Billed<'a>,
    charge: &'a Charge,
) -> Result<Vec<(Window, Held<'a>)>, MoneyError> {
    let mut found = Vec::with_capacity(billed.windows.len());
    let month = period_days(input);
    for window in billed.before.iter().chain(&billed.windows) {
        for (days, held) in agreed::parts(billed.subscribed, &billed.cycle, charge, window.days)? {
            let own = if days == window.days {
                *window
            } else {
                Window::new(input.zone, (input.period, month), days, window.whole)?
            };
            found.push((own, held));
        }
    }
    Ok(found)
}

/// What a charge counts in its window.
fn counted(context: &Context, usage: &Usage) -> Result<Vec<Counted>, RatingError> {
    let ChargeKind::Usage { meter, price } = &context.held.charge.kind else {
        return Ok(Vec::new());
    };
    let shape = Shape::of(price);
    let counter = Counter::of(context.input, *meter, &shape, &context.charge.name)?;
    let mut counted = counter.count(&usage.buckets.list, &context.window)?;
    if let PriceModel::CostPlus { .. } = price {
        // Own events have no provider whose price could be marked up.
        let is_call = |bucket: usize| usage.costs.get(bucket);
        counted.retain(|one| is_call(one.bucket).is_some_and(Option::is_some));
    }
    Ok(counted)
}

fn is_minimum(job: &Job) -> bool {
    matches!(job.context.charge.kind, ChargeKind::Minimum { .. })
}

/// What the usage charges of the same subscription charged in the period of a minimum.
fn of_usage(jobs: &[Job], outcomes: &[Outcome], job: &Job) -> Result<Money, MoneyError> {
    let mut sum = Money::zero(job.context.input.currency);
    if !is_minimum(job) {
        return Ok(sum);
    }
    let own = &job.context;
    for (other, outcome) in jobs.iter().zip(outcomes) {
        let context = &other.context;
        let is_usage = matches!(context.charge.kind, ChargeKind::Usage { .. });
        let is_same = context.subscribed.subscription.id == own.subscribed.subscription.id
            && context.window.whole == own.window.whole;
        if is_usage && is_same {
            for line in &outcome.lines {
                sum = sum.plus(line.amount)?;
            }
        }
    }
    Ok(sum)
}

/// The charge that each bucket's cost is set against, so that no cost is counted twice: one that
/// sells at cost plus markup before any other, otherwise the first.
fn owners(jobs: &[Job], buckets: usize) -> Vec<Option<usize>> {
    let mut owners: Vec<Option<usize>> = vec![None; buckets];
    for at_cost_plus in [true, false] {
        for (index, job) in jobs.iter().enumerate() {
            if is_cost_plus(job) != at_cost_plus {
                continue;
            }
            for counted in &job.counted {
                if let Some(owner) = owners.get_mut(counted.bucket) {
                    *owner = owner.or(Some(index));
                }
            }
        }
    }
    owners
}

fn is_cost_plus(job: &Job) -> bool {
    match &job.context.held.charge.kind {
        ChargeKind::RecurringFee { .. }
        | ChargeKind::OneOffFee { .. }
        | ChargeKind::Minimum { .. }
        | ChargeKind::Credit(_) => false,
        ChargeKind::Usage { price, .. } => match price {
            PriceModel::CostPlus { .. } => true,
            PriceModel::PerUnit { .. }
            | PriceModel::Graduated { .. }
            | PriceModel::Document { .. } => false,
        },
    }
}

/// What earlier versions of the same charge counted and charged in this billing period: after a
/// change of the plan's version its tiers continue. Nothing when there was none.
fn prior(jobs: &[Job], outcomes: &[Outcome], job: &Job) -> Result<Option<Prior>, MoneyError> {
    let context = &job.context;
    let ChargeKind::Usage { meter, .. } = &context.charge.kind else {
        return Ok(None);
    };
    if !adds_up(context.input, *meter) {
        return Ok(None);
    }
    let (mut all, mut windows) = (Vec::new(), Vec::new());
    let mut exact = Amount::zero(context.input.currency);
    let mut discount = exact;
    let mut days: Option<ServiceDays> = None;
    // What was earlier has been rated: charges are rated in the order of time.
    for (other, outcome) in jobs.iter().zip(outcomes) {
        let earlier = &other.context;
        let is_same = match &earlier.charge.kind {
            ChargeKind::RecurringFee { .. }
            | ChargeKind::OneOffFee { .. }
            | ChargeKind::Minimum { .. }
            | ChargeKind::Credit(_) => false,
            ChargeKind::Usage { meter: counted, .. } => counted == meter,
        };
        if is_same
            && !earlier.held.off
            && earlier.window.to <= context.window.from
            && earlier.window.whole == context.window.whole
            && earlier.subscribed.plan.id == context.subscribed.plan.id
            && earlier.charge.name == context.charge.name
        {
            all.extend_from_slice(&other.counted);
            windows.push(earlier.window);
            for line in &outcome.lines {
                exact = exact.plus(line.exact)?;
            }
            if let Some(given) = outcome.discount {
                discount = discount.plus(given)?;
            }
            let own = earlier.window.days;
            days = Some(days.map_or(own, |known| ServiceDays {
                first: known.first.min(own.first),
                last: known.last.max(own.last),
            }));
        }
    }
    let Some(days) = days else {
        return Ok(None);
    };
    windows.sort_by_key(|window| window.from);
    Ok(Some(Prior {
        exact,
        discount,
        days,
        counted: all,
        windows,
    }))
}

/// Whether quantities of parts of a period add up; those of a maximum do not, for example.
fn adds_up(input: &RatingInput, meter: MeterRef) -> bool {
    match meter {
        MeterRef::BuiltIn(_) => true,
        MeterRef::Own(id) => {
            let mut meters = input.meters.iter();
            let own = meters.find(|meter| meter.id == id);
            own.is_some_and(|meter| meter.aggregation.adds_up())
        }
    }
}

impl Outcome {
    /// Nothing is charged: all that was counted waits.
    pub(crate) fn held(counted: &[Counted], reason: &HeldReason) -> Self {
        let held = counted.iter().map(|one| (one.bucket, reason.clone()));
        Self {
            held: held.collect(),
            ..Self::default()
        }
    }

    /// An outcome of nothing but lines.
    pub(crate) fn of_lines(lines: Vec<crate::RatedLine>) -> Self {
        Self {
            lines,
            ..Self::default()
        }
    }
}
