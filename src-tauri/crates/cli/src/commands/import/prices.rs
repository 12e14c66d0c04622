//! Price tables: what they would change, and taking it.

use super::{ImportArguments, progress, to_json};
use crate::failure::Failure;
use crate::output::table;
use crate::places::Places;
use ratebook_api::App;
use ratebook_api::wire::{
    PriceEffect, PriceImportPreviewReply, PriceImportPreviewRequest, PriceImportReply,
    PriceImportRunRequest, PriceKindCount, PriceLineFilter, PriceLineKind, PriceLineText,
    PriceLinesRequest, PriceMappingText, PriceTakeRequest,
};
use serde::Serialize;

/// Lines of one answer.
const PAGE: u32 = 500;

/// Compares a table with the book, and takes what is not asked about unless nothing shall be.
pub(super) async fn run(
    app: &App,
    places: &Places,
    arguments: &ImportArguments,
    path: &str,
) -> Result<(), Failure> {
    let mut mapping = given(arguments)?;
    let mut preview = look(app, path, mapping.clone()).await?;
    if let Some(guessed) = preview.mapping.clone()
        && (arguments.provider.is_some() || arguments.source.is_some())
    {
        mapping = Some(PriceMappingText {
            provider: arguments.provider.clone().or(guessed.provider.clone()),
            source: arguments.source.clone().unwrap_or(guessed.source.clone()),
            ..guessed
        });
        preview = look(app, path, mapping).await?;
    }
    if arguments.print_mapping {
        let mapping = preview.mapping.ok_or_else(|| {
            Failure::plain(format!("{path} is of a known format and needs no mapping"))
        })?;
        println!("{}", to_json(&mapping)?);
        return Ok(());
    }
    let Some(token) = preview.token.clone() else {
        let why = preview.problem.unwrap_or_default();
        let hint = match preview.mapping {
            Some(_) => "; `--print-mapping` shows what is guessed, --mapping takes the answer",
            None => "; nothing was taken",
        };
        return Err(Failure::plain(format!("{path}: {why}{hint}")));
    };
    if arguments.accept_all {
        preview.taken = app.price_import_take(everything(&token)).await?;
        if preview.taken.asked.0 > preview.taken.asked_taken.0 {
            let mut asked = everything(&token);
            asked.filter.asked = true;
            preview.taken = app.price_import_take(asked).await?;
        }
    }
    if arguments.dry_run {
        let lines = lines(app, &token).await?;
        return show(places, path, &preview, lines);
    }
    let request = PriceImportRunRequest {
        token,
        job_id: path.to_owned(),
    };
    let report = app.price_import_run(request, progress()).await?;
    done(places, path, &report)
}

async fn look(
    app: &App,
    path: &str,
    mapping: Option<PriceMappingText>,
) -> Result<PriceImportPreviewReply, Failure> {
    let request = PriceImportPreviewRequest {
        place: path.to_owned(),
        mapping,
        job_id: path.to_owned(),
    };
    Ok(app.price_import_preview(request, progress()).await?)
}

fn given(arguments: &ImportArguments) -> Result<Option<PriceMappingText>, Failure> {
    let Some(file) = &arguments.mapping else {
        return Ok(None);
    };
    let named = |error: String| Failure::plain(format!("{}: {error}", file.display()));
    let text = std::fs::read_to_string(file).map_err(|error| named(error.to_string()))?;
    let mapping = serde_json::from_str(&text).map_err(|error| named(error.to_string()))?;
    Ok(Some(mapping))
}

fn everything(token: &str) -> PriceTakeRequest {
    PriceTakeRequest {
        token: token.to_owned(),
        lines: None,
        filter: all(),
        taken: true,
    }
}

fn all() -> PriceLineFilter {
    PriceLineFilter {
        kind: None,
        asked: false,
        provider: None,
        search: String::new(),
    }
}

async fn lines(app: &App, token: &str) -> Result<Vec<PriceLineText>, Failure> {
    let mut lines: Vec<PriceLineText> = Vec::new();
    loop {
        let request = PriceLinesRequest {
            token: token.to_owned(),
            filter: all(),
            offset: u32::try_from(lines.len()).unwrap_or(u32::MAX),
            limit: PAGE,
        };
        let page = app.price_import_lines(request).await?;
        if page.lines.is_empty() {
            return Ok(lines);
        }
        lines.extend(page.lines);
    }
}

