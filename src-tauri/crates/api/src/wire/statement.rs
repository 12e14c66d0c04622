use super::{AgeingRow, MoneyText};

words! {
    /// What an entry of an account is.
    enum AccountKind {
        /// An invoice asks for an amount.
        Invoice,
        /// An invoice does not count any more.
        Void,
        /// A credit note takes back of it.
        CreditNote,
        /// Money came in.
        Payment,
        /// Money went out.
        Refund,
        /// Takes back an entry that was a mistake.
        Reversal,
    }
}

wire! {
    /// Asks for a customer's account over some days.
    struct StatementRequest {
        /// Customer.
        customer_id: String,
        /// First day, `YYYY-MM-DD`; that of the first entry when absent.
        from: Option<String>,
        /// Last day, inclusive; today when absent.
        to: Option<String>,
        /// ISO 4217; the customer's when absent.
        currency: Option<String>,
    }

    /// A customer's account over some days.
    struct StatementReply {
        /// Name of the customer.
        customer: String,
        /// The currency of these entries.
        currency: String,
        /// All currencies in which the customer has entries.
        currencies: Vec<String>,
        /// First day.
        from: String,
        /// Last day, inclusive.
        to: String,
        /// Owed before the first day.
        opening: MoneyText,
        /// Entries of these days, in order.
        entries: Vec<StatementEntry>,
        /// Owed at the end of the last day.
        closing: MoneyText,
        /// The same by age, as of the last day.
        ageing: AgeingRow,
        /// The name that a PDF of it gets.
        file_name: String,
    }

    /// One entry.
    struct StatementEntry {
        /// `YYYY-MM-DD`.
        day: String,
        /// What it is.
        kind: AccountKind,
        /// Number of the document.
        number: String,
        /// Number of the invoice that it belongs to.
        invoice: String,
        /// What the bank wrote, or why.
        reference: String,
        /// Above zero where the customer owes more by it.
        amount: MoneyText,
        /// Owed after it.
        balance: MoneyText,
    }

    /// Writes it as PDF.
    struct StatementSaveRequest {
        /// Which.
        statement: StatementRequest,
        /// The file.
        path: String,
    }
}
