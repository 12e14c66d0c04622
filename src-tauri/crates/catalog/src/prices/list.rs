//! A price list as a table of one's own: CSV or a spreadsheet, a model per row with a column per
//! dimension, or a price per row. What the columns mean is guessed and can be changed.

mod guess;
mod number;
mod text;

pub use guess::guess;
pub use number::DecimalSign;

use super::import::{ImportedTable, Rows, TableError, TableIssue, TableIssueKind, TableStamp};
use super::{Authority, ModelPrices, RuleSet};
use crate::{Dimension, PriceConditions};
use number::plain;
use ratebook_money::{Currency, Date, Timestamp, Zone};
use std::collections::{BTreeMap, BTreeSet};

/// A table as text: the names of its columns, and its rows with their line numbers.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PriceSheet {
    /// Names of the columns.
    pub header: Vec<String>,
    /// Line, from 1, and cells.
    pub rows: Vec<(u64, Vec<String>)>,
}

/// What the columns of a list mean.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ListMapping {
    /// Columns that are read, by name.
    pub columns: BTreeMap<String, ListField>,
    /// Provider of all rows, where no column says it.
    pub provider: Option<String>,
    /// Currency of all prices, where no column says it; US dollars when nobody says any.
    pub currency: Option<Currency>,
    /// So many tokens a price is for; other prices are for one unit.
    pub tokens_per_price: u64,
    /// How decimals are written.
    pub decimal: DecimalSign,
}

/// What a column of a list means.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum ListField {
    /// Who runs the model.
    Provider,
    /// The model's name.
    Model,
    /// ISO 4217.
    Currency,
    /// From which day on, `YYYY-MM-DD`.
    ValidFrom,
    /// The dimension that the row prices.
    Dimension,
    /// The price of the row's dimension.
    Price,
    /// The price of this dimension.
    PriceOf(Dimension),
}

impl ListField {
    /// As [`ListField`]'s text form: `provider`, `model`, `currency`, `valid_from`, `dimension`,
    /// `price`, or the name of a dimension.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "provider" => Self::Provider,
            "model" => Self::Model,
            "currency" => Self::Currency,
            "valid_from" => Self::ValidFrom,
            "dimension" => Self::Dimension,
            "price" => Self::Price,
            name => Self::PriceOf(Dimension::parse(name)?),
        })
    }
}

impl std::fmt::Display for ListField {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Provider => f.write_str("provider"),
            Self::Model => f.write_str("model"),
            Self::Currency => f.write_str("currency"),
            Self::ValidFrom => f.write_str("valid_from"),
            Self::Dimension => f.write_str("dimension"),
            Self::Price => f.write_str("price"),
            Self::PriceOf(dimension) => write!(f, "{dimension}"),
        }
    }
}

/// Reads a list. Rows that are not understood are reported with their line; a price that the list
/// gives twice for one instant is not taken at all.
///
/// # Errors
/// [`TableError::NoColumn`] when no column names the model or none has prices,
/// [`TableError::UnknownFormat`] when no row has a price.
pub fn read(
    sheet: &PriceSheet,
    mapping: &ListMapping,
    stamp: &TableStamp,
) -> Result<ImportedTable, TableError> {
    let fields: Vec<Option<&ListField>> = sheet
        .header
        .iter()
        .map(|name| mapping.columns.get(name))
        .collect();
    let has = |wanted: &dyn Fn(&ListField) -> bool| fields.iter().flatten().any(|f| wanted(f));
    if !has(&|field| *field == ListField::Model) {
        return Err(TableError::NoColumn("model"));
    }
    if !has(&|field| matches!(field, ListField::PriceOf(_) | ListField::Price)) {
        return Err(TableError::NoColumn("price"));
    }
    let mut reading = Reading {
        mapping,
        stamp,
        issues: Vec::new(),
        models: BTreeMap::new(),
    };
    for (line, cells) in &sheet.rows {
        reading.row(*line, &fields, cells);
    }
    reading.finish()
}

/// A price with where it stands.
struct Cell {
    line: u64,
    column: String,
    currency: Option<Currency>,
    text: String,
}

type Place = (Dimension, Timestamp);

struct Reading<'r> {
    mapping: &'r ListMapping,
    stamp: &'r TableStamp,
    issues: Vec<TableIssue>,
    models: BTreeMap<(String, String), BTreeMap<Place, Vec<Cell>>>,
}

