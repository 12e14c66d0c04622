//! Provider price tables from files and addresses: what is in them, compared with the book, until
//! a person has said what of it is taken.

pub(crate) mod effect;
mod fetch;
pub(crate) mod lines;
mod mapping;
pub(crate) mod pending;
mod sheets;

use crate::error::{ApiError, ApiResult};
use crate::figures::fact;
use crate::jobs::Job;
use crate::use_cases::books::{file_error, file_name};
use crate::wire::{Count, ImportIssue, PriceMappingText};
use ratebook_catalog::prices::list::{self, ListMapping, PriceSheet};
use ratebook_catalog::prices::{
    ImportedTable, PriceSource, TableError, TableIssue, TableStamp, format, read,
};
use ratebook_money::{Timestamp, Zone};
use std::path::Path;

pub(crate) use fetch::is_address;
pub(crate) use mapping::{columns, fields, write};

/// A price table of all that is known has about 3 MB.
const LARGEST: u64 = 256 << 20;

/// Whether the first bytes of a file are those of a price table, not of usage.
pub(crate) fn looks_like_one(head: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(head) else {
        return sheets::is_workbook(head);
    };
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let has = |word: &str| start.contains(word);
    let litellm = has("\"litellm_provider\"") && has("cost_per_token");
    // A usage row never has prices of models.
    let list = has("\"pricing\"") && (has("\"prompt\"") || has("\"owned_by\""));
    let catalogue = has("\"models\"") && has("\"cost\"") && has("\"env\"");
    let of_object = start.starts_with('{') && (litellm || list || catalogue);
    of_object || (start.starts_with('[') && has("\"pricing_urls\""))
}

/// What a place holds.
pub(crate) struct Place {
    /// Name of the file, or the address.
    pub name: String,
    bytes: Vec<u8>,
}

impl Place {
    /// Reads a file or asks an address.
    pub fn open(place: &str, job: &Job) -> ApiResult<Self> {
        if is_address(place) {
            return Ok(Self {
                name: place.trim().to_owned(),
                bytes: fetch::fetch(place, fetch::Limits::USUAL, job)?,
            });
        }
        let path = Path::new(place);
        let failed = |error| file_error(path, &error);
        job.report("read", 0, None);
        let size = std::fs::metadata(path).map_err(failed)?.len();
        if size > LARGEST {
            return Err(ApiError::refused("too_large").with("path", path.display()));
        }
        Ok(Self {
            name: file_name(path),
            bytes: std::fs::read(path).map_err(failed)?,
        })
    }

    fn refused(&self, detail: &dyn std::fmt::Display) -> ApiError {
        ApiError::refused("price_table")
            .with("path", &self.name)
            .with("detail", detail)
    }

    /// What is in it. A list is read as `mapping` says, or as it is guessed.
    pub fn table(&self, mapping: Option<&PriceMappingText>, now: Timestamp) -> ApiResult<Table> {
        if sheets::is_workbook(&self.bytes) {
            let sheet = sheets::read(&self.bytes).map_err(|error| self.refused(&error))?;
            return self.list(sheet, mapping, now);
        }
        let text = std::str::from_utf8(&self.bytes);
        let text = text.map_err(|_| self.refused(&"not UTF-8"))?;
        let text = text.trim_start_matches('\u{feff}');
        if !text.trim_start().starts_with(['{', '[', '<']) {
            let sheet = PriceSheet::from_text(text).map_err(|error| self.refused(&error))?;
            return self.list(sheet, mapping, now);
        }
        let kind = format(text).map_err(|error| self.refused(&error))?;
        let stamp = self.stamp(kind.source_name(), now)?;
        let table = match read(text, &stamp) {
            Err(error) if !matches!(error, TableError::NoPrices(_)) => {
                return Err(self.refused(&error));
            }
            table => table,
        };
        Ok(Table {
            format: kind.source_name(),
            table,
            stamp,
            list: None,
        })
    }

    fn list(
        &self,
        sheet: PriceSheet,
        text: Option<&PriceMappingText>,
        now: Timestamp,
    ) -> ApiResult<Table> {
        let (mapping, source) = match text {
            Some(text) => (mapping::read(text)?, text.source.trim().to_owned()),
            None => (list::guess(&sheet), String::new()),
        };
        let stem = Path::new(&self.name).file_stem();
        let stem = stem.and_then(|stem| stem.to_str()).unwrap_or(&self.name);
        let source = if source.is_empty() {
            stem.to_owned()
        } else {
            source
        };
        let stamp = self.stamp(&source, now)?;
        Ok(Table {
            format: "list",
            table: list::read(&sheet, &mapping, &stamp),
            stamp,
            list: Some((sheet, mapping)),
        })
    }

    fn stamp(&self, source: &str, now: Timestamp) -> ApiResult<TableStamp> {
        let today = Zone::UTC.date_of(now);
        Ok(TableStamp {
            source: PriceSource {
                name: source.to_owned(),
                version: today.to_string(),
                address: self.name.clone(),
                seen_on: today,
            },
            recorded_at: now,
            undated_from: Zone::UTC.start_of(today)?,
        })
    }
}

/// A price table that was read.
pub(crate) struct Table {
    /// As in [`crate::wire::PriceImportPreviewReply`].
    pub format: &'static str,
    /// What is in it, or why it has no price that can be taken.
    pub table: Result<ImportedTable, TableError>,
    pub stamp: TableStamp,
    pub list: Option<(PriceSheet, ListMapping)>,
}

pub(crate) fn write_issue(issue: &TableIssue) -> ImportIssue {
    let code = serde_json::to_value(issue.kind).ok();
    let code = code
        .as_ref()
        .and_then(|code| code.as_str())
        .unwrap_or_default()
        .to_owned();
    let place = [issue.model.as_str(), issue.field.as_str()];
    let place: Vec<&str> = place.into_iter().filter(|part| !part.is_empty()).collect();
    ImportIssue {
        line: Count(0),
        field: place.join(": "),
        code,
        params: vec![fact("value", &issue.value)],
    }
}
