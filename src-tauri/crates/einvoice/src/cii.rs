//! UN/CEFACT Cross Industry Invoice (D16B), the syntax of Factur-X and ZUGFeRD. The order of the
//! elements is the schema's.

mod parties;
mod settlement;

use crate::convert::identity;
use crate::format::{business_process, specification};
use crate::xml::Xml;
use crate::{Einvoice, EinvoiceError, Format, Kind, Line};
use ratebook_money::Date;

const NAMESPACES: [(&str, &str); 4] = [
    (
        "xmlns:rsm",
        "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
    ),
    (
        "xmlns:ram",
        "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
    ),
    (
        "xmlns:qdt",
        "urn:un:unece:uncefact:data:standard:QualifiedDataType:100",
    ),
    (
        "xmlns:udt",
        "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100",
    ),
];

/// One of whatever is counted (UN/ECE recommendation 20).
const ONE: &str = "C62";

pub(crate) fn write(invoice: &Einvoice, format: Format) -> Result<String, EinvoiceError> {
    Xml::document("rsm:CrossIndustryInvoice", &NAMESPACES, |xml| {
        context(xml, format);
        header(xml, invoice);
        xml.group("rsm:SupplyChainTradeTransaction", |xml| {
            for each in &invoice.lines {
                line(xml, each);
            }
            agreement(xml, invoice);
            // The schema wants the place of delivery data, which a service does not have: its days
            // stand in the settlement.
            xml.group("ram:ApplicableHeaderTradeDelivery", |xml| {
                delivery(xml, invoice)
            });
            settlement::write(xml, invoice);
        });
    })
}

fn context(xml: &mut Xml, format: Format) {
    xml.group("rsm:ExchangedDocumentContext", |xml| {
        if let Some(process) = business_process(format) {
            xml.group(
                "ram:BusinessProcessSpecifiedDocumentContextParameter",
                |xml| {
                    xml.text("ram:ID", process);
                },
            );
        }
        xml.group("ram:GuidelineSpecifiedDocumentContextParameter", |xml| {
            xml.text("ram:ID", specification(format));
        });
    });
}

fn header(xml: &mut Xml, invoice: &Einvoice) {
    xml.group("rsm:ExchangedDocument", |xml| {
        xml.text("ram:ID", &invoice.number);
        xml.text(
            "ram:TypeCode",
            match invoice.kind {
                Kind::Invoice => "380",
                Kind::CreditNote(_) => "381",
            },
        );
        date(xml, "ram:IssueDateTime", invoice.issue_date);
        for note in &invoice.notes {
            xml.group("ram:IncludedNote", |xml| xml.text("ram:Content", note));
        }
    });
}

fn line(xml: &mut Xml, line: &Line) {
    xml.group("ram:IncludedSupplyChainTradeLineItem", |xml| {
        xml.group("ram:AssociatedDocumentLineDocument", |xml| {
            xml.text("ram:LineID", &line.number.to_string());
            if !line.note.is_empty() {
                xml.group("ram:IncludedNote", |xml| {
                    xml.text("ram:Content", &line.note)
                });
            }
        });
        xml.group("ram:SpecifiedTradeProduct", |xml| {
            xml.text("ram:Name", &line.name);
        });
        xml.group("ram:SpecifiedLineTradeAgreement", |xml| {
            xml.group("ram:NetPriceProductTradePrice", |xml| {
                xml.text("ram:ChargeAmount", &line.price.to_string());
                let per = line.per.to_string();
                xml.with("ram:BasisQuantity", &[("unitCode", ONE)], &per);
            });
        });
        xml.group("ram:SpecifiedLineTradeDelivery", |xml| {
            let quantity = line.quantity.to_string();
            xml.with("ram:BilledQuantity", &[("unitCode", ONE)], &quantity);
        });
        xml.group("ram:SpecifiedLineTradeSettlement", |xml| {
            xml.group("ram:ApplicableTradeTax", |xml| {
                settlement::tax(xml, line.tax.category, &line.tax.percent);
            });
            settlement::days(xml, line.days);
            xml.group("ram:SpecifiedTradeSettlementLineMonetarySummation", |xml| {
                xml.text("ram:LineTotalAmount", &line.amount.number());
            });
        });
    });
}

fn agreement(xml: &mut Xml, invoice: &Einvoice) {
    let seller = identity(&invoice.seller, &invoice.taxes, true);
    let buyer = identity(&invoice.buyer, &invoice.taxes, false);
    xml.group("ram:ApplicableHeaderTradeAgreement", |xml| {
        xml.text("ram:BuyerReference", &invoice.buyer_reference);
        parties::write(xml, "ram:SellerTradeParty", &invoice.seller, &seller);
        parties::write(xml, "ram:BuyerTradeParty", &invoice.buyer, &buyer);
        if !invoice.order_reference.trim().is_empty() {
            xml.group("ram:BuyerOrderReferencedDocument", |xml| {
                xml.text("ram:IssuerAssignedID", &invoice.order_reference);
            });
        }
    });
}

/// Where an intra-Community supply goes to (BR-IC-12).
fn delivery(xml: &mut Xml, invoice: &Einvoice) {
    if let Some(country) = invoice.delivered_to() {
        xml.group("ram:ShipToTradeParty", |xml| {
            xml.group("ram:PostalTradeAddress", |xml| {
                xml.text("ram:CountryID", country);
            });
        });
    }
}

/// A date as `20261103`, which the format code 102 says.
fn date(xml: &mut Xml, name: &str, date: Date) {
    let text = date.format("%Y%m%d").to_string();
    xml.group(name, |xml| {
        xml.with("udt:DateTimeString", &[("format", "102")], &text);
    });
}
