//! The drafts of a month: usage and terms of each customer, rated.

mod contract;
pub(crate) mod credit;
pub(crate) mod effects;
pub(crate) mod finals;
pub(crate) mod flags;
pub(crate) mod preview;
pub(crate) mod readings;

use contract::{Contract, terms};
use flags::Flag;

use crate::app::{App, OpenBook};
use crate::error::{ApiError, ApiResult, ErrorCode};
use crate::figures;
use crate::shares::{Desk, FEW, Queue};
use crate::snapshot::{Month, Snapshot, lock};
use crate::use_cases::einvoices;
use crate::use_cases::papers::scripts_missing;
use crate::wire::InvoiceFlag;
use ratebook_catalog::prices::PriceTable;
use ratebook_catalog::{Customer, CustomerId, Issue};
use ratebook_invoicing::{DraftEdit, DraftInvoice, InvoiceError, draft_with};
use ratebook_money::{Amount, Date, Money, Period, Timestamp};
use ratebook_rating::{
    ExcludedReason, HeldReason, HeldUsage, Rated, RatingInput, SubscribedPlan, boundaries,
    day_borders, rate, usage_span, wanted,
};
use ratebook_store::drafts::DraftMarks;
use ratebook_store::invoices::InvoiceHead;
use ratebook_store::usage::{ClassCache, Epochs, Grain, SumQuery};
use ratebook_store::{SqliteConnection, usage};
use ratebook_usage::UsageSum;
use std::collections::BTreeSet;
use std::sync::Arc;
use tokio::task::JoinSet;

/// How often drafts are started again when the book changes meanwhile.
const TRIES: u32 = 10;

/// All customers of a month who have a subscription, usage or an invoice in it.
pub(crate) struct MonthDrafts {
    /// In order of the customers' names.
    pub customers: Vec<CustomerDraft>,
}

/// One customer's month.
pub(crate) struct CustomerDraft {
    pub customer: CustomerId,
    pub period: Period,
    pub standing: Standing,
    /// Names of the plans in the month.
    pub plans: String,
    /// What a person decided about it.
    pub marks: DraftMarks,
    /// The margin is below the guard, and nobody said why it may be.
    below_guard: bool,
}

/// Whether a customer's month can still change.
pub(crate) enum Standing {
    /// The final invoice of the month that is not void. What a draft would say beside it matters
    /// to nobody, so it is not computed.
    Final(InvoiceHead),
    /// What would be invoiced now; an error that names why it cannot be computed.
    Open(Result<DraftSummary, ApiError>),
}

/// What is remembered of a draft. Lines and their explanations are a hundred times larger and are
/// computed again for the one draft that somebody looks at.
pub(crate) struct DraftSummary {
    pub net: Money,
    pub total: Money,
    pub cost: Option<Amount>,
    pub lines: usize,
    /// Model calls, or the events of the line that has the most.
    pub requests: u64,
    pub held: Vec<HeldUsage>,
    /// Events that no subscription covers.
    pub unsubscribed: u64,
    /// Whether it holds characters that no font at hand can print.
    pub missing_script: bool,
    /// What it lacks for the e-invoice that the customer wants.
    pub einvoice: Vec<Issue>,
    /// A person added something to it.
    pub edited: bool,
    /// What is worth a look.
    pub flags: Vec<Flag>,
}

impl DraftSummary {
    fn of(draft: &DraftInvoice, issue_date: Date, flags: Vec<Flag>) -> ApiResult<Self> {
        let lost = draft.excluded.iter();
        let lost = lost.filter(|usage| usage.reason == ExcludedReason::NoSubscription);
        Ok(Self {
            net: draft.totals.charged()?,
            total: draft.totals.total,
            cost: draft.cost,
            lines: draft.lines.len(),
            requests: figures::requests(&draft.lines),
            unsubscribed: lost.map(|usage| usage.events).max().unwrap_or(0),
            missing_script: !scripts_missing(draft, issue_date).is_empty(),
            einvoice: einvoices::lacking(draft, issue_date),
            held: draft.held.clone(),
            edited: draft.edit.is_some(),
            flags,
        })
    }
}

