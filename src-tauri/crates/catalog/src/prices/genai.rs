//! The price table of genai-prices: a list of providers with their models, USD per million tokens
//! (per thousand, per hour, … for other units), dated price sets, parts of the day, variants for
//! marked requests, context tiers, match rules.
//!
//! The table decides by order (the last price set that is active, the first variant that fits);
//! rows decide by date and by how specific their conditions are. So every combination of date,
//! window and mark is worked out here and written as a row of its own wherever it matters.

mod constraint;
mod timeline;
mod units;

use super::import::{ImportedTable, Rows, TableError, TableIssue, TableIssueKind, TableStamp};
use super::{Authority, MatchRule, Minimum, ModelPrices, RuleSet};
use crate::Dimension;
use crate::json::{Json, Reader};
use timeline::Schedule;

/// Reads a whole table.
///
/// # Errors
/// [`TableError`] when the text is no JSON list of providers with models.
pub fn read(text: &str, stamp: &TableStamp) -> Result<ImportedTable, TableError> {
    let mut models = Vec::new();
    let mut issues = Vec::new();
    Reader::new(text).array::<TableError>(|reader| {
        let json = reader.build()?;
        let id = json.get("id").and_then(Json::text);
        let (Some(id), Some(Json::List(list))) = (id, json.get("models")) else {
            let what = "an element is no provider with an id and models";
            return Err(TableError::UnknownFormat(what.to_owned()));
        };
        let provider = id.to_lowercase();
        for json in list {
            models.extend(model(&provider, json, stamp, &mut issues));
        }
        Ok(())
    })?;
    ImportedTable::of(stamp, Authority::Dated, models, issues)
}

/// Reads one model of a provider. Nothing when it has no price; that is reported.
pub fn model(
    provider: &str,
    json: &Json,
    stamp: &TableStamp,
    issues: &mut Vec<TableIssue>,
) -> Option<ModelPrices> {
    let id = json.get("id").and_then(Json::text)?;
    let label = format!("{provider}/{id}");
    let mut rows = Rows::new(stamp, &label, issues);
    let schedule = Schedule::read(&mut rows, json);
    schedule.write(&mut rows);
    let mut matches = Vec::new();
    if let Some(json) = json.get("match") {
        match rule(json) {
            Some(rule) if rule.is_readable() => matches.extend(beyond_its_name(rule, id)),
            _ => rows.issue("match", TableIssueKind::NotExpressed, &format!("{json:?}")),
        }
    }
    let prices = rows.prices;
    if prices.is_empty() {
        issues.push(TableIssue {
            model: label,
            field: String::new(),
            kind: TableIssueKind::NoPrice,
            value: String::new(),
        });
        return None;
    }
    Some(ModelPrices {
        provider: provider.to_owned(),
        model: id.to_owned(),
        prices,
        fallbacks: Vec::new(),
        rules: RuleSet::Genai,
        multipliers: Vec::new(),
        matches,
        minimums: minimums(provider, id),
    })
}

/// What the table's own program adds to its prices: Groq bills ten seconds of speech at least.
fn minimums(provider: &str, id: &str) -> Vec<Minimum> {
    let is_speech = provider == "groq" && id.contains("whisper");
    let ten_seconds = || Minimum {
        dimension: Dimension::INPUT_AUDIO_SECONDS,
        units: 10,
    };
    is_speech.then(ten_seconds).into_iter().collect()
}

fn rule(json: &Json) -> Option<MatchRule> {
    let [(kind, value)] = json.members() else {
        return None;
    };
    let text = || value.text().map(str::to_owned);
    let rules = || value.list().iter().map(rule).collect::<Option<Vec<_>>>();
    Some(match kind.as_ref() {
        "equals" => MatchRule::Equals(text()?),
        "starts_with" => MatchRule::StartsWith(text()?),
        "ends_with" => MatchRule::EndsWith(text()?),
        "contains" => MatchRule::Contains(text()?),
        "regex" => MatchRule::Regex(text()?),
        "or" => MatchRule::Or(rules()?),
        "and" => MatchRule::And(rules()?),
        _ => return None,
    })
}

/// A rule that only says the model's own name adds nothing.
fn beyond_its_name(rule: MatchRule, id: &str) -> Option<MatchRule> {
    let own = |rule: &MatchRule| *rule == MatchRule::Equals(id.to_owned());
    match rule {
        MatchRule::Or(mut rules) => {
            rules.retain(|rule| !own(rule));
            match rules.len() {
                0 => None,
                1 => rules.pop(),
                _ => Some(MatchRule::Or(rules)),
            }
        }
        rule if own(&rule) => None,
        rule => Some(rule),
    }
}

#[cfg(test)]
mod tests;
