//! What accounting books of an invoice, a credit note, a payment and prepaid credit: double entry,
//! balanced by its shape. [`Entry`] has one account on one side and legs on the other, so that it
//! can be written as journal entries of any number of lines, or as pairs of two accounts.

mod beancount;
mod chart;
mod datev;
mod hledger;
mod lines;

pub use chart::{Chart, Role, TaxRate};
pub use datev::{DatevFault, DatevHead, datev};

use crate::{AccountEntryKind, CreditNote, FinalizedInvoice, InvoiceCredit, InvoiceError};
use crate::{InvoiceLine, Totals};
use ratebook_catalog::{Customer, GrantKind};
use ratebook_money::{Date, Money};
use ratebook_rating::LineItem;
use std::collections::BTreeMap;

/// What an entry records.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum EntryKind {
    /// An invoice.
    Invoice,
    /// The void of one: the same with other signs.
    Void,
    /// A credit note.
    CreditNote,
    /// Money that came in, went out, or a correction of these.
    Payment,
    /// What was given up of an invoice, or is to be paid after all.
    WriteOff,
    /// Prepaid credit that was sold, ended or was taken back.
    Credit,
}

impl EntryKind {
    /// The word in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Invoice => "invoice",
            Self::Void => "void invoice",
            Self::CreditNote => "credit note",
            Self::Payment => "payment",
            Self::WriteOff => "write-off",
            Self::Credit => "prepaid credit",
        }
    }
}

/// Who the entry is about.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Party {
    /// Number of the customer.
    pub number: String,
    /// Name.
    pub name: String,
}

impl Party {
    /// A customer.
    #[must_use]
    pub fn of(customer: &Customer) -> Self {
        Self {
            number: customer.number.clone(),
            name: customer.name.clone(),
        }
    }
}

/// An entry of the journal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// The day.
    pub day: Date,
    /// What it records.
    pub kind: EntryKind,
    /// Number of the document.
    pub document: String,
    /// Who.
    pub party: Party,
    /// What the bank wrote, or why.
    pub note: String,
    /// The account on the other side of all legs.
    pub hub: Role,
    /// Accounts and amounts, debit above zero.
    pub legs: Vec<(Role, Money)>,
}

impl Entry {
    /// All lines: the hub with the sum of the legs turned round, then the legs. They sum to zero.
    ///
    /// # Errors
    /// [`InvoiceError::Money`] when a sum does not fit.
    pub fn postings(&self) -> Result<Vec<(Role, Money)>, InvoiceError> {
        let mut all = Vec::with_capacity(self.legs.len().saturating_add(1));
        if let Some((_, first)) = self.legs.first() {
            let zero = Money::zero(first.currency());
            let mut sums = self.legs.iter().map(|(_, amount)| *amount);
            let hub = sums.try_fold(zero, Money::minus)?;
            all.push((self.hub.clone(), hub));
        }
        all.extend(self.legs.iter().cloned());
        all.retain(|(_, amount)| amount.minor() != 0);
        Ok(all)
    }

    /// The same with other signs, of another day and kind.
    ///
    /// # Errors
    /// [`InvoiceError::Money`] when a sum does not fit.
    pub fn reversed(&self, day: Date, kind: EntryKind, note: &str) -> Result<Self, InvoiceError> {
        let legs = self
            .legs
            .iter()
            .map(|(role, amount)| Ok((role.clone(), minus(*amount)?)));
        Ok(Self {
            day,
            kind,
            note: note.to_owned(),
            legs: legs.collect::<Result<_, InvoiceError>>()?,
            ..self.clone()
        })
    }
}

fn minus(amount: Money) -> Result<Money, InvoiceError> {
    Ok(Money::zero(amount.currency()).minus(amount)?)
}

/// What an invoice books: the customer owes what its lines and taxes come to, less credit.
///
/// # Errors
/// [`InvoiceError::Money`] when a sum does not fit.
pub fn invoice(invoice: &FinalizedInvoice) -> Result<Entry, InvoiceError> {
    let lines = invoice.lines();
    let mut charges: Vec<Money> = lines.iter().map(|line| line.rated.amount).collect();
    // Revenue is what is left of each line: a discount is no account of its own.
    if let Some(discount) = &invoice.totals().discount {
        for (charge, off) in charges.iter_mut().zip(discount.by_line(lines)?) {
            *charge = charge.minus(off)?;
        }
    }
    let legs = charged(
        lines.iter().zip(charges),
        invoice.totals(),
        invoice.credits(),
    )?;
    Ok(Entry {
        day: invoice.issue_date(),
        kind: EntryKind::Invoice,
        document: invoice.number().to_owned(),
        party: Party::of(invoice.customer()),
        note: String::new(),
        hub: Role::Receivable,
        legs,
    })
}

/// What a credit note books: an invoice of what it takes back, with other signs.
///
/// # Errors
/// [`InvoiceError::Money`] when a sum does not fit.
pub fn credit_note(note: &CreditNote) -> Result<Entry, InvoiceError> {
    let lines = note.lines().iter().map(|line| (&line.of, line.amount));
    let legs = charged(lines, note.totals(), note.credits())?;
    let entry = Entry {
        day: note.issue_date(),
        kind: EntryKind::CreditNote,
        document: note.number().to_owned(),
        party: Party::of(note.customer()),
        note: note.reason().to_owned(),
        hub: Role::Receivable,
        legs,
    };
    entry.reversed(note.issue_date(), EntryKind::CreditNote, note.reason())
}

