//! A statement of account as a [`Document`]: what was owed, each entry, what is owed, and its age.

use super::{paper, parties};
use crate::account::{Account, AccountEntry, AccountEntryKind};
use crate::document::words::fill;
use crate::document::{Columns, Document, DocumentKind, DocumentState, Group, LineTable, MetaRow};
use crate::document::{
    Phrases, Row, Section, Statement, StatementColumn, StatementRow, TaxRow, TaxTable, Tone,
    TotalRow, TotalStyle, Writer,
};
use crate::{AgeBand, InvoiceError};
use ratebook_catalog::{Company, Customer};
use ratebook_money::{Date, Money};

/// A statement of account as it is printed on a day.
///
/// # Errors
/// [`InvoiceError`] when a sum does not fit.
pub fn account(
    account: &Account,
    (company, customer): (&Company, &Customer),
    date: Date,
) -> Result<Document, InvoiceError> {
    let writer = Writer::new(&customer.locale);
    let words = writer.words();
    Ok(Document {
        kind: DocumentKind::Account,
        locale: writer.tag().to_owned(),
        paper: paper(company),
        state: DocumentState::Final,
        title: words.account.title.to_owned(),
        number: None,
        date,
        seller: parties::seller(company, words),
        buyer: parties::buyer(customer, company),
        meta: meta(account, customer, date, &writer),
        intro: Vec::new(),
        table: table(account, &writer)?,
        bars: None,
        tax: ages(account, &writer),
        totals: totals(account, &writer)?,
        notes: Vec::new(),
        payment: None,
        statement: open_items(account, &writer),
        phrases: Phrases {
            page_of: words.page_of.to_owned(),
            carried_over: words.carried_over.to_owned(),
            brought_forward: words.brought_forward.to_owned(),
            watermark: String::new(),
        },
    })
}

fn meta(account: &Account, customer: &Customer, date: Date, writer: &Writer) -> Vec<MetaRow> {
    let words = writer.words();
    let period = writer.period(account.first, account.last);
    let rows = [
        (words.date, writer.date(date)),
        (words.account.title, period),
        (words.customer, customer.number.clone()),
        (words.your_reference, customer.reference.clone()),
    ];
    let filled = rows.into_iter().filter(|(_, value)| !value.is_empty());
    let rows = filled.map(|(label, value)| MetaRow {
        label: label.to_owned(),
        value,
        tone: Tone::Plain,
    });
    rows.collect()
}

fn table(account: &Account, writer: &Writer) -> Result<LineTable, InvoiceError> {
    let words = writer.words();
    let currency = account.opening.currency();
    let sign = writer.sign(&currency);
    let opening = writer.amount(account.opening);
    let mut rows = vec![Row {
        description: words.account.opening.to_owned(),
        qualifier: writer.date(account.first),
        amount: opening.clone(),
        running: opening,
        ..Row::default()
    }];
    for (entry, balance) in &account.entries {
        rows.push(row(entry, *balance, writer)?);
    }
    Ok(LineTable {
        columns: Columns {
            description: words.description.to_owned(),
            quantity: format!("{} {sign}", words.account.debit),
            unit_price: format!("{} {sign}", words.account.credit),
            amount: format!("{} {sign}", words.account.balance),
        },
        sections: vec![Section {
            groups: vec![Group { head: None, rows }],
            ..Section::default()
        }],
    })
}

fn row(entry: &AccountEntry, balance: Money, writer: &Writer) -> Result<Row, InvoiceError> {
    let words = writer.words();
    let kind = match entry.kind {
        AccountEntryKind::Invoice => words.invoice,
        AccountEntryKind::Void => words.account.voided,
        AccountEntryKind::CreditNote => words.credit_note,
        AccountEntryKind::Payment => words.account.payment,
        AccountEntryKind::Refund => words.account.refund,
        AccountEntryKind::Reversal => words.account.reversal,
    };
    let owes_more = entry.amount.minor() > 0;
    let amount = match owes_more {
        true => writer.amount(entry.amount),
        false => writer.amount(minus(entry.amount)?),
    };
    let (debit, credit) = match owes_more {
        true => (amount, String::new()),
        false => (String::new(), amount),
    };
    let of = match entry.kind {
        AccountEntryKind::CreditNote if entry.number != entry.invoice => {
            format!("{} {}", words.corrects_invoice, entry.invoice)
        }
        AccountEntryKind::Invoice => format!("{} {}", words.due, writer.date(entry.due)),
        AccountEntryKind::Payment | AccountEntryKind::Refund => entry.reference.clone(),
        AccountEntryKind::CreditNote | AccountEntryKind::Void | AccountEntryKind::Reversal => {
            String::new()
        }
    };
    let running = writer.amount(balance);
    Ok(Row {
        description: format!("{kind} {}", entry.number),
        qualifier: writer.date(entry.day),
        quantity: debit,
        unit_price: credit,
        amount: running.clone(),
        notes: [of].into_iter().filter(|note| !note.is_empty()).collect(),
        running,
    })
}

