//! Reading usage files: any stream in, batches of checked events and named faults out, with memory
//! that does not grow with the file.

mod canonical;
mod check;
mod fields;
mod issue;
mod json;
mod number;
mod records;
mod reported;
mod time;

pub use issue::{Effect, ImportError, IssueCode, RowIssue};

use crate::EventBatch;
use crate::draft::Draft;
use issue::Faults;
use ratebook_money::Timestamp;
use records::{Next, Records, Split};
use std::borrow::Cow;
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
    /// Canonical events, one JSON object per line.
    Canonical,
}

impl Format {
    /// The stable name, as on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Canonical => "canonical",
        }
    }
}

/// What the caller knows about the file.
#[derive(Clone, Debug)]
pub struct Context {
    /// Its name without folders, for telling the format.
    pub file_name: String,
    /// Source of events that name none; empty means the name of the format.
    pub source: String,
    /// The instant of the import: events later than a day after it are refused.
    pub now: Timestamp,
}

impl Default for Context {
    /// A file without a name, imported at the end of time: no event is in the future.
    fn default() -> Self {
        Self {
            file_name: String::new(),
            source: String::new(),
            now: Timestamp::MAX,
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
    source: String,
    now: Timestamp,
    faults: Faults,
    rows: u64,
}

impl<'r> Importer<'r> {
    /// Reads the first bytes and settles the format.
    ///
    /// # Errors
    /// [`ImportError`], when the file as a whole cannot be read this way.
    pub fn open(
        reader: Box<dyn Read + Send + 'r>,
        choice: Option<Format>,
        context: Context,
    ) -> Result<Self, ImportError> {
        let mut records = Records::open(reader)?;
        let format = choice.unwrap_or(Format::Canonical);
        if records.head().iter().all(u8::is_ascii_whitespace) && records.is_all() {
            return Err(ImportError::Empty);
        }
        if records.head().starts_with(b"\xef\xbb\xbf") {
            records.pass(3);
        }
        records.split = Split::Lines;
        let source = match context.source {
            source if source.is_empty() => format.as_str().to_owned(),
            source => source,
        };
        let faults = Faults::default();
        Ok(Self {
            records,
            format,
            source,
            now: context.now,
            faults,
            rows: 0,
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
        self.rows
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
        let mut step = Step::More;
        let mut rows = 0_usize;
        while rows < BATCH_ROWS && batch.text_len() < BATCH_TEXT {
            match self.records.next()? {
                Next::Row(line, row) => {
                    self.faults.row(line);
                    if read_row(row, &self.source, self.now, &mut self.faults, batch) {
                        rows = rows.saturating_add(1);
                    }
                }
                Next::LastRow(line, row) => {
                    self.faults.row(line);
                    if read_last(row, &self.source, self.now, &mut self.faults, batch) {
                        rows = rows.saturating_add(1);
                    }
                }
                Next::TooLong(line) => {
                    self.faults.row(line);
                    let limit = records::MAX_RECORD.to_string();
                    self.faults
                        .refuse("", IssueCode::LineTooLong, &[("limit", &limit)]);
                    rows = rows.saturating_add(1);
                }
                Next::Pause => {
                    if self.records.fetched().saturating_sub(begin) >= BATCH_READ {
                        break;
                    }
                }
                Next::End => {
                    step = Step::End;
                    break;
                }
            }
        }
        self.rows = self
            .rows
            .saturating_add(u64::try_from(rows).unwrap_or(u64::MAX));
        self.faults.drain_into(issues);
        Ok(step)
    }
}

/// Reads one row into the batch or into faults. Whether it was a row at all.
fn read_row(
    row: &[u8],
    source: &str,
    now: Timestamp,
    faults: &mut Faults,
    batch: &mut EventBatch,
) -> bool {
    let Some(text) = text_of(row, faults) else {
        return true;
    };
    if text.trim_ascii().is_empty() {
        return false;
    }
    match canonical::read(text, faults) {
        Ok(mut draft) => accept(&mut draft, source, now, faults, batch),
        Err(broken) => not_json(text, broken.0, faults),
    }
    true
}

/// The last row without an end of line: whole, or cut off.
fn read_last(
    row: &[u8],
    source: &str,
    now: Timestamp,
    faults: &mut Faults,
    batch: &mut EventBatch,
) -> bool {
    let cut_off = std::str::from_utf8(row)
        .is_ok_and(|text| !text.trim_ascii().is_empty() && is_cut_off(text));
    if cut_off {
        faults.refuse("", IssueCode::Truncated, &[]);
        return true;
    }
    read_row(row, source, now, faults, batch)
}

fn is_cut_off(text: &str) -> bool {
    let mut json = json::Json::new(text);
    json.skip().is_err() && json.peek().is_none()
}

fn accept<'a>(
    draft: &mut Draft<'a>,
    source: &'a str,
    now: Timestamp,
    faults: &mut Faults,
    batch: &mut EventBatch,
) {
    if draft.source.is_empty() {
        draft.source = Cow::Borrowed(source);
    }
    check::check(draft, now, faults);
    if !faults.refused() {
        batch.push(faults.line, draft);
    }
}

fn not_json(text: &str, at: usize, faults: &mut Faults) {
    if matches!(text.trim_ascii().bytes().next(), Some(b'{')) {
        let column = at.saturating_add(1).to_string();
        faults.refuse("", IssueCode::NotJson, &[("column", &column)]);
    } else {
        faults.refuse("", IssueCode::NotAnObject, &[]);
    }
}

/// The row as text, or the fault that keeps it from being text.
fn text_of<'a>(row: &'a [u8], faults: &mut Faults) -> Option<&'a str> {
    let text = match std::str::from_utf8(row) {
        Ok(text) => text,
        Err(error) => {
            let column = error.valid_up_to().saturating_add(1).to_string();
            faults.refuse("", IssueCode::InvalidUtf8, &[("column", &column)]);
            return None;
        }
    };
    if text.contains('\0') {
        faults.refuse("", IssueCode::NulByte, &[]);
        return None;
    }
    Some(text)
}
