use super::number::{DecimalSign, plain};
use super::{ListField, ListMapping, PriceSheet};
use crate::Dimension;
use ratebook_money::{Currency, parse_decimal};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// Rows that the guess looks at.
const LOOKED_AT: usize = 200;

/// What the columns of a list probably mean. `provider` is for lists without such a column.
#[must_use]
pub fn guess(sheet: &PriceSheet) -> ListMapping {
    let mut columns = BTreeMap::new();
    let mut taken = BTreeSet::new();
    for name in &sheet.header {
        if let Some(field) = field(name)
            && taken.insert(field.clone())
        {
            columns.insert(name.clone(), field);
        }
    }
    let prices = || {
        let price = |name: &&String| {
            matches!(
                columns.get(*name),
                Some(ListField::PriceOf(_) | ListField::Price)
            )
        };
        let numbered = sheet.header.iter().enumerate();
        let of = numbered.filter(move |(_, name)| price(name));
        of.flat_map(|(place, name)| {
            let rows = sheet.rows.iter().take(LOOKED_AT);
            rows.filter_map(move |(_, cells)| Some((name, cells.get(place)?.as_str())))
        })
    };
    let decimal = DecimalSign::guess(prices().map(|(_, text)| text));
    let heads: Vec<String> = sheet
        .header
        .iter()
        .map(|name| name.to_lowercase())
        .collect();
    let token_prices = prices().filter(|(name, _)| match columns.get(*name) {
        Some(ListField::PriceOf(dimension)) => dimension.is_tokens(),
        _ => true,
    });
    let values = token_prices
        .filter_map(|(_, text)| parse_decimal(&plain(text, decimal)?).ok())
        .filter(|value| !value.is_zero() && value.is_sign_positive());
    let tokens_per_price = per_of_heads(&heads).unwrap_or_else(|| per_of_values(values.collect()));
    let texts = heads.iter().map(String::as_str);
    let currency = currency(texts.chain(prices().map(|(_, text)| text)));
    ListMapping {
        provider: None,
        currency,
        tokens_per_price,
        decimal,
        columns,
    }
}

fn field(name: &str) -> Option<ListField> {
    let words = words(name);
    let has = |word: &str| words.iter().any(|own| own == word);
    let starts = |start: &str| words.iter().any(|own| own.starts_with(start));
    if has("provider") || has("vendor") || has("anbieter") {
        return Some(ListField::Provider);
    }
    if has("model") || has("modell") || (has("sku") && words.len() == 1) {
        return Some(ListField::Model);
    }
    if has("currency") || starts("währung") {
        return (words.len() == 1).then_some(ListField::Currency);
    }
    if has("dimension") || (has("type") && words.len() == 1) {
        return Some(ListField::Dimension);
    }
    if (has("valid") || has("effective")) && (has("from") || has("date") || words.len() == 1) {
        return Some(ListField::ValidFrom);
    }
    if let Some(dimension) = dimension(name) {
        return Some(ListField::PriceOf(dimension));
    }
    (starts("price") || starts("preis") || starts("rate") || starts("cost"))
        .then_some(ListField::Price)
}

/// The dimension that a text of a list names.
pub(super) fn dimension(name: &str) -> Option<Dimension> {
    if let Some(known) = Dimension::parse(name.trim()) {
        return Some(known);
    }
    let words = words(name);
    let has = |list: &[&str]| words.iter().any(|own| list.contains(&own.as_str()));
    let output = has(&["output", "out", "completion", "ausgabe", "generated"]);
    let input = has(&["input", "in", "prompt", "eingabe"]);
    let cache = has(&["cache", "cached", "caching"]);
    let write = has(&["write", "creation", "writes", "storage"]);
    let hour = has(&["1h", "hour", "60m"]);
    Some(match () {
        () if cache && write && hour => Dimension::CACHE_WRITE_1H,
        () if cache && write => Dimension::CACHE_WRITE,
        () if cache && has(&["audio"]) => Dimension::CACHE_READ_AUDIO,
        () if cache => Dimension::CACHE_READ,
        () if has(&["reasoning", "thinking"]) => Dimension::OUTPUT_REASONING,
        () if has(&["audio"]) && output => Dimension::OUTPUT_AUDIO,
        () if has(&["audio"]) && input => Dimension::INPUT_AUDIO,
        () if has(&["search", "searches"]) => Dimension::WEB_SEARCHES,
        () if has(&["request", "requests", "call", "calls"]) => Dimension::REQUESTS,
        () if has(&["image", "images"]) && output => Dimension::OUTPUT_IMAGES,
        () if has(&["image", "images"]) && input => Dimension::INPUT_IMAGES,
        () if output => Dimension::OUTPUT,
        () if input => Dimension::INPUT,
        () => return None,
    })
}

fn words(name: &str) -> Vec<String> {
    let lower = name.to_lowercase();
    let parts = lower.split(|c: char| !c.is_alphanumeric());
    parts
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

/// `Input ($/1M)`, `price per 1K tokens`: of how many tokens the heads speak.
fn per_of_heads(heads: &[String]) -> Option<u64> {
    const SAID: &[(&[&str], u64)] = &[
        (
            &[
                "1m", "million", "mio", "mtok", "millions", "1000000", "1mtok",
            ],
            1_000_000,
        ),
        (&["1k", "thousand", "ktok", "1000", "1ktok"], 1_000),
    ];
    let all: Vec<String> = heads.iter().flat_map(|head| words(head)).collect();
    let known = SAID
        .iter()
        .find(|(said, _)| all.iter().any(|word| said.contains(&word.as_str())));
    let per_token = heads.iter().any(|head| {
        let head = head.replace('_', " ");
        head.contains("per token") || head.contains("/token") || head.contains("/ token")
    });
    known.map(|(_, per)| *per).or(per_token.then_some(1))
}

/// Of how many tokens prices of this size are: a million tokens cost cents to hundreds, a single
/// one less than a hundred-thousandth.
fn per_of_values(mut values: Vec<Decimal>) -> u64 {
    values.sort_unstable();
    let middle = values.get(values.len() / 2);
    match middle {
        Some(middle) if *middle <= Decimal::new(1, 5) => 1,
        Some(middle) if *middle < Decimal::new(2, 2) => 1_000,
        _ => 1_000_000,
    }
}

fn currency<'t>(texts: impl Iterator<Item = &'t str>) -> Option<Currency> {
    const SIGNS: &[(&str, &str)] = &[("€", "EUR"), ("£", "GBP"), ("$", "USD"), ("¥", "JPY")];
    for text in texts {
        let upper = text.to_uppercase();
        let words = upper.split(|c: char| !c.is_alphanumeric());
        let named = words.filter(|word| word.len() == 3).find(|word| {
            [
                "USD", "EUR", "GBP", "CHF", "JPY", "CNY", "SEK", "CAD", "AUD", "INR",
            ]
            .contains(word)
        });
        let signed = SIGNS.iter().find(|(sign, _)| text.contains(sign));
        let code = named.or(signed.map(|(_, code)| *code));
        if let Some(currency) = code.and_then(|code| Currency::parse(code).ok()) {
            return Some(currency);
        }
    }
    None
}
