//! What of prices wants a look, in the inbox of a real book: after a price was published, after it
//! was undone, and as time goes by.

mod common;

use ratebook_api::App;
use ratebook_api::wire::{
    DecimalString, GridFilter, InboxItem, InboxKind, MarkupScopeText, Nothing, PriceEdit,
    PriceEditWhat, PriceGridRequest, PriceImportPreviewRequest, PriceImportRunRequest,
    PriceManualRequest, PricePublishRequest, PriceStageRequest, ScopeWord, UsageImportRunRequest,
};
use ratebook_money::Timestamp;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

const HAIKU: (&str, &str) = ("anthropic", "claude-haiku-4-5");
const DAY: i64 = 86_400_000_000;
/// Microseconds after the start; each look adds a second.
static CLOCK: AtomicI64 = AtomicI64::new(0);

fn now() -> Timestamp {
    let start = Timestamp::parse("2026-11-23T10:00:00Z").unwrap();
    Timestamp::from_micros(start.micros() + CLOCK.fetch_add(1_000_000, Ordering::Relaxed))
}

struct Desk {
    folder: tempfile::TempDir,
    app: App,
}

impl Desk {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let app = common::sample_book(&folder, now).await;
        Self { folder, app }
    }

    async fn publish(&self, dimension: &str, price: &str) {
        let edit = PriceEdit {
            scope: MarkupScopeText {
                level: ScopeWord::Book,
                owner: None,
                provider: Some(HAIKU.0.to_owned()),
                model: Some(HAIKU.1.to_owned()),
                dimension: Some(dimension.to_owned()),
                conditions: Some(String::new()),
            },
            what: PriceEditWhat::Price,
            text: price.to_owned(),
            markup: None,
            note: String::new(),
        };
        let edits = vec![edit];
        let staged = self.app.price_stage(PriceStageRequest { edits }).await;
        assert!(staged.unwrap().staged);
        let request = PricePublishRequest {
            only: None,
            valid_on: None,
            reason: "test".to_owned(),
            job_id: "publish".to_owned(),
        };
        self.app
            .price_publish(request, Arc::new(|_| {}))
            .await
            .unwrap();
    }

    async fn manual(&self, dimension: &str, price: &str) {
        let request = PriceManualRequest {
            provider: HAIKU.0.to_owned(),
            model: HAIKU.1.to_owned(),
            dimension: dimension.to_owned(),
            price: Some(DecimalString(price.to_owned())),
            currency: "USD".to_owned(),
            valid_from: None,
            note: String::new(),
        };
        self.app.price_manual(request).await.unwrap();
    }

    async fn items(&self, kind: InboxKind) -> Vec<InboxItem> {
        let mut items = self.app.inbox_list(Nothing {}).await.unwrap().items;
        items.retain(|item| item.kind == kind);
        items
    }

    /// `subject detail` of the items of a kind.
    async fn named(&self, kind: InboxKind) -> Vec<String> {
        let items = self.items(kind).await;
        let named = items.iter();
        named
            .map(|item| {
                format!("{} {}", item.subject, item.detail)
                    .trim()
                    .to_owned()
            })
            .collect()
    }

    async fn undo(&self) {
        self.app.undo(Nothing {}).await.unwrap();
    }

    async fn redo(&self) {
        self.app.redo(Nothing {}).await.unwrap();
    }

    async fn table(&self, name: &str, text: &str) {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        let request = PriceImportPreviewRequest {
            place: path.display().to_string(),
            mapping: None,
            job_id: "p".to_owned(),
        };
        let look = self.app.price_import_preview(request, Arc::new(|_| {}));
        let token = look.await.unwrap().token.unwrap();
        let job_id = "r".to_owned();
        let request = PriceImportRunRequest { token, job_id };
        let run = self.app.price_import_run(request, Arc::new(|_| {}));
        run.await.unwrap();
    }
}

const OUTPUT: &str = "anthropic/claude-haiku-4-5 output_tokens";
const INPUT: &str = "anthropic/claude-haiku-4-5 input_tokens";

#[tokio::test(flavor = "multi_thread")]
async fn prices_are_watched_after_publishing_and_undo_and_over_time() {
    let desk = Desk::new().await;
    assert_eq!(desk.app.inbox_list(Nothing {}).await.unwrap().items, []);
    below_cost(&desk).await;
    not_followed(&desk).await;
    without_a_price(&desk).await;
    old(&desk).await;
}

