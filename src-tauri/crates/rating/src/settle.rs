//! Stage 4: what is held, what is excluded, and whether everything is accounted for.

use crate::billing::Billed;
use crate::buckets::{millionths, quantity};
use crate::charge::Outcome;
use crate::rate::Job;
use crate::{ExcludedReason, ExcludedUsage, HeldReason, HeldUsage, LineItem, Rated, RatedLine};
use crate::{RatingError, RatingInput, UsageBucket};
use ratebook_catalog::Dimension;
use ratebook_money::{MoneyError, Quantity};
use std::collections::BTreeMap;

/// Puts the result together.
pub(crate) fn settle(
    input: &RatingInput,
    usage: Vec<UsageBucket>,
    lines: Vec<RatedLine>,
    outcomes: &[Outcome],
    (jobs, billed): (&[Job], &[Billed]),
) -> Result<Rated, RatingError> {
    let mut reasons: Vec<Option<HeldReason>> = vec![None; usage.len()];
    let mut free = Vec::new();
    for outcome in outcomes {
        for (bucket, reason) in &outcome.held {
            if let Some(place) = reasons.get_mut(*bucket) {
                *place = Some(reason.clone());
            }
        }
        free.extend(&outcome.free);
    }
    let counted = |job: &&Job| !job.is_before();
    let mut is_covered = flags(&usage, jobs.iter().filter(counted));
    free.sort_unstable();
    free.dedup();
    let is_before = flags(&usage, jobs.iter().filter(|job| job.is_before()));
    let elsewhere = elsewhere(input, &usage, (&is_covered, &is_before), billed);
    for bucket in &elsewhere {
        let place = usize::try_from(*bucket).ok();
        if let Some(place) = place.and_then(|place| is_covered.get_mut(place)) {
            *place = true;
        }
    }
    Ok(Rated {
        v: 1,
        currency: input.currency,
        period: input.period,
        as_of: input.as_of,
        held: held(&usage, &reasons)?,
        excluded: excluded(&usage, &is_covered, billed)?,
        elsewhere,
        free,
        readings: Vec::new(),
        names: Vec::new(),
        lines,
        usage,
        credits: Vec::new(),
        used: Vec::new(),
    })
}

/// Which buckets some jobs count.
fn flags<'j>(usage: &[UsageBucket], jobs: impl Iterator<Item = &'j Job<'j>>) -> Vec<bool> {
    let mut flags = vec![false; usage.len()];
    for counted in jobs.flat_map(|job| &job.counted) {
        if let Some(place) = flags.get_mut(counted.bucket) {
            *place = true;
        }
    }
    flags
}

fn held(
    usage: &[UsageBucket],
    reasons: &[Option<HeldReason>],
) -> Result<Vec<HeldUsage>, MoneyError> {
    let mut groups: BTreeMap<(&str, &str, &Dimension, &HeldReason), Vec<u32>> = BTreeMap::new();
    for ((index, bucket), reason) in (0_u32..).zip(usage).zip(reasons) {
        if let Some(reason) = reason {
            let class = &bucket.class;
            let key = (
                class.provider.as_str(),
                class.model.as_str(),
                &bucket.dimension,
                reason,
            );
            groups.entry(key).or_default().push(index);
        }
    }
    let groups = groups.into_iter();
    groups
        .map(|((provider, model, dimension, reason), buckets)| {
            let (quantity, events) = total(usage, &buckets)?;
            Ok(HeldUsage {
                reason: reason.clone(),
                provider: provider.to_owned(),
                model: model.to_owned(),
                dimension: dimension.clone(),
                quantity,
                events,
                usage: buckets,
            })
        })
        .collect()
}

/// What nothing on this invoice covers because a later one bills it, or an earlier one did.
fn elsewhere(
    input: &RatingInput,
    usage: &[UsageBucket],
    (is_covered, is_before): (&[bool], &[bool]),
    billed: &[Billed],
) -> Vec<u32> {
    let mut found = Vec::new();
    let flags = is_covered.iter().zip(is_before);
    for ((index, bucket), (is_covered, is_before)) in (0_u32..).zip(usage).zip(flags) {
        let at = bucket.from;
        let is_here = || billed.iter().any(|own| own.bills(at));
        let is_later = || billed.iter().any(|own| own.bills_later(at));
        let is_earlier = || *is_before || (at < input.period.from && !is_here());
        if !is_covered && (is_later() || is_earlier()) {
            found.push(index);
        }
    }
    found
}

fn excluded(
    usage: &[UsageBucket],
    is_covered: &[bool],
    billed: &[Billed],
) -> Result<Vec<ExcludedUsage>, MoneyError> {
    let mut groups: BTreeMap<(&str, &Dimension, ExcludedReason), Vec<u32>> = BTreeMap::new();
    for ((index, bucket), is_covered) in (0_u32..).zip(usage).zip(is_covered) {
        if *is_covered {
            continue;
        }
        let reason = if billed.iter().any(|own| own.bills(bucket.from)) {
            ExcludedReason::NoCharge
        } else {
            ExcludedReason::NoSubscription
        };
        let key = (bucket.class.event_name.as_str(), &bucket.dimension, reason);
        groups.entry(key).or_default().push(index);
    }
    let groups = groups.into_iter();
    groups
        .map(|((event_name, dimension, reason), buckets)| {
            let (quantity, events) = total(usage, &buckets)?;
            Ok(ExcludedUsage {
                reason,
                event_name: event_name.to_owned(),
                dimension: dimension.clone(),
                quantity,
                events,
                usage: buckets,
            })
        })
        .collect()
}

