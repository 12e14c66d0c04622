//! The real window under Xvfb. Few tests, each a piece of work that a person would do.

use suite::e2e::{Start, Window};
use thirtyfour::error::WebDriverResult;

#[tokio::test]
async fn the_window_opens_and_says_something() -> WebDriverResult<()> {
    let window = Window::start(Start::default()).await?;
    window.find("body").await?;
    window.screenshot("start").await?;
    assert_eq!(window.page.title().await?, "Ratebook");
    assert!(!window.text().await?.trim().is_empty(), "an empty page");
    Ok(())
}
