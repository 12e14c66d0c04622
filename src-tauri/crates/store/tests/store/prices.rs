//! Price tables: read back as they are, grown only by what differs.

use crate::common::{at, book, now};
use ratebook_catalog::prices::{
    MatchRule, Minimum, ModelAlias, ModelPrices, PriceSource, PriceTable, ProviderPrice, RuleSet,
    TableStamp,
};
use ratebook_catalog::{
    Comparison, ConditionKey, ContextThreshold, Dimension, PriceConditions, TimeWindow,
};
use ratebook_money::{Currency, Date, Rate, Timestamp};
use ratebook_store::prices::{
    TableChanges, add_lines, add_manual, add_table, aliases, facts_known, load_table,
    load_table_as_of, remove_alias, save_alias,
};
use ratebook_store::{Book, undo};
use std::collections::BTreeMap;

/// As a person imports a table: its usual lines, in one step.
async fn take(book: &Book, text: &str, at: Timestamp) -> TableChanges {
    let stamp = TableStamp {
        source: source("litellm", "2"),
        recorded_at: at,
        undated_from: at,
    };
    let table = ratebook_catalog::prices::read(text, &stamp).unwrap();
    let diff = ratebook_catalog::prices::diff(&loaded(book).await, &table, &stamp);
    let lines: Vec<_> = diff.lines.iter().filter(|line| line.is_usual()).collect();
    let mut write = book.write().await.unwrap();
    undo::begin_step(&mut write, "price_import", &BTreeMap::new(), at)
        .await
        .unwrap();
    let changes = add_lines(&mut write, &table.source, &lines, at).await;
    undo::end_step(&mut write).await.unwrap();
    write.commit().await.unwrap();
    changes.unwrap()
}

#[tokio::test]
async fn an_import_is_one_step_that_goes_and_comes_back_and_stays_once_invoices_are_final() {
    let (_folder, book) = book().await;
    add(&book, table("0.000003"), at("2026-09-01T00:00:00Z")).await;
    let before = loaded(&book).await;
    let text = r#"{"gpt-4o": {"litellm_provider": "openai", "input_cost_per_token": 2e-6,
        "output_cost_per_token": 15e-6}, "o9": {"litellm_provider": "openai",
        "input_cost_per_token": 1e-6, "input_cost_per_token_batches": 4e-7}}"#;
    let changes = take(&book, text, at("2026-11-02T00:00:00Z")).await;
    assert_eq!((changes.new_models, changes.new_rows), (1, 3));
    let after = loaded(&book).await;
    assert!(after.get("openai", "o9").is_some());
    let mut write = book.write().await.unwrap();
    let step = undo::undo(&mut write).await.unwrap().unwrap();
    write.commit().await.unwrap();
    assert_eq!(step.code, "price_import");
    assert_eq!(loaded(&book).await.models(), before.models());
    let mut write = book.write().await.unwrap();
    undo::redo(&mut write).await.unwrap().unwrap();
    undo::barrier(&mut write).await.unwrap();
    write.commit().await.unwrap();
    assert_eq!(loaded(&book).await.models(), after.models());
    let mut write = book.write().await.unwrap();
    assert_eq!(undo::undo(&mut write).await.unwrap(), None);
    let raw = sqlx::query("DELETE FROM provider_price")
        .execute(&mut *write)
        .await;
    assert!(raw.unwrap_err().to_string().contains("only added"));
    let raw = sqlx::query("DELETE FROM price_model_facts")
        .execute(&mut *write)
        .await;
    assert!(raw.unwrap_err().to_string().contains("only added"));
}

fn source(name: &str, version: &str) -> PriceSource {
    PriceSource {
        name: name.to_owned(),
        version: version.to_owned(),
        address: "https://example.com".to_owned(),
        seen_on: Date::from_ymd_opt(2026, 10, 1).unwrap(),
    }
}

