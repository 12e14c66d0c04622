//! Reads the upper part of a case: a statement per line, words apart by spaces, names with spaces
//! in double quotes, `#` begins a comment.

mod grants;
mod least;
mod own_price;

use super::book::Book;
use ratebook_catalog::prices::ProviderPrice;
use ratebook_catalog::pricing;
use ratebook_catalog::{
    Aggregation, Agreed, BuiltInMeter, CallConditions, Charge, ChargeKind, Comparison,
    ConditionKey, ContextThreshold, Dimension, EventValue, ExchangeRate, Filter, Markup,
    MarkupRule, MarkupRuleId, MarkupScope, Meter, MeterId, MeterRef, Plan, PlanId, PlanTerms,
    PlanVersion, PlanVersionId, PriceConditions, PriceModel, RuleBody, ScopeLevel, Subscription,
    SubscriptionId, TaxTreatment, Tier, TimeWindow, Weekdays,
};
use ratebook_money::{Currency, Exact, Factor, Quantity, Rate, Timestamp, Zone, parse_decimal};
use ratebook_rating::UsageFact;
use ratebook_usage::{CallClass, MODEL_CALL, UsageSum};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::sync::Arc;

pub(super) type Read<T> = Result<T, String>;

/// The words of a statement that are still to be read.
pub(super) struct Words<'a> {
    line: &'a str,
    left: std::vec::IntoIter<String>,
}

pub fn read(text: &str) -> Read<Book> {
    let mut book = Book::new();
    for line in text.lines() {
        let mut words = split(line);
        let Some(verb) = words.left.next() else {
            continue;
        };
        statement(&mut book, &verb, &mut words)?;
        if let Some(extra) = words.left.next() {
            return Err(format!("{line}\n  what is \"{extra}\"?"));
        }
    }
    Ok(book)
}

fn statement(book: &mut Book, verb: &str, words: &mut Words) -> Read<()> {
    if let Some(read) = super::deals::statement(book, verb, words) {
        return read;
    }
    match verb {
        "customer" => customer(book, words),
        "period" => {
            let month = words.next("a month")?;
            let (year, month) = month.split_once('-').ok_or("a month is 2026-10")?;
            let (year, month) = (number(year)?, number(month)?);
            book.period = book.customer.zone.month(year, month).map_err(text)?;
            Ok(())
        }
        "as_of" => {
            book.as_of = words.time()?;
            Ok(())
        }
        "price" => price(book, words),
        "least" => least::least(book, words),
        "markup" => markup(book, words),
        "exchange" => exchange(book, words),
        "meter" => meter(book, words),
        "plan" => plan(book, words),
        "per_unit" | "graduated" | "cost_plus" | "priced" => charge(book, verb, words),
        "subscribe" => subscribe(book, words),
        "grant" => grants::grant(book, words),
        "usage" => usage(book, words),
        "event" => event(book, words),
        "issued" => {
            book.number = words.next("a number")?;
            book.issued_on = words.date()?;
            Ok(())
        }
        other => Err(format!("there is no statement \"{other}\"")),
    }
}

/// `customer EUR Europe/Berlin de-DE [tax 19 | reverse_charge | intra_community | export |
/// out_of_scope | exempt "why"]`
fn customer(book: &mut Book, words: &mut Words) -> Read<()> {
    book.customer.currency = words.currency()?;
    book.customer.zone = Zone::parse(&words.next("a zone")?).map_err(text)?;
    book.customer.locale = words.next("a locale")?;
    book.period = book.customer.zone.month(2026, 10).map_err(text)?;
    while let Some(word) = words.left.next() {
        book.customer.tax = match word.as_str() {
            "tax" => TaxTreatment::Rate {
                percent: words.factor()?,
            },
            "reverse_charge" => TaxTreatment::ReverseCharge,
            "intra_community" => TaxTreatment::IntraCommunity,
            "export" => TaxTreatment::Export,
            "out_of_scope" => TaxTreatment::OutOfScope,
            "exempt" => TaxTreatment::Exempt {
                reason: words.next("a reason")?,
            },
            "payment_days" => {
                book.customer.payment_days = Some(number(&words.next("days")?)?);
                continue;
            }
            "country" => {
                book.customer.address.country = words.next("a country")?;
                continue;
            }
            other => return Err(format!("a customer has no \"{other}\"")),
        };
    }
    Ok(())
}

