use crate::failure::Failure;
use crate::output::{money, runtime, table};
use crate::places::Places;
use clap::{Args, Subcommand, ValueEnum};
use ratebook_api::wire::{
    BankAccepted, BankAllocationText, BankConfidence, BankDayOrder, BankLineRow,
    PaymentImportPreviewReply, PaymentImportPreviewRequest, PaymentImportReply,
    PaymentImportRequest,
};
use std::path::PathBuf;
use std::process::ExitCode;

/// Payments of many invoices at once.
#[derive(Args)]
pub struct PaymentArguments {
    #[command(subcommand)]
    command: PaymentCommand,
}

#[derive(Subcommand)]
enum PaymentCommand {
    /// Reads a bank's CSV file and says which invoices its lines pay; enters what is accepted.
    Import(ImportArguments),
}

#[derive(Args)]
struct ImportArguments {
    /// The bank's CSV file.
    file: PathBuf,
    /// Enters lines that are so sure; nothing without it.
    #[arg(long, value_name = "HOW SURE")]
    accept: Option<Accept>,
    /// How days are written, where the file does not say.
    #[arg(long, value_name = "ORDER")]
    days: Option<Days>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Accept {
    /// The number stands in the reference and the amount is open, to the cent.
    Sure,
    /// Those, and what is likely.
    Likely,
}

#[derive(Clone, Copy, ValueEnum)]
enum Days {
    /// 31/12/2026
    DayFirst,
    /// 12/31/2026
    MonthFirst,
}

pub fn run(places: &Places, arguments: &PaymentArguments) -> Result<ExitCode, Failure> {
    let PaymentCommand::Import(arguments) = &arguments.command;
    let days = arguments.days.map(|days| match days {
        Days::DayFirst => BankDayOrder::DayFirst,
        Days::MonthFirst => BankDayOrder::MonthFirst,
    });
    let path = arguments.file.display().to_string();
    runtime()?.block_on(async {
        let app = places.need_book().await?;
        let request = PaymentImportPreviewRequest {
            path: path.clone(),
            days,
        };
        let preview = app.payment_import_preview(request).await?;
        let wanted = accepted(&preview.lines, arguments.accept);
        let entered = match wanted.is_empty() {
            true => None,
            false => {
                let request = PaymentImportRequest {
                    path,
                    days,
                    accepted: wanted,
                };
                Some(app.payment_import(request).await?)
            }
        };
        if places.json {
            let both = serde_json::json!({ "preview": preview, "entered": entered });
            println!("{both}");
        } else {
            print!("{}", overview(&preview, entered.as_ref()));
        }
        for fault in &preview.faults {
            eprintln!("ratebook:{}", crate::words::fault(&preview.file, fault));
        }
        Ok(match preview.faults.is_empty() {
            true => ExitCode::SUCCESS,
            false => ExitCode::from(2),
        })
    })
}

fn accepted(lines: &[BankLineRow], accept: Option<Accept>) -> Vec<BankAccepted> {
    let wanted = lines.iter().filter(|line| match (line.confidence, accept) {
        (_, None) => false,
        (BankConfidence::Sure, Some(_)) => true,
        (BankConfidence::Likely, Some(accept)) => accept == Accept::Likely,
        (BankConfidence::None | BankConfidence::Booked | BankConfidence::Twice, _) => false,
    });
    let wanted = wanted.map(|line| BankAccepted {
        key: line.key.clone(),
        allocations: line
            .allocations
            .iter()
            .map(|part| BankAllocationText {
                invoice_id: part.invoice_id.clone(),
                amount: part.amount.amount.0.clone(),
            })
            .collect(),
    });
    wanted.collect()
}

fn overview(preview: &PaymentImportPreviewReply, entered: Option<&PaymentImportReply>) -> String {
    let word = |value: serde_json::Result<serde_json::Value>| {
        let value = value.ok();
        let text = value.as_ref().and_then(|value| value.as_str());
        text.unwrap_or_default().replace('_', " ")
    };
    let rows = preview.lines.iter().map(|line| {
        let parts = line.allocations.iter();
        let parts = parts.map(|part| format!("{} {}", part.number, money(&part.amount)));
        let known = matches!(
            line.confidence,
            BankConfidence::Booked | BankConfidence::Twice
        );
        let reason = match known {
            true => String::new(),
            false => word(serde_json::to_value(line.reason)),
        };
        vec![
            line.line.to_string(),
            line.day.clone(),
            money(&line.amount),
            line.name.chars().take(30).collect(),
            word(serde_json::to_value(line.confidence)),
            reason,
            parts.collect::<Vec<_>>().join(", "),
        ]
    });
    let head = ["Line", "Day", "Amount", "Name", "Match", "Why", "Pays"];
    let listed = table(&head, &rows.collect::<Vec<_>>(), &[0, 2]);
    let done = match entered {
        Some(reply) => {
            let sums: Vec<String> = reply.sums.iter().map(money).collect();
            format!("{} payments entered, {}", reply.entered, sums.join(" + "))
        }
        None => "nothing is entered; --accept sure enters what is sure".to_owned(),
    };
    format!("{listed}{done}\n")
}
