//! What a change of a price would mean for those who pay it: the same functions that rate usage,
//! before and after.

use crate::price::Explain;
use crate::{RatingError, margin, quote};
use ratebook_catalog::PriceModel;
use ratebook_money::{Amount, Currency, Money, MoneyError, Quantity};
use rust_decimal::Decimal;
use std::cmp::Ordering;

/// What one customer used in a period.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Used {
    /// How much.
    pub quantity: Quantity,
    /// What the providers charge for it; absent when that is not known.
    pub cost: Option<Amount>,
}

/// Amounts before and after, each rounded as an invoice line is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Compared {
    /// Under the price before; absent when there was none.
    pub before: Option<Money>,
    /// Under the price after.
    pub after: Money,
    /// After less before.
    pub change: Option<Money>,
    /// What the providers charge; absent when it is not known for all of it.
    pub cost: Option<Amount>,
    /// Margin before, in percent to one place; absent without a cost or an amount.
    pub margin_before: Option<Decimal>,
    /// Margin after, likewise.
    pub margin: Option<Decimal>,
}

/// Those who pay less, or those who pay more.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Moved {
    /// How many.
    pub count: u32,
    /// The change in the middle of theirs, the later of two; absent when nobody does.
    pub median: Option<Money>,
}

/// A price before and after, over what customers used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Comparison {
    /// One per customer, in the order asked.
    pub rows: Vec<Compared>,
    /// The sums of the rows.
    pub total: Compared,
    /// Who pays less.
    pub less: Moved,
    /// Who pays more.
    pub more: Moved,
    /// How many pay less than their cost, before; absent when the cost of one is not known.
    pub below_cost_before: Option<u32>,
    /// How many, after.
    pub below_cost: Option<u32>,
}

/// Prices what each customer used by both prices.
///
/// # Errors
/// As [`quote`]; [`RatingError::Number`] when a sum does not fit.
pub fn compare(
    before: Option<&PriceModel>,
    after: &PriceModel,
    used: &[Used],
    currency: Currency,
) -> Result<Comparison, RatingError> {
    let mut rows = Vec::with_capacity(used.len());
    for one in used {
        let amount = |price| quote(price, one.quantity, currency, Explain::Nothing);
        let before = before.map(amount).transpose()?.map(|quoted| quoted.amount);
        rows.push(compared(before, amount(after)?.amount, one.cost)?);
    }
    Ok(Comparison {
        total: total(&rows, before.is_some(), currency)?,
        less: moved(&rows, Ordering::Less),
        more: moved(&rows, Ordering::Greater),
        below_cost_before: below_cost(&rows, |row| row.before)?,
        below_cost: below_cost(&rows, |row| Some(row.after))?,
        rows,
    })
}

fn compared(
    before: Option<Money>,
    after: Money,
    cost: Option<Amount>,
) -> Result<Compared, MoneyError> {
    let margin = |amount: Money| margin::of_amounts(amount.to_amount().ok()?, cost?);
    Ok(Compared {
        before,
        after,
        change: before.map(|before| after.minus(before)).transpose()?,
        cost,
        margin_before: before.and_then(margin),
        margin: margin(after),
    })
}

fn total(rows: &[Compared], has_before: bool, currency: Currency) -> Result<Compared, MoneyError> {
    let mut after = Money::zero(currency);
    let mut before = has_before.then_some(after);
    let mut cost = (!rows.is_empty()).then(|| Amount::zero(currency));
    for row in rows {
        after = after.plus(row.after)?;
        before = match (before, row.before) {
            (Some(sum), Some(one)) => Some(sum.plus(one)?),
            (Some(_) | None, _) => None,
        };
        cost = match (cost, row.cost) {
            (Some(sum), Some(one)) => Some(sum.plus(one)?),
            (Some(_) | None, _) => None,
        };
    }
    compared(before, after, cost)
}

