//! Work on many customers, shared among the processors: each worker has a view of the book of its
//! own and takes the next customer when it is done with one.

use crate::app::OpenBook;
use crate::error::{ApiError, ApiResult, ErrorCode};
use crate::snapshot::Snapshot;
use ratebook_store::usage::ClassCache;
use ratebook_store::{ReadTx, change_count};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::available_parallelism;

/// Views of the book that a run may hold at once; some are left for the window.
const MOST: usize = 4;

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

/// How much is worth doing at once.
pub(crate) fn processors() -> usize {
    available_parallelism().map_or(1, std::num::NonZero::get)
}

impl Queue {
    pub fn of(end: usize) -> Arc<Self> {
        Arc::new(Self {
            next: AtomicUsize::new(0),
            end,
            workers: processors().min(MOST).min(end.div_ceil(8)).max(1),
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
