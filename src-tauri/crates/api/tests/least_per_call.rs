//! Calls that are billed at least ten seconds, from imported events to a final invoice that
//! verifies, through cuts of prices, late events, and everywhere else that cost is shown.

mod common;

use common::{draft, finalize, quiet, sample, verify};
use ratebook_api::App;
use ratebook_api::wire::{
    DecimalString, InvoiceGetReply, InvoiceLineText, MarkupScopeText, ModelGetRequest,
    PriceBookExportRequest, PriceBookImportRequest, PriceBookMissing, PriceEdit, PriceEditWhat,
    PriceManualRequest, PricePublishRequest, PriceStageRequest, PriceTryRequest, ScopeWord,
    UsageGroup, UsageImportRunRequest, UsageMeasure, UsageOverviewRequest,
};
use std::fs;

/// Instants of Vienna's October, and seconds of speech.
const CALLS: &[(&str, &str)] = &[
    ("2026-10-03T10:00:00Z", "3.5"),
    ("2026-10-03T10:20:00Z", "9.5"),
    ("2026-10-03T10:40:00Z", "10"),
    ("2026-10-15T21:59:59Z", "1"),
    ("2026-10-15T22:00:00Z", "0.25"),
    ("2026-10-20T08:00:00Z", "1200"),
    ("2026-10-31T22:59:59Z", "2"),
    ("2026-10-31T23:00:00Z", "4"),
];

