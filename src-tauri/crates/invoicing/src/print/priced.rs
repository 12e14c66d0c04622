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
    let is_part =
        |step: &PriceStep| matches!(step, PriceStep::Part { .. } | PriceStep::Event { .. });
    let parts = steps.iter().filter(|step| is_part(step));
    let hides_parts = parts.count() > MOST_PARTS;
    let mut notes = Vec::with_capacity(steps.len());
    for step in steps {
        if !(hides_parts && is_part(step)) {
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
        for said in [
            self.of_quantity(step)?,
            self.of_tier(step)?,
            self.of_packages(step)?,
            self.of_part(step)?,
            self.of_limit(step)?,
        ] {
            if said.is_some() {
                return Ok(said);
            }
        }
        Ok(None)
    }

    /// What becomes of the quantity, and the price of all of it.
    fn of_quantity(&self, step: &PriceStep) -> Result<Option<String>, InvoiceError> {
        if let PriceStep::Convert {
            before,
            multiply_by,
            divide_by,
            after,
            ..
        } = step
        {
            let mut text = self.number(before);
            for (sign, by) in [("×", multiply_by), ("÷", divide_by)] {
                if by != "1" {
                    text = format!("{text} {sign} {}", self.number(by));
                }
            }
            return Ok(Some(format!("{text} → {}", self.number(after))));
        }
        if let PriceStep::Included { included, .. } = step {
            return Ok(Some(self.included(included)));
        }
        if let PriceStep::UnitPrice {
            quantity,
            unit_price,
            ..
        } = step
        {
            return Ok(Some(self.times(quantity, unit_price)?));
        }
        Ok(None)
    }

    fn of_tier(&self, step: &PriceStep) -> Result<Option<String>, InvoiceError> {
        let (from, to, of, fee) = if let PriceStep::Tier {
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
        } = step
        {
            (from, to, self.times(quantity, unit_price)?, flat_fee)
        } else if let PriceStep::PercentTier {
            from,
            to,
            quantity,
            rate_percent,
            flat_fee,
            ..
        } = step
        {
            let rate = self.writer.percent(&parse_decimal(rate_percent)?);
            let of = format!("{rate} × {}", self.number(quantity));
            (from, to, of, flat_fee)
        } else {
            return Ok(None);
        };
        let span = self.span(from, to.as_deref());
        Ok(Some(format!("{span}: {of}{}", self.fee(fee)?)))
    }

    fn of_packages(&self, step: &PriceStep) -> Result<Option<String>, InvoiceError> {
        if let PriceStep::Packages {
            free_units,
            package_size,
            packages,
            package_price,
            ..
        } = step
        {
            let text = self.packages(packages, package_size, package_price)?;
            if free_units == "0" {
                return Ok(Some(text));
            }
            return Ok(Some(format!("{}, {text}", self.included(free_units))));
        }
        if let PriceStep::Blocks {
            block_size,
            blocks,
            price_per_block,
            ..
        } = step
        {
            return Ok(Some(self.packages(blocks, block_size, price_per_block)?));
        }
        Ok(None)
    }

    /// A part of what was put together, or the unit that decided.
    fn of_part(&self, step: &PriceStep) -> Result<Option<String>, InvoiceError> {
        if let PriceStep::Part { name, amount, .. } = step {
            return Ok(Some(format!("{name}: {}", self.sum(amount)?)));
        }
        if let PriceStep::Event {
            charged_on,
            rate_percent,
            fixed_fee,
            charged,
            ..
        } = step
        {
            let share = self.share(rate_percent, charged_on)?;
            let fee = self.fee(fixed_fee)?;
            return Ok(Some(format!("{share}{fee} → {}", self.sum(charged)?)));
        }
        if let PriceStep::PaidEvents {
            events,
            charged_on,
            rate_percent,
            fixed_fee,
            at_minimum: 0,
            at_maximum: 0,
            ..
        } = step
        {
            let mut text = self.share(rate_percent, charged_on)?;
            if !parse_decimal(fixed_fee)?.is_zero() {
                text = format!("{text} + {events} × {}", self.sum(fixed_fee)?);
            }
            return Ok(Some(text));
        }
        if let PriceStep::Capacity {
            unit: Some(unit),
            quantity: Some(quantity),
            ..
        } = step
        {
            return Ok(Some(format!("{unit}: {}", self.number(quantity))));
        }
        Ok(None)
    }

    /// What is agreed around the amount.
    fn of_limit(&self, step: &PriceStep) -> Result<Option<String>, InvoiceError> {
        let words = self.writer.words();
        if let PriceStep::Discount { percent, .. } = step {
            let percent = self.writer.percent(&parse_decimal(percent)?);
            return Ok(Some(format!("{} −{percent}", words.discount)));
        }
        if let PriceStep::FixedDiscount { discount, .. } = step {
            return Ok(Some(format!("{} −{}", words.discount, self.sum(discount)?)));
        }
        let (template, amount) = if let PriceStep::Commitment { commitment, .. } = step {
            (words.committed, commitment)
        } else if let PriceStep::Maximum { maximum, .. } = step {
            (words.at_most, maximum)
        } else if let PriceStep::Minimum { minimum, .. } = step {
            (words.at_least, minimum)
        } else {
            return Ok(None);
        };
        Ok(Some(fill(template, &[("amount", &self.sum(amount)?)])))
    }

    fn share(&self, rate_percent: &str, of: &str) -> Result<String, InvoiceError> {
        let rate = self.writer.percent(&parse_decimal(rate_percent)?);
        Ok(format!("{rate} × {}", self.sum(of)?))
    }

    fn included(&self, count: &str) -> String {
        let count = self.number(count);
        fill(self.writer.words().included, &[("count", &count)])
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

    /// "up to 10,000"; "10,000 to 100,000", "above 100,000".
    fn span(&self, from: &str, to: Option<&str>) -> String {
        let words = self.writer.words();
        let from = self.number(from);
        let Some(to) = to else {
            return fill(words.above, &[("from", &from)]);
        };
        let to = self.number(to);
        if from == "0" {
            return fill(words.up_to, &[("to", &to)]);
        }
        fill(words.tier, &[("from", &from), ("to", &to)])
    }
}