/// `price openai/gpt-x input_tokens 3.00/M USD [from DATE] [recorded DATE] [manual]
/// [context > 200000] [processing batch] [window 16:30-00:30 [days 6,7 Asia/Shanghai]]`
fn price(book: &mut Book, words: &mut Words) -> Read<()> {
    let (provider, model) = words.model()?;
    let dimension = words.dimension()?;
    let per_unit = words.amount()?;
    let currency = words.currency()?;
    let mut row = ProviderPrice {
        dimension,
        conditions: PriceConditions::default(),
        rate: Some(Rate::new(per_unit, currency).map_err(text)?),
        valid_from: Timestamp::MIN,
        recorded_at: Timestamp::parse("2026-01-01T00:00:00Z").map_err(text)?,
        source: 0,
        manual: false,
        original: None,
    };
    while let Some(word) = words.left.next() {
        match word.as_str() {
            "from" => row.valid_from = words.time()?,
            "recorded" => row.recorded_at = words.time()?,
            "manual" => row.manual = true,
            "context" => {
                let comparison = match words.next(">")?.as_str() {
                    ">" => Comparison::Above,
                    ">=" => Comparison::AtLeast,
                    other => return Err(format!("\"{other}\" is no comparison")),
                };
                let tokens = number(&words.next("tokens")?.replace('_', ""))?;
                row.conditions.context = Some(ContextThreshold { tokens, comparison });
            }
            "window" => row.conditions.window = Some(words.window()?),
            "days" => {
                let window = row
                    .conditions
                    .window
                    .as_mut()
                    .ok_or("days are those of a window")?;
                let days = words
                    .next("days")?
                    .split(',')
                    .map(number)
                    .collect::<Read<_>>()?;
                let zone = Some(words.next("a zone")?);
                window.days = Some(Weekdays { days, zone });
            }
            key => {
                row.conditions
                    .equals
                    .insert(condition(key)?, words.next("a value")?);
            }
        }
    }
    book.add_price(&provider, &model, row);
    Ok(())
}

/// `markup book|plan|contract [openai[/gpt-x]] [output_tokens] 30% [+0.10/M] [request 0.001]
/// [margin 20%] [step 0.05] [from DATE] [recorded DATE]`, or `ends` for the markup
fn markup(book: &mut Book, words: &mut Words) -> Read<()> {
    let level = words.next("a level")?;
    let contract = book
        .subscriptions
        .last()
        .map(|subscription| subscription.id);
    let level = match level.as_str() {
        "book" => ScopeLevel::Book,
        "plan" => ScopeLevel::Plan(book.plans.last().ok_or("no plan yet")?.0.id),
        "contract" => ScopeLevel::Contract(contract.ok_or("no subscription yet")?),
        other => return Err(format!("\"{other}\" is no level")),
    };
    let (mut own, mut ends) = (Markup::default(), false);
    let mut rule = MarkupRule {
        id: MarkupRuleId::new(&mut book.ids),
        scope: MarkupScope {
            level,
            provider: None,
            model: None,
            dimension: None,
            conditions: None,
        },
        body: None,
        valid_from: Timestamp::MIN,
        recorded_at: Timestamp::parse("2026-01-01T00:00:00Z").map_err(text)?,
        version: None,
    };
    let mut price = None;
    while let Some(word) = words.left.next() {
        match word.as_str() {
            "ends" => ends = true,
            "from" => rule.valid_from = words.time()?,
            "recorded" => rule.recorded_at = words.time()?,
            "version" => rule.version = Some(number(&words.next("a number")?)?),
            "when" => rule.scope.conditions = Some(own_price::when(words)?),
            "sold" => price = Some(own_price::list(words)?),
            "formula" => price = Some(own_price::formula(words)?),
            other if set_markup(&mut own, other, words)? => {}
            other => match Dimension::parse(other) {
                Some(dimension) => rule.scope.dimension = Some(dimension),
                None => {
                    let mut parts = other.splitn(2, '/');
                    rule.scope.provider = parts.next().map(str::to_owned);
                    rule.scope.model = parts.next().map(str::to_owned);
                }
            },
        }
    }
    let body = price.map_or(RuleBody::Markup(own), RuleBody::Own);
    rule.body = (!ends).then_some(body);
    book.rules.push(rule);
    Ok(())
}

