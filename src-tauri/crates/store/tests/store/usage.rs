//! Usage: stored once, summed exactly, taken back as a whole.

use crate::common::{HOUR, at, book, customer, event, ids, now, period};
use proptest::prelude::*;
use ratebook_catalog::{ConditionKey, Dimension};
use ratebook_money::{Period, Quantity, Timestamp};
use ratebook_store::usage::{
    Basis, ClassCache, Epochs, EventQuery, Grain, ImportRequest, SpreadQuery, SumQuery, events,
    import, import_events, refine, spread, sums, unknown_refs, verify,
};
use ratebook_store::{Book, StoreError, customers, invoices, usage};
use ratebook_usage::import::{Context, Format, Importer};
use ratebook_usage::{UsageEvent, UsageSum, canonical_line};
use std::collections::BTreeMap;
use std::io::Read;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

fn request() -> ImportRequest {
    ImportRequest {
        name: "test.jsonl".to_owned(),
        now: now(),
    }
}

fn importer(reader: impl Read + Send + 'static) -> Importer<'static> {
    Importer::open(
        Box::new(reader),
        Some(Format::Canonical),
        Context::default(),
    )
    .unwrap()
}

async fn all_refs(book: &Book) -> Vec<i64> {
    let mut read = book.read().await.unwrap();
    usage::refs(&mut read)
        .await
        .unwrap()
        .into_iter()
        .map(|found| found.id)
        .collect()
}

async fn total(book: &Book, of: Period, boundaries: &[Timestamp], epochs: Epochs) -> Vec<UsageSum> {
    let refs = all_refs(book).await;
    let query = SumQuery {
        refs: &refs,
        period: of,
        epochs,
        boundaries,
        grain: Grain::Boundaries,
        least: None,
    };
    let mut read = book.read().await.unwrap();
    sums(&mut read, &mut ClassCache::default(), &query)
        .await
        .unwrap()
}

fn input(sums: &[UsageSum]) -> i64 {
    let inputs = sums.iter().filter(|sum| sum.dimension == Dimension::INPUT);
    inputs.map(|sum| sum.quantity.to_smallest(0).unwrap()).sum()
}

/// The log of an import is taken in beside other work; closing waits for that, so that the one file
/// is the whole book and can be moved.
#[tokio::test]
async fn a_book_closed_right_after_an_import_is_one_file_that_can_be_moved() {
    for _ in 0..10 {
        let (folder, book) = book().await;
        let start = at("2026-10-01T10:00:00Z");
        let many: Vec<_> = (0..5_000)
            .map(|index| event(&index.to_string(), "acme", start, 1))
            .collect();
        import_events(&book, request(), &many).await.unwrap();
        let path = book.path().to_owned();
        book.close().await.unwrap();
        let log = std::path::PathBuf::from(format!("{}-wal", path.display()));
        assert!(!log.exists(), "a log is left beside a closed book");
        let moved = folder.path().join("moved.ratebook");
        std::fs::rename(&path, &moved).unwrap();
        let book = Book::open(&moved, now()).await.unwrap();
        let october = period("2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z");
        let sum = input(&total(&book, october, &[], Epochs::All).await);
        assert_eq!(sum, 5_000 * 100);
    }
}

#[tokio::test]
async fn the_same_event_counts_once_and_other_content_is_a_conflict() {
    let (_folder, book) = book().await;
    let start = at("2026-10-01T10:00:00Z");
    let first = [event("a", "acme", start, 1), event("b", "acme", start, 2)];
    let report = import_events(&book, request(), &first).await.unwrap();
    assert_eq!(
        (report.accepted, report.duplicates, report.conflicts),
        (2, 0, 0)
    );
    // Again, changed, new, and twice in one file.
    let second = [
        event("a", "acme", start, 1),
        event("b", "acme", start, 20),
        event("c", "acme", start, 3),
        event("c", "acme", start, 3),
        event("c", "acme", start, 30),
    ];
    let report = import_events(&book, request(), &second).await.unwrap();
    assert_eq!(
        (report.accepted, report.duplicates, report.conflicts),
        (1, 2, 2)
    );
    let october = period("2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z");
    assert_eq!(input(&total(&book, october, &[], Epochs::All).await), 600);
    assert_eq!(verify(&book).await.unwrap(), []);
    let mut read = book.read().await.unwrap();
    let conflicts = usage::conflicts(&mut read, Some(report.batch), 10)
        .await
        .unwrap();
    let mut refused: Vec<(&str, &str)> = conflicts
        .iter()
        .map(|conflict| {
            let quantities = &conflict.refused.quantities;
            (
                conflict.refused.facts.id.as_str(),
                quantities["input_tokens"].as_str(),
            )
        })
        .collect();
    refused.sort_unstable();
    assert_eq!(refused, [("b", "2000"), ("c", "3000")]);
}

#[tokio::test]
async fn a_price_change_within_an_hour_cuts_its_bucket() {
    let (_folder, book) = book().await;
    let hour = at("2026-10-05T10:00:00Z").micros();
    let minute = |m: i64| Timestamp::from_micros(hour + m * 60_000_000);
    let stored: Vec<UsageEvent> = [(0, 1), (29, 2), (30, 4), (59, 8), (60, 16)]
        .into_iter()
        .map(|(m, n)| event(&format!("e{m}"), "acme", minute(m), n))
        .collect();
    import_events(&book, request(), &stored).await.unwrap();
    let october = period("2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z");
    let found = total(&book, october, &[minute(30)], Epochs::All).await;
    let by_start: BTreeMap<String, i64> = found
        .iter()
        .filter(|sum| sum.dimension == Dimension::INPUT)
        .map(|sum| (sum.at.to_string(), sum.quantity.to_smallest(0).unwrap()))
        .collect();
    let expected = BTreeMap::from([
        ("2026-10-01T00:00:00Z".to_owned(), 300),
        ("2026-10-05T10:30:00Z".to_owned(), 2_800),
    ]);
    assert_eq!(by_start, expected);
    // A period that begins within the hour, as in a zone with a half-hour offset.
    let later = Period {
        from: minute(30),
        to: minute(60),
    };
    assert_eq!(input(&total(&book, later, &[], Epochs::All).await), 1_200);
}

#[tokio::test]
async fn usage_by_name_and_usage_by_day_are_the_same_usage() {
    let (_folder, book) = book().await;
    let first = at("2026-10-01T00:00:00Z").micros();
    let minute = |m: i64| Timestamp::from_micros(first + m * 60_000_000);
    let names = ["acme", "beta", "gamma"];
    let stored: Vec<UsageEvent> = (0..300_i64)
        .map(|n| {
            let name = names[usize::try_from(n % 3).unwrap()];
            event(&format!("e{n}"), name, minute(n * 37), n + 1)
        })
        .collect();
    import_events(&book, request(), &stored).await.unwrap();
    // Days of a zone five and a half hours ahead, a price change within an hour, and a period that
    // leaves out the ends.
    let day = |d: i64| minute(d * 24 * 60 - 330);
    let (days, cuts): (Vec<_>, Vec<_>) = ((1..7).map(day).collect(), vec![minute(4_021)]);
    let of = Period {
        from: day(1),
        to: day(7),
    };
    let refs = all_refs(&book).await;
    let query = SpreadQuery {
        names: &refs,
        period: of,
        cuts: &cuts,
        days: &days,
        apart: true,
        least: None,
    };
    let mut read = book.read().await.unwrap();
    let mut cache = ClassCache::default();
    let found = spread(&mut read, &mut cache, &query).await.unwrap();
    for (name, found) in &found.names {
        let query = SumQuery {
            refs: &[*name],
            period: of,
            epochs: Epochs::All,
            boundaries: &cuts,
            grain: Grain::Boundaries,
            least: None,
        };
        let alone = sums(&mut read, &mut cache, &query).await.unwrap();
        assert_eq!(*found, alone);
    }
    let together = SpreadQuery {
        apart: false,
        ..query
    };
    let alone = spread(&mut read, &mut cache, &together).await.unwrap();
    assert_eq!((alone.names.len(), &alone.days), (0, &found.days));
    let mut borders = days.clone();
    borders.extend(&cuts);
    let by_day = total(&book, of, &borders, Epochs::All).await;
    assert_eq!(found.days, by_day);
    let by_name: i64 = found.names.iter().map(|(_, sums)| input(sums)).sum();
    assert_eq!((found.names.len(), by_name), (3, input(&by_day)));
    let inside = stored.iter().filter(|event| of.contains(event.at));
    let calls = by_day.iter().filter(|s| s.dimension == Dimension::REQUESTS);
    let calls: u64 = calls.map(|sum| sum.events).sum();
    assert_eq!(calls, u64::try_from(inside.count()).unwrap());
}

#[tokio::test]
async fn late_usage_is_told_from_what_was_billed() {
    let (_folder, book) = book().await;
    let start = at("2026-10-05T10:00:00Z");
    import_events(&book, request(), &[event("a", "acme", start, 1)])
        .await
        .unwrap();
    let mut write = book.write().await.unwrap();
    let epoch = invoices::begin_run(&mut write, now()).await.unwrap();
    write.commit().await.unwrap();
    import_events(&book, request(), &[event("b", "acme", start, 2)])
        .await
        .unwrap();
    let october = period("2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z");
    assert_eq!(
        input(&total(&book, october, &[], Epochs::UpTo(epoch)).await),
        100
    );
    assert_eq!(
        input(&total(&book, october, &[], Epochs::After(epoch)).await),
        200
    );
    assert_eq!(input(&total(&book, october, &[], Epochs::All).await), 300);
    assert_eq!(verify(&book).await.unwrap(), []);
}

#[tokio::test]
async fn what_nobody_has_waits_until_an_alias_names_it() {
    let (_folder, book) = book().await;
    let start = at("2026-10-05T10:00:00Z");
    let stored = [event("a", "cus_9", start, 1), event("b", "cus_9", start, 1)];
    import_events(&book, request(), &stored).await.unwrap();
    let mut write = book.write().await.unwrap();
    let waiting = unknown_refs(&mut write).await.unwrap();
    assert_eq!((waiting[0].name.as_str(), waiting[0].events), ("cus_9", 2));
    let acme = customer(&mut ids(5), "C-1", &[]);
    customers::save(&mut write, &acme).await.unwrap();
    customers::alias(&mut write, acme.id, "cus_9")
        .await
        .unwrap();
    assert!(unknown_refs(&mut write).await.unwrap().is_empty());
    let refs = usage::refs(&mut write).await.unwrap();
    assert_eq!((refs.len(), refs[0].id), (1, waiting[0].id));
    assert_eq!(refs[0].customer, Some(acme.id));
}

#[tokio::test]
async fn events_read_back_in_full_page_by_page() {
    let (_folder, book) = book().await;
    let start = at("2026-10-05T10:00:00Z").micros();
    let mut stored: Vec<UsageEvent> = (0..1_500_i64)
        .map(|n| {
            let time = Timestamp::from_micros(start + n * 1_000_000);
            let mut one = event(&format!("e{n}"), &format!("c{}", n % 7), time, n + 1);
            one.conditions
                .0
                .insert(ConditionKey::ServiceTier, "flex".to_owned());
            one.reported.convention = "inc".to_owned();
            one.reported
                .numbers
                .insert("prompt_tokens".to_owned(), (100 * n).to_string());
            one
        })
        .collect();
    let mut reversed = stored.clone();
    reversed.reverse();
    import_events(&book, request(), &reversed).await.unwrap();
    // An import of duplicates in between leaves no hole in what is kept of each.
    import_events(&book, request(), &stored[..700])
        .await
        .unwrap();
    stored.push(event("late", "c1", Timestamp::from_micros(start + HOUR), 5));
    import_events(&book, request(), &stored[1_400..])
        .await
        .unwrap();
    let mut read = book.read().await.unwrap();
    let (mut cache, mut found, mut after) = (ClassCache::default(), Vec::new(), None);
    loop {
        let query = EventQuery {
            refs: None,
            series: None,
            period: period("2026-10-05T00:00:00Z", "2026-10-06T00:00:00Z"),
            epochs: Epochs::All,
            after,
            limit: 400,
        };
        let page = events(&mut read, &mut cache, &query).await.unwrap();
        let Some(last) = page.last() else { break };
        after = Some((last.event.at, last.seq));
        found.extend(page.into_iter().map(|one| one.event));
    }
    assert_eq!(found, stored);
}

#[tokio::test]
async fn a_file_is_imported_with_its_faults_named() {
    let (_folder, book) = book().await;
    let start = at("2026-10-05T10:00:00Z");
    let good = canonical_line(&event("a", "acme", start, 1));
    let text = format!("{good}\n{{\"id\": 3\n{good}\n");
    let report = import(
        &book,
        request(),
        importer(std::io::Cursor::new(text.into_bytes())),
        Arc::new(AtomicBool::new(false)),
        |_| {},
    )
    .await
    .unwrap();
    assert_eq!(
        (report.accepted, report.duplicates, report.rejected),
        (1, 1, 1)
    );
    assert_eq!(report.issues[0].line, 2);
    let mut read = book.read().await.unwrap();
    let batch = usage::batches(&mut read).await.unwrap().remove(0);
    assert_eq!(
        (batch.accepted, batch.duplicates, batch.rejected),
        (1, 1, 1)
    );
    assert_eq!(usage::issues(&mut read, batch.id).await.unwrap()[0].line, 2);
}

/// Lines without end; raises the flag after some.
struct Endless {
    line: Vec<u8>,
    place: usize,
    events: i64,
    stop: Arc<AtomicBool>,
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.place == self.line.len() {
            self.events += 1;
            if self.events == 150_000 {
                self.stop.store(true, Ordering::Relaxed);
            }
            let start = at("2026-10-05T10:00:00Z");
            let one = event(&format!("e{}", self.events), "acme", start, 1);
            self.line = format!("{}\n", canonical_line(&one)).into_bytes();
            self.place = 0;
        }
        let rest = &self.line[self.place..];
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        self.place += count;
        Ok(count)
    }
}

