//! Reads what was used, in the form that the price model needs.

use crate::price::tiers::money;
use crate::price::{ChargedBefore, Measured, Part, PricedEvent, PricedUsage, Units};
use ratebook_catalog::Issue;
use ratebook_catalog::json::Json;
use ratebook_catalog::pricing::{CapacityTier, Fields, Model, Number, Price, number};
use ratebook_money::{Amount, Currency};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// What was used now and before.
struct Both {
    total: Measured,
    before: Option<Measured>,
}

pub(super) fn read(
    price: &Price,
    json: Option<&Json>,
    currency: Option<Currency>,
    issues: &mut Vec<Issue>,
) -> Option<PricedUsage> {
    let Some(json) = json else {
        if let Model::Flat { .. } = price.model {
            return Some(PricedUsage::first(Measured::Quantity(Units::ZERO)));
        }
        issues.push(Issue::new("usage", "required"));
        return None;
    };
    let mut fields = Fields::of(json, "usage", issues)?;
    if let Model::Capacity { tiers } = &price.model {
        return capacity(tiers, &fields, issues);
    }
    let both = if let Model::Bucketed { base, .. } = &price.model {
        buckets(&base.model, &mut fields, issues)
    } else if let Model::LineSum { lines, default } = &price.model {
        let model = |value: &str| {
            let own = lines.iter().find(|line| line.value == value);
            own.map(|line| &line.price.model)
                .or(default.as_ref().map(|price| &price.model))
        };
        values(model, &mut fields, issues)
    } else {
        single(&price.model, &mut fields, issues)
    };
    let charged = charged_before(price, currency, &mut fields, issues);
    fields.finish(issues);
    let both = both?;
    Some(PricedUsage {
        total: both.total,
        before: both.before,
        charged_before: charged,
    })
}

/// What earlier lines charged. A fixed discount may have been taken there already, and how much of
/// it cannot be told from the amount.
fn charged_before(
    price: &Price,
    currency: Option<Currency>,
    fields: &mut Fields,
    issues: &mut Vec<Issue>,
) -> Option<ChargedBefore> {
    let charged = fields.number("prior_amount", Number::Money, issues)?;
    if !price.discount.amount.is_zero() {
        let issue = Issue::new(fields.at("prior_amount"), "one_of");
        issues.push(issue.with("other", "price.discount.amount"));
    }
    let currency = currency?;
    let amount = money(charged, currency).ok()?;
    let discount = Amount::zero(currency);
    Some(ChargedBefore { amount, discount })
}

/// A quantity or events, and what of the same kind was rated before.
fn single(model: &Model, fields: &mut Fields, issues: &mut Vec<Issue>) -> Option<Both> {
    let now = fields.number("quantity", Number::Correction, issues);
    let prior = fields.number("prior_quantity", Number::Correction, issues);
    let prior = prior.filter(|prior| !prior.is_zero());
    let events = events("events", model, fields, issues);
    let prior_events = self::events("prior_events", model, fields, issues);
    let has_quantity = fields.peek("quantity").is_some();
    match (has_quantity, &events) {
        (true, Some(_)) => {
            issues.push(Issue::new(fields.at("events"), "one_of").with("other", "quantity"));
        }
        (false, None) if fields.peek("events").is_none() => {
            if !matches!(model, Model::Flat { .. }) {
                issues.push(Issue::new(fields.at("quantity"), "required"));
            }
        }
        (true, None) | (false, Some(_) | None) => {}
    }
    if let (Some(_), Model::Percentage(_)) = (prior, model) {
        // Whether the next event is free depends on how many came before, not on their sum.
        let issue = Issue::new(fields.at("prior_quantity"), "not_for_model");
        issues.push(issue.with("model", model.name()));
    }
    if let Some(events) = events {
        if prior.is_some() {
            let issue = Issue::new(fields.at("prior_quantity"), "one_of");
            issues.push(issue.with("other", "events"));
        }
        let before = prior_events;
        let all = before.iter().flatten().copied().chain(events).collect();
        return Some(Both {
            total: Measured::Events(all),
            before: before.map(Measured::Events),
        });
    }
    if prior_events.is_some() && has_quantity {
        let issue = Issue::new(fields.at("prior_events"), "one_of");
        issues.push(issue.with("other", "quantity"));
    }
    let now = Units::new(now.unwrap_or(Decimal::ZERO)).ok()?;
    let Some(prior) = prior else {
        return Some(Both {
            total: Measured::Quantity(now),
            before: None,
        });
    };
    let prior = Units::new(prior).ok()?;
    Some(Both {
        total: Measured::Quantity(now.plus(prior).ok()?),
        before: Some(Measured::Quantity(prior)),
    })
}

