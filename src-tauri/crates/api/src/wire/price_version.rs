use super::{Count, DecimalString, Fact, MarkupScopeText, MarkupText, OwnPriceText};

wire! {
    /// The review of the draft.
    struct PriceReviewRequest {
        /// Month whose usage shows the effect, `YYYY-MM`; the last full one when absent.
        month: Option<String>,
        /// Keys of the changes that are looked at; all when absent.
        only: Option<Vec<String>>,
    }

    /// What the draft would change.
    struct PriceReviewReply {
        /// The draft.
        draft: super::PriceDraftHead,
        /// The changes, at most 500, those that are looked at or not.
        changes: Vec<PriceChangeRow>,
        /// How many there are.
        total: Count,
        /// The month.
        month: String,
        /// Currency of the book; customers who pay in another one are not in the sums.
        currency: String,
        /// Charged for the usage of the month, as it is.
        revenue_before: DecimalString,
        /// As it would be.
        revenue_after: DecimalString,
        /// The difference.
        revenue_change: DecimalString,
        /// Margin in percent, one decimal, as it is.
        margin_before: Option<DecimalString>,
        /// As it would be.
        margin_after: Option<DecimalString>,
        /// Customers who would pay more.
        bills_up: Count,
        /// Customers who would pay less.
        bills_down: Count,
        /// Customers who would pay the same.
        bills_unchanged: Count,
        /// The bills that change most, at most 10.
        bills: Vec<PriceBillChange>,
        /// Prices that would still be below cost: those that are staged, and those that were used.
        below_cost: Vec<PriceLoss>,
        /// Finalized invoices that the version would have changed; they stay as they are.
        finalized: Vec<PriceFinalChange>,
        /// Customers whose month could not be computed.
        failed: Count,
        /// Drafts of months that have begun are priced anew from this instant on, RFC 3339.
        valid_from: String,
        /// What of `revenue_change` no change that is looked at does: with the effects of the
        /// changes it is all of it.
        effect_rest: DecimalString,
        /// Usage of the month that would wait and does not now, most events first, at most 100.
        held: Vec<PriceHeld>,
        /// How many rows of it there are.
        held_total: Count,
        /// Events of it; a call of which several dimensions would wait counts once.
        held_events: Count,
        /// Prices that the changes that are looked at bring below cost, at most 100.
        blocking: Vec<PriceBlock>,
        /// How many there are.
        blocking_total: Count,
        /// Whether they may not be published.
        below_cost_blocks: bool,
    }

    /// Usage that would wait under the draft.
    struct PriceHeld {
        /// Customer.
        customer_id: String,
        /// Name.
        customer: String,
        /// Provider as reported.
        provider: String,
        /// Model as reported.
        model: String,
        /// Dimension.
        dimension: String,
        /// Why: `no_exchange_rate`, `no_price`, `formula`, `inexact`, …
        reason: String,
        /// Figures for the words: `base` and `quote` of an exchange rate, `fault` of a formula.
        facts: Vec<Fact>,
        /// How much, in units of the dimension.
        quantity: DecimalString,
        /// Over how many events.
        events: Count,
    }

    /// A price below cost: per million tokens, per unit otherwise.
    struct PriceBlock {
        /// Provider.
        provider: String,
        /// Model.
        model: String,
        /// Dimension.
        dimension: String,
        /// Conditions in words.
        conditions: Vec<String>,
        /// What it would sell for.
        sell: DecimalString,
        /// What it costs.
        cost: DecimalString,
        /// Currency of both.
        currency: String,
    }

    /// One change.
    struct PriceChangeRow {
        /// Stable key: hand it back to choose the change.
        key: String,
        /// Where.
        scope: MarkupScopeText,
        /// Plan or customer, where it is of one.
        owner_name: Option<String>,
        /// `price`, `formula`, `markup`, `end` or `rate`.
        what: String,
        /// The price or formula.
        own: Option<OwnPriceText>,
        /// The markup.
        markup: Option<MarkupText>,
        /// The exchange rate; then there is no scope.
        rate: Option<RateChange>,
        /// Why.
        note: String,
        /// Price as published: per million tokens, per unit otherwise; of a cell only.
        was: Option<DecimalString>,
        /// Price as it would be.
        will_be: Option<DecimalString>,
        /// Change in percent, one decimal.
        change: Option<DecimalString>,
        /// Margin in percent, as published.
        margin_before: Option<DecimalString>,
        /// Margin in percent, as it would be.
        margin_after: Option<DecimalString>,
        /// Whether it would sell below cost.
        below_cost: bool,
        /// Customers who would be charged by it in the month.
        customers: Count,
        /// What it does to the month's revenue; absent for a change that is not looked at.
        effect: Option<DecimalString>,
        /// What is wrong with its formula.
        fault: Option<super::PriceFault>,
    }

    /// An exchange rate that the version would fix.
    struct RateChange {
        /// From.
        base: String,
        /// To.
        quote: String,
        /// As it is.
        was: Option<super::ExchangeText>,
        /// As it would be.
        will_be: Option<super::ExchangeText>,
    }

    /// A bill that would change.
    struct PriceBillChange {
        /// Customer.
        customer_id: String,
        /// Name.
        customer: String,
        /// Charged for usage, as it is.
        was: DecimalString,
        /// As it would be.
        would_be: DecimalString,
        /// The difference.
        change: DecimalString,
        /// Currency.
        currency: String,
        /// Margin in percent, as it is.
        margin_before: Option<DecimalString>,
        /// As it would be.
        margin_after: Option<DecimalString>,
    }

    /// A price below cost.
    struct PriceLoss {
        /// Provider.
        provider: String,
        /// Model.
        model: String,
        /// Dimension.
        dimension: String,
        /// What usage of the month would lose; absent where there was none.
        loss: Option<DecimalString>,
    }

    /// A finalized invoice that a backdated version would have changed.
    struct PriceFinalChange {
        /// Invoice.
        invoice_id: String,
        /// Number.
        number: String,
        /// Customer.
        customer: String,
        /// Net as finalized.
        net: DecimalString,
        /// What would be different.
        change: DecimalString,
        /// Currency.
        currency: String,
    }

    /// Publishes the draft.
    struct PricePublishRequest {
        /// Keys of the changes; all when absent. The others stay staged.
        only: Option<Vec<String>>,
        /// Day from which it prices, `YYYY-MM-DD`; absent: now.
        valid_on: Option<String>,
        /// Why; required.
        reason: String,
        /// Id of the job.
        job_id: String,
    }

    /// A version that was published.
    struct PricePublishReply {
        /// Its number.
        number: Count,
        /// What is still staged.
        draft: super::PriceDraftHead,
    }

    /// All versions of the price book.
    struct PriceVersionListReply {
        /// Newest first.
        versions: Vec<PriceVersionText>,
        /// The draft.
        draft: super::PriceDraftHead,
    }

    /// A version of the price book; it never changes.
    struct PriceVersionText {
        /// 1, 2, 3, …
        number: Count,
        /// `first`, `change`, `draft` or `rollback`.
        kind: String,
        /// RFC 3339; absent: since ever.
        valid_from: Option<String>,
        /// When the next one by date begins, RFC 3339; absent while it is the last.
        valid_until: Option<String>,
        /// RFC 3339.
        published_at: String,
        /// Why.
        reason: String,
        /// The version that it restores.
        restores: Option<Count>,
        /// Rules that it set or ended.
        rules: Count,
        /// Exchange rates that it fixed.
        rates: Count,
        /// Whether it is the one that prices now.
        live: bool,
    }

    /// Two states of the price book.
    struct PriceCompareRequest {
        /// A version; 0 is the draft.
        from: Count,
        /// A version; 0 is the draft.
        to: Count,
    }

    /// What differs between two states.
    struct PriceCompareReply {
        /// Exchange rates that differ.
        rates: Vec<RateChange>,
        /// The differences, at most 1,000.
        rows: Vec<PriceCompareRow>,
        /// How many there are.
        total: Count,
        /// Rules in both states that say the same.
        same: Count,
    }

    /// A rule that differs.
    struct PriceCompareRow {
        /// Where.
        scope: MarkupScopeText,
        /// Plan or customer, where it is of one.
        owner_name: Option<String>,
        /// What it said; absent: no rule.
        before: Option<RuleText>,
        /// What it says; absent: no rule.
        after: Option<RuleText>,
    }

    /// What a rule says.
    struct RuleText {
        /// A markup.
        markup: Option<MarkupText>,
        /// A price of one's own.
        own: Option<OwnPriceText>,
        /// The version that said it.
        version: Option<Count>,
    }

    /// Stages what makes the price book as it was in a version.
    struct PriceRestoreRequest {
        /// The version.
        number: Count,
    }

    /// What happened to prices, by date.
    struct PriceTimelineRequest {
        /// From this day on, `YYYY-MM-DD`.
        from: String,
        /// To this day, included.
        to: String,
    }

    /// Facts for a timeline.
    struct PriceTimelineReply {
        /// Changes of the prices of models that were used, by date; announced ones too.
        provider_changes: Vec<ProviderChange>,
        /// Prices and markups agreed with single customers.
        contracts: Vec<ContractPrice>,
    }

    /// A provider changed prices of a model.
    struct ProviderChange {
        /// RFC 3339.
        at: String,
        /// Provider.
        provider: String,
        /// Model.
        model: String,
        /// Prices that changed.
        prices: Count,
        /// Change of the one that changed most, percent, one decimal; absent where it is new.
        change: Option<DecimalString>,
        /// Whether it is still to come.
        announced: bool,
    }

    /// A rule of one contract.
    struct ContractPrice {
        /// Customer.
        customer: String,
        /// Subscription.
        subscription_id: String,
        /// Where it holds.
        scope: MarkupScopeText,
        /// What it says.
        rule: RuleText,
        /// RFC 3339; absent: since ever.
        valid_from: Option<String>,
        /// RFC 3339; absent: it goes on.
        valid_until: Option<String>,
    }

    /// Asks which rule wins.
    struct RuleTestRequest {
        /// For this contract, and its plan.
        subscription_id: Option<String>,
        /// For anybody on this plan, when there is no contract.
        plan_id: Option<String>,
        /// Provider.
        provider: String,
        /// Model.
        model: String,
        /// Dimension.
        dimension: String,
        /// Conditions (`PriceCell.conditionsKey`); absent or empty: none.
        conditions: Option<String>,
        /// RFC 3339; now when absent.
        at: Option<String>,
        /// With the draft in the place of what it changes.
        drafted: bool,
    }

    /// Which rule wins, and why.
    struct RuleTestReply {
        /// All rules that could be meant, in order of precedence.
        candidates: Vec<RuleCandidate>,
        /// What one unit sells for: per million tokens, per unit otherwise.
        sell: Option<DecimalString>,
        /// What it costs in the book's currency.
        cost: Option<DecimalString>,
        /// Currency.
        currency: String,
        /// How the price is made.
        steps: Vec<super::ExplainStep>,
        /// Why there is no price: `no_price`, `formula`, …
        problem: Option<String>,
        /// What is wrong with the formula.
        fault: Option<super::PriceFault>,
    }

    /// A rule that could be meant.
    struct RuleCandidate {
        /// Where it holds.
        scope: MarkupScopeText,
        /// Plan or customer, where it is of one.
        owner_name: Option<String>,
        /// What it says; absent where it ends a rule.
        rule: RuleText,
        /// RFC 3339; absent: since ever.
        valid_from: Option<String>,
        /// RFC 3339.
        recorded_at: String,
        /// Staged, not published.
        staged: bool,
        /// `wins`, or why it does not: `less_specific`, `replaced`, `ended`, `not_yet`,
        /// `other_dimension`, `other_conditions`, `other_customer`.
        outcome: String,
        /// Figures for the words: `by` names the version that replaced it.
        facts: Vec<Fact>,
    }
}
