use crate::error::{ApiError, ApiResult, ErrorCode};
use crate::wire::{Count, Progress};
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Where a job tells how far it is.
pub type Report = Arc<dyn Fn(Progress) + Send + Sync>;

/// The running jobs, by the id that the window gave them.
#[derive(Default)]
pub(crate) struct Jobs {
    running: Mutex<HashMap<String, Arc<AtomicBool>>>,
}

/// One running job: reports, and hears when it is cancelled.
#[derive(Clone)]
pub(crate) struct Job {
    cancelled: Arc<AtomicBool>,
    report: Report,
}

/// Takes the job off the list when it ends, however it ends.
pub(crate) struct Running<'a> {
    jobs: &'a Jobs,
    id: String,
    pub job: Job,
}

impl Jobs {
    /// Starts a job under an id.
    pub fn start(&self, id: &str, report: Report) -> Running<'_> {
        let cancelled = Arc::new(AtomicBool::new(false));
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        running.insert(id.to_owned(), Arc::clone(&cancelled));
        Running {
            jobs: self,
            id: id.to_owned(),
            job: Job { cancelled, report },
        }
    }

    /// Asks a job to end; one that has ended already is no error.
    pub fn cancel(&self, id: &str) {
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(cancelled) = running.get(id) {
            cancelled.store(true, Ordering::Relaxed);
        }
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        let mut running = self
            .jobs
            .running
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        running.remove(&self.id);
    }
}

impl Job {
    /// Tells how far it is.
    pub fn report(&self, stage: &str, done: u64, total: Option<u64>) {
        let total = total.map(Count);
        (self.report)(Progress {
            stage: stage.to_owned(),
            done: Count(done),
            total,
            note: None,
        });
    }

    /// The same with a count beside it, for example rows.
    pub fn report_with(&self, stage: &str, done: u64, total: Option<u64>, note: u64) {
        let total = total.map(Count);
        let note = Some(Count(note));
        (self.report)(Progress {
            stage: stage.to_owned(),
            done: Count(done),
            total,
            note,
        });
    }

    /// Whether somebody asked it to end.
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    /// An error when somebody asked it to end.
    pub fn check(&self) -> ApiResult<()> {
        if self.is_cancelled() {
            Err(ApiError::new(ErrorCode::Cancelled))
        } else {
            Ok(())
        }
    }

    /// The flag itself, for code that cannot know of jobs.
    pub fn flag(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.cancelled)
    }
}
