//! Cuts a stream into rows with a fixed amount of memory, whatever the stream holds.

use std::io::{self, Read};

/// A longer row is named and skipped, never held.
pub(crate) const MAX_RECORD: usize = 1 << 20;

/// How much is read at a time.
const CHUNK: usize = 256 << 10;

/// What one look at the stream gave.
pub(crate) enum Next<'b> {
    /// A whole row.
    Row(u64, &'b [u8]),
    /// The last row has no end of line; it may be whole or cut off.
    LastRow(u64, &'b [u8]),
    /// A row that was too long; it has been skipped.
    TooLong(u64),
    /// Nothing yet, but the caller may want to look at its watch.
    Pause,
    /// The stream is at its end.
    End,
}

/// What ends a row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Split {
    /// The end of the line.
    Lines,
    /// The end of a line outside quotes, with this separator.
    Csv(u8),
    /// The bracket that closes an object; what stands between objects is skipped.
    Objects,
}

/// The rows of a stream.
pub(crate) struct Records<'r> {
    reader: Box<dyn Read + Send + 'r>,
    buffer: Vec<u8>,
    /// The unread part of the buffer is `start..end`.
    start: usize,
    end: usize,
    /// How far behind `start` it is known that no row ends.
    scan: Scan,
    at_end: bool,
    /// Behind the list of rows; nothing that follows is a row.
    finished: bool,
    /// Where an unclosed quote ends the row all the same.
    cut_at: Option<usize>,
    /// The line that begins at `start`; with objects the number of the next one, because a list of
    /// many often stands in one line.
    line: u64,
    read: u64,
    split: Split,
}

/// Where the search for the row's end stands.
#[derive(Clone, Copy, Default)]
struct Scan {
    looked: usize,
    lines: u64,
    /// Bytes of an overlong row that are dropped already.
    dropped: bool,
    quoted: bool,
    /// Inside quotes: the last byte was a quote that may be doubled. In objects: a backslash.
    pending: bool,
    field_begun: bool,
    depth: u32,
}

impl<'r> Records<'r> {
    /// Reads the first chunk, so that a format can be told from it.
    pub(crate) fn open(reader: Box<dyn Read + Send + 'r>) -> io::Result<Self> {
        let mut records = Self {
            reader,
            buffer: Vec::new(),
            start: 0,
            end: 0,
            scan: Scan::default(),
            at_end: false,
            finished: false,
            cut_at: None,
            line: 1,
            read: 0,
            split: Split::Lines,
        };
        while !records.at_end && records.end < CHUNK / 4 {
            records.fill()?;
        }
        Ok(records)
    }

    /// What is in the buffer.
    pub(crate) fn head(&self) -> &[u8] {
        self.buffer.get(self.start..self.end).unwrap_or(&[])
    }

    /// UTF-8 needs no byte order mark; spreadsheets write one.
    pub(crate) fn skip_byte_order_mark(&mut self) {
        if self.head().starts_with(b"\xef\xbb\xbf") {
            self.pass(3);
        }
    }

    /// Passes over the bytes before the first row and cuts rows this way from there.
    pub(crate) fn begin(&mut self, before: usize, split: Split) {
        self.split = split;
        self.pass(before);
    }

    fn pass(&mut self, count: usize) {
        let passed = self.head().get(..count).unwrap_or(&[]);
        if self.split != Split::Objects {
            let lines = passed.iter().filter(|b| **b == b'\n').count();
            self.line = self.line.saturating_add(u64::try_from(lines).unwrap_or(0));
        }
        self.start = self.start.saturating_add(count).min(self.end);
    }

    /// Bytes consumed so far, for progress.
    pub(crate) fn consumed(&self) -> u64 {
        let waiting = u64::try_from(self.end.saturating_sub(self.start)).unwrap_or(0);
        self.read.saturating_sub(waiting)
    }

    /// Bytes that had to be fetched so far.
    pub(crate) fn fetched(&self) -> u64 {
        self.read
    }

