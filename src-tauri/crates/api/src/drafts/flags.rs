//! What is worth a look before a draft becomes final. A flag stops nothing.

use super::{DraftSummary, Standing};
use crate::error::ApiResult;
use crate::snapshot::Snapshot;
use ratebook_catalog::{Company, Customer, TaxTreatment};
use ratebook_invoicing::{DraftInvoice, InvoiceLine};
use ratebook_money::{Date, Money, Timestamp};
use ratebook_rating::price::PriceStep;
use ratebook_rating::{LineItem, Step, margin};
use ratebook_store::drafts::DraftMarks;
use ratebook_store::{SqliteConnection, usage};
use std::collections::BTreeSet;

/// One of them: a stable word, and what it is about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Flag {
    pub code: &'static str,
    /// A count, days or names of fields, as the word has it.
    pub value: String,
}

/// All flags of a draft; `usable` is what was left of the grants that may pay for it.
pub(super) async fn flags(
    read: &mut SqliteConnection,
    snapshot: &Snapshot,
    draft: &DraftInvoice,
    usable: Vec<Money>,
) -> ApiResult<Vec<Flag>> {
    let customer = &draft.customer;
    let mut flags = Vec::new();
    let mut flag = |code, value: String| flags.push(Flag { code, value });
    let hours = usage::hours(read, snapshot.refs_of(customer.id), draft.period).await?;
    if let Some(days) = missing_days(customer, draft, &hours, snapshot.as_of) {
        flag("missing_days", days);
    }
    let changed = price_changes(&draft.lines);
    if changed > 0 {
        flag("price_change", changed.to_string());
    }
    if !snapshot.was_invoiced(customer.id) {
        flag("first_invoice", String::new());
    }
    if let Some(used) = credit_used_up(draft, &usable)? {
        flag("credit_used_up", used.to_string());
    }
    for line in draft.lines.iter().filter(|line| is_capped(line)) {
        flag("cap_hit", line.rated.charge_name.clone());
    }
    let missing = missing_data(&draft.company, customer);
    if !missing.is_empty() {
        flag("customer_data", missing.join(", "));
    }
    if draft.edit.is_some() {
        flag("edited", String::new());
    }
    Ok(flags)
}

/// Whether a draft's margin is below the guard and nobody said for this total why it may be.
pub(super) fn below_guard(snapshot: &Snapshot, standing: &Standing, marks: &DraftMarks) -> bool {
    let (Some(guard), Standing::Open(Ok(draft))) = (snapshot.guard, standing) else {
        return false;
    };
    let accepted = marks.below_guard.as_ref();
    let is_accepted = accepted.is_some_and(|given| given.total == draft.total);
    !is_accepted && margin_of(draft).is_some_and(|margin| margin < guard)
}

fn margin_of(draft: &DraftSummary) -> Option<rust_decimal::Decimal> {
    margin::of_amounts(draft.net.to_amount().ok()?, draft.cost?)
}

/// Days without any usage of a customer who uses something on most days: `7 11 12`. Days that are
/// not over yet are not missing.
fn missing_days(
    customer: &Customer,
    draft: &DraftInvoice,
    hours: &[Timestamp],
    now: Timestamp,
) -> Option<String> {
    let used: BTreeSet<Date> = hours.iter().map(|at| customer.zone.date_of(*at)).collect();
    let today = customer.zone.date_of(now);
    let days = draft.service.first.iter_days();
    let over = days.take_while(|day| *day <= draft.service.last && *day < today);
    let over: Vec<Date> = over.collect();
    let missing = over.iter().filter(|day| !used.contains(day));
    let missing: Vec<String> = missing.map(ToString::to_string).collect();
    let is_regular = used.len().saturating_mul(2) > over.len();
    (is_regular && !missing.is_empty()).then(|| missing.join(" "))
}

/// Charges of a model or meter that stand on several lines because the price changed.
fn price_changes(lines: &[InvoiceLine]) -> usize {
    let same = |a: &InvoiceLine, b: &InvoiceLine| {
        let (a, b) = (&a.rated, &b.rated);
        a.item == b.item && a.subscription == b.subscription && a.charge == b.charge
    };
    let usage: Vec<&InvoiceLine> = lines
        .iter()
        .filter(|line| line.rated.item.is_usage())
        .collect();
    let split = usage.iter().enumerate().filter(|(place, line)| {
        let mut before = usage.iter().take(*place);
        let after = usage.iter().skip(place.saturating_add(1));
        let is_first = !before.any(|other| same(other, line));
        let mut others = after.filter(|other| same(other, line));
        is_first && others.any(|other| other.rated.unit_price != line.rated.unit_price)
    });
    split.count()
}

/// What credit paid, where nothing is left of it.
fn credit_used_up(draft: &DraftInvoice, usable: &[Money]) -> ApiResult<Option<Money>> {
    let zero = Money::zero(draft.currency);
    let left = usable.iter().copied().try_fold(zero, Money::plus)?;
    let mut credits = draft.credits.iter().map(|credit| credit.amount);
    let used = credits.try_fold(zero, Money::plus)?;
    Ok(Some(used).filter(|used| used.minor() > 0 && *used == left))
}

fn is_capped(line: &InvoiceLine) -> bool {
    let lowered = |step: &PriceStep| match step {
        PriceStep::Maximum { before, after, .. } => before != after,
        _ => false,
    };
    let mut steps = line.rated.explanation.steps.iter();
    steps.any(|step| match step {
        Step::Price { step } => lowered(step) || step.inside().iter().any(lowered),
        _ => false,
    }) && matches!(
        line.rated.item,
        LineItem::Meter { .. } | LineItem::Model { .. }
    )
}

/// Fields of a customer that an invoice should name and that are empty.
pub(crate) fn missing_data(company: &Company, customer: &Customer) -> Vec<&'static str> {
    let address = &customer.address;
    let is_abroad = address.country != company.address.country;
    let needs_tax_id = customer.tax == TaxTreatment::ReverseCharge
        || (is_abroad && customer.tax == TaxTreatment::OutOfScope);
    let fields = [
        ("address.lines", address.lines.is_empty()),
        ("address.city", address.city.trim().is_empty()),
        ("address.country", address.country.trim().is_empty()),
        ("email", customer.email.trim().is_empty()),
        ("taxId", needs_tax_id && customer.tax_id.trim().is_empty()),
    ];
    let empty = fields.into_iter().filter(|(_, is_empty)| *is_empty);
    empty.map(|(field, _)| field).collect()
}
