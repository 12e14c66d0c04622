//! Provider cost under the markup rules, and prices of one's own: a line per model, dimension and
//! conditions, split where the provider's price row or the rule changed.

use super::sold::SoldQuantity;
use super::{Context, LineParts, Outcome, Usage, index};
use crate::cost_price::{CostPrice, call_of, mark, provider_step};
use crate::counter::Counted;
use crate::price_view::exchange_step;
use crate::sell::{Asked, Sold, sold};
use crate::window::{Window, last_day};
use crate::{Buyer, HeldReason, LineItem, RatedLine, RatingError, ServiceDays, Step};
use ratebook_catalog::prices::{ModelPrices, ProviderPrice};
use ratebook_catalog::{Dimension, Markup, PriceConditions, TimeWindow};
use ratebook_money::{Rate, Timestamp};
use std::collections::BTreeSet;

/// Buckets that share one line.
struct Group<'a> {
    model: &'a ModelPrices,
    /// Nothing where it is not known and the price does not need it.
    cost: Option<&'a CostPrice<'a>>,
    dimension: &'a Dimension,
    sold: Sold<'a>,
    conditions: PriceConditions,
    marks: Vec<String>,
    /// The price rows, where parts of the day share a price.
    rows: Vec<&'a CostPrice<'a>>,
    buckets: Vec<usize>,
    from: Timestamp,
    until: Timestamp,
}

pub(crate) fn rate(
    context: &Context,
    usage: &Usage,
    counted: &[Counted],
    of_charge: Option<&Markup>,
) -> Result<Outcome, RatingError> {
    let mut outcome = Outcome::of_lines(Vec::new());
    let mut groups: Vec<Group> = Vec::new();
    for bucket in counted.iter().map(|counted| counted.bucket) {
        match group(context, usage, bucket, of_charge) {
            None => {}
            Some(Err(reason)) => outcome.held.push((bucket, reason)),
            Some(Ok(group)) if is_free(&group) => outcome.free.push(index(bucket)?),
            Some(Ok(group)) => join(&mut groups, group),
        }
    }
    groups.sort_by(|a, b| a.order().cmp(&b.order()));
    let spans = spans(context, &groups);
    for (group, service) in groups.into_iter().zip(spans) {
        outcome.lines.push(line(context, usage, group, service)?);
    }
    Ok(outcome)
}

/// A bucket under its rule, or why it has no price; nothing for events that are no model calls.
fn group<'a>(
    context: &Context<'a>,
    usage: &'a Usage<'a>,
    bucket: usize,
    of_charge: Option<&'a Markup>,
) -> Option<Result<Group<'a>, HeldReason>> {
    let of_bucket = usage.buckets.list.get(bucket)?;
    let cost = usage.costs.get(bucket)?.as_ref()?;
    let Some(model) = *usage.buckets.models.get(bucket)? else {
        return cost.as_ref().err().map(|reason| Err(reason.clone()));
    };
    let asked = Asked {
        book: &context.input.price_book(),
        model,
        dimension: &of_bucket.dimension,
        call: &call_of(of_bucket),
        buyer: Buyer {
            plan: Some(context.subscribed.plan.id),
            contract: Some(context.subscribed.subscription.id),
        },
        of_charge,
    };
    let sold = match sold(&asked, cost) {
        Ok(sold) => sold,
        Err(reason) => return Some(Err(reason)),
    };
    let cost = cost.as_ref().ok();
    let provider = cost.and_then(|cost| cost.provider.as_ref());
    let selected = provider.map(|provider| &provider.selected);
    let mut conditions = PriceConditions::default();
    let mut marks = Vec::new();
    if let Some(selected) = selected {
        conditions = selected.row.conditions.clone();
        for fallback in &selected.fallbacks {
            conditions.equals.extend(fallback.conditions.equals.clone());
        }
        marks.extend(
            selected
                .multipliers
                .iter()
                .map(|multiplier| mark(multiplier)),
        );
    }
    Some(Ok(Group {
        model,
        cost,
        dimension: &of_bucket.dimension,
        sold,
        conditions,
        marks,
        rows: cost.into_iter().collect(),
        buckets: vec![bucket],
        from: of_bucket.from,
        until: of_bucket.from,
    }))
}

/// Requests that neither the provider nor a rule has a price for are part of the call.
fn is_free(group: &Group) -> bool {
    let is_priced = group.cost.is_none_or(|cost| cost.provider.is_some());
    !is_priced && group.sold.price.rate.per_unit().is_zero()
}

fn join<'a>(groups: &mut Vec<Group<'a>>, group: Group<'a>) {
    match groups.iter_mut().find(|other| other.is_same_line(&group)) {
        Some(other) => {
            other.from = other.from.min(group.from);
            other.until = other.until.max(group.until);
            other.buckets.extend(group.buckets);
            for cost in group.rows {
                if !other.rows.iter().any(|known| row(known) == row(cost)) {
                    other.rows.push(cost);
                }
            }
        }
        None => groups.push(group),
    }
}