#[tokio::test]
async fn a_cancelled_import_leaves_no_trace() {
    let (_folder, book) = book().await;
    let stop = Arc::new(AtomicBool::new(false));
    let endless = Endless {
        line: Vec::new(),
        place: 0,
        events: 0,
        stop: Arc::clone(&stop),
    };
    let done = import(&book, request(), importer(endless), stop, |_| {}).await;
    assert!(matches!(done, Err(StoreError::Cancelled)), "{done:?}");
    let mut read = book.read().await.unwrap();
    assert!(usage::batches(&mut read).await.unwrap().is_empty());
    assert!(usage::refs(&mut read).await.unwrap().is_empty());
    drop(read);
    assert_eq!(verify(&book).await.unwrap(), []);
    // The book is free again.
    let one = [event("a", "acme", at("2026-10-05T10:00:00Z"), 1)];
    assert_eq!(
        import_events(&book, request(), &one)
            .await
            .unwrap()
            .accepted,
        1
    );
}

#[tokio::test]
async fn finer_series_keep_every_quantity() {
    let (_folder, book) = book().await;
    let start = at("2026-10-05T10:00:00Z").micros();
    let stored: Vec<UsageEvent> = (0..3_000_i64)
        .map(|n| {
            let time = Timestamp::from_micros(start + n * 7_000_000);
            event(&format!("e{n}"), &format!("c{}", n % 3), time, 1 + n % 50)
        })
        .collect();
    import_events(&book, request(), &stored[..1_500])
        .await
        .unwrap();
    let mut write = book.write().await.unwrap();
    invoices::begin_run(&mut write, now()).await.unwrap();
    write.commit().await.unwrap();
    import_events(&book, request(), &stored[1_500..2_500])
        .await
        .unwrap();
    let october = period("2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z");
    let before = total(&book, october, &[], Epochs::UpTo(0)).await;
    let basis = Basis {
        contexts: vec![2_000],
        minutes: vec![0, 690],
        dims: ["team".to_owned()].into(),
    };
    assert!(refine(&book, &basis).await.unwrap());
    assert!(!refine(&book, &basis).await.unwrap());
    import_events(&book, request(), &stored[2_500..])
        .await
        .unwrap();
    assert_eq!(verify(&book).await.unwrap(), []);
    let after = total(&book, october, &[], Epochs::UpTo(0)).await;
    assert_eq!(input(&before), input(&after));
    let classes: std::collections::BTreeSet<(u64, u16, String)> = after
        .iter()
        .map(|sum| {
            let class = &sum.class;
            (
                class.context_tokens,
                class.minute_of_day,
                class.dims["team"].clone(),
            )
        })
        .collect();
    let contexts: std::collections::BTreeSet<u64> =
        classes.iter().map(|(context, _, _)| *context).collect();
    assert_eq!(contexts, [0, 2_000, 2_001].into());
    // Below and above the threshold by minute and team; exactly at it only calls of one team.
    assert_eq!(classes.len(), 2 * 2 * 3 + 2, "{classes:?}");
    let all = total(&book, october, &[], Epochs::All).await;
    let expected: i64 = (0..3_000_i64).map(|n| 100 * (1 + n % 50)).sum();
    assert_eq!(input(&all), expected);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// However events are split over imports, whatever instants cut them: the parts are the whole.
    #[test]
    fn sums_between_boundaries_are_the_sums_of_the_events(
        times in prop::collection::vec(0_i64..(48 * HOUR), 1..80),
        split in 0_usize..80,
        cuts in prop::collection::vec(0_i64..(48 * HOUR), 0..4),
    ) {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let (_folder, book) = book().await;
            let begin = at("2026-10-05T00:00:00Z").micros();
            let stored: Vec<UsageEvent> = (1_i64..)
                .zip(&times)
                .map(|(n, time)| {
                    let time = Timestamp::from_micros(begin + time);
                    event(&format!("e{n}"), &format!("c{}", n % 2), time, n)
                })
                .collect();
            let (first, second) = stored.split_at(split.min(stored.len()));
            import_events(&book, request(), second).await.unwrap();
            import_events(&book, request(), first).await.unwrap();
            import_events(&book, request(), &stored).await.unwrap();
            let cuts: Vec<Timestamp> =
                cuts.iter().map(|cut| Timestamp::from_micros(begin + cut)).collect();
            let span = Period {
                from: Timestamp::from_micros(begin + HOUR / 3),
                to: Timestamp::from_micros(begin + 40 * HOUR + 17),
            };
            let found = total(&book, span, &cuts, Epochs::All).await;
            let mut starts: Vec<Timestamp> =
                cuts.iter().copied().filter(|cut| span.from < *cut && *cut < span.to).collect();
            starts.push(span.from);
            starts.sort_unstable();
            let mut expected: BTreeMap<(Timestamp, Dimension), (Quantity, u64)> = BTreeMap::new();
            for one in stored.iter().filter(|one| span.contains(one.at)) {
                let start = *starts.iter().rfind(|start| **start <= one.at).unwrap();
                for (dimension, quantity) in &one.quantities {
                    let sum = expected
                        .entry((start, dimension.clone()))
                        .or_insert((Quantity::ZERO, 0));
                    *sum = (sum.0.plus(*quantity).unwrap(), sum.1 + 1);
                }
            }
            let found: BTreeMap<_, _> = found
                .into_iter()
                .map(|sum| ((sum.at, sum.dimension), (sum.quantity, sum.events)))
                .collect();
            assert_eq!(found, expected);
            assert_eq!(verify(&book).await.unwrap(), []);
        });
    }
}