impl CustomerDraft {
    /// The final invoice, if there is one.
    pub fn finalized(&self) -> Option<&InvoiceHead> {
        match &self.standing {
            Standing::Final(head) => Some(head),
            Standing::Open(_) => None,
        }
    }

    /// The draft, while the month is open and can be computed.
    pub fn summary(&self) -> Option<&DraftSummary> {
        match &self.standing {
            Standing::Open(Ok(summary)) => Some(summary),
            Standing::Open(Err(_)) | Standing::Final(_) => None,
        }
    }

    /// Net of the final invoice, otherwise of the draft.
    pub fn net(&self) -> Option<Money> {
        match &self.standing {
            Standing::Final(head) => Some(head.net),
            Standing::Open(draft) => draft.as_ref().ok().map(|draft| draft.net),
        }
    }

    /// Why it cannot be finalized, as stable words; empty when it can.
    pub fn held(&self) -> Vec<String> {
        let mut reasons: BTreeSet<&'static str> = BTreeSet::new();
        match &self.standing {
            Standing::Final(_) => {}
            Standing::Open(Err(_)) => {
                reasons.insert("cannot_rate");
            }
            Standing::Open(Ok(draft)) => {
                reasons.extend(draft.held.iter().map(|held| held_word(&held.reason)));
                if draft.unsubscribed > 0 {
                    reasons.insert("no_subscription");
                }
                if draft.missing_script {
                    reasons.insert("missing_script");
                }
                if !draft.einvoice.is_empty() {
                    reasons.insert("einvoice_incomplete");
                }
                if draft.edited && draft.total.minor() < 0 {
                    reasons.insert("below_zero");
                }
                if self.below_guard {
                    reasons.insert("below_guard");
                }
            }
        }
        if self.finalized().is_none() && self.marks.hold.is_some() {
            reasons.insert("on_hold");
        }
        reasons.into_iter().map(str::to_owned).collect()
    }

    /// Why it cannot be computed, in one line; nothing when it can.
    pub fn fault(&self) -> Option<String> {
        match &self.standing {
            Standing::Open(Err(error)) => {
                let detail = error.params.get("detail").cloned();
                Some(detail.unwrap_or_else(|| error.to_line()))
            }
            Standing::Open(Ok(_)) | Standing::Final(_) => None,
        }
    }

    /// Whether a person approved it as it is.
    pub fn approved(&self) -> bool {
        let total = self.summary().map(|draft| draft.total);
        total.is_some() && self.marks.approved == total
    }

    /// Why it may be finalized below the margin guard; empty where nobody said it.
    pub fn margin_reason(&self) -> &str {
        let total = self.summary().map(|draft| draft.total);
        let given = self.marks.below_guard.as_ref();
        let given = given.filter(|given| Some(given.total) == total);
        given.map_or("", |given| &given.reason)
    }

    /// What is worth a look.
    pub fn flags(&self) -> Vec<InvoiceFlag> {
        let flags = self.summary().map_or(&[][..], |draft| &draft.flags);
        let texts = flags.iter().map(|flag| InvoiceFlag {
            code: flag.code.to_owned(),
            value: flag.value.clone(),
        });
        texts.collect()
    }

    /// Whether it has anything to invoice.
    pub fn has_lines(&self) -> bool {
        self.summary().is_some_and(|draft| draft.lines > 0)
    }
}

/// The stable word of a reason.
pub(crate) fn held_word(reason: &HeldReason) -> &'static str {
    match reason {
        HeldReason::UnknownModel => "unknown_model",
        HeldReason::NoPrice => "no_price",
        HeldReason::Unspecified => "unspecified",
        HeldReason::NoExchangeRate { .. } => "no_exchange_rate",
        HeldReason::Inexact => "inexact",
        HeldReason::NoValue { .. } => "no_value",
        HeldReason::NoPriceForValue { .. } => "no_price_for_value",
        HeldReason::Formula(_) => "formula",
    }
}

