//! Importing a usage file: one transaction. Cancelled or killed, it leaves no trace.

use crate::audit::{self, Actor};
use crate::codec::to_json;
use crate::usage::writer::{Counts, Writer};
use crate::{Book, StoreError, StoreResult};
use ratebook_money::Timestamp;
use ratebook_usage::import::{Effect, Importer, RowIssue, Step};
use ratebook_usage::{EventBatch, UsageEvent};
use rusqlite::{Connection, TransactionBehavior, params};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, channel, sync_channel};
use std::time::Duration;

/// Batches of the reader that are stored together: about a hundred thousand events. Sorted, so many
/// touch each page of the index of identities once.
const BATCHES_PER_CHUNK: usize = 12;

/// Batches that may wait between the reader and the writer.
const WAITING: usize = 6;

/// Faults that are stored; all are counted.
const ISSUES_KEPT: usize = 1_000;

/// What an import is called in the book.
#[derive(Clone, Debug)]
pub struct ImportRequest {
    /// Name of the file, without folders.
    pub name: String,
    /// When.
    pub now: Timestamp,
}

/// How far an import is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ImportProgress {
    /// Bytes read.
    pub bytes: u64,
    /// Rows read, good or not.
    pub rows: u64,
}

/// What an import did.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ImportReport {
    /// Number of the import in the book.
    pub batch: i64,
    /// The format that was read.
    pub format: String,
    /// Bytes read.
    pub bytes: u64,
    /// Events stored.
    pub accepted: u64,
    /// Events that were there already, with the same content.
    pub duplicates: u64,
    /// Events that were there already, with other content: refused.
    pub conflicts: u64,
    /// Rows of which no event could be made.
    pub rejected: u64,
    /// The first faults.
    pub issues: Vec<RowIssue>,
}

/// What the reader hands to the writer.
struct Delivery {
    events: EventBatch,
    issues: Vec<RowIssue>,
    progress: ImportProgress,
    last: bool,
}

/// Reads a file on one thread and stores it on another. `progress` is called for every batch of
/// rows; once `cancel` is set the import ends with [`StoreError::Cancelled`] and nothing is stored.
///
/// # Errors
/// [`StoreError::Source`] when the file cannot be read to its end, [`StoreError::DiskFull`],
/// [`StoreError::Busy`], [`StoreError::Cancelled`]. In each case the book is as before.
pub async fn import(
    book: &Book,
    request: ImportRequest,
    importer: Importer<'static>,
    cancel: Arc<AtomicBool>,
    progress: impl FnMut(ImportProgress) + Send + 'static,
) -> StoreResult<ImportReport> {
    let format = importer.format().as_str().to_owned();
    let (deliver, deliveries) = sync_channel(WAITING);
    let (give_back, returned) = channel();
    std::thread::spawn(move || read(importer, &deliver, &returned));
    let source = Source { deliveries, cancel };
    store(book, request, format, source, progress, move |events| {
        // The reader may have ended: then nobody needs the memory.
        let _ = give_back.send(events);
    })
    .await
}

/// Stores events that come from no file, through the same door.
///
/// # Errors
/// As [`import`].
pub async fn import_events(
    book: &Book,
    request: ImportRequest,
    events: &[UsageEvent],
) -> StoreResult<ImportReport> {
    let (deliver, deliveries) = sync_channel(1);
    let progress = ImportProgress {
        bytes: 0,
        rows: u64::try_from(events.len()).unwrap_or(u64::MAX),
    };
    let whole = Delivery {
        events: EventBatch::of(events),
        issues: Vec::new(),
        progress,
        last: true,
    };
    let _ = deliver.send(Ok(whole));
    let source = Source {
        deliveries,
        cancel: Arc::new(AtomicBool::new(false)),
    };
    store(book, request, "events".to_owned(), source, |_| {}, |_| {}).await
}

fn read(
    mut importer: Importer<'static>,
    deliver: &SyncSender<StoreResult<Delivery>>,
    returned: &Receiver<EventBatch>,
) {
    loop {
        let mut events = returned.try_recv().unwrap_or_default();
        let mut issues = Vec::new();
        let step = importer.next_batch(&mut events, &mut issues);
        let last = !matches!(step, Ok(Step::More));
        let progress = ImportProgress {
            bytes: importer.bytes_read(),
            rows: importer.rows(),
        };
        let delivery = match step {
            Ok(_) => Ok(Delivery {
                events,
                issues,
                progress,
                last,
            }),
            Err(error) => Err(StoreError::Source(error.to_string())),
        };
        // Nobody listens any more when the import was cancelled or failed.
        if deliver.send(delivery).is_err() || last {
            return;
        }
    }
}

struct Source {
    deliveries: Receiver<StoreResult<Delivery>>,
    cancel: Arc<AtomicBool>,
}

impl Source {
    /// The next batch; hears a cancel while the reader is still waiting for its file.
    fn next(&self) -> StoreResult<Delivery> {
        loop {
            if self.cancel.load(Ordering::Relaxed) {
                return Err(StoreError::Cancelled);
            }
            match self.deliveries.recv_timeout(Duration::from_millis(50)) {
                Ok(delivery) => return delivery,
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => {
                    return Err(StoreError::Source("the reader stopped".to_owned()));
                }
            }
        }
    }
}

