//! What every row must fulfil, whatever format it came in.

use crate::MODEL_CALL;
use crate::draft::Draft;
use crate::import::issue::{Faults, IssueCode};
use crate::import::{number, time};
use crate::names::rank;
use ratebook_catalog::{ConditionKey, Dimension};
use ratebook_money::Timestamp;
use std::borrow::Cow;

const LONGEST_NAME: usize = 255;
const LONGEST_VALUE: usize = 1000;
const MOST_ENTRIES: usize = 64;

/// Completes a draft and checks all of it. Afterwards the row is an event unless it is refused.
pub(crate) fn check(draft: &mut Draft<'_>, now: Timestamp, faults: &mut Faults) {
    needed(&draft.source, "source", faults);
    needed(&draft.id, "id", faults);
    needed(&draft.event_name, "event_name", faults);
    name(&draft.customer, "customer", faults);
    let is_call = draft.event_name == MODEL_CALL;
    if is_call {
        needed(&draft.model, "model", faults);
    } else {
        name(&draft.model, "model", faults);
    }
    lower(&mut draft.provider);
    name(&draft.provider, "provider", faults);
    match draft.at {
        Some(at) => time::check(at, now, "at", faults),
        None if faults.has(IssueCode::NotATime) => {}
        None => faults.refuse("at", IssueCode::Missing, &[]),
    }
    conditions(draft, faults);
    quantities(draft, is_call, faults);
    pairs(&mut draft.dims, "dims", faults);
    pairs(&mut draft.numbers, "reported", faults);
    costs(draft, faults);
}

fn needed(text: &str, field: &str, faults: &mut Faults) {
    if text.is_empty() {
        faults.refuse(field, IssueCode::Missing, &[]);
    } else {
        name(text, field, faults);
    }
}

/// A name is kept as it is, whatever it looks like (markup, formulas, any script), but holds no
/// control characters: they would hide or split it where it is shown.
fn name(text: &str, field: &str, faults: &mut Faults) {
    value(text, field, LONGEST_NAME, faults);
}

fn value(text: &str, field: &str, limit: usize, faults: &mut Faults) {
    // Without an early end, so that many bytes are compared at once.
    let plain = text
        .bytes()
        .fold(true, |plain, b| plain & (0x20..0x7f).contains(&b));
    if plain && text.len() <= limit {
        return;
    }
    if text.contains('\0') {
        faults.refuse(field, IssueCode::NulByte, &[]);
    } else if let Some(control) = text.chars().find(|c| c.is_control()) {
        let shown = format!("U+{:04X}", u32::from(control));
        faults.refuse(field, IssueCode::ControlCharacter, &[("character", &shown)]);
    }
    if text.chars().count() > limit {
        faults.refuse(field, IssueCode::TooLong, &[("limit", &limit.to_string())]);
    }
}

fn lower(text: &mut Cow<'_, str>) {
    if text.chars().any(char::is_uppercase) {
        *text = Cow::Owned(text.to_lowercase());
    }
}

/// Values are lower case; the default tier is said by saying nothing.
fn conditions(draft: &mut Draft<'_>, faults: &mut Faults) {
    for (_, value) in &mut draft.conditions {
        lower(value);
    }
    draft.conditions.retain(|(key, value)| {
        let default =
            *key == ConditionKey::ServiceTier && matches!(&**value, "default" | "standard");
        !default && !value.is_empty()
    });
    draft.conditions.sort_unstable();
    for pair in draft.conditions.windows(2) {
        if let [(first, _), (second, _)] = pair
            && first == second
        {
            faults.refuse("conditions", IssueCode::Duplicate, &[]);
        }
    }
    for (_, value) in &draft.conditions {
        name(value, "conditions", faults);
    }
}

/// Joins quantities that count for the same dimension, drops zeros, counts the call itself. An own
/// event that measures nothing is counted too; a model call must say how much it was.
fn quantities(draft: &mut Draft<'_>, is_call: bool, faults: &mut Faults) {
    if is_call && !draft.measured && !faults.refused() {
        faults.refuse("quantities", IssueCode::NoQuantity, &[]);
    }
    let list = &mut draft.quantities;
    if is_call
        && !list
            .iter()
            .any(|(dimension, _)| *dimension == Dimension::REQUESTS)
    {
        list.push((Dimension::REQUESTS, 1));
    }
    list.sort_unstable_by(|a, b| rank(&a.0).cmp(&rank(&b.0)));
    list.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 = kept.1.saturating_add(next.1);
        }
        same
    });
    list.retain(|(_, count)| *count > 0);
    if list.is_empty() && !is_call {
        list.push((Dimension::REQUESTS, 1));
    }
    if list.len() > MOST_ENTRIES {
        faults.refuse(
            "quantities",
            IssueCode::TooMany,
            &[("limit", &MOST_ENTRIES.to_string())],
        );
    }
    for (dimension, _) in &draft.quantities {
        if let Dimension::Custom(own) = dimension {
            name(own, "quantities", faults);
        }
    }
}

fn pairs(list: &mut Vec<(Cow<'_, str>, Cow<'_, str>)>, field: &str, faults: &mut Faults) {
    if list.len() > MOST_ENTRIES {
        faults.refuse(
            field,
            IssueCode::TooMany,
            &[("limit", &MOST_ENTRIES.to_string())],
        );
        return;
    }
    list.sort_unstable();
    for pair in list.windows(2) {
        if let [(first, _), (second, _)] = pair
            && first == second
        {
            faults.refuse(&format!("{field}.{first}"), IssueCode::Duplicate, &[]);
        }
    }
    for (key, text) in list.iter() {
        name(key, field, faults);
        value(text, key, LONGEST_VALUE, faults);
    }
}

/// A cost that cannot be read does not keep usage out; it is noted and left away.
fn costs(draft: &mut Draft<'_>, faults: &mut Faults) {
    draft
        .costs
        .retain_mut(|cost| match number::amount(&cost.amount) {
            Ok(amount) => {
                cost.amount = Cow::Owned(amount);
                true
            }
            Err(code) => {
                faults.note(
                    &format!("costs.{}", cost.kind),
                    code,
                    &[("value", &cost.amount)],
                );
                false
            }
        });
    for cost in &draft.costs {
        name(&cost.kind, "costs", faults);
        name(&cost.currency, "costs", faults);
    }
}