impl App {
    /// The drafts of a month as the book is now.
    pub(crate) async fn month_drafts(
        &self,
        open: &OpenBook,
        month: Month,
    ) -> ApiResult<(Arc<Snapshot>, Arc<MonthDrafts>)> {
        // A change of the book that comes in between makes the work start again.
        for _ in 0..TRIES {
            let snapshot = self.snapshot(open).await?;
            if let Some(known) = lock(&open.caches.months).get(&month) {
                return Ok((snapshot, Arc::clone(known)));
            }
            let drafts = match self.drafts_of(open, &snapshot, month).await {
                Err(error) if error.code == ErrorCode::Conflict => continue,
                drafts => Arc::new(drafts?),
            };
            lock(&open.caches.months).insert(month, Arc::clone(&drafts));
            return Ok((snapshot, drafts));
        }
        Err(ApiError::new(ErrorCode::Busy))
    }

    /// The drafts of a month under other terms than those of the book.
    pub(crate) async fn drafts_of(
        &self,
        open: &OpenBook,
        snapshot: &Arc<Snapshot>,
        month: Month,
    ) -> ApiResult<MonthDrafts> {
        let queue = Queue::of(snapshot.customers.len(), FEW);
        let mut workers = JoinSet::new();
        for _ in 0..queue.workers {
            let desk = Desk::new(open, snapshot).await?;
            workers.spawn(share_of_month(desk, Arc::clone(&queue), month));
        }
        let mut found = Vec::new();
        while let Some(done) = workers.join_next().await {
            let (share, cache) = done.map_err(ApiError::internal)??;
            open.put_classes(cache);
            found.extend(share);
        }
        found.sort_by_key(|(place, _)| *place);
        Ok(MonthDrafts {
            customers: found.into_iter().map(|(_, draft)| draft).collect(),
        })
    }

    /// The draft of one customer's month as it would be with other additions.
    pub(crate) async fn draft_tried(
        &self,
        open: &OpenBook,
        snapshot: &Snapshot,
        (customer, month): (&Customer, Month),
        edit: &DraftEdit,
    ) -> ApiResult<Result<DraftInvoice, InvoiceError>> {
        let mut read = open.read().await?;
        let mut cache = open.take_classes();
        let period = month.period(customer)?;
        let rated = rate_month(&mut read, &mut cache, snapshot, customer, period).await;
        open.put_classes(cache);
        Ok(draft_with(rated?, &snapshot.company, customer, Some(edit)))
    }

    /// The whole draft of one customer's month, computed now.
    pub(crate) async fn whole_draft(
        &self,
        open: &OpenBook,
        snapshot: &Snapshot,
        customer: &Customer,
        month: Month,
    ) -> ApiResult<DraftInvoice> {
        let mut read = open.read().await?;
        let mut cache = open.take_classes();
        let period = month.period(customer)?;
        let rated = rate_month(&mut read, &mut cache, snapshot, customer, period).await;
        open.put_classes(cache);
        drafted(snapshot, (customer, period), rated?)
    }
}

async fn share_of_month(
    mut desk: Desk,
    queue: Arc<Queue>,
    month: Month,
) -> ApiResult<(Vec<(usize, CustomerDraft)>, ClassCache)> {
    let mut found = Vec::new();
    while let Some(place) = queue.next() {
        let Some(customer) = desk.snapshot.customers.get(place) else {
            break;
        };
        let draft = month_of(
            &mut desk.read,
            &mut desk.cache,
            &desk.snapshot,
            customer,
            month,
        );
        found.extend(draft.await?.map(|draft| (place, draft)));
    }
    Ok((found, desk.cache))
}

async fn month_of(
    read: &mut SqliteConnection,
    cache: &mut ClassCache,
    snapshot: &Snapshot,
    customer: &Customer,
    month: Month,
) -> ApiResult<Option<CustomerDraft>> {
    let period = month.period(customer)?;
    let terms = terms(snapshot, customer, period);
    let plans: Vec<&str> = terms.iter().map(|terms| terms.plan.name.as_str()).collect();
    let plans = plans.join(", ");
    let entry = snapshot.entry(customer.id, month).cloned();
    let entry = entry.unwrap_or_default();
    let standing = match snapshot.finalized(customer.id, period) {
        Some(head) => Standing::Final(head.clone()),
        None => match rate_month(read, cache, snapshot, customer, period).await {
            Ok(rated) => {
                let nothing = rated.lines.is_empty() && rated.usage.is_empty();
                if nothing && plans.is_empty() && entry.edit.is_none() {
                    return Ok(None);
                }
                Standing::Open(summed(read, snapshot, (customer, period), rated).await)
            }
            Err(error) => Standing::Open(Err(error)),
        },
    };
    Ok(Some(CustomerDraft {
        customer: customer.id,
        period,
        below_guard: flags::below_guard(snapshot, &standing, &entry.marks),
        standing,
        plans,
        marks: entry.marks,
    }))
}

