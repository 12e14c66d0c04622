//! Plans as readable text: TOML that a person can write and that compares well, or JSON of the
//! same shape. Text becomes the request that the window sends when it saves a plan, so that both
//! are read and checked by the same code.

mod toml;

use crate::error::{ApiError, ApiResult};
use crate::wire::{ChargeText, PlanSaveRequest, PlanTestText};
use ratebook_catalog::{Issue, Meter};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::collections::HashMap;

/// Version of the text's shape.
const FORMAT: &str = "1";

/// A plan as a file holds it.
pub(crate) struct PlanFile {
    /// Without an id.
    pub request: PlanSaveRequest,
    pub tests: Vec<PlanTestText>,
    /// Where each field stands.
    pub lines: Lines,
    /// What is wrong with it so far: fields that are not known or of another kind.
    pub faults: Vec<Issue>,
}

/// Line of each path, from 1; empty for JSON.
#[derive(Default)]
pub(crate) struct Lines(HashMap<String, usize>);

impl Lines {
    /// The same faults, at the names and lines of the file.
    pub fn place(&self, mut error: ApiError) -> ApiError {
        for issue in &mut error.issues {
            issue.path = file_path(&issue.path);
            if let Some(line) = self.of(&issue.path) {
                issue.params.insert("line".to_owned(), line.to_string());
            }
        }
        error
    }

    /// The line of a path, or of what it would stand in.
    fn of(&self, path: &str) -> Option<usize> {
        let mut path = path;
        loop {
            if let Some(line) = self.0.get(path) {
                return Some(*line);
            }
            path = path.rsplit_once('.').map(|(outer, _)| outer)?;
        }
    }
}

/// Writes a plan with its tests as TOML. Meters of one's own stand there by name.
pub(crate) fn write(
    plan: &PlanSaveRequest,
    tests: &[PlanTestText],
    meters: &[Meter],
) -> ApiResult<String> {
    let mut value = to_value(plan)?;
    let Value::Object(fields) = &mut value else {
        return Err(ApiError::internal("a plan is an object"));
    };
    fields.remove("id");
    fields.remove("archived");
    for charge in items(fields.get_mut("charges")) {
        let own = charge.get("meter").and_then(Value::as_str);
        let own = meters
            .iter()
            .find(|meter| own == Some(&*meter.id.to_string()));
        if let Some(own) = own {
            charge.insert("meter".to_owned(), Value::from(own.name.as_str()));
        }
    }
    unfold(fields);
    fields.insert("format".to_owned(), Value::from(FORMAT));
    if !tests.is_empty() {
        let mut tests = to_value(&tests)?;
        for test in items(Some(&mut tests)) {
            let text = test.get("usage").and_then(Value::as_str);
            let usage = text.and_then(|text| serde_json::from_str::<Value>(text).ok());
            test.extend(usage.map(|usage| ("usage".to_owned(), usage)));
        }
        fields.insert("tests".to_owned(), tests);
    }
    Ok(toml::write(fields))
}

/// Reads a plan: TOML, or JSON when it begins with a brace. Faults that leave something to check
/// stand beside it, so that all are said at once; the others, each at its field, are the error.
pub(crate) fn read(text: &str, meters: &[Meter]) -> ApiResult<PlanFile> {
    let text = text.trim_start_matches('\u{feff}');
    let (value, lines) = if text.trim_start().starts_with('{') {
        let value = serde_json::from_str(text).map_err(|error| {
            let issue = Issue::new("", "not_json").with("column", error.column());
            ApiError::invalid(vec![issue.with("line", error.line()).with("detail", error)])
        })?;
        (value, Lines::default())
    } else {
        toml::read(text)?
    };
    read_value(value, meters)
        .map(|(request, tests, faults)| PlanFile {
            request,
            tests,
            faults,
            lines: Lines::default(),
        })
        .map_err(|error| lines.place(error))
        .map(|file| PlanFile { lines, ..file })
}

/// A plan, its tests, and their faults.
type Parts = (PlanSaveRequest, Vec<PlanTestText>, Vec<Issue>);

