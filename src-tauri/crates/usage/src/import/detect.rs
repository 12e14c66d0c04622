//! Telling what a file is from its first bytes. Names of files only help where bytes cannot.

use crate::import::issue::ImportError;
use crate::import::json::Json;
use crate::import::mapping::Field;
use crate::import::records::Split;
use crate::import::suggest::canonical_column;
use crate::import::{Format, table};
use std::borrow::Cow;

/// How a file is cut and read.
pub(crate) struct Layout {
    pub(crate) format: Format,
    pub(crate) split: Split,
    /// Bytes before the first row.
    pub(crate) before: usize,
    /// Column names, when it is a table.
    pub(crate) header: Option<Header>,
}

/// The first line of a table.
pub(crate) struct Header {
    pub(crate) columns: Vec<String>,
    pub(crate) separator: char,
}

/// Settles format and layout from the first bytes, behind a byte order mark.
pub(crate) fn layout(
    head: &[u8],
    choice: Option<Format>,
    has_mapping: bool,
) -> Result<Layout, ImportError> {
    let text = head_text(head)?;
    let first = text.trim_start().bytes().next();
    match first {
        None => Err(ImportError::Empty),
        Some(b'{' | b'[') if choice != Some(Format::Table) => json(text, choice),
        Some(_) => csv(text, choice, has_mapping),
    }
}

/// The first bytes as text. The last character may be cut; a fault behind the first line is left
/// to its row.
fn head_text(head: &[u8]) -> Result<&str, ImportError> {
    match std::str::from_utf8(head) {
        Ok(text) => Ok(text),
        Err(error) => {
            let valid = head.split_at(error.valid_up_to()).0;
            let text = std::str::from_utf8(valid).unwrap_or("");
            if text.contains('\n') || error.error_len().is_none() {
                Ok(text)
            } else {
                Err(ImportError::Encoding("Latin-1 or Windows-1252"))
            }
        }
    }
}

/// Refuses what is not UTF-8 text at all, by name where it has one.
pub(crate) fn refuse_other_encodings(head: &[u8]) -> Result<(), ImportError> {
    let named = match head {
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => Some("UTF-32"),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Some("UTF-16"),
        _ => None,
    };
    if let Some(name) = named {
        return Err(ImportError::Encoding(name));
    }
    let known = [
        &b"SQLite format 3\0"[..],
        b"PK\x03\x04",
        b"\x1f\x8b",
        b"%PDF",
        b"\x28\xb5\x2f\xfd",
    ];
    if known.iter().any(|magic| head.starts_with(magic)) {
        return Err(ImportError::NotText);
    }
    let start = head.get(..256).unwrap_or(head);
    let nuls = start.iter().filter(|b| **b == 0).count();
    if nuls == 0 {
        return Ok(());
    }
    if nuls == start.len() {
        return Err(ImportError::NotText);
    }
    // Latin text in UTF-16 without a mark has a NUL in every other byte.
    let alternate = nuls.saturating_mul(5) >= start.len().saturating_mul(2);
    if alternate {
        Err(ImportError::Encoding("UTF-16"))
    } else {
        Ok(())
    }
}

fn json(text: &str, choice: Option<Format>) -> Result<Layout, ImportError> {
    let blank = text.len().saturating_sub(text.trim_start().len());
    let body = text.trim_start();
    let (split, before) = if body.starts_with('[') {
        (Split::Objects, blank.saturating_add(1))
    } else if let Some(inside) = wrapped(body) {
        (Split::Objects, blank.saturating_add(inside))
    } else {
        (
            if is_lines(body) {
                Split::Lines
            } else {
                Split::Objects
            },
            0,
        )
    };
    let rows = text.get(before..).unwrap_or("");
    let format = match choice {
        Some(format) => format,
        None => rows
            .lines()
            .find_map(|line| kind(line, rows, split))
            .ok_or(ImportError::UnknownFormat)?,
    };
    Ok(Layout {
        format,
        split,
        before,
        header: None,
    })
}

/// Whether each line is an object, or objects run over several lines. Any line may be broken, so
/// one of the first that is whole decides; within a longer object lines are indented.
fn is_lines(text: &str) -> bool {
    let whole = |line: &str| {
        let mut json = Json::new(line);
        line.starts_with('{') && json.skip().is_ok() && json.end().is_ok()
    };
    let one_line = !text.trim_end().contains('\n');
    one_line || text.lines().take(50).any(whole)
}

