//! What takes a finalized invoice back, whole or in part. The invoice stays as it is.
//!
//! All amounts are what is taken back: above zero where the invoice charged. All credit notes of an
//! invoice together never take back more than it charged, and when they take back all of it, they
//! are the invoice again to the cent: the tax of each rate is the tax on everything that was taken
//! back so far, less what earlier notes have taken back of it.

mod left;

use crate::{FinalizedInvoice, InvoiceCredit, InvoiceError, InvoiceLine, Totals};
use left::Left;
use ratebook_catalog::{Company, Customer};
use ratebook_money::{Currency, Date, Money, MoneyError};
use ratebook_rating::ServiceDays;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// What is asked to be taken back.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", content = "of", rename_all = "snake_case")]
pub enum TakeBack {
    /// All that is left of the invoice.
    All,
    /// Lines of the invoice, each whole (what is left of it) or a net amount of it.
    Lines(Vec<LineTakeBack>),
    /// A net amount, split over what is left of all lines by largest remainder.
    Amount(Money),
}

/// A line of the invoice of which something is taken back.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct LineTakeBack {
    /// Number of the invoice's line.
    pub line: u32,
    /// Net; all that is left of the line when absent.
    pub amount: Option<Money>,
}

/// Why nothing can be taken back like this.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum CreditNoteFault {
    /// Earlier credit notes have taken everything back.
    #[error("nothing is left of the invoice")]
    NothingLeft,
    /// The invoice has no such line.
    #[error("the invoice has no line {0}")]
    NoLine(u32),
    /// A line is named twice.
    #[error("line {0} is named twice")]
    Twice(u32),
    /// Nothing is left of the line, or the amount is zero or has the wrong sign.
    #[error("line {line}: {asked} cannot be taken back")]
    NotOfLine {
        /// Number of the line.
        line: u32,
        /// What was asked for.
        asked: Money,
    },
    /// More than is left of a line.
    #[error("line {line}: only {left} is left")]
    LineTooMuch {
        /// Number of the line.
        line: u32,
        /// What is left of it.
        left: Money,
    },
    /// More than is left of the invoice.
    #[error("only {left} is left")]
    TooMuch {
        /// Net.
        left: Money,
    },
    /// An amount of zero or less, or lines that come to less than zero together.
    #[error("nothing would be taken back")]
    Nothing,
    /// An amount in another currency than the invoice's.
    #[error("the invoice is in {0}")]
    Currency(Currency),
    /// A sum does not fit.
    #[error(transparent)]
    Invoice(#[from] InvoiceError),
    /// A sum does not fit.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// A credit note that has no number yet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DraftCreditNote {
    /// What was asked for.
    pub asked: TakeBack,
    /// What is taken back of each line.
    pub lines: Vec<CreditNoteLine>,
    /// Credit that goes back to its grants, the last used first.
    pub credits: Vec<InvoiceCredit>,
    /// Sums and taxes; `payable` is what the customer gets.
    pub totals: Totals,
}

/// What is taken back of a line of the invoice.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CreditNoteLine {
    /// 1, 2, 3, …
    pub number: u32,
    /// The line as it stands on the invoice.
    pub of: InvoiceLine,
    /// Net.
    pub amount: Money,
}

/// A credit note that has a number and never changes any more. It can only be read.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CreditNote {
    v: u32,
    number: String,
    issue_date: Date,
    reason: String,
    invoice: String,
    invoice_date: Date,
    company: Company,
    customer: Customer,
    currency: Currency,
    service: ServiceDays,
    asked: TakeBack,
    lines: Vec<CreditNoteLine>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    credits: Vec<InvoiceCredit>,
    totals: Totals,
}

