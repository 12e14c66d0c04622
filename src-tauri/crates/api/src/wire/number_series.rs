wire! {
    /// How documents of one kind are numbered.
    struct NumberSeriesText {
        /// `INV-{YYYY}-{0000}`: the zeros are the counter and its least number of digits.
        template: String,
        /// The first number of a new series.
        first: u32,
    }

    /// Both kinds.
    struct NumberSeriesRequest {
        /// Invoices.
        invoice: NumberSeriesText,
        /// Credit notes.
        credit_note: NumberSeriesText,
    }

    /// Both kinds, with the number that comes next.
    struct NumberSeriesReply {
        /// Invoices.
        invoice: NumberSeriesText,
        /// The next invoice.
        next_invoice: String,
        /// Credit notes.
        credit_note: NumberSeriesText,
        /// The next credit note.
        next_credit_note: String,
    }
}
