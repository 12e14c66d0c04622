//! Who buys a model: thirty days of its usage, at the price that each buyer pays.

use crate::app::OpenBook;
use crate::error::ApiResult;
use crate::shares::sums_of;
use crate::snapshot::Snapshot;
use crate::use_cases::price_cells::Books;
use crate::wire::{Count, DecimalString, ModelBought, ModelBuyer, ModelSales};
use ratebook_catalog::prices::{ModelPrices, PriceCall};
use ratebook_catalog::{Customer, CustomerId, Dimension};
use ratebook_money::{Amount, Period, Timestamp};
use ratebook_rating::{Buyer, has_weekdays, margin, price_view};
use ratebook_store::usage;
use ratebook_usage::{MODEL_CALL, UsageSum};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Days that are looked at, the newest one included.
const DAYS: u64 = 30;

/// Who bought the model in the 30 days up to now, or up to the newest usage of the book where that
/// is older; most revenue first. Nothing in a book without usage.
///
/// Revenue is quantity by price of the price book for that buyer, as the model's page explains it:
/// what a plan includes, tiers and minimums are of an invoice and not of a model.
pub(crate) async fn model_sales(
    open: &OpenBook,
    snapshot: &Snapshot,
    model: &ModelPrices,
    now: Timestamp,
) -> ApiResult<Option<ModelSales>> {
    let Some(period) = last_days(open, snapshot, now).await? else {
        return Ok(None);
    };
    let names: HashMap<i64, Option<CustomerId>> = snapshot
        .names
        .iter()
        .map(|name| (name.id, name.customer))
        .collect();
    let cuts = cuts(snapshot, model, period)?;
    let sums = sums_of(
        open,
        names.keys().copied().collect(),
        period,
        cuts,
        &snapshot.prices,
    )
    .await?;
    let mut buyers: BTreeMap<CustomerId, Bought> = BTreeMap::new();
    let mut all = Bought::new(snapshot);
    for (id, sums) in sums {
        let known = names.get(&id).copied().flatten();
        let Some(customer) = known.and_then(|id| snapshot.customer(id)) else {
            continue;
        };
        for sum in sums.iter().filter(|sum| is_of(snapshot, sum, model)) {
            let paid = paid(snapshot, model, customer, sum);
            let own = buyers.entry(customer.id);
            own.or_insert_with(|| Bought::new(snapshot))
                .add(sum, paid)?;
            all.add(sum, paid)?;
        }
    }
    let mut rows: Vec<(CustomerId, Bought)> = buyers.into_iter().collect();
    rows.sort_by_key(|(_, bought)| std::cmp::Reverse((bought.sell.e24(), bought.tokens)));
    let last = Timestamp::from_micros(period.to.micros().saturating_sub(1));
    let zone = snapshot.company.zone;
    Ok(Some(ModelSales {
        from: zone.date_of(period.from).to_string(),
        to: zone.date_of(last).to_string(),
        currency: snapshot.company.currency.to_string(),
        all: all.reply()?,
        buyers: rows
            .into_iter()
            .map(|(id, bought)| {
                let name = snapshot.customer(id).map(|one| one.name.clone());
                Ok(ModelBuyer {
                    customer_id: id.to_string(),
                    name: name.unwrap_or_default(),
                    bought: bought.reply()?,
                })
            })
            .collect::<ApiResult<_>>()?,
    }))
}

/// Whole days of the company's zone.
async fn last_days(
    open: &OpenBook,
    snapshot: &Snapshot,
    now: Timestamp,
) -> ApiResult<Option<Period>> {
    let mut read = open.read().await?;
    let spans = usage::spans(&mut read).await?;
    let past = spans
        .into_iter()
        .map(|(_, last)| last)
        .filter(|at| *at <= now);
    let Some(newest) = past.max() else {
        return Ok(None);
    };
    let zone = snapshot.company.zone;
    let today = zone.date_of(now);
    let first_of = |last: ratebook_money::Date| {
        let before = chrono::Days::new(DAYS.saturating_sub(1));
        last.checked_sub_days(before).unwrap_or(last)
    };
    let newest = zone.date_of(newest);
    let last = if newest < first_of(today) {
        newest
    } else {
        today
    };
    Ok(Some(zone.days(first_of(last), last)?))
}

