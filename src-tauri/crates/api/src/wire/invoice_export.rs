use super::{Count, EinvoiceFormat};

wire! {
    /// Writes all final invoices of a month, and their credit notes, into a new folder.
    struct InvoiceExportRequest {
        /// `YYYY-MM`.
        month: String,
        /// The folder, which must not be there yet or be empty.
        path: String,
        /// XML beside each PDF, in this format; none when absent.
        format: Option<EinvoiceFormat>,
        /// Given by the window, for cancel.
        job_id: String,
    }

    /// What was written.
    struct InvoiceExportReply {
        /// The folder.
        folder: String,
        /// Its files in order of name, with the manifest last.
        files: Vec<ExportedFile>,
    }

    /// A file as the manifest names it.
    struct ExportedFile {
        /// Name in the folder.
        name: String,
        /// Length.
        bytes: Count,
        /// SHA-256, hexadecimal.
        sha256: String,
    }
}
