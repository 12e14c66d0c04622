//! The rules of the price book as a file: TOML that differs line by line in git, CSV or a workbook
//! for a spreadsheet. One entry for each rule, sorted by where it holds, with the same names in
//! all.

mod workbook;

use crate::error::{ApiError, ApiResult};
use crate::use_cases::price_edits::fault;
use crate::wire::{
    DecimalString, MarkupScopeText, MarkupText, PriceEdit, PriceEditWhat, PriceFault, RuleText,
    ScopeWord,
};
use ratebook_catalog::Issue;
use std::collections::BTreeMap;
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, value};

/// The version of the format.
const FORMAT: i64 = 1;

/// The names of the fields, in the order in which they are written.
const FIELDS: [&str; 14] = [
    "level",
    "owner",
    "provider",
    "model",
    "dimension",
    "when",
    "price",
    "formula",
    "percent",
    "fixed_per_unit",
    "fixed_per_request",
    "minimum_margin",
    "round_to",
    "at_least",
];

/// Those of them that hold numbers.
const NUMBERS: [&str; 7] = [
    "price",
    "percent",
    "fixed_per_unit",
    "fixed_per_request",
    "minimum_margin",
    "round_to",
    "at_least",
];

/// The format of a file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum BookFormat {
    Toml,
    Csv,
    Xlsx,
}

/// One rule as text; what is not there is not written.
pub(crate) type Entry = BTreeMap<&'static str, String>;

/// An entry of a file, and the number of the line or entry that it came from.
pub(crate) struct Read {
    pub line: usize,
    pub edit: Result<PriceEdit, PriceFault>,
    /// What it says that a call is billed at least.
    pub at_least: Option<String>,
}

/// The entry of a rule, with what a call is billed at least of what it prices: that is the
/// provider's rule, and stands there to be seen.
pub(crate) fn entry(scope: &MarkupScopeText, rule: &RuleText, at_least: Option<u32>) -> Entry {
    let mut entry = Entry::new();
    let mut put = |name: &'static str, text: Option<&str>| {
        entry.extend(text.map(|text| (name, text.to_owned())));
    };
    put("level", Some(level_word(scope.level)));
    put("owner", scope.owner.as_deref());
    put("provider", scope.provider.as_deref());
    put("model", scope.model.as_deref());
    put("dimension", scope.dimension.as_deref());
    let when = scope.conditions.as_deref();
    put(
        "when",
        when.map(|key| if key.is_empty() { "{}" } else { key }),
    );
    let text = |value: &'_ Option<DecimalString>| value.as_ref().map(|value| value.0.clone());
    if let Some(own) = &rule.own {
        put("price", text(&own.price).as_deref());
        let formula = own.formula.as_ref().map(|formula| format!("= {formula}"));
        put("formula", formula.as_deref());
    }
    if let Some(markup) = &rule.markup {
        put("percent", Some(&markup.percent.0));
        put("fixed_per_unit", text(&markup.fixed_per_unit).as_deref());
        put(
            "fixed_per_request",
            text(&markup.fixed_per_request).as_deref(),
        );
        put("minimum_margin", text(&markup.minimum_margin).as_deref());
        put("round_to", text(&markup.round_to).as_deref());
    }
    put(
        "at_least",
        at_least.map(|units| units.to_string()).as_deref(),
    );
    entry
}

/// A price book as a file.
pub(crate) fn write(entries: &[Entry], currency: &str, format: BookFormat) -> ApiResult<Vec<u8>> {
    match format {
        BookFormat::Toml => Ok(write_toml(entries, currency).into_bytes()),
        BookFormat::Csv => write_csv(entries),
        BookFormat::Xlsx => workbook::write(entries, currency),
    }
}

fn write_toml(entries: &[Entry], currency: &str) -> String {
    let mut document = DocumentMut::new();
    document["format"] = value(FORMAT);
    document["currency"] = value(currency);
    let mut rules = ArrayOfTables::new();
    for entry in entries {
        let mut table = Table::new();
        for name in FIELDS {
            if let Some(text) = entry.get(name) {
                table.insert(name, value(text));
            }
        }
        rules.push(table);
    }
    document.insert("rules", Item::ArrayOfTables(rules));
    document.to_string()
}

fn write_csv(entries: &[Entry]) -> ApiResult<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(FIELDS).map_err(ApiError::internal)?;
    for entry in entries {
        let row = FIELDS.map(|name| entry.get(name).map(|text| quoted(name, text)));
        let row = row.map(Option::unwrap_or_default);
        writer.write_record(row).map_err(ApiError::internal)?;
    }
    writer.into_inner().map_err(ApiError::internal)
}

