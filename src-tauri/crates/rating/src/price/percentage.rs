//! A share of each event's amount, with a fee per event, free events and limits per event.

use super::calculation::Calculation;
use super::tiers::{hundredth, money};
use super::{Measured, PriceFault, PriceStep, PricedEvent, Units};
use ratebook_catalog::pricing::Percentage;
use ratebook_money::Amount;
use rust_decimal::Decimal;

pub(super) fn amount(
    percentage: &Percentage,
    measured: &Measured,
    calculation: &mut Calculation,
) -> Result<Amount, PriceFault> {
    let rate = hundredth(percentage.rate_percent)?;
    let mut sum = calculation.zero();
    let mut counted = Units::ZERO;
    let events = events(measured)?;
    let mut together = (events.len() > LISTED).then(Together::default);
    for (number, event) in (1_u64..).zip(events) {
        counted = counted.plus(event.amount)?;
        let paid = paid(percentage, number, event.amount, counted)?;
        let amount = match paid {
            Some(paid) => of_event(percentage, rate, paid, calculation)?,
            None => Charged {
                amount: calculation.zero(),
                limit: None,
            },
        };
        let Charged { amount, limit } = amount;
        sum = sum.plus(amount)?;
        if let Some(together) = &mut together {
            together.add(paid, amount, percentage, calculation)?;
            continue;
        }
        calculation.note(|| PriceStep::Event {
            event: number,
            amount: event.amount.to_string(),
            charged_on: paid.unwrap_or(Units::ZERO).to_string(),
            rate_percent: percentage.rate_percent.to_string(),
            fixed_fee: match paid {
                Some(_) => percentage.fixed_fee_per_event.to_string(),
                None => "0".to_owned(),
            },
            limit: limit.map(|limit| limit.to_exact_string()),
            charged: amount.to_exact_string(),
        });
    }
    if let Some(together) = together {
        calculation.note(|| PriceStep::PaidEvents {
            events: together.events,
            free_events: together.free,
            charged_on: together.charged_on.to_string(),
            rate_percent: percentage.rate_percent.to_string(),
            fixed_fee: percentage.fixed_fee_per_event.to_string(),
            at_minimum: together.at_minimum,
            at_maximum: together.at_maximum,
            amount: sum.to_exact_string(),
        });
    }
    Ok(sum)
}

/// So many events are explained one by one; more are explained together.
const LISTED: usize = 50;

/// Many events, as an explanation counts them.
#[derive(Default)]
struct Together {
    events: u64,
    free: u64,
    charged_on: Units,
    at_minimum: u64,
    at_maximum: u64,
}

impl Together {
    fn add(
        &mut self,
        paid: Option<Units>,
        amount: Amount,
        percentage: &Percentage,
        calculation: &Calculation,
    ) -> Result<(), PriceFault> {
        let Some(paid) = paid else {
            self.free = self.free.saturating_add(1);
            return Ok(());
        };
        let is = |limit: Option<Decimal>| {
            let limit = limit
                .map(|limit| money(limit, calculation.currency))
                .transpose()?;
            Ok::<_, PriceFault>(u64::from(limit == Some(amount)))
        };
        self.at_minimum = self
            .at_minimum
            .saturating_add(is(percentage.min_per_event)?);
        self.at_maximum = self
            .at_maximum
            .saturating_add(is(percentage.max_per_event)?);
        self.events = self.events.saturating_add(1);
        self.charged_on = self.charged_on.plus(paid)?;
        Ok(())
    }
}

/// A quantity alone is one event with that amount, and nothing is none.
fn events(measured: &Measured) -> Result<Vec<PricedEvent>, PriceFault> {
    match measured {
        Measured::Events(events) => Ok(events.clone()),
        Measured::Quantity(amount) if *amount <= Units::ZERO => Ok(Vec::new()),
        Measured::Quantity(amount) => Ok(vec![PricedEvent {
            quantity: Units::ZERO,
            amount: *amount,
        }]),
        Measured::Quotient(amount) => events(&Measured::Quantity(amount.nearest()?)),
        Measured::Parts(_) | Measured::Capacity(_) => Err(PriceFault::Needs("events")),
    }
}

/// What of an event is charged for; nothing when all of it is free. Free are the first events, as
/// long as their number and their sum (`counted`, this one included) are within the limits; the
/// event that crosses the sum pays for what lies beyond.
fn paid(
    percentage: &Percentage,
    number: u64,
    amount: Units,
    counted: Units,
) -> Result<Option<Units>, PriceFault> {
    let within_number = match (percentage.free_events, percentage.free_amount) {
        (Some(free), _) => number <= free,
        (None, free_amount) => free_amount.is_some(),
    };
    if !within_number {
        return Ok(Some(amount));
    }
    let Some(free) = percentage.free_amount else {
        return Ok(None);
    };
    let beyond = counted.minus(Units::new(free)?)?;
    Ok((beyond > Units::ZERO).then(|| beyond.min(amount)))
}

/// What an event is charged, and the limit that decided it.
struct Charged {
    amount: Amount,
    limit: Option<Amount>,
}

fn of_event(
    percentage: &Percentage,
    rate: Decimal,
    paid: Units,
    calculation: &Calculation,
) -> Result<Charged, PriceFault> {
    let currency = calculation.currency;
    let share = paid.times(rate, currency)?;
    let mut amount = share.plus(money(percentage.fixed_fee_per_event, currency)?)?;
    let mut limit = None;
    if let Some(most) = percentage.max_per_event {
        let most = money(most, currency)?;
        if most.e24() < amount.e24() {
            (amount, limit) = (most, Some(most));
        }
    }
    if let Some(least) = percentage.min_per_event {
        let least = money(least, currency)?;
        if least.e24() > amount.e24() {
            (amount, limit) = (least, Some(least));
        }
    }
    Ok(Charged { amount, limit })
}
