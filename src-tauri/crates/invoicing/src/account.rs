use crate::payment::{Ageing, standing};
use crate::{InvoiceError, Standing};
use ratebook_money::{Currency, Date, Money};
use std::collections::BTreeMap;

/// What an entry of a customer's account is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AccountEntryKind {
    /// An invoice asks for an amount.
    Invoice,
    /// An invoice does not count any more.
    Void,
    /// A credit note takes back of it.
    CreditNote,
    /// Money came in.
    Payment,
    /// Money went out.
    Refund,
    /// Takes back an entry that was a mistake.
    Reversal,
}

/// One entry, of one invoice.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AccountEntry {
    /// The day that it counts from.
    pub day: Date,
    /// What it is.
    pub kind: AccountEntryKind,
    /// The number of the invoice that it belongs to.
    pub invoice: String,
    /// The number on the document: that of the invoice, or of the credit note.
    pub number: String,
    /// What the bank wrote, or why.
    pub reference: String,
    /// When the invoice is due.
    pub due: Date,
    /// Above zero where the customer owes more by it.
    pub amount: Money,
}

/// A customer's account over some days, in one currency.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Account {
    /// The first day.
    pub first: Date,
    /// The last day, inclusive.
    pub last: Date,
    /// What was owed before the first day.
    pub opening: Money,
    /// Entries of these days in their order, each with what is owed after it.
    pub entries: Vec<(AccountEntry, Money)>,
    /// What is owed at the end of the last day.
    pub closing: Money,
    /// The same by age, as of the last day.
    pub ageing: Ageing,
    /// The invoices of which something is open then, in their order.
    pub open: Vec<OpenItem>,
}

/// An invoice of which something is open.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpenItem {
    /// Its number.
    pub number: String,
    /// The day on it.
    pub issued_on: Date,
    /// When it is due.
    pub due: Date,
    /// How it stands.
    pub standing: Standing,
}

impl Account {
    /// The sum of the entries of some kinds.
    ///
    /// # Errors
    /// [`InvoiceError::Money`] when it does not fit.
    pub fn sum(&self, kinds: &[AccountEntryKind]) -> Result<Money, InvoiceError> {
        let zero = Money::zero(self.opening.currency());
        let of_kind = self
            .entries
            .iter()
            .filter(|(entry, _)| kinds.contains(&entry.kind));
        Ok(of_kind
            .map(|(entry, _)| entry.amount)
            .try_fold(zero, Money::plus)?)
    }
}

/// The account of a customer from its entries, all of one currency and in the order in which they
/// were entered.
///
/// # Errors
/// [`InvoiceError::Money`] for another currency, and when a sum does not fit.
pub fn account(
    mut entries: Vec<AccountEntry>,
    currency: Currency,
    (first, last): (Date, Date),
) -> Result<Account, InvoiceError> {
    // Of one day, the order in which they were entered stays.
    entries.sort_by_key(|entry| entry.day);
    entries.retain(|entry| entry.day <= last);
    let zero = Money::zero(currency);
    let (mut balance, mut opening) = (zero, zero);
    let mut listed = Vec::new();
    let mut sums: BTreeMap<String, (Date, Date, Money)> = BTreeMap::new();
    for entry in entries {
        balance = balance.plus(entry.amount)?;
        let new = (entry.day, entry.due, zero);
        let (issued_on, _, sum) = sums.entry(entry.invoice.clone()).or_insert(new);
        *sum = sum.plus(entry.amount)?;
        if entry.kind == AccountEntryKind::Invoice {
            *issued_on = entry.day;
        }
        if entry.day < first {
            opening = balance;
        } else {
            listed.push((entry, balance));
        }
    }
    let mut ageing = Ageing::none(currency);
    let mut open = Vec::new();
    for (number, (issued_on, due, sum)) in sums {
        let standing = standing(sum, zero, zero, (due, last))?;
        if standing.open.minor() == 0 {
            continue;
        }
        ageing.add(&standing)?;
        open.push(OpenItem {
            number,
            issued_on,
            due,
            standing,
        });
    }
    open.sort_by_key(|item| item.issued_on);
    Ok(Account {
        first,
        last,
        opening,
        entries: listed,
        closing: balance,
        ageing,
        open,
    })
}

#[cfg(test)]
mod tests {
    use super::AccountEntryKind::{CreditNote, Invoice, Payment, Reversal};
    use super::*;
    use crate::AgeBand;

    fn day(text: &str) -> Date {
        text.parse().unwrap_or(Date::MIN)
    }

    fn entry(on: &str, kind: AccountEntryKind, of: &str, minor: i64) -> AccountEntry {
        let currency = Currency::parse("EUR").unwrap_or_else(|error| panic!("{error}"));
        AccountEntry {
            day: day(on),
            kind,
            invoice: of.to_owned(),
            number: of.to_owned(),
            reference: String::new(),
            due: day("2026-10-14"),
            amount: Money::from_minor(minor, currency),
        }
    }

    fn entries() -> Vec<AccountEntry> {
        vec![
            entry("2026-10-01", Invoice, "R-1", 10_000),
            entry("2026-11-01", Invoice, "R-2", 5_000),
            entry("2026-10-20", Payment, "R-1", -4_000),
            entry("2026-11-05", CreditNote, "R-2", -5_000),
            entry("2026-11-06", Reversal, "R-1", 4_000),
            entry("2026-11-07", Payment, "R-1", -10_500),
            entry("2026-12-01", Invoice, "R-3", 7_000),
        ]
    }

    #[test]
    fn what_was_before_opens_and_what_comes_after_is_left_out() -> Result<(), InvoiceError> {
        let days = (day("2026-11-01"), day("2026-11-30"));
        let account = account(entries(), Currency::parse("EUR")?, days)?;
        assert_eq!(account.opening.minor(), 6_000);
        let balances: Vec<i64> = account.entries.iter().map(|(_, b)| b.minor()).collect();
        assert_eq!(balances, [11_000, 6_000, 10_000, -500]);
        assert_eq!(account.closing.minor(), -500);
        assert_eq!(account.sum(&[Payment, Reversal])?.minor(), -6_500);
        assert_eq!(account.ageing.to_pay_back.minor(), 500);
        assert_eq!(account.open.len(), 1);
        Ok(())
    }

    #[test]
    fn the_ages_of_a_day_sum_to_the_balance_of_that_day() -> Result<(), InvoiceError> {
        for last in [
            "2026-09-30",
            "2026-10-10",
            "2026-10-31",
            "2026-11-05",
            "2027-03-01",
        ] {
            let days = (day("2026-10-15"), day(last));
            let account = account(entries(), Currency::parse("EUR")?, days)?;
            let owed = account.ageing.owed()?.minus(account.ageing.to_pay_back)?;
            assert_eq!(owed, account.closing, "{last}");
        }
        let days = (day("2026-10-01"), day("2026-10-31"));
        let account = account(entries(), Currency::parse("EUR")?, days)?;
        assert_eq!(account.ageing.in_band(AgeBand::To30).minor(), 6_000);
        Ok(())
    }
}
