//! Measures rating on one processor: customers' months through all stages, with explanations, and
//! price documents alone. `make bench` runs it:
//! `cargo run --release -p ratebook-rating --example rate_bench [CUSTOMERS]`.

use ratebook_catalog::prices::{ModelPrices, PriceTable, built_in};
use ratebook_catalog::pricing::parse;
use ratebook_catalog::{
    Agreed, BuiltInMeter, CallConditions, Charge, ChargeKind, CustomerId, Dimension, FeePer,
    FeeTiming, MarkupRules, MeterRef, Plan, PlanId, PlanTerms, PlanVersion, PlanVersionId,
    PriceModel, Subscription, SubscriptionId,
};
use ratebook_money::id::IdSource;
use ratebook_money::{Currency, Money, Quantity, Timestamp, Zone};
use ratebook_rating::price::Explain;
use ratebook_rating::{RatingInput, Standing, SubscribedPlan, quote, rate};
use ratebook_usage::{CallClass, MODEL_CALL, UsageSum};
use std::collections::BTreeMap;
use std::error::Error;
use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

/// As in the programs.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// Models that a customer uses, and what is counted of each call.
const MODELS: usize = 12;
const DIMENSIONS: [Dimension; 4] = [
    Dimension::INPUT,
    Dimension::CACHE_READ,
    Dimension::OUTPUT,
    Dimension::REQUESTS,
];
const TIERS: &str = r#"{"model":"graduated","tiers":[
    {"up_to":"1000000","unit_price":"0.000012"},{"up_to":"10000000","unit_price":"0.00001"},
    {"up_to":"100000000","unit_price":"0.000008"},{"unit_price":"0.000005"}],
    "minimum":"10","discount":{"percent":"5"}}"#;
const ROUNDS: usize = 7;

fn main() -> Outcome<()> {
    let customers: usize = std::env::args()
        .nth(1)
        .map_or(Ok(2_000), |text| text.parse())?;
    let table = built_in(Timestamp::parse("2026-01-01T00:00:00Z")?)?;
    let table = PriceTable::new(table.sources, table.models);
    months(&table, customers)?;
    documents()
}

/// Models with a price for all that is counted, in the order of the table.
fn used(table: &PriceTable) -> Vec<&ModelPrices> {
    let has = |model: &&ModelPrices| {
        let prices = |dimension: &Dimension| {
            let own = model
                .prices
                .iter()
                .filter(|row| row.dimension == *dimension);
            own.count() == 1
        };
        DIMENSIONS.iter().take(3).all(prices)
    };
    table.models().iter().filter(has).take(MODELS).collect()
}

fn sums(table: &PriceTable, at: Timestamp, customer: usize) -> Outcome<Vec<UsageSum>> {
    let mut sums = Vec::new();
    for (number, model) in used(table).into_iter().enumerate() {
        let class = Arc::new(CallClass {
            event_name: MODEL_CALL.to_owned(),
            provider: model.provider.clone(),
            model: model.model.clone(),
            conditions: CallConditions::default(),
            context_tokens: 0,
            minute_of_day: 0,
            dims: BTreeMap::new(),
        });
        for (place, dimension) in DIMENSIONS.into_iter().enumerate() {
            let units = 1_000 + customer * 7_919 + number * 104_729 + place * 31;
            sums.push(UsageSum {
                short: None,
                class: Arc::clone(&class),
                at,
                dimension,
                quantity: Quantity::from_units(i64::try_from(units)?)?,
                events: 40,
            });
        }
    }
    Ok(sums)
}