fn set_markup(markup: &mut Markup, word: &str, words: &mut Words) -> Read<bool> {
    if let Some(percent) = word.strip_suffix('%') {
        markup.percent = decimal(percent)?;
    } else if let Some(fixed) = word.strip_prefix('+') {
        markup.fixed_per_unit = Some(amount(fixed)?);
    } else {
        match word {
            "request" => markup.fixed_per_request = Some(words.amount()?),
            "margin" => {
                let margin = words.next("a margin")?;
                markup.minimum_margin = Some(decimal(margin.trim_end_matches('%'))?);
            }
            "step" => markup.round_to = Some(words.amount()?),
            _ => return Ok(false),
        }
    }
    Ok(true)
}

/// `exchange USD EUR 0.86 ECB 2026-09-30 [from DATE] [recorded DATE]`
fn exchange(book: &mut Book, words: &mut Words) -> Read<()> {
    let mut rate = ExchangeRate {
        base: words.currency()?,
        quote: words.currency()?,
        rate: words.factor()?,
        source: words.next("a source")?,
        on: words.date()?,
        valid_from: Timestamp::MIN,
        recorded_at: Timestamp::parse("2026-01-01T00:00:00Z").map_err(text)?,
        version: None,
    };
    if words.flag("from")? {
        rate.valid_from = words.time()?;
    }
    if words.flag("recorded")? {
        rate.recorded_at = words.time()?;
    }
    book.exchange.push(rate);
    Ok(())
}

/// `meter Runs count agent.run run [where kind web|api] [by region]`,
/// `meter Pages sum custom:pages doc page`, `meter Users unique_count user login user`
fn meter(book: &mut Book, words: &mut Words) -> Read<()> {
    let name = words.next("a name")?;
    let aggregation = match words.next("an aggregation")?.as_str() {
        "count" => Aggregation::Count,
        "unique_count" => Aggregation::UniqueCount {
            key: words.next("a key")?,
        },
        "sum" => Aggregation::Sum(words.event_value()?),
        "max" => Aggregation::Max(words.event_value()?),
        "min" => Aggregation::Min(words.event_value()?),
        "average" => Aggregation::Average(words.event_value()?),
        "latest" => Aggregation::Latest(words.event_value()?),
        "weighted_sum" => Aggregation::WeightedSum(words.event_value()?),
        other => return Err(format!("\"{other}\" is no aggregation")),
    };
    let event_name = words.next("an event name")?;
    let unit = words.next("a unit")?;
    let mut filters = Vec::new();
    while words.flag("where")? {
        let key = words.next("a key")?;
        let any_of = words
            .next("values")?
            .split('|')
            .map(str::to_owned)
            .collect();
        filters.push(Filter { key, any_of });
    }
    let mut group_by = Vec::new();
    while words.flag("by")? {
        group_by.push(words.next("a key")?);
    }
    let id = MeterId::new(&mut book.ids);
    book.meters.push(Meter {
        id,
        name,
        event_name,
        aggregation,
        unit,
        filters,
        group_by,
        archived: false,
    });
    Ok(())
}

