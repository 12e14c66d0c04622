use super::{
    Count, CreditKind, CreditTaxWord, DecimalString, EinvoiceFormat, ExplainStep, IssueText,
    MoneyText, PaymentTag,
};

words! {
    /// State of an invoice.
    enum InvoiceState {
        /// Computed, not final.
        Draft,
        /// Computed, but something it needs is missing.
        Held,
        /// Final.
        Finalized,
        /// Final and void.
        Void,
    }
}

wire! {
    /// Drafts and invoices of a month.
    struct InvoiceListRequest {
        /// `YYYY-MM`; the newest with usage when absent.
        month: Option<String>,
    }

    /// Drafts and invoices.
    struct InvoiceListReply {
        /// The month.
        month: String,
        /// Months with usage or invoices, newest first.
        months: Vec<String>,
        /// Held first, then drafts, then final, each by name.
        rows: Vec<InvoiceRow>,
        /// The number the next invoice would get.
        next_number: String,
        /// Whether the month is over, so that it can be finalized.
        complete: bool,
    }

    /// One on the list.
    struct InvoiceRow {
        /// Invoice id; absent for a draft.
        id: Option<String>,
        /// Customer.
        customer_id: String,
        /// Name.
        customer: String,
        /// Month.
        month: String,
        /// Number.
        number: Option<String>,
        /// State.
        state: InvoiceState,
        /// Net.
        net: MoneyText,
        /// With tax.
        total: MoneyText,
        /// Provider cost.
        cost: Option<MoneyText>,
        /// Percent, one decimal.
        margin: Option<DecimalString>,
        /// Percent on the cost, one decimal.
        markup: Option<DecimalString>,
        /// Change of net against the month before, percent, one decimal.
        change: Option<DecimalString>,
        /// Plan.
        plan: String,
        /// Why it is held: stable words.
        held: Vec<String>,
        /// Why it cannot be computed, with the charge and the quantity where one of them is at
        /// fault; absent when it can.
        fault: Option<String>,
        /// What a draft lacks for the e-invoice that its customer wants, each at its field of the
        /// company (`company.…`) or the customer (`customer.…`).
        einvoice_faults: Vec<IssueText>,
        /// Issue date.
        issued_on: Option<String>,
        /// Whether it is paid, of a final one that is not void.
        payment: Option<PaymentTag>,
        /// Why it is held by hand.
        hold: Option<String>,
        /// Its total was approved as it is.
        approved: bool,
        /// Change of net against the month before, as an amount.
        change_amount: Option<MoneyText>,
        /// What is worth a look.
        flags: Vec<InvoiceFlag>,
    }

    /// Something on a draft that is worth a look; it stops nothing.
    struct InvoiceFlag {
        /// Stable word: `missing_days`, `price_change`, `first_invoice`, `credit_used_up`,
        /// `cap_hit`, `customer_data`, `edited`.
        code: String,
        /// Days, a count, an amount or names of fields, as the word has it.
        value: String,
    }

    /// A discount on the whole.
    struct InvoiceDiscountText {
        /// Percent, where it is one.
        percent: Option<DecimalString>,
        /// How much, above zero.
        amount: MoneyText,
        /// Why.
        reason: String,
    }

    /// Asks for an invoice by id, or for the draft of a customer and month.
    struct InvoiceGetRequest {
        /// Invoice id.
        id: Option<String>,
        /// Customer, for a draft.
        customer_id: Option<String>,
        /// Month, for a draft.
        month: Option<String>,
    }

    /// A whole invoice.
    struct InvoiceGetReply {
        /// As on the list.
        row: InvoiceRow,
        /// Lines in order.
        lines: Vec<InvoiceLineText>,
        /// Tax per category and rate.
        taxes: Vec<TaxText>,
        /// Sum of tax.
        tax: MoneyText,
        /// A discount on the whole: the lines less this are the net amount.
        discount: Option<InvoiceDiscountText>,
        /// Printed note, of a final one.
        note: String,
        /// Never printed.
        internal_note: String,
        /// Number of the buyer's order.
        purchase_order: String,
        /// What the buyer wants to find on it.
        buyer_reference: String,
        /// Number of the void invoice that it takes the place of.
        replaces: Option<String>,
        /// Why it was finalized below the margin guard; empty otherwise.
        finalized_reason: String,
        /// What credit pays of it, in the order of use; empty mostly.
        credits: Vec<InvoiceCreditText>,
        /// The total less credit after tax.
        payable: MoneyText,
        /// What waits and is not on it.
        held: Vec<HeldText>,
        /// Due date.
        due_on: String,
        /// First day of the period.
        from: String,
        /// Last day, inclusive.
        to: String,
        /// SHA-256 of all inputs, of a final one.
        input_hash: Option<String>,
        /// Instant up to which facts were known, of a final one.
        as_of: Option<String>,
        /// Letters that the paper cannot print: names of scripts with an example.
        missing_scripts: Vec<String>,
        /// The e-invoice that the customer wants, as of then for a final one.
        einvoice: Option<EinvoiceFormat>,
    }

    /// A line.
    struct InvoiceLineText {
        /// Position from 1.
        position: u32,
        /// Charge of the plan: lines of one charge stand together.
        charge: String,
        /// Provider and model, for model usage.
        model: Option<String>,
        /// What it is.
        description: String,
        /// Qualifiers: batch, long context, …
        qualifiers: Vec<String>,
        /// Quantity, exact.
        quantity: DecimalString,
        /// Unit price as printed: per million for tokens.
        unit_price: Option<DecimalString>,
        /// `per_million`, `per_unit` or `flat`.
        unit: String,
        /// Amount.
        amount: MoneyText,
        /// Exact amount before rounding.
        exact: DecimalString,
        /// Provider cost.
        cost: Option<MoneyText>,
        /// Percent, one decimal.
        margin: Option<DecimalString>,
        /// Percent on the cost, one decimal.
        markup: Option<DecimalString>,
        /// Where it comes from.
        steps: Vec<ExplainStep>,
    }

    /// What one grant of credit pays.
    struct InvoiceCreditText {
        /// The grant.
        grant_id: String,
        /// Given or bought.
        kind: CreditKind,
        /// Whether it is taken off before or after tax.
        tax: CreditTaxWord,
        /// How much, above zero.
        amount: MoneyText,
    }

    /// Tax of one category and rate.
    struct TaxText {
        /// EN 16931 category: S, AE, E, O.
        category: String,
        /// Percent.
        percent: DecimalString,
        /// Sum of its lines.
        base: MoneyText,
        /// Tax.
        tax: MoneyText,
        /// Reason printed.
        reason: Option<String>,
    }

    /// Usage that waits.
    struct HeldText {
        /// Stable word: `unknown_model`, `no_price`, …
        reason: String,
        /// What.
        subject: String,
        /// Quantity.
        quantity: DecimalString,
        /// Events.
        events: Count,
    }

    /// The pages as they print, for drawing.
    struct InvoicePagesReply {
        /// The pages of the PDF, as JSON of the layout.
        #[ts(type = "unknown")]
        pages: serde_json::Value,
    }

    /// Makes drafts final, all in one step.
    struct InvoiceFinalizeRequest {
        /// Month.
        month: String,
        /// Customers; all that are ready when empty.
        customer_ids: Vec<String>,
        /// Given by the window, for cancel.
        job_id: String,
    }

    /// What became final.
    struct InvoiceFinalizeReply {
        /// Final invoices in order of number.
        invoices: Vec<InvoiceRow>,
        /// Not finalized, with the reason.
        held: Vec<InvoiceRow>,
    }

    /// Writes PDFs.
    struct InvoicePdfSaveRequest {
        /// Final invoices.
        ids: Vec<String>,
        /// Drafts, as customer ids, of `month`.
        draft_customer_ids: Vec<String>,
        /// Month of the drafts.
        month: Option<String>,
        /// The e-invoice of each final invoice, inside of its PDF or beside it; when absent, the
        /// hybrid one of the customers who want it.
        #[serde(default)]
        #[ts(optional = nullable)]
        einvoice: Option<EinvoiceFormat>,
        /// The file for one, the folder for several.
        path: String,
        /// Given by the window, for cancel.
        job_id: String,
    }

    /// The files written.
    struct InvoicePdfSaveReply {
        /// Files.
        files: Vec<String>,
    }

    /// Recomputes final invoices and the book's invariants.
    struct InvoiceVerifyRequest {
        /// One invoice; all and the book when absent.
        id: Option<String>,
        /// Given by the window, for cancel.
        job_id: String,
    }

    /// What a check found.
    struct InvoiceVerifyReply {
        /// Invoices recomputed.
        checked: Count,
        /// Differences and broken invariants; empty when all is well.
        findings: Vec<Finding>,
    }

    /// Something that is not as it should be.
    struct Finding {
        /// Stable word.
        code: String,
        /// Where.
        subject: String,
        /// What.
        detail: String,
    }

    /// Voids a final invoice; its number stays used.
    struct InvoiceVoidRequest {
        /// Invoice.
        id: String,
        /// Why.
        reason: String,
    }

    /// The name a PDF gets.
    struct InvoiceFileNameReply {
        /// For example `HS-2026-0512.pdf`.
        name: String,
    }
}
