use super::{
    AddressText, ChangeText, Count, DecimalString, EinvoiceFormat, EndpointText, HeldText,
    InvoiceLineText, InvoiceRow, MoneyText,
};

words! {
    /// Kinds of tax treatment (EN 16931 categories S and Z, AE, E, K, G, O).
    enum TaxKind {
        /// A percentage.
        Rate,
        /// The buyer owes the tax.
        ReverseCharge,
        /// Exempt, with a reason.
        Exempt,
        /// Intra-Community supply.
        IntraCommunity,
        /// Export.
        Export,
        /// Outside the scope of the tax.
        OutOfScope,
    }
}

wire! {
    /// How a customer is taxed.
    struct CustomerTax {
        /// Kind.
        kind: TaxKind,
        /// For `rate`.
        percent: Option<DecimalString>,
        /// For `exempt`.
        reason: Option<String>,
    }

    /// Asks how a customer is usually taxed.
    struct TaxProposeRequest {
        /// Country of the customer, ISO 3166.
        country: String,
        /// VAT id or tax number of the customer.
        tax_id: String,
    }

    /// What is usual, for a person to take or leave.
    struct TaxProposeReply {
        /// The treatment; absent where no rule decides it. A rate without a percentage is typed in.
        tax: Option<CustomerTax>,
        /// Why, as a stable word.
        reason: String,
        /// The company's country.
        seller_country: String,
    }

    /// A customer, whole.
    struct CustomerText {
        /// Empty for a new one.
        id: String,
        /// Printed number; empty: the next free one.
        number: String,
        /// Name.
        name: String,
        /// Address.
        address: AddressText,
        /// Tax id.
        tax_id: String,
        /// E-mail.
        email: String,
        /// Buyer's reference; the routing id of German public buyers.
        reference: String,
        /// The buyer's order that invoices name.
        order_reference: String,
        /// Where e-invoices reach the customer; by e-mail where both are empty.
        endpoint: EndpointText,
        /// The e-invoice that the customer wants; none when absent.
        einvoice: Option<EinvoiceFormat>,
        /// ISO 4217.
        currency: String,
        /// BCP 47.
        locale: String,
        /// IANA zone.
        zone: String,
        /// Tax.
        tax: CustomerTax,
        /// Days until due; the company's when absent.
        payment_days: Option<u16>,
        /// External ids seen in usage.
        aliases: Vec<String>,
        /// Notes, never printed.
        notes: String,
        /// No longer in use.
        archived: bool,
    }

    /// A list of customers.
    struct CustomerListRequest {
        /// Part of name, number or alias.
        search: String,
        /// Also those no longer in use.
        archived: bool,
        /// Month whose figures are shown, `YYYY-MM`; the newest with usage when absent.
        month: Option<String>,
    }

    /// Customers to choose from: of these nothing is computed, however many there are.
    struct CustomerNamesReply {
        /// In order of name, those no longer in use too.
        rows: Vec<CustomerName>,
    }

    /// A customer to choose.
    struct CustomerName {
        /// Id.
        id: String,
        /// Number.
        number: String,
        /// Name.
        name: String,
        /// No longer in use.
        archived: bool,
    }

    /// Customers with their month.
    struct CustomerListReply {
        /// In order of name.
        rows: Vec<CustomerRow>,
        /// The month of the figures.
        month: Option<String>,
    }

    /// One customer on the list. Amounts in the customer's currency.
    struct CustomerRow {
        /// Id.
        id: String,
        /// Number.
        number: String,
        /// Name.
        name: String,
        /// Country.
        country: String,
        /// Plan now.
        plan: Option<String>,
        /// Net of the month's invoice or draft.
        revenue: Option<MoneyText>,
        /// Provider cost of the month.
        cost: Option<MoneyText>,
        /// Margin in percent, one decimal.
        margin: Option<DecimalString>,
        /// Model calls of the month.
        requests: Count,
        /// Whether something waits in the inbox.
        held: bool,
        /// No longer in use.
        archived: bool,
    }

    /// Asks for one customer.
    struct CustomerGetRequest {
        /// Id.
        id: String,
    }

    /// One customer with what belongs to it.
    struct CustomerGetReply {
        /// The customer.
        customer: CustomerText,
        /// Subscriptions, newest first.
        subscriptions: Vec<SubscriptionText>,
        /// Invoices and drafts, newest first.
        invoices: Vec<InvoiceRow>,
        /// Months, oldest first.
        months: Vec<CustomerMonth>,
    }

    /// A customer's month. Amounts in the customer's currency.
    struct CustomerMonth {
        /// `YYYY-MM`.
        month: String,
        /// Net.
        revenue: MoneyText,
        /// Provider cost.
        cost: Option<MoneyText>,
        /// Percent, one decimal.
        margin: Option<DecimalString>,
    }

    /// Saves a customer.
    struct CustomerSaveRequest {
        /// The whole customer.
        customer: CustomerText,
    }

    /// The customer as saved.
    struct CustomerSaveReply {
        /// Id.
        id: String,
    }

    /// A customer on a plan version.
    struct SubscriptionText {
        /// Empty for a new one.
        id: String,
        /// Customer.
        customer_id: String,
        /// Plan version.
        plan_version_id: String,
        /// Plan.
        plan_id: String,
        /// Plan's name and version, for showing.
        plan_name: String,
        /// Version number.
        version: u32,
        /// First day.
        starts_on: String,
        /// Last day, inclusive.
        ends_on: Option<String>,
        /// What is agreed beyond plan and days.
        agreed: AgreedText,
    }

    /// What is agreed with one customer.
    struct AgreedText {
        /// The day on which the customer began, when this goes on from an earlier subscription.
        since: Option<String>,
        /// Seats and their changes, in the order of days.
        seats: Vec<SeatText>,
        /// The day from whose billing period those of phases count; the first one when absent.
        #[serde(default)]
        #[ts(optional = nullable)]
        phases_from: Option<String>,
        /// Prices agreed with this customer. None when absent.
        #[serde(default)]
        #[ts(optional = nullable)]
        overrides: Option<Vec<ChangeText>>,
    }

    /// So many seats from a day on.
    struct SeatText {
        /// First day.
        from: String,
        /// How many, a whole number.
        count: DecimalString,
    }

    /// Saves a subscription. Of the plan only `planVersionId` is read.
    struct SubscriptionSaveRequest {
        /// The subscription.
        subscription: SubscriptionText,
    }

    /// Asks what a subscription would be invoiced. It is read as for saving and not stored.
    struct SubscriptionPreviewRequest {
        /// The subscription.
        subscription: SubscriptionText,
    }

    /// The next invoices of a subscription, of it alone.
    struct SubscriptionPreviewReply {
        /// At most three, in order; only those with something on them.
        invoices: Vec<PreviewInvoice>,
        /// The month whose usage is assumed for months that are not over, `YYYY-MM`; absent when
        /// the customer has used nothing.
        assumed_month: Option<String>,
    }

    /// An invoice as it would be.
    struct PreviewInvoice {
        /// `YYYY-MM`.
        month: String,
        /// The day it would be written.
        issued_on: String,
        /// The day until which it would be to be paid.
        due_on: String,
        /// What is charged.
        lines: Vec<InvoiceLineText>,
        /// First and last day of each line, in the order of the lines.
        service: Vec<Vec<String>>,
        /// Sum of the lines.
        net: MoneyText,
        /// Tax.
        tax: MoneyText,
        /// Net and tax.
        total: MoneyText,
        /// Usage that would wait.
        held: Vec<HeldText>,
    }

    /// The subscription as saved.
    struct SubscriptionSaveReply {
        /// Id.
        id: String,
    }

    /// Takes a subscription away (only one that no finalized invoice used).
    struct SubscriptionRemoveRequest {
        /// Id.
        id: String,
    }
}
