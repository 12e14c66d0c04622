//! A price with all that can be applied to it: the pipeline of [`crate::price`].

use super::{Context, Counting, LineParts, Metered, Outcome};
use crate::counter::Counted;
use crate::price::{Explain, PriceError, PriceStep, PricedUsage, apply_after};
use crate::proration::part;
use crate::window::Window;
use crate::{RatingError, ServiceDays, Step};
use ratebook_catalog::pricing::Price;
use ratebook_money::{Amount, MoneyError};

/// What earlier versions of a charge counted and charged in the period.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Prior {
    pub exact: Amount,
    /// From the first day of the first version to the last day before this one.
    pub days: ServiceDays,
    /// What was counted, and when.
    pub counted: Vec<Counted>,
    pub windows: Vec<Window>,
}

/// One line; none when there is neither usage nor an amount. In a part of the period only that
/// part is included, agreed and due at least; after another version of the charge everything goes
/// on from where that one ended.
pub(crate) fn rate(
    context: &Context,
    counting: &Counting,
    metered: Metered,
    price: &Price,
    prior: Option<(&Prior, &[Counted])>,
) -> Result<Outcome, RatingError> {
    let counted = metered.quantity;
    let failed = context.failed(counted);
    let first = prior.map_or(context.window.days.first, |(prior, _)| prior.days.first);
    let of_whole = |days: ServiceDays| -> Result<Price, MoneyError> {
        let by = context.subscribed.version.terms.proration;
        let part = part(days, context.window.whole, by, context.input.zone)?;
        let small = |length: u64| u32::try_from(length).map_err(|_| MoneyError::Overflow);
        price.prorated(small(part.taken)?, small(part.of)?)
    };
    let now = of_whole(ServiceDays {
        first,
        ..context.window.days
    })
    .map_err(&failed)?;
    let before = match prior {
        Some((prior, _)) => counting.earlier(prior)?,
        None => None,
    };
    let (usage, earlier) = match prior.zip(before.as_ref()) {
        None => (PricedUsage::first(metered.measured.clone()), now.clone()),
        Some(((prior, counted), before)) => {
            let usage = PricedUsage {
                total: counting.total(prior, counted)?,
                before: Some(before.measured.clone()),
                charged_before: Some(prior.exact),
            };
            (usage, of_whole(prior.days).map_err(&failed)?)
        }
    };
    let currency = context.input.currency;
    let priced = apply_after(&now, &earlier, &usage, currency, Explain::Steps);
    let priced = priced.map_err(|PriceError { fault, .. }| context.unpriced(counted, fault))?;
    if priced.exact.e24() == 0 && counted.value().is_zero() {
        return Ok(metered.without_line());
    }
    let mut steps = metered.steps();
    // The quantity and the rounding stand in the line as in all lines.
    let between = priced.steps.into_iter().filter(|step| {
        !matches!(
            step,
            PriceStep::Quantity { .. } | PriceStep::Rounding { .. }
        )
    });
    steps.extend(before.map(|before| Step::Prior {
        quantity: before.quantity,
    }));
    steps.extend(between.map(|step| Step::Price { step }));
    let line = context.line(LineParts {
        item: metered.item,
        service: context.window.days,
        quantity: counted,
        unit_price: None,
        exact: priced.exact,
        cost: metered.cost,
        usage: metered.buckets,
        steps,
    })?;
    Ok(Outcome::of_lines(vec![line]))
}
