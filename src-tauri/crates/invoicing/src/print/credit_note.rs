//! A credit note as a [`Document`]: the signs of the invoice turned round, what the customer gets
//! above zero.

use super::figures::{dimension, quantity, unit_price};
use super::{notes_on_tax, paper, parties, percent, tax_label};
use crate::document::{Columns, Document, DocumentKind, DocumentState, Group, LineTable, MetaRow};
use crate::document::{
    Phrases, Row, Section, TaxRow, TaxTable, Tone, TotalRow, TotalStyle, Writer,
};
use crate::{CreditNote, CreditNoteLine, InvoiceError, TaxCategory};
use ratebook_money::{Money, MoneyError};
use ratebook_rating::LineItem;

/// A credit note as it is printed.
///
/// # Errors
/// [`InvoiceError`] when a sum does not fit.
pub fn credit_note(note: &CreditNote) -> Result<Document, InvoiceError> {
    let writer = Writer::new(&note.customer().locale);
    let words = writer.words();
    let mut notes = notes_on_tax(note.totals(), &writer);
    if note.totals().payable.minor() > 0 {
        notes.push(format!("{}.", words.will_be_refunded));
    }
    Ok(Document {
        kind: DocumentKind::CreditNote,
        locale: writer.tag().to_owned(),
        paper: paper(note.company()),
        state: DocumentState::Final,
        title: words.credit_note.to_owned(),
        number: Some(note.number().to_owned()),
        date: note.issue_date(),
        seller: parties::seller(note.company(), words),
        buyer: parties::buyer(note.customer(), note.company()),
        meta: meta(note, &writer),
        intro: vec![note.reason().to_owned()],
        table: table(note, &writer)?,
        bars: None,
        tax: tax_table(note, &writer)?,
        totals: totals(note, &writer)?,
        notes,
        payment: None,
        statement: None,
        phrases: Phrases {
            page_of: words.page_of.to_owned(),
            carried_over: words.carried_over.to_owned(),
            brought_forward: words.brought_forward.to_owned(),
            watermark: String::new(),
        },
    })
}

fn meta(note: &CreditNote, writer: &Writer) -> Vec<MetaRow> {
    let words = writer.words();
    let row = |label: &str, value: String, tone| MetaRow {
        label: label.to_owned(),
        value,
        tone,
    };
    let of = format!("{}, {}", note.invoice(), writer.date(note.invoice_date()));
    let service = writer.period(note.service().first, note.service().last);
    let customer = note.customer();
    let mut rows = vec![
        row(
            words.credit_note_number,
            note.number().to_owned(),
            Tone::Strong,
        ),
        row(words.date, writer.date(note.issue_date()), Tone::Plain),
        row(words.corrects_invoice, of, Tone::Plain),
        row(words.service_period, service, Tone::Plain),
        row(words.customer, customer.number.clone(), Tone::Plain),
    ];
    for (label, value) in [
        (words.your_reference, &customer.reference),
        (words.your_tax_id, &customer.tax_id),
    ] {
        if !value.is_empty() {
            rows.push(row(label, value.clone(), Tone::Plain));
        }
    }
    rows
}

/// The sign turned round.
fn minus(amount: Money) -> Result<Money, MoneyError> {
    Money::zero(amount.currency()).minus(amount)
}

/// The lines of the invoice, under the names of their charges.
fn table(note: &CreditNote, writer: &Writer) -> Result<LineTable, InvoiceError> {
    let words = writer.words();
    let currency = note.currency();
    let sign = writer.sign(&currency);
    let mut running = Money::zero(note.currency());
    let mut sections = Vec::new();
    let same =
        |a: &CreditNoteLine, b: &CreditNoteLine| a.of.rated.charge_name == b.of.rated.charge_name;
    for lines in note.lines().chunk_by(same) {
        let mut sum = Money::zero(note.currency());
        let mut rows = Vec::with_capacity(lines.len());
        for line in lines {
            let amount = minus(line.amount)?;
            sum = sum.plus(amount)?;
            running = running.plus(amount)?;
            rows.push(Row {
                amount: writer.amount(amount),
                running: writer.amount(running),
                ..row(line, writer)?
            });
        }
        let name = lines.first().map(|line| line.of.rated.charge_name.clone());
        sections.push(Section {
            heading: name.unwrap_or(String::new()),
            qualifier: String::new(),
            subtotal: (rows.len() > 1).then(|| writer.amount(sum)),
            groups: vec![Group { head: None, rows }],
        });
    }
    Ok(LineTable {
        columns: Columns {
            description: words.description.to_owned(),
            quantity: words.quantity.to_owned(),
            unit_price: format!("{} {sign}", words.unit_price),
            amount: format!("{} {sign}", words.amount),
        },
        sections,
    })
}

