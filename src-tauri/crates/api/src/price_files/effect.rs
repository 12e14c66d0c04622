//! What lines of a price table would have done to the last 30 days of usage.

use super::pending::Pending;
use crate::app::OpenBook;
use crate::error::ApiResult;
use crate::shares::spread_of;
use crate::snapshot::Snapshot;
use crate::use_cases::price_cells::Books;
use crate::wire::{Count, DecimalString, PriceEffect, PriceEffectRow};
use ratebook_catalog::prices::{ModelPrices, PriceCall, PriceTable};
use ratebook_money::{Amount, Period, Timestamp};
use ratebook_rating::{Buyer, PriceBook, margin, price_view};
use ratebook_store::usage;
use ratebook_usage::{MODEL_CALL, UsageSum};
use std::collections::{BTreeMap, HashMap};

const DAY: i64 = 86_400_000_000;
const DAYS: i64 = 30;

/// Usage of 30 days, summed by day and class of call.
pub(crate) struct Usage {
    period: Period,
    sums: Vec<UsageSum>,
}

impl Usage {
    /// The 30 days up to now, or up to the newest usage where that is older.
    pub async fn load(open: &OpenBook, snapshot: &Snapshot, now: Timestamp) -> ApiResult<Self> {
        let mut read = open.read().await?;
        let spans = usage::spans(&mut read).await?;
        drop(read);
        let before = |at: Timestamp, days: i64| {
            let micros = DAY.saturating_mul(days);
            Timestamp::from_micros(at.micros().saturating_sub(micros))
        };
        let ended = spans
            .iter()
            .map(|(_, last)| *last)
            .filter(|last| *last <= now);
        let newest = ended.max().unwrap_or(now);
        let end = if newest < before(now, DAYS) {
            Timestamp::from_micros(newest.micros().saturating_add(1))
        } else {
            now
        };
        let from = before(end, DAYS);
        let period = Period { from, to: end };
        let days: Vec<Timestamp> = (0..DAYS).map(|day| before(end, DAYS - day)).collect();
        let rows = snapshot.prices.models().iter().flat_map(|m| &m.prices);
        let mut cuts: Vec<Timestamp> = rows
            .map(|row| row.valid_from)
            .filter(|at| period.contains(*at))
            .chain(days.iter().copied())
            .collect();
        cuts.sort_unstable();
        cuts.dedup();
        let names: Vec<i64> = snapshot.names.iter().map(|name| name.id).collect();
        let spread = spread_of(open, names, period, (cuts, days), false, &snapshot.prices).await?;
        let calls = spread.days.into_iter();
        let calls = calls.filter(|sum| sum.class.event_name == MODEL_CALL);
        Ok(Self {
            period,
            sums: calls.collect(),
        })
    }
}

/// What the ticked lines do; nothing without usage.
pub(crate) fn effect(snapshot: &Snapshot, pending: &Pending) -> ApiResult<Option<PriceEffect>> {
    let compared = &pending.compared;
    let usage = &compared.usage;
    if usage.sums.is_empty() {
        return Ok(None);
    }
    let now = compared.stamp.recorded_at;
    let lines = pending.lines();
    let after = compared.prices.as_if(lines.into_iter(), now);
    let mut sums = Sums::new(snapshot);
    let mut models: HashMap<(&str, &str), [Option<&ModelPrices>; 2]> = HashMap::new();
    for sum in &usage.sums {
        let name = (sum.class.provider.as_str(), sum.class.model.as_str());
        let [was, will] = *models.entry(name).or_insert_with(|| {
            [&*compared.prices, &after].map(|table| table.resolve(name.0, name.1).model())
        });
        let was = of(snapshot, &compared.prices, was, sum);
        let will = of(snapshot, &after, will, sum);
        sums.add(name.0, sum, was, will)?;
    }
    sums.reply(usage.period).map(Some)
}

/// Cost and sell price of a sum; nothing where it has no price.
fn of(
    snapshot: &Snapshot,
    prices: &PriceTable,
    model: Option<&ModelPrices>,
    sum: &UsageSum,
) -> Option<[Amount; 2]> {
    let model = model?;
    let book = PriceBook {
        prices,
        ..Books::of(snapshot).published
    };
    let call = PriceCall {
        at: sum.at,
        conditions: &sum.class.conditions,
        context_tokens: sum.class.context_tokens,
        minute_of_day: sum.class.minute_of_day,
    };
    let view = price_view(&book, model, &sum.dimension, &call, Buyer::default()).ok()?;
    let billed = sum.billed().ok()?;
    let cost = view.cost?.times(billed).ok()?;
    Some([cost, view.sell().rate.times(billed).ok()?])
}

/// Cost and sell price, before and after.
struct Sums<'s> {
    snapshot: &'s Snapshot,
    cost: [Amount; 2],
    sell: [Amount; 2],
    providers: BTreeMap<String, [Amount; 2]>,
    priced: u64,
}

impl<'s> Sums<'s> {
    fn new(snapshot: &'s Snapshot) -> Self {
        let zero = Amount::zero(snapshot.company.currency);
        Self {
            snapshot,
            cost: [zero; 2],
            sell: [zero; 2],
            providers: BTreeMap::new(),
            priced: 0,
        }
    }

    fn add(
        &mut self,
        provider: &str,
        sum: &UsageSum,
        was: Option<[Amount; 2]>,
        will: Option<[Amount; 2]>,
    ) -> ApiResult<()> {
        if was.is_none() && will.is_some() {
            self.priced = self.priced.saturating_add(sum.events);
        }
        let zero = Amount::zero(self.snapshot.company.currency);
        let of = self.providers.entry(provider.to_owned());
        let of = of.or_insert([zero; 2]);
        let places = self.cost.iter_mut().zip(&mut self.sell).zip(of);
        for (((cost, sell), of), found) in places.zip([was, will]) {
            if let Some([more_cost, more_sell]) = found {
                *cost = cost.plus(more_cost)?;
                *sell = sell.plus(more_sell)?;
                *of = of.plus(more_cost)?;
            }
        }
        Ok(())
    }

    fn reply(self, period: Period) -> ApiResult<PriceEffect> {
        let zone = self.snapshot.company.zone;
        let last = Timestamp::from_micros(period.to.micros().saturating_sub(1));
        let text = |amount: &Amount| -> ApiResult<DecimalString> {
            Ok(DecimalString(amount.round()?.number()))
        };
        let margin = |sell: Amount, cost: Amount| {
            let percent = margin::of_amounts(sell, cost)?;
            Some(DecimalString(percent.to_string()))
        };
        let [cost_before, cost_after] = self.cost;
        let [sell_before, sell_after] = self.sell;
        let changed = self.providers.iter().filter(|(_, [was, will])| was != will);
        let providers = changed.map(|(provider, [was, will])| {
            Ok(PriceEffectRow {
                provider: provider.clone(),
                cost_before: text(was)?,
                cost_after: text(will)?,
            })
        });
        Ok(PriceEffect {
            from: zone.date_of(period.from).to_string(),
            to: zone.date_of(last).to_string(),
            currency: self.snapshot.company.currency.to_string(),
            cost_before: text(&cost_before)?,
            cost_after: text(&cost_after)?,
            sell_before: text(&sell_before)?,
            sell_after: text(&sell_after)?,
            margin_before: margin(sell_before, cost_before),
            margin_after: margin(sell_after, cost_after),
            priced: Count(self.priced),
            providers: providers.collect::<ApiResult<_>>()?,
        })
    }
}
