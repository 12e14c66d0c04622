use crate::app::{App, OpenBook};
use crate::error::{ApiError, ApiResult};
use crate::figures;
use crate::use_cases::einvoices;
use crate::use_cases::invoices::read_id;
use crate::use_cases::papers::{Companion, Paper, print_to};
use crate::wire::{
    CreditNoteCreateRequest, CreditNoteLeft, CreditNoteListReply, CreditNoteListRequest,
    CreditNotePdfSaveRequest, CreditNoteRow, CreditNoteTryReply, CreditNoteTryRequest, Nothing,
    TakeBackText,
};
use chrono::Datelike;
use ratebook_catalog::{CreditNoteId, EinvoiceFormat, InvoiceId, Issue};
use ratebook_invoicing::{
    CreditNote, CreditNoteFault, FinalizedInvoice, InvoiceStatus, LineTakeBack, TakeBack,
    draft_credit_note, finalize_credit_note, left_of, number, print, uses_of,
};
use ratebook_money::Money;
use ratebook_store::credit_notes::{self, NewCreditNote, StoredCreditNote};
use ratebook_store::invoices::{self, StoredInvoice};
use ratebook_store::{SqliteConnection, credits, numbers};
use std::path::PathBuf;

impl App {
    /// The credit notes of an invoice, and what they have left of it.
    pub async fn credit_note_list(
        &self,
        request: CreditNoteListRequest,
    ) -> ApiResult<CreditNoteListReply> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let mut read = open.read().await?;
        let (stored, notes) = noted(&mut read, read_id(&request.invoice_id)?).await?;
        let earlier: Vec<CreditNote> = notes.iter().map(|stored| stored.note.clone()).collect();
        let left = left_of(&stored.invoice, &earlier).map_err(ApiError::internal)?;
        let mut sum = Money::zero(stored.invoice.currency());
        for (_, amount) in &left {
            sum = sum.plus(*amount)?;
        }
        let lines = left.into_iter().map(|(line, left)| CreditNoteLeft {
            line,
            left: left.into(),
        });
        let series = numbers::of_credit_notes(&mut read, &snapshot.company.series).await?;
        let year = snapshot.company.zone.date_of(self.now()).year();
        let counter = invoices::peek_counter(&mut read, &series, year).await?;
        Ok(CreditNoteListReply {
            notes: notes.iter().map(row).collect(),
            left: sum.into(),
            lines: lines.collect(),
            next_number: number(&series, counter, year),
        })
    }

    /// What a credit note would come to.
    pub async fn credit_note_try(
        &self,
        request: CreditNoteTryRequest,
    ) -> ApiResult<CreditNoteTryReply> {
        let open = self.book().await?;
        let mut read = open.read().await?;
        let (stored, notes) = noted(&mut read, read_id(&request.invoice_id)?).await?;
        let asked = asked(&request.asked, &stored.invoice)?;
        let earlier: Vec<CreditNote> = notes.into_iter().map(|stored| stored.note).collect();
        let draft = draft_credit_note(&stored.invoice, &earlier, &asked);
        let draft = draft.map_err(|fault| refusal(&asked, fault))?;
        Ok(CreditNoteTryReply {
            net: draft.totals.net.into(),
            taxes: figures::taxes(&draft.totals),
            tax: draft.totals.tax.into(),
            total: draft.totals.total.into(),
            credits: figures::credits(&draft.credits),
            payable: draft.totals.payable.into(),
        })
    }

    /// Issues a credit note: a number, frozen amounts, credit back to its grants, in one step.
    pub async fn credit_note_create(
        &self,
        request: CreditNoteCreateRequest,
    ) -> ApiResult<CreditNoteRow> {
        let open = self.book().await?;
        let reason = request.reason.trim();
        if reason.is_empty() {
            return Err(ApiError::field("reason", "required"));
        }
        let snapshot = self.snapshot(&open).await?;
        let id = read_id(&request.invoice_id)?;
        let now = self.now();
        let issue_date = snapshot.company.zone.date_of(now);
        // One transaction from the first look at earlier notes on.
        let mut write = open.write().await?;
        let series = numbers::of_credit_notes(&mut write, &snapshot.company.series).await?;
        let (stored, notes) = noted(&mut write, id).await?;
        if stored.head.status != InvoiceStatus::Finalized {
            return Err(ApiError::refused("invoice_void"));
        }
        let asked = asked(&request.asked, &stored.invoice)?;
        let earlier: Vec<CreditNote> = notes.into_iter().map(|stored| stored.note).collect();
        let draft = draft_credit_note(&stored.invoice, &earlier, &asked);
        let draft = draft.map_err(|fault| refusal(&asked, fault))?;
        let counter = invoices::next_counter(&mut write, &series, issue_date.year()).await?;
        let number = number(&series, counter.value(), issue_date.year());
        let reason = reason.to_owned();
        let note = finalize_credit_note(draft, &stored.invoice, number, issue_date, reason);
        let wanted = request.einvoice.map(EinvoiceFormat::from);
        if let Some(format) = wanted.or(note.customer().einvoice) {
            einvoices::of_note(&note, format)?.map_err(ApiError::invalid)?;
        }
        let new = NewCreditNote {
            id: CreditNoteId::new(&mut self.ids()),
            invoice: id,
            series: &series,
            counter,
            now,
        };
        credit_notes::insert(&mut write, new, &note).await?;
        let back = uses_of(note.credits()).map_err(ApiError::internal)?;
        credits::give_back_part(&mut write, id, &back, now, note.number()).await?;
        write.commit().await?;
        let (id, invoice) = (new.id, id);
        Ok(row(&StoredCreditNote { id, invoice, note }))
    }

    /// Writes the PDF of a credit note; with its e-invoice, as that of an invoice.
    pub async fn credit_note_pdf_save(
        &self,
        request: CreditNotePdfSaveRequest,
    ) -> ApiResult<Nothing> {
        let open = self.book().await?;
        let stored = self.credit_note(&open, &request.id).await?;
        let own = stored.note.customer().einvoice;
        let own = own.filter(|format| format.is_hybrid());
        let companion = match request.einvoice.map(EinvoiceFormat::from).or(own) {
            Some(format) => {
                let xml = einvoices::of_note(&stored.note, format)?;
                Companion::of(format, xml.map_err(ApiError::invalid)?)
            }
            None => Companion::None,
        };
        let file = PathBuf::from(&request.path);
        let paper = Paper::new(request.path, print::credit_note(&stored.note)?).with(companion);
        let printed = tokio::task::spawn_blocking(move || print_to(&paper, &file));
        printed.await.map_err(ApiError::internal)??;
        Ok(Nothing {})
    }

    async fn credit_note(&self, open: &OpenBook, id: &str) -> ApiResult<StoredCreditNote> {
        let mut read = open.read().await?;
        Ok(credit_notes::get(&mut read, read_note_id(id)?).await?)
    }
}