fn moved(rows: &[Compared], side: Ordering) -> Moved {
    let changes = rows.iter().filter_map(|row| row.change);
    let mut changes: Vec<Money> = changes
        .filter(|change| change.minor().cmp(&0) == side)
        .collect();
    changes.sort_unstable_by_key(|change| change.minor());
    Moved {
        count: u32::try_from(changes.len()).unwrap_or(u32::MAX),
        median: changes.get(changes.len() / 2).copied(),
    }
}

fn below_cost(
    rows: &[Compared],
    amount: impl Fn(&Compared) -> Option<Money>,
) -> Result<Option<u32>, MoneyError> {
    let mut count = 0_u32;
    for row in rows {
        let (Some(amount), Some(cost)) = (amount(row), row.cost) else {
            return Ok(None);
        };
        if amount.to_amount()?.e24() < cost.e24() {
            count = count.saturating_add(1);
        }
    }
    Ok((!rows.is_empty()).then_some(count))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratebook_catalog::Tier;
    use ratebook_money::parse_decimal;

    fn euro() -> Currency {
        Currency::parse("EUR").unwrap()
    }

    fn per_unit(price: &str) -> PriceModel {
        PriceModel::PerUnit {
            unit_price: parse_decimal(price).unwrap(),
        }
    }

    fn used(quantity: &str, cost: Option<&str>) -> Used {
        Used {
            quantity: Quantity::parse(quantity).unwrap(),
            cost: cost.map(|cost| Amount::parse(cost, euro()).unwrap()),
        }
    }

    fn tier(up_to: Option<&str>, price: &str) -> Tier {
        Tier {
            up_to: up_to.map(|up_to| parse_decimal(up_to).unwrap()),
            unit_price: parse_decimal(price).unwrap(),
            flat_fee: parse_decimal("0").unwrap(),
        }
    }

    #[test]
    fn each_customer_and_all_of_them_before_and_after() {
        let after = PriceModel::Graduated {
            tiers: vec![tier(Some("100"), "0.12"), tier(None, "0.05")],
            charge_flat_at_zero: true,
        };
        let customers = [
            used("100", Some("3")),
            used("1000", Some("60")),
            used("350", Some("0.5")),
            used("140", Some("4")),
        ];
        let found = compare(Some(&per_unit("0.1")), &after, &customers, euro()).unwrap();
        let changes: Vec<String> = found
            .rows
            .iter()
            .map(|row| row.change.unwrap().to_string())
            .collect();
        assert_eq!(
            changes,
            ["2.00 EUR", "-43.00 EUR", "-10.50 EUR", "0.00 EUR"]
        );
        assert_eq!(found.total.before.unwrap().to_string(), "159.00 EUR");
        assert_eq!(found.total.after.to_string(), "107.50 EUR");
        assert_eq!(found.total.change.unwrap().to_string(), "-51.50 EUR");
        // 67.50 cost: (107.50 − 67.50) ÷ 107.50, and (159 − 67.50) ÷ 159.
        assert_eq!(found.total.margin.unwrap().to_string(), "37.2");
        assert_eq!(found.total.margin_before.unwrap().to_string(), "57.5");
        assert_eq!((found.less.count, found.more.count), (2, 1));
        assert_eq!(found.less.median.unwrap().to_string(), "-10.50 EUR");
        // 1,000 units cost 60 and are sold at 57.
        assert_eq!(
            (found.below_cost_before, found.below_cost),
            (Some(0), Some(1))
        );
    }

    #[test]
    fn a_cost_that_is_not_known_makes_no_margin() {
        let customers = [used("10", Some("1")), used("20", None)];
        let found = compare(None, &per_unit("0.2"), &customers, euro()).unwrap();
        assert_eq!(found.rows[0].margin.unwrap().to_string(), "50.0");
        assert_eq!((found.total.cost, found.total.margin), (None, None));
        assert_eq!(found.below_cost, None);
        assert_eq!((found.total.before, found.total.change), (None, None));
        assert_eq!(found.less, Moved::default());
    }

    #[test]
    fn nobody_has_no_cost() {
        let found = compare(None, &per_unit("0.2"), &[], euro()).unwrap();
        assert_eq!(found.total.after.to_string(), "0.00 EUR");
        assert_eq!((found.total.cost, found.below_cost), (None, None));
    }
}
