//! An invoice as a [`Document`]: the words of the customer's language, figures written out. No
//! figure is computed here but sums of rounded lines.

mod account;
mod countries;
mod credit_note;
mod figures;
mod lines;
mod logo;
mod parties;
mod payment;
mod priced;

pub use account::account;
pub use credit_note::credit_note;

use crate::document::words::{Words, fill};
use crate::document::{Document, DocumentKind, DocumentState, MetaRow, Paper, Phrases, TaxRow};
use crate::document::{Section, TaxTable, Tone, TotalRow, TotalStyle, Writer};
use crate::finalized::{buyer_reference, purchase_order};
use crate::{DraftEdit, DraftInvoice, FinalizedInvoice, InvoiceCredit, InvoiceError, InvoiceLine};
use crate::{InvoiceStatus, Replaced};
use crate::{TaxCategory, TaxKey, Totals, due_date};
use ratebook_catalog::{Company, CreditTax, Customer, GrantKind};
use ratebook_money::{Currency, Date, Money};
use ratebook_rating::{ServiceDays, Step};
use rust_decimal::Decimal;

/// What both a draft and a finalized invoice print.
struct Printed<'a> {
    company: &'a Company,
    customer: &'a Customer,
    currency: Currency,
    service: ServiceDays,
    lines: &'a [InvoiceLine],
    credits: &'a [InvoiceCredit],
    edit: Option<&'a DraftEdit>,
    replaces: Option<&'a Replaced>,
    totals: &'a Totals,
    number: Option<&'a str>,
    date: Date,
    due: Date,
    state: DocumentState,
    /// Lines with a price document say how they come about.
    explains_prices: bool,
}

/// A finalized invoice as it is printed; void ones carry the word across the page.
///
/// # Errors
/// [`InvoiceError`] when a sum does not fit.
pub fn finalized(
    invoice: &FinalizedInvoice,
    status: InvoiceStatus,
) -> Result<Document, InvoiceError> {
    print(&printed(invoice, status))
}

/// What the paper says of one line of an invoice, as a section of its own; nothing for a line that
/// is not printed.
///
/// # Errors
/// [`InvoiceError`] when a sum does not fit.
pub fn line(
    invoice: &FinalizedInvoice,
    line: &InvoiceLine,
) -> Result<Option<Section>, InvoiceError> {
    let writer = Writer::new(&invoice.customer().locale);
    let printed = Printed {
        lines: std::slice::from_ref(line),
        ..printed(invoice, InvoiceStatus::Finalized)
    };
    let table = lines::table(&printed, &writer)?;
    Ok(table.sections.into_iter().next())
}

fn printed(invoice: &FinalizedInvoice, status: InvoiceStatus) -> Printed<'_> {
    Printed {
        company: invoice.company(),
        customer: invoice.customer(),
        currency: invoice.currency(),
        service: invoice.service(),
        lines: invoice.lines(),
        credits: invoice.credits(),
        edit: invoice.edit(),
        replaces: invoice.replaces(),
        totals: invoice.totals(),
        number: Some(invoice.number()),
        date: invoice.issue_date(),
        due: invoice.due_date(),
        state: match status {
            InvoiceStatus::Draft | InvoiceStatus::Finalized => DocumentState::Final,
            InvoiceStatus::Void => DocumentState::Void,
        },
        explains_prices: invoice.explains_prices(),
    }
}

/// A draft as it would be printed if it were finalized on `date`.
///
/// # Errors
/// [`InvoiceError`] when a sum does not fit or the due date leaves the calendar.
pub fn draft(draft: &DraftInvoice, date: Date) -> Result<Document, InvoiceError> {
    print(&Printed {
        company: &draft.company,
        customer: &draft.customer,
        currency: draft.currency,
        service: draft.service,
        lines: &draft.lines,
        credits: &draft.credits,
        edit: draft.edit.as_ref(),
        replaces: draft.replaces.as_ref(),
        totals: &draft.totals,
        number: None,
        date,
        due: due_date(&draft.company, &draft.customer, date)?,
        state: DocumentState::Draft,
        explains_prices: true,
    })
}

fn print(invoice: &Printed) -> Result<Document, InvoiceError> {
    let writer = Writer::new(&invoice.customer.locale);
    let words = writer.words();
    Ok(Document {
        kind: DocumentKind::Invoice,
        locale: writer.tag().to_owned(),
        paper: paper(invoice.company),
        state: invoice.state,
        title: words.invoice.to_owned(),
        number: invoice.number.map(str::to_owned),
        date: invoice.date,
        seller: parties::seller(invoice.company, words),
        buyer: parties::buyer(invoice.customer, invoice.company),
        meta: meta(invoice, &writer),
        intro: Vec::new(),
        table: lines::table(invoice, &writer)?,
        bars: None,
        tax: tax_table(invoice, &writer),
        totals: totals(invoice, &writer)?,
        notes: notes(invoice, &writer),
        payment: payment::payment(invoice, &writer),
        statement: None,
        phrases: Phrases {
            page_of: words.page_of.to_owned(),
            carried_over: words.carried_over.to_owned(),
            brought_forward: words.brought_forward.to_owned(),
            watermark: match invoice.state {
                DocumentState::Draft => words.draft.to_owned(),
                DocumentState::Final => String::new(),
                DocumentState::Void => words.void.to_owned(),
            },
        },
    })
}

