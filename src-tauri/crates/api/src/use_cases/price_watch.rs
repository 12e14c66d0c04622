//! What of prices in use wants a look: changes at providers that own prices do not follow, prices
//! that nobody has seen for long, and what sells below cost.

use crate::app::{App, OpenBook};
use crate::error::ApiResult;
use crate::shares::blocking;
use crate::snapshot::Snapshot;
use crate::use_cases::price_cells::{Books, CallFor};
use crate::use_cases::usages::model_of;
use ratebook_catalog::prices::{ModelPrices, ProviderPrice};
use ratebook_catalog::{Dimension, MarkupRule, MarkupScope, OwnPrice, PriceConditions};
use ratebook_money::{Date, Rate, Timestamp};
use ratebook_rating::{Buyer, price_view};
use ratebook_usage::MODEL_CALL;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Days after which a price is old.
const OLD_AFTER_DAYS: i64 = 30;

/// Events of each model and dimension that was ever used.
type Used = BTreeMap<(String, String), BTreeMap<Dimension, u64>>;

/// Why a price wants a look.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Watched {
    /// A list price of one's own that was set before the provider's price changed.
    NotFollowed,
    /// Nobody has seen the provider's prices for many days.
    Old,
    /// In use and sold below cost.
    BelowCost,
}

/// A price that wants a look.
pub(crate) struct WatchedPrice {
    pub why: Watched,
    /// `provider/model`; the provider where it is about all its prices.
    pub subject: String,
    /// The dimension; the day of the look where prices are old.
    pub detail: String,
    pub since: Option<Timestamp>,
    pub events: u64,
}

impl App {
    /// What of prices in use wants a look. A price that is missing is held usage, and not here.
    pub(crate) async fn watched(
        &self,
        open: &OpenBook,
        snapshot: &Arc<Snapshot>,
    ) -> ApiResult<Vec<WatchedPrice>> {
        let mut used = Used::new();
        for total in open.totals().await? {
            let class = &total.class;
            if class.event_name != MODEL_CALL {
                continue;
            }
            if let Some(model) = model_of(snapshot, class) {
                let key = (model.provider.clone(), model.model.clone());
                let events = u64::try_from(total.events).unwrap_or(0);
                let of_model = used.entry(key).or_default();
                for (dimension, _) in &total.quantities {
                    let known = of_model.entry(dimension.clone()).or_default();
                    *known = known.saturating_add(events);
                }
            }
        }
        let (snapshot, now) = (Arc::clone(snapshot), self.now());
        blocking(move || Ok(look(&snapshot, &used, now))).await
    }
}

fn look(snapshot: &Snapshot, used: &Used, now: Timestamp) -> Vec<WatchedPrice> {
    let mut found = Vec::new();
    let books = Books::of(snapshot);
    let plain = Default::default();
    for ((provider, name), dimensions) in used {
        let Some(model) = snapshot.prices.get(provider, name) else {
            continue;
        };
        for (dimension, events) in dimensions {
            let call = CallFor::new(&plain, now);
            let buyer = Buyer::default();
            let view = price_view(&books.published, model, dimension, &call.call(), buyer);
            if view.is_ok_and(|view| view.is_below_cost()) {
                found.push(WatchedPrice {
                    why: Watched::BelowCost,
                    subject: format!("{provider}/{name}"),
                    detail: dimension.to_string(),
                    since: None,
                    events: *events,
                });
            }
        }
    }
    found.extend(old(snapshot, used, now));
    found.extend(not_followed(snapshot, used, now));
    found
}

/// Providers in use whose prices nobody has seen for many days. A table that was looked at again
/// and said nothing new has added no row: what counts is when any table of that name was seen.
fn old(snapshot: &Snapshot, used: &Used, now: Timestamp) -> Vec<WatchedPrice> {
    let sources = snapshot.prices.sources();
    let mut newest: HashMap<&str, Date> = HashMap::new();
    for source in sources {
        let day = newest.entry(&source.name).or_insert(source.seen_on);
        *day = source.seen_on.max(*day);
    }
    let mut seen: BTreeMap<&str, (Option<Date>, u64)> = BTreeMap::new();
    for ((provider, name), dimensions) in used {
        let entry = seen.entry(provider).or_insert((None, 0));
        let events = dimensions.values().max().copied().unwrap_or(0);
        entry.1 = entry.1.saturating_add(events);
        let rows = snapshot.prices.get(provider, name);
        let rows = rows.into_iter().flat_map(|model| &model.prices);
        let days = rows.filter_map(|row| {
            let source = sources.get(usize::try_from(row.source).ok()?)?;
            let table = newest.get(source.name.as_str()).filter(|_| !row.manual);
            Some(table.copied().unwrap_or(source.seen_on))
        });
        entry.0 = entry.0.max(days.max());
    }
    let today = snapshot.company.zone.date_of(now);
    let mut found = Vec::new();
    for (provider, (seen, events)) in seen {
        let Some(seen) = seen else { continue };
        if today.signed_duration_since(seen).num_days() > OLD_AFTER_DAYS {
            found.push(WatchedPrice {
                why: Watched::Old,
                subject: provider.to_owned(),
                detail: seen.to_string(),
                since: None,
                events,
            });
        }
    }
    found
}

/// List prices of one's own that were set before the provider's price changed. A formula follows
/// by itself where it names anything.
fn not_followed(snapshot: &Snapshot, used: &Used, now: Timestamp) -> Vec<WatchedPrice> {
    let mut found = Vec::new();
    for ((provider, name), dimensions) in used {
        let Some(model) = snapshot.prices.get(provider, name) else {
            continue;
        };
        let mut newest: HashMap<&MarkupScope, &MarkupRule> = HashMap::new();
        for (rule, _) in snapshot.rules.about(provider, name) {
            newest.insert(&rule.scope, rule);
        }
        for (scope, rule) in newest {
            let is_fixed = match rule.own() {
                Some(OwnPrice::Price { .. }) => true,
                Some(OwnPrice::Formula(own)) => own.formula.terms().is_empty(),
                None => false,
            };
            let dimension = scope.dimension.as_ref().filter(|_| is_fixed);
            let Some((dimension, events)) = dimension.and_then(|d| Some((d, dimensions.get(d)?)))
            else {
                continue;
            };
            let conditions = scope.conditions.clone().unwrap_or_default();
            if let Some(at) = changed_since(model, dimension, &conditions, rule, now) {
                found.push(WatchedPrice {
                    why: Watched::NotFollowed,
                    subject: format!("{provider}/{name}"),
                    detail: dimension.to_string(),
                    since: Some(at),
                    events: *events,
                });
            }
        }
    }
    found
}

/// The newest change of the provider's price that the book learned after a rule was recorded, or
/// that came into force after it.
fn changed_since(
    model: &ModelPrices,
    dimension: &Dimension,
    conditions: &PriceConditions,
    rule: &MarkupRule,
    now: Timestamp,
) -> Option<Timestamp> {
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
    (was != is).then_some(row.valid_from.max(rule.recorded_at))
}
