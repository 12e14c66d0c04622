//! Quantities, prices and conditions of a line, written out.

use crate::document::{Words, Writer};
use ratebook_catalog::{BuiltInMeter, Comparison, Dimension, MeterRef, PriceConditions};
use ratebook_money::{MoneyError, Quantity, Rate};
use rust_decimal::Decimal;

/// Usage is priced in small fractions: at least so many decimals, so that columns align.
const USAGE_PLACES: u32 = 4;

/// Whether a meter counts tokens, which are priced per million.
pub(super) fn counts_tokens(meter: MeterRef) -> bool {
    match meter {
        MeterRef::BuiltIn(BuiltInMeter::ModelCalls) | MeterRef::Own(_) => false,
        MeterRef::BuiltIn(
            BuiltInMeter::InputTokens | BuiltInMeter::OutputTokens | BuiltInMeter::TotalTokens,
        ) => true,
    }
}

/// A unit price: per million for tokens. Never rounded.
pub(super) fn unit_price(
    rate: Rate,
    per_million: bool,
    writer: &Writer,
) -> Result<String, MoneyError> {
    let value = if per_million {
        rate.per_million()?
    } else {
        rate.per_unit()
    };
    Ok(unit(&value, writer))
}

/// A price of usage that is written as it is.
pub(super) fn unit(price: &Decimal, writer: &Writer) -> String {
    writer.number(price, USAGE_PLACES)
}

pub(super) fn quantity(quantity: Quantity, writer: &Writer) -> String {
    writer.number(&quantity.value(), 0)
}

/// The name of a dimension; an own one goes by its own name.
pub(super) fn dimension(dimension: &Dimension, words: &Words) -> String {
    match dimension {
        Dimension::Custom(name) => name.clone(),
        Dimension::Known(_) => {
            let name = dimension.to_string();
            words.dimension(&name).map_or(name, str::to_owned)
        }
    }
}

/// The word of a day, 1 = Monday.
fn weekday(day: u8, writer: &Writer) -> Option<&'static str> {
    // 1 January 2024 was a Monday.
    let date = ratebook_money::Date::from_ymd_opt(2024, 1, u32::from(day))?;
    (1..=7).contains(&day).then(|| writer.weekday(date))
}

/// The conditions that a price was chosen by: "batch, > 200,000".
pub(super) fn conditions(
    conditions: &PriceConditions,
    marks: &[String],
    writer: &Writer,
) -> String {
    let mut parts: Vec<String> = conditions.equals.values().cloned().collect();
    parts.extend(conditions.context.map(|context| {
        let sign = match context.comparison {
            Comparison::Above => ">",
            Comparison::AtLeast => "≥",
        };
        let tokens = i64::try_from(context.tokens).unwrap_or(i64::MAX);
        format!("{sign} {}", writer.count(tokens))
    }));
    parts.extend(conditions.window.as_ref().map(|window| {
        let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
        // A window that ends where it begins is the whole day.
        let to = if window.from == window.to {
            1_440
        } else {
            window.to
        };
        let days = window.days.iter().flat_map(|days| &days.days);
        let days = days.filter_map(|day| weekday(*day, writer));
        let mut words: Vec<&str> = days.collect();
        let time = format!("{}–{} UTC", clock(window.from), clock(to));
        words.push(&time);
        words.join(" ")
    }));
    for mark in marks {
        let value = mark
            .split_once('=')
            .map_or(mark.as_str(), |(_, value)| value);
        if !parts.iter().any(|part| part == value) {
            parts.push(value.to_owned());
        }
    }
    parts.join(", ")
}
