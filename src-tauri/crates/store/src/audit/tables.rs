/// A table whose changes go into the audit log.
#[derive(Clone, Copy, Debug)]
pub struct Audited {
    /// Its name.
    pub table: &'static str,
    /// The word by which its entries are found.
    pub area: &'static str,
    /// What its rows are about: a kind, and the column with its id.
    pub objects: &'static [(&'static str, &'static str)],
    /// Only rows with this condition; `ROW` stands for the row.
    only: Option<&'static str>,
}

impl Audited {
    const fn new(table: &'static str, area: &'static str) -> Self {
        Self {
            table,
            area,
            objects: &[],
            only: None,
        }
    }

    const fn about(self, objects: &'static [(&'static str, &'static str)]) -> Self {
        Self { objects, ..self }
    }

    const fn only(self, condition: &'static str) -> Self {
        Self {
            only: Some(condition),
            ..self
        }
    }

    /// The condition for a trigger in which the row is called `row`.
    pub(super) fn condition(&self, row: &str) -> String {
        let only = self.only.map(|only| only.replace("ROW", row));
        only.map_or_else(String::new, |only| format!(" WHEN {only}"))
    }
}

const OF_CUSTOMER: &[(&str, &str)] = &[("customer", "customer")];
const OF_INVOICE: &[(&str, &str)] = &[("invoice", "invoice")];

/// The tables that hold facts about money.
pub const AUDITED: &[Audited] = &[
    Audited::new("company", "company"),
    Audited::new("credit_entry", "credit").about(OF_INVOICE),
    Audited::new("credit_grant", "credit").about(OF_CUSTOMER),
    Audited::new("credit_note", "credit_note").about(OF_INVOICE),
    Audited::new("customer", "customer").about(&[("customer", "id")]),
    Audited::new("customer_alias", "customer").about(OF_CUSTOMER),
    Audited::new("exchange_rate", "exchange"),
    Audited::new("import_batch", "usage").about(&[("import", "id")]),
    Audited::new("invoice", "invoice").about(&[("invoice", "id"), ("customer", "customer")]),
    // That a final invoice is final is said by the invoice itself.
    Audited::new("invoice_status", "invoice")
        .about(OF_INVOICE)
        .only("ROW.status <> 'finalized'"),
    // Additions to drafts, and what was decided about them.
    Audited::new("invoice_draft", "invoice").about(OF_CUSTOMER),
    Audited::new("invoice_write_off", "payment").about(OF_INVOICE),
    Audited::new("markup_rule", "price"),
    Audited::new("meter", "meter"),
    Audited::new("model_alias", "price"),
    Audited::new("payment", "payment").about(OF_INVOICE),
    Audited::new("plan", "plan").about(&[("plan", "id")]),
    // A draft is nothing that bills.
    Audited::new("plan_version", "plan")
        .about(&[("plan", "plan")])
        .only("ROW.published_at IS NOT NULL"),
    Audited::new("price_model_facts", "price"),
    Audited::new("price_version", "price").about(&[("price_version", "number")]),
    Audited::new("provider_price", "price"),
    Audited::new("setting", "settings").only(
        "ROW.key IN ('price_below_cost_blocks', 'accounting', 'credit_note_series',
           'invoice_margin_guard')",
    ),
    Audited::new("subscription", "subscription").about(OF_CUSTOMER),
];

/// The other tables, and why their changes are not in the log.
pub const EXEMPT: &[(&str, &str)] = &[
    ("audit_entry", "the log itself"),
    ("audit_head", "the log itself"),
    ("audit_object", "the log itself"),
    ("book_state", "counters of the program"),
    ("finalize_run", "each invoice of a run is in the log"),
    ("import_issue", "the import is in the log"),
    ("invoice_line", "repeats the invoice; verify compares them"),
    (
        "invoice_series",
        "numbers are in the log with what has them",
    ),
    ("invoice_tax", "repeats the invoice; verify compares them"),
    ("payment_bank_line", "the payment is in the log"),
    ("price_condition", "a dictionary; prices name it"),
    ("price_draft", "nothing that bills before it is published"),
    (
        "price_draft_step",
        "nothing that bills before it is published",
    ),
    ("price_model", "a dictionary; prices name it"),
    ("price_source", "a dictionary; prices name it"),
    ("undo_row", "steps; what undoing changes is in the log"),
    ("undo_step", "steps; what undoing changes is in the log"),
    ("usage_basis", "how sums are kept, not what they are"),
    ("usage_bucket", "sums of events; verify compares them"),
    ("usage_conflict", "the import is in the log"),
    ("usage_customer_ref", "a dictionary"),
    ("usage_dimension", "a dictionary"),
    (
        "usage_event",
        "only added, by imports, which are in the log",
    ),
    (
        "usage_identity",
        "only added, by imports, which are in the log",
    ),
    (
        "usage_raw_block",
        "only added, by imports, which are in the log",
    ),
    ("usage_series", "a dictionary"),
    ("usage_total", "sums of events; verify compares them"),
];
