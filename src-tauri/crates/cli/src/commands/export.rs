use crate::failure::Failure;
use crate::output::runtime;
use crate::places::Places;
use clap::{Args, Subcommand, ValueEnum};
use ratebook_api::wire::{
    AccountingExportRequest, AccountingFormat, AccountingRequest, PriceBookExportRequest,
};
use std::path::PathBuf;
use std::process::ExitCode;

/// The price book, or what was booked, into a file.
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct ExportArguments {
    #[command(subcommand)]
    command: Option<ExportCommand>,
    /// The price book: CSV or a workbook when its name ends in .csv or .xlsx, TOML otherwise.
    #[arg(required = true)]
    file: Option<PathBuf>,
}

#[derive(Subcommand)]
enum ExportCommand {
    /// Invoices, credit notes, payments and prepaid credit for accounting, in double entry.
    Accounting(AccountingArguments),
}

#[derive(Args)]
struct AccountingArguments {
    /// What reads it.
    #[arg(long)]
    format: Accounting,
    /// The first day, as 2026-10-01.
    #[arg(long, value_name = "DAY")]
    from: String,
    /// The last day, inclusive.
    #[arg(long, value_name = "DAY")]
    to: String,
    /// Only what is in this currency.
    #[arg(long)]
    currency: Option<String>,
    /// The file.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

#[derive(Clone, Copy, ValueEnum)]
enum Accounting {
    /// A journal of hledger.
    Hledger,
    /// A journal of beancount.
    Beancount,
    /// One line for each posting.
    Csv,
    /// A Buchungsstapel of DATEV.
    Datev,
}

pub fn run(places: &Places, arguments: &ExportArguments) -> Result<ExitCode, Failure> {
    match (&arguments.command, &arguments.file) {
        (Some(ExportCommand::Accounting(arguments)), _) => accounting(places, arguments),
        (None, Some(file)) => price_book(places, file),
        (None, None) => Err(Failure::plain("name a file, or what is to be exported")),
    }
}

fn price_book(places: &Places, file: &std::path::Path) -> Result<ExitCode, Failure> {
    runtime()?.block_on(async {
        let app = places.need_book().await?;
        let path = file.display().to_string();
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

fn accounting(places: &Places, arguments: &AccountingArguments) -> Result<ExitCode, Failure> {
    let request = AccountingExportRequest {
        what: AccountingRequest {
            from: arguments.from.clone(),
            to: arguments.to.clone(),
            currency: arguments.currency.clone(),
        },
        format: match arguments.format {
            Accounting::Hledger => AccountingFormat::Hledger,
            Accounting::Beancount => AccountingFormat::Beancount,
            Accounting::Csv => AccountingFormat::Csv,
            Accounting::Datev => AccountingFormat::Datev,
        },
        path: arguments.out.display().to_string(),
    };
    runtime()?.block_on(async {
        let app = places.need_book().await?;
        let reply = app.accounting_export(request).await?;
        if places.json {
            let text = serde_json::to_string(&reply);
            println!("{}", text.map_err(|e| Failure::plain(e.to_string()))?);
        } else {
            println!("{}: {} entries", reply.path, reply.entries);
        }
        Ok(ExitCode::SUCCESS)
    })
}
