//! Work on many customers, shared among the processors: each worker has a view of the book of its
//! own and takes the next customer when it is done with one.

use crate::app::OpenBook;
use crate::error::{ApiError, ApiResult, ErrorCode};
use crate::snapshot::Snapshot;
use ratebook_catalog::prices::PriceTable;
use ratebook_money::{Period, Timestamp};
use ratebook_store::usage::{
    ClassCache, Epochs, Grain, Spread, SpreadQuery, SumQuery, spread, sums,
};
use ratebook_store::{ReadTx, change_count};
use ratebook_usage::UsageSum;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::available_parallelism;
use tokio::task::JoinSet;

/// Views of the book that a run may hold at once; some are left for the window.
const MOST: usize = 4;

/// Customers that are not worth a worker of their own.
pub(crate) const FEW: usize = 8;

/// Places in a list, handed out one after the other.
pub(crate) struct Queue {
    next: AtomicUsize,
    end: usize,
    /// How many workers the work is worth.
    pub workers: usize,
}

/// What one worker works with.
pub(crate) struct Desk {
    pub read: ReadTx,
    pub cache: ClassCache,
    pub snapshot: Arc<Snapshot>,
}

/// The sums of many names, each apart; those without usage are left out. For pages that are looked
/// at: usage that is stored meanwhile may be in some sums already, and the page asks again then.
pub(crate) async fn sums_of(
    open: &OpenBook,
    names: Vec<i64>,
    period: Period,
    boundaries: Vec<Timestamp>,
    prices: &Arc<PriceTable>,
) -> ApiResult<Vec<(i64, Vec<UsageSum>)>> {
    let queue = Queue::of(names.len(), FEW);
    let asked = Arc::new((names, boundaries, Arc::clone(prices)));
    let mut workers = JoinSet::new();
    for _ in 0..queue.workers {
        let (mut read, mut cache) = (open.read().await?, open.take_classes());
        let (queue, asked) = (Arc::clone(&queue), Arc::clone(&asked));
        workers.spawn(async move {
            let (names, boundaries, prices) = &*asked;
            let mut found = Vec::new();
            while let Some(name) = queue.next().and_then(|place| names.get(place)) {
                let query = SumQuery {
                    refs: &[*name],
                    period,
                    epochs: Epochs::All,
                    boundaries,
                    grain: Grain::Boundaries,
                    least: Some(prices),
                };
                let sums = sums(&mut read, &mut cache, &query).await?;
                if !sums.is_empty() {
                    found.push((*name, sums));
                }
            }
            Ok::<_, ApiError>((found, cache))
        });
    }
    let mut found = Vec::new();
    while let Some(done) = workers.join_next().await {
        let (share, cache) = done.map_err(ApiError::internal)??;
        open.put_classes(cache);
        found.extend(share);
    }
    found.sort_by_key(|(name, _)| *name);
    Ok(found)
}

/// Names whose usage is asked for at once.
const NAMES: usize = 16;

/// What many names used and what each day held, with price changes and starts of days as `cuts`.
/// For pages that are looked at, as [`sums_of`].
pub(crate) async fn spread_of(
    open: &OpenBook,
    names: Vec<i64>,
    period: Period,
    cuts: (Vec<Timestamp>, Vec<Timestamp>),
    apart: bool,
    prices: &Arc<PriceTable>,
) -> ApiResult<Spread> {
    let queue = Queue::of(names.len().div_ceil(NAMES), 1);
    let asked = Arc::new((names, cuts, Arc::clone(prices)));
    let mut workers = JoinSet::new();
    for _ in 0..queue.workers {
        let (mut read, mut cache) = (open.read().await?, open.take_classes());
        let (queue, asked) = (Arc::clone(&queue), Arc::clone(&asked));
        workers.spawn(async move {
            let (names, (cuts, days), prices) = &*asked;
            let mut found = Spread::default();
            while let Some(names) = queue
                .next()
                .and_then(|place| names.chunks(NAMES).nth(place))
            {
                let query = SpreadQuery {
                    names,
                    period,
                    cuts,
                    days,
                    apart,
                    least: Some(prices),
                };
                let share = spread(&mut read, &mut cache, &query).await?;
                found.names.extend(share.names);
                found.days.extend(share.days);
            }
            Ok::<_, ApiError>((found, cache))
        });
    }
    let mut found = Spread::default();
    while let Some(done) = workers.join_next().await {
        let (share, cache) = done.map_err(ApiError::internal)??;
        open.put_classes(cache);
        found.names.extend(share.names);
        found.days.extend(share.days);
    }
    found.names.sort_by_key(|(name, _)| *name);
    Ok(found)
}

/// Computes on a thread that may be busy for long.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> ApiResult<T> + Send + 'static,
) -> ApiResult<T> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(ApiError::internal)?
}

/// How much is worth doing at once.
pub(crate) fn processors() -> usize {
    available_parallelism().map_or(1, std::num::NonZero::get)
}

impl Queue {
    /// Places up to `end`; a worker more for every `worth` of them.
    pub fn of(end: usize, worth: usize) -> Arc<Self> {
        Arc::new(Self {
            next: AtomicUsize::new(0),
            end,
            workers: processors().min(MOST).min(end.div_ceil(worth)).max(1),
        })
    }

    pub fn next(&self) -> Option<usize> {
        let place = self.next.fetch_add(1, Ordering::Relaxed);
        (place < self.end).then_some(place)
    }
}

impl Desk {
    /// A view of the book as the snapshot has it; a conflict when the book was changed since.
    pub async fn new(open: &OpenBook, snapshot: &Arc<Snapshot>) -> ApiResult<Self> {
        let mut read = open.read().await?;
        if change_count(&mut read).await? != snapshot.change {
            return Err(ApiError::new(ErrorCode::Conflict));
        }
        Ok(Self {
            read,
            cache: open.take_classes(),
            snapshot: Arc::clone(snapshot),
        })
    }
}
