//! E-invoices of final invoices and credit notes: what stands in them, and how they are written.
//!
//! Everything that a request asks for is made before the first file is written: what one of them
//! lacks stops all, with every fault at once, each with the number of its document.

use crate::app::{App, OpenBook};
use crate::error::{ApiError, ApiResult};
use crate::use_cases::credit_notes::read_note_id;
use crate::use_cases::invoices::read_id;
use crate::use_cases::papers::{Companion, Paper, file_stem, print_to};
use crate::wire::{EinvoiceSaveReply, EinvoiceSaveRequest};
use ratebook_catalog::{EinvoiceFormat, Issue};
use ratebook_einvoice::{Einvoice, EinvoiceError, faults};
use ratebook_invoicing::{CreditNote, DraftInvoice, FinalizedInvoice, Frozen, InvoiceStatus};
use ratebook_invoicing::{finalize, print};
use ratebook_money::Date;
use ratebook_store::{credit_notes, invoices};
use std::path::PathBuf;

impl App {
    /// Writes final invoices and credit notes as e-invoices.
    pub async fn einvoice_save(
        &self,
        request: EinvoiceSaveRequest,
    ) -> ApiResult<EinvoiceSaveReply> {
        let open = self.book().await?;
        let wanted = request.format.map(EinvoiceFormat::from);
        let originals = originals(&open, &request).await?;
        let path = PathBuf::from(&request.path);
        let files = tokio::task::spawn_blocking(move || {
            let mut papers = Vec::with_capacity(originals.len());
            let mut lacking = Vec::new();
            for original in &originals {
                match original.paper(wanted)? {
                    Ok(paper) => papers.push(paper),
                    Err(faults) => lacking.extend(faults),
                }
            }
            if !lacking.is_empty() {
                return Err(ApiError::invalid(lacking));
            }
            let many = papers.len() > 1 || path.is_dir();
            let mut files = Vec::with_capacity(papers.len());
            for paper in papers {
                let file = if many {
                    path.join(&paper.name)
                } else {
                    path.clone()
                };
                print_to(&paper, &file)?;
                files.push(file.display().to_string());
            }
            Ok::<_, ApiError>(files)
        });
        let files = files.await.map_err(ApiError::internal)??;
        Ok(EinvoiceSaveReply { files })
    }
}

/// What an e-invoice is made of.
enum Original {
    Invoice(Box<FinalizedInvoice>, InvoiceStatus),
    Note(Box<CreditNote>),
}

async fn originals(open: &OpenBook, request: &EinvoiceSaveRequest) -> ApiResult<Vec<Original>> {
    let mut originals = Vec::with_capacity(request.ids.len());
    let mut read = open.read().await?;
    for id in &request.ids {
        let stored = invoices::get(&mut read, read_id(id)?).await?;
        let status = stored.head.status;
        originals.push(Original::Invoice(Box::new(stored.invoice), status));
    }
    for id in &request.credit_note_ids {
        let stored = credit_notes::get(&mut read, read_note_id(id)?).await?;
        originals.push(Original::Note(Box::new(stored.note)));
    }
    Ok(originals)
}

impl Original {
    /// One file that is the e-invoice, in the format that is asked for or else the customer's own.
    fn paper(&self, wanted: Option<EinvoiceFormat>) -> ApiResult<Result<Paper, Vec<Issue>>> {
        let (number, customer) = match self {
            Self::Invoice(invoice, _) => (invoice.number(), invoice.customer()),
            Self::Note(note) => (note.number(), note.customer()),
        };
        let Some(format) = wanted.or(customer.einvoice) else {
            let issue = Issue::new("customer.einvoice", "required").with("invoice", number);
            return Ok(Err(vec![issue]));
        };
        let written = match self {
            Self::Invoice(invoice, status) => of_invoice(invoice, *status, format)?,
            Self::Note(note) => of_note(note, format)?,
        };
        let xml = match written {
            Ok(xml) => xml,
            Err(faults) => return Ok(Err(faults)),
        };
        let stem = file_stem(number);
        if !format.is_hybrid() {
            return Ok(Ok(Paper::xml(format!("{stem}.xml"), xml)));
        }
        let document = match self {
            Self::Invoice(invoice, status) => print::finalized(invoice, *status)?,
            Self::Note(note) => print::credit_note(note)?,
        };
        let name = format!("{stem}.pdf");
        Ok(Ok(Paper::new(name, document).with(Companion::Inside(xml))))
    }
}

/// The XML of an invoice, or what it lacks. A void one is not sent.
pub(crate) fn of_invoice(
    invoice: &FinalizedInvoice,
    status: InvoiceStatus,
    format: EinvoiceFormat,
) -> ApiResult<Result<String, Vec<Issue>>> {
    let number = invoice.number();
    if status == InvoiceStatus::Void {
        let issue = Issue::new("number", "einvoice_void").with("invoice", number);
        return Ok(Err(vec![issue]));
    }
    written(Einvoice::of(invoice), format, number)
}

/// The XML of a credit note, or what it lacks.
pub(crate) fn of_note(
    note: &CreditNote,
    format: EinvoiceFormat,
) -> ApiResult<Result<String, Vec<Issue>>> {
    written(Einvoice::of_credit_note(note), format, note.number())
}

fn written(
    einvoice: Result<Einvoice, EinvoiceError>,
    format: EinvoiceFormat,
    number: &str,
) -> ApiResult<Result<String, Vec<Issue>>> {
    match einvoice.and_then(|einvoice| ratebook_einvoice::write(&einvoice, format)) {
        Ok(text) => Ok(Ok(text)),
        Err(EinvoiceError::Faults(found)) => {
            let named = found.into_iter();
            Ok(Err(named
                .map(|fault| fault.with("invoice", number))
                .collect()))
        }
        Err(error) => Err(error.into()),
    }
}

/// What a draft lacks for the e-invoice that its customer wants; nothing for a customer who wants
/// none. It is looked at as if it were finalized now.
pub(crate) fn lacking(draft: &DraftInvoice, today: Date) -> Vec<Issue> {
    let Some(format) = draft.customer.einvoice else {
        return Vec::new();
    };
    // The number is given later; it is never what is missing.
    let unfrozen = Frozen::from_json(String::new());
    let invoice = finalize(draft.clone(), &unfrozen, "1".to_owned(), today);
    // A draft that cannot be put into words says so where it is printed.
    let einvoice = invoice.map(|invoice| Einvoice::of(&invoice));
    match einvoice {
        Ok(Ok(einvoice)) => faults(&einvoice, format),
        Ok(Err(_)) | Err(_) => Vec::new(),
    }
}
