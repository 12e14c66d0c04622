//! Undo gives back exactly what was there; redo too; across restarts; not past a finalized invoice.

use crate::common::{book, company, customer, ids, now, path_in, series};
use crate::config::{markup_rule, meter, plan};
use ratebook_catalog::{Customer, Subscription, SubscriptionId};
use ratebook_money::Date;
use ratebook_money::id::IdSource;
use ratebook_store::undo::{self, StepState};
use ratebook_store::{
    Book, SqliteConnection, StoreError, company as companies, customers, invoices, markups, meters,
    plans, settings, subscriptions,
};
use std::collections::BTreeMap;

/// All rows of all tables that can be undone, as text: the same text is the same content.
fn content(book: &Book) -> String {
    let raw = rusqlite::Connection::open(book.path()).unwrap();
    let tables = [
        "company",
        "customer",
        "customer_alias",
        "exchange_rate",
        "markup_rule",
        "meter",
        "model_alias",
        "plan",
        "plan_version",
        "price_model",
        "price_model_facts",
        "provider_price",
        "setting",
        "subscription",
    ];
    let mut text = String::new();
    for table in tables {
        let mut find = raw
            .prepare(&format!("SELECT * FROM {table} ORDER BY 1, 2"))
            .unwrap();
        let columns = find.column_count();
        let mut rows = find.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for column in 0..columns {
                text.push_str(&format!("{table}|{:?}\n", row.get_ref(column).unwrap()));
            }
        }
    }
    text
}

async fn step<F>(book: &Book, code: &str, edit: F)
where
    F: AsyncFnOnce(&mut SqliteConnection),
{
    let mut write = book.write().await.unwrap();
    undo::begin_step(&mut write, code, &BTreeMap::new(), now())
        .await
        .unwrap();
    edit(&mut write).await;
    undo::end_step(&mut write).await.unwrap();
    write.commit().await.unwrap();
}

async fn back(book: &Book) -> Option<undo::Step> {
    let mut write = book.write().await.unwrap();
    let step = undo::undo(&mut write).await.unwrap();
    write.commit().await.unwrap();
    step
}

async fn forth(book: &Book) -> Option<undo::Step> {
    let mut write = book.write().await.unwrap();
    let step = undo::redo(&mut write).await.unwrap();
    write.commit().await.unwrap();
    step
}

/// A small deterministic generator: the steps are random, the test is not.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

struct World {
    ids: IdSource,
    dice: Dice,
    customers: Vec<Customer>,
    edits: u64,
}

impl World {
    async fn edit(&mut self, db: &mut SqliteConnection) {
        self.edits += 1;
        let n = self.edits;
        match self.dice.roll(8) {
            0 => {
                let mut company = company();
                company.name = format!("Halden {n}");
                company.logo_png = n.is_multiple_of(2).then(|| "AAAA".to_owned());
                companies::save(db, &company).await.unwrap();
            }
            1 | 2 => {
                let new = customer(&mut self.ids, &format!("C-{n}"), &[&format!("alias {n}")]);
                customers::save(db, &new).await.unwrap();
                self.customers.push(new);
            }
            3 => self.edit_customer(db, n).await,
            4 => markups::add(db, &markup_rule(&mut self.ids, Some("12.5")))
                .await
                .unwrap(),
            5 => meters::save(db, &meter(&mut self.ids)).await.unwrap(),
            6 => {
                let (plan, mut version) = plan(&mut self.ids);
                plans::save(db, &plan).await.unwrap();
                plans::save_version(db, &version).await.unwrap();
                version.published_at = Some(now());
                plans::save_version(db, &version).await.unwrap();
                if let Some(known) = customers::list(db).await.unwrap().first() {
                    let new = Subscription {
                        id: SubscriptionId::new(&mut self.ids),
                        customer: known.id,
                        plan_version: version.id,
                        starts_on: Date::from_ymd_opt(2026, 8, 1).unwrap(),
                        ends_on: None,
                        agreed: ratebook_catalog::Agreed::default(),
                    };
                    subscriptions::save(db, &new).await.unwrap();
                }
            }
            _ => settings::set(db, "zoom", &n).await.unwrap(),
        }
    }

    async fn edit_customer(&mut self, db: &mut SqliteConnection, n: u64) {
        let known = customers::list(db).await.unwrap();
        let Some(mut one) = known
            .into_iter()
            .nth(usize::try_from(self.dice.roll(3)).unwrap())
        else {
            return;
        };
        one.notes = format!("note \"{n}\" \\ é\n日本");
        one.payment_days = n.is_multiple_of(3).then_some(30);
        one.aliases.reverse();
        if n.is_multiple_of(2) {
            one.aliases.push(format!("more {n}"));
        }
        customers::save(db, &one).await.unwrap();
        if n.is_multiple_of(5) {
            // Refused while a subscription names it: then the step only changed the customer.
            let _ = customers::delete(db, one.id).await;
        }
    }
}