/// `plan Scale EUR`; the same name again is its next version.
fn plan(book: &mut Book, words: &mut Words) -> Read<()> {
    let name = words.next("a name")?;
    let known = book.plans.iter().rev().find(|(plan, _)| plan.name == name);
    let number = known.map_or(1, |(_, version)| version.number + 1);
    let plan = match known {
        Some((plan, _)) => plan.clone(),
        None => Plan {
            id: PlanId::new(&mut book.ids),
            name,
            description: String::new(),
            archived: false,
        },
    };
    let version = PlanVersion {
        id: PlanVersionId::new(&mut book.ids),
        plan: plan.id,
        number,
        terms: PlanTerms::monthly(words.currency()?, Vec::new()),
        published_at: Some(Timestamp::from_micros(0)),
    };
    book.plans.push((plan, version));
    Ok(())
}

/// `per_unit NAME METER 0.02`, `cost_plus NAME [30% …]`,
/// `graduated NAME METER [free_at_zero] 10_000 @ 0.042 [+5.00] … rest @ 0.025`
fn charge(book: &mut Book, verb: &str, words: &mut Words) -> Read<()> {
    let name = words.next("a name")?;
    let kind = match verb {
        "per_unit" => ChargeKind::Usage {
            meter: meter_ref(book, words)?,
            price: PriceModel::PerUnit {
                unit_price: words.amount()?,
            },
        },
        "graduated" => graduated(book, words)?,
        "priced" => {
            let meter = meter_ref(book, words)?;
            let price = document(words)?;
            ChargeKind::Usage {
                meter,
                price: PriceModel::Document {
                    price: Box::new(price),
                },
            }
        }
        _ => {
            let mut own = None;
            while let Some(word) = words.left.next() {
                if !set_markup(own.get_or_insert_default(), &word, words)? {
                    return Err(format!("\"{word}\" is no part of a markup"));
                }
            }
            ChargeKind::Usage {
                meter: MeterRef::BuiltIn(BuiltInMeter::ModelCalls),
                price: PriceModel::CostPlus { markup: own },
            }
        }
    };
    let plan = book
        .plans
        .last_mut()
        .ok_or("a charge needs a plan before it")?;
    plan.1.terms.charges.push(Charge { name, kind });
    Ok(())
}

/// A price as in a price document.
pub(super) fn document(words: &mut Words) -> Read<pricing::Price> {
    let price = pricing::parse(&words.next("a price")?);
    price.map_err(|issues| {
        let named = issues.iter().map(pricing::sentence);
        named.collect::<Vec<_>>().join("; ")
    })
}

fn graduated(book: &Book, words: &mut Words) -> Read<ChargeKind> {
    let meter = meter_ref(book, words)?;
    let charge_flat_at_zero = !words.flag("free_at_zero")?;
    let mut tiers: Vec<Tier> = Vec::new();
    while let Some(word) = words.left.next() {
        if let Some(fee) = word.strip_prefix('+') {
            tiers
                .last_mut()
                .ok_or("a fee needs a tier before it")?
                .flat_fee = amount(fee)?;
            continue;
        }
        let up_to = match word.as_str() {
            "rest" => None,
            up_to => Some(decimal(up_to)?),
        };
        words.expect("@")?;
        tiers.push(Tier {
            up_to,
            unit_price: words.amount()?,
            flat_fee: Decimal::ZERO,
        });
    }
    Ok(ChargeKind::Usage {
        meter,
        price: PriceModel::Graduated {
            tiers,
            charge_flat_at_zero,
        },
    })
}

fn meter_ref(book: &Book, words: &mut Words) -> Read<MeterRef> {
    let name = words.next("a meter")?;
    Ok(MeterRef::BuiltIn(match name.as_str() {
        "model_calls" => BuiltInMeter::ModelCalls,
        "input_tokens" => BuiltInMeter::InputTokens,
        "output_tokens" => BuiltInMeter::OutputTokens,
        "total_tokens" => BuiltInMeter::TotalTokens,
        own => {
            let found = book.meters.iter().find(|meter| meter.name == own);
            return Ok(MeterRef::Own(
                found.ok_or(format!("no meter \"{own}\""))?.id,
            ));
        }
    }))
}

