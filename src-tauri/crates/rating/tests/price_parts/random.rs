//! Random deals: every model, every modifier, quantities on and beside the bounds.

use super::deal::{Deal, Kind, Number, Percentage, Terms, Tier, Used};
use crate::oracle_parts::scenario::Dice;

pub fn deal(dice: &mut Dice) -> Deal {
    let kind = kind(dice, true);
    let used = used(dice, &kind);
    let currency = ["USD", "JPY", "KWD"][index(dice, 3)];
    Deal {
        currency,
        terms: terms(dice, kind),
        used,
    }
}

/// A price of a plan: one of a quantity, with as few places as leave room for shares of a period.
pub fn of_a_plan(dice: &mut Dice) -> Terms {
    let which = dice.below(8);
    let kind = if which == 7 {
        Kind::Flat(number(dice, 900, 3))
    } else {
        quantity_kind(dice, which.min(5))
    };
    let mut terms = terms(dice, kind);
    terms.percent = sometimes(dice, 4, |dice| number(dice, 100, 1));
    terms
}

fn index(dice: &mut Dice, below: u64) -> usize {
    usize::try_from(dice.below(below)).unwrap()
}

/// Up to `most`, with up to `places` places.
pub fn number(dice: &mut Dice, most: u64, places: u64) -> Number {
    let places = u32::try_from(dice.below(places + 1)).unwrap();
    let mantissa = dice.below(most * 10_u64.pow(places) + 1);
    Number(i64::try_from(mantissa).unwrap(), places)
}

fn above_zero(dice: &mut Dice, most: u64, places: u64) -> Number {
    number(dice, most - 1, places).plus(1)
}

pub fn sometimes<T>(dice: &mut Dice, of: u64, make: impl FnOnce(&mut Dice) -> T) -> Option<T> {
    if dice.one_in(of) {
        Some(make(dice))
    } else {
        None
    }
}

fn kind(dice: &mut Dice, composed: bool) -> Kind {
    // What stands inside another price is about one quantity.
    let which = if composed {
        dice.below(14)
    } else {
        dice.below(7)
    };
    if which < 6 {
        return quantity_kind(dice, which);
    }
    let flag = dice.one_in(2);
    match which {
        6 => Kind::GraduatedPercentage(tiers(dice, 30), flag),
        7 => Kind::Flat(number(dice, 900, 3)),
        8 => Kind::Percentage(Percentage {
            rate: number(dice, 30, 4),
            fee: number(dice, 3, 2),
            free_events: sometimes(dice, 2, |dice| u32::try_from(dice.below(4)).unwrap()),
            free_amount: sometimes(dice, 2, |dice| number(dice, 300, 2)),
            least: sometimes(dice, 3, |dice| number(dice, 2, 2)),
            most: sometimes(dice, 3, |dice| number(dice, 20, 2).plus(300)),
        }),
        9 => Kind::Dynamic,
        10 => {
            let percent = number(dice, 160, 4);
            let percent = Number(percent.0 - 60 * 10_i64.pow(percent.1), percent.1);
            Kind::CostPlus(percent, number(dice, 2, 6))
        }
        11 => {
            let base = kind(dice, false);
            Kind::Bucketed(Box::new(terms(dice, base)))
        }
        12 => {
            let count = 1 + dice.below(3);
            let mut own = Vec::new();
            for _ in 0..=count {
                let kind = kind(dice, false);
                own.push(terms(dice, kind));
            }
            let default = own.pop().unwrap();
            Kind::LineSum(own, Box::new(default))
        }
        _ => capacity(dice),
    }
}

/// A price of a quantity.
fn quantity_kind(dice: &mut Dice, which: u64) -> Kind {
    let flag = dice.one_in(2);
    match which {
        0 => Kind::PerUnit(number(dice, 20, 6)),
        1 => Kind::Graduated(tiers(dice, 12), flag),
        2 => Kind::Volume(tiers(dice, 12), flag),
        3 => Kind::Package(
            above_zero(dice, 300, 2),
            number(dice, 50, 4),
            number(dice, 100, 1),
            flag,
        ),
        4 => Kind::Overage(number(dice, 20, 6)),
        _ => {
            let count = dice.below(3);
            let mut blocks = Vec::new();
            for _ in 0..count {
                let most = u32::try_from(1 + dice.below(9)).unwrap();
                blocks.push((above_zero(dice, 40, 1), Some(most), number(dice, 30, 3)));
            }
            blocks.push((above_zero(dice, 40, 1).plus(50), None, number(dice, 30, 3)));
            Kind::Blocks(blocks, flag)
        }
    }
}

fn capacity(dice: &mut Dice) -> Kind {
    let (mut a, mut b) = (0, 0);
    let mut limits = Vec::new();
    let mut amounts = Vec::new();
    for _ in 0..dice.below(4) {
        a += 1 + i64::try_from(dice.below(200)).unwrap();
        b += 1 + i64::try_from(dice.below(200)).unwrap();
        limits.push((Number(a, 1), Number(b, 0)));
        amounts.push(number(dice, 500, 2));
    }
    amounts.push(number(dice, 500, 2).plus(1));
    Kind::Capacity(limits, amounts)
}

