//! The highest tier that any one of several units reaches sets the amount; limits are inclusive.

use super::calculation::Calculation;
use super::tiers::money;
use super::{Measured, PriceFault, PriceStep, Units};
use ratebook_catalog::pricing::CapacityTier;
use ratebook_money::Amount;

pub(super) fn amount(
    tiers: &[CapacityTier],
    measured: &Measured,
    calculation: &mut Calculation,
) -> Result<Amount, PriceFault> {
    let Measured::Capacity(units) = measured else {
        return Err(PriceFault::Needs("one quantity for each unit"));
    };
    let mut highest = (0, None);
    for (unit, used) in units {
        if !tiers.iter().any(|tier| tier.limits.contains_key(unit)) {
            return Err(PriceFault::NoLimit(unit.clone()));
        }
        let reached = reached(tiers, unit, *used)?;
        if reached > highest.0 || highest.1.is_none() {
            highest = (reached, Some((unit, *used)));
        }
    }
    let (index, decisive) = highest;
    let tier = tiers.get(index).ok_or(PriceFault::BrokenTiers)?;
    let amount = money(tier.amount, calculation.currency)?;
    calculation.note(|| PriceStep::Capacity {
        tier: index.saturating_add(1),
        unit: decisive.map(|(unit, _)| unit.clone()),
        quantity: decisive.map(|(_, used)| used.to_string()),
        amount: amount.to_exact_string(),
    });
    Ok(amount)
}

/// The first tier whose limit holds a unit's quantity.
fn reached(tiers: &[CapacityTier], unit: &str, used: Units) -> Result<usize, PriceFault> {
    for (index, tier) in tiers.iter().enumerate() {
        let holds = match tier.limits.get(unit) {
            Some(Some(limit)) => used <= Units::new(*limit)?,
            Some(None) | None => true,
        };
        if holds {
            return Ok(index);
        }
    }
    Err(PriceFault::BrokenTiers)
}