fn paper(company: &Company) -> Paper {
    match company.paper {
        ratebook_catalog::Paper::A4 => Paper::A4,
        ratebook_catalog::Paper::Letter => Paper::Letter,
    }
}

fn meta(invoice: &Printed, writer: &Writer) -> Vec<MetaRow> {
    let words = writer.words();
    let row = |label: &str, value: String, tone| MetaRow {
        label: label.to_owned(),
        value,
        tone,
    };
    let pending = words.given_when_finalized.to_owned();
    let dated = |date| match invoice.number {
        Some(_) => (writer.date(date), Tone::Plain),
        None => (pending.clone(), Tone::Pending),
    };
    let (date, date_tone) = dated(invoice.date);
    let (due, due_tone) = dated(invoice.due);
    let number = match invoice.number {
        Some(number) => (number.to_owned(), Tone::Strong),
        None => (pending.clone(), Tone::Pending),
    };
    let service = writer.period(invoice.service.first, invoice.service.last);
    let customer = invoice.customer;
    let mut rows = vec![
        row(words.invoice_number, number.0, number.1),
        row(words.invoice_date, date, date_tone),
        row(words.service_period, service, Tone::Plain),
        row(words.due, due, due_tone),
        row(words.customer, customer.number.clone(), Tone::Plain),
    ];
    for (label, value) in [
        (words.purchase_order, purchase_order(invoice.edit, customer)),
        (
            words.your_reference,
            buyer_reference(invoice.edit, customer),
        ),
        (words.your_tax_id, &customer.tax_id),
    ] {
        if !value.is_empty() {
            rows.push(row(label, value.to_owned(), Tone::Plain));
        }
    }
    if let Some(Replaced { number, issue_date }) = invoice.replaces {
        let value = format!("{number}, {}", writer.date(*issue_date));
        rows.push(row(words.replaces_invoice, value, Tone::Plain));
    }
    rows
}

fn tax_table(invoice: &Printed, writer: &Writer) -> Option<TaxTable> {
    let words = writer.words();
    let rows = invoice.totals.taxes.iter().map(|tax| TaxRow {
        label: tax_label(&tax.key, writer),
        taxable: writer.amount(tax.taxable),
        tax: writer.amount(tax.tax),
    });
    let rows: Vec<TaxRow> = rows.collect();
    let sign = writer.sign(&invoice.currency);
    (!rows.is_empty()).then(|| TaxTable {
        label: words.tax.to_owned(),
        taxable: format!("{} {sign}", words.taxable_amount),
        tax: format!("{} {sign}", words.tax),
        rows,
    })
}

/// "19%, standard rate (S)", "reverse charge (AE)".
fn tax_label(key: &TaxKey, writer: &Writer) -> String {
    let category = category(key.category, writer.words());
    match key.category {
        TaxCategory::S => format!("{}, {category} (S)", percent(key, writer)),
        TaxCategory::Z
        | TaxCategory::AE
        | TaxCategory::E
        | TaxCategory::K
        | TaxCategory::G
        | TaxCategory::O => format!("{category} ({})", key.category.code()),
    }
}

fn percent(key: &TaxKey, writer: &Writer) -> String {
    let value = ratebook_money::parse_decimal(&key.percent).unwrap_or(Decimal::ZERO);
    writer.percent(&value)
}

/// The word of a category. S is the code of every rate above zero, reduced ones included.
fn category(category: TaxCategory, words: &Words) -> &'static str {
    match category {
        TaxCategory::S => words.standard_rate,
        TaxCategory::Z => words.zero_rated,
        TaxCategory::AE => words.reverse_charge,
        TaxCategory::E => words.exempt,
        TaxCategory::K => words.intra_community,
        TaxCategory::G => words.export,
        TaxCategory::O => words.outside_scope,
    }
}

fn totals(invoice: &Printed, writer: &Writer) -> Result<Vec<TotalRow>, InvoiceError> {
    let words = writer.words();
    let row = |label: String, amount: String, style| TotalRow {
        label,
        amount,
        style,
    };
    let totals = invoice.totals;
    let net = writer.amount(totals.net);
    let mut rows = vec![row(words.net_amount.to_owned(), net, TotalStyle::Plain)];
    rows.extend(discount(totals, writer)?);
    rows.extend(credits(invoice, writer, CreditTax::PreTax)?);
    for tax in &totals.taxes {
        let label = match tax.key.category {
            TaxCategory::S | TaxCategory::Z => {
                fill(words.tax_at, &[("rate", &percent(&tax.key, writer))])
            }
            // Nothing is charged: the note says why, a line of zero would say less.
            TaxCategory::AE | TaxCategory::E | TaxCategory::K | TaxCategory::G | TaxCategory::O => {
                continue;
            }
        };
        rows.push(row(label, writer.amount(tax.tax), TotalStyle::Plain));
    }
    let after = credits(invoice, writer, CreditTax::PostTax)?;
    if !after.is_empty() {
        let total = writer.amount(totals.total);
        rows.push(row(words.total.to_owned(), total, TotalStyle::Ruled));
        rows.extend(after);
    }
    let due = writer.money(totals.payable);
    rows.push(row(words.amount_due.to_owned(), due, TotalStyle::Due));
    Ok(rows)
}

