use crate::app::{App, OpenBook};
use crate::error::{ApiError, ApiResult};
use crate::snapshot::Snapshot;
use crate::use_cases::price_watch::Watched;
use crate::use_cases::usages::model_of;
use crate::wire::{
    BookCountsReply, Count, InboxAssignCustomerRequest, InboxAssignModelRequest, InboxItem,
    InboxKind, InboxListReply, InboxSuggestion, Nothing,
};
use ratebook_catalog::CustomerId;
use ratebook_catalog::prices::{ModelAlias, Resolution};
use ratebook_invoicing::InvoiceStatus;
use ratebook_money::Timestamp;
use ratebook_rating::HeldReason;
use ratebook_store::{customers, prices, usage};
use ratebook_usage::MODEL_CALL;
use std::collections::BTreeMap;

/// One thing that waits, while it is counted.
#[derive(Default)]
struct Waiting {
    events: u64,
    since: Option<Timestamp>,
    suggestions: Vec<InboxSuggestion>,
}

type Key = (u8, String, String);

impl App {
    /// What waits, most events first.
    pub async fn inbox_list(&self, _: Nothing) -> ApiResult<InboxListReply> {
        let open = self.book().await?;
        Ok(InboxListReply {
            items: self.inbox(&open).await?,
        })
    }

    /// Says who an alias is: its usage is theirs from now on, back to the first event.
    pub async fn inbox_assign_customer(
        &self,
        request: InboxAssignCustomerRequest,
    ) -> ApiResult<InboxListReply> {
        let open = self.book().await?;
        let id = CustomerId::parse(&request.customer_id)
            .map_err(|_| ApiError::not_found("customer", &request.customer_id))?;
        let mut edit = open
            .edit("inbox_assign", &request.reference, self.now())
            .await?;
        customers::get(&mut edit, id).await?;
        customers::alias(&mut edit, id, &request.reference).await?;
        edit.finish().await?;
        self.inbox_list(Nothing {}).await
    }

    /// Says which model a name is.
    pub async fn inbox_assign_model(
        &self,
        request: InboxAssignModelRequest,
    ) -> ApiResult<InboxListReply> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let name = format!("{}/{}", request.to_provider, request.to_model);
        if snapshot
            .prices
            .get(&request.to_provider, &request.to_model)
            .is_none()
        {
            return Err(ApiError::not_found("model", &name));
        }
        let alias = ModelAlias {
            provider: Some(request.provider.clone()),
            alias: request.model.clone(),
            to_provider: request.to_provider,
            to_model: request.to_model,
        };
        let mut edit = open
            .edit("inbox_assign", &request.model, self.now())
            .await?;
        prices::save_alias(&mut edit, &alias).await?;
        edit.finish().await?;
        open.caches.forget_prices();
        self.inbox_list(Nothing {}).await
    }

    /// What the sidebar counts.
    pub async fn book_counts(&self, _: Nothing) -> ApiResult<BookCountsReply> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let (_, drafts) = self.month_drafts(&open, snapshot.usual_month()).await?;
        let open_drafts = drafts.customers.iter().filter(|draft| draft.has_lines());
        let count = |n: usize| Count(u64::try_from(n).unwrap_or(u64::MAX));
        Ok(BookCountsReply {
            drafts: count(open_drafts.count()),
            inbox: count(self.inbox(&open).await?.len()),
        })
    }

    async fn inbox(&self, open: &OpenBook) -> ApiResult<Vec<InboxItem>> {
        let snapshot = self.snapshot(open).await?;
        let mut waiting: BTreeMap<Key, Waiting> = BTreeMap::new();
        let mut read = open.read().await?;
        for unknown in usage::unknown_refs(&mut read).await? {
            let entry = waiting
                .entry((0, unknown.name.clone(), String::new()))
                .or_default();
            entry.events = u64::try_from(unknown.events).unwrap_or(0);
            entry.since = Some(unknown.first_at);
            entry.suggestions = customers_like(&snapshot, &unknown.name);
        }
        let conflicts = usage::conflicts(&mut read, None, 10_000).await?;
        for conflict in &conflicts {
            let source = &conflict.refused.facts.source;
            let entry = waiting
                .entry((5, source.clone(), String::new()))
                .or_default();
            entry.events = entry.events.saturating_add(1);
            entry.since = Some(
                entry
                    .since
                    .map_or(conflict.refused.at, |at| at.min(conflict.refused.at)),
            );
        }
        drop(read);
        for total in open.series_totals().await? {
            let class = &total.class;
            if class.event_name != MODEL_CALL || model_of(&snapshot, class).is_some() {
                continue;
            }
            let name = format!("{}/{}", class.provider, class.model);
            let entry = waiting.entry((1, name, String::new())).or_default();
            entry.events = entry
                .events
                .saturating_add(u64::try_from(total.events).unwrap_or(0));
            entry.since = Some(
                entry
                    .since
                    .map_or(total.first_at, |at| at.min(total.first_at)),
            );
            if entry.suggestions.is_empty() {
                entry.suggestions = models_like(&snapshot, &class.provider, &class.model);
            }
        }
        for watched in self.watched(open, &snapshot).await? {
            let kind = match watched.why {
                Watched::BelowCost => 7,
                Watched::NotFollowed => 8,
                Watched::Old => 9,
            };
            let entry = waiting.entry((kind, watched.subject, watched.detail));
            let entry = entry.or_default();
            entry.events = entry.events.saturating_add(watched.events);
            entry.since = watched.since;
        }
        self.held_usage(open, &snapshot, &mut waiting).await?;
        Ok(items(waiting))
    }

    /// Usage of known customers and models that still cannot be billed, by what is missing.
    async fn held_usage(
        &self,
        open: &OpenBook,
        snapshot: &Snapshot,
        waiting: &mut BTreeMap<Key, Waiting>,
    ) -> ApiResult<()> {
        for month in &snapshot.months {
            let (_, drafts) = self.month_drafts(open, *month).await?;
            for draft in &drafts.customers {
                let Some(found) = draft.summary() else {
                    continue;
                };
                let since = Some(draft.period.from);
                for held in &found.held {
                    let model = format!("{}/{}", held.provider, held.model);
                    let key = match &held.reason {
                        HeldReason::UnknownModel => continue,
                        HeldReason::NoPrice
                        | HeldReason::Unspecified
                        | HeldReason::Inexact
                        | HeldReason::Formula(_) => (2, model, held.dimension.to_string()),
                        HeldReason::NoValue { meter } => (10, meter.clone(), String::new()),
                        HeldReason::NoPriceForValue { value } => {
                            (11, value.clone(), draft.plans.clone())
                        }
                        HeldReason::NoExchangeRate { base, quote } => {
                            (4, format!("{base}/{quote}"), String::new())
                        }
                    };
                    let entry = waiting.entry(key).or_default();
                    entry.events = entry.events.saturating_add(held.events);
                    entry.since = entry.since.min(since).or(since);
                }
                let customer = snapshot.customer(draft.customer);
                let events = found.unsubscribed;
                if let (Some(customer), true) = (customer, events > 0) {
                    let key = (3, customer.id.to_string(), customer.name.clone());
                    let entry = waiting.entry(key).or_default();
                    entry.events = entry.events.saturating_add(events);
                    entry.since = entry.since.min(since).or(since);
                }
            }
        }
        self.late_usage(open, snapshot, waiting).await
    }

    /// Usage that came after its period was made final.
    async fn late_usage(
        &self,
        open: &OpenBook,
        snapshot: &Snapshot,
        waiting: &mut BTreeMap<Key, Waiting>,
    ) -> ApiResult<()> {
        let mut read = open.read().await?;
        let newest = usage::newest_epoch(&mut read).await?;
        let mut cache = open.take_classes();
        for head in &snapshot.invoices {
            if head.status != InvoiceStatus::Finalized || head.epoch >= newest {
                continue;
            }
            let query = usage::SumQuery {
                refs: snapshot.refs_of(head.customer),
                period: head.period,
                epochs: usage::Epochs::After(head.epoch),
                boundaries: &[],
                grain: usage::Grain::Boundaries,
                least: None,
            };
            let late = usage::sums(&mut read, &mut cache, &query).await?;
            let events = late.iter().map(|sum| sum.events).max().unwrap_or(0);
            if events > 0 {
                let customer = snapshot.customer(head.customer);
                let name = customer.map(|c| c.name.clone()).unwrap_or_default();
                let entry = waiting.entry((6, head.number.clone(), name)).or_default();
                entry.events = entry.events.saturating_add(events);
                entry.since = Some(head.period.from);
            }
        }
        open.put_classes(cache);
        Ok(())
    }
}

