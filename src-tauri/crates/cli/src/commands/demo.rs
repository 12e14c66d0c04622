use crate::failure::Failure;
use crate::output::{money, quiet, runtime, table};
use crate::places::Places;
use clap::Args;
use ratebook_api::wire::{
    BookOpenRequest, InvoiceFinalizeRequest, InvoicePdfSaveRequest, InvoiceRow, Nothing,
};
use ratebook_api::{App, Surroundings, user_of_this_machine};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// A sample book from real traces, its invoices and their PDFs.
#[derive(Args)]
pub struct DemoArguments {
    /// The folder to write into; it is made when it does not exist.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Leaves the invoices as drafts, to try the bill run on.
    #[arg(long)]
    drafts: bool,
}

/// The months of the sample, oldest first: invoices are numbered in the order of finalizing.
const MONTHS: [&str; 3] = ["2026-08", "2026-09", "2026-10"];

pub fn run(places: &Places, arguments: &DemoArguments) -> Result<ExitCode, Failure> {
    let folder = &arguments.folder;
    let invoices = folder.join("invoices");
    fs::create_dir_all(&invoices)
        .map_err(|error| Failure::plain(format!("{}: {error}", invoices.display())))?;
    let months = if arguments.drafts {
        &MONTHS[..0]
    } else {
        &MONTHS[..]
    };
    let rows = runtime()?.block_on(make(folder, &invoices, months))?;
    let summary = summary(&rows);
    let file = folder.join("summary.txt");
    fs::write(&file, &summary)?;
    if places.json {
        println!(
            "{}",
            serde_json::to_string(&rows).map_err(|e| Failure::plain(e.to_string()))?
        );
    } else {
        print!("{summary}");
        println!();
        println!("book      {}", folder.join("sample.ratebook").display());
        println!("invoices  {}", invoices.display());
        println!("summary   {}", file.display());
    }
    Ok(ExitCode::SUCCESS)
}

async fn make(folder: &Path, invoices: &Path, months: &[&str]) -> Result<Vec<InvoiceRow>, Failure> {
    let book = folder.join("sample.ratebook");
    // The folder's own settings: the demo does not touch the list of recent books.
    let app = App::new(Surroundings::of_this_machine(
        folder.join("settings"),
        folder.to_owned(),
    ))
    .acting_as(user_of_this_machine("command_line"));
    if book.exists() {
        // The demo of last time makes room; a book that is no sample is refused and stays.
        app.book_open(BookOpenRequest {
            path: book.display().to_string(),
        })
        .await?;
        app.book_sample_remove(Nothing {}).await?;
    }
    app.book_sample_open(Nothing {}).await?;
    let mut rows = Vec::new();
    for month in months {
        let request = InvoiceFinalizeRequest {
            month: (*month).to_owned(),
            customer_ids: Vec::new(),
            job_id: "demo".to_owned(),
        };
        let done = app.invoice_finalize(request, quiet()).await?;
        if let Some(held) = done.held.first() {
            let why = held.held.join(", ");
            return Err(Failure::plain(format!(
                "{} {month} is held: {why}",
                held.customer
            )));
        }
        rows.extend(done.invoices);
    }
    let request = InvoicePdfSaveRequest {
        einvoice: None,
        ids: rows.iter().filter_map(|row| row.id.clone()).collect(),
        draft_customer_ids: Vec::new(),
        month: None,
        path: invoices.display().to_string(),
        job_id: "demo".to_owned(),
    };
    if !rows.is_empty() {
        app.invoice_pdf_save(request, quiet()).await?;
    }
    app.book_close(Nothing {}).await?;
    let _ = fs::remove_dir_all(folder.join("settings"));
    Ok(rows)
}

fn summary(rows: &[InvoiceRow]) -> String {
    let head = [
        "Number", "Month", "Customer", "Plan", "Net", "Total", "Margin",
    ];
    let body = rows.iter().map(|row| {
        let margin = row.margin.as_ref().map(|margin| format!("{} %", margin.0));
        vec![
            row.number.clone().unwrap_or_default(),
            row.month.clone(),
            row.customer.clone(),
            row.plan.clone(),
            money(&row.net),
            money(&row.total),
            margin.unwrap_or_default(),
        ]
    });
    table(&head, &body.collect::<Vec<_>>(), &[4, 5, 6])
}
