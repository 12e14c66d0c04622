use crate::convert::Identity;
use crate::xml::Xml;
use crate::{Contact, Party};
use ratebook_catalog::Address;

pub(super) fn write(xml: &mut Xml, name: &str, party: &Party, identity: &Identity) {
    xml.group(name, |xml| {
        xml.text("ram:ID", &identity.identifier);
        xml.text("ram:Name", &party.name);
        if !(identity.registration.trim().is_empty() && party.trading_name.trim().is_empty()) {
            xml.group("ram:SpecifiedLegalOrganization", |xml| {
                xml.text("ram:ID", &identity.registration);
                xml.text("ram:TradingBusinessName", &party.trading_name);
            });
        }
        contact(xml, &party.contact);
        address(xml, &party.address);
        if !party.endpoint.id.trim().is_empty() {
            xml.group("ram:URIUniversalCommunication", |xml| {
                let scheme = [("schemeID", party.endpoint.scheme.as_str())];
                xml.with("ram:URIID", &scheme, &party.endpoint.id);
            });
        }
        for (scheme, id) in [("VA", &identity.vat), ("FC", &identity.tax_number)] {
            if !id.trim().is_empty() {
                xml.group("ram:SpecifiedTaxRegistration", |xml| {
                    xml.with("ram:ID", &[("schemeID", scheme)], id);
                });
            }
        }
    });
}

fn contact(xml: &mut Xml, contact: &Contact) {
    let parts = [&contact.name, &contact.phone, &contact.email];
    if parts.iter().all(|part| part.trim().is_empty()) {
        return;
    }
    xml.group("ram:DefinedTradeContact", |xml| {
        xml.text("ram:PersonName", &contact.name);
        if !contact.phone.trim().is_empty() {
            xml.group("ram:TelephoneUniversalCommunication", |xml| {
                xml.text("ram:CompleteNumber", &contact.phone);
            });
        }
        if !contact.email.trim().is_empty() {
            xml.group("ram:EmailURIUniversalCommunication", |xml| {
                xml.text("ram:URIID", &contact.email);
            });
        }
    });
}

fn address(xml: &mut Xml, address: &Address) {
    let mut lines = address.lines.iter().filter(|line| !line.trim().is_empty());
    xml.group("ram:PostalTradeAddress", |xml| {
        xml.text("ram:PostcodeCode", &address.postcode);
        for name in ["ram:LineOne", "ram:LineTwo"] {
            xml.text(name, lines.next().map_or("", String::as_str));
        }
        let rest: Vec<&str> = lines.map(String::as_str).collect();
        xml.text("ram:LineThree", &rest.join(", "));
        xml.text("ram:CityName", &address.city);
        xml.text("ram:CountryID", &address.country);
        xml.text("ram:CountrySubDivisionName", &address.region);
    });
}
