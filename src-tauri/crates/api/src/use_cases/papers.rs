use crate::app::{App, OpenBook};
use crate::error::{ApiError, ApiResult};
use crate::jobs::Report;
use crate::shares::processors;
use crate::snapshot::Month;
use crate::use_cases::books::file_error;
use crate::use_cases::einvoices;
use crate::use_cases::invoices::{Target, read_id, read_ids};
use crate::wire::{
    InvoiceFileNameReply, InvoiceGetRequest, InvoicePagesReply, InvoicePdfSaveReply,
    InvoicePdfSaveRequest,
};
use ratebook_catalog::{CustomerId, EinvoiceFormat, Issue};
use ratebook_einvoice::{EMBEDDED_LEVEL, EMBEDDED_NAME};
use ratebook_invoicing::document::Document;
use ratebook_invoicing::{DraftInvoice, InvoiceStatus, print};
use ratebook_money::Date;
use ratebook_pdf::{Embedded, Fonts, Pages, draw, draw_hybrid, layout, missing_scripts};
use ratebook_store::invoices::{self, StoredInvoice};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use tokio::task::{JoinError, JoinSet};

/// One file to write.
pub(crate) struct Paper {
    /// Its name.
    pub name: String,
    /// What is printed; absent for a file of XML alone.
    document: Option<Document>,
    companion: Companion,
}

/// The XML of an e-invoice, and where it goes.
pub(crate) enum Companion {
    /// There is none.
    None,
    /// Into the PDF.
    Inside(String),
    /// Into a file of its own.
    Beside(String),
}

impl Paper {
    /// A PDF.
    pub fn new(name: String, document: Document) -> Self {
        Self {
            name,
            document: Some(document),
            companion: Companion::None,
        }
    }

    /// A file of XML.
    pub fn xml(name: String, xml: String) -> Self {
        Self {
            name,
            document: None,
            companion: Companion::Beside(xml),
        }
    }

    /// With the XML of its e-invoice.
    pub fn with(self, companion: Companion) -> Self {
        Self { companion, ..self }
    }
}

impl Companion {
    /// Where the XML of a format goes.
    pub fn of(format: EinvoiceFormat, xml: String) -> Self {
        if format.is_hybrid() {
            Self::Inside(xml)
        } else {
            Self::Beside(xml)
        }
    }
}

impl App {
    /// The pages as they print, for drawing on the screen.
    pub async fn invoice_pages(&self, request: InvoiceGetRequest) -> ApiResult<InvoicePagesReply> {
        let open = self.book().await?;
        let target = self.invoice_target(&open, &request).await?;
        let paper = self.paper(&open, target).await?;
        let pages =
            tokio::task::spawn_blocking(move || paper.document.as_ref().map(lay_out).transpose());
        let pages: Option<Pages> = pages.await.map_err(ApiError::internal)??;
        let pages = serde_json::to_value(&pages).map_err(ApiError::internal)?;
        Ok(InvoicePagesReply { pages })
    }

    /// The name that a PDF gets.
    pub async fn invoice_file_name(
        &self,
        request: InvoiceGetRequest,
    ) -> ApiResult<InvoiceFileNameReply> {
        let open = self.book().await?;
        let target = self.invoice_target(&open, &request).await?;
        Ok(InvoiceFileNameReply {
            name: self.paper(&open, target).await?.name,
        })
    }

