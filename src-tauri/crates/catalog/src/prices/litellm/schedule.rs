use super::Reading;
use super::fields::{Target, tokens};
use crate::Weekdays;
use crate::json::Json;
use crate::prices::import::TableIssueKind;
use crate::{Comparison, ConditionKey, ContextThreshold, Dimension, PriceConditions, TimeWindow};
use ratebook_money::Zone;

/// Prices that a tier or an off-peak block can hold, and what stands in where it does not.
const RATES: &[(&str, Dimension, Option<&str>)] = &[
    ("input_cost_per_token", Dimension::INPUT, None),
    ("output_cost_per_token", Dimension::OUTPUT, None),
    (
        "cache_read_input_token_cost",
        Dimension::CACHE_READ,
        Some("input_cost_per_token"),
    ),
    (
        "cache_creation_input_token_cost",
        Dimension::CACHE_WRITE,
        Some("input_cost_per_token"),
    ),
    (
        "cache_creation_input_token_cost_above_1hr",
        Dimension::CACHE_WRITE_1H,
        Some("cache_creation_input_token_cost"),
    ),
    (
        "output_cost_per_reasoning_token",
        Dimension::OUTPUT_REASONING,
        Some("output_cost_per_token"),
    ),
];

/// `tiered_pricing`: the whole call is priced at the tier `(from, to]` that its input falls in,
/// above the last one at the last. What no tier prices falls back inside the tier, never to
/// another one. Returns the dimensions whose flat prices the tiers replace.
pub(super) fn tiers(reading: &mut Reading, json: &Json) -> Vec<Dimension> {
    let Some(list) = json.get("tiered_pricing").map(Json::list) else {
        return Vec::new();
    };
    let mut tiers = Vec::new();
    for (index, tier) in list.iter().enumerate() {
        let range = tier.get("range").map_or(&[][..], Json::list);
        let from = range.first().and_then(Json::number).and_then(tokens);
        match from {
            Some(from) if tier.get("input_cost_per_token").is_some() => {
                tiers.push((from, index, tier));
            }
            _ => {
                let path = format!("tiered_pricing[{index}]");
                reading.report(&path, TableIssueKind::NotExpressed, tier);
            }
        }
    }
    tiers.sort_by_key(|(from, index, _)| (*from, *index));
    let priced = |field: &str| tiers.iter().any(|(_, _, tier)| tier.get(field).is_some());
    let mut replaced = Vec::new();
    for (field, dimension, _) in RATES {
        let of_input = !matches!(*dimension, Dimension::OUTPUT | Dimension::OUTPUT_REASONING);
        if !tiers.is_empty() && (of_input || priced("output_cost_per_token")) {
            replaced.push(dimension.clone());
        }
        if !priced(field) {
            continue;
        }
        for (from, index, tier) in &tiers {
            tier_price(reading, tier, *index, *from, field, dimension);
        }
    }
    for (_, index, tier) in &tiers {
        for (field, value) in tier.members() {
            let known = field == "range" || RATES.iter().any(|(name, ..)| name == field);
            if !known {
                let path = format!("tiered_pricing[{index}].{field}");
                reading.report(&path, TableIssueKind::UnknownField, value);
            }
        }
    }
    replaced
}

fn tier_price(
    reading: &mut Reading,
    tier: &Json,
    index: usize,
    from: u64,
    field: &str,
    dimension: &Dimension,
) {
    let mut at = field;
    let value = loop {
        if let Some(value) = tier.get(at) {
            break value;
        }
        let instead = RATES.iter().find(|(name, ..)| *name == at);
        match instead.and_then(|(.., instead)| *instead) {
            Some(next) => at = next,
            None => return,
        }
    };
    let context = (from > 0).then_some(ContextThreshold {
        tokens: from,
        comparison: Comparison::Above,
    });
    let target = Target {
        dimension: dimension.clone(),
        conditions: PriceConditions {
            context,
            ..PriceConditions::default()
        },
    };
    reading.price(&format!("tiered_pricing[{index}].{at}"), target, value);
}

