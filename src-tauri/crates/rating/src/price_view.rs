use crate::cost_price::{ProviderPriceOf, of_call, provider_step};
use crate::markup::{ChosenRule, SellPrice};
use crate::sell::{Asked, NoFormulaPrice, Sold, computed, sold};
use crate::{FormulaInput, HeldReason, RatingInput, Step, margin};
use ratebook_catalog::prices::{ModelPrices, PriceCall, PriceTable, Selected};
use ratebook_catalog::{Dimension, ExchangeRate, FormulaFault, MarkupRules, PlanId, PriceFormula};
use ratebook_catalog::{PriceConditions, SubscriptionId};
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
    pub rules: &'a MarkupRules,
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

/// One price of the price book: what a unit costs, by which rule, what it sells for.
#[derive(Debug)]
pub struct PriceView<'a> {
    /// What one unit costs, in the currency of the book; absent where it is not known and the
    /// price does not need it.
    pub cost: Option<Rate>,
    sold: Sold<'a>,
    model: &'a ModelPrices,
    provider: Option<ProviderPriceOf<'a>>,
    prices: &'a PriceTable,
    least: u32,
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
    let asked = Asked {
        book,
        model,
        dimension,
        call,
        buyer,
        of_charge: None,
    };
    let cost = of_call(book, model, dimension, call);
    let sold = sold(&asked, &cost)?;
    let (cost, provider) = match cost {
        Ok(cost) => (Some(cost.rate), cost.provider),
        Err(_) => (None, None),
    };
    Ok(PriceView {
        cost,
        sold,
        model,
        provider,
        prices: book.prices,
        least: model.at_least(dimension),
    })
}

/// What a formula that is being typed makes of a price, in list units, and what its names stand
/// for.
///
/// # Errors
/// The fault, with its place.
pub fn try_formula<'a>(
    book: &PriceBook<'a>,
    model: &'a ModelPrices,
    dimension: &Dimension,
    call: &PriceCall,
    formula: &PriceFormula,
) -> Result<(Rate, Vec<FormulaInput>), FormulaFault> {
    let asked = Asked {
        book,
        model,
        dimension,
        call,
        buyer: Buyer::default(),
        of_charge: None,
    };
    let cost = of_call(book, model, dimension, call);
    computed(&asked, &cost, formula, &mut Vec::new()).map_err(|NoFormulaPrice { fault, .. }| fault)
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

impl<'a> PriceView<'a> {
    /// The rule that holds, and those that it beat.
    #[must_use]
    pub fn chosen(&self) -> &ChosenRule<'a> {
        &self.sold.chosen
    }

    /// What one unit sells for.
    #[must_use]
    pub fn sell(&self) -> SellPrice {
        self.sold.price
    }

    /// What the names of the formula stood for, where the price is one.
    #[must_use]
    pub fn inputs(&self) -> &[FormulaInput] {
        &self.sold.inputs
    }

    /// The margin in percent of the sell price, to one place; for display only.
    #[must_use]
    pub fn margin(&self) -> Option<Decimal> {
        margin::of_price(self.sold.price.rate, self.cost?)
    }

    /// Whether it sells for less than it costs.
    #[must_use]
    pub fn is_below_cost(&self) -> bool {
        self.cost
            .is_some_and(|cost| self.sold.price.rate.per_unit() < cost.per_unit())
    }

    /// The provider's own price with all factors, in its currency.
    #[must_use]
    pub fn provider_rate(&self) -> Option<Rate> {
        self.provider
            .as_ref()
            .map(|provider| provider.selected.rate)
    }

    /// The chosen row, fallbacks and factors.
    #[must_use]
    pub fn selected(&self) -> Option<&Selected<'a>> {
        self.provider.as_ref().map(|provider| &provider.selected)
    }

    /// The conditions of the chosen row.
    #[must_use]
    pub fn conditions(&self) -> Option<&PriceConditions> {
        self.selected().map(|selected| &selected.row.conditions)
    }

    /// Units that a call is billed at least; 0 where there is no such rule.
    #[must_use]
    pub fn at_least(&self) -> u32 {
        self.least
    }

    /// How the price is made, from the provider's price on.
    #[must_use]
    pub fn steps(&self) -> Vec<Step> {
        let mut steps = Vec::new();
        if let Some(ProviderPriceOf { selected, exchange }) = &self.provider {
            let step = provider_step(self.prices, self.model, selected);
            steps.extend(step.map(Step::ProviderPrice));
            let least = Some(self.least).filter(|units| *units > 0);
            steps.extend(least.map(|units| Step::LeastPerCall { units }));
            let converted = exchange.zip(self.cost);
            steps.extend(converted.map(|(exchange, cost)| exchange_step(exchange, cost)));
        }
        steps.push(Step::Markup(self.sold.step()));
        let own = self.sold.exchange;
        steps.extend(own.map(|exchange| exchange_step(exchange, self.sold.price.rate)));
        steps.push(Step::UnitPrice {
            rate: self.sold.price.rate,
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
