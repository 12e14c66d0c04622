//! Each unit at the rate of its own tier, plus the flat fee of each tier entered.

use super::{Context, LineParts, Metered, Outcome};
use crate::buckets::{millionths, quantity};
use crate::{RatingError, Step, TierPart};
use ratebook_catalog::Tier;
use ratebook_money::{Amount, Currency, Exact, Money, MoneyError, Quantity, Rate, allocate};
use rust_decimal::Decimal;

/// One line with its tiers. `prior` is what was rated before in the period: the tiers continue
/// after it, and a fee that it has paid is not charged again.
pub(crate) fn rate(
    context: &Context,
    metered: Metered,
    tiers: &[Tier],
    charge_flat_at_zero: bool,
    prior: Option<Quantity>,
) -> Result<Outcome, RatingError> {
    let counted = metered.quantity;
    let failed = context.failed(counted);
    let currency = context.input.currency;
    let graduated = Graduated {
        tiers,
        charge_flat_at_zero,
        currency,
    };
    let mut parts = graduated
        .split(prior, counted)
        .map_err(|fault| match fault {
            TierFault::Broken => RatingError::BrokenTiers {
                charge: context.charge.name.clone(),
            },
            TierFault::Number(error) => failed(error),
        })?;
    let exact = sum(&parts, currency).map_err(&failed)?;
    if exact.e24() == 0 && counted.value().is_zero() {
        return Ok(metered.without_line());
    }
    let mut steps = vec![Step::Quantity {
        quantity: counted,
        events: metered.events,
    }];
    steps.extend(prior.map(|quantity| Step::Prior { quantity }));
    steps.extend(parts.iter().map(|part| Step::Tier {
        tier: part.tier,
        quantity: part.quantity,
        unit_price: part.unit_price,
        flat_fee: part.flat_fee,
        exact: part.exact,
    }));
    let mut line = context.line(LineParts {
        item: metered.item,
        service: context.window.days,
        quantity: counted,
        unit_price: None,
        exact,
        cost: metered.cost,
        usage: metered.buckets,
        steps,
    })?;
    share_out(&mut parts, line.amount).map_err(&failed)?;
    line.tiers = parts;
    Ok(Outcome::of_lines(vec![line]))
}

/// What a graduated price charges for a quantity.
pub(crate) struct Graduated<'a> {
    pub tiers: &'a [Tier],
    pub charge_flat_at_zero: bool,
    pub currency: Currency,
}

/// Why tiers could not be applied.
pub(crate) enum TierFault {
    Broken,
    Number(MoneyError),
}

impl From<MoneyError> for TierFault {
    fn from(error: MoneyError) -> Self {
        Self::Number(error)
    }
}

impl Graduated<'_> {
    /// The tiers that the quantities in `(prior, prior + counted]` fall into.
    pub(crate) fn split(
        &self,
        prior: Option<Quantity>,
        counted: Quantity,
    ) -> Result<Vec<TierPart>, TierFault> {
        let before = prior.map(millionths).transpose()?;
        let start = before.unwrap_or(0);
        let total = start
            .checked_add(millionths(counted)?)
            .ok_or(MoneyError::Overflow)?;
        let mut parts = Vec::new();
        let mut above = 0_i128;
        let mut is_open = false;
        for (number, tier) in (1_u32..).zip(self.tiers) {
            let up_to = tier.up_to.map(Quantity::new).transpose()?;
            let end = up_to.map(millionths).transpose()?;
            if is_open || end.is_some_and(|end| end <= above) {
                return Err(TierFault::Broken);
            }
            is_open = end.is_none();
            let entered = |at: i128| at > above || (number == 1 && self.charge_flat_at_zero);
            let upper = end.map_or(total, |end| end.min(total));
            let inside = upper.saturating_sub(above.max(start)).max(0);
            let pays_fee = entered(total) && !before.is_some_and(entered);
            let fee = if pays_fee {
                tier.flat_fee
            } else {
                Decimal::ZERO
            };
            if inside > 0 || !fee.is_zero() {
                let span = (quantity(above)?, up_to);
                parts.push(self.part(number, span, quantity(inside)?, tier.unit_price, fee)?);
            }
            above = end.unwrap_or(above);
        }
        if is_open {
            Ok(parts)
        } else {
            Err(TierFault::Broken)
        }
    }

    fn part(
        &self,
        tier: u32,
        (above, up_to): (Quantity, Option<Quantity>),
        quantity: Quantity,
        unit_price: Decimal,
        fee: Decimal,
    ) -> Result<TierPart, MoneyError> {
        let unit_price = Rate::new(unit_price, self.currency)?;
        let flat_fee = Amount::from_exact(Exact::from_decimal(fee), self.currency)?;
        Ok(TierPart {
            tier,
            above,
            up_to,
            quantity,
            unit_price,
            flat_fee,
            exact: unit_price.times(quantity)?.plus(flat_fee)?,
            amount: Money::zero(self.currency),
        })
    }
}

/// The exact sum of the parts.
pub(crate) fn sum(parts: &[TierPart], currency: Currency) -> Result<Amount, MoneyError> {
    let mut parts = parts.iter();
    parts.try_fold(Amount::zero(currency), |sum, part| sum.plus(part.exact))
}

/// Shows the rounded amount in its tiers so that they add up to it.
pub(crate) fn share_out(parts: &mut [TierPart], amount: Money) -> Result<(), MoneyError> {
    let weights: Vec<u128> = parts
        .iter()
        .map(|part| part.exact.e24().unsigned_abs())
        .collect();
    for (part, share) in parts.iter_mut().zip(allocate(amount, &weights)?) {
        part.amount = share;
    }
    Ok(())
}
