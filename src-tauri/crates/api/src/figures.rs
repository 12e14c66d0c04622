//! Rated and final figures as the wire shows them. Nothing is computed here that a person could be
//! billed by: margins and changes are for looking at only.

use crate::app::{App, OpenBook};
use crate::drafts::{CustomerDraft, MonthDrafts, held_word};
use crate::error::ApiResult;
use crate::snapshot::{FinalFacts, Month, Snapshot, lock};
use crate::wire::{
    Count, DecimalString, ExplainStep, Fact, HeldText, InvoiceLineText, InvoiceRow, InvoiceState,
    MoneyText, TaxText,
};
use ratebook_catalog::{BuiltInMeter, Dimension, FeeTiming, InvoiceId, MeterRef, PriceConditions};
use ratebook_invoicing::{FinalizedInvoice, InvoiceLine, Totals};
use ratebook_money::{Amount, Money, Rate};
use ratebook_rating::{HeldUsage, LineItem, Share, Step, margin};
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
        let finalized = draft.finalized();
        let (net, total, cost) = match (finalized, draft.summary()) {
            (Some(head), _) => (head.net, head.total, self.facts(open, head.id).await?.cost),
            (None, Some(draft)) => (draft.net, draft.total, draft.cost),
            (None, None) => (zero, zero, None),
        };
        let before = net_of_month(open, month.before(), draft);
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
            change: before.and_then(|before| change_text(net, before)),
            plan: draft.plans.clone(),
            held,
            issued_on: finalized.map(|head| head.issued_on.to_string()),
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

/// Net of another month, when its drafts are known already; looking at one month must not compute
/// another.
fn net_of_month(open: &OpenBook, month: Month, draft: &CustomerDraft) -> Option<Money> {
    let known: Arc<MonthDrafts> = lock(&open.caches.months).get(&month).cloned()?;
    let before = known
        .customers
        .iter()
        .find(|other| other.customer == draft.customer)?;
    before.net()
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
            LineItem::Meter { .. } | LineItem::Fee { .. } => {}
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
        (LineItem::Fee { .. }, _) => "flat",
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
        steps: rated.explanation.steps.iter().map(step).collect(),
    }
}

