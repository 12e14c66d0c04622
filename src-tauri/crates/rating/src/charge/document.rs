//! A price with all that can be applied to it: the pipeline of [`crate::price`].

use super::{Context, Counting, LineParts, Metered, Outcome};
use crate::counter::Counted;
use crate::price::{ChargedBefore, Explain, PriceError, PriceStep, PricedUsage, apply_after};
use crate::proration::part;
use crate::window::Window;
use crate::{RatingError, ServiceDays, Share, Step};
use ratebook_catalog::pricing::Price;
use ratebook_money::{Amount, MoneyError};

/// What earlier versions of a charge counted and charged in the period.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Prior {
    pub exact: Amount,
    /// What fixed discounts took off it.
    pub discount: Amount,
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
    let by = context.subscribed.version.terms.proration;
    let share = |days: ServiceDays| -> Result<Option<Share>, MoneyError> {
        let part = part(days, context.window.whole, by, context.input.zone)?;
        Share::of(part, by)
    };
    let of_share = |share: Option<Share>| match share {
        None => Ok(price.clone()),
        Some(share) => price.prorated(share.days, share.of),
    };
    let days = ServiceDays {
        first,
        ..context.window.days
    };
    let share_now = share(days).map_err(&failed)?;
    let now = of_share(share_now).map_err(&failed)?;
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
                charged_before: Some(ChargedBefore {
                    amount: prior.exact,
                    discount: prior.discount,
                }),
            };
            let earlier = share(prior.days).and_then(of_share);
            (usage, earlier.map_err(&failed)?)
        }
    };
    let currency = context.input.currency;
    let priced = apply_after(&now, &earlier, &usage, currency, Explain::Steps);
    let priced = priced.map_err(|PriceError { fault, .. }| context.unpriced(counted, fault))?;
    let discount = Some(priced.discount);
    if priced.exact.e24() == 0 && counted.value().is_zero() {
        return Ok(Outcome {
            discount,
            ..metered.without_line()
        });
    }
    let mut steps = metered.steps();
    steps.extend(before.map(|before| Step::Prior {
        quantity: before.quantity,
    }));
    let part = share_now.filter(|_| *price != now);
    steps.extend(part.map(|share| Step::Part { share }));
    steps.extend(between(priced.steps));
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
    Ok(Outcome {
        discount,
        ..Outcome::of_lines(vec![line])
    })
}

/// The steps of the price: its quantity and its rounding stand in the line as in all lines.
fn between(steps: Vec<PriceStep>) -> impl Iterator<Item = Step> {
    let between = steps.into_iter().filter(|step| {
        !matches!(
            step,
            PriceStep::Quantity { .. } | PriceStep::Rounding { .. }
        )
    });
    between.map(|step| Step::Price { step })
}
