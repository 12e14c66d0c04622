//! A price book from a file: what it says is staged, and nothing is published.

use super::to_json;
use crate::failure::Failure;
use crate::places::Places;
use crate::words::price_fault;
use ratebook_api::App;
use ratebook_api::wire::{PriceBookImportRequest, PriceBookMissing};

/// Stages a price book, all of it or nothing.
pub(super) async fn run(
    app: &App,
    places: &Places,
    path: &str,
    missing: PriceBookMissing,
) -> Result<(), Failure> {
    let request = PriceBookImportRequest {
        path: path.to_owned(),
        missing,
    };
    let reply = app.price_book_import(request).await?;
    if !reply.staged {
        let lines = reply.faults.iter();
        let lines = lines.map(|one| format!("  line {}: {}", one.line.0, price_fault(&one.fault)));
        let named: Vec<String> = lines.collect();
        return Err(Failure::plain(format!(
            "{path}: {} faults; nothing was staged\n{}",
            reply.fault_count.0,
            named.join("\n")
        )));
    }
    if places.json {
        println!("{}", to_json(&reply)?);
    } else {
        println!(
            "{path}: {} rules, {} changes staged; `ratebook publish` shows them, and \
             publishes them with --reason",
            reply.rules.0, reply.changed.0
        );
    }
    Ok(())
}
