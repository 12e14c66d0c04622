use super::{Count, CreditTaxWord, DecimalString, ExplainStep, MarkupText, MoneyText};

words! {
    /// Kinds of charge.
    enum ChargeKindWord {
        /// A fee per billing period.
        RecurringFee,
        /// A fee that is charged once.
        OneOffFee,
        /// The least that usage comes to in a period.
        Minimum,
        /// Credit for usage of every period.
        Credit,
        /// Usage of a meter.
        Usage,
    }
    /// Price models of a usage charge.
    enum PriceModelWord {
        /// quantity × unit price.
        PerUnit,
        /// Each unit at the rate of its own tier.
        Graduated,
        /// Provider cost under the markup rules.
        CostPlus,
        /// Any other price of a quantity, as a price document.
        Document,
    }
    /// When a fee is charged.
    enum FeeTimingWord {
        /// For the coming period.
        Advance,
        /// For the past period.
        Arrears,
    }
    /// What the length of a billing period is counted in.
    enum IntervalWord {
        /// Calendar days.
        Day,
        /// Seven days.
        Week,
        /// Calendar months.
        Month,
        /// Three months.
        Quarter,
        /// Twelve months.
        Year,
    }
    /// From where billing periods are counted.
    enum AnchorWord {
        /// From the calendar.
        Calendar,
        /// From the day on which the subscription began.
        Anniversary,
    }
    /// How the first and last of a phase are counted.
    enum PhaseByWord {
        /// In billing periods of each subscription, from 1.
        Periods,
        /// In days of the calendar.
        Days,
    }
    /// What shares of a period are measured in.
    enum ProrationWord {
        /// Days.
        Days,
        /// Seconds.
        Seconds,
    }
    /// How a meter counts.
    enum AggregationWord {
        /// Events.
        Count,
        /// The sum of a value of the events.
        Sum,
        /// The greatest value.
        Max,
        /// The least value.
        Min,
        /// Sum over number.
        Average,
        /// The value of the last event.
        Latest,
        /// Different values of a dimension.
        UniqueCount,
        /// A level that holds until the next event, weighted by time.
        WeightedSum,
    }
}

