//! The cost of single calls, line by line: what `ratebook cost` does.

use crate::app::App;
use crate::error::{ApiError, ApiResult};
use ratebook_catalog::prices::{PriceSource, PriceTable, TableStamp, built_in, format, read};
use ratebook_money::{Date, Timestamp};
use ratebook_rating::cost::{Pricer, refused, reply};
use std::io::{Read, Write};
use std::path::Path;
use std::sync::Arc;
use std::thread;

/// The prices that calls are priced by.
#[derive(Clone, Debug)]
pub struct CostPrices(Arc<PriceTable>);

/// How many lines were answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct CostCounts {
    /// Lines with a cost.
    pub priced: u64,
    /// Lines with an error.
    pub refused: u64,
}

/// What one thread works with; kept from block to block.
struct Desk<'t> {
    pricer: Pricer<'t>,
    answers: String,
}

/// A block of lines that one thread answers.
const BLOCK: usize = 1 << 20;

impl CostPrices {
    /// The tables that a new book starts with.
    ///
    /// # Errors
    /// [`ApiError`] when the program was built with damaged tables.
    pub fn built_in() -> ApiResult<Self> {
        let tables = built_in(Timestamp::MIN).map_err(ApiError::internal)?;
        let table = PriceTable::new(tables.sources, tables.models);
        Ok(Self(Arc::new(table)))
    }

    /// A provider price table file, of any format that can be imported.
    ///
    /// # Errors
    /// [`ApiError`] when the file cannot be read or is no price table; `detail` says why.
    pub fn file(path: &Path) -> ApiResult<Self> {
        let failed = |reason: &str, detail: &dyn std::fmt::Display| {
            ApiError::refused(reason)
                .with("path", path.display())
                .with("detail", detail)
        };
        let bytes = std::fs::read(path).map_err(|error| failed("unreadable", &error))?;
        let text = std::str::from_utf8(&bytes).map_err(|error| failed("price_table", &error))?;
        let kind = format(text).map_err(|error| failed("price_table", &error))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let stamp = TableStamp {
            source: PriceSource {
                name: kind.source_name().to_owned(),
                version: String::new(),
                address: name.into_owned(),
                seen_on: Date::default(),
            },
            recorded_at: Timestamp::MIN,
            undated_from: Timestamp::MIN,
        };
        let table = read(text, &stamp).map_err(|error| failed("price_table", &error))?;
        let table = PriceTable::new(vec![table.source], table.models);
        Ok(Self(Arc::new(table)))
    }
}

impl App {
    /// The prices of the open book, with the names that were given to models in it.
    ///
    /// # Errors
    /// [`ApiError`] when no book is open or it cannot be read.
    pub async fn cost_prices(&self) -> ApiResult<CostPrices> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        Ok(CostPrices(Arc::clone(&snapshot.prices)))
    }
}

/// Answers each line of the input with one line of output, in order. Memory stays flat however
/// long the input is; the work is shared among all processors.
///
/// # Errors
/// Of reading or writing; a line that cannot be priced is answered, not an error.
pub fn cost_lines(
    prices: &CostPrices,
    mut input: impl Read,
    mut output: impl Write,
) -> std::io::Result<CostCounts> {
    let workers = thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let mut desks: Vec<Desk> = (0..workers)
        .map(|_| Desk {
            pricer: Pricer::new(&prices.0, Timestamp::MAX),
            answers: String::new(),
        })
        .collect();
    let mut counts = CostCounts::default();
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
        let answered = answer(&mut desks, lines);
        for (desk, block) in desks.iter().zip(answered) {
            output.write_all(desk.answers.as_bytes())?;
            counts.priced = counts.priced.saturating_add(block.priced);
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
fn answer(desks: &mut [Desk], lines: &[u8]) -> Vec<CostCounts> {
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

fn one_block(desk: &mut Desk, block: &[u8]) -> CostCounts {
    let (pricer, out) = (&mut desk.pricer, &mut desk.answers);
    out.clear();
    out.reserve(block.len());
    let mut counts = CostCounts::default();
    for line in block.split(|byte| *byte == b'\n') {
        let line = line.trim_ascii();
        if line.is_empty() {
            continue;
        }
        let priced = match std::str::from_utf8(line) {
            Ok(line) => reply(pricer, line, out),
            Err(_) => {
                refused("null", "the line is not UTF-8", out);
                false
            }
        };
        let place = if priced {
            &mut counts.priced
        } else {
            &mut counts.refused
        };
        *place = place.saturating_add(1);
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hands out a few bytes at a time, as a pipe may.
    struct Drip<'a>(&'a [u8], usize);

    impl Read for Drip<'_> {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            let count = self.1.min(into.len()).min(self.0.len());
            into[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    #[test]
    fn every_line_is_answered_in_order_however_the_bytes_come() {
        let prices = CostPrices::built_in().unwrap();
        let mut lines = String::from("\u{feff}");
        for id in 0..3_000 {
            let model = if id % 500 == 0 {
                "no-such-model"
            } else {
                "gpt-4o"
            };
            lines.push_str(&format!(
                "{{\"id\":{id},\"provider\":\"openai\",\"model\":\"{model}\",\
                 \"at\":\"2026-11-01T00:00:00Z\",\"usage\":{{\"output_tokens\":{id}}}}}\r\n"
            ));
        }
        let mut expected = Vec::new();
        let counts = cost_lines(&prices, lines.as_bytes(), &mut expected).unwrap();
        assert_eq!(counts.refused, 6);
        assert_eq!(counts.priced, 2_994);
        let text = String::from_utf8(expected.clone()).unwrap();
        for (id, line) in text.lines().enumerate() {
            assert!(line.starts_with(&format!("{{\"id\":{id},")), "{line}");
        }
        for size in [1, 77, 4_096, 40_000] {
            let mut dripped = Vec::new();
            cost_lines(&prices, Drip(lines.as_bytes(), size), &mut dripped).unwrap();
            assert!(dripped == expected, "{size} bytes at a time");
        }
    }

    #[test]
    fn a_file_that_is_no_table_is_named() {
        let error = CostPrices::file(Path::new("/no/such/table.json")).unwrap_err();
        assert_eq!(
            error.params.get("reason").map(String::as_str),
            Some("unreadable")
        );
        assert!(error.params["path"].ends_with("table.json"));
    }
}
