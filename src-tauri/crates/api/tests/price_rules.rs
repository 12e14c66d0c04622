//! What a draft of the price book does beside the bills: usage that would wait, prices below cost,
//! and which change each effect comes from.

mod common;

use ratebook_api::wire::{
    Count, MarkupScopeText, Nothing, PriceEdit, PriceEditWhat, PricePublishRequest,
    PriceReviewReply, PriceReviewRequest, PriceSettingsSaveRequest, PriceStageRequest, ScopeWord,
};
use ratebook_api::{App, ErrorCode};
use ratebook_money::Timestamp;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

const HAIKU: (&str, &str) = ("anthropic", "claude-haiku-4-5");

/// Ids and clock go on with each look.
fn now() -> Timestamp {
    static TICKS: AtomicI64 = AtomicI64::new(0);
    let start = Timestamp::parse("2026-11-23T10:00:00Z").unwrap();
    Timestamp::from_micros(start.micros() + TICKS.fetch_add(1_000_000, Ordering::Relaxed))
}

async fn sample(folder: &tempfile::TempDir) -> App {
    common::sample_book(folder, now).await
}

fn edit(
    (provider, model): (&str, &str),
    dimension: &str,
    what: PriceEditWhat,
    text: &str,
) -> PriceEdit {
    PriceEdit {
        scope: MarkupScopeText {
            level: ScopeWord::Book,
            owner: None,
            provider: Some(provider.to_owned()),
            model: Some(model.to_owned()),
            dimension: Some(dimension.to_owned()),
            conditions: Some(String::new()),
        },
        what,
        text: text.to_owned(),
        markup: None,
        note: String::new(),
    }
}

async fn stage(app: &App, edits: Vec<PriceEdit>) {
    let reply = app.price_stage(PriceStageRequest { edits }).await.unwrap();
    assert!(reply.staged, "{:?}", reply.results);
}

async fn review(app: &App) -> PriceReviewReply {
    let request = PriceReviewRequest {
        month: Some("2026-10".to_owned()),
        only: None,
    };
    app.price_review(request).await.unwrap()
}

async fn publish(app: &App) -> Result<Count, ratebook_api::ApiError> {
    let request = PricePublishRequest {
        only: None,
        // The month that is looked at is priced by it too.
        valid_on: Some("2026-09-01".to_owned()),
        reason: "test".to_owned(),
        job_id: "publish".to_owned(),
    };
    app.price_publish(request, Arc::new(|_| {}))
        .await
        .map(|reply| reply.number)
}

