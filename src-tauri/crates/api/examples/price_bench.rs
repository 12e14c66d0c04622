//! The price book at its largest: a block pasted, a cell tried, a search, two versions compared.
//!
//! `cargo run --release -p ratebook-api --example price_bench` on the sample book's price tables.

use ratebook_api::wire::{
    Count, GridFilter, MarkupScopeText, Nothing, PriceAtRequest, PriceCompareRequest, PriceEdit,
    PriceEditWhat, PriceGridRequest, PricePasteColumn, PricePasteRequest, PricePasteRow,
    PricePublishRequest, PriceReviewRequest, PriceTryRequest, ScopeWord,
};
use ratebook_api::{ApiError, App, Surroundings};
use ratebook_catalog::Dimension;
use std::time::{Duration, Instant};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

type Outcome<T> = Result<T, ApiError>;

#[tokio::main]
async fn main() -> Outcome<()> {
    let folder = tempfile::tempdir().map_err(ApiError::internal)?;
    let app = App::new(Surroundings::of_this_machine(
        folder.path().join("config"),
        folder.path().join("books"),
    ));
    app.book_sample_open(Nothing {}).await?;
    let models = models(&app).await?;
    println!("{} models", models.len());
    tried(&app, &models).await?;
    priced(&app, &models).await?;
    // 100,000 cells: 10,000 × 10 by number, in as many models as the tables have.
    let columns = 100_000_usize.div_ceil(models.len());
    let begin = Instant::now();
    let pasted = app.price_paste(block(&models, columns, 0)).await?;
    told("paste of 100,000 cells", begin.elapsed(), pasted.changed);
    let begin = Instant::now();
    app.undo(Nothing {}).await?;
    told("its undo", begin.elapsed(), Count(1));
    app.redo(Nothing {}).await?;
    searched(&app, "search with a draft of 100,000").await?;
    tried(&app, &models).await?;
    let before = publish(&app).await?;
    app.price_paste(block(&models, 40, 1)).await?;
    let after = publish(&app).await?;
    for _ in 0..3 {
        let begin = Instant::now();
        let request = PriceCompareRequest {
            from: before,
            to: after,
        };
        let compared = app.price_version_compare(request).await?;
        told("two versions compared", begin.elapsed(), compared.total);
    }
    searched(&app, "search with 300,000 own prices").await?;
    let ten: Vec<(String, String)> = models.into_iter().take(10).collect();
    app.price_paste(block(&ten, 2, 7)).await?;
    let begin = Instant::now();
    let review = app
        .price_review(PriceReviewRequest {
            month: None,
            only: None,
        })
        .await?;
    told(
        "review of 20 changes on the sample",
        begin.elapsed(),
        review.total,
    );
    Ok(())
}

fn told(what: &str, took: Duration, count: Count) {
    println!(
        "{what}: {:.2} ms ({})",
        took.as_secs_f64() * 1_000.0,
        count.0
    );
}

async fn models(app: &App) -> Outcome<Vec<(String, String)>> {
    let mut models = Vec::new();
    loop {
        let offset = u32::try_from(models.len()).unwrap_or(u32::MAX);
        let page = app.price_grid(grid("", offset, 500)).await?;
        if page.rows.is_empty() {
            return Ok(models);
        }
        models.extend(page.rows.into_iter().map(|row| (row.provider, row.model)));
    }
}

fn grid(search: &str, offset: u32, limit: u32) -> PriceGridRequest {
    PriceGridRequest {
        search: search.to_owned(),
        provider: None,
        filter: GridFilter::All,
        offset,
        limit,
        at: None,
    }
}

async fn searched(app: &App, what: &str) -> Outcome<()> {
    app.price_grid(grid("", 0, 60)).await?;
    let mut slowest = Duration::ZERO;
    for typed in ["g", "gp", "gpt", "gpt-4", "claude", "c", "haiku"] {
        let begin = Instant::now();
        app.price_grid(grid(typed, 0, 60)).await?;
        slowest = slowest.max(begin.elapsed());
    }
    told(what, slowest, Count(60));
    Ok(())
}

/// Tries a formula in a cell; the slowest of twenty.
async fn tried(app: &App, models: &[(String, String)]) -> Outcome<()> {
    let mut slowest = Duration::ZERO;
    for (provider, model) in models.iter().step_by(models.len().div_ceil(20)) {
        let scope = MarkupScopeText {
            level: ScopeWord::Book,
            owner: None,
            provider: Some(provider.clone()),
            model: Some(model.clone()),
            dimension: Some("output_tokens".to_owned()),
            conditions: Some(String::new()),
        };
        let edit = PriceEdit {
            scope,
            what: PriceEditWhat::Formula,
            text: "= max(cost * 1.3, row(input) * 4)".to_owned(),
            markup: None,
            note: String::new(),
        };
        let begin = Instant::now();
        app.price_try(PriceTryRequest { edit, at: None }).await?;
        slowest = slowest.max(begin.elapsed());
    }
    told("a cell tried, the slowest", slowest, Count(20));
    Ok(())
}

/// What each model cost on a day, as it was known on another, all dimensions with their sources.
async fn priced(app: &App, models: &[(String, String)]) -> Outcome<()> {
    let mut took = Vec::with_capacity(models.len());
    for (provider, model) in models {
        let request = PriceAtRequest {
            provider: provider.clone(),
            model: model.clone(),
            at: Some("2026-06-01".to_owned()),
            as_of: None,
            dimension: None,
            marks: Vec::new(),
            context_tokens: Count(1_000),
        };
        let begin = Instant::now();
        app.price_at(request).await?;
        took.push(begin.elapsed());
    }
    took.sort_unstable();
    let at = |place: usize| took.get(place).copied().unwrap_or_default();
    told(
        "price of a model at an instant, median",
        at(took.len() / 2),
        Count(1),
    );
    let last = took.len().saturating_sub(1);
    told(
        "price of a model at an instant, slowest",
        at(last),
        Count(1),
    );
    Ok(())
}

fn block(models: &[(String, String)], columns: usize, cents: usize) -> PricePasteRequest {
    let dimensions: Vec<Dimension> = Dimension::all()
        .filter(|dimension| !dimension.is_unspecified())
        .take(columns)
        .collect();
    let column = |dimension: &Dimension| PricePasteColumn {
        dimension: dimension.to_string(),
        conditions: Some(String::new()),
    };
    let rows = models.iter().enumerate();
    let rows = rows.map(|(number, (provider, model))| PricePasteRow {
        provider: provider.clone(),
        model: model.clone(),
        cells: (0..dimensions.len())
            .map(|place| format!("{}.{:02}", 1 + number % 90, (place + cents) % 100))
            .collect(),
    });
    PricePasteRequest {
        columns: dimensions.iter().map(column).collect(),
        rows: rows.collect(),
        note: String::new(),
    }
}

async fn publish(app: &App) -> Outcome<Count> {
    let begin = Instant::now();
    let published = app
        .price_publish(
            PricePublishRequest {
                only: None,
                valid_on: None,
                reason: "bench".to_owned(),
                job_id: "publish".to_owned(),
            },
            std::sync::Arc::new(|_| {}),
        )
        .await?;
    told("published", begin.elapsed(), published.number);
    Ok(published.number)
}
