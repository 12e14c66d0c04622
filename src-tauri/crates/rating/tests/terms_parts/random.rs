//! Random months: every rhythm, versions, seats, phases, what is agreed, fees paid before.

use super::days::{self, next};
use super::month::{Change, Charged, Deal, Meter, Month, Paid, Phase, Price, Rhythm, Span};
use super::month::{Unit, Use, ZONES};
use super::naive;
use crate::oracle_parts::scenario::Dice;
use crate::price_parts::deal::{Kind, Terms};
use crate::price_parts::random::{number, of_a_plan, sometimes};
use chrono::TimeDelta;
use ratebook_money::Date;

pub fn month(dice: &mut Dice) -> Month {
    let year = 2026 + i32::try_from(dice.below(3)).unwrap();
    let first = Date::from_ymd_opt(year, 1 + below(dice, 12), 1).unwrap();
    let mut month = Month {
        zone: dice.below(ZONES.len() as u64) as usize,
        first,
        deals: Vec::new(),
        uses: Vec::new(),
        paid: Vec::new(),
    };
    for plan in 0..1 + dice.below(2) as usize {
        add_plan(dice, &mut month, plan);
    }
    for deal in 0..month.deals.len() {
        add_paid(dice, &mut month, deal);
    }
    let (from, to) = (naive::reaches_back_to(&month), days::month(first).1);
    let length = (to - from).num_days().unsigned_abs() + 1;
    for _ in 0..dice.below(9) {
        month.uses.push(Use {
            day: from + TimeDelta::days(dice.below(length) as i64),
            minute: dice.below(23 * 60) as i64,
            events: 1 + below(dice, 600),
            pages: below(dice, 60_000),
        });
    }
    month
}

fn below(dice: &mut Dice, below: u64) -> u32 {
    u32::try_from(dice.below(below)).unwrap()
}

/// A day from `least` days after the month's first on.
fn day(dice: &mut Dice, first: Date, least: i64, span: u64) -> Date {
    first + TimeDelta::days(least + dice.below(span) as i64)
}

fn rhythm(dice: &mut Dice) -> Rhythm {
    let (unit, count) = match dice.below(8) {
        0 => (Unit::Day, 4 + dice.below(40)),
        1 => (Unit::Week, 1 + dice.below(6)),
        2 => (Unit::Month, 1 + dice.below(5)),
        3 => (Unit::Quarter, 1),
        4 => (Unit::Year, 1),
        _ => (Unit::Month, 1),
    };
    Rhythm {
        unit,
        count: count as i64,
        anniversary: dice.one_in(2),
        seconds: dice.one_in(3),
    }
}

/// A plan, sometimes with a second version that goes on from the first.
fn add_plan(dice: &mut Dice, month: &mut Month, plan: usize) {
    let first = month.first;
    let starts = if dice.one_in(2) {
        day(dice, first, -40, 75)
    } else {
        day(dice, first, -420, 380)
    };
    let ends = sometimes(dice, 2, |dice| day(dice, first, -4, 40).max(starts));
    let (mut has_minimum, mut charges) = (false, Vec::new());
    for _ in 0..1 + dice.below(4) {
        charges.push(charged(dice, &mut has_minimum));
    }
    let mut deal = Deal {
        plan,
        starts,
        ends,
        since: None,
        rhythm: rhythm(dice),
        phases: phases(dice, first, &charges),
        phases_from: sometimes(dice, 4, |dice| day(dice, starts, -60, 61)),
        agreed: changes(dice, 4, &charges),
        seats: seats(dice, first, starts),
        charges,
    };
    month.deals.push(deal.clone());
    if let Some(end) = ends.filter(|_| dice.one_in(2)) {
        deal.since = Some(starts);
        deal.starts = next(end);
        deal.ends = sometimes(dice, 3, |dice| day(dice, next(end), 0, 40));
        deal.seats = seats(dice, first, deal.starts);
        for charge in &mut deal.charges {
            if dice.one_in(2) {
                reprice(dice, charge);
            }
        }
        month.deals.push(deal);
    }
}

fn charged(dice: &mut Dice, has_minimum: &mut bool) -> Charged {
    let cents = dice.below(100_000) as i64;
    match dice.below(9) {
        0 => Charged::Fee(cents, dice.one_in(2), true),
        1 => Charged::Fee(cents, dice.one_in(2), false),
        2 => Charged::OneOff(cents),
        3 if !*has_minimum => {
            *has_minimum = true;
            Charged::Minimum(cents)
        }
        4 => Charged::Credit(cents + 1),
        _ => {
            let meter = if dice.one_in(2) {
                Meter::Events
            } else {
                Meter::Pages
            };
            Charged::Usage(meter, price(dice))
        }
    }
}

