//! What keeps an invoice from being an e-invoice, and where it is mended.

use super::fault;
use ratebook_api::wire::IssueText;

/// One thing that a draft lacks for the e-invoice that its customer wants.
pub fn missing(issue: &IssueText) -> String {
    fault("", issue).trim_start().to_owned()
}

pub(super) fn einvoice(issue: &IssueText) -> Option<String> {
    let param = |key: &str| issue.params.get(key).map(String::as_str);
    let value = param("value").unwrap_or_default();
    let what = match issue.code.as_str() {
        "einvoice_decimals" => format!(
            "{} has {} decimals; an invoice of EN 16931 has amounts of at most {} (BR-DEC)",
            param("currency").unwrap_or_default(),
            param("decimals").unwrap_or_default(),
            param("most").unwrap_or_default()
        ),
        "einvoice_mixed_out_of_scope" => {
            "an e-invoice cannot have lines outside the scope of the tax beside others (BR-O-11)"
                .to_owned()
        }
        "einvoice_void" => "is void; a void invoice is not sent".to_owned(),
        "required" => "is missing".to_owned(),
        "not_a_vat_id" => format!("\"{value}\" is no VAT id: it begins with its country, as DE"),
        "not_a_phone" => "has fewer than three digits".to_owned(),
        "forbidden_character" => format!("holds {value}, a character that XML cannot write"),
        _ => return None,
    };
    Some(match entered(&issue.path) {
        Some(place) => format!("{what} (enter it under {place})"),
        None => what,
    })
}

/// Where in the window a datum of the parties is entered.
fn entered(path: &str) -> Option<&'static str> {
    Some(match path {
        "company.name" => "Settings, Company, Legal name",
        "company.taxId" => "Settings, Company, Tax id",
        "company.registration" => "Settings, Company, Register entry",
        "company.email" => "Settings, Company, E-mail for bills",
        "company.contact.name" => "Settings, Company, Person or desk",
        "company.contact.phone" => "Settings, Company, Telephone",
        "company.endpoint" => "Settings, Company, Electronic address or E-mail for bills",
        "company.bank.account" => "Settings, Company, IBAN or account number",
        "customer.name" => "the customer's form, Name",
        "customer.taxId" => "the customer's form, Tax id",
        "customer.reference" => "the customer's form, Their reference",
        "customer.endpoint" => "the customer's form, Electronic address or E-mail for invoices",
        "customer.einvoice" => "the customer's form, E-invoice, Form, or say which format",
        "customer.tax.reason" => "the customer's form, Tax",
        "customer.currency" => "the customer's form, Currency",
        _ if path.starts_with("company.address.") => "Settings, Company, the address",
        _ if path.starts_with("customer.address.") => "the customer's form, the address",
        _ => return None,
    })
}
