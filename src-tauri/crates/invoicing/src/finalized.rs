use crate::inputs::with_logo_hash;
use crate::{DraftEdit, DraftInvoice, Frozen, InvoiceCredit, InvoiceError, InvoiceLine};
use crate::{Replaced, Totals};
use ratebook_catalog::{Company, Customer};
use ratebook_money::{Amount, Currency, Date, Period, Timestamp};
use ratebook_rating::ServiceDays;
use serde::{Deserialize, Serialize};

/// An invoice that has a number and never changes any more. It can only be read.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FinalizedInvoice {
    v: u32,
    number: String,
    issue_date: Date,
    due_date: Date,
    as_of: Timestamp,
    company: Company,
    customer: Customer,
    currency: Currency,
    period: Period,
    service: ServiceDays,
    lines: Vec<InvoiceLine>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    credits: Vec<InvoiceCredit>,
    totals: Totals,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    edit: Option<DraftEdit>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    replaces: Option<Replaced>,
    cost: Option<Amount>,
    input_hash: String,
}

/// From this shape on the paper says how a price document comes to its amount. What was finalized
/// before prints as it did.
const EXPLAINS_PRICES: u32 = 2;

/// Freezes a draft under a number.
///
/// `inputs` are those that the draft was computed from; their hash becomes part of the invoice.
///
/// # Errors
/// [`InvoiceError::NoLines`] when there is nothing to invoice, [`InvoiceError::DueDate`] when the
/// due date leaves the calendar.
pub fn finalize(
    draft: DraftInvoice,
    inputs: &Frozen,
    number: String,
    issue_date: Date,
) -> Result<FinalizedInvoice, InvoiceError> {
    if draft.lines.is_empty() {
        return Err(InvoiceError::NoLines);
    }
    let due_date = due_date(&draft.company, &draft.customer, issue_date)?;
    Ok(FinalizedInvoice {
        v: EXPLAINS_PRICES,
        number,
        issue_date,
        due_date,
        as_of: draft.as_of,
        company: draft.company,
        customer: draft.customer,
        currency: draft.currency,
        period: draft.period,
        service: draft.service,
        lines: draft.lines,
        credits: draft.credits,
        totals: draft.totals,
        edit: draft.edit,
        replaces: draft.replaces,
        cost: draft.cost,
        input_hash: inputs.hash().to_owned(),
    })
}

/// The day until which an invoice of `issue_date` is to be paid: the customer's terms, otherwise
/// the company's.
///
/// # Errors
/// [`InvoiceError::DueDate`] when it leaves the calendar.
pub fn due_date(
    company: &Company,
    customer: &Customer,
    issue_date: Date,
) -> Result<Date, InvoiceError> {
    let days = customer.payment_days.unwrap_or(company.payment_days);
    issue_date
        .checked_add_days(chrono::Days::new(u64::from(days)))
        .ok_or(InvoiceError::DueDate)
}

pub(crate) fn buyer_reference<'a>(edit: Option<&'a DraftEdit>, customer: &'a Customer) -> &'a str {
    match edit {
        Some(edit) if !edit.buyer_reference.is_empty() => &edit.buyer_reference,
        Some(_) | None => &customer.reference,
    }
}

pub(crate) fn purchase_order<'a>(edit: Option<&'a DraftEdit>, customer: &'a Customer) -> &'a str {
    match edit {
        Some(edit) if !edit.purchase_order.is_empty() => &edit.purchase_order,
        Some(_) | None => &customer.order_reference,
    }
}

impl FinalizedInvoice {
    /// Its number.
    #[must_use]
    pub fn number(&self) -> &str {
        &self.number
    }

    /// The date on the invoice.
    #[must_use]
    pub fn issue_date(&self) -> Date {
        self.issue_date
    }

    /// The day until which it is to be paid.
    #[must_use]
    pub fn due_date(&self) -> Date {
        self.due_date
    }

    /// What the book knew when it was finalized.
    #[must_use]
    pub fn as_of(&self) -> Timestamp {
        self.as_of
    }

    /// Who invoiced, as of then.
    #[must_use]
    pub fn company(&self) -> &Company {
        &self.company
    }

    /// Who was invoiced, as of then.
    #[must_use]
    pub fn customer(&self) -> &Customer {
        &self.customer
    }

    /// Currency of all amounts.
    #[must_use]
    pub fn currency(&self) -> Currency {
        self.currency
    }

    /// The billing period as instants.
    #[must_use]
    pub fn period(&self) -> Period {
        self.period
    }

    /// The billing period as days in the customer's zone.
    #[must_use]
    pub fn service(&self) -> ServiceDays {
        self.service
    }

    /// What was charged.
    #[must_use]
    pub fn lines(&self) -> &[InvoiceLine] {
        &self.lines
    }

    /// What credit paid of it, in the order of use.
    #[must_use]
    pub fn credits(&self) -> &[InvoiceCredit] {
        &self.credits
    }

    /// Sums and taxes.
    #[must_use]
    pub fn totals(&self) -> &Totals {
        &self.totals
    }

    /// What a person had added to the draft.
    #[must_use]
    pub fn edit(&self) -> Option<&DraftEdit> {
        self.edit.as_ref()
    }

    /// The void invoice of the same period in whose place it came.
    #[must_use]
    pub fn replaces(&self) -> Option<&Replaced> {
        self.replaces.as_ref()
    }

    /// What the buyer wants to find on it: of the invoice itself, otherwise the customer's.
    #[must_use]
    pub fn buyer_reference(&self) -> &str {
        buyer_reference(self.edit.as_ref(), &self.customer)
    }

    /// Number of the buyer's order: of the invoice itself, otherwise the customer's; empty where
    /// there is none.
    #[must_use]
    pub fn purchase_order(&self) -> &str {
        purchase_order(self.edit.as_ref(), &self.customer)
    }

    /// What the providers charged for all lines, when it was known for all.
    #[must_use]
    pub fn cost(&self) -> Option<Amount> {
        self.cost
    }

    /// The invoice with the hash of the logo in place of the picture: the form in which it is
    /// compared with a recomputed one, whose inputs have only the hash.
    pub(crate) fn comparable(&self) -> Self {
        Self {
            company: with_logo_hash(&self.company),
            ..self.clone()
        }
    }

    /// Whether its paper says how a price document comes to its amount.
    pub(crate) fn explains_prices(&self) -> bool {
        self.v >= EXPLAINS_PRICES
    }

    /// The same in the shape of another one, which may be older.
    pub(crate) fn in_shape_of(self, other: &Self) -> Self {
        Self { v: other.v, ..self }
    }

    /// SHA-256 over the frozen inputs, hexadecimal.
    #[must_use]
    pub fn input_hash(&self) -> &str {
        &self.input_hash
    }
}
