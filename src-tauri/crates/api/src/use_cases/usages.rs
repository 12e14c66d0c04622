use crate::app::{App, OpenBook};
use crate::error::{ApiError, ApiResult};
use crate::figures::fact;
use crate::overview::{Asked, Ranked};
use crate::shares::{blocking, spread_of, sums_of};
use crate::snapshot::{Snapshot, lock};
use crate::wire::{
    UsageEventListReply, UsageEventListRequest, UsageEventText, UsageGroup, UsageMeasure,
    UsageOverviewReply, UsageOverviewRequest,
};
use ratebook_catalog::CustomerId;
use ratebook_catalog::prices::ModelPrices;
use ratebook_money::{Date, Period, Timestamp, Zone};
use ratebook_rating::has_weekdays;
use ratebook_store::usage::{
    ClassCache, CustomerRef, Epochs, EventQuery, SeriesTotal, UsageTotal, events, series_totals,
    totals,
};
use ratebook_usage::{CallClass, MODEL_CALL, UsageEvent};
use std::collections::BTreeSet;
use std::sync::Arc;

impl App {
    /// Usage of a period by day and group.
    pub async fn usage_overview(
        &self,
        request: UsageOverviewRequest,
    ) -> ApiResult<UsageOverviewReply> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let place = open.caches.overview(snapshot.change, &request);
        let computed = place.get_or_try_init(|| self.look_at(&open, snapshot, request));
        computed.await.cloned()
    }

    /// Computes what the first screen of an open book asks for, so that it is there, or on its way,
    /// when the page does. Whatever fails here is told to the one who asks.
    pub async fn look_ahead(&self) {
        let Ok(open) = self.book().await else { return };
        let Ok(snapshot) = self.snapshot(&open).await else {
            return;
        };
        let Some((first, last)) = snapshot.months.first().and_then(|month| month.days()) else {
            return;
        };
        let first_screen = UsageOverviewRequest {
            from: first.to_string(),
            to: last.to_string(),
            group: UsageGroup::Model,
            measure: UsageMeasure::Cost,
            customer_id: None,
            model: None,
        };
        let _ = self.usage_overview(first_screen).await;
    }

    async fn look_at(
        &self,
        open: &OpenBook,
        snapshot: Arc<Snapshot>,
        request: UsageOverviewRequest,
    ) -> ApiResult<UsageOverviewReply> {
        let zone = snapshot.company.zone;
        let (first, last) = days(&request.from, &request.to)?;
        let period = zone.days(first, last)?;
        let customer = customer(request.customer_id.as_deref())?;
        let names = wanted_refs(&snapshot.names, customer);
        let days = day_starts(zone, first, last)?;
        let mut cuts = price_cuts(&snapshot, period);
        if snapshot.prices.models().iter().any(has_weekdays) {
            cuts.extend(&days);
        }
        let mut fine = cuts.clone();
        fine.extend(&days);
        let (cuts, fine) = (cuts.into_iter().collect(), fine.into_iter().collect());
        let ids: Vec<i64> = names.iter().map(|name| name.id).collect();
        let apart = request.group == UsageGroup::Customer;
        let spread = spread_of(open, ids, period, (cuts, days), apart, &snapshot.prices).await?;
        let asked = Asked {
            model: request.model,
            group: request.group,
            days: (first, last),
            zone,
            measure: request.measure,
        };
        let work = move || -> ApiResult<_> {
            let ranked = Ranked::of(&snapshot, &names, &spread, &asked)?;
            Ok((snapshot, names, spread, asked, ranked))
        };
        let (snapshot, names, spread, asked, ranked) = blocking(work).await?;
        // The days of those who are shown by day.
        let sums = match asked.group {
            UsageGroup::Customer => {
                sums_of(open, ranked.names(), period, fine, &snapshot.prices).await?
            }
            UsageGroup::Model | UsageGroup::Provider => Vec::new(),
        };
        blocking(move || ranked.reply(&snapshot, &names, &spread, &sums, &asked)).await
    }

    /// Events behind a figure.
    pub async fn usage_event_list(
        &self,
        request: UsageEventListRequest,
    ) -> ApiResult<UsageEventListReply> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let (first, last) = days(&request.from, &request.to)?;
        let period = snapshot.company.zone.days(first, last)?;
        let customer = customer(request.customer_id.as_deref())?;
        let mut read = open.read().await?;
        let names = wanted_refs(&snapshot.names, customer);
        let ids: Vec<i64> = names.iter().map(|name| name.id).collect();
        let mut cache = open.take_classes();
        let series = match &request.model {
            None => None,
            Some(model) => {
                let all = series_totals(&mut read, &mut cache).await?;
                Some(series_of(&snapshot, &all, model))
            }
        };
        let query = EventQuery {
            refs: Some(&ids),
            series: series.as_deref(),
            period,
            epochs: Epochs::All,
            after: cursor(request.cursor.as_deref())?,
            limit: request.limit.clamp(1, 500),
        };
        let found = events(&mut read, &mut cache, &query).await;
        open.put_classes(cache);
        let found = found?;
        let whole = u32::try_from(found.len()).is_ok_and(|n| n < query.limit);
        let next = found.last().filter(|_| !whole);
        let next = next.map(|last| format!("{}:{}", last.event.at.micros(), last.seq));
        Ok(UsageEventListReply {
            events: found
                .iter()
                .map(|stored| event_text(&stored.event))
                .collect(),
            cursor: next,
        })
    }

    /// Models that usage of the book stands for.
    pub(crate) async fn models_used(
        &self,
        open: &OpenBook,
        snapshot: &Snapshot,
    ) -> ApiResult<BTreeSet<(String, String)>> {
        let mut used = BTreeSet::new();
        for total in open.series_totals().await? {
            if let Some(model) = model_of(snapshot, &total.class) {
                used.insert((model.provider.clone(), model.model.clone()));
            }
        }
        Ok(used)
    }

    /// Names by which usage of the book calls a model.
    pub(crate) async fn aliases_of(
        &self,
        open: &OpenBook,
        model: &ModelPrices,
    ) -> ApiResult<Vec<String>> {
        let snapshot = self.snapshot(open).await?;
        let mut names = BTreeSet::new();
        for total in open.series_totals().await? {
            let same = model_of(&snapshot, &total.class).is_some_and(|found| {
                found.provider == model.provider && found.model == model.model
            });
            if same {
                names.insert(format!("{}/{}", total.class.provider, total.class.model));
            }
        }
        Ok(names.into_iter().collect())
    }
}