impl Group<'_> {
    fn is_same_line(&self, other: &Self) -> bool {
        let rule = |group: &Self| group.sold.chosen.rule.map(|rule| rule.id);
        self.is_same_item(other)
            && rule(self) == rule(other)
            && self.cost_rate() == other.cost_rate()
            && self.sold.price == other.sold.price
            && self.sold.inputs == other.sold.inputs
            && match (self.cost, other.cost) {
                (Some(own), Some(other)) => is_same_price(own, other),
                (None, None) => true,
                (Some(_), None) | (None, Some(_)) => false,
            }
    }

    fn cost_rate(&self) -> Option<Rate> {
        self.cost.map(|cost| cost.rate)
    }

    /// Whether the lines differ in nothing but their price and the part of the day.
    fn is_same_item(&self, other: &Self) -> bool {
        std::ptr::eq(self.model, other.model)
            && self.dimension == other.dimension
            && self.conditions.equals == other.conditions.equals
            && self.conditions.context == other.conditions.context
            && self.marks == other.marks
    }

    /// The parts of the day that it was priced for.
    fn windows(&self) -> BTreeSet<&TimeWindow> {
        let rows = self.rows.iter().filter_map(|cost| row(cost));
        rows.filter_map(|row| row.conditions.window.as_ref())
            .collect()
    }

    /// The conditions and marks of the line. Several parts of the day stand among the marks.
    fn qualifiers(&self) -> (PriceConditions, Vec<String>) {
        let windows = self.windows();
        let mut conditions = self.conditions.clone();
        let mut marks = self.marks.clone();
        if windows.len() > 1 {
            conditions.window = None;
            marks.extend(
                windows
                    .into_iter()
                    .map(|window| format!("time={}", clock(window))),
            );
        }
        (conditions, marks)
    }

    /// The order of the invoice.
    fn order(&self) -> impl Ord + '_ {
        let item = (&self.model.provider, &self.model.model, self.dimension);
        (item, &self.conditions, &self.marks, self.from)
    }
}

/// `16:30-00:30 UTC`, `00:00-24:00 UTC Sat Sun`
fn clock(window: &TimeWindow) -> String {
    let time = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    // A window that ends where it begins is the whole day.
    let to = if window.from == window.to {
        time(1_440)
    } else {
        time(window.to)
    };
    let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let days = window.days.iter().flat_map(|days| &days.days);
    let days = days.filter_map(|day| names.get(usize::from(day.saturating_sub(1))));
    let mut text = format!("{}-{to} UTC", time(window.from));
    for day in days {
        text.push(' ');
        text.push_str(day);
    }
    text
}

fn row<'a>(cost: &CostPrice<'a>) -> Option<&'a ProviderPrice> {
    cost.provider.as_ref().map(|provider| provider.selected.row)
}

/// Whether two costs come from the same price row, or from rows of one version that differ in
/// nothing but the part of the day that they hold in.
fn is_same_price(a: &CostPrice, b: &CostPrice) -> bool {
    match (row(a), row(b)) {
        (Some(a), Some(b)) => {
            let version = |row: &ProviderPrice| (row.valid_from, row.source, row.manual);
            let both_windows = a.conditions.window.is_some() && b.conditions.window.is_some();
            std::ptr::eq(a, b) || (both_windows && a.rate == b.rate && version(a) == version(b))
        }
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    }
}

/// The days of each line: the window, or where several lines differ in nothing but their price,
/// the part of it in which the line's price was in force.
fn spans(context: &Context, groups: &[Group]) -> Vec<ServiceDays> {
    groups
        .iter()
        .map(|group| {
            let others = || {
                groups
                    .iter()
                    .filter(|other| !std::ptr::eq(*other, group) && other.is_same_item(group))
                    .filter(|other| other.windows() == group.windows())
            };
            let first = others().any(|other| other.from < group.from);
            let next = others()
                .map(|other| other.from)
                .filter(|from| *from > group.until)
                .min();
            days(context, &context.window, first.then_some(group.from), next)
        })
        .collect()
}

fn days(
    context: &Context,
    window: &Window,
    from: Option<Timestamp>,
    to: Option<Timestamp>,
) -> ServiceDays {
    let zone = context.input.zone;
    ServiceDays {
        first: from.map_or(window.days.first, |from| zone.date_of(from)),
        last: to.map_or(window.days.last, |to| last_day(zone, to)),
    }
}

fn line(
    context: &Context,
    usage: &Usage,
    group: Group,
    service: ServiceDays,
) -> Result<RatedLine, RatingError> {
    let counted = SoldQuantity::of(usage, &group.buckets)?;
    let quantity = counted.billed;
    let failed = context.failed(quantity);
    let indexes: Result<Vec<u32>, _> = group.buckets.iter().map(|at| index(*at)).collect();
    let steps = steps(context, &group, &counted)?;
    let model = group.model;
    let cost = group.cost_rate().map(|rate| rate.times(quantity));
    let (conditions, marks) = group.qualifiers();
    context.line(LineParts {
        service,
        quantity,
        unit_price: Some(group.sold.price.rate),
        exact: group.sold.price.rate.times(quantity).map_err(&failed)?,
        cost: cost.transpose().map_err(&failed)?,
        usage: indexes?,
        steps,
        item: LineItem::Model {
            provider: model.provider.clone(),
            model: model.model.clone(),
            dimension: group.dimension.clone(),
            conditions,
            marks,
        },
    })
}

fn steps(
    context: &Context,
    group: &Group,
    counted: &SoldQuantity,
) -> Result<Vec<Step>, RatingError> {
    let mut steps = counted.steps();
    let model = group.model;
    for provider in group.rows.iter().filter_map(|cost| cost.provider.as_ref()) {
        let step = provider_step(context.input.prices, model, &provider.selected);
        steps.push(Step::ProviderPrice(step.ok_or_else(|| {
            RatingError::UnknownSource {
                provider: model.provider.clone(),
                model: model.model.clone(),
            }
        })?));
    }
    if let Some(cost) = group.cost {
        let exchange = cost
            .provider
            .as_ref()
            .and_then(|provider| provider.exchange);
        steps.extend(exchange.map(|exchange| exchange_step(exchange, cost.rate)));
    }
    steps.push(Step::Markup(group.sold.step()));
    let own = group.sold.exchange;
    steps.extend(own.map(|exchange| exchange_step(exchange, group.sold.price.rate)));
    steps.push(Step::UnitPrice {
        rate: group.sold.price.rate,
    });
    Ok(steps)
}
