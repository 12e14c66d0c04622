use super::credit::{invoice, print};
use crate::failure::Failure;
use crate::output::{money, runtime};
use crate::places::Places;
use clap::Args;
use ratebook_api::wire::{PaymentAddRequest, PaymentState};
use std::process::ExitCode;

#[derive(Args)]
pub struct PayArguments {
    /// The number of the invoice.
    number: String,
    /// How much, above zero.
    amount: String,
    /// The currency, which must be that of the invoice.
    currency: String,
    /// The day on the bank statement, as 2026-11-20; today without it.
    #[arg(long, value_name = "DAY")]
    on: Option<String>,
    /// What the bank wrote.
    #[arg(long, default_value = "")]
    reference: String,
    /// The money went back to the customer.
    #[arg(long)]
    refund: bool,
}

pub fn run(places: &Places, arguments: &PayArguments) -> Result<ExitCode, Failure> {
    runtime()?.block_on(async {
        let app = places.need_book().await?;
        let request = PaymentAddRequest {
            invoice_id: invoice(&app, &arguments.number).await?,
            amount: arguments.amount.clone(),
            currency: arguments.currency.clone(),
            received_on: arguments.on.clone(),
            reference: arguments.reference.clone(),
            refund: arguments.refund,
        };
        let reply = app.payment_add(request).await?;
        print(places, &reply, || {
            let state = match reply.state {
                PaymentState::Open => "open",
                PaymentState::PartlyPaid => "partly paid",
                PaymentState::Paid => "paid",
                PaymentState::Overpaid => "overpaid",
                PaymentState::Uncollectible => "given up",
            };
            let (number, open) = (&arguments.number, money(&reply.open));
            format!(
                "{number}: {state}, {} paid, {open} open",
                money(&reply.paid)
            )
        })?;
        Ok(ExitCode::SUCCESS)
    })
}
