mod price_book;
mod prices;

use crate::failure::Failure;
use crate::output::{runtime, table};
use crate::places::Places;
use clap::Args;
use ratebook_api::wire::{
    MappingText, PriceBookMissing, Progress, UsageImportPreviewRequest, UsageImportReport,
    UsageImportRunRequest,
};
use ratebook_api::{App, Report};
use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

/// Usage files, provider price tables or a price book into the book.
#[derive(Args)]
pub struct ImportArguments {
    /// The files; a price table may also be an address that begins with https://.
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// canonical, litellm, openrouter, openrouter-activity, stripe, table, prices, price-book.
    #[arg(long, default_value = "auto")]
    format: String,
    /// What the columns of a table mean: a JSON file, as `--print-mapping` writes it.
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    /// Price tables: prints what they would change, and imports nothing.
    #[arg(long)]
    dry_run: bool,
    /// Price tables: takes whatever differs, what is asked about and what vanished too.
    #[arg(long)]
    accept_all: bool,
    /// Price books: rules that the file does not name end.
    #[arg(long)]
    end_missing: bool,
    /// Prints the mapping that would be used for the first file, and imports nothing.
    #[arg(long)]
    print_mapping: bool,
    /// Customer of all rows, for a table without such a column.
    #[arg(long)]
    customer: Option<String>,
    /// Provider of all rows.
    #[arg(long)]
    provider: Option<String>,
    /// Model of all rows.
    #[arg(long)]
    model: Option<String>,
    /// Source of all rows: half of each event's identity.
    #[arg(long)]
    source: Option<String>,
}

pub fn run(places: &Places, arguments: &ImportArguments) -> Result<ExitCode, Failure> {
    runtime()?.block_on(async {
        let app = places.need_book().await?;
        let mut faults = false;
        for file in &arguments.files {
            let path = file.display().to_string();
            if file.as_os_str() == "-" {
                return Err(Failure::plain("import reads files, not standard input"));
            }
            if is_price_book(arguments, &path) {
                let missing = if arguments.end_missing {
                    PriceBookMissing::End
                } else {
                    PriceBookMissing::Keep
                };
                price_book::run(&app, places, &path, missing).await?;
                continue;
            }
            if is_table(arguments, &path) {
                prices::run(&app, places, arguments, &path).await?;
                continue;
            }
            let (mapping, is_prices) = look(&app, arguments, &path).await?;
            if arguments.print_mapping {
                let mapping = mapping.ok_or_else(|| {
                    Failure::plain(format!("{path} is of a known format and needs no mapping"))
                })?;
                println!("{}", to_json(&mapping)?);
                return Ok(ExitCode::SUCCESS);
            }
            if is_prices {
                prices::run(&app, places, arguments, &path).await?;
                continue;
            }
            let request = UsageImportRunRequest {
                path: path.clone(),
                format: arguments.format.clone(),
                mapping,
                job_id: path.clone(),
            };
            let report = app.usage_import_run(request, progress()).await?;
            faults |= report.rejected.0 > 0 || report.conflict.0 > 0;
            print(places, &report)?;
        }
        // All that could be stored is stored; a script should still notice that rows were left out.
        Ok(if faults {
            ExitCode::from(2)
        } else {
            ExitCode::SUCCESS
        })
    })
}

/// Whether a file is a price book: of what can be imported only that is written in TOML.
fn is_price_book(arguments: &ImportArguments, path: &str) -> bool {
    let is_toml = path.to_lowercase().ends_with(".toml");
    arguments.format == "price-book" || (arguments.format == "auto" && is_toml)
}

/// Whether a file is a price table by what was said of it, before it is looked at.
fn is_table(arguments: &ImportArguments, path: &str) -> bool {
    let start = path.get(..8).unwrap_or(path).to_lowercase();
    arguments.format == "prices" || start.starts_with("http://") || start.starts_with("https://")
}

/// The mapping for a table of one's own, and whether the file is a price table.
async fn look(
    app: &App,
    arguments: &ImportArguments,
    path: &str,
) -> Result<(Option<MappingText>, bool), Failure> {
    let given = match &arguments.mapping {
        None => None,
        Some(file) => {
            let named = |error: String| Failure::plain(format!("{}: {error}", file.display()));
            let text = std::fs::read_to_string(file).map_err(|error| named(error.to_string()))?;
            Some(serde_json::from_str(&text).map_err(|error| named(error.to_string()))?)
        }
    };
    let request = UsageImportPreviewRequest {
        path: path.to_owned(),
        format: arguments.format.clone(),
        mapping: given,
    };
    let preview = app.usage_import_preview(request).await?;
    let mapping = preview.mapping.map(|mapping| MappingText {
        customer: arguments.customer.clone().or(mapping.customer),
        provider: arguments.provider.clone().or(mapping.provider),
        model: arguments.model.clone().or(mapping.model),
        source: arguments.source.clone().or(mapping.source),
        ..mapping
    });
    Ok((mapping, preview.is_price_table))
}

/// Written over itself on a terminal; nothing where nobody looks.
fn progress() -> Report {
    if !std::io::stderr().is_terminal() {
        return crate::output::quiet();
    }
    Arc::new(|at: Progress| {
        let percent = at.total.filter(|total| total.0 > 0);
        let percent = percent.map_or(0, |total| at.done.0.saturating_mul(100) / total.0);
        let rows = at.note.map_or(0, |rows| rows.0);
        eprint!("\r{} {percent} % {rows} rows\x1b[K\r", at.stage);
        let _ = std::io::stderr().flush();
    })
}

fn print(places: &Places, report: &UsageImportReport) -> Result<(), Failure> {
    if places.json {
        println!("{}", to_json(report)?);
        return Ok(());
    }
    println!(
        "{} ({}): {} accepted, {} duplicate, {} conflict, {} rejected",
        report.file,
        report.format,
        report.accepted.0,
        report.duplicate.0,
        report.conflict.0,
        report.rejected.0
    );
    let rows = report.issues.iter().map(|issue| {
        let params = issue
            .params
            .iter()
            .map(|fact| format!("{}={}", fact.key, fact.value));
        vec![
            format!("line {}", issue.line.0),
            issue.field.clone(),
            issue.code.clone(),
            params.collect::<Vec<_>>().join(" "),
        ]
    });
    let rows: Vec<Vec<String>> = rows.collect();
    if !rows.is_empty() {
        print!("{}", table(&["Where", "Field", "Why", ""], &rows, &[]));
    }
    Ok(())
}

fn to_json<T: serde::Serialize>(value: &T) -> Result<String, Failure> {
    serde_json::to_string(value).map_err(|error| Failure::plain(error.to_string()))
}
