//! What the source said of each event, in compressed blocks.

use crate::StoreResult;
use rusqlite::{Connection, params};

/// Events per block: large enough to compress well, small enough to open for one event.
const PER_BLOCK: usize = 512;

/// A compressed block of lines.
pub(super) struct Block {
    first: i64,
    last: i64,
    body: Vec<u8>,
}

/// Compresses lines of facts, one per number from `first` on; an empty one where there is no event.
pub(super) fn blocks<'a>(first: i64, lines: impl Iterator<Item = Option<&'a str>>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut text = String::new();
    let mut events = 0_usize;
    let (mut start, mut next) = (first, first);
    for line in lines {
        next += 1;
        match line {
            Some(line) => {
                text.push_str(line);
                events += 1;
            }
            // A block begins with an event: a chunk of duplicates leaves none.
            None if events == 0 => {
                start = next;
                continue;
            }
            None => {}
        }
        text.push('\n');
        if events == PER_BLOCK {
            blocks.push(Block::of(start, next - 1, &text));
            text.clear();
            events = 0;
            start = next;
        }
    }
    if events > 0 {
        blocks.push(Block::of(start, next - 1, &text));
    }
    blocks
}

pub(super) fn write(connection: &Connection, blocks: &[Block]) -> StoreResult<()> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO usage_raw_block (first_seq, last_seq, body) VALUES (?1, ?2, ?3)",
    )?;
    for block in blocks {
        insert.execute(params![block.first, block.last, block.body])?;
    }
    Ok(())
}

impl Block {
    fn of(first: i64, last: i64, text: &str) -> Self {
        Self {
            first,
            last,
            body: lz4_flex::compress_prepend_size(text.as_bytes()),
        }
    }
}
