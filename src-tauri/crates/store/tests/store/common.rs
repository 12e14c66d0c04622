//! A book in a folder of its own, and small facts to put into it.

use ratebook_catalog::{
    Address, CallConditions, Company, CompanyContact, Customer, CustomerId, Dimension,
    EinvoiceFormat, Endpoint, NumberSeries, Paper, TaxTreatment,
};
use ratebook_money::id::IdSource;
use ratebook_money::{Currency, Factor, Period, Quantity, Timestamp, Zone};
use ratebook_store::Book;
use ratebook_usage::{Reported, UsageEvent};
use std::collections::BTreeMap;
use std::path::PathBuf;
use tempfile::TempDir;

pub const HOUR: i64 = 3_600_000_000;

pub fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

pub fn now() -> Timestamp {
    at("2026-11-01T08:00:00Z")
}

pub fn period(from: &str, to: &str) -> Period {
    Period {
        from: at(from),
        to: at(to),
    }
}

/// A fresh book; the folder goes when the first part is dropped.
pub async fn book() -> (TempDir, Book) {
    let folder = tempfile::tempdir().unwrap();
    let book = Book::create(&path_in(&folder), now()).await.unwrap();
    (folder, book)
}

pub fn path_in(folder: &TempDir) -> PathBuf {
    folder.path().join("Halden.ratebook")
}

pub fn ids(random: u128) -> IdSource {
    IdSource::new(now(), random)
}

pub fn customer(ids: &mut IdSource, number: &str, aliases: &[&str]) -> Customer {
    Customer {
        id: CustomerId::new(ids),
        number: number.to_owned(),
        name: format!("Customer {number}"),
        address: Address {
            lines: vec!["Hafenstraße 7".to_owned(), "Hof \"B\"".to_owned()],
            postcode: "20457".to_owned(),
            city: "Hamburg".to_owned(),
            region: String::new(),
            country: "DE".to_owned(),
        },
        tax_id: "DE811907980".to_owned(),
        email: "billing@example.com".to_owned(),
        reference: "PO-1".to_owned(),
        order_reference: "4500118226".to_owned(),
        endpoint: Endpoint {
            scheme: "0204".to_owned(),
            id: "04011000-12345-03".to_owned(),
        },
        einvoice: Some(EinvoiceFormat::Xrechnung),
        currency: Currency::parse("EUR").unwrap(),
        locale: "de-DE".to_owned(),
        zone: Zone::parse("Europe/Berlin").unwrap(),
        tax: TaxTreatment::Rate {
            percent: Factor::parse("19").unwrap(),
        },
        payment_days: Some(14),
        aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
        notes: "株式会社 — شركة — O'Neill; DROP TABLE customer".to_owned(),
        archived: false,
    }
}

pub fn company() -> Company {
    Company {
        name: "Halden".to_owned(),
        legal_name: "Halden Systems GmbH".to_owned(),
        address: Address {
            lines: vec!["Torstraße 1".to_owned()],
            postcode: "10119".to_owned(),
            city: "Berlin".to_owned(),
            region: String::new(),
            country: "DE".to_owned(),
        },
        tax_id: "DE123456789".to_owned(),
        registration: "HRB 1".to_owned(),
        email: "billing@halden.example".to_owned(),
        contact: CompanyContact {
            name: "Billing desk".to_owned(),
            phone: "+49 30 5550 0".to_owned(),
        },
        endpoint: Endpoint {
            scheme: "9930".to_owned(),
            id: "DE123456789".to_owned(),
        },
        website: "halden.example".to_owned(),
        bank: ratebook_catalog::Bank::default(),
        logo_png: Some("aGVsbG8=".to_owned()),
        locale: "de-DE".to_owned(),
        currency: Currency::parse("EUR").unwrap(),
        zone: Zone::parse("Europe/Berlin").unwrap(),
        series: series(),
        payment_days: 14,
        paper: Paper::A4,
    }
}

pub fn series() -> NumberSeries {
    NumberSeries {
        prefix: "HS-{year}-".to_owned(),
        digits: 4,
        first: 1,
    }
}

/// A call with 100 × `n` input and `n` output tokens.
pub fn event(id: &str, customer: &str, at: Timestamp, n: i64) -> UsageEvent {
    UsageEvent {
        source: "test".to_owned(),
        id: id.to_owned(),
        event_name: ratebook_usage::MODEL_CALL.to_owned(),
        at,
        customer_ref: customer.to_owned(),
        provider: "openai".to_owned(),
        model: "gpt-4o".to_owned(),
        conditions: CallConditions::default(),
        quantities: vec![
            (Dimension::INPUT, Quantity::from_units(100 * n).unwrap()),
            (Dimension::OUTPUT, Quantity::from_units(n).unwrap()),
            (Dimension::REQUESTS, Quantity::from_units(1).unwrap()),
        ],
        dims: BTreeMap::from([("team".to_owned(), format!("t{}", n % 3))]),
        reported: Reported::default(),
    }
}
