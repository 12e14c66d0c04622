//! What one unit sells for: cost and a markup, or a price of one's own, which may be a formula.

use crate::cost_price::{CostPrice, of_call};
use crate::explanation::{OwnStep, own_step};
use crate::markup::{ChosenRule, HowSold, MarkupTarget, SellPrice, choose, marked_up};
use crate::{BeatenRule, Buyer, HeldReason, MarkupOrigin, MarkupStep, PriceBook};
use ratebook_catalog::prices::{ModelPrices, PriceCall};
use ratebook_catalog::{
    Dimension, ExchangeRate, FormulaCode, FormulaFault, Markup, OwnPrice, PriceConditions,
};
use ratebook_catalog::{PriceFormula, Term};
use ratebook_money::{Currency, Exact, MoneyError, Rate};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Places of a computed price in list units: per unit they fit the 24 of a rate.
pub const FORMULA_PLACES: u32 = 18;

/// One price that is asked for.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a, 'c> {
    pub book: &'c PriceBook<'a>,
    pub model: &'a ModelPrices,
    pub dimension: &'c Dimension,
    pub call: &'c PriceCall<'c>,
    pub buyer: Buyer,
    /// The markup of the charge itself.
    pub of_charge: Option<&'a Markup>,
}

/// What a unit sells for, and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Sold<'a> {
    pub chosen: ChosenRule<'a>,
    pub price: SellPrice,
    /// What the names of a formula stood for.
    pub inputs: Vec<FormulaInput>,
    /// How a price of one's own came into the currency that is sold in.
    pub exchange: Option<&'a ExchangeRate>,
}

/// What a name of a formula stood for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FormulaInput {
    /// `cost`, `row(input_tokens)`.
    pub name: String,
    /// Its value, in list units of the formula's currency.
    pub value: Decimal,
}

/// The sell price. What the unit costs may be unknown where the price does not need it.
pub(crate) fn sold<'a>(
    asked: &Asked<'a, '_>,
    cost: &Result<CostPrice<'a>, HeldReason>,
) -> Result<Sold<'a>, HeldReason> {
    follow(asked, cost, &mut Vec::new())
}

/// As [`sold`]; `trail` are the dimensions whose formulas led here.
fn follow<'a>(
    asked: &Asked<'a, '_>,
    cost: &Result<CostPrice<'a>, HeldReason>,
    trail: &mut Vec<Dimension>,
) -> Result<Sold<'a>, HeldReason> {
    if let Err(HeldReason::Unspecified | HeldReason::UnknownModel) = cost {
        return Err(refused(cost));
    }
    let chosen = chosen(asked, cost);
    let mut exchange = None;
    let mut sold_in = |rate: Rate| {
        let (rate, by) = exchanged(asked, rate)?;
        exchange = by;
        Ok::<_, HeldReason>(plain(rate))
    };
    let (price, inputs) = match chosen.how {
        HowSold::AtCost => (plain(known(cost)?.rate), Vec::new()),
        HowSold::Markup(markup) => {
            let cost = known(cost)?;
            let is_priced = cost.provider.is_some();
            let price = marked_up(cost.rate, markup, &chosen, asked.dimension, is_priced);
            (price.map_err(inexact)?, Vec::new())
        }
        HowSold::Own(OwnPrice::Price { rate }) => (sold_in(*rate)?, Vec::new()),
        HowSold::Own(OwnPrice::Formula(formula)) => {
            let (rate, inputs) = computed(asked, cost, formula, trail)
                .map_err(|refused| refused.reason.unwrap_or(HeldReason::Formula(refused.fault)))?;
            (sold_in(rate)?, inputs)
        }
    };
    Ok(Sold {
        chosen,
        price,
        inputs,
        exchange,
    })
}

fn chosen<'a>(asked: &Asked<'a, '_>, cost: &Result<CostPrice<'a>, HeldReason>) -> ChosenRule<'a> {
    let selected;
    let none = PriceConditions::default();
    let conditions = match cost {
        Ok(cost) => cost.provider.as_ref().map(|p| &p.selected.row.conditions),
        // The row may be there all the same: what is missing may be the exchange rate.
        Err(_) => {
            let as_of = asked.book.as_of;
            selected = asked.model.select(asked.dimension, asked.call, as_of);
            let row = selected.as_ref().ok().and_then(Option::as_ref);
            row.map(|selected| &selected.row.conditions)
        }
    };
    let target = MarkupTarget {
        provider: &asked.model.provider,
        model: &asked.model.model,
        dimension: asked.dimension,
        conditions: conditions.unwrap_or(&none),
        plan: asked.buyer.plan,
        contract: asked.buyer.contract,
        at: asked.call.at,
        as_of: asked.book.as_of,
    };
    choose(asked.book.rules, &target, asked.of_charge)
}

