use crate::app::{App, OpenBook};
use crate::drafts::finals::{RatedCustomer, Run};
use crate::drafts::{CustomerDraft, credit};
use crate::error::{ApiError, ApiResult, ErrorCode};
use crate::figures;
use crate::jobs::{Job, Report};
use crate::snapshot::{FinalFacts, Month, Snapshot, lock};
use crate::use_cases::papers::scripts_missing;
use crate::wire::{
    InvoiceFinalizeReply, InvoiceFinalizeRequest, InvoiceGetReply, InvoiceGetRequest,
    InvoiceListReply, InvoiceListRequest, InvoiceRow, InvoiceState, InvoiceVoidRequest, PaymentTag,
};
use chrono::Datelike;
use ratebook_catalog::{CustomerId, InvoiceId};
use ratebook_invoicing::{InvoiceStatus, due_date, finalize, number};
use ratebook_money::{Date, Money, Timestamp};
use ratebook_store::invoices::{self, NewInvoice, StoredInvoice};
use ratebook_store::{SqliteConnection, change_count, credits};
use std::sync::Arc;

/// The draft or the final invoice that a request means.
pub(crate) enum Target {
    /// A final one.
    Final(Box<StoredInvoice>),
    /// The draft of a customer and month.
    Draft(CustomerId, Month),
}

