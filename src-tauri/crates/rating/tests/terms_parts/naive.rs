//! The naive engine of terms: every day by itself, amounts in fractions.

use super::days::{self, Span, all, both, measure, next};
use super::month::{Change, Charged, Deal, Meter, Month, Outcome, Price, Use};
use crate::oracle_parts::fraction::Fraction;
use crate::price_parts::deal::{Number, Terms};
use crate::price_parts::naive::{larger, listed_quantity, positive, smaller};
use ratebook_money::Date;

const ZERO: Fraction = Fraction::ZERO;

/// A charge on one day.
#[derive(Clone, PartialEq, Debug)]
struct Held {
    off: bool,
    cents: i64,
    price: Option<(Meter, Price)>,
    /// The phase that changes it.
    phase: Option<usize>,
}

/// Days of a deal that are billed together, and their whole period.
#[derive(Clone, Copy)]
struct Window {
    days: Span,
    whole: Span,
}

/// Usage of one charge in days in which its price is the same.
struct Job {
    deal: usize,
    charge: usize,
    window: Window,
    meter: Meter,
    price: Price,
    quantity: Fraction,
    /// Exact amount of its line, and the amount before its fixed discount.
    charged: Fraction,
    undiscounted: Fraction,
    cents: i128,
}

pub fn rate(month: &Month) -> Outcome {
    let mut outcome = Outcome::default();
    let mut jobs: Vec<Job> = Vec::new();
    for (index, deal) in month.deals.iter().enumerate() {
        let windows = windows(month, deal);
        for (charge, charged) in deal.charges.iter().enumerate() {
            match charged {
                Charged::Fee(_, advance, per_seat) => {
                    back(month, index, charge, &mut outcome);
                    let fee = Fee {
                        month,
                        deal,
                        charge,
                        per_seat: *per_seat,
                        index,
                    };
                    if *advance {
                        fee.ahead(&mut outcome);
                    } else {
                        windows
                            .iter()
                            .for_each(|window| fee.past(*window, &mut outcome));
                    }
                }
                Charged::OneOff(_) => once(month, index, charge, &mut outcome),
                Charged::Credit(_) => {
                    credit(month, deal, charge, &windows, &mut outcome);
                }
                Charged::Usage(..) => {
                    let all = windows.iter();
                    jobs.extend(all.flat_map(|window| runs(month, index, charge, *window)));
                }
                Charged::Minimum(_) => {}
            }
        }
    }
    settle(month, &mut outcome);
    jobs.sort_by_key(|job| (job.window.days.0, job.deal, job.charge));
    for index in 0..jobs.len() {
        let (before, rest) = jobs.split_at_mut(index);
        price(month, before, &mut rest[0]);
        let job = &rest[0];
        if job.charged != ZERO || job.quantity != ZERO {
            let (first, last) = job.window.days;
            let line = (job.deal, job.charge, first, last, job.cents);
            outcome.lines.push(line);
        }
    }
    minimums(month, &jobs, &mut outcome);
    outcome.lines.sort_unstable();
    outcome.credits.sort_unstable();
    outcome
}

fn life(deal: &Deal) -> Span {
    (deal.starts, deal.ends.unwrap_or(Date::MAX))
}

fn began(deal: &Deal) -> Date {
    deal.since.unwrap_or(deal.starts)
}

fn period(deal: &Deal, day: Date) -> Span {
    days::period(deal.rhythm, began(deal), day)
}

fn active(month: &Month, deal: &Deal) -> Option<Span> {
    both(life(deal), days::month(month.first))
}

/// What ends in the month: periods, and those that the deal ended early.
fn windows(month: &Month, deal: &Deal) -> Vec<Window> {
    let mut found: Vec<Window> = Vec::new();
    let Some(active) = active(month, deal) else {
        return found;
    };
    for day in all(active) {
        let whole = period(deal, day);
        let days = both(whole, life(deal)).unwrap();
        if day == days.1 {
            found.push(Window { days, whole });
        }
    }
    found
}

