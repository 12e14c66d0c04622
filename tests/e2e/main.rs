//! The real window under Xvfb. Few tests, each a piece of work that a person would do.

mod grid;

use std::{fs, path::Path, process::Command};

use suite::e2e::{Start, Window};
use thirtyfour::{Key, error::WebDriverResult};

#[tokio::test]
async fn a_new_machine_is_offered_a_book() -> WebDriverResult<()> {
    let window = Window::start(Start::default()).await?;
    window.wait_for_text("Open the sample book").await?;
    window.screenshot("first-run").await?;
    assert_eq!(window.page.title().await?, "Ratebook");
    Ok(())
}

/// The whole chain as a person does it: a usage file through the system's dialog, what it costs, a
/// draft with it, the final invoice, its PDF through the system's dialog, read back.
#[tokio::test]
async fn usage_becomes_an_invoice_on_paper() -> WebDriverResult<()> {
    let window = Window::start(Start::default()).await?;
    window.click("button", "Open sample book").await?;
    window.wait_for_text("Provider cost per day").await?;

    let usage = window.file("october.jsonl");
    fs::write(&usage, october())?;
    window.go("/usage/import").await?;
    window.click("button", "Choose a file").await?;
    window.choose("Choose a file", &usage);
    window.wait_for_text("All customers are known").await?;
    window.wait_for_text("All models are known").await?;
    window.screenshot("import-preview").await?;
    window.press_primary().await?;
    window.wait_for_text("Known already").await?;
    window.screenshot("import-report").await?;
    let report = window.text().await?;
    assert!(report.contains("Not taken"), "{report}");
    assert!(
        report.contains("-5"),
        "the refused row is not named: {report}"
    );

    window.go("/usage").await?;
    window.wait_for_text("gpt-5-nano").await?;

    window.go("/invoices?month=2026-10").await?;
    window.wait_for_text("Sable & Finch LLC").await?;
    window.screenshot("drafts").await?;
    window.click("button", "Finalize").await?;
    window.wait_for_text("This cannot be undone").await?;
    window.screenshot("finalize").await?;
    window.press_primary().await?;
    window.wait_for_text("invoices are final").await?;
    window.screenshot("final").await?;

    window.click_text("Sable & Finch LLC").await?;
    window.click("button", "Save PDF").await?;
    window.click("menuitem", "This document").await?;
    let paper = window.file("Rechnung für Sable.pdf");
    window.save_as("Save File", &paper);
    window.wait_for_text("Saved as").await?;
    let text = pdf_text(&paper);
    window.screenshot("saved").await?;
    for wanted in [
        "Halden Systems GmbH",
        "Sable & Finch LLC",
        "HS-2026-",
        "gpt-5-nano",
    ] {
        assert!(text.contains(wanted), "no {wanted:?} on the paper:\n{text}");
    }
    paid_and_taken_back(&window).await?;
    // 1,000 calls of 2,000 input tokens each; the duplicate and the refused row are not in it.
    assert!(
        text.contains("2,000,000"),
        "the quantity is not on the paper:\n{text}"
    );
    Ok(())
}

/// What is open is paid, and a credit note takes all of it back.
async fn paid_and_taken_back(window: &Window) -> WebDriverResult<()> {
    window.click("button", "Payment…").await?;
    window.wait_for_text("Day on the bank statement").await?;
    window.screenshot("payment").await?;
    window.press_primary().await?;
    window.wait_for_text("is paid.").await?;
    window.wait_until_gone("dialog").await?;
    window.click("button", "Credit note…").await?;
    window.fill("Reason", "Agreed by phone").await?;
    window.wait_for_text("To be paid back").await?;
    window.press_primary().await?;
    window.wait_for_text("is issued").await?;
    window.wait_for_text("All of it is taken back").await?;
    window.screenshot("paid-and-credited").await?;
    Ok(())
}

/// A formula typed into a cell is staged, reviewed and published, and undo takes it back. A new
/// plan with tiers is published, a customer is put on it, and the draft has it.
#[tokio::test]
async fn prices_and_plans_reach_the_drafts() -> WebDriverResult<()> {
    let window = Window::start(Start::default()).await?;
    window.click("button", "Open sample book").await?;
    window.wait_for_text("Provider cost per day").await?;
    a_price_in_a_cell(&window).await?;
    a_plan_with_tiers(&window).await?;
    the_customer_on_it(&window).await
}

const OPUS: &str = "/prices?search=claude-opus-5-5&provider=anthropic&view=sell\
                    &model=anthropic%2Fclaude-opus-5-5&dimension=output_tokens";