/// The sign turned round.
fn minus(amount: Money) -> Result<Money, InvoiceError> {
    Ok(Money::zero(amount.currency()).minus(amount)?)
}

fn totals(account: &Account, writer: &Writer) -> Result<Vec<TotalRow>, InvoiceError> {
    use AccountEntryKind::{CreditNote, Invoice, Payment, Refund, Reversal, Void};
    let words = writer.words();
    let mut rows = vec![TotalRow {
        label: words.account.opening.to_owned(),
        amount: writer.amount(account.opening),
        style: TotalStyle::Plain,
    }];
    let sums = [
        (words.account.invoices, account.sum(&[Invoice, Void])?),
        (words.credit_note, account.sum(&[CreditNote])?),
        (
            words.account.payments,
            account.sum(&[Payment, Refund, Reversal])?,
        ),
    ];
    for (label, sum) in sums.into_iter().filter(|(_, sum)| sum.minor() != 0) {
        rows.push(TotalRow {
            label: label.to_owned(),
            amount: writer.amount(sum),
            style: TotalStyle::Plain,
        });
    }
    rows.push(TotalRow {
        label: words.account.closing.to_owned(),
        amount: writer.money(account.closing),
        style: TotalStyle::Due,
    });
    Ok(rows)
}

/// The name of a band.
fn band(band: AgeBand, writer: &Writer) -> String {
    let words = &writer.words().account;
    let days = |from: &str, to: &str| fill(words.days, &[("from", from), ("to", to)]);
    match band {
        AgeBand::NotDue => words.not_due.to_owned(),
        AgeBand::To30 => days("1", "30"),
        AgeBand::To60 => days("31", "60"),
        AgeBand::To90 => days("61", "90"),
        AgeBand::Over90 => fill(words.over, &[("days", "90")]),
    }
}

/// What is owed by age; nothing where nothing is owed.
fn ages(account: &Account, writer: &Writer) -> Option<TaxTable> {
    let words = writer.words();
    let currency = account.opening.currency();
    let owed = account
        .open
        .iter()
        .filter(|item| item.standing.open.minor() > 0);
    let count = |band: AgeBand| {
        let of_band = owed.clone();
        let of_band = of_band.filter(|item| AgeBand::of(item.standing.overdue_days) == band);
        i64::try_from(of_band.count()).unwrap_or(i64::MAX)
    };
    let bands = account.ageing.bands().filter(|(_, sum)| sum.minor() != 0);
    let rows: Vec<TaxRow> = bands
        .map(|(of, sum)| TaxRow {
            label: band(of, writer),
            taxable: writer.count(count(of)),
            tax: writer.amount(sum),
        })
        .collect();
    (!rows.is_empty()).then(|| TaxTable {
        label: words.account.by_age.to_owned(),
        taxable: words.account.invoices.to_owned(),
        tax: format!("{} {}", words.amount, writer.sign(&currency)),
        rows,
    })
}

/// A page with the invoices of which something is open.
fn open_items(account: &Account, writer: &Writer) -> Option<Statement> {
    let words = writer.words();
    let currency = account.opening.currency();
    let column = |label: &str| StatementColumn {
        label: label.to_owned(),
        group: String::new(),
    };
    let rows = account.open.iter().map(|item| {
        let days = item
            .standing
            .overdue_days
            .map(|days| writer.count(i64::from(days)));
        StatementRow {
            cells: vec![
                item.number.clone(),
                writer.date(item.issued_on),
                writer.date(item.due),
                days.unwrap_or(String::new()),
                writer.amount(item.standing.open),
            ],
            qualifier: String::new(),
            shaded: false,
        }
    });
    let rows: Vec<StatementRow> = rows.collect();
    (!rows.is_empty()).then(|| Statement {
        title: words.account.open_invoices.to_owned(),
        subtitle: writer.date(account.last),
        cards: Vec::new(),
        columns: vec![
            column(words.invoice_number),
            column(words.invoice_date),
            column(words.due),
            column(words.account.overdue),
            column(&format!("{} {}", words.amount, writer.sign(&currency))),
        ],
        rows,
        total: vec![
            words.sum.to_owned(),
            String::new(),
            String::new(),
            String::new(),
            writer.amount(account.closing),
        ],
        notes: Vec::new(),
    })
}
