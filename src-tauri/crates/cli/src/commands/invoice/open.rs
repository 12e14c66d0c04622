use super::credit::print;
use crate::failure::Failure;
use crate::output::{money, runtime, table};
use crate::places::Places;
use clap::Args;
use ratebook_api::wire::{AgeingRow, ReceivableListReply, ReceivableListRequest, ReceivableRow};
use std::process::ExitCode;

#[derive(Args)]
pub struct OpenArguments {
    /// Only what customers with this in their name owe.
    #[arg(long, value_name = "NAME")]
    customer: Option<String>,
}

pub fn run(places: &Places, arguments: &OpenArguments) -> Result<ExitCode, Failure> {
    runtime()?.block_on(async {
        let app = places.need_book().await?;
        let customer_id = match &arguments.customer {
            Some(name) => Some(super::super::statement::customer(&app, name).await?),
            None => None,
        };
        let request = ReceivableListRequest { customer_id };
        let reply = app.receivable_list(request).await?;
        print(places, &reply, || overview(&reply))?;
        Ok(ExitCode::SUCCESS)
    })
}

fn overview(reply: &ReceivableListReply) -> String {
    if reply.invoices.is_empty() {
        return format!("nothing is open on {}", reply.today);
    }
    let head = ["Number", "Customer", "Due", "Overdue", "Payable", "Open"];
    let rows: Vec<Vec<String>> = reply.invoices.iter().map(invoice).collect();
    let invoices = table(&head, &rows, &[3, 4, 5]);
    let head = [
        "Customer",
        "Currency",
        "Not due",
        "1-30",
        "31-60",
        "61-90",
        "Over 90",
        "Owed",
        "To pay back",
    ];
    let sums = reply.customers.iter().chain(&reply.totals).map(ageing);
    let ages = table(&head, &sums.collect::<Vec<_>>(), &[2, 3, 4, 5, 6, 7, 8]);
    format!("{invoices}\n{}", ages.trim_end())
}

fn invoice(row: &ReceivableRow) -> Vec<String> {
    let days = row.payment.overdue_days.map(|days| format!("{days} days"));
    vec![
        row.number.clone(),
        row.customer.clone(),
        row.due_on.clone(),
        days.unwrap_or_default(),
        money(&row.payable),
        money(&row.payment.open),
    ]
}

fn ageing(row: &AgeingRow) -> Vec<String> {
    let sums = [
        &row.not_due,
        &row.to_30,
        &row.to_60,
        &row.to_90,
        &row.over_90,
        &row.owed,
        &row.to_pay_back,
    ];
    let name = row.customer.clone().unwrap_or_else(|| "All".to_owned());
    let mut cells = vec![name, row.currency.clone()];
    cells.extend(sums.iter().map(|sum| sum.amount.0.clone()));
    cells
}
