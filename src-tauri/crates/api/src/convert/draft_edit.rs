use super::Reader;
use super::customer::{read_tax_at, write_tax};
use crate::wire::{DecimalString, DraftDiscountText, DraftEditText, ManualLineText};
use ratebook_catalog::{Customer, Issue};
use ratebook_invoicing::{Discount, DraftEdit, ManualLine, Off};
use ratebook_money::{Currency, Factor, Money, Quantity, Rate};

/// Reads what a person adds to a draft of a customer; faults go to the reader.
pub(crate) fn read_draft_edit(
    reader: &mut Reader,
    text: &DraftEditText,
    customer: &Customer,
) -> Option<DraftEdit> {
    let currency = customer.currency;
    if !text.currency.trim().is_empty() {
        let asked = reader.currency("currency", &text.currency)?;
        if asked != currency {
            let issue = Issue::new("currency", "other_currency").with("value", asked);
            reader.fault(issue.with("currency", currency));
            return None;
        }
    }
    let lines = text.lines.iter().enumerate();
    let lines: Vec<Option<ManualLine>> = lines
        .map(|(place, line)| read_line(reader, &format!("lines[{place}]"), line, currency))
        .collect();
    let discount = text
        .discount
        .as_ref()
        .map(|discount| read_discount(reader, discount, currency));
    let discount = match discount {
        Some(None) => return None,
        Some(found) => found,
        None => None,
    };
    Some(DraftEdit {
        v: 1,
        lines: lines.into_iter().collect::<Option<_>>()?,
        discount,
        note: text.note.trim().to_owned(),
        purchase_order: text.purchase_order.trim().to_owned(),
        buyer_reference: text.buyer_reference.trim().to_owned(),
        internal_note: text.internal_note.trim().to_owned(),
    })
}

fn read_line(
    reader: &mut Reader,
    path: &str,
    line: &ManualLineText,
    currency: Currency,
) -> Option<ManualLine> {
    let quantity = match line.quantity.0.trim() {
        "" => Quantity::from_units(1),
        text => Quantity::parse(text),
    };
    let quantity = reader.keep(&format!("{path}.quantity"), quantity);
    let price = Rate::parse(line.unit_price.0.trim(), currency);
    let price = reader.keep(&format!("{path}.unitPrice"), price);
    let tax = line.tax.as_ref();
    let tax = tax.map(|tax| read_tax_at(reader, &format!("{path}.tax"), tax));
    Some(ManualLine {
        text: line.text.trim().to_owned(),
        quantity: quantity?,
        unit_price: price?,
        tax,
    })
}

fn read_discount(
    reader: &mut Reader,
    text: &DraftDiscountText,
    currency: Currency,
) -> Option<Discount> {
    let filled = |text: &Option<DecimalString>| {
        let text = text.as_ref().map(|text| text.0.trim().to_owned());
        text.filter(|text| !text.is_empty())
    };
    let off = match (filled(&text.percent), filled(&text.amount)) {
        (Some(percent), None) => {
            let percent = reader.keep("discount.percent", Factor::parse(&percent));
            Off::Percent(percent?)
        }
        (None, Some(amount)) => {
            let amount = reader.keep("discount.amount", Money::parse(&amount, currency));
            Off::Amount(amount?)
        }
        (None, None) => {
            reader.fault(Issue::new("discount.amount", "required"));
            return None;
        }
        (Some(_), Some(_)) => {
            reader.fault(Issue::new("discount.amount", "percent_or_amount"));
            return None;
        }
    };
    Some(Discount {
        off,
        reason: text.reason.trim().to_owned(),
    })
}

/// Writes what a person added.
pub(crate) fn write_draft_edit(edit: &DraftEdit, currency: Currency) -> DraftEditText {
    let lines = edit.lines.iter().map(|line| ManualLineText {
        text: line.text.clone(),
        quantity: (&line.quantity).into(),
        unit_price: DecimalString(line.unit_price.per_unit().to_string()),
        tax: line.tax.as_ref().map(write_tax),
    });
    let discount = edit.discount.as_ref().map(|discount| {
        let (percent, amount) = match &discount.off {
            Off::Percent(percent) => (Some(percent.into()), None),
            Off::Amount(amount) => (None, Some(DecimalString(amount.number()))),
        };
        DraftDiscountText {
            percent,
            amount,
            reason: discount.reason.clone(),
        }
    });
    DraftEditText {
        currency: currency.to_string(),
        lines: lines.collect(),
        discount,
        note: edit.note.clone(),
        purchase_order: edit.purchase_order.clone(),
        buyer_reference: edit.buyer_reference.clone(),
        internal_note: edit.internal_note.clone(),
    }
}
