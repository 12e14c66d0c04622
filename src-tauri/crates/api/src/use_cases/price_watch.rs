//! What of prices wants a look: changes at providers that own prices do not follow, old prices,
//! models in use without a price, and what sells below cost.

use crate::app::App;
use crate::error::ApiResult;
use crate::shares::blocking;
use crate::snapshot::Snapshot;
use crate::use_cases::price_cells::{Books, CallFor, cell_scope};
use crate::use_cases::price_staging::{change_percent, count};
use crate::use_cases::usages::model_of;
use crate::wire::{
    Count, DecimalString, PriceWatchItem, PriceWatchKind, PriceWatchReply, PriceWatchRequest,
};
use ratebook_catalog::prices::{ModelPrices, ProviderPrice};
use ratebook_catalog::{Dimension, MarkupRule, OwnPrice, ScopeLevel};
use ratebook_money::{Rate, Timestamp};
use ratebook_rating::{Buyer, price_view};
use ratebook_usage::MODEL_CALL;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Days after which a price is old, where nobody says otherwise.
pub(crate) const OLD_AFTER_DAYS: u32 = 30;
const MOST_ITEMS: usize = 1_000;

/// Events of each model and dimension that was ever used.
type Used = BTreeMap<(String, String), BTreeMap<Dimension, u64>>;

impl App {
    /// What of prices wants a look.
    pub async fn price_watch(&self, request: PriceWatchRequest) -> ApiResult<PriceWatchReply> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let days = request.old_after_days.unwrap_or(OLD_AFTER_DAYS);
        let items = self.watched(&open, &snapshot, days).await?;
        let of = |kind| count(items.iter().filter(|item| item.kind == kind).count());
        Ok(PriceWatchReply {
            not_followed: of(PriceWatchKind::NotFollowed),
            old: of(PriceWatchKind::Old),
            no_price: of(PriceWatchKind::NoPrice),
            below_cost: of(PriceWatchKind::BelowCost),
            items: items.into_iter().take(MOST_ITEMS).collect(),
        })
    }

    /// All of it, most urgent first.
    pub(crate) async fn watched(
        &self,
        open: &crate::app::OpenBook,
        snapshot: &Arc<Snapshot>,
        old_after_days: u32,
    ) -> ApiResult<Vec<PriceWatchItem>> {
        let mut used = Used::new();
        for total in open.totals().await? {
            let class = &total.class;
            if class.event_name != MODEL_CALL {
                continue;
            }
            if let Some(model) = model_of(snapshot, class) {
                let key = (model.provider.clone(), model.model.clone());
                let events = u64::try_from(total.events).unwrap_or(0);
                for (dimension, _) in &total.quantities {
                    let of_model = used.entry(key.clone()).or_default();
                    let known = of_model.entry(dimension.clone()).or_default();
                    *known = known.saturating_add(events);
                }
            }
        }
        let (snapshot, now) = (Arc::clone(snapshot), self.now());
        blocking(move || Ok(look(&snapshot, &used, now, old_after_days))).await
    }
}

fn look(snapshot: &Snapshot, used: &Used, now: Timestamp, days: u32) -> Vec<PriceWatchItem> {
    let mut items = Vec::new();
    let books = Books::of(snapshot);
    for ((provider, name), dimensions) in used {
        let Some(model) = snapshot.prices.get(provider, name) else {
            continue;
        };
        let plain = Default::default();
        for (dimension, events) in dimensions {
            let call = CallFor::new(&plain, now);
            let buyer = Buyer::default();
            let item = |kind| item(kind, model, dimension, *events);
            match price_view(&books.published, model, dimension, &call.call(), buyer) {
                Ok(view) if view.is_below_cost() => items.push(PriceWatchItem {
                    margin: view
                        .margin()
                        .map(|margin| DecimalString(margin.to_string())),
                    ..item(PriceWatchKind::BelowCost)
                }),
                Ok(_) => {}
                Err(_) => items.push(item(PriceWatchKind::NoPrice)),
            }
        }
        items.extend(old(snapshot, model, dimensions, now, days));
    }
    items.extend(not_followed(snapshot, used, now));
    items.sort_by_key(|item| (order(item.kind), std::cmp::Reverse(item.events.0)));
    items
}

