//! A price table against the sample book: looked at line by line, taken, undone, asked for by date.

mod common;

use ratebook_api::wire::{
    BookCreateRequest, Count, Nothing, PriceAtRequest, PriceImportPreviewReply,
    PriceImportPreviewRequest, PriceImportReply, PriceImportRunRequest, PriceLineFilter,
    PriceLineKind, PriceLineText, PriceLinesRequest, PriceMappingText, PriceTakeRequest,
    PriceTakenReply,
};
use ratebook_api::{ApiResult, App};
use ratebook_money::Timestamp;
use std::fs;
use std::sync::Arc;

fn now() -> Timestamp {
    Timestamp::parse("2026-11-24T10:00:00Z").unwrap()
}

struct Home {
    app: App,
    folder: tempfile::TempDir,
}

async fn home(sample: bool) -> Home {
    let folder = tempfile::tempdir().unwrap();
    let app = common::app(&folder, now);
    if sample {
        app.book_sample_open(Nothing {}).await.unwrap();
    } else {
        let request = BookCreateRequest {
            path: Some(folder.path().join("own.ratebook").display().to_string()),
            currency: "USD".to_owned(),
            country: "US".to_owned(),
        };
        app.book_create(request).await.unwrap();
    }
    Home { app, folder }
}

fn all() -> PriceLineFilter {
    PriceLineFilter {
        kind: None,
        asked: false,
        provider: None,
        search: String::new(),
    }
}

impl Home {
    fn file(&self, name: &str, text: &str) -> String {
        let path = self.folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.display().to_string()
    }

    async fn look(
        &self,
        place: &str,
        mapping: Option<PriceMappingText>,
    ) -> ApiResult<PriceImportPreviewReply> {
        let request = PriceImportPreviewRequest {
            place: place.to_owned(),
            mapping,
            job_id: "look".to_owned(),
        };
        self.app
            .price_import_preview(request, Arc::new(|_| ()))
            .await
    }

    async fn lines(&self, token: &str, filter: PriceLineFilter) -> Vec<PriceLineText> {
        let request = PriceLinesRequest {
            token: token.to_owned(),
            filter,
            offset: 0,
            limit: 500,
        };
        self.app.price_import_lines(request).await.unwrap().lines
    }

    async fn take(&self, token: &str, lines: &[u64], taken: bool) -> PriceTakenReply {
        let request = PriceTakeRequest {
            token: token.to_owned(),
            lines: Some(lines.iter().map(|line| Count(*line)).collect()),
            filter: all(),
            taken,
        };
        self.app.price_import_take(request).await.unwrap()
    }

    async fn run(&self, token: &str) -> ApiResult<PriceImportReply> {
        let request = PriceImportRunRequest {
            token: token.to_owned(),
            job_id: "run".to_owned(),
        };
        self.app.price_import_run(request, Arc::new(|_| ())).await
    }

    async fn price(&self, model: &str, at: &str, as_of: Option<&str>) -> String {
        let request = PriceAtRequest {
            provider: "acme".to_owned(),
            model: model.to_owned(),
            at: Some(at.to_owned()),
            as_of: as_of.map(str::to_owned),
            dimension: Some("input_tokens".to_owned()),
            marks: Vec::new(),
            context_tokens: Count(0),
        };
        match self.app.price_at(request).await {
            Ok(reply) => {
                let row = &reply.prices[0];
                row.price
                    .clone()
                    .map_or_else(|| row.problem.clone().unwrap(), |p| p.0)
            }
            Err(error) => format!("{:?}", error.code),
        }
    }
}

const FIRST: &str = r#"{
    "acme/m": {"litellm_provider": "acme", "input_cost_per_token": 4e-6,
        "output_cost_per_token": 8e-6},
    "acme/gone": {"litellm_provider": "acme", "input_cost_per_token": 1e-6}}"#;
const SECOND: &str = r#"{
    "acme/m": {"litellm_provider": "acme", "input_cost_per_token": 3e-6,
        "output_cost_per_token": 8e-3, "cache_read_input_token_cost": 3e-7},
    "acme/n": {"litellm_provider": "acme", "input_cost_per_token": 1e-6}}"#;

/// `mark model dimension was>will percent`.
fn words(lines: &[PriceLineText]) -> Vec<String> {
    lines
        .iter()
        .map(|line| {
            let mark = if line.taken {
                "+"
            } else if line.asked {
                "?"
            } else {
                "-"
            };
            let price = |price: &Option<ratebook_api::wire::DecimalString>| {
                price
                    .as_ref()
                    .map_or(String::new(), |price| price.0.clone())
            };
            format!(
                "{mark} {} {} {}>{} {}",
                line.model,
                line.dimension.clone().unwrap_or_default(),
                price(&line.was),
                price(&line.will),
                price(&line.percent)
            )
        })
        .collect()
}