fn row(dimension: Dimension, rate: &str, from: Timestamp) -> ProviderPrice {
    ProviderPrice {
        dimension,
        conditions: PriceConditions::default(),
        rate: Some(Rate::parse(rate, Currency::parse("USD").unwrap()).unwrap()),
        valid_from: from,
        recorded_at: now(),
        source: 0,
        manual: false,
        original: Some("3e-06".to_owned()),
    }
}

/// One model with an input price, conditions of every kind, and an output price.
pub fn table(input: &str) -> (Vec<PriceSource>, Vec<ModelPrices>) {
    let mut long = row(Dimension::INPUT, "0.000006", now());
    long.conditions.context = Some(ContextThreshold {
        tokens: 200_000,
        comparison: Comparison::Above,
    });
    let mut night = row(Dimension::OUTPUT, "0.0000075", now());
    night.conditions.window = Some(TimeWindow {
        from: 990,
        to: 30,
        days: None,
    });
    night.conditions.equals = BTreeMap::from([(ConditionKey::Processing, "batch".to_owned())]);
    let model = ModelPrices {
        provider: "openai".to_owned(),
        model: "gpt-4o".to_owned(),
        prices: vec![
            row(Dimension::INPUT, input, now()),
            row(Dimension::OUTPUT, "0.000015", now()),
            long,
            night,
        ],
        fallbacks: Vec::new(),
        rules: RuleSet::Litellm,
        multipliers: Vec::new(),
        matches: vec![MatchRule::StartsWith("gpt-4o-20".to_owned())],
        minimums: vec![Minimum {
            dimension: Dimension::INPUT_AUDIO_SECONDS,
            units: 10,
        }],
    };
    (vec![source("litellm", "1")], vec![model])
}

async fn add(
    book: &Book,
    (sources, models): (Vec<PriceSource>, Vec<ModelPrices>),
    at: Timestamp,
) -> TableChanges {
    let mut write = book.write().await.unwrap();
    let changes = add_table(&mut write, &sources, &models, now(), at)
        .await
        .unwrap();
    write.commit().await.unwrap();
    changes
}

async fn loaded(book: &Book) -> PriceTable {
    load_table(&mut book.read().await.unwrap()).await.unwrap()
}

#[tokio::test]
async fn the_built_in_table_reads_back_as_it_is() {
    let (_folder, book) = book().await;
    let table = ratebook_catalog::prices::built_in(now()).unwrap();
    let mut write = book.write().await.unwrap();
    let changes = add_table(
        &mut write,
        &table.sources,
        &table.models,
        Timestamp::MIN,
        now(),
    )
    .await
    .unwrap();
    write.commit().await.unwrap();
    assert_eq!(changes.new_models, table.models.len());
    let loaded = loaded(&book).await;
    assert_eq!(loaded.sources(), table.sources);
    let mut expected = table.models.clone();
    expected.sort_by(|a, b| (&a.provider, &a.model).cmp(&(&b.provider, &b.model)));
    assert_eq!(loaded.models().len(), expected.len());
    for (loaded, expected) in loaded.models().iter().zip(&expected) {
        assert_eq!(loaded, expected);
    }
    // The same table again changes nothing.
    let mut write = book.write().await.unwrap();
    let again = add_table(
        &mut write,
        &table.sources,
        &table.models,
        Timestamp::MIN,
        now(),
    );
    let again = again.await.unwrap();
    assert_eq!((again.new_models, again.new_rows, again.ended), (0, 0, 0));
}