async fn speak(app: &App, folder: &tempfile::TempDir, name: &str, calls: &[(&str, &str)]) {
    let lines = (1..).zip(calls).map(|(number, (at, seconds)): (u32, _)| {
        let head = format!(r#""source":"own","id":"{name} {number}","at":"{at}""#);
        let call = r#""event_name":"llm.call","provider":"groq","model":"whisper-large-v3""#;
        let used = format!(r#""quantities":{{"requests":1,"input_audio_seconds":"{seconds}"}}"#);
        format!(r#"{{{head},{call},"customer":"cus_alpenrad",{used}}}"#)
    });
    let path = folder.path().join(name);
    fs::write(&path, lines.collect::<Vec<_>>().join("\n")).unwrap();
    let request = UsageImportRunRequest {
        path: path.to_str().unwrap().to_owned(),
        format: "canonical".to_owned(),
        mapping: None,
        job_id: name.to_owned(),
    };
    let report = app.usage_import_run(request, quiet()).await.unwrap();
    assert_eq!(report.accepted.0, u64::try_from(calls.len()).unwrap());
}

fn speech(reply: &InvoiceGetReply) -> Vec<&InvoiceLineText> {
    let of_speech = |line: &&InvoiceLineText| {
        let model = line.model.as_deref().unwrap_or_default();
        model.contains("whisper") && line.description == "input_audio_seconds"
    };
    reply.lines.iter().filter(of_speech).collect()
}

/// Quantity, measured quantity, short calls, and what is missing of them.
fn told(line: &InvoiceLineText) -> [String; 4] {
    let step = |code: &str| line.steps.iter().find(|step| step.code == code);
    let short = step("short_calls");
    let fact = |key: &str| {
        let facts = short.map(|short| short.facts.iter());
        let fact = facts.and_then(|mut facts| facts.find(|fact| fact.key == key));
        fact.map_or("none".to_owned(), |fact| fact.value.clone())
    };
    let measured = step("quantity").map(|step| step.value.clone());
    let missing = fact("missing");
    [
        line.quantity.0.clone(),
        measured.unwrap(),
        fact("calls"),
        missing,
    ]
}

async fn negotiate(app: &App, from: &str, price: &str) {
    let request = PriceManualRequest {
        provider: "groq".to_owned(),
        model: "whisper-large-v3".to_owned(),
        dimension: "input_audio_seconds".to_owned(),
        price: Some(DecimalString(price.to_owned())),
        currency: "EUR".to_owned(),
        valid_from: Some(from.to_owned()),
        note: "agreed".to_owned(),
    };
    app.price_manual(request).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn short_calls_are_billed_as_the_least_in_drafts_and_final_invoices() {
    let folder = tempfile::tempdir().unwrap();
    let (app, customer) = sample(&folder, "Alpenrad").await;
    speak(&app, &folder, "calls.jsonl", CALLS).await;
    let before = draft(&app, &customer, "2026-10").await;
    let [line] = speech(&before)[..] else {
        panic!("{:#?}", before.lines)
    };
    // 10 + 10 + 10 + 10 + 10 + 1200 + 10, of 1226.25 measured; five are short.
    assert_eq!(told(line), ["1260", "1226.25", "5", "33.75"]);

    // A price from the middle of the month on parts the line, in the middle of an hour's bucket
    // in other zones; what is short stays with its part.
    negotiate(&app, "2026-10-16", "0.01").await;
    let parted = draft(&app, &customer, "2026-10").await;
    let parts: Vec<[String; 4]> = speech(&parted).into_iter().map(told).collect();
    assert_eq!(parts[0], ["40", "24", "3", "16"]);
    assert_eq!(parts[1], ["1220", "1202.25", "2", "17.75"]);
    assert_eq!(speech(&parted)[1].cost.as_ref().unwrap().amount.0, "12.20");

    let done = finalize(&app, &customer, "2026-10").await;
    let finals: Vec<[String; 4]> = speech(&done).into_iter().map(told).collect();
    assert_eq!(finals, parts);
    let invoices = 1;
    verify(&app, invoices).await;

    // What comes late changes nothing of it, and the next month has its own.
    speak(
        &app,
        &folder,
        "late.jsonl",
        &[("2026-10-03T10:30:00Z", "1")],
    )
    .await;
    verify(&app, invoices).await;
    let after = draft(&app, &customer, "2026-10").await;
    assert_eq!(
        speech(&after).into_iter().map(told).collect::<Vec<_>>(),
        parts
    );
    let next = draft(&app, &customer, "2026-11").await;
    let next: Vec<[String; 4]> = speech(&next).into_iter().map(told).collect();
    assert_eq!(next, [["10", "4", "1", "6"]]);
}

async fn cost_of_october(app: &App, group: UsageGroup) -> String {
    let request = UsageOverviewRequest {
        from: "2026-10-01".to_owned(),
        to: "2026-10-31".to_owned(),
        customer_id: None,
        model: Some("groq/whisper-large-v3".to_owned()),
        group,
        measure: UsageMeasure::Cost,
    };
    let reply = app.usage_overview(request).await.unwrap();
    reply.total.0
}

#[tokio::test(flavor = "multi_thread")]
async fn the_usage_page_and_the_price_book_know_the_least_quantity() {
    let folder = tempfile::tempdir().unwrap();
    let (app, _) = sample(&folder, "Alpenrad").await;
    negotiate(&app, "2026-01-01", "0.01").await;
    // Without the first of November, which in Berlin is the last of these.
    speak(&app, &folder, "calls.jsonl", &CALLS[..7]).await;
    for group in [UsageGroup::Customer, UsageGroup::Model] {
        assert_eq!(cost_of_october(&app, group).await, "12.60");
    }

    let request = ModelGetRequest {
        provider: "groq".to_owned(),
        model: "whisper-large-v3".to_owned(),
        at: None,
    };
    let model = app.model_get(request).await.unwrap();
    let steps = model.prices.iter().flat_map(|price| &price.steps);
    let least: Vec<&str> = steps
        .filter(|step| step.code == "least_per_call")
        .map(|step| step.value.as_str())
        .collect();
    assert_eq!(least, ["10"]);
}

fn own_price() -> PriceEdit {
    PriceEdit {
        scope: MarkupScopeText {
            level: ScopeWord::Book,
            owner: None,
            provider: Some("groq".to_owned()),
            model: Some("whisper-large-v3".to_owned()),
            dimension: Some("input_audio_seconds".to_owned()),
            conditions: Some(String::new()),
        },
        what: PriceEditWhat::Price,
        text: "0.02".to_owned(),
        markup: None,
        note: String::new(),
    }
}

/// An own price sells the billed quantity; its editor and its file say the least quantity, which a
/// file cannot change.
#[tokio::test(flavor = "multi_thread")]
async fn own_prices_sell_what_is_billed_and_files_show_the_least_quantity() {
    let folder = tempfile::tempdir().unwrap();
    let (app, customer) = sample(&folder, "Alpenrad").await;
    let edit = own_price();
    let at = None;
    let tried = app.price_try(PriceTryRequest { edit, at }).await.unwrap();
    assert_eq!(tried.at_least.map(|least| least.0), Some(10));
    let edits = vec![own_price()];
    let staged = app.price_stage(PriceStageRequest { edits }).await.unwrap();
    assert!(staged.staged);
    let publish = PricePublishRequest {
        only: None,
        valid_on: Some("2026-10-01".to_owned()),
        reason: "Speech".to_owned(),
        job_id: "publish".to_owned(),
    };
    app.price_publish(publish, quiet()).await.unwrap();
    speak(&app, &folder, "calls.jsonl", CALLS).await;
    let october = draft(&app, &customer, "2026-10").await;
    let [line] = speech(&october)[..] else {
        panic!("{:#?}", october.lines)
    };
    assert_eq!(line.amount.amount.0, "25.20");

    for name in ["book.toml", "book.csv", "book.xlsx"] {
        let path = folder.path().join(name).display().to_string();
        let request = PriceBookExportRequest { path: path.clone() };
        app.price_book_export(request).await.unwrap();
        let missing = PriceBookMissing::Keep;
        let request = PriceBookImportRequest { path, missing };
        let read = app.price_book_import(request).await.unwrap();
        assert_eq!((read.staged, read.changed.0), (true, 0), "{name}");
    }
    let path = folder.path().join("book.toml");
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains("at_least = \"10\""), "{text}");
    fs::write(&path, text.replace("at_least = \"10\"", "at_least = \"5\"")).unwrap();
    let request = PriceBookImportRequest {
        path: path.display().to_string(),
        missing: PriceBookMissing::Keep,
    };
    let read = app.price_book_import(request).await.unwrap();
    assert!(!read.staged);
    let fault = &read.faults[0].fault;
    assert_eq!(
        (fault.code.as_str(), fault.word.as_str()),
        ("other_least", "10")
    );
}
