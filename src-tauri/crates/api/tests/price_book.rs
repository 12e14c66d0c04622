//! The price book edited: staged, tried, reviewed, published, compared, restored, undone.

mod common;

use ratebook_api::wire::{
    Count, DecimalString, GridFilter, InvoiceFinalizeRequest, InvoiceListRequest,
    InvoiceVerifyRequest, MarkupScopeText, Nothing, PriceBulkRequest, PriceBulkWhat, PriceCell,
    PriceCompareRequest, PriceDraftSaveRequest, PriceEdit, PriceEditWhat, PriceGridRequest,
    PriceManualRequest, PricePasteColumn, PricePasteRequest, PricePasteRow, PricePlace,
    PricePublishRequest, PriceRestoreRequest, PriceReviewRequest, PriceStageReply,
    PriceStageRequest, PriceTryRequest, RuleTestRequest, ScopeWord,
};
use ratebook_api::{App, ErrorCode};
use ratebook_money::Timestamp;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

const PROVIDER: &str = "anthropic";
const MODEL: &str = "claude-haiku-4-5";
const INPUT: &str = "input_tokens";
const OUTPUT: &str = "output_tokens";

/// The clock goes on by a second with each look.
fn now() -> Timestamp {
    static TICKS: AtomicU64 = AtomicU64::new(0);
    let ticks = i64::try_from(TICKS.fetch_add(1, Ordering::Relaxed)).unwrap();
    let start = Timestamp::parse("2026-11-23T10:00:00Z").unwrap();
    Timestamp::from_micros(start.micros() + ticks * 1_000_000)
}

fn app(folder: &tempfile::TempDir) -> App {
    common::app(folder, now)
}

async fn sample(folder: &tempfile::TempDir) -> App {
    let app = app(folder);
    app.book_sample_open(Nothing {}).await.unwrap();
    app
}

fn scope(dimension: &str) -> MarkupScopeText {
    MarkupScopeText {
        level: ScopeWord::Book,
        owner: None,
        provider: Some(PROVIDER.to_owned()),
        model: Some(MODEL.to_owned()),
        dimension: Some(dimension.to_owned()),
        conditions: Some(String::new()),
    }
}

fn edit(dimension: &str, what: PriceEditWhat, text: &str) -> PriceEdit {
    PriceEdit {
        scope: scope(dimension),
        what,
        text: text.to_owned(),
        markup: None,
        note: "why".to_owned(),
    }
}

async fn stage(app: &App, edits: Vec<PriceEdit>) -> PriceStageReply {
    app.price_stage(PriceStageRequest { edits }).await.unwrap()
}

async fn cell(app: &App, dimension: &str) -> PriceCell {
    let request = PriceGridRequest {
        search: MODEL.to_owned(),
        provider: Some(PROVIDER.to_owned()),
        filter: GridFilter::All,
        offset: 0,
        limit: 50,
        at: None,
    };
    let grid = app.price_grid(request).await.unwrap();
    let row = grid.rows.iter().find(|row| row.model == MODEL).unwrap();
    let cell = row.cells.iter().find(|cell| cell.dimension == dimension);
    cell.unwrap().clone()
}

fn text(value: Option<&DecimalString>) -> &str {
    value.map_or("", |value| &value.0)
}

fn publish(only: Option<Vec<String>>, valid_on: Option<&str>) -> PricePublishRequest {
    PricePublishRequest {
        only,
        valid_on: valid_on.map(str::to_owned),
        reason: "Match two lost quotes".to_owned(),
        job_id: "publish".to_owned(),
    }
}

