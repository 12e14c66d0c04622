use super::Reader;
use crate::wire::{AddressText, BankText, CompanyText, ContactText, Count, EndpointText};
use ratebook_catalog::{
    Address, Bank, Company, CompanyContact, Endpoint, Issue, NumberSeries, Paper,
};

/// Reads a company; faults go to the reader.
pub(crate) fn read_company(reader: &mut Reader, text: &CompanyText) -> Option<Company> {
    let currency = reader.currency("currency", &text.currency);
    let zone = reader.zone("zone", &text.zone);
    let paper = match text.paper.as_str() {
        "a4" => Paper::A4,
        "letter" => Paper::Letter,
        other => {
            reader.fault(Issue::new("paper", "unknown").with("value", other));
            Paper::A4
        }
    };
    Some(Company {
        name: text.name.trim().to_owned(),
        legal_name: text.legal_name.trim().to_owned(),
        address: read_address(&text.address),
        tax_id: text.tax_id.trim().to_owned(),
        registration: text.registration.trim().to_owned(),
        email: text.email.trim().to_owned(),
        contact: CompanyContact {
            name: text.contact.name.trim().to_owned(),
            phone: text.contact.phone.trim().to_owned(),
        },
        endpoint: read_endpoint(&text.endpoint),
        website: text.website.trim().to_owned(),
        bank: Bank {
            holder: text.bank.holder.trim().to_owned(),
            account: text.bank.account.trim().to_owned(),
            bic: text.bank.bic.trim().to_owned(),
            bank_name: text.bank.bank_name.trim().to_owned(),
        },
        logo_png: text.logo_png.clone().filter(|logo| !logo.is_empty()),
        locale: text.locale.trim().to_owned(),
        currency: currency?,
        zone,
        series: NumberSeries {
            prefix: text.number_prefix.clone(),
            digits: text.number_digits,
            first: text.number_first.0,
        },
        payment_days: text.payment_days,
        paper,
    })
}

/// Writes a company.
pub(crate) fn write_company(company: &Company) -> CompanyText {
    CompanyText {
        name: company.name.clone(),
        legal_name: company.legal_name.clone(),
        address: write_address(&company.address),
        tax_id: company.tax_id.clone(),
        registration: company.registration.clone(),
        email: company.email.clone(),
        contact: ContactText {
            name: company.contact.name.clone(),
            phone: company.contact.phone.clone(),
        },
        endpoint: write_endpoint(&company.endpoint),
        website: company.website.clone(),
        bank: BankText {
            holder: company.bank.holder.clone(),
            account: company.bank.account.clone(),
            bic: company.bank.bic.clone(),
            bank_name: company.bank.bank_name.clone(),
        },
        logo_png: company.logo_png.clone(),
        locale: company.locale.clone(),
        currency: company.currency.to_string(),
        zone: company.zone.to_string(),
        number_prefix: company.series.prefix.clone(),
        number_digits: company.series.digits,
        number_first: Count(company.series.first),
        payment_days: company.payment_days,
        paper: match company.paper {
            Paper::A4 => "a4".to_owned(),
            Paper::Letter => "letter".to_owned(),
        },
    }
}

/// Reads an address.
pub(crate) fn read_address(text: &AddressText) -> Address {
    let lines = text.lines.iter().map(|line| line.trim().to_owned());
    Address {
        lines: lines.filter(|line| !line.is_empty()).collect(),
        postcode: text.postcode.trim().to_owned(),
        city: text.city.trim().to_owned(),
        region: text.region.trim().to_owned(),
        country: text.country.trim().to_owned(),
    }
}

/// Writes an address.
pub(crate) fn write_address(address: &Address) -> AddressText {
    AddressText {
        lines: address.lines.clone(),
        postcode: address.postcode.clone(),
        city: address.city.clone(),
        region: address.region.clone(),
        country: address.country.clone(),
    }
}

/// Reads an electronic address.
pub(crate) fn read_endpoint(text: &EndpointText) -> Endpoint {
    Endpoint {
        scheme: text.scheme.trim().to_owned(),
        id: text.id.trim().to_owned(),
    }
}

/// Writes an electronic address.
pub(crate) fn write_endpoint(endpoint: &Endpoint) -> EndpointText {
    EndpointText {
        scheme: endpoint.scheme.clone(),
        id: endpoint.id.clone(),
    }
}
