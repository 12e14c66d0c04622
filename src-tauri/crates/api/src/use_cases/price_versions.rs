//! What was published: versions, their differences, the way back.

use crate::app::App;
use crate::convert::{write_markup, write_own, write_scope};
use crate::error::{ApiError, ApiResult};
use crate::shares::blocking;
use crate::snapshot::Snapshot;
use crate::use_cases::exchange::write_fixed;
use crate::use_cases::markups::{owner_name, since};
use crate::use_cases::price_cells::{head, live};
use crate::use_cases::price_staging::count;
use crate::wire::{
    Count, Nothing, PriceCompareReply, PriceCompareRequest, PriceCompareRow, PriceDraftReply,
    PriceRestoreRequest, PriceVersionListReply, PriceVersionText, RateChange, RuleText,
};
use ratebook_catalog::{
    Dimension, ExchangeRate, FixedRate, MarkupRule, MarkupScope, RuleBody, StagedChange,
    StagedRate, StagedWhat,
};
use ratebook_money::Currency;
use ratebook_store::price_draft::{self, DraftHead};
use ratebook_store::versions::{PriceVersion, VersionKind};
use std::borrow::Cow;
use std::collections::BTreeSet;

const MOST_ROWS: usize = 1_000;

/// What a rule says, and since which version.
type Said<'a> = (Cow<'a, RuleBody>, Option<u32>);

impl App {
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
        let rates = rates_then(&snapshot, number);
        if changes.is_empty() && rates.is_empty() {
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
        price_draft::stage(&mut edit, &changes, &rates).await?;
        edit.finish().await?;
        self.draft_reply(&open).await
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

    /// The exchange rate of two currencies in it, and the version that fixed it.
    fn rate(self, snapshot: &Snapshot, base: Currency, quote: Currency) -> Option<RateSaid> {
        if self == Self::Drafted
            && let Some(staged) = snapshot.draft.staged.rate(base, quote)
        {
            return Some((staged.to.clone()?, None));
        }
        let holds = |rate: &&ExchangeRate| match self {
            Self::Upto(number) => rate.version.unwrap_or(0) <= number,
            Self::Published | Self::Drafted => true,
        };
        let own = snapshot.exchange.iter();
        let own = own.filter(|rate| rate.base == base && rate.quote == quote);
        let newest = own
            .filter(holds)
            .max_by_key(|rate| (rate.valid_from, rate.recorded_at, rate.on))?;
        let fixed = FixedRate {
            rate: newest.rate,
            source: newest.source.clone(),
            on: newest.on,
        };
        Some((fixed, newest.version))
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
    let rates = rates_between(snapshot, from, to).into_iter();
    let rates = rates.map(|(base, quote, before, after)| RateChange {
        base: base.to_string(),
        quote: quote.to_string(),
        was: before.map(|(rate, _)| write_fixed(&rate)),
        will_be: after.map(|(rate, _)| write_fixed(&rate)),
    });
    PriceCompareReply {
        rates: rates.collect(),
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

/// The exchange rates that make the published ones those of a version. A rate that was not there
/// then stays: without one, usage would wait.
fn rates_then(snapshot: &Snapshot, number: u32) -> Vec<StagedRate> {
    let differing = rates_between(snapshot, State::Published, State::Upto(number));
    let rates = differing.into_iter();
    rates
        .filter_map(|(base, quote, _, then)| {
            let to = Some(then?.0);
            Some(StagedRate { base, quote, to })
        })
        .collect()
}

type RateSaid = (FixedRate, Option<u32>);

/// The exchange rates of two states that differ, with what they are.
fn rates_between(
    snapshot: &Snapshot,
    from: State,
    to: State,
) -> Vec<(Currency, Currency, Option<RateSaid>, Option<RateSaid>)> {
    let staged = snapshot.draft.staged.rates();
    let known = snapshot.exchange.iter().map(|rate| (rate.base, rate.quote));
    let pairs: BTreeSet<_> = known
        .chain(staged.map(|rate| (rate.base, rate.quote)))
        .collect();
    let pairs = pairs.into_iter().map(|(base, quote)| {
        let said = |state: State| state.rate(snapshot, base, quote);
        (base, quote, said(from), said(to))
    });
    let fixed = |said: &Option<RateSaid>| said.as_ref().map(|(rate, _)| rate.clone());
    pairs
        .filter(|(_, _, before, after)| fixed(before) != fixed(after))
        .collect()
}