/// Why a formula has no price.
pub(crate) struct NoFormulaPrice {
    pub fault: FormulaFault,
    /// What is missing, where it is not the formula that is at fault.
    pub reason: Option<HeldReason>,
}

/// The price that a formula makes, of one unit, in its own currency.
pub(crate) fn computed<'a>(
    asked: &Asked<'a, '_>,
    cost: &Result<CostPrice<'a>, HeldReason>,
    formula: &PriceFormula,
    trail: &mut Vec<Dimension>,
) -> Result<(Rate, Vec<FormulaInput>), NoFormulaPrice> {
    let book = PriceBook {
        currency: formula.currency,
        ..*asked.book
    };
    let asked = Asked {
        book: &book,
        ..*asked
    };
    let own_currency = cost
        .as_ref()
        .is_ok_and(|c| c.rate.currency() == formula.currency);
    let again;
    let cost = if own_currency {
        cost
    } else {
        again = of_call(&book, asked.model, asked.dimension, asked.call);
        &again
    };
    trail.push(asked.dimension.clone());
    let mut reason = None;
    let mut inputs: Vec<FormulaInput> = Vec::new();
    let mut lookup = |term: Term<'_>| {
        let value = stands_for(&asked, cost, term, trail).map_err(|why| {
            reason = why.1;
            why.0
        })?;
        let name = match term {
            Term::Name(name) => name.to_owned(),
            Term::Row(name) => format!("row({name})"),
        };
        if !inputs.iter().any(|known| known.name == name) {
            inputs.push(FormulaInput { name, value });
        }
        Ok(value)
    };
    let value = formula.formula.evaluate(FORMULA_PLACES, &mut lookup);
    trail.pop();
    let refused = |fault| NoFormulaPrice { fault, reason };
    let value = value.map_err(refused)?;
    let whole = |code| NoFormulaPrice {
        fault: FormulaFault {
            at: 0,
            code,
            word: value.to_string(),
        },
        reason: None,
    };
    if value.is_sign_negative() && !value.is_zero() {
        return Err(whole(FormulaCode::Negative));
    }
    let rate = per_unit(value, asked.dimension, formula.currency);
    Ok((rate.map_err(|_| whole(FormulaCode::TooBig))?, inputs))
}

type Missing = (FormulaCode, Option<HeldReason>);

/// What a name stands for, in list units of the book's currency.
fn stands_for<'a>(
    asked: &Asked<'a, '_>,
    cost: &Result<CostPrice<'a>, HeldReason>,
    term: Term<'_>,
    trail: &mut Vec<Dimension>,
) -> Result<Decimal, Missing> {
    let too_big = |_| (FormulaCode::TooBig, None);
    let missing = |reason: HeldReason| match reason {
        HeldReason::Formula(fault) => (fault.code, Some(HeldReason::Formula(fault))),
        reason @ (HeldReason::UnknownModel
        | HeldReason::NoPrice
        | HeldReason::Unspecified
        | HeldReason::NoExchangeRate { .. }
        | HeldReason::Inexact
        | HeldReason::NoValue { .. }
        | HeldReason::NoPriceForValue { .. }) => (FormulaCode::NotKnown, Some(reason)),
    };
    match term {
        Term::Name("cost") => {
            let cost = known(cost).map_err(missing)?;
            listed(cost.rate, asked.dimension).map_err(too_big)
        }
        Term::Name("list") => {
            let rate = imported(asked, cost).map_err(missing)?;
            listed(rate, asked.dimension).map_err(too_big)
        }
        Term::Name("published") => Err((FormulaCode::NotKnown, None)),
        Term::Name(_) => Err((FormulaCode::UnknownName, None)),
        Term::Row(name) => {
            let dimension = dimension(name).ok_or((FormulaCode::UnknownName, None))?;
            if trail.contains(&dimension) {
                return Err((FormulaCode::Loop, None));
            }
            let other = Asked {
                dimension: &dimension,
                ..*asked
            };
            let cost = of_call(asked.book, asked.model, &dimension, asked.call);
            let sold = follow(&other, &cost, trail).map_err(missing)?;
            listed(sold.price.rate, &dimension).map_err(too_big)
        }
    }
}

