//! What a customer needs to check a line whose price is a price document: the figures that made
//! the amount, step by step, in the words of the paper.

use crate::InvoiceError;
use crate::document::Writer;
use crate::document::words::fill;
use ratebook_money::{Amount, Currency, Rate, parse_decimal};
use ratebook_rating::price::PriceStep;
use ratebook_rating::{RatedLine, Step};
use rust_decimal::Decimal;

/// More parts than this belong in the window, not on the paper.
const MOST_PARTS: usize = 31;

/// The one unit price of a line, where it has one, and notes for everything else.
#[derive(Default)]
pub(super) struct Checkable {
    /// Price of one unit (per million, where the line says so).
    pub unit_price: Option<Decimal>,
    /// One step each.
    pub notes: Vec<String>,
}

/// How a line came to its amount; nothing for a line without a price document. `per_million`:
/// unit prices are written for a million units.
pub(super) fn checkable(
    line: &RatedLine,
    per_million: bool,
    currency: Currency,
    writer: &Writer,
) -> Result<Checkable, InvoiceError> {
    let steps = line.explanation.steps.iter();
    let steps: Vec<&PriceStep> = steps.filter_map(price_step).collect();
    if let [PriceStep::UnitPrice { unit_price, .. }] = steps.as_slice() {
        let unit_price = priced(&parse_decimal(unit_price)?, per_million, currency)?;
        return Ok(Checkable {
            unit_price: Some(unit_price),
            notes: Vec::new(),
        });
    }
    let noter = Noter {
        writer,
        currency,
        per_million: per_million && !converts(line),
    };
    let parts = steps
        .iter()
        .filter(|step| matches!(step, PriceStep::Part { .. }));
    let hides_parts = parts.count() > MOST_PARTS;
    let mut notes = Vec::with_capacity(steps.len());
    for step in steps {
        if !(hides_parts && matches!(step, PriceStep::Part { .. })) {
            notes.extend(noter.note(step)?);
        }
    }
    Ok(Checkable {
        unit_price: None,
        notes,
    })
}

/// Whether what is priced is another unit than what was counted.
pub(super) fn converts(line: &RatedLine) -> bool {
    let mut steps = line.explanation.steps.iter().filter_map(price_step);
    steps.any(|step| matches!(step, PriceStep::Convert { .. }))
}

fn price_step(step: &Step) -> Option<&PriceStep> {
    if let Step::Price { step } = step {
        Some(step)
    } else {
        None
    }
}

/// A price of one unit as it is written.
fn priced(price: &Decimal, per_million: bool, currency: Currency) -> Result<Decimal, InvoiceError> {
    if !per_million {
        return Ok(price.normalize());
    }
    Ok(Rate::new(*price, currency)?.per_million()?.normalize())
}

struct Noter<'a> {
    writer: &'a Writer,
    currency: Currency,
    per_million: bool,
}

