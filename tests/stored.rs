//! Every book and shape that was ever released must open for ever, with the same figures.

use ratebook_catalog::Dimension;
use ratebook_invoicing::InvoiceStatus;
use ratebook_money::{Period, Timestamp};
use ratebook_store::usage::{ClassCache, Epochs, Grain, SumQuery};
use ratebook_store::versions::VersionKind;
use ratebook_store::{
    Book, company, customers, exchange, invoices, markups, meters, plans, prices, settings,
    subscriptions, undo, usage, versions,
};
use std::fs;
use suite::repository::{files, root};
use tempfile::TempDir;

const BOOKS: &str = "tests/stored";

fn now() -> Timestamp {
    at("2026-11-23T12:00:00Z")
}

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// A copy of a stored book, opened: the stored one stays as it was released.
async fn open(path: &str) -> (TempDir, Book) {
    let folder = tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"));
    let copy = folder.path().join("stored.ratebook");
    fs::copy(root().join(path), &copy).unwrap_or_else(|error| panic!("{path}: {error}"));
    let book = Book::open(&copy, now()).await;
    // A migration that was edited after its release is refused here, by its checksum.
    (
        folder,
        book.unwrap_or_else(|error| panic!("{path}: {error}")),
    )
}

#[tokio::test]
async fn every_released_book_opens_and_proves_itself() {
    let books: Vec<String> = files(BOOKS)
        .into_iter()
        .filter(|path| path.ends_with(".db"))
        .collect();
    assert!(!books.is_empty(), "no stored book");
    for path in books {
        let (_folder, book) = open(&path).await;
        book.check().await.unwrap();
        assert_eq!(usage::verify(&book).await.unwrap(), [], "{path}");
        let mut read = book.read().await.unwrap();
        assert_eq!(
            invoices::number_faults(&mut read).await.unwrap(),
            [],
            "{path}"
        );
        assert_eq!(
            invoices::column_faults(&mut read).await.unwrap(),
            [],
            "{path}"
        );
    }
}

#[tokio::test]
async fn the_first_book_has_the_figures_it_was_stored_with() {
    let (_folder, book) = open("tests/stored/2026-11-23.db").await;
    let mut read = book.read().await.unwrap();
    let company = company::load(&mut read).await.unwrap().unwrap();
    assert_eq!(company.legal_name, "Halden Systems GmbH");
    let known = customers::list(&mut read).await.unwrap();
    let acme = known
        .iter()
        .find(|customer| customer.number == "C-1")
        .unwrap();
    assert_eq!(acme.aliases, ["acme", "cus_1"]);
    assert_eq!(meters::list(&mut read).await.unwrap()[0].unit, "step");
    let rules = markups::list(&mut read, now()).await.unwrap();
    let percents: Vec<Option<String>> = rules
        .iter()
        .map(|rule| rule.markup().map(|markup| markup.percent.to_string()))
        .collect();
    assert_eq!(percents, [Some("30".to_owned()), None]);
    // Migration 12 made what was there the first version.
    assert!(rules.iter().all(|rule| rule.version == Some(1)));
    let known = versions::list(&mut read).await.unwrap();
    let known: Vec<_> = known.iter().map(|v| (v.number, v.kind, v.rules)).collect();
    assert_eq!(known, [(1, VersionKind::First, 2)]);
    let rates = exchange::list(&mut read, now()).await.unwrap();
    assert_eq!(rates[0].rate.to_string(), "0.86");
    assert_eq!(
        plans::versions(&mut read).await.unwrap()[0]
            .terms
            .charges
            .len(),
        4
    );
    assert_eq!(
        subscriptions::list(&mut read).await.unwrap()[0].customer,
        acme.id
    );
    let table = prices::load_table(&mut read).await.unwrap();
    assert_eq!(table.get("openai", "gpt-4o").unwrap().prices.len(), 4);
    let theme = settings::get::<String>(&mut read, "theme").await.unwrap();
    assert_eq!(theme.as_deref(), Some("dark"));
    assert_eq!(undo::list(&mut read, 9).await.unwrap()[0].code, "setting");
}

#[tokio::test]
async fn the_first_book_has_its_invoices_and_usage() {
    let (_folder, book) = open("tests/stored/2026-11-23.db").await;
    let mut read = book.read().await.unwrap();
    let heads = invoices::list(&mut read, None).await.unwrap();
    let shown: Vec<(&str, String, InvoiceStatus)> = heads
        .iter()
        .map(|head| (head.number.as_str(), head.total.to_string(), head.status))
        .collect();
    let fee = "117.81 EUR".to_owned();
    let expected = [
        ("HS-2026-0002", fee.clone(), InvoiceStatus::Finalized),
        ("HS-2026-0001", fee, InvoiceStatus::Void),
    ];
    assert_eq!(shown, expected);
    let known = customers::list(&mut read).await.unwrap();
    let acme = known
        .iter()
        .find(|customer| customer.number == "C-1")
        .unwrap();
    let names = usage::refs(&mut read).await.unwrap();
    let own = names.iter().filter(|name| name.customer == Some(acme.id));
    let refs: Vec<i64> = own.map(|name| name.id).collect();
    let input = async |read: &mut ratebook_store::SqliteConnection, epochs| {
        let query = SumQuery {
            refs: &refs,
            period: Period {
                from: at("2026-10-01T00:00:00Z"),
                to: at("2026-11-01T00:00:00Z"),
            },
            epochs,
            boundaries: &[],
            grain: Grain::Boundaries,
            least: None,
        };
        let sums = usage::sums(read, &mut ClassCache::default(), &query)
            .await
            .unwrap();
        let inputs = sums.iter().filter(|sum| sum.dimension == Dimension::INPUT);
        inputs
            .map(|sum| sum.quantity.to_smallest(0).unwrap())
            .sum::<i64>()
    };
    // Odd n from 1: those stored before the run, and those that came late.
    assert_eq!(input(&mut read, Epochs::UpTo(0)).await, 62_500);
    assert_eq!(input(&mut read, Epochs::After(0)).await, 27_500);
    // Migration 8 found out in which epoch the imports of this book were.
    assert_eq!(usage::newest_epoch(&mut read).await.unwrap(), 1);
    let waiting = usage::unknown_refs(&mut read).await.unwrap();
    assert_eq!(
        (waiting[0].name.as_str(), waiting[0].events),
        ("unknown", 30)
    );
    let conflicts = usage::conflicts(&mut read, None, 9).await.unwrap();
    assert_eq!(conflicts[0].refused.customer_ref, "other");
}
