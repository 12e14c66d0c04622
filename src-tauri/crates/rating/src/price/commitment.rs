//! What the customer has agreed to use: within it list prices hold, beyond it they are multiplied;
//! what was not used is charged only with a true-up.

use super::calculation::Calculation;
use super::counted::Counted;
use super::tiers::money;
use super::{PriceFault, PriceStep, Units, by_model};
use ratebook_catalog::pricing::{CommitmentSize, Price};
use ratebook_money::{Amount, Exact};

pub(super) fn apply(
    price: &Price,
    listed: Amount,
    calculation: &mut Calculation,
) -> Result<Amount, PriceFault> {
    let Some(commitment) = &price.commitment else {
        return Ok(listed);
    };
    let agreed = match commitment.size {
        CommitmentSize::Amount(amount) => money(amount, calculation.currency)?,
        CommitmentSize::Quantity(quantity) => {
            let counted = Counted::Units(Units::new(quantity)?);
            by_model(&price.model, counted, &mut calculation.aside())?
        }
    };
    let is_beyond = listed.e24() > agreed.e24();
    let amount = if is_beyond {
        let factor = Exact::from_decimal(commitment.overage_factor);
        let beyond = scaled(listed.minus(agreed)?, factor)?;
        agreed.plus(beyond)?
    } else if commitment.true_up {
        agreed
    } else {
        listed
    };
    calculation.note(|| PriceStep::Commitment {
        before: listed.to_exact_string(),
        units: match commitment.size {
            CommitmentSize::Amount(_) => None,
            CommitmentSize::Quantity(quantity) => Some(quantity.to_string()),
        },
        commitment: agreed.to_exact_string(),
        overage_factor: commitment.overage_factor.to_string(),
        true_up: commitment.true_up,
        after: amount.to_exact_string(),
    });
    Ok(amount)
}

/// An amount times a factor, exact.
pub(super) fn scaled(amount: Amount, factor: Exact) -> Result<Amount, PriceFault> {
    let product = Exact::new(amount.e24(), Amount::PLACES)?.times(factor)?;
    Ok(Amount::from_exact(product, amount.currency())?)
}