/// How a charge holds on a day: the plan, then the phase, then what is agreed.
fn held(deal: &Deal, charge: usize, day: Date) -> Held {
    let mut held = Held {
        off: false,
        cents: 0,
        price: None,
        phase: None,
    };
    match &deal.charges[charge] {
        Charged::Fee(cents, ..)
        | Charged::OneOff(cents)
        | Charged::Minimum(cents)
        | Charged::Credit(cents) => held.cents = *cents,
        Charged::Usage(meter, price) => held.price = Some((*meter, price.clone())),
    }
    let of = |changes: &[Change]| changes.iter().find(|one| one.charge == charge).cloned();
    let from = deal.phases_from.unwrap_or(began(deal));
    let in_phase = deal.phases.iter().position(|phase| match phase.span {
        super::month::Span::Days(first, last) => first <= day && day <= last,
        super::month::Span::Periods(first, last) => {
            let number = days::number(deal.rhythm, began(deal), from, day);
            i64::from(first) <= number && number <= i64::from(last)
        }
    });
    if let Some(index) = in_phase
        && let Some(change) = of(&deal.phases[index].changes)
    {
        apply(&change, &mut held);
        held.phase = Some(index);
    }
    if let Some(change) = of(&deal.agreed) {
        apply(&change, &mut held);
    }
    held
}

fn apply(change: &Change, held: &mut Held) {
    held.off |= change.off;
    held.cents = change.amount.unwrap_or(held.cents);
    let Some((_, price)) = &mut held.price else {
        return;
    };
    if let Some(own) = &change.price {
        *price = own.clone();
    }
    if change.included.is_some() || change.minimum.is_some() {
        price.plain = false;
        price.terms.included = change.included.or(price.terms.included);
        price.terms.minimum = change.minimum.or(price.terms.minimum);
    }
}

/// Days that are alike, in a row.
fn alike<T: PartialEq>(span: Span, of: impl Fn(Date) -> T) -> Vec<(Span, T)> {
    let mut found: Vec<(Span, T)> = Vec::new();
    for day in all(span) {
        let now = of(day);
        match found.last_mut() {
            Some((known, same)) if *same == now => known.1 = day,
            _ => found.push(((day, day), now)),
        }
    }
    found
}

struct Fee<'a> {
    month: &'a Month,
    deal: &'a Deal,
    charge: usize,
    per_seat: bool,
    index: usize,
}

impl Fee<'_> {
    fn seats(&self, day: Date) -> i64 {
        if !self.per_seat {
            return 1;
        }
        let known = self.deal.seats.iter().rev().find(|(from, _)| *from <= day);
        i64::from(known.unwrap().1)
    }

    fn past(&self, window: Window, outcome: &mut Outcome) {
        for (days, seats) in alike(window.days, |day| self.seats(day)) {
            self.lines(days, window.whole, seats, outcome);
        }
    }

    /// Periods that begin after the first day of the month and up to the day after its last; that
    /// in which the deal begins; and what changes of seats add to periods that are paid.
    fn ahead(&self, outcome: &mut Outcome) {
        let (first, last) = days::month(self.month.first);
        if active(self.month, self.deal).is_none() {
            return;
        }
        for day in all((first, next(last))) {
            let Some(days) = both(period(self.deal, day), life(self.deal)) else {
                continue;
            };
            let whole = period(self.deal, day);
            let begins = day == self.deal.starts;
            if day == days.0 && (begins && day <= last || !begins && day > first) {
                self.lines(days, whole, self.seats(day), outcome);
            } else if days.0 < day && day <= days.1 && day <= last {
                let more = self.seats(day) - self.seats(days::before(day));
                self.lines((day, days.1), whole, more, outcome);
            }
        }
    }

    fn lines(&self, days: Span, whole: Span, seats: i64, outcome: &mut Outcome) {
        if seats == 0 {
            return;
        }
        let zone = self.month.zone;
        let seconds = self.deal.rhythm.seconds;
        let of = measure(zone, seconds, whole);
        for (days, held) in alike(days, |day| held(self.deal, self.charge, day)) {
            if !held.off {
                let fee = Fraction::whole(i128::from(held.cents * seats));
                let share = Fraction::new(measure(zone, seconds, days), of);
                let cents = (fee * share).nearest();
                let (first, last) = days;
                outcome
                    .lines
                    .push((self.index, self.charge, first, last, cents));
            }
        }
    }
}

