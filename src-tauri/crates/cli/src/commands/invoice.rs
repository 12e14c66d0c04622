mod credit;
mod drafts;
mod finish;
mod open;
mod pack;
mod pay;

use crate::failure::Failure;
use crate::output::{money, quiet, runtime, table};
use crate::places::Places;
use crate::words::missing;
use clap::{Args, Subcommand};
use ratebook_api::App;
use ratebook_api::wire::{
    DraftMark, EinvoiceFormat, InvoiceDraftMarkRequest, InvoiceFinalizeRequest, InvoiceListRequest,
    InvoicePdfSaveRequest, InvoiceRow, InvoiceState,
};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Invoices of a month.
#[derive(Args)]
pub struct InvoiceArguments {
    #[command(subcommand)]
    command: InvoiceCommand,
}

#[derive(Subcommand)]
enum InvoiceCommand {
    /// Drafts or finalizes the invoices of a month, and writes their PDFs.
    Run(RunArguments),
    /// Takes a final invoice back, whole or in part, by a credit note.
    Credit(credit::CreditArguments),
    /// What is owed: invoices of which something is open, and sums by age.
    Open(open::OpenArguments),
    /// Writes all that proves an invoice into one zip file.
    Pack(pack::PackArguments),
    /// Enters a payment of a final invoice, or money that went back.
    Pay(pay::PayArguments),
    /// Adds lines, a discount, notes and references to a draft.
    Adjust(drafts::AdjustArguments),
    /// Holds a draft with a reason: a run leaves it out.
    Hold(drafts::HoldArguments),
    /// Lets a held draft go.
    Release(drafts::MarkArguments),
    /// Says that a draft was looked at and is right; it is no longer held.
    Approve(drafts::MarkArguments),
    /// Voids a final invoice; its number stays used.
    Void(finish::VoidArguments),
    /// Gives up what is open of an invoice that will not be paid.
    WriteOff(finish::WriteOffArguments),
    /// Writes all documents of a month into a new folder with a manifest.
    Export(finish::ExportArguments),
}

#[derive(Args)]
struct RunArguments {
    /// The month, as 2026-10.
    #[arg(long, value_name = "MONTH")]
    period: String,
    /// Makes them final: numbers are given and nothing can be changed any more.
    #[arg(long)]
    finalize: bool,
    /// Finalizes drafts below the margin guard too; the reason is stored with each of them.
    #[arg(long, value_name = "TEXT", requires = "finalize")]
    reason: Option<String>,
    /// The folder for the PDFs.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Writes the final invoices as e-invoices too: inside of the PDFs (factur-x, zugferd), or as
    /// XML beside them. When one lacks what the format asks for, no file is written.
    #[arg(long, value_name = "FORMAT", value_parser = FORMATS, requires = "out")]
    einvoice: Option<String>,
}

/// What `--einvoice` takes: a PDF with XML inside (two names of one format), EN 16931 in CII or
/// UBL, XRechnung in both, Peppol.
const FORMATS: [&str; 7] = [
    "factur-x",
    "zugferd",
    "cii",
    "ubl",
    "xrechnung",
    "xrechnung-ubl",
    "peppol",
];

fn einvoice_format(word: &str) -> EinvoiceFormat {
    match word {
        "cii" => EinvoiceFormat::Cii,
        "ubl" => EinvoiceFormat::Ubl,
        "xrechnung" => EinvoiceFormat::Xrechnung,
        "xrechnung-ubl" => EinvoiceFormat::XrechnungUbl,
        "peppol" => EinvoiceFormat::Peppol,
        // clap lets nothing else through than `factur-x` and `zugferd`.
        _ => EinvoiceFormat::FacturX,
    }
}

pub fn run(places: &Places, arguments: &InvoiceArguments) -> Result<ExitCode, Failure> {
    match &arguments.command {
        InvoiceCommand::Run(arguments) => run_month(places, arguments),
        InvoiceCommand::Credit(arguments) => credit::run(places, arguments),
        InvoiceCommand::Open(arguments) => open::run(places, arguments),
        InvoiceCommand::Pack(arguments) => pack::run(places, arguments),
        InvoiceCommand::Pay(arguments) => pay::run(places, arguments),
        InvoiceCommand::Adjust(arguments) => drafts::adjust(places, arguments),
        InvoiceCommand::Hold(arguments) => drafts::hold(places, arguments),
        InvoiceCommand::Release(arguments) => drafts::release(places, arguments),
        InvoiceCommand::Approve(arguments) => drafts::approve(places, arguments),
        InvoiceCommand::Void(arguments) => finish::void(places, arguments),
        InvoiceCommand::WriteOff(arguments) => finish::write_off(places, arguments),
        InvoiceCommand::Export(arguments) => finish::export(places, arguments),
    }
}

