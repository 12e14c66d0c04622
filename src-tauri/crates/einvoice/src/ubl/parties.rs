use crate::convert::Identity;
use crate::xml::Xml;
use crate::{Contact, Party};
use ratebook_catalog::Address;

pub(super) fn write(xml: &mut Xml, party: &Party, identity: &Identity) {
    xml.group("cac:Party", |xml| {
        let scheme = [("schemeID", party.endpoint.scheme.as_str())];
        xml.with("cbc:EndpointID", &scheme, &party.endpoint.id);
        if !identity.identifier.trim().is_empty() {
            xml.group("cac:PartyIdentification", |xml| {
                xml.text("cbc:ID", &identity.identifier);
            });
        }
        if !party.trading_name.trim().is_empty() {
            xml.group("cac:PartyName", |xml| {
                xml.text("cbc:Name", &party.trading_name)
            });
        }
        address(xml, &party.address);
        // Any other word than VAT stands for a tax number (BT-32).
        for (scheme, id) in [("VAT", &identity.vat), ("TAX", &identity.tax_number)] {
            if !id.trim().is_empty() {
                xml.group("cac:PartyTaxScheme", |xml| {
                    xml.text("cbc:CompanyID", id);
                    xml.group("cac:TaxScheme", |xml| xml.text("cbc:ID", scheme));
                });
            }
        }
        xml.group("cac:PartyLegalEntity", |xml| {
            xml.text("cbc:RegistrationName", &party.name);
            xml.text("cbc:CompanyID", &identity.registration);
        });
        contact(xml, &party.contact);
    });
}

fn address(xml: &mut Xml, address: &Address) {
    let mut lines = address.lines.iter().filter(|line| !line.trim().is_empty());
    xml.group("cac:PostalAddress", |xml| {
        for name in ["cbc:StreetName", "cbc:AdditionalStreetName"] {
            xml.text(name, lines.next().map_or("", String::as_str));
        }
        xml.text("cbc:CityName", &address.city);
        xml.text("cbc:PostalZone", &address.postcode);
        xml.text("cbc:CountrySubentity", &address.region);
        let rest: Vec<&str> = lines.map(String::as_str).collect();
        if !rest.is_empty() {
            xml.group("cac:AddressLine", |xml| {
                xml.text("cbc:Line", &rest.join(", "));
            });
        }
        xml.group("cac:Country", |xml| {
            xml.text("cbc:IdentificationCode", &address.country);
        });
    });
}

fn contact(xml: &mut Xml, contact: &Contact) {
    let parts = [&contact.name, &contact.phone, &contact.email];
    if parts.iter().all(|part| part.trim().is_empty()) {
        return;
    }
    xml.group("cac:Contact", |xml| {
        xml.text("cbc:Name", &contact.name);
        xml.text("cbc:Telephone", &contact.phone);
        xml.text("cbc:ElectronicMail", &contact.email);
    });
}