fn describe(item: &LineItem, charge: &str) -> (Option<String>, String, Vec<String>, bool) {
    match item {
        LineItem::Fee { .. } => (None, charge.to_owned(), Vec::new(), false),
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

/// A figure and its currency or unit.
type Figure = (String, Option<String>);

fn money_figure(money: Money) -> Figure {
    (money.number(), Some(money.currency().to_string()))
}

fn exact_figure(amount: Amount) -> Figure {
    (
        amount.to_exact_string(),
        Some(amount.currency().to_string()),
    )
}

fn rate_figure(rate: Rate) -> Figure {
    (
        rate.per_unit().normalize().to_string(),
        Some(rate.currency().to_string()),
    )
}

/// A step of an explanation.
pub(crate) fn step(step: &Step) -> ExplainStep {
    let (code, (value, unit), facts) = match step {
        Step::Fee {
            amount,
            timing,
            share,
        } => (
            "fee",
            money_figure(*amount),
            fee_facts(*timing, share.as_ref()),
        ),
        Step::Quantity { quantity, events } => (
            "quantity",
            (quantity.to_string(), None),
            vec![fact("events", events)],
        ),
        Step::Prior { quantity } => ("prior", (quantity.to_string(), None), Vec::new()),
        Step::ProviderPrice(price) => (
            "provider_price",
            rate_figure(price.rate),
            provider_facts(price),
        ),
        Step::ExchangeRate {
            base,
            quote,
            rate,
            source,
            on,
            cost,
        } => {
            let facts = vec![
                fact("base", base),
                fact("quote", quote),
                fact("source", source),
                fact("on", on),
                fact("cost", cost.per_unit().normalize()),
            ];
            ("exchange_rate", (rate.to_string(), None), facts)
        }
        Step::Markup(markup) => ("markup", (percent(markup), None), markup_facts(markup)),
        Step::UnitPrice { rate } => ("sell_price", rate_figure(*rate), Vec::new()),
        Step::Tier {
            tier,
            quantity,
            unit_price,
            flat_fee,
            exact,
        } => {
            let facts = vec![
                fact("tier", tier),
                fact("quantity", quantity),
                fact("unit_price", unit_price.per_unit().normalize()),
                fact("flat_fee", flat_fee.to_exact_string()),
            ];
            ("tier", exact_figure(*exact), facts)
        }
        Step::Rounding { exact, rounded } => (
            "rounded",
            money_figure(*rounded),
            vec![fact("exact", exact.to_exact_string())],
        ),
    };
    ExplainStep {
        code: code.to_owned(),
        value,
        unit,
        facts,
    }
}

fn fee_facts(timing: FeeTiming, share: Option<&Share>) -> Vec<Fact> {
    let timing = match timing {
        FeeTiming::Advance => "advance",
        FeeTiming::Arrears => "arrears",
    };
    let mut facts = vec![fact("timing", timing)];
    if let Some(share) = share {
        facts.push(fact("days", share.days));
        facts.push(fact("of_days", share.of));
    }
    facts
}

fn provider_facts(price: &ratebook_rating::ProviderStep) -> Vec<Fact> {
    let mut facts = vec![
        fact("model", format!("{}/{}", price.provider, price.model)),
        fact("dimension", &price.dimension),
        fact(
            "source",
            format!("{} {}", price.source.name, price.source.version),
        ),
        fact("seen_on", price.source.seen_on),
        fact("recorded_at", price.recorded_at),
    ];
    if price.valid_from > ratebook_money::Timestamp::MIN {
        facts.push(fact("valid_from", price.valid_from));
    }
    if price.manual {
        facts.push(fact("manual", "true"));
    }
    facts.extend(
        conditions_text(&price.conditions)
            .iter()
            .map(|part| fact("condition", part)),
    );
    facts.extend(
        price
            .factors
            .iter()
            .map(|factor| fact("factor", format!("{} × {}", factor.reason, factor.factor))),
    );
    facts
}

fn percent(step: &ratebook_rating::MarkupStep) -> String {
    step.markup.percent.normalize().to_string()
}

fn markup_facts(step: &ratebook_rating::MarkupStep) -> Vec<Fact> {
    let origin = match &step.origin {
        ratebook_rating::MarkupOrigin::Rule { scope, .. } => scope_word(scope),
        ratebook_rating::MarkupOrigin::Charge => "charge".to_owned(),
        ratebook_rating::MarkupOrigin::None => "none".to_owned(),
    };
    let mut facts = vec![fact("scope", origin)];
    if let Some(fixed) = step.markup.fixed_per_unit {
        facts.push(fact("fixed_per_unit", fixed.normalize()));
    }
    if let Some(fixed) = step.markup.fixed_per_request {
        facts.push(fact("fixed_per_request", fixed.normalize()));
    }
    facts.extend(step.beaten.iter().map(|rule| {
        let percent = rule.markup.percent.normalize();
        fact("beaten", format!("{} {percent} %", scope_word(&rule.scope)))
    }));
    if step.raised_to_margin {
        facts.push(fact("raised_to_margin", "true"));
    }
    facts
}

/// Where a rule stands: `book`, `provider`, `model` or `cell`, behind `plan` or `contract`.
pub(crate) fn scope_word(scope: &ratebook_catalog::MarkupScope) -> String {
    let place = match (&scope.provider, &scope.model, &scope.dimension) {
        (_, _, Some(_)) => "cell",
        (_, Some(_), None) => "model",
        (Some(_), None, None) => "provider",
        (None, None, None) => "all",
    };
    match (scope.level, place) {
        (ratebook_catalog::ScopeLevel::Book, "all") => "book".to_owned(),
        (ratebook_catalog::ScopeLevel::Book, place) => place.to_owned(),
        (ratebook_catalog::ScopeLevel::Plan(_), place) => format!("plan {place}"),
        (ratebook_catalog::ScopeLevel::Contract(_), place) => format!("contract {place}"),
    }
}

/// A fact of an explanation.
pub(crate) fn fact(key: &str, value: impl ToString) -> Fact {
    Fact {
        key: key.to_owned(),
        value: value.to_string(),
    }
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