fn run_month(places: &Places, arguments: &RunArguments) -> Result<ExitCode, Failure> {
    runtime()?.block_on(async {
        let app = places.need_book().await?;
        let month = arguments.period.clone();
        let mut held = Vec::new();
        if let Some(reason) = &arguments.reason {
            accept_margins(&app, &month, reason).await?;
        }
        if arguments.finalize {
            let request = InvoiceFinalizeRequest {
                month: month.clone(),
                customer_ids: Vec::new(),
                job_id: "run".to_owned(),
            };
            held = app.invoice_finalize(request, quiet()).await?.held;
        }
        let list = app
            .invoice_list(InvoiceListRequest {
                month: Some(month.clone()),
            })
            .await?;
        if let Some(folder) = &arguments.out {
            let einvoice = arguments.einvoice.as_deref().map(einvoice_format);
            write(&app, &list.rows, &month, einvoice, folder).await?;
        }
        if places.json {
            let text = serde_json::to_string(&list.rows);
            println!(
                "{}",
                text.map_err(|error| Failure::plain(error.to_string()))?
            );
        } else {
            print!("{}", overview(&list.rows));
        }
        // What cannot be computed stops nobody else, and is said whether or not it was to be final.
        let broken = list.rows.iter().filter(|row| row.fault.is_some());
        let others = held.iter().filter(|row| row.fault.is_none());
        let all: Vec<&InvoiceRow> = broken.chain(others).collect();
        for row in &all {
            let why = match &row.fault {
                Some(fault) => fault.clone(),
                None if row.held.is_empty() => "the month is not over".to_owned(),
                None => crate::words::drafts::held(row),
            };
            eprintln!("ratebook: {} is held: {why}", row.customer);
            for fault in &row.einvoice_faults {
                eprintln!("  {}", missing(fault));
            }
        }
        Ok(if all.is_empty() {
            ExitCode::SUCCESS
        } else {
            ExitCode::from(2)
        })
    })
}

/// Accepts the margins of drafts that nothing else holds back.
async fn accept_margins(app: &App, month: &str, reason: &str) -> Result<(), Failure> {
    let request = InvoiceListRequest {
        month: Some(month.to_owned()),
    };
    let rows = app.invoice_list(request).await?.rows;
    let below = rows.iter().filter(|row| row.held == ["below_guard"]);
    let request = InvoiceDraftMarkRequest {
        customer_ids: below.map(|row| row.customer_id.clone()).collect(),
        month: month.to_owned(),
        mark: DraftMark::AcceptMargin,
        reason: reason.to_owned(),
    };
    app.invoice_draft_mark(request).await?;
    Ok(())
}

async fn write(
    app: &App,
    rows: &[InvoiceRow],
    month: &str,
    einvoice: Option<EinvoiceFormat>,
    folder: &Path,
) -> Result<(), Failure> {
    std::fs::create_dir_all(folder)
        .map_err(|error| Failure::plain(format!("{}: {error}", folder.display())))?;
    let finals = rows
        .iter()
        .filter(|row| row.state == InvoiceState::Finalized);
    let drafts = rows.iter().filter(|row| row.state == InvoiceState::Draft);
    let request = InvoicePdfSaveRequest {
        ids: finals.filter_map(|row| row.id.clone()).collect(),
        draft_customer_ids: drafts.map(|row| row.customer_id.clone()).collect(),
        month: Some(month.to_owned()),
        einvoice,
        path: folder.display().to_string(),
        job_id: "pdf".to_owned(),
    };
    app.invoice_pdf_save(request, quiet()).await?;
    Ok(())
}

fn overview(rows: &[InvoiceRow]) -> String {
    let body = rows.iter().map(|row| {
        let state = match row.state {
            InvoiceState::Draft => "draft".to_owned(),
            InvoiceState::Held => format!("held: {}", row.held.join(", ")),
            InvoiceState::Finalized => "finalized".to_owned(),
            InvoiceState::Void => "void".to_owned(),
        };
        vec![
            row.number.clone().unwrap_or_default(),
            row.customer.clone(),
            money(&row.net),
            money(&row.total),
            state,
        ]
    });
    let head = ["Number", "Customer", "Net", "Total", "State"];
    table(&head, &body.collect::<Vec<_>>(), &[2, 3])
}
