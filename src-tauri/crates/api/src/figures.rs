//! Rated and final figures as the wire shows them. Nothing is computed here that a person could be
//! billed by: margins and changes are for looking at only.

mod steps;

pub(crate) use steps::{fact, scope_word, step, steps};

use crate::app::{App, OpenBook};
use crate::convert::write_tax;
use crate::drafts::{CustomerDraft, MonthDrafts, held_word};
use crate::error::ApiResult;
use crate::snapshot::{FinalFacts, Month, Snapshot, lock};
use crate::use_cases::credits::kind_word;
use crate::wire::{
    Count, DecimalString, HeldText, InvoiceCreditText, InvoiceDiscountText, InvoiceLineText,
    InvoiceRow, InvoiceState, MoneyText, TaxText,
};
use ratebook_catalog::{BuiltInMeter, Customer, Dimension, InvoiceId, MeterRef, PriceConditions};
use ratebook_invoicing::{FinalizedInvoice, InvoiceCredit, InvoiceLine, Totals};
use ratebook_money::{Amount, Money};
use ratebook_rating::{HeldUsage, LineItem, Step, margin};
use std::collections::BTreeMap;
use std::sync::Arc;

impl App {
    /// A draft, or the final invoice in its place, as lists show it.
    pub(crate) async fn invoice_row(
        &self,
        open: &OpenBook,
        snapshot: &Snapshot,
        draft: &CustomerDraft,
        month: Month,
    ) -> ApiResult<InvoiceRow> {
        let customer = snapshot.customer(draft.customer);
        let name = customer
            .map(|customer| customer.name.clone())
            .unwrap_or_default();
        let currency = customer.map_or(snapshot.company.currency, |customer| customer.currency);
        let zero = Money::zero(currency);
        let held = draft.held();
        let lacking = draft.summary().map(|draft| draft.einvoice.clone());
        let lacking = lacking.unwrap_or_default();
        let finalized = draft.finalized();
        let (net, total, cost) = match (finalized, draft.summary()) {
            (Some(head), _) => (head.net, head.total, self.facts(open, head.id).await?.cost),
            (None, Some(draft)) => (draft.net, draft.total, draft.cost),
            (None, None) => (zero, zero, None),
        };
        let before = match customer {
            Some(customer) => net_before(open, snapshot, customer, month.before())?,
            None => None,
        };
        Ok(InvoiceRow {
            id: finalized.map(|head| head.id.to_string()),
            customer_id: draft.customer.to_string(),
            customer: name,
            month: month.to_string(),
            number: finalized.map(|head| head.number.clone()),
            state: match (finalized, held.is_empty()) {
                (Some(_), _) => InvoiceState::Finalized,
                (None, true) => InvoiceState::Draft,
                (None, false) => InvoiceState::Held,
            },
            net: net.into(),
            total: total.into(),
            cost: cost.and_then(|cost| cost.round().ok()).map(Into::into),
            margin: cost.and_then(|cost| margin_text(net, cost)),
            markup: cost.and_then(|cost| markup_text(net, cost)),
            change: before.and_then(|before| change_text(net, before)),
            plan: draft.plans.clone(),
            held,
            fault: draft.fault(),
            einvoice_faults: lacking.into_iter().map(Into::into).collect(),
            issued_on: finalized.map(|head| head.issued_on.to_string()),
            payment: finalized
                .map(|head| self.payment_tag(snapshot, head))
                .transpose()?,
            hold: draft.marks.hold.clone().filter(|_| finalized.is_none()),
            approved: draft.approved(),
            change_amount: before
                .map(|before| net.minus(before))
                .transpose()?
                .map(Into::into),
            flags: draft.flags(),
        })
    }

    /// What lists show of a final invoice beside its head.
    async fn facts(&self, open: &OpenBook, id: InvoiceId) -> ApiResult<FinalFacts> {
        if let Some(known) = lock(&open.caches.finals).get(&id) {
            return Ok(*known);
        }
        let mut read = open.read().await?;
        let stored = ratebook_store::invoices::get(&mut read, id).await?;
        let facts = FinalFacts::of(&stored.invoice);
        lock(&open.caches.finals).insert(id, facts);
        Ok(facts)
    }

    /// Model calls of a customer's month.
    pub(crate) async fn requests(&self, open: &OpenBook, draft: &CustomerDraft) -> ApiResult<u64> {
        match draft.finalized() {
            Some(head) => Ok(self.facts(open, head.id).await?.requests),
            None => Ok(draft.summary().map_or(0, |draft| draft.requests)),
        }
    }
}

impl FinalFacts {
    pub(crate) fn of(invoice: &FinalizedInvoice) -> Self {
        Self {
            cost: invoice.cost(),
            requests: requests(invoice.lines()),
        }
    }
}

