use crate::cost_price::{CostPrice, of_call, provider_step};
use crate::markup::{ChosenMarkup, MarkupTarget, SellPrice, choose, sell};
use crate::{HeldReason, RatingInput, Step, margin};
use ratebook_catalog::prices::{ModelPrices, PriceCall, PriceTable, Selected};
use ratebook_catalog::{Dimension, ExchangeRate, MarkupRule, PlanId, SubscriptionId};
use ratebook_money::{Currency, Rate, Timestamp};
use rust_decimal::Decimal;

/// Provider prices, exchange rates and markup rules, as the book knew them at one time, sold in
/// one currency.
#[derive(Clone, Copy, Debug)]
pub struct PriceBook<'a> {
    /// The currency it sells in.
    pub currency: Currency,
    /// What the providers charge.
    pub prices: &'a PriceTable,
    /// Markup rules.
    pub rules: &'a [MarkupRule],
    /// Exchange rates.
    pub exchange: &'a [ExchangeRate],
    /// What the book knew.
    pub as_of: Timestamp,
}

/// For whom a price is looked at: the price book itself, a plan, or a contract.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Buyer {
    /// Rules of this plan hold too.
    pub plan: Option<PlanId>,
    /// Rules of this contract hold too.
    pub contract: Option<SubscriptionId>,
}

/// One price of the price book: what a unit costs, how that is marked up, what it sells for.
#[derive(Debug)]
pub struct PriceView<'a> {
    /// What one unit costs, in the currency of the book.
    pub cost: Rate,
    /// The markup that holds, and those that it beat.
    pub chosen: ChosenMarkup<'a>,
    /// What one unit sells for.
    pub sell: SellPrice,
    model: &'a ModelPrices,
    provider: Option<(Selected<'a>, Option<&'a ExchangeRate>)>,
    prices: &'a PriceTable,
}

impl<'a> RatingInput<'a> {
    /// The price book that this input is rated under.
    #[must_use]
    pub fn price_book(&self) -> PriceBook<'a> {
        PriceBook {
            currency: self.currency,
            prices: self.prices,
            rules: self.rules,
            exchange: self.exchange,
            as_of: self.as_of,
        }
    }
}

/// The price of one unit of a dimension of a model for a call (of which `at`, marks and context
/// matter): the same functions that rate usage.
///
/// # Errors
/// Why there is no price.
pub fn price_view<'a>(
    book: &PriceBook<'a>,
    model: &'a ModelPrices,
    dimension: &Dimension,
    call: &PriceCall,
    buyer: Buyer,
) -> Result<PriceView<'a>, HeldReason> {
    let CostPrice { provider, rate, .. } = of_call(book, model, dimension, call)?;
    let target = MarkupTarget {
        provider: &model.provider,
        model: &model.model,
        dimension,
        plan: buyer.plan,
        contract: buyer.contract,
        at: call.at,
        as_of: book.as_of,
    };
    let chosen = choose(book.rules, &target, None);
    let sell = sell(rate, &chosen, dimension, provider.is_some());
    Ok(PriceView {
        cost: rate,
        sell: sell.map_err(|_| HeldReason::Inexact)?,
        chosen,
        model,
        provider: provider.map(|provider| (provider.selected, provider.exchange)),
        prices: book.prices,
    })
}

/// What one unit of a dimension costs, in the currency of the book, without what it sells for.
///
/// # Errors
/// Why there is no price.
pub fn unit_cost(
    book: &PriceBook<'_>,
    model: &ModelPrices,
    dimension: &Dimension,
    call: &PriceCall,
) -> Result<Rate, HeldReason> {
    of_call(book, model, dimension, call).map(|cost| cost.rate)
}

impl PriceView<'_> {
    /// The margin in percent of the sell price, to one place; for display only.
    #[must_use]
    pub fn margin(&self) -> Option<Decimal> {
        margin::of_price(self.sell.rate, self.cost)
    }

    /// The provider's own price with all factors, in its currency.
    #[must_use]
    pub fn provider_rate(&self) -> Option<Rate> {
        self.provider.as_ref().map(|(selected, _)| selected.rate)
    }

    /// The chosen row, fallbacks and factors.
    #[must_use]
    pub fn selected(&self) -> Option<&Selected<'_>> {
        self.provider.as_ref().map(|(selected, _)| selected)
    }

    /// How the price is made, from the provider's price on.
    #[must_use]
    pub fn steps(&self) -> Vec<Step> {
        let mut steps = Vec::new();
        if let Some((selected, exchange)) = &self.provider {
            let step = provider_step(self.prices, self.model, selected);
            steps.extend(step.map(Step::ProviderPrice));
            steps.extend(exchange.map(|exchange| exchange_step(exchange, self.cost)));
        }
        steps.push(Step::Markup(self.chosen.step(self.sell.raised_to_margin)));
        steps.push(Step::UnitPrice {
            rate: self.sell.rate,
        });
        steps
    }
}

/// The explanation of an exchange rate; `cost` is the provider's price after it.
pub(crate) fn exchange_step(exchange: &ExchangeRate, cost: Rate) -> Step {
    Step::ExchangeRate {
        base: exchange.base,
        quote: exchange.quote,
        rate: exchange.rate,
        source: exchange.source.clone(),
        on: exchange.on,
        cost,
    }
}