impl App {
    /// Drafts and invoices of a month.
    pub async fn invoice_list(&self, request: InvoiceListRequest) -> ApiResult<InvoiceListReply> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let month = snapshot.month_or_usual(request.month.as_deref())?;
        let (snapshot, drafts) = self.month_drafts(&open, month).await?;
        let mut rows = Vec::new();
        for draft in &drafts.customers {
            let row = self.invoice_row(&open, &snapshot, draft, month).await?;
            // A month without a fee and without usage makes no invoice.
            if row.state != InvoiceState::Draft || draft.has_lines() {
                rows.push(row);
            }
        }
        rows.extend(void_rows(&snapshot, month));
        rows.sort_by(|a, b| (order(a.state), &a.customer).cmp(&(order(b.state), &b.customer)));
        let mut read = open.read().await?;
        let ends = snapshot.company.zone.month(month.year, month.month)?.to;
        Ok(InvoiceListReply {
            month: month.to_string(),
            months: snapshot.months.iter().map(ToString::to_string).collect(),
            rows,
            next_number: self.next_number(&mut read, &snapshot.company).await?,
            complete: ends <= self.now(),
        })
    }

    /// A whole invoice.
    pub async fn invoice_get(&self, request: InvoiceGetRequest) -> ApiResult<InvoiceGetReply> {
        let open = self.book().await?;
        match self.invoice_target(&open, &request).await? {
            Target::Final(stored) => self.describe_final(&open, &stored).await,
            Target::Draft(customer, month) => self.describe_draft(&open, customer, month).await,
        }
    }

    /// Makes drafts final, all in one step: numbers are given only when everything else is done.
    pub async fn invoice_finalize(
        &self,
        request: InvoiceFinalizeRequest,
        report: Report,
    ) -> ApiResult<InvoiceFinalizeReply> {
        let running = self.jobs.start(&request.job_id, report);
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let month = snapshot.month_or_usual(Some(&request.month))?;
        let wanted = read_ids(&request.customer_ids)?;
        let (snapshot, drafts) = self.month_drafts(&open, month).await?;
        let mut ready: Vec<&CustomerDraft> = Vec::new();
        let mut held = Vec::new();
        for draft in &drafts.customers {
            let asked = wanted.is_empty() || wanted.contains(&draft.customer);
            if !asked || draft.finalized().is_some() {
                continue;
            }
            if draft.period.to > self.now() || !draft.held().is_empty() {
                held.push(self.invoice_row(&open, &snapshot, draft, month).await?);
            } else if draft.has_lines() {
                ready.push(draft);
            }
        }
        if ready.is_empty() {
            return Ok(InvoiceFinalizeReply {
                invoices: Vec::new(),
                held,
            });
        }
        // The rows that were looked at are those that became final: nothing was computed anew.
        let mut done = Vec::with_capacity(ready.len());
        for draft in &ready {
            done.push(self.invoice_row(&open, &snapshot, draft, month).await?);
        }
        let heads = self
            .finalize_all(&open, &snapshot, &ready, &running.job)
            .await?;
        for (row, head) in done.iter_mut().zip(heads) {
            row.state = InvoiceState::Finalized;
            row.id = Some(head.id.to_string());
            row.number = Some(head.number);
            row.issued_on = Some(head.issued_on.to_string());
            row.net = head.net.into();
            row.total = head.total.into();
        }
        done.sort_by(|a, b| a.number.cmp(&b.number));
        Ok(InvoiceFinalizeReply {
            invoices: done,
            held,
        })
    }

    /// Voids a final invoice; its number stays used and the month can be invoiced anew.
    pub async fn invoice_void(&self, request: InvoiceVoidRequest) -> ApiResult<InvoiceGetReply> {
        let open = self.book().await?;
        let id = read_id(&request.id)?;
        if request.reason.trim().is_empty() {
            return Err(ApiError::field("reason", "required"));
        }
        let mut write = open.write().await?;
        let now = self.now();
        invoices::void(&mut write, id, now, request.reason.trim()).await?;
        credits::give_back(&mut write, id, now).await?;
        let stored = invoices::get(&mut write, id).await?;
        write.commit().await?;
        self.describe_final(&open, &stored).await
    }

    async fn finalize_all(
        &self,
        open: &OpenBook,
        snapshot: &Arc<Snapshot>,
        ready: &[&CustomerDraft],
        job: &Job,
    ) -> ApiResult<Vec<Numbered>> {
        let mut heads = Vec::with_capacity(ready.len());
        let total = u64::try_from(ready.len()).ok();
        let now = self.now();
        let issue_date = snapshot.company.zone.date_of(now);
        let mut ids = self.ids();
        // One write transaction from the first look at usage on: nothing can come in between, and
        // cancelling or a crash leaves no number behind.
        let mut write = open.write().await?;
        if change_count(&mut write).await? != snapshot.change {
            // Somebody changed the book since the drafts were looked at: look again first.
            return Err(ApiError::new(ErrorCode::Conflict));
        }
        let epoch = invoices::begin_run(&mut write, now).await?;
        let wanted = ready.iter().map(|draft| (draft.customer, draft.period));
        let mut run = Run::start(open, snapshot, wanted.collect()).await?;
        for (done, place) in (0_u64..).zip(0..ready.len()) {
            job.check()?;
            if done.is_multiple_of(8) {
                job.report("finalize", done, total);
            }
            let rated = run.rated(place).await?;
            let stamp = (InvoiceId::new(&mut ids), epoch, now);
            let reason = ready.get(place).map_or("", |draft| draft.margin_reason());
            let stamp = (stamp, issue_date, reason);
            heads.push(store_one(&mut write, snapshot, rated, stamp).await?);
        }
        job.check()?;
        write.commit().await?;
        job.report("finalize", total.unwrap_or(0), total);
        Ok(heads)
    }

    /// What a request means.
    pub(crate) async fn invoice_target(
        &self,
        open: &OpenBook,
        request: &InvoiceGetRequest,
    ) -> ApiResult<Target> {
        if let Some(id) = &request.id {
            let mut read = open.read().await?;
            let stored = invoices::get(&mut read, read_id(id)?).await?;
            return Ok(Target::Final(Box::new(stored)));
        }
        let customer = request.customer_id.as_deref().unwrap_or_default();
        let customer =
            CustomerId::parse(customer).map_err(|_| ApiError::not_found("customer", customer))?;
        let snapshot = self.snapshot(open).await?;
        let month = snapshot.month_or_usual(request.month.as_deref())?;
        Ok(Target::Draft(customer, month))
    }

    async fn describe_draft(
        &self,
        open: &OpenBook,
        customer: CustomerId,
        month: Month,
    ) -> ApiResult<InvoiceGetReply> {
        let (snapshot, drafts) = self.month_drafts(open, month).await?;
        let found = drafts
            .customers
            .iter()
            .find(|draft| draft.customer == customer);
        let found = found.ok_or_else(|| ApiError::not_found("draft", &month.to_string()))?;
        if let Some(head) = found.finalized() {
            let mut read = open.read().await?;
            let stored = invoices::get(&mut read, head.id).await?;
            return self.describe_final(open, &stored).await;
        }
        let row = self.invoice_row(open, &snapshot, found, month).await?;
        let customer = snapshot
            .customer(customer)
            .ok_or_else(|| ApiError::not_found("customer", &customer.to_string()))?;
        let draft = self.whole_draft(open, &snapshot, customer, month).await?;
        let today = snapshot.company.zone.date_of(self.now());
        let due_on = due_date(&draft.company, &draft.customer, today)?;
        let own = draft.edit.clone().unwrap_or_default();
        Ok(InvoiceGetReply {
            row,
            discount: figures::discount(&draft.totals),
            note: own.note,
            internal_note: own.internal_note,
            purchase_order: own.purchase_order,
            buyer_reference: if own.buyer_reference.is_empty() {
                draft.customer.reference.clone()
            } else {
                own.buyer_reference
            },
            replaces: draft.replaces.as_ref().map(|old| old.number.clone()),
            finalized_reason: found.margin_reason().to_owned(),
            lines: figures::lines(&draft.lines),
            taxes: figures::taxes(&draft.totals),
            tax: draft.totals.tax.into(),
            credits: figures::credits(&draft.credits),
            payable: draft.totals.payable.into(),
            held: figures::held(&draft.held),
            due_on: due_on.to_string(),
            from: draft.service.first.to_string(),
            to: draft.service.last.to_string(),
            input_hash: None,
            as_of: None,
            missing_scripts: scripts_missing(&draft, today),
            einvoice: draft.customer.einvoice.map(Into::into),
        })
    }

    async fn describe_final(
        &self,
        open: &OpenBook,
        stored: &StoredInvoice,
    ) -> ApiResult<InvoiceGetReply> {
        let snapshot = self.snapshot(open).await?;
        let invoice = &stored.invoice;
        lock(&open.caches.finals).insert(stored.head.id, FinalFacts::of(invoice));
        let mut read = open.read().await?;
        let reason = invoices::finalized_reason(&mut read, stored.head.id).await?;
        let own = invoice.edit().cloned().unwrap_or_default();
        Ok(InvoiceGetReply {
            row: final_row(stored, self.payment_tag(&snapshot, &stored.head)?),
            discount: figures::discount(invoice.totals()),
            note: own.note,
            internal_note: own.internal_note,
            purchase_order: own.purchase_order,
            buyer_reference: invoice.buyer_reference().to_owned(),
            replaces: invoice.replaces().map(|old| old.number.clone()),
            finalized_reason: reason,
            lines: figures::lines(invoice.lines()),
            taxes: figures::taxes(invoice.totals()),
            tax: invoice.totals().tax.into(),
            credits: figures::credits(invoice.credits()),
            payable: invoice.totals().payable.into(),
            held: Vec::new(),
            due_on: invoice.due_date().to_string(),
            from: invoice.service().first.to_string(),
            to: invoice.service().last.to_string(),
            input_hash: Some(stored.input_hash.clone()),
            as_of: Some(invoice.as_of().to_string()),
            missing_scripts: Vec::new(),
            einvoice: invoice.customer().einvoice.map(Into::into),
        })
    }
}