#[tokio::test]
async fn a_newer_table_adds_only_what_differs() {
    let (_folder, book) = book().await;
    let first = add(&book, table("0.000003"), at("2026-09-01T00:00:00Z")).await;
    assert_eq!((first.new_models, first.new_rows), (1, 4));
    let before = loaded(&book).await;
    let model = before.get("openai", "gpt-4o").unwrap();
    assert!(
        model
            .prices
            .iter()
            .all(|row| row.valid_from == Timestamp::MIN)
    );
    assert_eq!(before.context_thresholds(), [200_000]);
    assert_eq!(before.window_borders(), [0, 30, 990]);

    let (mut sources, mut models) = table("0.000002");
    sources[0].version = "2".to_owned();
    models[0].prices.remove(3);
    let second = add(&book, (sources, models), at("2026-11-02T00:00:00Z")).await;
    let expected = TableChanges {
        new_models: 0,
        new_rows: 2,
        ended: 1,
        unchanged: 2,
    };
    assert_eq!(second, expected);
    let after = loaded(&book).await;
    let added = &after.get("openai", "gpt-4o").unwrap().prices[4..];
    assert_eq!(added[0].rate.unwrap().per_unit().to_string(), "0.000002");
    assert_eq!(added[0].valid_from, now());
    assert_eq!(added[0].recorded_at, at("2026-11-02T00:00:00Z"));
    assert_eq!(added[1].rate, None);
    assert_eq!(
        after.sources()[usize::try_from(added[1].source).unwrap()].version,
        "2"
    );
}

#[tokio::test]
async fn a_manual_rate_and_an_alias_can_be_undone() {
    let (_folder, book) = book().await;
    add(&book, table("0.000003"), now()).await;
    let before = loaded(&book).await;
    let mut write = book.write().await.unwrap();
    undo::begin_step(&mut write, "price_save", &BTreeMap::new(), now())
        .await
        .unwrap();
    let mut mine = row(Dimension::INPUT, "0.0000011", now());
    mine.manual = true;
    add_manual(&mut write, "openai", "gpt-4o", &mine, &source("manual", ""))
        .await
        .unwrap();
    let alias = ModelAlias {
        provider: None,
        alias: "our-model".to_owned(),
        to_provider: "openai".to_owned(),
        to_model: "gpt-4o".to_owned(),
    };
    save_alias(&mut write, &alias).await.unwrap();
    undo::end_step(&mut write).await.unwrap();
    write.commit().await.unwrap();
    let with = loaded(&book).await;
    assert!(
        with.get("openai", "gpt-4o")
            .unwrap()
            .prices
            .iter()
            .any(|row| row.manual)
    );
    assert!(with.resolve("anyone", "our-model").model().is_some());
    let mut write = book.write().await.unwrap();
    undo::undo(&mut write).await.unwrap().unwrap();
    assert!(aliases(&mut write).await.unwrap().is_empty());
    write.commit().await.unwrap();
    assert_eq!(loaded(&book).await.models(), before.models());
    let mut write = book.write().await.unwrap();
    undo::redo(&mut write).await.unwrap().unwrap();
    assert_eq!(aliases(&mut write).await.unwrap(), vec![alias]);
    remove_alias(&mut write, None, "our-model").await.unwrap();
    write.commit().await.unwrap();
}

/// An old invoice is computed again with what was known when it was made, whatever a newer table
/// says about the model beside its prices.
#[tokio::test]
async fn facts_about_a_model_are_read_as_they_were_known() {
    let (_folder, book) = book().await;
    let (first, later) = (at("2026-08-01T00:00:00Z"), at("2026-09-01T00:00:00Z"));
    add(&book, table("0.000003"), first).await;
    let mut newer = table("0.000003");
    newer.1[0].matches = vec![MatchRule::StartsWith("gpt-4".to_owned())];
    add(&book, newer.clone(), later).await;
    let mut read = book.read().await.unwrap();
    let before = at("2026-08-31T23:59:59Z");
    let then = load_table_as_of(&mut read, before).await.unwrap();
    let now = load_table(&mut read).await.unwrap();
    let matches = |table: &PriceTable| table.get("openai", "gpt-4o").unwrap().matches.clone();
    assert_eq!(matches(&then), table("0.000003").1[0].matches);
    assert_eq!(matches(&now), newer.1[0].matches);
    assert_eq!(facts_known(&mut read, before).await.unwrap(), 1);
    assert_eq!(facts_known(&mut read, later).await.unwrap(), 2);
}
