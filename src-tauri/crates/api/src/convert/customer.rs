use super::Reader;
use super::company::{read_address, read_endpoint, write_address, write_endpoint};
use crate::wire::{CustomerTax, CustomerText, DecimalString, EinvoiceFormat, TaxKind};
use ratebook_catalog::{Customer, CustomerId, Issue, TaxTreatment};
use std::collections::BTreeSet;

/// Reads a customer under the id it has or gets; faults go to the reader.
pub(crate) fn read_customer(
    reader: &mut Reader,
    text: &CustomerText,
    id: CustomerId,
) -> Option<Customer> {
    let currency = reader.currency("currency", &text.currency);
    let zone = reader.zone("zone", &text.zone);
    let tax = read_tax_at(reader, "tax", &text.tax);
    let aliases = text.aliases.iter().map(|alias| alias.trim().to_owned());
    let aliases: BTreeSet<String> = aliases.filter(|alias| !alias.is_empty()).collect();
    Some(Customer {
        id,
        number: text.number.trim().to_owned(),
        name: text.name.trim().to_owned(),
        address: read_address(&text.address),
        tax_id: text.tax_id.trim().to_owned(),
        email: text.email.trim().to_owned(),
        reference: text.reference.trim().to_owned(),
        order_reference: text.order_reference.trim().to_owned(),
        endpoint: read_endpoint(&text.endpoint),
        einvoice: text.einvoice.map(Into::into),
        currency: currency?,
        locale: text.locale.trim().to_owned(),
        zone,
        tax,
        payment_days: text.payment_days,
        aliases: aliases.into_iter().collect(),
        notes: text.notes.clone(),
        archived: text.archived,
    })
}

/// Writes a customer.
pub(crate) fn write_customer(customer: &Customer) -> CustomerText {
    CustomerText {
        id: customer.id.to_string(),
        number: customer.number.clone(),
        name: customer.name.clone(),
        address: write_address(&customer.address),
        tax_id: customer.tax_id.clone(),
        email: customer.email.clone(),
        reference: customer.reference.clone(),
        order_reference: customer.order_reference.clone(),
        endpoint: write_endpoint(&customer.endpoint),
        einvoice: customer.einvoice.map(Into::into),
        currency: customer.currency.to_string(),
        locale: customer.locale.clone(),
        zone: customer.zone.to_string(),
        tax: write_tax(&customer.tax),
        payment_days: customer.payment_days,
        aliases: customer.aliases.clone(),
        notes: customer.notes.clone(),
        archived: customer.archived,
    }
}

impl From<EinvoiceFormat> for ratebook_catalog::EinvoiceFormat {
    fn from(word: EinvoiceFormat) -> Self {
        match word {
            EinvoiceFormat::FacturX => Self::FacturX,
            EinvoiceFormat::Cii => Self::Cii,
            EinvoiceFormat::Ubl => Self::Ubl,
            EinvoiceFormat::Xrechnung => Self::Xrechnung,
            EinvoiceFormat::XrechnungUbl => Self::XrechnungUbl,
            EinvoiceFormat::Peppol => Self::Peppol,
        }
    }
}

impl From<ratebook_catalog::EinvoiceFormat> for EinvoiceFormat {
    fn from(format: ratebook_catalog::EinvoiceFormat) -> Self {
        use ratebook_catalog::EinvoiceFormat as Format;
        match format {
            Format::FacturX => Self::FacturX,
            Format::Cii => Self::Cii,
            Format::Ubl => Self::Ubl,
            Format::Xrechnung => Self::Xrechnung,
            Format::XrechnungUbl => Self::XrechnungUbl,
            Format::Peppol => Self::Peppol,
        }
    }
}

/// Reads a tax treatment at a place.
pub(super) fn read_tax_at(reader: &mut Reader, path: &str, tax: &CustomerTax) -> TaxTreatment {
    match tax.kind {
        TaxKind::Rate => {
            let missing = DecimalString::default();
            let percent = tax.percent.as_ref().unwrap_or(&missing);
            TaxTreatment::Rate {
                percent: reader.factor(&format!("{path}.percent"), percent),
            }
        }
        TaxKind::ReverseCharge => TaxTreatment::ReverseCharge,
        TaxKind::Exempt => {
            let reason = tax.reason.as_deref().unwrap_or("").trim().to_owned();
            if reason.is_empty() {
                reader.fault(Issue::new(format!("{path}.reason"), "required"));
            }
            TaxTreatment::Exempt { reason }
        }
        TaxKind::IntraCommunity => TaxTreatment::IntraCommunity,
        TaxKind::Export => TaxTreatment::Export,
        TaxKind::OutOfScope => TaxTreatment::OutOfScope,
    }
}

/// Writes a tax treatment.
pub(crate) fn write_tax(tax: &TaxTreatment) -> CustomerTax {
    let bare = |kind| CustomerTax {
        kind,
        percent: None,
        reason: None,
    };
    match tax {
        TaxTreatment::Rate { percent } => CustomerTax {
            percent: Some(percent.into()),
            ..bare(TaxKind::Rate)
        },
        TaxTreatment::ReverseCharge => bare(TaxKind::ReverseCharge),
        TaxTreatment::Exempt { reason } => CustomerTax {
            reason: Some(reason.clone()),
            ..bare(TaxKind::Exempt)
        },
        TaxTreatment::IntraCommunity => bare(TaxKind::IntraCommunity),
        TaxTreatment::Export => bare(TaxKind::Export),
        TaxTreatment::OutOfScope => bare(TaxKind::OutOfScope),
    }
}
