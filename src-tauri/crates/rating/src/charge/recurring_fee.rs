//! A fee per billing period, prorated in periods that are only partly covered.

use super::{Context, LineParts, Outcome};
use crate::agreed;
use crate::billing::life;
use crate::period::{from_day, overlap};
use crate::proration::{Part, part, prorated};
use crate::window::period_days;
use crate::{LineItem, PaidFee, RatedLine, RatingError, SeatStep, ServiceDays, Share, Step};
use ratebook_catalog::{ChargeKind, FeePer, FeeTiming, Proration};
use ratebook_money::{Amount, Date, Money, MoneyError, Quantity, Rate};

/// A part of a billing period: its days, and the period.
#[derive(Clone, Copy)]
struct Stretch {
    days: ServiceDays,
    whole: ServiceDays,
}

/// Whether a fee is owed or comes back.
#[derive(Clone, Copy)]
enum Sign {
    Due,
    Back,
}

/// The terms of one fee.
#[derive(Clone, Copy)]
struct Fee<'a> {
    context: &'a Context<'a>,
    timing: FeeTiming,
    per: FeePer,
}

/// In arrears: the fees of the periods that end in this month. In advance: those of the periods
/// that begin after its first day and up to the day after its last, and that of the period in which
/// the subscription begins (nobody has charged it before); and changes of seats in this month.
pub(crate) fn rate(
    context: &Context,
    timing: FeeTiming,
    per: FeePer,
) -> Result<Outcome, RatingError> {
    let fee = Fee {
        context,
        timing,
        per,
    };
    let mut lines = Vec::new();
    for paid in context.input.paid {
        lines.extend(fee.unused(paid)?);
    }
    match timing {
        FeeTiming::Arrears => {
            for window in &context.billed.windows {
                let stretch = Stretch {
                    days: window.days,
                    whole: window.whole,
                };
                lines.extend(fee.past(stretch)?);
            }
        }
        FeeTiming::Advance => lines.extend(fee.coming()?),
    }
    Ok(Outcome::of_lines(lines))
}

