//! Opening a book, and the guards around it.

mod guard;
mod tidying;

use crate::audit::{self, Actor};
use crate::{StoreError, StoreResult, backup, undo};
use guard::{Lock, check_header, check_writable};
use ratebook_money::Timestamp;
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{Connection, Sqlite, SqliteConnection, Transaction};
use std::fs;
use std::ops::{Deref, DerefMut};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use tidying::Tidying;

static MIGRATIONS: Migrator = sqlx::migrate!("../../../migrations");

/// `Rtbk`: what the header of every book carries, so that no other database is taken for one.
pub(crate) const APPLICATION_ID: u32 = 0x5274_626b;

/// Readers that may work at the same time.
const READERS: u32 = 4;

/// After how long a reader that nobody needs is closed, and its memory given back.
const IDLE: Duration = Duration::from_secs(60);

/// How long a write waits for the one before it. An import may hold the book longer: then the
/// caller hears [`StoreError::Busy`] instead of hanging.
const PATIENCE: Duration = Duration::from_secs(10);

/// An open book. Cheap to clone; the lock is released when the last clone is gone.
#[derive(Clone, Debug)]
pub struct Book {
    path: PathBuf,
    writer: SqlitePool,
    readers: SqlitePool,
    tidying: Tidying,
    actor: Arc<RwLock<Actor>>,
    _lock: Arc<Lock>,
}

impl Book {
    /// Makes an empty book at `path` and opens it. The file appears whole or not at all.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when there is a file; [`StoreError::ReadOnly`],
    /// [`StoreError::DiskFull`], [`StoreError::Locked`].
    pub async fn create(path: &Path, now: Timestamp) -> StoreResult<Self> {
        if path.exists() {
            return Err(StoreError::Exists {
                path: path.display().to_string(),
            });
        }
        let lock = Lock::take(path)?;
        let part = beside(path, ".part");
        let made = make(&part).await;
        let moved = made
            .and_then(|()| fs::rename(&part, path).map_err(|error| StoreError::io(path, error)));
        if let Err(error) = moved {
            let _ = fs::remove_file(&part);
            lock.forget();
            return Err(error);
        }
        sync_folder(path);
        Self::open_locked(path, now, lock).await
    }

    /// Opens a book: checks that it is one, locks it, copies it and migrates it when it is older.
    ///
    /// # Errors
    /// [`StoreError::Missing`], [`StoreError::NotABook`], [`StoreError::NewerBook`],
    /// [`StoreError::Locked`], [`StoreError::ReadOnly`], [`StoreError::DiskFull`],
    /// [`StoreError::Damaged`]. In each case nothing in the file was changed.
    pub async fn open(path: &Path, now: Timestamp) -> StoreResult<Self> {
        let known = Lock::take_existing(path)?;
        check_header(path, newest())?;
        let lock = match known {
            Some(lock) => lock,
            None => Lock::take(path)?,
        };
        check_writable(path)?;
        Self::open_locked(path, now, lock).await
    }

    async fn open_locked(path: &Path, now: Timestamp, lock: Lock) -> StoreResult<Self> {
        prepare(path, now).await?;
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .min_connections(1)
            .acquire_timeout(PATIENCE)
            .idle_timeout(None)
            .max_lifetime(None)
            .test_before_acquire(false)
            .after_connect(|connection, _| {
                Box::pin(async move { triggers(connection).await.map_err(into_sqlx) })
            })
            .connect_with(options(path))
            .await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .acquire_timeout(PATIENCE)
            .idle_timeout(Some(IDLE))
            .max_lifetime(None)
            .test_before_acquire(false)
            .connect_lazy_with(options(path).pragma("query_only", "1"));
        Ok(Self {
            path: path.to_owned(),
            writer,
            readers,
            tidying: Tidying::default(),
            actor: Arc::default(),
            _lock: Arc::new(lock),
        })
    }

    /// Says who changes the book from here on, for its audit log.
    pub fn act_as(&self, actor: Actor) {
        let mut held = self.actor.write().unwrap_or_else(PoisonError::into_inner);
        *held = actor;
    }

    /// Who changes the book.
    pub(crate) fn actor(&self) -> Actor {
        let held = self.actor.read().unwrap_or_else(PoisonError::into_inner);
        held.clone()
    }

    /// Where the book is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A consistent view of the book as of now. It does not hold up writers.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when all readers are taken for long.
    pub async fn read(&self) -> StoreResult<ReadTx> {
        Ok(ReadTx(self.readers.begin().await?))
    }

