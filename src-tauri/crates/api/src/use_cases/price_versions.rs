//! Publishing the draft, and what was published: versions, their differences, the way back.

use crate::app::App;
use crate::convert::{write_markup, write_own, write_scope};
use crate::error::{ApiError, ApiResult};
use crate::shares::blocking;
use crate::snapshot::Snapshot;
use crate::use_cases::markups::{owner_name, since};
use crate::use_cases::price_cells::{head, live};
use crate::use_cases::price_edits::Edits;
use crate::use_cases::price_review::{begins, chosen};
use crate::use_cases::price_staging::{count, day};
use crate::wire::{
    Count, Nothing, PriceCompareReply, PriceCompareRequest, PriceCompareRow, PriceDraftReply,
    PricePublishReply, PricePublishRequest, PriceRestoreRequest, PriceVersionListReply,
    PriceVersionText, RuleText,
};
use ratebook_catalog::{
    Dimension, Issue, MarkupRule, MarkupRuleId, MarkupScope, RuleBody, StagedChange, StagedWhat,
};
use ratebook_money::Timestamp;
use ratebook_store::price_draft::{self, DraftHead};
use ratebook_store::versions::{PriceVersion, VersionKind};
use ratebook_store::{markups, versions};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

const MOST_ROWS: usize = 1_000;

/// What each rule says in a state of the price book.
type State<'a> = HashMap<&'a MarkupScope, (RuleBody, Option<u32>)>;

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
        blocking(move || compared(&snapshot, request.from, request.to)).await
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

/// What the rules say once all versions up to one are in force; all published ones without one.
fn state(snapshot: &Snapshot, upto: Option<u32>) -> State<'_> {
    let mut newest: HashMap<&MarkupScope, &MarkupRule> = HashMap::new();
    let known = snapshot.rules.iter();
    let known = known.filter(|rule| {
        let number = rule.version.unwrap_or(0);
        upto.is_none_or(|upto| number <= upto)
    });
    for rule in known {
        let order = |rule: &MarkupRule| (rule.valid_from, rule.recorded_at);
        match newest.get_mut(&rule.scope) {
            Some(other) if order(rule) < order(other) => {}
            Some(other) => *other = rule,
            None => {
                newest.insert(&rule.scope, rule);
            }
        }
    }
    let rules = newest.into_iter();
    let said = rules.filter_map(|(scope, rule)| Some((scope, (rule.body.clone()?, rule.version))));
    said.collect()
}

/// The state with the draft over it.
fn drafted(snapshot: &Snapshot) -> State<'_> {
    let mut state = state(snapshot, None);
    for change in snapshot.draft.staged.iter() {
        match change.body() {
            Some(body) => state.insert(&change.scope, (body, None)),
            None => state.remove(&change.scope),
        };
    }
    state
}

fn state_of(snapshot: &Snapshot, number: Count) -> ApiResult<State<'_>> {
    if number.0 == 0 {
        return Ok(drafted(snapshot));
    }
    Ok(state(snapshot, Some(known_version(snapshot, number)?)))
}

fn compared(snapshot: &Arc<Snapshot>, from: Count, to: Count) -> ApiResult<PriceCompareReply> {
    let (before, after) = (state_of(snapshot, from)?, state_of(snapshot, to)?);
    let mut same = 0_usize;
    let mut differing: BTreeMap<&MarkupScope, (Option<&_>, Option<&_>)> = BTreeMap::new();
    for (scope, said) in &before {
        match after.get(scope) {
            Some(says) if says.0 == said.0 => same = same.saturating_add(1),
            says => {
                differing.insert(scope, (Some(said), says));
            }
        }
    }
    for (scope, says) in &after {
        if !before.contains_key(scope) {
            differing.insert(scope, (None, Some(says)));
        }
    }
    let total = differing.len();
    let rows = differing.into_iter().take(MOST_ROWS);
    let rows = rows.map(|(scope, (before, after))| PriceCompareRow {
        scope: write_scope(scope),
        owner_name: owner_name(snapshot, scope),
        before: before.map(|(body, version)| rule_text(scope, Some(body), *version)),
        after: after.map(|(body, version)| rule_text(scope, Some(body), *version)),
    });
    Ok(PriceCompareReply {
        rows: rows.collect(),
        total: count(total),
        same: count(same),
    })
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
    let (now, then) = (state(snapshot, None), state(snapshot, Some(number)));
    let mut found: BTreeMap<&MarkupScope, StagedWhat> = BTreeMap::new();
    for (scope, (body, _)) in &then {
        if now.get(scope).map(|(body, _)| body) != Some(body) {
            found.insert(scope, body.clone().into());
        }
    }
    for scope in now.keys().filter(|scope| !then.contains_key(*scope)) {
        found.insert(scope, StagedWhat::End);
    }
    let changes = found.into_iter().map(|(scope, what)| StagedChange {
        scope: scope.clone(),
        what,
        note: String::new(),
    });
    changes.collect()
}
