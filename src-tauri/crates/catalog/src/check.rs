//! Checks of what a person enters. Each returns all faults at once, every one at its field, with
//! the field names that the window uses. What passes here can be rated without an error.

mod change;
mod exact;
mod fit;
mod meter;
mod party;
mod price;
mod subscription;
mod text;

pub use fit::{fit, fit_changes};
pub use meter::meter;
pub use party::{company, customer};
pub use price::{markup, price, rule, terms};
pub use subscription::subscription;

use crate::{CreditGrant, CreditScope, ExchangeRate, Issue, Plan, PlanTest};
use text::{length, places, required};

/// A plan, apart from what it charges.
#[must_use]
pub fn plan(plan: &Plan) -> Vec<Issue> {
    let mut issues = Vec::new();
    required(&mut issues, "name", &plan.name, 80);
    length(&mut issues, "description", &plan.description, 400);
    issues
}

/// The billing tests of a plan. Whether their charges exist shows when they are run: a charge may
/// be renamed after.
#[must_use]
pub fn plan_tests(tests: &[PlanTest]) -> Vec<Issue> {
    let mut issues = Vec::new();
    for (index, test) in tests.iter().enumerate() {
        let path = format!("tests[{index}]");
        required(&mut issues, &format!("{path}.name"), &test.name, 120);
        required(&mut issues, &format!("{path}.charge"), &test.charge, 120);
        let mut before = tests.iter().take(index);
        if before.any(|other| other.name == test.name) {
            issues.push(Issue::new(format!("{path}.name"), "duplicate"));
        }
    }
    issues
}

/// A grant of credit: worth something, and usable for some time.
#[must_use]
pub fn grant(grant: &CreditGrant) -> Vec<Issue> {
    let mut issues = Vec::new();
    if grant.amount.minor() <= 0 {
        let issue = Issue::new("amount", "not_above_zero");
        issues.push(issue.with("value", grant.amount.number()));
    }
    if grant.priority > 100 {
        issues.push(Issue::new("priority", "too_large").with("most", 100));
    }
    if let Some(expires_at) = grant.expires_at
        && expires_at <= grant.effective_at
    {
        let issue = Issue::new("expiresAt", "before_start");
        issues.push(issue.with("start", grant.effective_at));
    }
    if let CreditScope::Only(names) = &grant.scope
        && names.is_empty()
    {
        issues.push(Issue::new("scope", "required"));
    }
    issues
}

/// An exchange rate: above zero, at most 6 places.
#[must_use]
pub fn exchange(rate: &ExchangeRate) -> Vec<Issue> {
    let mut issues = Vec::new();
    let value = rate.rate.value();
    if value.is_zero() || value.is_sign_negative() {
        issues.push(Issue::new("rate", "not_above_zero").with("value", value));
    }
    places(&mut issues, "rate", value, 6);
    if rate.base == rate.quote {
        issues.push(Issue::new("quote", "same_currency").with("value", rate.quote));
    }
    required(&mut issues, "source", &rate.source, 120);
    issues
}

#[cfg(test)]
mod tests;