    /// The one write transaction. Dropped without [`WriteTx::commit`], nothing was written.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when another write (an import) holds the book for long.
    pub async fn write(&self) -> StoreResult<WriteTx> {
        Ok(WriteTx {
            transaction: self.writer.begin_with("BEGIN IMMEDIATE").await?,
            actor: self.actor(),
        })
    }

    /// Holds the writer for work on another connection of this process.
    pub(crate) async fn hold_writer(&self) -> StoreResult<sqlx::pool::PoolConnection<Sqlite>> {
        Ok(self.writer.acquire().await?)
    }

    /// Brings the log of a large write into the file now, so that no small edit has to, but beside
    /// the work that goes on: what was written is safe in the log already. A reader may be in the
    /// way; then a later commit does it.
    pub(crate) fn tidy_log(&self, connection: rusqlite::Connection) {
        self.tidying.begin(move || {
            let _ = connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
        });
    }

    /// Writes a copy of the book to `path`, as of now, compact. The book stays in use meanwhile.
    ///
    /// # Errors
    /// [`StoreError::Exists`], [`StoreError::ReadOnly`], [`StoreError::DiskFull`].
    pub async fn backup_to(&self, path: &Path) -> StoreResult<()> {
        let mut connection = SqliteConnection::connect_with(&options(&self.path)).await?;
        let done = backup::copy(&mut connection, path).await;
        connection.close().await?;
        done
    }

    /// Writes a dated copy into the folder of backups beside the book and keeps the newest five.
    ///
    /// # Errors
    /// As [`Book::backup_to`].
    pub async fn backup(&self, now: Timestamp) -> StoreResult<PathBuf> {
        let to = backup::place(&self.path, now)?;
        self.backup_to(&to).await?;
        backup::keep_newest(&self.path)?;
        Ok(to)
    }

    /// SQLite's own checks of the file and of its references. Reads the whole book.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] with the first finding.
    pub async fn check(&self) -> StoreResult<()> {
        let mut read = self.read().await?;
        let finding: String = sqlx::query_scalar("PRAGMA integrity_check(1)")
            .fetch_one(&mut *read)
            .await?;
        if finding != "ok" {
            return Err(StoreError::Damaged { detail: finding });
        }
        let orphan: Option<String> =
            sqlx::query_scalar("SELECT \"table\" FROM pragma_foreign_key_check LIMIT 1")
                .fetch_optional(&mut *read)
                .await?;
        match orphan {
            Some(table) => Err(StoreError::Damaged {
                detail: format!("{table}: lost reference"),
            }),
            None => Ok(()),
        }
    }

    /// Closes the book: all of it is in the one file then. Waits for what is running.
    ///
    /// # Errors
    /// When the last write cannot be brought into the file; it is safe in the `-wal` beside it.
    pub async fn close(self) -> StoreResult<()> {
        self.readers.close().await;
        let mut connection = self.writer.acquire().await?;
        self.tidying.end().await;
        let (busy, _, _): (i64, i64, i64) = sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)")
            .fetch_one(&mut *connection)
            .await?;
        drop(connection);
        self.writer.close().await;
        match busy {
            0 => Ok(()),
            _ => Err(StoreError::Busy),
        }
    }
}

/// A consistent view; see [`Book::read`].
#[derive(Debug)]
pub struct ReadTx(Transaction<'static, Sqlite>);

/// A write transaction; see [`Book::write`].
#[derive(Debug)]
pub struct WriteTx {
    transaction: Transaction<'static, Sqlite>,
    actor: Actor,
}

impl WriteTx {
    /// Makes everything written in it lasting, with its entry in the audit log, and counts one
    /// change of the book.
    ///
    /// # Errors
    /// [`StoreError::DiskFull`]; then nothing was written.
    pub async fn commit(mut self) -> StoreResult<()> {
        // A step that was not closed must not collect the edits of the next transaction.
        sqlx::query!("UPDATE book_state SET change = change + 1, open_step = NULL, undoing = 0")
            .execute(&mut *self.transaction)
            .await?;
        audit::seal(&mut self.transaction, &self.actor).await?;
        Ok(self.transaction.commit().await?)
    }
}

/// How often the book was written, as of the view: what was computed at one count holds until the
/// next.
///
/// # Errors
/// Only when the database fails.
pub async fn change_count(connection: &mut SqliteConnection) -> StoreResult<i64> {
    Ok(sqlx::query_scalar!("SELECT change FROM book_state")
        .fetch_one(connection)
        .await?)
}

impl Deref for ReadTx {
    type Target = SqliteConnection;
    fn deref(&self) -> &SqliteConnection {
        &self.0
    }
}

impl DerefMut for ReadTx {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        &mut self.0
    }
}

