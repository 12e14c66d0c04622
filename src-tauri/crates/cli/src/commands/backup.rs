use crate::failure::Failure;
use crate::output::runtime;
use crate::places::Places;
use clap::Args;
use ratebook_api::wire::BackupCreateRequest;
use std::path::PathBuf;
use std::process::ExitCode;

/// Copies the book while it stays usable.
#[derive(Args)]
pub struct BackupArguments {
    /// The copy; without it, a dated file in the folder of backups beside the book.
    #[arg(value_name = "FILE")]
    to: Option<PathBuf>,
}

pub fn run(places: &Places, arguments: &BackupArguments) -> Result<ExitCode, Failure> {
    runtime()?.block_on(async {
        let app = places.need_book().await?;
        let path = arguments.to.as_ref().map(|path| path.display().to_string());
        let reply = app.backup_create(BackupCreateRequest { path }).await?;
        println!("{}", reply.path);
        Ok(ExitCode::SUCCESS)
    })
}
