//! Whether prices and the meters that they are for go together.

use crate::pricing::{BucketPer, Convert, Model, Price, QuantityRound};
use crate::{
    Aggregation, BuiltInMeter, ChargeChange, ChargeKind, Dimension, EventValue, Issue, Meter,
    MeterRef, PlanTerms, PriceModel,
};

/// The prices of a plan and of its phases, each with the meter that it is for. Checks nothing else.
#[must_use]
pub fn fit(terms: &PlanTerms, meters: &[Meter]) -> Vec<Issue> {
    let mut issues = Vec::new();
    for (index, charge) in terms.charges.iter().enumerate() {
        if let ChargeKind::Usage { meter, price } = &charge.kind {
            let path = format!("charges[{index}]");
            if counted(*meter, meters).is_none() {
                issues.push(Issue::new(format!("{path}.meter"), "unknown"));
            }
            issues.extend(of_price(*meter, price, meters, &path));
        }
    }
    for (index, phase) in terms.phases.iter().enumerate() {
        let path = format!("phases[{index}].changes");
        issues.extend(fit_changes(terms, &phase.changes, meters, &path));
    }
    issues
}

/// Prices that are agreed with a customer, or hold in a phase; `path` is that of the list.
#[must_use]
pub fn fit_changes(
    terms: &PlanTerms,
    changes: &[ChargeChange],
    meters: &[Meter],
    path: &str,
) -> Vec<Issue> {
    let mut issues = Vec::new();
    for (index, change) in changes.iter().enumerate() {
        let charge = terms.charges.iter().find(|own| own.name == change.charge);
        if let (Some(price), Some(charge)) = (&change.price, charge)
            && let ChargeKind::Usage { meter, .. } = &charge.kind
        {
            let path = format!("{path}[{index}].price");
            issues.extend(of_price(*meter, price, meters, &path));
        }
    }
    issues
}

/// What a meter counts; nothing for one that there is not.
enum Counted<'a> {
    BuiltIn(BuiltInMeter),
    Own(&'a Meter),
}

fn counted(meter: MeterRef, meters: &[Meter]) -> Option<Counted<'_>> {
    match meter {
        MeterRef::BuiltIn(meter) => Some(Counted::BuiltIn(meter)),
        MeterRef::Own(id) => meters.iter().find(|own| own.id == id).map(Counted::Own),
    }
}

fn of_price(meter: MeterRef, price: &PriceModel, meters: &[Meter], path: &str) -> Vec<Issue> {
    let mut issues = Vec::new();
    if let (PriceModel::Document { price }, Some(counted)) = (price, counted(meter, meters)) {
        of_model(price, &counted, &format!("{path}.document"), &mut issues);
    }
    issues
}

fn of_model(price: &Price, counted: &Counted, path: &str, issues: &mut Vec<Issue>) {
    if let Some(convert) = &price.convert
        && !counted.divides(convert)
    {
        let issue = Issue::new(format!("{path}.convert.round"), "never_exact");
        issues.push(issue.with("value", convert.divide_by));
    }
    let mut fault = |field: &str, code: &str| {
        let issue = Issue::new(format!("{path}.{field}"), code);
        issues.push(issue.with("model", price.model.name()));
    };
    match &price.model {
        Model::Flat { .. }
        | Model::PerUnit { .. }
        | Model::Overage { .. }
        | Model::Graduated { .. }
        | Model::Volume { .. }
        | Model::Package(_)
        | Model::CostPlus { .. }
        | Model::Blocks { .. } => {}
        Model::Percentage(percentage) if percentage.looks_at_events() => {
            if !counted.sums_money() {
                fault("model", "needs_amounts");
            }
        }
        Model::Percentage(_) | Model::GraduatedPercentage { .. } => {
            if !counted.is_money() {
                fault("model", "needs_amounts");
            }
        }
        Model::Dynamic => {
            if !counted.sums_money() {
                fault("model", "needs_amounts");
            }
        }
        Model::Bucketed { per, base } => {
            if *per == BucketPer::Group && !counted.has_groups() {
                fault("per", "needs_groups");
            }
            of_model(base, counted, &format!("{path}.base"), issues);
        }
        Model::LineSum { lines, default } => {
            if !counted.has_groups() {
                fault("model", "needs_groups");
            }
            for (index, line) in lines.iter().enumerate() {
                let path = format!("{path}.lines[{index}].price");
                of_model(&line.price, counted, &path, issues);
            }
            if let Some(price) = default {
                of_model(price, counted, &format!("{path}.default"), issues);
            }
        }
        Model::Capacity { tiers } => {
            if !counted.has_quantity() {
                fault("model", "needs_quantity");
            }
            if tiers.iter().all(|tier| tier.limits.is_empty()) {
                fault("tiers", "needs_units");
            }
        }
    }
}

impl Counted<'_> {
    fn value(&self) -> Option<&EventValue> {
        match self {
            Self::BuiltIn(
                BuiltInMeter::ModelCalls
                | BuiltInMeter::InputTokens
                | BuiltInMeter::OutputTokens
                | BuiltInMeter::TotalTokens,
            ) => None,
            Self::Own(meter) => meter.aggregation.value(),
        }
    }

    /// The places of its quantity.
    fn places(&self) -> u32 {
        match self {
            Self::BuiltIn(_) => 0,
            Self::Own(meter) => match meter.aggregation {
                Aggregation::Count | Aggregation::UniqueCount { .. } => 0,
                Aggregation::Sum(_)
                | Aggregation::Max(_)
                | Aggregation::Min(_)
                | Aggregation::Average(_)
                | Aggregation::Latest(_)
                | Aggregation::WeightedSum(_) => 6,
            },
        }
    }

    /// Whether each of its quantities is converted into at most 12 places, or rounded to them.
    fn divides(&self, convert: &Convert) -> bool {
        let (times, over) = (
            convert.multiply_by.normalize(),
            convert.divide_by.normalize(),
        );
        // One of the smallest unit, in units of 10⁻¹².
        let up = 12_u32
            .checked_add(over.scale())
            .and_then(|up| up.checked_sub(self.places().checked_add(times.scale())?))
            .and_then(|up| 10_i128.checked_pow(up))
            .and_then(|power| power.checked_mul(times.mantissa()));
        let is_whole = up.and_then(|one| one.checked_rem(over.mantissa())) == Some(0);
        convert.round != QuantityRound::None || is_whole
    }

    /// Whether its quantity may be an amount of money: nothing of the closed list is one.
    fn is_money(&self) -> bool {
        match self.value() {
            None | Some(EventValue::Quantity(Dimension::Known(_))) => false,
            Some(EventValue::Quantity(Dimension::Custom(_)) | EventValue::Formula(_)) => true,
        }
    }

    /// Whether it adds the amounts of events.
    fn sums_money(&self) -> bool {
        match self {
            Self::BuiltIn(_) => false,
            Self::Own(meter) => matches!(meter.aggregation, Aggregation::Sum(_)) && self.is_money(),
        }
    }

    fn has_groups(&self) -> bool {
        match self {
            Self::BuiltIn(_) => false,
            Self::Own(meter) => !meter.group_by.is_empty(),
        }
    }

    /// Whether it looks at a quantity of events, so that others can be looked at like it.
    fn has_quantity(&self) -> bool {
        matches!(self.value(), Some(EventValue::Quantity(_)))
    }
}

#[cfg(test)]
mod tests;
