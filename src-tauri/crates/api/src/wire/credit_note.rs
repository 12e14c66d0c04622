use super::{DecimalString, EinvoiceFormat, InvoiceCreditText, MoneyText, TaxText};

wire! {
    /// Asks for the credit notes of an invoice.
    struct CreditNoteListRequest {
        /// The invoice.
        invoice_id: String,
    }

    /// The credit notes of an invoice, and what they have left of it.
    struct CreditNoteListReply {
        /// In their order.
        notes: Vec<CreditNoteRow>,
        /// Net of all lines.
        left: MoneyText,
        /// Of each line, in the order of the invoice.
        lines: Vec<CreditNoteLeft>,
        /// The number that the next credit note would get.
        next_number: String,
    }

    /// What is left of a line.
    struct CreditNoteLeft {
        /// Number of the line on the invoice.
        line: u32,
        /// Net.
        left: MoneyText,
    }

    /// A credit note on a list. Amounts are what is taken back.
    struct CreditNoteRow {
        /// Id.
        id: String,
        /// Number.
        number: String,
        /// `YYYY-MM-DD`.
        issued_on: String,
        /// Why.
        reason: String,
        /// Net.
        net: MoneyText,
        /// Tax.
        tax: MoneyText,
        /// With tax.
        total: MoneyText,
        /// What the customer gets: the total less what went back to credit.
        payable: MoneyText,
    }

    /// What is to be taken back: one of the three.
    struct TakeBackText {
        /// All that is left.
        all: bool,
        /// Lines; none when empty.
        lines: Vec<TakeBackLine>,
        /// A net amount of the whole invoice.
        amount: Option<DecimalString>,
    }

    /// A line that is taken back.
    struct TakeBackLine {
        /// Number of the line on the invoice.
        line: u32,
        /// Net; all that is left of it when absent.
        amount: Option<DecimalString>,
    }

    /// Asks what a credit note would come to.
    struct CreditNoteTryRequest {
        /// The invoice.
        invoice_id: String,
        /// What is to be taken back.
        asked: TakeBackText,
    }

    /// What a credit note would come to. Amounts are what is taken back.
    struct CreditNoteTryReply {
        /// Net.
        net: MoneyText,
        /// Per rate and category.
        taxes: Vec<TaxText>,
        /// Tax.
        tax: MoneyText,
        /// With tax.
        total: MoneyText,
        /// Credit that goes back to its grants.
        credits: Vec<InvoiceCreditText>,
        /// What the customer gets.
        payable: MoneyText,
    }

    /// Issues a credit note. It never changes afterwards.
    struct CreditNoteCreateRequest {
        /// The invoice.
        invoice_id: String,
        /// What is to be taken back.
        asked: TakeBackText,
        /// The e-invoice that will be made of it, or else the customer's own form: what that lacks
        /// is named, and no credit note is issued.
        #[serde(default)]
        #[ts(optional = nullable)]
        einvoice: Option<EinvoiceFormat>,
        /// Why; printed on it.
        reason: String,
    }

    /// Writes the PDF of a credit note.
    struct CreditNotePdfSaveRequest {
        /// The credit note.
        id: String,
        /// Its e-invoice, inside of the PDF or beside it; when absent, the hybrid one if the
        /// customer wants it.
        #[serde(default)]
        #[ts(optional = nullable)]
        einvoice: Option<EinvoiceFormat>,
        /// The file.
        path: String,
    }
}
