//! Who invoices and who is invoiced.

use super::text::{country, email, length, locale, notes, places, required};
use crate::vat::{VatId, look_at};
use crate::{Address, Company, Customer, Endpoint, Issue, NumberTemplate, TaxTreatment};
use crate::{endpoint_schemes, number_series};
use rust_decimal::Decimal;

/// The longest time to pay that anybody means.
const MOST_PAYMENT_DAYS: u16 = 999;
/// A logo of a megabyte, in base64.
const MOST_LOGO: usize = 1_400_000;

/// The company profile.
#[must_use]
pub fn company(company: &Company) -> Vec<Issue> {
    let mut issues = Vec::new();
    let found = &mut issues;
    required(found, "name", &company.name, 80);
    required(found, "legalName", &company.legal_name, 160);
    address(found, &company.address);
    tax_id(found, &company.tax_id);
    length(found, "registration", &company.registration, 160);
    email(found, "email", &company.email);
    length(found, "contact.name", &company.contact.name, 120);
    length(found, "contact.phone", &company.contact.phone, 40);
    endpoint(found, &company.endpoint);
    length(found, "website", &company.website, 200);
    length(found, "bank.holder", &company.bank.holder, 120);
    length(found, "bank.account", &company.bank.account, 42);
    length(found, "bank.bic", &company.bank.bic, 14);
    length(found, "bank.bankName", &company.bank.bank_name, 120);
    locale(found, "locale", &company.locale);
    payment_days(found, company.payment_days);
    series(found, company);
    if let Some(logo) = &company.logo_png {
        logo_png(found, logo);
    }
    issues
}

/// A customer.
#[must_use]
pub fn customer(customer: &Customer) -> Vec<Issue> {
    let mut issues = Vec::new();
    let found = &mut issues;
    required(found, "number", &customer.number, 40);
    required(found, "name", &customer.name, 160);
    address(found, &customer.address);
    tax_id(found, &customer.tax_id);
    email(found, "email", &customer.email);
    length(found, "reference", &customer.reference, 120);
    length(found, "orderReference", &customer.order_reference, 120);
    endpoint(found, &customer.endpoint);
    locale(found, "locale", &customer.locale);
    notes(found, "notes", &customer.notes, 4_000);
    if let Some(days) = customer.payment_days {
        payment_days(found, days);
    }
    for (index, alias) in customer.aliases.iter().enumerate() {
        let path = format!("aliases[{index}]");
        required(found, &path, alias, 200);
        if customer
            .aliases
            .iter()
            .take(index)
            .any(|other| other == alias)
        {
            found.push(Issue::new(path, "duplicate").with("value", alias));
        }
    }
    tax(found, customer);
    issues
}

fn tax(issues: &mut Vec<Issue>, customer: &Customer) {
    match &customer.tax {
        TaxTreatment::Rate { percent } => {
            let percent = percent.value();
            if percent.is_sign_negative() && !percent.is_zero() {
                issues.push(Issue::new("tax.percent", "negative").with("value", percent));
            }
            if percent > Decimal::ONE_HUNDRED {
                issues.push(Issue::new("tax.percent", "too_large").with("most", 100));
            }
            places(issues, "tax.percent", percent, 4);
        }
        // The invoice must name the buyer's id (EN 16931, BR-AE-02, BR-IC-02).
        TaxTreatment::ReverseCharge | TaxTreatment::IntraCommunity
            if customer.tax_id.trim().is_empty() =>
        {
            issues.push(Issue::new("taxId", "required"));
        }
        TaxTreatment::Exempt { reason } => required(issues, "tax.reason", reason, 300),
        TaxTreatment::ReverseCharge
        | TaxTreatment::IntraCommunity
        | TaxTreatment::Export
        | TaxTreatment::OutOfScope => {}
    }
}

fn address(issues: &mut Vec<Issue>, address: &Address) {
    for (index, line) in address.lines.iter().enumerate() {
        length(issues, &format!("address.lines[{index}]"), line, 120);
    }
    if address.lines.len() > 4 {
        issues.push(Issue::new("address.lines", "too_long").with("most", 4));
    }
    length(issues, "address.postcode", &address.postcode, 20);
    length(issues, "address.city", &address.city, 80);
    length(issues, "address.region", &address.region, 80);
    country(issues, "address.country", &address.country);
}

/// What claims to be the VAT id of a country must be able to be one.
fn tax_id(issues: &mut Vec<Issue>, entered: &str) {
    length(issues, "taxId", entered, 40);
    if let VatId::Wrong(country) = look_at(entered) {
        let issue = Issue::new("taxId", "not_a_vat_id_of").with("value", entered);
        issues.push(issue.with("country", country));
    }
}

/// An electronic address has a scheme of the list EAS, and both or neither.
fn endpoint(issues: &mut Vec<Issue>, endpoint: &Endpoint) {
    let Endpoint { scheme, id } = endpoint;
    length(issues, "endpoint.id", id, 120);
    if !scheme.is_empty() && !endpoint_schemes().any(|known| known == scheme) {
        issues.push(Issue::new("endpoint.scheme", "unknown_scheme").with("value", scheme));
    }
    if scheme.is_empty() != id.is_empty() {
        let path = if id.is_empty() {
            "endpoint.id"
        } else {
            "endpoint.scheme"
        };
        issues.push(Issue::new(path, "required"));
    }
    if scheme == "EM" {
        email(issues, "endpoint.id", id);
    }
}

fn payment_days(issues: &mut Vec<Issue>, days: u16) {
    if days > MOST_PAYMENT_DAYS {
        issues.push(Issue::new("paymentDays", "too_large").with("most", MOST_PAYMENT_DAYS));
    }
}

fn series(issues: &mut Vec<Issue>, company: &Company) {
    // What is stored is the template, or of an older book its prefix and the digits after it.
    let template = NumberTemplate::of(&company.series).text();
    let at = ("numberPrefix", "numberFirst");
    if let Err(found) = number_series(&template, company.series.first, at) {
        issues.extend(found);
    }
}

/// A PNG in base64 begins with the base64 of the PNG signature (RFC 2083, section 3.1).
fn logo_png(issues: &mut Vec<Issue>, logo: &str) {
    if logo.len() > MOST_LOGO {
        issues.push(Issue::new("logoPng", "too_large"));
    } else if !logo.starts_with("iVBORw0KGgo") {
        issues.push(Issue::new("logoPng", "not_a_png"));
    }
}
