use crate::failure::Failure;
use crate::output::{runtime, table};
use crate::places::Places;
use clap::Args;
use ratebook_api::wire::{
    PriceChangeRow, PricePublishRequest, PriceReviewReply, PriceReviewRequest,
};
use std::io::{IsTerminal, stderr};
use std::process::ExitCode;
use std::sync::Arc;

/// The draft of the price book: what it would change, and publishing it.
#[derive(Args)]
pub struct PublishArguments {
    /// Why prices change; stands beside the version for ever. Without it the draft is only shown.
    #[arg(long)]
    reason: Option<String>,
    /// Day from which it prices; now without it.
    #[arg(long, value_name = "YYYY-MM-DD")]
    from: Option<String>,
}

pub fn run(places: &Places, arguments: &PublishArguments) -> Result<ExitCode, Failure> {
    runtime()?.block_on(async {
        let app = places.need_book().await?;
        let Some(reason) = &arguments.reason else {
            let review = PriceReviewRequest {
                month: None,
                only: None,
            };
            let reply = app.price_review(review).await?;
            if places.json {
                println!("{}", json(&reply)?);
            } else {
                print(&reply);
            }
            return Ok(ExitCode::SUCCESS);
        };
        let request = PricePublishRequest {
            only: None,
            valid_on: arguments.from.clone(),
            reason: reason.clone(),
            job_id: "publish".to_owned(),
        };
        let shows = stderr().is_terminal() && !places.json;
        let report = Arc::new(move |progress: ratebook_api::wire::Progress| {
            if let (true, Some(total)) = (shows, progress.total) {
                eprint!("\r{} of {}", progress.done.0, total.0);
                if progress.done.0 == total.0 {
                    eprintln!();
                }
            }
        });
        let reply = app.price_publish(request, report).await?;
        if places.json {
            println!("{}", json(&reply)?);
        } else {
            println!("version {} is published", reply.number.0);
        }
        Ok(ExitCode::SUCCESS)
    })
}

fn json(reply: &impl serde::Serialize) -> Result<String, Failure> {
    serde_json::to_string(reply).map_err(|error| Failure::plain(error.to_string()))
}

fn print(reply: &PriceReviewReply) {
    if reply.changes.is_empty() {
        println!("nothing is staged");
        return;
    }
    let rows: Vec<Vec<String>> = reply.changes.iter().map(row).collect();
    let on = format!("On {}", reply.month);
    let head = ["Change", "Was", "Will be", "%", on.as_str()];
    print!("{}", table(&head, &rows, &[1, 2, 3, 4]));
    let shown = u64::try_from(reply.changes.len()).unwrap_or(u64::MAX);
    let more = reply.total.0.saturating_sub(shown);
    if more > 0 {
        println!("and {more} more");
    }
    println!(
        "revenue of {}: {} {} in place of {}",
        reply.month, reply.revenue_after.0, reply.currency, reply.revenue_before.0
    );
}

fn row(change: &PriceChangeRow) -> Vec<String> {
    let scope = &change.scope;
    let place = match &change.rate {
        Some(rate) => format!("exchange rate {} to {}", rate.base, rate.quote),
        None => {
            let parts = [&scope.provider, &scope.model, &scope.dimension];
            let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
            if parts.is_empty() {
                "the whole book".to_owned()
            } else {
                parts.join(" ")
            }
        }
    };
    let figures = [&change.was, &change.will_be, &change.change, &change.effect];
    let figures = figures.map(|figure| figure.as_ref().map(|text| text.0.clone()));
    let figures = figures.map(Option::unwrap_or_default);
    [place].into_iter().chain(figures).collect()
}
