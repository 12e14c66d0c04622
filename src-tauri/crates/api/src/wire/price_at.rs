use super::{Count, DecimalString, Fact};

wire! {
    /// Asks what a model cost at an instant, as the book knew it at another.
    struct PriceAtRequest {
        /// Provider as reported; may be empty.
        provider: String,
        /// Model as reported.
        model: String,
        /// RFC 3339 or `YYYY-MM-DD`; now when absent.
        at: Option<String>,
        /// The same; as it is known now when absent.
        as_of: Option<String>,
        /// One dimension, or all that the model has.
        dimension: Option<String>,
        /// Marks of the call: `service_tier`, `processing`, `speed`, `region`, `route`, `variant`,
        /// `search_type`.
        marks: Vec<Fact>,
        /// Input tokens of the call.
        context_tokens: Count,
    }

    /// What a model cost.
    struct PriceAtReply {
        /// Provider in the book.
        provider: String,
        /// Model in the book.
        model: String,
        /// RFC 3339.
        at: String,
        /// RFC 3339; absent: as it is known now.
        as_of: Option<String>,
        /// Why the reported name stands for the model.
        matched: NameMatch,
        /// The prices, by dimension.
        prices: Vec<PriceAtRow>,
    }

    /// Why a name stands for a model.
    struct NameMatch {
        /// The name as reported, `provider/model`.
        name: String,
        /// `alias`, `name`, `family`, `only_one`, `rule`.
        by: String,
        /// The rule, for `rule`: its pattern.
        rule: Option<String>,
        /// What was taken off before: `path`, `undated`, `prefix`, `maker`.
        steps: Vec<String>,
    }

    /// The price of one dimension, and why. Token prices per million, others per unit.
    struct PriceAtRow {
        /// Dimension.
        dimension: String,
        /// The price of the call; absent where there is none.
        price: Option<DecimalString>,
        /// Its currency.
        currency: Option<String>,
        /// Why there is none, in words.
        problem: Option<String>,
        /// The row that was chosen: its own price.
        row: Option<DecimalString>,
        /// The dimension of the row, where it is another.
        of: Option<String>,
        /// Conditions of the row.
        conditions: Vec<String>,
        /// RFC 3339; absent: since ever.
        valid_from: Option<String>,
        /// RFC 3339.
        recorded_at: Option<String>,
        /// Name and version of the source.
        source: String,
        /// Address of the source.
        address: String,
        /// What the table wrote, where the price is not its exact reading.
        original: Option<String>,
        /// Entered by hand.
        manual: bool,
        /// Rules for missing prices that led to the row: dimension and `parent × factor`.
        fallbacks: Vec<Fact>,
        /// Whose rules they are: `litellm`, `genai`, `open_router`, …
        rules: Option<String>,
        /// Factors on all token prices: mark and factor.
        factors: Vec<Fact>,
        /// Units that a call is billed at least; absent where there is no such rule.
        at_least: Option<Count>,
    }
}
