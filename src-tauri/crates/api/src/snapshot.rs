//! What rating needs of a book, loaded once per change of the book, and the drafts made from it.
//!
//! Drafts are never stored: they are a pure function of the book. They are remembered per change
//! count, so that looking at them twice costs nothing and a change makes them anew.

use crate::app::{App, OpenBook};
use crate::error::ApiResult;
use crate::price_draft::PriceDraft;
use crate::wire::{UsageOverviewReply, UsageOverviewRequest};
use ratebook_catalog::prices::PriceTable;
use ratebook_catalog::{
    Company, Customer, CustomerId, ExchangeRate, GrantId, InvoiceId, MarkupRule, MarkupRules,
    Meter, Plan, PlanId, PlanVersion, PlanVersionId, Subscription, SubscriptionId,
};
use ratebook_invoicing::{DraftEdit, InvoiceStatus, Replaced};
use ratebook_money::{Amount, Currency, Date, Period, Timestamp};
use ratebook_rating::credits::UsableGrant;
use ratebook_store::drafts::{DraftEntries, DraftEntry};
use ratebook_store::invoices::InvoiceHead;
use ratebook_store::payments::{self, Settled};
use ratebook_store::usage::{ClassCache, CustomerRef};
use ratebook_store::versions::PriceVersion;
use ratebook_store::{
    SqliteConnection, change_count, credits, customers, drafts, exchange, invoices, markups,
    meters, plans, prices, subscriptions, usage, versions,
};
use rust_decimal::Decimal;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::OnceCell;

/// A month of the calendar, in each customer's own zone.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub(crate) struct Month {
    pub year: i32,
    pub month: u32,
}

/// Everything of a book but usage, as of one change count.
#[derive(Clone)]
pub(crate) struct Snapshot {
    pub change: i64,
    pub as_of: Timestamp,
    pub company: Company,
    pub customers: Vec<Customer>,
    pub plans: HashMap<PlanId, Plan>,
    pub versions: HashMap<PlanVersionId, PlanVersion>,
    pub subscriptions: Vec<Subscription>,
    pub rules: Arc<MarkupRules>,
    pub exchange: Vec<ExchangeRate>,
    pub meters: Vec<Meter>,
    pub prices: Arc<PriceTable>,
    /// What is staged in the price book.
    pub draft: Arc<PriceDraft>,
    /// The rules with those of the draft in the place of what they change.
    pub drafted: Arc<MarkupRules>,
    /// The exchange rates with those of the draft in the place of what they replace.
    pub drafted_exchange: Arc<Vec<ExchangeRate>>,
    /// Versions of the price book, in the order of publishing.
    pub price_versions: Arc<Vec<PriceVersion>>,
    pub invoices: Vec<InvoiceHead>,
    /// What was paid and credited of invoices; those of which nothing was are not in it.
    pub settled: Arc<HashMap<InvoiceId, Settled>>,
    /// What was added to drafts.
    pub entries: Arc<DraftEntries>,
    /// The least margin of an invoice, in percent, where one was set.
    pub guard: Option<Decimal>,
    /// What usage calls customers.
    pub names: Vec<CustomerRef>,
    /// Credit of which something can still be used, by customer, in the order of granting.
    credits: HashMap<CustomerId, Vec<UsableGrant>>,
    /// All grants that were ever made.
    granted: HashSet<GrantId>,
    /// Newest first.
    pub months: Vec<Month>,
    index: Arc<Index>,
}

/// Where things stand in the lists of a [`Snapshot`]; thousands of customers ask in every run.
#[derive(Default)]
struct Index {
    customers: HashMap<CustomerId, usize>,
    /// The subscriptions of each customer, in order.
    subscriptions: HashMap<CustomerId, Vec<usize>>,
    /// Final invoices that are not void.
    finalized: HashMap<(CustomerId, Period), usize>,
    /// The newest void invoices.
    void: HashMap<(CustomerId, Period), usize>,
    /// Customers who have an invoice that is not void.
    invoiced: HashSet<CustomerId>,
    /// Numbers of the names that customers have in usage.
    refs: HashMap<CustomerId, Vec<i64>>,
}

