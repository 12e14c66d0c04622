use crate::charge::graduated::{Graduated, share_out, sum};
use crate::price::{Explain, Measured, Part, PriceFault, PriceStep, PricedUsage, Units, apply};
use crate::shape::{PartPer, Shape};
use crate::{RatingError, TierPart};
use ratebook_catalog::PriceModel;
use ratebook_catalog::pricing::Price;
use ratebook_money::{Amount, Currency, Money, Quantity};

/// What a price model charges for a quantity, apart from any customer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Quote {
    /// Before rounding.
    pub exact: Amount,
    /// After.
    pub amount: Money,
    /// The parts of a price with tiers; their amounts add up.
    pub tiers: Vec<TierPart>,
    /// How a [`PriceModel::Document`] came to its amount, when that is asked.
    pub steps: Vec<PriceStep>,
}

/// Prices a quantity by the same functions that rate usage.
///
/// # Errors
/// [`RatingError::NoQuantity`] for cost-plus, which has no price of its own, and for prices that
/// look at groups, values or several units;
/// [`RatingError::BrokenTiers`]; [`RatingError::Number`] when an amount does not fit.
pub fn quote(
    price_model: &PriceModel,
    quantity: Quantity,
    currency: Currency,
    explain: Explain,
) -> Result<Quote, RatingError> {
    match price_model {
        PriceModel::PerUnit { unit_price } => {
            let exact = Units::new(quantity.value())?.times(*unit_price, currency)?;
            Ok(Quote {
                exact,
                amount: exact.round()?,
                tiers: Vec::new(),
                steps: Vec::new(),
            })
        }
        PriceModel::Graduated {
            tiers,
            charge_flat_at_zero,
        } => {
            let graduated = Graduated {
                tiers,
                charge_flat_at_zero: *charge_flat_at_zero,
                currency,
            };
            let split = graduated.split(None, quantity).map_err(fault);
            of_tiers(split?, currency)
        }
        PriceModel::CostPlus { .. } => Err(RatingError::NoQuantity),
        PriceModel::Document { price } => {
            let usage = PricedUsage::first(alone(&Shape::of(price_model), quantity)?);
            of_document(price, &usage, currency, explain)
        }
    }
}

/// A quantity as a price looks at it: one event, one hour or day, the one unit of a capacity. What
/// a value or a group costs, a quantity alone does not say.
fn alone(shape: &Shape, quantity: Quantity) -> Result<Measured, RatingError> {
    let units = Units::new(quantity.value())?;
    match shape {
        Shape::Whole | Shape::Events => Ok(Measured::Quantity(units)),
        Shape::Parts {
            per: PartPer::Hour | PartPer::Day,
            ..
        } => Ok(Measured::Parts(vec![Part {
            name: "1".to_owned(),
            measured: Measured::Quantity(units),
        }])),
        Shape::Parts {
            per: PartPer::Group,
            ..
        } => Err(RatingError::NoQuantity),
        Shape::Capacity(all) => match all.as_slice() {
            [(name, _)] => Ok(Measured::Capacity([(name.clone(), units)].into())),
            [] | [_, _, ..] => Err(RatingError::NoQuantity),
        },
    }
}

/// Prices usage that is more than one quantity: events, parts, several units.
///
/// # Errors
/// As [`quote`]; [`RatingError::NoQuantity`] for any price but a [`PriceModel::Document`].
pub fn quote_usage(
    price: &PriceModel,
    usage: &PricedUsage,
    currency: Currency,
) -> Result<Quote, RatingError> {
    match price {
        PriceModel::Document { price } => of_document(price, usage, currency, Explain::Steps),
        PriceModel::PerUnit { .. } | PriceModel::Graduated { .. } | PriceModel::CostPlus { .. } => {
            Err(RatingError::NoQuantity)
        }
    }
}

fn of_document(
    price: &Price,
    usage: &PricedUsage,
    currency: Currency,
    explain: Explain,
) -> Result<Quote, RatingError> {
    let priced = apply(price, usage, currency, explain);
    let priced = priced.map_err(|error| fault(error.fault))?;
    Ok(Quote {
        exact: priced.exact,
        amount: priced.rounded,
        tiers: Vec::new(),
        steps: priced.steps,
    })
}

fn of_tiers(mut tiers: Vec<TierPart>, currency: Currency) -> Result<Quote, RatingError> {
    let exact = sum(&tiers, currency)?;
    let amount = exact.round()?;
    share_out(&mut tiers, amount)?;
    Ok(Quote {
        exact,
        amount,
        tiers,
        steps: Vec::new(),
    })
}

fn fault(fault: PriceFault) -> RatingError {
    match fault {
        PriceFault::BrokenTiers => RatingError::BrokenTiers {
            charge: String::new(),
        },
        PriceFault::Number(error) => RatingError::Number(error),
        source @ (PriceFault::Endless { .. }
        | PriceFault::NoPrice(_)
        | PriceFault::NoLimit(_)
        | PriceFault::Needs(_)) => RatingError::Price {
            charge: String::new(),
            quantity: String::new(),
            source,
        },
    }
}
