words! {
    /// A syntax of e-invoices with the rules of those who ask for it.
    enum EinvoiceFormat {
        /// A PDF with CII inside: Factur-X, ZUGFeRD.
        FacturX,
        /// CII with the rules of EN 16931, as it stands inside of Factur-X.
        Cii,
        /// UBL with the rules of EN 16931.
        Ubl,
        /// CII for German public buyers.
        Xrechnung,
        /// UBL for German public buyers.
        XrechnungUbl,
        /// UBL for the Peppol network.
        Peppol,
    }
}

wire! {
    /// Final invoices and credit notes to write as e-invoices. When one lacks what the format
    /// demands, none is written.
    struct EinvoiceSaveRequest {
        /// Final invoices.
        ids: Vec<String>,
        /// Credit notes.
        credit_note_ids: Vec<String>,
        /// How; as each customer wants it when absent.
        format: Option<EinvoiceFormat>,
        /// The file for one, the folder for several.
        path: String,
    }

    /// The files written.
    struct EinvoiceSaveReply {
        /// Files.
        files: Vec<String>,
    }
}
