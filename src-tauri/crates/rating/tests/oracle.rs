//! A second, independent engine: naive, in exact fractions, event by event and day by day, with
//! none of the crate's functions. It must agree with the real one on random plans and usage.

mod oracle_parts;

use oracle_parts::{naive, scenario::Scenario};

/// As many as `RATEBOOK_ORACLE` says; 100,000 otherwise.
fn rounds() -> u64 {
    let asked = std::env::var("RATEBOOK_ORACLE").ok();
    asked.and_then(|text| text.parse().ok()).unwrap_or(100_000)
}

/// How many share the work: as many as there are processors, so that nobody waits for long.
fn shares() -> u64 {
    std::thread::available_parallelism().map_or(1, |count| count.get() as u64)
}

#[test]
fn both_engines_agree() {
    let shares = shares();
    let seen = std::thread::scope(|scope| {
        let start = |share| scope.spawn(move || agree((share..rounds()).step_by(shares as usize)));
        let threads: Vec<_> = (0..shares).map(start).collect();
        let mut seen = naive::Outcome::default();
        for thread in threads {
            match thread.join() {
                Ok(part) => seen.add(&part),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        seen
    });
    // The agreement says nothing about what never happened.
    assert!(
        seen.lines.len() > 3 && seen.held > 0 && seen.excluded > 0,
        "{seen:?}"
    );
}

fn agree(seeds: impl Iterator<Item = u64>) -> naive::Outcome {
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
