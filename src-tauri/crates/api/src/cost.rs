//! The cost of single calls, line by line: what `ratebook cost` does.

use crate::app::App;
use crate::error::{ApiError, ApiResult};
use crate::lines::{LineCounts, answer_lines};
use ratebook_catalog::prices::{PriceSource, PriceTable, TableStamp, built_in, format, read};
use ratebook_money::{Date, Timestamp};
use ratebook_rating::cost::{Pricer, refused, reply};
use std::io::{Read, Write};
use std::path::Path;
use std::sync::Arc;

/// The prices that calls are priced by.
#[derive(Clone, Debug)]
pub struct CostPrices(Arc<PriceTable>);

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
    input: impl Read,
    output: impl Write,
) -> std::io::Result<LineCounts> {
    let desk = || {
        let mut pricer = Pricer::new(&prices.0, Timestamp::MAX);
        move |line: Option<&str>, out: &mut String| match line {
            Some(line) => reply(&mut pricer, line, out),
            None => {
                refused("null", "the line is not UTF-8", out);
                false
            }
        }
    };
    answer_lines(desk, input, output)
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
        assert_eq!(counts.answered, 2_994);
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
