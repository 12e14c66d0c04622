use ratebook_catalog::Issue;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use thiserror::Error;

/// What was wrong with one row, at one field. The window chooses the words by `code`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowIssue {
    /// Line of the file where the row begins, from 1; in a list of JSON objects the number of the
    /// object.
    pub line: u64,
    /// Field or column; empty when the whole row is meant.
    pub field: String,
    /// What is wrong.
    pub code: IssueCode,
    /// Whether the row was left out.
    pub effect: Effect,
    /// Values for the message.
    pub params: BTreeMap<String, String>,
}

/// What an issue did to its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// No event was made of the row.
    Refused,
    /// The event is in; somebody should look at it.
    Kept,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// Everything that can be wrong with a row, as stable words.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum IssueCode { $($(#[$doc])* $name,)* }

        impl IssueCode {
            /// All codes.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The stable word.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text),* }
            }
        }
    };
}

codes! {
    /// The row is not UTF-8 text (`column`: first bad byte; `looks_like`: a guess, if any).
    InvalidUtf8 = "invalid_utf8",
    /// The row holds a NUL byte.
    NulByte = "nul_byte",
    /// A field holds a control character (`character`).
    ControlCharacter = "control_character",
    /// The file ends inside the row.
    Truncated = "truncated",
    /// The row has more than 1 MiB; it was skipped.
    LineTooLong = "line_too_long",
    /// The row is not JSON (`column`).
    NotJson = "not_json",
    /// The row is JSON, but no object.
    NotAnObject = "not_an_object",
    /// The same key or column twice in one row.
    Duplicate = "duplicate",
    /// The row has other columns than the header (`expected`, `found`).
    ColumnCount = "column_count",
    /// A quote is not closed.
    UnclosedQuote = "unclosed_quote",
    /// A needed field is not there or empty.
    Missing = "missing",
    /// The field has another type than it must (`expected`).
    WrongType = "wrong_type",
    /// The text has more characters than allowed (`limit`).
    TooLong = "too_long",
    /// More entries than allowed (`limit`).
    TooMany = "too_many",
    /// Not a decimal number (`value`).
    NotANumber = "not_a_number",
    /// Below zero (`value`).
    Negative = "negative",
    /// Larger than any real quantity (`value`, `limit`).
    TooLarge = "too_large",
    /// More decimal places than the dimension has (`value`, `places`).
    TooManyPlaces = "too_many_places",
    /// Not a time (`value`).
    NotATime = "not_a_time",
    /// Before the year 2000 (`value`).
    TooEarly = "too_early",
    /// More than a day after the import (`value`).
    InTheFuture = "in_the_future",
    /// More cached tokens than input tokens that contain them (`part`, `whole`).
    CachedAboveInput = "cached_above_input",
    /// More reasoning tokens than output tokens that contain them (`part`, `whole`).
    ReasoningAboveOutput = "reasoning_above_output",
    /// Other parts of a count are more than the count (`part`, `whole`).
    PartsAboveWhole = "parts_above_whole",
    /// The classes do not sum to the reported total (`sum`, `total`).
    TotalDiffers = "total_differs",
    /// No price dimension has this name (`value`).
    UnknownDimension = "unknown_dimension",
    /// No way of counting has this name (`value`).
    UnknownConvention = "unknown_convention",
    /// A model call without any quantity: it would be billed as nothing.
    NoQuantity = "no_quantity",
    /// The gateway answered from its own cache: no provider was called, no tokens are counted.
    GatewayCacheHit = "gateway_cache_hit",
    /// The last row has no end of line: it may have been cut off.
    NoLineEnd = "no_line_end",
    /// Not one call but a sum or a correction (`value`): it is not usage to rate.
    UnsupportedKind = "unsupported_kind",
}

impl fmt::Display for IssueCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Why a file as a whole cannot be read. No event has been made of it when `open` says so.
#[derive(Debug, Error)]
pub enum ImportError {
    /// Nothing in it, or only blank lines.
    #[error("the file is empty")]
    Empty,
    /// Text in another encoding than UTF-8, named.
    #[error("the file is {0}, not UTF-8")]
    Encoding(&'static str),
    /// Not text at all.
    #[error("the file is not text")]
    NotText,
    /// No known format; a table may still be read through a column mapping.
    #[error("the format of the file is not known")]
    UnknownFormat,
    /// The chosen format needs a column that the file does not have.
    #[error("column {0} is missing")]
    MissingColumn(String),
    /// Two columns have the same name.
    #[error("column {0} is there twice")]
    DuplicateColumn(String),
    /// A table of one's own cannot be read without saying what its columns mean.
    #[error("a column mapping is needed")]
    NeedsMapping,
    /// The mapping does not fit the table.
    #[error("the column mapping does not fit")]
    Mapping(Vec<Issue>),
    /// The file could not be read.
    #[error("reading failed")]
    Read(#[from] std::io::Error),
}

impl ImportError {
    /// What is wrong as a stable word, with the value it is about.
    #[must_use]
    pub fn code(&self) -> (&'static str, &str) {
        match self {
            Self::Empty => ("empty", ""),
            Self::Encoding(name) => ("encoding", name),
            Self::NotText => ("not_text", ""),
            Self::UnknownFormat => ("unknown_format", ""),
            Self::MissingColumn(name) => ("missing_column", name),
            Self::DuplicateColumn(name) => ("duplicate_column", name),
            Self::NeedsMapping => ("needs_mapping", ""),
            Self::Mapping(_) => ("mapping", ""),
            Self::Read(_) => ("read", ""),
        }
    }
}

/// Collects what is wrong with one row.
#[derive(Default)]
pub(crate) struct Faults {
    pub(crate) line: u64,
    found: Vec<RowIssue>,
    refused: bool,
    of_row: u32,
}

impl Faults {
    /// Begins the next row.
    pub(crate) fn row(&mut self, line: u64) {
        self.line = line;
        self.refused = false;
        self.of_row = 0;
    }

    /// Whether the row already has a fault of this kind.
    pub(crate) fn has(&self, code: IssueCode) -> bool {
        self.found
            .iter()
            .any(|issue| issue.line == self.line && issue.code == code)
    }

    /// Whether the row must be left out.
    pub(crate) fn refused(&self) -> bool {
        self.refused
    }

    /// The row is left out because of this.
    pub(crate) fn refuse(&mut self, field: &str, code: IssueCode, params: &[(&str, &str)]) {
        self.refused = true;
        self.add(field, code, Effect::Refused, params);
    }

    /// The row stays, with a note.
    pub(crate) fn note(&mut self, field: &str, code: IssueCode, params: &[(&str, &str)]) {
        self.add(field, code, Effect::Kept, params);
    }

    /// Hands over everything found so far.
    pub(crate) fn drain_into(&mut self, issues: &mut Vec<RowIssue>) {
        issues.append(&mut self.found);
    }

    /// A row with ever more faults says no more than one with twenty.
    fn add(&mut self, field: &str, code: IssueCode, effect: Effect, params: &[(&str, &str)]) {
        self.of_row = self.of_row.saturating_add(1);
        if self.of_row > 20 {
            return;
        }
        self.found.push(RowIssue {
            line: self.line,
            field: short(field),
            code,
            effect,
            params: params
                .iter()
                .map(|(key, value)| ((*key).to_owned(), short(value)))
                .collect(),
        });
    }
}

/// What is quoted from a file stays readable: at most 80 characters.
fn short(text: &str) -> String {
    let mut quoted: String = text.chars().take(80).collect();
    if quoted.len() < text.len() {
        quoted.push('…');
    }
    quoted
}
