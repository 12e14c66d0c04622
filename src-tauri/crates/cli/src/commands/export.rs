use crate::failure::Failure;
use crate::output::runtime;
use crate::places::Places;
use clap::Args;
use ratebook_api::wire::PriceBookExportRequest;
use std::path::PathBuf;
use std::process::ExitCode;

/// The price book into a file.
#[derive(Args)]
pub struct ExportArguments {
    /// CSV or a workbook when its name ends in .csv or .xlsx, TOML otherwise.
    file: PathBuf,
}

pub fn run(places: &Places, arguments: &ExportArguments) -> Result<ExitCode, Failure> {
    runtime()?.block_on(async {
        let app = places.need_book().await?;
        let path = arguments.file.display().to_string();
        let request = PriceBookExportRequest { path: path.clone() };
        let reply = app.price_book_export(request).await?;
        if places.json {
            let text = serde_json::to_string(&reply);
            println!("{}", text.map_err(|e| Failure::plain(e.to_string()))?);
        } else {
            println!("{path}: {} rules", reply.rules.0);
        }
        Ok(ExitCode::SUCCESS)
    })
}
