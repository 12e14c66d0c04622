use super::{Count, DecimalString, Fact, ImportIssue, MoneyText};

words! {
    /// How usage is stacked.
    enum UsageGroup {
        /// By customer.
        Customer,
        /// By model.
        Model,
        /// By provider.
        Provider,
    }
    /// What is shown.
    enum UsageMeasure {
        /// Provider cost in the book's currency.
        Cost,
        /// Tokens.
        Tokens,
        /// Calls and events.
        Events,
    }
    /// Why something waits.
    enum InboxKind {
        /// No customer has this alias.
        UnknownCustomer,
        /// No model has this name.
        UnknownModel,
        /// The model has no price for a dimension that was used.
        NoPrice,
        /// The formula of a meter has no value for an event; the subject is the meter's name.
        NoValue,
        /// A charge has prices by value, and none for this one; the subject is the value, the
        /// detail the plans of customers who used it.
        NoPriceForValue,
        /// The customer has usage and no subscription.
        NoSubscription,
        /// A needed exchange rate is missing.
        NoExchangeRate,
        /// The same event came twice with other content.
        Conflict,
        /// Usage came for a period that is finalized.
        LateUsage,
        /// Sold below cost; the detail is the dimension.
        BelowCost,
        /// A list price of one's own was set before the provider's price changed; the detail is
        /// the dimension, `since` when it changed.
        NotFollowed,
        /// Nobody has seen the provider's prices for 30 days; the subject is the provider, the
        /// detail the day.
        OldPrices,
    }
}

