//! Meters of one's own.

use super::text::{length, required};
use crate::{Aggregation, Dimension, EventValue, Formula, Issue, Meter};

/// A meter of one's own.
#[must_use]
pub fn meter(meter: &Meter) -> Vec<Issue> {
    let mut issues = Vec::new();
    required(&mut issues, "name", &meter.name, 80);
    required(&mut issues, "eventName", &meter.event_name, 120);
    length(&mut issues, "unit", &meter.unit, 40);
    match &meter.aggregation {
        Aggregation::Count => {}
        Aggregation::Sum(value)
        | Aggregation::Max(value)
        | Aggregation::Min(value)
        | Aggregation::Average(value)
        | Aggregation::Latest(value)
        | Aggregation::WeightedSum(value) => of_value(&mut issues, value),
        Aggregation::UniqueCount { key } => required(&mut issues, "key", key, 120),
    }
    for (index, filter) in meter.filters.iter().enumerate() {
        let path = format!("filters[{index}]");
        required(&mut issues, &format!("{path}.key"), &filter.key, 120);
        if filter.any_of.is_empty() {
            issues.push(Issue::new(format!("{path}.anyOf"), "required"));
        }
        for (index, value) in filter.any_of.iter().enumerate() {
            required(&mut issues, &format!("{path}.anyOf[{index}]"), value, 200);
        }
        let same = |other: &crate::Filter| other.key == filter.key;
        if meter.filters.iter().take(index).any(same) {
            issues.push(Issue::new(format!("{path}.key"), "duplicate"));
        }
    }
    for (index, key) in meter.group_by.iter().enumerate() {
        let path = format!("groupBy[{index}]");
        required(&mut issues, &path, key, 120);
        if meter.group_by.iter().take(index).any(|other| other == key) {
            issues.push(Issue::new(path, "duplicate"));
        }
    }
    issues
}

fn of_value(issues: &mut Vec<Issue>, value: &EventValue) {
    match value {
        EventValue::Quantity(Dimension::Known(_)) => {}
        EventValue::Quantity(Dimension::Custom(name)) => required(issues, "quantity", name, 80),
        EventValue::Formula(formula) => of_formula(issues, formula),
    }
}

/// A formula over quantities of an event; it must have an end whatever they are.
fn of_formula(issues: &mut Vec<Issue>, formula: &Formula) {
    if let Some(name) = formula.references().first() {
        let issue = Issue::new("formula", "unknown_quantity");
        issues.push(issue.with("value", format!("row({name})")));
    }
    if formula.names().is_empty() {
        issues.push(Issue::new("formula", "no_quantity"));
    }
    if !formula.rounds_quotients() {
        issues.push(Issue::new("formula", "quotient_not_rounded"));
    }
}
