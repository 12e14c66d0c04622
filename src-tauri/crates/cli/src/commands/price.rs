use crate::failure::Failure;
use crate::output::{runtime, table};
use crate::places::Places;
use clap::Args;
use ratebook_api::wire::{Count, Fact, NameMatch, PriceAtReply, PriceAtRequest, PriceAtRow};
use std::process::ExitCode;

/// What a model cost at an instant, as the book knew it at another.
#[derive(Args)]
pub struct PriceArguments {
    /// The provider, as usage reports it.
    provider: String,
    /// The model, as usage reports it.
    model: String,
    /// The instant of the call, RFC 3339 or YYYY-MM-DD; now without it.
    #[arg(long, value_name = "INSTANT")]
    at: Option<String>,
    /// What the book knew then; what it knows now without it.
    #[arg(long, value_name = "INSTANT")]
    as_of: Option<String>,
    /// One dimension, for example output_tokens.
    #[arg(long)]
    dimension: Option<String>,
    /// A mark of the call, for example processing=batch; may be given several times.
    #[arg(long = "mark", value_name = "KEY=VALUE")]
    marks: Vec<String>,
    /// Input tokens of the call.
    #[arg(long, default_value_t = 0)]
    context: u64,
}

pub fn run(places: &Places, arguments: &PriceArguments) -> Result<ExitCode, Failure> {
    let marks = arguments.marks.iter().map(|mark| {
        let (key, value) = mark
            .split_once('=')
            .ok_or_else(|| Failure::plain(format!("--mark {mark}: write it as key=value")))?;
        Ok(Fact {
            key: key.to_owned(),
            value: value.to_owned(),
        })
    });
    let request = PriceAtRequest {
        provider: arguments.provider.clone(),
        model: arguments.model.clone(),
        at: arguments.at.clone(),
        as_of: arguments.as_of.clone(),
        dimension: arguments.dimension.clone(),
        marks: marks.collect::<Result<_, Failure>>()?,
        context_tokens: Count(arguments.context),
    };
    runtime()?.block_on(async {
        let app = places.need_book().await?;
        let reply = app.price_at(request).await?;
        if places.json {
            let text = serde_json::to_string(&reply);
            println!(
                "{}",
                text.map_err(|error| Failure::plain(error.to_string()))?
            );
        } else {
            print(&reply);
        }
        Ok(ExitCode::SUCCESS)
    })
}

fn print(reply: &PriceAtReply) {
    let known = reply.as_of.as_deref().unwrap_or("now");
    println!(
        "{}/{} at {}, as known {known}",
        reply.provider, reply.model, reply.at
    );
    println!(
        "{} is this model: {}",
        reply.matched.name,
        why(&reply.matched)
    );
    let rows: Vec<Vec<String>> = reply.prices.iter().map(row).collect();
    let head = [
        "Dimension",
        "Price",
        "",
        "When",
        "Since",
        "Recorded",
        "Source",
        "How",
    ];
    print!("{}", table(&head, &rows, &[1]));
}

fn why(matched: &NameMatch) -> String {
    let by = match matched.by.as_str() {
        "alias" => "a person said so".to_owned(),
        "name" => "it has this name".to_owned(),
        "family" => "another name of the provider has it".to_owned(),
        "only_one" => "only one provider has this name".to_owned(),
        _ => format!("rule {}", matched.rule.clone().unwrap_or_default()),
    };
    let steps = matched.steps.iter().map(|step| match step.as_str() {
        "path" => "without the path of the resource",
        "undated" => "without its date or version",
        "prefix" => "without its prefix",
        _ => "of the provider that makes such models",
    });
    steps.fold(by, |text, step| format!("{text}, {step}"))
}

fn row(row: &PriceAtRow) -> Vec<String> {
    let day = |at: &Option<String>| {
        let at = at.as_deref().and_then(|at| at.get(..10));
        at.unwrap_or("ever").to_owned()
    };
    let price = row.price.as_ref().map(|price| price.0.clone());
    let facts = |facts: &[Fact]| {
        let facts = facts
            .iter()
            .map(|fact| format!("{} {}", fact.key, fact.value));
        facts.collect::<Vec<_>>().join(", ")
    };
    let mut how = Vec::new();
    if row.manual {
        how.push("entered by hand".to_owned());
    }
    if !row.fallbacks.is_empty() {
        let rules = row.rules.clone().unwrap_or_default();
        how.push(format!("{rules} rule: {}", facts(&row.fallbacks)));
    }
    if !row.factors.is_empty() {
        how.push(format!("factors: {}", facts(&row.factors)));
    }
    if let Some(least) = &row.at_least {
        how.push(format!("at least {} of a call", least.0));
    }
    if let Some(original) = &row.original {
        how.push(format!("written as {original}"));
    }
    how.extend(row.problem.clone());
    vec![
        row.dimension.clone(),
        price.unwrap_or_else(|| "-".to_owned()),
        row.currency.clone().unwrap_or_default(),
        row.conditions.join(", "),
        day(&row.valid_from),
        day(&row.recorded_at),
        row.source.clone(),
        how.join("; "),
    ]
}
