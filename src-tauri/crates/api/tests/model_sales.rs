//! Who buys a model: thirty days of usage at the price that each buyer pays.

mod common;

use common::monday;
use ratebook_api::App;
use ratebook_api::wire::{
    CustomerGetRequest, DecimalString, MarkupScopeText, ModelBought, ModelGetReply,
    ModelGetRequest, ModelSales, PriceEdit, PriceEditWhat, PricePublishRequest, PriceStageRequest,
    ScopeWord,
};
use ratebook_money::{Currency, Quantity, Rate};
use rust_decimal::Decimal;
use std::collections::BTreeSet;
use std::sync::Arc;

async fn sample(folder: &tempfile::TempDir) -> App {
    common::sample_book(folder, monday).await
}

async fn looked_at(app: &App) -> ModelGetReply {
    let request = ModelGetRequest {
        provider: "anthropic".to_owned(),
        model: "claude-haiku-4-5".to_owned(),
        at: None,
    };
    app.model_get(request).await.unwrap()
}

async fn sales(app: &App) -> ModelSales {
    looked_at(app).await.sales.unwrap()
}

/// Publishes one price per million for every dimension of the model.
async fn publish(app: &App, level: ScopeWord, owner: Option<&str>, price: &str) {
    let prices = looked_at(app).await.prices;
    let dimensions: BTreeSet<String> = prices.into_iter().map(|row| row.dimension).collect();
    let edits = dimensions.into_iter().map(|dimension| PriceEdit {
        scope: MarkupScopeText {
            level,
            owner: owner.map(str::to_owned),
            provider: Some("anthropic".to_owned()),
            model: Some("claude-haiku-4-5".to_owned()),
            dimension: Some(dimension),
            conditions: None,
        },
        what: PriceEditWhat::Price,
        text: price.to_owned(),
        markup: None,
        note: String::new(),
    });
    let edits = edits.collect();
    let reply = app.price_stage(PriceStageRequest { edits }).await.unwrap();
    assert!(reply.staged, "{reply:?}");
    app.price_publish(
        PricePublishRequest {
            only: None,
            valid_on: Some("2026-01-01".to_owned()),
            reason: "A round price".to_owned(),
            job_id: "publish".to_owned(),
        },
        Arc::new(|_| {}),
    )
    .await
    .unwrap();
}

fn number(text: &DecimalString) -> Decimal {
    text.0.parse().unwrap()
}

/// Millions of tokens at a price, rounded once.
fn charged(bought: &ModelBought, price: &str) -> String {
    let rate = Rate::parse_per_million(price, Currency::parse("EUR").unwrap()).unwrap();
    let tokens = Quantity::parse(&bought.tokens.0).unwrap();
    rate.times(tokens).unwrap().round().unwrap().number()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_models_sales_are_its_usage_at_the_buyers_price() {
    let folder = tempfile::tempdir().unwrap();
    let app = sample(&folder).await;
    let before = sales(&app).await;
    assert_eq!(before.currency, "EUR");
    let days = |text: &str| text.parse::<ratebook_money::Date>().unwrap();
    let between = days(&before.to) - days(&before.from);
    assert_eq!(between.num_days(), 29);
    let tokens: Decimal = before.buyers.iter().map(|b| number(&b.bought.tokens)).sum();
    assert_eq!(tokens, number(&before.all.tokens));
    let requests: u64 = before.buyers.iter().map(|b| b.bought.requests.0).sum();
    assert_eq!(requests, before.all.requests.0);

    publish(&app, ScopeWord::Book, None, "10").await;
    let flat = sales(&app).await;
    assert_eq!(flat.all.tokens, before.all.tokens);
    assert!(flat.buyers.len() > 2);
    for buyer in &flat.buyers {
        let revenue = buyer.bought.revenue.as_ref().unwrap();
        assert_eq!(revenue.0, charged(&buyer.bought, "10"), "{buyer:?}");
    }

    // What is agreed with one customer is paid by that one.
    let one = flat.buyers[0].clone();
    let id = one.customer_id.clone();
    let known = app.customer_get(CustomerGetRequest { id }).await.unwrap();
    let contract = known.subscriptions[0].id.clone();
    publish(&app, ScopeWord::Contract, Some(&contract), "1").await;
    let agreed = sales(&app).await;
    for buyer in &agreed.buyers {
        let is_one = buyer.customer_id == one.customer_id;
        let price = if is_one { "1" } else { "10" };
        let revenue = buyer.bought.revenue.as_ref().unwrap();
        assert_eq!(revenue.0, charged(&buyer.bought, price), "{buyer:?}");
        let margin = number(buyer.bought.margin.as_ref().unwrap());
        assert_eq!(margin < Decimal::from(50), is_one, "{buyer:?}");
    }
    let (last, all) = (agreed.buyers.last().unwrap(), &agreed.all);
    assert_ne!(all.revenue, flat.all.revenue);
    assert!(
        number(last.bought.revenue.as_ref().unwrap())
            <= number(agreed.buyers[0].bought.revenue.as_ref().unwrap())
    );
}