/// Sold below cost: 5 dollars are 4.30 euros.
async fn below_cost(desk: &Desk) {
    desk.publish("output_tokens", "4.3").await;
    assert_eq!(desk.named(InboxKind::BelowCost).await, [""; 0]);
    desk.publish("output_tokens", "4.29").await;
    let items = desk.items(InboxKind::BelowCost).await;
    assert_eq!(desk.named(InboxKind::BelowCost).await, [OUTPUT]);
    assert!(items[0].events.0 > 1_000, "{items:?}");
    // The grid marks the same price.
    let request = PriceGridRequest {
        search: String::new(),
        provider: None,
        filter: GridFilter::BelowCost,
        offset: 0,
        limit: 50,
        at: None,
    };
    let grid = desk.app.price_grid(request).await.unwrap();
    let models: Vec<&str> = grid.rows.iter().map(|row| row.model.as_str()).collect();
    assert_eq!(models, [HAIKU.1]);
    desk.undo().await;
    assert_eq!(desk.named(InboxKind::BelowCost).await, [""; 0]);
    desk.redo().await;
    assert_eq!(desk.items(InboxKind::BelowCost).await, items);
    desk.publish("output_tokens", "6").await;
    assert_eq!(desk.named(InboxKind::BelowCost).await, [""; 0]);
}

/// The provider's price changed and the own price did not follow.
async fn not_followed(desk: &Desk) {
    desk.publish("input_tokens", "2").await;
    assert_eq!(desk.named(InboxKind::NotFollowed).await, [""; 0]);
    desk.manual("input_tokens", "1.5").await;
    assert_eq!(desk.named(InboxKind::NotFollowed).await, [INPUT]);
    desk.undo().await;
    assert_eq!(desk.named(InboxKind::NotFollowed).await, [""; 0]);
    desk.redo().await;
    assert_eq!(desk.named(InboxKind::NotFollowed).await, [INPUT]);
    desk.publish("input_tokens", "2.4").await;
    assert_eq!(
        desk.named(InboxKind::NotFollowed).await,
        [""; 0],
        "it was looked at"
    );
}

/// A model in use without a price.
async fn without_a_price(desk: &Desk) {
    let line = r#"{"source":"test","id":"a","event_name":"llm.call","at":"2026-11-05T10:00:00Z",
        "customer":"cus_nordlicht","provider":"anthropic","model":"claude-haiku-4-5",
        "quantities":{"output_images":3}}"#;
    let path = desk.folder.path().join("usage.jsonl");
    std::fs::write(&path, line.replace('\n', "")).unwrap();
    let request = UsageImportRunRequest {
        path: path.display().to_string(),
        format: "auto".to_owned(),
        mapping: None,
        job_id: "u".to_owned(),
    };
    let report = desk.app.usage_import_run(request, Arc::new(|_| {})).await;
    assert_eq!(report.unwrap().accepted.0, 1);
    let missing = "anthropic/claude-haiku-4-5 output_images";
    assert_eq!(desk.named(InboxKind::NoPrice).await, [missing]);
    assert_eq!(desk.items(InboxKind::NoPrice).await[0].events.0, 1);
    desk.manual("output_images", "0.04").await;
    assert_eq!(desk.named(InboxKind::NoPrice).await, [""; 0]);
    desk.undo().await;
    assert_eq!(desk.named(InboxKind::NoPrice).await, [missing]);
    desk.redo().await;
    assert_eq!(desk.named(InboxKind::NoPrice).await, [""; 0]);
}

/// Nobody has looked at the provider's prices for thirty days.
async fn old(desk: &Desk) {
    assert_eq!(desk.named(InboxKind::OldPrices).await, [""; 0]);
    CLOCK.fetch_add(40 * DAY, Ordering::Relaxed);
    let providers = async || {
        let items = desk.items(InboxKind::OldPrices).await;
        let mut names: Vec<String> = items.into_iter().map(|item| item.subject).collect();
        names.sort_unstable();
        names
    };
    let all = providers().await;
    // What was entered by hand was looked at that day, not the table.
    assert!(all.contains(&"anthropic".to_owned()) && all.contains(&"openai".to_owned()));
    let items = desk.items(InboxKind::OldPrices).await;
    let of_openai = items.iter().find(|item| item.subject == "openai").unwrap();
    assert_eq!(of_openai.detail, "2026-11-23");
    // A table that says what is known already was looked at all the same.
    let same = r#"{"gpt-5-mini": {"litellm_provider": "openai",
        "input_cost_per_token": 2.5e-7}}"#;
    desk.table("same.json", same).await;
    let left = providers().await;
    assert!(!left.contains(&"openai".to_owned()), "{left:?}");
}
