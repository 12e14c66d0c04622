use crate::import::mapping::{ColumnMapping, Counting, Field, TimeFormat};
use crate::import::{table, time};
use crate::{hash, names};
use ratebook_catalog::Dimension;
use serde::{Deserialize, Serialize};

/// A mapping to begin with, and why.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Suggested {
    /// The mapping; what it lacks a person adds.
    pub mapping: ColumnMapping,
    /// Every column of the table, in its order.
    pub columns: Vec<SuggestedColumn>,
    /// The first rows, for a preview.
    pub rows: Vec<Vec<String>>,
}

/// One column of a table.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SuggestedColumn {
    /// Its name.
    pub name: String,
    /// The first value that is not empty.
    pub example: String,
    /// What it probably means; none: it is not read.
    pub field: Option<Field>,
    /// What a person should decide or know, as a stable word: `not_read`, `names_no_zone`,
    /// `day_or_month_first`, `decimal_sign`, `no_column_name`.
    pub note: Option<String>,
}

/// How many rows are shown.
const ROWS: usize = 20;

/// Usual names of columns, lower case, letters and digits only.
const USUAL: [(&str, &[&str]); 9] = [
    (
        "id",
        &[
            "id",
            "eventid",
            "requestid",
            "callid",
            "generationid",
            "uuid",
            "transactionid",
        ],
    ),
    (
        "time",
        &[
            "time",
            "timestamp",
            "at",
            "date",
            "datetime",
            "createdat",
            "occurredat",
            "created",
            "starttime",
            "endtime",
            "zeit",
            "zeitpunkt",
            "datum",
        ],
    ),
    (
        "customer",
        &[
            "customer",
            "customerid",
            "customerref",
            "client",
            "account",
            "accountid",
            "tenant",
            "tenantid",
            "user",
            "userid",
            "enduser",
            "subject",
            "kunde",
            "kundennummer",
            "team",
        ],
    ),
    (
        "model",
        &[
            "model",
            "modelname",
            "modelid",
            "deployment",
            "engine",
            "modell",
        ],
    ),
    (
        "provider",
        &["provider", "providername", "vendor", "anbieter"],
    ),
    ("event_name", &["event", "eventname", "eventtype", "metric"]),
    ("total", &["totaltokens", "tokenstotal", "total"]),
    (
        "cost.charged.USD",
        &["cost", "costusd", "spend", "price", "amountusd", "kosten"],
    ),
    ("condition.service_tier", &["servicetier", "tier"]),
];

/// Usual names of columns that count.
const COUNTS: [(Dimension, &[&str]); 7] = [
    (
        Dimension::INPUT,
        &[
            "inputtokens",
            "prompttokens",
            "contexttokens",
            "tokensin",
            "tokensinput",
            "tokensprompt",
            "promptcount",
            "input",
            "eingabetokens",
        ],
    ),
    (
        Dimension::OUTPUT,
        &[
            "outputtokens",
            "completiontokens",
            "generatedtokens",
            "tokensout",
            "tokensoutput",
            "tokenscompletion",
            "output",
            "ausgabetokens",
        ],
    ),
    (
        Dimension::CACHE_READ,
        &[
            "cachedtokens",
            "cachereadtokens",
            "tokenscached",
            "cachedinputtokens",
            "cachereadinputtokens",
        ],
    ),
    (
        Dimension::CACHE_WRITE,
        &[
            "cachewritetokens",
            "cachecreationtokens",
            "cachecreationinputtokens",
        ],
    ),
    (
        Dimension::OUTPUT_REASONING,
        &["reasoningtokens", "tokensreasoning", "thoughtstokens"],
    ),
    (Dimension::REQUESTS, &["requests", "calls", "requestcount"]),
    (
        Dimension::COMPUTE_SECONDS,
        &["computeseconds", "seconds", "duration"],
    ),
];

