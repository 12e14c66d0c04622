//! What a format demands, checked before anything is written: all faults at once, each at the
//! field of the company (`company.…`) or the customer (`customer.…`) where it is mended.

use crate::convert::vat_id;
use crate::xml::forbidden;
use crate::{Einvoice, Format, Kind, Party};
use ratebook_catalog::Issue;
use ratebook_invoicing::TaxCategory;

/// EN 16931 knows amounts of at most so many decimals (rules BR-DEC-01 to BR-DEC-28).
const MOST_DECIMALS: u32 = 2;

/// All that keeps an invoice from being written in a format; empty when nothing does.
#[must_use]
pub fn faults(invoice: &Einvoice, format: Format) -> Vec<Issue> {
    let mut issues = Vec::new();
    let found = &mut issues;
    if invoice.currency.minor_digits() > MOST_DECIMALS {
        found.push(
            Issue::new("customer.currency", "einvoice_decimals")
                .with("currency", invoice.currency)
                .with("decimals", invoice.currency.minor_digits())
                .with("most", MOST_DECIMALS),
        );
    }
    required(found, "number", &invoice.number);
    for (path, party) in parties(invoice) {
        required(found, &format!("{path}.name"), &party.name);
        required(
            found,
            &format!("{path}.address.country"),
            &party.address.country,
        );
    }
    taxes(found, invoice);
    if format.is_xrechnung() {
        xrechnung(found, invoice);
    }
    if format == Format::Peppol && is_empty(&invoice.order_reference) {
        // PEPPOL-EN16931-R003.
        required(found, "customer.reference", &invoice.buyer_reference);
    }
    if format.is_routed() {
        // PEPPOL-EN16931-R010 and -R020.
        for (path, party) in parties(invoice) {
            required(found, &format!("{path}.endpoint"), &party.endpoint.id);
        }
    }
    characters(found, invoice);
    issues
}

fn parties(invoice: &Einvoice) -> [(&'static str, &Party); 2] {
    [("company", &invoice.seller), ("customer", &invoice.buyer)]
}

/// The tax ids that each category asks for.
fn taxes(issues: &mut Vec<Issue>, invoice: &Einvoice) {
    let (seller, buyer) = (&invoice.seller.tax_id, &invoice.buyer.tax_id);
    let has = |category| invoice.taxes.iter().any(|tax| tax.category == category);
    if has(TaxCategory::O) {
        // BR-O-11 to BR-O-14.
        if invoice.taxes.len() > 1 {
            issues.push(Issue::new("customer.tax", "einvoice_mixed_out_of_scope"));
        }
        // BR-CO-26: without a VAT id, which BR-O-02 forbids, another one says who sells.
        if is_empty(seller) {
            required(issues, "company.registration", &invoice.seller.registration);
        }
        return;
    }
    // BR-S-02, BR-Z-02, BR-E-02, BR-AE-02, BR-IC-02, BR-G-02.
    required(issues, "company.taxId", seller);
    if (has(TaxCategory::AE) || has(TaxCategory::K)) && vat_id(buyer).is_none() {
        // BR-AE-02, BR-IC-02.
        let code = if is_empty(buyer) {
            "required"
        } else {
            "not_a_vat_id"
        };
        issues.push(Issue::new("customer.taxId", code).with("value", buyer));
    }
    // BR-E-10.
    for tax in &invoice.taxes {
        if tax.category == TaxCategory::E {
            required(issues, "customer.tax.reason", &tax.reason);
        }
    }
}

/// Rules of XRechnung 3.0 beyond EN 16931.
fn xrechnung(issues: &mut Vec<Issue>, invoice: &Einvoice) {
    let contact = &invoice.seller.contact;
    // BR-DE-15, -1, -5, -6, -7.
    required(issues, "customer.reference", &invoice.buyer_reference);
    if invoice.kind == Kind::Invoice {
        let account = &invoice.account.bank.account;
        required(issues, "company.bank.account", account);
    }
    required(issues, "company.contact.name", &contact.name);
    required(issues, "company.contact.phone", &contact.phone);
    required(issues, "company.email", &contact.email);
    // BR-DE-27.
    let digits = contact.phone.chars().filter(char::is_ascii_digit).count();
    if !is_empty(&contact.phone) && digits < 3 {
        issues.push(Issue::new("company.contact.phone", "not_a_phone").with("least", 3));
    }
    // BR-DE-3, -4, -8, -9.
    for (path, party) in parties(invoice) {
        required(issues, &format!("{path}.address.city"), &party.address.city);
        required(
            issues,
            &format!("{path}.address.postcode"),
            &party.address.postcode,
        );
    }
}

/// Characters that XML cannot write, in any text that is written.
fn characters(issues: &mut Vec<Issue>, invoice: &Einvoice) {
    let mut texts = vec![
        ("number".to_owned(), &invoice.number),
        ("customer.reference".to_owned(), &invoice.buyer_reference),
        (
            "customer.orderReference".to_owned(),
            &invoice.order_reference,
        ),
        (
            "company.bank.holder".to_owned(),
            &invoice.account.bank.holder,
        ),
        (
            "company.bank.account".to_owned(),
            &invoice.account.bank.account,
        ),
        ("company.bank.bic".to_owned(), &invoice.account.bank.bic),
    ];
    if let Kind::CreditNote(preceding) = &invoice.kind {
        texts.push(("preceding".to_owned(), &preceding.number));
    }
    for (path, party) in parties(invoice) {
        for (field, text) in [
            ("name", &party.name),
            ("tradingName", &party.trading_name),
            ("number", &party.identifier),
            ("taxId", &party.tax_id),
            ("registration", &party.registration),
            ("address.postcode", &party.address.postcode),
            ("address.city", &party.address.city),
            ("address.region", &party.address.region),
            ("address.country", &party.address.country),
            ("endpoint", &party.endpoint.id),
            ("contact.name", &party.contact.name),
            ("contact.phone", &party.contact.phone),
            ("email", &party.contact.email),
        ] {
            texts.push((format!("{path}.{field}"), text));
        }
        for (index, line) in party.address.lines.iter().enumerate() {
            texts.push((format!("{path}.address.lines[{index}]"), line));
        }
    }
    for (index, line) in invoice.lines.iter().enumerate() {
        texts.push((format!("lines[{index}].name"), &line.name));
        texts.push((format!("lines[{index}].note"), &line.note));
    }
    let reasons = invoice.taxes.iter().map(|tax| &tax.reason);
    texts.extend(reasons.map(|reason| ("customer.tax.reason".to_owned(), reason)));
    let allowed = invoice.allowances.iter().map(|allowance| &allowance.reason);
    texts.extend(allowed.map(|reason| ("allowances".to_owned(), reason)));
    texts.extend(invoice.notes.iter().map(|note| ("notes".to_owned(), note)));
    for (path, text) in texts {
        if let Some(name) = forbidden(text) {
            let issue = Issue::new(path, "forbidden_character").with("value", name);
            if !issues.contains(&issue) {
                issues.push(issue);
            }
        }
    }
}

fn required(issues: &mut Vec<Issue>, path: &str, text: &str) {
    let issue = Issue::new(path, "required");
    if is_empty(text) && !issues.contains(&issue) {
        issues.push(issue);
    }
}

fn is_empty(text: &str) -> bool {
    text.trim().is_empty()
}
