//! Exchange rates are staged like prices: drawn in pencil, reviewed with their effect, fixed by the
//! version that is published, and restored with one.

mod common;

use common::{draft, quiet, sample};
use ratebook_api::wire::{
    Count, DecimalString, ExchangeListReply, ExchangeRow, ExchangeStageRequest, ExchangeText,
    GridFilter, JobCancelRequest, MarkupScopeText, Nothing, PriceCompareRequest, PriceEdit,
    PriceEditWhat, PriceGridRequest, PricePublishRequest, PriceRestoreRequest, PriceReviewReply,
    PriceReviewRequest, PriceStageRequest, ScopeWord,
};
use ratebook_api::{App, ErrorCode, Report};
use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Waker};

const KEY: &str = "rate:USD/EUR";

fn to(rate: &str) -> ExchangeText {
    ExchangeText {
        rate: DecimalString(rate.to_owned()),
        source: "ECB".to_owned(),
        on: "2026-11-20".to_owned(),
    }
}

async fn stage(app: &App, rate: Option<&str>) -> ExchangeListReply {
    let request = ExchangeStageRequest {
        base: "USD".to_owned(),
        quote: "EUR".to_owned(),
        to: rate.map(to),
    };
    app.exchange_stage(request).await.unwrap()
}

fn euro(list: &ExchangeListReply) -> (Option<&str>, Option<&str>) {
    let is_own = |row: &&ExchangeRow| row.base == "USD" && row.quote == "EUR";
    let row = list.rates.iter().find(is_own).unwrap();
    let published = row.published.as_ref().map(|text| text.rate.0.as_str());
    (
        published,
        row.staged.as_ref().map(|text| text.rate.0.as_str()),
    )
}

async fn review(app: &App) -> PriceReviewReply {
    let request = PriceReviewRequest {
        month: Some("2026-10".to_owned()),
        only: None,
    };
    app.price_review(request).await.unwrap()
}

fn publish(valid_on: &str) -> PricePublishRequest {
    PricePublishRequest {
        only: None,
        valid_on: Some(valid_on.to_owned()),
        reason: "The dollar rose".to_owned(),
        job_id: "publish".to_owned(),
    }
}

/// Cost in euros and sell price of one cell, and what it would sell for.
async fn haiku(app: &App) -> [Option<String>; 3] {
    let request = PriceGridRequest {
        search: "claude-haiku-4-5".to_owned(),
        provider: Some("anthropic".to_owned()),
        filter: GridFilter::All,
        offset: 0,
        limit: 50,
        at: None,
    };
    let grid = app.price_grid(request).await.unwrap();
    let row = grid.rows.iter().find(|row| row.model == "claude-haiku-4-5");
    let mut cells = row.unwrap().cells.iter();
    let cell = cells
        .find(|cell| cell.dimension == "output_tokens")
        .unwrap();
    let staged = cell.staged.as_ref().and_then(|staged| staged.sell.clone());
    [cell.cost_converted.clone(), cell.sell.clone(), staged].map(|text| text.map(|text| text.0))
}

