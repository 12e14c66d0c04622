use crate::failure::Failure;
use crate::output::{runtime, table};
use crate::places::Places;
use clap::Args;
use ratebook_api::wire::{AuditExportRequest, AuditFilterText, AuditListRequest, AuditRow, Count};
use std::path::PathBuf;
use std::process::ExitCode;

/// Who changed what that touches money, when and why; newest first.
#[derive(Args)]
pub struct AuditArguments {
    /// Part of what was done, what to, why, by whom, or of a number or name.
    #[arg(long, value_name = "TEXT", default_value = "")]
    search: String,
    /// Only one area: invoice, payment, customer, price, plan, …
    #[arg(long)]
    area: Option<String>,
    /// From this day on, as 2026-11-01.
    #[arg(long, value_name = "DAY")]
    from: Option<String>,
    /// Up to and with this day.
    #[arg(long, value_name = "DAY")]
    to: Option<String>,
    /// At most so many entries; all into a file.
    #[arg(long, value_name = "COUNT", default_value_t = 100)]
    limit: u32,
    /// Writes all of them into a file, oldest first.
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
}

pub fn run(places: &Places, arguments: &AuditArguments) -> Result<ExitCode, Failure> {
    let filter = AuditFilterText {
        search: arguments.search.clone(),
        area: arguments.area.clone(),
        object: None,
        from: arguments.from.clone(),
        to: arguments.to.clone(),
    };
    runtime()?.block_on(async {
        let app = places.need_book().await?;
        if let Some(file) = &arguments.csv {
            let path = file.display().to_string();
            let request = AuditExportRequest {
                filter,
                path: path.clone(),
            };
            let Count(rows) = app.audit_export(request).await?.rows;
            println!("{path}: {rows} entries");
            return Ok(ExitCode::SUCCESS);
        }
        let request = AuditListRequest {
            filter,
            skip: 0,
            limit: arguments.limit,
        };
        let reply = app.audit_list(request).await?;
        if places.json {
            let text = serde_json::to_string(&reply);
            println!("{}", text.map_err(|e| Failure::plain(e.to_string()))?);
        } else {
            print!("{}", overview(&reply.rows));
            let shown = u64::try_from(reply.rows.len()).unwrap_or(u64::MAX);
            if shown < reply.total.0 {
                println!("{shown} of {} entries; --limit shows more", reply.total.0);
            }
        }
        Ok(ExitCode::SUCCESS)
    })
}

fn overview(rows: &[AuditRow]) -> String {
    let body = rows.iter().map(|row| {
        let who = match row.who.is_empty() {
            true => row.shell.clone(),
            false => format!("{} ({})", row.who, row.shell.replace('_', " ")),
        };
        vec![
            row.seq.0.to_string(),
            row.at.clone(),
            who,
            row.code.clone(),
            row.subject.clone(),
            row.reason.clone(),
        ]
    });
    let head = ["Entry", "At", "Who", "What", "To", "Why"];
    table(&head, &body.collect::<Vec<_>>(), &[0])
}