/// `subscribe 2026-01-01 [to 2026-10-15]`: to the plan above
fn subscribe(book: &mut Book, words: &mut Words) -> Read<()> {
    let starts_on = words.date()?;
    let ends_on = if words.flag("to")? {
        Some(words.date()?)
    } else {
        None
    };
    book.subscriptions.push(Subscription {
        id: SubscriptionId::new(&mut book.ids),
        customer: book.customer.id,
        plan_version: book.plans.last().ok_or("no plan yet")?.1.id,
        starts_on,
        ends_on,
        agreed: Agreed::default(),
    });
    Ok(())
}

/// `usage 2026-10-03 openai/gpt-x input_tokens 200_000 … [context 250_000] [processing batch]`:
/// one call
fn usage(book: &mut Book, words: &mut Words) -> Read<()> {
    let at = words.time()?;
    let (provider, model) = words.model()?;
    let mut class = CallClass {
        event_name: MODEL_CALL.to_owned(),
        provider,
        model,
        conditions: CallConditions::default(),
        context_tokens: 0,
        minute_of_day: at.minute_of_day(),
        dims: BTreeMap::new(),
    };
    let mut quantities = vec![(Dimension::REQUESTS, Quantity::from_units(1).map_err(text)?)];
    while let Some(word) = words.left.next() {
        let value = words.next("a value")?;
        if word == "context" {
            class.context_tokens = number(&value.replace('_', ""))?;
        } else if let Ok(key) = condition(&word) {
            class.conditions.0.insert(key, value);
        } else if word == "requests" {
            quantities[0].1 = quantity(&value)?;
        } else {
            let dimension = Dimension::parse(&word).ok_or(format!("no dimension \"{word}\""))?;
            quantities.push((dimension, quantity(&value)?));
        }
    }
    add(book, class, at, quantities);
    Ok(())
}

/// `event 2026-10-03 agent.run [times 990] [custom:pages 12.5] [kind=web]`
fn event(book: &mut Book, words: &mut Words) -> Read<()> {
    let at = words.time()?;
    let mut class = CallClass {
        event_name: words.next("an event name")?,
        provider: String::new(),
        model: String::new(),
        conditions: CallConditions::default(),
        context_tokens: 0,
        minute_of_day: 0,
        dims: BTreeMap::new(),
    };
    let mut quantities = vec![(Dimension::REQUESTS, Quantity::from_units(1).map_err(text)?)];
    while let Some(word) = words.left.next() {
        if let Some((key, value)) = word.split_once('=') {
            class.dims.insert(key.to_owned(), value.to_owned());
        } else if word == "times" {
            quantities[0].1 = quantity(&words.next("a number")?)?;
        } else {
            let dimension = Dimension::parse(&word).ok_or(format!("no dimension \"{word}\""))?;
            quantities.push((dimension, quantity(&words.next("a quantity")?)?));
        }
    }
    add(book, class, at, quantities);
    Ok(())
}

fn add(book: &mut Book, class: CallClass, at: Timestamp, of: Vec<(Dimension, Quantity)>) {
    let class = Arc::new(class);
    book.facts.push(UsageFact {
        at,
        class: Arc::clone(&class),
        quantities: of.clone(),
    });
    for (dimension, quantity) in of {
        let class = Arc::clone(&class);
        book.sums.push(UsageSum {
            class,
            at,
            dimension,
            quantity,
            events: 1,
            short: None,
        });
    }
}