/// Instants of the period at which a price, a rule, a rate or a contract begins.
fn cuts(snapshot: &Snapshot, model: &ModelPrices, period: Period) -> ApiResult<Vec<Timestamp>> {
    let prices = model.prices.iter().map(|row| row.valid_from);
    let rates = snapshot.exchange.iter().map(|rate| rate.valid_from);
    let rules = snapshot.rules.iter().map(|rule| rule.valid_from);
    let mut cuts: BTreeSet<Timestamp> = prices.chain(rates).chain(rules).collect();
    for subscription in snapshot.subscriptions.iter() {
        let zone = snapshot.customer(subscription.customer).map(|one| one.zone);
        let zone = zone.unwrap_or(snapshot.company.zone);
        cuts.insert(zone.start_of(subscription.starts_on)?);
        if let Some(next) = subscription.ends_on.and_then(|last| last.succ_opt()) {
            cuts.insert(zone.start_of(next)?);
        }
    }
    if has_weekdays(model) {
        let zone = snapshot.company.zone;
        let days = zone.date_of(period.from).iter_days();
        for day in days.take_while(|day| *day <= zone.date_of(period.to)) {
            cuts.insert(zone.start_of(day)?);
        }
    }
    cuts.retain(|at| period.contains(*at));
    Ok(cuts.into_iter().collect())
}

fn is_of(snapshot: &Snapshot, sum: &UsageSum, model: &ModelPrices) -> bool {
    sum.class.event_name == MODEL_CALL
        && snapshot
            .prices
            .resolve(&sum.class.provider, &sum.class.model)
            .model()
            .is_some_and(|found| std::ptr::eq(found, model))
}

/// Cost and revenue of a sum; nothing where it has no price.
fn paid(
    snapshot: &Snapshot,
    model: &ModelPrices,
    customer: &Customer,
    sum: &UsageSum,
) -> Option<(Option<Amount>, Amount)> {
    let call = PriceCall {
        at: sum.at,
        conditions: &sum.class.conditions,
        context_tokens: sum.class.context_tokens,
        minute_of_day: sum.class.minute_of_day,
    };
    let book = Books::of(snapshot).published;
    let buyer = buyer(snapshot, customer, sum.at);
    let view = price_view(&book, model, &sum.dimension, &call, buyer).ok()?;
    let billed = sum.billed().ok()?;
    let cost = view.cost.and_then(|cost| cost.times(billed).ok());
    Some((cost, view.sell().rate.times(billed).ok()?))
}

/// The contract that a customer is on at an instant, the oldest one where there are several.
fn buyer(snapshot: &Snapshot, customer: &Customer, at: Timestamp) -> Buyer {
    let day = customer.zone.date_of(at);
    let mut own = snapshot.subscriptions_of(customer.id);
    let on = own.find(|one| one.starts_on <= day && one.ends_on.is_none_or(|last| day <= last));
    on.map_or_else(Buyer::default, |subscription| Buyer {
        plan: snapshot.plan_of(subscription).map(|(plan, _)| plan.id),
        contract: Some(subscription.id),
    })
}

/// What one customer, or all of them, bought.
struct Bought {
    tokens: i128,
    requests: u64,
    sell: Amount,
    /// Nothing where the cost of some usage is not known.
    cost: Option<Amount>,
    /// Some usage has no price.
    unpriced: bool,
}

impl Bought {
    fn new(snapshot: &Snapshot) -> Self {
        let zero = Amount::zero(snapshot.company.currency);
        Self {
            tokens: 0,
            requests: 0,
            sell: zero,
            cost: Some(zero),
            unpriced: false,
        }
    }

    fn add(&mut self, sum: &UsageSum, paid: Option<(Option<Amount>, Amount)>) -> ApiResult<()> {
        if sum.dimension == Dimension::REQUESTS {
            self.requests = self.requests.saturating_add(sum.events);
        } else if sum.dimension.is_tokens() {
            let tokens = sum.quantity.to_smallest(0).unwrap_or(0);
            self.tokens = self.tokens.saturating_add(i128::from(tokens));
        }
        match paid {
            Some((cost, sell)) => {
                self.sell = self.sell.plus(sell)?;
                self.cost = match (self.cost, cost) {
                    (Some(all), Some(more)) => Some(all.plus(more)?),
                    (None, _) | (_, None) => None,
                };
            }
            None => self.unpriced = true,
        }
        Ok(())
    }

    fn reply(&self) -> ApiResult<ModelBought> {
        let cost = self.cost.filter(|_| !self.unpriced);
        let revenue = self.sell.round()?.number();
        let margin = cost.and_then(|cost| margin::of_amounts(self.sell, cost));
        Ok(ModelBought {
            tokens: (&self.tokens).into(),
            requests: Count(self.requests),
            revenue: (!self.unpriced).then_some(DecimalString(revenue)),
            margin: margin.map(|percent| DecimalString(percent.to_string())),
        })
    }
}