fn read_value(value: Value, meters: &[Meter]) -> ApiResult<Parts> {
    let Value::Object(mut fields) = spelt("", value) else {
        return Err(ApiError::field("", "not_an_object"));
    };
    let mut issues = Vec::new();
    match fields.remove("format").as_ref().map(plain) {
        Some(Some(format)) if format == FORMAT => {}
        Some(_) => issues.push(Issue::new("format", "unknown_format").with("known", FORMAT)),
        None => issues.push(Issue::new("format", "required").with("known", FORMAT)),
    }
    for charge in items(fields.get_mut("charges")) {
        let named = charge.get("meter").and_then(Value::as_str);
        let own = meters
            .iter()
            .find(|meter| named == Some(meter.name.as_str()));
        if let Some(own) = own {
            charge.insert("meter".to_owned(), Value::from(own.id.to_string()));
        }
    }
    fold(&mut fields);
    for test in items(fields.get_mut("tests")) {
        if let Some(usage) = test.get("usage").filter(|usage| usage.is_object()) {
            let text = Value::from(usage.to_string());
            test.insert("usage".to_owned(), text);
            test.entry("quantity").or_insert(Value::from("0"));
        }
    }
    for absent in ["id", "name", "description"] {
        let empty = Value::from("");
        fields.entry(absent).or_insert(empty);
    }
    fields.entry("archived").or_insert(Value::Bool(false));
    let tests = list::<PlanTestText>("tests", fields.remove("tests"), &mut issues);
    let charges = list::<ChargeText>("charges", fields.remove("charges"), &mut issues);
    let request = typed::<PlanSaveRequest>("", Value::Object(fields), &mut issues);
    match (request, tests, charges) {
        (Some(request), Some(tests), Some(charges)) => {
            let charges = Some(charges);
            Ok((PlanSaveRequest { charges, ..request }, tests, issues))
        }
        _ => Err(ApiError::invalid(issues)),
    }
}

/// The items of a list, each read alone, so that a fault in one does not hide those of the others;
/// nothing when one of them is none of these items.
fn list<T: Serialize + DeserializeOwned>(
    path: &str,
    value: Option<Value>,
    issues: &mut Vec<Issue>,
) -> Option<Vec<T>> {
    match value {
        None | Some(Value::Null) => Some(Vec::new()),
        Some(Value::Array(items)) => {
            let items = items.into_iter().enumerate();
            let read = items.map(|(index, item)| typed(&format!("{path}[{index}]"), item, issues));
            let read: Vec<Option<T>> = read.collect();
            read.into_iter().collect()
        }
        Some(_) => {
            issues.push(Issue::new(path, "not_a_list"));
            None
        }
    }
}

/// The value as its wire type. Fields that the type does not know are faults: a misspelt price
/// must not be left out in silence.
fn typed<T: Serialize + DeserializeOwned>(
    path: &str,
    value: Value,
    issues: &mut Vec<Issue>,
) -> Option<T> {
    let value = renamed(value, &camel);
    match serde_json::from_value::<T>(value.clone()) {
        Ok(read) => {
            let known = serde_json::to_value(&read).unwrap_or(Value::Null);
            unknown(path, &value, &known, issues);
            Some(read)
        }
        Err(error) => {
            let detail = error.to_string();
            let missing = detail.strip_prefix("missing field `");
            let missing = missing.and_then(|rest| rest.split_once('`'));
            issues.push(match missing {
                Some((name, _)) => Issue::new(join(path, name), "required"),
                None => Issue::new(path, "not_a_plan").with("detail", detail),
            });
            None
        }
    }
}

fn unknown(path: &str, given: &Value, known: &Value, issues: &mut Vec<Issue>) {
    match (given, known) {
        (Value::Object(given), Value::Object(known)) => {
            for (name, value) in given {
                let path = join(path, name);
                match known.get(name) {
                    Some(known) => unknown(&path, value, known, issues),
                    None => issues.push(Issue::new(path, "unknown_field")),
                }
            }
        }
        (Value::Array(given), Value::Array(known)) => {
            for (index, (given, known)) in given.iter().zip(known).enumerate() {
                unknown(&format!("{path}[{index}]"), given, known, issues);
            }
        }
        _ => {}
    }
}

