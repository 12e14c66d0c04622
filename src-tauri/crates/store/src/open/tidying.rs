//! Work on the file of a book that goes on beside its use, and ends before the book does.

use std::sync::{Arc, Mutex, PoisonError};
use tokio::task::JoinHandle;

/// What is still at work. A connection that outlives its book would write into a file that was
/// moved away meanwhile, and the next one to open it would find half a log.
#[derive(Clone, Debug, Default)]
pub(super) struct Tidying(Arc<Mutex<Vec<JoinHandle<()>>>>);

impl Tidying {
    /// Begins `work` on a thread of its own.
    pub(super) fn begin(&self, work: impl FnOnce() + Send + 'static) {
        let mut running = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        running.retain(|task| !task.is_finished());
        running.push(tokio::task::spawn_blocking(work));
    }

    /// Waits for all that was begun.
    pub(super) async fn end(&self) {
        let running = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        for task in running {
            // One that panicked has ended too, and its connection with it.
            let _ = task.await;
        }
    }
}
