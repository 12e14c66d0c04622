use super::{IssueText, MoneyText};

words! {
    /// How sure it is which invoices a line of the bank pays.
    enum BankConfidence {
        /// Number and amount agree.
        Sure,
        /// Something speaks for it; a person should look.
        Likely,
        /// Nothing does.
        None,
        /// It was entered before, from this or another file.
        Booked,
        /// The same line stands above it in the file.
        Twice,
    }

    /// Why.
    enum BankReason {
        /// Number and open amount.
        NumberAndAmount,
        /// Several numbers, and their open amounts together.
        NumbersAndAmount,
        /// The number; less than is open came in.
        NumberPartly,
        /// The number; more than is open came in.
        NumberAbove,
        /// The open amount and the customer's name.
        AmountAndName,
        /// All that the customer of this name owes, together.
        AllOfName,
        /// The open amount, of one invoice only.
        AmountOnly,
        /// Several invoices have this amount open.
        AmountOfSeveral,
        /// The number is of an invoice that is paid or void.
        NothingOpen,
        /// The number is of an invoice in another currency.
        OtherCurrency,
        /// The customer's name; no amount fits.
        NameOnly,
        /// The money went out.
        WentOut,
        /// Nothing fits.
        Nothing,
    }

    /// What comes first in a day of figures.
    enum BankDayOrder {
        /// `31/12/2026`
        DayFirst,
        /// `12/31/2026`
        MonthFirst,
    }
}

wire! {
    /// Looks at a bank's CSV file and books nothing.
    struct PaymentImportPreviewRequest {
        /// The file.
        path: String,
        /// How days are written, where the file does not say.
        days: Option<BankDayOrder>,
    }

    /// What a bank's file says, and what its lines are thought to pay.
    struct PaymentImportPreviewReply {
        /// Name of the file.
        file: String,
        /// Its lines, in order.
        lines: Vec<BankLineRow>,
        /// Lines that cannot be read; `params.line` names them.
        faults: Vec<IssueText>,
        /// Invoices that a line can be given to.
        open: Vec<BankOpenInvoice>,
    }

    /// A line of the bank.
    struct BankLineRow {
        /// What tells it from others.
        key: String,
        /// Line of the file.
        line: u32,
        /// `YYYY-MM-DD`.
        day: String,
        /// Above zero for what came in.
        amount: MoneyText,
        /// Who paid.
        name: String,
        /// What they wrote.
        reference: String,
        /// How sure it is.
        confidence: BankConfidence,
        /// Why.
        reason: BankReason,
        /// What it is thought to pay.
        allocations: Vec<BankAllocation>,
    }

    /// A part of a line for an invoice.
    struct BankAllocation {
        /// The invoice.
        invoice_id: String,
        /// Its number.
        number: String,
        /// Its customer.
        customer: String,
        /// How much of the line.
        amount: MoneyText,
    }

    /// An invoice that a line can be given to.
    struct BankOpenInvoice {
        /// The invoice.
        id: String,
        /// Its number.
        number: String,
        /// Its customer.
        customer: String,
        /// What is open.
        open: MoneyText,
    }

    /// Enters the lines that were accepted, and no others.
    struct PaymentImportRequest {
        /// The file, as it was looked at.
        path: String,
        /// As it was looked at.
        days: Option<BankDayOrder>,
        /// Lines, and what each pays.
        accepted: Vec<BankAccepted>,
    }

    /// A line that was accepted.
    struct BankAccepted {
        /// Which.
        key: String,
        /// The invoices and how much each gets: the line's amount in all.
        allocations: Vec<BankAllocationText>,
    }

    /// A part of a line for an invoice, as a person gave it.
    struct BankAllocationText {
        /// The invoice.
        invoice_id: String,
        /// How much, above zero.
        amount: String,
    }

    /// What was entered.
    struct PaymentImportReply {
        /// Payments.
        entered: u32,
        /// Their sums, by currency.
        sums: Vec<MoneyText>,
    }
}
