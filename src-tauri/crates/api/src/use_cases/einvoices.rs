use crate::app::App;
use crate::error::{ApiError, ApiResult};
use crate::use_cases::invoices::read_id;
use crate::use_cases::papers::{file_stem, write_whole};
use crate::wire::{EinvoiceFormat, EinvoiceSaveReply, EinvoiceSaveRequest};
use ratebook_catalog::Issue;
use ratebook_einvoice::{Einvoice, EinvoiceError, Format};
use ratebook_invoicing::InvoiceStatus;
use ratebook_store::invoices::{self, StoredInvoice};
use std::path::PathBuf;

impl App {
    /// Writes final invoices as XML. All are made before the first is written: what one of them
    /// lacks stops all, with every fault at once, each with the number of its invoice.
    pub async fn einvoice_save(
        &self,
        request: EinvoiceSaveRequest,
    ) -> ApiResult<EinvoiceSaveReply> {
        let open = self.book().await?;
        let mut stored = Vec::with_capacity(request.ids.len());
        for id in &request.ids {
            let mut read = open.read().await?;
            stored.push(invoices::get(&mut read, read_id(id)?).await?);
        }
        let format = format(request.format);
        let path = PathBuf::from(&request.path);
        let files = tokio::task::spawn_blocking(move || {
            let texts = texts(&stored, format)?;
            let many = stored.len() > 1 || path.is_dir();
            let mut files = Vec::with_capacity(stored.len());
            for (invoice, text) in stored.iter().zip(texts) {
                let name = format!("{}.xml", file_stem(&invoice.head.number));
                let file = if many { path.join(name) } else { path.clone() };
                write_whole(&file, text.as_bytes())?;
                files.push(file.display().to_string());
            }
            Ok::<_, ApiError>(files)
        });
        let files = files.await.map_err(ApiError::internal)??;
        Ok(EinvoiceSaveReply { files })
    }
}

/// The text of each, or what all of them lack.
fn texts(stored: &[StoredInvoice], format: Format) -> ApiResult<Vec<String>> {
    let (mut texts, mut faults) = (Vec::with_capacity(stored.len()), Vec::new());
    for invoice in stored {
        let number = &invoice.head.number;
        if invoice.head.status == InvoiceStatus::Void {
            faults.push(Issue::new("number", "einvoice_void").with("invoice", number));
            continue;
        }
        let text = Einvoice::of(&invoice.invoice)
            .and_then(|einvoice| ratebook_einvoice::write(&einvoice, format));
        match text {
            Ok(text) => texts.push(text),
            Err(EinvoiceError::Faults(found)) => {
                faults.extend(found.into_iter().map(|fault| fault.with("invoice", number)));
            }
            Err(error) => return Err(error.into()),
        }
    }
    if faults.is_empty() {
        Ok(texts)
    } else {
        Err(ApiError::invalid(faults))
    }
}

fn format(word: EinvoiceFormat) -> Format {
    match word {
        EinvoiceFormat::Cii => Format::Cii,
        EinvoiceFormat::Ubl => Format::Ubl,
        EinvoiceFormat::Xrechnung => Format::Xrechnung,
        EinvoiceFormat::XrechnungUbl => Format::XrechnungUbl,
        EinvoiceFormat::Peppol => Format::Peppol,
    }
}
