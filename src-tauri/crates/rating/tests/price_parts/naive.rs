//! The naive calculation: totals in fractions, by formulas that a textbook would use.

use super::deal::{Deal, Kind, Number, Percentage, Terms, Tier, Used};
use crate::oracle_parts::fraction::Fraction;

const ZERO: Fraction = Fraction::ZERO;

/// What was used, as one total.
#[derive(Clone)]
enum Total {
    Quantity(Fraction),
    Events(Vec<(Fraction, Fraction)>),
    Parts(Vec<(usize, Fraction)>),
    Capacity([Fraction; 2]),
}

/// The amount of a deal: the period's total less what was rated before.
pub fn amount(deal: &Deal) -> Fraction {
    let all = period(&deal.terms, &total(&deal.used, true));
    match before(&deal.used) {
        Some(before) => all - period(&deal.terms, &before),
        None => all,
    }
}

/// In units of 10⁻²⁴; panics when that is no whole number.
pub fn e24(amount: Fraction) -> i128 {
    let scaled = amount * Fraction::whole(10_i128.pow(24));
    let whole = scaled.floor();
    assert_eq!(Fraction::whole(whole), scaled, "an amount beyond 24 places");
    whole
}

/// In minor units, half away from zero.
pub fn minor(amount: Fraction, digits: u32) -> i128 {
    (amount * Fraction::whole(10_i128.pow(digits))).nearest()
}

fn total(used: &Used, with_now: bool) -> Total {
    let sum = |before: &Number, now: &Number| {
        if with_now {
            before.value() + now.value()
        } else {
            before.value()
        }
    };
    match used {
        Used::Quantity(before, now) => Total::Quantity(sum(before, now)),
        Used::Events(events, before) => {
            let count = if with_now { events.len() } else { *before };
            let events = events.iter().take(count);
            Total::Events(events.map(|(q, a)| (q.value(), a.value())).collect())
        }
        Used::Parts(parts) => {
            // A part without anything before was not there before.
            let parts = parts.iter().filter(|part| with_now || part.1.0 != 0);
            Total::Parts(
                parts
                    .map(|(index, before, now)| (*index, sum(before, now)))
                    .collect(),
            )
        }
        Used::Capacity(all, before) => {
            let units = if with_now { *all } else { before.unwrap() };
            Total::Capacity(units.map(Number::value))
        }
    }
}

fn before(used: &Used) -> Option<Total> {
    let is_first = match used {
        Used::Quantity(before, _) => before.0 == 0,
        Used::Events(_, before) => *before == 0,
        Used::Parts(parts) => parts.iter().all(|part| part.1.0 == 0),
        Used::Capacity(_, before) => before.is_none(),
    };
    (!is_first).then(|| total(used, false))
}

pub fn positive(value: Fraction) -> Fraction {
    if value.is_below(ZERO) { ZERO } else { value }
}

pub fn smaller(a: Fraction, b: Fraction) -> Fraction {
    if a.is_below(b) { a } else { b }
}

pub fn larger(a: Fraction, b: Fraction) -> Fraction {
    if a.is_below(b) { b } else { a }
}

fn percent(number: Number) -> Fraction {
    number.value() * Fraction::new(1, 100)
}

/// What a quantity costs before maximum, minimum and fixed discount.
pub fn listed_quantity(terms: &Terms, quantity: Fraction) -> Fraction {
    listed(terms, &Total::Quantity(quantity))
}

fn listed(terms: &Terms, total: &Total) -> Fraction {
    let mut amount = model(terms, total);
    if let Some((in_units, size, factor, true_up)) = terms.commitment {
        let agreed = if in_units {
            by_quantity(&terms.kind, size.value())
        } else {
            size.value()
        };
        let beyond = positive(amount - agreed) * factor.value();
        let within = if true_up {
            agreed
        } else {
            smaller(amount, agreed)
        };
        amount = within + beyond;
    }
    if let Some(off) = terms.percent {
        amount = amount - amount * percent(off);
    }
    amount
}

/// What a period costs under all terms.
fn period(terms: &Terms, total: &Total) -> Fraction {
    let mut amount = listed(terms, total);
    if let Some(most) = terms.maximum {
        amount = smaller(amount, most.value());
    }
    if let Some(least) = terms.minimum {
        amount = larger(amount, least.value());
    }
    match terms.fixed {
        Some(off) if off.0 != 0 => positive(amount - off.value()),
        _ => amount,
    }
}

fn model(terms: &Terms, total: &Total) -> Fraction {
    match (&terms.kind, total) {
        (Kind::Flat(amount), _) => amount.value(),
        (Kind::Percentage(own), Total::Events(events)) => percentage(own, events),
        (Kind::Dynamic, Total::Events(events)) => positive(sum(events, |event| event.1)),
        (Kind::Dynamic, Total::Quantity(amount)) => positive(*amount),
        (Kind::CostPlus(up, fixed), Total::Events(events)) => {
            let cost = positive(sum(events, |event| event.1));
            let units = positive(sum(events, |event| event.0));
            cost + cost * percent(*up) + units * fixed.value()
        }
        (Kind::Bucketed(base), Total::Parts(parts)) => {
            let one = |part: &(usize, Fraction)| period(base, &Total::Quantity(part.1));
            parts.iter().fold(ZERO, |sum, part| sum + one(part))
        }
        (Kind::LineSum(own, default), Total::Parts(parts)) => {
            parts.iter().fold(ZERO, |sum, (index, quantity)| {
                let terms = own.get(*index).unwrap_or(default);
                sum + period(terms, &Total::Quantity(*quantity))
            })
        }
        (Kind::Capacity(limits, amounts), Total::Capacity([a, b])) => {
            let holds = |tier: &(Number, Number)| {
                !tier.0.value().is_below(*a) && !tier.1.value().is_below(*b)
            };
            let tier = limits.iter().position(holds).unwrap_or(limits.len());
            amounts[tier].value()
        }
        (kind, Total::Events(events)) => {
            let is_money = matches!(kind, Kind::GraduatedPercentage(..));
            let counted = sum(events, |event| if is_money { event.1 } else { event.0 });
            by_quantity(kind, prepared(terms, counted))
        }
        (kind, Total::Quantity(quantity)) => by_quantity(kind, prepared(terms, *quantity)),
        (kind, _) => panic!("{kind:?} and its usage do not belong together"),
    }
}