impl Reading<'_> {
    fn issue(&mut self, line: u64, column: &str, kind: TableIssueKind, value: &str) {
        self.issues.push(TableIssue {
            model: format!("line {line}"),
            field: column.to_owned(),
            kind,
            value: value.chars().take(80).collect(),
        });
    }

    fn row(&mut self, line: u64, fields: &[Option<&ListField>], cells: &[String]) {
        let cell = |wanted: &ListField| {
            let mut pairs = fields.iter().zip(cells);
            let found = pairs.find(|(field, _)| **field == Some(wanted));
            found.map(|(_, text)| text.trim()).filter(|t| !t.is_empty())
        };
        let Some(model) = cell(&ListField::Model) else {
            if cells.iter().any(|cell| !cell.trim().is_empty()) {
                self.issue(line, "model", TableIssueKind::NoPrice, "");
            }
            return;
        };
        let provider = cell(&ListField::Provider).or(self.mapping.provider.as_deref());
        let (provider, model) = match (provider, model.split_once('/')) {
            (Some(provider), _) => (provider.to_lowercase(), model.to_owned()),
            (None, Some((first, rest))) => (first.to_lowercase(), rest.to_owned()),
            (None, None) => return self.issue(line, "provider", TableIssueKind::BadValue, ""),
        };
        let currency = match cell(&ListField::Currency).map(Currency::parse) {
            None => self.mapping.currency,
            Some(Ok(currency)) => Some(currency),
            Some(Err(_)) => {
                let text = cell(&ListField::Currency).unwrap_or("");
                return self.issue(line, "currency", TableIssueKind::BadValue, text);
            }
        };
        let from = match cell(&ListField::ValidFrom).map(day) {
            None => self.stamp.undated_from,
            Some(Some(from)) => from,
            Some(None) => {
                let text = cell(&ListField::ValidFrom).unwrap_or("");
                return self.issue(line, "valid_from", TableIssueKind::BadValue, text);
            }
        };
        let mut priced = Vec::new();
        for (field, text) in fields.iter().zip(cells) {
            let text = text.trim();
            match field {
                Some(ListField::PriceOf(dimension)) if !is_blank(text) => {
                    priced.push((dimension.clone(), text));
                }
                Some(ListField::Price) if !is_blank(text) => {
                    let name = cell(&ListField::Dimension).unwrap_or("");
                    match guess::dimension(name) {
                        Some(dimension) => priced.push((dimension, text)),
                        None => self.issue(line, "dimension", TableIssueKind::BadValue, name),
                    }
                }
                _ => {}
            }
        }
        if priced.is_empty() {
            self.issue(line, "price", TableIssueKind::NoPrice, model.as_str());
        }
        let places = self.models.entry((provider, model)).or_default();
        for (dimension, text) in priced {
            let cell = Cell {
                line,
                column: dimension.to_string(),
                currency,
                text: text.to_owned(),
            };
            places.entry((dimension, from)).or_default().push(cell);
        }
    }

    fn finish(mut self) -> Result<ImportedTable, TableError> {
        let mut models = Vec::new();
        for ((provider, model), places) in std::mem::take(&mut self.models) {
            let label = format!("{provider}/{model}");
            let mut rows = Rows::new(self.stamp, &label, &mut self.issues);
            for ((dimension, from), cells) in places {
                add(&mut rows, self.mapping, dimension, from, &cells);
            }
            let prices = rows.prices;
            if !prices.is_empty() {
                models.push(ModelPrices {
                    prices,
                    rules: RuleSet::None,
                    ..ModelPrices::unpriced(&provider, &model)
                });
            }
        }
        ImportedTable::of(self.stamp, Authority::Provider, models, self.issues)
    }
}

/// Adds what a list says about one price; nothing when it says two things.
fn add(
    rows: &mut Rows,
    mapping: &ListMapping,
    dimension: Dimension,
    from: Timestamp,
    cells: &[Cell],
) {
    let Some(first) = cells.first() else { return };
    let texts: BTreeSet<&str> = cells.iter().map(|cell| cell.text.as_str()).collect();
    if texts.len() > 1 {
        let said = cells.iter();
        let said = said.map(|cell| format!("line {}: {}", cell.line, cell.text));
        let said: Vec<String> = said.collect();
        rows.issue(&first.column, TableIssueKind::Twice, &said.join(", "));
        return;
    }
    let field = format!("line {}, {}", first.line, first.column);
    let Some(text) = plain(&first.text, mapping.decimal) else {
        rows.issue(&field, TableIssueKind::BadValue, &first.text);
        return;
    };
    let per = if dimension.is_tokens() {
        mapping.tokens_per_price
    } else {
        1
    };
    rows.currency = first.currency.or(rows.currency);
    if let Some(read) = rows.rate(&field, &text, per) {
        let conditions = PriceConditions::default();
        rows.add(&field, dimension, conditions, Some(read), from);
    }
}

/// What people write where there is no price.
fn is_blank(text: &str) -> bool {
    matches!(text, "" | "-" | "–" | "—" | "n/a" | "N/A" | "na" | "none")
}

/// The start of a day in UTC.
fn day(text: &str) -> Option<Timestamp> {
    let day: Date = text.get(..10).unwrap_or(text).parse().ok()?;
    Zone::UTC.start_of(day).ok()
}

#[cfg(test)]
mod tests;
