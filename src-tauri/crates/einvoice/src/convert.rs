//! A finalized invoice in the terms of EN 16931. Everything is taken as it was frozen.

mod codes;
mod credit_note;
mod line;
mod party;

use crate::{Account, Allowance, Einvoice, EinvoiceError, Kind, Sums, Tax, Terms};
use ratebook_catalog::{CreditTax, GrantKind};
use ratebook_invoicing::document::Writer;
use ratebook_invoicing::document::words::{Words, fill};
use ratebook_invoicing::{FinalizedInvoice, InvoiceCredit, InvoiceLine, InvoiceStatus};
use ratebook_invoicing::{TaxCategory, TaxLine, Totals, print};
use ratebook_money::{Money, MoneyError};
use ratebook_rating::ServiceDays;

pub(crate) use codes::{exemption_code, iban};
pub(crate) use party::{Identity, identity, vat_id};

impl Einvoice {
    /// An invoice as it was finalized, with the words of its paper.
    ///
    /// # Errors
    /// [`EinvoiceError::Money`] when a sum does not fit, [`EinvoiceError::Invoice`] when a line
    /// cannot be put into words.
    pub fn of(invoice: &FinalizedInvoice) -> Result<Self, EinvoiceError> {
        let writer = Writer::new(&invoice.customer().locale);
        let words = writer.words();
        let paper = print::finalized(invoice, InvoiceStatus::Finalized)?;
        let lines = invoice.lines().iter();
        let lines = lines.map(|line| line::of(invoice, line));
        let due = invoice.due_date();
        Ok(Self {
            kind: Kind::Invoice,
            number: invoice.number().to_owned(),
            issue_date: invoice.issue_date(),
            terms: Terms {
                due: Some(due),
                text: fill(words.pay_by, &[("date", &writer.date(due))]),
            },
            currency: invoice.currency(),
            seller: party::seller(invoice.company()),
            buyer: party::buyer(invoice.customer()),
            buyer_reference: invoice.buyer_reference().to_owned(),
            order_reference: invoice.purchase_order().to_owned(),
            days: days(invoice.service(), invoice.lines().iter()),
            lines: lines.collect::<Result<_, _>>()?,
            allowances: reductions(invoice, words)?,
            taxes: taxes(&invoice.totals().taxes, words)?,
            sums: sums(invoice.totals())?,
            account: Account {
                bank: invoice.company().bank.clone(),
                reference: invoice.number().to_owned(),
            },
            notes: paper.notes,
        })
    }
}

/// A fee in advance is for days after the billing period, and no line may lie outside of the
/// invoice's days (PEPPOL-EN16931-R110, -R111).
fn days<'a>(own: ServiceDays, lines: impl Iterator<Item = &'a InvoiceLine>) -> ServiceDays {
    lines.fold(own, |all, line| ServiceDays {
        first: all.first.min(line.rated.service.first),
        last: all.last.max(line.rated.service.last),
    })
}

/// A discount on the whole, for each tax, and credit.
fn reductions(invoice: &FinalizedInvoice, words: &Words) -> Result<Vec<Allowance>, MoneyError> {
    let discount = invoice.totals().discount.iter();
    let discounts = discount.flat_map(|discount| {
        discount.parts.iter().map(move |part| Allowance {
            reason: discount.reason.clone(),
            amount: part.amount,
            tax: part.key.clone(),
        })
    });
    let mut all: Vec<Allowance> = discounts.collect();
    all.extend(allowances(invoice.credits(), words)?);
    Ok(all)
}

/// Credit before tax lowers what is taxed: one allowance for each kind of credit and each tax.
fn allowances(credits: &[InvoiceCredit], words: &Words) -> Result<Vec<Allowance>, MoneyError> {
    let mut allowances: Vec<Allowance> = Vec::new();
    for credit in credits
        .iter()
        .filter(|credit| credit.tax == CreditTax::PreTax)
    {
        let reason = match credit.kind {
            GrantKind::Promotional => words.promotional_credit,
            GrantKind::Paid => words.prepaid_credit,
        };
        let same = |known: &&mut Allowance| known.reason == reason && known.tax == credit.key;
        match allowances.iter_mut().find(same) {
            Some(known) => known.amount = known.amount.plus(credit.amount)?,
            None => allowances.push(Allowance {
                reason: reason.to_owned(),
                amount: credit.amount,
                tax: credit.key.clone(),
            }),
        }
    }
    Ok(allowances)
}

/// One for each category and rate, as BR-S-08 and its sisters want it: two reasons of one
/// exemption share a row.
fn taxes(lines: &[TaxLine], words: &Words) -> Result<Vec<Tax>, MoneyError> {
    let mut taxes: Vec<Tax> = Vec::new();
    for line in lines {
        let reason = match line.key.category {
            TaxCategory::S | TaxCategory::Z => "",
            TaxCategory::AE => words.reverse_charge_note,
            TaxCategory::E => &line.key.reason,
            TaxCategory::K => words.intra_community_note,
            TaxCategory::G => words.export_note,
            TaxCategory::O => words.outside_scope,
        };
        let same = |known: &&mut Tax| {
            known.category == line.key.category && known.percent == line.key.percent
        };
        match taxes.iter_mut().find(same) {
            Some(known) => {
                known.taxable = known.taxable.plus(line.taxable)?;
                known.tax = known.tax.plus(line.tax)?;
                if !known.reason.contains(reason) {
                    known.reason = format!("{}; {reason}", known.reason);
                }
            }
            None => taxes.push(Tax {
                category: line.key.category,
                percent: line.key.percent.clone(),
                reason: reason.to_owned(),
                taxable: line.taxable,
                tax: line.tax,
            }),
        }
    }
    Ok(taxes)
}

fn sums(totals: &Totals) -> Result<Sums, MoneyError> {
    let allowances: Money = totals.discounted().plus(totals.credit_before_tax())?;
    Ok(Sums {
        lines: totals.net,
        allowances,
        net: totals.net.minus(allowances)?,
        tax: totals.tax,
        gross: totals.total,
        prepaid: totals.credit_after_tax(),
        payable: totals.payable,
    })
}
