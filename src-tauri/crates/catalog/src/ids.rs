use ratebook_money::id;

id!(
    /// A customer of the book.
    CustomerId, "cus");
id!(
    /// A meter of one's own.
    MeterId, "mtr");
id!(
    /// One markup rule as recorded at one time.
    MarkupRuleId, "mkp");
id!(
    /// A plan, across its versions.
    PlanId, "pln");
id!(
    /// One version of a plan.
    PlanVersionId, "plv");
id!(
    /// A customer on a plan version.
    SubscriptionId, "sub");
id!(
    /// An invoice, draft or finalized.
    InvoiceId, "inv");
id!(
    /// A credit note.
    CreditNoteId, "crn");
id!(
    /// A payment of an invoice, or one back.
    PaymentId, "pay");
id!(
    /// What was given up of an invoice.
    WriteOffId, "wof");
id!(
    /// A grant of credit.
    GrantId, "grt");
