use std::io::ErrorKind;
use thiserror::Error;

/// Why the book could not be opened, read or written.
#[derive(Debug, Error)]
pub enum StoreError {
    /// There is no file at the path.
    #[error("there is no book at {path}")]
    Missing {
        /// The path as given.
        path: String,
    },
    /// A new book was asked for where a file already is.
    #[error("there is already a file at {path}")]
    Exists {
        /// The path as given.
        path: String,
    },
    /// Not a SQLite file, or one of another program.
    #[error("{path} is not a book")]
    NotABook {
        /// The path as given.
        path: String,
    },
    /// Written by a newer version of the program.
    #[error("the book has version {version}, this program knows up to {known}")]
    NewerBook {
        /// The book's version.
        version: i64,
        /// The newest this program can read.
        known: i64,
    },
    /// Another process has the book open.
    #[error("another process has the book open")]
    Locked {
        /// Its process id, where the system lets us read it.
        pid: Option<u32>,
    },
    /// The file or its folder cannot be written.
    #[error("{path} cannot be written")]
    ReadOnly {
        /// The file or folder.
        path: String,
    },
    /// No space is left. What was being written was taken back as a whole.
    #[error("no space is left on the disk")]
    DiskFull,
    /// An import or another long write holds the book.
    #[error("the book is being written")]
    Busy,
    /// The database file itself is damaged.
    #[error("the file is damaged: {detail}")]
    Damaged {
        /// What SQLite says.
        detail: String,
    },
    /// A stored value cannot be read. Nothing is put in its place.
    #[error("{table} {id}: column {column} cannot be read")]
    Corrupt {
        /// The table.
        table: &'static str,
        /// Which row.
        id: String,
        /// Which column.
        column: &'static str,
    },
    /// The row does not exist.
    #[error("there is no {table} {id}")]
    NotFound {
        /// The table.
        table: &'static str,
        /// Which row was asked for.
        id: String,
    },
    /// A value that must be unique is taken.
    #[error("{column} {value} is taken")]
    Taken {
        /// `customer.number`, `customer_alias.alias`, …
        column: &'static str,
        /// The value.
        value: String,
        /// The id of the row that has it, where it is known.
        by: Option<String>,
    },
    /// The rules of the book forbid it: a published version, a finalized invoice, a row that is
    /// only added.
    #[error("refused: {rule}")]
    Refused {
        /// The rule, as the database states it.
        rule: String,
    },
    /// The import was cancelled; the book is as before.
    #[error("cancelled")]
    Cancelled,
    /// The import's source could not be read; the book is as before.
    #[error("the source cannot be read: {0}")]
    Source(String),
    /// A file could not be read or written.
    #[error("{path}: {source}")]
    Io {
        /// Which file or folder.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// Anything else the database says.
    #[error(transparent)]
    Database(sqlx::Error),
    /// Anything else the database says on the import's connection.
    #[error(transparent)]
    Import(rusqlite::Error),
}

/// Result of this crate.
pub type StoreResult<T> = Result<T, StoreError>;

const READ_ONLY: i32 = 8;
const BUSY: i32 = 5;
const LOCKED: i32 = 6;
const IO: i32 = 10;
const DAMAGED: i32 = 11;
const FULL: i32 = 13;
const CANNOT_OPEN: i32 = 14;
const NOT_A_DATABASE: i32 = 26;
const CONSTRAINT_TRIGGER: i32 = 1811;
// A write that the system cut short: a quota, or the limit of a file's size.
const IO_WRITE: i32 = 778;

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        if matches!(error, sqlx::Error::PoolTimedOut) {
            return Self::Busy;
        }
        let code = error
            .as_database_error()
            .and_then(|inner| inner.code())
            .and_then(|code| code.parse::<i32>().ok());
        let message = error
            .as_database_error()
            .map(|inner| inner.message().to_owned());
        match code.and_then(|code| Self::from_code(code, message.as_deref().unwrap_or(""))) {
            Some(known) => known,
            None => Self::Database(error),
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        if let rusqlite::Error::SqliteFailure(failure, message) = &error
            && let Some(known) =
                Self::from_code(failure.extended_code, message.as_deref().unwrap_or(""))
        {
            return known;
        }
        Self::Import(error)
    }
}

impl StoreError {
    fn from_code(code: i32, message: &str) -> Option<Self> {
        let detail = message.to_owned();
        match (code & 0xff, code) {
            (_, CONSTRAINT_TRIGGER) => Some(Self::Refused { rule: detail }),
            (FULL, _) | (IO, IO_WRITE) => Some(Self::DiskFull),
            (BUSY | LOCKED, _) => Some(Self::Busy),
            (READ_ONLY | CANNOT_OPEN, _) => Some(Self::ReadOnly { path: detail }),
            (DAMAGED, _) => Some(Self::Damaged { detail }),
            (NOT_A_DATABASE, _) => Some(Self::NotABook { path: detail }),
            _ => None,
        }
    }

    /// A failed file operation, named by what it means for the book.
    pub(crate) fn io(path: &std::path::Path, source: std::io::Error) -> Self {
        let path = path.display().to_string();
        match source.kind() {
            ErrorKind::NotFound => Self::Missing { path },
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Self::ReadOnly { path },
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
                Self::DiskFull
            }
            _ => Self::Io { path, source },
        }
    }

    /// Names the row that a unique value collides with; other errors pass unchanged.
    pub(crate) fn taken(
        error: sqlx::Error,
        column: &'static str,
        value: &str,
        by: Option<String>,
    ) -> Self {
        match error.as_database_error() {
            Some(inner) if inner.is_unique_violation() => Self::Taken {
                column,
                value: value.to_owned(),
                by,
            },
            _ => Self::from(error),
        }
    }
}
