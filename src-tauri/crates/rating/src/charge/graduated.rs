//! Each unit at the rate of its own tier, plus the flat fee of each tier entered.

use super::{Context, LineParts, Metered, Outcome};
use crate::price::tiers::{Rung, Span, money, walk};
use crate::price::{PriceFault, Units};
use crate::{RatingError, Step, TierPart};
use ratebook_catalog::Tier;
use ratebook_money::{Amount, Currency, Money, MoneyError, Quantity, Rate, allocate};

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
        .map_err(|fault| context.unpriced(counted, fault))?;
    let exact = sum(&parts, currency).map_err(&failed)?;
    if exact.e24() == 0 && counted.value().is_zero() {
        return Ok(metered.without_line());
    }
    let mut steps = metered.steps();
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

impl Graduated<'_> {
    /// The tiers that the quantities in `(prior, prior + counted]` fall into.
    pub(crate) fn split(
        &self,
        prior: Option<Quantity>,
        counted: Quantity,
    ) -> Result<Vec<TierPart>, PriceFault> {
        let before = prior.map(|prior| Units::new(prior.value())).transpose()?;
        let counted = Units::new(counted.value())?;
        let total = before.unwrap_or(Units::ZERO).plus(counted)?;
        let mut parts = Vec::new();
        let rungs = self.tiers.iter().map(Rung::from);
        walk(rungs, self.charge_flat_at_zero, before, total, |span| {
            parts.push(self.part(&span)?);
            Ok::<_, PriceFault>(())
        })?;
        Ok(parts)
    }

    fn part(&self, span: &Span) -> Result<TierPart, MoneyError> {
        Ok(TierPart {
            tier: span.tier,
            above: span.above.to_quantity()?,
            up_to: span.up_to.map(Units::to_quantity).transpose()?,
            quantity: span.inside.to_quantity()?,
            unit_price: Rate::new(span.unit_price, self.currency)?,
            flat_fee: money(span.fee, self.currency)?,
            exact: span.amount(self.currency)?,
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
