use crate::failure::Failure;
use ratebook_api::wire::{BookOpenRequest, Nothing};
use ratebook_api::{App, Surroundings, user_of_this_machine};
use std::env;
use std::path::PathBuf;

/// The identifier under which every system keeps the program's own files.
const IDENTIFIER: &str = "app.ratebook.desktop";

/// Where things are, and how to answer.
pub struct Places {
    /// The book that was named.
    pub book: Option<PathBuf>,
    /// Answers in JSON.
    pub json: bool,
}

impl Places {
    pub fn new(book: Option<PathBuf>, json: bool) -> Self {
        let named = env::var_os("RATEBOOK_BOOK").map(PathBuf::from);
        Self {
            book: book.or(named),
            json,
        }
    }

    /// The program without a book.
    pub fn app(&self) -> App {
        App::new(Surroundings::of_this_machine(
            config_folder(),
            book_folder(),
        ))
        .acting_as(user_of_this_machine("command_line"))
    }

    /// The program with the book that was named, or the one that was open last; `None` when there
    /// is neither.
    pub async fn open(&self) -> Result<Option<App>, Failure> {
        let app = self.app();
        match &self.book {
            Some(path) => {
                let path = path.display().to_string();
                app.book_open(BookOpenRequest { path }).await?;
            }
            None => {
                app.book_open_first(None).await?;
                if app.book_status(Nothing {}).await?.book.is_none() {
                    return Ok(None);
                }
            }
        }
        Ok(Some(app))
    }
}

impl Places {
    /// The program with a book; a failure that says how to name one when there is none.
    pub async fn need_book(&self) -> Result<App, Failure> {
        let app = self.open().await?;
        app.ok_or_else(|| {
            Failure::plain("no book is open; name one with --book FILE, or make one with `demo`")
        })
    }
}

/// The same folder that the window uses.
fn config_folder() -> PathBuf {
    if let Some(folder) = env::var_os("RATEBOOK_CONFIG_DIR") {
        return PathBuf::from(folder);
    }
    let base = if cfg!(target_os = "windows") {
        env::var_os("APPDATA").map(PathBuf::from)
    } else if cfg!(target_os = "macos") {
        home().map(|home| home.join("Library/Application Support"))
    } else {
        let named = env::var_os("XDG_CONFIG_HOME").map(PathBuf::from);
        named
            .filter(|folder| folder.is_absolute())
            .or_else(|| home().map(|home| home.join(".config")))
    };
    base.unwrap_or_default().join(IDENTIFIER)
}

fn book_folder() -> PathBuf {
    home()
        .map(|home| home.join("Documents"))
        .unwrap_or_default()
}

fn home() -> Option<PathBuf> {
    let name = if cfg!(target_os = "windows") {
        "USERPROFILE"
    } else {
        "HOME"
    };
    env::var_os(name).map(PathBuf::from)
}
