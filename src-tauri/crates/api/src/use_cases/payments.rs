use crate::app::App;
use crate::error::{ApiError, ApiResult};
use crate::use_cases::invoices::read_id;
use crate::wire::{
    PaymentAddRequest, PaymentEntryKind, PaymentListReply, PaymentListRequest,
    PaymentReverseRequest, PaymentRow, PaymentState, WriteOffRow,
};
use ratebook_catalog::{InvoiceId, Issue, PaymentId};
use ratebook_invoicing::{InvoiceStatus, PaymentStatus, standing};
use ratebook_money::{Date, Money};
use ratebook_store::payments::{self, Payment, PaymentKind};
use ratebook_store::write_offs::{self, WriteOff};
use ratebook_store::{SqliteConnection, credit_notes, invoices};

impl App {
    /// The payments of an invoice, and where it stands.
    pub async fn payment_list(&self, request: PaymentListRequest) -> ApiResult<PaymentListReply> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let today = snapshot.company.zone.date_of(self.now());
        let mut read = open.read().await?;
        listed(&mut read, read_id(&request.invoice_id)?, today).await
    }

    /// Enters a payment or a refund of a final invoice.
    pub async fn payment_add(&self, request: PaymentAddRequest) -> ApiResult<PaymentListReply> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let now = self.now();
        let today = snapshot.company.zone.date_of(now);
        let id = read_id(&request.invoice_id)?;
        let mut write = open.write().await?;
        let head = invoices::head(&mut write, id).await?;
        if head.status != InvoiceStatus::Finalized {
            return Err(ApiError::refused("invoice_void"));
        }
        let currency = head.total.currency();
        let mut issues = Vec::new();
        if request.currency != currency.code() {
            issues.push(Issue::new("currency", "other_currency").with("currency", currency));
        }
        let amount = Money::parse(request.amount.trim(), currency).ok();
        let amount = amount.filter(|amount| amount.minor() > 0);
        if amount.is_none() {
            let issue = Issue::new("amount", "amount").with("currency", currency);
            issues.push(issue.with("value", &request.amount));
        }
        let day = match request.received_on.as_deref() {
            None | Some("") => Some(today),
            Some(text) => text.parse::<Date>().ok(),
        };
        match day {
            None => issues.push(Issue::new("receivedOn", "not_a_date")),
            Some(day) if day > today => issues.push(Issue::new("receivedOn", "in_future")),
            Some(_) => {}
        }
        let (Some(amount), Some(day), true) = (amount, day, issues.is_empty()) else {
            return Err(ApiError::invalid(issues));
        };
        let before = payments::of_invoice(&mut write, id).await?;
        let paid = sum(Money::zero(currency), &before)?;
        let kind = match request.refund {
            true if amount.minor() > paid.minor() => {
                let issue = Issue::new("amount", "refund_above_paid").with("paid", paid);
                return Err(ApiError::invalid(vec![issue]));
            }
            true => PaymentKind::Refund,
            false => PaymentKind::Payment,
        };
        let payment = Payment {
            id: PaymentId::new(&mut self.ids()),
            kind,
            amount: match kind {
                PaymentKind::Refund => Money::zero(currency).minus(amount)?,
                PaymentKind::Payment | PaymentKind::Reversal => amount,
            },
            received_on: day,
            reverses: None,
            reference: request.reference.trim().to_owned(),
        };
        payments::add(&mut write, id, &payment, now).await?;
        let reply = listed(&mut write, id, today).await?;
        write.commit().await?;
        Ok(reply)
    }

    /// Takes back an entry that was a mistake. Both stay in the list.
    pub async fn payment_reverse(
        &self,
        request: PaymentReverseRequest,
    ) -> ApiResult<PaymentListReply> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let now = self.now();
        let today = snapshot.company.zone.date_of(now);
        let unknown = || ApiError::not_found("payment", &request.id);
        let wanted = PaymentId::parse(&request.id).map_err(|_| unknown())?;
        if request.reason.trim().is_empty() {
            return Err(ApiError::field("reason", "required"));
        }
        let mut write = open.write().await?;
        let invoice = payments::invoice_of(&mut write, wanted).await?;
        let entries = payments::of_invoice(&mut write, invoice).await?;
        let entry = entries.iter().find(|entry| entry.id == wanted);
        let entry = entry.ok_or_else(unknown)?;
        let is_done = entries.iter().any(|other| other.reverses == Some(wanted));
        if is_done || entry.kind == PaymentKind::Reversal {
            return Err(ApiError::refused("payment_reversed"));
        }
        let reversal = Payment {
            id: PaymentId::new(&mut self.ids()),
            kind: PaymentKind::Reversal,
            amount: Money::zero(entry.amount.currency()).minus(entry.amount)?,
            received_on: today,
            reverses: Some(wanted),
            reference: request.reason.trim().to_owned(),
        };
        payments::add(&mut write, invoice, &reversal, now).await?;
        let reply = listed(&mut write, invoice, today).await?;
        write.commit().await?;
        Ok(reply)
    }
}

