//! Aggregations over readings.

use super::{Piece, Tally, Value, priced};
use crate::buckets::millionths;
use crate::price::{PricedEvent, Quotient};
use crate::readings::Reading;
use crate::{AggregatedStep, buckets};
use ratebook_catalog::Aggregation;
use ratebook_money::{MoneyError, Period, Quantity, Timestamp};
use std::collections::BTreeMap;

/// What a piece comes to; nothing when nothing was counted in it.
pub(super) fn aggregate(
    aggregation: &Aggregation,
    piece: &Piece,
) -> Result<Option<Tally>, MoneyError> {
    let inside: Vec<&Reading> = inside(piece).collect();
    let mut all = inside.iter();
    let events = all.try_fold(0_u64, |sum, one| sum.checked_add(one.events));
    let events = events.ok_or(MoneyError::Overflow)?;
    let found = match aggregation {
        Aggregation::Count | Aggregation::UniqueCount { .. } => None,
        Aggregation::Sum(_) => {
            let sum = sum(&inside)?;
            (!inside.is_empty()).then_some((Value::Millionths(sum), None))
        }
        Aggregation::Max(_) => picked(&inside, |value, best| value > best)?,
        Aggregation::Min(_) => picked(&inside, |value, best| value < best)?,
        Aggregation::Latest(_) => latest(&inside)?,
        Aggregation::Average(_) => average(&inside, events)?,
        Aggregation::WeightedSum(_) => weighted(piece, !inside.is_empty())?,
    };
    Ok(found.map(|(value, how)| Tally {
        value,
        events: Some(events),
        how,
    }))
}

type Found = Option<(Value, Option<AggregatedStep>)>;

/// The events of a piece, each by itself.
pub(super) fn events(piece: &Piece) -> Result<Vec<PricedEvent>, MoneyError> {
    let values = inside(piece).filter_map(|reading| reading.value);
    values.map(priced).collect()
}

/// Whether a value that the spans depend on is not known.
pub(super) fn is_unknown(list: &[Reading], spans: &[Period], goes_on: bool) -> bool {
    let holds = |span: &Period| {
        let start = list.partition_point(|reading| reading.at < span.from);
        let before = start.checked_sub(1).and_then(|place| list.get(place));
        // Each group has a level of its own: any of those before may still hold.
        let early = list.iter().take(start);
        goes_on && before.is_some() && unknown_at_end(early)
    };
    let inside = |reading: &Reading| spans.iter().any(|span| span.contains(reading.at));
    list.iter()
        .any(|reading| reading.value.is_none() && inside(reading))
        || spans.iter().any(holds)
}

/// Whether the last reading of some group is not known.
fn unknown_at_end<'r>(list: impl Iterator<Item = &'r Reading>) -> bool {
    let mut last = BTreeMap::new();
    for reading in list {
        last.insert(reading.group.as_str(), reading.value.is_none());
    }
    last.into_values().any(|unknown| unknown)
}

fn inside<'p>(piece: &'p Piece) -> impl Iterator<Item = &'p Reading> {
    piece.spans.iter().flat_map(|span| {
        let start = piece.readings.partition_point(|one| one.at < span.from);
        let end = piece.readings.partition_point(|one| one.at < span.to);
        let found = piece.readings.get(start..end.max(start));
        found.unwrap_or(&[]).iter().copied()
    })
}

fn sum(readings: &[&Reading]) -> Result<i128, MoneyError> {
    let mut sum = 0_i128;
    for value in readings.iter().filter_map(|reading| reading.value) {
        let part = millionths(value)?;
        sum = sum.checked_add(part).ok_or(MoneyError::Overflow)?;
    }
    Ok(sum)
}

/// The reading that decides.
fn picked(
    readings: &[&Reading],
    decides: impl Fn(Quantity, Quantity) -> bool,
) -> Result<Found, MoneyError> {
    let mut best: Option<(Quantity, Timestamp)> = None;
    for reading in readings {
        if let Some(value) = reading.value
            && best.is_none_or(|(known, _)| decides(value, known))
        {
            best = Some((value, reading.at));
        }
    }
    let Some((value, at)) = best else {
        return Ok(None);
    };
    let how = AggregatedStep::Picked { at };
    Ok(Some((Value::Millionths(millionths(value)?), Some(how))))
}

