//! Reading usage files: any stream in, batches of checked events and named faults out, with memory
//! that does not grow with the file.

mod canonical;
mod check;
mod detect;
mod fields;
mod issue;
mod json;
mod litellm;
mod mapped;
mod mapping;
mod number;
mod openrouter;
mod records;
mod reported;
mod rows;
mod stripe;
mod suggest;
mod table;
mod time;

pub use issue::{Effect, ImportError, IssueCode, RowIssue};
pub use mapping::{ColumnMapping, Constant, Counting, DecimalSign, Field, TimeFormat};
pub use suggest::{Suggested, SuggestedColumn, suggest_mapping};
pub use table::{inert, table_cell};

use crate::EventBatch;
use issue::Faults;
use ratebook_money::Timestamp;
use records::{MAX_RECORD, Next, Records};
use rows::{Rows, Seen};
use std::io::Read;

/// Rows read before a batch is handed out.
pub const BATCH_ROWS: usize = 8192;

/// A batch is handed out early when it holds this much text, or when so much has been read for it:
/// a file without an end of line must not keep the caller waiting.
const BATCH_TEXT: usize = 8 << 20;
const BATCH_READ: u64 = 16 << 20;

/// A format that can be read.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Format {
    /// Canonical events, as JSON or as a table.
    Canonical,
    /// LiteLLM spend logs, as JSON or as a table, and logging payloads.
    LiteLlm,
    /// OpenRouter's log of generations, a table.
    OpenRouter,
    /// OpenRouter's activity per day and model, a table.
    OpenRouterActivity,
    /// Stripe meter events, JSON.
    Stripe,
    /// Any other table, through a column mapping.
    Table,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 6] = [
        Self::Canonical,
        Self::LiteLlm,
        Self::OpenRouter,
        Self::OpenRouterActivity,
        Self::Stripe,
        Self::Table,
    ];

    /// The stable name, as on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Canonical => "canonical",
            Self::LiteLlm => "litellm",
            Self::OpenRouter => "openrouter",
            Self::OpenRouterActivity => "openrouter-activity",
            Self::Stripe => "stripe",
            Self::Table => "table",
        }
    }

    /// The format of this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.as_str() == name)
    }

    /// The source of events that name none. One for both of OpenRouter's files, because they hold
    /// the same calls; the activity's ids are of another kind and cannot meet the log's.
    fn source(self) -> &'static str {
        match self {
            Self::OpenRouter | Self::OpenRouterActivity => "openrouter",
            Self::Canonical | Self::LiteLlm | Self::Stripe | Self::Table => self.as_str(),
        }
    }
}

/// What the caller knows about the file.
#[derive(Clone, Debug)]
pub struct Context {
    /// Source of events that name none; empty means the name of the format.
    pub source: String,
    /// The instant of the import: events later than a day after it are refused.
    pub now: Timestamp,
    /// What the columns mean. With a mapping a table is read as [`Format::Table`].
    pub mapping: Option<ColumnMapping>,
}

impl Default for Context {
    /// A file imported at the end of time: no event is in the future.
    fn default() -> Self {
        Self {
            source: String::new(),
            now: Timestamp::MAX,
            mapping: None,
        }
    }
}

/// Whether there is more to read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// Call again. The batch may be empty: a long row is being skipped.
    More,
    /// The file is at its end.
    End,
}

/// A usage file being read. Between two calls of [`Importer::next_batch`] the caller may store,
/// report progress, or stop: dropping the importer leaves nothing behind.
pub struct Importer<'r> {
    records: Records<'r>,
    format: Format,
    rows: Rows,
    faults: Faults,
    seen: u64,
}

impl<'r> Importer<'r> {
    /// Reads the first bytes and settles the format: the chosen one, or what the bytes say.
    ///
    /// # Errors
    /// [`ImportError`], when the file as a whole cannot be read this way.
    pub fn open(
        reader: Box<dyn Read + Send + 'r>,
        choice: Option<Format>,
        context: Context,
    ) -> Result<Self, ImportError> {
        let mut records = Records::open(reader)?;
        detect::refuse_other_encodings(records.head())?;
        records.skip_byte_order_mark();
        let layout = detect::layout(records.head(), choice, context.mapping.is_some())?;
        records.begin(layout.before, layout.split);
        let format = layout.format;
        let source = match context.source {
            source if source.is_empty() => format.source().to_owned(),
            source => source,
        };
        let rows = Rows::new(format, layout.header, context.mapping, source, context.now)?;
        Ok(Self {
            records,
            format,
            rows,
            faults: Faults::default(),
            seen: 0,
        })
    }

    /// The format that is being read.
    #[must_use]
    pub fn format(&self) -> Format {
        self.format
    }

    /// Bytes read so far, for progress.
    #[must_use]
    pub fn bytes_read(&self) -> u64 {
        self.records.consumed()
    }

    /// Rows seen so far, good or not; blank lines are none.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.seen
    }

    /// Clears `batch` and fills it with the next events; appends to `issues`. Returns after
    /// [`BATCH_ROWS`] rows or 16 MiB, whichever comes first.
    ///
    /// # Errors
    /// [`ImportError::Read`], when the stream fails.
    pub fn next_batch(
        &mut self,
        batch: &mut EventBatch,
        issues: &mut Vec<RowIssue>,
    ) -> Result<Step, ImportError> {
        batch.clear();
        let begin = self.records.fetched();
        let mut rows = 0_usize;
        let mut step = Step::More;
        while rows < BATCH_ROWS && batch.text_len() < BATCH_TEXT {
            let seen = match self.records.next()? {
                Next::Row(line, row) => {
                    self.faults.row(line);
                    self.rows.read(row, &mut self.faults, batch)
                }
                Next::LastRow(line, row) => {
                    self.faults.row(line);
                    self.rows.read_last(row, &mut self.faults, batch)
                }
                Next::TooLong(line) => {
                    self.faults.row(line);
                    let limit = MAX_RECORD.to_string();
                    self.faults
                        .refuse("", IssueCode::LineTooLong, &[("limit", &limit)]);
                    Seen::Row
                }
                Next::Pause => {
                    if self.records.fetched().saturating_sub(begin) < BATCH_READ {
                        continue;
                    }
                    break;
                }
                Next::End => {
                    step = Step::End;
                    break;
                }
            };
            rows = rows.saturating_add(usize::from(seen == Seen::Row));
        }
        self.seen = self
            .seen
            .saturating_add(u64::try_from(rows).unwrap_or(u64::MAX));
        self.faults.drain_into(issues);
        Ok(step)
    }
}