fn charges(dollar: Currency) -> Outcome<Vec<Charge>> {
    let usage = |name: &str, meter, price| Charge {
        name: name.to_owned(),
        kind: ChargeKind::Usage {
            meter: MeterRef::BuiltIn(meter),
            price,
        },
    };
    let tiers = parse(TIERS).map_err(|_| "the price is not read")?;
    let tiers = PriceModel::Document {
        price: Box::new(tiers),
    };
    Ok(vec![
        Charge {
            name: "Platform".to_owned(),
            kind: ChargeKind::RecurringFee {
                amount: Money::parse("49", dollar)?,
                timing: FeeTiming::Arrears,
                per: FeePer::Subscription,
            },
        },
        usage(
            "Models",
            BuiltInMeter::ModelCalls,
            PriceModel::CostPlus { markup: None },
        ),
        usage("Tokens", BuiltInMeter::TotalTokens, tiers),
    ])
}

fn months(table: &PriceTable, customers: usize) -> Outcome<()> {
    let dollar = Currency::parse("USD")?;
    let period = Zone::UTC.month(2026, 10)?;
    let mut ids = IdSource::new(period.from, 7);
    let charges = charges(dollar)?;
    let plan = Plan {
        id: PlanId::new(&mut ids),
        name: "Plan".to_owned(),
        description: String::new(),
        archived: false,
    };
    let version = PlanVersion {
        id: PlanVersionId::new(&mut ids),
        plan: plan.id,
        number: 1,
        terms: PlanTerms::monthly(dollar, charges),
        published_at: Some(period.from),
    };
    let subscription = Subscription {
        id: SubscriptionId::new(&mut ids),
        customer: CustomerId::new(&mut ids),
        plan_version: version.id,
        starts_on: "2026-01-01".parse()?,
        ends_on: None,
        agreed: Agreed::default(),
    };
    let subscribed = [SubscribedPlan {
        subscription: &subscription,
        plan: &plan,
        version: &version,
        standing: Standing::Billed,
    }];
    let all: Vec<Vec<UsageSum>> = (0..customers)
        .map(|customer| sums(table, period.from, customer))
        .collect::<Outcome<_>>()?;
    let mut rates = Vec::new();
    let (mut buckets, mut lines) = (0, 0);
    for _ in 0..ROUNDS {
        (buckets, lines) = (0, 0);
        let began = Instant::now();
        for sums in &all {
            let input = RatingInput {
                zone: Zone::UTC,
                currency: dollar,
                period,
                subscriptions: &subscribed,
                sums,
                readings: &[],
                prices: table,
                names: None,
                rules: &MarkupRules::default(),
                exchange: &[],
                meters: &[],
                as_of: period.to,
                paid: &[],
                credits: &[],
            };
            let rated = black_box(rate(&input)?);
            (buckets, lines) = (buckets + rated.usage.len(), lines + rated.lines.len());
        }
        rates.push(buckets as f64 / began.elapsed().as_secs_f64());
    }
    println!(
        "rate, one processor: {customers} customers' months, {buckets} buckets, {lines} lines with \
         explanations: {:.0} buckets/s, {:.0} months/s",
        median(&mut rates),
        median(&mut rates) * customers as f64 / buckets as f64
    );
    Ok(())
}

/// A quantity through the pipeline of a price document, as the tier editor asks for a thousand.
fn documents() -> Outcome<()> {
    let euro = Currency::parse("EUR")?;
    let price = parse(TIERS).map_err(|_| "the price is not read")?;
    let price = PriceModel::Document {
        price: Box::new(price),
    };
    let quantities: Vec<Quantity> = (0..1_000_i64)
        .map(|n| Quantity::from_units(n * n * 173))
        .collect::<Result<_, _>>()?;
    for (name, explain) in [
        ("amount alone", Explain::Nothing),
        ("with steps", Explain::Steps),
    ] {
        let mut times = Vec::new();
        for _ in 0..ROUNDS * 10 {
            let began = Instant::now();
            for quantity in &quantities {
                black_box(quote(&price, *quantity, euro, explain)?);
            }
            times.push(began.elapsed().as_secs_f64());
        }
        let took = median(&mut times);
        println!(
            "price document, one processor, {name}: 1,000 quantities in {:.2} ms, {:.0}/s",
            took * 1e3,
            1e3 / took
        );
    }
    Ok(())
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
