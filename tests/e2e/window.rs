//! One window of Ratebook, started on a book of its own.

use std::{
    env, fs,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use thirtyfour::{
    By, Capabilities, Key, WebDriver, WebElement,
    error::{WebDriverError, WebDriverErrorInner, WebDriverResult},
    extensions::query::ElementQueryable,
};

use super::{dialog, processes};
use crate::repository::root;

// Two windows at once on a busy machine of two cores: it is asked whether, not how soon.
const PATIENCE: Duration = Duration::from_secs(45);
const GLANCE: Duration = Duration::from_millis(50);

/// How to start a window.
pub struct Start {
    /// Size of the display in pixels; the window is made to fill it.
    pub size: (u32, u32),
    /// The book to open; without one the window starts as on a new machine.
    pub book: Option<PathBuf>,
    /// The program; the development build unless told otherwise.
    pub program: PathBuf,
}

impl Default for Start {
    fn default() -> Start {
        Start {
            size: (1440, 900),
            book: None,
            program: program("ratebook-desktop"),
        }
    }
}

/// A running window. Dropping it closes it and removes its settings.
pub struct Window {
    /// For what is not wrapped here.
    pub page: WebDriver,
    display: processes::Display,
    _driver: processes::Group,
    folder: Folder,
}

impl Window {
    /// Starts a window on a display of its own and waits until its page is there.
    pub async fn start(start: Start) -> WebDriverResult<Window> {
        assert!(
            start.program.exists(),
            "{}: build it first",
            start.program.display()
        );
        let folder = Folder::new();
        let display = processes::Display::start(start.size.0, start.size.1);
        let mut environment = vec![("RATEBOOK_CONFIG_DIR".to_owned(), folder.text("config"))];
        for name in ["HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"] {
            environment.push((name.to_owned(), folder.text(name)));
        }
        if let Some(book) = &start.book {
            environment.push((
                "RATEBOOK_BOOK".to_owned(),
                book.to_string_lossy().into_owned(),
            ));
        }
        let mut capabilities = Capabilities::default();
        let options = serde_json::json!({ "binary": start.program, "args": [] });
        capabilities.set("webkitgtk:browserOptions", options)?;
        let mut tries = 0;
        // The driver now and then closes the connection instead of opening a window. A program
        // that does not start is another error, and is not tried again.
        let (driver, page) = loop {
            tries += 1;
            let (driver, port) = processes::driver(&display, &environment);
            let address = format!("http://127.0.0.1:{port}");
            match WebDriver::new(address, capabilities.clone()).await {
                Ok(page) => break (driver, page),
                Err(error) if tries < 3 && is_lost(&error) => {}
                Err(error) => return Err(error),
            }
        };
        page.set_window_rect(0, 0, start.size.0, start.size.1)
            .await?;
        Ok(Window {
            page,
            display,
            _driver: driver,
            folder,
        })
    }

    /// The element found by a CSS selector, once it is there and shown.
    pub async fn find(&self, css: &str) -> WebDriverResult<WebElement> {
        self.page
            .query(By::Css(css))
            .wait(PATIENCE, GLANCE)
            .and_displayed()
            .first()
            .await
    }

    /// The element with this ARIA role (given or implied) and this accessible name. Its text may go
    /// on, as that of a button does which shows its key.
    pub async fn by_role(&self, role: &str, name: &str) -> WebDriverResult<WebElement> {
        let quoted = xpath_text(name);
        let named = format!("[@aria-label={quoted} or starts-with(normalize-space(.), {quoted})]");
        let path = roles(role)
            .iter()
            .map(|tag| format!("//{tag}{named}"))
            .collect::<Vec<_>>();
        let by = By::XPath(path.join(" | "));
        let deadline = tokio::time::Instant::now() + PATIENCE;
        loop {
            let found = self.page.find_all(by.clone()).await?;
            for element in &found {
                if element.is_displayed().await.unwrap_or(false) {
                    return Ok(element.clone());
                }
            }
            // What lies wholly below the edge of its column counts as hidden for the driver.
            for element in &found {
                let _ = element.scroll_into_view().await;
            }
            assert!(
                tokio::time::Instant::now() < deadline,
                "there is no {role} {name:?} to be seen, {} hidden:\n{}",
                found.len(),
                self.text().await?
            );
            tokio::time::sleep(GLANCE).await;
        }
    }

    /// Clicks what [`Window::by_role`] finds.
    pub async fn click(&self, role: &str, name: &str) -> WebDriverResult<()> {
        let deadline = tokio::time::Instant::now() + PATIENCE;
        // Asked anew each time: what is drawn again while one waits is another element.
        while !self
            .by_role(role, name)
            .await?
            .is_enabled()
            .await
            .unwrap_or(false)
        {
            let waited = tokio::time::Instant::now() >= deadline;
            assert!(
                !waited,
                "the {role} {name:?} stays disabled:\n{}",
                self.text().await?
            );
            tokio::time::sleep(GLANCE).await;
        }
        // What still slides into its place cannot be hit yet, and what is half below an edge counts
        // as seen for the driver although its middle is covered: scroll it whole into its place.
        loop {
            let element = self.by_role(role, name).await?;
            let done = match element.scroll_into_view().await {
                Ok(()) => element.click().await,
                Err(gone) => Err(gone),
            };
            if !self.waits(&done, deadline, name).await? {
                return done;
            }
        }
    }

    /// Whether to try once more after this: what is moving or going away can be used soon.
    async fn waits(
        &self,
        done: &WebDriverResult<()>,
        deadline: tokio::time::Instant,
        what: &str,
    ) -> WebDriverResult<bool> {
        let Err(error) = done else { return Ok(false) };
        let is_moving = matches!(
            error.as_inner(),
            WebDriverErrorInner::ElementNotInteractable(_)
                | WebDriverErrorInner::ElementClickIntercepted(_)
                | WebDriverErrorInner::StaleElementReference(_)
        );
        if is_moving {
            assert!(
                tokio::time::Instant::now() < deadline,
                "{what:?} cannot be used:\n{}",
                self.text().await?
            );
            tokio::time::sleep(GLANCE).await;
        }
        Ok(is_moving)
    }

    /// Clicks the first place that says exactly this, with the pointer: the driver takes a text cut
    /// off by its column for hidden and would refuse to click it.
    pub async fn click_text(&self, text: &str) -> WebDriverResult<()> {
        let by = By::XPath(format!(
            "//*[text()[normalize-space(.)={}]]",
            xpath_text(text)
        ));
        let deadline = tokio::time::Instant::now() + PATIENCE;
        loop {
            let query = self.page.query(by.clone()).wait(PATIENCE, GLANCE);
            let element = query.first().await?;
            let click = self.page.action_chain().click_element(&element);
            let done = click.perform().await;
            if !self.waits(&done, deadline, text).await? {
                return done;
            }
        }
    }

    /// Presses the key of the primary action of the screen or of the dialog that is open.
    pub async fn press_primary(&self) -> WebDriverResult<()> {
        self.press(Key::Control + Key::Enter).await
    }

    /// Clears the field with this label and types into it.
    pub async fn fill(&self, label: &str, text: &str) -> WebDriverResult<()> {
        let quoted = xpath_text(label);
        let path = format!(
            "//input[@aria-label={quoted}] | //textarea[@aria-label={quoted}] | \
             //*[@id=//label[normalize-space(.)={quoted}]/@for]"
        );
        let deadline = tokio::time::Instant::now() + PATIENCE;
        loop {
            // The screen before may still have a field of this name, and take it away.
            let done = self.fill_once(&path, text).await;
            if !self.waits(&done, deadline, label).await? {
                return done;
            }
        }
    }

    async fn fill_once(&self, path: &str, text: &str) -> WebDriverResult<()> {
        let query = self.page.query(By::XPath(path));
        let field = query.wait(PATIENCE, GLANCE).and_displayed().first().await?;
        // The driver would not scroll to what lies under the bar that saves.
        let middle = "arguments[0].scrollIntoView({block: 'center'})";
        self.page.execute(middle, vec![field.to_json()?]).await?;
        field.click().await?;
        field.send_keys(Key::Control + "a").await?;
        field.send_keys(text).await
    }

    /// Presses keys wherever the focus is, for example `Key::Control + "k"`.
    pub async fn press(&self, keys: impl Into<thirtyfour::TypingData>) -> WebDriverResult<()> {
        let keys: String = keys.into().as_vec().into_iter().collect();
        let deadline = tokio::time::Instant::now() + PATIENCE;
        // What has the focus may be on its way out, with the dialog that it stands in.
        loop {
            let focused = self.page.active_element().await?;
            let done = focused.send_keys(keys.as_str()).await;
            if !self.waits(&done, deadline, &keys).await? {
                return done;
            }
        }
    }

    /// Waits until this text stands somewhere on the page; fails with what stands there instead.
    pub async fn wait_for_text(&self, text: &str) -> WebDriverResult<()> {
        let deadline = tokio::time::Instant::now() + PATIENCE;
        loop {
            let shown = self.text().await?;
            if shown.contains(text) {
                return Ok(());
            }
            assert!(
                tokio::time::Instant::now() < deadline,
                "the page does not say {text:?}, it says:\n{shown}"
            );
            tokio::time::sleep(GLANCE).await;
        }
    }

    /// Waits until nothing of this role is left on the page, such as the dialog that just did its
    /// work.
    pub async fn wait_until_gone(&self, role: &str) -> WebDriverResult<()> {
        let by = By::Css(format!("[role={role}]"));
        let deadline = tokio::time::Instant::now() + PATIENCE;
        while !self.page.find_all(by.clone()).await?.is_empty() {
            assert!(
                tokio::time::Instant::now() < deadline,
                "the {role} stays:\n{}",
                self.text().await?
            );
            tokio::time::sleep(GLANCE).await;
        }
        Ok(())
    }

    /// All text on the page. Asked of the page itself: the driver leaves out what is cut off by
    /// the width of a column.
    pub async fn text(&self) -> WebDriverResult<String> {
        self.page
            .execute("return document.body.innerText;", vec![])
            .await?
            .convert()
    }

    /// Goes to an address inside the page, such as `/invoices?month=2026-10`.
    pub async fn go(&self, address: &str) -> WebDriverResult<()> {
        let script = "location.hash = arguments[0];";
        self.page
            .execute(script, vec![serde_json::json!(address)])
            .await?;
        Ok(())
    }

    /// Chooses a file in the system's open dialog with this title.
    pub fn choose(&self, title: &str, path: &Path) {
        dialog::enter_path(&self.display.name, title, path, false);
    }

    /// Gives the path in the system's save dialog with this title.
    pub fn save_as(&self, title: &str, path: &Path) {
        dialog::enter_path(&self.display.name, title, path, true);
    }

    /// Closes the system's dialog with this title.
    pub fn cancel(&self, title: &str) {
        dialog::cancel(&self.display.name, title);
    }

    /// Writes a picture of the page to `target/screenshots/NAME.png` and returns its path.
    pub async fn screenshot(&self, name: &str) -> WebDriverResult<PathBuf> {
        let path = root()
            .join("target/screenshots")
            .join(format!("{name}.png"));
        self.screenshot_to(&path).await?;
        Ok(path)
    }

    /// Writes a picture of the page.
    pub async fn screenshot_to(&self, path: &Path) -> WebDriverResult<()> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        // A picture is for eyes: let what has just appeared be drawn.
        tokio::time::sleep(Duration::from_millis(400)).await;
        self.page.screenshot(path).await
    }
}