/// What is remembered of the draft of a rated period.
async fn summed(
    read: &mut SqliteConnection,
    snapshot: &Snapshot,
    (customer, period): (&Customer, Period),
    rated: Rated,
) -> ApiResult<DraftSummary> {
    let today = snapshot.company.zone.date_of(snapshot.as_of);
    let usable = rated.credits.iter().map(|usable| usable.left).collect();
    let draft = drafted(snapshot, (customer, period), rated)?;
    let flags = flags::flags(read, snapshot, &draft, usable).await?;
    DraftSummary::of(&draft, today, flags)
}

/// The draft of a rated period with what a person added to it.
fn drafted(
    snapshot: &Snapshot,
    (customer, period): (&Customer, Period),
    rated: Rated,
) -> ApiResult<DraftInvoice> {
    let edit = snapshot.edit_of(customer, period);
    let draft = draft_with(rated, &snapshot.company, customer, edit)?;
    Ok(DraftInvoice {
        replaces: snapshot.replaced(customer.id, period),
        ..draft
    })
}

/// Rates one customer's period as the book is now.
async fn rate_month(
    read: &mut SqliteConnection,
    cache: &mut ClassCache,
    snapshot: &Snapshot,
    customer: &Customer,
    period: Period,
) -> ApiResult<Rated> {
    let contract = contract::of(read, snapshot, customer, period).await?;
    rate_contract(read, cache, snapshot, (customer, period), &contract).await
}

/// Rates one customer's period under terms that are known.
async fn rate_contract(
    read: &mut SqliteConnection,
    cache: &mut ClassCache,
    snapshot: &Snapshot,
    (customer, period): (&Customer, Period),
    contract: &Contract<'_>,
) -> ApiResult<Rated> {
    let Contract {
        terms,
        paid,
        credits,
        ..
    } = contract;
    let refs = snapshot.refs_of(customer.id);
    let span = usage_span(customer.zone, period, terms)?;
    let wanted = wanted(terms, &snapshot.meters);
    let readings = readings::readings(read, cache, refs, span, &wanted).await?;
    let input = |sums| RatingInput {
        paid,
        credits,
        readings: &readings,
        ..rating_input(snapshot, customer, period, terms, sums)
    };
    let mut cuts = boundaries(&input(&[]))?;
    let sums = month_sums(read, cache, refs, span, &cuts, &snapshot.prices).await?;
    let days = day_borders(&input(&sums))?;
    if days.is_empty() {
        return Ok(rate(&input(&sums))?);
    }
    cuts.extend(days);
    let finer = month_sums(read, cache, refs, span, &cuts, &snapshot.prices).await?;
    Ok(rate(&input(&finer))?)
}

/// Usage of some names in a period.
pub(crate) async fn month_sums(
    read: &mut SqliteConnection,
    cache: &mut ClassCache,
    refs: &[i64],
    period: Period,
    cuts: &[Timestamp],
    prices: &PriceTable,
) -> ApiResult<Vec<UsageSum>> {
    let query = SumQuery {
        refs,
        period,
        epochs: Epochs::All,
        boundaries: cuts,
        grain: Grain::Boundaries,
        least: Some(prices),
    };
    Ok(usage::sums(read, cache, &query).await?)
}

/// What rating needs to know of a customer's period.
pub(crate) fn rating_input<'a>(
    snapshot: &'a Snapshot,
    customer: &Customer,
    period: Period,
    terms: &'a [SubscribedPlan<'a>],
    sums: &'a [UsageSum],
) -> RatingInput<'a> {
    RatingInput {
        zone: customer.zone,
        currency: customer.currency,
        period,
        subscriptions: terms,
        sums,
        readings: &[],
        prices: &snapshot.prices,
        names: None,
        rules: &snapshot.rules,
        exchange: &snapshot.exchange,
        meters: &snapshot.meters,
        as_of: snapshot.as_of,
        paid: &[],
        credits: &[],
    }
}