/// What would change, for a script.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Dry<'d> {
    #[serde(flatten)]
    preview: &'d PriceImportPreviewReply,
    lines: &'d [PriceLineText],
}

fn show(
    places: &Places,
    path: &str,
    preview: &PriceImportPreviewReply,
    lines: Vec<PriceLineText>,
) -> Result<(), Failure> {
    if places.json {
        let lines = lines.as_slice();
        println!("{}", to_json(&Dry { preview, lines })?);
        return Ok(());
    }
    let kinds: Vec<String> = preview.taken.kinds.iter().map(kind).collect();
    println!(
        "{path} ({}): {} models, {}, {} unchanged",
        preview.format,
        preview.models.0,
        kinds.join(", "),
        preview.unchanged.0
    );
    let rows: Vec<Vec<String>> = lines.iter().map(row).collect();
    if !rows.is_empty() {
        let head = ["", "Model", "What", "When", "Was", "Will", "%", "From"];
        print!("{}", table(&head, &rows, &[4, 5, 6]));
    }
    if let Some(effect) = &preview.taken.effect {
        println!("{}", sentence(effect));
    }
    let asked = preview
        .taken
        .asked
        .0
        .saturating_sub(preview.taken.asked_taken.0);
    if asked > 0 {
        println!("{asked} lines marked ? are a hundredfold or a hundredth: not taken unasked");
    }
    faults(preview.issue_count.0);
    Ok(())
}

fn kind(kind: &PriceKindCount) -> String {
    format!("{} {}", kind.lines.0, word(kind.kind))
}

fn word(kind: PriceLineKind) -> &'static str {
    match kind {
        PriceLineKind::NewModel => "of new models",
        PriceLineKind::NewPrice => "new",
        PriceLineKind::Changed => "changed",
        PriceLineKind::Disagrees => "disagree",
        PriceLineKind::Vanished => "vanished",
    }
}

fn row(line: &PriceLineText) -> Vec<String> {
    let price = |price: &Option<ratebook_api::wire::DecimalString>, currency: &Option<String>| {
        let price = price.as_ref().map(|price| price.0.clone());
        let currency = currency.clone().unwrap_or_default();
        price.map_or("-".to_owned(), |price| format!("{price} {currency}"))
    };
    let rules = line.rules.iter();
    let rules = rules.map(|rule| format!("{}: {}", rule.key, rule.value));
    let what = line
        .dimension
        .clone()
        .unwrap_or_else(|| rules.collect::<Vec<_>>().join(", "));
    let mark = match (line.taken, line.asked) {
        (true, _) => "+",
        (false, true) => "?",
        (false, false) => " ",
    };
    let will = match line.kind {
        PriceLineKind::Vanished => "ends".to_owned(),
        _ => price(&line.will, &line.will_currency),
    };
    let from = line.from.as_deref().and_then(|from| from.get(..10));
    vec![
        mark.to_owned(),
        format!("{}/{}", line.provider, line.model),
        what,
        line.conditions.join(", "),
        price(&line.was, &line.was_currency),
        will,
        line.percent
            .as_ref()
            .map_or(String::new(), |percent| percent.0.clone()),
        from.unwrap_or("since ever").to_owned(),
    ]
}

fn sentence(effect: &PriceEffect) -> String {
    let margin = |margin: &Option<ratebook_api::wire::DecimalString>| {
        margin
            .as_ref()
            .map_or("-".to_owned(), |margin| format!("{} %", margin.0))
    };
    format!(
        "usage from {} to {}: cost {} -> {} {}, margin {} -> {}",
        effect.from,
        effect.to,
        effect.cost_before.0,
        effect.cost_after.0,
        effect.currency,
        margin(&effect.margin_before),
        margin(&effect.margin_after)
    )
}

fn done(places: &Places, path: &str, report: &PriceImportReply) -> Result<(), Failure> {
    if places.json {
        println!("{}", to_json(report)?);
        return Ok(());
    }
    println!(
        "{path} ({}): {} models, {} prices added, {} known already",
        report.format, report.models.0, report.added.0, report.unchanged.0
    );
    if report.left.0 > 0 {
        println!(
            "{} lines were left, {} of them a hundredfold or a hundredth of the price before; \
             --dry-run shows them, --accept-all takes them",
            report.left.0, report.asked.0
        );
    }
    faults(report.issue_count.0);
    Ok(())
}

fn faults(count: u64) {
    if count > 0 {
        println!("{count} fields were not taken, or not as they stand");
    }
}
