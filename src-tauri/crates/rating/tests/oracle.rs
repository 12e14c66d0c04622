//! A second, independent engine: naive, in exact fractions, event by event and day by day, with
//! none of the crate's functions. It must agree with the real one on random plans and usage.

mod oracle_parts;

use oracle_parts::{naive, scenario::Scenario};

/// As many as `RATEBOOK_ORACLE` says; 100,000 otherwise.
fn rounds() -> u64 {
    let asked = std::env::var("RATEBOOK_ORACLE").ok();
    asked.and_then(|text| text.parse().ok()).unwrap_or(100_000)
}

#[test]
fn both_engines_agree() {
    let mut seen = naive::Outcome::default();
    for seed in 0..rounds() {
        let scenario = Scenario::random(seed);
        let expected = naive::rate(&scenario);
        let found = scenario.rate(naive::outcome);
        assert_eq!(found, expected, "seed {seed}: {scenario:#?}");
        seen.add(&expected);
    }
    // The agreement says nothing about what never happened.
    assert!(
        seen.lines.len() > 100 && seen.held > 0 && seen.excluded > 0,
        "{seen:?}"
    );
}
