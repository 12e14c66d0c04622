//! Which book the window starts on. It is opened while the page loads; commands wait for it.

use std::{env, path::PathBuf, sync::Arc};

use ratebook_api::{ApiError, App, Surroundings, user_of_this_machine, wire::Nothing};
use tauri::{Manager, async_runtime};
use tokio::sync::watch;

/// The use cases, once the first book is open.
pub struct Startup {
    app: Arc<App>,
    ready: watch::Receiver<bool>,
}

impl Startup {
    /// Begins to open the book that the command line, the environment or the last session names.
    pub fn begin(manager: &impl Manager<tauri::Wry>) -> tauri::Result<Startup> {
        let path = manager.path();
        let config_folder = match env::var_os("RATEBOOK_CONFIG_DIR") {
            Some(folder) => PathBuf::from(folder),
            None => path.app_config_dir()?,
        };
        let book_folder = path.document_dir().or_else(|_| path.home_dir())?;
        let surroundings = Surroundings::of_this_machine(config_folder, book_folder);
        let app = App::new(surroundings).acting_as(user_of_this_machine("window"));
        let app = Arc::new(app);
        let (done, ready) = watch::channel(false);
        let opening = Arc::clone(&app);
        async_runtime::spawn_blocking(move || {
            async_runtime::block_on(open_first(&opening));
            let _ = done.send(true);
            // The page is still loading: its first question is answered meanwhile.
            async_runtime::block_on(opening.look_ahead());
        });
        Ok(Startup { app, ready })
    }

    /// The use cases. Waits until the first book is open, so that the page never shows the screen
    /// of a new machine while the book is still being opened.
    pub async fn app(&self) -> Arc<App> {
        let mut ready = self.ready.clone();
        // The sender only goes away after it has sent: an error means ready as well.
        let _ = ready.wait_for(|is_ready| *is_ready).await;
        Arc::clone(&self.app)
    }
}

/// The book of last time. On a machine that never had one, `--sample` (how `make run` starts the
/// window) opens the sample book instead of the first screen.
async fn open_last(app: &App) -> Result<(), ApiError> {
    let wants_sample = env::args_os().any(|argument| argument == "--sample");
    if wants_sample && app.book_status(Nothing {}).await?.recent.is_empty() {
        return app.book_sample_open(Nothing {}).await.map(|_| ());
    }
    app.book_open_first(None).await
}

/// A book that cannot be opened is no reason not to start: the page then says so.
async fn open_first(app: &App) {
    let named = env::args_os()
        .skip(1)
        .find(|argument| !argument.to_string_lossy().starts_with('-'));
    let opened = match named.or_else(|| env::var_os("RATEBOOK_BOOK")) {
        Some(path) => app.book_open_first(Some(path.into())).await,
        None => open_last(app).await,
    };
    if let Err(error) = opened {
        eprintln!("Ratebook could not open the book: {error}");
    }
}