/// `off_peak_pricing`: rates that replace all others while a window is open.
pub(super) fn off_peak(reading: &mut Reading, json: &Json) {
    let Some(block) = json.get("off_peak_pricing") else {
        return;
    };
    let windows = windows(reading, block);
    for (field, value) in block.members() {
        let path = format!("off_peak_pricing.{field}");
        match RATES.iter().find(|(name, ..)| name == field) {
            Some((_, dimension, _)) => {
                for window in &windows {
                    let target = Target {
                        dimension: dimension.clone(),
                        conditions: PriceConditions {
                            window: Some(window.clone()),
                            ..PriceConditions::default()
                        },
                    };
                    reading.price(&path, target, value);
                }
            }
            None if matches!(field.as_ref(), "hours_utc" | "windows" | "weekday_timezone") => {}
            None => reading.report(&path, TableIssueKind::UnknownField, value),
        }
    }
}

fn windows(reading: &mut Reading, block: &Json) -> Vec<TimeWindow> {
    let zone = block.get("weekday_timezone").and_then(Json::text);
    if let Some(name) = zone.filter(|name| Zone::parse(name).is_err()) {
        let path = "off_peak_pricing.weekday_timezone";
        reading.rows.issue(path, TableIssueKind::BadValue, name);
    }
    let mut all = Vec::new();
    hours(reading, block, None, &mut all);
    for rule in block.get("windows").map_or(&[][..], Json::list) {
        let listed = rule.get("weekdays").map(|days| {
            let days = days.list().iter().filter_map(|day| weekday(day.number()?));
            days.collect::<Vec<u8>>()
        });
        let days = listed.map(|days| Weekdays {
            days,
            zone: zone.map(str::to_owned),
        });
        hours(reading, rule, days.as_ref(), &mut all);
    }
    all
}

fn hours(reading: &mut Reading, rule: &Json, days: Option<&Weekdays>, all: &mut Vec<TimeWindow>) {
    let texts = match rule.get("hours_utc") {
        Some(Json::List(items)) => items.iter().filter_map(Json::text).collect(),
        Some(Json::Text(text)) => vec![text.as_ref()],
        _ => Vec::new(),
    };
    for text in texts {
        let ends = text.split_once('-');
        match ends.and_then(|(from, to)| Some((minute(from)?, minute(to)?))) {
            Some((from, to)) => all.push(TimeWindow {
                from,
                to,
                days: days.cloned(),
            }),
            None => {
                let path = "off_peak_pricing.hours_utc";
                reading.rows.issue(path, TableIssueKind::BadValue, text);
            }
        }
    }
}

/// `16:30` as minutes since midnight.
fn minute(text: &str) -> Option<u16> {
    let (hours, minutes) = text.trim().split_once(':')?;
    let hours = hours.parse::<u16>().ok().filter(|hours| *hours < 24)?;
    let minutes = minutes
        .parse::<u16>()
        .ok()
        .filter(|minutes| *minutes < 60)?;
    hours.checked_mul(60)?.checked_add(minutes)
}

fn weekday(text: &str) -> Option<u8> {
    let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    if let Ok(number) = text.parse::<u8>() {
        return (1..=7).contains(&number).then_some(number);
    }
    let text = text.trim().to_lowercase();
    let found = names.iter().position(|name| text.starts_with(name))?;
    u8::try_from(found.checked_add(1)?).ok()
}

/// A tier with its own output price and none for reasoning bills reasoning as its output, not at
/// the standard reasoning price.
pub(super) fn reasoning_of_tiers(reading: &mut Reading) {
    let rows = &reading.rows.prices;
    let tier = |conditions: &PriceConditions| {
        conditions.context.is_none() && conditions.equals.contains_key(&ConditionKey::ServiceTier)
    };
    let standard = rows
        .iter()
        .any(|row| row.dimension == Dimension::OUTPUT_REASONING && row.conditions.is_empty());
    if !standard {
        return;
    }
    let outputs = rows.iter().filter(|row| row.dimension == Dimension::OUTPUT);
    let own = |conditions: &PriceConditions| {
        rows.iter().any(|row| {
            row.dimension == Dimension::OUTPUT_REASONING && row.conditions == *conditions
        })
    };
    let missing = outputs.filter(|row| tier(&row.conditions) && !own(&row.conditions));
    let added: Vec<_> = missing
        .cloned()
        .map(|mut row| {
            row.dimension = Dimension::OUTPUT_REASONING;
            row
        })
        .collect();
    reading.rows.prices.extend(added);
}
