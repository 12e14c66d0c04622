//! Writes what comes out of a case.

use super::book::Book;
use ratebook_catalog::prices::ModelAlias;
use ratebook_catalog::{CreditTax, Dimension, MeterRef, OwnPrice, PriceConditions};
use ratebook_invoicing::{FinalizedInvoice, Frozen, FrozenSubscription, Inputs, InvoiceError};
use ratebook_invoicing::{draft, finalize, verify};
use ratebook_money::{Amount, Money, Rate, Timestamp};
use ratebook_rating::price::PriceStep;
use ratebook_rating::{
    AggregatedStep, LineItem, MarkupOrigin, MarkupStep, OwnStep, Rated, RatedLine, Step,
};
use std::fmt::Write;

/// The rated lines with their explanations, what waits and what is excluded.
pub fn rated(book: &Book) -> String {
    book.rate(|_, rated| match rated {
        Ok(rated) => lines(&rated),
        Err(error) => format!("error     {error}\n"),
    })
}

/// The finalized invoice.
pub fn invoiced(book: &Book) -> String {
    match finalized(book) {
        Ok(invoice) => of_invoice(book, &invoice),
        Err(error) => format!("error     {error}\n"),
    }
}

/// Rates, drafts, freezes and finalizes a case, and verifies what came out.
pub(super) fn finalized(book: &Book) -> Result<FinalizedInvoice, InvoiceError> {
    let (invoice, frozen) = frozen(book)?;
    verify(&invoice, frozen.json(), &book.prices()).expect("the invoice verifies");
    Ok(invoice)
}

/// Verifies the invoice of a case in a book in which every name was given to another model.
pub(super) fn verify_with_aliases(book: &Book) {
    let (invoice, frozen) = frozen(book).expect("an invoice");
    let first = &book.models[0];
    let calls = book.sums.iter().filter(|sum| !sum.class.model.is_empty());
    let aliases: Vec<ModelAlias> = calls
        .map(|sum| ModelAlias {
            provider: Some(sum.class.provider.clone()),
            alias: sum.class.model.clone(),
            to_provider: first.provider.clone(),
            to_model: first.model.clone(),
        })
        .collect();
    let prices = book.prices_with(&aliases);
    let other = aliases.iter().any(|alias| {
        let provider = alias.provider.as_deref().unwrap_or("");
        let meant = prices.resolve(provider, &alias.alias).model();
        meant.is_some_and(|model| model.model != alias.alias)
    });
    assert!(other, "the aliases change nothing");
    verify(&invoice, frozen.json(), &prices).expect("the invoice verifies");
}

fn frozen(book: &Book) -> Result<(FinalizedInvoice, Frozen), InvoiceError> {
    let rated = book.rate(|_, rated| rated)?;
    let subscribed = book.subscribed().into_iter();
    let inputs = Inputs {
        v: 1,
        company: book.company.clone(),
        customer: book.customer.clone(),
        period: book.period,
        as_of: book.as_of,
        subscriptions: subscribed
            .map(|subscribed| FrozenSubscription {
                subscription: subscribed.subscription.clone(),
                plan: subscribed.plan.clone(),
                version: subscribed.version.clone(),
                standing: subscribed.standing,
            })
            .collect(),
        meters: book.meters.clone(),
        rules: book.rules.clone(),
        exchange: book.exchange.clone(),
        names: Some(rated.names.clone()),
        prices: Vec::new(),
        usage: rated.usage.clone(),
        readings: rated.readings.clone(),
        paid: book.paid.clone(),
        credits: book.credits(),
        edit: None,
        replaces: None,
    };
    let frozen = inputs.freeze()?;
    let draft = draft(rated, &book.company, &book.customer)?;
    let invoice = finalize(draft, &frozen, book.number.clone(), book.issued_on)?;
    Ok((invoice, frozen))
}

/// What each grant pays and what is left of it.
fn credits(book: &Book, invoice: &FinalizedInvoice, tax: CreditTax) -> String {
    let mut out = String::new();
    let own = invoice.credits().iter().filter(|credit| credit.tax == tax);
    for credit in own {
        let known = book.grants.iter();
        let mut known = known.filter(|(_, usable)| usable.grant.id == credit.grant);
        let (name, usable) = known.next().expect("a grant of the case");
        let left = usable.left.minus(credit.amount).expect("what is left");
        assert!(left.minor() >= 0, "{name} is used beyond what it is worth");
        let _ = writeln!(out, "credit    {name} {}, left {left}", credit.amount);
    }
    out
}

