//! Publishing the draft: the only way from pencil to ink.

use crate::app::{App, OpenBook};
use crate::error::{ApiError, ApiResult};
use crate::jobs::Report;
use crate::snapshot::Snapshot;
use crate::use_cases::price_cells::head;
use crate::use_cases::price_chosen::Chosen;
use crate::use_cases::price_edits::Edits;
use crate::use_cases::price_review::{MOST_BLOCKS, begins};
use crate::use_cases::price_settings::below_cost_blocks;
use crate::use_cases::price_staging::day;
use crate::wire::{Count, PricePublishReply, PricePublishRequest};
use ratebook_catalog::{Issue, MarkupRule, MarkupRuleId, MarkupScope, StagedChange, StagedRate};
use ratebook_money::{Date, Timestamp};
use ratebook_store::versions::VersionKind;
use ratebook_store::{exchange, markups, price_draft, versions};
use std::collections::HashSet;
use std::sync::Arc;

/// Rules that are written before it is asked whether to go on.
const AT_ONCE: usize = 1_000;

impl App {
    /// Publishes the draft, or some changes of it, as a version that never changes.
    /// Cancelled, it has left no trace.
    pub async fn price_publish(
        &self,
        request: PricePublishRequest,
        report: Report,
    ) -> ApiResult<PricePublishReply> {
        let running = self.jobs.start(&request.job_id, report);
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let reason = request.reason.trim();
        if reason.is_empty() {
            return Err(ApiError::field("reason", "required"));
        }
        let valid_on = day(request.valid_on.as_deref())?;
        let chosen = Chosen::of(&snapshot, request.only.as_deref())?;
        if chosen.is_empty() {
            return Err(ApiError::refused("nothing_staged"));
        }
        computed(&snapshot, &chosen.changes, self.now())?;
        self.not_below_cost(&open, &snapshot, request.only.clone(), valid_on)
            .await?;
        let restores = snapshot.draft.head.restores;
        let kind = restores.map_or(VersionKind::Draft, VersionKind::Rollback);
        let now = self.now();
        let valid_from = begins(&snapshot, valid_on, now)?;
        let number = snapshot
            .price_versions
            .last()
            .map_or(1, |v| v.number.saturating_add(1));
        let mut edit = open.edit("price_publish", &number.to_string(), now).await?;
        edit.because(reason).await?;
        let number = versions::add(&mut edit, &kind, valid_from, reason, now).await?;
        let rules = self.rules_of(&chosen, (valid_from, now), number);
        let total = u64::try_from(rules.len()).ok();
        let notes = chosen.changes.iter().map(|change| change.note.as_str());
        let rows: Vec<(&MarkupRule, &str)> = rules.iter().zip(notes).collect();
        let mut done = 0_u64;
        for some in rows.chunks(AT_ONCE) {
            running.job.check()?;
            running.job.report("publish", done, total);
            markups::add_all(&mut edit, number, some.iter().copied()).await?;
            done = done.saturating_add(u64::try_from(some.len()).unwrap_or(0));
        }
        let fixed = chosen.rates.iter();
        for rate in fixed.filter_map(|rate| rate.fixed(valid_from, now)) {
            exchange::add_to(&mut edit, number, &rate).await?;
        }
        price_draft::clear(&mut edit).await?;
        let (changes, rates) = left(&snapshot, &chosen);
        if !changes.is_empty() || !rates.is_empty() {
            price_draft::stage(&mut edit, &changes, &rates).await?;
        }
        running.job.report("publish", done, total);
        running.job.check()?;
        let known = markups::known(&mut edit).await?;
        edit.finish().await?;
        // A hundred thousand rules need not be read again by who has just written them.
        let all = Arc::new(snapshot.rules.with(rules));
        open.caches.know_rules(known, all);
        let snapshot = self.snapshot(&open).await?;
        Ok(PricePublishReply {
            number: Count(u64::from(number)),
            draft: head(&snapshot),
        })
    }

    /// The rules that a version makes of changes.
    fn rules_of(
        &self,
        chosen: &Chosen<'_>,
        (valid_from, now): (Timestamp, Timestamp),
        number: u32,
    ) -> Vec<MarkupRule> {
        let mut ids = self.ids();
        let changes = chosen.changes.iter();
        changes
            .map(|change| MarkupRule {
                id: MarkupRuleId::new(&mut ids),
                scope: change.scope.clone(),
                body: change.body(),
                valid_from,
                recorded_at: now,
                version: Some(number),
            })
            .collect()
    }

    /// Refuses prices below cost, where the book's rule says so.
    async fn not_below_cost(
        &self,
        open: &OpenBook,
        snapshot: &Arc<Snapshot>,
        only: Option<Vec<String>>,
        valid_on: Option<Date>,
    ) -> ApiResult<()> {
        let mut read = open.read().await?;
        if !below_cost_blocks(&mut read).await? {
            return Ok(());
        }
        drop(read);
        let blocks = self.blocks(snapshot, only, valid_on).await?;
        if blocks.is_empty() {
            return Ok(());
        }
        let named = blocks.into_iter().take(MOST_BLOCKS).map(|block| {
            let mut place = vec![block.model, block.dimension];
            place.extend(block.conditions);
            Issue::new("changes", "below_cost")
                .with("place", place.join(" "))
                .with("sell", block.sell.0)
                .with("cost", block.cost.0)
                .with("currency", block.currency)
        });
        Err(ApiError::invalid(named.collect()))
    }
}

/// What stays staged.
fn left(snapshot: &Snapshot, chosen: &Chosen<'_>) -> (Vec<StagedChange>, Vec<StagedRate>) {
    let published: HashSet<&MarkupScope> =
        chosen.changes.iter().map(|change| &change.scope).collect();
    let staged = &snapshot.draft.staged;
    let changes = staged.iter();
    let changes = changes.filter(|change| !published.contains(&change.scope));
    let rates = staged.rates();
    let rates = rates.filter(|rate| !chosen.rates.contains(rate));
    (changes.cloned().collect(), rates.cloned().collect())
}

/// Refuses formulas without a value: what is published prices from then on.
fn computed(snapshot: &Snapshot, chosen: &[&StagedChange], now: Timestamp) -> ApiResult<()> {
    let changes: Vec<StagedChange> = chosen.iter().map(|change| (*change).clone()).collect();
    let faults = Edits::published_only(snapshot, now).faults(&changes);
    let named = faults.into_iter().zip(&changes);
    let issues: Vec<Issue> = named
        .filter_map(|(fault, change)| {
            let fault = fault?;
            let model = change.scope.model.clone().unwrap_or_default();
            let dimension = change.scope.dimension.as_ref().map(ToString::to_string);
            let issue = Issue::new("changes", &fault.code).with("value", fault.word);
            let place = format!("{model} {}", dimension.unwrap_or_default());
            Some(issue.with("place", place))
        })
        .collect();
    if issues.is_empty() {
        Ok(())
    } else {
        Err(ApiError::invalid(issues))
    }
}