/// Net of another month: of its final invoice, or of its draft when that is known already; looking
/// at one month must not compute another.
fn net_before(
    open: &OpenBook,
    snapshot: &Snapshot,
    customer: &Customer,
    month: Month,
) -> ApiResult<Option<Money>> {
    if let Some(head) = snapshot.finalized(customer.id, month.period(customer)?) {
        return Ok(Some(head.net).filter(|net| net.currency() == customer.currency));
    }
    let known: Option<Arc<MonthDrafts>> = lock(&open.caches.months).get(&month).cloned();
    let known = known.as_ref().map(|known| known.customers.iter());
    let before = known.and_then(|mut all| all.find(|other| other.customer == customer.id));
    Ok(before.and_then(CustomerDraft::net))
}

/// The discount of an invoice.
pub(crate) fn discount(totals: &Totals) -> Option<InvoiceDiscountText> {
    totals
        .discount
        .as_ref()
        .map(|discount| InvoiceDiscountText {
            percent: discount.percent.as_ref().map(Into::into),
            amount: discount.amount.into(),
            reason: discount.reason.clone(),
        })
}

/// What was put on a cost to come to a net amount, percent of the cost with one decimal.
pub(crate) fn markup_text(net: Money, cost: Amount) -> Option<DecimalString> {
    let percent = margin::of_amounts(cost, net.to_amount().ok()?)?;
    Some(DecimalString((-percent).to_string()))
}

/// Margin of a net amount over a cost, percent with one decimal.
pub(crate) fn margin_text(net: Money, cost: Amount) -> Option<DecimalString> {
    let percent = margin::of_amounts(net.to_amount().ok()?, cost)?;
    Some(DecimalString(percent.to_string()))
}

/// Change against a month before, percent with one decimal. The change is what a "margin" of the
/// new over the old would be if the old were the price: (old − new) / old, with the sign turned.
fn change_text(now: Money, before: Money) -> Option<DecimalString> {
    let percent = margin::of_amounts(before.to_amount().ok()?, now.to_amount().ok()?)?;
    Some(DecimalString((-percent).to_string()))
}

/// Model calls of an invoice. A model's calls are counted by the dimension that most of them have,
/// over all prices of the month; a charge on a built-in meter counts the calls of all models.
pub(crate) fn requests(lines: &[InvoiceLine]) -> u64 {
    let mut by_model: BTreeMap<(&str, &str), BTreeMap<&Dimension, u64>> = BTreeMap::new();
    let mut by_meter = 0;
    for line in lines {
        let events = events_of(line);
        match &line.rated.item {
            LineItem::Model {
                provider,
                model,
                dimension,
                ..
            } => {
                let dimensions = by_model.entry((provider, model)).or_default();
                let sum = dimensions.entry(dimension).or_default();
                *sum = sum.saturating_add(events);
            }
            LineItem::Meter {
                meter: MeterRef::BuiltIn(_),
                ..
            } => by_meter = by_meter.max(events),
            LineItem::Meter { .. }
            | LineItem::Fee { .. }
            | LineItem::OneOff
            | LineItem::Minimum
            | LineItem::Manual => {}
        }
    }
    let of_models = by_model
        .values()
        .filter_map(|dimensions| dimensions.values().copied().max());
    by_meter.max(of_models.fold(0, u64::saturating_add))
}

fn events_of(line: &InvoiceLine) -> u64 {
    let steps = line.rated.explanation.steps.iter();
    let of_steps = steps.filter_map(|step| match step {
        Step::Quantity { events, .. } => Some(*events),
        _ => None,
    });
    of_steps.max().unwrap_or(0)
}

/// Lines in order.
pub(crate) fn lines(lines: &[InvoiceLine]) -> Vec<InvoiceLineText> {
    lines.iter().map(line).collect()
}

fn line(line: &InvoiceLine) -> InvoiceLineText {
    let rated = &line.rated;
    let (model, description, qualifiers, per_million) = describe(&rated.item, &rated.charge_name);
    let price = rated.unit_price.and_then(|rate| {
        if per_million {
            rate.per_million().ok()
        } else {
            Some(rate.per_unit())
        }
    });
    let unit = match (&rated.item, per_million) {
        (LineItem::Fee { .. }, _) if is_per_seat(rated) => "per_unit",
        (LineItem::Fee { .. } | LineItem::OneOff | LineItem::Minimum, _) => "flat",
        (LineItem::Manual, _) => "per_unit",
        (_, true) => "per_million",
        (_, false) => "per_unit",
    };
    InvoiceLineText {
        position: line.number,
        charge: rated.charge_name.clone(),
        model,
        description,
        qualifiers,
        quantity: (&rated.quantity).into(),
        unit_price: price.map(|price| DecimalString(price.normalize().to_string())),
        unit: unit.to_owned(),
        amount: rated.amount.into(),
        exact: DecimalString(rated.exact.to_exact_string()),
        cost: rated
            .cost
            .and_then(|cost| cost.round().ok())
            .map(Into::into),
        margin: rated.cost.and_then(|cost| margin_text(rated.amount, cost)),
        markup: rated.cost.and_then(|cost| markup_text(rated.amount, cost)),
        steps: steps(&rated.explanation.steps),
    }
}

