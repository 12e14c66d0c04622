//! Who an event is, and what it says, as 128 bits each: SHA-256, cut to its first half.
//!
//! 128 bits of a cryptographic hash: a billion events collide with a chance below 10^-20, and
//! nobody can make two that do on purpose with less than 2^64 work. Every part is preceded by its
//! length, so that no two lists of parts have the same bytes.

use crate::UsageEvent;
use crate::draft::Draft;
use crate::names::rank;
use ratebook_catalog::{ConditionKey, Dimension};
use ratebook_money::Timestamp;
use sha2::{Digest, Sha256};

/// The identity of an event, for ever: `(source, id)`.
#[must_use]
pub fn identity(source: &str, id: &str) -> [u8; 16] {
    identity_in(&mut Vec::new(), source, id)
}

/// What an event says, whatever order its source wrote it in: name, time, customer, provider,
/// model, conditions, quantities, dimensions, reported costs. Not the source's own way of counting,
/// which says the same in other words.
#[must_use]
pub fn content_hash(event: &UsageEvent) -> [u8; 16] {
    let mut draft = Draft::of(event);
    sort(&mut draft);
    content_in(&mut Vec::new(), &draft)
}

pub(crate) fn identity_in(bytes: &mut Vec<u8>, source: &str, id: &str) -> [u8; 16] {
    bytes.clear();
    text(bytes, source);
    text(bytes, id);
    half(bytes)
}

/// As [`content_hash`], of a sorted draft.
pub(crate) fn content_in(bytes: &mut Vec<u8>, draft: &Draft<'_>) -> [u8; 16] {
    bytes.clear();
    text(bytes, &draft.event_name);
    bytes.extend(draft.at.map_or(0, Timestamp::micros).to_le_bytes());
    text(bytes, &draft.customer);
    text(bytes, &draft.provider);
    text(bytes, &draft.model);
    count(bytes, draft.conditions.len());
    for (key, value) in &draft.conditions {
        text(bytes, condition_name(*key));
        text(bytes, value);
    }
    count(bytes, draft.quantities.len());
    for (dimension, quantity) in &draft.quantities {
        bytes.push(u8::from(matches!(dimension, Dimension::Custom(_))));
        text(bytes, rank(dimension).1);
        bytes.extend(quantity.to_le_bytes());
    }
    count(bytes, draft.dims.len());
    for (key, value) in &draft.dims {
        text(bytes, key);
        text(bytes, value);
    }
    count(bytes, draft.costs.len());
    for cost in &draft.costs {
        text(bytes, &cost.kind);
        text(bytes, &cost.amount);
        text(bytes, &cost.currency);
    }
    half(bytes)
}

/// Brings the parts whose order means nothing into one order.
pub(crate) fn sort(draft: &mut Draft<'_>) {
    draft
        .conditions
        .sort_unstable_by(|a, b| condition_name(a.0).cmp(condition_name(b.0)));
    draft
        .quantities
        .sort_unstable_by(|a, b| rank(&a.0).cmp(&rank(&b.0)));
    draft.dims.sort_unstable();
    draft.numbers.sort_unstable();
    draft.costs.sort_unstable();
}

/// The stable name of a condition.
pub(crate) fn condition_name(key: ConditionKey) -> &'static str {
    match key {
        ConditionKey::ServiceTier => "service_tier",
        ConditionKey::Processing => "processing",
        ConditionKey::Speed => "speed",
        ConditionKey::Region => "region",
        ConditionKey::Route => "route",
        ConditionKey::Variant => "variant",
        ConditionKey::SearchType => "search_type",
    }
}

/// The condition with this name.
pub(crate) fn condition(name: &str) -> Option<ConditionKey> {
    use ConditionKey::{Processing, Region, Route, SearchType, ServiceTier, Speed, Variant};
    [
        ServiceTier,
        Processing,
        Speed,
        Region,
        Route,
        Variant,
        SearchType,
    ]
    .into_iter()
    .find(|key| condition_name(*key) == name)
}

fn text(bytes: &mut Vec<u8>, part: &str) {
    count(bytes, part.len());
    bytes.extend_from_slice(part.as_bytes());
}

fn count(bytes: &mut Vec<u8>, count: usize) {
    bytes.extend(u32::try_from(count).unwrap_or(u32::MAX).to_le_bytes());
}

fn half(bytes: &[u8]) -> [u8; 16] {
    let full: [u8; 32] = Sha256::digest(bytes).into();
    let mut cut = [0; 16];
    cut.copy_from_slice(full.split_at(16).0);
    cut
}