impl Noter<'_> {
    /// One step as a note; none for a step that says nothing beyond the line itself.
    fn note(&self, step: &PriceStep) -> Result<Option<String>, InvoiceError> {
        let words = self.writer.words();
        let said = |template: &str, values: &[(&str, &str)]| Some(fill(template, values));
        Ok(match step {
            PriceStep::Convert {
                before,
                multiply_by,
                divide_by,
                after,
                ..
            } => {
                let mut text = self.number(before);
                for (sign, by) in [("×", multiply_by), ("÷", divide_by)] {
                    if by != "1" {
                        text = format!("{text} {sign} {}", self.number(by));
                    }
                }
                Some(format!("{text} → {}", self.number(after)))
            }
            PriceStep::Included { included, .. } => {
                said(words.included, &[("count", &self.number(included))])
            }
            PriceStep::UnitPrice {
                quantity,
                unit_price,
                ..
            } => Some(self.times(quantity, unit_price)?),
            PriceStep::Tier {
                from,
                to,
                quantity,
                unit_price,
                flat_fee,
                ..
            }
            | PriceStep::VolumeTier {
                from,
                to,
                quantity,
                unit_price,
                flat_fee,
                ..
            } => {
                let span = self.span(from, to.as_deref())?;
                let times = self.times(quantity, unit_price)?;
                Some(format!("{span}: {times}{}", self.fee(flat_fee)?))
            }
            PriceStep::PercentTier {
                from,
                to,
                quantity,
                rate_percent,
                flat_fee,
                ..
            } => {
                let span = self.span(from, to.as_deref())?;
                let rate = self.writer.percent(&parse_decimal(rate_percent)?);
                let of = self.number(quantity);
                Some(format!("{span}: {rate} × {of}{}", self.fee(flat_fee)?))
            }
            PriceStep::Packages {
                free_units,
                package_size,
                packages,
                package_price,
                ..
            } => {
                let mut text = self.packages(packages, package_size, package_price)?;
                if free_units != "0" {
                    let free = fill(words.included, &[("count", &self.number(free_units))]);
                    text = format!("{free}, {text}");
                }
                Some(text)
            }
            PriceStep::Blocks {
                block_size,
                blocks,
                price_per_block,
                ..
            } => Some(self.packages(blocks, block_size, price_per_block)?),
            PriceStep::Part { name, amount, .. } => Some(format!("{name}: {}", self.sum(amount)?)),
            PriceStep::Capacity {
                unit: Some(unit),
                quantity: Some(quantity),
                ..
            } => Some(format!("{unit}: {}", self.number(quantity))),
            PriceStep::Commitment { commitment, .. } => {
                said(words.committed, &[("amount", &self.sum(commitment)?)])
            }
            PriceStep::Discount { percent, .. } => {
                let percent = self.writer.percent(&parse_decimal(percent)?);
                Some(format!("{} −{percent}", words.discount))
            }
            PriceStep::FixedDiscount { discount, .. } => {
                Some(format!("{} −{}", words.discount, self.sum(discount)?))
            }
            PriceStep::Maximum { maximum, .. } => {
                said(words.at_most, &[("amount", &self.sum(maximum)?)])
            }
            PriceStep::Minimum { minimum, .. } => {
                said(words.at_least, &[("amount", &self.sum(minimum)?)])
            }
            PriceStep::Quantity { .. }
            | PriceStep::Events { .. }
            | PriceStep::BelowZero { .. }
            | PriceStep::Flat { .. }
            | PriceStep::Cliff { .. }
            | PriceStep::Event { .. }
            | PriceStep::CostPlus { .. }
            | PriceStep::Sum { .. }
            | PriceStep::Capacity { .. }
            | PriceStep::Before { .. }
            | PriceStep::ChargedBefore { .. }
            | PriceStep::Rounding { .. } => None,
        })
    }

    /// An exact number. One with more digits than can be grouped stays as it is.
    fn number(&self, text: &str) -> String {
        match parse_decimal(text) {
            Ok(number) => self.writer.number(&number, 0),
            Err(_) => text.to_owned(),
        }
    }

    /// An amount: exact where it has more decimals than the currency.
    fn sum(&self, text: &str) -> Result<String, InvoiceError> {
        let amount = Amount::parse(text, self.currency)?;
        let rounded = amount.round()?;
        if Amount::parse(&rounded.number(), self.currency)? == amount {
            return Ok(self.writer.money(rounded));
        }
        Ok(self.number(text))
    }

    fn price(&self, text: &str) -> Result<String, InvoiceError> {
        let price = priced(&parse_decimal(text)?, self.per_million, self.currency)?;
        Ok(self.writer.number(&price, self.currency.minor_digits()))
    }

    fn times(&self, quantity: &str, unit_price: &str) -> Result<String, InvoiceError> {
        let price = self.price(unit_price)?;
        Ok(format!("{} × {price}", self.number(quantity)))
    }

    fn fee(&self, flat_fee: &str) -> Result<String, InvoiceError> {
        if parse_decimal(flat_fee)?.is_zero() {
            return Ok(String::new());
        }
        Ok(format!(" + {}", self.sum(flat_fee)?))
    }

    fn packages(&self, count: &str, size: &str, price: &str) -> Result<String, InvoiceError> {
        let size = self.number(size);
        let price = parse_decimal(price)?;
        let price = self.writer.number(&price, self.currency.minor_digits());
        let count = self.number(count);
        let values = [
            ("count", count.as_str()),
            ("size", &size),
            ("price", &price),
        ];
        Ok(fill(self.writer.words().packages, &values))
    }

    /// "up to 10,000"; "10,000 to 100,000", "from 100,000".
    fn span(&self, from: &str, to: Option<&str>) -> Result<String, InvoiceError> {
        let words = self.writer.words();
        let from = self.number(from);
        let Some(to) = to else {
            return Ok(fill(words.above, &[("from", &from)]));
        };
        let to = self.number(to);
        if from == "0" {
            return Ok(fill(words.up_to, &[("to", &to)]));
        }
        Ok(fill(words.tier, &[("from", &from), ("to", &to)]))
    }
}
