//! The table of the invoice: fees, models with their dimensions, metered usage with its tiers.

use super::Printed;
use super::figures::{conditions, counts_tokens, dimension, quantity, unit, unit_price};
use super::priced::{checkable, converts};
use crate::document::words::fill;
use crate::document::{Columns, Group, LineTable, Row, Section, Writer};
use crate::{InvoiceError, InvoiceLine};
use ratebook_money::{Money, Quantity};
use ratebook_rating::period::Cycle;
use ratebook_rating::{LineItem, RatedLine, ServiceDays, Step, TierPart};

pub(super) fn table(invoice: &Printed, writer: &Writer) -> Result<LineTable, InvoiceError> {
    let words = writer.words();
    let sign = writer.sign(&invoice.currency);
    let columns = Columns {
        description: words.description.to_owned(),
        quantity: words.quantity.to_owned(),
        unit_price: format!("{} {sign}", words.unit_price),
        amount: format!("{} {sign}", words.amount),
    };
    let mut printer = Printer {
        invoice,
        writer,
        running: Money::zero(invoice.currency),
    };
    let mut sections = Vec::new();
    for lines in invoice.lines.chunk_by(same_section) {
        sections.extend(printer.section(lines)?);
    }
    Ok(LineTable { columns, sections })
}

/// Neighbouring fees share a section, and so do the lines of one cost-plus charge; every other
/// charge has its own.
fn same_section(a: &InvoiceLine, b: &InvoiceLine) -> bool {
    let same_charge = a.rated.subscription == b.rated.subscription
        && a.rated.plan_version == b.rated.plan_version
        && a.rated.charge == b.rated.charge;
    match (&a.rated.item, &b.rated.item) {
        (
            LineItem::Fee { .. } | LineItem::OneOff | LineItem::Minimum,
            LineItem::Fee { .. } | LineItem::OneOff | LineItem::Minimum,
        ) => true,
        (LineItem::Manual, LineItem::Manual) => true,
        (LineItem::Model { .. }, LineItem::Model { .. }) => same_charge,
        (LineItem::Meter { .. }, LineItem::Meter { .. }) => {
            a.rated.tiers.is_empty() && b.rated.tiers.is_empty()
        }
        (
            LineItem::Fee { .. }
            | LineItem::OneOff
            | LineItem::Minimum
            | LineItem::Manual
            | LineItem::Model { .. }
            | LineItem::Meter { .. },
            _,
        ) => false,
    }
}

struct Printer<'a> {
    invoice: &'a Printed<'a>,
    writer: &'a Writer,
    /// Sum of the amounts printed so far.
    running: Money,
}

