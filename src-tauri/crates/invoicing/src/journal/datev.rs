//! The *Buchungsstapel* of DATEV: <https://developer.datev.de/de/file-format/details/datev-format>.
//! A head of format 700, category 21, version 13, and the first fourteen columns, which hold all
//! that is booked here.

use super::{Chart, Entry, EntryKind, Role};
use crate::InvoiceError;
use chrono::{Datelike, Months};
use ratebook_money::{Date, Money, Timestamp};

/// What the head of the file says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DatevHead {
    /// Number of the tax adviser, 1001 to 9999999.
    pub adviser: u32,
    /// Number of the client, 1 to 99999.
    pub client: u32,
    /// Figures of a general account, 4 to 8.
    pub digits: u8,
    /// The month with which the financial year begins.
    pub year_begins: u8,
    /// First and last day of the file.
    pub days: (Date, Date),
    /// When it is written.
    pub made: Timestamp,
}

/// Why the file cannot be written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum DatevFault {
    /// The days are not of one financial year: a date has no year in it.
    TwoYears,
    /// An entry is in another currency than euro, which needs a rate that the book does not have.
    Currency {
        /// Of which document.
        document: String,
        /// The currency.
        currency: String,
    },
    /// An account is no number.
    Account {
        /// What stands there.
        account: String,
    },
}

const COLUMNS: [&str; 14] = [
    "Umsatz (ohne Soll/Haben-Kz)",
    "Soll/Haben-Kennzeichen",
    "WKZ Umsatz",
    "Kurs",
    "Basis-Umsatz",
    "WKZ Basis-Umsatz",
    "Konto",
    "Gegenkonto (ohne BU-Schlüssel)",
    "BU-Schlüssel",
    "Belegdatum",
    "Belegfeld 1",
    "Belegfeld 2",
    "Skonto",
    "Buchungstext",
];

/// Suspends the automatic tax of an account: tax is booked by itself.
const WITHOUT_AUTOMATIC: &str = "40";

/// The file, in Windows-1252 as DATEV reads it.
///
/// # Errors
/// [`DatevFault`]s, all of them; [`InvoiceError`] when a sum does not fit.
pub fn datev(
    entries: &[Entry],
    chart: &Chart,
    head: DatevHead,
) -> Result<Result<Vec<u8>, Vec<DatevFault>>, InvoiceError> {
    let year = year_of(head.days.0, head.year_begins);
    let mut faults = Vec::new();
    if Some(year) != Some(year_of(head.days.1, head.year_begins)) {
        faults.push(DatevFault::TwoYears);
    }
    let mut text = first_line(head, year);
    let names = COLUMNS.map(|name| name.to_owned());
    text.push_str(&format!("{}\r\n", names.join(";")));
    for entry in entries {
        for (role, amount) in &entry.legs {
            match row(entry, (role, *amount), chart)? {
                Ok(row) => text.push_str(&row),
                Err(fault) if faults.contains(&fault) => {}
                Err(fault) => faults.push(fault),
            }
        }
    }
    Ok(match faults.is_empty() {
        true => Ok(windows_1252(&text)),
        false => Err(faults),
    })
}

/// The first day of the financial year that a day is in.
fn year_of(day: Date, begins: u8) -> Option<Date> {
    let first = Date::from_ymd_opt(day.year(), u32::from(begins), 1)?;
    match first <= day {
        true => Some(first),
        false => first.checked_sub_months(Months::new(12)),
    }
}

fn first_line(head: DatevHead, year: Option<Date>) -> String {
    let day = |day: Date| day.format("%Y%m%d").to_string();
    let made = head.made.to_utc().format("%Y%m%d%H%M%S%3f").to_string();
    let name = format!("\"Ratebook {} {}\"", day(head.days.0), day(head.days.1));
    let name: String = name.chars().take(32).collect();
    let fields = [
        "\"EXTF\"".to_owned(),
        "700".to_owned(),
        "21".to_owned(),
        "\"Buchungsstapel\"".to_owned(),
        "13".to_owned(),
        made,
        String::new(),
        "\"RB\"".to_owned(),
        "\"Ratebook\"".to_owned(),
        String::new(),
        head.adviser.to_string(),
        head.client.to_string(),
        year.map_or_else(String::new, day),
        head.digits.to_string(),
        day(head.days.0),
        day(head.days.1),
        name,
        String::new(),
        "1".to_owned(),
        "0".to_owned(),
        "0".to_owned(),
        "\"EUR\"".to_owned(),
    ];
    // What follows is kept free for DATEV itself.
    format!("{};;;;;;;;;\r\n", fields.join(";"))
}

/// One leg against the hub.
fn row(
    entry: &Entry,
    (role, amount): (&Role, Money),
    chart: &Chart,
) -> Result<Result<String, DatevFault>, InvoiceError> {
    let currency = amount.currency().to_string();
    if currency != "EUR" {
        let document = entry.document.clone();
        return Ok(Err(DatevFault::Currency { document, currency }));
    }
    let (account, other) = (chart.account(&entry.hub), chart.account(role));
    for account in [account, other] {
        let is_number =
            (4..=9).contains(&account.len()) && account.chars().all(|sign| sign.is_ascii_digit());
        if !is_number {
            let account = account.to_owned();
            return Ok(Err(DatevFault::Account { account }));
        }
    }
    // The sign is that of the hub, which is the first account of the row.
    let hub = Money::zero(amount.currency()).minus(amount)?;
    let number = hub.number();
    let (side, number) = match number.strip_prefix('-') {
        None => ("S", number.as_str()),
        Some(number) => ("H", number),
    };
    let automatic = matches!(
        entry.kind,
        EntryKind::Payment | EntryKind::WriteOff | EntryKind::Credit
    );
    let words = [entry.kind.word(), entry.party.name.as_str()];
    let fields = [
        number.replace('.', ","),
        format!("\"{side}\""),
        "\"EUR\"".to_owned(),
        String::new(),
        String::new(),
        String::new(),
        account.to_owned(),
        other.to_owned(),
        if automatic {
            String::new()
        } else {
            format!("\"{WITHOUT_AUTOMATIC}\"")
        },
        entry.day.format("%d%m").to_string(),
        quoted(&document(&entry.document), 36),
        String::new(),
        String::new(),
        quoted(&words.join(" "), 60),
    ];
    Ok(Ok(format!("{}\r\n", fields.join(";"))))
}

/// Signs that DATEV takes in the number of a document.
fn document(number: &str) -> String {
    let kept = number
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || "$&%*+-/".contains(*c));
    kept.collect()
}

fn quoted(text: &str, most: usize) -> String {
    let text: String = super::plain(text, &[]).chars().take(most).collect();
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// Letters that Windows-1252 has; others become question marks.
fn windows_1252(text: &str) -> Vec<u8> {
    let bytes = text.chars().map(|sign| match sign {
        '€' => 0x80,
        'Š' => 0x8a,
        'š' => 0x9a,
        'Ž' => 0x8e,
        'ž' => 0x9e,
        'Œ' => 0x8c,
        'œ' => 0x9c,
        '–' => 0x96,
        '—' => 0x97,
        '’' => 0x92,
        sign => match u8::try_from(sign) {
            Ok(byte) if !(0x80..=0x9f).contains(&byte) => byte,
            Ok(_) | Err(_) => b'?',
        },
    });
    bytes.collect()
}
