//! The least that all usage charges of a plan come to in a billing period.

use super::{Context, LineParts, Outcome};
use crate::proration::{part, true_up};
use crate::{LineItem, RatingError, Share, Step};
use ratebook_money::{Amount, Money, Quantity};

/// What is missing to the minimum, as a line of its own; none when nothing is. `charged` is what
/// the lines of the usage charges say.
pub(crate) fn rate(
    context: &Context,
    minimum: Money,
    charged: Money,
) -> Result<Outcome, RatingError> {
    let one = Quantity::from_units(1)?;
    let failed = context.failed(one);
    let by = context.subscribed.version.terms.proration;
    let window = &context.window;
    let active = part(window.days, window.whole, by, context.input.zone).map_err(&failed)?;
    let least = minimum.to_amount().map_err(&failed)?;
    let missing = true_up(least, active, charged).map_err(&failed)?;
    if missing.minor() == 0 {
        return Ok(Outcome::default());
    }
    let share = Share::of(active, by).map_err(&failed)?;
    let parts = LineParts {
        item: LineItem::Minimum,
        service: window.days,
        quantity: one,
        unit_price: None,
        exact: missing.to_amount().map_err(&failed)?,
        cost: Some(Amount::zero(minimum.currency())),
        usage: Vec::new(),
        steps: vec![Step::Minimum {
            amount: minimum,
            share,
            charged,
        }],
    };
    Ok(Outcome::of_lines(vec![context.line_of(parts, missing)]))
}
