use crate::{Contact, Endpoint, Party};
use ratebook_catalog::{Company, Customer};
use ratebook_invoicing::TaxCategory;

/// Who invoices.
pub(super) fn seller(company: &Company) -> Party {
    Party {
        name: company.legal_name.clone(),
        trading_name: if company.name == company.legal_name {
            String::new()
        } else {
            company.name.clone()
        },
        identifier: String::new(),
        tax_id: company.tax_id.clone(),
        registration: company.registration.clone(),
        address: company.address.clone(),
        endpoint: reached(&company.endpoint, &company.email),
        contact: Contact {
            name: company.contact.name.clone(),
            phone: company.contact.phone.clone(),
            email: company.email.clone(),
        },
    }
}

/// Who is invoiced.
pub(super) fn buyer(customer: &Customer) -> Party {
    Party {
        name: customer.name.clone(),
        trading_name: String::new(),
        identifier: customer.number.clone(),
        tax_id: customer.tax_id.clone(),
        registration: String::new(),
        address: customer.address.clone(),
        endpoint: reached(&customer.endpoint, &customer.email),
        contact: Contact {
            email: customer.email.clone(),
            ..Contact::default()
        },
    }
}

/// The electronic address that was entered; otherwise the e-mail address, which is one of the
/// scheme `EM`.
fn reached(entered: &Endpoint, email: &str) -> Endpoint {
    if !entered.id.is_empty() {
        return entered.clone();
    }
    let id = email.trim().to_owned();
    let scheme = if id.is_empty() { "" } else { "EM" };
    Endpoint {
        scheme: scheme.to_owned(),
        id,
    }
}

/// A VAT id without spaces, dots and hyphens: two letters of its country (BR-CO-09), then letters
/// and digits. Nothing for a tax number of another kind.
pub(crate) fn vat_id(tax_id: &str) -> Option<String> {
    let kept = tax_id.chars().filter(|c| !c.is_whitespace());
    let plain: String = kept.filter(|c| !matches!(c, '.' | '-' | '/')).collect();
    let is_letter = |c: char| c.is_ascii_uppercase();
    let prefix = plain.chars().take(2).filter(|c| is_letter(*c)).count();
    let fits = prefix == 2
        && (4..=18).contains(&plain.len())
        && plain
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '+' || c == '*')
        && plain.chars().any(|c| c.is_ascii_digit());
    fits.then_some(plain)
}

/// The ids of a party, each where a file has its place.
pub(crate) struct Identity {
    /// Identifier without a scheme (BT-29, BT-46).
    pub identifier: String,
    /// Entry in a register (BT-30, BT-47).
    pub registration: String,
    /// VAT id (BT-31, BT-48).
    pub vat: String,
    /// Another tax number of the seller (BT-32).
    pub tax_number: String,
}

/// Sorts a party's ids. Outside the scope of the tax no VAT id may be written (BR-O-02), and a
/// buyer has no place for a tax number: there it says who the buyer is.
pub(crate) fn identity(party: &Party, taxes: &[crate::Tax], is_seller: bool) -> Identity {
    let vat = vat_id(&party.tax_id);
    let is_outside = taxes.iter().any(|tax| tax.category == TaxCategory::O);
    let mut own = Identity {
        identifier: party.identifier.clone(),
        registration: party.registration.clone(),
        vat: String::new(),
        tax_number: String::new(),
    };
    match vat {
        Some(vat) if !is_outside => own.vat = vat,
        Some(_) | None if is_seller && !is_outside => own.tax_number = party.tax_id.clone(),
        Some(_) | None if is_seller && own.identifier.is_empty() => {
            own.identifier = party.tax_id.clone();
        }
        Some(_) | None if own.registration.is_empty() => own.registration = party.tax_id.clone(),
        Some(_) | None => {}
    }
    own
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vat_id_begins_with_its_country() {
        assert_eq!(vat_id("DE 301 884 752").as_deref(), Some("DE301884752"));
        assert_eq!(
            vat_id("CHE-123.456.789 MWST").as_deref(),
            Some("CHE123456789MWST")
        );
        assert_eq!(vat_id("12-3456789"), None);
        assert_eq!(vat_id("30/123/45678"), None);
        assert_eq!(vat_id("de301884752"), None);
        assert_eq!(vat_id(""), None);
    }
}