impl OpenBook {
    /// The classes read so far; given back after use.
    pub(crate) fn take_classes(&self) -> ClassCache {
        lock(&self.caches.classes).clone()
    }

    /// Keeps what was read.
    pub(crate) fn put_classes(&self, cache: ClassCache) {
        *lock(&self.caches.classes) = cache;
    }

    /// All usage by class.
    pub(crate) async fn series_totals(&self) -> ApiResult<Vec<SeriesTotal>> {
        let mut read = self.read().await?;
        let mut cache = self.take_classes();
        let found = series_totals(&mut read, &mut cache).await;
        self.put_classes(cache);
        Ok(found?)
    }

    /// All usage by name and class.
    pub(crate) async fn totals(&self) -> ApiResult<Vec<UsageTotal>> {
        let mut read = self.read().await?;
        let mut cache = self.take_classes();
        let found = totals(&mut read, &mut cache).await;
        self.put_classes(cache);
        Ok(found?)
    }
}

/// The model that the calls of a class are priced as.
pub(crate) fn model_of<'a>(snapshot: &'a Snapshot, class: &CallClass) -> Option<&'a ModelPrices> {
    if class.event_name != MODEL_CALL {
        return None;
    }
    snapshot
        .prices
        .resolve(&class.provider, &class.model)
        .model()
}

