use ratebook_catalog::{Address, Bank, Company, CompanyContact, Endpoint, NumberSeries, Paper};
use ratebook_money::{Currency, MoneyError, Zone};

/// The company that issues the sample invoices.
pub(crate) fn company() -> Result<Company, MoneyError> {
    Ok(Company {
        name: "Halden".to_owned(),
        legal_name: "Halden Systems GmbH".to_owned(),
        address: Address {
            lines: vec!["Köpenicker Straße 154".to_owned()],
            postcode: "10997".to_owned(),
            city: "Berlin".to_owned(),
            region: String::new(),
            country: "DE".to_owned(),
        },
        tax_id: "DE301884703".to_owned(),
        registration: "HRB 214906 B, Amtsgericht Charlottenburg".to_owned(),
        email: "billing@halden.example".to_owned(),
        contact: CompanyContact {
            name: "Billing desk".to_owned(),
            phone: "+49 30 5550 142".to_owned(),
        },
        endpoint: Endpoint::default(),
        website: "halden.example".to_owned(),
        bank: Bank {
            holder: "Halden Systems GmbH".to_owned(),
            account: "DE89 3704 0044 0532 0130 00".to_owned(),
            bic: "COBADEFFXXX".to_owned(),
            bank_name: "Commerzbank".to_owned(),
        },
        logo_png: Some(include_str!("logo.b64").trim().to_owned()),
        locale: "en-GB".to_owned(),
        currency: Currency::parse("EUR")?,
        zone: Zone::parse("Europe/Berlin")?,
        series: NumberSeries {
            prefix: "HS-{year}-".to_owned(),
            digits: 4,
            first: 1,
        },
        payment_days: 14,
        paper: Paper::A4,
    })
}
