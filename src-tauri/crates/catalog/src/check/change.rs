//! What is different in a phase or for one customer.

use super::price::price;
use super::text::{self, required};
use crate::{Charge, ChargeChange, ChargeKind, Issue, PhaseSpan, PlanTerms, PriceModel};
use chrono::Days;
use rust_decimal::Decimal;

/// Phases follow each other without a gap or an overlap, all counted in the same way.
pub(super) fn phases(terms: &PlanTerms) -> Vec<Issue> {
    let mut issues = Vec::new();
    let mut before: Option<PhaseSpan> = None;
    for (index, phase) in terms.phases.iter().enumerate() {
        let path = format!("phases[{index}]");
        required(&mut issues, &format!("{path}.name"), &phase.name, 80);
        let first = format!("{path}.first");
        match expected(before) {
            Err(()) => {}
            Ok(next) if starts_as(phase.span, next) => {}
            Ok(next) => {
                let code = gap_or_overlap(phase.span, next);
                issues.push(Issue::new(&first, code).with("expected", shown(next)));
            }
        }
        if ends_early(phase.span) {
            let start = shown_first(phase.span);
            issues.push(Issue::new(format!("{path}.last"), "before_start").with("start", start));
        }
        before = Some(phase.span);
        issues.extend(changes(terms, &phase.changes, &format!("{path}.changes")));
    }
    issues
}

/// Where the next phase has to begin; nothing when any day will do.
type Begin = Option<PhaseSpan>;

fn expected(before: Option<PhaseSpan>) -> Result<Begin, ()> {
    Ok(match before {
        None => Some(PhaseSpan::Periods { first: 1, last: 1 }),
        Some(PhaseSpan::Periods { last, .. }) => {
            let first = last.checked_add(1).ok_or(())?;
            Some(PhaseSpan::Periods { first, last: first })
        }
        Some(PhaseSpan::Days { last, .. }) => {
            let first = last.checked_add_days(Days::new(1)).ok_or(())?;
            Some(PhaseSpan::Days { first, last: first })
        }
    })
}

fn starts_as(span: PhaseSpan, begin: Begin) -> bool {
    match (span, begin) {
        (_, None) => true,
        (PhaseSpan::Periods { first, .. }, Some(PhaseSpan::Periods { first: next, .. })) => {
            first == next
        }
        (PhaseSpan::Days { first, .. }, Some(PhaseSpan::Days { first: next, .. })) => first == next,
        // The first phase may begin on any day.
        (PhaseSpan::Days { .. }, Some(PhaseSpan::Periods { first, .. })) => first == 1,
        (PhaseSpan::Periods { .. }, Some(PhaseSpan::Days { .. })) => false,
    }
}

fn gap_or_overlap(span: PhaseSpan, begin: Begin) -> &'static str {
    match (span, begin) {
        (PhaseSpan::Periods { first, .. }, Some(PhaseSpan::Periods { first: next, .. })) => {
            if first > next {
                "phase_gap"
            } else {
                "phase_overlap"
            }
        }
        (PhaseSpan::Days { first, .. }, Some(PhaseSpan::Days { first: next, .. })) => {
            if first > next {
                "phase_gap"
            } else {
                "phase_overlap"
            }
        }
        (_, _) => "phase_mixed",
    }
}

fn shown(begin: Begin) -> String {
    begin.map_or(String::new(), shown_first)
}

fn shown_first(span: PhaseSpan) -> String {
    match span {
        PhaseSpan::Periods { first, .. } => first.to_string(),
        PhaseSpan::Days { first, .. } => first.to_string(),
    }
}

fn ends_early(span: PhaseSpan) -> bool {
    match span {
        PhaseSpan::Periods { first, last } => last < first,
        PhaseSpan::Days { first, last } => last < first,
    }
}