/// "Discount 10%"; why stands among the notes.
fn discount(totals: &Totals, writer: &Writer) -> Result<Option<TotalRow>, InvoiceError> {
    let Some(discount) = &totals.discount else {
        return Ok(None);
    };
    let word = writer.words().discount;
    let off = Money::zero(discount.amount.currency()).minus(discount.amount)?;
    Ok(Some(TotalRow {
        label: match &discount.percent {
            Some(percent) => format!("{word} {}", writer.percent(&percent.value())),
            None => word.to_owned(),
        },
        amount: writer.amount(off),
        style: TotalStyle::Credit,
    }))
}

/// One row for what was given and one for what was bought, each with all grants of its kind.
fn credits(
    invoice: &Printed,
    writer: &Writer,
    tax: CreditTax,
) -> Result<Vec<TotalRow>, InvoiceError> {
    let words = writer.words();
    let mut rows = Vec::new();
    for (kind, label) in [
        (GrantKind::Promotional, words.promotional_credit),
        (GrantKind::Paid, words.prepaid_credit),
    ] {
        let own = invoice.credits.iter();
        let own = own.filter(|credit| credit.kind == kind && credit.tax == tax);
        let mut own = own.map(|credit| credit.amount);
        let zero = Money::zero(invoice.currency);
        let taken = own.try_fold(zero, Money::minus)?;
        if taken.minor() != 0 {
            rows.push(TotalRow {
                label: label.to_owned(),
                amount: writer.amount(taken),
                style: TotalStyle::Credit,
            });
        }
    }
    Ok(rows)
}

/// Why no tax is charged, and the exchange rates that were used, each once.
fn notes(invoice: &Printed, writer: &Writer) -> Vec<String> {
    let mut notes = own_notes(invoice, writer);
    notes.extend(notes_on_tax(invoice.totals, writer));
    let steps = invoice
        .lines
        .iter()
        .flat_map(|line| &line.rated.explanation.steps);
    for step in steps {
        let Some(note) = exchange_note(step, writer) else {
            continue;
        };
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
    notes
}

/// What a person wrote on it, and why there is a discount.
fn own_notes(invoice: &Printed, writer: &Writer) -> Vec<String> {
    let note = invoice.edit.map_or("", |edit| &edit.note);
    let lines = note.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut notes: Vec<String> = lines.map(str::to_owned).collect();
    if let Some(discount) = &invoice.totals.discount {
        let word = writer.words().discount;
        notes.push(format!("{word}: {}", discount.reason));
    }
    notes
}

/// Why no tax is charged.
fn notes_on_tax(totals: &Totals, writer: &Writer) -> Vec<String> {
    let words = writer.words();
    let mut notes: Vec<String> = Vec::new();
    for tax in &totals.taxes {
        match tax.key.category {
            TaxCategory::S | TaxCategory::Z => {}
            TaxCategory::AE => notes.push(words.reverse_charge_note.to_owned()),
            TaxCategory::E => notes.push(tax.key.reason.clone()),
            TaxCategory::K => notes.push(words.intra_community_note.to_owned()),
            TaxCategory::G => notes.push(words.export_note.to_owned()),
            TaxCategory::O => notes.push(sentence(words.outside_scope)),
        }
    }
    notes
}

/// "1 USD = 0.86 EUR (ECB, 30 September 2026)"
fn exchange_note(step: &Step, writer: &Writer) -> Option<String> {
    match step {
        Step::ExchangeRate {
            base,
            quote,
            rate,
            source,
            on,
            ..
        } => Some(fill(
            writer.words().exchange_rate,
            &[
                ("from", base.code()),
                ("rate", &writer.number(&rate.value(), 0)),
                ("to", quote.code()),
                ("source", source),
                ("date", &writer.date(*on)),
            ],
        )),
        Step::Terms { .. }
        | Step::Fee { .. }
        | Step::OneOff { .. }
        | Step::Manual { .. }
        | Step::Minimum { .. }
        | Step::Quantity { .. }
        | Step::ShortCalls { .. }
        | Step::LeastPerCall { .. }
        | Step::Aggregated { .. }
        | Step::Part { .. }
        | Step::Prior { .. }
        | Step::ProviderPrice(_)
        | Step::Markup(_)
        | Step::UnitPrice { .. }
        | Step::Tier { .. }
        | Step::Price { .. }
        | Step::Rounding { .. } => None,
    }
}

/// With a capital and a full stop.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    format!("{}{}.", first.collect::<String>(), letters.as_str())
}
