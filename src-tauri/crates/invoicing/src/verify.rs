use crate::{DraftInvoice, FinalizedInvoice, Frozen, Inputs, InvoiceError};
use crate::{draft_with, finalize};
use ratebook_catalog::MarkupRules;
use ratebook_catalog::prices::PriceTable;
use ratebook_rating::{RatingInput, rate};
use ratebook_usage::UsageSum;
use serde::Serialize;
use serde_json::Value;
use std::sync::Arc;
use thiserror::Error;

/// Where a recomputed invoice is not the stored one.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[error("{} differences, the first: {}", .0.len(), .0.first().map_or("none", |d| &d.path))]
pub struct Differences(pub Vec<Difference>);

/// One value that differs.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Difference {
    /// Where, as a path into the invoice's JSON: `lines[2].rated.amount.amount`.
    pub path: String,
    /// The value in the book.
    pub stored: String,
    /// The value that its inputs give.
    pub recomputed: String,
}

/// Why an invoice does not verify.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum VerifyError {
    /// The frozen inputs are not those that the invoice names.
    #[error("the inputs have the hash {found}, the invoice names {named}")]
    OtherInputs {
        /// Hash of the stored inputs.
        found: String,
        /// Hash that the invoice names.
        named: String,
    },
    /// It cannot be computed again.
    #[error(transparent)]
    Invoice(#[from] InvoiceError),
    /// Computed again, it is another invoice.
    #[error(transparent)]
    Differs(#[from] Differences),
}

/// Computes a draft again from frozen inputs and the prices that the book had then.
///
/// # Errors
/// As [`rate`] and [`draft`].
pub fn recompute(inputs: &Inputs, prices: &PriceTable) -> Result<DraftInvoice, InvoiceError> {
    let subscriptions = inputs.subscribed();
    let sums: Vec<UsageSum> = inputs
        .usage
        .iter()
        .map(|bucket| UsageSum {
            class: Arc::clone(&bucket.class),
            at: bucket.from,
            dimension: bucket.dimension.clone(),
            quantity: bucket.quantity,
            events: bucket.events,
            short: bucket.short,
        })
        .collect();
    let rules = MarkupRules::new(inputs.rules.clone());
    let rated = rate(&RatingInput {
        zone: inputs.customer.zone,
        currency: inputs.customer.currency,
        period: inputs.period,
        subscriptions: &subscriptions,
        sums: &sums,
        readings: &inputs.readings,
        prices,
        names: inputs.names.as_deref(),
        rules: &rules,
        exchange: &inputs.exchange,
        meters: &inputs.meters,
        as_of: inputs.as_of,
        paid: &inputs.paid,
        credits: &inputs.credits,
    })?;
    let edit = inputs.edit.as_ref();
    let draft = draft_with(rated, &inputs.company, &inputs.customer, edit)?;
    Ok(DraftInvoice {
        replaces: inputs.replaces.clone(),
        ..draft
    })
}

/// Computes a finalized invoice again from its frozen inputs (their JSON as stored) and compares
/// it bit for bit.
///
/// # Errors
/// [`VerifyError`].
pub fn verify(
    invoice: &FinalizedInvoice,
    inputs: &str,
    prices: &PriceTable,
) -> Result<(), VerifyError> {
    let frozen = Frozen::from_json(inputs.to_owned());
    if frozen.hash() != invoice.input_hash() {
        return Err(VerifyError::OtherInputs {
            found: frozen.hash().to_owned(),
            named: invoice.input_hash().to_owned(),
        });
    }
    let read: Inputs =
        serde_json::from_str(inputs).map_err(|error| InvoiceError::Damaged(error.to_string()))?;
    let draft = recompute(&read, prices)?;
    let number = invoice.number().to_owned();
    let recomputed = finalize(draft, &frozen, number, invoice.issue_date())?;
    Ok(compare(invoice, &recomputed.in_shape_of(invoice))?)
}

/// Compares two invoices bit for bit.
///
/// # Errors
/// [`Differences`], every one with its place.
pub fn compare(
    stored: &FinalizedInvoice,
    recomputed: &FinalizedInvoice,
) -> Result<(), Differences> {
    let (stored, recomputed) = (stored.comparable(), recomputed.comparable());
    if stored == recomputed {
        return Ok(());
    }
    let mut differences = Vec::new();
    let json = |invoice: &FinalizedInvoice| serde_json::to_value(invoice).unwrap_or(Value::Null);
    walk("", &json(&stored), &json(&recomputed), &mut differences);
    Err(Differences(differences))
}

fn walk(path: &str, stored: &Value, recomputed: &Value, found: &mut Vec<Difference>) {
    match (stored, recomputed) {
        (Value::Object(left), Value::Object(right)) => {
            let keys = left
                .keys()
                .chain(right.keys().filter(|key| !left.contains_key(*key)));
            for key in keys {
                let path = if path.is_empty() {
                    key.clone()
                } else {
                    format!("{path}.{key}")
                };
                let at = |map: &serde_json::Map<String, Value>| map.get(key).cloned();
                let (left, right) = (at(left), at(right));
                walk(
                    &path,
                    &left.unwrap_or(Value::Null),
                    &right.unwrap_or(Value::Null),
                    found,
                );
            }
        }
        (Value::Array(left), Value::Array(right)) => {
            for index in 0..left.len().max(right.len()) {
                let at = |list: &[Value]| list.get(index).cloned().unwrap_or(Value::Null);
                walk(&format!("{path}[{index}]"), &at(left), &at(right), found);
            }
        }
        (left, right) if left == right => {}
        (left, right) => found.push(Difference {
            path: path.to_owned(),
            stored: left.to_string(),
            recomputed: right.to_string(),
        }),
    }
}
