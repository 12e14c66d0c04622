use crate::app::App;
use crate::error::{ApiError, ApiResult};
use crate::snapshot::{Month, Snapshot};
use crate::use_cases::payments::state;
use crate::wire::{
    AgeingRow, PaymentTag, ReceivableListReply, ReceivableListRequest, ReceivableRow,
};
use chrono::Datelike;
use ratebook_catalog::CustomerId;
use ratebook_invoicing::{AgeBand, Ageing, InvoiceStatus, Standing, standing};
use ratebook_money::{Currency, Date, Money};
use ratebook_store::invoices::InvoiceHead;
use ratebook_store::payments::Settled;
use std::cmp::Reverse;
use std::collections::BTreeMap;

impl App {
    /// What is owed: invoices of which something is open, and sums by age.
    pub async fn receivable_list(
        &self,
        request: ReceivableListRequest,
    ) -> ApiResult<ReceivableListReply> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let today = snapshot.company.zone.date_of(self.now());
        let unknown = |id: &str| ApiError::not_found("customer", id);
        let only = request.customer_id.as_deref();
        let only = only.map(|id| CustomerId::parse(id).map_err(|_| unknown(id)));
        let only = only.transpose()?;
        let mut rows = Vec::new();
        let mut customers: BTreeMap<(CustomerId, Currency), Ageing> = BTreeMap::new();
        let mut totals: BTreeMap<Currency, Ageing> = BTreeMap::new();
        for head in &snapshot.invoices {
            let wanted = only.is_none_or(|id| id == head.customer);
            if head.status != InvoiceStatus::Finalized || !wanted {
                continue;
            }
            let (settled, stands) = stands(&snapshot, head, today)?;
            if stands.open.minor() == 0 {
                continue;
            }
            let currency = head.total.currency();
            let new = || Ageing::none(currency);
            let own = customers.entry((head.customer, currency));
            own.or_insert_with(new).add(&stands)?;
            totals.entry(currency).or_insert_with(new).add(&stands)?;
            let oldest = (
                Reverse(stands.overdue_days),
                head.due_on,
                head.number.clone(),
            );
            rows.push((oldest, row(&snapshot, head, settled, &stands)?));
        }
        rows.sort_by(|a, b| a.0.cmp(&b.0));
        Ok(ReceivableListReply {
            today: today.to_string(),
            invoices: rows.into_iter().map(|(_, row)| row).collect(),
            customers: by_customer(&snapshot, customers)?,
            totals: totals
                .values()
                .map(|ageing| ageing_row(None, ageing))
                .collect::<ApiResult<_>>()?,
        })
    }

    /// Whether a final invoice is paid, for lists.
    pub(crate) fn payment_tag(
        &self,
        snapshot: &Snapshot,
        head: &InvoiceHead,
    ) -> ApiResult<PaymentTag> {
        let today = snapshot.company.zone.date_of(self.now());
        Ok(tag(&stands(snapshot, head, today)?.1))
    }
}

/// What was settled of a final invoice, and where it stands on a day.
pub(crate) fn stands(
    snapshot: &Snapshot,
    head: &InvoiceHead,
    day: Date,
) -> ApiResult<(Settled, Standing)> {
    let zero = Money::zero(head.total.currency());
    let nothing = Settled {
        credited: zero,
        paid: zero,
        written_off: zero,
    };
    let settled = snapshot.settled.get(&head.id).copied().unwrap_or(nothing);
    let payable = payable(head)?;
    let stands = standing(payable, settled.credited, settled.paid, (head.due_on, day))?;
    let stands = stands.written_off(settled.written_off)?;
    Ok((settled, stands))
}

/// What an invoice asks for.
pub(crate) fn payable(head: &InvoiceHead) -> ApiResult<Money> {
    Ok(head.total.minus(head.credit_after_tax)?)
}

fn tag(stands: &Standing) -> PaymentTag {
    PaymentTag {
        state: state(stands.status),
        open: stands.open.into(),
        overdue_days: stands.overdue_days,
    }
}

fn row(
    snapshot: &Snapshot,
    head: &InvoiceHead,
    settled: Settled,
    stands: &Standing,
) -> ApiResult<ReceivableRow> {
    Ok(ReceivableRow {
        id: head.id.to_string(),
        number: head.number.clone(),
        customer_id: head.customer.to_string(),
        customer: name(snapshot, head.customer),
        month: month(snapshot, head).to_string(),
        issued_on: head.issued_on.to_string(),
        due_on: head.due_on.to_string(),
        payable: payable(head)?.into(),
        credited: settled.credited.into(),
        paid: settled.paid.into(),
        payment: tag(stands),
    })
}

fn name(snapshot: &Snapshot, id: CustomerId) -> String {
    let customer = snapshot.customer(id);
    customer.map_or_else(|| id.to_string(), |customer| customer.name.clone())
}

/// The month that the bill run lists an invoice under.
fn month(snapshot: &Snapshot, head: &InvoiceHead) -> Month {
    let zone = snapshot
        .customer(head.customer)
        .map(|customer| customer.zone);
    let day = zone
        .unwrap_or(snapshot.company.zone)
        .date_of(head.period.from);
    Month {
        year: day.year(),
        month: day.month(),
    }
}

/// Who owes most that is overdue comes first.
fn by_customer(
    snapshot: &Snapshot,
    customers: BTreeMap<(CustomerId, Currency), Ageing>,
) -> ApiResult<Vec<AgeingRow>> {
    let mut rows = Vec::with_capacity(customers.len());
    for ((id, _), ageing) in &customers {
        let owed = ageing.owed()?.minor();
        let overdue = owed.saturating_sub(ageing.in_band(AgeBand::NotDue).minor());
        let name = name(snapshot, *id);
        let place = (Reverse(overdue), Reverse(owed), name.clone());
        rows.push((place, ageing_row(Some((*id, name)), ageing)?));
    }
    rows.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(rows.into_iter().map(|(_, row)| row).collect())
}

/// Sums by age on the wire.
pub(crate) fn ageing_row(
    customer: Option<(CustomerId, String)>,
    ageing: &Ageing,
) -> ApiResult<AgeingRow> {
    let (id, name) = customer.unzip();
    let band = |band: AgeBand| ageing.in_band(band).into();
    Ok(AgeingRow {
        customer_id: id.map(|id| id.to_string()),
        customer: name,
        currency: ageing.to_pay_back.currency().to_string(),
        not_due: band(AgeBand::NotDue),
        to_30: band(AgeBand::To30),
        to_60: band(AgeBand::To60),
        to_90: band(AgeBand::To90),
        over_90: band(AgeBand::Over90),
        owed: ageing.owed()?.into(),
        to_pay_back: ageing.to_pay_back.into(),
    })
}