fn of_invoice(book: &Book, invoice: &FinalizedInvoice) -> String {
    let mut out = String::new();
    let _ = writeln!(
        out,
        "invoice   {} of {}",
        invoice.number(),
        invoice.issue_date()
    );
    for line in invoice.lines() {
        let _ = writeln!(out, "line {:<4} {}", line.number, short(&line.rated));
    }
    let totals = invoice.totals();
    let _ = writeln!(out, "net       {}", totals.net);
    out.push_str(&credits(book, invoice, CreditTax::PreTax));
    for tax in &totals.taxes {
        let reason = if tax.key.reason.is_empty() { "" } else { ": " };
        let key = format!(
            "{:?} {}%{reason}{}",
            tax.key.category, tax.key.percent, tax.key.reason
        );
        let _ = writeln!(out, "tax       {} on {} ({key})", tax.tax, tax.taxable);
    }
    let _ = writeln!(out, "total     {}", totals.total);
    out.push_str(&credits(book, invoice, CreditTax::PostTax));
    if totals.credited.is_some() {
        let _ = writeln!(out, "payable   {}", totals.payable);
    }
    let _ = writeln!(out, "due       {}", invoice.due_date());
    if let Some(cost) = invoice.cost() {
        let _ = writeln!(
            out,
            "cost      {} {}",
            cost.to_exact_string(),
            cost.currency()
        );
    }
    out
}

fn lines(rated: &Rated) -> String {
    let mut out = String::new();
    for line in &rated.lines {
        let _ = writeln!(out, "line      {}", short(line));
        for step in &line.explanation.steps {
            if let Some(step) = explained(step) {
                let _ = writeln!(out, "            {step}");
            }
        }
    }
    for held in &rated.held {
        let reason = word(&held.reason);
        let _ = writeln!(
            out,
            "held      {} {} of {}/{} in {} calls: {reason}",
            held.quantity, held.dimension, held.provider, held.model, held.events
        );
    }
    for excluded in &rated.excluded {
        let reason = word(&excluded.reason);
        let _ = writeln!(
            out,
            "excluded  {} {} of {}: {reason}",
            excluded.quantity, excluded.dimension, excluded.event_name
        );
    }
    for bucket in &rated.elsewhere {
        let bucket = &rated.usage[usize::try_from(*bucket).expect("an index")];
        let _ = writeln!(
            out,
            "elsewhere {} {} of {}: another month bills it",
            bucket.quantity, bucket.dimension, bucket.class.event_name
        );
    }
    if rated.lines.len() > 1 {
        let _ = writeln!(out, "sum       {}", sums(rated));
    }
    if out.is_empty() {
        out.push_str("nothing\n");
    }
    out
}

/// What is owed; what it is before each line is rounded, where no fee is prorated; what it costs.
fn sums(rated: &Rated) -> String {
    let mut owed = Money::zero(rated.currency);
    let mut exact = Some(Amount::zero(rated.currency));
    let mut cost = Some(Amount::zero(rated.currency));
    for line in &rated.lines {
        owed = owed.plus(line.amount).expect("a sum");
        let part = line.share.is_none().then_some(line.exact);
        exact = exact
            .zip(part)
            .map(|(sum, part)| sum.plus(part).expect("a sum"));
        cost = cost
            .zip(line.cost)
            .map(|(sum, part)| sum.plus(part).expect("a sum"));
    }
    let exact = exact.map_or(String::new(), |sum| {
        format!(", exact {}", sum.to_exact_string())
    });
    let cost = cost.map_or(String::new(), |sum| {
        format!(", cost {}", sum.to_exact_string())
    });
    format!("{owed}{exact}{cost}")
}

/// One line: what, for which days, how much, at which price, the amount.
fn short(line: &RatedLine) -> String {
    let mut out = format!("{}{}", line.charge_name, item(&line.item));
    let _ = write!(out, ", {} to {}: ", line.service.first, line.service.last);
    let per_million = counts_tokens(&line.item);
    if line.tiers.is_empty() {
        let price = line
            .unit_price
            .map_or(String::new(), |rate| price(rate, per_million));
        let _ = write!(out, "{} × {price}", line.quantity);
    }
    for (index, part) in line.tiers.iter().enumerate() {
        let plus = if index == 0 { "" } else { " + " };
        let rate = price(part.unit_price, per_million);
        let _ = write!(out, "{plus}{} × {rate}", part.quantity);
        if part.flat_fee.e24() != 0 {
            let _ = write!(out, " + {}", part.flat_fee.to_exact_string());
        }
        let _ = write!(out, " ({})", part.amount.number());
    }
    if let Some(share) = line.share {
        let _ = write!(out, " × {}/{} {}", share.days, share.of, word(&share.by));
    }
    let _ = write!(out, " = {}", line.amount);
    match line.cost {
        Some(cost) if cost.e24() == 0 => {}
        Some(cost) => {
            let _ = write!(out, " [cost {}]", cost.to_exact_string());
        }
        None => out.push_str(" [cost not known]"),
    }
    out
}

