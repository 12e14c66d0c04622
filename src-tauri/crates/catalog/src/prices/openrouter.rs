//! OpenRouter's list of models (`GET /api/v1/models`): decimal strings, USD per single unit. Who
//! charges is OpenRouter, so its models stand under that provider with the names it gives them.
//!
//! - A zero for a special class (cached, audio, reasoning, …) says that the class is not charged
//!   apart: it counts as its general class. Only input and output can be free.
//! - `-1` is a price that depends on where the call is routed: not a price.
//! - `overrides` hold for the whole call; of several that fit, the last one in the list wins. Where
//!   their parts of the day overlap, the day is taken apart so that each part has one price.

mod windows;

use super::gateways::{read_data, tokens};
use super::import::{
    ImportedTable, Read, Rows, TableError, TableIssue, TableIssueKind, TableStamp,
};
use super::{ModelPrices, RuleSet};
use crate::json::Json;
use crate::{Comparison, ContextThreshold, Dimension, PriceConditions, TimeWindow, Weekdays};
use ratebook_money::{Exact, parse_decimal};
use rust_decimal::Decimal;
use std::collections::BTreeSet;

const PROVIDER: &str = "openrouter";

const PRICES: &[(&str, Dimension)] = &[
    ("prompt", Dimension::INPUT),
    ("completion", Dimension::OUTPUT),
    ("request", Dimension::REQUESTS),
    ("image", Dimension::INPUT_IMAGES),
    ("image_output", Dimension::OUTPUT_IMAGES),
    ("image_token", Dimension::INPUT_IMAGE),
    ("audio", Dimension::INPUT_AUDIO),
    ("audio_output", Dimension::OUTPUT_AUDIO),
    ("input_audio_cache", Dimension::CACHE_READ_AUDIO),
    ("input_cache_read", Dimension::CACHE_READ),
    ("input_cache_write", Dimension::CACHE_WRITE),
    ("input_cache_write_1h", Dimension::CACHE_WRITE_1H),
    ("internal_reasoning", Dimension::OUTPUT_REASONING),
    ("web_search", Dimension::WEB_SEARCHES),
];

/// Keys of an override that say when it holds.
const WHEN: &[&str] = &["min_prompt_tokens", "utc_start", "utc_end", "utc_days"];

/// Reads a whole list.
///
/// # Errors
/// [`TableError`] when the text is no JSON object with a list `data` of models.
pub fn read(text: &str, stamp: &TableStamp) -> Result<ImportedTable, TableError> {
    read_data(text, stamp, model)
}

fn model(json: &Json, stamp: &TableStamp, issues: &mut Vec<TableIssue>) -> Option<ModelPrices> {
    let id = json.get("id").and_then(Json::text)?;
    let mut rows = Rows::new(stamp, id, issues);
    let pricing = json.get("pricing");
    if let Some(pricing) = pricing {
        prices(&mut rows, pricing);
    }
    let prices = rows.finish()?;
    Some(ModelPrices {
        prices,
        rules: RuleSet::OpenRouter,
        ..ModelPrices::unpriced(PROVIDER, &id.to_lowercase())
    })
}

fn prices(rows: &mut Rows, pricing: &Json) {
    let discount = discount(rows, pricing);
    let from = rows.stamp.undated_from;
    for (key, value) in pricing.members() {
        match key.as_ref() {
            "discount" | "overrides" => {}
            key if PRICES.iter().any(|(known, _)| *known == key) => {
                if let Some((dimension, read)) = price(rows, key, key, value, discount) {
                    rows.add(key, dimension, PriceConditions::default(), Some(read), from);
                }
            }
            _ => rows.issue(key, TableIssueKind::UnknownField, &format!("{value:?}")),
        }
    }
    let list = pricing.get("overrides").map_or(&[][..], Json::list);
    let mut overrides = Vec::new();
    for (index, json) in list.iter().enumerate() {
        let path = format!("overrides[{index}]");
        match when(json) {
            Some((context, window)) => overrides.push((path, context, window, json)),
            None => {
                let kind = TableIssueKind::NotExpressed;
                rows.issue(&path, kind, &format!("{json:?}"));
            }
        }
    }
    let sizes = overrides.iter().map(|(_, at, ..)| *at);
    let contexts: BTreeSet<Option<u64>> = sizes.chain([None]).collect();
    let times = overrides
        .iter()
        .filter_map(|(_, _, within, _)| within.clone());
    let windows = windows::apart(&times.collect()).into_iter().map(Some);
    let windows: BTreeSet<Option<TimeWindow>> = windows.chain([None]).collect();
    // Every combination of size and time of day gets the price of the last entry that fits it.
    for context in &contexts {
        for window in &windows {
            let fits = overrides.iter().filter(|(_, at, within, _)| {
                let covers = |within: &TimeWindow| {
                    window
                        .as_ref()
                        .is_some_and(|part| windows::covers(within, part))
                };
                at <= context && within.as_ref().is_none_or(covers)
            });
            let conditions = PriceConditions {
                context: context.map(|tokens| ContextThreshold {
                    tokens,
                    comparison: Comparison::Above,
                }),
                window: window.clone(),
                ..PriceConditions::default()
            };
            if !conditions.is_empty() {
                combined(
                    rows,
                    fits.map(|(path, .., json)| (path.as_str(), *json)),
                    &conditions,
                    discount,
                );
            }
        }
    }
}