    /// Writes PDFs: one into a file, several into a folder; with their e-invoices, where one is
    /// asked for or the customer wants it inside of the PDF. What one of them lacks stops all
    /// before the first file is written.
    pub async fn invoice_pdf_save(
        &self,
        request: InvoicePdfSaveRequest,
        report: Report,
    ) -> ApiResult<InvoicePdfSaveReply> {
        let running = self.jobs.start(&request.job_id, report);
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let month = snapshot.month_or_usual(request.month.as_deref())?;
        let mut targets = Vec::new();
        let mut companions = Vec::new();
        let mut lacking = Vec::new();
        let asked = request.einvoice.map(EinvoiceFormat::from);
        for id in &request.ids {
            running.job.check()?;
            let mut read = open.read().await?;
            let stored = invoices::get(&mut read, read_id(id)?).await?;
            match companion(&stored, asked)? {
                Ok(companion) => companions.push(companion),
                Err(faults) => lacking.extend(faults),
            }
            targets.push(Target::Final(Box::new(stored)));
        }
        if !lacking.is_empty() {
            return Err(ApiError::invalid(lacking));
        }
        let drafts: Vec<CustomerId> = read_ids(&request.draft_customer_ids)?;
        targets.extend(
            drafts
                .into_iter()
                .map(|customer| Target::Draft(customer, month)),
        );
        let path = PathBuf::from(&request.path);
        let many = targets.len() > 1 || path.is_dir();
        let total = u64::try_from(targets.len()).ok();
        let mut files: Vec<PathBuf> = Vec::new();
        let mut taken = HashSet::new();
        let mut printing = JoinSet::new();
        let mut companions = companions.into_iter();
        for (done, target) in (0_u64..).zip(targets) {
            running.job.check()?;
            running.job.report("pdf", done, total);
            // Final ones come first.
            let companion = companions.next().unwrap_or(Companion::None);
            let paper = self.paper(&open, target).await?.with(companion);
            let file = if many {
                free_name(&path, &paper.name, &mut taken)
            } else {
                path.clone()
            };
            files.push(file.clone());
            if matches!(paper.companion, Companion::Beside(_)) {
                files.push(file.with_extension("xml"));
            }
            if printing.len() >= processors() {
                printed(printing.join_next().await)?;
            }
            printing.spawn_blocking(move || print_to(&paper, &file));
        }
        while let Some(done) = printing.join_next().await {
            printed(Some(done))?;
        }
        running.job.report("pdf", total.unwrap_or(0), total);
        Ok(InvoicePdfSaveReply {
            files: files
                .iter()
                .map(|file| file.display().to_string())
                .collect(),
        })
    }

    async fn paper(&self, open: &OpenBook, target: Target) -> ApiResult<Paper> {
        match target {
            Target::Final(stored) => Ok(Paper::new(
                format!("{}.pdf", file_stem(&stored.head.number)),
                print::finalized(&stored.invoice, stored.head.status)?,
            )),
            Target::Draft(customer, month) => self.draft_paper(open, customer, month).await,
        }
    }

    async fn draft_paper(
        &self,
        open: &OpenBook,
        customer: CustomerId,
        month: Month,
    ) -> ApiResult<Paper> {
        let snapshot = self.snapshot(open).await?;
        let customer = snapshot
            .customer(customer)
            .ok_or_else(|| ApiError::not_found("customer", &customer.to_string()))?;
        let draft = self.whole_draft(open, &snapshot, customer, month).await?;
        let today = snapshot.company.zone.date_of(self.now());
        Ok(Paper::new(
            format!("draft {month} {}.pdf", file_stem(&draft.customer.name)),
            print::draft(&draft, today)?,
        ))
    }
}

/// The e-invoice of an invoice that is saved: the one that is asked for, otherwise the hybrid one
/// where the customer wants it; or what it lacks. A void one is only a paper.
fn companion(
    stored: &StoredInvoice,
    asked: Option<EinvoiceFormat>,
) -> ApiResult<Result<Companion, Vec<Issue>>> {
    let own = stored.invoice.customer().einvoice;
    let own = own.filter(|format| format.is_hybrid());
    let status = stored.head.status;
    match asked.or(own) {
        Some(format) if status != InvoiceStatus::Void => {
            let xml = einvoices::of_invoice(&stored.invoice, status, format)?;
            Ok(xml.map(|xml| Companion::of(format, xml)))
        }
        Some(_) | None => Ok(Ok(Companion::None)),
    }
}

/// Names of scripts that the paper cannot print, each with an example.
pub(crate) fn scripts_missing(draft: &DraftInvoice, issue_date: Date) -> Vec<String> {
    // What cannot be put into words fails with its own reason when it is printed.
    let Ok(document) = print::draft(draft, issue_date) else {
        return Vec::new();
    };
    let missing = missing_scripts(&document, fonts());
    missing
        .iter()
        .map(|script| format!("{}: {}", script.script, script.example))
        .collect()
}

/// The fonts of the paper: embedded ones, and one of the system for Chinese, Japanese and Korean
/// where it is installed. Read once.
pub(crate) fn fonts() -> &'static Fonts {
    static FONTS: std::sync::OnceLock<Fonts> = std::sync::OnceLock::new();
    FONTS.get_or_init(|| {
        let embedded = Fonts::embedded();
        let places = [
            "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
            "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
            "/System/Library/Fonts/ヒラギノ角ゴシック W3.ttc",
            "C:\\Windows\\Fonts\\msgothic.ttc",
        ];
        let bytes = places.iter().find_map(|place| std::fs::read(place).ok());
        match bytes.map(|bytes| embedded.with_fallback(bytes, 0)) {
            Some(Ok(fonts)) => fonts,
            Some(Err(_)) | None => embedded,
        }
    })
}