pub(crate) fn read_note_id(id: &str) -> ApiResult<CreditNoteId> {
    CreditNoteId::parse(id).map_err(|_| ApiError::not_found("credit_note", id))
}

/// An invoice with its credit notes.
async fn noted(
    read: &mut SqliteConnection,
    id: InvoiceId,
) -> ApiResult<(StoredInvoice, Vec<StoredCreditNote>)> {
    let stored = invoices::get(read, id).await?;
    Ok((stored, credit_notes::of_invoice(read, id).await?))
}

fn asked(text: &TakeBackText, invoice: &FinalizedInvoice) -> ApiResult<TakeBack> {
    let currency = invoice.currency();
    let money = |path: String, amount: &str| {
        let read = Money::parse(amount, currency);
        read.map_err(|_| {
            let issue = Issue::new(&path, "amount").with("currency", currency);
            ApiError::invalid(vec![issue.with("value", amount)])
        })
    };
    match (text.all, text.lines.is_empty(), &text.amount) {
        (true, true, None) => Ok(TakeBack::All),
        (false, true, Some(amount)) => Ok(TakeBack::Amount(money("amount".to_owned(), &amount.0)?)),
        (false, false, None) => {
            let lines = text.lines.iter().enumerate().map(|(place, line)| {
                let path = format!("lines[{place}].amount");
                let amount = line.amount.as_ref();
                let amount = amount.map(|amount| money(path, &amount.0)).transpose()?;
                let line = line.line;
                Ok(LineTakeBack { line, amount })
            });
            Ok(TakeBack::Lines(lines.collect::<ApiResult<_>>()?))
        }
        (true | false, true | false, Some(_) | None) => Err(ApiError::field("asked", "required")),
    }
}

/// A fault at the field that it is about.
fn refusal(asked: &TakeBack, fault: CreditNoteFault) -> ApiError {
    let at_line = |wanted: u32, code: &str| {
        let place = match asked {
            TakeBack::Lines(lines) => lines.iter().position(|line| line.line == wanted),
            TakeBack::All | TakeBack::Amount(_) => None,
        };
        let path = format!("lines[{}].amount", place.unwrap_or_default());
        Issue::new(&path, code).with("line", wanted)
    };
    let issue = match fault {
        CreditNoteFault::NothingLeft => Issue::new("asked", "nothing_left"),
        CreditNoteFault::Nothing => Issue::new("amount", "nothing_taken_back"),
        CreditNoteFault::NoLine(line) => at_line(line, "no_line"),
        CreditNoteFault::Twice(line) => at_line(line, "twice"),
        CreditNoteFault::NotOfLine { line, asked } => {
            at_line(line, "not_of_line").with("value", asked)
        }
        CreditNoteFault::LineTooMuch { line, left } => at_line(line, "too_much").with("left", left),
        CreditNoteFault::TooMuch { left } => Issue::new("amount", "too_much").with("left", left),
        CreditNoteFault::Currency(currency) => {
            Issue::new("amount", "other_currency").with("currency", currency)
        }
        CreditNoteFault::Invoice(error) => return ApiError::internal(error),
        CreditNoteFault::Money(error) => return ApiError::internal(error),
    };
    ApiError::invalid(vec![issue])
}

fn row(stored: &StoredCreditNote) -> CreditNoteRow {
    let (note, totals) = (&stored.note, stored.note.totals());
    CreditNoteRow {
        id: stored.id.to_string(),
        number: note.number().to_owned(),
        issued_on: note.issue_date().to_string(),
        reason: note.reason().to_owned(),
        net: totals.net.into(),
        tax: totals.tax.into(),
        total: totals.total.into(),
        payable: totals.payable.into(),
    }
}
