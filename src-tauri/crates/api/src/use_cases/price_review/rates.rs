//! Staged exchange rates in the review.

use super::reached;
use crate::drafts::effects::Effect;
use crate::error::ApiResult;
use crate::price_draft::rate_key;
use crate::snapshot::Snapshot;
use crate::use_cases::exchange::{in_force, write, write_fixed};
use crate::use_cases::price_staging::change_percent;
use crate::wire::{Count, DecimalString, MarkupScopeText, PriceChangeRow, RateChange, ScopeWord};
use ratebook_catalog::StagedRate;
use ratebook_money::{Factor, Rate};

/// One rate; `place` is its place among the changes that are looked at.
pub(super) fn row(
    snapshot: &Snapshot,
    effects: &[Effect],
    rate: &StagedRate,
    place: Option<usize>,
) -> ApiResult<PriceChangeRow> {
    let (customers, effect) = reached(effects, place, snapshot.company.currency)?;
    let was = in_force(snapshot, rate.base, rate.quote, snapshot.as_of);
    let will = rate.to.as_ref();
    let text = |value: Factor| DecimalString(value.value().normalize().to_string());
    let price = |of: Factor| Rate::new(of.value(), rate.quote).ok();
    let change = was.zip(will).and_then(|(was, will)| {
        let percent = change_percent(price(was.rate)?, price(will.rate)?)?;
        Some(DecimalString(percent.to_string()))
    });
    Ok(PriceChangeRow {
        key: rate_key(rate),
        scope: MarkupScopeText {
            level: ScopeWord::Book,
            owner: None,
            provider: None,
            model: None,
            dimension: None,
            conditions: None,
        },
        owner_name: None,
        what: "rate".to_owned(),
        own: None,
        markup: None,
        rate: Some(RateChange {
            base: rate.base.to_string(),
            quote: rate.quote.to_string(),
            was: was.map(write),
            will_be: will.map(write_fixed),
        }),
        note: String::new(),
        was: was.map(|was| text(was.rate)),
        will_be: will.map(|will| text(will.rate)),
        change,
        margin_before: None,
        margin_after: None,
        below_cost: false,
        customers: Count(customers),
        effect: place.map(|_| DecimalString(effect.number())),
        fault: None,
    })
}