/// What a draft got by becoming final.
struct Numbered {
    id: InvoiceId,
    number: String,
    issued_on: Date,
    net: Money,
    total: Money,
}

async fn store_one(
    write: &mut SqliteConnection,
    snapshot: &Snapshot,
    rated: RatedCustomer,
    ((id, epoch, now), issue_date, reason): ((InvoiceId, i64, Timestamp), Date, &str),
) -> ApiResult<Numbered> {
    let series = &snapshot.company.series;
    let year = issue_date.year();
    let counter = invoices::next_counter(write, series, year).await?;
    let number = number(series, counter.value(), year);
    let invoice = finalize(rated.draft, &rated.inputs, number, issue_date)?;
    let new = NewInvoice {
        id,
        series,
        counter,
        epoch,
        finalized_at: now,
        reason,
    };
    invoices::insert(write, new, &invoice, &rated.inputs).await?;
    let credited = (&invoice, rated.included.as_slice());
    credit::settle(write, snapshot, credited, (id, now)).await?;
    Ok(Numbered {
        id,
        number: invoice.number().to_owned(),
        issued_on: issue_date,
        net: invoice.totals().charged()?,
        total: invoice.totals().total,
    })
}

/// A final invoice as lists show it, as it was then.
pub(crate) fn final_row(stored: &StoredInvoice, payment: PaymentTag) -> InvoiceRow {
    let (head, invoice) = (&stored.head, &stored.invoice);
    let first = invoice.service().first;
    let cost = invoice.cost();
    let mut plans: Vec<&str> = Vec::new();
    for line in invoice.lines() {
        if !plans.contains(&line.rated.charge_name.as_str()) {
            plans.push(&line.rated.charge_name);
        }
    }
    InvoiceRow {
        id: Some(head.id.to_string()),
        customer_id: head.customer.to_string(),
        customer: invoice.customer().name.clone(),
        month: Month {
            year: first.year(),
            month: first.month(),
        }
        .to_string(),
        number: Some(head.number.clone()),
        state: match head.status {
            InvoiceStatus::Void => InvoiceState::Void,
            InvoiceStatus::Finalized | InvoiceStatus::Draft => InvoiceState::Finalized,
        },
        net: head.net.into(),
        total: head.total.into(),
        cost: cost.and_then(|cost| cost.round().ok()).map(Into::into),
        margin: cost.and_then(|cost| figures::margin_text(head.net, cost)),
        markup: cost.and_then(|cost| figures::markup_text(head.net, cost)),
        change: None,
        plan: plans.join(", "),
        held: Vec::new(),
        fault: None,
        einvoice_faults: Vec::new(),
        issued_on: Some(head.issued_on.to_string()),
        payment: (head.status == InvoiceStatus::Finalized).then_some(payment),
        hold: None,
        approved: false,
        change_amount: None,
        flags: Vec::new(),
    }
}