/// What a credit note would take back of an invoice; `earlier` are all its credit notes so far.
///
/// # Errors
/// [`CreditNoteFault`].
pub fn draft_credit_note(
    invoice: &FinalizedInvoice,
    earlier: &[CreditNote],
    asked: &TakeBack,
) -> Result<DraftCreditNote, CreditNoteFault> {
    let left = Left::of(invoice, earlier)?;
    let lines = left.chosen(asked)?;
    let totals = left.totals(&lines)?;
    let net = left.net()?;
    if totals.net.minor() > net.minor() {
        return Err(CreditNoteFault::TooMuch { left: net });
    }
    let credits = left.credits(&totals)?;
    let has_lines = lines.iter().any(|line| line.amount.minor() != 0);
    if !has_lines || totals.total.minor() < 0 || totals.payable.minor() < 0 {
        return Err(CreditNoteFault::Nothing);
    }
    Ok(DraftCreditNote {
        asked: asked.clone(),
        lines,
        credits,
        totals: totals.sums,
    })
}

/// What credit notes have left of each line of an invoice, net, by its number.
///
/// # Errors
/// [`CreditNoteFault`] when a sum does not fit.
pub fn left_of(
    invoice: &FinalizedInvoice,
    earlier: &[CreditNote],
) -> Result<Vec<(u32, Money)>, CreditNoteFault> {
    Ok(Left::of(invoice, earlier)?.by_line())
}

/// Freezes a credit note under a number. Seller and buyer are those of the invoice.
#[must_use]
pub fn finalize_credit_note(
    draft: DraftCreditNote,
    invoice: &FinalizedInvoice,
    number: String,
    issue_date: Date,
    reason: String,
) -> CreditNote {
    CreditNote {
        v: 1,
        number,
        issue_date,
        reason,
        invoice: invoice.number().to_owned(),
        invoice_date: invoice.issue_date(),
        company: invoice.company().clone(),
        customer: Customer {
            reference: invoice.buyer_reference().to_owned(),
            order_reference: invoice.purchase_order().to_owned(),
            ..invoice.customer().clone()
        },
        currency: invoice.currency(),
        service: invoice.service(),
        asked: draft.asked,
        lines: draft.lines,
        credits: draft.credits,
        totals: draft.totals,
    }
}

impl CreditNote {
    /// Its number.
    #[must_use]
    pub fn number(&self) -> &str {
        &self.number
    }

    /// The date on it.
    #[must_use]
    pub fn issue_date(&self) -> Date {
        self.issue_date
    }

    /// Why, as printed.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// Number of the invoice that it corrects.
    #[must_use]
    pub fn invoice(&self) -> &str {
        &self.invoice
    }

    /// The date on that invoice.
    #[must_use]
    pub fn invoice_date(&self) -> Date {
        self.invoice_date
    }

    /// Who invoiced, as on the invoice.
    #[must_use]
    pub fn company(&self) -> &Company {
        &self.company
    }

    /// Who was invoiced, as on the invoice.
    #[must_use]
    pub fn customer(&self) -> &Customer {
        &self.customer
    }

    /// Currency of all amounts.
    #[must_use]
    pub fn currency(&self) -> Currency {
        self.currency
    }

    /// The billing period of the invoice, as days.
    #[must_use]
    pub fn service(&self) -> ServiceDays {
        self.service
    }

    /// What was asked for.
    #[must_use]
    pub fn asked(&self) -> &TakeBack {
        &self.asked
    }

    /// What is taken back.
    #[must_use]
    pub fn lines(&self) -> &[CreditNoteLine] {
        &self.lines
    }

    /// Credit that went back to its grants.
    #[must_use]
    pub fn credits(&self) -> &[InvoiceCredit] {
        &self.credits
    }

    /// Sums and taxes.
    #[must_use]
    pub fn totals(&self) -> &Totals {
        &self.totals
    }
}

/// Computes a credit note again from its invoice and the credit notes before it.
///
/// # Errors
/// [`CreditNoteFault`]; a note that differs from what its invoice gives is not an error here: the
/// caller compares.
pub fn recompute_credit_note(
    note: &CreditNote,
    invoice: &FinalizedInvoice,
    earlier: &[CreditNote],
) -> Result<CreditNote, CreditNoteFault> {
    let draft = draft_credit_note(invoice, earlier, &note.asked)?;
    let number = note.number.clone();
    let reason = note.reason.clone();
    Ok(finalize_credit_note(
        draft,
        invoice,
        number,
        note.issue_date,
        reason,
    ))
}
