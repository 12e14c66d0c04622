//! Codes that both syntaxes share.

use crate::{Einvoice, Kind};
use ratebook_invoicing::TaxCategory;

/// Why no tax is charged, of the list VATEX; empty where a text alone says it.
pub(crate) fn exemption_code(category: TaxCategory) -> &'static str {
    match category {
        TaxCategory::S | TaxCategory::Z | TaxCategory::E => "",
        TaxCategory::AE => "VATEX-EU-AE",
        TaxCategory::K => "VATEX-EU-IC",
        TaxCategory::G => "VATEX-EU-G",
        TaxCategory::O => "VATEX-EU-O",
    }
}

/// The IBAN of an account without spaces; nothing for an account number of another kind.
pub(crate) fn iban(account: &str) -> Option<String> {
    let plain: String = account.chars().filter(|c| !c.is_whitespace()).collect();
    let mut letters = plain.chars();
    let country = letters.by_ref().take(2).filter(char::is_ascii_uppercase);
    let has_country = country.count() == 2;
    let digits = letters.by_ref().take(2).filter(char::is_ascii_digit);
    let has_digits = digits.count() == 2;
    let fits = (15..=34).contains(&plain.len())
        && has_country
        && has_digits
        && letters.all(|c| c.is_ascii_alphanumeric());
    fits.then_some(plain)
}

impl Einvoice {
    /// The country that an intra-Community supply goes to: the buyer's.
    pub(crate) fn delivered_to(&self) -> Option<&str> {
        let mut taxes = self.taxes.iter();
        let leaves = taxes.any(|tax| tax.category == TaxCategory::K);
        leaves.then_some(self.buyer.address.country.as_str())
    }

    /// How to pay (UNTDID 4461): a SEPA credit transfer in euro to an IBAN, otherwise a plain one;
    /// of a credit note without an account, not said (1), which XRechnung wants to be told.
    pub(crate) fn payment_means(&self) -> &'static str {
        if self.account.bank.account.trim().is_empty() {
            return match self.kind {
                Kind::Invoice => "",
                Kind::CreditNote(_) => "1",
            };
        }
        let is_euro = self.currency.code() == "EUR";
        if is_euro && iban(&self.account.bank.account).is_some() {
            "58"
        } else {
            "30"
        }
    }
}
