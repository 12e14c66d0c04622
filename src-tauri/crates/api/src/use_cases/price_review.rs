//! The review of the draft: each change with its price, margin and effect on a month's usage.

mod rates;

use crate::app::{App, OpenBook};
use crate::convert::{write_markup, write_own, write_scope};
use crate::drafts::effects::{Effect, Figures, Owners, Question};
use crate::error::ApiResult;
use crate::figures::margin_text;
use crate::price_draft::{key_of, supposed_ids};
use crate::shares::blocking;
use crate::snapshot::Snapshot;
use crate::use_cases::markups::owner_name;
use crate::use_cases::price_cells;
use crate::use_cases::price_chosen::Chosen;
use crate::use_cases::price_edits::{Edits, held_fault, listed_price};
use crate::use_cases::price_losses::below_cost;
use crate::use_cases::price_settings::below_cost_blocks;
use crate::use_cases::price_staging::{change_percent, count};
use crate::use_cases::price_waiting::add_waiting;
use crate::wire::{
    Count, DecimalString, PriceBillChange, PriceBlock, PriceChangeRow, PriceFinalChange, PriceLoss,
    PriceReviewReply, PriceReviewRequest,
};
use ratebook_catalog::{Dimension, OwnPrice, RuleBody, StagedChange};
use ratebook_invoicing::InvoiceStatus;
use ratebook_money::{Amount, Currency, Money, Timestamp};
use ratebook_rating::HeldReason;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

const MOST_ROWS: usize = 500;
const MOST_BILLS: usize = 10;
/// Prices below cost that are named.
pub(crate) const MOST_BLOCKS: usize = 100;

/// When the draft would begin to price.
pub(crate) fn begins(
    snapshot: &Snapshot,
    valid_on: Option<ratebook_money::Date>,
    now: Timestamp,
) -> ApiResult<Timestamp> {
    match valid_on {
        Some(day) => Ok(snapshot.company.zone.start_of(day)?),
        None => Ok(now),
    }
}

