use super::{CustomerTax, DecimalString, InvoiceDiscountText, MoneyText};

words! {
    /// What a person decides about a draft.
    enum DraftMark {
        /// It is not to be finalized yet; needs a reason.
        Hold,
        /// It may be finalized again.
        Release,
        /// It was looked at, and its total is right.
        Approve,
        /// It was not.
        Unapprove,
        /// It may be finalized below the margin guard; needs a reason.
        AcceptMargin,
    }
}

wire! {
    /// A line by hand.
    struct ManualLineText {
        /// What it is for, as printed.
        text: String,
        /// How many; one when empty.
        quantity: DecimalString,
        /// Price of one, or, where the quantity is one, the amount; below zero to give back.
        unit_price: DecimalString,
        /// How it is taxed; as the customer is when absent.
        tax: Option<CustomerTax>,
    }

    /// A discount on the whole: one of both.
    struct DraftDiscountText {
        /// Percent of the lines.
        percent: Option<DecimalString>,
        /// An amount.
        amount: Option<DecimalString>,
        /// Why, as printed.
        reason: String,
    }

    /// What a person adds to a draft.
    struct DraftEditText {
        /// Currency of prices and amounts, which must be the customer's; that one when empty.
        currency: String,
        /// Lines.
        lines: Vec<ManualLineText>,
        /// Discount on the whole.
        discount: Option<DraftDiscountText>,
        /// Printed on the invoice.
        note: String,
        /// Number of the buyer's order.
        purchase_order: String,
        /// In place of the customer's reference.
        buyer_reference: String,
        /// Never printed.
        internal_note: String,
    }

    /// The draft of a customer and month.
    struct InvoiceDraftRequest {
        /// Customer.
        customer_id: String,
        /// `YYYY-MM`.
        month: String,
    }

    /// What was added to a draft and decided about it.
    struct InvoiceDraftReply {
        /// What was added.
        edit: DraftEditText,
        /// Why it is held by hand.
        hold: Option<String>,
        /// The total that was approved.
        approved: Option<MoneyText>,
        /// Why it may be finalized below the margin guard.
        below_guard: Option<String>,
        /// The customer's own reference.
        customer_reference: String,
        /// How the customer is taxed.
        customer_tax: CustomerTax,
        /// The month has a final invoice: nothing can be added.
        finalized: bool,
    }

    /// Additions to a draft.
    struct InvoiceDraftSaveRequest {
        /// Customer.
        customer_id: String,
        /// `YYYY-MM`.
        month: String,
        /// All of them: what is not there is taken away.
        edit: DraftEditText,
    }

    /// What a draft would come to.
    struct InvoiceDraftTryReply {
        /// Sum of the lines.
        lines: MoneyText,
        /// The discount.
        discount: Option<InvoiceDiscountText>,
        /// Sum of the taxes.
        tax: MoneyText,
        /// With tax.
        total: MoneyText,
        /// To be paid.
        payable: MoneyText,
    }

    /// Decides something about drafts.
    struct InvoiceDraftMarkRequest {
        /// Customers.
        customer_ids: Vec<String>,
        /// `YYYY-MM`.
        month: String,
        /// What.
        mark: DraftMark,
        /// Why, for `hold` and `accept_margin`.
        reason: String,
    }

    /// Rules for invoices that a person sets once.
    struct InvoiceSettingsReply {
        /// The least margin of an invoice in percent; below it nothing becomes final without a
        /// reason. Absent: no guard.
        margin_guard: Option<DecimalString>,
    }

    /// Sets them.
    struct InvoiceSettingsSaveRequest {
        /// As in the reply.
        margin_guard: Option<DecimalString>,
    }
}
