//! A fee per calendar month, prorated by days in months that are only partly covered.

use super::{Context, LineParts, Outcome};
use crate::window::period_days;
use crate::{LineItem, PaidFee, RatedLine, RatingError, ServiceDays, Share, Step};
use chrono::{Days, Months};
use ratebook_catalog::FeeTiming;
use ratebook_money::{Amount, Money, MoneyError, Quantity, Rate, mul_div_round};

/// In arrears: the fee of this month. In advance: the fee of the next month, and this month's own
/// when the subscription begins in it (nobody has charged it before).
pub(crate) fn rate(
    context: &Context,
    fee: Money,
    timing: FeeTiming,
) -> Result<Outcome, RatingError> {
    let month = period_days(context.input);
    let begins_here = context.subscribed.subscription.starts_on >= month.first;
    let mut lines = Vec::new();
    for paid in context.input.paid {
        lines.extend(unused(context, paid)?);
    }
    if timing == FeeTiming::Arrears || begins_here {
        lines.extend(of_month(context, fee, timing, month)?);
    }
    if timing == FeeTiming::Advance {
        lines.extend(of_month(context, fee, timing, month_after(month)?)?);
    }
    Ok(Outcome::of_lines(lines))
}

/// What a fee in advance paid for days after the subscription ended: a line below zero.
fn unused(context: &Context, paid: &PaidFee) -> Result<Option<RatedLine>, RatingError> {
    let subscription = context.subscribed.subscription;
    let is_own = paid.subscription == subscription.id && paid.charge == context.charge.name;
    let Some(after) = subscription.ends_on.and_then(|end| end.succ_opt()) else {
        return Ok(None);
    };
    let unused = ServiceDays {
        first: after.max(paid.days.first),
        last: paid.days.last,
    };
    if !is_own || unused.first > unused.last {
        return Ok(None);
    }
    let back = Money::from_minor(
        paid.fee.minor().checked_neg().ok_or(MoneyError::Overflow)?,
        paid.fee.currency(),
    );
    let month = period_days(context.input);
    line(context, back, FeeTiming::Advance, unused, month).map(Some)
}

/// The fee of one calendar month, or nothing when the subscription does not touch it.
fn of_month(
    context: &Context,
    fee: Money,
    timing: FeeTiming,
    month: ServiceDays,
) -> Result<Option<RatedLine>, RatingError> {
    let subscription = context.subscribed.subscription;
    let first = subscription.starts_on.max(month.first);
    let last = subscription
        .ends_on
        .map_or(month.last, |end| end.min(month.last));
    if first > last {
        return Ok(None);
    }
    line(context, fee, timing, ServiceDays { first, last }, month).map(Some)
}

/// The share of a month's fee that some of its days are.
fn line(
    context: &Context,
    fee: Money,
    timing: FeeTiming,
    service: ServiceDays,
    month: ServiceDays,
) -> Result<RatedLine, RatingError> {
    let share = Share {
        days: days(service)?,
        of: days(month)?,
    };
    let one = Quantity::from_units(1)?;
    let failed = context.failed(one);
    let exact = fee.to_amount().map_err(&failed)?;
    let amount = mul_div_round(exact, u64::from(share.days), u64::from(share.of));
    let amount = amount.map_err(&failed)?;
    let share = Some(share).filter(|share| share.days != share.of);
    let parts = LineParts {
        item: LineItem::Fee { timing },
        service,
        quantity: one,
        unit_price: Some(Rate::new(fee.to_decimal(), fee.currency()).map_err(&failed)?),
        exact,
        cost: Some(Amount::zero(fee.currency())),
        usage: Vec::new(),
        steps: vec![Step::Fee {
            amount: fee,
            timing,
            share,
        }],
    };
    let mut line = context.line_of(parts, amount);
    line.share = share;
    line.explanation.steps.push(Step::Rounding {
        exact,
        rounded: amount,
    });
    Ok(line)
}

fn month_after(month: ServiceDays) -> Result<ServiceDays, MoneyError> {
    let out = || MoneyError::NotATime(month.last.to_string());
    let first = month.last.succ_opt().ok_or_else(out)?;
    let last = first
        .checked_add_months(Months::new(1))
        .and_then(|next| next.checked_sub_days(Days::new(1)));
    Ok(ServiceDays {
        first,
        last: last.ok_or_else(out)?,
    })
}

/// Number of days, both ends included.
fn days(service: ServiceDays) -> Result<u32, MoneyError> {
    let between = service.last.signed_duration_since(service.first).num_days();
    u32::try_from(between.saturating_add(1)).map_err(|_| MoneyError::Overflow)
}