#[tokio::test]
async fn what_is_usual_is_taken_and_the_rest_waits_for_a_tick() {
    let home = home(false).await;
    let first = home.file("first.json", FIRST);
    let preview = home.look(&first, None).await.unwrap();
    home.run(&preview.token.unwrap()).await.unwrap();

    let second = home.file("second.json", SECOND);
    let preview = home.look(&second, None).await.unwrap();
    let token = preview.token.clone().unwrap();
    // The book has thousands of models of litellm that this file does not name.
    assert!(preview.taken.kinds.iter().any(|kind| {
        kind.kind == PriceLineKind::Vanished && kind.lines.0 > 10_000 && kind.taken.0 == 0
    }));
    let mut filter = all();
    filter.provider = Some("acme".to_owned());
    let lines = home.lines(&token, filter.clone()).await;
    assert_eq!(
        words(&lines),
        [
            "- gone input_tokens 1> ",
            "+ m input_tokens 4>3 -25.0",
            "+ m cache_read_tokens >0.3 ",
            "? m output_tokens 8>8000 99900.0",
            "+ n input_tokens >1 ",
        ]
    );
    // Everything that is shown: not what is asked about.
    let request = PriceTakeRequest {
        token: token.clone(),
        lines: None,
        filter: filter.clone(),
        taken: true,
    };
    let taken = home.app.price_import_take(request).await.unwrap();
    assert_eq!((taken.asked.0, taken.asked_taken.0), (1, 0));
    home.take(&token, &[lines[0].id.0, lines[4].id.0], false)
        .await;
    let done = home.run(&token).await.unwrap();
    assert_eq!((done.added.0, done.asked.0, done.ended.0), (2, 1, 0));
    assert!(
        home.run(&token).await.is_err(),
        "a comparison is taken once"
    );

    assert_eq!(home.price("m", "2026-11-23", None).await, "4");
    assert_eq!(home.price("m", "2026-11-24", None).await, "3");
    assert_eq!(home.price("n", "2026-11-24", None).await, "NotFound");
    assert_eq!(home.price("gone", "2026-11-24", None).await, "1");
    home.app.undo(Nothing {}).await.unwrap();
    assert_eq!(home.price("m", "2026-11-24", None).await, "4");
    home.app.redo(Nothing {}).await.unwrap();
    assert_eq!(home.price("m", "2026-11-24", None).await, "3");
}

#[tokio::test]
async fn a_table_is_not_taken_against_other_prices_than_it_was_compared_with() {
    let home = home(false).await;
    let first = home.file("first.json", FIRST);
    let preview = home.look(&first, None).await.unwrap();
    home.app
        .price_manual(ratebook_api::wire::PriceManualRequest {
            provider: "acme".to_owned(),
            model: "m".to_owned(),
            dimension: "input_tokens".to_owned(),
            price: Some(ratebook_api::wire::DecimalString("2".to_owned())),
            currency: "USD".to_owned(),
            valid_from: None,
            note: "a contract".to_owned(),
        })
        .await
        .unwrap();
    let error = home.run(&preview.token.unwrap()).await.unwrap_err();
    assert_eq!(error.params["reason"], "prices_changed");
    let again = home.look(&first, None).await.unwrap();
    let lines = home.lines(&again.token.unwrap(), all()).await;
    let own: Vec<bool> = lines
        .iter()
        .filter(|line| line.model == "m" && line.dimension.as_deref() == Some("input_tokens"))
        .map(|line| line.own)
        .collect();
    assert_eq!(own, [true]);
}

#[tokio::test]
async fn the_effect_is_that_of_the_ticked_lines_on_thirty_days_of_usage() {
    let home = home(true).await;
    let text = r#"{"gpt-5-mini": {"litellm_provider": "openai", "input_cost_per_token": 5e-7,
        "output_cost_per_token": 4e-6}}"#;
    let path = home.file("table.json", text);
    let preview = home.look(&path, None).await.unwrap();
    let token = preview.token.unwrap();
    let effect = preview.taken.effect.unwrap();
    let number = |text: &str| text.parse::<rust_decimal::Decimal>().unwrap();
    assert!(number(&effect.cost_before.0) > number("0"));
    assert!(
        number(&effect.cost_after.0) > number(&effect.cost_before.0),
        "{effect:?}"
    );
    let providers: Vec<&str> = effect
        .providers
        .iter()
        .map(|row| row.provider.as_str())
        .collect();
    assert!(providers.contains(&"openai"), "{providers:?}");
    let request = PriceTakeRequest {
        token,
        lines: None,
        filter: all(),
        taken: false,
    };
    let none = home.app.price_import_take(request).await.unwrap();
    let none = none.effect.unwrap();
    assert_eq!(none.cost_after, none.cost_before);
    assert_eq!(none.margin_after, none.margin_before);
    assert!(none.providers.is_empty());
}