/// What lists show of a final invoice that stands in the invoice itself.
#[derive(Clone, Copy)]
pub(crate) struct FinalFacts {
    /// What the providers charge for it.
    pub cost: Option<Amount>,
    /// See [`crate::drafts::DraftSummary::requests`].
    pub requests: u64,
}

/// What [`markups::known`] says.
pub(crate) type RulesKnown = (i64, Option<String>);

/// What is remembered of an open book.
#[derive(Default)]
pub(crate) struct Caches {
    snapshot: Mutex<Option<Arc<Snapshot>>>,
    /// See [`Caches::forget_prices`].
    prices: Mutex<Option<Arc<PriceTable>>>,
    /// The rules, with what [`markups::known`] said of them.
    rules: Mutex<Option<(RulesKnown, Arc<MarkupRules>)>>,
    /// The draft of the price book as it was read last.
    draft: Mutex<Arc<PriceDraft>>,
    pub months: Mutex<HashMap<Month, Arc<crate::drafts::MonthDrafts>>>,
    /// Classes of calls, which never change.
    pub classes: Mutex<ClassCache>,
    /// Prices with facts about models as they were known once, by how many were.
    pub known_then: Mutex<Option<(i64, Arc<PriceTable>)>>,
    /// The price table that is being looked at.
    pub pending: Mutex<Option<crate::price_files::pending::Pending>>,
    /// What lists show of final invoices beside their heads; it never changes.
    pub finals: Mutex<HashMap<InvoiceId, FinalFacts>>,
    overviews: Mutex<Vec<Overview>>,
}

/// The usage page of one question, at one change count; empty while it is computed.
struct Overview {
    change: i64,
    request: UsageOverviewRequest,
    place: Arc<OnceCell<UsageOverviewReply>>,
}

/// Usage pages that are remembered: enough to go back and forth between a few.
const OVERVIEWS: usize = 8;

impl Month {
    /// Reads `YYYY-MM`.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, month) = text.split_once('-')?;
        let month = Self {
            year: year.parse().ok()?,
            month: month.parse().ok()?,
        };
        (year.len() == 4 && (1..=12).contains(&month.month)).then_some(month)
    }

    /// The month of an instant in the company's zone.
    fn at(company: &Company, at: Timestamp) -> Self {
        Self::of(company.zone.date_of(at))
    }

    /// The month of a day.
    pub fn of(day: Date) -> Self {
        Self {
            year: chrono::Datelike::year(&day),
            month: chrono::Datelike::month(&day),
        }
    }

    /// The month before.
    pub fn before(self) -> Self {
        if self.month == 1 {
            Self {
                year: self.year.saturating_sub(1),
                month: 12,
            }
        } else {
            Self {
                month: self.month.saturating_sub(1),
                ..self
            }
        }
    }

    /// The month after.
    pub fn after(self) -> Self {
        if self.month == 12 {
            Self {
                year: self.year.saturating_add(1),
                month: 1,
            }
        } else {
            Self {
                month: self.month.saturating_add(1),
                ..self
            }
        }
    }

    /// Its first and last day; nothing outside of the calendar.
    pub fn days(self) -> Option<(Date, Date)> {
        let first = Date::from_ymd_opt(self.year, self.month, 1)?;
        let next = first.checked_add_months(chrono::Months::new(1))?;
        Some((first, next.pred_opt()?))
    }

    /// The span of instants in a customer's zone.
    pub fn period(self, customer: &Customer) -> ApiResult<Period> {
        Ok(customer.zone.month(self.year, self.month)?)
    }
}

