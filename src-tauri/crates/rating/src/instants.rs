use crate::agreed;
use crate::billing::{Billed, usage_span};
use crate::counter::Counter;
use crate::credits;
use crate::shape::{PartPer, Shape};
use crate::{RatingInput, SubscribedPlan};
use ratebook_catalog::MeterRef;
use ratebook_catalog::prices::ModelPrices;
use ratebook_money::{MoneyError, Period, Timestamp, Zone};
use ratebook_usage::{CallClass, MODEL_CALL};

/// The instants inside [`usage_span`] at which the price of some usage may change: a subscription
/// begins or ends, a rule, an exchange rate or a provider price comes into force; and those at
/// which it may be paid by other credit. A sum of usage may not span one of them, nor one of
/// [`day_borders`].
///
/// Sorted, without the span's own borders.
///
/// # Errors
/// [`MoneyError::NotATime`] when a subscription's day lies outside of the calendar.
pub fn boundaries(input: &RatingInput) -> Result<Vec<Timestamp>, MoneyError> {
    let span = span(input)?;
    let mut instants = of_terms(input, span)?;
    instants.extend(Cuts::of(input, span)?.all());
    for model in input.prices.models() {
        instants.extend(of_model(input, span, model));
    }
    Ok(sorted(instants))
}

/// Where the prices of a model that the customer used depend on the day of the week: the starts
/// of all days of the span in the zones of those prices. Usage has to be summed between these
/// as well; empty for nearly all customers, which is why they are not among [`boundaries`].
///
/// # Errors
/// [`MoneyError::NotATime`] outside of the calendar.
pub fn day_borders(input: &RatingInput) -> Result<Vec<Timestamp>, MoneyError> {
    let mut classes: Vec<(&str, &str)> = Vec::new();
    for sum in input.sums {
        let name = (sum.class.provider.as_str(), sum.class.model.as_str());
        if sum.class.event_name == MODEL_CALL && classes.last() != Some(&name) {
            classes.push(name);
        }
    }
    classes.sort_unstable();
    classes.dedup();
    let mut zones: Vec<Zone> = Vec::new();
    for (provider, model) in classes {
        let Some(model) = input.prices.resolve(provider, model).model() else {
            continue;
        };
        let windows = model
            .prices
            .iter()
            .filter_map(|row| row.conditions.window.as_ref());
        let days = windows.filter_map(|window| window.days.as_ref());
        zones.extend(days.map(|days| {
            let zone = days.zone.as_deref().and_then(|name| Zone::parse(name).ok());
            zone.unwrap_or(Zone::UTC)
        }));
    }
    let mut instants = Vec::new();
    let span = span(input)?;
    zones.sort_by_key(|zone| zone.name());
    zones.dedup();
    for zone in zones {
        let mut day = zone.date_of(span.from);
        while let Some(next) = day.succ_opt() {
            let start = zone.start_of(next)?;
            if start >= span.to {
                break;
            }
            instants.push(start);
            day = next;
        }
    }
    instants.retain(|at| inside(span, *at));
    Ok(sorted(instants))
}

/// Those of subscriptions, markup rules, exchange rates and credit.
pub(crate) fn of_terms(input: &RatingInput, span: Period) -> Result<Vec<Timestamp>, MoneyError> {
    // Usage from before the month is told from that of the month.
    let mut instants = vec![input.period.from];
    for subscribed in input.subscriptions {
        instants.extend(Billed::of(input, subscribed)?.borders());
        for day in agreed::phase_borders(&subscribed.version.terms) {
            instants.push(input.zone.start_of(day)?);
        }
    }
    instants.extend(input.rules.starts(input.as_of));
    let known = input.exchange.iter();
    let known = known.filter(|rate| rate.recorded_at <= input.as_of);
    instants.extend(known.map(|rate| rate.valid_from));
    instants.extend(credits::borders(input));
    instants.retain(|at| inside(span, *at));
    Ok(sorted(instants))
}

/// The hours and days that prices look at one by one.
#[derive(Default)]
pub(crate) struct Cuts {
    hours: Vec<Timestamp>,
    days: Vec<Timestamp>,
    /// What is looked at by hours or days.
    meters: Vec<(MeterRef, PartPer)>,
}