fn average(readings: &[&Reading], events: u64) -> Result<Found, MoneyError> {
    if events == 0 {
        return Ok(None);
    }
    let sum = sum(readings)?;
    let quotient = Quotient::new(sum, i128::from(events))?;
    let how = AggregatedStep::Average {
        sum: buckets::quantity(sum)?,
        events,
    };
    Ok(Some((Value::Quotient(quotient), Some(how))))
}

/// The last value of each group, added.
fn latest(readings: &[&Reading]) -> Result<Found, MoneyError> {
    let groups = by_group(readings);
    if groups.len() < 2 {
        return picked(readings, |_, _| true);
    }
    let last: Vec<&Reading> = groups
        .values()
        .filter_map(|own| own.last().copied())
        .collect();
    let groups = u64::try_from(last.len()).map_err(|_| MoneyError::Overflow)?;
    let how = AggregatedStep::Groups { groups };
    Ok(Some((Value::Millionths(sum(&last)?), Some(how))))
}

/// Level × time over the length of the whole; the levels of groups are added. Before its first
/// event a level is zero.
fn weighted(piece: &Piece, any: bool) -> Result<Found, MoneyError> {
    let mut area = 0_i128;
    for own in by_group(piece.readings).values() {
        for span in piece.spans {
            let part = area_of(own, *span)?;
            area = area.checked_add(part).ok_or(MoneyError::Overflow)?;
        }
    }
    if area == 0 && !any {
        return Ok(None);
    }
    let length = micros((piece.whole.from, piece.whole.to))?;
    let how = AggregatedStep::WeightedSum {
        level_seconds: buckets::quantity(area / 1_000_000)?,
        seconds: u64::try_from(length / 1_000_000).map_err(|_| MoneyError::Overflow)?,
    };
    // In seconds, where no event fell between two of them.
    let micros = 1_000_000;
    let whole = area % micros == 0 && length % micros == 0;
    let scale = if whole { micros } else { 1 };
    let quotient = Quotient::new(area / scale, length / scale)?;
    Ok(Some((Value::Quotient(quotient), Some(how))))
}

fn area_of(readings: &[&Reading], span: Period) -> Result<i128, MoneyError> {
    let start = readings.partition_point(|one| one.at < span.from);
    let before = start.checked_sub(1).and_then(|place| readings.get(place));
    let mut level = before
        .and_then(|reading| reading.value)
        .unwrap_or(Quantity::ZERO);
    let mut since = span.from;
    let mut area = 0_i128;
    let rest = readings.get(start..).unwrap_or(&[]);
    for reading in rest.iter().take_while(|one| one.at < span.to) {
        area = plus(area, level, (since, reading.at))?;
        level = reading.value.unwrap_or(Quantity::ZERO);
        since = reading.at;
    }
    plus(area, level, (since, span.to))
}

fn by_group<'r>(readings: &[&'r Reading]) -> BTreeMap<&'r str, Vec<&'r Reading>> {
    let mut groups: BTreeMap<&str, Vec<&Reading>> = BTreeMap::new();
    for reading in readings {
        groups.entry(&reading.group).or_default().push(reading);
    }
    groups
}

fn plus(area: i128, level: Quantity, span: (Timestamp, Timestamp)) -> Result<i128, MoneyError> {
    let part = millionths(level)?.checked_mul(micros(span)?);
    let sum = part.and_then(|part| area.checked_add(part));
    sum.ok_or(MoneyError::Overflow)
}

fn micros((from, to): (Timestamp, Timestamp)) -> Result<i128, MoneyError> {
    let length = i128::from(to.micros()).checked_sub(i128::from(from.micros()));
    length.ok_or(MoneyError::Overflow)
}
