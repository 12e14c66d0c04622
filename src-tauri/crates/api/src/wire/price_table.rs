use super::{ColumnField, ColumnText, Count, DecimalString, Fact, ImportIssue};

words! {
    /// In which way a line of a price table is new.
    enum PriceLineKind {
        /// The book does not know the model.
        NewModel,
        /// The book has no price for this in force.
        NewPrice,
        /// The book has another price.
        Changed,
        /// The book has another price, from a source that it trusts more.
        Disagrees,
        /// An earlier table of this source had a price that this one does not have.
        Vanished,
    }
}

wire! {
    /// Reads a price table and compares it with the book; nothing is stored.
    struct PriceImportPreviewRequest {
        /// A file, or an address that begins with `http://` or `https://`.
        place: String,
        /// What the columns of a list mean; guessed when absent.
        mapping: Option<PriceMappingText>,
        /// Given by the window, for cancel.
        job_id: String,
    }

    /// How columns of a list become prices.
    struct PriceMappingText {
        /// Column → `provider`, `model`, `currency`, `valid_from`, `dimension`, `price`, or a
        /// dimension whose price it has.
        columns: Vec<ColumnField>,
        /// Provider of all rows, when no column says.
        provider: Option<String>,
        /// ISO 4217, when no column says.
        currency: Option<String>,
        /// So many tokens a price is for.
        tokens_per_price: Count,
        /// `.` or `,`.
        decimal: String,
        /// The name under which the list is known: what an earlier list of this name had and this
        /// one has not is shown as vanished.
        source: String,
    }

    /// What a price table would change.
    struct PriceImportPreviewReply {
        /// Names this comparison until the next one; absent while `problem` says why there is none.
        token: Option<String>,
        /// Name of the file, or the address.
        name: String,
        /// `litellm`, `genai-prices`, `openrouter`, `vercel-ai-gateway`, `models.dev`, `list`.
        format: String,
        /// Models with a price.
        models: Count,
        /// Prices that the book has already.
        unchanged: Count,
        /// Providers with lines, by name.
        providers: Vec<PriceProviderCount>,
        /// What is ticked, and what it does.
        taken: PriceTakenReply,
        /// For a list: what its columns mean.
        mapping: Option<PriceMappingText>,
        /// Its columns.
        columns: Vec<ColumnText>,
        /// What a column can mean.
        fields: Vec<String>,
        /// Why a list cannot be read with this mapping, in words.
        problem: Option<String>,
        /// Fields that were not taken, or not as they stand; the first 200.
        issues: Vec<ImportIssue>,
        /// How many in all.
        issue_count: Count,
    }

    /// Lines of one provider.
    struct PriceProviderCount {
        /// Provider.
        provider: String,
        /// Lines.
        lines: Count,
    }

    /// Lines of one kind.
    struct PriceKindCount {
        /// Kind.
        kind: PriceLineKind,
        /// Lines.
        lines: Count,
        /// Of these, ticked.
        taken: Count,
    }

    /// What is ticked, and what it does.
    struct PriceTakenReply {
        /// By kind; those without lines too.
        kinds: Vec<PriceKindCount>,
        /// Lines that are asked about.
        asked: Count,
        /// Of these, ticked.
        asked_taken: Count,
        /// What the ticked lines would have done to 30 days of usage; absent without usage.
        effect: Option<PriceEffect>,
    }

    /// Cost and sell price of 30 days of usage, as they were and as if the ticked lines had held,
    /// in the book's currency. Sold by the rules of the price book.
    struct PriceEffect {
        /// First day.
        from: String,
        /// Last day.
        to: String,
        /// Currency.
        currency: String,
        /// Cost as it was.
        cost_before: DecimalString,
        /// Cost as it would have been.
        cost_after: DecimalString,
        /// Sell price as it was.
        sell_before: DecimalString,
        /// Sell price as it would have been.
        sell_after: DecimalString,
        /// Margin in percent, one decimal.
        margin_before: Option<DecimalString>,
        /// Margin as it would have been.
        margin_after: Option<DecimalString>,
        /// Calls without a price before that would have one.
        priced: Count,
        /// Providers whose cost changes, by how much it does.
        providers: Vec<PriceEffectRow>,
    }

    /// The same of one provider.
    struct PriceEffectRow {
        /// Provider.
        provider: String,
        /// Cost as it was.
        cost_before: DecimalString,
        /// Cost as it would have been.
        cost_after: DecimalString,
    }

    /// Which lines.
    struct PriceLineFilter {
        /// Of one kind, or all.
        kind: Option<PriceLineKind>,
        /// Only those that are asked about.
        asked: bool,
        /// Of one provider, or all.
        provider: Option<String>,
        /// Words that provider, model and dimension contain.
        search: String,
    }

    /// A page of lines.
    struct PriceLinesRequest {
        /// Of which comparison.
        token: String,
        /// Which.
        filter: PriceLineFilter,
        /// Lines to skip.
        offset: u32,
        /// Lines wanted, at most 500.
        limit: u32,
    }

    /// Lines in the order of providers, models and dimensions.
    struct PriceLinesReply {
        /// The lines.
        lines: Vec<PriceLineText>,
        /// Lines that match in all.
        total: Count,
        /// Of these, ticked.
        taken: Count,
    }

    /// One line. Token prices per million, others per unit.
    struct PriceLineText {
        /// Its number.
        id: Count,
        /// In which way it is new.
        kind: PriceLineKind,
        /// Provider.
        provider: String,
        /// Model.
        model: String,
        /// Dimension; absent where the rules beside the prices change.
        dimension: Option<String>,
        /// Conditions as in [`crate::wire::ModelPrice`].
        conditions: Vec<String>,
        /// The price in force.
        was: Option<DecimalString>,
        /// Its currency.
        was_currency: Option<String>,
        /// Name and version of its source.
        was_source: Option<String>,
        /// The price of the table; absent: the price ends.
        will: Option<DecimalString>,
        /// Its currency.
        will_currency: Option<String>,
        /// The change in percent, one decimal.
        percent: Option<DecimalString>,
        /// From when on, RFC 3339; absent: since ever.
        from: Option<String>,
        /// What the table wrote, where the price is not its exact reading.
        original: Option<String>,
        /// A price by hand stands before it.
        own: bool,
        /// A hundred times the price in force or a hundredth: asked about.
        asked: bool,
        /// Ticked.
        taken: bool,
        /// What changes beside the prices: key and new value.
        rules: Vec<Fact>,
    }

    /// Ticks lines or takes the ticks away.
    struct PriceTakeRequest {
        /// Of which comparison.
        token: String,
        /// Numbers of lines; absent: all of the filter.
        lines: Option<Vec<Count>>,
        /// Which, when no numbers are given. Lines that are asked about are ticked only by number,
        /// or where the filter asks for them.
        filter: PriceLineFilter,
        /// Ticked, or not.
        taken: bool,
    }

    /// Stores what is ticked, as one step.
    struct PriceImportRunRequest {
        /// Of which comparison.
        token: String,
        /// Given by the window, for cancel.
        job_id: String,
    }

    /// What a price table brought.
    struct PriceImportReply {
        /// As in the preview.
        format: String,
        /// Models of the table.
        models: Count,
        /// Prices that were added.
        added: Count,
        /// Of these, ends of prices.
        ended: Count,
        /// Prices that were known.
        unchanged: Count,
        /// Lines that were not ticked.
        left: Count,
        /// Of these, lines that are asked about.
        asked: Count,
        /// Fields that could not be read, or not as they stand.
        issues: Vec<ImportIssue>,
        /// How many in all.
        issue_count: Count,
    }
}
