//! Grants of credit.

use super::Reader;
use crate::snapshot::Snapshot;
use crate::wire::{CreditGrantCreateRequest, CreditKind, CreditScopeText, CreditTaxWord};
use ratebook_catalog::{
    CreditGrant, CreditScope, CreditTax, Customer, GrantId, GrantKind, Issue, MeterId, MeterRef,
    check,
};
use ratebook_money::{Currency, Date, Money, Timestamp, Zone};
use ratebook_rating::credits::{meter_name, model_name};
use std::collections::BTreeSet;

/// Days as a last day count in, instants are meant exactly.
#[derive(Clone, Copy)]
pub(crate) enum Edge {
    /// The begin of a day.
    Begin,
    /// The end of a day.
    End,
}

/// Reads a new grant; faults go to the reader, those of the grant itself among them.
pub(crate) fn read_grant(
    reader: &mut Reader,
    request: &CreditGrantCreateRequest,
    snapshot: &Snapshot,
    customer: &Customer,
    (id, now): (GrantId, Timestamp),
) -> Option<CreditGrant> {
    let currency = reader.currency("currency", &request.currency);
    if currency.is_some_and(|currency| currency != customer.currency) {
        let issue = Issue::new("currency", "other_currency");
        reader.fault(issue.with("customer", customer.currency));
    }
    // Without a currency the amount is still looked at, with the places of the customer's.
    let places: Currency = currency.unwrap_or(customer.currency);
    let amount = reader.keep("amount", Money::parse(request.amount.trim(), places));
    let effective_at = moment(
        reader,
        "effectiveAt",
        request.effective_at.as_deref(),
        (customer.zone, Edge::Begin),
    );
    let expires_at = moment(
        reader,
        "expiresAt",
        request.expires_at.as_deref(),
        (customer.zone, Edge::End),
    );
    let priority = read_priority(reader, "priority", request.priority.as_deref());
    let scope = read_scope_names(reader, &request.scope, snapshot);
    if request.note.chars().count() > 400 {
        reader.fault(Issue::new("note", "too_long").with("most", 400));
    }
    let grant = CreditGrant {
        id,
        // What stands in for a faulty field passes the checks; the fault is noted already.
        amount: amount.unwrap_or(Money::from_minor(1, places)),
        kind: match request.kind {
            CreditKind::Promotional => GrantKind::Promotional,
            CreditKind::Paid => GrantKind::Paid,
        },
        priority,
        effective_at: effective_at.unwrap_or(now),
        expires_at,
        created_at: now,
        scope,
        tax: read_tax(request.tax),
    };
    reader.faults(check::grant(&grant));
    Some(grant)
}

/// An instant, or the edge of a day in a zone; nothing when it is empty or no time.
pub(crate) fn moment(
    reader: &mut Reader,
    path: &str,
    text: Option<&str>,
    (zone, edge): (Zone, Edge),
) -> Option<Timestamp> {
    let text = text.map(str::trim).filter(|text| !text.is_empty())?;
    let Ok(day) = text.parse::<Date>() else {
        return reader.keep(path, Timestamp::parse(text));
    };
    let period = reader.keep(path, zone.days(day, day))?;
    Some(match edge {
        Edge::Begin => period.from,
        Edge::End => period.to,
    })
}

/// 0 to 100; a number beyond a byte is as much too large as 101.
pub(super) fn read_priority(reader: &mut Reader, path: &str, text: Option<&str>) -> u8 {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    let Some(text) = text else {
        return 50;
    };
    let whole = text.parse::<i64>();
    match whole.map(u8::try_from) {
        Ok(Ok(priority)) => return priority,
        Ok(Err(_)) if text.starts_with('-') => {
            reader.fault(Issue::new(path, "negative").with("value", text));
        }
        Ok(Err(_)) => reader.fault(Issue::new(path, "too_large").with("most", 100)),
        Err(_) => {
            reader.fault(Issue::new(path, "not_whole").with("value", text));
        }
    }
    50
}

fn read_scope_names(reader: &mut Reader, names: &[String], snapshot: &Snapshot) -> CreditScope {
    let mut known = BTreeSet::new();
    for (index, name) in names.iter().enumerate() {
        if label(snapshot, name).is_none() {
            let issue = Issue::new(format!("scope[{index}]"), "unknown");
            reader.fault(issue.with("value", name));
        }
        known.insert(name.clone());
    }
    if known.is_empty() {
        CreditScope::Everything
    } else {
        CreditScope::Only(known)
    }
}

/// How a name of a scope is shown; empty for a built-in meter, nothing when nothing is called so.
fn label(snapshot: &Snapshot, name: &str) -> Option<String> {
    if let Some(meter) = name.strip_prefix("meter:") {
        return match meter {
            "model_calls" | "input_tokens" | "output_tokens" | "total_tokens" => {
                Some(String::new())
            }
            own => {
                let id = MeterId::parse(own).ok()?;
                let meter = snapshot.meters.iter().find(|meter| meter.id == id)?;
                Some(meter.name.clone())
            }
        };
    }
    let model = name.strip_prefix("model:")?;
    let (provider, model_part) = model.split_once('/')?;
    let is_known = snapshot.prices.get(provider, model_part).is_some();
    is_known.then(|| model.to_owned())
}

/// A scope as it is shown; what is not known any more keeps its name.
pub(crate) fn write_scope_names(snapshot: &Snapshot, scope: &CreditScope) -> Vec<CreditScopeText> {
    match scope {
        CreditScope::Everything => Vec::new(),
        CreditScope::Only(names) => {
            let texts = names.iter().map(|name| CreditScopeText {
                name: name.clone(),
                label: label(snapshot, name).unwrap_or_else(|| name.clone()),
            });
            texts.collect()
        }
    }
}

/// What a new grant can be limited to: all meters, and the models that were used, as
/// `(provider, model)`.
pub(crate) fn offered_scopes(
    snapshot: &Snapshot,
    models: &BTreeSet<(String, String)>,
) -> Vec<CreditScopeText> {
    let built_in = [
        "model_calls",
        "input_tokens",
        "output_tokens",
        "total_tokens",
    ];
    let mut names: Vec<String> = built_in
        .iter()
        .map(|name| format!("meter:{name}"))
        .collect();
    let own = snapshot.meters.iter().filter(|meter| !meter.archived);
    names.extend(own.map(|meter| meter_name(MeterRef::Own(meter.id))));
    names.extend(
        models
            .iter()
            .map(|(provider, model)| model_name(provider, model)),
    );
    let texts = names.into_iter().filter_map(|name| {
        let label = label(snapshot, &name)?;
        Some(CreditScopeText { name, label })
    });
    texts.collect()
}

pub(super) fn read_tax(word: CreditTaxWord) -> CreditTax {
    match word {
        CreditTaxWord::PreTax => CreditTax::PreTax,
        CreditTaxWord::PostTax => CreditTax::PostTax,
    }
}

pub(crate) fn write_tax(tax: CreditTax) -> CreditTaxWord {
    match tax {
        CreditTax::PreTax => CreditTaxWord::PreTax,
        CreditTax::PostTax => CreditTaxWord::PostTax,
    }
}