/// What was paid for days after the end.
fn back(month: &Month, deal: usize, charge: usize, outcome: &mut Outcome) {
    for paid in month
        .paid
        .iter()
        .filter(|paid| (paid.deal, paid.charge) == (deal, charge))
    {
        let Some(end) = month.deals[deal].ends else {
            continue;
        };
        let Some(days) = both((paid.first, paid.last), (next(end), Date::MAX)) else {
            continue;
        };
        let whole = days::month(month.first);
        let of = paid
            .of
            .map_or(measure(month.zone, paid.seconds, whole), i128::from);
        let fee = i128::from(-paid.cents) * i128::from(paid.seats.unwrap_or(1));
        let share = Fraction::new(measure(month.zone, paid.seconds, days), of);
        let cents = (Fraction::whole(fee) * share).nearest();
        outcome.lines.push((deal, charge, days.0, days.1, cents));
    }
}

fn once(month: &Month, index: usize, charge: usize, outcome: &mut Outcome) {
    let deal = &month.deals[index];
    let Some(days) = active(month, deal) else {
        return;
    };
    let held = held(deal, charge, days.0);
    let goes_on = deal.since.is_some_and(|since| since < deal.starts);
    if deal.starts >= month.first && !goes_on && !held.off {
        let cents = i128::from(held.cents);
        outcome.lines.push((index, charge, days.0, days.1, cents));
    }
}

fn credit(month: &Month, deal: &Deal, charge: usize, windows: &[Window], outcome: &mut Outcome) {
    for window in windows {
        let held = held(deal, charge, window.days.0);
        let share = share(month, deal, window.days, window.whole);
        let cents = (Fraction::whole(i128::from(held.cents)) * share).nearest();
        if held.off || cents == 0 {
            continue;
        }
        let seconds = |day: Date| {
            let (from, to) = (month.first, day);
            let whole = if from <= to {
                measure(month.zone, true, (from, to)) - measure(month.zone, true, (to, to))
            } else {
                measure(month.zone, true, (from, from)) - measure(month.zone, true, (to, from))
            };
            i64::try_from(whole).unwrap()
        };
        let (from, to) = (seconds(window.days.0), seconds(next(window.days.1)));
        let cents = i64::try_from(cents).unwrap();
        outcome
            .credits
            .push((format!("C{charge}"), cents, from, to));
    }
}

fn share(month: &Month, deal: &Deal, days: Span, whole: Span) -> Fraction {
    let seconds = deal.rhythm.seconds;
    let of = measure(month.zone, seconds, whole);
    Fraction::new(measure(month.zone, seconds, days), of)
}

/// Usage of a window, apart wherever its price is another.
fn runs(month: &Month, index: usize, charge: usize, window: Window) -> Vec<Job> {
    let deal = &month.deals[index];
    let parts = alike(window.days, |day| held(deal, charge, day));
    let paid = parts.into_iter().filter(|(_, held)| !held.off);
    paid.map(|(days, held)| {
        let (meter, price) = held.price.unwrap();
        let uses = month
            .uses
            .iter()
            .filter(|used| both((used.day, used.day), days).is_some());
        Job {
            deal: index,
            charge,
            window: Window { days, ..window },
            meter,
            price,
            quantity: uses.fold(ZERO, |sum, used| sum + counted(meter, used)),
            charged: ZERO,
            undiscounted: ZERO,
            cents: 0,
        }
    })
    .collect()
}

fn counted(meter: Meter, used: &Use) -> Fraction {
    match meter {
        Meter::Events => Fraction::whole(i128::from(used.events)),
        Meter::Pages => Fraction::new(i128::from(used.pages), 100),
    }
}

/// Prices a job after all that came before it in the period.
fn price(month: &Month, before: &[Job], job: &mut Job) {
    let deal = &month.deals[job.deal];
    let earlier = before.iter().filter(|other| {
        month.deals[other.deal].plan == deal.plan
            && other.charge == job.charge
            && other.meter == job.meter
            && other.window.whole == job.window.whole
    });
    let earlier: Vec<&Job> = earlier.collect();
    let whole = job.window.whole;
    let first = earlier
        .first()
        .map_or(job.window.days.0, |first| first.window.days.0);
    let part = |last: Date| of_part(&job.price, share(month, deal, (first, last), whole));
    let sum = |of: fn(&Job) -> Fraction| earlier.iter().fold(ZERO, |sum, one| sum + of(one));
    let (used, charged) = (sum(|one| one.quantity), sum(|one| one.charged));
    let undiscounted = sum(|one| one.undiscounted);
    let terms = part(job.window.days.1);
    let mut amount = listed_quantity(&terms, used + job.quantity);
    if let Some(last) = earlier.last() {
        amount = amount - listed_quantity(&part(last.window.days.1), used);
    }
    if !job.price.plain {
        if let Some(most) = terms.maximum {
            let left = most.value() - undiscounted;
            let left = if earlier.is_empty() {
                left
            } else {
                positive(left)
            };
            amount = smaller(amount, left);
        }
        if let Some(least) = terms.minimum {
            amount = larger(amount, least.value() - undiscounted);
        }
    }
    // A period is not charged less than nothing, and not given a discount twice.
    let all = positive(undiscounted + amount);
    job.undiscounted = all - undiscounted;
    let off = terms.fixed.map_or(ZERO, Number::value);
    let off = larger(off, undiscounted - charged);
    amount = positive(all - off) - charged;
    job.charged = amount;
    job.cents = (amount * Fraction::whole(100)).nearest();
}