impl Printer<'_> {
    fn section(&mut self, lines: &[InvoiceLine]) -> Result<Option<Section>, InvoiceError> {
        let Some(first) = lines.first().map(|line| &line.rated) else {
            return Ok(None);
        };
        let words = self.writer.words();
        let sum = sum(lines, self.invoice)?;
        let (heading, qualifier, groups) = match &first.item {
            LineItem::Fee { .. } | LineItem::OneOff | LineItem::Minimum => (
                words.fees.to_owned(),
                String::new(),
                self.each(lines, Self::fee)?,
            ),
            LineItem::Manual => (
                words.adjustments.to_owned(),
                String::new(),
                self.each(lines, Self::by_hand)?,
            ),
            LineItem::Model { .. } => {
                let tokens = words.tokens_per_million.to_owned();
                (first.charge_name.clone(), tokens, self.models(lines)?)
            }
            LineItem::Meter { .. } if first.tiers.is_empty() => (
                words.usage.to_owned(),
                String::new(),
                self.each(lines, Self::metered)?,
            ),
            LineItem::Meter { unit, .. } => {
                let many = quantity(first.quantity, self.writer);
                let counted = format!("{}, {many} {unit}", words.graduated);
                let rows = self.tiers(first)?;
                let group = Group { head: None, rows };
                (
                    first.charge_name.clone(),
                    counted.trim_end().to_owned(),
                    vec![group],
                )
            }
        };
        let has_parts = lines.len() > 1 || first.tiers.len() > 1;
        Ok(Some(Section {
            heading,
            qualifier,
            subtotal: has_parts.then(|| self.writer.amount(sum)),
            groups,
        }))
    }

    fn each(
        &mut self,
        lines: &[InvoiceLine],
        print: fn(&mut Self, &RatedLine) -> Result<Row, InvoiceError>,
    ) -> Result<Vec<Group>, InvoiceError> {
        let mut groups = Vec::with_capacity(lines.len());
        for line in lines {
            let head = Some(print(self, &line.rated)?);
            let rows = Vec::new();
            groups.push(Group { head, rows });
        }
        Ok(groups)
    }

    fn fee(&mut self, line: &RatedLine) -> Result<Row, InvoiceError> {
        let whole = line.unit_price.map(|rate| rate.per_unit());
        let places = self.invoice.currency.minor_digits();
        let fee = whole.map_or(String::new(), |fee| self.writer.number(&fee, places));
        let service = line.service;
        let period = || self.writer.period(service.first, service.last);
        let (qualifier, notes) = match line.share {
            None if line.item == LineItem::OneOff => (String::new(), Vec::new()),
            None if is_calendar_month(service) => (self.writer.month(service.first), Vec::new()),
            None => (period(), Vec::new()),
            Some(share) => {
                let is_one = Quantity::from_units(1).is_ok_and(|one| one == line.quantity);
                let many = if is_one {
                    String::new()
                } else {
                    format!("{} × ", quantity(line.quantity, self.writer))
                };
                let part = format!("{many}{fee} × {}/{}", share.days, share.of);
                (period(), vec![part])
            }
        };
        Ok(Row {
            description: line.charge_name.clone(),
            qualifier,
            quantity: quantity(line.quantity, self.writer),
            unit_price: fee,
            amount: self.writer.amount(line.amount),
            notes,
            running: self.add(line.amount)?,
        })
    }

    fn by_hand(&mut self, line: &RatedLine) -> Result<Row, InvoiceError> {
        let places = self.invoice.currency.minor_digits();
        let price = line.unit_price.map(|rate| rate.per_unit());
        Ok(Row {
            description: line.charge_name.clone(),
            qualifier: String::new(),
            quantity: quantity(line.quantity, self.writer),
            unit_price: price.map_or(String::new(), |price| self.writer.number(&price, places)),
            amount: self.writer.amount(line.amount),
            notes: Vec::new(),
            running: self.add(line.amount)?,
        })
    }

    fn metered(&mut self, line: &RatedLine) -> Result<Row, InvoiceError> {
        let LineItem::Meter {
            meter,
            unit: unit_word,
            ..
        } = &line.item
        else {
            return self.fee(line);
        };
        let is_document = line.unit_price.is_none() && self.invoice.explains_prices;
        let per_million = counts_tokens(*meter) && !(is_document && converts(line));
        let words = self.writer.words();
        let price = line
            .unit_price
            .map(|rate| unit_price(rate, per_million, self.writer));
        let mut price = price.transpose()?.unwrap_or(String::new());
        let mut notes = self.service_note(line);
        if is_document {
            let own = checkable(line, per_million, self.invoice.currency, self.writer)?;
            price = own.unit_price.map_or(price, |own| unit(&own, self.writer));
            notes.extend(own.notes);
        }
        Ok(Row {
            description: line.charge_name.clone(),
            qualifier: if per_million {
                words.tokens_per_million.to_owned()
            } else {
                unit_word.clone()
            },
            quantity: quantity(line.quantity, self.writer),
            unit_price: price,
            amount: self.writer.amount(line.amount),
            notes,
            running: self.add(line.amount)?,
        })
    }

    /// A group per model; a model with a single line is that line.
    fn models(&mut self, lines: &[InvoiceLine]) -> Result<Vec<Group>, InvoiceError> {
        let mut groups = Vec::new();
        for same in lines.chunk_by(|a, b| model(&a.rated) == model(&b.rated)) {
            let Some((provider, name)) = same.first().and_then(|line| model(&line.rated)) else {
                continue;
            };
            let mut rows = Vec::with_capacity(same.len());
            for line in same {
                rows.push(self.of_model(&line.rated)?);
            }
            let head = match rows.pop_if(|_| same.len() == 1) {
                Some(only) => {
                    let parts = [provider, &only.description, &only.qualifier];
                    let parts = parts.into_iter().filter(|part| !part.is_empty());
                    Row {
                        qualifier: parts.collect::<Vec<_>>().join(", "),
                        description: name.to_owned(),
                        ..only
                    }
                }
                None => Row {
                    description: name.to_owned(),
                    qualifier: provider.to_owned(),
                    amount: self.writer.amount(sum(same, self.invoice)?),
                    ..Row::default()
                },
            };
            let head = Some(head);
            groups.push(Group { head, rows });
        }
        Ok(groups)
    }

    fn of_model(&mut self, line: &RatedLine) -> Result<Row, InvoiceError> {
        let LineItem::Model {
            dimension: sold,
            conditions: chosen,
            marks,
            ..
        } = &line.item
        else {
            return self.fee(line);
        };
        let per_million = sold.is_tokens();
        let price = line
            .unit_price
            .map(|rate| unit_price(rate, per_million, self.writer));
        Ok(Row {
            description: dimension(sold, self.writer.words()),
            qualifier: self.of_price(conditions(chosen, marks, self.writer), per_million),
            quantity: quantity(line.quantity, self.writer),
            unit_price: price.transpose()?.unwrap_or(String::new()),
            amount: self.writer.amount(line.amount),
            notes: [self.service_note(line), self.short_note(line)].concat(),
            running: self.add(line.amount)?,
        })
    }

    /// "12 of 40 calls were below 10 and are billed as 10 each; 208 were measured"
    fn short_note(&self, line: &RatedLine) -> Vec<String> {
        let mut counted = (String::new(), 0);
        let mut notes = Vec::new();
        for step in &line.explanation.steps {
            if let Step::Quantity {
                quantity: measured,
                events,
            } = step
            {
                counted = (quantity(*measured, self.writer), *events);
            }
            if let Step::ShortCalls {
                at_least, calls, ..
            } = step
            {
                let whole = |count: u64| self.writer.number(&count.into(), 0);
                let least = whole(u64::from(*at_least));
                notes.push(fill(
                    self.writer.words().short_calls,
                    &[
                        ("calls", &whole(*calls)),
                        ("events", &whole(counted.1)),
                        ("least", &least),
                        ("measured", &counted.0),
                    ],
                ));
            }
        }
        notes
    }

    /// The section says that prices are per million; what is not counted in tokens says otherwise.
    fn of_price(&self, conditions: String, per_million: bool) -> String {
        let per_one = || fill(self.writer.words().price_per, &[("count", "1")]);
        let parts = [
            conditions,
            if per_million {
                String::new()
            } else {
                per_one()
            },
        ];
        let parts = parts.into_iter().filter(|part| !part.is_empty());
        parts.collect::<Vec<String>>().join(", ")
    }

    fn tiers(&mut self, line: &RatedLine) -> Result<Vec<Row>, InvoiceError> {
        let per_million = match &line.item {
            LineItem::Meter { meter, .. } => counts_tokens(*meter),
            LineItem::Fee { .. }
            | LineItem::OneOff
            | LineItem::Minimum
            | LineItem::Manual
            | LineItem::Model { .. } => false,
        };
        let mut rows = Vec::with_capacity(line.tiers.len());
        for (index, part) in line.tiers.iter().enumerate() {
            let fee = part.flat_fee.round()?;
            let mut notes = Vec::new();
            if fee.minor() != 0 {
                notes.push(format!("+ {}", self.writer.money(fee)));
            }
            if index == 0 {
                notes.extend(self.service_note(line));
            }
            rows.push(Row {
                description: self.span(part),
                qualifier: String::new(),
                quantity: quantity(part.quantity, self.writer),
                unit_price: unit_price(part.unit_price, per_million, self.writer)?,
                amount: self.writer.amount(part.amount),
                notes,
                running: self.add(part.amount)?,
            });
        }
        Ok(rows)
    }

    /// "10,001 to 100,000", "from 100,001"; with fractions "10,000 to 100,000".
    fn span(&self, part: &TierPart) -> String {
        let words = self.writer.words();
        let is_whole = |quantity: Quantity| quantity.value().normalize().scale() == 0;
        let counts =
            is_whole(part.above) && is_whole(part.quantity) && part.up_to.is_none_or(is_whole);
        let next = Quantity::from_units(1).and_then(|one| part.above.plus(one));
        let from = match next {
            Ok(next) if counts => next,
            Ok(_) | Err(_) => part.above,
        };
        let from = quantity(from, self.writer);
        match part.up_to {
            Some(up_to) => {
                let to = quantity(up_to, self.writer);
                fill(words.tier, &[("from", &from), ("to", &to)])
            }
            None => fill(words.last_tier, &[("from", &from)]),
        }
    }

    /// The days of a line that is not for the whole period.
    fn service_note(&self, line: &RatedLine) -> Vec<String> {
        if line.service == self.invoice.service {
            return Vec::new();
        }
        vec![self.writer.period(line.service.first, line.service.last)]
    }

    fn add(&mut self, amount: Money) -> Result<String, InvoiceError> {
        self.running = self.running.plus(amount)?;
        Ok(self.writer.amount(self.running))
    }
}

fn model(line: &RatedLine) -> Option<(&str, &str)> {
    match &line.item {
        LineItem::Model {
            provider, model, ..
        } => Some((provider, model)),
        LineItem::Fee { .. }
        | LineItem::OneOff
        | LineItem::Minimum
        | LineItem::Manual
        | LineItem::Meter { .. } => None,
    }
}

fn is_calendar_month(service: ServiceDays) -> bool {
    Cycle::CALENDAR_MONTHS.containing(service.first) == Ok(service)
}

fn sum(lines: &[InvoiceLine], invoice: &Printed) -> Result<Money, InvoiceError> {
    let mut sum = Money::zero(invoice.currency);
    for line in lines {
        sum = sum.plus(line.rated.amount)?;
    }
    Ok(sum)
}