/// The prices of one combination: per key the last entry wins.
fn combined<'j>(
    rows: &mut Rows,
    fits: impl Iterator<Item = (&'j str, &'j Json<'j>)>,
    conditions: &PriceConditions,
    discount: Decimal,
) {
    let mut last: Vec<(&str, &str, &Json)> = Vec::new();
    for (path, json) in fits {
        for (key, value) in json.members() {
            if WHEN.contains(&key.as_ref()) {
                continue;
            }
            last.retain(|(_, known, _)| *known != key);
            last.push((path, key, value));
        }
    }
    let from = rows.stamp.undated_from;
    for (path, key, value) in last {
        let field = format!("{path}.{key}");
        if !PRICES.iter().any(|(known, _)| *known == key) {
            rows.issue(&field, TableIssueKind::UnknownField, &format!("{value:?}"));
        } else if let Some((dimension, read)) = price(rows, &field, key, value, discount) {
            rows.add(&field, dimension, conditions.clone(), Some(read), from);
        }
    }
}

fn price(
    rows: &mut Rows,
    field: &str,
    key: &str,
    value: &Json,
    discount: Decimal,
) -> Option<(Dimension, Read)> {
    let (_, dimension) = PRICES.iter().find(|(known, _)| *known == key)?;
    let Some(text) = value.number() else {
        rows.issue(field, TableIssueKind::BadValue, &format!("{value:?}"));
        return None;
    };
    if text == "-1" {
        rows.issue(field, TableIssueKind::Varies, text);
        return None;
    }
    let general = [Dimension::INPUT, Dimension::OUTPUT].contains(dimension);
    if !general && parse_decimal(text).is_ok_and(|value| value.is_zero()) {
        return None;
    }
    if discount == Decimal::ONE {
        return rows
            .rate(field, text, 1)
            .map(|read| (dimension.clone(), read));
    }
    let full = parse_decimal(text).ok().map(Exact::from_decimal);
    let part = full.and_then(|full| full.times(Exact::from_decimal(discount)).ok());
    let Some(part) = part else {
        rows.issue(field, TableIssueKind::BadValue, text);
        return None;
    };
    let mut read = rows.rate(field, &part.to_string(), 1)?;
    read.original = Some(format!("{text} × {discount}"));
    Some((dimension.clone(), read))
}

/// What is left of each price: 1 less the discount.
fn discount(rows: &mut Rows, pricing: &Json) -> Decimal {
    let Some(value) = pricing
        .get("discount")
        .filter(|value| **value != Json::Null)
    else {
        return Decimal::ONE;
    };
    let read = value.number().and_then(|text| parse_decimal(text).ok());
    let left = read.and_then(|discount| Decimal::ONE.checked_sub(discount));
    match left.filter(|left| (Decimal::ZERO..=Decimal::ONE).contains(left)) {
        Some(left) => left.normalize(),
        None => {
            rows.issue("discount", TableIssueKind::BadValue, &format!("{value:?}"));
            Decimal::ONE
        }
    }
}

/// From how many tokens on, and in which part of the day, an override holds.
fn when(json: &Json) -> Option<(Option<u64>, Option<TimeWindow>)> {
    let context = match json.get("min_prompt_tokens") {
        None | Some(Json::Null) => None,
        Some(value) => Some(tokens(value)?),
    };
    let minute = |key: &str| match json.get(key) {
        None | Some(Json::Null) => Some(None),
        Some(value) => minute(value.number()?).map(Some),
    };
    let (start, end) = (minute("utc_start")?, minute("utc_end")?);
    let days = match json.get("utc_days") {
        None | Some(Json::Null) => None,
        Some(value) => Some(days(value)?),
    };
    let window = match (start, end, days) {
        (None, None, None) => None,
        (None, Some(_), _) | (Some(_), None, _) => return None,
        (start, end, days) => Some(TimeWindow {
            from: start.unwrap_or(0),
            to: end.unwrap_or(1_440),
            days,
        }),
    };
    (context.is_some() || window.is_some()).then_some((context, window))
}

/// `1630`, `16:30`: a minute of the day.
fn minute(text: &str) -> Option<u16> {
    let digits: String = text.chars().filter(|c| *c != ':').collect();
    let number: u16 = digits.parse().ok()?;
    let (hours, minutes) = (number.checked_div(100)?, number.checked_rem(100)?);
    let known = hours < 24 && minutes < 60 || number == 2400;
    known.then(|| hours.saturating_mul(60).saturating_add(minutes))
}

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Names of days, or their numbers from 0 for Sunday.
fn days(json: &Json) -> Option<Weekdays> {
    let day = |json: &Json| -> Option<u8> {
        if let Json::Number(text) = json {
            let number: u8 = text.parse().ok()?;
            return (number < 7).then_some(if number == 0 { 7 } else { number });
        }
        let name: String = json.text()?.to_lowercase().chars().take(3).collect();
        let place = DAYS.iter().position(|known| *known == name)?;
        u8::try_from(place.saturating_add(1)).ok()
    };
    let mut days: Vec<u8> = json.list().iter().map(day).collect::<Option<_>>()?;
    days.sort_unstable();
    (!days.is_empty()).then_some(Weekdays { days, zone: None })
}

#[cfg(test)]
mod tests;
