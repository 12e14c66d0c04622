use crate::convert::{exemption_code, iban};
use crate::xml::Xml;
use crate::{Allowance, Einvoice};
use ratebook_invoicing::TaxCategory;
use ratebook_money::Money;

/// How to pay, and until when.
pub(super) fn payment(xml: &mut Xml, invoice: &Einvoice) {
    let bank = &invoice.account.bank;
    let means = invoice.payment_means();
    if bank.account.trim().is_empty() && !means.is_empty() {
        xml.group("cac:PaymentMeans", |xml| {
            xml.text("cbc:PaymentMeansCode", means);
        });
    }
    if !bank.account.trim().is_empty() {
        let own = iban(&bank.account);
        xml.group("cac:PaymentMeans", |xml| {
            xml.text("cbc:PaymentMeansCode", means);
            xml.text("cbc:PaymentID", &invoice.account.reference);
            xml.group("cac:PayeeFinancialAccount", |xml| {
                xml.text("cbc:ID", own.as_deref().unwrap_or(&bank.account));
                xml.text("cbc:Name", &bank.holder);
                if !bank.bic.trim().is_empty() {
                    xml.group("cac:FinancialInstitutionBranch", |xml| {
                        xml.text("cbc:ID", &bank.bic);
                    });
                }
            });
        });
    }
    if !invoice.terms.text.trim().is_empty() {
        xml.group("cac:PaymentTerms", |xml| {
            xml.text("cbc:Note", &invoice.terms.text);
        });
    }
}

pub(super) fn allowance(xml: &mut Xml, allowance: &Allowance) {
    xml.group("cac:AllowanceCharge", |xml| {
        xml.text("cbc:ChargeIndicator", "false");
        xml.text("cbc:AllowanceChargeReason", &allowance.reason);
        amount(xml, "cbc:Amount", allowance.amount);
        xml.group("cac:TaxCategory", |xml| {
            tax(xml, allowance.tax.category, &allowance.tax.percent);
        });
    });
}

pub(super) fn taxes(xml: &mut Xml, invoice: &Einvoice) {
    xml.group("cac:TaxTotal", |xml| {
        amount(xml, "cbc:TaxAmount", invoice.sums.tax);
        for each in &invoice.taxes {
            xml.group("cac:TaxSubtotal", |xml| {
                amount(xml, "cbc:TaxableAmount", each.taxable);
                amount(xml, "cbc:TaxAmount", each.tax);
                xml.group("cac:TaxCategory", |xml| {
                    xml.text("cbc:ID", each.category.code());
                    if each.category != TaxCategory::O {
                        xml.text("cbc:Percent", &each.percent);
                    }
                    let code = exemption_code(each.category);
                    xml.text("cbc:TaxExemptionReasonCode", code);
                    xml.text("cbc:TaxExemptionReason", &each.reason);
                    scheme(xml);
                });
            });
        }
    });
}

/// Category and rate of a line or an allowance; outside of the scope there is no rate (BR-O-05).
pub(super) fn tax(xml: &mut Xml, category: TaxCategory, percent: &str) {
    xml.text("cbc:ID", category.code());
    if category != TaxCategory::O {
        xml.text("cbc:Percent", percent);
    }
    scheme(xml);
}

fn scheme(xml: &mut Xml) {
    xml.group("cac:TaxScheme", |xml| xml.text("cbc:ID", "VAT"));
}

pub(super) fn totals(xml: &mut Xml, invoice: &Einvoice) {
    let sums = &invoice.sums;
    xml.group("cac:LegalMonetaryTotal", |xml| {
        amount(xml, "cbc:LineExtensionAmount", sums.lines);
        amount(xml, "cbc:TaxExclusiveAmount", sums.net);
        amount(xml, "cbc:TaxInclusiveAmount", sums.gross);
        where_any(xml, "cbc:AllowanceTotalAmount", sums.allowances);
        where_any(xml, "cbc:PrepaidAmount", sums.prepaid);
        amount(xml, "cbc:PayableAmount", sums.payable);
    });
}

fn where_any(xml: &mut Xml, name: &str, money: Money) {
    if money.minor() != 0 {
        amount(xml, name, money);
    }
}

fn amount(xml: &mut Xml, name: &str, money: Money) {
    let currency = money.currency();
    xml.with(name, &[("currencyID", currency.code())], &money.number());
}
