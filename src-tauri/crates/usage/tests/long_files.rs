//! Files that do not fit memory, or do not end: nothing but their bytes may grow.

use ratebook_usage::EventBatch;
use ratebook_usage::import::{Context, Importer, IssueCode, RowIssue, Step};
use std::io::{self, Cursor, Read};

const LINE: &str = "{\"source\":\"s\",\"id\":\"ID\",\"at\":\"2026-10-01T00:00:00Z\",\
                    \"customer\":\"c\",\"model\":\"m\",\"input_tokens\":1}\n";

fn line(id: usize) -> String {
    LINE.replace("ID", &id.to_string())
}

/// What a sparse file reads as: some rows, then a hole.
fn sparse(hole: u64) -> impl Read + Send {
    let rows: String = (0..3).map(line).collect();
    Cursor::new(rows.into_bytes())
        .chain(io::repeat(0).take(hole))
        .chain(Cursor::new(b"\n"))
}

#[test]
fn a_hole_is_one_row_that_is_too_long_and_what_follows_is_read() {
    let stream = sparse(40 << 20).chain(Cursor::new(line(9).into_bytes()));
    let (events, issues) = drain(Box::new(stream), |_| {});
    assert_eq!(events, 4);
    let named: Vec<_> = issues
        .iter()
        .map(|issue| (issue.line, issue.code))
        .collect();
    assert_eq!(named, [(4, IssueCode::LineTooLong)]);
}

#[test]
fn the_caller_gets_a_word_at_least_every_32_mib() {
    // Ten gigabytes; the import is stopped half a gigabyte into it, and nobody waited for the rest.
    let stream: Box<dyn Read + Send> = Box::new(sparse(10 << 30));
    let mut importer = Importer::open(stream, None, Context::default()).unwrap();
    let (mut batch, mut issues) = (EventBatch::default(), Vec::new());
    let mut before = 0;
    for _ in 0..3 {
        assert_eq!(
            importer.next_batch(&mut batch, &mut issues).unwrap(),
            Step::More
        );
        let read = importer.bytes_read();
        assert!(
            read > before && read - before < 32 << 20,
            "{before} to {read}"
        );
        before = read;
    }
}

#[test]
fn a_quote_that_is_never_closed_costs_its_own_row() {
    let mut table = String::from("id,at,customer,model,input_tokens\n");
    table.push_str("bad,2026-10-01T00:00:00Z,\"open,m,1\n");
    for id in 0..30_000 {
        table.push_str(&format!("{id},2026-10-01T00:00:00Z,c,m,1\n"));
    }
    let (events, issues) = drain(Box::new(Cursor::new(table.into_bytes())), |_| {});
    assert_eq!(events, 30_000);
    let named: Vec<_> = issues
        .iter()
        .map(|issue| (issue.line, issue.code))
        .collect();
    assert_eq!(named, [(2, IssueCode::UnclosedQuote)]);
}

#[test]
fn a_list_in_one_line_streams_entry_by_entry() {
    let mut text = String::from("{\"object\":\"list\",\"data\":[");
    for id in 0..20_000 {
        text.push_str(line(id).trim_end());
        text.push(',');
    }
    text.push_str("{\"id\":\"bad\"}],\"has_more\":false}\n");
    let (events, issues) = drain(Box::new(Cursor::new(text.into_bytes())), |_| {});
    assert_eq!(events, 20_000);
    assert!(
        issues.iter().all(|issue| issue.line == 20_001),
        "{issues:?}"
    );
}

#[test]
fn the_size_of_the_pieces_that_a_stream_comes_in_changes_nothing() {
    let mut text = String::new();
    for id in 0..6_000 {
        let row = line(id);
        let row = if id % 7 == 0 {
            &row[..row.len() / 2]
        } else {
            &row
        };
        text.push_str(row.trim_end());
        text.push_str(if id % 3 == 0 { "\r\n" } else { "\n\n" });
    }
    let whole = hashes(&text, usize::MAX);
    assert_eq!(whole.0.len(), 6_000 - 858);
    for piece in [1_usize, 13, 4_093, 65_537] {
        assert!(hashes(&text, piece) == whole, "pieces of {piece}");
    }
    let list = format!(
        "[{}]",
        text.lines()
            .filter(|l| l.ends_with('}'))
            .collect::<Vec<_>>()
            .join(",")
    );
    let whole = hashes(&list, usize::MAX);
    assert_eq!(whole.0.len(), 6_000 - 858);
    for piece in [13_usize, 4_093, 65_537] {
        assert!(hashes(&list, piece) == whole, "a list in pieces of {piece}");
    }
}

fn hashes(text: &str, piece: usize) -> (Vec<[u8; 16]>, Vec<RowIssue>) {
    let mut all = Vec::new();
    let stream = Pieces {
        rest: text.as_bytes().to_vec(),
        place: 0,
        size: piece,
    };
    let issues = drain(Box::new(stream), |batch| {
        all.extend(batch.rows().iter().map(|row| row.identity));
    });
    (all, issues.1)
}

fn drain(
    stream: Box<dyn Read + Send>,
    mut each: impl FnMut(&EventBatch),
) -> (usize, Vec<RowIssue>) {
    let mut importer = Importer::open(stream, None, Context::default()).unwrap();
    let (mut batch, mut issues, mut events) = (EventBatch::default(), Vec::new(), 0);
    loop {
        let step = importer.next_batch(&mut batch, &mut issues).unwrap();
        events += batch.len();
        each(&batch);
        if step == Step::End {
            return (events, issues);
        }
    }
}

/// A stream that comes in pieces of one size.
struct Pieces {
    rest: Vec<u8>,
    place: usize,
    size: usize,
}

impl Read for Pieces {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.size.min(into.len()).min(self.rest.len() - self.place);
        into[..count].copy_from_slice(&self.rest[self.place..self.place + count]);
        self.place += count;
        Ok(count)
    }
}