#[tokio::test]
async fn a_thousand_random_steps_are_undone_and_redone_exactly() {
    let (folder, mut book) = book().await;
    let mut world = World {
        ids: ids(7),
        dice: Dice(42),
        customers: Vec::new(),
        edits: 0,
    };
    let mut before = vec![content(&book)];
    for round in 0..1_000 {
        let edits = 1 + world.dice.roll(3);
        step(&book, "edit", async |db| {
            for _ in 0..edits {
                world.edit(db).await;
            }
        })
        .await;
        let now_content = content(&book);
        if before.last() != Some(&now_content) {
            before.push(now_content);
        }
        if round % 100 == 99 {
            book.close().await.unwrap();
            book = Book::open(&path_in(&folder), now()).await.unwrap();
            walk_back_and_forth(&book, &before, 20).await;
        }
        if world.dice.roll(10) == 0 {
            back(&book).await.unwrap();
            before.pop();
            assert_eq!(content(&book), *before.last().unwrap(), "round {round}");
        }
    }
    assert!(before.len() > 700);
    book.check().await.unwrap();
}

async fn walk_back_and_forth(book: &Book, before: &[String], steps: usize) {
    let end = before.len();
    for place in (end - steps..end - 1).rev() {
        assert!(back(book).await.is_some());
        assert_eq!(content(book), before[place]);
    }
    for expected in &before[end - steps + 1..] {
        assert!(forth(book).await.is_some());
        assert_eq!(content(book), *expected);
    }
    assert!(forth(book).await.is_none());
}

#[tokio::test]
async fn a_new_edit_drops_what_could_be_redone() {
    let (_folder, book) = book().await;
    step(&book, "one", async |db| {
        settings::set(db, "a", &1).await.unwrap()
    })
    .await;
    step(&book, "two", async |db| {
        settings::set(db, "a", &2).await.unwrap()
    })
    .await;
    assert_eq!(back(&book).await.unwrap().code, "two");
    step(&book, "three", async |db| {
        settings::set(db, "b", &3).await.unwrap()
    })
    .await;
    assert!(forth(&book).await.is_none());
    let mut read = book.read().await.unwrap();
    let codes: Vec<String> = undo::list(&mut read, 10)
        .await
        .unwrap()
        .into_iter()
        .map(|step| step.code)
        .collect();
    assert_eq!(codes, ["three", "one"]);
}

#[tokio::test]
async fn a_step_that_changes_nothing_leaves_no_trace() {
    let (_folder, book) = book().await;
    step(&book, "nothing", async |_| {}).await;
    let mut read = book.read().await.unwrap();
    assert!(undo::list(&mut read, 10).await.unwrap().is_empty());
}

#[tokio::test]
async fn writes_outside_of_a_step_are_not_undone() {
    let (_folder, book) = book().await;
    let mut write = book.write().await.unwrap();
    settings::set(&mut write, "a", &1).await.unwrap();
    write.commit().await.unwrap();
    assert!(back(&book).await.is_none());
}

#[tokio::test]
async fn a_step_that_was_not_closed_ends_with_its_transaction() {
    let (_folder, book) = book().await;
    let mut write = book.write().await.unwrap();
    undo::begin_step(&mut write, "open", &BTreeMap::new(), now())
        .await
        .unwrap();
    settings::set(&mut write, "a", &1).await.unwrap();
    write.commit().await.unwrap();
    let mut write = book.write().await.unwrap();
    settings::set(&mut write, "b", &2).await.unwrap();
    write.commit().await.unwrap();
    assert_eq!(back(&book).await.unwrap().code, "open");
    let mut read = book.read().await.unwrap();
    assert_eq!(settings::get::<i64>(&mut read, "a").await.unwrap(), None);
    assert_eq!(settings::get::<i64>(&mut read, "b").await.unwrap(), Some(2));
}

#[tokio::test]
async fn a_finalized_invoice_bars_the_steps_before_it() {
    let (_folder, book) = book().await;
    step(&book, "one", async |db| {
        settings::set(db, "a", &1).await.unwrap()
    })
    .await;
    step(&book, "two", async |db| {
        settings::set(db, "a", &2).await.unwrap()
    })
    .await;
    back(&book).await.unwrap();
    let mut write = book.write().await.unwrap();
    invoices::begin_run(&mut write, now()).await.unwrap();
    invoices::next_counter(&mut write, &series(), 2026)
        .await
        .unwrap();
    write.commit().await.unwrap();
    assert!(back(&book).await.is_none());
    assert!(forth(&book).await.is_none());
    let mut read = book.read().await.unwrap();
    let steps = undo::list(&mut read, 10).await.unwrap();
    let states: Vec<(&str, StepState)> = steps
        .iter()
        .map(|step| (step.code.as_str(), step.state))
        .collect();
    assert_eq!(states, [("one", StepState::Barred)]);
}

#[tokio::test]
async fn append_only_rows_go_only_by_undo() {
    let (_folder, book) = book().await;
    let mut ids = ids(9);
    step(&book, "markup", async |db| {
        markups::add(db, &markup_rule(&mut ids, Some("30")))
            .await
            .unwrap();
    })
    .await;
    let raw = rusqlite::Connection::open(book.path()).unwrap();
    let error = StoreError::from(raw.execute("DELETE FROM markup_rule", []).unwrap_err());
    assert!(matches!(error, StoreError::Refused { .. }), "{error:?}");
    back(&book).await.unwrap();
    let mut read = book.read().await.unwrap();
    assert!(markups::list(&mut read, now()).await.unwrap().is_empty());
}
