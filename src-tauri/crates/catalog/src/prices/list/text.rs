use super::PriceSheet;
use crate::prices::TableError;

impl PriceSheet {
    /// Reads a table as text; its cells stand between semicolons, tabs or commas, whichever its
    /// second line has most of.
    ///
    /// # Errors
    /// [`TableError::UnknownFormat`] when it has no second line, or a quote that does not end.
    pub fn from_text(text: &str) -> Result<Self, TableError> {
        let text = text.trim_start_matches('\u{feff}');
        let mut lines = text.lines().filter(|line| !line.trim().is_empty());
        let Some(head) = lines.next() else {
            return Err(TableError::UnknownFormat("the file is empty".to_owned()));
        };
        if head.trim_start().starts_with('<') {
            return Err(TableError::Html);
        }
        // A title may stand above the names of the columns.
        let named = lines.next().unwrap_or(head);
        let count = |sign: char| named.matches(sign).count();
        let sign = [',', '\t', ';'].into_iter().max_by_key(|sign| count(*sign));
        let sign = sign
            .and_then(|sign| u8::try_from(sign).ok())
            .unwrap_or(b',');
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(sign)
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|fault| TableError::UnknownFormat(fault.to_string()))?;
            let line = record.position().map_or(0, csv::Position::line);
            rows.push((line, record.iter().map(str::to_owned).collect()));
        }
        Self::from_rows(rows)
    }

    /// The table of rows with their line numbers: the first row with two cells that are not empty
    /// names the columns.
    ///
    /// # Errors
    /// [`TableError::UnknownFormat`] when there is none, or nothing below it.
    pub fn from_rows(rows: Vec<(u64, Vec<String>)>) -> Result<Self, TableError> {
        let filled = |cells: &[String]| cells.iter().filter(|cell| !cell.trim().is_empty()).count();
        let mut rows = rows.into_iter().filter(|(_, cells)| filled(cells) > 0);
        let head = rows.by_ref().find(|(_, cells)| filled(cells) > 1);
        let rows: Vec<_> = rows.collect();
        match head {
            Some((_, header)) if !rows.is_empty() => {
                let header = header.iter().map(|name| name.trim().to_owned()).collect();
                Ok(Self { header, rows })
            }
            _ => {
                let what = "it has no line of column names with rows below it";
                Err(TableError::UnknownFormat(what.to_owned()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_split_by_what_the_lines_have_most_of() {
        for text in [
            "a,b\n1,\"2,5\"\n",
            "a;b\n1;2,5\n",
            "a\tb\r\n1\t2,5\r\n",
            "\u{feff}Prices of 2026\n\na;b\n1;2,5",
        ] {
            let sheet = PriceSheet::from_text(text).unwrap();
            assert_eq!(sheet.header, ["a", "b"], "{text}");
            let cells: Vec<&str> = sheet.rows[0].1.iter().map(String::as_str).collect();
            assert_eq!(cells, ["1", "2,5"], "{text}");
        }
    }

    #[test]
    fn a_page_and_an_empty_file_are_no_tables() {
        for (text, says) in [
            ("<html>", "a web page (HTML)"),
            ("\n \n", "the file is empty"),
            ("a,b\n", "no line of column names"),
        ] {
            let error = PriceSheet::from_text(text).unwrap_err().to_string();
            assert!(error.contains(says), "{error}");
        }
    }
}
