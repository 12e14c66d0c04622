//! Statements of a case about how a plan bills and what is agreed with its customer.

use super::book::Book;
use super::script::{Read, Words, decimal, number, text};
use ratebook_catalog::{
    Anchor, Charge, ChargeChange, ChargeKind, FeePer, FeeTiming, Interval, IntervalUnit, Phase,
    PhaseSpan, PlanTerms, PriceModel, Proration, SeatCount, Subscription,
};
use ratebook_money::Money;
use ratebook_rating::{PaidFee, ServiceDays};

/// Reads a statement, if it is one of these.
pub fn statement(book: &mut Book, verb: &str, words: &mut Words) -> Option<Read<()>> {
    Some(match verb {
        "every" => every(book, words),
        "fee" => fee(book, words),
        "one_off" => one_off(book, words),
        "at_least" => at_least(book, words),
        "seats" => seats(book, words),
        "since" => since(book, words),
        "add_on" => terms(book).map(|terms| terms.add_on = true),
        "phase" => phase(book, words),
        "change" => change(book, words),
        "agreed" => agreed(book, words),
        "phases_from" => phases_from(book, words),
        "paid" => paid(book, words),
        _ => return None,
    })
}

/// `every 1 quarter [anniversary] [by_seconds]`: how the plan above bills
fn every(book: &mut Book, words: &mut Words) -> Read<()> {
    let count = number(&words.next("a number")?)?;
    let unit = match words.next("a unit")?.as_str() {
        "day" => IntervalUnit::Day,
        "week" => IntervalUnit::Week,
        "month" => IntervalUnit::Month,
        "quarter" => IntervalUnit::Quarter,
        "year" => IntervalUnit::Year,
        other => return Err(format!("\"{other}\" is no unit")),
    };
    let terms = terms(book)?;
    terms.interval = Interval { unit, count };
    if words.flag("anniversary")? {
        terms.anchor = Anchor::Anniversary;
    }
    if words.flag("by_seconds")? {
        terms.proration = Proration::Seconds;
    }
    Ok(())
}

/// `fee NAME 490.00 advance [per_seat]`
fn fee(book: &mut Book, words: &mut Words) -> Read<()> {
    let name = words.next("a name")?;
    let amount = amount(book, words)?;
    let timing = match words.next("advance or arrears")?.as_str() {
        "advance" => FeeTiming::Advance,
        "arrears" => FeeTiming::Arrears,
        other => return Err(format!("\"{other}\" is no timing")),
    };
    let per = if words.flag("per_seat")? {
        FeePer::Seat
    } else {
        FeePer::Subscription
    };
    let kind = ChargeKind::RecurringFee {
        amount,
        timing,
        per,
    };
    add(book, name, kind)
}

/// `one_off NAME 250.00`
fn one_off(book: &mut Book, words: &mut Words) -> Read<()> {
    let name = words.next("a name")?;
    let amount = amount(book, words)?;
    add(book, name, ChargeKind::OneOffFee { amount })
}

/// `at_least NAME 100.00`: the minimum of all usage charges of the plan
fn at_least(book: &mut Book, words: &mut Words) -> Read<()> {
    let name = words.next("a name")?;
    let amount = amount(book, words)?;
    add(book, name, ChargeKind::Minimum { amount })
}

/// `seats 2026-01-01 5`: of the last subscription, from a day on
fn seats(book: &mut Book, words: &mut Words) -> Read<()> {
    let from = words.date()?;
    let count = number(&words.next("a number")?)?;
    let agreed = &mut subscription(book)?.agreed;
    agreed.seats.push(SeatCount { from, count });
    Ok(())
}

/// `since 2026-01-31`: the last subscription goes on from an earlier one
fn since(book: &mut Book, words: &mut Words) -> Read<()> {
    let day = words.date()?;
    subscription(book)?.agreed.since = Some(day);
    Ok(())
}