fn item(item: &LineItem) -> String {
    match item {
        LineItem::Fee { timing } => format!(", {}", word(timing)),
        LineItem::OneOff => ", once".to_owned(),
        LineItem::Manual => ", by hand".to_owned(),
        LineItem::Minimum => ", minimum".to_owned(),
        LineItem::Meter { name, .. } if name.is_empty() => String::new(),
        LineItem::Meter { name, .. } => format!(", {name}"),
        LineItem::Model {
            provider,
            model,
            dimension,
            conditions,
            marks,
        } => {
            let mut out = format!(", {provider}/{model} {dimension}{}", when(conditions));
            for mark in marks {
                let _ = write!(out, " {mark}");
            }
            out
        }
    }
}

fn when(conditions: &PriceConditions) -> String {
    let mut out = String::new();
    for (key, value) in &conditions.equals {
        let _ = write!(out, " {}={value}", word(key));
    }
    if let Some(context) = conditions.context {
        let _ = write!(
            out,
            " context {} {}",
            word(&context.comparison),
            context.tokens
        );
    }
    if let Some(window) = &conditions.window {
        let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
        let _ = write!(out, " window {}-{}", clock(window.from), clock(window.to));
    }
    out
}

fn priced(step: &PriceStep) -> String {
    let mut value = serde_json::to_value(step).unwrap();
    value.sort_all_objects();
    let fields = value.as_object().unwrap();
    let name = fields["step"].as_str().unwrap().replace('_', " ");
    let figures = fields
        .iter()
        .filter(|(key, value)| *key != "step" && !value.is_null());
    let figures = figures.map(|(key, value)| match value.as_str() {
        Some(text) => format!("{key} {text}"),
        None => format!("{key} {value}"),
    });
    format!("{name}: {}", figures.collect::<Vec<_>>().join(", "))
}

fn part(share: &ratebook_rating::Share) -> String {
    let by = word(&share.by);
    format!("for {}/{} {by} of the period", share.days, share.of)
}

fn explained(step: &Step) -> Option<String> {
    Some(match step {
        Step::Price { step } => priced(step),
        Step::Terms { phase, agreed } => {
            let phase = phase.iter().map(|name| format!("phase {name}"));
            let own = agreed.then(|| "price agreed with this customer".to_owned());
            phase.chain(own).collect::<Vec<_>>().join(", ")
        }
        Step::Fee { seats, .. } => {
            let (before, after) = seats.and_then(|seats| seats.change)?;
            format!("from {before} seats to {after}")
        }
        Step::OneOff { .. } | Step::Manual { .. } | Step::Tier { .. } | Step::Rounding { .. } => {
            return None;
        }
        Step::Minimum {
            amount,
            share,
            charged,
        } => {
            let share = share.map_or(String::new(), |share| {
                format!(" × {}/{} {}", share.days, share.of, word(&share.by))
            });
            format!("at least {amount}{share}, usage came to {charged}")
        }
        Step::Quantity { quantity, events } => format!("{quantity} in {events} events"),
        Step::ShortCalls {
            at_least,
            calls,
            missing,
            billed,
        } => format!("{calls} calls below {at_least}: {missing} more, {billed} billed"),
        Step::LeastPerCall { units } => format!("a call is at least {units}"),
        Step::Aggregated { by } => aggregated(by),
        Step::Part { share } => part(share),
        Step::Prior { quantity } => format!("{quantity} rated before"),
        Step::ProviderPrice(step) => {
            let mut out = format!("provider {}", price(step.rate, step.dimension.is_tokens()));
            let _ = write!(out, " {}{}", step.rate.currency(), when(&step.conditions));
            if step.valid_from != Timestamp::MIN {
                let _ = write!(out, " since {}", step.valid_from);
            }
            if step.manual {
                out.push_str(" (by hand)");
            }
            for factor in &step.factors {
                let _ = write!(out, " × {} ({})", factor.factor, factor.reason);
            }
            out
        }
        Step::ExchangeRate {
            base,
            quote,
            rate,
            source,
            on,
            ..
        } => {
            format!("1 {base} = {rate} {quote} ({source} {on})")
        }
        Step::Markup(step) => of_rule(step),
        Step::UnitPrice { rate } => format!("sold at {rate}"),
    })
}