/// Where the rows begin in an object that only wraps a list of them: `{"data": [ … ]}`.
fn wrapped(text: &str) -> Option<usize> {
    let mut found = None;
    let mut json = Json::new(text);
    let _ = json.object(|json, key| {
        if matches!(&*key, "data" | "events") && json.peek() == Some(b'[') && found.is_none() {
            found = Some(json.place().saturating_add(1));
        }
        json.skip()
    });
    found
}

/// The format of one row, by the names of its fields; the row may be cut off.
fn kind(line: &str, rows: &str, split: Split) -> Option<Format> {
    let text = if split == Split::Lines { line } else { rows };
    let mut keys: Vec<Cow<'_, str>> = Vec::new();
    let start = text.find('{')?;
    let mut json = Json::new(text.get(start..)?);
    let _ = json.object(|json, key| {
        keys.push(key);
        json.skip()
    });
    let has = |name: &str| keys.iter().any(|key| key == name);
    if has("litellm_call_id") || has("response_cost") || (has("request_id") && has("spend")) {
        Some(Format::LiteLlm)
    } else if has("payload") && has("event_name") {
        Some(Format::Stripe)
    } else if [
        "source_event_id",
        "quantities",
        "usage",
        "occurred_at",
        "at",
        "event_name",
        "time",
    ]
    .into_iter()
    .any(has)
    {
        Some(Format::Canonical)
    } else {
        None
    }
}

fn csv(text: &str, choice: Option<Format>, has_mapping: bool) -> Result<Layout, ImportError> {
    let line = text
        .split_inclusive('\n')
        .find(|line| !line.trim().is_empty())
        .unwrap_or("");
    let blank = text.find(line).unwrap_or(0);
    let separator = table::separator(line);
    let cells = table::cells(line, separator).map_err(|_| ImportError::UnknownFormat)?;
    let columns: Vec<String> = cells.iter().map(|cell| cell.trim().to_owned()).collect();
    if line.contains('\0') {
        return Err(ImportError::NotText);
    }
    if columns.len() < 2 {
        return Err(ImportError::UnknownFormat);
    }
    for (place, name) in columns.iter().enumerate() {
        if !name.is_empty() && columns.iter().take(place).any(|other| other == name) {
            return Err(ImportError::DuplicateColumn(name.clone()));
        }
    }
    let format = match choice {
        Some(format) => format,
        None if has_mapping => Format::Table,
        None => known(&columns).unwrap_or(Format::Table),
    };
    for needed in needs(format) {
        if !columns.iter().any(|column| column == needed) {
            return Err(ImportError::MissingColumn((*needed).to_owned()));
        }
    }
    let before = blank.saturating_add(line.len());
    let split = Split::Csv(u8::try_from(separator).unwrap_or(b','));
    Ok(Layout {
        format,
        split,
        before,
        header: Some(Header { columns, separator }),
    })
}

/// Columns without which a table cannot be of this format.
fn needs(format: Format) -> &'static [&'static str] {
    match format {
        Format::LiteLlm => &["request_id", "prompt_tokens", "completion_tokens"],
        Format::OpenRouter => &["generation_id", "created_at", "tokens_prompt"],
        Format::OpenRouterActivity => &["date", "prompt_tokens", "completion_tokens"],
        // A table has no place for the payload of a meter event.
        Format::Stripe => &["payload"],
        Format::Canonical | Format::Table => &[],
    }
}

fn known(columns: &[String]) -> Option<Format> {
    let has = |name: &str| columns.iter().any(|column| column == name);
    if has("generation_id") && has("tokens_prompt") {
        return Some(Format::OpenRouter);
    }
    if has("date") && has("model_permaslug") && has("prompt_tokens") {
        return Some(Format::OpenRouterActivity);
    }
    if has("request_id") && has("spend") && has("prompt_tokens") {
        return Some(Format::LiteLlm);
    }
    let fields: Vec<Field> = columns
        .iter()
        .filter_map(|name| canonical_column(name))
        .collect();
    let measures = fields
        .iter()
        .any(|field| matches!(field, Field::Quantity(_)));
    let names = [Field::Id, Field::Time, Field::Customer];
    (measures && names.iter().all(|name| fields.contains(name))).then_some(Format::Canonical)
}