/// A list of events, which may be empty.
fn events(
    key: &'static str,
    model: &Model,
    fields: &mut Fields,
    issues: &mut Vec<Issue>,
) -> Option<Vec<PricedEvent>> {
    let path = fields.at(key);
    let Json::List(list) = fields.get(key)? else {
        issues.push(Issue::new(path, "not_a_list"));
        return None;
    };
    let events = list.iter().enumerate();
    let events = events.map(|(index, json)| {
        let path = format!("{path}[{index}]");
        event(model, json, &path, issues)
    });
    Some(events.collect())
}

fn event(model: &Model, json: &Json, path: &str, issues: &mut Vec<Issue>) -> PricedEvent {
    let is_money = model.prices_money();
    let needs_both = if let Model::CostPlus { fixed_per_unit, .. } = model {
        !fixed_per_unit.is_zero()
    } else {
        false
    };
    // An event that takes back has no share that could be taken back with its fee: it is amended.
    let amount_kind = if let Model::Percentage(_) = model {
        Number::Quantity
    } else {
        Number::Correction
    };
    let (mut quantity, mut amount) = (None, None);
    if let Json::Object(_) = json {
        if let Some(mut inner) = Fields::of(json, path, issues) {
            quantity = inner.number("quantity", Number::Correction, issues);
            amount = inner.number("amount", amount_kind, issues);
            let needed: &[&str] = match (is_money, needs_both) {
                (_, true) => &["quantity", "amount"],
                (true, false) => &["amount"],
                (false, false) => &["quantity"],
            };
            for key in needed {
                if inner.peek(key).is_none() {
                    issues.push(Issue::new(inner.at(key), "required"));
                }
            }
            inner.finish(issues);
        }
    } else if needs_both {
        issues.push(Issue::new(path, "not_an_object"));
    } else if is_money {
        amount = number(json, path, amount_kind, issues);
    } else {
        quantity = number(json, path, Number::Correction, issues);
    }
    let units = |value: Option<Decimal>| {
        let value = value.and_then(|value| Units::new(value).ok());
        value.unwrap_or(Units::ZERO)
    };
    PricedEvent {
        quantity: units(quantity),
        amount: units(amount),
    }
}

/// Buckets, each a number or a usage of its own.
fn buckets(model: &Model, fields: &mut Fields, issues: &mut Vec<Issue>) -> Option<Both> {
    let path = fields.at("buckets");
    let list = list(fields, "buckets", issues)?;
    let mut parts = Parts::default();
    for (number, json) in (1_usize..).zip(list) {
        let path = format!("{path}[{}]", number.saturating_sub(1));
        let both = if let Json::Object(_) = json {
            let mut inner = Fields::of(json, &path, issues)?;
            let both = single(model, &mut inner, issues);
            inner.finish(issues);
            both
        } else {
            let quantity = self::number(json, &path, Number::Correction, issues);
            let units = quantity.and_then(|quantity| Units::new(quantity).ok());
            units.map(|units| Both {
                total: Measured::Quantity(units),
                before: None,
            })
        };
        parts.add(&number.to_string(), both);
    }
    Some(parts.both())
}

