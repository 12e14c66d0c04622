//! A second, independent engine of terms: billing periods, seats, phases, add-ons, what is agreed
//! with a customer, minimums, credit, fees paid before, and prices that change inside a period. It
//! counts every day by itself, in fractions, and must agree on random months.

#[path = "oracle_parts/mod.rs"]
#[allow(dead_code)]
mod oracle_parts;
#[allow(dead_code)]
mod price_parts;
mod terms_parts;

use oracle_parts::scenario::Dice;
use oracle_parts::{Seen, agree_on_all};
use terms_parts::month::{Charged, Month, Outcome};
use terms_parts::{engine, naive, random};

#[test]
fn both_engines_agree_on_terms() {
    agree_on_all(13, agree);
}

fn agree(seeds: &mut dyn Iterator<Item = u64>) -> Seen {
    let mut seen = Seen::new();
    for seed in seeds {
        let month = random::month(&mut Dice::new(seed));
        let expected = naive::rate(&month);
        let found = engine::rated(&month);
        assert_eq!(found, expected, "seed {seed}: {month:#?}");
        look(&month, &expected, &mut seen);
    }
    seen
}

/// What a month has shown, where it changed an amount that is not zero.
fn look(month: &Month, outcome: &Outcome, seen: &mut Seen) {
    let mut saw = |what, is_there: bool| {
        *seen.entry(what).or_default() += u64::from(is_there);
    };
    let lines = outcome.lines.iter().filter(|line| line.4 != 0);
    let lines: Vec<_> = lines.map(|line| (&month.deals[line.0], line)).collect();
    let any = |what: &dyn Fn(&terms_parts::month::Deal, usize) -> bool| {
        lines.iter().any(|(deal, line)| what(deal, line.1))
    };
    let kind = |what: fn(&Charged) -> bool| any(&|deal, charge| what(&deal.charges[charge]));
    saw(
        "fee in advance",
        kind(|one| matches!(one, Charged::Fee(_, true, _))),
    );
    saw(
        "fee in arrears",
        kind(|one| matches!(one, Charged::Fee(_, false, _))),
    );
    saw("seats", kind(|one| matches!(one, Charged::Fee(_, _, true))));
    saw("one-off fee", kind(|one| matches!(one, Charged::OneOff(_))));
    saw("minimum", kind(|one| matches!(one, Charged::Minimum(_))));
    saw("usage", kind(|one| matches!(one, Charged::Usage(..))));
    saw("phases", any(&|deal, _| !deal.phases.is_empty()));
    saw("agreed", any(&|deal, _| !deal.agreed.is_empty()));
    saw("by seconds", any(&|deal, _| deal.rhythm.seconds));
    let is_back = |line: &&(usize, usize, _, _, i128)| line.4 < 0;
    saw("back", outcome.lines.iter().any(|line| is_back(&line)));
    saw("credit", !outcome.credits.is_empty());
    saw("elsewhere", outcome.elsewhere > 0);
    let goes_on = |deal: &terms_parts::month::Deal, charge: usize| {
        let is_usage = matches!(deal.charges[charge], Charged::Usage(..));
        is_usage
            && lines
                .iter()
                .filter(|(own, line)| own.plan == deal.plan && line.1 == charge)
                .count()
                > 1
    };
    saw("tiers that continue", any(&goes_on));
}
