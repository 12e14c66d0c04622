//! The real window under Xvfb. Few tests, each a piece of work that a person would do.

use suite::e2e::{Start, Window};
use thirtyfour::error::WebDriverResult;

#[tokio::test]
async fn a_new_machine_is_offered_a_book() -> WebDriverResult<()> {
    let window = Window::start(Start::default()).await?;
    window.wait_for_text("Open the sample book").await?;
    window.screenshot("first-run").await?;
    assert_eq!(window.page.title().await?, "Ratebook");
    Ok(())
}
