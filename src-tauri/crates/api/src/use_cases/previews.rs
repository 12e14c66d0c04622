use crate::app::App;
use crate::drafts::preview::{Preview, preview};
use crate::error::{ApiError, ApiResult};
use crate::figures;
use crate::snapshot::Month;
use crate::wire::{PreviewInvoice, SubscriptionPreviewReply, SubscriptionPreviewRequest};
use ratebook_invoicing::{DraftInvoice, due_date};
use ratebook_money::Date;

impl App {
    /// The next three invoices of a subscription as it is being edited. Nothing is stored.
    pub async fn subscription_preview(
        &self,
        request: SubscriptionPreviewRequest,
    ) -> ApiResult<SubscriptionPreviewReply> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let subscription = self.read_checked(&snapshot, &request.subscription)?;
        let other = snapshot.with_subscription(subscription.clone());
        let customer = other
            .customer(subscription.customer)
            .ok_or_else(|| ApiError::field("customerId", "unknown"))?;
        let mut read = open.read().await?;
        let mut cache = open.take_classes();
        let found = preview(&mut read, &mut cache, &other, customer, &subscription).await;
        open.put_classes(cache);
        let Preview { invoices, assumed } = found?;
        let today = customer.zone.date_of(other.as_of);
        let invoices = invoices.into_iter();
        let invoices = invoices.map(|(month, invoice)| describe(month, &invoice, today));
        Ok(SubscriptionPreviewReply {
            invoices: invoices.collect::<ApiResult<Vec<PreviewInvoice>>>()?,
            assumed_month: assumed.map(|month| month.to_string()),
        })
    }
}

/// An invoice is written when its month is over, not before today.
fn describe(month: Month, invoice: &DraftInvoice, today: Date) -> ApiResult<PreviewInvoice> {
    let after = invoice.service.last.succ_opt().unwrap_or(today);
    let issued = after.max(today);
    Ok(PreviewInvoice {
        month: month.to_string(),
        issued_on: issued.to_string(),
        due_on: due_date(&invoice.company, &invoice.customer, issued)?.to_string(),
        lines: figures::lines(&invoice.lines),
        service: invoice
            .lines
            .iter()
            .map(|line| {
                let days = line.rated.service;
                vec![days.first.to_string(), days.last.to_string()]
            })
            .collect(),
        net: invoice.totals.net.into(),
        tax: invoice.totals.tax.into(),
        total: invoice.totals.total.into(),
        held: figures::held(&invoice.held),
    })
}
