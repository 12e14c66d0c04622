use super::{Count, DecimalString, Fact, MarkupScopeText, MarkupText, PriceCell};

words! {
    /// What is typed into a cell, or done to it.
    enum PriceEditWhat {
        /// A formula, with or without `=`; numbers with a point.
        Formula,
        /// A list price: per million tokens, per unit otherwise, in the book's currency.
        Price,
        /// Percent on cost.
        Percent,
        /// A whole markup, in `markup`.
        Markup,
        /// The rule of this scope ends: less specific rules hold again.
        Clear,
        /// What is staged here is taken back.
        Revert,
    }
    /// What a bulk edit does to each cell.
    enum PriceBulkWhat {
        /// Sell price plus so many percent.
        Percent,
        /// This formula.
        Formula,
        /// The sell price rounded to a multiple of this step.
        Round,
        /// The sell price of the column `from_dimension`, `from_conditions`.
        Copy,
        /// No price of its own.
        Clear,
        /// Nothing staged.
        Revert,
    }
}

wire! {
    /// A price of one's own, in place of a markup.
    struct OwnPriceText {
        /// `price` or `formula`.
        kind: String,
        /// A list price: per million tokens, per unit otherwise.
        price: Option<DecimalString>,
        /// A formula as it was typed.
        typed: Option<String>,
        /// The formula as it is computed: `published` is the price that it stood for.
        formula: Option<String>,
        /// Its currency.
        currency: String,
    }

    /// A cell as the draft has it.
    struct StagedCell {
        /// What it would sell for.
        sell: Option<DecimalString>,
        /// Margin in percent of that, one decimal.
        margin: Option<DecimalString>,
        /// Whether that is below cost.
        below_cost: bool,
        /// Where the rule that would hold stands.
        rule: Option<String>,
        /// Its percent, where it is a markup.
        markup_percent: Option<DecimalString>,
        /// Its price or formula, where it is one.
        own: Option<OwnPriceText>,
        /// Staged at this very cell; otherwise another staged change reaches it.
        here: bool,
        /// Why there would be no price: a word of a formula's fault, or of a missing price.
        problem: Option<String>,
        /// Note of the change staged here.
        note: String,
    }

    /// The draft in short.
    struct PriceDraftHead {
        /// Staged changes.
        staged: Count,
        /// Day from which it is to price, `YYYY-MM-DD`; absent: when it is published.
        valid_on: Option<String>,
        /// Why, as far as it was typed.
        reason: String,
        /// The version that it restores.
        restores: Option<Count>,
        /// The number that it will have.
        number: Count,
        /// The newest version that prices now; absent before the first.
        live: Option<Count>,
    }

    /// One edit of one rule: a cell, or a wider place.
    struct PriceEdit {
        /// Where. A cell names level `book`, provider, model, dimension and conditions.
        scope: MarkupScopeText,
        /// What.
        what: PriceEditWhat,
        /// The formula, the price or the percent.
        text: String,
        /// For `markup`.
        markup: Option<MarkupText>,
        /// Why; shown in the review.
        note: String,
    }

    /// What is wrong with what was typed.
    struct PriceFault {
        /// A stable word: `division_by_zero`, `loop`, `not_a_number`, `unknown_model`.
        code: String,
        /// Characters before the place in the formula, where it is about one.
        at: Option<Count>,
        /// The word or number that it is about.
        word: String,
    }

    /// Edits to stage at once, as one undo step. One fault, and nothing is staged.
    struct PriceStageRequest {
        /// The edits.
        edits: Vec<PriceEdit>,
    }

    /// What became of each edit, in order.
    struct PriceStageReply {
        /// Whether all was staged.
        staged: bool,
        /// One for each edit.
        results: Vec<PriceEditResult>,
        /// The draft after it.
        draft: PriceDraftHead,
    }

    /// What became of one edit.
    struct PriceEditResult {
        /// The cell as it is now; absent for a wider place and where there is a fault.
        cell: Option<PriceCell>,
        /// What is wrong.
        fault: Option<PriceFault>,
    }

    /// What is being typed into one cell.
    struct PriceTryRequest {
        /// The edit as it would be staged.
        edit: PriceEdit,
        /// Prices as of this instant, RFC 3339; now when absent.
        at: Option<String>,
    }

    /// What it would come to.
    struct PriceTryReply {
        /// What it would sell for: per million tokens, per unit otherwise.
        sell: Option<DecimalString>,
        /// Margin in percent of that, one decimal.
        margin: Option<DecimalString>,
        /// Whether that is below cost.
        below_cost: bool,
        /// Change against the published price in percent, one decimal.
        change: Option<DecimalString>,
        /// The published price.
        published: Option<DecimalString>,
        /// Cost in the book's currency.
        cost: Option<DecimalString>,
        /// Units that a call is billed at least, of the quantity that is priced here; absent where
        /// the provider has no such rule.
        at_least: Option<Count>,
        /// What the names stand for: `cost`, `list`, `published`, and each `row(…)` that is used.
        names: Vec<Fact>,
        /// The formula in canonical form.
        formula: Option<String>,
        /// What is wrong.
        fault: Option<PriceFault>,
    }

    /// A cell of the price book.
    struct PricePlace {
        /// Provider.
        provider: String,
        /// Model.
        model: String,
        /// Dimension.
        dimension: String,
        /// Conditions as `PriceCell.conditionsKey` has them; absent: whatever they are.
        conditions: Option<String>,
    }

    /// The same edit of many cells.
    struct PriceBulkRequest {
        /// The cells; absent: those of `filter`.
        cells: Option<Vec<PricePlace>>,
        /// All priced cells of these models and columns, when `cells` is absent.
        filter: Option<PriceBulkFilter>,
        /// What is done.
        what: PriceBulkWhat,
        /// Percent, formula or step.
        text: String,
        /// Column to copy from.
        from_dimension: Option<String>,
        /// Conditions of the column to copy from; absent: without conditions.
        from_conditions: Option<String>,
        /// With `percent`: round the result to this step.
        round_to: Option<DecimalString>,
        /// Why; shown in the review.
        note: String,
    }

    /// Cells by model and column.
    struct PriceBulkFilter {
        /// As the grid's search.
        search: String,
        /// One provider, or all.
        provider: Option<String>,
        /// As the grid's filter.
        filter: super::GridFilter,
        /// Dimensions; none means all.
        dimensions: Vec<String>,
    }

    /// What a bulk edit or a paste would do, or has done.
    struct PriceManyReply {
        /// Whether it was staged.
        staged: bool,
        /// Cells that change.
        changed: Count,
        /// Cells that are as they would be.
        unchanged: Count,
        /// Cells left out because they have no price to start from.
        skipped: Count,
        /// Cells that would sell below cost.
        below_cost: Count,
        /// The first cells, with what they sell for before and after.
        examples: Vec<PriceExample>,
        /// The first faults; one, and nothing is staged.
        faults: Vec<PriceManyFault>,
        /// How many faults in all.
        fault_count: Count,
        /// The draft after it.
        draft: PriceDraftHead,
    }

    /// A cell before and after.
    struct PriceExample {
        /// The cell.
        place: PricePlace,
        /// What it sells for, with what was staged before.
        was: Option<DecimalString>,
        /// What it would sell for.
        will_be: Option<DecimalString>,
    }

    /// A fault of one of many cells.
    struct PriceManyFault {
        /// The cell.
        place: PricePlace,
        /// Row of the paste, from 1; 0 in a bulk edit.
        row: Count,
        /// Column of the paste, from 1; 0 in a bulk edit.
        column: Count,
        /// What is wrong.
        fault: PriceFault,
    }

    /// A block of prices from a spreadsheet.
    struct PricePasteRequest {
        /// What each column is.
        columns: Vec<PricePasteColumn>,
        /// The rows.
        rows: Vec<PricePasteRow>,
        /// Why; shown in the review.
        note: String,
    }

    /// A column of a pasted block.
    struct PricePasteColumn {
        /// Dimension.
        dimension: String,
        /// Conditions; absent: whatever they are.
        conditions: Option<String>,
    }

    /// A row of a pasted block.
    struct PricePasteRow {
        /// Provider.
        provider: String,
        /// Model.
        model: String,
        /// One text for each column, a point for the decimal sign: a price per million tokens, per
        /// unit otherwise, or a formula that begins with `=`; an empty one changes nothing.
        cells: Vec<String>,
    }

    /// Remembers date and reason of the draft.
    struct PriceDraftSaveRequest {
        /// Day from which it is to price, `YYYY-MM-DD`; absent: when it is published.
        valid_on: Option<String>,
        /// Why.
        reason: String,
    }

    /// Rules of the price book itself.
    struct PriceSettingsReply {
        /// A draft with prices below cost is not published.
        below_cost_blocks: bool,
    }

    /// Sets the rules of the price book itself.
    struct PriceSettingsSaveRequest {
        /// A draft with prices below cost is not published.
        below_cost_blocks: bool,
    }

    /// The draft in short.
    struct PriceDraftReply {
        /// The draft.
        draft: PriceDraftHead,
    }
}