/// `phase Trial periods 1 1`, `phase Summer days 2026-07-01 2026-08-31`: of the plan above
fn phase(book: &mut Book, words: &mut Words) -> Read<()> {
    let name = words.next("a name")?;
    let span = match words.next("periods or days")?.as_str() {
        "periods" => PhaseSpan::Periods {
            first: number(&words.next("a number")?)?,
            last: number(&words.next("a number")?)?,
        },
        "days" => PhaseSpan::Days {
            first: words.date()?,
            last: words.date()?,
        },
        other => return Err(format!("phases are not counted in \"{other}\"")),
    };
    let changes = Vec::new();
    let phase = Phase {
        name,
        span,
        changes,
    };
    terms(book)?.phases.push(phase);
    Ok(())
}

/// `change Platform amount 50.00`: in the phase above
fn change(book: &mut Book, words: &mut Words) -> Read<()> {
    let read = charge_change(book, words)?;
    let phase = terms(book)?.phases.last_mut();
    phase.ok_or("no phase yet")?.changes.push(read);
    Ok(())
}

/// `agreed Runs priced {"model": "per_unit", "unit_price": "0.05"}`: with the last customer
fn agreed(book: &mut Book, words: &mut Words) -> Read<()> {
    let read = charge_change(book, words)?;
    subscription(book)?.agreed.overrides.push(read);
    Ok(())
}

/// `phases_from 2026-03-01`: of the last subscription
fn phases_from(book: &mut Book, words: &mut Words) -> Read<()> {
    let day = words.date()?;
    subscription(book)?.agreed.phases_from = Some(day);
    Ok(())
}

/// `CHARGE [off] [amount 50.00] [priced {…}] [included 1_000] [minimum 20]`
fn charge_change(book: &mut Book, words: &mut Words) -> Read<ChargeChange> {
    let mut change = ChargeChange {
        charge: words.next("a charge")?,
        off: false,
        amount: None,
        price: None,
        included: None,
        minimum: None,
    };
    change.off = words.flag("off")?;
    if words.flag("amount")? {
        change.amount = Some(amount(book, words)?);
    }
    if words.flag("priced")? {
        let price = super::script::document(words)?;
        change.price = Some(PriceModel::Document {
            price: Box::new(price),
        });
    }
    if words.flag("included")? {
        change.included = Some(decimal(&words.next("a quantity")?)?);
    }
    if words.flag("minimum")? {
        change.minimum = Some(decimal(&words.next("an amount")?)?);
    }
    Ok(change)
}

/// `paid Platform 99.00 2026-03-01 2026-03-31 [of 90] [seats 5] [by_seconds]`: by an invoice
/// before, for the last subscription
fn paid(book: &mut Book, words: &mut Words) -> Read<()> {
    let subscription = subscription(book)?.id;
    let charge = words.next("a charge")?;
    let fee = Money::parse(&words.next("a fee")?, book.customer.currency).map_err(text)?;
    let (first, last) = (words.date()?, words.date()?);
    let mut paid = PaidFee {
        subscription,
        charge,
        days: ServiceDays { first, last },
        fee,
        seats: None,
        of: None,
        by: Proration::Days,
    };
    if words.flag("of")? {
        paid.of = Some(number(&words.next("a length")?)?);
    }
    if words.flag("seats")? {
        paid.seats = Some(number(&words.next("a number")?)?);
    }
    if words.flag("by_seconds")? {
        paid.by = Proration::Seconds;
    }
    book.paid.push(paid);
    Ok(())
}

fn amount(book: &mut Book, words: &mut Words) -> Read<Money> {
    let currency = terms(book)?.currency;
    Money::parse(&words.next("an amount")?, currency).map_err(text)
}

fn add(book: &mut Book, name: String, kind: ChargeKind) -> Read<()> {
    terms(book)?.charges.push(Charge { name, kind });
    Ok(())
}

fn terms(book: &mut Book) -> Read<&mut PlanTerms> {
    let plan = book.plans.last_mut().ok_or("no plan yet")?;
    Ok(&mut plan.1.terms)
}

fn subscription(book: &mut Book) -> Read<&mut Subscription> {
    let last = book.subscriptions.last_mut();
    Ok(last.ok_or("nobody has subscribed yet")?)
}
