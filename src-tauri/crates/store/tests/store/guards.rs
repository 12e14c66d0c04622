//! What must not be opened is refused with its reason, and nothing is changed.

use crate::common::{book, customer, ids, now, path_in};
use ratebook_catalog::{Aggregation, Dimension, EventValue};
use ratebook_store::{Book, StoreError, customers, meters, undo};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// Names and contents of all files of a folder.
fn picture(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .flatten()
        .filter(|entry| entry.path().is_file())
        .map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            (name, fs::read(entry.path()).unwrap())
        })
        .collect();
    files.sort();
    files
}

async fn refused(folder: &TempDir) -> StoreError {
    let before = picture(folder.path());
    let error = Book::open(&path_in(folder), now()).await.unwrap_err();
    assert_eq!(picture(folder.path()), before);
    error
}

#[tokio::test]
async fn a_file_that_is_no_book_is_refused_untouched() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(refused(&folder).await, StoreError::Missing { .. }));
    let path = path_in(&folder);
    for content in [&b""[..], b"not a database", &[0_u8; 5_000]] {
        fs::write(&path, content).unwrap();
        assert!(matches!(
            refused(&folder).await,
            StoreError::NotABook { .. }
        ));
    }
    fs::remove_file(&path).unwrap();
    // A database of another program.
    let other = rusqlite::Connection::open(&path).unwrap();
    other
        .execute_batch("CREATE TABLE customer (id INTEGER PRIMARY KEY)")
        .unwrap();
    other.close().unwrap();
    assert!(matches!(
        refused(&folder).await,
        StoreError::NotABook { .. }
    ));
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    assert!(matches!(
        refused(&folder).await,
        StoreError::NotABook { .. }
    ));
}

#[tokio::test]
async fn a_newer_book_is_refused_untouched() {
    let (folder, book) = book().await;
    book.close().await.unwrap();
    let raw = rusqlite::Connection::open(path_in(&folder)).unwrap();
    raw.execute_batch("PRAGMA user_version = 9999").unwrap();
    raw.close().unwrap();
    let error = refused(&folder).await;
    assert!(
        matches!(error, StoreError::NewerBook { version: 9999, .. }),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_damaged_book_says_so() {
    let (folder, book) = book().await;
    book.close().await.unwrap();
    let mut bytes = fs::read(path_in(&folder)).unwrap();
    bytes[100..4_000].fill(0x5a);
    fs::write(path_in(&folder), &bytes).unwrap();
    let error = Book::open(&path_in(&folder), now()).await.unwrap_err();
    assert!(matches!(error, StoreError::Damaged { .. }), "{error:?}");
    assert_eq!(fs::read(path_in(&folder)).unwrap(), bytes);
}

#[tokio::test]
async fn a_new_book_does_not_replace_a_file() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(path_in(&folder), "mine").unwrap();
    let error = Book::create(&path_in(&folder), now()).await.unwrap_err();
    assert!(matches!(error, StoreError::Exists { .. }), "{error:?}");
    assert_eq!(fs::read(path_in(&folder)).unwrap(), b"mine");
}

#[tokio::test]
async fn a_second_process_is_refused_and_told_who_has_the_book() {
    let (folder, book) = book().await;
    let path = path_in(&folder);
    let error = Book::open(&path, now()).await.unwrap_err();
    assert!(matches!(error, StoreError::Locked { .. }), "{error:?}");
    let other = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "guards::child_opens_the_book",
            "--ignored",
            "--nocapture",
        ])
        .env("RATEBOOK_TEST_BOOK", &path)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&other.stdout).into_owned();
    let expected = format!("Locked {{ pid: Some({}) }}", std::process::id());
    assert!(said.contains(&expected), "{said}");
    book.close().await.unwrap();
    let said = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "guards::child_opens_the_book",
            "--ignored",
            "--nocapture",
        ])
        .env("RATEBOOK_TEST_BOOK", &path)
        .stderr(Stdio::null())
        .output()
        .unwrap();
    assert!(String::from_utf8_lossy(&said.stdout).contains("opened"));
}

#[cfg(unix)]
#[tokio::test]
async fn a_link_to_an_open_book_is_the_same_book() {
    let (folder, book) = book().await;
    let link = folder.path().join("link.ratebook");
    std::os::unix::fs::symlink(path_in(&folder), &link).unwrap();
    let error = Book::open(&link, now()).await.unwrap_err();
    assert!(matches!(error, StoreError::Locked { .. }), "{error:?}");
    book.close().await.unwrap();
    Book::open(&link, now())
        .await
        .unwrap()
        .close()
        .await
        .unwrap();
}

