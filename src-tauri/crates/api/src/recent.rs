use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

const KEEP: usize = 12;

/// The books opened before, in a small file of the program's own. A lost or damaged list costs a
/// convenience, never a book, so it is read forgivingly.
#[derive(Debug)]
pub(crate) struct Recent {
    file: PathBuf,
}

#[derive(Default, Serialize, Deserialize)]
struct Stored {
    v: u32,
    books: Vec<PathBuf>,
    #[serde(default)]
    last_closed: bool,
}

impl Recent {
    pub fn new(config_folder: &Path) -> Self {
        Self {
            file: config_folder.join("recent.json"),
        }
    }

    /// Newest first.
    pub fn list(&self) -> Vec<PathBuf> {
        self.load().books
    }

    /// The book to open at start, unless it was closed by hand.
    pub fn last(&self) -> Option<PathBuf> {
        let stored = self.load();
        if stored.last_closed {
            None
        } else {
            stored.books.into_iter().next()
        }
    }

    pub fn opened(&self, path: &Path) {
        let mut stored = self.load();
        stored.books.retain(|known| known != path);
        stored.books.insert(0, path.to_owned());
        stored.books.truncate(KEEP);
        stored.last_closed = false;
        self.save(&stored);
    }

    pub fn closed(&self) {
        let mut stored = self.load();
        stored.last_closed = true;
        self.save(&stored);
    }

    pub fn forget(&self, path: &Path) {
        let mut stored = self.load();
        stored.books.retain(|known| known != path);
        self.save(&stored);
    }

    fn load(&self) -> Stored {
        let text = std::fs::read(&self.file).unwrap_or_default();
        serde_json::from_slice(&text).unwrap_or_default()
    }

    fn save(&self, stored: &Stored) {
        let Ok(text) = serde_json::to_vec_pretty(&Stored {
            v: 1,
            books: stored.books.clone(),
            last_closed: stored.last_closed,
        }) else {
            return;
        };
        if let Some(folder) = self.file.parent() {
            let _ = std::fs::create_dir_all(folder);
        }
        // Written aside and renamed, so that a crash leaves the old list or the new one.
        let aside = self.file.with_extension("json.new");
        if std::fs::write(&aside, text).is_ok() {
            let _ = std::fs::rename(&aside, &self.file);
        }
    }
}
