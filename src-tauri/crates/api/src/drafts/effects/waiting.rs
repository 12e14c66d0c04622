//! Usage that would wait and does not now.

use crate::error::ApiResult;
use ratebook_catalog::Dimension;
use ratebook_money::Quantity;
use ratebook_rating::{HeldReason, HeldUsage};
use std::collections::BTreeMap;

/// Usage of a customer's month that would wait.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Waiting {
    /// As reported.
    pub provider: String,
    /// As reported.
    pub model: String,
    pub dimension: Dimension,
    pub reason: HeldReason,
    pub quantity: Quantity,
    pub events: u64,
}

type Place<'a> = (&'a str, &'a str, &'a Dimension);
type Held = (Quantity, u64);
type Reasons<'a> = BTreeMap<&'a HeldReason, Held>;

/// What is held afterwards and was not before. What was held for another reason is held still, and
/// not counted.
pub(super) fn between(before: &[HeldUsage], after: &[HeldUsage]) -> ApiResult<Vec<Waiting>> {
    let (was, now) = (by_place(before)?, by_place(after)?);
    let none = Reasons::new();
    let mut found = Vec::new();
    for (place, reasons) in &now {
        let earlier = was.get(place).unwrap_or(&none);
        // What of the place waits in all, less what has been told of it.
        let mut more = minus(total(reasons)?, total(earlier)?);
        for (reason, held) in reasons {
            let grown = minus(*held, earlier.get(reason).copied().unwrap_or(NOTHING));
            let quantity = grown.0.min(more.0);
            if quantity == Quantity::ZERO {
                continue;
            }
            let events = grown.1.min(more.1);
            more = minus(more, (quantity, events));
            let (provider, model, dimension) = *place;
            found.push(Waiting {
                provider: provider.to_owned(),
                model: model.to_owned(),
                dimension: dimension.clone(),
                reason: (*reason).clone(),
                quantity,
                events,
            });
        }
    }
    Ok(found)
}

const NOTHING: Held = (Quantity::ZERO, 0);

fn by_place(held: &[HeldUsage]) -> ApiResult<BTreeMap<Place<'_>, Reasons<'_>>> {
    let mut found: BTreeMap<Place<'_>, Reasons<'_>> = BTreeMap::new();
    for usage in held {
        let place = (
            usage.provider.as_str(),
            usage.model.as_str(),
            &usage.dimension,
        );
        let reasons = found.entry(place).or_default();
        let entry = reasons.entry(&usage.reason).or_insert(NOTHING);
        *entry = plus(*entry, (usage.quantity, usage.events))?;
    }
    Ok(found)
}

fn total(reasons: &Reasons<'_>) -> ApiResult<Held> {
    let mut sum = NOTHING;
    for held in reasons.values() {
        sum = plus(sum, *held)?;
    }
    Ok(sum)
}

fn plus(a: Held, b: Held) -> ApiResult<Held> {
    Ok((a.0.plus(b.0)?, a.1.saturating_add(b.1)))
}

/// Never below nothing.
fn minus(a: Held, b: Held) -> Held {
    let left = a.0.minus(b.0).unwrap_or(Quantity::ZERO);
    (left.max(Quantity::ZERO), a.1.saturating_sub(b.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(reason: HeldReason, units: i64) -> HeldUsage {
        HeldUsage {
            reason,
            provider: "p".to_owned(),
            model: "m".to_owned(),
            dimension: Dimension::INPUT,
            quantity: Quantity::from_units(units).unwrap(),
            events: units.unsigned_abs(),
            usage: Vec::new(),
        }
    }

    #[test]
    fn what_waits_for_another_reason_is_not_told_again() {
        let (price, exact) = (HeldReason::NoPrice, HeldReason::Inexact);
        let before = [held(price.clone(), 10)];
        let after = [held(price.clone(), 4), held(exact.clone(), 9)];
        let found = between(&before, &after).unwrap();
        let told: Vec<_> = found.iter().map(|row| (&row.reason, row.events)).collect();
        assert_eq!(told, [(&exact, 3)]);
        assert_eq!(found[0].quantity, Quantity::from_units(3).unwrap());
        assert_eq!(between(&after, &before).unwrap(), []);
        assert_eq!(between(&[], &before).unwrap().len(), 1);
    }
}
