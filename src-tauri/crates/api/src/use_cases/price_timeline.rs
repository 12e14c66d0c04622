//! What happened to prices, by date: changes at the providers, and prices of single contracts.

use crate::app::App;
use crate::convert::write_scope;
use crate::error::{ApiError, ApiResult};
use crate::shares::blocking;
use crate::snapshot::Snapshot;
use crate::use_cases::markups::{owner_name, since};
use crate::use_cases::price_staging::{change_percent, count};
use crate::use_cases::price_versions::rule_text;
use crate::wire::{
    ContractPrice, DecimalString, PriceTimelineReply, PriceTimelineRequest, ProviderChange,
};
use ratebook_catalog::prices::{ModelPrices, ProviderPrice};
use ratebook_catalog::{MarkupRule, ScopeLevel};
use ratebook_money::{Date, Timestamp};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

impl App {
    /// What happened to prices in a span of days.
    pub async fn price_timeline(
        &self,
        request: PriceTimelineRequest,
    ) -> ApiResult<PriceTimelineReply> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let day = |field: &str, text: &str| {
            let day = text.parse::<Date>();
            day.map_err(|_| ApiError::field(field, "not_a_date"))
        };
        let zone = snapshot.company.zone;
        let from = zone.start_of(day("from", &request.from)?)?;
        let last = day("to", &request.to)?;
        let to = zone.start_of(last.succ_opt().unwrap_or(last))?;
        let used = self.models_used(&open, &snapshot).await?;
        let now = self.now();
        blocking(move || Ok(timeline(&snapshot, &used, (from, to), now))).await
    }
}

fn timeline(
    snapshot: &Arc<Snapshot>,
    used: &BTreeSet<(String, String)>,
    (from, to): (Timestamp, Timestamp),
    now: Timestamp,
) -> PriceTimelineReply {
    let models = used.iter();
    let models = models.filter_map(|(provider, model)| snapshot.prices.get(provider, model));
    let mut changes: Vec<(Timestamp, ProviderChange)> = Vec::new();
    for model in models {
        for (at, (prices, largest)) in provider_changes(model, from, to) {
            let change = ProviderChange {
                at: at.to_string(),
                provider: model.provider.clone(),
                model: model.model.clone(),
                prices: count(prices),
                change: largest.map(|percent| DecimalString(percent.to_string())),
                announced: at > now,
            };
            changes.push((at, change));
        }
    }
    changes.sort_by_key(|(at, _)| *at);
    PriceTimelineReply {
        provider_changes: changes.into_iter().map(|(_, change)| change).collect(),
        contracts: contracts(snapshot, from, to),
    }
}

/// By instant: how many prices of a model changed, and by how much the one that changed most.
pub(crate) fn provider_changes(
    model: &ModelPrices,
    from: Timestamp,
    to: Timestamp,
) -> BTreeMap<Timestamp, (usize, Option<Decimal>)> {
    let mut found: BTreeMap<Timestamp, (usize, Option<Decimal>)> = BTreeMap::new();
    let inside = |row: &&ProviderPrice| from <= row.valid_from && row.valid_from < to;
    for row in model.prices.iter().filter(inside).filter(|row| !row.manual) {
        let before = model.prices.iter().filter(|other| {
            other.dimension == row.dimension
                && other.conditions == row.conditions
                && !other.manual
                && other.valid_from < row.valid_from
        });
        let before = before.max_by_key(|other| (other.valid_from, other.recorded_at));
        let (Some(now), Some(was)) = (row.rate, before.and_then(|row| row.rate)) else {
            let entry = found.entry(row.valid_from).or_default();
            entry.0 = entry.0.saturating_add(1);
            continue;
        };
        if now != was {
            let entry = found.entry(row.valid_from).or_default();
            entry.0 = entry.0.saturating_add(1);
            let percent = change_percent(was, now);
            if percent.map(|p| p.abs()) > entry.1.map(|p| p.abs()) {
                entry.1 = percent;
            }
        }
    }
    found
}

/// Rules of single contracts that hold at some time of the span.
fn contracts(snapshot: &Snapshot, from: Timestamp, to: Timestamp) -> Vec<ContractPrice> {
    let rules: Vec<&MarkupRule> = snapshot.rules.iter().collect();
    let mut found = Vec::new();
    for (place, rule) in rules.iter().enumerate() {
        let ScopeLevel::Contract(id) = rule.scope.level else {
            continue;
        };
        let order = |(place, rule): (usize, &&MarkupRule)| (rule.valid_from, place);
        let own = order((place, rule));
        let others = rules.iter().enumerate();
        let others = others.filter(|(_, other)| other.scope == rule.scope);
        let next = others.filter(|other| order(*other) > own);
        let until = next.map(|(_, other)| other.valid_from).min();
        let is_inside = rule.valid_from < to && until.is_none_or(|until| until > from);
        let is_empty = until.is_some_and(|until| until <= rule.valid_from);
        if rule.body.is_none() || !is_inside || is_empty {
            continue;
        }
        found.push(ContractPrice {
            customer: owner_name(snapshot, &rule.scope).unwrap_or_default(),
            subscription_id: id.to_string(),
            scope: write_scope(&rule.scope),
            rule: rule_text(&rule.scope, rule.body.as_ref(), rule.version),
            valid_from: since(rule.valid_from),
            valid_until: until.and_then(since),
        });
    }
    found
}