impl App {
    /// What the draft would change.
    pub async fn price_review(&self, request: PriceReviewRequest) -> ApiResult<PriceReviewReply> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let month = snapshot.month_or_usual(request.month.as_deref())?;
        let chosen = Chosen::of(&snapshot, request.only.as_deref())?;
        let (rules, exchange) = (chosen.rules(&snapshot), chosen.exchange(&snapshot));
        let months = snapshot.customers.iter();
        let months = months.map(|customer| Ok((customer.id, month.period(customer)?)));
        let question = Question {
            before: Arc::clone(&snapshot),
            after: snapshot.with_prices(rules.clone(), exchange.clone()),
            months: months.collect::<ApiResult<_>>()?,
            owners: owners(&snapshot, &chosen),
        };
        let effects = self.effects(&open, question).await?;
        let failed = effects.iter().filter(|effect| effect.is_err()).count();
        let effects: Vec<Effect> = effects.into_iter().flatten().collect();
        let valid_from = begins(&snapshot, snapshot.draft.head.valid_on, self.now())?;
        let finalized = self
            .finals_changed(&open, &snapshot, &chosen, valid_from)
            .await?;
        let mut reply = summed(&snapshot, &effects)?;
        reply.month = month.to_string();
        reply.failed = count(failed);
        reply.finalized = finalized;
        reply.valid_from = valid_from.to_string();
        add_waiting(&mut reply, &snapshot, &effects);
        self.add_blocks(&mut reply, &open, &snapshot, request.only.clone())
            .await?;
        reply.total = count(snapshot.draft.staged.len());
        let mut edits = Edits::new(&snapshot, self.now());
        edits.look_at(&rules, &exchange);
        add_rows(&mut reply, &snapshot, &edits, &effects, &chosen)?;
        Ok(reply)
    }

    /// Prices below cost, and whether they keep the draft from being published.
    async fn add_blocks(
        &self,
        reply: &mut PriceReviewReply,
        open: &OpenBook,
        snapshot: &Arc<Snapshot>,
        only: Option<Vec<String>>,
    ) -> ApiResult<()> {
        let mut read = open.read().await?;
        reply.below_cost_blocks = below_cost_blocks(&mut read).await?;
        drop(read);
        let valid_on = snapshot.draft.head.valid_on;
        let mut blocks = self.blocks(snapshot, only, valid_on).await?;
        reply.blocking_total = count(blocks.len());
        blocks.truncate(MOST_BLOCKS);
        reply.blocking = blocks;
        Ok(())
    }

    /// Prices that the chosen changes bring below cost on the day they begin.
    pub(crate) async fn blocks(
        &self,
        snapshot: &Arc<Snapshot>,
        only: Option<Vec<String>>,
        valid_on: Option<ratebook_money::Date>,
    ) -> ApiResult<Vec<PriceBlock>> {
        let now = self.now();
        // What is backdated is looked at with the costs of today.
        let at = begins(snapshot, valid_on, now)?.max(now);
        let snapshot = Arc::clone(snapshot);
        blocking(move || {
            let chosen = Chosen::of(&snapshot, only.as_deref())?;
            Ok(below_cost(&snapshot, &chosen, at))
        })
        .await
    }

    /// Finalized invoices that the version would have changed. They stay as they are.
    async fn finals_changed(
        &self,
        open: &OpenBook,
        snapshot: &Arc<Snapshot>,
        chosen: &Chosen<'_>,
        valid_from: Timestamp,
    ) -> ApiResult<Vec<PriceFinalChange>> {
        let heads = snapshot.invoices.iter();
        let heads: Vec<_> = heads
            .filter(|head| head.status == InvoiceStatus::Finalized && head.period.to > valid_from)
            .collect();
        if heads.is_empty() || chosen.is_empty() {
            return Ok(Vec::new());
        }
        let rules = chosen.rules_from(snapshot, valid_from);
        let exchange = chosen.exchange_from(snapshot, valid_from);
        let question = Question {
            before: Arc::clone(snapshot),
            after: snapshot.with_prices(rules, exchange),
            months: heads
                .iter()
                .map(|head| (head.customer, head.period))
                .collect(),
            owners: Owners::default(),
        };
        let effects = self.effects(open, question).await?;
        let mut found = Vec::new();
        for (head, effect) in heads.into_iter().zip(effects) {
            let effect = effect?;
            let change = effect.after.revenue.minus(effect.before.revenue)?;
            if change.minor() != 0 {
                let customer = snapshot.customer(head.customer);
                found.push(PriceFinalChange {
                    invoice_id: head.id.to_string(),
                    number: head.number.clone(),
                    customer: customer.map(|c| c.name.clone()).unwrap_or_default(),
                    net: DecimalString(head.net.number()),
                    change: DecimalString(change.number()),
                    currency: change.currency().to_string(),
                });
            }
        }
        Ok(found)
    }
}

/// Which change each rule belongs to: the rules that the changes make, and the published ones that
/// they replace or end. Rates come after them.
fn owners(snapshot: &Snapshot, chosen: &Chosen<'_>) -> Owners {
    let changes = &chosen.changes;
    let places: HashMap<_, usize> = changes
        .iter()
        .enumerate()
        .map(|(place, change)| (&change.scope, place))
        .collect();
    let made = supposed_ids().zip(0..changes.len());
    let replaced = snapshot.rules.iter();
    let replaced = replaced.filter_map(|rule| Some((rule.id, *places.get(&rule.scope)?)));
    let rates = (changes.len()..).zip(&chosen.rates);
    Owners {
        rules: made.chain(replaced).collect(),
        rates: rates
            .map(|(place, rate)| ((rate.base, rate.quote), place))
            .collect(),
    }
}

/// A row for each staged change, looked at or not.
fn add_rows(
    reply: &mut PriceReviewReply,
    snapshot: &Snapshot,
    edits: &Edits<'_>,
    effects: &[Effect],
    chosen: &Chosen<'_>,
) -> ApiResult<()> {
    let staged = &snapshot.draft.staged;
    let numbered = chosen.changes.iter().enumerate();
    let places: HashMap<*const StagedChange, usize> = numbered
        .map(|(place, change)| (std::ptr::from_ref(*change), place))
        .collect();
    // The few rates come first: a hundred thousand prices must not hide them.
    let first = chosen.changes.len();
    for rate in staged.rates() {
        let place = chosen.rates.iter().position(|own| *own == rate);
        let place = place.map(|place| first.saturating_add(place));
        reply
            .changes
            .push(rates::row(snapshot, effects, rate, place)?);
    }
    for change in staged.iter() {
        let place = places.get(&std::ptr::from_ref(change)).copied();
        let row = row(snapshot, edits, effects, change, place)?;
        if row.below_cost {
            add_loss(&mut reply.below_cost, &row);
        }
        if reply.changes.len() < MOST_ROWS {
            reply.changes.push(row);
        }
    }
    Ok(())
}

