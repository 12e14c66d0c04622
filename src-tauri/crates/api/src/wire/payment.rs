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
        /// What was open was given up.
        Uncollectible,
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
    /// Whether an invoice is paid, for lists.
    struct PaymentTag {
        /// In a word.
        state: PaymentState,
        /// What is owed still; below zero where the customer gets something back.
        open: MoneyText,
        /// Days since it was due; absent while it is not, or when nothing is owed.
        overdue_days: Option<u32>,
    }

    /// Asks for what is owed.
    struct ReceivableListRequest {
        /// Of one customer only.
        customer_id: Option<String>,
    }

    /// What is owed, and by whom.
    struct ReceivableListReply {
        /// Today, `YYYY-MM-DD`, in the company's time zone.
        today: String,
        /// Invoices of which something is open, the longest overdue first.
        invoices: Vec<ReceivableRow>,
        /// By customer and currency, the largest sum overdue first.
        customers: Vec<AgeingRow>,
        /// By currency.
        totals: Vec<AgeingRow>,
    }

    /// An invoice of which something is open.
    struct ReceivableRow {
        /// Invoice.
        id: String,
        /// Its number.
        number: String,
        /// Customer.
        customer_id: String,
        /// Name.
        customer: String,
        /// `YYYY-MM`, for the address.
        month: String,
        /// `YYYY-MM-DD`.
        issued_on: String,
        /// `YYYY-MM-DD`.
        due_on: String,
        /// What it asks for.
        payable: MoneyText,
        /// What credit notes took back of it.
        credited: MoneyText,
        /// What came in less what went out.
        paid: MoneyText,
        /// How it stands.
        payment: PaymentTag,
    }

    /// What is owed in one currency, by age.
    struct AgeingRow {
        /// Customer; absent for the sum over all.
        customer_id: Option<String>,
        /// Name.
        customer: Option<String>,
        /// ISO 4217.
        currency: String,
        /// Not due yet.
        not_due: MoneyText,
        /// 1 to 30 days overdue.
        to_30: MoneyText,
        /// 31 to 60 days.
        to_60: MoneyText,
        /// 61 to 90 days.
        to_90: MoneyText,
        /// More than 90 days.
        over_90: MoneyText,
        /// All of it.
        owed: MoneyText,
        /// What was paid too much and goes back; not taken off.
        to_pay_back: MoneyText,
    }

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
        /// What was given up of it; zero mostly.
        written_off: MoneyText,
        /// The decisions about that, in their order.
        write_offs: Vec<WriteOffRow>,
        /// What is owed still; below zero where the customer gets something back.
        open: MoneyText,
        /// In a word.
        state: PaymentState,
        /// Days since it was due; absent while it is not, or when nothing is owed.
        overdue_days: Option<u32>,
        /// Today, `YYYY-MM-DD`, in the company's time zone.
        today: String,
    }

    /// A decision that an invoice will not be paid, or that takes it back.
    struct WriteOffRow {
        /// Above zero; below zero where it takes back another one.
        amount: MoneyText,
        /// `YYYY-MM-DD`.
        decided_on: String,
        /// Why.
        reason: String,
    }

    /// Gives up what is open of an invoice, or takes that back.
    struct InvoiceWriteOffRequest {
        /// The invoice.
        invoice_id: String,
        /// Why.
        reason: String,
        /// Takes back the last one: it is to be paid after all.
        reverse: bool,
    }

    /// Voids an invoice and makes the month final anew, under the next number.
    struct InvoiceReissueRequest {
        /// The invoice.
        id: String,
        /// Why it is void.
        reason: String,
        /// Given by the window, for cancel.
        job_id: String,
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
