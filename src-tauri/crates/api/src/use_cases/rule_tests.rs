//! Which rule wins for a customer, a model, a dimension and a date, and why the others do not.

use crate::app::App;
use crate::convert::write_scope;
use crate::drafts::held_word;
use crate::error::{ApiError, ApiResult};
use crate::figures::{fact, quoted, step};
use crate::snapshot::Snapshot;
use crate::use_cases::markups::{owner_name, since};
use crate::use_cases::price_cells::{Books, CallFor};
use crate::use_cases::price_edits::formula_fault;
use crate::use_cases::price_versions::rule_text;
use crate::use_cases::prices::instant;
use crate::wire::{RuleCandidate, RuleTestReply, RuleTestRequest};
use ratebook_catalog::{Dimension, PlanId, PriceConditions, SubscriptionId};
use ratebook_rating::{Buyer, Candidate, HeldReason, Outcome, candidates, price_view};

impl App {
    /// Which rule wins, and why.
    pub async fn rule_test(&self, request: RuleTestRequest) -> ApiResult<RuleTestReply> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let at = instant(request.at.as_deref(), self.now())?;
        let (provider, name) = (&request.provider, &request.model);
        let model = snapshot.prices.get(provider, name);
        let model =
            model.ok_or_else(|| ApiError::not_found("model", &format!("{provider}/{name}")))?;
        let dimension = Dimension::parse(&request.dimension);
        let dimension = dimension.ok_or_else(|| ApiError::field("dimension", "unknown"))?;
        let key = request.conditions.as_deref().unwrap_or("");
        let conditions = if key.is_empty() {
            PriceConditions::default()
        } else {
            let read = serde_json::from_str(key);
            read.map_err(|_| ApiError::field("conditions", "unknown"))?
        };
        let buyer = buyer(&snapshot, &request)?;
        let books = Books::of(&snapshot);
        let book = if request.drafted {
            books.drafted
        } else {
            books.published
        };
        let call = CallFor::new(&conditions, at);
        let view = price_view(&book, model, &dimension, &call.call(), buyer);
        let found = candidates(&book, model, &dimension, &call.call(), buyer);
        let mut reply = RuleTestReply {
            candidates: found.iter().map(|one| written(&snapshot, one)).collect(),
            sell: None,
            cost: None,
            currency: book.currency.to_string(),
            steps: Vec::new(),
            problem: None,
            fault: None,
        };
        match view {
            Ok(view) => {
                reply.sell = quoted(&dimension, view.sell().rate);
                reply.cost = view.cost.and_then(|cost| quoted(&dimension, cost));
                reply.steps = view.steps().iter().map(step).collect();
            }
            Err(reason) => {
                reply.problem = Some(held_word(&reason).to_owned());
                if let HeldReason::Formula(fault) = &reason {
                    reply.fault = Some(formula_fault(fault));
                }
            }
        }
        Ok(reply)
    }
}

/// For whom it is asked.
fn buyer(snapshot: &Snapshot, request: &RuleTestRequest) -> ApiResult<Buyer> {
    if let Some(text) = &request.subscription_id {
        let missing = || ApiError::not_found("subscription", text);
        let id = SubscriptionId::parse(text).map_err(|_| missing())?;
        let known = snapshot.subscriptions.iter().find(|own| own.id == id);
        let subscription = known.ok_or_else(missing)?;
        let plan = snapshot.plan_of(subscription).map(|(plan, _)| plan.id);
        return Ok(Buyer {
            plan,
            contract: Some(id),
        });
    }
    let plan = request.plan_id.as_deref().map(PlanId::parse).transpose();
    Ok(Buyer {
        plan: plan.map_err(|_| ApiError::field("planId", "unknown"))?,
        contract: None,
    })
}

fn written(snapshot: &Snapshot, candidate: &Candidate<'_>) -> RuleCandidate {
    let rule = candidate.rule;
    let mut facts = Vec::new();
    let outcome = match &candidate.outcome {
        Outcome::Wins => "wins",
        Outcome::LessSpecific => "less_specific",
        Outcome::Replaced { by } => {
            facts.extend(by.version.map(|number| fact("by", number)));
            facts.extend(since(by.valid_from).map(|at| fact("from", at)));
            "replaced"
        }
        Outcome::Ended => "ended",
        Outcome::NotYet => "not_yet",
        Outcome::OtherDimension => "other_dimension",
        Outcome::OtherConditions => "other_conditions",
        Outcome::OtherCustomer => "other_customer",
    };
    RuleCandidate {
        scope: write_scope(&rule.scope),
        owner_name: owner_name(snapshot, &rule.scope),
        rule: rule_text(&rule.scope, rule.body.as_ref(), rule.version),
        valid_from: since(rule.valid_from),
        recorded_at: rule.recorded_at.to_string(),
        staged: candidate.is_supposed,
        outcome: outcome.to_owned(),
        facts,
    }
}
