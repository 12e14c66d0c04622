//! What holds for a charge on a day: the plan, its phases, and what is agreed with the customer.

use crate::period::{Cycle, day_before, from_day, overlap};
use crate::{RatingError, ServiceDays, Step, SubscribedPlan};
use ratebook_catalog::{Charge, ChargeChange, ChargeKind, MeterRef, Phase, PhaseSpan};
use ratebook_catalog::{PlanTerms, PriceModel};
use ratebook_money::{Date, MoneyError};
use std::borrow::Cow;

/// A charge as it holds for some days.
#[derive(Clone, Debug)]
pub(crate) struct Held<'a> {
    pub charge: Cow<'a, Charge>,
    /// Nothing is charged.
    pub off: bool,
    /// The phase that changes it.
    phase: Option<&'a Phase>,
    /// Whether the customer has a price of its own.
    own: bool,
}

impl Held<'_> {
    /// Why it is not what the plan says; nothing when it is.
    pub(crate) fn step(&self) -> Option<Step> {
        let phase = self.phase.map(|phase| phase.name.clone());
        (phase.is_some() || self.own).then_some(Step::Terms {
            phase,
            agreed: self.own,
        })
    }
}

/// A charge in the parts of some days of a billing period in which it stays the same, in order.
pub(crate) fn parts<'a>(
    subscribed: &SubscribedPlan<'a>,
    cycle: &Cycle,
    charge: &'a Charge,
    days: ServiceDays,
) -> Result<Vec<(ServiceDays, Held<'a>)>, MoneyError> {
    let terms = &subscribed.version.terms;
    let agreed = &subscribed.subscription.agreed;
    if terms.phases.is_empty() && agreed.overrides.is_empty() {
        return Ok(vec![(days, plain(charge))]);
    }
    let mut parts: Vec<(ServiceDays, Held<'a>)> = Vec::new();
    let mut rest = Some(days);
    while let Some(left) = rest {
        let (phase, last) = phase_on(subscribed, cycle, left)?;
        let now = ServiceDays { last, ..left };
        let held = held(subscribed, charge, phase);
        match parts.last_mut() {
            Some((before, known)) if same(known, &held) => before.last = now.last,
            _ => parts.push((now, held)),
        }
        let next = last.succ_opt();
        rest = next.and_then(|next| from_day(days, next));
    }
    Ok(parts)
}

/// Shows every price of usage that may hold for some subscriptions: as their plans say, in each
/// phase, and as it is agreed.
pub(crate) fn each_usage_price(
    subscriptions: &[SubscribedPlan],
    mut see: impl FnMut(MeterRef, &PriceModel),
) {
    let mut see = |charge: &Charge| {
        if let ChargeKind::Usage { meter, price } = &charge.kind {
            see(*meter, price);
        }
    };
    for subscribed in subscriptions {
        let terms = &subscribed.version.terms;
        for charge in &terms.charges {
            see(charge);
            let phases = terms.phases.iter().flat_map(|phase| &phase.changes);
            let changes = phases.chain(&subscribed.subscription.agreed.overrides);
            for change in changes.filter(|change| change.charge == charge.name) {
                see(&change.apply(charge));
            }
        }
    }
}

/// What is agreed with the customer must be about a charge that there is.
pub(crate) fn check(subscribed: &SubscribedPlan) -> Result<(), RatingError> {
    let charges = &subscribed.version.terms.charges;
    let is_lost = |change: &&ChargeChange| !charges.iter().any(|own| own.name == change.charge);
    let mut overrides = subscribed.subscription.agreed.overrides.iter();
    match overrides.find(is_lost) {
        Some(change) => Err(RatingError::UnknownCharge {
            charge: change.charge.clone(),
        }),
        None => Ok(()),
    }
}

/// The days on which phases by date begin, and those after they end. Phases by periods change where
/// periods do.
pub(crate) fn phase_borders(terms: &PlanTerms) -> impl Iterator<Item = Date> + '_ {
    terms.phases.iter().flat_map(|phase| match phase.span {
        PhaseSpan::Days { first, last } => [Some(first), last.succ_opt()].into_iter().flatten(),
        PhaseSpan::Periods { .. } => [None, None].into_iter().flatten(),
    })
}

/// A charge as it holds on a day.
pub(crate) fn on<'a>(
    subscribed: &SubscribedPlan<'a>,
    cycle: &Cycle,
    charge: &'a Charge,
    day: Date,
) -> Result<Held<'a>, MoneyError> {
    let days = ServiceDays {
        first: day,
        last: day,
    };
    let mut parts = parts(subscribed, cycle, charge, days)?;
    Ok(parts.pop().map_or_else(|| plain(charge), |(_, held)| held))
}

fn plain(charge: &Charge) -> Held<'_> {
    Held {
        charge: Cow::Borrowed(charge),
        off: false,
        phase: None,
        own: false,
    }
}

/// Phases come first, what is agreed with the customer after; what a phase does not charge for is
/// free for everybody.
fn held<'a>(
    subscribed: &SubscribedPlan<'a>,
    charge: &'a Charge,
    phase: Option<&'a Phase>,
) -> Held<'a> {
    let of = |changes: &'a [ChargeChange]| changes.iter().find(|one| one.charge == charge.name);
    let mut held = plain(charge);
    if let Some((phase, change)) = phase.and_then(|phase| Some((phase, of(&phase.changes)?))) {
        held.charge = Cow::Owned(change.apply(charge));
        held.off = change.off;
        held.phase = Some(phase);
    }
    let subscription = subscribed.subscription;
    if let Some(change) = of(&subscription.agreed.overrides) {
        held.charge = Cow::Owned(change.apply(&held.charge));
        held.off = held.off || change.off;
        held.own = true;
    }
    held
}

fn same(one: &Held, other: &Held) -> bool {
    let name = |held: &Held| held.phase.map(|phase| phase.name.clone());
    one.off == other.off && one.charge == other.charge && name(one) == name(other)
}

/// The phase of the first of some days of a billing period, and the last of them that is in it.
fn phase_on<'a>(
    subscribed: &SubscribedPlan<'a>,
    cycle: &Cycle,
    days: ServiceDays,
) -> Result<(Option<&'a Phase>, Date), MoneyError> {
    let subscription = subscribed.subscription;
    let from = subscription.agreed.phases_from;
    let begin = from.unwrap_or_else(|| subscription.began_on());
    let mut last = days.last;
    for phase in &subscribed.version.terms.phases {
        match phase.span {
            PhaseSpan::Periods { first, last: end } => {
                let number = cycle.number(begin, days.first)?;
                if i64::from(first) <= number && number <= i64::from(end) {
                    return Ok((Some(phase), days.last));
                }
            }
            PhaseSpan::Days { first, last: end } => {
                let span = ServiceDays { first, last: end };
                let Some(inside) = overlap(span, days) else {
                    continue;
                };
                if inside.first == days.first {
                    return Ok((Some(phase), inside.last));
                }
                last = last.min(day_before(inside.first).unwrap_or(last));
            }
        }
    }
    Ok((None, last))
}
