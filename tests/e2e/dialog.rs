//! The system's own file dialogs, which WebDriver cannot see: driven by keys.

use std::{
    path::Path,
    process::Command,
    thread,
    time::{Duration, Instant},
};

const PATIENCE: Duration = Duration::from_secs(15);

/// Waits for a top-level window with exactly this title, gives it the focus and returns its id.
fn focus(display: &str, title: &str) -> String {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let pattern = format!("^{title}$");
        let found = xdotool(display, &["search", "--onlyvisible", "--name", &pattern]);
        if let Some(id) = found.lines().next() {
            xdotool(display, &["windowfocus", "--sync", id]);
            return id.to_owned();
        }
        assert!(
            Instant::now() < deadline,
            "no window named {title:?} on {display}"
        );
        thread::sleep(Duration::from_millis(50));
    }
}

/// Types `path` into the dialog with this title and confirms it; returns when the dialog is gone.
pub fn enter_path(display: &str, title: &str, path: &Path, is_save: bool) {
    let id = focus(display, title);
    // GTK takes a typed path at once in a save dialog; when opening, Ctrl+L shows the field.
    if !is_save {
        xdotool(display, &["key", "ctrl+l"]);
        thread::sleep(Duration::from_millis(200));
    }
    xdotool(display, &["key", "ctrl+a"]);
    type_text(display, &path.to_string_lossy());
    thread::sleep(Duration::from_millis(300));
    let deadline = Instant::now() + PATIENCE;
    // The first Return may only take the completion that GTK offers. One more is for the dialog
    // alone: while it goes away the keys are the page's again, and Return does something there.
    while is_open(display, title, &id) {
        assert!(
            Instant::now() < deadline,
            "the dialog {title:?} does not close"
        );
        if xdotool(display, &["getwindowfocus"]).trim() == id {
            xdotool(display, &["key", "Return"]);
        }
        let closing = Instant::now() + Duration::from_secs(2);
        while is_open(display, title, &id) && Instant::now() < closing {
            thread::sleep(Duration::from_millis(50));
        }
    }
}

/// Types a text. A letter that no key has is put on a key first and taken off again: the other side
/// needs a moment to see it there.
fn type_text(display: &str, text: &str) {
    let letters: Vec<char> = text.chars().collect();
    for part in letters.chunk_by(|a, b| a.is_ascii() == b.is_ascii()) {
        let is_ascii = part.iter().all(char::is_ascii);
        let delay = if is_ascii { "5" } else { "300" };
        let part: String = part.iter().collect();
        xdotool(display, &["type", "--delay", delay, &part]);
        if !is_ascii {
            thread::sleep(Duration::from_millis(300));
        }
    }
}

fn is_open(display: &str, title: &str, id: &str) -> bool {
    let pattern = format!("^{title}$");
    let found = xdotool(display, &["search", "--onlyvisible", "--name", &pattern]);
    found.lines().any(|line| line == id)
}

/// Closes the dialog with this title without choosing anything.
pub fn cancel(display: &str, title: &str) {
    focus(display, title);
    xdotool(display, &["key", "Escape"]);
}

fn xdotool(display: &str, arguments: &[&str]) -> String {
    match Command::new("xdotool")
        .args(arguments)
        .env("DISPLAY", display)
        .output()
    {
        Ok(output) => String::from_utf8_lossy(&output.stdout).into_owned(),
        Err(error) => panic!("xdotool: {error}: run src-tauri/scripts/need.sh test"),
    }
}