impl Cuts {
    /// Those of the plans in a span; none for nearly all customers.
    pub(crate) fn of(input: &RatingInput, span: Period) -> Result<Self, MoneyError> {
        let mut cuts = Self::default();
        agreed::each_usage_price(input.subscriptions, |meter, price| {
            let per = Shape::of(price).per();
            let by_time = per.filter(|per| *per != PartPer::Group);
            if let Some(per) = by_time
                && !cuts.meters.contains(&(meter, per))
            {
                cuts.meters.push((meter, per));
            }
        });
        if cuts.meters.iter().any(|(_, per)| *per == PartPer::Hour) {
            cuts.hours = part_borders(input.zone, span, PartPer::Hour)?;
        }
        if cuts.meters.iter().any(|(_, per)| *per == PartPer::Day) {
            cuts.days = part_borders(input.zone, span, PartPer::Day)?;
        }
        Ok(cuts)
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = Timestamp> + '_ {
        self.hours.iter().chain(&self.days).copied()
    }

    /// Those that usage of a class may not span.
    pub(crate) fn of_class<'c>(
        &'c self,
        input: &'c RatingInput,
        class: &'c CallClass,
    ) -> impl Iterator<Item = Timestamp> + 'c {
        let own = self.meters.iter().filter(move |(meter, _)| {
            let counter = Counter::of(input, *meter, &Shape::Whole, "");
            counter.is_ok_and(|counter| counter.takes(class))
        });
        own.flat_map(|(_, per)| match per {
            PartPer::Hour => self.hours.iter().copied(),
            PartPer::Day | PartPer::Group => self.days.iter().copied(),
        })
    }
}

/// Whether some price looks at hours one by one: then sums of days are too coarse.
#[must_use]
pub fn looks_at_hours(subscriptions: &[SubscribedPlan]) -> bool {
    let mut found = false;
    agreed::each_usage_price(subscriptions, |_, price| {
        found |= Shape::of(price).per() == Some(PartPer::Hour);
    });
    found
}

/// Where the hours or days of a zone begin inside a span, in order. The first hour of a day begins
/// with it; a day on which clocks change has 23 or 25 of them.
pub(crate) fn part_borders(
    zone: Zone,
    span: Period,
    per: PartPer,
) -> Result<Vec<Timestamp>, MoneyError> {
    let mut borders = Vec::new();
    let mut day = zone.date_of(span.from);
    let mut start = zone.start_of(day)?;
    while start < span.to {
        day = day
            .succ_opt()
            .ok_or_else(|| MoneyError::NotATime(day.to_string()))?;
        let next = zone.start_of(day)?;
        let step = match per {
            PartPer::Hour => HOUR,
            PartPer::Day | PartPer::Group => next.micros().saturating_sub(start.micros()).max(1),
        };
        let mut at = start;
        while at < next {
            borders.push(at);
            at = Timestamp::from_micros(at.micros().saturating_add(step));
        }
        start = next;
    }
    borders.retain(|at| inside(span, *at));
    Ok(borders)
}

const HOUR: i64 = 3_600_000_000;

/// Those of one model's prices.
pub(crate) fn of_model<'a>(
    input: &'a RatingInput,
    span: Period,
    model: &'a ModelPrices,
) -> impl Iterator<Item = Timestamp> + 'a {
    let rows = model.prices.iter();
    rows.filter(move |row| row.recorded_at <= input.as_of && inside(span, row.valid_from))
        .map(|row| row.valid_from)
}

/// Whether some price of the model depends on the day of the week.
#[must_use]
pub fn has_weekdays(model: &ModelPrices) -> bool {
    let mut windows = model
        .prices
        .iter()
        .filter_map(|row| row.conditions.window.as_ref());
    windows.any(|window| window.days.is_some())
}

pub(crate) fn sorted(mut instants: Vec<Timestamp>) -> Vec<Timestamp> {
    instants.sort_unstable();
    instants.dedup();
    instants
}

/// The span of usage that is looked at.
pub(crate) fn span(input: &RatingInput) -> Result<Period, MoneyError> {
    usage_span(input.zone, input.period, input.subscriptions)
}

fn inside(span: Period, at: Timestamp) -> bool {
    span.from < at && at < span.to
}