impl std::fmt::Display for Month {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl App {
    /// The book as it is now.
    pub(crate) async fn snapshot(&self, open: &OpenBook) -> ApiResult<Arc<Snapshot>> {
        let mut read = open.read().await?;
        let change = change_count(&mut read).await?;
        let known = lock(&open.caches.snapshot).clone();
        if let Some(known) = known.filter(|known| known.change == change) {
            return Ok(known);
        }
        let prices = price_table(&mut read, &open.caches).await?;
        let rules = rules(&mut read, &open.caches).await?;
        let before = lock(&open.caches.draft).clone();
        let draft = Arc::new(PriceDraft::load(&mut read, &before).await?);
        *lock(&open.caches.draft) = Arc::clone(&draft);
        let fresh = load(&mut read, change, (prices, rules, draft), self.now()).await?;
        let fresh = Arc::new(fresh);
        *lock(&open.caches.snapshot) = Some(Arc::clone(&fresh));
        lock(&open.caches.months).clear();
        Ok(fresh)
    }
}

/// Locks; a panic while it was held cannot have left the value half-made.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The price table is by far the largest part and seldom changes: it is kept across changes of
/// everything else. One process has the book and all writes go through [`App`], so the writes that
/// touch prices can say so.
async fn price_table(read: &mut SqliteConnection, caches: &Caches) -> ApiResult<Arc<PriceTable>> {
    let known = lock(&caches.prices).clone();
    if let Some(table) = known {
        return Ok(table);
    }
    let table = Arc::new(prices::load_table(read).await?);
    *lock(&caches.prices) = Some(Arc::clone(&table));
    Ok(table)
}

impl Caches {
    /// Where the usage page of a question is, or is put: who asks while it is computed waits for
    /// it.
    pub fn overview(
        &self,
        change: i64,
        request: &UsageOverviewRequest,
    ) -> Arc<OnceCell<UsageOverviewReply>> {
        let mut known = lock(&self.overviews);
        known.retain(|overview| overview.change == change);
        if let Some(same) = known.iter().find(|known| known.request == *request) {
            return Arc::clone(&same.place);
        }
        if known.len() == OVERVIEWS {
            known.remove(0);
        }
        let place = Arc::default();
        known.push(Overview {
            change,
            request: request.clone(),
            place: Arc::clone(&place),
        });
        place
    }

    /// Remembers the rules of the book as somebody has just written them; `known` is what the
    /// store says of them.
    pub fn know_rules(&self, known: RulesKnown, rules: Arc<MarkupRules>) {
        *lock(&self.rules) = Some((known, rules));
    }