impl Fee<'_> {
    /// A period that is over: each number of seats for its own days.
    fn past(&self, stretch: Stretch) -> Result<Vec<RatedLine>, RatingError> {
        let mut lines = Vec::new();
        let mut rest = Some(stretch.days);
        while let Some(days) = rest {
            let change = self.next_change(days);
            let last = change.and_then(|day| day.pred_opt()).unwrap_or(days.last);
            let days = ServiceDays { last, ..days };
            let seats = self.seats(days.first)?;
            let own = Stretch { days, ..stretch };
            lines.extend(self.charged(own, Sign::Due, seats)?);
            rest = change.and_then(|day| from_day(stretch.days, day));
        }
        Ok(lines)
    }

    /// What this month charges ahead.
    fn coming(&self) -> Result<Vec<RatedLine>, RatingError> {
        let billed = self.context.billed;
        let month = period_days(self.context.input);
        let life = life(self.context.subscribed.subscription);
        let Some(active) = billed.active else {
            return Ok(Vec::new());
        };
        // The period that begins right after the month is charged in it.
        let reach = ServiceDays {
            first: active.days.first,
            last: month.last.succ_opt().unwrap_or(month.last),
        };
        let mut lines = Vec::new();
        for whole in billed.cycle.touching(reach)? {
            let Some(days) = overlap(whole, life) else {
                continue;
            };
            let begins = days.first == life.first;
            let is_charged_here = if begins {
                month.first <= days.first && days.first <= month.last
            } else {
                month.first < days.first
            };
            let stretch = Stretch { days, whole };
            if is_charged_here {
                let seats = self.seats(days.first)?;
                lines.extend(self.charged(stretch, Sign::Due, seats)?);
            }
            lines.extend(self.changes(stretch, month)?);
        }
        Ok(lines)
    }

    /// Changes of seats that fall into this month, each to the end of its period. Only the
    /// difference is charged, or comes back: the period's own fee was for the seats at its start.
    fn changes(&self, stretch: Stretch, month: ServiceDays) -> Result<Vec<RatedLine>, RatingError> {
        let mut lines = Vec::new();
        let mut rest = stretch.days;
        while let Some(day) = self.next_change(rest) {
            let Some(days) = from_day(stretch.days, day) else {
                break;
            };
            if month.first <= day && day <= month.last {
                let before = self
                    .context
                    .subscribed
                    .subscription
                    .agreed
                    .seats_on(rest.first);
                let change = before.zip(self.count(day)?);
                if let Some((before, after)) = change {
                    let own = Stretch { days, ..stretch };
                    let sign = if after < before {
                        Sign::Back
                    } else {
                        Sign::Due
                    };
                    let seats = SeatStep {
                        count: after.abs_diff(before),
                        change: Some((before, after)),
                    };
                    lines.extend(self.charged(own, sign, Some(seats))?);
                }
            }
            rest = days;
        }
        Ok(lines)
    }

    /// What a fee in advance paid for days after the subscription ended: a line below zero.
    fn unused(&self, paid: &PaidFee) -> Result<Option<RatedLine>, RatingError> {
        let subscription = self.context.subscribed.subscription;
        let is_own =
            paid.subscription == subscription.id && paid.charge == self.context.charge.name;
        let Some(after) = subscription.ends_on.and_then(|end| end.succ_opt()) else {
            return Ok(None);
        };
        let Some(days) = from_day(paid.days, after).filter(|_| is_own) else {
            return Ok(None);
        };
        let month = period_days(self.context.input);
        let zone = self.context.input.zone;
        let mut part = part(days, month, paid.by, zone)?;
        if let Some(of) = paid.of {
            part.of = u64::from(of);
        }
        let seats = paid.seats.map(|count| SeatStep {
            count,
            change: None,
        });
        self.line_of(
            days,
            (part, paid.by),
            negative(paid.fee)?,
            seats,
            FeeTiming::Advance,
        )
        .map(Some)
    }

    /// The next day after the first on which the number of seats is another.
    fn next_change(&self, days: ServiceDays) -> Option<Date> {
        if self.per == FeePer::Subscription {
            return None;
        }
        let agreed = &self.context.subscribed.subscription.agreed;
        let now = agreed.seats_on(days.first);
        let mut later = agreed.seats.iter();
        let changed = later.find(|seats| {
            days.first < seats.from && seats.from <= days.last && Some(seats.count) != now
        });
        changed.map(|seats| seats.from)
    }

    fn count(&self, day: Date) -> Result<Option<u32>, RatingError> {
        if self.per == FeePer::Subscription {
            return Ok(None);
        }
        let agreed = &self.context.subscribed.subscription.agreed;
        let count = agreed.seats_on(day).ok_or_else(|| RatingError::NoSeats {
            charge: self.context.charge.name.clone(),
            day,
        })?;
        Ok(Some(count))
    }

    fn seats(&self, day: Date) -> Result<Option<SeatStep>, RatingError> {
        let count = self.count(day)?;
        Ok(count.map(|count| SeatStep {
            count,
            change: None,
        }))
    }

    /// The share of a period's fee that some of its days are, a line for each part in which the fee
    /// is another; nothing for no seats.
    fn charged(
        &self,
        stretch: Stretch,
        sign: Sign,
        seats: Option<SeatStep>,
    ) -> Result<Vec<RatedLine>, RatingError> {
        let mut lines = Vec::new();
        if seats.is_some_and(|seats| seats.count == 0) {
            return Ok(lines);
        }
        let (subscribed, cycle) = (self.context.subscribed, &self.context.billed.cycle);
        for (days, held) in agreed::parts(subscribed, cycle, self.context.charge, stretch.days)? {
            let ChargeKind::RecurringFee { amount, .. } = held.charge.kind else {
                continue;
            };
            if held.off {
                continue;
            }
            let amount = match sign {
                Sign::Due => amount,
                Sign::Back => negative(amount)?,
            };
            let own = Fee {
                context: &Context {
                    held,
                    ..self.context.clone()
                },
                ..*self
            };
            lines.push(own.line(Stretch { days, ..stretch }, amount, seats)?);
        }
        Ok(lines)
    }

    fn line(
        &self,
        stretch: Stretch,
        fee: Money,
        seats: Option<SeatStep>,
    ) -> Result<RatedLine, RatingError> {
        let by = self.context.subscribed.version.terms.proration;
        let zone = self.context.input.zone;
        let part = part(stretch.days, stretch.whole, by, zone)?;
        self.line_of(stretch.days, (part, by), fee, seats, self.timing)
    }

    fn line_of(
        &self,
        service: ServiceDays,
        (part, by): (Part, Proration),
        fee: Money,
        seats: Option<SeatStep>,
        timing: FeeTiming,
    ) -> Result<RatedLine, RatingError> {
        let count = seats.map_or(1, |seats| i64::from(seats.count));
        let quantity = Quantity::from_units(count)?;
        let failed = self.context.failed(quantity);
        let rate = Rate::new(fee.to_decimal(), fee.currency()).map_err(&failed)?;
        let exact = rate.times(quantity).map_err(&failed)?;
        let amount = prorated(exact, part).map_err(&failed)?;
        let share = Share::of(part, by).map_err(&failed)?;
        let parts = LineParts {
            item: LineItem::Fee { timing },
            service,
            quantity,
            unit_price: Some(rate),
            exact,
            cost: Some(Amount::zero(fee.currency())),
            usage: Vec::new(),
            steps: vec![Step::Fee {
                amount: fee,
                timing,
                share,
                seats,
            }],
        };
        let mut line = self.context.line_of(parts, amount);
        line.share = share;
        line.explanation.steps.push(Step::Rounding {
            exact,
            rounded: amount,
        });
        Ok(line)
    }
}

fn negative(fee: Money) -> Result<Money, MoneyError> {
    let minor = fee.minor().checked_neg().ok_or(MoneyError::Overflow)?;
    Ok(Money::from_minor(minor, fee.currency()))
}
