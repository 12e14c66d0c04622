use crate::failure::Failure;
use crate::places::Places;
use clap::Args;
use ratebook_api::cost::{CostPrices, cost_lines};
use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What calls cost.
#[derive(Args)]
pub struct CostArguments {
    /// JSON Lines in, JSON Lines out (the only form there is).
    #[arg(long, required = true)]
    jsonl: bool,
    /// A provider price table file instead of the book's prices.
    #[arg(long, value_name = "FILE")]
    prices: Option<PathBuf>,
    /// The calls; `-` is standard input.
    #[arg(value_name = "CALLS", default_value = "-")]
    input: PathBuf,
}

/// Answers every line. A line without a cost carries its error and does not end the work.
pub fn run(places: &Places, arguments: &CostArguments) -> Result<ExitCode, Failure> {
    let prices = prices(places, arguments)?;
    let output = io::stdout().lock();
    let answered = if arguments.input == Path::new("-") {
        cost_lines(&prices, io::stdin().lock(), output)
    } else {
        let path = &arguments.input;
        let named = |error| Failure::plain(format!("{}: {error}", path.display()));
        cost_lines(&prices, File::open(path).map_err(named)?, output)
    };
    match answered {
        Ok(_) => Ok(ExitCode::SUCCESS),
        // Whoever read the output has seen enough.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(ExitCode::SUCCESS),
        Err(error) => Err(error.into()),
    }
}

/// The table that was named, else the prices of the book, else those that a new book starts with.
fn prices(places: &Places, arguments: &CostArguments) -> Result<CostPrices, Failure> {
    if let Some(path) = &arguments.prices {
        return Ok(CostPrices::file(path)?);
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let of_book = runtime.block_on(async {
        match places.open().await? {
            Some(app) => Ok::<_, Failure>(Some(app.cost_prices().await?)),
            None => Ok(None),
        }
    })?;
    match of_book {
        Some(prices) => Ok(prices),
        None => {
            eprintln!("ratebook: no book yet; these are the prices that a new book starts with");
            Ok(CostPrices::built_in()?)
        }
    }
}
