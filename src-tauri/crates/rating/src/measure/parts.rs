//! Parts of a window that are priced each by itself: hours, days, groups. A part is one in which
//! something was counted; for a level over time, one in which it is above zero.

use super::aggregate::events;
use super::{Measure, Measuring, Piece, Tally, Value};
use crate::buckets::quantity;
use crate::counter::Counted;
use crate::price::{Measured, Part, Units};
use crate::readings::{Reading, group_of};
use crate::shape::PartPer;
use crate::{HeldReason, instants};
use ratebook_catalog::PriceModel;
use ratebook_catalog::pricing::Model;
use ratebook_money::{MoneyError, Period};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A part, with its usage.
struct Own<'r> {
    name: String,
    spans: Vec<Period>,
    whole: Period,
    counted: Vec<Counted>,
    readings: Cow<'r, [&'r Reading]>,
}

pub(super) fn measure(
    measuring: &Measuring,
    per: PartPer,
    single: bool,
    all: &Piece,
) -> Result<Measure, MoneyError> {
    let parts = match per {
        PartPer::Hour | PartPer::Day => by_time(measuring, per, all)?,
        PartPer::Group => by_group(measuring, all),
    };
    let (mut total, mut count) = (0_i128, None);
    let mut unpriced = Vec::new();
    let mut found = Vec::new();
    for part in parts {
        let piece = Piece {
            spans: &part.spans,
            whole: part.whole,
            counted: &part.counted,
            readings: &part.readings,
        };
        let Some((measured, tally)) = of_part(measuring, single, &piece)? else {
            continue;
        };
        if !part.counted.is_empty() && !has_price(measuring.price, &part.name) {
            let reason = HeldReason::NoPriceForValue {
                value: part.name.clone(),
            };
            let buckets = part.counted.iter();
            unpriced.extend(buckets.map(|one| (one.bucket, reason.clone())));
            continue;
        }
        let own = tally.value.millionths()?;
        total = total.checked_add(own).ok_or(MoneyError::Overflow)?;
        if let Some(events) = tally.events {
            count = Some(count.unwrap_or(0_u64).saturating_add(events));
        }
        found.push(Part {
            name: part.name,
            measured,
        });
    }
    let looks = measuring.looks_at_events() || single;
    Ok(Measure {
        measured: Measured::Parts(found),
        quantity: quantity(total)?,
        events: count.or(looks.then_some(0)),
        how: None,
        unpriced,
    })
}

fn of_part(
    measuring: &Measuring,
    single: bool,
    piece: &Piece,
) -> Result<Option<(Measured, Tally)>, MoneyError> {
    if single {
        let events = events(piece)?;
        if events.is_empty() {
            return Ok(None);
        }
        let mut all = events.iter();
        let sum = all.try_fold(Units::ZERO, |sum, event| sum.plus(event.quantity))?;
        let tally = Tally {
            value: Value::Millionths(sum.to_millionths()?),
            events: Some(u64::try_from(events.len()).map_err(|_| MoneyError::Overflow)?),
            how: None,
        };
        return Ok(Some((Measured::Events(events), tally)));
    }
    let Some(tally) = measuring.tally(None, piece)? else {
        return Ok(None);
    };
    Ok(Some((tally.value.measured()?, tally)))
}

/// Whether a value has a price of its own, or that of all others.
fn has_price(price: &PriceModel, name: &str) -> bool {
    let PriceModel::Document { price } = price else {
        return true;
    };
    match &price.model {
        Model::LineSum { lines, default } => {
            default.is_some() || lines.iter().any(|line| line.value == name)
        }
        Model::Flat { .. }
        | Model::PerUnit { .. }
        | Model::Overage { .. }
        | Model::Graduated { .. }
        | Model::Volume { .. }
        | Model::Package(_)
        | Model::Percentage(_)
        | Model::GraduatedPercentage { .. }
        | Model::Dynamic
        | Model::CostPlus { .. }
        | Model::Bucketed { .. }
        | Model::Capacity { .. }
        | Model::Blocks { .. } => true,
    }
}

/// Hours or days of the windows.
fn by_time<'r>(
    measuring: &Measuring,
    per: PartPer,
    all: &Piece<'r>,
) -> Result<Vec<Own<'r>>, MoneyError> {
    let zone = measuring.input.zone;
    let mut parts = Vec::new();
    for span in all.spans {
        let mut starts = instants::part_borders(zone, *span, per)?;
        starts.insert(0, span.from);
        let ends = starts.iter().skip(1).copied().chain([span.to]);
        for (from, to) in starts.iter().copied().zip(ends) {
            let own = Period { from, to };
            parts.push(Own {
                name: match per {
                    PartPer::Hour => zone.clock_of(from),
                    PartPer::Day | PartPer::Group => zone.date_of(from).to_string(),
                },
                spans: vec![own],
                whole: own,
                counted: Vec::new(),
                readings: Cow::Borrowed(all.readings),
            });
        }
    }
    for one in all.counted {
        let Some(bucket) = measuring.buckets.get(one.bucket) else {
            continue;
        };
        let after = parts.partition_point(|part: &Own| part.whole.from <= bucket.from);
        let place = after.checked_sub(1).and_then(|place| parts.get_mut(place));
        if let Some(part) = place {
            part.counted.push(*one);
        }
    }
    Ok(parts)
}

/// The groups that there are, in the order of their names.
fn by_group<'r>(measuring: &Measuring, all: &Piece<'r>) -> Vec<Own<'r>> {
    let mut parts: BTreeMap<String, Own<'r>> = BTreeMap::new();
    let own = |name: &str| Own {
        name: name.to_owned(),
        spans: all.spans.to_vec(),
        whole: all.whole,
        counted: Vec::new(),
        readings: Cow::Owned(Vec::new()),
    };
    for one in all.counted {
        let Some(bucket) = measuring.buckets.get(one.bucket) else {
            continue;
        };
        let meter = measuring.meter();
        let group = meter.map_or_else(String::new, |meter| group_of(meter, &bucket.class));
        let part = parts.entry(group).or_insert_with_key(|name| own(name));
        part.counted.push(*one);
    }
    for reading in all.readings {
        let part = parts.entry(reading.group.clone());
        let part = part.or_insert_with_key(|name| own(name));
        part.readings.to_mut().push(reading);
    }
    parts.into_values().collect()
}