#[tokio::test]
async fn a_list_is_guessed_and_read_again_as_it_is_told() {
    let home = home(false).await;
    let path = home.file(
        "acme prices.csv",
        "Modell;Eingabe €;Ausgabe €\nm;3,00;15,00\n",
    );
    let preview = home.look(&path, None).await.unwrap();
    assert_eq!(preview.token, None);
    assert!(
        preview.problem.unwrap().contains("line 2, provider"),
        "the provider is missing"
    );
    let mapping = preview.mapping.unwrap();
    assert_eq!(
        (mapping.decimal.as_str(), mapping.tokens_per_price.0),
        (",", 1_000_000)
    );
    assert_eq!(mapping.source, "acme prices");
    let mapping = PriceMappingText {
        provider: Some("acme".to_owned()),
        tokens_per_price: Count(1_000),
        ..mapping
    };
    let preview = home.look(&path, Some(mapping.clone())).await.unwrap();
    let lines = home.lines(&preview.token.unwrap(), all()).await;
    let found: Vec<(&str, &str)> = lines
        .iter()
        .map(|line| {
            (
                line.will.as_ref().unwrap().0.as_str(),
                line.will_currency.as_deref().unwrap(),
            )
        })
        .collect();
    assert_eq!(found, [("3000", "EUR"), ("15000", "EUR")]);
    let wrong = PriceMappingText {
        tokens_per_price: Count(7),
        currency: Some("Taler".to_owned()),
        ..mapping
    };
    let error = home.look(&path, Some(wrong)).await.unwrap_err();
    let paths: Vec<&str> = error
        .issues
        .iter()
        .map(|issue| issue.path.as_str())
        .collect();
    assert_eq!(paths, ["currency", "tokensPerPrice"]);
}

#[tokio::test]
async fn a_workbook_is_read_as_what_was_typed_into_it() {
    let home = home(false).await;
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/acme.xlsx");
    let preview = home.look(path, None).await.unwrap();
    let lines = home.lines(&preview.token.unwrap(), all()).await;
    let found: Vec<(&str, &str, Option<&str>)> = lines
        .iter()
        .map(|line| {
            let will = line.will.as_ref().unwrap().0.as_str();
            (line.model.as_str(), will, line.original.as_deref())
        })
        .collect();
    assert_eq!(
        found,
        [
            ("m1", "3", None),
            ("m1", "15", None),
            // 0.1 + 0.2 of a spreadsheet is 0.3.
            ("m2", "300", Some("0.30000000000000004 / 1000")),
            ("m2", "1.25", None),
        ]
    );
}

#[tokio::test]
async fn what_is_no_table_changes_nothing_and_is_named() {
    let home = home(false).await;
    for (name, text, says) in [
        ("page.json", "<!doctype html><html>", "web page (HTML)"),
        ("empty.csv", "", "the file is empty"),
        ("other.json", "{\"a\": 1}", "the first is \"a\""),
        (
            "cut.json",
            "{\"a\": {\"litellm_provider\"",
            "expected a colon",
        ),
    ] {
        let path = home.file(name, text);
        let error = home.look(&path, None).await.unwrap_err();
        assert_eq!(error.params["reason"], "price_table");
        assert!(
            error.params["detail"].contains(says),
            "{}",
            error.params["detail"]
        );
    }
    let path = home.file(
        "bad.json",
        r#"{"a/m": {"litellm_provider": "a", "input_cost_per_token": -1e-6},
            "a/n": {"litellm_provider": "a"}}"#,
    );
    let reply = home.look(&path, None).await.unwrap();
    assert_eq!(reply.token, None);
    let codes: Vec<&str> = reply
        .issues
        .iter()
        .map(|issue| issue.code.as_str())
        .collect();
    assert_eq!(codes, ["bad_value", "no_price", "no_price"]);
}

#[tokio::test]
async fn a_price_has_one_answer_for_an_instant_as_known_at_another() {
    let home = home(false).await;
    let path = home.file("first.json", FIRST);
    let preview = home.look(&path, None).await.unwrap();
    home.run(&preview.token.unwrap()).await.unwrap();
    let now = "2026-11-24T10:00:00Z";
    assert_eq!(home.price("m-20260101", now, None).await, "4");
    assert_eq!(home.price("m", "2020-01-01", Some(now)).await, "4");
    let before = home.price("m", now, Some("2026-11-24T09:59:59Z")).await;
    assert_eq!(before, "none is in force for this call at its time");
    assert_eq!(home.price("m-no-such", now, None).await, "NotFound");
    let request = PriceAtRequest {
        provider: "acme".to_owned(),
        model: "acme/m-latest".to_owned(),
        at: None,
        as_of: None,
        dimension: Some("cache_read_tokens".to_owned()),
        marks: vec![ratebook_api::wire::Fact {
            key: "processing".to_owned(),
            value: "batch".to_owned(),
        }],
        context_tokens: Count(0),
    };
    let reply = home.app.price_at(request).await.unwrap();
    assert_eq!(reply.matched.steps, ["undated", "prefix"]);
    let row = &reply.prices[0];
    assert_eq!(row.price.as_ref().unwrap().0, "2");
    assert_eq!(row.of.as_deref(), Some("input_tokens"));
    assert_eq!(row.rules.as_deref(), Some("litellm"));
    let rules: Vec<&str> = row
        .fallbacks
        .iter()
        .map(|rule| rule.value.as_str())
        .collect();
    assert_eq!(rules, ["input_tokens × 1", "input_tokens × 0.5"]);
}
