//! quantity × unit price.

use super::{Context, LineParts, Metered, Outcome};
use crate::price::Units;
use crate::{RatingError, Step};
use ratebook_money::Rate;
use rust_decimal::Decimal;

/// One line; none without usage.
pub(crate) fn rate(
    context: &Context,
    metered: Metered,
    unit_price: Decimal,
) -> Result<Outcome, RatingError> {
    let quantity = metered.quantity;
    let failed = context.failed(quantity);
    let rate = Rate::new(unit_price, context.input.currency).map_err(&failed)?;
    let units = Units::new(quantity.value()).map_err(&failed)?;
    let exact = units
        .times(unit_price, context.input.currency)
        .map_err(&failed)?;
    if quantity.value().is_zero() {
        return Ok(metered.without_line());
    }
    let mut steps = metered.steps();
    steps.push(Step::UnitPrice { rate });
    let line = context.line(LineParts {
        item: metered.item,
        service: context.window.days,
        quantity,
        unit_price: Some(rate),
        exact,
        cost: metered.cost,
        usage: metered.buckets,
        steps,
    })?;
    Ok(Outcome::of_lines(vec![line]))
}
