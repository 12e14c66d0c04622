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
    let text = path.to_string_lossy();
    // A letter that no key has is put on a key first, and that takes the other side a moment.
    let delay = if text.is_ascii() { "5" } else { "40" };
    xdotool(display, &["type", "--delay", delay, &text]);
    thread::sleep(Duration::from_millis(300));
    let deadline = Instant::now() + PATIENCE;
    // The first Return may only take the completion that GTK offers.
    while xdotool(
        display,
        &["search", "--onlyvisible", "--name", &format!("^{title}$")],
    )
    .lines()
    .any(|line| line == id)
    {
        assert!(
            Instant::now() < deadline,
            "the dialog {title:?} does not close"
        );
        xdotool(display, &["key", "Return"]);
        thread::sleep(Duration::from_millis(400));
    }
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
