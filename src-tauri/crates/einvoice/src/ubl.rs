//! OASIS UBL 2.1. The order of the elements is the schema's; a credit note is a document of its own
//! kind there.

mod parties;
mod sums;

use crate::convert::identity;
use crate::format::{business_process, specification};
use crate::xml::Xml;
use crate::{Einvoice, EinvoiceError, Format, Kind, Line, Preceding};
use ratebook_rating::ServiceDays;

const COMPONENTS: [(&str, &str); 2] = [
    (
        "xmlns:cac",
        "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    ),
    (
        "xmlns:cbc",
        "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
    ),
];

const INVOICE: &str = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2";
const CREDIT_NOTE: &str = "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2";

/// One of whatever is counted (UN/ECE recommendation 20).
const ONE: &str = "C62";

pub(crate) fn write(invoice: &Einvoice, format: Format) -> Result<String, EinvoiceError> {
    let (root, namespace) = match invoice.kind {
        Kind::Invoice => ("Invoice", INVOICE),
        Kind::CreditNote(_) => ("CreditNote", CREDIT_NOTE),
    };
    let [aggregates, basics] = COMPONENTS;
    Xml::document(root, &[("xmlns", namespace), aggregates, basics], |xml| {
        head(xml, invoice, format);
        references(xml, invoice);
        let seller = identity(&invoice.seller, &invoice.taxes, true);
        let buyer = identity(&invoice.buyer, &invoice.taxes, false);
        xml.group("cac:AccountingSupplierParty", |xml| {
            parties::write(xml, &invoice.seller, &seller);
        });
        xml.group("cac:AccountingCustomerParty", |xml| {
            parties::write(xml, &invoice.buyer, &buyer);
        });
        if let Some(country) = invoice.delivered_to() {
            delivery(xml, country);
        }
        sums::payment(xml, invoice);
        for each in &invoice.allowances {
            sums::allowance(xml, each);
        }
        sums::taxes(xml, invoice);
        sums::totals(xml, invoice);
        for each in &invoice.lines {
            line(xml, invoice, each);
        }
    })
}

fn head(xml: &mut Xml, invoice: &Einvoice, format: Format) {
    xml.text("cbc:CustomizationID", specification(format));
    xml.text("cbc:ProfileID", business_process(format).unwrap_or(""));
    xml.text("cbc:ID", &invoice.number);
    xml.date("cbc:IssueDate", invoice.issue_date);
    match invoice.kind {
        Kind::Invoice => {
            if let Some(due) = invoice.terms.due {
                xml.date("cbc:DueDate", due);
            }
            xml.text("cbc:InvoiceTypeCode", "380");
        }
        Kind::CreditNote(_) => xml.text("cbc:CreditNoteTypeCode", "381"),
    }
    // One note at most (PEPPOL-EN16931-R002).
    xml.text("cbc:Note", &invoice.notes.join("\n"));
    xml.text("cbc:DocumentCurrencyCode", invoice.currency.code());
    xml.text("cbc:BuyerReference", &invoice.buyer_reference);
    days(xml, invoice.days);
}

fn references(xml: &mut Xml, invoice: &Einvoice) {
    if !invoice.order_reference.trim().is_empty() {
        xml.group("cac:OrderReference", |xml| {
            xml.text("cbc:ID", &invoice.order_reference);
        });
    }
    if let Kind::CreditNote(Preceding { number, issue_date }) = &invoice.kind {
        xml.group("cac:BillingReference", |xml| {
            xml.group("cac:InvoiceDocumentReference", |xml| {
                xml.text("cbc:ID", number);
                xml.date("cbc:IssueDate", *issue_date);
            });
        });
    }
}

/// Where an intra-Community supply goes to (BR-IC-12).
fn delivery(xml: &mut Xml, country: &str) {
    xml.group("cac:Delivery", |xml| {
        xml.group("cac:DeliveryLocation", |xml| {
            xml.group("cac:Address", |xml| {
                xml.group("cac:Country", |xml| {
                    xml.text("cbc:IdentificationCode", country);
                });
            });
        });
    });
}

fn days(xml: &mut Xml, days: ServiceDays) {
    xml.group("cac:InvoicePeriod", |xml| {
        xml.date("cbc:StartDate", days.first);
        xml.date("cbc:EndDate", days.last);
    });
}

fn line(xml: &mut Xml, invoice: &Einvoice, line: &Line) {
    let (name, quantity) = match invoice.kind {
        Kind::Invoice => ("cac:InvoiceLine", "cbc:InvoicedQuantity"),
        Kind::CreditNote(_) => ("cac:CreditNoteLine", "cbc:CreditedQuantity"),
    };
    let currency = [("currencyID", invoice.currency.code())];
    xml.group(name, |xml| {
        xml.text("cbc:ID", &line.number.to_string());
        xml.text("cbc:Note", &line.note);
        xml.with(quantity, &[("unitCode", ONE)], &line.quantity.to_string());
        xml.with("cbc:LineExtensionAmount", &currency, &line.amount.number());
        days(xml, line.days);
        xml.group("cac:Item", |xml| {
            xml.text("cbc:Name", &line.name);
            xml.group("cac:ClassifiedTaxCategory", |xml| {
                sums::tax(xml, line.tax.category, &line.tax.percent);
            });
        });
        xml.group("cac:Price", |xml| {
            xml.with("cbc:PriceAmount", &currency, &line.price.to_string());
            xml.with(
                "cbc:BaseQuantity",
                &[("unitCode", ONE)],
                &line.per.to_string(),
            );
        });
    });
}
