//! A fee that is charged once.

use super::{Context, LineParts, Outcome};
use crate::{LineItem, RatingError, Step};
use ratebook_money::{Amount, Money, Quantity, Rate};

/// On the invoice of the month in which the subscription begins. One that goes on from an earlier
/// subscription has been charged.
pub(crate) fn rate(context: &Context, fee: Money) -> Result<Outcome, RatingError> {
    let subscription = context.subscribed.subscription;
    let begins_here = subscription.starts_on >= crate::window::period_days(context.input).first;
    if !begins_here || subscription.goes_on() {
        return Ok(Outcome::default());
    }
    let one = Quantity::from_units(1)?;
    let failed = context.failed(one);
    let line = context.line(LineParts {
        item: LineItem::OneOff,
        service: context.window.days,
        quantity: one,
        unit_price: Some(Rate::new(fee.to_decimal(), fee.currency()).map_err(&failed)?),
        exact: fee.to_amount().map_err(&failed)?,
        cost: Some(Amount::zero(fee.currency())),
        usage: Vec::new(),
        steps: vec![Step::OneOff { amount: fee }],
    })?;
    Ok(Outcome::of_lines(vec![line]))
}