#[tokio::test]
#[ignore = "run by a_second_process_is_refused_and_told_who_has_the_book"]
async fn child_opens_the_book() {
    let Some(path) = std::env::var_os("RATEBOOK_TEST_BOOK") else {
        return;
    };
    match Book::open(Path::new(&path), now()).await {
        Ok(_) => println!("opened"),
        Err(error) => println!("{error:?}"),
    }
}

/// Mounts a small file system, where this process may; says why where it may not.
#[cfg(target_os = "linux")]
struct Mounted(TempDir);

#[cfg(target_os = "linux")]
impl Mounted {
    fn tmpfs(size: &str) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let options = format!("size={size}");
        let done = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &options, "tmpfs"])
            .arg(folder.path())
            .stderr(Stdio::null())
            .status();
        if done.is_ok_and(|status| status.success()) {
            return Some(Self(folder));
        }
        eprintln!("skipped: this process may not mount a file system");
        None
    }

    fn remount_read_only(&self) {
        let done = Command::new("mount")
            .args(["-o", "remount,ro"])
            .arg(self.0.path())
            .status()
            .unwrap();
        assert!(done.success());
    }
}

#[cfg(target_os = "linux")]
impl Drop for Mounted {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).status();
    }
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_read_only_folder_is_named_and_nothing_is_written() {
    let Some(mounted) = Mounted::tmpfs("32m") else {
        return;
    };
    let path = path_in(&mounted.0);
    let book = Book::create(&path, now()).await.unwrap();
    book.close().await.unwrap();
    mounted.remount_read_only();
    let before = picture(mounted.0.path());
    let error = Book::open(&path, now()).await.unwrap_err();
    assert!(matches!(error, StoreError::ReadOnly { .. }), "{error:?}");
    let error = Book::create(&mounted.0.path().join("new.ratebook"), now())
        .await
        .unwrap_err();
    assert!(matches!(error, StoreError::ReadOnly { .. }), "{error:?}");
    assert_eq!(picture(mounted.0.path()), before);
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_full_disk_takes_an_import_back_as_a_whole() {
    use crate::common::{at, event};
    use ratebook_store::usage::{self, ImportRequest, import_events, verify};
    let Some(mounted) = Mounted::tmpfs("12m") else {
        return;
    };
    let book = Book::create(&path_in(&mounted.0), now()).await.unwrap();
    let request = || ImportRequest {
        name: "large".to_owned(),
        now: now(),
    };
    let start = at("2026-10-05T10:00:00Z");
    let few: Vec<_> = (0..100)
        .map(|n| event(&format!("a{n}"), "acme", start, 1))
        .collect();
    import_events(&book, request(), &few).await.unwrap();
    let many: Vec<_> = (0..150_000)
        .map(|n| event(&format!("b{n}"), "acme", start, 1))
        .collect();
    let error = import_events(&book, request(), &many).await.unwrap_err();
    assert!(matches!(error, StoreError::DiskFull), "{error:?}");
    let mut read = book.read().await.unwrap();
    assert_eq!(usage::batches(&mut read).await.unwrap().len(), 1);
    drop(read);
    assert_eq!(verify(&book).await.unwrap(), []);
    book.check().await.unwrap();
    // A backup does not fit either, and leaves no half file behind.
    fs::write(mounted.0.path().join("filler"), vec![1_u8; 4 << 20]).ok();
    let copy = mounted.0.path().join("copy.ratebook");
    let _ = fs::write(mounted.0.path().join("filler2"), vec![1_u8; 12 << 20]);
    let error = book.backup_to(&copy).await.unwrap_err();
    assert!(matches!(error, StoreError::DiskFull), "{error:?}");
    assert!(!copy.exists());
}

#[tokio::test]
async fn a_book_that_may_not_grow_takes_a_write_back_as_a_whole() {
    // Stands in for a full disk where nothing can be mounted: SQLite itself refuses more pages.
    let (_folder, book) = book().await;
    let mut ids = ids(21);
    let mut write = book.write().await.unwrap();
    let pages: i64 = {
        let raw = rusqlite::Connection::open(book.path()).unwrap();
        raw.query_row("PRAGMA page_count", [], |row| row.get(0))
            .unwrap()
    };
    let limit = format!("PRAGMA max_page_count = {}", pages + 2);
    sqlx::raw_sql(sqlx::AssertSqlSafe(limit))
        .execute(&mut *write)
        .await
        .unwrap();
    let mut error = None;
    for n in 0..2_000 {
        let mut one = customer(&mut ids, &format!("C-{n}"), &[]);
        one.notes = "x".repeat(2_000);
        if let Err(full) = customers::save(&mut write, &one).await {
            error = Some(full);
            break;
        }
    }
    assert!(matches!(error, Some(StoreError::DiskFull)), "{error:?}");
    drop(write);
    let mut read = book.read().await.unwrap();
    assert!(customers::list(&mut read).await.unwrap().is_empty());
}

#[tokio::test]
async fn backups_are_whole_books_and_five_are_kept() {
    let (folder, book) = book().await;
    let mut write = book.write().await.unwrap();
    let one = customer(&mut ids(22), "C-1", &["acme"]);
    customers::save(&mut write, &one).await.unwrap();
    write.commit().await.unwrap();
    let mut last = None;
    for second in 0..7 {
        let later = ratebook_money::Timestamp::from_micros(now().micros() + second * 1_000_000);
        last = Some(book.backup(later).await.unwrap());
    }
    let kept = fs::read_dir(folder.path().join("Halden backups"))
        .unwrap()
        .count();
    assert_eq!(kept, 5);
    let copy = Book::open(&last.unwrap(), now()).await.unwrap();
    let mut read = copy.read().await.unwrap();
    assert_eq!(customers::list(&mut read).await.unwrap(), vec![one]);
    let again = book.backup_to(&path_in(&folder)).await.unwrap_err();
    assert!(matches!(again, StoreError::Exists { .. }), "{again:?}");
}

/// A copy of the first book that was ever released, and its version.
fn older(folder: &TempDir) -> (PathBuf, i64) {
    let stored = "../../../tests/stored/2026-11-23.db";
    let stored = Path::new(env!("CARGO_MANIFEST_DIR")).join(stored);
    let path = path_in(folder);
    fs::copy(stored, &path).unwrap();
    let version = version(&path);
    (path, version)
}

fn version(path: &Path) -> i64 {
    let raw = rusqlite::Connection::open(path).unwrap();
    raw.query_row("PRAGMA user_version", [], |row| row.get(0))
        .unwrap()
}

#[tokio::test]
async fn an_older_book_is_copied_before_it_is_migrated() {
    let folder = tempfile::tempdir().unwrap();
    let (path, before) = older(&folder);
    let book = Book::open(&path, now()).await.unwrap();
    let raw = rusqlite::Connection::open(&path).unwrap();
    let newest = "SELECT max(version) FROM _sqlx_migrations";
    let newest: i64 = raw.query_row(newest, [], |row| row.get(0)).unwrap();
    assert!(before < newest);
    assert_eq!(version(&path), newest);
    let copies: Vec<_> = fs::read_dir(folder.path().join("Halden backups"))
        .unwrap()
        .flatten()
        .collect();
    assert_eq!(copies.len(), 1);
    assert_eq!(version(&copies[0].path()), before);
    book.close().await.unwrap();
}

/// Migration 11 makes the table of meters anew, and the rows that undo holds with it.
#[tokio::test]
async fn a_meter_that_was_changed_before_a_migration_can_be_undone_after() {
    let folder = tempfile::tempdir().unwrap();
    let (path, _) = older(&folder);
    let raw = rusqlite::Connection::open(&path).unwrap();
    raw.execute_batch(
        r#"UPDATE undo_step SET state = 'barred';
        INSERT INTO undo_step (id, code, params, at, state)
        SELECT max(id) + 1, 'meter_save', '{}', 0, 'done' FROM undo_step;
        INSERT INTO undo_row (step, tbl, before, after)
        SELECT (SELECT max(id) FROM undo_step), 'meter',
            json_object('id', id, 'name', 'Before', 'event_name', event_name,
                'aggregation', 'sum', 'sum_quantity', 'custom:pages', 'unit', unit,
                'filters', filters, 'archived', archived),
            json_object('id', id, 'name', name, 'event_name', event_name,
                'aggregation', aggregation, 'sum_quantity', sum_quantity, 'unit', unit,
                'filters', filters, 'archived', archived)
        FROM meter LIMIT 1;"#,
    )
    .unwrap();
    raw.close().unwrap();
    let book = Book::open(&path, now()).await.unwrap();
    let mut write = book.write().await.unwrap();
    let after = meters::list(&mut write).await.unwrap();
    undo::undo(&mut write).await.unwrap().unwrap();
    let before = meters::list(&mut write).await.unwrap();
    let changed: Vec<_> = before.iter().filter(|own| !after.contains(own)).collect();
    assert_eq!(changed.len(), 1);
    assert_eq!(changed[0].name, "Before");
    let pages = Dimension::Custom("pages".to_owned());
    let sum = Aggregation::Sum(EventValue::Quantity(pages));
    assert_eq!(changed[0].aggregation, sum);
    undo::redo(&mut write).await.unwrap().unwrap();
    assert_eq!(meters::list(&mut write).await.unwrap(), after);
}
