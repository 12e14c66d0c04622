//! What is checked before SQLite may touch a file: that it is a book, that nobody else has it, and
//! that it can be written.

use crate::open::{APPLICATION_ID, beside};
use crate::{StoreError, StoreResult};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// The lock of one process on one book: held by the system, so a killed process leaves none.
#[derive(Debug)]
pub(crate) struct Lock {
    path: PathBuf,
    _file: File,
}

impl Lock {
    /// Takes `<book>.lock`. The file stays when the lock is released: removing it would let two
    /// processes lock two files of the same name.
    pub(crate) fn take(book: &Path) -> StoreResult<Self> {
        Self::hold(lock_path(book), true)
    }

    /// Takes the lock if its file is there. Without one nobody has the book.
    ///
    /// This comes before any other look at the book: on Unix, closing a file gives up all locks
    /// that this process has on it, those of SQLite in an open book among them.
    pub(crate) fn take_existing(book: &Path) -> StoreResult<Option<Self>> {
        let path = lock_path(book);
        if path.exists() {
            Self::hold(path, false).map(Some)
        } else {
            Ok(None)
        }
    }

    fn hold(path: PathBuf, create: bool) -> StoreResult<Self> {
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(create)
            .truncate(false)
            .open(&path)
            .map_err(|error| StoreError::io(&path, error))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let pid = pid(&mut file);
                return Err(StoreError::Locked { pid });
            }
            Err(TryLockError::Error(error)) => return Err(StoreError::io(&path, error)),
        }
        // For the message of the other process only; a full disk must not keep a book closed.
        let _ = file
            .set_len(0)
            .and_then(|()| file.seek(SeekFrom::Start(0)))
            .and_then(|_| file.write_all(std::process::id().to_string().as_bytes()));
        Ok(Self { path, _file: file })
    }

    /// Removes the file of a lock on a book that was never made.
    pub(crate) fn forget(self) {
        let _ = fs::remove_file(&self.path);
    }
}

/// Beside the real file: two links to one book have one lock.
fn lock_path(book: &Path) -> PathBuf {
    let real = if cfg!(unix) {
        fs::canonicalize(book).ok()
    } else {
        None
    };
    beside(real.as_deref().unwrap_or(book), ".lock")
}

fn pid(file: &mut File) -> Option<u32> {
    let mut text = String::new();
    file.read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}

/// Reads the first 100 bytes: the magic of SQLite, our mark, the version. Writes nothing.
pub(crate) fn check_header(path: &Path, known: i64) -> StoreResult<()> {
    let not_a_book = || StoreError::NotABook {
        path: path.display().to_string(),
    };
    if path.is_dir() {
        return Err(not_a_book());
    }
    let mut header = [0_u8; 100];
    let mut file = File::open(path).map_err(|error| StoreError::io(path, error))?;
    file.read_exact(&mut header).map_err(|_| not_a_book())?;
    let word = |at: usize| -> u32 {
        header[at..at + 4]
            .iter()
            .fold(0, |word, byte| word << 8 | u32::from(*byte))
    };
    if !header.starts_with(MAGIC) || word(68) != APPLICATION_ID {
        return Err(not_a_book());
    }
    let version = i64::from(word(60));
    if version > known {
        return Err(StoreError::NewerBook { version, known });
    }
    Ok(())
}

/// A file that may not be written would fail at the first edit: better now, with its name.
pub(crate) fn check_writable(path: &Path) -> StoreResult<()> {
    OpenOptions::new()
        .read(true)
        .write(true)
        .open(path)
        .map(drop)
        .map_err(|error| StoreError::io(path, error))
}