fn total(usage: &[UsageBucket], buckets: &[u32]) -> Result<(Quantity, u64), MoneyError> {
    let (mut sum, mut events) = (0_i128, 0_u64);
    for bucket in buckets {
        let bucket = bucket_at(usage, *bucket)?;
        let part = millionths(bucket.quantity)?;
        sum = sum.checked_add(part).ok_or(MoneyError::Overflow)?;
        events = events.saturating_add(bucket.events);
    }
    Ok((quantity(sum)?, events))
}

/// What a line that sells a dimension of a model bills: short calls at the least of a call.
fn billed(usage: &[UsageBucket], buckets: &[u32]) -> Result<Quantity, MoneyError> {
    let mut sum = Quantity::ZERO;
    for bucket in buckets {
        sum = sum.plus(bucket_at(usage, *bucket)?.billed()?)?;
    }
    Ok(sum)
}

fn bucket_at(usage: &[UsageBucket], index: u32) -> Result<&UsageBucket, MoneyError> {
    let index = usize::try_from(index).map_err(|_| MoneyError::Overflow)?;
    usage.get(index).ok_or(MoneyError::Overflow)
}

/// Quantities of one dimension, in millionths.
#[derive(Default)]
struct Account {
    received: i128,
    accounted: i128,
}

/// received = rated + waiting + excluded, per dimension, from the sums that came in to the result
/// that goes out. A bucket is in exactly one state, and a line that sells a dimension of a model
/// has just the quantity of its buckets.
pub(crate) fn check(input: &RatingInput, rated: &Rated) -> Result<(), RatingError> {
    let mut accounts: BTreeMap<&Dimension, Account> = BTreeMap::new();
    for sum in input.sums {
        let account = accounts.entry(&sum.dimension).or_default();
        account.received = add(account.received, millionths(sum.quantity)?)?;
    }
    for (bucket, states) in rated.usage.iter().zip(states(rated)?) {
        let account = accounts.entry(&bucket.dimension).or_default();
        let quantity = millionths(bucket.quantity)?;
        for _ in 0..states {
            account.accounted = add(account.accounted, quantity)?;
        }
    }
    for line in &rated.lines {
        if let LineItem::Model { dimension, .. } = &line.item {
            let account = accounts.entry(dimension).or_default();
            let of_buckets = billed(&rated.usage, &line.usage)?;
            // A line that says more or less than its buckets tips the balance by the difference.
            let more = millionths(line.quantity)?.checked_sub(millionths(of_buckets)?);
            account.accounted = add(account.accounted, more.ok_or(MoneyError::Overflow)?)?;
        }
    }
    for (dimension, account) in accounts {
        if account.received != account.accounted {
            return Err(RatingError::Unbalanced {
                dimension: dimension.clone(),
                received: account.received.to_string(),
                accounted: account.accounted.to_string(),
            });
        }
    }
    Ok(())
}

/// In how many of the states rated, waiting and excluded (or billed elsewhere) each bucket is.
fn states(rated: &Rated) -> Result<Vec<u8>, MoneyError> {
    let mut is_rated = vec![false; rated.usage.len()];
    let lines = rated.lines.iter().flat_map(|line| &line.usage);
    for bucket in lines.chain(&rated.free) {
        set(&mut is_rated, *bucket)?;
    }
    let mut is_held = vec![false; rated.usage.len()];
    for bucket in rated.held.iter().flat_map(|held| &held.usage) {
        set(&mut is_held, *bucket)?;
    }
    let mut is_excluded = vec![false; rated.usage.len()];
    let excluded = rated.excluded.iter().flat_map(|excluded| &excluded.usage);
    for bucket in excluded.chain(&rated.elsewhere) {
        set(&mut is_excluded, *bucket)?;
    }
    let flags = is_rated.iter().zip(&is_held).zip(&is_excluded);
    Ok(flags
        .map(|((rated, held), excluded)| {
            // What waits for one charge may be counted by another: it counts as waiting.
            let rated = *rated && !*held;
            u8::from(rated)
                .saturating_add(u8::from(*held))
                .saturating_add(u8::from(*excluded))
        })
        .collect())
}

fn set(flags: &mut [bool], bucket: u32) -> Result<(), MoneyError> {
    let index = usize::try_from(bucket).map_err(|_| MoneyError::Overflow)?;
    *flags.get_mut(index).ok_or(MoneyError::Overflow)? = true;
    Ok(())
}

fn add(a: i128, b: i128) -> Result<i128, MoneyError> {
    a.checked_add(b).ok_or(MoneyError::Overflow)
}