/// The rule that made a price, and those that it beat.
fn of_rule(step: &MarkupStep) -> String {
    let from = match &step.origin {
        MarkupOrigin::Rule { scope, version, .. } => {
            let version = version.map(|number| format!(", version {number}"));
            format!("{}{}", scope_text(scope), version.unwrap_or_default())
        }
        MarkupOrigin::Charge => "the charge itself".to_owned(),
        MarkupOrigin::None => return "no markup".to_owned(),
    };
    let mut out = match &step.own {
        None => format!("markup {}% from {from}", step.markup.percent),
        Some(own) => format!("{} from {from}", own_price(own)),
    };
    for beaten in &step.beaten {
        let scope = scope_text(&beaten.scope);
        let what = match &beaten.own {
            None => format!("{}%", beaten.markup.percent),
            Some(OwnPrice::Price { rate }) => format!("own price {rate}"),
            Some(OwnPrice::Formula(formula)) => format!("\"{}\"", formula.formula),
        };
        let _ = write!(out, ", before {what} from {scope}");
    }
    if step.raised_to_margin {
        out.push_str(", raised to the minimum margin");
    }
    out
}

fn own_price(own: &OwnStep) -> String {
    match &own.price {
        OwnPrice::Price { rate } => format!("own price {rate}"),
        OwnPrice::Formula(formula) => {
            let inputs = own.inputs.iter();
            let inputs: Vec<String> = inputs
                .map(|input| format!("{} = {}", input.name, input.value))
                .collect();
            let currency = formula.currency;
            format!("\"{}\" {currency} ({})", formula.formula, inputs.join(", "))
        }
    }
}

fn scope_text(scope: &ratebook_catalog::MarkupScope) -> String {
    let level = match scope.level {
        ratebook_catalog::ScopeLevel::Book => "book",
        ratebook_catalog::ScopeLevel::Plan(_) => "plan",
        ratebook_catalog::ScopeLevel::Contract(_) => "contract",
    };
    let parts = [scope.provider.clone(), scope.model.clone()];
    let mut parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.extend(scope.dimension.as_ref().map(Dimension::to_string));
    let conditions = scope.conditions.as_ref();
    parts.extend(conditions.map(|conditions| match conditions.is_empty() {
        true => "without conditions".to_owned(),
        false => format!("when{}", when(conditions)),
    }));
    if parts.is_empty() {
        level.to_owned()
    } else {
        format!("{level} {}", parts.join(" "))
    }
}

fn price(rate: Rate, per_million: bool) -> String {
    if per_million {
        let value = rate.per_million().expect("a price per million");
        format!("{}/M", value.normalize())
    } else {
        rate.per_unit().normalize().to_string()
    }
}

fn counts_tokens(item: &LineItem) -> bool {
    match item {
        LineItem::Fee { .. } | LineItem::OneOff | LineItem::Minimum | LineItem::Manual => false,
        LineItem::Meter { meter, .. } => match meter {
            MeterRef::BuiltIn(built_in) => *built_in != ratebook_catalog::BuiltInMeter::ModelCalls,
            MeterRef::Own(_) => false,
        },
        LineItem::Model { dimension, .. } => dimension.is_tokens(),
    }
}

/// The stable word of an enum, as it is stored.
fn word(value: &impl serde::Serialize) -> String {
    let json = serde_json::to_value(value).expect("a word");
    match &json {
        serde_json::Value::String(word) => word.clone(),
        other => {
            let kind = other.get("kind").and_then(serde_json::Value::as_str);
            kind.unwrap_or("?").to_owned()
        }
    }
}

/// How a quantity came about that is no sum of what events carry.
fn aggregated(by: &AggregatedStep) -> String {
    match by {
        AggregatedStep::Picked { at } => format!("that of {at}"),
        AggregatedStep::Groups { groups } => format!("the last values of {groups} groups, added"),
        AggregatedStep::Average { sum, events } => format!("{sum} ÷ {events} events"),
        AggregatedStep::WeightedSum {
            level_seconds,
            seconds,
        } => format!("{level_seconds} level × seconds ÷ {seconds} seconds"),
        AggregatedStep::UniqueCount { key } => format!("different values of {key}"),
    }
}
