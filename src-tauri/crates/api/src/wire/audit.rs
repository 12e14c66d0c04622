use super::Count;

wire! {
    /// A page of the audit log.
    struct AuditListRequest {
        /// Which entries.
        filter: AuditFilterText,
        /// How many newer ones are passed over.
        skip: u32,
        /// At most so many; 1,000 is the most.
        limit: u32,
    }

    /// Which entries of the audit log are wanted.
    struct AuditFilterText {
        /// Part of what was done, what to, why, by whom, or of the name of an object; all when
        /// empty.
        search: String,
        /// A word of `AuditListReply::areas`.
        area: Option<String>,
        /// Id of an invoice, customer, plan, …
        object: Option<String>,
        /// First day, `YYYY-MM-DD`, in the company's time zone.
        from: Option<String>,
        /// Last day, inclusive.
        to: Option<String>,
    }

    /// Entries, newest first.
    struct AuditListReply {
        /// A page of them.
        rows: Vec<AuditRow>,
        /// How many there are in all.
        total: Count,
        /// What can be filtered by, in the order of the alphabet.
        areas: Vec<String>,
    }

    /// An entry of the audit log.
    struct AuditRow {
        /// Its place: 1 is the first.
        seq: Count,
        /// When.
        at: String,
        /// The user's name at the operating system.
        who: String,
        /// `window` or `command_line`.
        shell: String,
        /// What was done, as a stable word.
        code: String,
        /// What to.
        subject: String,
        /// Why, where a reason was given.
        reason: String,
        /// What it touches, as stable words.
        areas: Vec<String>,
        /// What it is about.
        objects: Vec<AuditObjectText>,
    }

    /// What an entry is about.
    struct AuditObjectText {
        /// `invoice`, `customer`, `plan`, `price_version` or `import`.
        kind: String,
        /// Id for the address.
        id: String,
        /// Number or name.
        label: String,
    }

    /// Asks for one entry.
    struct AuditGetRequest {
        /// Its place.
        seq: Count,
    }

    /// An entry with what it changed.
    struct AuditGetReply {
        /// As on the list.
        row: AuditRow,
        /// Its hash, which the next entry carries.
        hash: String,
        /// By table.
        changes: Vec<AuditTableText>,
    }

    /// What an entry changed in one table.
    struct AuditTableText {
        /// The table of the book.
        table: String,
        /// Rows that were added.
        added: Count,
        /// Rows that were changed.
        changed: Count,
        /// Rows that were removed.
        removed: Count,
        /// The first of them.
        rows: Vec<AuditChangeText>,
    }

    /// One row before and after.
    struct AuditChangeText {
        /// What names the row where it was changed; empty where it stands whole.
        of: String,
        /// Columns: of a changed row those that differ.
        fields: Vec<AuditFieldText>,
    }

    /// One column.
    struct AuditFieldText {
        /// Its name in the book.
        name: String,
        /// Before; absent for what was added.
        before: Option<String>,
        /// After; absent for what was removed.
        after: Option<String>,
    }

    /// Writes entries into a CSV file.
    struct AuditExportRequest {
        /// Which entries.
        filter: AuditFilterText,
        /// The file.
        path: String,
    }

    /// What was written.
    struct AuditExportReply {
        /// Entries.
        rows: Count,
    }
}