fn sum(
    events: &[(Fraction, Fraction)],
    of: impl Fn(&(Fraction, Fraction)) -> Fraction,
) -> Fraction {
    events.iter().fold(ZERO, |sum, event| sum + of(event))
}

/// Converted, rounded, without what is included.
fn prepared(terms: &Terms, quantity: Fraction) -> Fraction {
    let mut quantity = positive(quantity);
    if let Some((times, over, round, places)) = terms.convert {
        quantity = (quantity * times.value()).divided(over.value());
        let unit = Fraction::whole(10_i128.pow(places));
        let scaled = quantity * unit;
        let rounded = match round {
            "up" => scaled.ceiling(),
            "down" => scaled.floor(),
            "nearest" => scaled.nearest(),
            _ => return less(quantity, terms.included),
        };
        quantity = Fraction::whole(rounded).divided(unit);
    }
    less(quantity, terms.included)
}

fn less(quantity: Fraction, free: Option<Number>) -> Fraction {
    match free {
        Some(free) => positive(quantity - free.value()),
        None => quantity,
    }
}

fn by_quantity(kind: &Kind, quantity: Fraction) -> Fraction {
    match kind {
        Kind::PerUnit(price) | Kind::Overage(price) => quantity * price.value(),
        Kind::Graduated(tiers, at_zero) => graduated(tiers, *at_zero, quantity),
        Kind::GraduatedPercentage(tiers, at_zero) => {
            let hundredths = |(up_to, rate, fee): &Tier| (*up_to, Number(rate.0, rate.1 + 2), *fee);
            let tiers: Vec<Tier> = tiers.iter().map(hundredths).collect();
            graduated(&tiers, *at_zero, quantity)
        }
        Kind::Volume(tiers, at_zero) => {
            let holds = |tier: &&Tier| tier.0.is_none_or(|end| !end.value().is_below(quantity));
            let (_, price, fee) = tiers.iter().find(holds).unwrap();
            let is_due = ZERO.is_below(quantity) || *at_zero;
            let fee = if is_due { fee.value() } else { ZERO };
            quantity * price.value() + fee
        }
        Kind::Package(size, price, free, up) => {
            let packages = positive(quantity - free.value()).divided(size.value());
            let packages = if *up {
                packages.ceiling()
            } else {
                packages.floor()
            };
            Fraction::whole(packages) * price.value()
        }
        Kind::Blocks(blocks, top) => of_blocks(blocks, *top, quantity),
        other => panic!("{other:?} has no price for a quantity"),
    }
}

/// Every step of the price at the beginning of a tier counts for all that lies beyond it.
fn graduated(tiers: &[Tier], at_zero: bool, quantity: Fraction) -> Fraction {
    let (mut amount, mut before, mut start) = (ZERO, ZERO, ZERO);
    for (index, (up_to, price, fee)) in tiers.iter().enumerate() {
        amount = amount + (price.value() - before) * positive(quantity - start);
        if start.is_below(quantity) || (index == 0 && at_zero) {
            amount = amount + fee.value();
        }
        before = price.value();
        start = up_to.map_or(start, Number::value);
    }
    amount
}

/// One block after the other.
fn of_blocks(blocks: &[(Number, Option<u32>, Number)], top: bool, quantity: Fraction) -> Fraction {
    let (mut amount, mut left) = (ZERO, quantity);
    for (size, most, price) in blocks {
        let mut count = 0_u32;
        let mut of_tier = ZERO;
        while ZERO.is_below(left) && most.is_none_or(|most| count < most) {
            left = left - size.value();
            of_tier = of_tier + price.value();
            count += 1;
        }
        amount = amount + of_tier;
        if top && !ZERO.is_below(left) {
            let all = quantity.divided(size.value()).ceiling();
            return Fraction::whole(all) * price.value();
        }
    }
    amount
}

/// One event after the other; what is free is used up on the way.
fn percentage(own: &Percentage, events: &[(Fraction, Fraction)]) -> Fraction {
    let mut free_events = own.free_events.map_or(i64::MAX, i64::from);
    let mut free_amount = own.free_amount.map(Number::value);
    if own.free_events.is_none() && own.free_amount.is_none() {
        free_events = 0;
    }
    let (mut amount, mut is_used_up) = (ZERO, false);
    for (_, value) in events {
        let mut paid = *value;
        let mut is_free = false;
        if free_events > 0 {
            free_events -= 1;
            is_free = match &mut free_amount {
                None => true,
                Some(left) => {
                    let taken = smaller(*left, paid);
                    *left = *left - taken;
                    paid = paid - taken;
                    // Once something was beyond, nothing after it is free, not even an event of 0.
                    is_used_up |= ZERO.is_below(paid);
                    !is_used_up
                }
            };
        }
        if is_free {
            continue;
        }
        let mut charged = paid * percent(own.rate) + own.fee.value();
        charged = own
            .most
            .map_or(charged, |most| smaller(charged, most.value()));
        charged = own
            .least
            .map_or(charged, |least| larger(charged, least.value()));
        amount = amount + charged;
    }
    amount
}
