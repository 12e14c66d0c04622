//! Parts of the second engine.

pub mod fraction;
pub mod naive;
pub mod scenario;

/// As many rounds as `RATEBOOK_ORACLE` says; 100,000 otherwise.
pub fn rounds() -> u64 {
    let asked = std::env::var("RATEBOOK_ORACLE").ok();
    asked.and_then(|text| text.parse().ok()).unwrap_or(100_000)
}

/// Runs all rounds on all processors and adds up what each has seen.
pub fn share_out<T: Default + Send>(
    agree: fn(&mut dyn Iterator<Item = u64>) -> T,
    add: fn(&mut T, T),
) -> T {
    let shares = std::thread::available_parallelism().map_or(1, |count| count.get() as u64);
    std::thread::scope(|scope| {
        let start = |share| {
            let mut seeds = (share..rounds()).step_by(shares as usize);
            scope.spawn(move || agree(&mut seeds))
        };
        let threads: Vec<_> = (0..shares).map(start).collect();
        let mut seen = T::default();
        for thread in threads {
            match thread.join() {
                Ok(part) => add(&mut seen, part),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        seen
    })
}

/// How often something happened.
pub type Seen = std::collections::BTreeMap<&'static str, u64>;

/// Runs all rounds; `kinds` things must have happened, each often: the agreement says nothing about
/// what never did.
pub fn agree_on_all(kinds: usize, agree: fn(&mut dyn Iterator<Item = u64>) -> Seen) {
    let seen = share_out(agree, |seen, part| {
        for (what, count) in part {
            *seen.entry(what).or_default() += count;
        }
    });
    println!("{seen:?}");
    assert_eq!(seen.len(), kinds, "{seen:?}");
    assert!(
        seen.values().all(|count| *count * 200 > rounds()),
        "{seen:?}"
    );
}
