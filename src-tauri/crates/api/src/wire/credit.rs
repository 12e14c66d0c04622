use super::MoneyText;

words! {
    /// Whether somebody paid for a grant.
    enum CreditKind {
        /// Given; used before what was bought.
        Promotional,
        /// Bought.
        Paid,
    }

    /// Where on the invoice credit is taken off.
    enum CreditTaxWord {
        /// Before tax: it lowers what is taxed.
        PreTax,
        /// After tax: it pays the gross amount.
        PostTax,
    }

    /// Where a grant stands at an instant.
    enum CreditState {
        /// It pays for usage from a later instant on.
        Coming,
        /// It pays.
        Active,
        /// Nothing is left.
        UsedUp,
        /// It has ended: it pays for usage from before only.
        Ended,
        /// Taken back.
        Voided,
    }

    /// What an entry of the ledger is.
    enum CreditEntryKind {
        /// The grant came in.
        Granted,
        /// An invoice used it.
        Used,
        /// An invoice for usage from before its end used what had been written off.
        UsedLate,
        /// An invoice was voided.
        GivenBack,
        /// An invoice was voided that had used what had been written off.
        GivenBackLate,
        /// It was left at the end.
        Expired,
        /// Somebody took it back.
        Voided,
    }
}

wire! {
    /// Asks for the credit of a customer.
    struct CreditGrantListRequest {
        /// Customer.
        customer_id: String,
        /// An instant or a day (its end, in the customer's zone); now when absent.
        at: Option<String>,
    }

    /// The credit of a customer at an instant.
    struct CreditGrantListReply {
        /// The instant.
        at: String,
        /// What pays for usage at that instant, of all grants in the customer's currency.
        balance: MoneyText,
        /// Oldest first.
        grants: Vec<CreditGrantText>,
        /// The ledger, newest first; all of it, also what came after the instant.
        entries: Vec<CreditEntryText>,
        /// What a new grant can be limited to.
        scopes: Vec<CreditScopeText>,
    }

    /// A meter or a model that credit is limited to.
    struct CreditScopeText {
        /// `meter:model_calls`, `meter:mtr_…`, `model:openai/gpt-x`.
        name: String,
        /// Name of a meter of one's own, or provider and model; empty for a built-in meter.
        label: String,
    }

    /// A grant and what became of it.
    struct CreditGrantText {
        /// Id.
        id: String,
        /// Given or bought.
        kind: CreditKind,
        /// What it was worth.
        amount: MoneyText,
        /// What is left.
        left: MoneyText,
        /// What invoices have used.
        used: MoneyText,
        /// What was left at its end.
        expired: MoneyText,
        /// What was taken back.
        voided: MoneyText,
        /// 0 to 100; the lower the sooner it is used.
        priority: u8,
        /// It pays for usage from this instant on.
        effective_at: String,
        /// Its first day in the customer's zone.
        first_day: String,
        /// It pays for usage before this instant.
        expires_at: Option<String>,
        /// Its last day in the customer's zone.
        last_day: Option<String>,
        /// When it was granted.
        created_at: String,
        /// What it is limited to; everything when empty.
        scope: Vec<CreditScopeText>,
        /// Before or after tax.
        tax: CreditTaxWord,
        /// For the reader of the book.
        note: String,
        /// Where it stands.
        state: CreditState,
    }

    /// An entry of the ledger.
    struct CreditEntryText {
        /// Grows with every entry.
        sequence: String,
        /// When it took effect.
        at: String,
        /// The day of it in the customer's zone.
        day: String,
        /// What it is.
        kind: CreditEntryKind,
        /// The grant.
        grant_id: String,
        /// How much; above zero for what came in, below for what went.
        amount: MoneyText,
        /// What the customer has left after it, of all grants in this currency.
        balance: MoneyText,
        /// The invoice that used it or gave it back.
        invoice_id: Option<String>,
        /// Its number.
        invoice_number: Option<String>,
        /// Its month, `YYYY-MM`.
        invoice_month: Option<String>,
        /// Why it was taken back.
        note: String,
    }

    /// Grants credit to a customer.
    struct CreditGrantCreateRequest {
        /// Customer.
        customer_id: String,
        /// What it is worth, a decimal above zero with the places of the currency.
        amount: String,
        /// ISO 4217; must be the customer's.
        currency: String,
        /// Given or bought.
        kind: CreditKind,
        /// 0 to 100; 50 when absent or empty.
        priority: Option<String>,
        /// An instant, or a day: its begin in the customer's zone. Now when absent or empty.
        effective_at: Option<String>,
        /// An instant that it does not pay for any more, or its last day in the customer's zone.
        /// It never ends when absent or empty.
        expires_at: Option<String>,
        /// Names of meters and models; everything when empty.
        scope: Vec<String>,
        /// Before or after tax.
        tax: CreditTaxWord,
        /// For the reader of the book.
        note: String,
    }

    /// Takes back what is left of a grant.
    struct CreditGrantVoidRequest {
        /// Grant.
        id: String,
        /// Why.
        reason: String,
    }

    /// The grant.
    struct CreditGrantReply {
        /// Id.
        id: String,
    }
}
