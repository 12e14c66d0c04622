use crate::failure::Failure;
use crate::output::{runtime, table};
use crate::places::Places;
use clap::Args;
use ratebook_api::wire::{
    DecimalString, ExchangeListReply, ExchangeStageRequest, ExchangeText, Nothing,
};
use std::process::ExitCode;

/// Exchange rates: those in force and those that are staged.
#[derive(Args)]
pub struct ExchangeArguments {
    /// The currency that is converted, for example USD.
    #[arg(requires = "quote")]
    base: Option<String>,
    /// The currency it becomes.
    quote: Option<String>,
    /// Units of the second for one of the first: stages it. `publish` makes it hold.
    #[arg(requires_all = ["source", "on"], conflicts_with = "revert")]
    rate: Option<String>,
    /// Who published it, for example ECB.
    #[arg(long)]
    source: Option<String>,
    /// The day it was published for.
    #[arg(long, value_name = "YYYY-MM-DD")]
    on: Option<String>,
    /// Takes back what is staged for the two currencies.
    #[arg(long, requires = "quote")]
    revert: bool,
}

pub fn run(places: &Places, arguments: &ExchangeArguments) -> Result<ExitCode, Failure> {
    runtime()?.block_on(async {
        let app = places.need_book().await?;
        let reply = match staging(arguments)? {
            Some(request) => app.exchange_stage(request).await?,
            None => app.exchange_list(Nothing {}).await?,
        };
        if places.json {
            let text = serde_json::to_string(&reply);
            println!("{}", text.map_err(|e| Failure::plain(e.to_string()))?);
        } else {
            print(&reply);
        }
        Ok(ExitCode::SUCCESS)
    })
}

/// What is staged or taken back; nothing where the rates are only listed.
fn staging(arguments: &ExchangeArguments) -> Result<Option<ExchangeStageRequest>, Failure> {
    let (Some(base), Some(quote)) = (&arguments.base, &arguments.quote) else {
        return Ok(None);
    };
    let to = match (&arguments.rate, arguments.revert) {
        (Some(rate), _) => Some(ExchangeText {
            rate: DecimalString(rate.clone()),
            source: arguments.source.clone().unwrap_or_default(),
            on: arguments.on.clone().unwrap_or_default(),
        }),
        (None, true) => None,
        (None, false) => {
            return Err(Failure::plain(format!(
                "say the rate, for example `exchange {base} {quote} 0.86 --source ECB \
                 --on 2026-09-30`, or --revert"
            )));
        }
    };
    Ok(Some(ExchangeStageRequest {
        base: base.clone(),
        quote: quote.clone(),
        to,
    }))
}

fn print(reply: &ExchangeListReply) {
    let cells = |text: Option<&ExchangeText>| -> [String; 2] {
        text.map_or_else(Default::default, |text| {
            [text.rate.0.clone(), format!("{}, {}", text.source, text.on)]
        })
    };
    let rows = reply.rates.iter().map(|row| {
        let pair = format!("{} to {}", row.base, row.quote);
        let [published, source] = cells(row.published.as_ref());
        let [staged, of_staged] = cells(row.staged.as_ref());
        vec![pair, published, source, staged, of_staged]
    });
    let rows: Vec<Vec<String>> = rows.collect();
    let head = ["Currencies", "Rate", "Source", "Staged", "Source"];
    print!("{}", table(&head, &rows, &[1, 3]));
    for pair in &reply.missing {
        println!("{} to {}: no rate", pair.base, pair.quote);
    }
}
