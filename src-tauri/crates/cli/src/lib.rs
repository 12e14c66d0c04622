//! The command line: the same use cases as the window, without one. Each command is one file in
//! `commands/`; it reads arguments, calls `ratebook-api` and prints.
//!
//! What went well goes to standard output; errors go to standard error with a non-zero exit.

mod commands;
mod failure;
mod output;
mod places;
mod words;

use clap::{Parser, Subcommand};
use failure::Failure;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

#[derive(Parser)]
#[command(name = "ratebook", version, about = "Prices AI usage and bills it.")]
#[command(long_about = "Prices AI usage and bills it.\n\nWithout a command it opens the window.")]
struct Arguments {
    /// The book; without it, the one that was open last.
    #[arg(long, global = true, value_name = "FILE")]
    book: Option<PathBuf>,
    /// Answers in JSON.
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Option<Commands>,
}

#[derive(Subcommand)]
enum Commands {
    /// Who changed what that touches money, when and why.
    Audit(commands::audit::AuditArguments),
    /// What calls cost the provider's customer: a JSON line in, a JSON line out.
    Cost(commands::cost::CostArguments),
    /// A sample book from real traces, its invoices and their PDFs.
    Demo(commands::demo::DemoArguments),
    /// Exchange rates; with a rate, stages it for the next version of the price book.
    Exchange(commands::exchange::ExchangeArguments),
    /// The price book into a file: TOML, CSV or a workbook.
    Export(commands::export::ExportArguments),
    /// Usage files, provider price tables or a price book into the book.
    Import(commands::import::ImportArguments),
    /// Drafts, finalizes and prints invoices.
    Invoice(commands::invoice::InvoiceArguments),
    /// Payments of many invoices at once, from a bank's CSV file.
    Payment(commands::payment::PaymentArguments),
    /// Plans as readable text, out of the book and into it.
    Plan(commands::plan::PlanArguments),
    /// What a model cost at an instant, as the book knew it at another, and why.
    Price(commands::price::PriceArguments),
    /// What the draft of the price book changes; with a reason, publishes it.
    Publish(commands::publish::PublishArguments),
    /// What a usage costs under a price, with its derivation: a JSON line in, a JSON line out.
    Quote(commands::quote::QuoteArguments),
    /// A customer's statement of account, printed or as PDF.
    Statement(commands::statement::StatementArguments),
    /// Runs the billing tests that plans keep.
    Test,
    /// Checks the book and recomputes every final invoice.
    Verify(commands::verify::VerifyArguments),
    /// Copies the book.
    Backup(commands::backup::BackupArguments),
}

/// Runs the program with the arguments of this process.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let places = places::Places::new(arguments.book, arguments.json);
    let done = match arguments.command {
        None => open_window(&places),
        Some(Commands::Audit(arguments)) => commands::audit::run(&places, &arguments),
        Some(Commands::Cost(arguments)) => commands::cost::run(&places, &arguments),
        Some(Commands::Demo(arguments)) => commands::demo::run(&places, &arguments),
        Some(Commands::Exchange(arguments)) => commands::exchange::run(&places, &arguments),
        Some(Commands::Export(arguments)) => commands::export::run(&places, &arguments),
        Some(Commands::Import(arguments)) => commands::import::run(&places, &arguments),
        Some(Commands::Invoice(arguments)) => commands::invoice::run(&places, &arguments),
        Some(Commands::Payment(arguments)) => commands::payment::run(&places, &arguments),
        Some(Commands::Plan(arguments)) => commands::plan::run(&places, &arguments),
        Some(Commands::Statement(arguments)) => commands::statement::run(&places, &arguments),
        Some(Commands::Test) => commands::test::run(&places),
        Some(Commands::Price(arguments)) => commands::price::run(&places, &arguments),
        Some(Commands::Publish(arguments)) => commands::publish::run(&places, &arguments),
        Some(Commands::Quote(arguments)) => commands::quote::run(&arguments),
        Some(Commands::Verify(arguments)) => commands::verify::run(&places, &arguments),
        Some(Commands::Backup(arguments)) => commands::backup::run(&places, &arguments),
    };
    match done {
        Ok(code) => code,
        Err(failure) => failure.report(places.json),
    }
}

/// Starts the window, which is a program of its own beside this one.
fn open_window(places: &places::Places) -> Result<ExitCode, Failure> {
    let name = format!("ratebook-desktop{}", std::env::consts::EXE_SUFFIX);
    let beside = std::env::current_exe()
        .ok()
        .map(|own| own.with_file_name(&name));
    let program = beside.filter(|path| path.is_file());
    let mut command = Command::new(program.unwrap_or_else(|| PathBuf::from(&name)));
    command.args(&places.book);
    let status = command.status().map_err(|error| {
        Failure::plain(format!(
            "{name} could not be started: {error}; \
             `ratebook --help` lists what works without a window"
        ))
    })?;
    Ok(if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
