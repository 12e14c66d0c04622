//! A price with all that can be applied to it: the pipeline of [`crate::price`].

use super::{Context, LineParts, Metered, Outcome};
use crate::price::{Explain, Measured, PriceError, PriceStep, PricedUsage, Units, apply_after};
use crate::proration::part;
use crate::{RatingError, ServiceDays, Step};
use ratebook_catalog::pricing::Price;
use ratebook_money::{Amount, MoneyError, Quantity};

/// What earlier versions of a charge counted and charged in the period.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Prior {
    pub quantity: Quantity,
    pub exact: Amount,
    /// From the first day of the first version to the last day before this one.
    pub days: ServiceDays,
}

/// One line; none when there is neither usage nor an amount. In a part of the period only that
/// part is included, agreed and due at least; after another version of the charge everything goes
/// on from where that one ended.
pub(crate) fn rate(
    context: &Context,
    metered: Metered,
    price: &Price,
    prior: Option<Prior>,
) -> Result<Outcome, RatingError> {
    let counted = metered.quantity;
    let failed = context.failed(counted);
    let first = prior.map_or(context.window.days.first, |prior| prior.days.first);
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
    let units = |quantity: Quantity| Units::new(quantity.value()).map_err(&failed);
    let (usage, earlier) = match prior {
        None => {
            let total = Measured::Quantity(units(counted)?);
            (PricedUsage::first(total), now.clone())
        }
        Some(prior) => {
            let before = units(prior.quantity)?;
            let total = before.plus(units(counted)?).map_err(&failed)?;
            let usage = PricedUsage {
                total: Measured::Quantity(total),
                before: Some(Measured::Quantity(before)),
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
    let mut steps = vec![Step::Quantity {
        quantity: counted,
        events: metered.events,
    }];
    // The quantity and the rounding stand in the line as in all lines.
    let between = priced.steps.into_iter().filter(|step| {
        !matches!(
            step,
            PriceStep::Quantity { .. } | PriceStep::Rounding { .. }
        )
    });
    steps.extend(prior.map(|prior| Step::Prior {
        quantity: prior.quantity,
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
