//! Price documents, line by line: what `ratebook quote` does.

use crate::lines::{LineCounts, answer_lines};
use ratebook_rating::price::document::{refused, reply};
use std::io::{Read, Write};

/// Answers each line of the input, a price document with a usage, with one line of output, in
/// order. Memory stays flat however long the input is; the work is shared among all processors.
///
/// # Errors
/// Of reading or writing; a document without an amount is answered with all its faults.
pub fn quote_lines(input: impl Read, output: impl Write) -> std::io::Result<LineCounts> {
    let desk = || {
        |line: Option<&str>, out: &mut String| match line {
            Some(line) => reply(line, out),
            None => {
                refused("the line is not UTF-8", out);
                false
            }
        }
    };
    answer_lines(desk, input, output)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_document_is_answered_in_order() {
        let mut lines = String::new();
        for id in 0..2_000 {
            let price = if id % 400 == 7 { "-1" } else { "0.25" };
            lines.push_str(&format!(
                "{{\"id\":{id},\"currency\":\"EUR\",\"price\":{{\"model\":\"per_unit\",\
                 \"unit_price\":\"{price}\"}},\"usage\":{{\"quantity\":{id}}}}}\n"
            ));
        }
        let mut out = Vec::new();
        let counts = quote_lines(lines.as_bytes(), &mut out).unwrap();
        assert_eq!((counts.answered, counts.refused), (1_995, 5));
        let text = String::from_utf8(out).unwrap();
        for (id, line) in text.lines().enumerate() {
            assert!(line.starts_with(&format!("{{\"id\":{id},")), "{line}");
        }
        let second = "{\"id\":2,\"amount\":\"0.5\",\"rounded\":\"0.50\",\"explain\":[";
        assert!(text.contains(second));
    }

    #[test]
    fn bytes_that_are_no_text_are_answered() {
        let mut out = Vec::new();
        quote_lines(&b"\xff\n"[..], &mut out).unwrap();
        let expected = "{\"id\":null,\"error\":\"the line is not UTF-8\",\"faults\":[]}\n";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}
