//! What a person adds to computed drafts and decides about them: stored, undoable, an input of the
//! invoice like any other.

use crate::app::{App, OpenBook};
use crate::convert::{Reader, read_draft_edit, write_draft_edit, write_treatment};
use crate::error::{ApiError, ApiResult};
use crate::figures;
use crate::snapshot::{Month, Snapshot};
use crate::use_cases::invoices::read_ids;
use crate::wire::{
    DraftMark, InvoiceDraftMarkRequest, InvoiceDraftReply, InvoiceDraftRequest,
    InvoiceDraftSaveRequest, InvoiceDraftTryReply,
};
use ratebook_catalog::{Customer, CustomerId, Issue};
use ratebook_invoicing::{DraftEdit, DraftInvoice, InvoiceError};
use ratebook_money::Money;
use ratebook_store::drafts::{self, BelowGuard, DraftEntry, DraftMarks};
use std::sync::Arc;

const MOST_REASON: usize = 300;

impl App {
    /// What was added to the draft of a customer and month.
    pub async fn invoice_draft_get(
        &self,
        request: InvoiceDraftRequest,
    ) -> ApiResult<InvoiceDraftReply> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let (customer, month) = place(&snapshot, &request.customer_id, &request.month)?;
        reply(&snapshot, customer, month)
    }

    /// What the draft would come to with other additions; refuses what saving would refuse.
    pub async fn invoice_draft_try(
        &self,
        request: InvoiceDraftSaveRequest,
    ) -> ApiResult<InvoiceDraftTryReply> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let (customer, month) = place(&snapshot, &request.customer_id, &request.month)?;
        let (_, draft) = self
            .checked_edit(&open, &snapshot, (customer, month), &request)
            .await?;
        let totals = &draft.totals;
        Ok(InvoiceDraftTryReply {
            lines: totals.net.into(),
            discount: figures::discount(totals),
            tax: totals.tax.into(),
            total: totals.total.into(),
            payable: totals.payable.into(),
        })
    }

    /// Stores additions to a draft.
    pub async fn invoice_draft_save(
        &self,
        request: InvoiceDraftSaveRequest,
    ) -> ApiResult<InvoiceDraftReply> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let (customer, month) = place(&snapshot, &request.customer_id, &request.month)?;
        refuse_final(&snapshot, customer, month)?;
        let (edit, _) = self
            .checked_edit(&open, &snapshot, (customer, month), &request)
            .await?;
        let entry = DraftEntry {
            edit: Some(edit),
            marks: marks_of(&snapshot, customer.id, month),
        };
        let subject = format!("{}, {month}", customer.name);
        let mut write = open
            .edit("invoice_draft_save", &subject, self.now())
            .await?;
        drafts::save(&mut write, customer.id, &month.to_string(), &entry).await?;
        write.finish().await?;
        self.invoice_draft_get(InvoiceDraftRequest {
            customer_id: request.customer_id,
            month: month.to_string(),
        })
        .await
    }

    /// Holds, releases or approves drafts, or lets them be finalized below the margin guard: all
    /// of them or, where one cannot be, none.
    pub async fn invoice_draft_mark(
        &self,
        request: InvoiceDraftMarkRequest,
    ) -> ApiResult<crate::wire::Nothing> {
        let open = self.book().await?;
        let reason = checked_reason(&request)?;
        let snapshot = self.snapshot(&open).await?;
        let month = snapshot.month_or_usual(Some(&request.month))?;
        let (snapshot, known) = self.month_drafts(&open, month).await?;
        let mut entries: Vec<(CustomerId, DraftEntry)> = Vec::new();
        for id in read_ids(&request.customer_ids)? {
            let customer = known_customer(&snapshot, id)?;
            refuse_final(&snapshot, customer, month)?;
            let draft = known.customers.iter().find(|draft| draft.customer == id);
            let total = draft.and_then(|draft| draft.summary()).map(|sum| sum.total);
            let entry = snapshot.entry(id, month).cloned().unwrap_or_default();
            let marks = marked(entry.marks, request.mark, &reason, total);
            let marks = marks.ok_or_else(|| {
                ApiError::refused("draft_cannot_be_computed").with("customer", &customer.name)
            })?;
            entries.push((id, DraftEntry { marks, ..entry }));
        }
        let (code, subject) = (step_code(request.mark), subject(&snapshot, &entries, month));
        let mut write = open.edit(code, &subject, self.now()).await?;
        for (customer, entry) in &entries {
            drafts::save(&mut write, *customer, &month.to_string(), entry).await?;
        }
        write.finish().await?;
        Ok(crate::wire::Nothing {})
    }

    /// Additions as they were read, and the draft with them; every fault at its field.
    async fn checked_edit(
        &self,
        open: &Arc<OpenBook>,
        snapshot: &Snapshot,
        (customer, month): (&Customer, Month),
        request: &InvoiceDraftSaveRequest,
    ) -> ApiResult<(DraftEdit, DraftInvoice)> {
        let mut reader = Reader::default();
        let edit = read_draft_edit(&mut reader, &request.edit, customer);
        if let Some(edit) = &edit {
            reader.faults(edit.check(customer.currency));
        }
        let edit = reader.done(edit)?;
        let edit = edit.ok_or_else(|| ApiError::field("edit", "required"))?;
        let at = (customer, month);
        let issue = match self.draft_tried(open, snapshot, at, &edit).await? {
            Ok(draft) if edit.is_empty() || draft.totals.total.minor() >= 0 => {
                return Ok((edit, draft));
            }
            Ok(draft) => {
                let path = if edit.lines.is_empty() {
                    "discount.amount"
                } else {
                    "lines"
                };
                Issue::new(path, "total_below_zero").with("total", draft.totals.total)
            }
            Err(InvoiceError::DiscountAboveSum { sum }) => {
                let discount = request.edit.discount.as_ref();
                let is_amount = discount.is_some_and(|discount| discount.amount.is_some());
                let path = if is_amount {
                    "discount.amount"
                } else {
                    "discount.percent"
                };
                Issue::new(path, "above_sum").with("sum", sum)
            }
            Err(other) => return Err(other.into()),
        };
        Err(ApiError::invalid(vec![issue]))
    }
}

