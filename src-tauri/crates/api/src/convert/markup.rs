use super::Reader;
use crate::wire::{MarkupScopeText, MarkupText, ScopeWord};
use ratebook_catalog::{
    Dimension, Issue, Markup, MarkupScope, PlanId, PriceConditions, ScopeLevel, SubscriptionId,
};
use ratebook_money::Exact;
use rust_decimal::Decimal;

/// Reads a markup. Fixed prices are quoted per million for token dimensions (`per_million`).
pub(crate) fn read_markup(
    reader: &mut Reader,
    path: &str,
    text: &MarkupText,
    per_million: bool,
) -> Markup {
    let at = |field: &str| {
        if path.is_empty() {
            field.to_owned()
        } else {
            format!("{path}.{field}")
        }
    };
    let fixed = reader.optional_decimal(&at("fixedPerUnit"), text.fixed_per_unit.as_ref());
    Markup {
        percent: reader.decimal(&at("percent"), &text.percent),
        fixed_per_unit: match fixed {
            Some(value) if per_million => millionth(reader, &at("fixedPerUnit"), value),
            other => other,
        },
        fixed_per_request: reader
            .optional_decimal(&at("fixedPerRequest"), text.fixed_per_request.as_ref()),
        minimum_margin: reader.optional_decimal(&at("minimumMargin"), text.minimum_margin.as_ref()),
        round_to: reader.optional_decimal(&at("roundTo"), text.round_to.as_ref()),
    }
}

fn millionth(reader: &mut Reader, path: &str, value: Decimal) -> Option<Decimal> {
    let product = Exact::from_decimal(value).times(Exact::from_decimal(Decimal::new(1, 6)));
    reader.keep(path, product.and_then(Exact::to_decimal))
}

/// Writes a markup.
pub(crate) fn write_markup(markup: &Markup, per_million: bool) -> MarkupText {
    let fixed = markup.fixed_per_unit.map(|value| {
        let scaled = Exact::from_decimal(value)
            .times(Exact::from_decimal(Decimal::from(1_000_000)))
            .and_then(Exact::to_decimal);
        if per_million {
            scaled.unwrap_or(value)
        } else {
            value
        }
    });
    MarkupText {
        percent: (&markup.percent.normalize()).into(),
        fixed_per_unit: fixed.as_ref().map(Into::into),
        fixed_per_request: markup.fixed_per_request.as_ref().map(Into::into),
        minimum_margin: markup.minimum_margin.as_ref().map(Into::into),
        round_to: markup.round_to.as_ref().map(Into::into),
    }
}

/// Reads where a rule holds; faults go to the reader.
pub(crate) fn read_scope(reader: &mut Reader, text: &MarkupScopeText) -> Option<MarkupScope> {
    let owner = text.owner.as_deref().unwrap_or("");
    let level = match text.level {
        ScopeWord::Book => Some(ScopeLevel::Book),
        ScopeWord::Plan => reader
            .keep("scope.owner", PlanId::parse(owner))
            .map(ScopeLevel::Plan),
        ScopeWord::Contract => {
            let id = reader.keep("scope.owner", SubscriptionId::parse(owner));
            id.map(ScopeLevel::Contract)
        }
    };
    let dimension = match text.dimension.as_deref() {
        None => None,
        Some(name) => {
            let known = Dimension::parse(name);
            if known.is_none() {
                reader.fault(Issue::new("scope.dimension", "unknown").with("value", name));
            }
            known
        }
    };
    if text.model.is_some() && text.provider.is_none() {
        reader.fault(Issue::new("scope.provider", "required"));
    }
    Some(MarkupScope {
        level: level?,
        provider: text.provider.clone(),
        model: text.model.clone(),
        dimension,
        conditions: match text.conditions.as_deref() {
            None => None,
            Some(key) => Some(read_conditions(reader, "scope.conditions", key)?),
        },
    })
}

/// Writes where a rule holds.
pub(crate) fn write_scope(scope: &MarkupScope) -> MarkupScopeText {
    let (level, owner) = match scope.level {
        ScopeLevel::Book => (ScopeWord::Book, None),
        ScopeLevel::Plan(id) => (ScopeWord::Plan, Some(id.to_string())),
        ScopeLevel::Contract(id) => (ScopeWord::Contract, Some(id.to_string())),
    };
    MarkupScopeText {
        level,
        owner,
        provider: scope.provider.clone(),
        model: scope.model.clone(),
        dimension: scope.dimension.as_ref().map(ToString::to_string),
        conditions: scope.conditions.as_ref().map(write_conditions),
    }
}

/// Reads the key of conditions that [`write_conditions`] wrote.
fn read_conditions(reader: &mut Reader, path: &str, key: &str) -> Option<PriceConditions> {
    if key.is_empty() {
        return Some(PriceConditions::default());
    }
    let read = serde_json::from_str(key);
    if read.is_err() {
        reader.fault(Issue::new(path, "unknown").with("value", key));
    }
    read.ok()
}

/// Conditions as a key that the window hands back as it came: empty for none.
pub(crate) fn write_conditions(conditions: &PriceConditions) -> String {
    if conditions.is_empty() {
        return String::new();
    }
    serde_json::to_string(conditions).unwrap_or_default()
}
