use super::amount::{self, AmountFault, DecimalSign};
use super::columns::{self, Column};
pub use super::day::DayOrder;
use super::day::{self, DayFault};
use crate::sha256;
use ratebook_money::{Currency, Date, Money};
use thiserror::Error;

/// What a bank's file says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BankFile {
    /// Its lines, in order.
    pub lines: Vec<BankLine>,
    /// Lines that cannot be read, each fault by itself.
    pub faults: Vec<BankFault>,
}

/// One line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BankLine {
    /// Line of the file, from 1.
    pub line: u64,
    /// When it was booked.
    pub day: Date,
    /// Above zero for what came in.
    pub amount: Money,
    /// Who paid.
    pub name: String,
    /// What they wrote.
    pub reference: String,
    /// The same line of the same bank has the same key, in whatever file it stands.
    pub key: String,
}

/// What is wrong with a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BankFault {
    /// Line of the file, from 1.
    pub line: u64,
    /// `date`, `amount`, `currency`.
    pub field: &'static str,
    /// `not_a_date`, `ambiguous_date`, `not_a_number`, `ambiguous_number`, `unknown_currency`,
    /// `too_precise`.
    pub code: &'static str,
    /// What stands there.
    pub value: String,
}

/// Why a file is not a bank's.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum BankFileError {
    /// No row names a column of days and one of amounts.
    #[error("no row of the file names a day and an amount")]
    NoColumns {
        /// The first row, to be shown.
        first: String,
    },
    /// It is no text of rows.
    #[error("the file is no CSV: {0}")]
    NotCsv(String),
    /// Nothing names a currency, and the book gives none.
    #[error("the file has no lines")]
    Empty,
}

/// Rows before the row of heads: banks write account and period there.
const LONGEST_PREAMBLE: usize = 30;

/// Reads a bank's file. `usual` is the currency of lines that name none; `order` says how days are
/// written where the file does not.
///
/// # Errors
/// [`BankFileError`] when the file as a whole cannot be read; single lines are faults.
pub fn read(
    bytes: &[u8],
    usual: Currency,
    order: Option<DayOrder>,
) -> Result<BankFile, BankFileError> {
    let text = text_of(bytes);
    let rows = rows(&text)?;
    let head = rows
        .iter()
        .take(LONGEST_PREAMBLE)
        .position(|(_, row)| columns::find(row).is_some());
    let first = || {
        rows.first()
            .map(|(_, row)| row.iter().collect::<Vec<_>>().join("; "))
    };
    let Some(head) = head else {
        return Err(match first() {
            Some(first) => BankFileError::NoColumns { first },
            None => BankFileError::Empty,
        });
    };
    let (_, heads) = rows.get(head).ok_or(BankFileError::Empty)?;
    let columns = columns::find(heads).ok_or(BankFileError::Empty)?;
    let below = rows.get(head.saturating_add(1)..).unwrap_or(&[]);
    let table = Table::of(heads, columns, below, (usual, order));
    let mut file = BankFile {
        lines: Vec::new(),
        faults: Vec::new(),
    };
    for (line, row) in below {
        // Sums under the lines, and empty rows, have no day.
        if table
            .cell(row, &[Column::Booked, Column::Valued])
            .is_empty()
        {
            continue;
        }
        match table.line(*line, row) {
            Ok(line) => file.lines.push(line),
            Err(fault) => file.faults.push(fault),
        }
    }
    Ok(file)
}

/// UTF-8, or what banks in Europe wrote before it.
fn text_of(bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}

/// Rows of the file with their lines, cut at the sign that cuts most of them.
fn rows(text: &str) -> Result<Vec<(u64, csv::StringRecord)>, BankFileError> {
    let count = |sign: char| text.matches(sign).count();
    let signs = [';', '\t', ','];
    let sign = signs.into_iter().max_by_key(|sign| match sign {
        // Commas stand in amounts as well.
        ',' => count(',') / 2,
        other => count(*other),
    });
    let sign = u8::try_from(sign.unwrap_or(';')).unwrap_or(b';');
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(sign)
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let records = reader.records().map(|record| {
        let record = record.map_err(|error| BankFileError::NotCsv(error.to_string()))?;
        let line = record.position().map_or(0, csv::Position::line);
        Ok((line, record))
    });
    records.collect()
}

/// How the rows of one file are to be read.
struct Table {
    columns: Vec<(usize, Column)>,
    decimals: DecimalSign,
    order: Option<DayOrder>,
    currency: Currency,
}