/// The name in the folder, numbered when another paper of this run has it already: customers may
/// be called the same, and some file systems do not tell letters by case.
fn free_name(folder: &Path, name: &str, taken: &mut HashSet<String>) -> PathBuf {
    let stem = name.strip_suffix(".pdf").unwrap_or(name);
    let mut free = name.to_owned();
    let mut number = 2_u32;
    while !taken.insert(free.to_lowercase()) {
        free = format!("{stem} {number}.pdf");
        number = number.saturating_add(1);
    }
    folder.join(free)
}

fn printed(done: Option<Result<ApiResult<()>, JoinError>>) -> ApiResult<()> {
    done.map_or(Ok(()), |done| done.map_err(ApiError::internal)?)
}

fn lay_out(document: &Document) -> ApiResult<Pages> {
    layout(document, fonts())
        .map_err(|error| ApiError::refused("cannot_print").with("detail", error))
}

/// Writes a paper: the PDF, with the XML inside or beside it, or the XML alone.
pub(crate) fn print_to(paper: &Paper, file: &Path) -> ApiResult<()> {
    for (name, bytes) in files_of(paper)? {
        let is_own = name == paper.name;
        let place = if is_own {
            file.to_owned()
        } else {
            file.with_extension("xml")
        };
        write_whole(&place, &bytes)?;
    }
    Ok(())
}

/// The files of a paper, by name: the PDF, and XML beside it where it has some.
pub(crate) fn files_of(paper: &Paper) -> ApiResult<Vec<(String, Vec<u8>)>> {
    let mut files = Vec::new();
    if let Some(document) = &paper.document {
        let pages = lay_out(document)?;
        let bytes = match &paper.companion {
            Companion::Inside(xml) => draw_hybrid(&pages, fonts(), &embedded(xml)),
            Companion::None | Companion::Beside(_) => draw(&pages, fonts()),
        };
        let failed = |error| ApiError::refused("cannot_print").with("detail", error);
        files.push((paper.name.clone(), bytes.map_err(failed)?));
    }
    match &paper.companion {
        Companion::Beside(xml) if paper.document.is_some() => {
            let name = Path::new(&paper.name).with_extension("xml");
            files.push((name.display().to_string(), xml.clone().into_bytes()));
        }
        Companion::Beside(xml) => files.push((paper.name.clone(), xml.clone().into_bytes())),
        Companion::None | Companion::Inside(_) => {}
    }
    Ok(files)
}

/// The bytes of a PDF without more.
pub(crate) fn pdf(document: &Document) -> ApiResult<Vec<u8>> {
    let pages = lay_out(document)?;
    let bytes = draw(&pages, fonts());
    bytes.map_err(|error| ApiError::refused("cannot_print").with("detail", error))
}

fn embedded(xml: &str) -> Embedded<'_> {
    Embedded {
        name: EMBEDDED_NAME,
        description: "Factur-X invoice",
        level: EMBEDDED_LEVEL,
        xml,
    }
}

/// Written aside and renamed: a full disk leaves the old file or none, never half of one.
pub(crate) fn write_whole(file: &Path, bytes: &[u8]) -> ApiResult<()> {
    let aside = PathBuf::from(format!("{}.part", file.display()));
    let written = std::fs::write(&aside, bytes).and_then(|()| std::fs::rename(&aside, file));
    written.map_err(|error| {
        let _ = std::fs::remove_file(&aside);
        file_error(file, &error)
    })
}

/// A text as part of a file name on every system.
pub(crate) fn file_stem(text: &str) -> String {
    let kept = text.chars().map(|c| {
        let bad = c.is_control() || "/\\:*?\"<>|".contains(c);
        if bad { '_' } else { c }
    });
    let name: String = kept.take(120).collect();
    name.trim_matches([' ', '.']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn papers_of_the_same_name_do_not_overwrite_each_other() {
        let folder = Path::new("out");
        let mut taken = HashSet::new();
        let files = ["draft Acme.pdf", "draft ACME.pdf", "draft Acme.pdf"]
            .map(|name| free_name(folder, name, &mut taken));
        let names = ["draft Acme.pdf", "draft ACME 2.pdf", "draft Acme 3.pdf"];
        assert_eq!(files, names.map(|name| folder.join(name)));
    }
}
