//! Publishing the draft, and what was published: versions, their differences, the way back.

use crate::app::{App, OpenBook};
use crate::convert::{write_markup, write_own, write_scope};
use crate::error::{ApiError, ApiResult};
use crate::shares::blocking;
use crate::snapshot::Snapshot;
use crate::use_cases::markups::{owner_name, since};
use crate::use_cases::price_cells::{head, live};
use crate::use_cases::price_edits::Edits;
use crate::use_cases::price_review::{MOST_BLOCKS, begins, chosen};
use crate::use_cases::price_settings::below_cost_blocks;
use crate::use_cases::price_staging::{count, day};
use crate::wire::{
    Count, Nothing, PriceCompareReply, PriceCompareRequest, PriceCompareRow, PriceDraftReply,
    PricePublishReply, PricePublishRequest, PriceRestoreRequest, PriceVersionListReply,
    PriceVersionText, RuleText,
};
use ratebook_catalog::{
    Dimension, Issue, MarkupRule, MarkupRuleId, MarkupScope, RuleBody, StagedChange, StagedWhat,
};
use ratebook_money::{Date, Timestamp};
use ratebook_store::price_draft::{self, DraftHead};
use ratebook_store::versions::{PriceVersion, VersionKind};
use ratebook_store::{markups, versions};
use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::Arc;

const MOST_ROWS: usize = 1_000;

/// What a rule says, and since which version.
type Said<'a> = (Cow<'a, RuleBody>, Option<u32>);

impl App {
    /// Publishes the draft, or some changes of it, as a version that never changes.
    pub async fn price_publish(
        &self,
        request: PricePublishRequest,
    ) -> ApiResult<PricePublishReply> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let reason = request.reason.trim();
        if reason.is_empty() {
            return Err(ApiError::field("reason", "required"));
        }
        let valid_on = day(request.valid_on.as_deref())?;
        let chosen = chosen(&snapshot, request.only.as_deref())?;
        if chosen.is_empty() {
            return Err(ApiError::refused("nothing_staged"));
        }
        computed(&snapshot, &chosen, self.now())?;
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
        let number = versions::add(&mut edit, &kind, valid_from, reason, now).await?;
        let mut ids = self.ids();
        let rules: Vec<(MarkupRule, &str)> = chosen
            .iter()
            .map(|change| {
                let rule = MarkupRule {
                    id: MarkupRuleId::new(&mut ids),
                    scope: change.scope.clone(),
                    body: change.body(),
                    valid_from,
                    recorded_at: now,
                    version: Some(number),
                };
                (rule, change.note.as_str())
            })
            .collect();
        let written = rules.iter().map(|(rule, note)| (rule, *note));
        markups::add_all(&mut edit, number, written).await?;
        price_draft::clear(&mut edit).await?;
        let published: HashSet<&MarkupScope> = chosen.iter().map(|change| &change.scope).collect();
        let left = snapshot.draft.staged.iter();
        let left: Vec<StagedChange> = left
            .filter(|change| !published.contains(&change.scope))
            .cloned()
            .collect();
        if !left.is_empty() {
            price_draft::stage(&mut edit, &left).await?;
        }
        edit.finish().await?;
        let snapshot = self.snapshot(&open).await?;
        Ok(PricePublishReply {
            number: Count(u64::from(number)),
            draft: head(&snapshot),
        })
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

    /// All versions, newest first.
    pub async fn price_version_list(&self, _: Nothing) -> ApiResult<PriceVersionListReply> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let live = live(&snapshot, self.now());
        let versions = snapshot.price_versions.iter().rev();
        Ok(PriceVersionListReply {
            versions: versions
                .map(|version| written(&snapshot.price_versions, version, live))
                .collect(),
            draft: head(&snapshot),
        })
    }

    /// What differs between two states of the price book.
    pub async fn price_version_compare(
        &self,
        request: PriceCompareRequest,
    ) -> ApiResult<PriceCompareReply> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        blocking(move || {
            let state = |number| State::of(&snapshot, number);
            let (from, to) = (state(request.from)?, state(request.to)?);
            Ok(compared(&snapshot, from, to))
        })
        .await
    }

    /// Stages what makes the price book as it was in a version.
    pub async fn price_version_restore(
        &self,
        request: PriceRestoreRequest,
    ) -> ApiResult<PriceDraftReply> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let number = known_version(&snapshot, request.number)?;
        let changes = differences(&snapshot, number);
        if changes.is_empty() {
            return Err(ApiError::refused("nothing_differs"));
        }
        let mut edit = open
            .edit("price_restore", &number.to_string(), self.now())
            .await?;
        price_draft::clear(&mut edit).await?;
        let head = DraftHead {
            restores: Some(number),
            ..snapshot.draft.head.clone()
        };
        price_draft::save_head(&mut edit, &head).await?;
        price_draft::stage(&mut edit, &changes).await?;
        edit.finish().await?;
        self.draft_reply(&open).await
    }
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

fn written(all: &[PriceVersion], version: &PriceVersion, live: Option<u32>) -> PriceVersionText {
    let order = |version: &PriceVersion| (version.valid_from, version.number);
    let next = all.iter().filter(|other| order(other) > order(version));
    let next = next.min_by_key(|other| order(other));
    let (kind, restores) = match version.kind {
        VersionKind::First => ("first", None),
        VersionKind::Change => ("change", None),
        VersionKind::Draft => ("draft", None),
        VersionKind::Rollback(number) => ("rollback", Some(number)),
    };
    let number = |number: u32| Count(u64::from(number));
    PriceVersionText {
        number: number(version.number),
        kind: kind.to_owned(),
        valid_from: since(version.valid_from),
        valid_until: next.map(|next| next.valid_from.to_string()),
        published_at: version.published_at.to_string(),
        reason: version.reason.clone(),
        restores: restores.map(number),
        rules: number(version.rules),
        rates: number(version.rates),
        live: live == Some(version.number),
    }
}

