//! The real window under Xvfb. Few tests, each a piece of work that a person would do.

use std::{fs, path::Path, process::Command};

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
    // 1,000 calls of 2,000 input tokens each; the duplicate and the refused row are not in it.
    assert!(
        text.contains("2,000,000"),
        "the quantity is not on the paper:\n{text}"
    );
    Ok(())
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