impl Deref for WriteTx {
    type Target = SqliteConnection;
    fn deref(&self) -> &SqliteConnection {
        &self.transaction
    }
}

impl DerefMut for WriteTx {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        &mut self.transaction
    }
}

/// The version of books that this program writes: the number of its newest migration.
pub(crate) fn newest() -> i64 {
    MIGRATIONS
        .iter()
        .map(|migration| migration.version)
        .max()
        .unwrap_or(0)
}

fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(false)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(5))
        // Rows are handed over in hundreds: each hand-over wakes a thread.
        .row_buffer_size(1_000)
        .pragma("recursive_triggers", "1")
        .pragma("temp_store", "memory")
        // Eight megabytes for each of a handful of connections; the system caches the file anyway.
        .pragma("cache_size", "-8192")
        // The log of a large import does not stay large.
        .pragma("journal_size_limit", "67108864")
}

/// What the writer's connection collects by itself: steps to undo, entries of the audit log.
async fn triggers(connection: &mut SqliteConnection) -> StoreResult<()> {
    undo::install(connection).await?;
    audit::install(connection).await
}

/// `<path><ending>`.
pub(crate) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// The new name of a file lasts once its folder is on the disk. Where folders cannot be opened the
/// system sees to it.
fn sync_folder(path: &Path) {
    let folder = path.parent().and_then(|folder| fs::File::open(folder).ok());
    let _ = folder.map(|folder| folder.sync_all());
}

/// A new book in one plain file: no `-wal` beside it that a crash could part from it.
async fn make(part: &Path) -> StoreResult<()> {
    if part.exists() {
        fs::remove_file(part).map_err(|error| StoreError::io(part, error))?;
    }
    let fresh = options(part)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Delete);
    let mut connection = SqliteConnection::connect_with(&fresh).await?;
    let made = migrate(&mut connection).await;
    connection.close().await?;
    made
}

/// Checks the version; copies and migrates an older book; forgets what a crash left open.
async fn prepare(path: &Path, now: Timestamp) -> StoreResult<()> {
    let named = |error: StoreError| match error {
        StoreError::NotABook { .. } => StoreError::NotABook {
            path: path.display().to_string(),
        },
        StoreError::ReadOnly { .. } => StoreError::ReadOnly {
            path: path.display().to_string(),
        },
        other => other,
    };
    let mut connection = SqliteConnection::connect_with(&options(path))
        .await
        .map_err(|error| named(StoreError::from(error)))?;
    let prepared = prepare_on(&mut connection, path, now).await.map_err(named);
    connection.close().await?;
    prepared
}

async fn prepare_on(
    connection: &mut SqliteConnection,
    path: &Path,
    now: Timestamp,
) -> StoreResult<()> {
    let version: i64 = sqlx::query_scalar("PRAGMA user_version")
        .fetch_one(&mut *connection)
        .await?;
    let known = newest();
    if version > known {
        return Err(StoreError::NewerBook { version, known });
    }
    if version < known {
        let to = backup::place(path, now)?;
        backup::copy(connection, &to).await?;
        backup::keep_newest(path)?;
        migrate(connection).await?;
        sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

async fn migrate(connection: &mut SqliteConnection) -> StoreResult<()> {
    MIGRATIONS
        .run(&mut *connection)
        .await
        .map_err(|error| match error {
            MigrateError::Execute(inner) | MigrateError::ExecuteMigration(inner, _) => inner.into(),
            MigrateError::VersionMissing(version) => StoreError::NewerBook {
                version,
                known: newest(),
            },
            other => StoreError::Damaged {
                detail: other.to_string(),
            },
        })?;
    let marks = format!(
        "PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {};",
        newest()
    );
    // Numbers of ours only: PRAGMA takes no parameters.
    sqlx::raw_sql(sqlx::AssertSqlSafe(marks))
        .execute(&mut *connection)
        .await?;
    Ok(())
}

fn into_sqlx(error: StoreError) -> sqlx::Error {
    match error {
        StoreError::Database(inner) => inner,
        other => sqlx::Error::Configuration(Box::new(other)),
    }
}