fn series_of(snapshot: &Snapshot, all: &[SeriesTotal], wanted: &str) -> Vec<i64> {
    let series: BTreeSet<i64> = all
        .iter()
        .filter(|total| {
            let reported = format!("{}/{}", total.class.provider, total.class.model);
            let known = model_of(snapshot, &total.class);
            known.map_or(
                reported == wanted || total.class.event_name == wanted,
                |model| format!("{}/{}", model.provider, model.model) == wanted,
            )
        })
        .map(|total| total.series)
        .collect();
    series.into_iter().collect()
}

fn wanted_refs(names: &[CustomerRef], customer: Option<CustomerId>) -> Vec<CustomerRef> {
    names
        .iter()
        .filter(|name| customer.is_none() || name.customer == customer)
        .cloned()
        .collect()
}

fn customer(text: Option<&str>) -> ApiResult<Option<CustomerId>> {
    match text.filter(|text| !text.is_empty()) {
        None => Ok(None),
        Some(text) => CustomerId::parse(text)
            .map(Some)
            .map_err(|_| ApiError::not_found("customer", text)),
    }
}

fn days(from: &str, to: &str) -> ApiResult<(Date, Date)> {
    let read = |path: &str, text: &str| {
        text.parse::<Date>()
            .map_err(|_| ApiError::field(path, "not_a_date"))
    };
    let (first, last) = (read("from", from)?, read("to", to)?);
    if last < first {
        return Err(ApiError::field("to", "before_start"));
    }
    if last.signed_duration_since(first).num_days() > 800 {
        return Err(ApiError::field("to", "too_long"));
    }
    Ok((first, last))
}

fn day_starts(zone: Zone, first: Date, last: Date) -> ApiResult<Vec<Timestamp>> {
    let days = first.iter_days().take_while(|day| *day <= last);
    days.map(|day| Ok(zone.start_of(day)?)).collect()
}

/// Instants of the period at which some provider price or exchange rate changes.
fn price_cuts(snapshot: &Snapshot, period: Period) -> BTreeSet<Timestamp> {
    let rows = snapshot
        .prices
        .models()
        .iter()
        .flat_map(|model| &model.prices);
    let rates = snapshot.exchange.iter().map(|rate| rate.valid_from);
    rows.map(|row| row.valid_from)
        .chain(rates)
        .filter(|at| period.contains(*at))
        .collect()
}

fn cursor(text: Option<&str>) -> ApiResult<Option<(Timestamp, i64)>> {
    let Some(text) = text.filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let parts = text
        .split_once(':')
        .and_then(|(at, seq)| Some((Timestamp::from_micros(at.parse().ok()?), seq.parse().ok()?)));
    parts
        .map(Some)
        .ok_or_else(|| ApiError::field("cursor", "unknown"))
}

/// An event as the wire has it.
pub(crate) fn event_text(event: &UsageEvent) -> UsageEventText {
    let mut reported: Vec<_> = event
        .reported
        .numbers
        .iter()
        .map(|(key, value)| fact(key, value))
        .collect();
    reported.extend(event.reported.costs.iter().map(|cost| {
        fact(
            &format!("cost {}", cost.kind),
            format!("{} {}", cost.amount, cost.currency),
        )
    }));
    reported.extend(event.dims.iter().map(|(key, value)| fact(key, value)));
    UsageEventText {
        source: event.source.clone(),
        id: event.id.clone(),
        at: event.at.to_string(),
        customer_ref: event.customer_ref.clone(),
        provider: event.provider.clone(),
        model: event.model.clone(),
        event_name: event.event_name.clone(),
        quantities: event
            .quantities
            .iter()
            .map(|(dimension, quantity)| fact(&dimension.to_string(), quantity))
            .collect(),
        reported,
    }
}
