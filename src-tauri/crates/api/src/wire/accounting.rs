words! {
    /// Formats that accounting reads.
    enum AccountingFormat {
        /// Text of hledger.
        Hledger,
        /// Text of beancount.
        Beancount,
        /// One line for each posting.
        Csv,
        /// *Buchungsstapel* of DATEV.
        Datev,
    }
}

wire! {
    /// The accounts that entries are booked on.
    struct AccountingSettings {
        /// Names of accounts in text journals and in CSV.
        accounts: Vec<AccountText>,
        /// Numbers of accounts for DATEV.
        datev_accounts: Vec<AccountText>,
        /// Number of the tax adviser.
        datev_adviser: u32,
        /// Number of the client.
        datev_client: u32,
        /// Figures of a general account.
        datev_digits: u32,
        /// The month with which the financial year begins.
        year_begins: u32,
    }

    /// An account.
    struct AccountText {
        /// What it is for: `receivable`, `bank`, `fees`, `models`, `meters`, `one_off`, `minimum`,
        /// `tax`, `tax 7`, `prepaid`, `prepaid_sales`, `promotional`, `expired`.
        role: String,
        /// Name or number.
        account: String,
    }

    /// Saves the accounts.
    struct AccountingSaveRequest {
        /// All of them; those of no role of a chart are refused.
        settings: AccountingSettings,
    }

    /// What was booked in some days.
    struct AccountingRequest {
        /// First day, `YYYY-MM-DD`.
        from: String,
        /// Last day, inclusive.
        to: String,
        /// Only in this currency; all when absent.
        currency: Option<String>,
    }

    /// What would be handed over.
    struct AccountingPreviewReply {
        /// Entries.
        entries: u32,
        /// Sums by account and currency; debit above zero.
        sums: Vec<AccountSum>,
    }

    /// The sum of an account.
    struct AccountSum {
        /// What it is for.
        role: String,
        /// The account in text journals.
        account: String,
        /// Debit above zero, credit below.
        sum: super::MoneyText,
    }

    /// Writes the entries into a file.
    struct AccountingExportRequest {
        /// Which.
        what: AccountingRequest,
        /// How.
        format: AccountingFormat,
        /// The file.
        path: String,
    }

    /// What was written.
    struct AccountingExportReply {
        /// The file.
        path: String,
        /// Entries.
        entries: u32,
    }
}
