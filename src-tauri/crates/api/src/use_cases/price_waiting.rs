//! Usage that would wait under a draft and does not now, for the review.

use crate::drafts::effects::{Effect, Waiting};
use crate::drafts::held_word;
use crate::figures::fact;
use crate::snapshot::Snapshot;
use crate::use_cases::price_staging::count;
use crate::wire::{Count, DecimalString, PriceHeld, PriceReviewReply};
use ratebook_rating::HeldReason;
use std::collections::BTreeMap;

const MOST_ROWS: usize = 100;

/// Adds what would wait to the reply, most events first.
pub(crate) fn add_waiting(reply: &mut PriceReviewReply, snapshot: &Snapshot, effects: &[Effect]) {
    let rows = effects.iter();
    let mut rows: Vec<(&Effect, &Waiting)> = rows
        .flat_map(|effect| effect.waiting.iter().map(move |row| (effect, row)))
        .collect();
    // Calls of which several dimensions wait are the same calls.
    let mut events: BTreeMap<_, u64> = BTreeMap::new();
    for (effect, row) in &rows {
        let entry = events.entry((effect.customer, &row.provider, &row.model));
        let most = entry.or_default();
        *most = row.events.max(*most);
    }
    let events = events
        .values()
        .fold(0_u64, |sum, own| sum.saturating_add(*own));
    reply.held_events = Count(events);
    reply.held_total = count(rows.len());
    rows.sort_by_key(|(_, row)| std::cmp::Reverse(row.events));
    let shown = rows.into_iter().take(MOST_ROWS);
    reply.held = shown
        .map(|(effect, row)| written(snapshot, effect, row))
        .collect();
}

fn written(snapshot: &Snapshot, effect: &Effect, row: &Waiting) -> PriceHeld {
    let customer = snapshot.customer(effect.customer);
    let facts = match &row.reason {
        HeldReason::NoExchangeRate { base, quote } => {
            vec![fact("base", base), fact("quote", quote)]
        }
        HeldReason::Formula(fault) => {
            vec![fact("fault", fault.code), fact("word", &fault.word)]
        }
        HeldReason::NoValue { meter } => vec![fact("meter", meter)],
        HeldReason::NoPriceForValue { value } => vec![fact("value", value)],
        HeldReason::UnknownModel
        | HeldReason::NoPrice
        | HeldReason::Unspecified
        | HeldReason::Inexact => Vec::new(),
    };
    PriceHeld {
        customer_id: effect.customer.to_string(),
        customer: customer.map(|c| c.name.clone()).unwrap_or_default(),
        provider: row.provider.clone(),
        model: row.model.clone(),
        dimension: row.dimension.to_string(),
        reason: held_word(&row.reason).to_owned(),
        facts,
        quantity: DecimalString(row.quantity.value().normalize().to_string()),
        events: Count(row.events),
    }
}
