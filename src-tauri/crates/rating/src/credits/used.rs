//! Which parts of the lines of a period credit may pay.

use crate::counter::Counter;
use crate::shape::Shape;
use crate::window::Window;
use crate::{LineItem, Rated, RatedLine, RatingError, RatingInput, UsageBucket};
use ratebook_catalog::prices::ModelAlias;
use ratebook_catalog::{BuiltInMeter, CreditGrant, MeterRef};
use ratebook_money::{Money, MoneyError, Timestamp, allocate};
use ratebook_usage::MODEL_CALL;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A grant, and how much of it may still be used.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct UsableGrant {
    /// The grant.
    pub grant: CreditGrant,
    /// What is left for usage from before its end; zero or more. What was written off when it
    /// ended counts: usage may arrive late.
    pub left: Money,
}

/// What a line charges for usage of one model between two instants at which credit changes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct UsedPart {
    /// Which line, from 0.
    pub line: u32,
    /// It was used at this instant or later, before any grant begins or ends.
    pub at: Timestamp,
    /// The meter and the model, as scopes of credit name them.
    pub names: Vec<String>,
    /// Its part of the line's amount; above zero.
    pub amount: Money,
}

/// A meter as the scope of a grant names it: `meter:model_calls`, `meter:mtr_…`.
#[must_use]
pub fn meter_name(meter: MeterRef) -> String {
    match meter {
        MeterRef::BuiltIn(BuiltInMeter::ModelCalls) => "meter:model_calls".to_owned(),
        MeterRef::BuiltIn(BuiltInMeter::InputTokens) => "meter:input_tokens".to_owned(),
        MeterRef::BuiltIn(BuiltInMeter::OutputTokens) => "meter:output_tokens".to_owned(),
        MeterRef::BuiltIn(BuiltInMeter::TotalTokens) => "meter:total_tokens".to_owned(),
        MeterRef::Own(id) => format!("meter:{id}"),
    }
}

/// A model as the scope of a grant names it: `model:openai/gpt-x`.
#[must_use]
pub fn model_name(provider: &str, model: &str) -> String {
    format!("model:{provider}/{model}")
}

/// The instants at which a grant begins or ends.
pub(crate) fn borders<'a>(input: &RatingInput<'a>) -> impl Iterator<Item = Timestamp> + use<'a> {
    input.credits.iter().flat_map(|usable| {
        let grant = &usable.grant;
        [Some(grant.effective_at), grant.expires_at]
            .into_iter()
            .flatten()
    })
}

/// The lines for usage, split where credit begins or ends and by model. A line that has one price
/// for all of it (tiers, packages) is split by the quantity that was counted, by largest
/// remainder, so that its parts add up to it. What a line charges without any usage is not split:
/// there is no instant at which it was used.
pub(crate) fn used(input: &RatingInput, rated: &Rated) -> Result<Vec<UsedPart>, RatingError> {
    let mut starts: Vec<Timestamp> = borders(input).collect();
    starts.sort_unstable();
    let mut parts = Vec::new();
    for (index, line) in (0_u32..).zip(&rated.lines) {
        if line.item.is_usage() && line.amount.minor() > 0 {
            parts.extend(of_line(input, rated, (index, line), &starts)?);
        }
    }
    // In the order of use; what was used at once in the order of the invoice.
    parts.sort_by_key(|part| (part.at, part.line));
    Ok(parts)
}

fn of_line(
    input: &RatingInput,
    rated: &Rated,
    (index, line): (u32, &RatedLine),
    starts: &[Timestamp],
) -> Result<Vec<UsedPart>, RatingError> {
    let meter = match &line.item {
        LineItem::Meter { meter, .. } => *meter,
        LineItem::Model { .. }
        | LineItem::Fee { .. }
        | LineItem::OneOff
        | LineItem::Minimum
        | LineItem::Manual => MeterRef::BuiltIn(BuiltInMeter::ModelCalls),
    };
    let mut weights: BTreeMap<(Timestamp, Option<String>), u128> = BTreeMap::new();
    for (bucket, counted) in counted(input, rated, line)? {
        let after = starts.partition_point(|start| *start <= bucket.from);
        let start = after.checked_sub(1).and_then(|place| starts.get(place));
        // Before all borders there is no credit, whenever it was used.
        let at = start.copied().unwrap_or(Timestamp::MIN);
        let weight = weights.entry((at, model_of(bucket, &rated.names)));
        let weight = weight.or_insert(0);
        *weight = weight.checked_add(counted).ok_or(MoneyError::Overflow)?;
    }
    weights.retain(|_, weight| *weight > 0);
    if weights.is_empty() {
        return Ok(Vec::new());
    }
    let amounts = allocate(line.amount, &weights.values().copied().collect::<Vec<_>>())?;
    let parts = weights.into_keys().zip(amounts);
    let parts = parts.filter(|(_, amount)| amount.minor() > 0);
    Ok(parts
        .map(|((at, model), amount)| UsedPart {
            line: index,
            at,
            names: [meter_name(meter)].into_iter().chain(model).collect(),
            amount,
        })
        .collect())
}

/// The buckets of a line with what was counted of each, in millionths.
fn counted<'a>(
    input: &RatingInput,
    rated: &'a Rated,
    line: &RatedLine,
) -> Result<Vec<(&'a UsageBucket, u128)>, RatingError> {
    let places: BTreeSet<usize> = line
        .usage
        .iter()
        .filter_map(|place| usize::try_from(*place).ok())
        .collect();
    let mut found = Vec::new();
    match &line.item {
        LineItem::Fee { .. } | LineItem::OneOff | LineItem::Minimum | LineItem::Manual => {}
        LineItem::Model { .. } => {
            for bucket in places.iter().filter_map(|place| rated.usage.get(*place)) {
                found.push((bucket, crate::buckets::millionths(bucket.billed()?)?));
            }
        }
        LineItem::Meter { meter, .. } => {
            let counter = Counter::of(input, *meter, &Shape::Whole, &line.charge_name)?;
            for counted in counter.weights(&rated.usage, &Window::of_usage(input)?)? {
                let bucket = rated.usage.get(counted.bucket);
                if let Some(bucket) = bucket.filter(|_| places.contains(&counted.bucket)) {
                    found.push((bucket, counted.millionths));
                }
            }
        }
    }
    // Corrections lower the amount of the whole line; they take nothing from one part of it.
    let above_zero = found.into_iter().filter_map(|(bucket, counted)| {
        let counted = u128::try_from(counted).ok()?;
        Some((bucket, counted))
    });
    Ok(above_zero.collect())
}

/// The model that the calls of a bucket were priced as, as scopes name it.
fn model_of(bucket: &UsageBucket, names: &[ModelAlias]) -> Option<String> {
    let class = &bucket.class;
    if class.event_name != MODEL_CALL {
        return None;
    }
    let same = |name: &&ModelAlias| {
        name.alias == class.model && name.provider.as_ref() == Some(&class.provider)
    };
    let name = names.iter().find(same)?;
    Some(model_name(&name.to_provider, &name.to_model))
}
