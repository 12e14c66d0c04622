use crate::buckets::Buckets;
use crate::{AppliedFactor, HeldReason, PriceBook, ProviderStep, RatingInput, UsageBucket};
use ratebook_catalog::prices::Selected;
use ratebook_catalog::prices::{ModelPrices, Multiplier, NoPriceReason, PriceCall, PriceTable};
use ratebook_catalog::{ConditionKey, Dimension, ExchangeRate};
use ratebook_money::{Currency, Rate, Timestamp};
use ratebook_usage::MODEL_CALL;

/// What one unit of a bucket costs.
#[derive(Debug)]
pub(crate) struct CostPrice<'a> {
    /// The provider's price; nothing for requests that the provider does not charge for.
    pub provider: Option<ProviderPriceOf<'a>>,
    /// The cost of one unit in the currency of the invoice.
    pub rate: Rate,
}

/// A provider's price and how it came into the currency of the invoice.
#[derive(Debug)]
pub(crate) struct ProviderPriceOf<'a> {
    pub selected: Selected<'a>,
    /// Absent where the provider's currency is that of the invoice.
    pub exchange: Option<&'a ExchangeRate>,
}

/// Stage 2: the provider's price of each bucket, in the currency of the invoice, or why there is
/// none. `None` for events that are no model calls.
pub(crate) fn price<'a>(
    input: &RatingInput<'a>,
    buckets: &Buckets<'a>,
) -> Vec<Option<Result<CostPrice<'a>, HeldReason>>> {
    let pairs = buckets.list.iter().zip(&buckets.models);
    pairs
        .map(|(bucket, model)| {
            (bucket.class.event_name == MODEL_CALL).then(|| match model {
                Some(model) => of_bucket(input, bucket, model),
                None if bucket.dimension.is_unspecified() => Err(HeldReason::Unspecified),
                None => Err(HeldReason::UnknownModel),
            })
        })
        .collect()
}

fn of_bucket<'a>(
    input: &RatingInput<'a>,
    bucket: &UsageBucket,
    model: &'a ModelPrices,
) -> Result<CostPrice<'a>, HeldReason> {
    of_call(
        &input.price_book(),
        model,
        &bucket.dimension,
        &call_of(bucket),
    )
}

/// What of the calls of a bucket chooses their price.
pub(crate) fn call_of(bucket: &UsageBucket) -> PriceCall<'_> {
    PriceCall {
        at: bucket.from,
        conditions: &bucket.class.conditions,
        context_tokens: bucket.class.context_tokens,
        minute_of_day: bucket.class.minute_of_day,
    }
}

/// The cost of one unit of a dimension for a call.
pub(crate) fn of_call<'a>(
    book: &PriceBook<'a>,
    model: &'a ModelPrices,
    dimension: &Dimension,
    call: &PriceCall,
) -> Result<CostPrice<'a>, HeldReason> {
    let selected = model.select(dimension, call, book.as_of);
    let selected = selected.map_err(|refused| match refused.why {
        NoPriceReason::Missing | NoPriceReason::NotInForce => HeldReason::NoPrice,
        NoPriceReason::Unspecified => HeldReason::Unspecified,
        NoPriceReason::Inexact(_) => HeldReason::Inexact,
    })?;
    let Some(selected) = selected else {
        let free = Rate::new(rust_decimal::Decimal::ZERO, book.currency);
        return Ok(CostPrice {
            provider: None,
            rate: free.map_err(|_| HeldReason::Inexact)?,
        });
    };
    let base = selected.rate.currency();
    let (rate, exchange) = if base == book.currency {
        (selected.rate, None)
    } else {
        let found = exchange_rate(book.exchange, base, book.currency, call.at, book.as_of);
        let exchange = found.ok_or(HeldReason::NoExchangeRate {
            base,
            quote: book.currency,
        })?;
        let rate = selected.rate.exchanged(exchange.rate, book.currency);
        (rate.map_err(|_| HeldReason::Inexact)?, Some(exchange))
    };
    let provider = Some(ProviderPriceOf { selected, exchange });
    Ok(CostPrice { provider, rate })
}

/// The exchange rate of an instant that the book knew at `as_of`: of those in force the one with
/// the greatest `valid_from`, then the one recorded last; of several recorded together the one
/// published for the latest day.
#[must_use]
pub fn exchange_rate(
    rates: &[ExchangeRate],
    base: Currency,
    quote: Currency,
    at: Timestamp,
    as_of: Timestamp,
) -> Option<&ExchangeRate> {
    let fits = |rate: &&ExchangeRate| {
        let is_known = rate.recorded_at <= as_of && rate.valid_from <= at;
        rate.base == base && rate.quote == quote && is_known
    };
    rates
        .iter()
        .filter(fits)
        .max_by_key(|rate| (rate.valid_from, rate.recorded_at, rate.on))
}

/// The explanation of a provider's price.
pub(crate) fn provider_step(
    prices: &PriceTable,
    model: &ModelPrices,
    selected: &Selected,
) -> Option<ProviderStep> {
    let row = selected.row;
    let index = usize::try_from(row.source).ok()?;
    let fallbacks = selected.fallbacks.iter().map(|fallback| AppliedFactor {
        reason: format!("{} = {}", fallback.dimension, fallback.parent),
        factor: fallback.factor,
    });
    let marks = selected.multipliers.iter().map(|multiplier| AppliedFactor {
        reason: mark(multiplier),
        factor: multiplier.factor,
    });
    Some(ProviderStep {
        provider: model.provider.clone(),
        model: model.model.clone(),
        dimension: row.dimension.clone(),
        rate: row.rate?,
        conditions: row.conditions.clone(),
        valid_from: row.valid_from,
        recorded_at: row.recorded_at,
        source: prices.sources().get(index)?.clone(),
        manual: row.manual,
        factors: fallbacks.chain(marks).collect(),
        cost: selected.rate,
    })
}

/// `region=eu`
pub(crate) fn mark(multiplier: &Multiplier) -> String {
    format!("{}={}", key_name(multiplier.key), multiplier.value)
}

fn key_name(key: ConditionKey) -> &'static str {
    use ConditionKey as Key;
    match key {
        Key::ServiceTier => "service_tier",
        Key::Processing => "processing",
        Key::Speed => "speed",
        Key::Region => "region",
        Key::Route => "route",
        Key::Variant => "variant",
        Key::SearchType => "search_type",
    }
}
