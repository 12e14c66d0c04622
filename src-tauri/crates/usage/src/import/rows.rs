//! One row of any format to one event or to named faults.

use crate::EventBatch;
use crate::draft::Draft;
use crate::import::detect::Header;
use crate::import::issue::{Faults, ImportError, IssueCode};
use crate::import::json::{Broken, Json};
use crate::import::mapped::Mapped;
use crate::import::mapping::{ColumnMapping, Field};
use crate::import::{Format, canonical, check, litellm, openrouter, stripe, table};
use ratebook_money::Timestamp;
use serde::de::IgnoredAny;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::fmt::Write as _;

/// How rows of one file are read.
pub(crate) struct Rows {
    kind: Kind,
    header: Header,
    source: String,
    now: Timestamp,
    /// Names the file by its columns and its first row, for rows that have no id. So the same file
    /// gives the same ids again, also when rows were added at its end.
    salt: Option<String>,
}

enum Kind {
    Json(JsonReader),
    Mapped { table: Box<Mapped>, has_id: bool },
    LiteLlm,
    OpenRouter,
    Activity,
}

type JsonReader = for<'a> fn(&'a str, &mut Faults) -> Result<Draft<'a>, Broken>;

/// Whether the row was one, or only white space.
#[derive(PartialEq, Eq)]
pub(crate) enum Seen {
    Row,
    Blank,
}

impl Rows {
    pub(crate) fn new(
        format: Format,
        header: Option<Header>,
        mapping: Option<ColumnMapping>,
        source: String,
        now: Timestamp,
    ) -> Result<Self, ImportError> {
        let is_table = header.is_some();
        let header = header.unwrap_or(Header {
            columns: Vec::new(),
            separator: ',',
        });
        let kind = match format {
            Format::Canonical if is_table => mapped(&header, canonical::mapping(&header.columns))?,
            Format::Canonical => Kind::Json(canonical::read),
            Format::LiteLlm if is_table => Kind::LiteLlm,
            Format::LiteLlm => Kind::Json(litellm::read),
            Format::Stripe => Kind::Json(stripe::read),
            Format::OpenRouter => Kind::OpenRouter,
            Format::OpenRouterActivity => Kind::Activity,
            Format::Table => mapped(&header, mapping.ok_or(ImportError::NeedsMapping)?)?,
        };
        Ok(Self {
            kind,
            header,
            source,
            now,
            salt: None,
        })
    }

    /// Reads one row into the batch or into faults.
    pub(crate) fn read(&mut self, row: &[u8], faults: &mut Faults, batch: &mut EventBatch) -> Seen {
        if row.iter().all(u8::is_ascii_whitespace) {
            return Seen::Blank;
        }
        if self.salt.is_none() {
            self.salt = Some(salt(&self.header.columns, row));
        }
        let Some(text) = text_of(row, faults) else {
            return Seen::Row;
        };
        if let Kind::Json(read) = self.kind {
            match read(text, faults) {
                Ok(mut draft) => self.accept(&mut draft, faults, batch),
                Err(broken) => not_json(text, broken, faults),
            }
        } else {
            match table::cells(text, self.header.separator) {
                Ok(cells) => self.read_cells(cells, faults, batch),
                Err(table::Unclosed) => faults.refuse("", IssueCode::UnclosedQuote, &[]),
            }
        }
        Seen::Row
    }

    /// The last row, when no end of line follows it: whole, or cut off.
    pub(crate) fn read_last(
        &mut self,
        row: &[u8],
        faults: &mut Faults,
        batch: &mut EventBatch,
    ) -> Seen {
        if let Ok(text) = std::str::from_utf8(row) {
            let cut_off = match self.kind {
                Kind::Json(_) => is_cut_off(text),
                _ => match table::cells(text, self.header.separator) {
                    Ok(cells) => cells.len() < self.header.columns.len(),
                    Err(table::Unclosed) => true,
                },
            };
            if cut_off && !text.trim_ascii().is_empty() {
                faults.refuse("", IssueCode::Truncated, &[]);
                return Seen::Row;
            }
        }
        let seen = self.read(row, faults, batch);
        if seen == Seen::Row && !matches!(self.kind, Kind::Json(_)) && !faults.refused() {
            faults.note("", IssueCode::NoLineEnd, &[]);
        }
        seen
    }

