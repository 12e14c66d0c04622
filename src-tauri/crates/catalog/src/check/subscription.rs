//! A customer on a plan.

use crate::{ChargeKind, FeePer, Issue, PlanTerms, Subscription};

/// A subscription to a plan version with these terms.
#[must_use]
pub fn subscription(subscription: &Subscription, terms: &PlanTerms) -> Vec<Issue> {
    let mut issues = Vec::new();
    let ends_before = subscription
        .ends_on
        .is_some_and(|end| end < subscription.starts_on);
    if ends_before {
        let issue = Issue::new("endsOn", "before_start");
        issues.push(issue.with("start", subscription.starts_on));
    }
    if let Some(since) = subscription.agreed.since
        && since > subscription.starts_on
    {
        let issue = Issue::new("since", "after_start");
        issues.push(issue.with("start", subscription.starts_on));
    }
    seats(subscription, terms, &mut issues);
    issues.extend(super::change::changes(
        terms,
        &subscription.agreed.overrides,
        "overrides",
    ));
    issues
}

fn seats(subscription: &Subscription, terms: &PlanTerms, issues: &mut Vec<Issue>) {
    let seats = &subscription.agreed.seats;
    let is_per_seat = |kind: &ChargeKind| {
        matches!(
            kind,
            ChargeKind::RecurringFee {
                per: FeePer::Seat,
                ..
            }
        )
    };
    let needs_seats = terms.charges.iter().any(|one| is_per_seat(&one.kind));
    match seats.first() {
        None if needs_seats => issues.push(Issue::new("seats", "required")),
        Some(first) if first.from > subscription.starts_on => {
            let issue = Issue::new("seats[0].from", "after_start");
            issues.push(issue.with("start", subscription.starts_on));
        }
        None | Some(_) => {}
    }
    for (index, pair) in (1_usize..).zip(seats.windows(2)) {
        if let [before, now] = pair
            && now.from <= before.from
        {
            let issue = Issue::new(format!("seats[{index}].from"), "not_after");
            issues.push(issue.with("day", before.from));
        }
    }
}
