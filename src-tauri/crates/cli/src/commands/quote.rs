use crate::failure::Failure;
use clap::Args;
use ratebook_api::quote::quote_lines;
use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What a usage costs under a price.
#[derive(Args)]
pub struct QuoteArguments {
    /// JSON Lines in, JSON Lines out (the only form there is).
    #[arg(long, required = true)]
    jsonl: bool,
    /// The price documents, each with a usage; `-` is standard input.
    #[arg(value_name = "DOCUMENTS", default_value = "-")]
    input: PathBuf,
}

/// Answers every line. A line without an amount carries its faults and does not end the work.
pub fn run(arguments: &QuoteArguments) -> Result<ExitCode, Failure> {
    let output = io::stdout().lock();
    let answered = if arguments.input == Path::new("-") {
        quote_lines(io::stdin().lock(), output)
    } else {
        let path = &arguments.input;
        let named = |error| Failure::plain(format!("{}: {error}", path.display()));
        quote_lines(File::open(path).map_err(named)?, output)
    };
    match answered {
        Ok(_) => Ok(ExitCode::SUCCESS),
        // Whoever read the output has seen enough.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(ExitCode::SUCCESS),
        Err(error) => Err(error.into()),
    }
}
