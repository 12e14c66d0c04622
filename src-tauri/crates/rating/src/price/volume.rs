//! All units at the price of the tier that the quantity falls in, plus that tier's fee.

use super::calculation::Calculation;
use super::tiers::{Span, money};
use super::{PriceFault, PriceStep, Units};
use ratebook_catalog::Tier;
use ratebook_money::Amount;
use rust_decimal::Decimal;

pub(super) fn amount(
    tiers: &[Tier],
    charge_flat_at_zero: bool,
    quantity: Units,
    calculation: &mut Calculation,
) -> Result<Amount, PriceFault> {
    let mut above = Units::ZERO;
    let mut all = (1_u32..).zip(tiers).peekable();
    while let Some((number, tier)) = all.next() {
        let up_to = tier.up_to.map(Units::new).transpose()?;
        if up_to.is_some_and(|end| end <= above) {
            return Err(PriceFault::BrokenTiers);
        }
        let Some(end) = up_to.filter(|end| *end < quantity) else {
            let is_due = quantity > Units::ZERO || charge_flat_at_zero;
            let span = Span {
                tier: number,
                above,
                up_to,
                inside: quantity,
                unit_price: tier.unit_price,
                fee: if is_due { tier.flat_fee } else { Decimal::ZERO },
            };
            let amount = span.amount(calculation.currency)?;
            calculation.note(|| PriceStep::volume_tier(&span, amount));
            if let (Some(end), Some((_, next))) = (up_to, all.peek()) {
                cliff(end, next, amount, calculation)?;
            }
            return Ok(amount);
        };
        above = end;
    }
    Err(PriceFault::BrokenTiers)
}

/// Whether using more than this tier holds would cost less than what is used: said beside the
/// tier, because nobody expects it.
fn cliff(
    end: Units,
    next: &Tier,
    amount: Amount,
    calculation: &mut Calculation,
) -> Result<(), PriceFault> {
    let currency = calculation.currency;
    let there = end.times(next.unit_price, currency)?;
    let there = there.plus(money(next.flat_fee, currency)?)?;
    if there.e24() < amount.e24() {
        calculation.note(|| PriceStep::Cliff {
            above: end.to_string(),
            from: there.to_exact_string(),
        });
    }
    Ok(())
}