wire! {
    /// Usage of a period.
    struct UsageOverviewRequest {
        /// First day, `YYYY-MM-DD`.
        from: String,
        /// Last day, inclusive.
        to: String,
        /// Stacks.
        group: UsageGroup,
        /// Measure.
        measure: UsageMeasure,
        /// One customer, or all.
        customer_id: Option<String>,
        /// One model as `provider/model`, or all.
        model: Option<String>,
    }

    /// Usage by day and group. Days in the company's zone.
    struct UsageOverviewReply {
        /// Days in order.
        days: Vec<String>,
        /// Largest first; at most 8 and one of the rest.
        series: Vec<UsageSeries>,
        /// All groups, largest first.
        rows: Vec<UsageRow>,
        /// Sum of the measure; money with the currency's places.
        total: DecimalString,
        /// Currency for cost.
        currency: Option<String>,
        /// Events in the period.
        events: Count,
        /// Events that could not be priced.
        unpriced: Count,
    }

    /// One colour of the chart.
    struct UsageSeries {
        /// Group; empty for the rest.
        key: String,
        /// Name; empty for the rest.
        name: String,
        /// Groups in it.
        groups: Count,
        /// One value per day, exact.
        values: Vec<DecimalString>,
        /// Sum; money with the currency's places.
        total: DecimalString,
    }

    /// One group of usage.
    struct UsageRow {
        /// Customer id, `provider/model` or provider; the raw name when unknown.
        key: String,
        /// Name.
        name: String,
        /// Whether the customer or model is known.
        known: bool,
        /// Events.
        events: Count,
        /// Input tokens, cached ones included.
        input_tokens: DecimalString,
        /// Of these, read from a cache.
        cached_tokens: DecimalString,
        /// Output tokens, reasoning included.
        output_tokens: DecimalString,
        /// Provider cost in the book's currency.
        cost: Option<MoneyText>,
    }

    /// Events behind a figure.
    struct UsageEventListRequest {
        /// First day, `YYYY-MM-DD`.
        from: String,
        /// Last day, inclusive.
        to: String,
        /// One customer, or all.
        customer_id: Option<String>,
        /// One model as `provider/model`, or all.
        model: Option<String>,
        /// Where the page before ended.
        cursor: Option<String>,
        /// Events wanted, at most 500.
        limit: u32,
    }

    /// A page of events.
    struct UsageEventListReply {
        /// Events in order of time.
        events: Vec<UsageEventText>,
        /// For the next page.
        cursor: Option<String>,
    }

    /// One event.
    struct UsageEventText {
        /// Source.
        source: String,
        /// Id at the source.
        id: String,
        /// RFC 3339.
        at: String,
        /// Customer as reported.
        customer_ref: String,
        /// Provider as reported.
        provider: String,
        /// Model as reported.
        model: String,
        /// Event name.
        event_name: String,
        /// Quantities.
        quantities: Vec<Fact>,
        /// Numbers and costs as the source gave them.
        reported: Vec<Fact>,
    }

    /// Looks at a file before anything is stored.
    struct UsageImportPreviewRequest {
        /// File.
        path: String,
        /// `auto` or a format.
        format: String,
        /// Columns; suggested when absent.
        mapping: Option<MappingText>,
    }

    /// What the file looks like.
    struct UsageImportPreviewReply {
        /// Detected or chosen format.
        format: String,
        /// All formats.
        formats: Vec<String>,
        /// Whether it is a price table rather than usage.
        is_price_table: bool,
        /// File name.
        name: String,
        /// Bytes.
        size: Count,
        /// Mapping in use, for `csv` files of unknown kind.
        mapping: Option<MappingText>,
        /// Columns of the file.
        columns: Vec<ColumnText>,
        /// Fields a column can be mapped to.
        fields: Vec<String>,
        /// The first events as they would be stored.
        sample: Vec<UsageEventText>,
        /// Faults of the file or the mapping that keep it from being read.
        problems: Vec<super::IssueText>,
        /// Faults in the first rows.
        issues: Vec<ImportIssue>,
        /// Rows looked at.
        rows: Count,
        /// Faults among them.
        rejected: Count,
        /// Customers in the first rows that are not known.
        unknown_customers: Vec<String>,
        /// Models in the first rows that are not known.
        unknown_models: Vec<String>,
    }

    /// A column of a file.
    struct ColumnText {
        /// Header.
        name: String,
        /// First value.
        example: String,
        /// Field it is mapped to.
        field: Option<String>,
        /// What to decide or know, as a stable word: `names_no_zone`, `day_or_month_first`, …
        note: Option<String>,
    }

    /// How columns become events.
    struct MappingText {
        /// Column → field.
        columns: Vec<ColumnField>,
        /// Customer of all rows, when no column says.
        customer: Option<String>,
        /// Provider of all rows.
        provider: Option<String>,
        /// Model of all rows.
        model: Option<String>,
        /// Event name of all rows.
        event_name: Option<String>,
        /// Source of all rows: half of each event's identity.
        source: Option<String>,
        /// How tokens are counted: `disj` (each in one column), `inc` (input contains the cached
        /// ones) or `exc` (cached ones come on top).
        convention: String,
        /// `.` or `,`.
        decimal_sign: String,
        /// `iso`, `day_first` or `month_first`.
        time_format: String,
        /// Minutes that the file's clock is ahead of UTC, for times without a zone.
        offset_minutes: i16,
    }

    /// One mapped column.
    struct ColumnField {
        /// Header.
        column: String,
        /// Field.
        field: String,
    }

    /// Stores a file's usage.
    struct UsageImportRunRequest {
        /// File.
        path: String,
        /// Format.
        format: String,
        /// Columns, for `csv`.
        mapping: Option<MappingText>,
        /// Given by the window, for cancel.
        job_id: String,
    }

    /// What an import did.
    struct UsageImportReport {
        /// Batch.
        id: String,
        /// File name.
        file: String,
        /// Format.
        format: String,
        /// RFC 3339.
        at: String,
        /// Stored.
        accepted: Count,
        /// Known already, same content.
        duplicate: Count,
        /// Known already, other content; the first stays.
        conflict: Count,
        /// Could not be taken.
        rejected: Count,
        /// The first of those not taken, with line, field and reason.
        issues: Vec<ImportIssue>,
        /// First and last instant stored.
        from: Option<String>,
        /// Last.
        to: Option<String>,
    }

    /// Imports so far, newest first.
    struct UsageImportListReply {
        /// Without their issues.
        batches: Vec<UsageImportReport>,
    }

    /// One import.
    struct UsageImportGetRequest {
        /// Batch.
        id: String,
    }

    /// A report of an import as a table, for a file that the person chose.
    struct UsageReportSaveRequest {
        /// Where to: a file that ends in `.csv`, `.tsv` or `.txt`.
        path: String,
        /// Its rows, one per line.
        text: String,
    }

    /// The report that was saved.
    struct UsageReportSaveReply {
        /// The file.
        path: String,
    }

    /// What waits.
    struct InboxListReply {
        /// Items, most events first.
        items: Vec<InboxItem>,
    }

    /// One thing that waits.
    struct InboxItem {
        /// Why.
        kind: InboxKind,
        /// What: the alias, `provider/model`, `EUR/USD`, …
        subject: String,
        /// More: the dimension, the customer's name, …
        detail: String,
        /// Events held.
        events: Count,
        /// First event, RFC 3339.
        since: Option<String>,
        /// Most likely answers: customer ids or `provider/model`.
        suggestions: Vec<InboxSuggestion>,
    }

    /// A likely answer.
    struct InboxSuggestion {
        /// Id to resolve with.
        id: String,
        /// Name.
        name: String,
    }

    /// Says who an alias is.
    struct InboxAssignCustomerRequest {
        /// Alias as seen.
        reference: String,
        /// Customer.
        customer_id: String,
    }

    /// Says which model a name is.
    struct InboxAssignModelRequest {
        /// Provider as reported.
        provider: String,
        /// Model as reported.
        model: String,
        /// Provider of the book.
        to_provider: String,
        /// Model of the book.
        to_model: String,
    }
}
