//! The draft of the price book as it is remembered of an open book: what is staged, and the rules
//! that it would make.

use crate::error::ApiResult;
use ratebook_catalog::{
    ExchangeRate, MarkupRule, MarkupRuleId, MarkupRules, MarkupScope, Staged, StagedChange,
    StagedRate, supposing_rates,
};
use ratebook_money::Timestamp;
use ratebook_money::id::IdSource;
use ratebook_store::SqliteConnection;
use ratebook_store::price_draft::{self, DraftHead, Steps};
use std::sync::Arc;

/// What is staged.
#[derive(Clone, Default)]
pub(crate) struct PriceDraft {
    pub head: DraftHead,
    pub staged: Arc<Staged>,
    steps: Steps,
    /// The staged changes as rules that hold whatever else there is.
    supposed: Arc<MarkupRules>,
}

impl PriceDraft {
    /// Reads the draft; what `before` has read already is not read again.
    pub async fn load(read: &mut SqliteConnection, before: &Self) -> ApiResult<Self> {
        let head = price_draft::head(read).await?;
        let steps = price_draft::steps(read, &before.steps).await?;
        let same = |(a, b): (&(i64, _), &(i64, _))| a.0 == b.0;
        let goes_on = before.steps.len() <= steps.len()
            && before.steps.iter().zip(&steps).all(|(a, b)| same((a, b)));
        if goes_on && before.steps.len() == steps.len() {
            return Ok(Self {
                head,
                steps,
                ..before.clone()
            });
        }
        let (mut staged, known) = if goes_on {
            ((*before.staged).clone(), before.steps.len())
        } else {
            (Staged::default(), 0)
        };
        for (_, step) in steps.iter().skip(known) {
            staged.stage_all(step);
        }
        let supposed = Arc::new(supposing(staged.iter()));
        Ok(Self {
            head,
            staged: Arc::new(staged),
            steps,
            supposed,
        })
    }

    /// The exchange rates of the book with the staged ones in the place of those that they replace.
    pub fn rates_over(&self, published: &[ExchangeRate]) -> Arc<Vec<ExchangeRate>> {
        Arc::new(supposing_rates(published, self.staged.rates()))
    }

    /// The rules of the book with those of the draft in the place of what they change.
    pub fn over(&self, published: &Arc<MarkupRules>) -> Arc<MarkupRules> {
        if self.staged.is_empty() {
            return Arc::clone(published);
        }
        Arc::new(published.followed_by(&self.supposed))
    }
}

/// The rules that changes would make, in their order.
pub(crate) fn supposing<'a>(changes: impl Iterator<Item = &'a StagedChange>) -> MarkupRules {
    let rules = changes.zip(supposed_ids());
    let rules = rules.map(|(change, id)| rule_of(change, id));
    MarkupRules::default().supposing(rules.collect())
}

/// The ids of [`supposing`], in order: the same every time, and never those of stored rules, whose
/// ids begin with the time.
pub(crate) fn supposed_ids() -> impl Iterator<Item = MarkupRuleId> {
    let mut ids = IdSource::new(Timestamp::from_micros(0), 0);
    std::iter::repeat_with(move || MarkupRuleId::new(&mut ids))
}

fn rule_of(change: &StagedChange, id: MarkupRuleId) -> MarkupRule {
    MarkupRule {
        id,
        scope: change.scope.clone(),
        body: change.body(),
        valid_from: Timestamp::MIN,
        recorded_at: Timestamp::MIN,
        version: None,
    }
}

/// A stable key for a staged exchange rate.
pub(crate) fn rate_key(rate: &StagedRate) -> String {
    format!("rate:{}/{}", rate.base, rate.quote)
}

/// A stable key for the scope of a change, which the window hands back.
pub(crate) fn key_of(scope: &MarkupScope) -> String {
    serde_json::to_string(scope).unwrap_or_default()
}