/// What was invoiced; quantity and unit price only where all of the line is taken back.
fn row(line: &CreditNoteLine, writer: &Writer) -> Result<Row, InvoiceError> {
    let rated = &line.of.rated;
    let words = writer.words();
    let period = || writer.period(rated.service.first, rated.service.last);
    let (description, qualifier, per_million) = match &rated.item {
        LineItem::Model {
            model,
            dimension: sold,
            ..
        } => (model.clone(), dimension(sold, words), sold.is_tokens()),
        LineItem::Meter { unit, .. } => (rated.charge_name.clone(), unit.clone(), false),
        LineItem::Fee { .. } | LineItem::OneOff | LineItem::Minimum => {
            (rated.charge_name.clone(), period(), false)
        }
        LineItem::Manual => (rated.charge_name.clone(), String::new(), false),
    };
    let mut row = Row {
        description,
        qualifier,
        ..Row::default()
    };
    if line.amount == rated.amount {
        row.quantity = quantity(rated.quantity, writer);
        let price = rated.unit_price;
        let price = price.map(|rate| unit_price(rate, per_million, writer));
        row.unit_price = price.transpose()?.unwrap_or(String::new());
    }
    if per_million && !row.unit_price.is_empty() {
        let per = words.tokens_per_million;
        row.qualifier = format!("{}, {per}", row.qualifier);
    }
    Ok(row)
}

fn tax_table(note: &CreditNote, writer: &Writer) -> Result<Option<TaxTable>, InvoiceError> {
    let words = writer.words();
    let mut rows = Vec::new();
    for tax in &note.totals().taxes {
        rows.push(TaxRow {
            label: tax_label(&tax.key, writer),
            taxable: writer.amount(minus(tax.taxable)?),
            tax: writer.amount(minus(tax.tax)?),
        });
    }
    let currency = note.currency();
    let sign = writer.sign(&currency);
    Ok((!rows.is_empty()).then(|| TaxTable {
        label: words.tax.to_owned(),
        taxable: format!("{} {sign}", words.taxable_amount),
        tax: format!("{} {sign}", words.tax),
        rows,
    }))
}

fn totals(note: &CreditNote, writer: &Writer) -> Result<Vec<TotalRow>, InvoiceError> {
    let words = writer.words();
    let totals = note.totals();
    let mut rows: Vec<TotalRow> = Vec::new();
    let mut row = |label: String, amount: Money, style| {
        rows.push(TotalRow {
            label,
            amount: writer.amount(amount),
            style,
        });
    };
    row(
        words.net_amount.to_owned(),
        minus(totals.net)?,
        TotalStyle::Plain,
    );
    let before = totals.credit_before_tax();
    if before.minor() != 0 {
        row(words.prepaid_credit.to_owned(), before, TotalStyle::Credit);
    }
    for tax in &totals.taxes {
        match tax.key.category {
            TaxCategory::S | TaxCategory::Z => {
                let rate = percent(&tax.key, writer);
                let label = crate::document::words::fill(words.tax_at, &[("rate", &rate)]);
                row(label, minus(tax.tax)?, TotalStyle::Plain);
            }
            TaxCategory::AE | TaxCategory::E | TaxCategory::K | TaxCategory::G | TaxCategory::O => {
            }
        }
    }
    let after = totals.credit_after_tax();
    if after.minor() != 0 {
        row(
            words.total.to_owned(),
            minus(totals.total)?,
            TotalStyle::Ruled,
        );
        row(words.prepaid_credit.to_owned(), after, TotalStyle::Credit);
    }
    rows.push(TotalRow {
        label: words.amount_credited.to_owned(),
        amount: writer.money(totals.payable),
        style: TotalStyle::Due,
    });
    Ok(rows)
}