    /// Called by every write that may have changed provider prices or names of models, after it
    /// was committed.
    pub fn forget_prices(&self) {
        *lock(&self.prices) = None;
        *lock(&self.known_then) = None;
        *lock(&self.snapshot) = None;
        lock(&self.months).clear();
        lock(&self.overviews).clear();
    }
}

/// A book may have a hundred thousand rules, and most changes of it are none of rules.
async fn rules(read: &mut SqliteConnection, caches: &Caches) -> ApiResult<Arc<MarkupRules>> {
    let known = markups::known(read).await?;
    if let Some((same, rules)) = &*lock(&caches.rules)
        && *same == known
    {
        return Ok(Arc::clone(rules));
    }
    let list = markups::list(read, Timestamp::MAX).await?;
    let rules = Arc::new(MarkupRules::new(list));
    *lock(&caches.rules) = Some((known, Arc::clone(&rules)));
    Ok(rules)
}

/// The months from one to another.
fn months_between(first: Month, mut month: Month) -> Vec<Month> {
    let mut months = vec![month];
    // A single wrong date must not make a list of thousands of months.
    while month > first && months.len() < 240 {
        month = month.before();
        months.push(month);
    }
    months
}

async fn load(
    read: &mut SqliteConnection,
    change: i64,
    (prices, rules, draft): (Arc<PriceTable>, Arc<MarkupRules>, Arc<PriceDraft>),
    now: Timestamp,
) -> ApiResult<Snapshot> {
    let plans = plans::list(read).await?;
    let versions = plans::versions(read).await?;
    let invoices = invoices::list(read, None).await?;
    let company = crate::use_cases::companies::load(read).await?;
    let mut months: Vec<Month> = Vec::new();
    let spans = usage::spans(read).await?;
    let at = |at: Timestamp| Month::at(&company, at);
    // Thousands of names begin and end in the same few months.
    let spans = spans.into_iter().map(|(first, last)| (at(first), at(last)));
    for (first, last) in spans.collect::<BTreeSet<_>>() {
        months.extend(months_between(first, last));
    }
    for head in &invoices {
        let day = company.zone.date_of(head.period.from);
        // The period begins at the customer's midnight; noon of its second day is in its month
        // everywhere.
        let day = day.checked_add_days(chrono::Days::new(1)).unwrap_or(day);
        months.push(Month {
            year: chrono::Datelike::year(&day),
            month: chrono::Datelike::month(&day),
        });
    }
    months.sort_unstable();
    months.dedup();
    months.reverse();
    let customers = customers::list(read).await?;
    let exchange = exchange::list(read, Timestamp::MAX).await?;
    let subscriptions = subscriptions::list(read).await?;
    let names = usage::refs(read).await?;
    let mut grants: HashMap<CustomerId, Vec<UsableGrant>> = HashMap::new();
    for (customer, usable) in credits::usable(read).await? {
        grants.entry(customer).or_default().push(usable);
    }
    Ok(Snapshot {
        change,
        as_of: now,
        company,
        index: Arc::new(Index::of(&customers, &subscriptions, &invoices, &names)),
        customers,
        plans: plans.into_iter().map(|plan| (plan.id, plan)).collect(),
        versions: versions
            .into_iter()
            .map(|version| (version.id, version))
            .collect(),
        subscriptions,
        rules: Arc::clone(&rules),
        drafted_exchange: draft.rates_over(&exchange),
        exchange,
        meters: meters::list(read).await?,
        prices,
        drafted: draft.over(&rules),
        draft,
        price_versions: Arc::new(versions::list(read).await?),
        invoices,
        settled: Arc::new(payments::settled(read).await?),
        entries: Arc::new(drafts::all(read).await?),
        guard: crate::use_cases::invoice_settings::guard(read).await?,
        names,
        credits: grants,
        granted: credits::ids(read).await?,
        months,
    })
}

impl Index {
    fn of(
        customers: &[Customer],
        subscriptions: &[Subscription],
        invoices: &[InvoiceHead],
        names: &[CustomerRef],
    ) -> Self {
        let mut index = Self::default();
        for name in names {
            if let Some(customer) = name.customer {
                index.refs.entry(customer).or_default().push(name.id);
            }
        }
        let numbered = customers.iter().enumerate();
        index.customers = numbered.map(|(place, known)| (known.id, place)).collect();
        for (place, known) in subscriptions.iter().enumerate() {
            let own = index.subscriptions.entry(known.customer).or_default();
            own.push(place);
        }
        let open = |head: &&InvoiceHead| head.status == InvoiceStatus::Finalized;
        for (place, head) in invoices.iter().enumerate().filter(|(_, head)| open(head)) {
            index.finalized.insert((head.customer, head.period), place);
            index.invoiced.insert(head.customer);
        }
        let void = |head: &&InvoiceHead| head.status == InvoiceStatus::Void;
        for (place, head) in invoices.iter().enumerate().filter(|(_, head)| void(head)) {
            // Newest first: the first one stays.
            let place_of = index.void.entry((head.customer, head.period));
            place_of.or_insert(place);
        }
        index
    }
}

impl Snapshot {
    /// The customer with an id.
    pub fn customer(&self, id: CustomerId) -> Option<&Customer> {
        self.customers.get(*self.index.customers.get(&id)?)
    }

    /// The subscriptions of a customer, in the order they were made.
    pub fn subscriptions_of(
        &self,
        id: CustomerId,
    ) -> impl DoubleEndedIterator<Item = &Subscription> {
        let own = self.index.subscriptions.get(&id);
        let own = own.map(Vec::as_slice).unwrap_or_default().iter();
        own.filter_map(|place| self.subscriptions.get(*place))
    }

    /// The final invoice of a customer's period that is not void.
    pub fn finalized(&self, customer: CustomerId, period: Period) -> Option<&InvoiceHead> {
        self.invoices
            .get(*self.index.finalized.get(&(customer, period))?)
    }

    /// The void invoice of a customer's period that the next one takes the place of.
    pub fn replaced(&self, customer: CustomerId, period: Period) -> Option<Replaced> {
        let head = self
            .invoices
            .get(*self.index.void.get(&(customer, period))?)?;
        Some(Replaced {
            number: head.number.clone(),
            issue_date: head.issued_on,
        })
    }

