//! Copies of a book: before a migration, and on request.

use crate::{StoreError, StoreResult};
use ratebook_money::Timestamp;
use sqlx::SqliteConnection;
use std::fs;
use std::path::{Path, PathBuf};

/// Dated copies that are kept.
const KEPT: usize = 5;

/// Writes a compact copy, whole or not at all.
pub(crate) async fn copy(connection: &mut SqliteConnection, to: &Path) -> StoreResult<()> {
    if to.exists() {
        return Err(StoreError::Exists {
            path: to.display().to_string(),
        });
    }
    let Some(text) = to.to_str() else {
        return Err(StoreError::Source(format!(
            "{} is not Unicode",
            to.display()
        )));
    };
    let done = sqlx::query("VACUUM INTO ?1")
        .bind(text)
        .execute(connection)
        .await;
    if let Err(error) = done {
        let _ = fs::remove_file(to);
        return Err(match StoreError::from(error) {
            StoreError::ReadOnly { .. } => StoreError::ReadOnly {
                path: text.to_owned(),
            },
            other => other,
        });
    }
    Ok(())
}

/// `<folder>/<name> backups/<name> <instant>.ratebook`; the folder is made.
pub(crate) fn place(book: &Path, now: Timestamp) -> StoreResult<PathBuf> {
    let folder = folder(book);
    fs::create_dir_all(&folder).map_err(|error| StoreError::io(&folder, error))?;
    // Colons are not allowed in names on Windows.
    let instant = now.to_utc().format("%Y-%m-%d %H-%M-%S%.6f");
    Ok(folder.join(format!("{} {instant}.ratebook", stem(book))))
}

/// Removes all dated copies but the newest five. Their names sort by time.
pub(crate) fn keep_newest(book: &Path) -> StoreResult<()> {
    let folder = folder(book);
    let start = format!("{} ", stem(book));
    let entries = fs::read_dir(&folder).map_err(|error| StoreError::io(&folder, error))?;
    let mut copies: Vec<PathBuf> = entries
        .flatten()
        .filter(|entry| {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            name.starts_with(&start) && name.ends_with(".ratebook")
        })
        .map(|entry| entry.path())
        .collect();
    copies.sort();
    let surplus = copies.len().saturating_sub(KEPT);
    for old in copies.iter().take(surplus) {
        fs::remove_file(old).map_err(|error| StoreError::io(old, error))?;
    }
    Ok(())
}

fn folder(book: &Path) -> PathBuf {
    book.with_file_name(format!("{} backups", stem(book)))
}

fn stem(book: &Path) -> String {
    book.file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}
