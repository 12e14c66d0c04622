use super::credit::{invoice, print};
use crate::failure::Failure;
use crate::output::runtime;
use crate::places::Places;
use clap::Args;
use ratebook_api::wire::InvoicePackSaveRequest;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Args)]
pub struct PackArguments {
    /// The number of the invoice.
    number: String,
    /// The zip file.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

pub fn run(places: &Places, arguments: &PackArguments) -> Result<ExitCode, Failure> {
    runtime()?.block_on(async {
        let app = places.need_book().await?;
        let request = InvoicePackSaveRequest {
            id: invoice(&app, &arguments.number).await?,
            path: arguments.out.display().to_string(),
        };
        let reply = app.invoice_pack_save(request).await?;
        print(places, &reply, || {
            format!("{}  sha256 {}", reply.path, reply.sha256)
        })?;
        Ok(ExitCode::SUCCESS)
    })
}
