//! Those of the staged changes that are looked at or published.

use crate::error::{ApiError, ApiResult};
use crate::price_draft::{key_of, rate_key, supposed_ids, supposing};
use crate::snapshot::Snapshot;
use ratebook_catalog::{
    ExchangeRate, MarkupRule, MarkupRules, StagedChange, StagedRate, supposing_rates,
};
use ratebook_money::Timestamp;
use std::collections::BTreeSet;

/// Changes of rules, and exchange rates after them.
pub(crate) struct Chosen<'a> {
    pub changes: Vec<&'a StagedChange>,
    pub rates: Vec<&'a StagedRate>,
}

impl<'a> Chosen<'a> {
    /// All that is staged, or what some keys name.
    pub fn of(snapshot: &'a Snapshot, only: Option<&[String]>) -> ApiResult<Self> {
        let staged = &snapshot.draft.staged;
        let Some(only) = only else {
            return Ok(Self {
                changes: staged.iter().collect(),
                rates: staged.rates().collect(),
            });
        };
        let only: BTreeSet<&str> = only.iter().map(String::as_str).collect();
        let changes = staged.iter();
        let rates = staged.rates();
        let chosen = Self {
            changes: changes
                .filter(|change| only.contains(key_of(&change.scope).as_str()))
                .collect(),
            rates: rates
                .filter(|rate| only.contains(rate_key(rate).as_str()))
                .collect(),
        };
        if chosen.len() == only.len() {
            Ok(chosen)
        } else {
            Err(ApiError::refused("draft_changed"))
        }
    }

    pub fn len(&self) -> usize {
        self.changes.len().saturating_add(self.rates.len())
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The rules of the book as if the changes had always been there.
    pub fn rules(&self, snapshot: &Snapshot) -> MarkupRules {
        let supposed = supposing(self.changes.iter().copied());
        snapshot.rules.followed_by(&supposed)
    }

    /// The exchange rates of the book as if the staged ones had always been there.
    pub fn exchange(&self, snapshot: &Snapshot) -> Vec<ExchangeRate> {
        supposing_rates(&snapshot.exchange, self.rates.iter().copied())
    }

    /// The rules with those of the changes from an instant on.
    pub fn rules_from(&self, snapshot: &Snapshot, valid_from: Timestamp) -> MarkupRules {
        let rules = self.changes.iter().zip(supposed_ids());
        let rules = rules.map(|(change, id)| MarkupRule {
            id,
            scope: change.scope.clone(),
            body: change.body(),
            valid_from,
            recorded_at: snapshot.as_of,
            version: None,
        });
        snapshot.rules.with(rules.collect())
    }

    /// The exchange rates with the staged ones from an instant on.
    pub fn exchange_from(&self, snapshot: &Snapshot, valid_from: Timestamp) -> Vec<ExchangeRate> {
        let fixed = self.rates.iter();
        let fixed = fixed.filter_map(|rate| rate.fixed(valid_from, snapshot.as_of));
        snapshot.exchange.iter().cloned().chain(fixed).collect()
    }
}