async fn store(
    book: &Book,
    request: ImportRequest,
    format: String,
    source: Source,
    progress: impl FnMut(ImportProgress) + Send + 'static,
    done_with: impl FnMut(EventBatch) + Send + 'static,
) -> StoreResult<ImportReport> {
    // No other write of this process until the import has ended.
    let held = book.hold_writer().await?;
    let path = book.path().to_owned();
    let run = Run {
        actor: book.actor(),
        request,
        format,
        source,
        progress,
        done_with,
    };
    let stored = tokio::task::spawn_blocking(move || run.store(&path)).await;
    let (report, connection) =
        stored.unwrap_or_else(|panic| Err(StoreError::Source(panic.to_string())))?;
    book.tidy_log(connection);
    drop(held);
    Ok(report)
}

struct Run<P, D> {
    actor: Actor,
    request: ImportRequest,
    format: String,
    source: Source,
    progress: P,
    done_with: D,
}

impl<P: FnMut(ImportProgress), D: FnMut(EventBatch)> Run<P, D> {
    fn store(mut self, path: &Path) -> StoreResult<(ImportReport, Connection)> {
        let mut connection = connect(path)?;
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let report = self.store_all(&transaction)?;
        let (name, now) = (self.request.name.as_str(), self.request.now);
        audit::seal_import(&transaction, &self.actor, (report.batch, name, now))?;
        transaction.execute("UPDATE book_state SET change = change + 1", [])?;
        transaction.commit()?;
        Ok((report, connection))
    }

    fn store_all(&mut self, connection: &Connection) -> StoreResult<ImportReport> {
        let batch = add_batch(connection, &self.request, &self.format)?;
        let mut writer = Writer::open(connection, batch)?;
        let mut faults = Faults::default();
        let mut chunk = Vec::with_capacity(BATCHES_PER_CHUNK);
        let progress = loop {
            let mut delivery = self.source.next()?;
            faults.add(delivery.issues);
            chunk.push(std::mem::take(&mut delivery.events));
            if delivery.last || chunk.len() == BATCHES_PER_CHUNK {
                writer.write(&chunk)?;
                chunk.drain(..).for_each(&mut self.done_with);
            }
            (self.progress)(delivery.progress);
            if delivery.last {
                break delivery.progress;
            }
        };
        let counts = writer.finish()?;
        faults.store(connection, batch)?;
        finish_batch(connection, batch, progress.bytes, counts, faults.rejected)?;
        Ok(ImportReport {
            batch,
            format: self.format.clone(),
            bytes: progress.bytes,
            accepted: counts.accepted,
            duplicates: counts.duplicates,
            conflicts: counts.conflicts,
            rejected: faults.rejected,
            issues: faults.first,
        })
    }
}

/// The import's own connection. The book's writer is held meanwhile, and references are made from
/// the tables they point to, so they are not looked up again for every row.
pub(crate) fn connect(path: &Path) -> StoreResult<Connection> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.execute_batch(
        "PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF; PRAGMA temp_store = MEMORY;
         PRAGMA cache_size = -262144; PRAGMA wal_autocheckpoint = 0;",
    )?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

#[derive(Default)]
struct Faults {
    first: Vec<RowIssue>,
    rejected: u64,
    last_refused: u64,
}

impl Faults {
    fn add(&mut self, issues: Vec<RowIssue>) {
        for issue in issues {
            // A row may have several faults; they come together.
            if issue.effect == Effect::Refused && issue.line != self.last_refused {
                self.rejected += 1;
                self.last_refused = issue.line;
            }
            if self.first.len() < ISSUES_KEPT {
                self.first.push(issue);
            }
        }
    }

    fn store(&self, connection: &Connection, batch: i64) -> StoreResult<()> {
        let mut insert = connection.prepare_cached(
            "INSERT INTO import_issue (batch, line, field, code, effect, params)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?;
        for issue in &self.first {
            let line = i64::try_from(issue.line).unwrap_or(i64::MAX);
            let effect = match issue.effect {
                Effect::Refused => "refused",
                Effect::Kept => "kept",
            };
            let params = to_json(&issue.params)?;
            insert.execute(params![
                batch,
                line,
                issue.field,
                issue.code.as_str(),
                effect,
                params
            ])?;
        }
        Ok(())
    }
}

fn add_batch(connection: &Connection, request: &ImportRequest, format: &str) -> StoreResult<i64> {
    connection.execute(
        "INSERT INTO import_batch (name, format, imported_at, epoch, bytes, accepted, duplicates,
            conflicts, rejected)
         VALUES (?1, ?2, ?3, (SELECT epoch FROM book_state), 0, 0, 0, 0, 0)",
        params![request.name, format, request.now.micros()],
    )?;
    Ok(connection.last_insert_rowid())
}

fn finish_batch(
    connection: &Connection,
    batch: i64,
    bytes: u64,
    counts: Counts,
    rejected: u64,
) -> StoreResult<()> {
    let stored = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    connection.execute(
        "UPDATE import_batch SET bytes = ?2, accepted = ?3, duplicates = ?4, conflicts = ?5,
            rejected = ?6 WHERE id = ?1",
        params![
            batch,
            stored(bytes),
            stored(counts.accepted),
            stored(counts.duplicates),
            stored(counts.conflicts),
            stored(rejected)
        ],
    )?;
    Ok(())
}