    fn read_cells(&self, cells: Vec<Cow<'_, str>>, faults: &mut Faults, batch: &mut EventBatch) {
        let columns = &self.header.columns;
        if cells.len() != columns.len() {
            let (expected, found) = (columns.len().to_string(), cells.len().to_string());
            let params = [("expected", &*expected), ("found", &*found)];
            faults.refuse("", IssueCode::ColumnCount, &params);
            return;
        }
        let mut draft = match &self.kind {
            Kind::Mapped { table, .. } => table.read(cells, faults),
            Kind::OpenRouter => openrouter::read_log(columns, cells, faults),
            Kind::Activity => openrouter::read_activity(columns, cells, faults),
            Kind::LiteLlm | Kind::Json(_) => {
                let mut draft = litellm::read_cells(columns, &cells, faults);
                self.accept(&mut draft, faults, batch);
                return;
            }
        };
        self.accept(&mut draft, faults, batch);
    }

    fn accept<'a>(&'a self, draft: &mut Draft<'a>, faults: &mut Faults, batch: &mut EventBatch) {
        if draft.source.is_empty() {
            draft.source = Cow::Borrowed(&self.source);
        }
        if draft.id.is_empty() && self.may_lack_id() {
            let salt = self.salt.as_deref().unwrap_or("");
            draft.id = Cow::Owned(format!("row-{salt}:{}", faults.line));
        }
        check::check(draft, self.now, faults);
        if !faults.refused() {
            batch.push(faults.line, draft);
        }
    }

    fn may_lack_id(&self) -> bool {
        match self.kind {
            Kind::Mapped { has_id, .. } => !has_id,
            Kind::Json(read) => std::ptr::fn_addr_eq(read, stripe::read as JsonReader),
            Kind::LiteLlm | Kind::OpenRouter | Kind::Activity => false,
        }
    }
}

fn mapped(header: &Header, mapping: ColumnMapping) -> Result<Kind, ImportError> {
    let issues = mapping.check(&header.columns);
    if !issues.is_empty() {
        return Err(ImportError::Mapping(issues));
    }
    let has_id = mapping.columns.values().any(|field| *field == Field::Id);
    Ok(Kind::Mapped {
        table: Box::new(Mapped::new(&header.columns, mapping)),
        has_id,
    })
}

/// Twelve hexadecimal digits for the columns and the first row of a file.
fn salt(columns: &[String], row: &[u8]) -> String {
    let mut hash = Sha256::new();
    for column in columns {
        hash.update(column.as_bytes());
        hash.update([0]);
    }
    hash.update(row.trim_ascii());
    let mut text = String::new();
    for byte in hash.finalize().iter().take(6) {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

fn is_cut_off(text: &str) -> bool {
    let mut json = Json::new(text);
    json.skip().is_err() && json.at_end()
}

fn not_json(text: &str, broken: Broken, faults: &mut Faults) {
    let column = if text.trim_ascii().starts_with('{') {
        broken.0.saturating_add(1)
    } else {
        // A number or a list is JSON; a line of a log is not.
        match serde_json::from_str::<IgnoredAny>(text) {
            Ok(_) => {
                faults.refuse("", IssueCode::NotAnObject, &[]);
                return;
            }
            Err(error) => error.column().max(1),
        }
    };
    let column = column.to_string();
    faults.refuse("", IssueCode::NotJson, &[("column", &column)]);
}

/// The row as text, or the fault that keeps it from being text.
fn text_of<'a>(row: &'a [u8], faults: &mut Faults) -> Option<&'a str> {
    if row.contains(&0) {
        faults.refuse("", IssueCode::NulByte, &[]);
        return None;
    }
    match std::str::from_utf8(row) {
        Ok(text) => Some(text),
        Err(error) => {
            let column = error.valid_up_to().saturating_add(1).to_string();
            let params = [("column", &*column), ("looks_like", "Windows-1252")];
            faults.refuse("", IssueCode::InvalidUtf8, &params);
            None
        }
    }
}