fn items(waiting: BTreeMap<Key, Waiting>) -> Vec<InboxItem> {
    let mut items: Vec<InboxItem> = waiting
        .into_iter()
        .map(|((kind, subject, detail), waiting)| InboxItem {
            kind: match kind {
                0 => InboxKind::UnknownCustomer,
                1 => InboxKind::UnknownModel,
                2 => InboxKind::NoPrice,
                3 => InboxKind::NoSubscription,
                4 => InboxKind::NoExchangeRate,
                5 => InboxKind::Conflict,
                7 => InboxKind::BelowCost,
                8 => InboxKind::NotFollowed,
                9 => InboxKind::OldPrices,
                10 => InboxKind::NoValue,
                11 => InboxKind::NoPriceForValue,
                _ => InboxKind::LateUsage,
            },
            subject,
            detail,
            events: Count(waiting.events),
            since: waiting.since.map(|at| at.to_string()),
            suggestions: waiting.suggestions,
        })
        .collect();
    items.sort_by_key(|item| std::cmp::Reverse(item.events.0));
    items
}

/// Customers whose name or alias shares a word with an unknown reference.
fn customers_like(snapshot: &Snapshot, reference: &str) -> Vec<InboxSuggestion> {
    let words = |text: &str| -> Vec<String> {
        let words = text
            .split(|c: char| !c.is_alphanumeric())
            .map(str::to_lowercase);
        words.filter(|word| word.chars().count() > 2).collect()
    };
    let wanted = words(reference);
    let mut found: Vec<(usize, InboxSuggestion)> = snapshot
        .customers
        .iter()
        .filter(|customer| !customer.archived)
        .filter_map(|customer| {
            let mut own = words(&customer.name);
            own.extend(customer.aliases.iter().flat_map(|alias| words(alias)));
            let shared = wanted
                .iter()
                .filter(|word| {
                    own.iter()
                        .any(|own| own.contains(*word) || word.contains(own))
                })
                .count();
            let suggestion = InboxSuggestion {
                id: customer.id.to_string(),
                name: customer.name.clone(),
            };
            (shared > 0).then_some((shared, suggestion))
        })
        .collect();
    found.sort_by_key(|(shared, _)| std::cmp::Reverse(*shared));
    found
        .into_iter()
        .take(3)
        .map(|(_, suggestion)| suggestion)
        .collect()
}

fn models_like(snapshot: &Snapshot, provider: &str, model: &str) -> Vec<InboxSuggestion> {
    let Resolution::Unresolved { suggestions } = snapshot.prices.resolve(provider, model) else {
        return Vec::new();
    };
    let likely = suggestions
        .into_iter()
        .take(5)
        .map(|model| InboxSuggestion {
            id: format!("{}/{}", model.provider, model.model),
            name: model.model.clone(),
        });
    likely.collect()
}
