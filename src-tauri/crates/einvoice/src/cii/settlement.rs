use super::date;
use crate::convert::{exemption_code, iban};
use crate::xml::Xml;
use crate::{Allowance, Einvoice, Kind, Preceding, Tax};
use ratebook_invoicing::TaxCategory;
use ratebook_money::Money;
use ratebook_rating::ServiceDays;

pub(super) fn write(xml: &mut Xml, invoice: &Einvoice) {
    xml.group("ram:ApplicableHeaderTradeSettlement", |xml| {
        xml.text("ram:PaymentReference", &invoice.account.reference);
        xml.text("ram:InvoiceCurrencyCode", invoice.currency.code());
        account(xml, invoice);
        for each in &invoice.taxes {
            breakdown(xml, each);
        }
        days(xml, invoice.days);
        for each in &invoice.allowances {
            allowance(xml, each);
        }
        terms(xml, invoice);
        sums(xml, invoice);
        if let Kind::CreditNote(corrected) = &invoice.kind {
            preceding(xml, corrected);
        }
    });
}

fn account(xml: &mut Xml, invoice: &Einvoice) {
    let bank = &invoice.account.bank;
    let means = invoice.payment_means();
    if bank.account.trim().is_empty() {
        if !means.is_empty() {
            xml.group("ram:SpecifiedTradeSettlementPaymentMeans", |xml| {
                xml.text("ram:TypeCode", means);
            });
        }
        return;
    }
    let own = iban(&bank.account);
    xml.group("ram:SpecifiedTradeSettlementPaymentMeans", |xml| {
        xml.text("ram:TypeCode", means);
        xml.group("ram:PayeePartyCreditorFinancialAccount", |xml| {
            if let Some(iban) = &own {
                xml.text("ram:IBANID", iban);
            }
            xml.text("ram:AccountName", &bank.holder);
            if own.is_none() {
                xml.text("ram:ProprietaryID", &bank.account);
            }
        });
        if !bank.bic.trim().is_empty() {
            xml.group("ram:PayeeSpecifiedCreditorFinancialInstitution", |xml| {
                xml.text("ram:BICID", &bank.bic);
            });
        }
    });
}

fn breakdown(xml: &mut Xml, each: &Tax) {
    xml.group("ram:ApplicableTradeTax", |xml| {
        xml.text("ram:CalculatedAmount", &each.tax.number());
        xml.text("ram:TypeCode", "VAT");
        xml.text("ram:ExemptionReason", &each.reason);
        xml.text("ram:BasisAmount", &each.taxable.number());
        xml.text("ram:CategoryCode", each.category.code());
        xml.text("ram:ExemptionReasonCode", exemption_code(each.category));
        if each.category != TaxCategory::O {
            xml.text("ram:RateApplicablePercent", &each.percent);
        }
    });
}

/// Category and rate of a line or an allowance; outside of the scope there is no rate (BR-O-05).
pub(super) fn tax(xml: &mut Xml, category: TaxCategory, percent: &str) {
    xml.text("ram:TypeCode", "VAT");
    xml.text("ram:CategoryCode", category.code());
    if category != TaxCategory::O {
        xml.text("ram:RateApplicablePercent", percent);
    }
}

pub(super) fn days(xml: &mut Xml, days: ServiceDays) {
    xml.group("ram:BillingSpecifiedPeriod", |xml| {
        date(xml, "ram:StartDateTime", days.first);
        date(xml, "ram:EndDateTime", days.last);
    });
}

fn allowance(xml: &mut Xml, allowance: &Allowance) {
    xml.group("ram:SpecifiedTradeAllowanceCharge", |xml| {
        xml.group("ram:ChargeIndicator", |xml| {
            xml.text("udt:Indicator", "false")
        });
        xml.text("ram:ActualAmount", &allowance.amount.number());
        xml.text("ram:Reason", &allowance.reason);
        xml.group("ram:CategoryTradeTax", |xml| {
            tax(xml, allowance.tax.category, &allowance.tax.percent);
        });
    });
}

fn terms(xml: &mut Xml, invoice: &Einvoice) {
    let terms = &invoice.terms;
    if terms.text.trim().is_empty() && terms.due.is_none() {
        return;
    }
    xml.group("ram:SpecifiedTradePaymentTerms", |xml| {
        xml.text("ram:Description", &terms.text);
        if let Some(due) = terms.due {
            date(xml, "ram:DueDateDateTime", due);
        }
    });
}

fn sums(xml: &mut Xml, invoice: &Einvoice) {
    let sums = &invoice.sums;
    let currency = [("currencyID", invoice.currency.code())];
    xml.group(
        "ram:SpecifiedTradeSettlementHeaderMonetarySummation",
        |xml| {
            xml.text("ram:LineTotalAmount", &sums.lines.number());
            xml.text("ram:AllowanceTotalAmount", &where_any(sums.allowances));
            xml.text("ram:TaxBasisTotalAmount", &sums.net.number());
            xml.with("ram:TaxTotalAmount", &currency, &sums.tax.number());
            xml.text("ram:GrandTotalAmount", &sums.gross.number());
            xml.text("ram:TotalPrepaidAmount", &where_any(sums.prepaid));
            xml.text("ram:DuePayableAmount", &sums.payable.number());
        },
    );
}

fn where_any(amount: Money) -> String {
    if amount.minor() == 0 {
        String::new()
    } else {
        amount.number()
    }
}

fn preceding(xml: &mut Xml, corrected: &Preceding) {
    let day = corrected.issue_date.format("%Y%m%d").to_string();
    xml.group("ram:InvoiceReferencedDocument", |xml| {
        xml.text("ram:IssuerAssignedID", &corrected.number);
        xml.group("ram:FormattedIssueDateTime", |xml| {
            xml.with("qdt:DateTimeString", &[("format", "102")], &day);
        });
    });
}
