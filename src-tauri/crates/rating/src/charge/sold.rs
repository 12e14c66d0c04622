//! How much a line of a model sells: what was measured, and what short calls are billed above it.

use super::Usage;
use crate::Step;
use crate::buckets::{millionths, quantity};
use ratebook_money::{MoneyError, Quantity};
use ratebook_usage::ShortCalls;

/// The quantities of a line's buckets.
pub(super) struct SoldQuantity {
    measured: Quantity,
    /// What is priced.
    pub billed: Quantity,
    events: u64,
    short: Option<ShortCalls>,
}

impl SoldQuantity {
    pub fn of(usage: &Usage, buckets: &[usize]) -> Result<Self, MoneyError> {
        let (mut total, mut events) = (0_i128, 0_u64);
        let mut short: Option<ShortCalls> = None;
        for bucket in buckets {
            let Some(bucket) = usage.buckets.list.get(*bucket) else {
                continue;
            };
            let part = millionths(bucket.quantity)?;
            total = total.checked_add(part).ok_or(MoneyError::Overflow)?;
            events = events.saturating_add(bucket.events);
            short = match (short, bucket.short) {
                (Some(a), Some(b)) => Some(a.and(b)?),
                (a, b) => a.or(b),
            };
        }
        let measured = quantity(total)?;
        Ok(Self {
            measured,
            billed: ShortCalls::billed(short, measured)?,
            events,
            short,
        })
    }

    /// What was measured, and where calls were short of the least, what is billed.
    pub fn steps(&self) -> Vec<Step> {
        let mut steps = vec![Step::Quantity {
            quantity: self.measured,
            events: self.events,
        }];
        steps.extend(self.short.map(|short| Step::ShortCalls {
            at_least: short.at_least,
            calls: short.calls,
            missing: short.missing,
            billed: self.billed,
        }));
        steps
    }
}
