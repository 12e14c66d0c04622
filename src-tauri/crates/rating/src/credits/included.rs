//! Credit that a plan includes: granted for each billing period, and what is left of it carried
//! into the next one.

use crate::agreed;
use crate::billing::Billed;
use crate::period::instants;
use crate::proration::{part, prorated};
use crate::window::Window;
use crate::{RatingError, RatingInput};
use ratebook_catalog::{
    Charge, ChargeKind, CreditGrant, CreditScope, GrantId, GrantKind, PlanCredit, Rollover,
};
use ratebook_money::id::IdSource;
use ratebook_money::{Money, MoneyError, Timestamp};

/// What a charge grants for one billing period that a month's invoice bills.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct IncludedCredit {
    /// Name of the charge.
    pub charge: String,
    /// The grant: it pays for usage of the period, as far as the subscription is active in it.
    pub grant: CreditGrant,
    /// What becomes of the rest, where it is carried and the subscription goes on.
    pub carried: Option<CarriedCredit>,
}

/// What is carried from a billing period into the next one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CarriedCredit {
    /// How much of what is left.
    pub rollover: Rollover,
    /// The grant that was carried into the period; what is left of it counts too.
    pub before: GrantId,
    /// The grant for the next period, worth the most that can be carried.
    pub next: CreditGrant,
}

/// The credit that the plans of a customer include in the billing periods that the invoice of a
/// month bills, prorated where a period is only partly covered. The id of a grant is made from
/// subscription, charge and period, so that it is known again; the credit of `input` is not
/// looked at.
///
/// # Errors
/// [`RatingError::Number`] when an amount does not fit, or a period leaves the calendar.
pub fn included(input: &RatingInput) -> Result<Vec<IncludedCredit>, RatingError> {
    let mut all = Vec::new();
    for subscribed in input.subscriptions {
        let charges = &subscribed.version.terms.charges;
        if !charges.iter().any(is_credit) {
            continue;
        }
        let billed = Billed::of(input, subscribed)?;
        for charge in charges.iter().filter(|charge| is_credit(charge)) {
            for window in &billed.windows {
                // Of a period that a phase ends in, what held on its first day holds.
                let held = agreed::on(subscribed, &billed.cycle, charge, window.days.first)?;
                if let (ChargeKind::Credit(credit), false) = (&held.charge.kind, held.off) {
                    let own = (charge.name.as_str(), credit);
                    all.extend(for_window(input, &billed, own, window)?);
                }
            }
        }
    }
    Ok(all)
}

fn is_credit(charge: &Charge) -> bool {
    matches!(charge.kind, ChargeKind::Credit(_))
}

fn for_window(
    input: &RatingInput,
    billed: &Billed,
    (charge, credit): (&str, &PlanCredit),
    window: &Window,
) -> Result<Option<IncludedCredit>, MoneyError> {
    let subscribed = billed.subscribed;
    let by = subscribed.version.terms.proration;
    let share = part(window.days, window.whole, by, input.zone)?;
    let amount = prorated(credit.amount.to_amount()?, share)?;
    if amount.minor() <= 0 {
        return Ok(None);
    }
    let own = |what: &str, from: Timestamp| {
        let subscription = subscribed.subscription.id.to_string();
        id(&[what, &subscription, charge], from)
    };
    let mut carried = None;
    let ends_on = subscribed.subscription.ends_on;
    let goes_on = ends_on.is_none_or(|last| window.whole.last < last);
    if let Some(rollover) = credit.rollover.filter(|_| goes_on) {
        let next = instants(billed.cycle.after(window.whole)?, input.zone)?;
        let grant_id = own("carried", window.to);
        carried = Some(CarriedCredit {
            rollover,
            before: own("carried", window.from),
            next: grant(credit, (grant_id, rollover.most), window.to, next.to),
        });
    }
    let grant_id = own("included", window.from);
    Ok(Some(IncludedCredit {
        charge: charge.to_owned(),
        grant: grant(credit, (grant_id, amount), window.from, window.to),
        carried,
    }))
}

/// A grant of a period. It was given and not bought for itself, so it goes before what was.
fn grant(
    credit: &PlanCredit,
    (id, amount): (GrantId, Money),
    from: Timestamp,
    to: Timestamp,
) -> CreditGrant {
    CreditGrant {
        id,
        amount,
        kind: GrantKind::Promotional,
        priority: credit.priority,
        effective_at: from,
        expires_at: Some(to),
        created_at: from,
        scope: CreditScope::Everything,
        tax: credit.tax,
    }
}

/// The same id for the same parts and instant, for ever.
fn id(parts: &[&str], from: Timestamp) -> GrantId {
    let hash = ratebook_usage::identity("credit", &parts.join("\u{1f}"));
    GrantId::new(&mut IdSource::new(from, u128::from_be_bytes(hash)))
}
