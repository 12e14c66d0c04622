//! Steps of an explanation as the wire has them: a code for the window's words, the result, and the
//! figures it came from.

use super::conditions_text;
use crate::wire::{ExplainStep, Fact};
use ratebook_catalog::{FeeTiming, OwnPrice, Proration};
use ratebook_money::{Amount, Money, Rate};
use ratebook_rating::price::PriceStep;
use ratebook_rating::{AggregatedStep, MarkupStep, OwnStep, SeatStep, Share, Step};
use serde_json::Value;

/// A figure and its currency or unit.
type Figure = (String, Option<String>);
/// A step's name, its result, and every other figure by its own name.
type Told = (&'static str, Figure, Vec<Fact>);

fn money_figure(money: Money) -> Figure {
    (money.number(), Some(money.currency().to_string()))
}

fn exact_figure(amount: Amount) -> Figure {
    (
        amount.to_exact_string(),
        Some(amount.currency().to_string()),
    )
}

fn rate_figure(rate: Rate) -> Figure {
    (
        rate.per_unit().normalize().to_string(),
        Some(rate.currency().to_string()),
    )
}

/// The steps of an explanation; those inside the price of a bucket or of a value follow it.
pub(crate) fn steps(steps: &[Step]) -> Vec<ExplainStep> {
    let mut all = Vec::with_capacity(steps.len());
    for one in steps {
        if let Step::Price { step } = one {
            with_inner(step, 0, &mut all);
        } else {
            all.push(step(one));
        }
    }
    all
}

fn with_inner(step: &PriceStep, depth: u8, all: &mut Vec<ExplainStep>) {
    let own = priced(step);
    let depth_word = (depth > 0).then_some(depth);
    all.push(ExplainStep {
        depth: depth_word,
        ..own
    });
    for inner in step.inside() {
        with_inner(inner, depth.saturating_add(1), all);
    }
}

fn part_figure(share: &Share) -> Figure {
    (format!("{}/{}", share.days, share.of), None)
}

fn short_facts(
    at_least: &impl std::fmt::Display,
    calls: &impl std::fmt::Display,
    missing: &impl std::fmt::Display,
) -> Vec<Fact> {
    vec![
        fact("at_least", at_least),
        fact("calls", calls),
        fact("missing", missing),
    ]
}

fn tier_facts(
    tier: &impl std::fmt::Display,
    quantity: &impl std::fmt::Display,
    unit_price: &impl std::fmt::Display,
    flat_fee: &impl std::fmt::Display,
) -> Vec<Fact> {
    vec![
        fact("tier", tier),
        fact("quantity", quantity),
        fact("unit_price", unit_price),
        fact("flat_fee", flat_fee),
    ]
}

/// A step of an explanation.
pub(crate) fn step(step: &Step) -> ExplainStep {
    let (code, (value, unit), facts) = match step {
        Step::Terms { phase, agreed } => {
            let by = if *agreed { "customer" } else { "phase" };
            let facts = phase.iter().map(|name| fact("phase", name)).collect();
            ("terms", (by.to_owned(), None), facts)
        }
        Step::Fee {
            amount,
            timing,
            share,
            seats,
        } => {
            let facts = fee_facts(*timing, share.as_ref(), *seats);
            ("fee", money_figure(*amount), facts)
        }
        Step::OneOff { amount } => ("one_off", money_figure(*amount), Vec::new()),
        Step::Manual {
            quantity,
            unit_price,
        } => by_hand(quantity, *unit_price),
        Step::Minimum {
            amount,
            share,
            charged,
        } => {
            let facts = minimum_facts(*charged, share.as_ref());
            ("minimum", money_figure(*amount), facts)
        }
        Step::Quantity { quantity, events } => {
            let facts = vec![fact("events", events)];
            ("quantity", (quantity.to_string(), None), facts)
        }
        Step::ShortCalls {
            at_least,
            calls,
            missing,
            billed,
        } => {
            let facts = short_facts(at_least, calls, missing);
            ("short_calls", (billed.to_string(), None), facts)
        }
        Step::LeastPerCall { units } => ("least_per_call", (units.to_string(), None), Vec::new()),
        Step::Aggregated { by } => return aggregated(by),
        Step::Part { share } => ("part", part_figure(share), share_facts(Some(share))),
        Step::Prior { quantity } => ("prior", (quantity.to_string(), None), Vec::new()),
        Step::ProviderPrice(price) => provider(price),
        Step::ExchangeRate { rate, .. } => (
            "exchange_rate",
            (rate.to_string(), None),
            exchange_facts(step),
        ),
        Step::Markup(markup) => of_rule(markup),
        Step::UnitPrice { rate } => ("sell_price", rate_figure(*rate), Vec::new()),
        Step::Tier {
            tier,
            quantity,
            unit_price,
            flat_fee,
            exact,
        } => {
            let per_unit = unit_price.per_unit().normalize();
            let facts = tier_facts(tier, quantity, &per_unit, &flat_fee.to_exact_string());
            ("tier", exact_figure(*exact), facts)
        }
        Step::Price { step } => return priced(step),
        Step::Rounding { exact, rounded } => rounding(*exact, *rounded),
    };
    plain(code, (value, unit), facts)
}

fn by_hand(quantity: &impl std::fmt::Display, unit_price: Rate) -> Told {
    let facts = vec![fact("quantity", quantity)];
    ("manual", rate_figure(unit_price), facts)
}

fn provider(price: &ratebook_rating::ProviderStep) -> Told {
    let facts = provider_facts(price);
    ("provider_price", rate_figure(price.rate), facts)
}

fn rounding(exact: Amount, rounded: Money) -> Told {
    let facts = vec![fact("exact", exact.to_exact_string())];
    ("rounded", money_figure(rounded), facts)
}

/// A step that stands in no other.
fn plain(code: &str, (value, unit): Figure, facts: Vec<Fact>) -> ExplainStep {
    ExplainStep {
        code: code.to_owned(),
        value,
        unit,
        facts,
        depth: None,
    }
}

/// How a quantity came about that is no sum of what events carry.
fn aggregated(by: &AggregatedStep) -> ExplainStep {
    let (code, value, facts) = match by {
        AggregatedStep::Picked { at } => ("picked", at.to_string(), Vec::new()),
        AggregatedStep::Groups { groups } => ("groups", groups.to_string(), Vec::new()),
        AggregatedStep::Average { sum, events } => {
            ("average", sum.to_string(), vec![fact("events", events)])
        }
        AggregatedStep::WeightedSum {
            level_seconds,
            seconds,
        } => {
            let facts = vec![fact("seconds", seconds)];
            ("weighted_sum", level_seconds.to_string(), facts)
        }
        AggregatedStep::UniqueCount { key } => ("unique_count", key.clone(), Vec::new()),
    };
    plain(code, (value, None), facts)
}

/// A step of a price document: its name, its result, and every other figure by its own name.
fn priced(step: &PriceStep) -> ExplainStep {
    let mut value = serde_json::to_value(step).unwrap_or_default();
    value.sort_all_objects();
    let fields = value.as_object().cloned().unwrap_or_default();
    let text = |name: &str| match fields.get(name) {
        None | Some(Value::Null) => None,
        Some(Value::String(text)) => Some(text.clone()),
        Some(other) => Some(other.to_string()),
    };
    let result = ["charged", "amount", "after", "rounded", "sum", "quantity"];
    let result = result.iter().find(|name| fields.contains_key(**name));
    let shown =
        |name: &&String| *name != "step" && *name != "explain" && Some(&name.as_str()) != result;
    let facts = fields
        .keys()
        .filter(shown)
        .filter_map(|name| Some(fact(name, text(name)?)));
    ExplainStep {
        code: format!("price_{}", text("step").unwrap_or_default()),
        value: result.and_then(|name| text(name)).unwrap_or_default(),
        unit: None,
        facts: facts.collect(),
        depth: None,
    }
}

fn fee_facts(timing: FeeTiming, share: Option<&Share>, seats: Option<SeatStep>) -> Vec<Fact> {
    let timing = match timing {
        FeeTiming::Advance => "advance",
        FeeTiming::Arrears => "arrears",
    };
    let mut facts = vec![fact("timing", timing)];
    if let Some(seats) = seats {
        facts.push(fact("seats", seats.count));
        if let Some((before, after)) = seats.change {
            facts.push(fact("seats_before", before));
            facts.push(fact("seats_after", after));
        }
    }
    facts.extend(share_facts(share));
    facts
}

fn exchange_facts(step: &Step) -> Vec<Fact> {
    let Step::ExchangeRate {
        base,
        quote,
        source,
        on,
        cost,
        ..
    } = step
    else {
        return Vec::new();
    };
    vec![
        fact("base", base),
        fact("quote", quote),
        fact("source", source),
        fact("on", on),
        fact("cost", cost.per_unit().normalize()),
    ]
}

fn minimum_facts(charged: Money, share: Option<&Share>) -> Vec<Fact> {
    let mut facts = vec![fact("charged", charged.number())];
    facts.extend(share_facts(share));
    facts
}

fn share_facts(share: Option<&Share>) -> Vec<Fact> {
    let Some(share) = share else {
        return Vec::new();
    };
    let (part, of) = match share.by {
        Proration::Days => ("days", "of_days"),
        Proration::Seconds => ("seconds", "of_seconds"),
    };
    vec![fact(part, share.days), fact(of, share.of)]
}

fn provider_facts(price: &ratebook_rating::ProviderStep) -> Vec<Fact> {
    let mut facts = vec![
        fact("model", format!("{}/{}", price.provider, price.model)),
        fact("dimension", &price.dimension),
        fact(
            "source",
            format!("{} {}", price.source.name, price.source.version),
        ),
        fact("seen_on", price.source.seen_on),
        fact("recorded_at", price.recorded_at),
    ];
    if price.valid_from > ratebook_money::Timestamp::MIN {
        facts.push(fact("valid_from", price.valid_from));
    }
    if price.manual {
        facts.push(fact("manual", "true"));
    }
    facts.extend(
        conditions_text(&price.conditions)
            .iter()
            .map(|part| fact("condition", part)),
    );
    facts.extend(
        price
            .factors
            .iter()
            .map(|factor| fact("factor", format!("{} × {}", factor.reason, factor.factor))),
    );
    facts
}

/// What a rule makes of a price: a markup, or a price of one's own.
fn of_rule(step: &MarkupStep) -> Told {
    match &step.own {
        None => ("markup", (percent(step), None), markup_facts(step)),
        Some(own) => {
            let (code, figure, facts) = own_price(own);
            let of_rule = markup_facts(step);
            (code, figure, facts.into_iter().chain(of_rule).collect())
        }
    }
}

/// A price of one's own: its name, its figure as it was entered, and what a formula came from.
fn own_price(own: &OwnStep) -> (&'static str, Figure, Vec<Fact>) {
    match &own.price {
        OwnPrice::Price { rate } => ("own_price", rate_figure(*rate), Vec::new()),
        OwnPrice::Formula(formula) => {
            let inputs = own.inputs.iter();
            let inputs = inputs.map(|input| {
                let value = input.value.normalize();
                fact("input", format!("{} = {value}", input.name))
            });
            let unit = Some(formula.currency.to_string());
            let mut facts = vec![fact("typed", &formula.typed)];
            facts.extend(inputs);
            ("own_formula", (formula.formula.to_string(), unit), facts)
        }
    }
}

fn percent(step: &ratebook_rating::MarkupStep) -> String {
    step.markup.percent.normalize().to_string()
}

fn markup_facts(step: &ratebook_rating::MarkupStep) -> Vec<Fact> {
    let origin = match &step.origin {
        ratebook_rating::MarkupOrigin::Rule { scope, .. } => scope_word(scope),
        ratebook_rating::MarkupOrigin::Charge => "charge".to_owned(),
        ratebook_rating::MarkupOrigin::None => "none".to_owned(),
    };
    let mut facts = vec![fact("scope", origin)];
    if let ratebook_rating::MarkupOrigin::Rule {
        version: Some(number),
        ..
    } = &step.origin
    {
        facts.push(fact("version", number));
    }
    if let Some(fixed) = step.markup.fixed_per_unit {
        facts.push(fact("fixed_per_unit", fixed.normalize()));
    }
    if let Some(fixed) = step.markup.fixed_per_request {
        facts.push(fact("fixed_per_request", fixed.normalize()));
    }
    facts.extend(step.beaten.iter().map(|rule| {
        let what = match &rule.own {
            None => format!("{} %", rule.markup.percent.normalize()),
            Some(OwnPrice::Price { rate }) => rate_figure(*rate).0,
            Some(OwnPrice::Formula(formula)) => format!("= {}", formula.formula),
        };
        fact("beaten", format!("{} {what}", scope_word(&rule.scope)))
    }));
    if step.raised_to_margin {
        facts.push(fact("raised_to_margin", "true"));
    }
    facts
}

/// Where a rule stands: `book`, `provider`, `model` or `cell`, behind `plan` or `contract`.
pub(crate) fn scope_word(scope: &ratebook_catalog::MarkupScope) -> String {
    let place = match (&scope.provider, &scope.model, &scope.dimension) {
        (_, _, Some(_)) => "cell",
        (_, Some(_), None) => "model",
        (Some(_), None, None) => "provider",
        (None, None, None) => "all",
    };
    match (scope.level, place) {
        (ratebook_catalog::ScopeLevel::Book, "all") => "book".to_owned(),
        (ratebook_catalog::ScopeLevel::Book, place) => place.to_owned(),
        (ratebook_catalog::ScopeLevel::Plan(_), place) => format!("plan {place}"),
        (ratebook_catalog::ScopeLevel::Contract(_), place) => format!("contract {place}"),
    }
}

/// A fact of an explanation.
pub(crate) fn fact(key: &str, value: impl ToString) -> Fact {
    Fact {
        key: key.to_owned(),
        value: value.to_string(),
    }
}
