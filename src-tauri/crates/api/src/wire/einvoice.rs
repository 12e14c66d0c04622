words! {
    /// A syntax of e-invoices with the rules of those who ask for it.
    enum EinvoiceFormat {
        /// CII with the rules of EN 16931: Factur-X and ZUGFeRD.
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
    /// Final invoices to write as XML. When one lacks what the format demands, none is written.
    struct EinvoiceSaveRequest {
        /// Final invoices.
        ids: Vec<String>,
        /// How.
        format: EinvoiceFormat,
        /// The file for one, the folder for several.
        path: String,
    }

    /// The files written.
    struct EinvoiceSaveReply {
        /// Files.
        files: Vec<String>,
    }
}