wire! {
    /// A tier.
    struct TierText {
        /// Last quantity inside; absent for the open one.
        up_to: Option<DecimalString>,
        /// Price of one unit.
        unit_price: DecimalString,
        /// Charged when entered.
        flat_fee: DecimalString,
    }

    /// A charge of a plan; the fields that its kind and model use are filled.
    struct ChargeText {
        /// Name on the invoice.
        name: String,
        /// Kind.
        kind: ChargeKindWord,
        /// For fees: the fee of a full period. For `minimum` and `credit`: of a full period.
        amount: Option<DecimalString>,
        /// For recurring fees.
        timing: Option<FeeTimingWord>,
        /// For recurring fees: charged for each seat. No when absent.
        #[serde(default)]
        #[ts(optional = nullable)]
        per_seat: Option<bool>,
        /// For usage: `model_calls`, `input_tokens`, `output_tokens`, `total_tokens` or a meter id.
        meter: Option<String>,
        /// For usage.
        model: Option<PriceModelWord>,
        /// For `per_unit`: price of one unit.
        unit_price: Option<DecimalString>,
        /// For `graduated`.
        tiers: Option<Vec<TierText>>,
        /// For `graduated`.
        charge_flat_at_zero: Option<bool>,
        /// For `cost_plus`: a markup instead of the book's rules.
        markup: Option<MarkupText>,
        /// For `document`: the `price` of a price document, as JSON.
        document: Option<String>,
        /// For `credit`: how it is used and carried.
        #[serde(default)]
        #[ts(optional = nullable)]
        credit: Option<PlanCreditText>,
    }

    /// Credit that a plan includes.
    struct PlanCreditText {
        /// 0 to 100, a whole number; 50 when absent.
        priority: Option<DecimalString>,
        /// Before or after tax; before when absent.
        tax: Option<CreditTaxWord>,
        /// At least this much is carried into the next period; nothing is carried without `most`.
        least: Option<DecimalString>,
        /// At most this much of what is left is carried.
        most: Option<DecimalString>,
    }

    /// How a plan bills.
    struct TermsText {
        /// What the length of a billing period is counted in.
        interval_unit: IntervalWord,
        /// How many of it, 1 to 100.
        interval_count: u16,
        /// From where periods are counted.
        anchor: AnchorWord,
        /// What shares of a period are measured in.
        proration: ProrationWord,
        /// Sold beside another plan, not alone. No when absent.
        #[serde(default)]
        #[ts(optional = nullable)]
        add_on: Option<bool>,
        /// Trials and ramps, in order. None when absent.
        #[serde(default)]
        #[ts(optional = nullable)]
        phases: Option<Vec<PhaseText>>,
    }

    /// A part of a subscription's time in which charges are different.
    struct PhaseText {
        /// Name.
        name: String,
        /// How its ends are counted.
        by: PhaseByWord,
        /// First period or day.
        first: String,
        /// Last period or day, inclusive.
        last: String,
        /// What is different.
        changes: Vec<ChangeText>,
    }

    /// What is different about one charge. What is absent stays as the plan says.
    struct ChangeText {
        /// Name of the charge.
        charge: String,
        /// It is not charged at all; usage is free.
        #[serde(default)]
        #[ts(optional = nullable)]
        off: Option<bool>,
        /// For fees and minimums: the amount instead.
        #[serde(default)]
        #[ts(optional = nullable)]
        amount: Option<DecimalString>,
        /// For usage: the price instead, as in a charge, of which only the price is read.
        #[serde(default)]
        #[ts(optional = nullable)]
        price: Option<ChargeText>,
        /// For usage: so many units of a period cost nothing.
        #[serde(default)]
        #[ts(optional = nullable)]
        included: Option<DecimalString>,
        /// For usage: the charge comes to at least this in a period.
        #[serde(default)]
        #[ts(optional = nullable)]
        minimum: Option<DecimalString>,
    }

    /// One version of a plan.
    struct PlanVersionText {
        /// Id.
        id: String,
        /// Number.
        number: u32,
        /// ISO 4217.
        currency: String,
        /// How it bills.
        terms: TermsText,
        /// Charges.
        charges: Vec<ChargeText>,
        /// RFC 3339; absent for the draft.
        published_at: Option<String>,
        /// Customers on it now.
        customers: Count,
    }

    /// A plan with its versions, newest first.
    struct PlanText {
        /// Id.
        id: String,
        /// Name.
        name: String,
        /// One line.
        description: String,
        /// Not offered any more.
        archived: bool,
        /// Versions; the first may be the draft.
        versions: Vec<PlanVersionText>,
        /// Billing tests.
        tests: Vec<PlanTestText>,
    }

    /// A billing test: what a charge must come to.
    struct PlanTestText {
        /// What is tested; differs from the plan's other tests.
        name: String,
        /// Name of the charge.
        charge: String,
        /// How much is used, or how many seats; without effect for another fee.
        quantity: DecimalString,
        /// What is used instead, for prices that look at more than a quantity: the `usage` of a
        /// price document, as JSON.
        #[serde(default)]
        #[ts(optional = nullable)]
        usage: Option<String>,
        /// What it must come to for a full period, in the plan's currency.
        amount: DecimalString,
    }

    /// Replaces the billing tests of a plan.
    struct PlanTestsSaveRequest {
        /// Plan.
        id: String,
        /// All of them.
        tests: Vec<PlanTestText>,
    }

    /// Runs billing tests against charges, saved or not.
    struct PlanTestRunRequest {
        /// ISO 4217.
        currency: String,
        /// The charges.
        charges: Vec<ChargeText>,
        /// The tests.
        tests: Vec<PlanTestText>,
    }

    /// How they went, in the order asked.
    struct PlanTestRunReply {
        /// One per test.
        results: Vec<PlanTestResult>,
    }

    /// How a billing test went.
    struct PlanTestResult {
        /// Whether it came to the amount.
        passed: bool,
        /// What it came to.
        amount: Option<MoneyText>,
        /// Why it came to nothing, as a stable word.
        fault: Option<String>,
    }

    /// Writes a plan and its tests as readable text (TOML).
    struct PlanExportRequest {
        /// Plan.
        id: String,
        /// The file; nothing is written when absent.
        path: Option<String>,
    }

    /// The plan as text.
    struct PlanExportReply {
        /// A name for the file.
        file_name: String,
        /// TOML.
        text: String,
    }

    /// Reads a plan from a file that [`PlanExportRequest`] wrote or a person did: TOML or JSON.
    struct PlanImportRequest {
        /// The file.
        path: String,
    }

    /// The plan as read: a draft of the plan of that name, or of a new one.
    struct PlanImportReply {
        /// Plan.
        id: String,
        /// Name.
        name: String,
        /// Whether the book had no plan of that name.
        is_new: bool,
        /// Billing tests in the file.
        tests: Count,
    }

    /// All plans.
    struct PlanListReply {
        /// In order of name.
        plans: Vec<PlanText>,
    }

    /// Saves a plan and its draft version.
    struct PlanSaveRequest {
        /// Empty for a new plan.
        id: String,
        /// Name.
        name: String,
        /// One line.
        description: String,
        /// Not offered any more.
        archived: bool,
        /// The draft's currency.
        currency: String,
        /// The draft's charges; absent when only the name changes.
        charges: Option<Vec<ChargeText>>,
        /// How the draft bills; by calendar months, prorated by days, when absent.
        #[serde(default)]
        #[ts(optional = nullable)]
        terms: Option<TermsText>,
    }

    /// The plan as saved.
    struct PlanSaveReply {
        /// Id.
        id: String,
    }

    /// Makes the draft an immutable version.
    struct PlanPublishRequest {
        /// Plan.
        id: String,
        /// Customers of the version before go on on the new one from this day; nobody when absent.
        move_from: Option<String>,
    }

    /// What a quantity costs under a usage charge.
    struct ChargeQuoteRequest {
        /// The charge (`per_unit`, `graduated` or `document`).
        charge: ChargeText,
        /// ISO 4217.
        currency: String,
        /// Quantities to price.
        quantities: Vec<DecimalString>,
        /// For a `document`, instead of quantities: the `usage` of a price document, as JSON.
        #[serde(default)]
        #[ts(optional = nullable)]
        usage: Option<String>,
    }

    /// What customers used of a meter.
    struct MeterUsageRequest {
        /// As in a charge.
        meter: String,
        /// `YYYY-MM`; the usual month when absent.
        month: Option<String>,
        /// ISO 4217: the currency of costs; none are told when absent.
        currency: Option<String>,
    }

    /// What customers used of a meter in a month, most first; without those that used nothing.
    struct MeterUsageReply {
        /// `YYYY-MM`.
        month: String,
        /// Customers.
        rows: Vec<MeterUsageRow>,
        /// Customers of whose usage no quantity can be told; they are in no figure here.
        left_out: Vec<MeterLeftOut>,
        /// What one unit cost the book on average, to 12 places; absent when no provider charges
        /// for such usage, or when a price is not known.
        unit_cost: Option<DecimalString>,
    }

    /// One customer's usage of a meter.
    struct MeterUsageRow {
        /// Id.
        customer_id: String,
        /// Name.
        customer: String,
        /// How much.
        quantity: DecimalString,
        /// What the providers charge for it, exact; absent when not known.
        cost: Option<DecimalString>,
    }

    /// A customer whose usage of a meter has no quantity.
    struct MeterLeftOut {
        /// Id.
        customer_id: String,
        /// Name.
        customer: String,
        /// Why, in one line.
        why: String,
    }

    /// The amounts, in the order asked.
    struct ChargeQuoteReply {
        /// One per quantity, or one for the usage.
        quotes: Vec<QuoteText>,
    }

    /// What one quantity costs.
    struct QuoteText {
        /// The quantity; zero for a usage of another form.
        quantity: DecimalString,
        /// Exact amount.
        exact: DecimalString,
        /// Rounded once.
        amount: MoneyText,
        /// What each tier gave.
        tiers: Vec<QuoteTier>,
        /// How it came about, for a `document`; only where one quantity is asked for.
        steps: Vec<ExplainStep>,
    }

    /// A tier's part of a quote.
    struct QuoteTier {
        /// From 1.
        tier: u32,
        /// Units in this tier.
        quantity: DecimalString,
        /// Price of one unit.
        unit_price: DecimalString,
        /// Flat fee.
        flat_fee: DecimalString,
        /// The tier's part of the rounded amount.
        amount: MoneyText,
    }

    /// A meter of one's own.
    struct MeterText {
        /// Empty for a new one.
        id: String,
        /// Name.
        name: String,
        /// Event name.
        event_name: String,
        /// How it counts.
        aggregation: AggregationWord,
        /// For all but `count` and `unique_count`, without `formula`: the quantity of an event that
        /// is looked at, `custom:runs` or a dimension.
        quantity: Option<String>,
        /// For all but `count` and `unique_count`, instead of `quantity`: how the value of an event
        /// is computed from its quantities.
        #[serde(default)]
        #[ts(optional = nullable)]
        formula: Option<String>,
        /// For `unique_count`: key of the dimension.
        #[serde(default)]
        #[ts(optional = nullable)]
        key: Option<String>,
        /// Word for one unit.
        unit: String,
        /// Conditions.
        filters: Vec<FilterText>,
        /// Keys of dimensions by whose values prices may tell usage apart. None when absent.
        #[serde(default)]
        #[ts(optional = nullable)]
        group_by: Option<Vec<String>>,
        /// No longer in use.
        archived: bool,
    }

    /// A condition on an event's dimension.
    struct FilterText {
        /// Key.
        key: String,
        /// Values that count.
        any_of: Vec<String>,
    }

    /// All meters.
    struct MeterListReply {
        /// One's own meters.
        meters: Vec<MeterText>,
        /// Event names seen in usage that are not model calls.
        event_names: Vec<String>,
        /// Quantities seen on such events.
        quantities: Vec<String>,
    }

    /// Saves a meter.
    struct MeterSaveRequest {
        /// The meter.
        meter: MeterText,
    }

    /// The meter as saved.
    struct MeterSaveReply {
        /// Id.
        id: String,
    }
}
