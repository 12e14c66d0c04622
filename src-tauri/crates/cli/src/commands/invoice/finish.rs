use super::credit::{invoice, print};
use super::einvoice_format;
use crate::failure::Failure;
use crate::output::{money, quiet, runtime};
use crate::places::Places;
use clap::Args;
use ratebook_api::wire::{
    InvoiceExportRequest, InvoiceReissueRequest, InvoiceVoidRequest, InvoiceWriteOffRequest,
    PaymentState,
};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Args)]
pub struct VoidArguments {
    /// The number of the invoice.
    number: String,
    /// Why; kept with the invoice.
    #[arg(long)]
    reason: String,
    /// Makes the month final anew at once, under the next number, which names the old one.
    #[arg(long)]
    reissue: bool,
}

#[derive(Args)]
pub struct WriteOffArguments {
    /// The number of the invoice.
    number: String,
    /// Why; kept with the invoice.
    #[arg(long)]
    reason: String,
    /// Takes the decision back: it is to be paid after all.
    #[arg(long)]
    reverse: bool,
}

#[derive(Args)]
pub struct ExportArguments {
    /// The month, as 2026-10.
    #[arg(long, value_name = "MONTH")]
    period: String,
    /// The folder, which must be new or empty.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Writes XML too.
    #[arg(long, value_name = "FORMAT", value_parser = super::FORMATS)]
    einvoice: Option<String>,
}

/// Voids an invoice, and makes it anew where that is asked for.
pub fn void(places: &Places, arguments: &VoidArguments) -> Result<ExitCode, Failure> {
    runtime()?.block_on(async {
        let app = places.need_book().await?;
        let id = invoice(&app, &arguments.number).await?;
        let reason = arguments.reason.clone();
        if !arguments.reissue {
            let reply = app.invoice_void(InvoiceVoidRequest { id, reason }).await?;
            print(places, &reply, || format!("{} is void", arguments.number))?;
            return Ok(ExitCode::SUCCESS);
        }
        let job_id = "reissue".to_owned();
        let request = InvoiceReissueRequest { id, reason, job_id };
        let reply = app.invoice_reissue(request, quiet()).await?;
        print(places, &reply, || {
            let made = reply.invoices.iter().filter_map(|row| row.number.clone());
            let made: Vec<String> = made.collect();
            match made.is_empty() {
                false => format!(
                    "{} is void, replaced by {}",
                    arguments.number,
                    made.join(", ")
                ),
                true => format!("{} is void; the new draft is not final", arguments.number),
            }
        })?;
        for row in &reply.held {
            eprintln!(
                "ratebook: {} is held: {}",
                row.customer,
                crate::words::drafts::held(row)
            );
        }
        Ok(if reply.invoices.is_empty() {
            ExitCode::from(2)
        } else {
            ExitCode::SUCCESS
        })
    })
}

/// Gives up what is open of an invoice, or takes that back.
pub fn write_off(places: &Places, arguments: &WriteOffArguments) -> Result<ExitCode, Failure> {
    runtime()?.block_on(async {
        let app = places.need_book().await?;
        let request = InvoiceWriteOffRequest {
            invoice_id: invoice(&app, &arguments.number).await?,
            reason: arguments.reason.clone(),
            reverse: arguments.reverse,
        };
        let reply = app.invoice_write_off(request).await?;
        print(places, &reply, || {
            let number = &arguments.number;
            match reply.state {
                PaymentState::Uncollectible => {
                    format!("{number}: {} given up", money(&reply.written_off))
                }
                PaymentState::Open
                | PaymentState::PartlyPaid
                | PaymentState::Paid
                | PaymentState::Overpaid => format!("{number}: {} open", money(&reply.open)),
            }
        })?;
        Ok(ExitCode::SUCCESS)
    })
}

/// Writes all documents of a month into a folder with a manifest.
pub fn export(places: &Places, arguments: &ExportArguments) -> Result<ExitCode, Failure> {
    runtime()?.block_on(async {
        let app = places.need_book().await?;
        let request = InvoiceExportRequest {
            month: arguments.period.clone(),
            path: arguments.out.display().to_string(),
            format: arguments.einvoice.as_deref().map(einvoice_format),
            job_id: "export".to_owned(),
        };
        let reply = app.invoice_export(request, quiet()).await?;
        print(places, &reply, || {
            format!("{} files in {}", reply.files.len(), reply.folder)
        })?;
        Ok(ExitCode::SUCCESS)
    })
}