fn some(texts: [&str; 3]) -> [Option<String>; 3] {
    texts.map(|text| Some(text.to_owned()).filter(|text| !text.is_empty()))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rate_is_pencil_until_it_is_published() {
    let folder = tempfile::tempdir().unwrap();
    let (app, customer) = sample(&folder, "Nordlicht").await;
    let before = draft(&app, &customer, "2026-10").await;
    let versions = app.price_version_list(Nothing {}).await.unwrap().versions;
    assert_eq!(haiku(&app).await, some(["4.3", "5.59", ""]));

    let listed = stage(&app, Some("0.9")).await;
    assert_eq!(euro(&listed), (Some("0.86"), Some("0.9")));
    // Pencil: shown in the grid, priced by nobody, and no version.
    assert_eq!(haiku(&app).await, some(["4.3", "5.59", "5.85"]));
    let same = draft(&app, &customer, "2026-10").await;
    assert_eq!(same.row.net, before.row.net);
    let head = app.price_draft_get(Nothing {}).await.unwrap().draft;
    assert_eq!(
        (head.staged, head.number.0),
        (Count(1), versions[0].number.0 + 1)
    );

    let reviewed = review(&app).await;
    let row = &reviewed.changes[0];
    assert_eq!((row.key.as_str(), row.what.as_str()), (KEY, "rate"));
    let text = |text: &Option<DecimalString>| text.as_ref().map(|text| text.0.clone()).unwrap();
    assert_eq!(
        [text(&row.was), text(&row.will_be), text(&row.change)],
        ["0.86", "0.9", "4.7"]
    );
    assert!(row.customers.0 > 1);
    assert_eq!(
        row.effect,
        Some(reviewed.revenue_change.clone()),
        "all of it is the rate's"
    );
    assert_eq!(reviewed.effect_rest.0, "0.00");
    assert!(!reviewed.revenue_change.0.starts_with('-') && reviewed.revenue_change.0 != "0.00");

    // Undo takes the staging back, redo brings it again; so does taking it back by hand.
    app.undo(Nothing {}).await.unwrap();
    let list = app.exchange_list(Nothing {}).await.unwrap();
    assert_eq!(euro(&list), (Some("0.86"), None));
    app.redo(Nothing {}).await.unwrap();
    assert_eq!(euro(&stage(&app, None).await), (Some("0.86"), None));
    stage(&app, Some("0.9")).await;

    let published = app
        .price_publish(publish("2026-10-01"), quiet())
        .await
        .unwrap();
    assert_eq!(published.draft.staged, Count(0));
    let list = app.exchange_list(Nothing {}).await.unwrap();
    assert_eq!(euro(&list), (Some("0.9"), None));
    assert_eq!(haiku(&app).await, some(["4.5", "5.85", ""]));
    let after = draft(&app, &customer, "2026-10").await;
    assert_ne!(after.row.net, before.row.net);
    let versions = app.price_version_list(Nothing {}).await.unwrap().versions;
    assert_eq!((versions[0].rates, versions[0].rules), (Count(1), Count(0)));
    // It holds from its day on: September is as it was.
    let september = draft(&app, &customer, "2026-09").await;
    let of_exchange = september.lines.iter().flat_map(|line| &line.steps);
    let mut rates = of_exchange.filter(|step| step.code == "exchange_rate");
    assert!(rates.all(|step| step.value == "0.86"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_is_compared_and_restored_with_its_rates() {
    let folder = tempfile::tempdir().unwrap();
    let (app, _) = sample(&folder, "Nordlicht").await;
    let versions = app.price_version_list(Nothing {}).await.unwrap().versions;
    let first = versions[0].number;
    stage(&app, Some("0.9")).await;
    app.price_publish(publish("2026-11-01"), quiet())
        .await
        .unwrap();
    let compare = PriceCompareRequest {
        from: first,
        to: Count(first.0 + 1),
    };
    let compared = app.price_version_compare(compare).await.unwrap();
    let text = |text: &Option<ExchangeText>| text.as_ref().map(|text| text.rate.0.clone());
    let differing: Vec<_> = compared
        .rates
        .iter()
        .map(|rate| (text(&rate.was), text(&rate.will_be)))
        .collect();
    assert_eq!(
        differing,
        [(Some("0.86".to_owned()), Some("0.9".to_owned()))]
    );

    let restore = PriceRestoreRequest { number: first };
    let restored = app.price_version_restore(restore).await.unwrap();
    assert_eq!(restored.draft.staged, Count(1));
    let list = app.exchange_list(Nothing {}).await.unwrap();
    assert_eq!(euro(&list), (Some("0.9"), Some("0.86")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rate_that_cannot_be_is_refused_with_its_field() {
    let folder = tempfile::tempdir().unwrap();
    let (app, _) = sample(&folder, "Nordlicht").await;
    for (base, quote, rate, field) in [
        ("USD", "USD", "1", "quote"),
        ("USD", "EUR", "-1", "rate"),
        ("USD", "EUR", "soon", "rate"),
        ("XXXX", "EUR", "1", "base"),
    ] {
        let request = ExchangeStageRequest {
            base: base.to_owned(),
            quote: quote.to_owned(),
            to: Some(to(rate)),
        };
        let refused = app.exchange_stage(request).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::Invalid, "{base} {quote} {rate}");
        assert_eq!(refused.issues[0].path, field, "{base} {quote} {rate}");
    }
    assert_eq!(review(&app).await.total, Count(0));
}

/// Asks the job to end before anything else happens: the command waits for nothing.
fn cancel(app: &App) {
    let request = JobCancelRequest {
        job_id: "publish".to_owned(),
    };
    let asked = pin!(app.job_cancel(request));
    let done = asked.poll(&mut Context::from_waker(Waker::noop()));
    assert!(done.is_ready());
}

/// Publishing tells how far it is, and cancelled at any moment it has left no trace.
#[tokio::test(flavor = "multi_thread")]
async fn publishing_is_cancelled_without_a_trace() {
    let folder = tempfile::tempdir().unwrap();
    let (app, _) = sample(&folder, "Nordlicht").await;
    stage(&app, Some("0.9")).await;
    let edit = |number: u32| PriceEdit {
        scope: MarkupScopeText {
            level: ScopeWord::Book,
            owner: None,
            provider: Some("anthropic".to_owned()),
            model: Some("claude-haiku-4-5".to_owned()),
            dimension: Some(format!("custom:d{number}")),
            conditions: Some(String::new()),
        },
        what: PriceEditWhat::Price,
        text: "1".to_owned(),
        markup: None,
        note: String::new(),
    };
    // Three parts of writing.
    let edits = (0..2_500).map(edit).collect();
    let staged = app.price_stage(PriceStageRequest { edits }).await.unwrap();
    assert!(staged.staged);
    let before = app.price_version_list(Nothing {}).await.unwrap();

    let seen = Arc::new(AtomicU64::new(0));
    for cancel_at in [0, 1_000, 2_500] {
        let (own, seen) = (Arc::clone(&app), Arc::clone(&seen));
        let report: Report = Arc::new(move |progress| {
            seen.fetch_add(1, Ordering::Relaxed);
            assert_eq!(progress.total, Some(Count(2_500)));
            if progress.done == Count(cancel_at) {
                cancel(&own);
            }
        });
        let refused = app.price_publish(publish("2026-11-01"), report).await;
        assert_eq!(
            refused.unwrap_err().code,
            ErrorCode::Cancelled,
            "{cancel_at}"
        );
        let after = app.price_version_list(Nothing {}).await.unwrap();
        assert_eq!(after, before, "{cancel_at}");
    }
    assert!(seen.load(Ordering::Relaxed) >= 6);
    let published = app
        .price_publish(publish("2026-11-01"), quiet())
        .await
        .unwrap();
    assert_eq!(published.draft.staged, Count(0));
    let list = app.price_version_list(Nothing {}).await.unwrap();
    assert_eq!(
        (list.versions[0].rules, list.versions[0].rates),
        (Count(2_500), Count(1))
    );
    app.undo(Nothing {}).await.unwrap();
    let undone = app.price_version_list(Nothing {}).await.unwrap();
    assert_eq!(undone, before);
}