/// A spreadsheet takes what begins like a formula for one, whoever gave a model that name. An
/// apostrophe in front makes it text there, and is taken off when the file is read.
fn quoted(name: &str, text: &str) -> String {
    let is_risky = text.starts_with(['=', '+', '-', '@', '\'']);
    if is_risky && !NUMBERS.contains(&name) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

fn unquoted(name: &str, text: &str) -> String {
    let own = text.strip_prefix('\'').filter(|_| !NUMBERS.contains(&name));
    own.unwrap_or(text).to_owned()
}

/// The entries of a file, each read or with its fault.
pub(crate) fn read(bytes: &[u8], currency: &str, format: BookFormat) -> ApiResult<Vec<Read>> {
    let text = || {
        let text = std::str::from_utf8(bytes);
        text.map_err(|error| ApiError::refused("unreadable_file").with("detail", error))
    };
    let entries = match format {
        BookFormat::Toml => read_toml(text()?, currency)?,
        BookFormat::Csv => read_csv(text()?)?,
        BookFormat::Xlsx => workbook::read(bytes, currency)?,
    };
    let read = entries.into_iter().map(|(line, fields)| Read {
        line,
        edit: edit(&fields),
        at_least: fields
            .into_iter()
            .find(|(name, _)| name == "at_least")
            .map(|(_, text)| text),
    });
    Ok(read.collect())
}

type Fields = Vec<(String, String)>;

fn read_toml(text: &str, currency: &str) -> ApiResult<Vec<(usize, Fields)>> {
    let document = text.parse::<DocumentMut>().map_err(|error| {
        ApiError::invalid(vec![
            Issue::new("", "not_toml").with("detail", error.message()),
        ])
    })?;
    if document.get("format").and_then(Item::as_integer) != Some(FORMAT) {
        return Err(unknown_format());
    }
    let own = document.get("currency").and_then(Item::as_str);
    if own != Some(currency) {
        return Err(other_currency(own.unwrap_or(""), currency));
    }
    let rules = document.get("rules").and_then(Item::as_array_of_tables);
    let rules = rules.into_iter().flat_map(|rules| rules.iter());
    let entries = (1..).zip(rules).map(|(number, table)| {
        let fields = table.iter().map(|(name, item)| {
            // A number that was written without quotes is the text that stands there.
            let text = item.as_str().map(str::to_owned);
            let text = text.unwrap_or_else(|| item.to_string().trim().to_owned());
            (name.to_owned(), text)
        });
        (number, fields.collect())
    });
    Ok(entries.collect())
}

fn unknown_format() -> ApiError {
    let issue = Issue::new("format", "unknown_format").with("known", FORMAT);
    ApiError::invalid(vec![issue])
}

fn other_currency(own: &str, book: &str) -> ApiError {
    let issue = Issue::new("currency", "other_currency");
    ApiError::invalid(vec![issue.with("value", own).with("book", book)])
}

fn read_csv(text: &str) -> ApiResult<Vec<(usize, Fields)>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let not_csv = |error: csv::Error| {
        ApiError::invalid(vec![Issue::new("", "not_csv").with("detail", error)])
    };
    let names = reader.headers().map_err(not_csv)?.clone();
    let mut entries = Vec::new();
    for (number, row) in (2..).zip(reader.records()) {
        let row = row.map_err(not_csv)?;
        let fields = names.iter().zip(&row);
        let fields = fields.filter(|(_, text)| !text.trim().is_empty());
        let fields = fields.map(|(name, text)| {
            let name = name.trim();
            (name.to_owned(), unquoted(name, text.trim()))
        });
        entries.push((number, fields.collect()));
    }
    Ok(entries)
}

/// The edit that an entry is.
fn edit(fields: &Fields) -> Result<PriceEdit, PriceFault> {
    let known = |name: &str| FIELDS.contains(&name);
    if let Some((name, _)) = fields.iter().find(|(name, _)| !known(name)) {
        return Err(fault("unknown_field", name));
    }
    let text = |name: &str| {
        let found = fields.iter().find(|(known, _)| known == name);
        found.map(|(_, text)| text.clone())
    };
    let level = text("level").unwrap_or_default();
    let scope = MarkupScopeText {
        level: match level.as_str() {
            "book" => ScopeWord::Book,
            "plan" => ScopeWord::Plan,
            "contract" => ScopeWord::Contract,
            other => return Err(fault("unknown", other)),
        },
        owner: text("owner"),
        provider: text("provider"),
        model: text("model"),
        dimension: text("dimension"),
        conditions: text("when").map(|key| if key == "{}" { String::new() } else { key }),
    };
    let decimal = |name: &str| text(name).map(DecimalString);
    let (what, said, markup) = match (text("price"), text("formula"), text("percent")) {
        (Some(price), None, None) => (PriceEditWhat::Price, price, None),
        (None, Some(formula), None) => (PriceEditWhat::Formula, formula, None),
        (None, None, Some(percent)) => {
            let markup = MarkupText {
                percent: DecimalString(percent),
                fixed_per_unit: decimal("fixed_per_unit"),
                fixed_per_request: decimal("fixed_per_request"),
                minimum_margin: decimal("minimum_margin"),
                round_to: decimal("round_to"),
            };
            (PriceEditWhat::Markup, String::new(), Some(markup))
        }
        (None, None, None) => return Err(fault("required", "price, formula, percent")),
        (Some(_), _, _) | (None, Some(_), Some(_)) => {
            return Err(fault("only_one", "price, formula, percent"));
        }
    };
    Ok(PriceEdit {
        scope,
        what,
        text: said,
        markup,
        note: String::new(),
    })
}

fn level_word(level: ScopeWord) -> &'static str {
    match level {
        ScopeWord::Book => "book",
        ScopeWord::Plan => "plan",
        ScopeWord::Contract => "contract",
    }
}

#[cfg(test)]
mod tests;
