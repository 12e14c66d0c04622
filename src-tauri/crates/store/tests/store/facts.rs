//! Single events: in the order of time and of storing, and the last one before an instant.

use crate::common::{HOUR, at, book, event, now, period};
use ratebook_catalog::Dimension;
use ratebook_money::Timestamp;
use ratebook_store::usage::{
    ClassCache, Epochs, FactQuery, ImportRequest, fact_before, facts, import_events, series_of,
};
use ratebook_store::{Book, usage};
use ratebook_usage::MODEL_CALL;

async fn import(book: &Book, events: &[(&str, &str, &str, i64)]) {
    let request = ImportRequest {
        name: "test.jsonl".to_owned(),
        now: now(),
    };
    let all: Vec<_> = events
        .iter()
        .map(|(id, customer, time, n)| event(id, customer, at(time), *n))
        .collect();
    import_events(book, request, &all).await.unwrap();
}

/// The output tokens of the events found, which tell them apart.
struct Found<'a> {
    book: &'a Book,
    refs: Vec<i64>,
    series: Vec<i64>,
}

impl Found<'_> {
    async fn of(book: &Book) -> Found<'_> {
        let mut read = book.read().await.unwrap();
        let mut cache = ClassCache::default();
        let refs = usage::refs(&mut read).await.unwrap();
        let series = series_of(&mut read, &mut cache, MODEL_CALL).await.unwrap();
        Found {
            book,
            refs: refs.iter().map(|own| own.id).collect(),
            series: series.iter().map(|(id, _)| *id).collect(),
        }
    }

    fn query(&self) -> FactQuery<'_> {
        FactQuery {
            refs: &self.refs,
            series: &self.series,
            epochs: Epochs::All,
        }
    }

    async fn before(&self, instant: Timestamp) -> Option<i64> {
        let mut read = self.book.read().await.unwrap();
        let mut cache = ClassCache::default();
        let found = fact_before(&mut read, &mut cache, &self.query(), instant).await;
        found.unwrap().map(|fact| output(&fact.quantities))
    }
}

fn output(quantities: &[(Dimension, ratebook_money::Quantity)]) -> i64 {
    let mut all = quantities.iter();
    let found = all.find(|(dimension, _)| *dimension == Dimension::OUTPUT);
    found.unwrap().1.to_smallest(0).unwrap()
}

#[tokio::test]
async fn the_last_event_before_an_instant_is_found_however_long_ago() {
    let (_folder, book) = book().await;
    import(
        &book,
        &[
            ("1", "acme", "2026-03-01T10:30:00Z", 1),
            ("2", "acme two", "2026-07-01T10:30:00Z", 2),
            ("3", "acme", "2026-07-01T10:30:00Z", 3),
            ("4", "acme", "2026-10-01T10:10:00Z", 4),
            ("5", "acme", "2026-10-01T10:50:00Z", 5),
        ],
    )
    .await;
    let found = Found::of(&book).await;
    for (instant, expected) in [
        ("2026-03-01T10:30:00Z", None),
        ("2026-03-01T10:30:00.000001Z", Some(1)),
        ("2026-06-30T00:00:00Z", Some(1)),
        // Two names of one customer at one time: an import stores name by name.
        ("2026-10-01T00:00:00Z", Some(2)),
        ("2026-10-01T10:00:00Z", Some(2)),
        // In the hour of the instant, on both sides of it.
        ("2026-10-01T10:30:00Z", Some(4)),
        ("2026-10-01T11:00:00Z", Some(5)),
        ("2027-01-01T00:00:00Z", Some(5)),
    ] {
        assert_eq!(found.before(at(instant)).await, expected, "{instant}");
    }
    let none = Found {
        series: Vec::new(),
        refs: found.refs.clone(),
        book: &book,
    };
    assert_eq!(none.before(at("2027-01-01T00:00:00Z")).await, None);
}

#[tokio::test]
async fn events_of_all_names_come_in_the_order_of_time_then_of_storing() {
    let (_folder, book) = book().await;
    let day = "2026-10-02T10:00:00Z";
    import(&book, &[("1", "b", day, 1), ("2", "a", day, 2)]).await;
    import(
        &book,
        &[
            ("3", "b", day, 3),
            ("4", "a", "2026-10-02T09:00:00Z", 4),
            ("5", "a", "2026-10-02T11:00:00Z", 5),
        ],
    )
    .await;
    let found = Found::of(&book).await;
    let mut read = book.read().await.unwrap();
    let mut cache = ClassCache::default();
    let span = period("2026-10-02T09:00:00Z", "2026-10-02T11:00:00Z");
    let all = facts(&mut read, &mut cache, &found.query(), span).await;
    let all = all.unwrap();
    let order: Vec<i64> = all.iter().map(|fact| output(&fact.quantities)).collect();
    assert_eq!(order, [4, 1, 2, 3]);
    assert_eq!(all[1].at.micros() - all[0].at.micros(), HOUR);
    assert!(all.iter().all(|fact| fact.class.event_name == MODEL_CALL));
}
