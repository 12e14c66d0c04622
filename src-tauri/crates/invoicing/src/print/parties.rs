//! Who writes the invoice and who receives it.

use super::{countries, logo};
use crate::document::{Seller, Words};
use ratebook_catalog::{Address, Company, Customer};

pub(super) fn seller(company: &Company, words: &Words) -> Seller {
    let address = address(&company.address);
    let mut sender = vec![company.legal_name.clone()];
    sender.extend(address.iter().cloned());
    let mut identity = vec![company.legal_name.clone()];
    identity.extend(address);
    let tax_id = Some(&company.tax_id).filter(|id| !id.is_empty());
    let mut legal: Vec<String> = tax_id
        .into_iter()
        .map(|id| format!("{} {id}", words.tax_id))
        .collect();
    legal.extend(filled(&[&company.registration]));
    Seller {
        name: company.legal_name.clone(),
        brand: company.name.clone(),
        logo: company.logo_png.as_deref().and_then(logo::bytes),
        sender_line: sender.join(", "),
        // The last column is left to the page number.
        footer: vec![
            identity,
            legal,
            filled(&[&company.email, &company.website]),
            Vec::new(),
        ],
    }
}

/// Name and address of the customer; the country only where it is not the company's own.
pub(super) fn buyer(customer: &Customer, company: &Company) -> Vec<String> {
    let mut lines = vec![customer.name.clone()];
    lines.extend(address(&customer.address));
    if customer.address.country != company.address.country {
        lines.push(countries::name(&customer.address.country).to_owned());
    }
    lines
}

/// Street and city as the country writes them.
fn address(address: &Address) -> Vec<String> {
    let mut lines = filled(&address.lines.iter().collect::<Vec<_>>());
    let (city, region, code) = (&address.city, &address.region, &address.postcode);
    let last = match address.country.as_str() {
        "US" | "CA" => {
            let state = filled(&[region, code]).join(" ");
            vec![filled(&[city, &state]).join(", ")]
        }
        "AU" | "NZ" | "IN" | "SG" | "TW" | "KR" | "TH" | "ID" => {
            vec![filled(&[city, region, code]).join(" ")]
        }
        "GB" | "IE" | "ZA" => filled(&[city, region, code]),
        "JP" => vec![filled(&[city, region]).join(", "), code.clone()],
        "BR" | "MX" | "IT" | "ES" => vec![filled(&[code, city, region]).join(" ")],
        _ => vec![filled(&[code, city]).join(" ")],
    };
    lines.extend(last.into_iter().filter(|line| !line.is_empty()));
    lines
}

fn filled(parts: &[&String]) -> Vec<String> {
    let parts = parts.iter().filter(|part| !part.trim().is_empty());
    parts.map(|part| (*part).clone()).collect()
}