fn order(kind: PriceWatchKind) -> u8 {
    match kind {
        PriceWatchKind::BelowCost => 0,
        PriceWatchKind::NoPrice => 1,
        PriceWatchKind::NotFollowed => 2,
        PriceWatchKind::Old => 3,
    }
}

fn item(
    kind: PriceWatchKind,
    model: &ModelPrices,
    dimension: &Dimension,
    events: u64,
) -> PriceWatchItem {
    PriceWatchItem {
        kind,
        provider: model.provider.clone(),
        model: model.model.clone(),
        dimension: dimension.to_string(),
        since: None,
        seen_on: None,
        change: None,
        margin: None,
        events: Count(events),
    }
}

/// A model whose prices nobody has seen for many days.
fn old(
    snapshot: &Snapshot,
    model: &ModelPrices,
    dimensions: &BTreeMap<Dimension, u64>,
    now: Timestamp,
    days: u32,
) -> Option<PriceWatchItem> {
    let sources = snapshot.prices.sources();
    let seen = model.prices.iter().filter_map(|row| {
        let source = sources.get(usize::try_from(row.source).ok()?)?;
        Some(source.seen_on)
    });
    let seen = seen.max()?;
    let today = snapshot.company.zone.date_of(now);
    let age = today.signed_duration_since(seen).num_days();
    let (dimension, events) = dimensions.iter().max_by_key(|(_, events)| **events)?;
    (age > i64::from(days)).then(|| PriceWatchItem {
        seen_on: Some(seen.to_string()),
        dimension: String::new(),
        ..item(PriceWatchKind::Old, model, dimension, *events)
    })
}

/// List prices of one's own that were set before the provider's price changed. A formula follows
/// by itself where it names the cost.
fn not_followed(snapshot: &Snapshot, used: &Used, now: Timestamp) -> Vec<PriceWatchItem> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    let newest = snapshot.rules.newest();
    for (scope, rule) in newest {
        let fixed = match rule.own() {
            Some(OwnPrice::Price { .. }) => true,
            Some(OwnPrice::Formula(own)) => own.formula.terms().is_empty(),
            None => false,
        };
        let (Some(provider), Some(name), Some(dimension), true) =
            (&scope.provider, &scope.model, &scope.dimension, fixed)
        else {
            continue;
        };
        let Some(model) = snapshot.prices.get(provider, name) else {
            continue;
        };
        let conditions = scope.conditions.clone().unwrap_or_default();
        let Some((at, was, is)) = changed_since(model, dimension, &conditions, rule, now) else {
            continue;
        };
        if scope.level == ScopeLevel::Book && !seen.insert(cell_scope(model, dimension, None)) {
            continue;
        }
        let events = used.get(&(provider.clone(), name.clone()));
        let events = events.and_then(|of| of.get(dimension)).copied();
        found.push(PriceWatchItem {
            since: Some(at.to_string()),
            change: change_percent(was, is).map(|change| DecimalString(change.to_string())),
            ..item(
                PriceWatchKind::NotFollowed,
                model,
                dimension,
                events.unwrap_or(0),
            )
        });
    }
    found
}

/// The newest change of the provider's price that the book learned after a rule was recorded, or
/// that came into force after it: when, what it was and what it is.
fn changed_since(
    model: &ModelPrices,
    dimension: &Dimension,
    conditions: &ratebook_catalog::PriceConditions,
    rule: &MarkupRule,
    now: Timestamp,
) -> Option<(Timestamp, Rate, Rate)> {
    let call = |at| CallFor::new(conditions, at);
    let rate = |at: Timestamp, as_of: Timestamp| {
        let call = call(at);
        let selected = model.select(dimension, &call.call(), as_of).ok().flatten();
        selected.map(|selected| (selected.row.clone(), selected.rate))
    };
    let (then, now_known): (Option<(ProviderPrice, Rate)>, _) = (
        rate(rule.recorded_at, rule.recorded_at),
        rate(now, Timestamp::MAX),
    );
    let ((_, was), (row, is)) = then.zip(now_known)?;
    (was != is).then_some((row.valid_from.max(row.recorded_at), was, is))
}
