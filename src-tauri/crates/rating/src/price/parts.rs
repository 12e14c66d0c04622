//! Prices that are put together: each bucket, or each value of a dimension, is priced by itself
//! from tier one, with all that its own price applies, and the amounts are added.

use super::calculation::Calculation;
use super::{Measured, Part, PriceFault, PriceStep, of_period};
use ratebook_catalog::pricing::{BucketPer, Price, ValuePrice};
use ratebook_money::Amount;

pub(super) fn bucketed(
    per: BucketPer,
    base: &Price,
    measured: &Measured,
    calculation: &mut Calculation,
) -> Result<Amount, PriceFault> {
    let per = match per {
        BucketPer::Hour => "hour",
        BucketPer::Day => "day",
        BucketPer::Group => "group",
    };
    sum(measured, per, calculation, |_| Ok(base))
}

pub(super) fn line_sum(
    lines: &[ValuePrice],
    default: Option<&Price>,
    measured: &Measured,
    calculation: &mut Calculation,
) -> Result<Amount, PriceFault> {
    sum(measured, "value", calculation, |part| {
        let own = lines.iter().find(|line| line.value == part.name);
        own.map(|line| &line.price)
            .or(default)
            .ok_or_else(|| PriceFault::NoPrice(part.name.clone()))
    })
}

fn sum<'p>(
    measured: &Measured,
    of: &str,
    calculation: &mut Calculation,
    price: impl Fn(&Part) -> Result<&'p Price, PriceFault>,
) -> Result<Amount, PriceFault> {
    let Measured::Parts(parts) = measured else {
        return Err(PriceFault::Needs("buckets or lines"));
    };
    let mut sum = calculation.zero();
    for part in parts {
        let price = price(part)?;
        let amount = calculation.inside(
            |inner| Ok(of_period(price, &part.measured, inner)?.exact),
            |amount, explain| PriceStep::Part {
                of: of.to_owned(),
                name: part.name.clone(),
                amount: amount.to_exact_string(),
                explain,
            },
        )?;
        sum = sum.plus(amount)?;
    }
    calculation.note(|| PriceStep::Sum {
        parts: parts.len(),
        amount: sum.to_exact_string(),
    });
    Ok(sum)
}