fn void_rows(snapshot: &Snapshot, month: Month) -> Vec<InvoiceRow> {
    let void = snapshot
        .invoices
        .iter()
        .filter(|head| head.status == InvoiceStatus::Void);
    let rows = void.filter_map(|head| {
        let customer = snapshot.customer(head.customer)?;
        (month.period(customer).ok()? == head.period).then(|| InvoiceRow {
            id: Some(head.id.to_string()),
            customer_id: head.customer.to_string(),
            customer: customer.name.clone(),
            month: month.to_string(),
            number: Some(head.number.clone()),
            state: InvoiceState::Void,
            net: head.net.into(),
            total: head.total.into(),
            cost: None,
            margin: None,
            markup: None,
            change: None,
            plan: String::new(),
            held: Vec::new(),
            fault: None,
            einvoice_faults: Vec::new(),
            issued_on: Some(head.issued_on.to_string()),
            payment: None,
            hold: None,
            approved: false,
            change_amount: None,
            flags: Vec::new(),
        })
    });
    rows.collect()
}

fn order(state: InvoiceState) -> u8 {
    match state {
        InvoiceState::Held => 0,
        InvoiceState::Draft => 1,
        InvoiceState::Finalized => 2,
        InvoiceState::Void => 3,
    }
}

pub(crate) fn read_id(text: &str) -> ApiResult<InvoiceId> {
    InvoiceId::parse(text).map_err(|_| ApiError::not_found("invoice", text))
}

pub(crate) fn read_ids(texts: &[String]) -> ApiResult<Vec<CustomerId>> {
    let ids = texts
        .iter()
        .map(|text| CustomerId::parse(text).map_err(|_| ApiError::not_found("customer", text)));
    ids.collect()
}
