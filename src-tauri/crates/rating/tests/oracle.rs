//! A second, independent engine: naive, in exact fractions, event by event and day by day, with
//! none of the crate's functions. It must agree with the real one on random plans and usage.

#[allow(dead_code)]
mod oracle_parts;

use oracle_parts::{naive, scenario::Scenario, share_out};

#[test]
fn both_engines_agree() {
    let seen = share_out(agree, |seen: &mut naive::Outcome, part| seen.add(&part));
    // The agreement says nothing about what never happened.
    assert!(
        seen.lines.len() > 3 && seen.held > 0 && seen.excluded > 0,
        "{seen:?}"
    );
}

fn agree(seeds: &mut dyn Iterator<Item = u64>) -> naive::Outcome {
    let mut seen = naive::Outcome::default();
    for seed in seeds {
        let scenario = Scenario::random(seed);
        let expected = naive::rate(&scenario);
        let found = scenario.rate(naive::outcome);
        assert_eq!(found, expected, "seed {seed}: {scenario:#?}");
        seen.add(&expected);
    }
    seen
}
