//! What is tried before it is saved is what it then is; and a report goes only where it may.

mod common;

use common::monday;
use ratebook_api::App;
use ratebook_api::wire::{
    DecimalString, GridFilter, MarkupCellRequest, MarkupPreviewRequest, MarkupScopeText,
    MarkupText, PriceCell, PriceEdit, PriceEditWhat, PriceGridRequest, PricePublishRequest,
    PriceStageRequest, ScopeWord, UsageReportSaveRequest,
};
use std::sync::Arc;

async fn sample(folder: &tempfile::TempDir) -> App {
    common::sample_book(folder, monday).await
}

/// The first model in use, and its first price.
async fn first(app: &App) -> (String, String, PriceCell) {
    let request = PriceGridRequest {
        search: String::new(),
        provider: None,
        filter: GridFilter::Used,
        offset: 0,
        limit: 1,
        at: None,
    };
    let row = app.price_grid(request).await.unwrap().rows.remove(0);
    let cell = row.cells[0].clone();
    (row.provider, row.model, cell)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_price_that_is_tried_is_the_price_that_is_saved() {
    let folder = tempfile::tempdir().unwrap();
    let app = sample(&folder).await;
    let (provider, model, before) = first(&app).await;
    let markup = MarkupText {
        percent: DecimalString("150".to_owned()),
        fixed_per_unit: None,
        fixed_per_request: None,
        minimum_margin: None,
        round_to: None,
    };
    let rule = MarkupPreviewRequest {
        scope: MarkupScopeText {
            level: ScopeWord::Book,
            owner: None,
            provider: Some(provider.clone()),
            model: Some(model.clone()),
            dimension: Some(before.dimension.clone()),
            conditions: None,
        },
        markup: Some(markup),
        valid_from: None,
    };
    let request = MarkupCellRequest {
        rule: rule.clone(),
        provider,
        model,
        dimension: before.dimension.clone(),
        at: None,
    };
    let tried = app.markup_cell(request.clone()).await.unwrap();
    let tried = tried.cell.unwrap();
    assert_eq!(tried.margin.as_ref().unwrap().0, "60.0");
    assert_ne!(tried.sell, before.sell);
    // Nothing was saved by trying.
    assert_eq!(first(&app).await.2, before);
    let staged = PriceEdit {
        scope: rule.scope,
        what: PriceEditWhat::Markup,
        text: String::new(),
        markup: rule.markup,
        note: String::new(),
    };
    let edits = vec![staged];
    app.price_stage(PriceStageRequest { edits }).await.unwrap();
    let publish = PricePublishRequest {
        only: None,
        valid_on: Some("2026-11-01".to_owned()),
        reason: "As tried".to_owned(),
        job_id: "publish".to_owned(),
    };
    app.price_publish(publish, Arc::new(|_| {})).await.unwrap();
    assert_eq!(first(&app).await.2, tried);

    let unknown = MarkupCellRequest {
        model: "no such model".to_owned(),
        ..request
    };
    assert_eq!(app.markup_cell(unknown).await.unwrap().cell, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_is_written_as_a_table_and_as_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let app = sample(&folder).await;
    let save = |name: &str| UsageReportSaveRequest {
        path: folder.path().join(name).display().to_string(),
        text: "Line,Reason\n7,No model\n".to_owned(),
    };
    let saved = app.usage_report_save(save("report.CSV")).await.unwrap();
    let text = std::fs::read_to_string(saved.path).unwrap();
    assert_eq!(text, "Line,Reason\n7,No model\n");
    for name in ["report", "report.ratebook", ".bashrc"] {
        let refused = app.usage_report_save(save(name)).await.unwrap_err();
        assert_eq!(refused.issues[0].code, "not_a_table_file");
        assert!(!folder.path().join(name).exists());
    }
}