fn reprice(dice: &mut Dice, charge: &mut Charged) {
    let other = 1 + dice.below(100_000) as i64;
    match charge {
        Charged::Fee(cents, ..)
        | Charged::OneOff(cents)
        | Charged::Minimum(cents)
        | Charged::Credit(cents) => *cents = other,
        Charged::Usage(_, own) => *own = price(dice),
    }
}

fn price(dice: &mut Dice) -> Price {
    let terms = of_a_plan(dice);
    let plain = matches!(terms.kind, Kind::PerUnit(_) | Kind::Graduated(..)) && dice.one_in(2);
    if !plain {
        return Price { terms, plain };
    }
    let terms = Terms {
        kind: terms.kind,
        convert: None,
        included: None,
        commitment: None,
        percent: None,
        maximum: None,
        minimum: None,
        fixed: None,
    };
    Price { terms, plain }
}

/// Changes of some charges; one in `of` has none.
fn changes(dice: &mut Dice, of: u64, charges: &[Charged]) -> Vec<Change> {
    let mut found = Vec::new();
    for (charge, charged) in charges.iter().enumerate() {
        if !dice.one_in(of) {
            continue;
        }
        let mut change = Change {
            charge,
            off: dice.one_in(3),
            amount: None,
            price: None,
            included: None,
            minimum: None,
        };
        match charged {
            Charged::Usage(_, price) if allows_units(price) => {
                change.price = sometimes(dice, 2, self::price).filter(allows_units);
                change.included = sometimes(dice, 2, |dice| number(dice, 90, 2));
                change.minimum = sometimes(dice, 2, |dice| number(dice, 199, 2));
            }
            Charged::Usage(..) => change.off = true,
            _ => change.amount = Some(1 + dice.below(100_000) as i64),
        }
        // A change of nothing is refused.
        change.off |= change.amount.is_none()
            && change.price.is_none()
            && change.included.is_none()
            && change.minimum.is_none();
        found.push(change);
    }
    found
}

/// Whether units of it can be included.
fn allows_units(price: &Price) -> bool {
    !matches!(price.terms.kind, Kind::Flat(_))
}

/// Two phases that follow each other, by billing periods or by days.
fn phases(dice: &mut Dice, month: Date, charges: &[Charged]) -> Vec<Phase> {
    if !dice.one_in(3) {
        return Vec::new();
    }
    let spans = if dice.one_in(2) {
        let (first, second) = (1 + below(dice, 3), 1 + below(dice, 3));
        [
            Span::Periods(1, first),
            Span::Periods(first + 1, first + second),
        ]
    } else {
        let first = day(dice, month, -30, 50);
        let last = day(dice, first, 0, 20);
        let end = day(dice, next(last), 0, 20);
        [Span::Days(first, last), Span::Days(next(last), end)]
    };
    spans
        .into_iter()
        .map(|span| Phase {
            span,
            changes: changes(dice, 2, charges),
        })
        .collect()
}

fn seats(dice: &mut Dice, month: Date, starts: Date) -> Vec<(Date, u32)> {
    let mut all = vec![(starts, 1 + below(dice, 9))];
    let mut at = starts.max(day(dice, month, -10, 5));
    for _ in 0..dice.below(4) {
        at = day(dice, at, 1, 20);
        all.push((at, below(dice, 9)));
    }
    all
}

/// What an earlier invoice charged in advance for the period after the end.
fn add_paid(dice: &mut Dice, month: &mut Month, index: usize) {
    let deal = &month.deals[index];
    let Some(end) = deal.ends else {
        return;
    };
    let since = deal.since.unwrap_or(deal.starts);
    let (first, last) = days::period(deal.rhythm, since, next(end));
    let whole = days::measure(month.zone, deal.rhythm.seconds, (first, last));
    for (charge, charged) in deal.charges.iter().enumerate() {
        let Charged::Fee(cents, true, per_seat) = charged else {
            continue;
        };
        if dice.one_in(2) {
            month.paid.push(Paid {
                deal: index,
                charge,
                first,
                last,
                cents: *cents,
                seats: per_seat.then(|| 1 + below(dice, 9)),
                of: sometimes(dice, 2, |_| u32::try_from(whole).unwrap()),
                seconds: deal.rhythm.seconds,
            });
        }
    }
}