/// Whether the driver itself went away.
fn is_lost(error: &WebDriverError) -> bool {
    matches!(error.as_inner(), WebDriverErrorInner::HttpError(_))
}

impl Drop for Window {
    fn drop(&mut self) {
        // Ending the driver ends the window. Left to itself the client would ask for the same
        // first, and wait two minutes for an answer from the thread that it blocks.
        let _ = self.page.clone().leak();
    }
}

impl Window {
    /// A path in this window's own folder, for files that the test makes.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.0.join(name)
    }
}

/// A program of the development build, or of the build that runs this code.
pub fn program(name: &str) -> PathBuf {
    let running = env::current_exe().unwrap_or_default();
    let built = running
        .ancestors()
        .find(|folder| folder.join(name).is_file());
    built.map_or_else(
        || root().join("target/debug").join(name),
        |folder| folder.join(name),
    )
}

/// A new folder below `target`, removed with everything in it.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Folder {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("{}-{number}", std::process::id());
        let path = root().join("target/e2e").join(name);
        fs::create_dir_all(path.join("HOME"))
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Folder(path)
    }

    fn text(&self, name: &str) -> String {
        self.0.join(name).to_string_lossy().into_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Elements that have this role: by attribute, or by what they are.
fn roles(role: &str) -> Vec<String> {
    let mut tags = vec![format!("*[@role='{role}']")];
    let implied: &[&str] = match role {
        "button" => &["button"],
        "link" => &["a"],
        "heading" => &["h1", "h2", "h3", "h4"],
        "cell" => &["td"],
        "columnheader" => &["th"],
        "checkbox" => &["input[@type='checkbox']"],
        _ => &[],
    };
    tags.extend(implied.iter().map(|tag| (*tag).to_owned()));
    tags
}

/// An XPath text literal; XPath has no escapes, so a text with both quotes is put together.
fn xpath_text(text: &str) -> String {
    if !text.contains('"') {
        return format!("\"{text}\"");
    }
    let parts: Vec<String> = text.split('"').map(|part| format!("\"{part}\"")).collect();
    format!("concat({})", parts.join(", '\"', "))
}