impl Table {
    fn of(
        heads: &csv::StringRecord,
        columns: Vec<(usize, Column)>,
        rows: &[(u64, csv::StringRecord)],
        (usual, order): (Currency, Option<DayOrder>),
    ) -> Self {
        let named = heads.iter().find_map(columns::currency_in);
        let currency = named.and_then(|code| Currency::parse(code).ok());
        let mut table = Self {
            columns,
            decimals: DecimalSign::Unknown,
            order,
            currency: currency.unwrap_or(usual),
        };
        let days = [Column::Booked, Column::Valued];
        let of = |wanted: &[Column]| -> Vec<String> {
            rows.iter()
                .map(|(_, row)| table.cell(row, wanted))
                .collect()
        };
        let cells: Vec<String> = [Column::Amount, Column::In, Column::Out]
            .iter()
            .flat_map(|column| of(&[*column]))
            .collect();
        let written = day::order_of(of(&days).iter().map(String::as_str));
        table.decimals = amount::sign_of(cells.iter().map(String::as_str));
        table.order = order.or(written);
        table
    }

    /// The first cell of these columns that is not empty.
    fn cell(&self, row: &csv::StringRecord, wanted: &[Column]) -> String {
        let cells = wanted.iter().flat_map(|column| self.cells(row, *column));
        cells.map(str::to_owned).next().unwrap_or(String::new())
    }

    fn cells<'a>(
        &'a self,
        row: &'a csv::StringRecord,
        wanted: Column,
    ) -> impl Iterator<Item = &'a str> {
        let columns = self
            .columns
            .iter()
            .filter(move |(_, column)| *column == wanted);
        let cells = columns.filter_map(|(index, _)| row.get(*index));
        cells.filter(|cell| !cell.is_empty())
    }

    fn line(&self, line: u64, row: &csv::StringRecord) -> Result<BankLine, BankFault> {
        let fault = |field, code, value: &str| BankFault {
            line,
            field,
            code,
            value: value.to_owned(),
        };
        let cell = self.cell(row, &[Column::Booked, Column::Valued]);
        let day = day::read(&cell, self.order).map_err(|why| match why {
            DayFault::NotADay => fault("date", "not_a_date", &cell),
            DayFault::Ambiguous => fault("date", "ambiguous_date", &cell),
        })?;
        let code = self.cell(row, &[Column::Currency]);
        let currency = match code.as_str() {
            "" => self.currency,
            code => {
                Currency::parse(code).map_err(|_| fault("currency", "unknown_currency", code))?
            }
        };
        let (cell, text) = self.amount(row);
        let text = text.map_err(|why| match why {
            AmountFault::Text => fault("amount", "not_a_number", &cell),
            AmountFault::Ambiguous => fault("amount", "ambiguous_number", &cell),
        })?;
        let amount =
            Money::parse(&text, currency).map_err(|_| fault("amount", "too_precise", &cell))?;
        let joined = |column| self.cells(row, column).collect::<Vec<_>>().join(" ");
        let (name, reference) = (joined(Column::Name), joined(Column::Reference));
        let key = [
            day.to_string(),
            amount.to_string(),
            name.clone(),
            reference.clone(),
            joined(Column::Id),
        ];
        Ok(BankLine {
            line,
            day,
            amount,
            name,
            reference,
            key: sha256(&key.join("\n")),
        })
    }

    /// The amount as it stands, and as plain text with its sign.
    fn amount(&self, row: &csv::StringRecord) -> (String, Result<String, AmountFault>) {
        let plain = |cell: &str| amount::plain(cell, self.decimals);
        let whole = self.cell(row, &[Column::Amount]);
        let turned = |text: String| match text.strip_prefix('-') {
            Some(bare) => bare.to_owned(),
            None => format!("-{text}"),
        };
        if !whole.is_empty() {
            let text = plain(&whole);
            let goes_out = goes_out(&self.cell(row, &[Column::Direction]));
            return (whole, if goes_out { text.map(turned) } else { text });
        }
        let zero =
            |cell: &str| plain(cell).is_ok_and(|text| text.chars().all(|c| "0.-".contains(c)));
        let credit = self.cell(row, &[Column::In]);
        if !credit.is_empty() && !zero(&credit) {
            let text = plain(&credit);
            return (credit, text);
        }
        let debit = self.cell(row, &[Column::Out]);
        let text = plain(&debit).map(|text| match text.starts_with('-') {
            true => text,
            false => turned(text),
        });
        (debit, text)
    }
}

/// Words by which banks say that money went out.
fn goes_out(word: &str) -> bool {
    let word = word.to_lowercase();
    ["s", "soll", "af", "debit", "d", "dr", "dbit", "debet"].contains(&word.as_str())
}