/// Revenue by kind and tax by rate, as credits; credit that was used, as debits.
fn charged<'a>(
    lines: impl Iterator<Item = (&'a InvoiceLine, Money)>,
    totals: &Totals,
    credits: &[InvoiceCredit],
) -> Result<Vec<(Role, Money)>, InvoiceError> {
    let mut sums: BTreeMap<Role, Money> = BTreeMap::new();
    let mut add = |role: Role, amount: Money| -> Result<(), InvoiceError> {
        let zero = Money::zero(amount.currency());
        let sum = sums.entry(role).or_insert(zero);
        *sum = sum.plus(amount)?;
        Ok(())
    };
    for (line, amount) in lines {
        let role = match &line.rated.item {
            LineItem::Fee { .. } => Role::Fees,
            LineItem::OneOff | LineItem::Manual => Role::OneOff,
            LineItem::Minimum => Role::Minimum,
            LineItem::Meter { .. } => Role::Meters,
            LineItem::Model { .. } => Role::Models,
        };
        add(role, minus(amount)?)?;
    }
    for tax in &totals.taxes {
        let rate = TaxRate(tax.key.percent.clone());
        add(Role::Tax(rate), minus(tax.tax)?)?;
    }
    for credit in credits {
        let role = match credit.kind {
            GrantKind::Paid => Role::Prepaid,
            GrantKind::Promotional => Role::Promotional,
        };
        add(role, credit.amount)?;
    }
    sums.retain(|_, amount| amount.minor() != 0);
    Ok(sums.into_iter().collect())
}

/// What a payment books: `amount` above zero came in, below zero went out.
///
/// # Errors
/// [`InvoiceError::Money`] when it does not fit.
pub fn payment(
    (day, amount): (Date, Money),
    (document, party): (&str, Party),
    note: &str,
) -> Result<Entry, InvoiceError> {
    Ok(Entry {
        day,
        kind: EntryKind::Payment,
        document: document.to_owned(),
        party,
        note: note.to_owned(),
        hub: Role::Bank,
        legs: vec![(Role::Receivable, minus(amount)?)],
    })
}

/// What giving up a claim books: `amount` above zero was given up, below zero is owed again.
/// Tax on it is corrected by who files the tax, when the law of the place allows it.
///
/// # Errors
/// [`InvoiceError::Money`] when it does not fit.
pub fn write_off(
    (day, amount): (Date, Money),
    (document, party): (&str, Party),
    note: &str,
) -> Result<Entry, InvoiceError> {
    Ok(Entry {
        day,
        kind: EntryKind::WriteOff,
        document: document.to_owned(),
        party,
        note: note.to_owned(),
        hub: Role::Losses,
        legs: vec![(Role::Receivable, minus(amount)?)],
    })
}

/// What happened to prepaid credit beside its use by invoices.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CreditMove {
    /// It was sold.
    Sold,
    /// What was left was taken back.
    TakenBack,
    /// What was left at its end.
    Expired,
    /// Usage from before its end came after it.
    Revived,
}

/// What that books.
///
/// # Errors
/// [`InvoiceError::Money`] when it does not fit.
pub fn credit(
    (day, amount): (Date, Money),
    (of, party): (CreditMove, Party),
    note: &str,
) -> Result<Entry, InvoiceError> {
    let (other, amount) = match of {
        CreditMove::Sold => (Role::PrepaidSales, minus(amount)?),
        CreditMove::TakenBack => (Role::PrepaidSales, amount),
        CreditMove::Expired => (Role::Expired, amount),
        CreditMove::Revived => (Role::Expired, minus(amount)?),
    };
    Ok(Entry {
        day,
        kind: EntryKind::Credit,
        document: String::new(),
        party,
        note: note.to_owned(),
        hub: other,
        legs: vec![(Role::Prepaid, amount)],
    })
}

/// Whether an entry of a customer's account is one of the bank.
#[must_use]
pub fn is_of_bank(kind: AccountEntryKind) -> bool {
    match kind {
        AccountEntryKind::Payment | AccountEntryKind::Refund | AccountEntryKind::Reversal => true,
        AccountEntryKind::Invoice | AccountEntryKind::Void | AccountEntryKind::CreditNote => false,
    }
}

/// The formats of journals.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// Text of hledger.
    Hledger,
    /// Text of beancount.
    Beancount,
    /// One line for each posting.
    Csv,
}

/// Writes a journal.
///
/// # Errors
/// [`InvoiceError::Money`] when a sum does not fit.
pub fn write(entries: &[Entry], chart: &Chart, format: Format) -> Result<String, InvoiceError> {
    match format {
        Format::Hledger => hledger::write(entries, chart),
        Format::Beancount => beancount::write(entries, chart),
        Format::Csv => lines::write(entries, chart),
    }
}

/// A text on one line, without signs that mean something to the format.
fn plain(text: &str, without: &[char]) -> String {
    let signs = text
        .chars()
        .map(|c| match c.is_control() || without.contains(&c) {
            true => ' ',
            false => c,
        });
    let signs: String = signs.collect();
    signs.split_whitespace().collect::<Vec<_>>().join(" ")
}
