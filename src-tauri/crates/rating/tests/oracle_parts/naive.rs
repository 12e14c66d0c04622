//! The naive engine: every use by itself, every day by itself, in fractions.

use super::fraction::Fraction;
use super::scenario::{Rule, Scenario, Terms, Use};
use ratebook_catalog::BuiltInMeter;
use ratebook_money::Date;
use ratebook_rating::{LineItem, Rated};
use std::collections::BTreeMap;

/// What both engines must agree on.
#[derive(PartialEq, Eq, Debug, Default)]
pub struct Outcome {
    /// (charge, cents), sorted.
    pub lines: Vec<(usize, i128)>,
    /// Exact cost of all lines in 10⁻²⁴, where it is known for all.
    pub cost: Option<i128>,
    /// Units that wait.
    pub held: u64,
    /// Units that no charge covers.
    pub excluded: u64,
}

impl Outcome {
    /// Adds up what was seen.
    pub fn add(&mut self, other: &Self) {
        self.lines
            .extend(other.lines.iter().filter(|line| line.1 != 0).take(3));
        self.held += other.held;
        self.excluded += other.excluded;
    }
}

/// The real engine's result, as far as both must agree.
pub fn outcome(rated: &Rated) -> Outcome {
    let cents = |line: &ratebook_rating::RatedLine| {
        (
            usize::try_from(line.charge).unwrap(),
            i128::from(line.amount.minor()),
        )
    };
    let mut lines: Vec<(usize, i128)> = rated.lines.iter().map(cents).collect();
    lines.sort_unstable();
    let mut cost = Some(0);
    for line in &rated.lines {
        assert!(line.share.is_none() || matches!(line.item, LineItem::Fee { .. }));
        cost = cost.zip(line.cost).map(|(sum, cost)| sum + cost.e24());
    }
    let units = |quantity: ratebook_money::Quantity| {
        u64::try_from(quantity.to_smallest(0).unwrap()).unwrap()
    };
    Outcome {
        lines,
        cost,
        held: rated.held.iter().map(|held| units(held.quantity)).sum(),
        excluded: rated
            .excluded
            .iter()
            .map(|excluded| units(excluded.quantity))
            .sum(),
    }
}

/// What one use costs and sells for, per unit; the key tells prices of different origin apart.
struct Priced {
    key: (usize, usize, Option<usize>, Option<usize>),
    /// The sell price and cost of one unit as numbers, as part of the key.
    rates: (Fraction, Fraction),
}

pub fn rate(scenario: &Scenario) -> Outcome {
    let mut outcome = Outcome {
        cost: Some(0),
        ..Outcome::default()
    };
    let mut cost = Some(Fraction::ZERO);
    let active: Vec<&Use> = scenario
        .uses
        .iter()
        .filter(|usage| is_active(scenario, usage))
        .collect();
    let plus = scenario
        .charges
        .iter()
        .any(|terms| matches!(terms, Terms::CostPlus));
    // A subscription without a day in this month is not on its invoice.
    let is_on = days(first_day(scenario))
        .iter()
        .any(|day| is_active_on(scenario, *day));
    let charges = scenario.charges.iter().enumerate().filter(|_| is_on);
    for (index, terms) in charges {
        match terms {
            Terms::Fee(cents, advance) => fee(scenario, index, *cents, *advance, &mut outcome),
            Terms::PerUnit(meter, price) => {
                let total = counted(&active, *meter);
                if total > 0 {
                    let exact = e12(i128::from(*price)) * Fraction::whole(total);
                    outcome.lines.push((index, cents(exact)));
                    add_cost(&mut cost, scenario, &active, index, plus);
                }
            }
            Terms::Graduated(meter, tiers, at_zero) => {
                let total = counted(&active, *meter);
                let exact = graduated(tiers, *at_zero, total);
                if total > 0 || exact != Fraction::ZERO {
                    outcome.lines.push((index, cents(exact)));
                    add_cost(&mut cost, scenario, &active, index, plus);
                }
            }
            Terms::CostPlus => cost_plus(scenario, index, &active, &mut outcome, &mut cost),
        }
    }
    settle(scenario, &active, plus, &mut outcome);
    outcome.lines.sort_unstable();
    let e24 = |cost: Fraction| {
        let scaled = cost * Fraction::whole(10_i128.pow(24));
        assert_eq!(
            Fraction::whole(scaled.floor()),
            scaled,
            "a cost beyond 24 places"
        );
        scaled.floor()
    };
    outcome.cost = cost.map(e24);
    outcome
}

