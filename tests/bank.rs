//! Bank statements as banks write them: what is read of each, and what its lines are thought to
//! pay. `tests/bank/*.csv` with `.expected` beside it; `BLESS=1` writes them anew.

use ratebook_catalog::InvoiceId;
use ratebook_invoicing::bank::{BankFileError, BankLine, OpenInvoice, Proposal, propose, read};
use ratebook_money::id::IdSource;
use ratebook_money::{Currency, Money, Timestamp};
use std::fs;
use suite::repository::{files, root};

const FOLDER: &str = "tests/bank";

fn euro() -> Currency {
    Currency::parse("EUR").unwrap()
}

/// What is open in `open.txt`.
fn open() -> Vec<OpenInvoice> {
    let mut ids = IdSource::new(Timestamp::from_micros(0), 1);
    let text = fs::read_to_string(root().join(FOLDER).join("open.txt")).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let invoices = lines.map(|line| {
        let parts: Vec<&str> = line.split("; ").collect();
        let (amount, currency) = parts[3].split_once(' ').unwrap();
        OpenInvoice {
            id: InvoiceId::new(&mut ids),
            number: parts[0].to_owned(),
            customer: parts[1].to_owned(),
            issued_on: parts[2].parse().unwrap(),
            open: Money::parse(amount, Currency::parse(currency).unwrap()).unwrap(),
        }
    });
    invoices.collect()
}

fn told(line: &BankLine, proposal: &Proposal, invoices: &[OpenInvoice]) -> String {
    let parts = proposal.allocations.iter().map(|part| {
        let of = invoices
            .iter()
            .find(|invoice| invoice.id == part.invoice)
            .unwrap();
        format!("{} {}", of.number, part.amount)
    });
    let parts = parts.collect::<Vec<_>>().join(" + ");
    format!(
        "{}: {} {} | {} | {}\n    {:?}, {:?}: {parts}\n",
        line.line,
        line.day,
        line.amount,
        line.name,
        line.reference,
        proposal.confidence,
        proposal.reason
    )
    .replace(": \n", "\n")
}

fn report(bytes: &[u8]) -> String {
    let file = match read(bytes, euro(), None) {
        Ok(file) => file,
        Err(error @ BankFileError::NoColumns { .. }) => return format!("{error}: {error:?}\n"),
        Err(error) => return format!("{error}\n"),
    };
    let invoices = open();
    let proposals = propose(&file.lines, &invoices).unwrap();
    let lines = file.lines.iter().zip(&proposals);
    let mut text: String = lines.map(|(line, of)| told(line, of, &invoices)).collect();
    for fault in &file.faults {
        let (line, field, code) = (fault.line, fault.field, fault.code);
        text.push_str(&format!("{line}: {field}: {code} \"{}\"\n", fault.value));
    }
    text
}

#[test]
fn every_statement_is_read_and_matched_as_expected() {
    let mut tried = 0;
    let mut wrong = Vec::new();
    for path in files(FOLDER)
        .into_iter()
        .filter(|path| path.ends_with(".csv"))
    {
        let found = report(&fs::read(root().join(&path)).unwrap());
        let expected = root().join(path.replace(".csv", ".expected"));
        tried += 1;
        if std::env::var_os("BLESS").is_some() {
            fs::write(&expected, &found).unwrap();
        }
        let wanted = fs::read_to_string(&expected).unwrap_or_default();
        if found != wanted {
            wrong.push(format!("{path}:\n{found}"));
        }
    }
    assert!(tried >= 10, "{tried} statements only");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_same_line_has_the_same_key_in_another_file() {
    let one = "Date;Amount;Currency;Reference;Name\n2026-11-20;1,00;EUR;a;b\n";
    let other = "Name\tReference\tBooking date\tBetrag (EUR)\nb\ta\t20.11.2026\t1,00\n";
    let key = |text: &str| {
        read(text.as_bytes(), euro(), None).unwrap().lines[0]
            .key
            .clone()
    };
    assert_eq!(key(one), key(other));
    assert_ne!(key(one), key(&one.replace("1,00", "1,01")));
}
