//! The usage page: the same usage in every grouping, to the last digit.

mod common;

use common::monday;
use ratebook_api::App;
use ratebook_api::wire::{UsageGroup, UsageMeasure, UsageOverviewReply, UsageOverviewRequest};
use rust_decimal::Decimal;

async fn page(app: &App, change: impl FnOnce(&mut UsageOverviewRequest)) -> UsageOverviewReply {
    let mut request = UsageOverviewRequest {
        from: "2026-10-01".to_owned(),
        to: "2026-10-31".to_owned(),
        group: UsageGroup::Customer,
        measure: UsageMeasure::Cost,
        customer_id: None,
        model: None,
    };
    change(&mut request);
    app.usage_overview(request).await.unwrap()
}

fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// What the chart's columns sum to.
fn columns(page: &UsageOverviewReply) -> Vec<Decimal> {
    let day = |day: usize| {
        let parts = page.series.iter().map(|line| number(&line.values[day].0));
        parts.sum::<Decimal>()
    };
    (0..page.days.len()).map(day).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_grouping_shows_the_same_usage() {
    let folder = tempfile::tempdir().unwrap();
    let app = common::sample_book(&folder, monday).await;
    for measure in [
        UsageMeasure::Cost,
        UsageMeasure::Tokens,
        UsageMeasure::Events,
    ] {
        let by_customer = page(&app, |request| request.measure = measure).await;
        // Twelve customers: eight have a line of their own.
        assert_eq!((by_customer.series.len(), by_customer.rows.len()), (9, 12));
        assert_eq!(by_customer.series[8].groups.0, 4);
        for group in [UsageGroup::Model, UsageGroup::Provider] {
            let other = page(&app, |request| {
                request.measure = measure;
                request.group = group;
            })
            .await;
            assert_eq!(columns(&other), columns(&by_customer));
            assert_eq!(other.total, by_customer.total);
            assert_eq!(other.events, by_customer.events);
        }
        // One customer alone has the days that their line had among all.
        for line in by_customer
            .series
            .iter()
            .filter(|line| !line.key.is_empty())
        {
            let alone = page(&app, |request| {
                request.measure = measure;
                request.customer_id = Some(line.key.clone());
            })
            .await;
            assert_eq!(columns(&alone), columns_of(&line.values));
        }
    }
    models_alone(&app).await;
}

fn columns_of(values: &[ratebook_api::wire::DecimalString]) -> Vec<Decimal> {
    values.iter().map(|value| number(&value.0)).collect()
}

/// A model alone has the sums that its row had among all.
async fn models_alone(app: &App) {
    let by_model = page(app, |request| request.group = UsageGroup::Model).await;
    assert!(by_model.rows.len() >= 8);
    for row in &by_model.rows {
        let alone = page(app, |request| request.model = Some(row.key.clone())).await;
        assert_eq!(alone.events, row.events);
        let input: Decimal = alone.rows.iter().map(|r| number(&r.input_tokens.0)).sum();
        assert_eq!(input, number(&row.input_tokens.0));
    }
}
