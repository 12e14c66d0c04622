//! The printable invoice: words and figures, no layout.
//!
//! A [`Document`] holds everything that stands on the paper, already written out in the language
//! and number format of the customer. The layout never formats a number, adds two figures or
//! looks at a clock: what it needs when a table breaks (the sum carried over) stands ready in
//! [`Row::running`].
//!
//! [`Writer`] writes the figures and dates of a locale, [`Words`] holds the fixed words.
//!
//! ```
//! use ratebook_invoicing::document::Writer;
//! use ratebook_money::{Currency, Money};
//!
//! let writer = Writer::new("de-DE");
//! let credit = Money::from_minor(-1_234_567, Currency::parse("EUR")?);
//! assert_eq!(writer.amount(credit), "−12.345,67");
//! assert_eq!(writer.words().invoice, "Rechnung");
//! # Ok::<(), ratebook_money::MoneyError>(())
//! ```

mod dates;
mod figures;
mod payment;
#[cfg(test)]
mod tests;
pub mod words;
mod writer;

pub use payment::{CreditTransfer, PaymentError};
pub use words::Words;
pub use writer::Writer;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// One printable invoice or credit note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Document {
    pub kind: DocumentKind,
    /// BCP 47 tag of the language it is written in; becomes the language of the PDF.
    pub locale: String,
    pub paper: Paper,
    /// A draft carries a watermark and no number.
    pub state: DocumentState,
    /// The large word at the top: "Invoice", "Credit note".
    pub title: String,
    /// `None` as long as the invoice is not finalized.
    pub number: Option<String>,
    /// The invoice date. Also the creation date inside the PDF, so that the same invoice gives the
    /// same bytes.
    pub date: NaiveDate,
    pub seller: Seller,
    /// First line is the name (bold), then the address as it is written in the country.
    pub buyer: Vec<String>,
    /// Number, dates, references: right of the address.
    pub meta: Vec<MetaRow>,
    /// Sentences between the address and the table.
    pub intro: Vec<String>,
    pub table: LineTable,
    /// "Usage per day": a small chart beside the totals.
    pub bars: Option<Bars>,
    pub tax: Option<TaxTable>,
    pub totals: Vec<TotalRow>,
    /// Sentences after the totals: exemption reasons, exchange rates, terms.
    pub notes: Vec<String>,
    pub payment: Option<PaymentBox>,
    /// A page of its own after the invoice.
    pub statement: Option<Statement>,
    pub phrases: Phrases,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum DocumentKind {
    Invoice,
    CreditNote,
    /// A statement of account.
    Account,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum DocumentState {
    Draft,
    Final,
    Void,
}

/// Size of the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Paper {
    /// 210 × 297 mm.
    A4,
    /// 8.5 × 11 in.
    Letter,
}

/// Who writes the invoice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Seller {
    /// Legal name; printed large when there is no logo, and the author of the PDF.
    pub name: String,
    /// Short name printed beside the logo; empty when the logo contains it.
    pub brand: String,
    /// A PNG picture. Anything else is refused by the layout.
    pub logo: Option<Vec<u8>>,
    /// One line above the address window: "Name, Street 1, 10997 Berlin".
    pub sender_line: String,
    /// Up to four columns at the foot of every page, each a few lines; the page number follows in
    /// the last one.
    pub footer: Vec<Vec<String>>,
}

/// A label and its value beside the address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MetaRow {
    pub label: String,
    pub value: String,
    pub tone: Tone,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Tone {
    Plain,
    Strong,
    /// Something a draft does not have yet ("given when finalized").
    Pending,
}

/// The lines of the invoice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LineTable {
    pub columns: Columns,
    pub sections: Vec<Section>,
}

/// Heads of the four columns; the currency stands here and not at every figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Columns {
    pub description: String,
    pub quantity: String,
    pub unit_price: String,
    pub amount: String,
}

/// A part of the table under a heading, for example "Model usage".
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Section {
    pub heading: String,
    /// Small grey words after the heading.
    pub qualifier: String,
    /// Sum of the section; `None` when it would only repeat the one line.
    pub subtotal: Option<String>,
    pub groups: Vec<Group>,
}

/// Lines that belong together, for example one model with its token classes.
///
/// Without `rows` the head is itself a line of the invoice; without `head` the rows follow the
/// section directly.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Group {
    pub head: Option<Row>,
    pub rows: Vec<Row>,
}

/// One row of the table. Empty strings print nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    pub description: String,
    /// Small grey words after the description.
    pub qualifier: String,
    pub quantity: String,
    pub unit_price: String,
    pub amount: String,
    /// Small grey sentences under the row: service period, exchange rate.
    pub notes: Vec<String>,
    /// Sum of all line amounts up to and with this row, written out: printed as "Carried over"
    /// when a page ends after it. Empty for a head that only repeats the sum of its rows.
    pub running: String,
}

/// Small bars, one per day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Bars {
    pub caption: String,
    /// Height of each bar in thousandths of the highest one, 0 to 1000.
    pub permille: Vec<u16>,
}

/// Tax per rate and category.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TaxTable {
    pub label: String,
    pub taxable: String,
    pub tax: String,
    pub rows: Vec<TaxRow>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TaxRow {
    /// "19%, standard rate (S)".
    pub label: String,
    pub taxable: String,
    pub tax: String,
}

