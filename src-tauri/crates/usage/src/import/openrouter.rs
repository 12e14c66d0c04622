//! OpenRouter: the log of generations (a row per call) and the activity report (a row per day and
//! model). Counts are inclusive.

use crate::MODEL_CALL;
use crate::counts::{Convention, Counts};
use crate::draft::{Draft, DraftCost};
use crate::import::fields::read_time;
use crate::import::issue::Faults;
use crate::import::json::Scalar;
use crate::import::reported::{put_disjoint, tokens};
use crate::import::time;
use ratebook_catalog::Dimension;
use std::borrow::Cow;

/// Columns of money and what they are. `cost_total` contains the others but the last.
const COSTS: [(&str, &str); 5] = [
    ("cost_total", "charged"),
    ("cost_web_search", "charged/web_search"),
    ("cost_cache", "charged/cache"),
    ("cost_file_processing", "charged/file_processing"),
    ("byok_usage_inference", "upstream"),
];

/// Columns that are kept to filter and group by, under their usual names.
const DIMS: [(&str, &str); 3] = [
    ("app_name", "app"),
    ("api_key_name", "api_key"),
    ("user", "user"),
];

/// One call of the log.
pub(crate) fn read_log<'a>(
    header: &[String],
    cells: Vec<Cow<'a, str>>,
    faults: &mut Faults,
) -> Draft<'a> {
    let mut draft = call();
    let mut counts = Counts::default();
    let (mut user, mut key) = (Cow::Borrowed(""), Cow::Borrowed(""));
    for (name, cell) in header.iter().zip(cells) {
        if cell.is_empty() {
            continue;
        }
        if let Some(slot) = slot(&mut counts, name) {
            *slot = tokens(&Scalar::Text(cell.clone()), name, faults);
            draft.numbers.push((Cow::Owned(name.clone()), cell));
            continue;
        }
        if let Some((_, kind)) = COSTS.iter().find(|(column, _)| column == name) {
            draft.costs.extend(dollars(kind, cell));
            continue;
        }
        if let Some((_, dim)) = DIMS.iter().find(|(column, _)| column == name) {
            draft.dims.push((Cow::Borrowed(*dim), cell.clone()));
        }
        match &**name {
            "generation_id" => draft.id = cell,
            "created_at" => draft.at = read_time(&cell, name, faults),
            "model_permaslug" => draft.model = cell,
            "provider_name" => draft.provider = cell,
            "user" => user = cell,
            "api_key_name" => key = cell,
            "variant" if cell != "standard" => draft.dims.push((Cow::Borrowed("variant"), cell)),
            "cancelled" if cell == "true" => draft.dims.push((Cow::Borrowed("cancelled"), cell)),
            _ => {}
        }
    }
    draft.customer = if user.is_empty() { key } else { user };
    put_disjoint(Convention::Inclusive, &counts, &mut draft, faults);
    draft
}

fn slot<'c>(counts: &'c mut Counts, column: &str) -> Option<&'c mut Option<i64>> {
    Some(match column {
        "tokens_prompt" => &mut counts.input,
        "tokens_completion" => &mut counts.output,
        "tokens_reasoning" => &mut counts.reasoning,
        "tokens_cached" => &mut counts.cache_read,
        _ => return None,
    })
}

/// One day of one model. Cached tokens are not told apart, so the input is of unknown class: it is
/// counted, but nothing prices it as plain input.
pub(crate) fn read_activity<'a>(
    header: &[String],
    cells: Vec<Cow<'a, str>>,
    faults: &mut Faults,
) -> Draft<'a> {
    let mut draft = call();
    let mut counts = Counts::default();
    let mut id = String::new();
    for (name, cell) in header.iter().zip(cells) {
        if let "date" | "model_permaslug" | "endpoint_id" | "provider_name" | "workspace_id" =
            &**name
        {
            id.push_str(&cell);
            id.push('|');
        }
        if cell.is_empty() {
            continue;
        }
        let value = Scalar::Text(cell.clone());
        match &**name {
            "date" => {
                let at = time::day(&cell);
                draft.at = if at.is_some() {
                    at
                } else {
                    read_time(&cell, name, faults)
                };
            }
            "model_permaslug" => draft.model = cell,
            "model" if draft.model.is_empty() => draft.model = cell,
            "provider_name" => draft.provider = cell,
            "workspace_id" => draft.customer = cell,
            "usage" => draft.costs.extend(dollars("charged", cell)),
            "byok_usage_inference" => draft.costs.extend(dollars("upstream", cell)),
            "requests" => {
                let requests = tokens(&value, name, faults);
                draft.measured |= requests.is_some();
                draft
                    .quantities
                    .extend(requests.map(|count| (Dimension::REQUESTS, count)));
            }
            "prompt_tokens" => {
                let prompt = tokens(&value, name, faults);
                let all = prompt.map(|count| (Dimension::INPUT_UNSPECIFIED, count));
                draft.quantities.extend(all);
            }
            "completion_tokens" => counts.output = tokens(&value, name, faults),
            "reasoning_tokens" => counts.reasoning = tokens(&value, name, faults),
            _ => {}
        }
    }
    draft.id = Cow::Owned(id);
    draft
        .dims
        .push((Cow::Borrowed("granularity"), Cow::Borrowed("day")));
    put_disjoint(Convention::Inclusive, &counts, &mut draft, faults);
    draft
}

fn call<'a>() -> Draft<'a> {
    Draft {
        event_name: Cow::Borrowed(MODEL_CALL),
        convention: Cow::Borrowed(Convention::Inclusive.as_str()),
        dims: vec![(Cow::Borrowed("via"), Cow::Borrowed("openrouter"))],
        ..Draft::default()
    }
}

/// A cost, unless it is zero: most of the columns are, in most rows.
fn dollars<'a>(kind: &'static str, amount: Cow<'a, str>) -> Option<DraftCost<'a>> {
    let zero = amount.bytes().all(|b| matches!(b, b'0' | b'.'));
    let currency = Cow::Borrowed("USD");
    (!zero).then_some(DraftCost {
        kind: Cow::Borrowed(kind),
        amount,
        currency,
    })
}
