//! A line, so that quantity × price is its amount.

use crate::{EinvoiceError, Line};
use ratebook_catalog::{BuiltInMeter, MeterRef};
use ratebook_invoicing::document::{Row, Section};
use ratebook_invoicing::{FinalizedInvoice, InvoiceLine, print};
use ratebook_money::MoneyError;
use ratebook_rating::{LineItem, RatedLine};
use rust_decimal::Decimal;

/// Prices of tokens are said for a million, as on the paper.
const MILLION: u32 = 1_000_000;

pub(super) fn of(invoice: &FinalizedInvoice, line: &InvoiceLine) -> Result<Line, EinvoiceError> {
    let rated = &line.rated;
    let paper = print::line(invoice, line)?;
    let priced = priced(rated)?;
    let (name, mut notes) = match &paper {
        Some(section) => words(section, &rated.charge_name),
        None => (rated.charge_name.clone(), Vec::new()),
    };
    if priced.is_none() {
        notes.extend(paper.iter().flat_map(derivation));
    }
    let (quantity, price, per) = match priced {
        Some(priced) => priced,
        None => (Decimal::ONE, rated.amount.to_decimal(), 1),
    };
    // A price below zero is not allowed (BR-27): what comes back has a quantity below zero.
    let (quantity, price) = if price.is_sign_negative() {
        (-quantity, -price)
    } else {
        (quantity, price)
    };
    Ok(Line {
        number: line.number,
        name,
        note: notes.join("\n"),
        quantity,
        price,
        per,
        amount: rated.amount,
        tax: line.tax.clone(),
        days: rated.service,
    })
}

/// Quantity, price and what the price is for, where they make the amount to the last digit.
fn priced(line: &RatedLine) -> Result<Option<(Decimal, Decimal, u32)>, MoneyError> {
    let Some(rate) = line.unit_price else {
        return Ok(None);
    };
    if line.share.is_some() || !line.tiers.is_empty() {
        return Ok(None);
    }
    let product = rate.times(line.quantity).and_then(|exact| exact.round());
    if product != Ok(line.amount) {
        return Ok(None);
    }
    let quantity = line.quantity.value().normalize();
    Ok(Some(if counts_tokens(&line.item) {
        (quantity, rate.per_million()?.normalize(), MILLION)
    } else {
        (quantity, rate.per_unit().normalize(), 1)
    }))
}

fn counts_tokens(item: &LineItem) -> bool {
    match item {
        LineItem::Fee { .. } | LineItem::OneOff | LineItem::Minimum => false,
        LineItem::Meter { meter, .. } => match meter {
            MeterRef::BuiltIn(BuiltInMeter::ModelCalls) | MeterRef::Own(_) => false,
            MeterRef::BuiltIn(
                BuiltInMeter::InputTokens | BuiltInMeter::OutputTokens | BuiltInMeter::TotalTokens,
            ) => true,
        },
        LineItem::Model { dimension, .. } => dimension.is_tokens(),
    }
}

/// The name of a line, and what the paper notes below it.
fn words(section: &Section, charge: &str) -> (String, Vec<String>) {
    let heads = section
        .groups
        .iter()
        .filter_map(|group| group.head.as_ref());
    match heads.into_iter().next() {
        Some(head) => (
            joined(&[&head.description, &head.qualifier]),
            head.notes.clone(),
        ),
        None => (charge.to_owned(), Vec::new()),
    }
}

/// "1 to 10,000: 10,000 × 0.0420 = 420.00", a row for each tier.
fn derivation(section: &Section) -> Vec<String> {
    let rows = section.groups.iter().flat_map(|group| &group.rows);
    rows.map(tier).collect()
}

fn tier(row: &Row) -> String {
    let mut parts = vec![format!("{} × {}", row.quantity, row.unit_price)];
    parts.extend(row.notes.iter().cloned());
    format!("{}: {} = {}", row.description, parts.join(" "), row.amount)
}

fn joined(parts: &[&String]) -> String {
    let filled = parts.iter().filter(|part| !part.is_empty());
    filled
        .map(|part| part.as_str())
        .collect::<Vec<_>>()
        .join(", ")
}
