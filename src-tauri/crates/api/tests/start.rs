//! What the start of the program tells of a book that it cannot open.

use ratebook_api::wire::{BookCreateRequest, NotOpened, Nothing};
use ratebook_api::{App, ErrorCode, Surroundings};
use ratebook_money::Timestamp;
use std::fs;
use std::path::Path;

fn app(folder: &Path) -> App {
    App::new(Surroundings {
        now: || Timestamp::parse("2026-11-23T10:00:00Z").unwrap(),
        random: || 7,
        config_folder: folder.join("config"),
        book_folder: folder.join("books"),
    })
}

async fn create(app: &App, path: &Path) {
    let request = BookCreateRequest {
        path: Some(path.display().to_string()),
        currency: "EUR".to_owned(),
        country: "DE".to_owned(),
    };
    app.book_create(request).await.unwrap();
}

async fn not_opened(app: &App) -> Option<NotOpened> {
    app.book_status(Nothing {}).await.unwrap().not_opened
}

#[tokio::test]
async fn a_named_file_that_is_no_book_is_told_until_a_book_is_open() {
    let folder = tempfile::tempdir().unwrap();
    let letter = folder.path().join("letter.ratebook");
    fs::write(&letter, "Dear reader").unwrap();
    let app = app(folder.path());
    assert!(app.book_open_first(Some(letter.clone())).await.is_err());

    let told = not_opened(&app).await.unwrap();
    assert_eq!(told.name, "letter.ratebook");
    assert_eq!(told.path, letter.display().to_string());
    assert_eq!(told.error.params["reason"], "not_a_book");
    assert_eq!(fs::read_to_string(&letter).unwrap(), "Dear reader");

    create(&app, &folder.path().join("new.ratebook")).await;
    assert_eq!(not_opened(&app).await, None);
}

#[tokio::test]
async fn the_book_of_last_time_is_missed_without_a_failure() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.ratebook");
    create(&app(folder.path()), &path).await;
    assert_eq!(not_opened(&app(folder.path())).await, None);

    fs::rename(&path, folder.path().join("elsewhere.ratebook")).unwrap();
    let later = app(folder.path());
    later.book_open_first(None).await.unwrap();
    let told = not_opened(&later).await.unwrap();
    assert_eq!(told.error.code, ErrorCode::Refused);
    assert_eq!(told.error.params["reason"], "file_missing");
}
