use super::{Count, DecimalString, NameMatch, OwnPriceText, PriceDraftHead, StagedCell};

words! {
    /// Which models the grid shows.
    enum GridFilter {
        /// Models with usage in the book.
        Used,
        /// All models.
        All,
        /// Models with a markup of their own.
        Own,
        /// Models that sell below cost somewhere.
        BelowCost,
    }
    /// Level of a markup rule.
    enum ScopeWord {
        /// Everybody.
        Book,
        /// Customers on a plan.
        Plan,
        /// One subscription.
        Contract,
    }
}

wire! {
    /// A page of the price grid.
    struct PriceGridRequest {
        /// Part of model or provider; typos are forgiven.
        search: String,
        /// One provider, or all.
        provider: Option<String>,
        /// Which models.
        filter: GridFilter,
        /// Rows to skip.
        offset: u32,
        /// Rows wanted, at most 500.
        limit: u32,
        /// Prices as of this instant, RFC 3339; now when absent.
        at: Option<String>,
    }

    /// Rows of the grid, grouped by provider in order.
    struct PriceGridReply {
        /// The rows.
        rows: Vec<PriceRow>,
        /// Rows that match in all.
        total: Count,
        /// Models in the book.
        models: Count,
        /// Dimensions that any matching row has, in order: the columns.
        dimensions: Vec<String>,
        /// Currency of sell prices.
        currency: String,
        /// Matching providers with their number of rows, in order.
        providers: Vec<ProviderRow>,
        /// Rate used, when cost is in another currency and the rate is known.
        exchange_note: Option<String>,
        /// Nearest names when nothing matches.
        suggestions: Vec<String>,
        /// Columns of prices under conditions that any matching row has, in order.
        condition_columns: Vec<PriceColumn>,
        /// What is staged.
        draft: PriceDraftHead,
    }

    /// A column of prices under conditions.
    struct PriceColumn {
        /// `long_context`, `long_context_2`, or the conditions themselves: `processing = batch`.
        column: String,
        /// Dimension.
        dimension: String,
    }

    /// A dimension that is charged with another one.
    struct ChargedAs {
        /// The dimension without a price of its own.
        dimension: String,
        /// The one whose price is taken.
        parent: String,
        /// Times this; absent where it is the very price.
        factor: Option<DecimalString>,
    }

    /// A provider in the grid.
    struct ProviderRow {
        /// Name.
        provider: String,
        /// Matching models.
        matching: Count,
        /// Models in all.
        models: Count,
        /// Markup rule for the provider or the book, as percent.
        markup_percent: Option<DecimalString>,
        /// Newest day a price was seen.
        seen_on: String,
    }

    /// One model.
    struct PriceRow {
        /// Provider.
        provider: String,
        /// Model.
        model: String,
        /// Prices without conditions, by dimension; absent ones are not offered.
        cells: Vec<PriceCell>,
        /// Prices under conditions, by column; those of one column differ in conditions.
        condition_cells: Vec<PriceCell>,
        /// Dimensions without a price that are charged with another one.
        charged_as: Vec<ChargedAs>,
        /// Prices under conditions exist (long context, batch, tiers).
        conditional: Count,
        /// First context threshold, in tokens.
        context_threshold: Option<Count>,
    }

    /// One price. Token prices per million, others per unit.
    struct PriceCell {
        /// Dimension.
        dimension: String,
        /// Conditions of the provider's price: hand them back to edit this very cell; empty for
        /// none.
        conditions_key: String,
        /// The conditions in words' parts: `context > 200000`.
        conditions: Vec<String>,
        /// Column of `condition_columns`; empty for a price without conditions.
        column: String,
        /// Cost in the provider's currency; empty where the provider has no price.
        cost: DecimalString,
        /// Its currency; empty where there is no price.
        cost_currency: String,
        /// Cost in the book's currency, when the exchange rate is known.
        cost_converted: Option<DecimalString>,
        /// Percent of the markup in force.
        markup_percent: Option<DecimalString>,
        /// The price or formula of one's own, where that is in force in place of a markup.
        own: Option<OwnPriceText>,
        /// What we charge, in the book's currency, as published.
        sell: Option<DecimalString>,
        /// Margin in percent of sell, one decimal.
        margin: Option<DecimalString>,
        /// Where the rule in force stands: `book`, `provider`, `model`, `cell`.
        rule: Option<String>,
        /// Whether sell is below cost.
        below_cost: bool,
        /// Why sell is not known: `no_exchange_rate`, `inexact`, `formula`.
        problem: Option<String>,
        /// The cell as the draft has it, where that differs.
        staged: Option<StagedCell>,
    }

    /// Asks for all prices of a model.
    struct ModelGetRequest {
        /// Provider.
        provider: String,
        /// Model.
        model: String,
        /// RFC 3339; now when absent.
        at: Option<String>,
    }

    /// All prices of a model, of all times and conditions.
    struct ModelGetReply {
        /// Provider.
        provider: String,
        /// Model.
        model: String,
        /// Names that usage may call it by.
        aliases: Vec<String>,
        /// Why each of them stands for the model.
        matched: Vec<NameMatch>,
        /// Prices in force at the instant.
        prices: Vec<ModelPrice>,
        /// Older, later and replaced rows.
        history: Vec<ModelPrice>,
        /// Rules for this model, most specific first.
        rules: Vec<MarkupRuleText>,
        /// Who bought it of late; absent in a book without usage.
        sales: Option<ModelSales>,
    }

    /// One provider price with its conditions and derivation.
    struct ModelPrice {
        /// Dimension.
        dimension: String,
        /// Conditions in words' parts: `context > 200000`, `processing = batch`.
        conditions: Vec<String>,
        /// The price and what becomes of it.
        cell: PriceCell,
        /// RFC 3339; absent: since ever.
        valid_from: Option<String>,
        /// RFC 3339.
        recorded_at: String,
        /// Name and version of the source.
        source: String,
        /// Address of the source.
        address: String,
        /// Day seen.
        seen_on: String,
        /// Entered by hand.
        manual: bool,
        /// The steps from cost to sell.
        steps: Vec<ExplainStep>,
    }

    /// A step of an explanation, in order.
    struct ExplainStep {
        /// What it is: `events`, `quantity`, `provider_price`, `exchange_rate`, `markup`,
        /// `sell_price`, `tier`, `fee`, `proration`, `amount`, `rounded`, …
        code: String,
        /// Main figure, exact.
        value: String,
        /// Currency or unit of the figure.
        unit: Option<String>,
        /// Source, date and whatever stands below, as key-value pairs for the words.
        facts: Vec<Fact>,
        /// How deep inside another step, such as a bucket's price, it stands; not when absent.
        #[serde(default)]
        #[ts(optional = nullable)]
        depth: Option<u8>,
    }

    /// A key and its value.
    struct Fact {
        /// A stable word: `source`, `valid_from`, `scope`.
        key: String,
        /// The value.
        value: String,
    }

    /// Thirty days of a model's usage, and what it brought.
    struct ModelSales {
        /// First day, in the company's zone.
        from: String,
        /// Last day.
        to: String,
        /// Of the revenue: that of the price book.
        currency: String,
        /// Together.
        all: ModelBought,
        /// Each customer, most revenue first.
        buyers: Vec<ModelBuyer>,
    }

    /// A customer who bought a model.
    struct ModelBuyer {
        /// Customer.
        customer_id: String,
        /// Name.
        name: String,
        /// What.
        bought: ModelBought,
    }

    /// Usage of a model at the prices of the price book: before what plans include, tiers and
    /// minimums.
    struct ModelBought {
        /// Tokens.
        tokens: DecimalString,
        /// Calls.
        requests: Count,
        /// Rounded once; absent while some of it has no price.
        revenue: Option<DecimalString>,
        /// Percent of the revenue, to one place; absent without revenue or where some cost is not
        /// known.
        margin: Option<DecimalString>,
    }

    /// A markup.
    struct MarkupText {
        /// Percent on cost.
        percent: DecimalString,
        /// Per million tokens (per unit otherwise), sell currency.
        fixed_per_unit: Option<DecimalString>,
        /// Per request, sell currency.
        fixed_per_request: Option<DecimalString>,
        /// Least margin, percent.
        minimum_margin: Option<DecimalString>,
        /// Step of the list price per million.
        round_to: Option<DecimalString>,
    }

    /// Where a rule holds.
    struct MarkupScopeText {
        /// Level.
        level: ScopeWord,
        /// Plan or subscription id for those levels.
        owner: Option<String>,
        /// One provider, or all.
        provider: Option<String>,
        /// One model, or all.
        model: Option<String>,
        /// One dimension, or all.
        dimension: Option<String>,
        /// Exactly these conditions (`PriceCell.conditionsKey`); absent: whatever they are.
        conditions: Option<String>,
    }

    /// A rule in force.
    struct MarkupRuleText {
        /// Where.
        scope: MarkupScopeText,
        /// Name of plan or customer, for showing.
        owner_name: Option<String>,
        /// What; nothing on cost where `own` is there.
        markup: MarkupText,
        /// A price of one's own, in place of a markup.
        own: Option<OwnPriceText>,
        /// The version that published it.
        version: Option<Count>,
        /// RFC 3339; absent: since ever.
        valid_from: Option<String>,
        /// RFC 3339.
        recorded_at: String,
    }

    /// The rules in force, least specific first.
    struct MarkupListReply {
        /// Rules.
        rules: Vec<MarkupRuleText>,
    }

    /// A rule as it is being typed, to see what it would do.
    struct MarkupPreviewRequest {
        /// Where.
        scope: MarkupScopeText,
        /// What; absent ends the rule.
        markup: Option<MarkupText>,
        /// From which day on calls are priced by it, `YYYY-MM-DD`; absent: all that is not final.
        valid_from: Option<String>,
    }

    /// A rule that is being typed, and a price to try it on.
    struct MarkupCellRequest {
        /// The rule as it would be staged.
        rule: MarkupPreviewRequest,
        /// Provider.
        provider: String,
        /// Model.
        model: String,
        /// Dimension.
        dimension: String,
        /// RFC 3339; now when absent.
        at: Option<String>,
    }

    /// A price as it would be.
    struct MarkupCellReply {
        /// Absent when the model has no such price.
        cell: Option<PriceCell>,
    }

    /// Effect of a change of rules on the newest month with usage.
    struct MarkupPreviewReply {
        /// Month.
        month: Option<String>,
        /// Net of all drafts in the book's currency, as it is.
        before: Option<DecimalString>,
        /// As it would be.
        after: Option<DecimalString>,
        /// Currency.
        currency: String,
        /// Customers who would pay more.
        more: Count,
        /// Customers who would pay less.
        less: Count,
    }

    /// Sets a provider price by hand (a negotiated rate), or ends it.
    struct PriceManualRequest {
        /// Provider.
        provider: String,
        /// Model; a new one is made when it does not exist.
        model: String,
        /// Dimension.
        dimension: String,
        /// Per million tokens, per unit otherwise; absent ends the own price.
        price: Option<DecimalString>,
        /// ISO 4217.
        currency: String,
        /// Day from which it holds, `YYYY-MM-DD`; absent: since ever.
        valid_from: Option<String>,
        /// Where the number comes from.
        note: String,
    }

    /// Something in a file that could not be taken.
    struct ImportIssue {
        /// Line, from 1; 0 when it concerns the file.
        line: Count,
        /// Field or column.
        field: String,
        /// A stable word.
        code: String,
        /// Values for the message.
        params: Vec<Fact>,
    }
}