fn tiers(dice: &mut Dice, dearest: u64) -> Vec<Tier> {
    let mut end = 0;
    let mut tiers = Vec::new();
    for _ in 0..dice.below(4) {
        end += 1 + i64::try_from(dice.below(1_000)).unwrap();
        tiers.push((Some(Number(end, 1)), number(dice, dearest, 4), fee(dice)));
    }
    tiers.push((None, number(dice, dearest, 4), fee(dice)));
    tiers
}

fn fee(dice: &mut Dice) -> Number {
    if dice.one_in(2) {
        Number(0, 0)
    } else {
        number(dice, 40, 3)
    }
}

fn terms(dice: &mut Dice, kind: Kind) -> Terms {
    let is_quantity = matches!(
        kind,
        Kind::PerUnit(_)
            | Kind::Overage(_)
            | Kind::Graduated(..)
            | Kind::Volume(..)
            | Kind::Package(..)
            | Kind::Blocks(..)
            | Kind::GraduatedPercentage(..)
    );
    let convert = sometimes(dice, 4, |dice| {
        let over = [1, 2, 4, 5, 8, 10, 100, 1_000, 3, 7][index(dice, 10)];
        let round = ["up", "down", "nearest", "none"][index(dice, 4)];
        let round = if over % 3 == 0 || over % 7 == 0 {
            "up"
        } else {
            round
        };
        let places = u32::try_from(dice.below(3)).unwrap();
        (above_zero(dice, 4, 1), Number(over, 0), round, places)
    });
    let included = if matches!(kind, Kind::Overage(_)) {
        Some(number(dice, 90, 2))
    } else {
        sometimes(dice, 4, |dice| number(dice, 90, 2))
    };
    let in_units = is_quantity && dice.one_in(2);
    let maximum = sometimes(dice, 4, |dice| number(dice, 5_000, 2).plus(20_000));
    Terms {
        kind,
        convert: convert.filter(|_| is_quantity),
        included: included.filter(|_| is_quantity),
        commitment: sometimes(dice, 4, |dice| {
            let size = number(dice, 800, 2);
            (in_units, size, number(dice, 3, 2), dice.one_in(2))
        }),
        percent: sometimes(dice, 4, |dice| number(dice, 100, 3)),
        // Never below the greatest minimum.
        maximum: maximum.map(|most| Number(most.0, 2)),
        minimum: sometimes(dice, 4, |dice| number(dice, 199, 2)),
        fixed: sometimes(dice, 4, |dice| number(dice, 100, 2)),
    }
}

/// A quantity before and one now; sometimes a correction, sometimes a round number.
fn pair(dice: &mut Dice) -> (Number, Number) {
    let before = if dice.one_in(2) {
        Number(0, 0)
    } else {
        number(dice, 300, 2)
    };
    let now = match dice.below(6) {
        0 => Number(-number(dice, 200, 0).0, 1),
        1 => Number(0, 0),
        2 => number(dice, 20, 0),
        _ => number(dice, 600, 3),
    };
    (before, now)
}

fn used(dice: &mut Dice, kind: &Kind) -> Used {
    match kind {
        Kind::Percentage(_) => events(dice, false),
        Kind::CostPlus(..) => events(dice, true),
        Kind::Bucketed(_) => {
            let count = dice.below(5);
            let part = |_| {
                let (before, now) = pair(dice);
                (0, before, now)
            };
            Used::Parts((0..count).map(part).collect())
        }
        Kind::LineSum(..) => {
            let mut parts = Vec::new();
            for value in 0..5 {
                if dice.one_in(2) {
                    let (before, now) = pair(dice);
                    parts.push((value, before, now));
                }
            }
            Used::Parts(parts)
        }
        Kind::Capacity(..) => {
            let before = [number(dice, 50, 1), number(dice, 400, 0)];
            let before = sometimes(dice, 2, |_| before);
            Used::Capacity([number(dice, 60, 1), number(dice, 500, 0)], before)
        }
        _ if dice.one_in(3) => events(dice, true),
        _ => {
            let (before, now) = pair(dice);
            Used::Quantity(before, now)
        }
    }
}

fn events(dice: &mut Dice, corrections: bool) -> Used {
    let mut events = Vec::new();
    for _ in 0..dice.below(7) {
        let mut amount = number(dice, 150, 2);
        if corrections && dice.one_in(8) {
            amount = Number(-amount.0, amount.1);
        }
        events.push((number(dice, 150, 2), amount));
    }
    let before = if events.is_empty() || dice.one_in(2) {
        0
    } else {
        index(dice, events.len() as u64)
    };
    Used::Events(events, before)
}