/// One line of the sum at the end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TotalRow {
    pub label: String,
    pub amount: String,
    pub style: TotalStyle,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum TotalStyle {
    Plain,
    /// A credit or discount that lowers the sum.
    Credit,
    /// A subtotal: a hairline above it.
    Ruled,
    /// What is to be paid: large, with the currency.
    Due,
}

/// How to pay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PaymentBox {
    /// "Please pay by 17 November 2026".
    pub heading: String,
    /// Label and value: account holder, IBAN, BIC, reference.
    pub rows: Vec<(String, String)>,
    /// Sentences under the rows: terms, discount for early payment.
    pub notes: Vec<String>,
    /// Text of a QR code; see [`CreditTransfer`].
    pub code: Option<String>,
    /// Words beside the code.
    pub code_caption: Vec<String>,
}

/// The usage statement: one row per day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Statement {
    pub title: String,
    pub subtitle: String,
    /// Up to three figures with bars.
    pub cards: Vec<Card>,
    /// The first column is words and stands left, all others are figures.
    pub columns: Vec<StatementColumn>,
    pub rows: Vec<StatementRow>,
    /// One cell per column; empty when there is no total.
    pub total: Vec<String>,
    pub notes: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Card {
    pub label: String,
    pub value: String,
    pub permille: Vec<u16>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StatementColumn {
    pub label: String,
    /// Neighbouring columns with the same text share one head above them; empty: none.
    pub group: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StatementRow {
    pub cells: Vec<String>,
    /// Small grey words after the first cell, for example the weekday.
    pub qualifier: String,
    /// A weekend: a faint ground behind the row.
    pub shaded: bool,
}

/// The words that only the layout knows when to print.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Phrases {
    /// With `{page}` and `{pages}`.
    pub page_of: String,
    pub carried_over: String,
    pub brought_forward: String,
    /// The watermark of the state, for example "Draft"; empty when final.
    pub watermark: String,
}

impl Document {
    /// All texts that will be printed, in reading order: what a check of the fonts looks at.
    pub fn texts(&self) -> Vec<&str> {
        let mut texts: Vec<&str> = vec![&self.title, &self.seller.name, &self.seller.brand];
        texts.push(&self.seller.sender_line);
        texts.extend(self.number.iter().map(String::as_str));
        texts.extend(self.seller.footer.iter().flatten().map(String::as_str));
        texts.extend(self.buyer.iter().chain(&self.intro).map(String::as_str));
        for row in &self.meta {
            texts.extend([row.label.as_str(), row.value.as_str()]);
        }
        self.table.texts(&mut texts);
        texts.extend(self.bars.iter().map(|bars| bars.caption.as_str()));
        if let Some(tax) = &self.tax {
            texts.extend([tax.label.as_str(), &tax.taxable, &tax.tax]);
            for row in &tax.rows {
                texts.extend([row.label.as_str(), &row.taxable, &row.tax]);
            }
        }
        for row in &self.totals {
            texts.extend([row.label.as_str(), row.amount.as_str()]);
        }
        texts.extend(self.notes.iter().map(String::as_str));
        if let Some(payment) = &self.payment {
            texts.push(&payment.heading);
            texts.extend(
                payment
                    .rows
                    .iter()
                    .flat_map(|(label, value)| [label.as_str(), value]),
            );
            texts.extend(
                payment
                    .notes
                    .iter()
                    .chain(&payment.code_caption)
                    .map(String::as_str),
            );
        }
        if let Some(statement) = &self.statement {
            statement.texts(&mut texts);
        }
        let phrases = &self.phrases;
        texts.extend([phrases.page_of.as_str(), &phrases.carried_over]);
        texts.extend([phrases.brought_forward.as_str(), &phrases.watermark]);
        texts
    }
}

impl LineTable {
    fn texts<'a>(&'a self, texts: &mut Vec<&'a str>) {
        let columns = &self.columns;
        texts.extend([columns.description.as_str(), &columns.quantity]);
        texts.extend([columns.unit_price.as_str(), &columns.amount]);
        for section in &self.sections {
            texts.extend([section.heading.as_str(), &section.qualifier]);
            texts.extend(section.subtotal.iter().map(String::as_str));
            for row in section
                .groups
                .iter()
                .flat_map(|group| group.head.iter().chain(&group.rows))
            {
                texts.extend([row.description.as_str(), &row.qualifier, &row.quantity]);
                texts.extend([row.unit_price.as_str(), &row.amount, &row.running]);
                texts.extend(row.notes.iter().map(String::as_str));
            }
        }
    }
}

impl Statement {
    fn texts<'a>(&'a self, texts: &mut Vec<&'a str>) {
        texts.extend([self.title.as_str(), self.subtitle.as_str()]);
        for card in &self.cards {
            texts.extend([card.label.as_str(), card.value.as_str()]);
        }
        for column in &self.columns {
            texts.extend([column.label.as_str(), column.group.as_str()]);
        }
        for row in &self.rows {
            texts.extend(row.cells.iter().map(String::as_str));
            texts.push(&row.qualifier);
        }
        texts.extend(self.total.iter().chain(&self.notes).map(String::as_str));
    }
}