async fn a_price_in_a_cell(window: &Window) -> WebDriverResult<()> {
    window.go("/invoices?month=2026-10").await?;
    window.wait_for_text("$118.20").await?;
    window.wait_for_text("€701.57").await?;
    window.go(OPUS).await?;
    // $20.00 at 0.86, plus 45 %.
    window.wait_for_text("24.9400").await?;
    window
        .click("gridcell", "claude-opus-5-5, Output, sell 24.94")
        .await?;
    window.press(Key::Enter).await?;
    window
        .fill("Price of claude-opus-5-5, Output", "= cost * 1.6")
        .await?;
    window.wait_for_text("€27.52").await?;
    window.screenshot("price").await?;
    window.press(Key::Enter).await?;
    window.wait_for_text("27.5200").await?;
    // Pencil prices nothing, and it is there when one comes back.
    window.go("/invoices?month=2026-10").await?;
    window.wait_for_text("$118.20").await?;
    window.go(OPUS).await?;
    window.click("button", "Review 1 change").await?;
    window.wait_for_text("= cost * 1.6").await?;
    window.fill("Reason", "End the launch price").await?;
    // Backdated, so that the drafts of the month are priced again.
    let day = window.find("[role=dialog] [role=spinbutton]").await?;
    day.click().await?;
    let typing = window.page.action_chain().send_keys("01102026");
    typing.perform().await?;
    window.screenshot("review").await?;
    window.press_primary().await?;
    window
        .wait_for_text("v10 is published, from 1 Oct 2026.")
        .await?;
    window.wait_until_gone("dialog").await?;
    window.go("/invoices?month=2026-10").await?;
    // Kestrel Robotics' output of that model at 1.6 in place of 1.45.
    window.wait_for_text("€705.14").await?;
    window.go(OPUS).await?;
    window.wait_for_text("27.5200").await?;
    // Right where the person is: undo makes it pencil again, and then nothing.
    for undone in [
        "Publish version 10",
        "Date and reason of the draft",
        "Edit claude-opus-5-5 output_tokens",
    ] {
        window.wait_for_text(&format!("Undo: {undone}")).await?;
        window.press(Key::Control + "z").await?;
    }
    window.wait_for_text("24.9400").await?;
    window.go("/invoices?month=2026-10").await?;
    window.wait_for_text("€701.57").await
}

async fn a_plan_with_tiers(window: &Window) -> WebDriverResult<()> {
    window.go("/plans?create=true").await?;
    window.fill("Name", "Call tiers").await?;
    window.click("button", "Add usage").await?;
    window.fill("Name on the invoice", "Calls by tier").await?;
    window.click("button", "Per unit").await?;
    window.click("option", "Graduated").await?;
    window.click("button", "Add a tier").await?;
    window.fill("Tier 1: up to and including", "1000").await?;
    window.fill("Tier 1: price per unit", "0.05").await?;
    window.fill("Tier 1: flat fee", "10").await?;
    window.fill("Tier 2: price per unit", "0.03").await?;
    window.fill("Try a quantity", "2500").await?;
    // 1,000 at 0.05, 1,500 at 0.03, and the flat fee of the first tier.
    window.wait_for_text("€105.00").await?;
    window.press_primary().await?;
    window.wait_for_text("Call tiers is saved").await?;
    window.click("button", "Publish").await?;
    window
        .wait_for_text("Publish Call tiers, version 1")
        .await?;
    window.press_primary().await?;
    window.wait_for_text("cannot be changed").await?;
    window.screenshot("plan").await?;
    Ok(())
}

async fn the_customer_on_it(window: &Window) -> WebDriverResult<()> {
    window.go("/customers").await?;
    window.click_text("Alpenrad GmbH").await?;
    window.press(Key::Enter).await?;
    window.click("button", "Add").await?;
    window.click("button", "Choose a plan").await?;
    window.click("option", "Call tiers, version 1").await?;
    window.click("spinbutton", "day, ").await?;
    // Each part of a date leads to the next one; the driver would type into the first one only.
    let typing = window.page.action_chain().send_keys("01102026");
    typing.perform().await?;
    window.press_primary().await?;
    window
        .wait_for_text("Alpenrad GmbH is on Call tiers, version 1")
        .await?;
    // 4,763 calls: 60.00 for the first 1,000, 112.89 for the others, beside the 53.31 of before.
    window.go("/invoices?month=2026-10").await?;
    window.wait_for_text("€226.20").await?;
    window.click_text("Alpenrad GmbH").await?;
    window.wait_for_text("€172.89").await?;
    window.screenshot("tiers-in-draft").await?;
    window.press(Key::Control + "z").await?;
    window.wait_for_text("€53.31").await
}

/// 1,000 calls of one customer in October, the last one twice, and a row that cannot be.
fn october() -> String {
    let call = |n: u32, input: i32| {
        format!(
            "{{\"source\":\"e2e\",\"id\":\"e2e-{n}\",\"event_name\":\"llm.call\",\
             \"at\":\"2026-10-{:02}T10:00:00Z\",\"customer\":\"cus_sablefinch\",\
             \"provider\":\"openai\",\"model\":\"gpt-5-nano\",\
             \"quantities\":{{\"input_tokens\":{input},\"output_tokens\":100}}}}\n",
            n % 28 + 1
        )
    };
    let mut text: String = (0..1000).map(|n| call(n, 2000)).collect();
    text.push_str(&call(999, 2000));
    text.push_str(&call(1000, -5));
    text
}

fn pdf_text(path: &Path) -> String {
    let output = Command::new("pdftotext")
        .args(["-layout"])
        .arg(path)
        .arg("-")
        .output();
    let output = output.unwrap_or_else(|error| panic!("pdftotext: {error}"));
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout).into_owned()
}