fn settle(scenario: &Scenario, active: &[&Use], plus: bool, outcome: &mut Outcome) {
    for usage in active {
        let covered = scenario.charges.iter().any(|terms| covers(terms, usage));
        if !covered {
            outcome.excluded += usage.units;
        } else if plus && priced(scenario, usage).is_none() {
            outcome.held += usage.units;
        }
    }
    let inactive = scenario
        .uses
        .iter()
        .filter(|usage| !is_active(scenario, usage));
    outcome.excluded += inactive.map(|usage| usage.units).sum::<u64>();
}

fn is_active(scenario: &Scenario, usage: &Use) -> bool {
    is_active_on(scenario, scenario.zone.date_of(usage.at))
}

fn is_active_on(scenario: &Scenario, day: Date) -> bool {
    scenario.starts <= day && scenario.ends.is_none_or(|end| day <= end)
}

/// Counts the active days of a month one by one.
fn fee(scenario: &Scenario, index: usize, fee: u64, advance: bool, outcome: &mut Outcome) {
    let first = first_day(scenario);
    let next = *days(first).last().unwrap() + chrono::TimeDelta::days(1);
    let mut charge = |month: Date| {
        let days = days(month);
        let active = days
            .iter()
            .filter(|day| is_active_on(scenario, **day))
            .count();
        if active > 0 {
            let share = Fraction::new(active as i128, days.len() as i128);
            let exact = Fraction::new(i128::from(fee), 100) * share;
            outcome.lines.push((index, cents(exact)));
        }
    };
    if !advance || scenario.starts >= first {
        charge(first);
    }
    if advance {
        charge(next);
    }
}

fn first_day(scenario: &Scenario) -> Date {
    Date::from_ymd_opt(scenario.month.0, scenario.month.1, 1).unwrap()
}

/// All days of the month that begins with this one.
fn days(first: Date) -> Vec<Date> {
    let month = |day: &Date| day.format("%Y-%m").to_string();
    first
        .iter_days()
        .take_while(|day| month(day) == month(&first))
        .collect()
}

fn counts(meter: BuiltInMeter, dimension: usize) -> bool {
    match meter {
        BuiltInMeter::ModelCalls => dimension == 3,
        BuiltInMeter::InputTokens => dimension < 2,
        BuiltInMeter::OutputTokens => dimension == 2,
        BuiltInMeter::TotalTokens => dimension < 3,
    }
}

fn counted(uses: &[&Use], meter: BuiltInMeter) -> i128 {
    let uses = uses.iter().filter(|usage| counts(meter, usage.dimension));
    uses.map(|usage| i128::from(usage.units)).sum()
}

fn covers(terms: &Terms, usage: &Use) -> bool {
    match terms {
        Terms::Fee(..) => false,
        Terms::CostPlus => true,
        Terms::PerUnit(meter, _) | Terms::Graduated(meter, ..) => {
            *meter == BuiltInMeter::ModelCalls
                || usage.dimension == 3
                || counts(*meter, usage.dimension)
        }
    }
}

/// The cost of uses belongs to a cost-plus charge if there is one, otherwise to the first charge
/// that covers them.
fn add_cost(
    cost: &mut Option<Fraction>,
    scenario: &Scenario,
    active: &[&Use],
    index: usize,
    plus: bool,
) {
    if plus {
        return;
    }
    for usage in active {
        let first = scenario
            .charges
            .iter()
            .position(|terms| covers(terms, usage));
        if first != Some(index) {
            continue;
        }
        let of_use = unit_cost(scenario, usage);
        let units = Fraction::whole(i128::from(usage.units));
        *cost = cost.zip(of_use).map(|(sum, (unit, _))| sum + unit * units);
    }
}

fn graduated(tiers: &[(Option<u64>, u64, u64)], at_zero: bool, total: i128) -> Fraction {
    let mut sum = Fraction::ZERO;
    let mut above = 0;
    for (number, (up_to, price, fee)) in tiers.iter().enumerate() {
        let up_to = up_to.map_or(i128::MAX, i128::from);
        let inside = (total.min(up_to) - above).max(0);
        sum = sum + e12(i128::from(*price)) * Fraction::whole(inside);
        if inside > 0 || (number == 0 && at_zero) {
            sum = sum + Fraction::new(i128::from(*fee), 100);
        }
        above = up_to;
    }
    sum
}

