//! All documents of a month as a folder with a manifest: PDF, XML where it is asked for, and the
//! lines as CSV. It is written beside its place and then renamed: there is all of it or nothing.

use super::einvoices::{of_invoice, of_note};
use super::papers::{Companion, Paper, file_stem, files_of};
use crate::app::{App, OpenBook};
use crate::error::{ApiError, ApiResult};
use crate::figures;
use crate::jobs::{Job, Report};
use crate::snapshot::Month;
use crate::use_cases::books::file_error;
use crate::wire::{Count, ExportedFile, InvoiceExportReply, InvoiceExportRequest};
use ratebook_catalog::{EinvoiceFormat, Issue};
use ratebook_invoicing::{InvoiceStatus, print, sha256_of};
use ratebook_money::{Money, Zone};
use ratebook_store::credit_notes::{self, StoredCreditNote};
use ratebook_store::invoices::{self, StoredInvoice};
use ratebook_usage::import::inert;
use std::path::{Path, PathBuf};

const MANIFEST: &str = "manifest.json";
const LINES: &str = "lines.csv";

/// A document of the month with what was made of it.
struct Exported {
    stored: StoredInvoice,
    notes: Vec<StoredCreditNote>,
}

impl App {
    /// Writes the documents of a month into a new folder.
    pub async fn invoice_export(
        &self,
        request: InvoiceExportRequest,
        report: Report,
    ) -> ApiResult<InvoiceExportReply> {
        let running = self.jobs.start(&request.job_id, report);
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let month = snapshot.month_or_usual(Some(&request.month))?;
        let target = PathBuf::from(&request.path);
        refuse_full(&target)?;
        let zone = snapshot.company.zone;
        let documents = documents(&open, (month, zone)).await?;
        if documents.is_empty() {
            return Err(ApiError::refused("nothing_final").with("month", month));
        }
        let aside = beside(&target)?;
        let work = Work {
            aside: aside.clone(),
            documents,
            format: request.format.map(EinvoiceFormat::from),
            month,
        };
        let job = running.job.clone();
        let written = tokio::task::spawn_blocking(move || work.write(&job));
        let written = written.await.map_err(ApiError::internal)?;
        let done = written.and_then(|files| {
            running.job.check()?;
            // An empty folder makes room.
            let _ = std::fs::remove_dir(&target);
            std::fs::rename(&aside, &target).map_err(|error| file_error(&target, &error))?;
            Ok(files)
        });
        match done {
            Ok(files) => Ok(InvoiceExportReply {
                folder: target.display().to_string(),
                files,
            }),
            Err(error) => {
                let _ = std::fs::remove_dir_all(&aside);
                Err(error)
            }
        }
    }
}

/// The invoices of a month, void ones too, in order of their numbers' giving.
async fn documents(open: &OpenBook, (month, zone): (Month, Zone)) -> ApiResult<Vec<Exported>> {
    let mut read = open.read().await?;
    let mut found = Vec::new();
    for head in invoices::list(&mut read, None).await?.into_iter().rev() {
        // The period begins at the customer's midnight; its second day is in the month everywhere.
        let first = zone.date_of(head.period.from);
        let second = first.succ_opt().unwrap_or(first);
        if Month::of(second) == month {
            let stored = invoices::get(&mut read, head.id).await?;
            let notes = credit_notes::of_invoice(&mut read, head.id).await?;
            found.push(Exported { stored, notes });
        }
    }
    Ok(found)
}

/// A folder that has something in it is left alone.
fn refuse_full(target: &Path) -> ApiResult<()> {
    match std::fs::read_dir(target) {
        Ok(mut entries) => match entries.next() {
            Some(_) => Err(ApiError::refused("folder_not_empty").with("path", target.display())),
            None => Ok(()),
        },
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(file_error(target, &error)),
    }
}

/// A folder beside the wanted one, on the same disk.
fn beside(target: &Path) -> ApiResult<PathBuf> {
    let name = target.file_name().and_then(|name| name.to_str());
    let name = name.ok_or_else(|| ApiError::field("path", "required"))?;
    let parent = target
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty());
    let parent = parent.unwrap_or(Path::new("."));
    let failed = |error| file_error(target, &error);
    std::fs::create_dir_all(parent).map_err(failed)?;
    let aside = parent.join(format!(".{name}.part"));
    // What a run that was killed has left.
    let _ = std::fs::remove_dir_all(&aside);
    std::fs::create_dir(&aside).map_err(failed)?;
    Ok(aside)
}

struct Work {
    aside: PathBuf,
    documents: Vec<Exported>,
    format: Option<EinvoiceFormat>,
    month: Month,
}

