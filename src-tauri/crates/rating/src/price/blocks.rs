//! Tiers that are counted in whole blocks; a block that was begun counts.

use super::calculation::Calculation;
use super::package::pieces;
use super::{PriceFault, PriceStep, Units};
use ratebook_catalog::pricing::{Block, BlockMode, PackageRound};
use ratebook_money::{Amount, MoneyError};
use rust_decimal::Decimal;

pub(super) fn amount(
    mode: BlockMode,
    blocks: &[Block],
    quantity: Units,
    calculation: &mut Calculation,
) -> Result<Amount, PriceFault> {
    let mut sum = calculation.zero();
    let mut above = Units::ZERO;
    for (number, block) in (1_u32..).zip(blocks) {
        let end = block.max_blocks.map(|most| end(above, block, most));
        let end = end.transpose()?;
        let is_highest = end.is_none_or(|end| quantity <= end);
        let inside = match mode {
            BlockMode::AllTiers => end.map_or(quantity, |end| end.min(quantity)).minus(above)?,
            BlockMode::TopTier if is_highest => quantity,
            BlockMode::TopTier => Units::ZERO,
        };
        if inside > Units::ZERO {
            let amount = of_tier(number, block, inside, calculation)?;
            sum = sum.plus(amount)?;
        }
        if is_highest {
            return Ok(sum);
        }
        above = end.unwrap_or(above);
    }
    Err(PriceFault::BrokenTiers)
}

/// Where a tier ends.
fn end(above: Units, block: &Block, most: u64) -> Result<Units, MoneyError> {
    let size = Units::new(block.block_size)?.e12();
    let span = size.checked_mul(i128::from(most));
    above.plus(Units::from_e12(span.ok_or(MoneyError::Overflow)?))
}

fn of_tier(
    tier: u32,
    block: &Block,
    inside: Units,
    calculation: &mut Calculation,
) -> Result<Amount, PriceFault> {
    let count = pieces(inside, Units::new(block.block_size)?, PackageRound::Up)?;
    let price: Decimal = block.price_per_block;
    let amount = Units::whole(count)?.times(price, calculation.currency)?;
    calculation.note(|| PriceStep::Blocks {
        tier,
        quantity: inside.to_string(),
        block_size: block.block_size.to_string(),
        blocks: count.to_string(),
        price_per_block: price.to_string(),
        amount: amount.to_exact_string(),
    });
    Ok(amount)
}
