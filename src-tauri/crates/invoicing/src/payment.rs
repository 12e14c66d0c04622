use crate::InvoiceError;
use ratebook_money::{Date, Money};

/// Whether an invoice is paid. Its state is apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PaymentStatus {
    /// Nothing was paid yet.
    Open,
    /// Some of it was paid, or taken back.
    PartlyPaid,
    /// Nothing is owed.
    Paid,
    /// The customer gets something back.
    Overpaid,
}

/// Where an invoice stands with its payments.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Standing {
    /// Payable, less what credit notes take back and what was paid: below zero where the customer
    /// gets something back.
    pub open: Money,
    /// In a word.
    pub status: PaymentStatus,
    /// Days since it was due; absent while it is not, or when nothing is owed.
    pub overdue_days: Option<u32>,
}

/// Where an invoice stands on a day: `payable` of the invoice, `credited` the payable sum of its
/// credit notes, `paid` what came in less what went out.
///
/// # Errors
/// [`InvoiceError::Money`] when a sum does not fit.
pub fn standing(
    payable: Money,
    credited: Money,
    paid: Money,
    (due, today): (Date, Date),
) -> Result<Standing, InvoiceError> {
    let open = payable.minus(credited)?.minus(paid)?;
    let status = match (open.minor().signum(), credited.minor(), paid.minor()) {
        (0, _, _) => PaymentStatus::Paid,
        (-1, _, _) => PaymentStatus::Overpaid,
        (_, 0, 0) => PaymentStatus::Open,
        (_, _, _) => PaymentStatus::PartlyPaid,
    };
    let late = today.signed_duration_since(due).num_days();
    let late = u32::try_from(late).ok().filter(|days| *days > 0);
    Ok(Standing {
        open,
        status,
        overdue_days: late.filter(|_| open.minor() > 0),
    })
}
