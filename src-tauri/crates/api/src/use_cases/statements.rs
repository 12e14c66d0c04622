use crate::app::{App, OpenBook};
use crate::convert::Reader;
use crate::error::{ApiError, ApiResult};
use crate::snapshot::Snapshot;
use crate::use_cases::papers::{file_stem, pdf, write_whole};
use crate::use_cases::receivables::{ageing_row, payable};
use crate::wire::{
    AccountKind, Nothing, StatementEntry, StatementReply, StatementRequest, StatementSaveRequest,
};
use ratebook_catalog::{Customer, CustomerId, Issue};
use ratebook_invoicing::{Account, AccountEntry, AccountEntryKind, InvoiceStatus, account, print};
use ratebook_money::{Currency, Date, Money};
use ratebook_store::invoices::InvoiceHead;
use ratebook_store::payments::{self, PaymentKind};
use ratebook_store::{SqliteConnection, credit_notes, invoices};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

/// An account, and whose it is.
struct Looked {
    snapshot: Arc<Snapshot>,
    customer: Customer,
    currencies: BTreeSet<Currency>,
    account: Account,
    today: Date,
}

impl App {
    /// A customer's account over some days.
    pub async fn statement_get(&self, request: StatementRequest) -> ApiResult<StatementReply> {
        let looked = self.account(&request).await?;
        let account = &looked.account;
        let entries = account.entries.iter();
        let entries = entries.map(|(entry, balance)| entry_row(entry, *balance));
        let currency = account.closing.currency();
        let name = file_stem(&looked.customer.name);
        Ok(StatementReply {
            customer: looked.customer.name.clone(),
            currency: currency.to_string(),
            currencies: looked.currencies.iter().map(ToString::to_string).collect(),
            from: account.first.to_string(),
            to: account.last.to_string(),
            opening: account.opening.into(),
            entries: entries.collect(),
            closing: account.closing.into(),
            ageing: ageing_row(None, &account.ageing)?,
            file_name: format!("{name} {} {}.pdf", account.first, account.last),
        })
    }

    /// Writes a customer's account over some days as PDF.
    pub async fn statement_save(&self, request: StatementSaveRequest) -> ApiResult<Nothing> {
        let looked = self.account(&request.statement).await?;
        let parties = (&looked.snapshot.company, &looked.customer);
        let document = print::account(&looked.account, parties, looked.today)?;
        let path = PathBuf::from(&request.path);
        let printed = tokio::task::spawn_blocking(move || write_whole(&path, &pdf(&document)?));
        printed.await.map_err(ApiError::internal)??;
        Ok(Nothing {})
    }

    async fn account(&self, request: &StatementRequest) -> ApiResult<Looked> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let unknown = || ApiError::not_found("customer", &request.customer_id);
        let id = CustomerId::parse(&request.customer_id).map_err(|_| unknown())?;
        let customer = snapshot.customer(id).ok_or_else(unknown)?.clone();
        let today = snapshot.company.zone.date_of(self.now());
        let (from, to, currency) = asked(request, &customer)?;
        let own = snapshot.invoices.iter().filter(|head| head.customer == id);
        // The book lists the newest first.
        let own: Vec<&InvoiceHead> = own.rev().collect();
        let mut currencies: BTreeSet<Currency> =
            own.iter().map(|head| head.total.currency()).collect();
        currencies.insert(currency);
        let of_currency = own.iter().filter(|head| head.total.currency() == currency);
        let entries = entries(&open, &snapshot, of_currency.copied()).await?;
        let last = to.unwrap_or(today);
        let earliest = entries.iter().map(|entry| entry.day).min();
        let first = from.unwrap_or(earliest.unwrap_or(last).min(last));
        if first > last {
            let issue = Issue::new("to", "before_start").with("start", first);
            return Err(ApiError::invalid(vec![issue]));
        }
        let account = account(entries, currency, (first, last))?;
        Ok(Looked {
            snapshot,
            customer,
            currencies,
            account,
            today,
        })
    }
}

type Asked = (Option<Date>, Option<Date>, Currency);

fn asked(request: &StatementRequest, customer: &Customer) -> ApiResult<Asked> {
    let mut reader = Reader::default();
    let from = reader.optional_date("from", request.from.as_deref());
    let to = reader.optional_date("to", request.to.as_deref());
    let currency = reader.optional_currency("currency", request.currency.as_deref());
    reader.done((from, to, currency.unwrap_or(customer.currency)))
}

/// All entries of these invoices.
async fn entries(
    open: &OpenBook,
    snapshot: &Snapshot,
    heads: impl Iterator<Item = &InvoiceHead>,
) -> ApiResult<Vec<AccountEntry>> {
    let mut read = open.read().await?;
    let mut entries = Vec::new();
    for head in heads {
        let invoice = AccountEntry {
            day: head.issued_on,
            kind: AccountEntryKind::Invoice,
            invoice: head.number.clone(),
            number: head.number.clone(),
            reference: String::new(),
            due: head.due_on,
            amount: payable(head)?,
        };
        entries.push(invoice.clone());
        if head.status == InvoiceStatus::Void {
            let (at, reason) = invoices::voided(&mut read, head.id).await?;
            entries.push(AccountEntry {
                day: snapshot.company.zone.date_of(at),
                kind: AccountEntryKind::Void,
                reference: reason,
                amount: minus(invoice.amount)?,
                ..invoice.clone()
            });
        }
        settling(&mut read, head, &invoice, &mut entries).await?;
    }
    Ok(entries)
}

/// What settles an invoice: its credit notes and payments.
async fn settling(
    read: &mut SqliteConnection,
    head: &InvoiceHead,
    invoice: &AccountEntry,
    entries: &mut Vec<AccountEntry>,
) -> ApiResult<()> {
    for stored in credit_notes::of_invoice(read, head.id).await? {
        let note = &stored.note;
        entries.push(AccountEntry {
            day: note.issue_date(),
            kind: AccountEntryKind::CreditNote,
            number: note.number().to_owned(),
            reference: note.reason().to_owned(),
            amount: minus(note.totals().payable)?,
            ..invoice.clone()
        });
    }
    for payment in payments::of_invoice(read, head.id).await? {
        entries.push(AccountEntry {
            day: payment.received_on,
            kind: match payment.kind {
                PaymentKind::Payment => AccountEntryKind::Payment,
                PaymentKind::Refund => AccountEntryKind::Refund,
                PaymentKind::Reversal => AccountEntryKind::Reversal,
            },
            reference: payment.reference.clone(),
            amount: minus(payment.amount)?,
            ..invoice.clone()
        });
    }
    Ok(())
}

fn minus(amount: Money) -> ApiResult<Money> {
    Ok(Money::zero(amount.currency()).minus(amount)?)
}

fn entry_row(entry: &AccountEntry, balance: Money) -> StatementEntry {
    StatementEntry {
        day: entry.day.to_string(),
        kind: match entry.kind {
            AccountEntryKind::Invoice => AccountKind::Invoice,
            AccountEntryKind::Void => AccountKind::Void,
            AccountEntryKind::CreditNote => AccountKind::CreditNote,
            AccountEntryKind::Payment => AccountKind::Payment,
            AccountEntryKind::Refund => AccountKind::Refund,
            AccountEntryKind::Reversal => AccountKind::Reversal,
        },
        number: entry.number.clone(),
        invoice: entry.invoice.clone(),
        reference: entry.reference.clone(),
        amount: entry.amount.into(),
        balance: balance.into(),
    }
}
