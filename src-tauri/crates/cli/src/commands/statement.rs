use crate::failure::Failure;
use crate::output::{money, runtime, table};
use crate::places::Places;
use clap::Args;
use ratebook_api::App;
use ratebook_api::wire::{
    CustomerNamesReply, Nothing, StatementReply, StatementRequest, StatementSaveRequest,
};
use std::path::PathBuf;
use std::process::ExitCode;

/// A customer's statement of account: what was owed, invoiced, credited and paid.
#[derive(Args)]
pub struct StatementArguments {
    /// Number, name or id of the customer.
    customer: String,
    /// The first day, as 2026-01-01; that of the first entry without it.
    #[arg(long, value_name = "DAY")]
    from: Option<String>,
    /// The last day; today without it.
    #[arg(long, value_name = "DAY")]
    to: Option<String>,
    /// The currency; the customer's without it.
    #[arg(long)]
    currency: Option<String>,
    /// Writes it as PDF.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub fn run(places: &Places, arguments: &StatementArguments) -> Result<ExitCode, Failure> {
    runtime()?.block_on(async {
        let app = places.need_book().await?;
        let request = StatementRequest {
            customer_id: customer(&app, &arguments.customer).await?,
            from: arguments.from.clone(),
            to: arguments.to.clone(),
            currency: arguments.currency.clone(),
        };
        let reply = app.statement_get(request.clone()).await?;
        if let Some(file) = &arguments.out {
            let path = file.display().to_string();
            let request = StatementSaveRequest {
                statement: request,
                path,
            };
            app.statement_save(request).await?;
        }
        if places.json {
            let text = serde_json::to_string(&reply);
            println!("{}", text.map_err(|e| Failure::plain(e.to_string()))?);
        } else {
            print!("{}", overview(&reply));
        }
        Ok(ExitCode::SUCCESS)
    })
}

/// The id of the one customer with this number, name or id, or with this in the name.
pub async fn customer(app: &App, asked: &str) -> Result<String, Failure> {
    let CustomerNamesReply { rows } = app.customer_names(Nothing {}).await?;
    let wanted = asked.to_lowercase();
    let exact = rows.iter().find(|row| {
        row.id == asked || row.number.to_lowercase() == wanted || row.name.to_lowercase() == wanted
    });
    if let Some(row) = exact {
        return Ok(row.id.clone());
    }
    let alike = rows
        .iter()
        .filter(|row| row.name.to_lowercase().contains(&wanted));
    match alike.collect::<Vec<_>>().as_slice() {
        [one] => Ok(one.id.clone()),
        [] => Err(Failure::plain(format!("there is no customer \"{asked}\""))),
        many => {
            let names: Vec<&str> = many.iter().map(|row| row.name.as_str()).collect();
            let names = names.join(", ");
            Err(Failure::plain(format!(
                "\"{asked}\" is in several names: {names}"
            )))
        }
    }
}

fn overview(reply: &StatementReply) -> String {
    let first = vec![
        reply.from.clone(),
        "opening balance".to_owned(),
        String::new(),
        String::new(),
        money(&reply.opening),
    ];
    let entries = reply.entries.iter().map(|entry| {
        let kind = serde_json::to_value(entry.kind).ok();
        let kind = kind.and_then(|kind| kind.as_str().map(|word| word.replace('_', " ")));
        vec![
            entry.day.clone(),
            kind.unwrap_or_default(),
            entry.number.clone(),
            money(&entry.amount),
            money(&entry.balance),
        ]
    });
    let rows: Vec<Vec<String>> = std::iter::once(first).chain(entries).collect();
    let head = ["Day", "What", "Number", "Amount", "Balance"];
    let listed = table(&head, &rows, &[3, 4]);
    let closing = money(&reply.closing);
    format!(
        "{}\n{listed}owed on {}: {closing}\n",
        reply.customer, reply.to
    )
}
