//! Statements of a case about how a plan bills and what is agreed with its customer.

use super::book::Book;
use super::script::{Read, Words, number, text};
use ratebook_catalog::{
    Anchor, Charge, ChargeKind, FeePer, FeeTiming, Interval, IntervalUnit, PlanTerms, Proration,
    SeatCount, Subscription,
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