fn cost_plus(
    scenario: &Scenario,
    index: usize,
    active: &[&Use],
    outcome: &mut Outcome,
    cost: &mut Option<Fraction>,
) {
    type Key = ((usize, usize, Option<usize>, Option<usize>), String);
    let mut lines: BTreeMap<Key, Fraction> = BTreeMap::new();
    for usage in active {
        let Some(Priced {
            key,
            rates: (sell, unit),
        }) = priced(scenario, usage)
        else {
            continue;
        };
        if key.2.is_none() && sell == Fraction::ZERO {
            continue;
        }
        let units = Fraction::whole(i128::from(usage.units));
        let line = lines
            .entry((key, format!("{sell:?} {unit:?}")))
            .or_insert(Fraction::ZERO);
        *line = *line + sell * units;
        *cost = cost.map(|sum| sum + unit * units);
    }
    outcome
        .lines
        .extend(lines.values().map(|exact| (index, cents(*exact))));
}

/// The cost of one unit in euro and the row it comes from; nothing when it has no price.
fn unit_cost(scenario: &Scenario, usage: &Use) -> Option<(Fraction, Option<usize>)> {
    if usage.model >= scenario.models {
        return None;
    }
    let rows = scenario.prices.iter().enumerate().filter(|(_, price)| {
        price.model == usage.model
            && price.dimension == usage.dimension
            && price.recorded <= scenario.as_of
            && price.from <= usage.at
    });
    let latest = rows.max_by_key(|(index, price)| (price.from, *index));
    match latest {
        None if usage.dimension == 3 => Some((Fraction::ZERO, None)),
        None => None,
        Some((index, price)) => {
            let rate = Fraction::new(i128::from(scenario.dollar?), 10_000);
            Some((e12(i128::from(price.e12)) * rate, Some(index)))
        }
    }
}

fn priced(scenario: &Scenario, usage: &Use) -> Option<Priced> {
    let (cost, row) = unit_cost(scenario, usage)?;
    let rule = chosen(scenario, usage);
    let sell = match rule.map(|index| &scenario.rules[index]) {
        None => cost,
        Some(rule) => sold(rule, cost, usage.dimension, row.is_some()),
    };
    Some(Priced {
        key: (usage.model, usage.dimension, row, rule),
        rates: (sell, cost),
    })
}

/// Tries the scopes from the most specific to the least.
fn chosen(scenario: &Scenario, usage: &Use) -> Option<usize> {
    for level in [2, 1, 0] {
        for (provider, model) in [(true, Some(usage.model)), (true, None), (false, None)] {
            for dimension in [Some(usage.dimension), None] {
                let same = |rule: &Rule| {
                    rule.level == level
                        && rule.provider == provider
                        && rule.model == model
                        && rule.dimension == dimension
                        && rule.from <= usage.at
                };
                let rules = scenario
                    .rules
                    .iter()
                    .enumerate()
                    .filter(|(_, rule)| same(rule));
                let newest = rules.max_by_key(|(index, rule)| (rule.from, *index));
                if let Some((index, rule)) = newest
                    && rule.percent.is_some()
                {
                    return Some(index);
                }
            }
        }
    }
    None
}

fn sold(rule: &Rule, cost: Fraction, dimension: usize, has_row: bool) -> Fraction {
    let percent = i128::from(rule.percent.unwrap());
    let mut sell = cost * Fraction::new(10_000 + percent, 10_000);
    if has_row || rule.dimension.is_some() {
        sell = sell + e12(i128::from(rule.fixed_e12));
    }
    if dimension == 3 {
        sell = sell + e12(i128::from(rule.request_e12));
    }
    let per = if dimension == 3 { 100 } else { 100_000_000 };
    let step = rule.step.map(|step| Fraction::new(i128::from(step), per));
    if let Some(step) = step {
        sell = Fraction::whole(sell.divided(step).nearest()) * step;
    }
    let Some(margin) = rule.margin else {
        return sell;
    };
    let least = cost.divided(Fraction::new(100 - i128::from(margin), 100));
    let least = e12((least * Fraction::whole(10_i128.pow(12))).ceiling());
    if !sell.is_below(least) {
        return sell;
    }
    match step {
        Some(step) => Fraction::whole(least.divided(step).ceiling()) * step,
        None => least,
    }
}

fn cents(exact: Fraction) -> i128 {
    (exact * Fraction::whole(100)).nearest()
}

fn e12(value: i128) -> Fraction {
    Fraction::new(value, 10_i128.pow(12))
}
