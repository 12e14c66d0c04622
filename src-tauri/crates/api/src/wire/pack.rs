words! {
    /// What a check of an evidence pack came to.
    enum PackResult {
        /// It is as it should be.
        Ok,
        /// It is not.
        Failed,
        /// It cannot be checked here; `detail` says why.
        NotChecked,
    }
}

wire! {
    /// Writes the evidence pack of a final invoice.
    struct InvoicePackSaveRequest {
        /// Invoice.
        id: String,
        /// The zip file.
        path: String,
    }

    /// What was written.
    struct InvoicePackSaveReply {
        /// The zip file.
        path: String,
        /// SHA-256 of it.
        sha256: String,
    }

    /// Checks an evidence pack. No book is needed.
    struct PackVerifyRequest {
        /// The zip file.
        path: String,
    }

    /// What was found.
    struct PackVerifyReply {
        /// Number of the invoice.
        number: String,
        /// Nothing failed.
        sound: bool,
        /// Where the audit log of the book names the invoice.
        audit_entry: Option<u32>,
        /// The hash of that entry.
        audit_hash: Option<String>,
        /// One by one.
        checks: Vec<PackCheck>,
    }

    /// One check.
    struct PackCheck {
        /// `file`, `content`, `manifest`, `lines`, `sums`, `usage`, `prices`, `pdf`, `xml`.
        code: String,
        /// Which file or invoice.
        subject: String,
        /// What it came to.
        result: PackResult,
        /// What is wrong; empty when nothing is.
        detail: String,
    }
}