const REVIEW: PriceReviewRequest = PriceReviewRequest {
    month: None,
    only: None,
};

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_is_tried_staged_and_undone() {
    let folder = tempfile::tempdir().unwrap();
    let app = sample(&folder).await;
    // Costs 5 dollars per million: 4.30 euros, and 30 % on it.
    let before = cell(&app, OUTPUT).await;
    assert_eq!(
        (
            text(before.cost_converted.as_ref()),
            text(before.sell.as_ref())
        ),
        ("4.3", "5.59")
    );
    let tried = app
        .price_try(PriceTryRequest {
            edit: edit(OUTPUT, PriceEditWhat::Formula, "=cost*1.5"),
            at: None,
        })
        .await
        .unwrap();
    assert_eq!(tried.fault, None);
    assert_eq!(text(tried.sell.as_ref()), "6.45");
    assert_eq!(text(tried.margin.as_ref()), "33.3");
    assert_eq!(text(tried.change.as_ref()), "15.4");
    assert_eq!(tried.formula.as_deref(), Some("cost * 1.5"));
    let names: Vec<(&str, &str)> = tried
        .names
        .iter()
        .map(|name| (name.key.as_str(), name.value.as_str()))
        .collect();
    assert_eq!(
        names,
        [("cost", "4.3"), ("list", "4.3"), ("published", "5.59")]
    );

    let staged = stage(
        &app,
        vec![edit(OUTPUT, PriceEditWhat::Formula, "=published - 0.09")],
    )
    .await;
    assert!(staged.staged);
    assert_eq!(staged.draft.staged, Count(1));
    let staged = cell(&app, OUTPUT).await;
    assert_eq!(
        text(staged.sell.as_ref()),
        "5.59",
        "nobody pays a staged price"
    );
    let pencil = staged.staged.unwrap();
    assert_eq!((text(pencil.sell.as_ref()), pencil.here), ("5.5", true));
    let own = pencil.own.unwrap();
    assert_eq!(own.typed.as_deref(), Some("=published - 0.09"));
    assert_eq!(own.formula.as_deref(), Some("5.59 - 0.09"));

    app.undo(Nothing {}).await.unwrap();
    assert_eq!(cell(&app, OUTPUT).await, before);
    app.redo(Nothing {}).await.unwrap();
    assert!(cell(&app, OUTPUT).await.staged.is_some());
    app.price_draft_discard(Nothing {}).await.unwrap();
    assert_eq!(cell(&app, OUTPUT).await, before);
    app.undo(Nothing {}).await.unwrap();
    assert_eq!(
        app.price_draft_get(Nothing {}).await.unwrap().draft.staged,
        Count(1)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn faults_are_named_at_their_edit_and_nothing_is_staged() {
    let folder = tempfile::tempdir().unwrap();
    let app = sample(&folder).await;
    let staged = stage(
        &app,
        vec![
            edit(OUTPUT, PriceEditWhat::Price, "6"),
            edit(INPUT, PriceEditWhat::Formula, "= cost / (2 - 2)"),
            edit(INPUT, PriceEditWhat::Price, "ten"),
            edit("no_such_tokens", PriceEditWhat::Price, "1"),
        ],
    )
    .await;
    assert!(!staged.staged);
    assert_eq!(staged.draft.staged, Count(0));
    let codes: Vec<Option<&str>> = staged
        .results
        .iter()
        .map(|result| result.fault.as_ref().map(|fault| fault.code.as_str()))
        .collect();
    // What cannot be read is named first; the formula is looked at when all can be.
    assert_eq!(codes, [None, None, Some("not_a_number"), Some("unknown")]);
    for (typed, code, at) in [
        ("= cost / (2 - 2)", "division_by_zero", 7),
        ("= row(output)", "loop", 2),
        ("= profit * 2", "unknown_name", 2),
        ("= cost - 100", "negative", 0),
        ("= cost / 0.7", "not_finite", 7),
    ] {
        let edits = vec![edit(OUTPUT, PriceEditWhat::Formula, typed)];
        let reply = stage(&app, edits).await;
        let fault = reply.results[0].fault.clone().unwrap();
        assert_eq!(
            (fault.code.as_str(), fault.at),
            (code, Some(Count(at))),
            "{typed}"
        );
    }
    // A loop over two cells that are staged together.
    let reply = stage(
        &app,
        vec![
            edit(INPUT, PriceEditWhat::Formula, "= row(output) / 5"),
            edit(OUTPUT, PriceEditWhat::Formula, "= row(input) * 5"),
        ],
    )
    .await;
    let codes = reply
        .results
        .iter()
        .map(|result| result.fault.as_ref().unwrap().code.as_str());
    assert_eq!(codes.collect::<Vec<_>>(), ["loop", "loop"]);
    assert!(!reply.staged);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_reviewed_published_and_restored() {
    let folder = tempfile::tempdir().unwrap();
    let app = sample(&folder).await;
    let list = app.price_version_list(Nothing {}).await.unwrap();
    let first = list.draft.live.unwrap();
    stage(
        &app,
        vec![
            edit(INPUT, PriceEditWhat::Formula, "= cost * 2"),
            edit(OUTPUT, PriceEditWhat::Price, "0.01"),
        ],
    )
    .await;
    let review = app.price_review(REVIEW).await.unwrap();
    assert_eq!((review.total, review.failed), (Count(2), Count(0)));
    let (input, output) = (&review.changes[0], &review.changes[1]);
    assert_eq!(
        (text(input.was.as_ref()), text(input.will_be.as_ref())),
        ("1.118", "1.72")
    );
    assert_eq!(text(input.margin_after.as_ref()), "50.0");
    assert!(output.below_cost && !input.below_cost);
    assert!(input.customers.0 > 0, "the sample uses the model");
    // The changes' effects are all of the difference.
    let cents = |value: &str| value.replace('.', "").parse::<i64>().unwrap();
    let parts = [input, output].map(|row| cents(text(row.effect.as_ref())));
    assert_eq!(parts.iter().sum::<i64>(), cents(&review.revenue_change.0));
    assert!(parts[0] > 0 && parts[1] < 0);
    let loss = review
        .below_cost
        .iter()
        .find(|loss| loss.model == MODEL)
        .unwrap();
    assert_eq!(
        (loss.dimension.as_str(), loss.loss.is_some()),
        (OUTPUT, true)
    );

    let refused = app.price_publish(
        PricePublishRequest {
            reason: " ".to_owned(),
            ..publish(None, None)
        },
        Arc::new(|_| {}),
    );
    assert_eq!(refused.await.unwrap_err().code, ErrorCode::Invalid);
    let only = Some(vec![input.key.clone()]);
    let published = app
        .price_publish(publish(only, None), Arc::new(|_| {}))
        .await
        .unwrap();
    assert_eq!(
        published.draft.staged,
        Count(1),
        "the other one stays staged"
    );
    let shown = cell(&app, INPUT).await;
    assert_eq!(text(shown.sell.as_ref()), "1.72");
    assert_eq!(shown.staged, None);
    let list = app.price_version_list(Nothing {}).await.unwrap();
    let newest = &list.versions[0];
    assert_eq!((newest.number, newest.live), (published.number, true));
    assert_eq!(newest.reason, "Match two lost quotes");
    assert_eq!(newest.kind, "draft");

    restored(&app, first, published.number).await;
}

/// What a version changed is compared with the one before it, and taken back as another version.
async fn restored(app: &App, first: Count, number: Count) {
    let compared = app
        .price_version_compare(PriceCompareRequest {
            from: first,
            to: number,
        })
        .await
        .unwrap();
    assert_eq!(compared.total, Count(1));
    let own = compared.rows[0]
        .after
        .as_ref()
        .unwrap()
        .own
        .as_ref()
        .unwrap();
    assert_eq!(own.formula.as_deref(), Some("cost * 2"));
    assert!(compared.rows[0].before.is_none());

    let draft = app
        .price_version_restore(PriceRestoreRequest { number: first })
        .await
        .unwrap()
        .draft;
    assert_eq!((draft.staged, draft.restores), (Count(1), Some(first)));
    app.price_publish(publish(None, None), Arc::new(|_| {}))
        .await
        .unwrap();
    assert_eq!(text(cell(app, INPUT).await.sell.as_ref()), "1.118");
    let list = app.price_version_list(Nothing {}).await.unwrap();
    assert_eq!(
        (list.versions[0].kind.as_str(), list.versions[0].restores),
        ("rollback", Some(first))
    );
}

async fn october(app: &App) -> (String, Vec<String>) {
    let month = InvoiceListRequest {
        month: Some("2026-10".to_owned()),
    };
    let list = app.invoice_list(month).await.unwrap();
    let rows = list.rows.iter();
    let nets = rows.map(|row| format!("{} {}", row.customer, row.net.amount.0));
    (list.month, nets.collect())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backdated_version_prices_drafts_anew_and_leaves_invoices() {
    let folder = tempfile::tempdir().unwrap();
    let app = sample(&folder).await;
    let (_, drafts) = october(&app).await;
    stage(&app, vec![edit(OUTPUT, PriceEditWhat::Price, "100")]).await;
    let staged = october(&app).await.1;
    assert_eq!(staged, drafts, "pencil prices nothing");
    app.price_publish(publish(None, Some("2026-10-01")), Arc::new(|_| {}))
        .await
        .unwrap();
    let (_, after) = october(&app).await;
    assert_ne!(after, drafts, "drafts of the month are priced anew");
    app.undo(Nothing {}).await.unwrap();
    assert_eq!(october(&app).await.1, drafts, "publishing is one step");
    app.redo(Nothing {}).await.unwrap();

    let request = InvoiceFinalizeRequest {
        month: "2026-10".to_owned(),
        customer_ids: Vec::new(),
        job_id: "f".to_owned(),
    };
    app.invoice_finalize(request, Arc::new(|_| {}))
        .await
        .unwrap();
    let (_, finals) = october(&app).await;
    stage(&app, vec![edit(OUTPUT, PriceEditWhat::Price, "50")]).await;
    app.price_draft_save(PriceDraftSaveRequest {
        valid_on: Some("2026-10-01".to_owned()),
        reason: "lower".to_owned(),
    })
    .await
    .unwrap();
    let review = app.price_review(REVIEW).await.unwrap();
    assert!(!review.finalized.is_empty());
    assert!(
        review
            .finalized
            .iter()
            .all(|row| row.change.0.starts_with('-'))
    );
    app.price_publish(publish(None, Some("2026-10-01")), Arc::new(|_| {}))
        .await
        .unwrap();
    assert_eq!(october(&app).await.1, finals, "final is final");
    let verified = app
        .invoice_verify(
            InvoiceVerifyRequest {
                id: None,
                job_id: "v".to_owned(),
            },
            Arc::new(|_| {}),
        )
        .await
        .unwrap();
    assert_eq!(verified.findings, []);
    assert!(verified.checked.0 > 0);
}

/// What is typed for 2026 passes the years 2, 20 and 202: none of them is kept or published.
#[tokio::test(flavor = "multi_thread")]
async fn a_year_that_cannot_be_meant_is_refused_at_its_field() {
    let folder = tempfile::tempdir().unwrap();
    let app = sample(&folder).await;
    stage(&app, vec![edit(OUTPUT, PriceEditWhat::Price, "100")]).await;
    let refused = |error: ratebook_api::ApiError| {
        let issues = error.issues.iter();
        issues
            .map(|issue| format!("{} {}", issue.path, issue.code))
            .collect::<Vec<_>>()
    };
    for day in ["0002-10-01", "0202-10-01", "1999-12-31"] {
        let draft = PriceDraftSaveRequest {
            valid_on: Some(day.to_owned()),
            reason: "typed in haste".to_owned(),
        };
        let error = app.price_draft_save(draft).await.unwrap_err();
        assert_eq!(refused(error), ["validOn before_prices"]);
        let error = app
            .price_publish(publish(None, Some(day)), Arc::new(|_| {}))
            .await;
        assert_eq!(refused(error.unwrap_err()), ["validOn before_prices"]);
        let negotiated = PriceManualRequest {
            provider: PROVIDER.to_owned(),
            model: MODEL.to_owned(),
            dimension: OUTPUT.to_owned(),
            price: Some(DecimalString("9".to_owned())),
            currency: "USD".to_owned(),
            valid_from: Some(day.to_owned()),
            note: "typed in haste".to_owned(),
        };
        let error = app.price_manual(negotiated).await.unwrap_err();
        assert_eq!(refused(error), ["validFrom before_prices"]);
    }
    let kept = app.price_draft_get(Nothing {}).await.unwrap();
    assert_eq!(kept.draft.valid_on, None);
    assert_eq!(kept.draft.staged.0, 1);
    let day = Some("2000-01-01");
    app.price_publish(publish(None, day), Arc::new(|_| {}))
        .await
        .unwrap();
}

fn block(cells: &[&[&str]]) -> PricePasteRequest {
    let column = |dimension: &str| PricePasteColumn {
        dimension: dimension.to_owned(),
        conditions: Some(String::new()),
    };
    PricePasteRequest {
        columns: vec![column(INPUT), column(OUTPUT)],
        rows: cells
            .iter()
            .map(|cells| PricePasteRow {
                provider: PROVIDER.to_owned(),
                model: MODEL.to_owned(),
                cells: cells.iter().map(|cell| (*cell).to_owned()).collect(),
            })
            .collect(),
        note: String::new(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_block_is_pasted_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let app = sample(&folder).await;
    let pasted = app.price_paste(block(&[&["1.5", "n/a"]])).await.unwrap();
    assert_eq!((pasted.staged, pasted.fault_count), (false, Count(1)));
    let fault = &pasted.faults[0];
    assert_eq!((fault.row, fault.column), (Count(1), Count(2)));
    assert_eq!(
        (fault.fault.code.as_str(), fault.fault.word.as_str()),
        ("not_a_number", "n/a")
    );
    assert_eq!(pasted.draft.staged, Count(0));
    // 5.59 is what output sells for already; an empty text says nothing.
    let looked = app
        .price_paste_preview(block(&[&["1.5", "5.59"]]))
        .await
        .unwrap();
    assert_eq!((looked.changed, looked.unchanged), (Count(1), Count(1)));
    assert!(!looked.staged);
    let pasted = app
        .price_paste(block(&[&["0.2", "= row(input) * 5"]]))
        .await
        .unwrap();
    assert_eq!(
        (pasted.staged, pasted.changed, pasted.below_cost),
        (true, Count(2), Count(2))
    );
    assert_eq!(
        text(cell(&app, OUTPUT).await.staged.unwrap().sell.as_ref()),
        "1"
    );
    app.undo(Nothing {}).await.unwrap();
    assert_eq!(
        app.price_draft_get(Nothing {}).await.unwrap().draft.staged,
        Count(0)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn many_cells_are_edited_at_once_after_a_look() {
    let folder = tempfile::tempdir().unwrap();
    let app = sample(&folder).await;
    let place = |dimension: &str| PricePlace {
        provider: PROVIDER.to_owned(),
        model: MODEL.to_owned(),
        dimension: dimension.to_owned(),
        conditions: Some(String::new()),
    };
    let request = PriceBulkRequest {
        cells: Some(vec![place(INPUT), place(OUTPUT)]),
        filter: None,
        what: PriceBulkWhat::Percent,
        text: "12".to_owned(),
        from_dimension: None,
        from_conditions: None,
        round_to: Some(DecimalString("0.05".to_owned())),
        note: String::new(),
    };
    let looked = app.price_bulk_preview(request.clone()).await.unwrap();
    let shown: Vec<(&str, &str)> = looked
        .examples
        .iter()
        .map(|one| (text(one.was.as_ref()), text(one.will_be.as_ref())))
        .collect();
    // 1.118 × 1.12 = 1.25216 and 5.59 × 1.12 = 6.2608, on steps of 0.05.
    assert_eq!(shown, [("1.118", "1.25"), ("5.59", "6.25")]);
    assert_eq!(
        app.price_draft_get(Nothing {}).await.unwrap().draft.staged,
        Count(0)
    );
    let done = app.price_bulk(request.clone()).await.unwrap();
    assert_eq!((done.staged, done.changed), (true, Count(2)));
    // Again: it goes on from what is staged.
    let again = app.price_bulk_preview(request).await.unwrap();
    assert_eq!(text(again.examples[0].was.as_ref()), "1.25");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tester_says_why_each_rule_wins_or_loses() {
    let folder = tempfile::tempdir().unwrap();
    let app = sample(&folder).await;
    stage(&app, vec![edit(OUTPUT, PriceEditWhat::Price, "7")]).await;
    let ask = |dimension: &str, drafted| RuleTestRequest {
        subscription_id: None,
        plan_id: None,
        provider: PROVIDER.to_owned(),
        model: MODEL.to_owned(),
        dimension: dimension.to_owned(),
        conditions: None,
        at: None,
        drafted,
    };
    let outcomes = async |request| {
        let reply = app.rule_test(request).await.unwrap();
        let outcomes = reply.candidates.iter().map(|one| one.outcome.clone());
        (
            outcomes.collect::<Vec<String>>(),
            text(reply.sell.as_ref()).to_owned(),
        )
    };
    let published = outcomes(ask(OUTPUT, false)).await;
    // Its own 30 %, then 45 % of the provider, then 50 % of the book.
    let expected = ["wins", "less_specific", "less_specific"].map(str::to_owned);
    assert_eq!(published, (expected.to_vec(), "5.59".to_owned()));
    let drafted = outcomes(ask(OUTPUT, true)).await;
    assert_eq!(drafted.0[..2], ["wins", "less_specific"].map(str::to_owned));
    assert_eq!(drafted.1, "7");
    let other = outcomes(ask(INPUT, true)).await;
    assert_eq!(other.0[..2], ["other_dimension", "wins"].map(str::to_owned));
}

#[tokio::test(flavor = "multi_thread")]
async fn staged_edits_are_there_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let app = sample(&folder).await;
    stage(&app, vec![edit(OUTPUT, PriceEditWhat::Price, "7")]).await;
    let path = app.book_status(Nothing {}).await.unwrap();
    app.book_close(Nothing {}).await.unwrap();
    let again = self::app(&folder);
    let path = path.book.unwrap().path;
    again
        .book_open(ratebook_api::wire::BookOpenRequest { path })
        .await
        .unwrap();
    let staged = cell(&again, OUTPUT).await.staged.unwrap();
    assert_eq!(text(staged.sell.as_ref()), "7");
    again.undo(Nothing {}).await.unwrap();
    assert_eq!(cell(&again, OUTPUT).await.staged, None);
}