/// Changes of charges of these terms, each at its field.
pub(super) fn changes(terms: &PlanTerms, all: &[ChargeChange], path: &str) -> Vec<Issue> {
    let mut issues = Vec::new();
    for (index, change) in all.iter().enumerate() {
        let path = format!("{path}[{index}]");
        let name = format!("{path}.charge");
        let mut earlier = all.iter().take(index);
        if earlier.any(|other| other.charge == change.charge) {
            issues.push(Issue::new(&name, "duplicate"));
        }
        let found = terms.charges.iter().find(|own| own.name == change.charge);
        match found {
            None => {
                let issue = Issue::new(&name, "unknown_charge");
                issues.push(issue.with("value", &change.charge));
            }
            Some(charge) => issues.extend(of_charge(terms, charge, change, &path)),
        }
    }
    issues
}

fn of_charge(terms: &PlanTerms, charge: &Charge, change: &ChargeChange, path: &str) -> Vec<Issue> {
    let mut issues = Vec::new();
    let at = |field: &str| format!("{path}.{field}");
    let is_usage = matches!(charge.kind, ChargeKind::Usage { .. });
    if let Some(amount) = change.amount {
        let digits = amount.currency().minor_digits();
        text::price(&mut issues, &at("amount"), amount.to_decimal(), digits);
        if is_usage {
            issues.push(Issue::new(at("amount"), "not_for_usage"));
        }
        if amount.currency() != terms.currency {
            let issue = Issue::new(at("amount"), "wrong_currency");
            issues.push(issue.with("value", amount.currency()));
        }
    }
    let of_usage = [
        ("price", change.price.is_some()),
        ("included", change.included.is_some()),
        ("minimum", change.minimum.is_some()),
    ];
    for (field, _) in of_usage.iter().filter(|(_, has)| *has && !is_usage) {
        issues.push(Issue::new(at(field), "only_for_usage"));
    }
    let nothing = !change.off && change.amount.is_none() && of_usage.iter().all(|(_, has)| !has);
    if nothing {
        issues.push(Issue::new(path, "nothing_changed"));
    }
    numbers(change, path, &mut issues);
    if let ChargeKind::Usage { price: model, .. } = &change.apply(charge).kind {
        of_price(charge, change, model, path, &mut issues);
    }
    issues
}

fn numbers(change: &ChargeChange, path: &str, issues: &mut Vec<Issue>) {
    for (field, number) in [("included", change.included), ("minimum", change.minimum)] {
        if let Some(number) = number
            && number < Decimal::ZERO
        {
            issues.push(Issue::new(format!("{path}.{field}"), "negative").with("value", number));
        }
    }
}

fn of_price(
    charge: &Charge,
    change: &ChargeChange,
    model: &PriceModel,
    path: &str,
    issues: &mut Vec<Issue>,
) {
    let is_cost_plus = matches!(model, PriceModel::CostPlus { .. });
    let limits = [("included", change.included), ("minimum", change.minimum)];
    for (field, _) in limits.iter().filter(|(_, number)| number.is_some()) {
        if is_cost_plus {
            issues.push(Issue::new(format!("{path}.{field}"), "not_for_cost_plus"));
        }
    }
    if let Some(own) = &change.price {
        let at = format!("{path}.price");
        let was_cost_plus = matches!(&charge.kind, ChargeKind::Usage { price, .. }
            if matches!(price, PriceModel::CostPlus { .. }));
        // What is counted differs: calls of models with a cost, or any usage of a meter.
        if is_cost_plus && !was_cost_plus {
            issues.push(Issue::new(format!("{at}.model"), "not_for_meter"));
        }
        issues.extend(price(own, &at));
    }
    let is_fine = |model: &PriceModel| too_fine(model).is_none();
    if change.included.is_some()
        && change.price.as_ref().is_none_or(is_fine)
        && let Some(issue) = too_fine(model)
    {
        // The price has more places than it may have beside included units.
        let path = format!("{path}.included");
        issues.push(Issue { path, ..issue });
    }
}

/// What is too fine about the price that included units go with.
fn too_fine(model: &PriceModel) -> Option<Issue> {
    let issues = price(model, "");
    issues.into_iter().find(|issue| issue.code == "too_fine")
}