/// The dimension that a formula names: `output` is short for `output_tokens`.
#[must_use]
pub fn dimension(name: &str) -> Option<Dimension> {
    Dimension::parse(name).or_else(|| Dimension::parse(&format!("{name}_tokens")))
}

/// What it would cost by imported prices alone.
fn imported<'a>(
    asked: &Asked<'a, '_>,
    cost: &Result<CostPrice<'a>, HeldReason>,
) -> Result<Rate, HeldReason> {
    if !asked.model.prices.iter().any(|row| row.manual) {
        return known(cost).map(|cost| cost.rate);
    }
    let mut model = asked.model.clone();
    model.prices.retain(|row| !row.manual);
    of_call(asked.book, &model, asked.dimension, asked.call).map(|cost| cost.rate)
}

fn known<'b, 'a>(
    cost: &'b Result<CostPrice<'a>, HeldReason>,
) -> Result<&'b CostPrice<'a>, HeldReason> {
    cost.as_ref().map_err(HeldReason::clone)
}

fn refused(cost: &Result<CostPrice, HeldReason>) -> HeldReason {
    known(cost).err().unwrap_or(HeldReason::NoPrice)
}

fn plain(rate: Rate) -> SellPrice {
    SellPrice {
        rate,
        raised_to_margin: false,
    }
}

fn inexact(_: MoneyError) -> HeldReason {
    HeldReason::Inexact
}

/// An own price in the currency that is sold in, and the rate by which it came there.
fn exchanged<'a>(
    asked: &Asked<'a, '_>,
    rate: Rate,
) -> Result<(Rate, Option<&'a ExchangeRate>), HeldReason> {
    let (base, quote) = (rate.currency(), asked.book.currency);
    if base == quote {
        return Ok((rate, None));
    }
    let (rates, at) = (asked.book.exchange, asked.call.at);
    let found = crate::exchange_rate(rates, base, quote, at, asked.book.as_of);
    let found = found.ok_or(HeldReason::NoExchangeRate { base, quote })?;
    let rate = rate.exchanged(found.rate, quote).map_err(inexact)?;
    Ok((rate, Some(found)))
}

/// A price of one unit in list units: per million tokens, per unit otherwise.
///
/// # Errors
/// [`MoneyError::Overflow`] when it does not fit.
pub fn listed(rate: Rate, dimension: &Dimension) -> Result<Decimal, MoneyError> {
    if dimension.is_tokens() {
        rate.per_million().map(|value| value.normalize())
    } else {
        Ok(rate.per_unit())
    }
}

/// The price of one unit, of a price in list units.
///
/// # Errors
/// [`MoneyError::TooPrecise`] beyond 24 places of the unit, [`MoneyError::Overflow`].
pub fn per_unit(
    value: Decimal,
    dimension: &Dimension,
    currency: Currency,
) -> Result<Rate, MoneyError> {
    let value = Exact::from_decimal(value);
    let value = if dimension.is_tokens() {
        value.times(Exact::from_decimal(Decimal::new(1, 6)))?
    } else {
        value
    };
    Rate::new(value.to_decimal()?, currency)
}

impl Sold<'_> {
    /// The explanation of the price.
    pub(crate) fn step(&self) -> MarkupStep {
        let origin = match (self.chosen.rule, self.chosen.how) {
            (Some(rule), _) => MarkupOrigin::Rule {
                id: rule.id,
                scope: Box::new(rule.scope.clone()),
                valid_from: rule.valid_from,
                version: rule.version,
            },
            (None, HowSold::Markup(_) | HowSold::Own(_)) => MarkupOrigin::Charge,
            (None, HowSold::AtCost) => MarkupOrigin::None,
        };
        let beaten = self.chosen.beaten.iter().map(|rule| BeatenRule {
            id: rule.id,
            scope: rule.scope.clone(),
            markup: rule.markup().cloned().unwrap_or_else(Markup::default),
            own: rule.own().cloned(),
        });
        MarkupStep {
            origin,
            markup: self
                .chosen
                .markup()
                .cloned()
                .unwrap_or_else(Markup::default),
            own: self.own(),
            beaten: beaten.collect(),
            raised_to_margin: self.price.raised_to_margin,
        }
    }

    fn own(&self) -> Option<OwnStep> {
        match self.chosen.how {
            HowSold::Own(own) => Some(own_step(own, &self.inputs)),
            HowSold::Markup(_) | HowSold::AtCost => None,
        }
    }
}