    /// Whether a customer has an invoice that is not void.
    pub fn was_invoiced(&self, customer: CustomerId) -> bool {
        self.index.invoiced.contains(&customer)
    }

    /// What was added to the draft of a customer's month.
    pub fn entry(&self, customer: CustomerId, month: Month) -> Option<&DraftEntry> {
        self.entries.get(&(customer, month.to_string()))
    }

    /// What was added to the invoice of a customer's period.
    pub fn edit_of(&self, customer: &Customer, period: Period) -> Option<&DraftEdit> {
        let month = Month::of(customer.zone.date_of(period.from));
        let entry = self.entry(customer.id, month)?;
        entry.edit.as_ref()
    }

    /// Credit of a customer of which something can still be used.
    pub fn credits_of(&self, customer: CustomerId) -> &[UsableGrant] {
        let own = self.credits.get(&customer);
        own.map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether the book has a grant, used up or not.
    pub fn has_grant(&self, grant: GrantId) -> bool {
        self.granted.contains(&grant)
    }

    /// What a customer is called in usage, as the store numbers it.
    pub fn refs_of(&self, customer: CustomerId) -> &[i64] {
        let refs = self.index.refs.get(&customer);
        refs.map(Vec::as_slice).unwrap_or_default()
    }

    /// Name and version of what a subscription is on.
    pub fn plan_of(&self, subscription: &Subscription) -> Option<(&Plan, &PlanVersion)> {
        let version = self.versions.get(&subscription.plan_version)?;
        Some((self.plans.get(&version.plan)?, version))
    }

    /// The same book with a subscription that is not stored, in place of the one with its id.
    pub fn with_subscription(&self, subscription: Subscription) -> Self {
        let mut other = self.clone();
        other.subscriptions.retain(|own| own.id != subscription.id);
        other.subscriptions.push(subscription);
        other.index = Arc::new(Index::of(
            &other.customers,
            &other.subscriptions,
            &other.invoices,
            &other.names,
        ));
        other
    }

    /// The same book with other rules and exchange rates.
    pub fn with_prices(&self, rules: MarkupRules, exchange: Vec<ExchangeRate>) -> Arc<Self> {
        Arc::new(Self {
            rules: Arc::new(rules),
            exchange,
            ..self.clone()
        })
    }

    /// The currency of a plan version, by its id as the wire has it.
    pub fn plan_currency(&self, version: &str) -> Option<Currency> {
        let version = self.versions.get(&PlanVersionId::parse(version).ok()?)?;
        Some(version.terms.currency)
    }

    /// A plan's name.
    pub fn plan_name(&self, id: PlanId) -> Option<String> {
        self.plans.get(&id).map(|plan| plan.name.clone())
    }

    /// The name of the customer of a subscription.
    pub fn subscriber_name(&self, id: SubscriptionId) -> Option<String> {
        let subscription = self.subscriptions.iter().find(|s| s.id == id)?;
        self.customer(subscription.customer)
            .map(|customer| customer.name.clone())
    }

    /// The newest markup rule of each scope, without those that were ended.
    pub fn rules_in_force(&self) -> Vec<&MarkupRule> {
        let newest = self.rules.newest().into_values();
        newest.filter(|rule| rule.body.is_some()).collect()
    }

    /// The month that a screen shows when none is asked for: the newest with usage that is over,
    /// otherwise the newest, otherwise the one before now.
    pub fn usual_month(&self) -> Month {
        let this = self.month_of(self.as_of);
        let over = self.months.iter().find(|month| **month < this);
        over.or(self.months.first())
            .copied()
            .unwrap_or_else(|| this.before())
    }

    /// The month of an instant in the company's zone.
    pub fn month_of(&self, at: Timestamp) -> Month {
        Month::at(&self.company, at)
    }

    /// The month that is asked for, or the usual one.
    pub fn month_or_usual(&self, text: Option<&str>) -> ApiResult<Month> {
        match text {
            None | Some("") => Ok(self.usual_month()),
            Some(text) => {
                Month::parse(text).ok_or_else(|| crate::ApiError::field("month", "not_a_date"))
            }
        }
    }
}