/// The reason of a mark that needs one.
fn checked_reason(request: &InvoiceDraftMarkRequest) -> ApiResult<String> {
    let reason = request.reason.trim();
    let needs = match request.mark {
        DraftMark::Hold | DraftMark::AcceptMargin => true,
        DraftMark::Release | DraftMark::Approve | DraftMark::Unapprove => false,
    };
    if needs && reason.is_empty() {
        return Err(ApiError::field("reason", "required"));
    }
    if reason.chars().count() > MOST_REASON {
        let issue = Issue::new("reason", "too_long").with("most", MOST_REASON);
        return Err(ApiError::invalid(vec![issue]));
    }
    Ok(reason.to_owned())
}

/// The marks of a draft with one more; nothing where its total must be known and is not.
fn marked(
    before: DraftMarks,
    mark: DraftMark,
    reason: &str,
    total: Option<Money>,
) -> Option<DraftMarks> {
    Some(match mark {
        DraftMark::Hold => DraftMarks {
            hold: Some(reason.to_owned()),
            approved: None,
            ..before
        },
        DraftMark::Release => DraftMarks {
            hold: None,
            ..before
        },
        // What was approved is no longer held.
        DraftMark::Approve => DraftMarks {
            hold: None,
            approved: Some(total?),
            ..before
        },
        DraftMark::Unapprove => DraftMarks {
            approved: None,
            ..before
        },
        DraftMark::AcceptMargin => DraftMarks {
            below_guard: Some(BelowGuard {
                reason: reason.to_owned(),
                total: total?,
            }),
            ..before
        },
    })
}

fn step_code(mark: DraftMark) -> &'static str {
    match mark {
        DraftMark::Hold => "invoice_hold",
        DraftMark::Release => "invoice_release",
        DraftMark::Approve => "invoice_approve",
        DraftMark::Unapprove => "invoice_unapprove",
        DraftMark::AcceptMargin => "invoice_accept_margin",
    }
}

/// The customer's name, or how many there are.
fn subject(snapshot: &Snapshot, entries: &[(CustomerId, DraftEntry)], month: Month) -> String {
    match entries {
        [(id, _)] => {
            let name = snapshot
                .customer(*id)
                .map(|customer| customer.name.as_str());
            format!("{}, {month}", name.unwrap_or_default())
        }
        many => format!("{} × {month}", many.len()),
    }
}

fn known_customer(snapshot: &Snapshot, id: CustomerId) -> ApiResult<&Customer> {
    let found = snapshot.customer(id);
    found.ok_or_else(|| ApiError::not_found("customer", &id.to_string()))
}

fn place<'a>(
    snapshot: &'a Snapshot,
    customer: &str,
    month: &str,
) -> ApiResult<(&'a Customer, Month)> {
    let id = CustomerId::parse(customer).map_err(|_| ApiError::not_found("customer", customer))?;
    let month = Month::parse(month).ok_or_else(|| ApiError::field("month", "not_a_date"))?;
    Ok((known_customer(snapshot, id)?, month))
}

/// What is final does not change.
fn refuse_final(snapshot: &Snapshot, customer: &Customer, month: Month) -> ApiResult<()> {
    match snapshot.finalized(customer.id, month.period(customer)?) {
        None => Ok(()),
        Some(head) => Err(ApiError::refused("invoice_final").with("number", &head.number)),
    }
}

fn marks_of(snapshot: &Snapshot, customer: CustomerId, month: Month) -> DraftMarks {
    let entry = snapshot.entry(customer, month);
    entry.map(|entry| entry.marks.clone()).unwrap_or_default()
}

fn reply(snapshot: &Snapshot, customer: &Customer, month: Month) -> ApiResult<InvoiceDraftReply> {
    let entry = snapshot
        .entry(customer.id, month)
        .cloned()
        .unwrap_or_default();
    let edit = entry.edit.unwrap_or_default();
    let period = month.period(customer)?;
    Ok(InvoiceDraftReply {
        edit: write_draft_edit(&edit, customer.currency),
        hold: entry.marks.hold,
        approved: entry.marks.approved.map(Into::into),
        below_guard: entry.marks.below_guard.map(|given| given.reason),
        customer_reference: customer.reference.clone(),
        customer_tax: write_treatment(&customer.tax),
        finalized: snapshot.finalized(customer.id, period).is_some(),
    })
}
