use crate::draft::Draft;
use crate::event::Reported;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// What is kept of an event beside the numbers that are priced: for explaining, comparing and
/// finding the row again. Never a prompt or an answer.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Facts {
    /// Where the event came from.
    pub source: String,
    /// Its id there.
    pub id: String,
    /// Line of the file; 0 when it came from no file.
    #[serde(default)]
    pub line: u64,
    /// All further dimensions.
    #[serde(default)]
    pub dims: BTreeMap<String, String>,
    /// What the source said in its own words.
    #[serde(default)]
    pub reported: Reported,
}

impl Facts {
    /// Reads the line that a batch holds for an event.
    ///
    /// # Errors
    /// When the text is not such a line.
    pub fn parse(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }
}

/// Writes the line that [`Facts::parse`] reads.
pub(crate) fn write_facts(out: &mut String, line: u64, draft: &Draft<'_>) {
    out.push_str("{\"source\":");
    write_text(out, &draft.source);
    out.push_str(",\"id\":");
    write_text(out, &draft.id);
    if line > 0 {
        let _ = write!(out, ",\"line\":{line}");
    }
    if !draft.dims.is_empty() {
        out.push_str(",\"dims\":");
        write_pairs(out, &draft.dims);
    }
    write_reported(out, draft);
    out.push('}');
}

/// Writes `,"reported":{…}` when there is anything.
pub(crate) fn write_reported(out: &mut String, draft: &Draft<'_>) {
    if draft.convention.is_empty() && draft.numbers.is_empty() && draft.costs.is_empty() {
        return;
    }
    out.push_str(",\"reported\":{");
    if !draft.convention.is_empty() {
        out.push_str("\"convention\":");
        write_text(out, &draft.convention);
        out.push(',');
    }
    if !draft.numbers.is_empty() {
        out.push_str("\"numbers\":");
        write_pairs(out, &draft.numbers);
        out.push(',');
    }
    if !draft.costs.is_empty() {
        out.push_str("\"costs\":[");
        for cost in &draft.costs {
            out.push_str("{\"kind\":");
            write_text(out, &cost.kind);
            out.push_str(",\"amount\":");
            write_text(out, &cost.amount);
            out.push_str(",\"currency\":");
            write_text(out, &cost.currency);
            out.push_str("},");
        }
        out.pop();
        out.push_str("],");
    }
    out.pop();
    out.push('}');
}

pub(crate) fn write_pairs<K: AsRef<str>, V: AsRef<str>>(out: &mut String, pairs: &[(K, V)]) {
    out.push('{');
    for (place, (key, value)) in pairs.iter().enumerate() {
        if place > 0 {
            out.push(',');
        }
        write_text(out, key.as_ref());
        out.push(':');
        write_text(out, value.as_ref());
    }
    out.push('}');
}

/// Writes a JSON string.
pub(crate) fn write_text(out: &mut String, text: &str) {
    out.push('"');
    // Without an early end, so that many bytes are compared at once.
    let special = |found: bool, b: u8| found | matches!(b, b'"' | b'\\' | 0..=0x1f);
    if text.bytes().fold(false, special) {
        for c in text.chars() {
            match c {
                '"' => out.push_str("\\\""),
                '\\' => out.push_str("\\\\"),
                c if c < ' ' => {
                    let _ = write!(out, "\\u{:04x}", u32::from(c));
                }
                c => out.push(c),
            }
        }
    } else {
        out.push_str(text);
    }
    out.push('"');
}
