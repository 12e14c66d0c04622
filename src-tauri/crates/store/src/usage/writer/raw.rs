//! What the source said of each event, in compressed blocks.

use crate::StoreResult;
use rusqlite::{Connection, params};

/// Events per block: large enough to compress well, small enough to open for one event.
const PER_BLOCK: usize = 512;

/// Writes lines of facts, one per number from `first` on; an empty line where there is no event.
pub(super) fn write<'a>(
    connection: &Connection,
    first: i64,
    lines: impl Iterator<Item = Option<&'a str>>,
) -> StoreResult<()> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO usage_raw_block (first_seq, last_seq, body) VALUES (?1, ?2, ?3)",
    )?;
    let mut text = String::new();
    let mut events = 0_usize;
    let mut start = first;
    let mut next = first;
    let mut write = |text: &str, start: i64, next: i64| -> StoreResult<()> {
        let packed = lz4_flex::compress_prepend_size(text.as_bytes());
        insert.execute(params![start, next - 1, packed])?;
        Ok(())
    };
    for line in lines {
        if let Some(line) = line {
            text.push_str(line);
            events += 1;
        } else if events == 0 {
            // A block begins with an event: a chunk of duplicates leaves none.
            next += 1;
            start = next;
            continue;
        }
        text.push('\n');
        next += 1;
        if events == PER_BLOCK {
            write(&text, start, next)?;
            text.clear();
            events = 0;
            start = next;
        }
    }
    if events > 0 {
        write(&text, start, next)?;
    }
    Ok(())
}