fn known_version(snapshot: &Snapshot, number: Count) -> ApiResult<u32> {
    let wanted = u32::try_from(number.0).unwrap_or(u32::MAX);
    let known = snapshot.price_versions.iter().any(|v| v.number == wanted);
    if known {
        Ok(wanted)
    } else {
        Err(ApiError::not_found("price_version", &number.0.to_string()))
    }
}

/// A state of the price book.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// All versions up to this one are in force.
    Upto(u32),
    /// All published ones.
    Published,
    /// The draft over all published ones.
    Drafted,
}

impl State {
    fn of(snapshot: &Snapshot, number: Count) -> ApiResult<Self> {
        match number.0 {
            0 => Ok(Self::Drafted),
            _ => known_version(snapshot, number).map(Self::Upto),
        }
    }

    /// What the rules of a scope say in it; `rules` in the order of recording.
    fn said<'a>(
        self,
        snapshot: &'a Snapshot,
        scope: &MarkupScope,
        rules: &[&'a MarkupRule],
    ) -> Option<Said<'a>> {
        if self == Self::Drafted
            && let Some(change) = snapshot.draft.staged.of(scope)
        {
            return Some((Cow::Owned(change.body()?), None));
        }
        let holds = |rule: &&&MarkupRule| match self {
            Self::Upto(number) => rule.version.unwrap_or(0) <= number,
            Self::Published | Self::Drafted => true,
        };
        let rules = rules.iter().filter(holds);
        // Of those of the same time the last one counts.
        let newest = rules.max_by_key(|rule| (rule.valid_from, rule.recorded_at))?;
        Some((Cow::Borrowed(newest.body.as_ref()?), newest.version))
    }
}

/// What two states say of a scope, where that differs; and of how many they say the same.
type Differences<'a> = (
    Vec<(&'a MarkupScope, Option<Said<'a>>, Option<Said<'a>>)>,
    usize,
);

fn between(snapshot: &Snapshot, from: State, to: State) -> Differences<'_> {
    let mut same = 0_usize;
    let mut differing = Vec::new();
    let mut look = |scope, rules: &[_]| {
        let said = |state: State| state.said(snapshot, scope, rules);
        let (before, after) = (said(from), said(to));
        let bodies = (before.as_ref().map(|b| &b.0), after.as_ref().map(|a| &a.0));
        match bodies {
            (None, None) => {}
            (before, after) if before == after => same = same.saturating_add(1),
            (Some(_) | None, Some(_) | None) => differing.push((scope, before, after)),
        }
    };
    snapshot.rules.each_scope(&mut look);
    for change in snapshot.draft.staged.iter() {
        if snapshot.rules.newest_of(&change.scope).is_none() {
            look(&change.scope, &[]);
        }
    }
    (differing, same)
}

fn compared(snapshot: &Snapshot, from: State, to: State) -> PriceCompareReply {
    let (mut differing, same) = between(snapshot, from, to);
    let total = differing.len();
    // Only what is shown is brought into order.
    if total > MOST_ROWS {
        differing.select_nth_unstable_by_key(MOST_ROWS, |(scope, ..)| *scope);
        differing.truncate(MOST_ROWS);
    }
    differing.sort_unstable_by_key(|(scope, ..)| *scope);
    let text = |scope, said: Option<Said<'_>>| {
        said.map(|(body, version)| rule_text(scope, Some(body.as_ref()), version))
    };
    let rows = differing.into_iter();
    let rows = rows.map(|(scope, before, after)| PriceCompareRow {
        scope: write_scope(scope),
        owner_name: owner_name(snapshot, scope),
        before: text(scope, before),
        after: text(scope, after),
    });
    PriceCompareReply {
        rows: rows.collect(),
        total: count(total),
        same: count(same),
    }
}

/// What a rule says, for the wire.
pub(crate) fn rule_text(
    scope: &MarkupScope,
    body: Option<&RuleBody>,
    version: Option<u32>,
) -> RuleText {
    let dimension = scope.dimension.as_ref();
    let per_million = dimension.is_none_or(Dimension::is_tokens);
    let (markup, own) = match body {
        Some(RuleBody::Markup(markup)) => (Some(write_markup(markup, per_million)), None),
        Some(RuleBody::Own(own)) => (None, Some(write_own(own, dimension))),
        None => (None, None),
    };
    RuleText {
        markup,
        own,
        version: version.map(|number| Count(u64::from(number))),
    }
}

/// The changes that make the published state that of a version.
fn differences(snapshot: &Snapshot, number: u32) -> Vec<StagedChange> {
    let (mut differing, _) = between(snapshot, State::Published, State::Upto(number));
    differing.sort_unstable_by_key(|(scope, ..)| *scope);
    let changes = differing.into_iter().map(|(scope, _, then)| StagedChange {
        scope: scope.clone(),
        what: then.map_or(StagedWhat::End, |(body, _)| body.into_owned().into()),
        note: String::new(),
    });
    changes.collect()
}