impl Work {
    fn write(&self, job: &Job) -> ApiResult<Vec<ExportedFile>> {
        let mut files = Vec::new();
        let mut lacking = Vec::new();
        let total = u64::try_from(self.documents.len()).ok();
        for (done, document) in (0_u64..).zip(&self.documents) {
            job.check()?;
            job.report("export", done, total);
            for paper in self.papers(document)? {
                match paper {
                    Ok(paper) => {
                        for (name, bytes) in files_of(&paper)? {
                            files.push(self.file(&name, &bytes)?);
                        }
                    }
                    Err(faults) => lacking.extend(faults),
                }
            }
        }
        if !lacking.is_empty() {
            return Err(ApiError::invalid(lacking));
        }
        files.push(self.file(LINES, &lines(&self.documents)?)?);
        files.sort_by(|a, b| a.name.cmp(&b.name));
        let manifest = serde_json::json!({
            "v": 1,
            "month": self.month.to_string(),
            "files": files,
        });
        let text = serde_json::to_string_pretty(&manifest).map_err(ApiError::internal)?;
        files.push(self.file(MANIFEST, format!("{text}\n").as_bytes())?);
        job.report("export", total.unwrap_or(0), total);
        Ok(files)
    }

    /// An invoice and its credit notes as they are written, or what each lacks for its e-invoice.
    /// A void invoice is a PDF only.
    fn papers(&self, document: &Exported) -> ApiResult<Vec<Result<Paper, Vec<Issue>>>> {
        let (invoice, status) = (&document.stored.invoice, document.stored.head.status);
        let format = self.format.filter(|_| status != InvoiceStatus::Void);
        let xml = format.map(|format| of_invoice(invoice, status, format).map(|xml| (format, xml)));
        let paper = Paper::new(named(invoice.number()), print::finalized(invoice, status)?);
        let mut papers = vec![with_xml(paper, xml.transpose()?)];
        for note in document.notes.iter().map(|stored| &stored.note) {
            let xml = self
                .format
                .map(|format| of_note(note, format).map(|xml| (format, xml)));
            let paper = Paper::new(named(note.number()), print::credit_note(note)?);
            papers.push(with_xml(paper, xml.transpose()?));
        }
        Ok(papers)
    }

    fn file(&self, name: &str, bytes: &[u8]) -> ApiResult<ExportedFile> {
        let file = self.aside.join(name);
        std::fs::write(&file, bytes).map_err(|error| file_error(&file, &error))?;
        Ok(ExportedFile {
            name: name.to_owned(),
            bytes: Count(u64::try_from(bytes.len()).unwrap_or(u64::MAX)),
            sha256: sha256_of(bytes),
        })
    }
}

fn named(number: &str) -> String {
    format!("{}.pdf", file_stem(number))
}

type Written = (EinvoiceFormat, Result<String, Vec<Issue>>);

fn with_xml(paper: Paper, xml: Option<Written>) -> Result<Paper, Vec<Issue>> {
    match xml {
        None => Ok(paper),
        Some((format, xml)) => xml.map(|xml| paper.with(Companion::of(format, xml))),
    }
}

const COLUMNS: [&str; 13] = [
    "invoice",
    "status",
    "issued_on",
    "customer_number",
    "customer",
    "line",
    "description",
    "model",
    "quantity",
    "unit_price",
    "price_per",
    "amount",
    "currency",
];

/// All lines of all invoices, figures exact, as RFC 4180 has it. A discount on the whole has a row
/// of its own: the rows of an invoice come to what is taxed and paid by credit.
fn lines(documents: &[Exported]) -> ApiResult<Vec<u8>> {
    let mut table = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    table.write_record(COLUMNS).map_err(ApiError::internal)?;
    for document in documents {
        let invoice = &document.stored.invoice;
        let status = match document.stored.head.status {
            InvoiceStatus::Void => "void",
            InvoiceStatus::Finalized | InvoiceStatus::Draft => "finalized",
        };
        for line in figures::lines(invoice.lines()) {
            let what = match &line.model {
                Some(_) => format!("{}: {}", line.charge, line.description),
                None => line.charge,
            };
            let is_million = line.unit == "per_million";
            let cells = [
                inert(invoice.number()),
                status.to_owned(),
                invoice.issue_date().to_string(),
                inert(&invoice.customer().number),
                inert(&invoice.customer().name),
                line.position.to_string(),
                inert(&what),
                inert(&line.model.unwrap_or_default()),
                line.quantity.0,
                line.unit_price.map(|price| price.0).unwrap_or_default(),
                if is_million { "1000000" } else { "1" }.to_owned(),
                line.amount.amount.0,
                line.amount.currency,
            ];
            table.write_record(cells).map_err(ApiError::internal)?;
        }
        if let Some(discount) = &invoice.totals().discount {
            let off = Money::zero(discount.amount.currency()).minus(discount.amount)?;
            let cells = [
                inert(invoice.number()),
                status.to_owned(),
                invoice.issue_date().to_string(),
                inert(&invoice.customer().number),
                inert(&invoice.customer().name),
                String::new(),
                format!("discount: {}", discount.reason),
                String::new(),
                String::new(),
                String::new(),
                String::new(),
                off.number(),
                off.currency().to_string(),
            ];
            table.write_record(cells).map_err(ApiError::internal)?;
        }
    }
    table.into_inner().map_err(ApiError::internal)
}
