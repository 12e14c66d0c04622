use crate::credit::{Applied, InvoiceCredit};
use crate::{DraftEdit, InvoiceError, TaxKey, Totals};
use ratebook_catalog::{Company, Customer};
use ratebook_money::{Amount, Currency, Date, Period, Timestamp};
use ratebook_rating::{ExcludedUsage, HeldUsage, Rated, RatedLine, ServiceDays, UsageBucket};
use serde::{Deserialize, Serialize};

/// What a customer would be invoiced for a period if it were finalized now. It is computed from
/// the book each time and never stored.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct DraftInvoice {
    /// Who invoices.
    pub company: Company,
    /// Who is invoiced.
    pub customer: Customer,
    /// Currency of all amounts.
    pub currency: Currency,
    /// The billing period as instants.
    pub period: Period,
    /// The billing period as days in the customer's zone.
    pub service: ServiceDays,
    /// What the book knew.
    pub as_of: Timestamp,
    /// What is charged.
    pub lines: Vec<InvoiceLine>,
    /// What credit would pay of it, in the order of use.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub credits: Vec<InvoiceCredit>,
    /// Sums and taxes.
    pub totals: Totals,
    /// What a person added to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edit: Option<DraftEdit>,
    /// The void invoice of the same period in whose place it comes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<Replaced>,
    /// What the providers charge for all lines; absent when it is not known for all.
    pub cost: Option<Amount>,
    /// Usage that waits and is not billed.
    pub held: Vec<HeldUsage>,
    /// Usage that no charge covers.
    pub excluded: Vec<ExcludedUsage>,
    /// The usage that lines, held and excluded name by index.
    pub usage: Vec<UsageBucket>,
}

/// A void invoice that another one takes the place of.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Replaced {
    /// Its number.
    pub number: String,
    /// The date on it.
    pub issue_date: Date,
}

/// A line of an invoice.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct InvoiceLine {
    /// 1, 2, 3, …
    pub number: u32,
    /// How it is taxed.
    pub tax: TaxKey,
    /// What was rated.
    pub rated: RatedLine,
}

/// The draft invoice of a rated period.
///
/// # Errors
/// [`InvoiceError`] when a sum does not fit or the period has no days.
pub fn draft(
    rated: Rated,
    company: &Company,
    customer: &Customer,
) -> Result<DraftInvoice, InvoiceError> {
    draft_with(rated, company, customer, None)
}

/// The draft invoice of a rated period, with what a person added to it.
///
/// # Errors
/// As [`draft`]; [`InvoiceError::DiscountAboveSum`].
pub fn draft_with(
    rated: Rated,
    company: &Company,
    customer: &Customer,
    edit: Option<&DraftEdit>,
) -> Result<DraftInvoice, InvoiceError> {
    let tax = TaxKey::of(&customer.tax);
    let service = service_days(rated.period, customer)?;
    let mut credit = Applied::new(rated.currency, rated.credits, rated.used)?;
    let mut cost = Some(Amount::zero(rated.currency));
    let mut lines = Vec::with_capacity(rated.lines.len());
    for (number, rated) in (1_u32..).zip(rated.lines) {
        cost = match (cost, rated.cost) {
            (Some(sum), Some(cost)) => Some(sum.plus(cost)?),
            (None, _) | (_, None) => None,
        };
        let tax = tax.clone();
        lines.push(InvoiceLine { number, tax, rated });
    }
    let added = edit.map_or(&[][..], |edit| edit.lines.as_slice());
    for line in added {
        let number = u32::try_from(lines.len()).unwrap_or(u32::MAX);
        lines.push(line.rated(number.saturating_add(1), &tax, service)?);
    }
    let discount = edit.and_then(|edit| edit.discount.as_ref());
    Ok(DraftInvoice {
        company: company.clone(),
        customer: customer.clone(),
        currency: rated.currency,
        period: rated.period,
        service,
        as_of: rated.as_of,
        totals: Totals::of(&lines, discount, &mut credit)?,
        credits: credit.done(),
        lines,
        cost,
        edit: edit.cloned(),
        replaces: None,
        held: rated.held,
        excluded: rated.excluded,
        usage: rated.usage,
    })
}

fn service_days(period: Period, customer: &Customer) -> Result<ServiceDays, InvoiceError> {
    let before_end = period.to.micros().saturating_sub(1);
    if period.to <= period.from {
        return Err(InvoiceError::EmptyPeriod);
    }
    Ok(ServiceDays {
        first: customer.zone.date_of(period.from),
        last: customer.zone.date_of(Timestamp::from_micros(before_end)),
    })
}
