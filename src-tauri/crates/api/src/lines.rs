//! Answers lines with lines, in order: the work is shared among all processors, and memory stays
//! flat however long the input is. What is answered is up to the caller.

use std::io::{Read, Write};
use std::thread;

/// How many lines were answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct LineCounts {
    /// Lines with an answer.
    pub answered: u64,
    /// Lines with an error.
    pub refused: u64,
}

/// What one thread works with; kept from block to block. `answer` writes the answer to a line, or
/// to bytes that are no text, and says whether it is more than an error.
struct Desk<A> {
    answer: A,
    answers: String,
}

/// A block of lines that one thread answers.
const BLOCK: usize = 1 << 20;

/// Answers each line of the input with one line of output, in order; `desk` makes what a thread
/// answers with. A line of white space has no answer.
///
/// # Errors
/// Of reading or writing; a line that has no answer is answered with its error.
pub(crate) fn answer_lines<A>(
    desk: impl Fn() -> A,
    mut input: impl Read,
    mut output: impl Write,
) -> std::io::Result<LineCounts>
where
    A: FnMut(Option<&str>, &mut String) -> bool + Send,
{
    let workers = thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let mut desks: Vec<Desk<A>> = (0..workers)
        .map(|_| Desk {
            answer: desk(),
            answers: String::new(),
        })
        .collect();
    let mut counts = LineCounts::default();
    let mut held = Held::default();
    loop {
        let ended = held.fill(&mut input, BLOCK.saturating_mul(workers))?;
        let whole = if ended {
            held.bytes().len()
        } else {
            let last = held.bytes().iter().rposition(|byte| *byte == b'\n');
            last.map_or(0, |last| last.saturating_add(1))
        };
        let lines = held.bytes().get(..whole).unwrap_or(&[]);
        let blocks = answer(&mut desks, lines);
        for (desk, block) in desks.iter().zip(blocks) {
            output.write_all(desk.answers.as_bytes())?;
            counts.answered = counts.answered.saturating_add(block.answered);
            counts.refused = counts.refused.saturating_add(block.refused);
        }
        output.flush()?;
        held.forget(whole);
        if ended {
            return Ok(counts);
        }
    }
}

/// Input that was read and not answered yet, in front of room for more. The room is made once: a
/// pipe that brings a few bytes at a time must not cost a block of zeros each time.
#[derive(Default)]
struct Held {
    room: Vec<u8>,
    filled: usize,
}

impl Held {
    fn bytes(&self) -> &[u8] {
        self.room.get(..self.filled).unwrap_or(&[])
    }

    /// Drops the first bytes.
    fn forget(&mut self, first: usize) {
        self.room.copy_within(first..self.filled, 0);
        self.filled = self.filled.saturating_sub(first);
    }

    /// Reads until `most` bytes are held, or less where no more has come yet but a line has ended.
    /// True when the input has ended.
    fn fill(&mut self, input: &mut impl Read, most: usize) -> std::io::Result<bool> {
        loop {
            // A line longer than a block still gets room.
            let wanted = most.saturating_sub(self.filled).max(BLOCK);
            let end = self.filled.saturating_add(wanted);
            if self.room.len() < end {
                self.room.resize(end, 0);
            }
            let read = match input.read(self.room.get_mut(self.filled..end).unwrap_or(&mut [])) {
                Ok(read) => read,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            let start = self.filled;
            self.filled = start.saturating_add(read);
            if read == 0 {
                return Ok(true);
            }
            let fresh = self.bytes().get(start..).unwrap_or(&[]);
            if self.filled >= most || (read < wanted && fresh.contains(&b'\n')) {
                return Ok(false);
            }
        }
    }
}

/// Shares the lines among the desks; the answers stand in them in the order of the lines.
fn answer<A>(desks: &mut [Desk<A>], lines: &[u8]) -> Vec<LineCounts>
where
    A: FnMut(Option<&str>, &mut String) -> bool + Send,
{
    let share = lines.len().div_ceil(desks.len().max(1)).max(1 << 16);
    let mut blocks = Vec::new();
    let mut rest = lines;
    while !rest.is_empty() {
        let end = rest.get(share..).and_then(|tail| {
            let next = tail.iter().position(|byte| *byte == b'\n')?;
            share.checked_add(next)?.checked_add(1)
        });
        let (block, tail) = rest.split_at(end.unwrap_or(rest.len()));
        blocks.push(block);
        rest = tail;
    }
    if let ([block], Some(desk)) = (blocks.as_slice(), desks.first_mut()) {
        return vec![one_block(desk, block)];
    }
    thread::scope(|scope| {
        let pairs = desks.iter_mut().zip(&blocks);
        let running: Vec<_> = pairs
            .map(|(desk, block)| scope.spawn(|| one_block(desk, block)))
            .collect();
        let done = running.into_iter().map(|worker| match worker.join() {
            Ok(answered) => answered,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        done.collect()
    })
}

fn one_block<A>(desk: &mut Desk<A>, block: &[u8]) -> LineCounts
where
    A: FnMut(Option<&str>, &mut String) -> bool,
{
    let out = &mut desk.answers;
    out.clear();
    out.reserve(block.len());
    let mut counts = LineCounts::default();
    for line in block.split(|byte| *byte == b'\n') {
        let line = line.trim_ascii();
        if line.is_empty() {
            continue;
        }
        let place = if (desk.answer)(std::str::from_utf8(line).ok(), out) {
            &mut counts.answered
        } else {
            &mut counts.refused
        };
        *place = place.saturating_add(1);
    }
    counts
}
