use crate::error::{ApiError, ApiResult};
use crate::wire::{ColumnField, ColumnText, Count, PriceMappingText};
use ratebook_catalog::prices::list::{DecimalSign, ListField, ListMapping, PriceSheet};
use ratebook_catalog::{Dimension, Issue};
use ratebook_money::Currency;

/// What a column of a list can mean.
pub(crate) fn fields() -> Vec<String> {
    let fixed = [
        ListField::Provider,
        ListField::Model,
        ListField::Currency,
        ListField::ValidFrom,
        ListField::Dimension,
        ListField::Price,
    ];
    let priced = Dimension::all().map(ListField::PriceOf);
    fixed
        .into_iter()
        .chain(priced)
        .map(|f| f.to_string())
        .collect()
}

/// The columns of a list with their first values.
pub(crate) fn columns(sheet: &PriceSheet, mapping: &ListMapping) -> Vec<ColumnText> {
    let numbered = sheet.header.iter().enumerate();
    let columns = numbered.filter(|(_, name)| !name.is_empty());
    columns
        .map(|(place, name)| {
            let mut cells = sheet.rows.iter().filter_map(|(_, cells)| cells.get(place));
            let example = cells.find(|cell| !cell.trim().is_empty());
            ColumnText {
                name: name.clone(),
                example: example.cloned().unwrap_or_default(),
                field: mapping.columns.get(name).map(ToString::to_string),
                note: None,
            }
        })
        .collect()
}

/// A mapping as the window has it.
pub(crate) fn write(mapping: &ListMapping, source: &str) -> PriceMappingText {
    let columns = mapping.columns.iter().map(|(column, field)| ColumnField {
        column: column.clone(),
        field: field.to_string(),
    });
    PriceMappingText {
        columns: columns.collect(),
        provider: mapping.provider.clone(),
        currency: mapping.currency.map(|currency| currency.to_string()),
        tokens_per_price: Count(mapping.tokens_per_price),
        decimal: match mapping.decimal {
            DecimalSign::Point => ".".to_owned(),
            DecimalSign::Comma => ",".to_owned(),
        },
        source: source.to_owned(),
    }
}

/// A mapping from the window, with all its faults at once.
pub(super) fn read(text: &PriceMappingText) -> ApiResult<ListMapping> {
    let mut issues = Vec::new();
    let mut mapping = ListMapping {
        columns: std::collections::BTreeMap::new(),
        provider: text.provider.clone().filter(|name| !name.trim().is_empty()),
        currency: None,
        tokens_per_price: text.tokens_per_price.0,
        decimal: DecimalSign::Point,
    };
    for column in &text.columns {
        match ListField::parse(&column.field) {
            Some(field) => {
                mapping.columns.insert(column.column.clone(), field);
            }
            None => issues.push(Issue::new("columns", "unknown").with("value", &column.field)),
        }
    }
    match text
        .currency
        .as_deref()
        .filter(|code| !code.is_empty())
        .map(Currency::parse)
    {
        Some(Ok(currency)) => mapping.currency = Some(currency),
        Some(Err(_)) => issues.push(Issue::new("currency", "unknown_currency")),
        None => {}
    }
    if ![1, 1_000, 1_000_000].contains(&mapping.tokens_per_price) {
        issues.push(Issue::new("tokensPerPrice", "unknown"));
    }
    match text.decimal.as_str() {
        "." => {}
        "," => mapping.decimal = DecimalSign::Comma,
        other => issues.push(Issue::new("decimal", "unknown").with("value", other)),
    }
    if issues.is_empty() {
        Ok(mapping)
    } else {
        Err(ApiError::invalid(issues))
    }
}
