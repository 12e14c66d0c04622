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

/// Keys lead through the grid, F2 opens a price and Esc leaves it as it is; of a pasted table with
/// one bad cell nothing is staged, and the cell is named.
#[tokio::test]
async fn keys_lead_through_the_grid_and_a_bad_cell_is_named() -> WebDriverResult<()> {
    let window = Window::start(Start::default()).await?;
    window.click("button", "Open sample book").await?;
    window.wait_for_text("Sample data").await?;
    window.go(GRID).await?;
    let input = "input_tokens";
    click(&window, HAIKU, input).await?;
    let (start, dimension) = cursor(&window).await?;
    assert_eq!(dimension, input);
    window.press(Key::End + "").await?;
    let (line, last) = cursor(&window).await?;
    assert_eq!(line, start);
    assert_ne!(last, input);
    window.press(Key::Home + "").await?;
    assert_eq!(cursor(&window).await?, (start, String::new()));
    window.press(Key::PageDown + "").await?;
    let (below, _) = cursor(&window).await?;
    assert!(below > start, "{below} {start}");
    window.press(Key::PageUp + "").await?;
    assert!(cursor(&window).await?.0 < below);
    window.press(Key::Control + "a").await?;
    window.wait_for_text("selected").await?;
    window.press(Key::Escape).await?;

    window.press(Key::Control + Key::Home).await?;
    assert_eq!(cursor(&window).await?, (0, String::new()));
    click(&window, HAIKU, input).await?;
    let before = said(&window, HAIKU, input).await?;
    window.press(Key::F2 + "").await?;
    window
        .by_role("combobox", "Price of claude-haiku-4-5, Input")
        .await?;
    window.press(Key::Control + "a").await?;
    window.press("99").await?;
    window.press(Key::Escape).await?;
    window.wait_until_gone("combobox").await?;
    assert_eq!(said(&window, HAIKU, input).await?, before);

    click(&window, HAIKU, input).await?;
    window.page.execute(PASTE, Vec::new()).await?;
    window
        .wait_for_text("1 row, from the selected cell on.")
        .await?;
    window.wait_for_text("Row 1, column 2:").await?;
    window.wait_for_text("soon").await?;
    window.screenshot("grid-paste-bad-cell").await?;
    window.press(Key::Escape).await?;
    window.wait_until_gone("dialog").await?;
    assert_eq!(said(&window, HAIKU, input).await?, before);
    Ok(())
}

/// What a spreadsheet gives: a table, and the same as text.
const PASTE: &str = r#"
    const data = new DataTransfer();
    data.setData("text/plain", "3\tsoon");
    data.setData("text/html", "<table><tr><td>3</td><td>soon</td></tr></table>");
    const grid = document.querySelector("[role=grid]");
    grid.focus();
    const how = { bubbles: true, cancelable: true, clipboardData: data };
    const event = new ClipboardEvent("paste", how);
    grid.dispatchEvent(event);
"#;

/// Line and column of the cursor; no column on the names.
async fn cursor(window: &Window) -> WebDriverResult<(u32, String)> {
    tokio::time::sleep(Duration::from_millis(200)).await;
    again(async || {
        let grid = window.find("[role=grid]").await?;
        let id = grid
            .attr("aria-activedescendant")
            .await?
            .unwrap_or_default();
        let cell = window.find(&format!("[id='{id}']")).await?;
        let line = cell.attr("data-line").await?.unwrap_or_default();
        let dimension = cell.attr("data-dimension").await?.unwrap_or_default();
        Ok((line.parse().unwrap_or(u32::MAX), dimension))
    })
    .await
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