impl Words<'_> {
    pub(super) fn next(&mut self, what: &str) -> Read<String> {
        self.left
            .next()
            .ok_or(format!("{}\n  {what} is missing", self.line))
    }

    fn expect(&mut self, word: &str) -> Read<()> {
        let found = self.next(word)?;
        if found == word {
            Ok(())
        } else {
            Err(format!("{}: {found}, not {word}", self.line))
        }
    }

    /// Whether the next word is this one; then it is taken.
    pub(super) fn flag(&mut self, word: &str) -> Read<bool> {
        let is_next = self
            .left
            .as_slice()
            .first()
            .is_some_and(|next| next == word);
        if is_next {
            self.left.next();
        }
        Ok(is_next)
    }

    fn currency(&mut self) -> Read<Currency> {
        Currency::parse(&self.next("a currency")?).map_err(text)
    }

    fn factor(&mut self) -> Read<Factor> {
        Factor::parse(&self.next("a number")?).map_err(text)
    }

    pub(super) fn date(&mut self) -> Read<ratebook_money::Date> {
        self.next("a date")?.parse().map_err(text)
    }

    /// A day (its start in UTC) or an instant.
    fn time(&mut self) -> Read<Timestamp> {
        let word = self.next("a time")?;
        let full = if word.contains('T') {
            word
        } else {
            format!("{word}T00:00:00Z")
        };
        Timestamp::parse(&full).map_err(text)
    }

    /// `16:30-00:30`, in UTC
    fn window(&mut self) -> Read<TimeWindow> {
        let word = self.next("a window")?;
        let (from, to) = word.split_once('-').ok_or("a window is 16:30-00:30")?;
        let minute = |clock: &str| {
            let (hour, minute) = clock.split_once(':').ok_or("a time is 16:30")?;
            Ok::<u16, String>(number::<u16>(hour)? * 60 + number::<u16>(minute)?)
        };
        Ok(TimeWindow {
            from: minute(from)?,
            to: minute(to)?,
            days: None,
        })
    }

    /// `custom:gb`, or a formula in quotes: `"= custom:cpu * custom:hours"`
    fn event_value(&mut self) -> Read<EventValue> {
        let word = self.next("a quantity or a formula")?;
        if word.starts_with('=') {
            return word.parse().map(EventValue::Formula).map_err(text);
        }
        let quantity = Dimension::parse(&word).ok_or(format!("no dimension \"{word}\""))?;
        Ok(EventValue::Quantity(quantity))
    }

    fn dimension(&mut self) -> Read<Dimension> {
        let word = self.next("a dimension")?;
        Dimension::parse(&word).ok_or(format!("no dimension \"{word}\""))
    }

    /// `openai/gpt-x`
    fn model(&mut self) -> Read<(String, String)> {
        let word = self.next("a model")?;
        let (provider, model) = word.split_once('/').ok_or("a model is provider/model")?;
        Ok((provider.to_owned(), model.to_owned()))
    }

    /// `0.02`, or `3.00/M` per million
    fn amount(&mut self) -> Read<Decimal> {
        amount(&self.next("an amount")?)
    }
}

fn amount(word: &str) -> Read<Decimal> {
    let Some(per_million) = word.strip_suffix("/M") else {
        return decimal(word);
    };
    let millionth = Exact::from_decimal(Decimal::new(1, 6));
    let exact = Exact::from_decimal(decimal(per_million)?).times(millionth);
    exact.and_then(Exact::to_decimal).map_err(text)
}

pub(super) fn decimal(word: &str) -> Read<Decimal> {
    parse_decimal(&word.replace('_', "")).map_err(text)
}

fn quantity(word: &str) -> Read<Quantity> {
    Quantity::new(decimal(word)?).map_err(text)
}

pub(super) fn number<T: std::str::FromStr>(word: &str) -> Read<T> {
    word.parse().map_err(|_| format!("\"{word}\" is no number"))
}

fn condition(word: &str) -> Read<ConditionKey> {
    let json = serde_json::Value::String(word.to_owned());
    serde_json::from_value(json).map_err(text)
}

pub(super) fn text(error: impl ToString) -> String {
    error.to_string()
}

fn split(line: &str) -> Words<'_> {
    let mut words: Vec<String> = Vec::new();
    let mut rest = line;
    loop {
        rest = rest.trim_start();
        if rest.is_empty() || rest.starts_with('#') {
            break;
        }
        let (word, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            // A price in braces is one word, whatever stands in it.
            None if rest.starts_with('{') => {
                let end = rest.rfind('}').map_or(rest.len(), |end| end + 1);
                rest.split_at(end)
            }
            None => rest.split_once(char::is_whitespace).unwrap_or((rest, "")),
        };
        words.push(word.to_owned());
        rest = after;
    }
    Words {
        line,
        left: words.into_iter(),
    }
}
