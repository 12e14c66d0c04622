use crate::{MarkupRule, MarkupScope, RuleBody};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
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

/// What is staged now, one change for each rule, in the order of first staging.
#[derive(Clone, Debug, Default)]
pub struct Staged {
    places: HashMap<Arc<MarkupScope>, usize>,
    /// Nothing where it was taken back.
    changes: Vec<Option<StagedChange>>,
    count: usize,
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

    /// The change of a rule.
    #[must_use]
    pub fn of(&self, scope: &MarkupScope) -> Option<&StagedChange> {
        self.changes.get(*self.places.get(scope)?)?.as_ref()
    }

    /// All changes.
    pub fn iter(&self) -> impl Iterator<Item = &StagedChange> {
        self.changes.iter().flatten()
    }

    /// How many.
    #[must_use]
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether nothing is staged.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
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
