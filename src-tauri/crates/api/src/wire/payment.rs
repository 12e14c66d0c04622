use super::MoneyText;

words! {
    /// Whether an invoice is paid.
    enum PaymentState {
        /// Nothing was paid yet.
        Open,
        /// Some of it was paid, or taken back.
        PartlyPaid,
        /// Nothing is owed.
        Paid,
        /// The customer gets something back.
        Overpaid,
    }

    /// What an entry is.
    enum PaymentEntryKind {
        /// Money came in.
        Payment,
        /// Money went out.
        Refund,
        /// Takes back an entry that was a mistake.
        Reversal,
    }
}

wire! {
    /// Asks for the payments of an invoice.
    struct PaymentListRequest {
        /// The invoice.
        invoice_id: String,
    }

    /// The payments of an invoice, and where it stands.
    struct PaymentListReply {
        /// In their order.
        entries: Vec<PaymentRow>,
        /// What the invoice asks for.
        payable: MoneyText,
        /// What credit notes took back of it.
        credited: MoneyText,
        /// What came in less what went out.
        paid: MoneyText,
        /// What is owed still; below zero where the customer gets something back.
        open: MoneyText,
        /// In a word.
        state: PaymentState,
        /// Days since it was due; absent while it is not, or when nothing is owed.
        overdue_days: Option<u32>,
        /// Today, `YYYY-MM-DD`, in the company's time zone.
        today: String,
    }

    /// An entry.
    struct PaymentRow {
        /// Id.
        id: String,
        /// What it is.
        kind: PaymentEntryKind,
        /// Above zero for what came in, below for what went out.
        amount: MoneyText,
        /// `YYYY-MM-DD`.
        received_on: String,
        /// What the person or the bank wrote.
        reference: String,
        /// It was taken back by a later entry.
        reversed: bool,
    }

    /// Enters a payment or a refund.
    struct PaymentAddRequest {
        /// The invoice.
        invoice_id: String,
        /// How much, above zero.
        amount: String,
        /// ISO 4217; must be that of the invoice.
        currency: String,
        /// `YYYY-MM-DD`; today when absent.
        received_on: Option<String>,
        /// What the bank wrote.
        reference: String,
        /// Money that went out.
        refund: bool,
    }

    /// Takes back an entry that was a mistake.
    struct PaymentReverseRequest {
        /// The entry.
        id: String,
        /// Why.
        reason: String,
    }
}
