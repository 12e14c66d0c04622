//! The price grid under somebody's hands: what is copied, pasted and filled is staged.

use std::time::Duration;

use suite::e2e::{Start, Window};
use thirtyfour::error::{WebDriverError, WebDriverErrorInner, WebDriverResult};
use thirtyfour::{By, Key, WebElement};

const GRID: &str = "/prices?search=claude&provider=anthropic&view=sell&show=used";

/// Once more where the grid was drawn anew in between.
async fn again<T>(work: impl AsyncFn() -> WebDriverResult<T>) -> WebDriverResult<T> {
    for _ in 0..30 {
        match work().await {
            Err(error) if is_stale(&error) => tokio::time::sleep(Duration::from_millis(100)).await,
            done => return done,
        }
    }
    work().await
}

fn is_stale(error: &WebDriverError) -> bool {
    let error = error.as_inner();
    matches!(error, WebDriverErrorInner::StaleElementReference(_))
}

async fn click(window: &Window, model: &str, dimension: &str) -> WebDriverResult<()> {
    again(async || cell(window, model, dimension).await?.click().await).await
}

/// The cell of a model, found by its row.
async fn cell(window: &Window, model: &str, dimension: &str) -> WebDriverResult<WebElement> {
    let name = format!("[role=rowheader][title='{model}']");
    let row = window.find(&name).await?;
    let line = row.attr("data-line").await?.unwrap_or_default();
    let css = format!("[data-line='{line}'][data-dimension='{dimension}']");
    window.find(&css).await
}

#[tokio::test]
async fn a_range_is_copied_pasted_and_filled() -> WebDriverResult<()> {
    let window = Window::start(Start::default()).await?;
    window.click("button", "Open sample book").await?;
    window.wait_for_text("Sample data").await?;
    window.go(GRID).await?;
    click(&window, HAIKU, "input_tokens").await?;
    window.press(Key::Shift + Key::Right).await?;
    window.press(Key::Control + "c").await?;
    window.wait_for_text("Copied").await?;
    let (input, output) = ("input_tokens", "output_tokens");
    click(&window, OPUS, input).await?;
    window.press(Key::Control + "v").await?;
    // Shown as it is understood before anything is staged.
    window
        .wait_for_text("1 row, from the selected cell on.")
        .await?;
    window.wait_for_text("Stage 2 prices").await?;
    window.screenshot("grid-paste").await?;
    window.press_primary().await?;
    window.wait_for_text("Staged 2 prices").await?;
    window.wait_until_gone("dialog").await?;
    assert_eq!(
        said(&window, OPUS, input).await?,
        ("here".into(), "1.1180".into())
    );
    assert_eq!(
        said(&window, OPUS, output).await?,
        ("here".into(), "5.5900".into())
    );

    // The corner of the pasted range fills the row below, as one step; Esc gives a drag up.
    click(&window, OPUS, input).await?;
    window.press(Key::Shift + Key::Right).await?;
    let below = cell(&window, SONNET, output).await?;
    let before = said(&window, SONNET, output).await?;
    drag_corner(&window, &below).await?;
    window.press(Key::Escape).await?;
    window.page.action_chain().release().perform().await?;
    assert_eq!(said(&window, SONNET, output).await?, before);
    window.wait_for_text("Review 2 changes").await?;
    drag_corner(&window, &below).await?;
    window.screenshot("grid-fill").await?;
    window.page.action_chain().release().perform().await?;
    window.wait_for_text("Filled down: 2 prices").await?;
    window.wait_for_text("Review 4 changes").await?;
    assert_eq!(
        said(&window, SONNET, output).await?,
        ("here".into(), "5.5900".into())
    );
    window.press(Key::Control + "z").await?;
    window.wait_for_text("Review 2 changes").await?;
    assert_eq!(said(&window, SONNET, output).await?, before);

    // Delete takes the own price away, and the rule applies again.
    click(&window, OPUS, input).await?;
    window.press(Key::Delete).await?;
    window
        .wait_for_text("1 price: the rule applies again")
        .await?;
    window.wait_for_text("Review 1 change").await?;
    assert_eq!(said(&window, OPUS, input).await?.1, "4.9880");
    Ok(())
}

const HAIKU: &str = "claude-haiku-4-5";
const OPUS: &str = "claude-opus-5-5";
const SONNET: &str = "claude-sonnet-5-5";

/// How a cell is staged, and what it says.
async fn said(window: &Window, model: &str, dimension: &str) -> WebDriverResult<(String, String)> {
    // Rows are drawn anew when the answer to an edit is there.
    tokio::time::sleep(Duration::from_millis(600)).await;
    again(async || {
        let found = cell(window, model, dimension).await?;
        let staged = found.attr("data-staged").await?.unwrap_or_default();
        let shown = found.find(By::Css("[class*=value]")).await?;
        Ok((staged, shown.text().await?))
    })
    .await
}

/// Takes the handle in the corner of the selection to a cell and holds it there.
async fn drag_corner(window: &Window, to: &WebElement) -> WebDriverResult<()> {
    let handle = window.find("[data-act=fill]").await?;
    let chain = window.page.action_chain();
    let chain = chain.move_to_element_center(&handle).click_and_hold();
    chain.move_to_element_center(to).perform().await
}