/// How many customers a change reaches in the month, and what it does to the revenue.
fn reached(
    effects: &[Effect],
    place: Option<usize>,
    currency: Currency,
) -> ApiResult<(u64, Money)> {
    let (mut customers, mut effect) = (0_u64, Money::zero(currency));
    for of_customer in effects {
        if let Some(own) = place.and_then(|place| of_customer.changes.get(&place)) {
            customers = customers.saturating_add(1);
            if own.currency() == currency {
                effect = effect.plus(*own)?;
            }
        }
    }
    Ok((customers, effect))
}

/// The sums of all customers, and the bills that change most.
fn summed(snapshot: &Snapshot, effects: &[Effect]) -> ApiResult<PriceReviewReply> {
    let currency = snapshot.company.currency;
    let zero = Figures {
        revenue: Money::zero(currency),
        cost: Some(Amount::zero(currency)),
    };
    let (mut before, mut after) = (zero, zero);
    let (mut up, mut down, mut same) = (0_u64, 0_u64, 0_u64);
    let mut bills: Vec<(i64, PriceBillChange)> = Vec::new();
    let mut owned = Money::zero(currency);
    for effect in effects {
        let change = effect.after.revenue.minus(effect.before.revenue)?;
        match change.minor() {
            0 if effect.before.revenue.minor() == 0 => {}
            0 => same = same.saturating_add(1),
            1.. => up = up.saturating_add(1),
            i64::MIN..0 => down = down.saturating_add(1),
        }
        if change.minor() != 0 {
            bills.push((
                change.minor().saturating_abs(),
                bill(snapshot, effect, change),
            ));
        }
        if effect.before.revenue.currency() != currency {
            continue;
        }
        before = before.plus(effect.before)?;
        after = after.plus(effect.after)?;
        for own in effect.changes.values() {
            owned = owned.plus(*own)?;
        }
    }
    bills.sort_by_key(|(change, _)| std::cmp::Reverse(*change));
    let change = after.revenue.minus(before.revenue)?;
    Ok(PriceReviewReply {
        draft: price_cells::head(snapshot),
        changes: Vec::new(),
        total: Count(0),
        month: String::new(),
        currency: currency.to_string(),
        revenue_before: DecimalString(before.revenue.number()),
        revenue_after: DecimalString(after.revenue.number()),
        revenue_change: DecimalString(change.number()),
        margin_before: before.margin(),
        margin_after: after.margin(),
        bills_up: Count(up),
        bills_down: Count(down),
        bills_unchanged: Count(same),
        bills: bills.into_iter().take(MOST_BILLS).map(|(_, b)| b).collect(),
        below_cost: losses(effects, currency)?,
        finalized: Vec::new(),
        failed: Count(0),
        valid_from: String::new(),
        effect_rest: DecimalString(change.minus(owned)?.number()),
        held: Vec::new(),
        held_total: Count(0),
        held_events: Count(0),
        blocking: Vec::new(),
        blocking_total: Count(0),
        below_cost_blocks: false,
    })
}

/// What usage would be sold below cost, by price.
fn losses(effects: &[Effect], currency: Currency) -> ApiResult<Vec<PriceLoss>> {
    let mut losses: BTreeMap<(&str, &str, &Dimension), Money> = BTreeMap::new();
    let own = effects.iter();
    let own = own.filter(|effect| effect.before.revenue.currency() == currency);
    for (provider, model, dimension, loss) in own.flat_map(|effect| &effect.losses) {
        let entry = losses.entry((provider, model, dimension));
        let entry = entry.or_insert(Money::zero(currency));
        *entry = entry.plus(*loss)?;
    }
    let losses = losses.into_iter();
    let losses = losses.map(|((provider, model, dimension), loss)| PriceLoss {
        provider: provider.to_owned(),
        model: model.to_owned(),
        dimension: dimension.to_string(),
        loss: Some(DecimalString(loss.number())),
    });
    Ok(losses.collect())
}