/// Suggests a mapping from the first part of a table (header and some rows). A last row that is
/// cut off is not looked at.
#[must_use]
pub fn suggest_mapping(sample: &str) -> Suggested {
    let sample = sample.strip_prefix('\u{feff}').unwrap_or(sample);
    let header = sample.lines().next().unwrap_or("");
    let separator = table::separator(header);
    let names = header_cells(header, separator);
    let body = sample.get(header.len()..).unwrap_or("");
    let whole = body
        .rfind('\n')
        .and_then(|end| body.get(..end))
        .unwrap_or(body);
    let lines = whole.lines().filter(|line| !line.is_empty()).take(ROWS);
    let rows: Vec<Vec<String>> = lines.map(|line| header_cells(line, separator)).collect();
    let mut mapping = ColumnMapping::default();
    let mut columns: Vec<SuggestedColumn> = Vec::new();
    for (place, name) in names.iter().enumerate() {
        let values = rows.iter().filter_map(|row| row.get(place));
        let example = values.clone().find(|value| !value.is_empty()).cloned();
        let field = meaning(name).filter(|field| {
            !columns
                .iter()
                .any(|column| column.field.as_ref() == Some(field))
        });
        let note = note(
            name,
            field.as_ref(),
            values.map(String::as_str),
            &mut mapping,
        );
        if let Some(field) = &field {
            mapping.columns.insert(name.clone(), field.clone());
        }
        let example = example.unwrap_or(String::new());
        columns.push(SuggestedColumn {
            name: name.clone(),
            example,
            field,
            note,
        });
    }
    complete(&mut mapping);
    Suggested {
        mapping,
        columns,
        rows,
    }
}

fn header_cells(line: &str, separator: char) -> Vec<String> {
    let cells = table::cells(line, separator).into_iter().flatten();
    cells.map(|cell| cell.trim().to_owned()).collect()
}

/// What a column of this name usually means.
fn meaning(name: &str) -> Option<Field> {
    if let Some(field) = canonical_column(name) {
        return Some(field);
    }
    let letters: String = name
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    let known = |usual: &[&str]| usual.contains(&letters.as_str());
    if let Some((dimension, _)) = COUNTS.iter().find(|(_, usual)| known(usual)) {
        return Some(Field::Quantity(dimension.clone()));
    }
    let (field, _) = USUAL.iter().find(|(_, usual)| known(usual))?;
    Field::parse(field)
}

/// The meaning of a column in the canonical table: the name of a field, of a condition, of a price
/// dimension, or `dim.<key>` and the like.
pub(crate) fn canonical_column(name: &str) -> Option<Field> {
    let name = name.trim();
    for (prefix, whole) in [
        ("dim.", "dimension."),
        ("dims.", "dimension."),
        ("dimensions.", "dimension."),
    ] {
        if let Some(key) = name.strip_prefix(prefix) {
            return Field::parse(&format!("{whole}{key}"));
        }
    }
    match name {
        "id" | "source_event_id" => return Some(Field::Id),
        "at" | "occurred_at" | "time" | "timestamp" | "time.occurred_at" => {
            return Some(Field::Time);
        }
        "customer_ref" | "customer.ref" => return Some(Field::Customer),
        "total_tokens" => return Some(Field::Total),
        _ => {}
    }
    if let Some(condition) = hash::condition(name.strip_prefix("modifiers.").unwrap_or(name)) {
        return Some(Field::Condition(condition));
    }
    let quantity = name.strip_prefix("quantities.").unwrap_or(name);
    names::dimension(quantity)
        .map(Field::Quantity)
        .or_else(|| Field::parse(name))
}

fn note<'v>(
    name: &str,
    field: Option<&Field>,
    mut values: impl Iterator<Item = &'v str>,
    mapping: &mut ColumnMapping,
) -> Option<String> {
    let word = match field {
        _ if name.is_empty() => "no_column_name",
        None => "not_read",
        Some(Field::Time) => {
            let value = values.find(|value| !value.is_empty())?;
            if time::time(value).is_none() && time::local(value, time::Order::DayFirst).is_some() {
                mapping.time_format = TimeFormat::DayFirst;
                "day_or_month_first"
            } else if time::names_zone(value) {
                return None;
            } else {
                "names_no_zone"
            }
        }
        Some(Field::Quantity(_) | Field::Total | Field::Cost { .. }) => {
            if !values.any(|value| value.contains(',')) {
                return None;
            }
            "decimal_sign"
        }
        Some(_) => return None,
    };
    Some(word.to_owned())
}

/// A table with an input column and cached tokens usually counts them inside, as most gateways do;
/// a person confirms it. The decimal sign stays a point until somebody chooses.
fn complete(mapping: &mut ColumnMapping) {
    let parts = [
        Dimension::CACHE_READ,
        Dimension::CACHE_WRITE,
        Dimension::OUTPUT_REASONING,
    ];
    let parts = parts.map(Field::Quantity);
    if mapping.columns.values().any(|field| parts.contains(field)) {
        mapping.counting = Counting::Inclusive;
    }
}