words! {
    /// What becomes of rules that a file does not name.
    enum PriceBookMissing {
        /// They stay.
        Keep,
        /// They end.
        End,
    }
}

wire! {
    /// Writes the price book to a file.
    struct PriceBookExportRequest {
        /// File: CSV or a workbook when its name ends so, TOML otherwise.
        path: String,
    }

    /// A written price book.
    struct PriceBookExportReply {
        /// Rules in the file.
        rules: Count,
    }

    /// Stages what a file says.
    struct PriceBookImportRequest {
        /// File: CSV or a workbook when its name ends so, TOML otherwise.
        path: String,
        /// What becomes of rules that it does not name.
        missing: PriceBookMissing,
    }

    /// What a file brought.
    struct PriceBookImportReply {
        /// Whether it was staged.
        staged: bool,
        /// Rules in the file.
        rules: Count,
        /// Changes that were staged.
        changed: Count,
        /// The first faults; one, and nothing is staged.
        faults: Vec<PriceFileFault>,
        /// How many faults in all.
        fault_count: Count,
        /// The draft after it.
        draft: PriceDraftHead,
    }

    /// A fault of an entry of a file.
    struct PriceFileFault {
        /// Line of CSV or of the sheet, number of the entry in TOML.
        line: Count,
        /// What is wrong.
        fault: PriceFault,
    }
}
