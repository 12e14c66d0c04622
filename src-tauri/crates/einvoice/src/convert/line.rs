//! A line, so that quantity × price is its amount.

use crate::{EinvoiceError, Line};
use ratebook_catalog::{BuiltInMeter, MeterRef};
use ratebook_invoicing::document::{Row, Section};
use ratebook_invoicing::{CreditNoteLine, FinalizedInvoice, InvoiceLine, print};
use ratebook_money::{Amount, Money, MoneyError};
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
        notes.extend(paper.iter().flat_map(|section| derivation(section, rated)));
    }
    Ok(whole(line.number, line, name, notes, priced, rated.amount))
}

/// A line of a credit note: all of an invoice's line with its quantity and price, a part of it as
/// one unit at its amount.
pub(super) fn taken_back(back: &CreditNoteLine, row: &Row) -> Result<Line, EinvoiceError> {
    let is_all = back.amount == back.of.rated.amount;
    let priced = if is_all {
        priced(&back.of.rated)?
    } else {
        None
    };
    let name = joined(&[&row.description, &row.qualifier]);
    let notes = row.notes.clone();
    Ok(whole(
        back.number,
        &back.of,
        name,
        notes,
        priced,
        back.amount,
    ))
}

type Priced = (Decimal, Decimal, u32);

fn whole(
    number: u32,
    of: &InvoiceLine,
    name: String,
    notes: Vec<String>,
    priced: Option<Priced>,
    amount: Money,
) -> Line {
    let (quantity, price, per) = match priced {
        Some(priced) => priced,
        None => (Decimal::ONE, amount.to_decimal(), 1),
    };
    // A price below zero is not allowed (BR-27): what comes back has a quantity below zero.
    let (quantity, price) = if price.is_sign_negative() {
        (-quantity, -price)
    } else {
        (quantity, price)
    };
    Line {
        number,
        name: if name.is_empty() {
            of.rated.charge_name.clone()
        } else {
            name
        },
        note: notes.join("\n"),
        quantity,
        price,
        per,
        amount,
        tax: of.tax.clone(),
        days: of.rated.service,
    }
}

/// Peppol lets quantity × price be off by so much (R120): less than half a yen.
const TOLERANCE: &str = "0.02";

/// Quantity, price and what the price is for, where they make the amount: to the last digit, and
/// within the tolerance of Peppol, which a currency without cents can miss by its rounding.
fn priced(line: &RatedLine) -> Result<Option<Priced>, MoneyError> {
    let Some(rate) = line.unit_price else {
        return Ok(None);
    };
    if line.share.is_some() || !line.tiers.is_empty() {
        return Ok(None);
    }
    let Ok(exact) = rate.times(line.quantity) else {
        return Ok(None);
    };
    let off = exact.minus(line.amount.to_amount()?)?;
    let most = Amount::parse(TOLERANCE, line.amount.currency())?;
    let is_close = off.e24().unsigned_abs() <= most.e24().unsigned_abs();
    if exact.round()? != line.amount || !is_close {
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
        LineItem::Fee { .. } | LineItem::OneOff | LineItem::Minimum | LineItem::Manual => false,
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

/// "1 to 10,000: 10,000 × 0.0420 = 420.00" for each tier, "1,234,567 × 450 (per million)" where
/// only the rounding is too coarse. A share of a fee has its note on the paper.
fn derivation(section: &Section, line: &RatedLine) -> Vec<String> {
    let rows = section.groups.iter().flat_map(|group| &group.rows);
    let mut notes: Vec<String> = rows.map(tier).collect();
    if line.unit_price.is_some() && line.share.is_none() && notes.is_empty() {
        let heads = section
            .groups
            .iter()
            .filter_map(|group| group.head.as_ref());
        let per = match section.qualifier.as_str() {
            "" => String::new(),
            per => format!(" ({per})"),
        };
        notes.extend(heads.map(|row| format!("{} × {}{per}", row.quantity, row.unit_price)));
    }
    notes
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
