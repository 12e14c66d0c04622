//! The text itself: tables in a fixed order, short lists of tiers on lines of their own.

use super::{Lines, join};
use crate::error::{ApiError, ApiResult};
use ratebook_catalog::Issue;
use serde_json::{Map, Value};
use std::collections::HashMap;
use toml_edit::{Array, ArrayOfTables, Document, DocumentMut, InlineTable, Item, Table};

/// The order in which a person would write the fields; others follow by name.
const ORDER: &[&str] = &[
    "format",
    "name",
    "description",
    "currency",
    "kind",
    "charge",
    "quantity",
    "amount",
    "timing",
    "per_seat",
    "meter",
    "model",
    "up_to",
    "unit_price",
    "flat_fee",
    "interval_unit",
    "interval_count",
    "by",
    "first",
    "last",
    "terms",
    "charges",
    "tests",
];

pub(super) fn write(fields: &Map<String, Value>) -> String {
    let mut document = DocumentMut::new();
    fill(document.as_table_mut(), fields);
    document.to_string()
}

/// The fields of a table, those with a text of one line first.
fn fill(table: &mut Table, fields: &Map<String, Value>) {
    for (name, value) in ordered(fields) {
        let item = match value {
            Value::Object(fields) => {
                let mut inner = Table::new();
                fill(&mut inner, fields);
                Item::Table(inner)
            }
            Value::Array(list) if name == "charges" || name == "tests" => {
                let mut tables = ArrayOfTables::new();
                for fields in list.iter().filter_map(Value::as_object) {
                    let mut inner = Table::new();
                    fill(&mut inner, fields);
                    tables.push(inner);
                }
                Item::ArrayOfTables(tables)
            }
            other => Item::Value(inline(other)),
        };
        table.insert(name, item);
    }
}

fn ordered(fields: &Map<String, Value>) -> Vec<(&str, &Value)> {
    let place = |name: &str| ORDER.iter().position(|known| *known == name);
    let mut fields: Vec<(&str, &Value)> = fields
        .iter()
        .filter(|(_, value)| !value.is_null())
        .map(|(name, value)| (name.as_str(), value))
        .collect();
    fields.sort_by_key(|(name, value)| {
        let is_table = value.is_object() || matches!(*name, "charges" | "tests");
        (is_table, place(name).unwrap_or(ORDER.len()), *name)
    });
    fields
}

fn inline(value: &Value) -> toml_edit::Value {
    match value {
        Value::Bool(flag) => (*flag).into(),
        Value::Number(number) => match number.as_i64() {
            Some(number) => number.into(),
            None => number.to_string().into(),
        },
        Value::String(text) => text.as_str().into(),
        Value::Null => "".into(),
        Value::Array(list) => {
            let mut array: Array = list.iter().map(inline).collect();
            if list.iter().any(Value::is_object) {
                for item in array.iter_mut() {
                    item.decor_mut().set_prefix("\n  ");
                }
                array.set_trailing("\n");
                array.set_trailing_comma(true);
            }
            array.into()
        }
        Value::Object(fields) => {
            let mut table = InlineTable::new();
            for (name, value) in ordered(fields) {
                table.insert(name, inline(value));
            }
            table.into()
        }
    }
}

/// Reads text. Numbers stay the digits that stand there: none becomes a binary fraction.
pub(super) fn read(text: &str) -> ApiResult<(Value, Lines)> {
    let document = Document::parse(text).map_err(|error| {
        let line = error.span().map_or(1, |span| line_of(text, span.start));
        let issue = Issue::new("", "not_toml").with("line", line);
        ApiError::invalid(vec![issue.with("detail", error.message())])
    })?;
    let mut reading = Reading {
        text,
        lines: HashMap::new(),
    };
    let value = reading.item("", document.as_item());
    Ok((value, Lines(reading.lines)))
}

fn line_of(text: &str, at: usize) -> usize {
    let before = text.as_bytes().iter().take(at);
    before
        .filter(|byte| **byte == b'\n')
        .count()
        .saturating_add(1)
}

struct Reading<'a> {
    text: &'a str,
    lines: HashMap<String, usize>,
}

impl Reading<'_> {
    fn note(&mut self, path: &str, span: Option<std::ops::Range<usize>>) {
        if let Some(span) = span {
            let line = line_of(self.text, span.start);
            self.lines.insert(path.to_owned(), line);
        }
    }

    fn item(&mut self, path: &str, item: &Item) -> Value {
        self.note(path, item.span());
        match item {
            Item::None => Value::Null,
            Item::Value(value) => self.value(path, value),
            Item::Table(table) => self.table(path, table),
            Item::ArrayOfTables(tables) => {
                let tables = tables.iter().enumerate();
                let read = tables.map(|(index, table)| {
                    let path = format!("{path}[{index}]");
                    self.note(&path, table.span());
                    self.table(&path, table)
                });
                Value::Array(read.collect())
            }
        }
    }

    fn table(&mut self, path: &str, table: &Table) -> Value {
        let fields = table.iter().map(|(name, item)| {
            let value = self.item(&join(path, name), item);
            (name.to_owned(), value)
        });
        Value::Object(fields.collect())
    }

    fn value(&mut self, path: &str, value: &toml_edit::Value) -> Value {
        self.note(path, value.span());
        match value {
            toml_edit::Value::Boolean(flag) => Value::Bool(*flag.value()),
            toml_edit::Value::String(text) => Value::from(text.value().as_str()),
            toml_edit::Value::Integer(_)
            | toml_edit::Value::Float(_)
            | toml_edit::Value::Datetime(_) => {
                let span = value.span().and_then(|span| self.text.get(span));
                Value::from(span.unwrap_or_default().trim().replace('_', ""))
            }
            toml_edit::Value::Array(list) => {
                let list = list.iter().enumerate();
                let read =
                    list.map(|(index, value)| self.value(&format!("{path}[{index}]"), value));
                Value::Array(read.collect())
            }
            toml_edit::Value::InlineTable(table) => {
                let fields = table.iter().map(|(name, value)| {
                    let value = self.value(&join(path, name), value);
                    (name.to_owned(), value)
                });
                Value::Object(fields.collect())
            }
        }
    }
}