fn is_per_seat(line: &ratebook_rating::RatedLine) -> bool {
    let mut steps = line.explanation.steps.iter();
    steps.any(|step| matches!(step, Step::Fee { seats: Some(_), .. }))
}

fn describe(item: &LineItem, charge: &str) -> (Option<String>, String, Vec<String>, bool) {
    match item {
        LineItem::Fee { .. } | LineItem::OneOff | LineItem::Minimum | LineItem::Manual => {
            (None, charge.to_owned(), Vec::new(), false)
        }
        LineItem::Meter { meter, name, .. } => {
            let word = match meter {
                MeterRef::BuiltIn(BuiltInMeter::ModelCalls) => "model_calls",
                MeterRef::BuiltIn(BuiltInMeter::InputTokens) => "input_tokens",
                MeterRef::BuiltIn(BuiltInMeter::OutputTokens) => "output_tokens",
                MeterRef::BuiltIn(BuiltInMeter::TotalTokens) => "total_tokens",
                MeterRef::Own(_) => name.as_str(),
            };
            let tokens = matches!(meter, MeterRef::BuiltIn(built_in)
                if *built_in != BuiltInMeter::ModelCalls);
            (None, word.to_owned(), Vec::new(), tokens)
        }
        LineItem::Model {
            provider,
            model,
            dimension,
            conditions,
            marks,
        } => {
            let mut qualifiers = conditions_text(conditions);
            qualifiers.extend(marks.iter().cloned());
            let model = format!("{provider}/{model}");
            (
                Some(model),
                dimension.to_string(),
                qualifiers,
                dimension.is_tokens(),
            )
        }
    }
}

/// Conditions as `context > 200000`, `processing = batch`, `time 16:30-00:30 UTC`.
pub(crate) fn conditions_text(conditions: &PriceConditions) -> Vec<String> {
    let mut parts = Vec::new();
    if let Some(context) = conditions.context {
        let sign = match context.comparison {
            ratebook_catalog::Comparison::Above => ">",
            ratebook_catalog::Comparison::AtLeast => ">=",
        };
        parts.push(format!("context {sign} {}", context.tokens));
    }
    for (key, value) in &conditions.equals {
        let key = serde_json::to_value(key).ok();
        let key = key
            .as_ref()
            .and_then(|key| key.as_str())
            .unwrap_or_default();
        parts.push(format!("{key} = {value}"));
    }
    if let Some(window) = &conditions.window {
        let clock = |minute: u16| format!("{:02}:{:02}", minute / 60 % 24, minute % 60);
        let days = window.days.as_ref().map(|days| {
            let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
            let listed = days
                .days
                .iter()
                .filter_map(|day| names.get(usize::from(day.saturating_sub(1))).copied());
            format!(" {}", listed.collect::<Vec<_>>().join(" "))
        });
        let days = days.unwrap_or_default();
        parts.push(format!(
            "time {}-{} UTC{days}",
            clock(window.from),
            clock(window.to)
        ));
    }
    parts
}

/// Taxes of an invoice.
pub(crate) fn taxes(totals: &Totals) -> Vec<TaxText> {
    let lines = totals.taxes.iter().map(|line| TaxText {
        category: format!("{:?}", line.key.category),
        percent: DecimalString(line.key.percent.clone()),
        base: line.taxable.into(),
        tax: line.tax.into(),
        reason: (!line.key.reason.is_empty()).then(|| line.key.reason.clone()),
    });
    lines.collect()
}

/// What credit pays.
pub(crate) fn credits(credits: &[InvoiceCredit]) -> Vec<InvoiceCreditText> {
    let texts = credits.iter().map(|credit| InvoiceCreditText {
        grant_id: credit.grant.to_string(),
        kind: kind_word(credit.kind),
        tax: write_tax(credit.tax),
        amount: credit.amount.into(),
    });
    texts.collect()
}

/// Usage that waits.
pub(crate) fn held(held: &[HeldUsage]) -> Vec<HeldText> {
    let items = held.iter().map(|usage| HeldText {
        reason: held_word(&usage.reason).to_owned(),
        subject: format!("{}/{} {}", usage.provider, usage.model, usage.dimension),
        quantity: (&usage.quantity).into(),
        events: Count(usage.events),
    });
    items.collect()
}

/// Whether a dimension is quoted per million.
pub(crate) fn quoted(dimension: &Dimension, rate: ratebook_money::Rate) -> Option<DecimalString> {
    let value = if dimension.is_tokens() {
        rate.per_million().ok()?
    } else {
        rate.per_unit()
    };
    Some(DecimalString(value.normalize().to_string()))
}

/// Money as the wire has it, from an exact amount, rounded for showing.
pub(crate) fn shown(amount: Amount) -> Option<MoneyText> {
    amount.round().ok().map(Into::into)
}
