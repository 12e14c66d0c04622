use super::{ChargeText, Count, DecimalString, MoneyText};

wire! {
    /// A change of a charge, and what it is tried on.
    struct ChargeCompareRequest {
        /// The charge as edited (`per_unit`, `graduated` or `document`).
        charge: ChargeText,
        /// The charge before; absent when there was none.
        before: Option<ChargeText>,
        /// ISO 4217.
        currency: String,
        /// What customers used.
        customers: Vec<UsedText>,
        /// What one unit costs on average, for `quantities` and tiers; absent when not known.
        unit_cost: Option<DecimalString>,
        /// Quantities to try beside.
        quantities: Vec<DecimalString>,
    }

    /// What one customer used.
    struct UsedText {
        /// How much.
        quantity: DecimalString,
        /// What the providers charge for it; absent when not known.
        cost: Option<DecimalString>,
    }

    /// What the change would mean.
    struct ChargeCompareReply {
        /// One per customer, in the order asked.
        rows: Vec<ComparedText>,
        /// The sums of the rows.
        total: ComparedText,
        /// Who pays less.
        less: MovedText,
        /// Who pays more.
        more: MovedText,
        /// How many paid less than their cost before; absent when not known.
        below_cost_before: Option<Count>,
        /// How many after.
        below_cost: Option<Count>,
        /// One per quantity, in the order asked.
        tried: Vec<ComparedText>,
        /// Margin of each tier's price in percent; empty for a charge without tiers.
        tier_margins: Vec<Option<DecimalString>>,
    }

    /// Amounts before and after, each rounded as an invoice line is.
    struct ComparedText {
        /// Before.
        before: Option<MoneyText>,
        /// After.
        after: MoneyText,
        /// After less before.
        change: Option<MoneyText>,
        /// What the providers charge, rounded for showing; absent when not known.
        cost: Option<MoneyText>,
        /// Margin before, in percent to one place.
        margin_before: Option<DecimalString>,
        /// Margin after.
        margin: Option<DecimalString>,
    }

    /// Those who pay less, or those who pay more.
    struct MovedText {
        /// How many.
        count: Count,
        /// The change in the middle of theirs.
        median: Option<MoneyText>,
    }
}
