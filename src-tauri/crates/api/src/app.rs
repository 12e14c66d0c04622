use crate::error::{ApiError, ApiResult};
use crate::jobs::Jobs;
use crate::recent::Recent;
use crate::snapshot::Caches;
use ratebook_money::Timestamp;
use ratebook_money::id::IdSource;
use ratebook_store::audit::{self, Actor};
use ratebook_store::{Book, ReadTx, SqliteConnection, WriteTx, undo};
use std::collections::BTreeMap;
use std::hash::{BuildHasher, RandomState};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;
use tokio::sync::RwLock;

/// What the outside hands in: time, randomness, folders. Tests hand in fixed ones.
#[derive(Debug, Clone)]
pub struct Surroundings {
    /// The clock.
    pub now: fn() -> Timestamp,
    /// Unpredictable numbers for ids.
    pub random: fn() -> u128,
    /// Where the program keeps its list of recent books.
    pub config_folder: PathBuf,
    /// Where new books go.
    pub book_folder: PathBuf,
}

impl Surroundings {
    /// The real clock and the system's randomness, with these folders.
    #[must_use]
    pub fn of_this_machine(config_folder: PathBuf, book_folder: PathBuf) -> Self {
        Self {
            now: system_now,
            random: system_random,
            config_folder,
            book_folder,
        }
    }
}

fn system_now() -> Timestamp {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let micros = since.map(|since| since.as_micros()).ok();
    let micros = micros.and_then(|micros| i64::try_from(micros).ok());
    // A clock before 1970 is a clock that was never set: say 1970 rather than fail.
    Timestamp::from_micros(micros.unwrap_or(0))
}

/// The user of this process at the operating system, through a program: for the audit log.
#[must_use]
pub fn user_of_this_machine(shell: &str) -> Actor {
    Actor {
        who: whoami::username().unwrap_or_default(),
        shell: shell.to_owned(),
    }
}

/// Randomly keyed hashes of the standard library: unpredictable enough for ids, which are no
/// secrets.
fn system_random() -> u128 {
    let half = || u128::from(RandomState::new().hash_one(SystemTime::now()));
    (half() << 64) | half()
}

/// The use cases of the program over at most one open book.
pub struct App {
    pub(crate) surroundings: Surroundings,
    pub(crate) jobs: Jobs,
    pub(crate) recent: Recent,
    pub(crate) actor: Actor,
    /// The book that could not be opened at the start, and why.
    pub(crate) not_opened: RwLock<Option<(PathBuf, ApiError)>>,
    open: RwLock<Option<Arc<OpenBook>>>,
}

/// The open book with what is remembered of it.
pub(crate) struct OpenBook {
    pub book: Book,
    pub caches: Caches,
}

impl App {
    /// The program without a book.
    #[must_use]
    pub fn new(surroundings: Surroundings) -> Self {
        let recent = Recent::new(&surroundings.config_folder);
        Self {
            surroundings,
            jobs: Jobs::default(),
            recent,
            actor: Actor::default(),
            not_opened: RwLock::new(None),
            open: RwLock::new(None),
        }
    }

    /// The same for somebody: the audit log of a book says who changed it.
    #[must_use]
    pub fn acting_as(self, actor: Actor) -> Self {
        Self { actor, ..self }
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.surroundings.now)()
    }

    pub(crate) fn ids(&self) -> IdSource {
        IdSource::new(self.now(), (self.surroundings.random)())
    }

    /// The open book, or a refusal that says there is none.
    pub(crate) async fn book(&self) -> ApiResult<Arc<OpenBook>> {
        self.open
            .read()
            .await
            .clone()
            .ok_or_else(|| ApiError::refused("no_book"))
    }

    /// The open book, if any.
    pub(crate) async fn book_if_open(&self) -> Option<Arc<OpenBook>> {
        self.open.read().await.clone()
    }

    /// Puts a book in place of the open one, which is closed.
    pub(crate) async fn replace_book(&self, book: Option<Book>) -> ApiResult<()> {
        if let Some(book) = &book {
            book.act_as(self.actor.clone());
        }
        let mut open = self.open.write().await;
        let next = book.map(|book| {
            Arc::new(OpenBook {
                book,
                caches: Caches::default(),
            })
        });
        if next.is_some() {
            *self.not_opened.write().await = None;
        }
        let old = std::mem::replace(&mut *open, next);
        // Work that still holds the old book keeps it until it ends; then it closes by itself.
        if let Some(old) = old.and_then(|old| Arc::try_unwrap(old).ok()) {
            old.book.close().await?;
        }
        Ok(())
    }
}

/// A change that can be undone as one step. Dropped without [`Edit::finish`], nothing was changed.
pub(crate) struct Edit(WriteTx);

impl std::ops::Deref for Edit {
    type Target = SqliteConnection;
    fn deref(&self) -> &SqliteConnection {
        &self.0
    }
}

impl std::ops::DerefMut for Edit {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        &mut self.0
    }
}

impl Edit {
    /// Says why, for the audit log.
    pub async fn because(&mut self, reason: &str) -> ApiResult<()> {
        Ok(audit::because(&mut self.0, reason).await?)
    }

    /// Keeps the change.
    pub async fn finish(mut self) -> ApiResult<()> {
        undo::end_step(&mut self.0).await?;
        Ok(self.0.commit().await?)
    }
}

impl OpenBook {
    /// A consistent view.
    pub async fn read(&self) -> ApiResult<ReadTx> {
        Ok(self.book.read().await?)
    }

    /// A transaction that changes the book.
    pub async fn write(&self) -> ApiResult<WriteTx> {
        Ok(self.book.write().await?)
    }

    /// A step that can be undone; `code` and `subject` name it for the person.
    pub async fn edit(&self, code: &str, subject: &str, now: Timestamp) -> ApiResult<Edit> {
        let mut write = self.book.write().await?;
        let params = BTreeMap::from([("subject".to_owned(), subject.to_owned())]);
        undo::begin_step(&mut write, code, &params, now).await?;
        Ok(Edit(write))
    }
}
