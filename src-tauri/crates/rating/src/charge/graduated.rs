//! Each unit at the rate of its own tier, plus the flat fee of each tier entered.

use super::{Context, LineParts, Metered, Outcome};
use crate::buckets::{millionths, quantity};
use crate::{RatedLine, RatingError, Step, TierPart};
use ratebook_catalog::Tier;
use ratebook_money::{Amount, Exact, Money, MoneyError, Quantity, Rate, allocate};

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
    let parts = split(context, tiers, charge_flat_at_zero, prior, counted)?;
    let currency = context.input.currency;
    let exact = parts
        .iter()
        .try_fold(Amount::zero(currency), |sum, part| sum.plus(part.exact))
        .map_err(&failed)?;
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
    let line = context.line(LineParts {
        item: metered.item,
        service: context.window.days,
        quantity: counted,
        unit_price: None,
        exact,
        cost: metered.cost,
        usage: metered.buckets,
        steps,
    })?;
    let line = share_out(line, parts).map_err(failed)?;
    Ok(Outcome::of_lines(vec![line]))
}

/// The tiers that the quantities in `(prior, prior + counted]` fall into.
fn split(
    context: &Context,
    tiers: &[Tier],
    charge_flat_at_zero: bool,
    prior: Option<Quantity>,
    counted: Quantity,
) -> Result<Vec<TierPart>, RatingError> {
    let broken = || RatingError::BrokenTiers {
        charge: context.charge.name.clone(),
    };
    let failed = context.failed(counted);
    let before = prior.map(millionths).transpose().map_err(&failed)?;
    let start = before.unwrap_or(0);
    let total = millionths(counted)
        .and_then(|counted| start.checked_add(counted).ok_or(MoneyError::Overflow))
        .map_err(&failed)?;
    let mut parts = Vec::new();
    let mut above = 0_i128;
    let mut is_open = false;
    for (number, tier) in (1_u32..).zip(tiers) {
        let up_to = tier.up_to.map(Quantity::new).transpose().map_err(&failed)?;
        let end = up_to.map(millionths).transpose().map_err(&failed)?;
        if is_open || end.is_some_and(|end| end <= above) {
            return Err(broken());
        }
        is_open = end.is_none();
        let entered = |at: i128| at > above || (number == 1 && charge_flat_at_zero);
        let inside = end
            .map_or(total, |end| end.min(total))
            .saturating_sub(above.max(start))
            .max(0);
        let pays_fee = entered(total) && !before.is_some_and(entered);
        let fee = if pays_fee {
            tier.flat_fee
        } else {
            rust_decimal::Decimal::ZERO
        };
        if inside > 0 || !fee.is_zero() {
            let part = TierPart {
                tier: number,
                above: quantity(above)?,
                up_to,
                quantity: quantity(inside)?,
                unit_price: Rate::new(tier.unit_price, context.input.currency).map_err(&failed)?,
                flat_fee: Amount::from_exact(Exact::from_decimal(fee), context.input.currency)
                    .map_err(&failed)?,
                exact: Amount::zero(context.input.currency),
                amount: Money::zero(context.input.currency),
            };
            parts.push(priced(part).map_err(&failed)?);
        }
        above = end.unwrap_or(above);
    }
    if is_open { Ok(parts) } else { Err(broken()) }
}

fn priced(part: TierPart) -> Result<TierPart, MoneyError> {
    let exact = part.unit_price.times(part.quantity)?.plus(part.flat_fee)?;
    Ok(TierPart { exact, ..part })
}

/// Shows the rounded line in its tiers so that they add up to it.
fn share_out(mut line: RatedLine, mut parts: Vec<TierPart>) -> Result<RatedLine, MoneyError> {
    let weights: Vec<u128> = parts
        .iter()
        .map(|part| part.exact.e24().unsigned_abs())
        .collect();
    let amounts = allocate(line.amount, &weights)?;
    for (part, amount) in parts.iter_mut().zip(amounts) {
        part.amount = amount;
    }
    line.tiers = parts;
    Ok(line)
}
