//! The end of an invoice that went wrong: void and made anew, or never to be paid.

use super::payments::listed;
use crate::app::App;
use crate::error::{ApiError, ApiResult};
use crate::jobs::Report;
use crate::snapshot::Month;
use crate::use_cases::invoices::read_id;
use crate::wire::{
    InvoiceFinalizeReply, InvoiceFinalizeRequest, InvoiceReissueRequest, InvoiceVoidRequest,
    InvoiceWriteOffRequest, PaymentListReply,
};
use ratebook_catalog::WriteOffId;
use ratebook_invoicing::InvoiceStatus;
use ratebook_money::Money;
use ratebook_store::write_offs::{self, WriteOff};
use ratebook_store::{SqliteConnection, invoices};

impl App {
    /// Gives up what is open of a final invoice, or takes the last such decision back.
    pub async fn invoice_write_off(
        &self,
        request: InvoiceWriteOffRequest,
    ) -> ApiResult<PaymentListReply> {
        let open = self.book().await?;
        let reason = request.reason.trim();
        if reason.is_empty() {
            return Err(ApiError::field("reason", "required"));
        }
        let snapshot = self.snapshot(&open).await?;
        let now = self.now();
        let today = snapshot.company.zone.date_of(now);
        let id = read_id(&request.invoice_id)?;
        let mut write = open.write().await?;
        let head = invoices::head(&mut write, id).await?;
        if head.status != InvoiceStatus::Finalized {
            return Err(ApiError::refused("invoice_void"));
        }
        let before = listed(&mut write, id, today).await?;
        let (amount, reverses) = if request.reverse {
            let last = in_force(&mut write, id).await?;
            let last = last.ok_or_else(|| ApiError::refused("not_written_off"))?;
            let back = Money::zero(last.amount.currency()).minus(last.amount)?;
            (back, Some(last.id))
        } else {
            if in_force(&mut write, id).await?.is_some() {
                return Err(ApiError::refused("invoice_written_off"));
            }
            let open = Money::parse(&before.open.amount.0, head.total.currency())?;
            if open.minor() <= 0 {
                return Err(ApiError::refused("nothing_open"));
            }
            (open, None)
        };
        let entry = WriteOff {
            id: WriteOffId::new(&mut self.ids()),
            amount,
            decided_on: today,
            reverses,
            reason: reason.to_owned(),
        };
        write_offs::add(&mut write, id, &entry, now).await?;
        let reply = listed(&mut write, id, today).await?;
        write.commit().await?;
        Ok(reply)
    }

    /// Voids an invoice and makes its month final anew: the next number, which names the old one.
    /// Where something holds the new draft, the old invoice is void and the draft waits.
    pub async fn invoice_reissue(
        &self,
        request: InvoiceReissueRequest,
        report: Report,
    ) -> ApiResult<InvoiceFinalizeReply> {
        let open = self.book().await?;
        let id = read_id(&request.id)?;
        let mut read = open.read().await?;
        let stored = invoices::get(&mut read, id).await?;
        drop(read);
        let month = Month::of(stored.invoice.service().first).to_string();
        let customer = stored.head.customer.to_string();
        let void = InvoiceVoidRequest {
            id: request.id,
            reason: request.reason,
        };
        self.invoice_void(void).await?;
        let again = InvoiceFinalizeRequest {
            month,
            customer_ids: vec![customer],
            job_id: request.job_id,
        };
        self.invoice_finalize(again, report).await
    }
}

/// The decision that holds, if one does.
async fn in_force(
    read: &mut SqliteConnection,
    id: ratebook_catalog::InvoiceId,
) -> ApiResult<Option<WriteOff>> {
    let all = write_offs::of_invoice(read, id).await?;
    let undone = |entry: &WriteOff| all.iter().any(|other| other.reverses == Some(entry.id));
    let last = all
        .iter()
        .rfind(|entry| entry.reverses.is_none() && !undone(entry));
    Ok(last.cloned())
}