/// Price documents, which the wire has as text, become objects: `price` in the place of `document`.
fn unfold(fields: &mut Map<String, Value>) {
    let text = fields.get("document").and_then(Value::as_str);
    let price = text.and_then(|text| serde_json::from_str::<Value>(text).ok());
    if let Some(price) = price {
        fields.remove("document");
        fields.remove("model");
        fields.insert("price".to_owned(), price);
        return;
    }
    inner(fields, &unfold);
}

/// The way back. A `price` with a `kind` is that of a change, written as a charge.
fn fold(fields: &mut Map<String, Value>) {
    let price = fields.get("price").and_then(Value::as_object);
    if price.is_some_and(|price| !price.contains_key("kind")) {
        let price = fields.remove("price").unwrap_or_default();
        fields.insert("model".to_owned(), Value::from("document"));
        fields.insert("document".to_owned(), Value::from(price.to_string()));
        return;
    }
    inner(fields, &fold);
}

/// Does it for all objects inside.
fn inner(fields: &mut Map<String, Value>, each: &dyn Fn(&mut Map<String, Value>)) {
    for value in fields.values_mut() {
        match value {
            Value::Object(fields) => each(fields),
            Value::Array(list) => list
                .iter_mut()
                .filter_map(Value::as_object_mut)
                .for_each(each),
            _ => {}
        }
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}

fn to_value<T: Serialize>(value: &T) -> ApiResult<Value> {
    let value = serde_json::to_value(value).map_err(ApiError::internal)?;
    Ok(renamed(value, &snake))
}

fn items(list: Option<&mut Value>) -> impl Iterator<Item = &mut Map<String, Value>> {
    let list = list.and_then(Value::as_array_mut).into_iter().flatten();
    list.filter_map(Value::as_object_mut)
}

/// The same value with other names; what is null is left out.
fn renamed(value: Value, name: &dyn Fn(&str) -> String) -> Value {
    match value {
        Value::Object(fields) => Value::Object(
            fields
                .into_iter()
                .filter(|(_, value)| !value.is_null())
                .map(|(key, value)| (name(&key), renamed(value, name)))
                .collect(),
        ),
        Value::Array(list) => {
            Value::Array(list.into_iter().map(|item| renamed(item, name)).collect())
        }
        other => other,
    }
}

/// Fields of which the wire has a number; all others are exact decimals, as text.
const COUNTS: &[&str] = &["interval_count"];

/// Numbers as the wire spells them, in quotes or not.
fn spelt(name: &str, value: Value) -> Value {
    let is_count = COUNTS.contains(&name);
    match value {
        Value::Object(fields) => {
            let fields = fields.into_iter();
            let spelt = fields.map(|(name, value)| {
                let value = spelt(&name, value);
                (name, value)
            });
            Value::Object(spelt.collect())
        }
        Value::Array(list) => {
            Value::Array(list.into_iter().map(|item| spelt(name, item)).collect())
        }
        Value::Number(number) if !is_count => Value::from(number.to_string()),
        Value::String(text) if is_count => match text.parse::<u16>() {
            Ok(count) => Value::from(count),
            Err(_) => Value::String(text),
        },
        other => other,
    }
}

/// A word or number as text.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn snake(name: &str) -> String {
    let mut out = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() {
            out.push('_');
        }
        out.push(letter.to_ascii_lowercase());
    }
    out
}

fn camel(name: &str) -> String {
    let mut out = String::new();
    let mut words = name.split('_');
    out.push_str(words.next().unwrap_or_default());
    for word in words {
        let mut letters = word.chars();
        out.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        out.push_str(letters.as_str());
    }
    out
}

/// The path of a field of the request, as the file has it.
fn file_path(path: &str) -> String {
    snake(path).replace(".document", ".price")
}

#[cfg(test)]
mod tests;