fn cents(text: &str) -> i64 {
    text.replace('.', "").parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_review_names_usage_that_would_wait() {
    let folder = tempfile::tempdir().unwrap();
    let app = sample(&folder).await;
    stage(
        &app,
        vec![edit(HAIKU, "output_tokens", PriceEditWhat::Price, "6")],
    )
    .await;
    let reply = review(&app).await;
    assert_eq!((reply.held_total, reply.held_events), (Count(0), Count(0)));

    // A list price in euros: two customers pay in dollars, and no rate leads there.
    let sol = ("openai", "gpt-6.1-sol");
    stage(
        &app,
        vec![edit(sol, "output_tokens", PriceEditWhat::Price, "20")],
    )
    .await;
    let reply = review(&app).await;
    let mut rows: Vec<(&str, &str, &str, &str)> = reply
        .held
        .iter()
        .map(|row| {
            (
                row.customer.as_str(),
                row.model.as_str(),
                row.dimension.as_str(),
                row.reason.as_str(),
            )
        })
        .collect();
    rows.sort_unstable();
    rows.dedup();
    assert_eq!(
        rows,
        [
            (
                "Kite & Key Labs Inc.",
                "gpt-6.1-sol",
                "output_tokens",
                "no_exchange_rate"
            ),
            (
                "Sable & Finch LLC",
                "gpt-6.1-sol",
                "output_tokens",
                "no_exchange_rate"
            ),
        ]
    );
    assert_eq!(reply.held_total.0, u64::try_from(reply.held.len()).unwrap());
    let facts: Vec<(&str, &str)> = reply.held[0]
        .facts
        .iter()
        .map(|fact| (fact.key.as_str(), fact.value.as_str()))
        .collect();
    assert_eq!(facts, [("base", "EUR"), ("quote", "USD")]);
    let events: u64 = reply.held.iter().map(|row| row.events.0).sum();
    assert!(events > 0 && reply.held_events.0 == events);
    assert!(
        reply
            .held
            .iter()
            .all(|row| row.quantity.0.parse::<u64>().unwrap() > 0)
    );

    // What waits as it is published is not told again.
    publish(&app).await.unwrap();
    stage(
        &app,
        vec![edit(sol, "output_tokens", PriceEditWhat::Price, "21")],
    )
    .await;
    assert_eq!(review(&app).await.held_total, Count(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn prices_below_cost_block_where_the_book_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let app = sample(&folder).await;
    let edits = vec![
        edit(HAIKU, "output_tokens", PriceEditWhat::Price, "4"),
        edit(HAIKU, "input_tokens", PriceEditWhat::Price, "2"),
    ];
    stage(&app, edits).await;
    let reply = review(&app).await;
    assert!(!reply.below_cost_blocks);
    let named: Vec<(&str, &str, &str)> = reply
        .blocking
        .iter()
        .map(|one| {
            (
                one.dimension.as_str(),
                one.sell.0.as_str(),
                one.cost.0.as_str(),
            )
        })
        .collect();
    // 5 dollars at 0.86.
    assert_eq!(named, [("output_tokens", "4", "4.3")]);
    assert_eq!(reply.blocking_total, Count(1));

    let rule = PriceSettingsSaveRequest {
        below_cost_blocks: true,
    };
    let saved = app.price_settings_save(rule).await.unwrap();
    assert!(saved.below_cost_blocks);
    assert!(review(&app).await.below_cost_blocks);
    let refused = publish(&app).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::Invalid);
    let issue = &refused.issues[0];
    assert_eq!(
        (
            refused.issues.len(),
            issue.path.as_str(),
            issue.code.as_str()
        ),
        (1, "changes", "below_cost")
    );
    assert_eq!(issue.params["place"], "claude-haiku-4-5 output_tokens");
    assert_eq!(
        (issue.params["sell"].as_str(), issue.params["cost"].as_str()),
        ("4", "4.3")
    );
    let draft = app.price_draft_get(Nothing {}).await.unwrap().draft;
    assert_eq!(draft.staged, Count(2), "what is refused stays staged");

    // The setting is a step like any other.
    app.undo(Nothing {}).await.unwrap();
    assert!(
        !app.price_settings_get(Nothing {})
            .await
            .unwrap()
            .below_cost_blocks
    );
    publish(&app).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wider_rule_and_another_row_bring_prices_below_cost_too() {
    let folder = tempfile::tempdir().unwrap();
    let app = sample(&folder).await;
    let formula = edit(
        HAIKU,
        "output_tokens",
        PriceEditWhat::Formula,
        "= row(input) * 5",
    );
    stage(&app, vec![formula]).await;
    assert_eq!(review(&app).await.blocking_total, Count(0));
    publish(&app).await.unwrap();
    // Input at 0.8 makes output 4, which costs 4.3; input itself costs 0.86.
    stage(
        &app,
        vec![edit(HAIKU, "input_tokens", PriceEditWhat::Price, "0.8")],
    )
    .await;
    let reply = review(&app).await;
    let mut named: Vec<&str> = reply
        .blocking
        .iter()
        .map(|one| one.dimension.as_str())
        .collect();
    named.sort_unstable();
    assert_eq!(named, ["input_tokens", "output_tokens"]);
    app.price_draft_discard(Nothing {}).await.unwrap();

    let mut wide = edit(HAIKU, "", PriceEditWhat::Percent, "-10");
    wide.scope.dimension = None;
    wide.scope.conditions = None;
    wide.scope.model = None;
    stage(&app, vec![wide]).await;
    let reply = review(&app).await;
    assert!(reply.blocking_total.0 > 100 && reply.blocking.len() == 100);
    let own = |one: &&ratebook_api::wire::PriceBlock| {
        one.model == HAIKU.1 && one.dimension == "output_tokens" && one.conditions.is_empty()
    };
    assert!(
        !reply.blocking.iter().any(|one| own(&one)),
        "it has a price of its own"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn effects_through_another_row_belong_to_the_change_of_that_row() {
    let folder = tempfile::tempdir().unwrap();
    let app = sample(&folder).await;
    let formula = edit(
        HAIKU,
        "output_tokens",
        PriceEditWhat::Formula,
        "= row(input) * 5",
    );
    stage(&app, vec![formula]).await;
    publish(&app).await.unwrap();
    stage(
        &app,
        vec![edit(HAIKU, "input_tokens", PriceEditWhat::Price, "3")],
    )
    .await;
    let reply = review(&app).await;
    let [change] = reply.changes.as_slice() else {
        panic!("{:?}", reply.changes)
    };
    let effect = cents(&change.effect.as_ref().unwrap().0);
    assert_eq!(effect, cents(&reply.revenue_change.0));
    assert_eq!(cents(&reply.effect_rest.0), 0);

    // With a price of its own for output the formula is out of the way: then input does less.
    let own = edit(HAIKU, "output_tokens", PriceEditWhat::Price, "15");
    stage(&app, vec![own]).await;
    let reply = review(&app).await;
    let effects: Vec<i64> = reply
        .changes
        .iter()
        .map(|change| cents(&change.effect.as_ref().unwrap().0))
        .collect();
    assert!(effects[0] > 0 && effects[0] < effect && effects[1] > 0);
    let rest = cents(&reply.effect_rest.0);
    assert_eq!(
        effects.iter().sum::<i64>() + rest,
        cents(&reply.revenue_change.0)
    );
    assert_eq!(
        effects.iter().sum::<i64>(),
        effect,
        "15 is what the formula says of 3"
    );
}
