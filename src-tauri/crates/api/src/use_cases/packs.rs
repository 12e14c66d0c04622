use crate::app::App;
use crate::error::{ApiError, ApiResult};
use crate::pack::{Packed, check, make, sha256, zip};
use crate::use_cases::books::file_error;
use crate::use_cases::invoices::read_id;
use crate::use_cases::papers::write_whole;
use crate::wire::{
    InvoicePackSaveReply, InvoicePackSaveRequest, PackVerifyReply, PackVerifyRequest,
};
use ratebook_store::audit::{self, AuditFilter};
use ratebook_store::{invoices, prices};
use std::path::{Path, PathBuf};

impl App {
    /// Writes the evidence pack of a final invoice: PDF, XML, usage, prices, inputs, and a manifest
    /// with their hashes. The same invoice gives the same bytes.
    pub async fn invoice_pack_save(
        &self,
        request: InvoicePackSaveRequest,
    ) -> ApiResult<InvoicePackSaveReply> {
        let open = self.book().await?;
        let mut read = open.read().await?;
        let stored = invoices::get(&mut read, read_id(&request.id)?).await?;
        let table = prices::load_table_as_of(&mut read, stored.head.as_of).await?;
        let filter = AuditFilter {
            object: Some(stored.head.id.to_string()),
            ..AuditFilter::default()
        };
        // The first entry that names it is the one in which it became final.
        let entries = audit::list(&mut read, &filter).await?;
        let audit = entries.last().map(|entry| (entry.seq, entry.hash.clone()));
        drop(read);
        let path = PathBuf::from(&request.path);
        let written = tokio::task::spawn_blocking(move || {
            let packed = Packed {
                stored: &stored,
                prices: &table,
                audit,
            };
            let bytes = zip(&make(&packed)?).map_err(ApiError::internal)?;
            write_whole(&path, &bytes)?;
            Ok::<_, ApiError>(sha256(&bytes))
        });
        let sha256 = written.await.map_err(ApiError::internal)??;
        Ok(InvoicePackSaveReply {
            path: request.path,
            sha256,
        })
    }

    /// Checks an evidence pack, without a book.
    pub async fn pack_verify(&self, request: PackVerifyRequest) -> ApiResult<PackVerifyReply> {
        let checked = tokio::task::spawn_blocking(move || {
            let file = Path::new(&request.path);
            let bytes = std::fs::read(file).map_err(|error| file_error(file, &error))?;
            check(&bytes).map_err(|error| error.with("path", file.display()))
        });
        checked.await.map_err(ApiError::internal)?
    }
}