/// What is included, agreed or due in a part of a period; to twelve places.
fn of_part(price: &Price, share: Fraction) -> Terms {
    let mut terms = price.terms.clone();
    if share == Fraction::whole(1) {
        return terms;
    }
    let part = |number: Number| {
        let e12 = number.value() * share * Fraction::whole(10_i128.pow(12));
        Number(i64::try_from(e12.nearest()).unwrap(), 12)
    };
    // An allowance of nothing stays nothing.
    terms.included = terms.included.map(part);
    terms.minimum = terms.minimum.map(part);
    if let Some((_, size, ..)) = &mut terms.commitment {
        *size = part(*size);
    }
    terms
}

/// What usage is missing to the minimum of each period.
fn minimums(month: &Month, jobs: &[Job], outcome: &mut Outcome) {
    for (index, deal) in month.deals.iter().enumerate() {
        for (charge, _) in deal
            .charges
            .iter()
            .enumerate()
            .filter(|(_, one)| matches!(one, Charged::Minimum(_)))
        {
            for window in windows(month, deal) {
                let held = held(deal, charge, window.days.0);
                let own = jobs
                    .iter()
                    .filter(|job| job.deal == index && job.window.whole == window.whole);
                let charged: i128 = own.map(|job| job.cents).sum();
                let share = share(month, deal, window.days, window.whole);
                let least = Fraction::whole(i128::from(held.cents)) * share;
                let missing = positive(least - Fraction::whole(charged)).nearest();
                if !held.off && missing != 0 {
                    let (first, last) = window.days;
                    outcome.lines.push((index, charge, first, last, missing));
                }
            }
        }
    }
}

/// What no charge counts, and what another month bills.
fn settle(month: &Month, outcome: &mut Outcome) {
    let has_usage = |deal: &&Deal| {
        let mut charges = deal.charges.iter();
        charges.any(|charge| matches!(charge, Charged::Usage(..)))
    };
    let (_, end) = days::month(month.first);
    for used in &month.uses {
        let on = |window: &Window| both((used.day, used.day), window.days).is_some();
        let billed = |deal: &Deal| windows(month, deal).iter().any(on);
        let is_counted = month.deals.iter().filter(has_usage).any(billed);
        let goes_on = |deal: &Deal| {
            let days =
                active(month, deal).and_then(|active| both(period(deal, active.1), life(deal)));
            days.is_some_and(|days| days.1 > end && both((used.day, used.day), days).is_some())
        };
        if is_counted {
            continue;
        }
        let before = used.day < month.first && !month.deals.iter().any(billed);
        if before || month.deals.iter().any(goes_on) {
            outcome.elsewhere += u64::from(used.events);
        } else {
            outcome.excluded += u64::from(used.events);
        }
    }
}

/// Days before the month whose usage the month may bill.
pub fn reaches_back_to(month: &Month) -> Date {
    let of_usage = month.deals.iter().filter(|deal| {
        let mut charges = deal.charges.iter();
        charges.any(|charge| matches!(charge, Charged::Usage(..)))
    });
    let firsts = of_usage.filter_map(|deal| {
        let monthly = deal.rhythm.unit == super::month::Unit::Month && deal.rhythm.count == 1;
        let monthly = monthly && !deal.rhythm.anniversary;
        let first = windows(month, deal).first().map(|window| window.days.0);
        first.filter(|_| !monthly)
    });
    firsts.min().unwrap_or(month.first).min(month.first)
}
