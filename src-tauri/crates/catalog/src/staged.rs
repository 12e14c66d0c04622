use crate::{ExchangeRate, MarkupRule, MarkupScope, RuleBody};
use ratebook_money::{Currency, Date, Factor, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// One change of the price book that is staged: pencil, priced by nobody.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct StagedChange {
    /// Which rule.
    pub scope: MarkupScope,
    /// What becomes of it.
    pub what: StagedWhat,
    /// Why, as the person said.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// What becomes of a rule.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum StagedWhat {
    /// It says this from then on.
    Set {
        /// The rule's body.
        #[serde(flatten)]
        body: StagedBody,
    },
    /// It ends: less specific rules hold again.
    End,
    /// It stays as it is published: what was staged before is taken back.
    Revert,
}

/// The body of a staged rule.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StagedBody {
    /// A markup.
    Markup(crate::Markup),
    /// A price of one's own.
    Own(crate::OwnPrice),
}

/// An exchange rate that is staged: with it the version fixes the rate anew.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct StagedRate {
    /// The currency that is converted.
    pub base: Currency,
    /// The currency it becomes.
    pub quote: Currency,
    /// The rate; nothing where it stays as it is published: what was staged before is taken back.
    pub to: Option<FixedRate>,
}

/// A rate with who published it for which day.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FixedRate {
    /// Units of the one currency for one of the other.
    pub rate: Factor,
    /// Who published it.
    pub source: String,
    /// The day it was published for.
    pub on: Date,
}

/// What a person staged at once.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct StagedStep {
    /// Changes of rules.
    pub changes: Vec<StagedChange>,
    /// Exchange rates.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rates: Vec<StagedRate>,
}

/// What is staged now, one change for each rule, in the order of first staging; and the rates.
#[derive(Clone, Debug, Default)]
pub struct Staged {
    places: HashMap<Arc<MarkupScope>, usize>,
    /// Nothing where it was taken back.
    changes: Vec<Option<StagedChange>>,
    count: usize,
    rates: BTreeMap<(Currency, Currency), StagedRate>,
}

impl Staged {
    /// Stages a change in the place of an earlier one of the same rule.
    pub fn stage(&mut self, change: &StagedChange) {
        let change_or_none = match change.what {
            StagedWhat::Set { .. } | StagedWhat::End => Some(change.clone()),
            StagedWhat::Revert => None,
        };
        let now = usize::from(change_or_none.is_some());
        match self.places.get(&change.scope) {
            Some(place) => {
                if let Some(known) = self.changes.get_mut(*place) {
                    let before = usize::from(known.is_some());
                    self.count = self.count.saturating_sub(before).saturating_add(now);
                    *known = change_or_none;
                }
            }
            None if change_or_none.is_some() => {
                let scope = Arc::new(change.scope.clone());
                self.places.insert(scope, self.changes.len());
                self.changes.push(change_or_none);
                self.count = self.count.saturating_add(1);
            }
            None => {}
        }
    }

    /// Stages an exchange rate in the place of an earlier one of the same pair.
    pub fn stage_rate(&mut self, rate: &StagedRate) {
        let pair = (rate.base, rate.quote);
        if rate.to.is_some() {
            self.rates.insert(pair, rate.clone());
        } else {
            self.rates.remove(&pair);
        }
    }

    /// Stages all of a step.
    pub fn stage_all(&mut self, step: &StagedStep) {
        step.changes.iter().for_each(|change| self.stage(change));
        step.rates.iter().for_each(|rate| self.stage_rate(rate));
    }

    /// The staged rates, by currencies.
    pub fn rates(&self) -> impl Iterator<Item = &StagedRate> {
        self.rates.values()
    }

    /// The staged rate of two currencies.
    #[must_use]
    pub fn rate(&self, base: Currency, quote: Currency) -> Option<&StagedRate> {
        self.rates.get(&(base, quote))
    }

    /// The change of a rule.
    #[must_use]
    pub fn of(&self, scope: &MarkupScope) -> Option<&StagedChange> {
        self.changes.get(*self.places.get(scope)?)?.as_ref()
    }

    /// All changes of rules.
    pub fn iter(&self) -> impl Iterator<Item = &StagedChange> {
        self.changes.iter().flatten()
    }

    /// How many, rates among them.
    #[must_use]
    pub fn len(&self) -> usize {
        self.count.saturating_add(self.rates.len())
    }

    /// Whether nothing is staged.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0 && self.rates.is_empty()
    }
}

impl StagedRate {
    /// The rate as a version of the price book would fix it.
    #[must_use]
    pub fn fixed(&self, valid_from: Timestamp, recorded_at: Timestamp) -> Option<ExchangeRate> {
        let to = self.to.as_ref()?;
        Some(ExchangeRate {
            base: self.base,
            quote: self.quote,
            rate: to.rate,
            source: to.source.clone(),
            on: to.on,
            valid_from,
            recorded_at,
            version: None,
        })
    }
}

impl StagedChange {
    /// What the rule says under it; nothing when it ends.
    #[must_use]
    pub fn body(&self) -> Option<RuleBody> {
        match &self.what {
            StagedWhat::Set { body } => Some(body.clone().into()),
            StagedWhat::End | StagedWhat::Revert => None,
        }
    }
}

impl From<RuleBody> for StagedWhat {
    fn from(body: RuleBody) -> Self {
        let body = match body {
            RuleBody::Markup(markup) => StagedBody::Markup(markup),
            RuleBody::Own(own) => StagedBody::Own(own),
        };
        Self::Set { body }
    }
}

impl From<StagedBody> for RuleBody {
    fn from(body: StagedBody) -> Self {
        match body {
            StagedBody::Markup(markup) => Self::Markup(markup),
            StagedBody::Own(own) => Self::Own(own),
        }
    }
}

impl MarkupRule {
    /// Whether a staged body says the same.
    #[must_use]
    pub fn says(&self, body: Option<&RuleBody>) -> bool {
        self.body.as_ref() == body
    }
}