pub(crate) fn state(status: PaymentStatus) -> PaymentState {
    match status {
        PaymentStatus::Open => PaymentState::Open,
        PaymentStatus::PartlyPaid => PaymentState::PartlyPaid,
        PaymentStatus::Paid => PaymentState::Paid,
        PaymentStatus::Overpaid => PaymentState::Overpaid,
        PaymentStatus::Uncollectible => PaymentState::Uncollectible,
    }
}

fn sum(zero: Money, entries: &[Payment]) -> ApiResult<Money> {
    let mut amounts = entries.iter().map(|entry| entry.amount);
    Ok(amounts.try_fold(zero, Money::plus)?)
}

pub(super) async fn listed(
    read: &mut SqliteConnection,
    id: InvoiceId,
    today: Date,
) -> ApiResult<PaymentListReply> {
    let stored = invoices::get(read, id).await?;
    let payable = stored.invoice.totals().payable;
    let zero = Money::zero(payable.currency());
    let mut credited = zero;
    for stored in credit_notes::of_invoice(read, id).await? {
        credited = credited.plus(stored.note.totals().payable)?;
    }
    let entries = payments::of_invoice(read, id).await?;
    let paid = sum(zero, &entries)?;
    let given_up = write_offs::of_invoice(read, id).await?;
    let mut written_off = zero;
    for entry in &given_up {
        written_off = written_off.plus(entry.amount)?;
    }
    let stands = standing(payable, credited, paid, (stored.head.due_on, today))?;
    let stands = stands.written_off(written_off)?;
    let rows = entries.iter().map(|entry| PaymentRow {
        id: entry.id.to_string(),
        kind: match entry.kind {
            PaymentKind::Payment => PaymentEntryKind::Payment,
            PaymentKind::Refund => PaymentEntryKind::Refund,
            PaymentKind::Reversal => PaymentEntryKind::Reversal,
        },
        amount: entry.amount.into(),
        received_on: entry.received_on.to_string(),
        reference: entry.reference.clone(),
        reversed: entries.iter().any(|other| other.reverses == Some(entry.id)),
    });
    Ok(PaymentListReply {
        entries: rows.collect(),
        payable: payable.into(),
        credited: credited.into(),
        paid: paid.into(),
        written_off: written_off.into(),
        write_offs: given_up.iter().map(write_off).collect(),
        open: stands.open.into(),
        state: state(stands.status),
        overdue_days: stands.overdue_days,
        today: today.to_string(),
    })
}

fn write_off(entry: &WriteOff) -> WriteOffRow {
    WriteOffRow {
        amount: entry.amount.into(),
        decided_on: entry.decided_on.to_string(),
        reason: entry.reason.clone(),
    }
}