/// Values of a dimension, each with a usage of its own.
fn values<'m>(
    model: impl Fn(&str) -> Option<&'m Model>,
    fields: &mut Fields,
    issues: &mut Vec<Issue>,
) -> Option<Both> {
    let path = fields.at("lines");
    let list = list(fields, "lines", issues)?;
    let mut parts = Parts::default();
    let mut seen: Vec<&str> = Vec::new();
    for (index, json) in list.iter().enumerate() {
        let Some(mut inner) = Fields::of(json, &format!("{path}[{index}]"), issues) else {
            continue;
        };
        let value = inner.get("value").and_then(Json::text).unwrap_or("");
        if value.is_empty() {
            issues.push(Issue::new(inner.at("value"), "required"));
        } else if seen.contains(&value) {
            issues.push(Issue::new(inner.at("value"), "duplicate"));
        }
        seen.push(value);
        match model(value) {
            Some(model) => {
                let both = single(model, &mut inner, issues);
                parts.add(value, both);
                inner.finish(issues);
            }
            None if value.is_empty() => {}
            None => {
                issues.push(Issue::new(inner.at("value"), "no_price").with("value", value));
            }
        }
    }
    Some(parts.both())
}

/// A list that must be there, but may be empty.
fn list<'j>(
    fields: &mut Fields<'j>,
    key: &'static str,
    issues: &mut Vec<Issue>,
) -> Option<&'j [Json<'j>]> {
    match fields.get(key) {
        Some(Json::List(list)) => Some(list),
        Some(_) => {
            issues.push(Issue::new(fields.at(key), "not_a_list"));
            None
        }
        None => {
            issues.push(Issue::new(fields.at(key), "required"));
            None
        }
    }
}

#[derive(Default)]
struct Parts {
    total: Vec<Part>,
    before: Vec<Part>,
}

impl Parts {
    fn add(&mut self, name: &str, both: Option<Both>) {
        let Some(both) = both else { return };
        let part = |measured: Measured| Part {
            name: name.to_owned(),
            measured,
        };
        self.total.push(part(both.total));
        self.before.extend(both.before.map(part));
    }

    /// A part that is new has nothing before; without any there is no line before this one.
    fn both(self) -> Both {
        Both {
            total: Measured::Parts(self.total),
            before: (!self.before.is_empty()).then_some(Measured::Parts(self.before)),
        }
    }
}

/// The quantities of several units, by their names; `prior` holds those of before.
fn capacity(
    tiers: &[CapacityTier],
    fields: &Fields,
    issues: &mut Vec<Issue>,
) -> Option<PricedUsage> {
    let total = units(tiers, fields, Some("prior"), issues);
    let before = match fields.peek("prior") {
        Some(json) => {
            let inner = Fields::of(json, &fields.at("prior"), issues)?;
            Some(Measured::Capacity(units(tiers, &inner, None, issues)))
        }
        None => None,
    };
    Some(PricedUsage {
        total: Measured::Capacity(total),
        before,
        charged_before: None,
    })
}

fn units(
    tiers: &[CapacityTier],
    fields: &Fields,
    skip: Option<&str>,
    issues: &mut Vec<Issue>,
) -> BTreeMap<String, Units> {
    let mut units = BTreeMap::new();
    for name in fields.names().filter(|name| Some(*name) != skip) {
        let at = fields.at(name);
        let is_known = tiers.iter().any(|tier| tier.limits.contains_key(name));
        if !is_known {
            let known: Vec<&str> = tiers
                .first()
                .into_iter()
                .flat_map(|tier| tier.limits.keys().map(String::as_str))
                .collect();
            issues.push(Issue::new(at, "unknown_field").with("known", known.join(", ")));
            continue;
        }
        let used = fields.peek(name).and_then(|json| {
            let used = number(json, &at, Number::Quantity, issues)?;
            Units::new(used).ok()
        });
        if units
            .insert(name.to_owned(), used.unwrap_or(Units::ZERO))
            .is_some()
        {
            issues.push(Issue::new(at, "duplicate"));
        }
    }
    units
}