impl Figures {
    fn plus(self, other: Self) -> ApiResult<Self> {
        let cost = match (self.cost, other.cost) {
            (Some(sum), Some(own)) => Some(sum.plus(own)?),
            (None, _) | (_, None) => None,
        };
        Ok(Self {
            revenue: self.revenue.plus(other.revenue)?,
            cost,
        })
    }

    fn margin(self) -> Option<DecimalString> {
        margin_text(self.revenue, self.cost?)
    }
}

fn bill(snapshot: &Snapshot, effect: &Effect, change: Money) -> PriceBillChange {
    let customer = snapshot.customer(effect.customer);
    PriceBillChange {
        customer_id: effect.customer.to_string(),
        customer: customer.map(|c| c.name.clone()).unwrap_or_default(),
        was: DecimalString(effect.before.revenue.number()),
        would_be: DecimalString(effect.after.revenue.number()),
        change: DecimalString(change.number()),
        currency: change.currency().to_string(),
        margin_before: effect.before.margin(),
        margin_after: effect.after.margin(),
    }
}

/// One change; `place` is its place among those that are looked at.
fn row(
    snapshot: &Snapshot,
    edits: &Edits<'_>,
    effects: &[Effect],
    change: &StagedChange,
    place: Option<usize>,
) -> ApiResult<PriceChangeRow> {
    let currency = snapshot.company.currency;
    let (customers, effect) = reached(effects, place, currency)?;
    let dimension = change.scope.dimension.as_ref();
    let body = change.body();
    let mut row = PriceChangeRow {
        key: key_of(&change.scope),
        scope: write_scope(&change.scope),
        owner_name: owner_name(snapshot, &change.scope),
        what: match &body {
            Some(RuleBody::Markup(_)) => "markup",
            Some(RuleBody::Own(OwnPrice::Price { .. })) => "price",
            Some(RuleBody::Own(OwnPrice::Formula(_))) => "formula",
            None => "end",
        }
        .to_owned(),
        own: match &body {
            Some(RuleBody::Own(own)) => Some(write_own(own, dimension)),
            Some(RuleBody::Markup(_)) | None => None,
        },
        markup: match &body {
            Some(RuleBody::Markup(markup)) => Some(write_markup(
                markup,
                dimension.is_none_or(Dimension::is_tokens),
            )),
            Some(RuleBody::Own(_)) | None => None,
        },
        rate: None,
        note: change.note.clone(),
        was: None,
        will_be: None,
        change: None,
        margin_before: None,
        margin_after: None,
        below_cost: false,
        customers: Count(customers),
        effect: place.map(|_| DecimalString(effect.number())),
        fault: None,
    };
    let Ok(Some(cell)) = edits.cell(&change.scope) else {
        return Ok(row);
    };
    let text = |value: rust_decimal::Decimal| DecimalString(value.normalize().to_string());
    let (published, drafted) = (edits.books().published, edits.books().drafted);
    row.was = listed_price(&published, edits, &cell).map(text);
    row.will_be = listed_price(&drafted, edits, &cell).map(text);
    let (was, now) = (edits.view(&published, &cell), edits.view(&drafted, &cell));
    if let Ok(was) = &was {
        row.margin_before = was.margin().map(|margin| DecimalString(margin.to_string()));
    }
    match &now {
        Ok(now) => {
            row.margin_after = now.margin().map(|margin| DecimalString(margin.to_string()));
            row.below_cost = now.is_below_cost();
            let percent = was
                .ok()
                .and_then(|w| change_percent(w.sell().rate, now.sell().rate));
            row.change = percent.map(|percent| DecimalString(percent.to_string()));
        }
        Err(reason @ HeldReason::Formula(_)) => row.fault = Some(held_fault(reason)),
        Err(_) => {}
    }
    Ok(row)
}

/// A staged price below cost, unless usage has shown it already.
fn add_loss(losses: &mut Vec<PriceLoss>, row: &PriceChangeRow) {
    let scope = &row.scope;
    let (Some(provider), Some(model), Some(dimension)) =
        (&scope.provider, &scope.model, &scope.dimension)
    else {
        return;
    };
    let is_known = |loss: &PriceLoss| {
        loss.provider == *provider && loss.model == *model && loss.dimension == *dimension
    };
    if !losses.iter().any(is_known) {
        losses.push(PriceLoss {
            provider: provider.clone(),
            model: model.clone(),
            dimension: dimension.clone(),
            loss: None,
        });
    }
}