    /// The next row. Fetches at most once before it says [`Next::Pause`].
    pub(crate) fn next(&mut self) -> io::Result<Next<'_>> {
        if let Some(end) = self.find_end() {
            return Ok(self.cut(end));
        }
        if self.finished {
            self.start = self.end;
        }
        let waiting = self.end.saturating_sub(self.start);
        if (self.at_end || waiting > MAX_RECORD) && self.unquote() {
            return self.next();
        }
        if self.at_end {
            return Ok(self.rest(waiting));
        }
        if self.scan.dropped || waiting > MAX_RECORD {
            self.scan.dropped = true;
            self.start = self.end;
            self.scan.looked = 0;
        }
        self.fill()?;
        Ok(Next::Pause)
    }

    /// A quote that is never closed costs its own line, not those behind it: the row is cut at the
    /// end of its first line. Whether there is such a row.
    fn unquote(&mut self) -> bool {
        let open = self.scan.quoted && self.scan.lines > 0 && !self.scan.dropped;
        let line = memchr(b'\n', self.head());
        self.cut_at = line.filter(|_| open);
        self.cut_at.is_some()
    }

    fn cut(&mut self, end: usize) -> Next<'_> {
        let (from, to) = (self.start, self.start.saturating_add(end));
        let line = self.line;
        let scan = std::mem::take(&mut self.scan);
        self.line = match self.split {
            Split::Objects => line.saturating_add(1),
            Split::Lines | Split::Csv(_) => line.saturating_add(scan.lines),
        };
        self.start = to;
        if scan.dropped || end > MAX_RECORD {
            return Next::TooLong(line);
        }
        Next::Row(line, self.buffer.get(from..to).unwrap_or(&[]))
    }

    fn rest(&mut self, waiting: usize) -> Next<'_> {
        let from = self.start;
        let scan = std::mem::take(&mut self.scan);
        self.start = self.end;
        if scan.dropped || waiting > MAX_RECORD {
            return Next::TooLong(self.line);
        }
        let begun = self.split != Split::Objects || scan.depth > 0;
        if waiting == 0 || !begun {
            return Next::End;
        }
        Next::LastRow(self.line, self.buffer.get(from..self.end).unwrap_or(&[]))
    }

    /// Fetches one chunk behind what is there.
    fn fill(&mut self) -> io::Result<()> {
        if self.start > 0 {
            self.buffer.copy_within(self.start..self.end, 0);
            self.end = self.end.saturating_sub(self.start);
            self.start = 0;
        }
        let wanted = self.end.saturating_add(CHUNK);
        if self.buffer.len() < wanted {
            self.buffer.resize(wanted, 0);
        }
        let room = self.buffer.get_mut(self.end..wanted).unwrap_or(&mut []);
        let got = loop {
            match self.reader.read(room) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => break other?,
            }
        };
        self.end = self.end.saturating_add(got);
        self.read = self.read.saturating_add(u64::try_from(got).unwrap_or(0));
        self.at_end = got == 0;
        Ok(())
    }

    /// Length of the row at `start` with its end, if the end is in the buffer.
    fn find_end(&mut self) -> Option<usize> {
        if let Some(end) = self.cut_at.take() {
            self.scan = Scan {
                lines: 1,
                ..Scan::default()
            };
            return Some(end.saturating_add(1));
        }
        match self.split {
            Split::Lines => self.find_line(),
            Split::Csv(separator) => self.find_csv(separator),
            Split::Objects => self.find_object(),
        }
    }

    fn find_line(&mut self) -> Option<usize> {
        let rest = self.buffer.get(self.start..self.end)?;
        let unseen = rest.get(self.scan.looked..)?;
        match memchr(b'\n', unseen) {
            Some(found) => {
                self.scan.lines = 1;
                Some(self.scan.looked.saturating_add(found).saturating_add(1))
            }
            None => {
                self.scan.looked = rest.len();
                None
            }
        }
    }

    fn find_csv(&mut self, separator: u8) -> Option<usize> {
        let rest = self.buffer.get(self.start..self.end)?;
        let mut scan = self.scan;
        for byte in rest.get(scan.looked..)? {
            scan.looked = scan.looked.saturating_add(1);
            if *byte == b'\n' {
                scan.lines = scan.lines.saturating_add(1);
            }
            if scan.quoted && !scan.pending {
                scan.pending = *byte == b'"';
                continue;
            }
            if scan.pending {
                // The quote before was doubled and stands for itself, or it closed the field.
                scan.pending = false;
                scan.quoted = *byte == b'"';
                if scan.quoted {
                    continue;
                }
            }
            match *byte {
                b'\n' => {
                    self.scan = scan;
                    return Some(scan.looked);
                }
                b'"' if !scan.field_begun => {
                    scan.quoted = true;
                    scan.field_begun = true;
                }
                byte => scan.field_begun = byte != separator,
            }
        }
        self.scan = scan;
        None
    }

    /// Passes over what stands before an object, then looks for its end. What is neither an object
    /// nor a separator is a row too: a wrong one, to be named.
    fn find_object(&mut self) -> Option<usize> {
        if self.finished {
            return None;
        }
        if self.scan.depth == 0 && !self.scan.dropped {
            let between = |b: &&u8| matches!(**b, b' ' | b'\t' | b'\r' | b'\n' | b',');
            self.pass(self.head().iter().take_while(between).count());
            let ends = |b: &u8| matches!(*b, b',' | b'{' | b']' | b'\n');
            match self.head().first()? {
                b'{' => {}
                b']' => {
                    self.finished = true;
                    return None;
                }
                _ => {
                    return self
                        .head()
                        .iter()
                        .position(ends)
                        .or(Some(self.head().len()));
                }
            }
        }
        let rest = self.buffer.get(self.start..self.end)?;
        let mut scan = self.scan;
        for byte in rest.get(scan.looked..)? {
            scan.looked = scan.looked.saturating_add(1);
            if *byte == b'\n' {
                scan.lines = scan.lines.saturating_add(1);
            }
            match *byte {
                _ if scan.pending => scan.pending = false,
                b'\\' if scan.quoted => scan.pending = true,
                b'"' => scan.quoted = !scan.quoted,
                b'{' if !scan.quoted => scan.depth = scan.depth.saturating_add(1),
                b'}' if !scan.quoted => {
                    scan.depth = scan.depth.saturating_sub(1);
                    if scan.depth == 0 {
                        self.scan = scan;
                        return Some(scan.looked);
                    }
                }
                _ => {}
            }
        }
        self.scan = scan;
        None
    }
}

/// The first place of a byte; the compiler makes wide comparisons of the chunked search.
fn memchr(byte: u8, text: &[u8]) -> Option<usize> {
    let mut base = 0_usize;
    for chunk in text.chunks(32) {
        if chunk.iter().fold(false, |found, b| found | (*b == byte)) {
            return chunk
                .iter()
                .position(|b| *b == byte)
                .map(|at| base.saturating_add(at));
        }
        base = base.saturating_add(chunk.len());
    }
    None
}
