//! Each unit at the price of its own tier, plus the fee of each tier entered: over units, and over
//! a sum of money in percent. Lines of invoices and price documents go through [`walk`] alike.

use super::calculation::Calculation;
use super::{PriceFault, PriceStep, Units};
use ratebook_catalog::Tier;
use ratebook_catalog::pricing::PercentTier;
use ratebook_money::{Amount, Currency, Exact, MoneyError};
use rust_decimal::Decimal;

/// A tier as the walk sees it.
#[derive(Clone, Copy)]
pub(crate) struct Rung {
    pub up_to: Option<Decimal>,
    /// For one unit; where money is counted, for one unit of currency.
    pub unit_price: Decimal,
    pub flat_fee: Decimal,
}

/// What fell into one tier.
#[derive(Clone, Copy)]
pub(crate) struct Span {
    /// 1, 2, 3, …
    pub tier: u32,
    /// The tier covers what is above this …
    pub above: Units,
    /// … up to this, inclusive; absent for the open tier.
    pub up_to: Option<Units>,
    pub inside: Units,
    pub unit_price: Decimal,
    /// The tier's fee; zero when it is not due now.
    pub fee: Decimal,
}

impl From<&Tier> for Rung {
    fn from(tier: &Tier) -> Self {
        Self {
            up_to: tier.up_to,
            unit_price: tier.unit_price,
            flat_fee: tier.flat_fee,
        }
    }
}

impl Span {
    /// Quantity × unit price + fee.
    pub(crate) fn amount(&self, currency: Currency) -> Result<Amount, MoneyError> {
        let units = self.inside.times(self.unit_price, currency)?;
        units.plus(money(self.fee, currency)?)
    }
}

/// Hands out the tiers that the quantities in `(before, total]` fall into, with their fees. A fee
/// that what was `before` has paid is not due again.
pub(crate) fn walk<E: From<PriceFault>>(
    rungs: impl Iterator<Item = Rung>,
    charge_flat_at_zero: bool,
    before: Option<Units>,
    total: Units,
    mut part: impl FnMut(Span) -> Result<(), E>,
) -> Result<(), E> {
    let number = |error: MoneyError| PriceFault::Number(error);
    let start = before.unwrap_or(Units::ZERO);
    let mut above = Units::ZERO;
    let mut is_open = false;
    for (tier, rung) in (1_u32..).zip(rungs) {
        let up_to = rung.up_to.map(Units::new).transpose().map_err(number)?;
        if is_open || up_to.is_some_and(|end| end <= above) {
            return Err(PriceFault::BrokenTiers.into());
        }
        is_open = up_to.is_none();
        let entered = |at: Units| at > above || (tier == 1 && charge_flat_at_zero);
        let upper = up_to.map_or(total, |end| end.min(total));
        let inside = upper.minus(above.max(start)).map_err(number)?;
        let inside = inside.max(Units::ZERO);
        let is_due = entered(total) && !before.is_some_and(entered);
        let fee = if is_due { rung.flat_fee } else { Decimal::ZERO };
        if inside > Units::ZERO || !fee.is_zero() {
            part(Span {
                tier,
                above,
                up_to,
                inside,
                unit_price: rung.unit_price,
                fee,
            })?;
        }
        above = up_to.unwrap_or(above);
    }
    if is_open {
        Ok(())
    } else {
        Err(PriceFault::BrokenTiers.into())
    }
}

/// The whole of a quantity over tiers of units.
pub(super) fn graduated(
    tiers: &[Tier],
    charge_flat_at_zero: bool,
    quantity: Units,
    calculation: &mut Calculation,
) -> Result<Amount, PriceFault> {
    let currency = calculation.currency;
    let mut sum = calculation.zero();
    let rungs = tiers.iter().map(Rung::from);
    walk(rungs, charge_flat_at_zero, None, quantity, |span| {
        let amount = span.amount(currency)?;
        sum = sum.plus(amount)?;
        calculation.note(|| PriceStep::tier(&span, amount));
        Ok::<_, PriceFault>(())
    })?;
    Ok(sum)
}

/// The whole of a sum of money over tiers of percentages.
pub(super) fn percentage(
    tiers: &[PercentTier],
    charge_flat_at_zero: bool,
    quantity: Units,
    calculation: &mut Calculation,
) -> Result<Amount, PriceFault> {
    let currency = calculation.currency;
    let mut sum = calculation.zero();
    let mut rungs = Vec::with_capacity(tiers.len());
    for tier in tiers {
        rungs.push(Rung {
            up_to: tier.up_to,
            unit_price: hundredth(tier.rate_percent)?,
            flat_fee: tier.flat_fee,
        });
    }
    let numbered = |number: u32| (1_u32..).zip(tiers).find(|(own, _)| *own == number);
    walk(
        rungs.into_iter(),
        charge_flat_at_zero,
        None,
        quantity,
        |span| {
            let amount = span.amount(currency)?;
            sum = sum.plus(amount)?;
            if let Some((_, tier)) = numbered(span.tier) {
                calculation.note(|| PriceStep::percent_tier(&span, tier.rate_percent, amount));
            }
            Ok::<_, PriceFault>(())
        },
    )?;
    Ok(sum)
}

/// A percentage as a factor.
pub(super) fn hundredth(percent: Decimal) -> Result<Decimal, MoneyError> {
    let hundredth = Exact::from_decimal(Decimal::new(1, 2));
    Exact::from_decimal(percent).times(hundredth)?.to_decimal()
}

/// An amount of a price.
pub(crate) fn money(amount: Decimal, currency: Currency) -> Result<Amount, MoneyError> {
    if amount.is_zero() {
        return Ok(Amount::zero(currency));
    }
    Amount::from_exact(Exact::from_decimal(amount), currency)
}
