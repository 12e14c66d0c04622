use crate::{Address, Endpoint};
use ratebook_money::{Currency, Zone};
use serde::{Deserialize, Serialize};

/// The issuing company: what stands on every invoice.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Company {
    /// Short name, beside the logo.
    pub name: String,
    /// Full legal name.
    pub legal_name: String,
    /// Where it sits.
    pub address: Address,
    /// VAT or sales tax id.
    pub tax_id: String,
    /// Register entry, for the footer.
    pub registration: String,
    /// Address for questions on bills.
    pub email: String,
    /// Whom buyers ask, beside the e-mail address; in e-invoices.
    #[serde(default, skip_serializing_if = "CompanyContact::is_empty")]
    pub contact: CompanyContact,
    /// Where e-invoices reach the company; its e-mail address where there is none.
    #[serde(default, skip_serializing_if = "Endpoint::is_empty")]
    pub endpoint: Endpoint,
    /// Web site, for the footer.
    pub website: String,
    /// Where to pay.
    pub bank: Bank,
    /// A PNG, base64.
    pub logo_png: Option<String>,
    /// Language and number format of the window's documents, BCP 47 (`de-DE`).
    pub locale: String,
    /// The currency that price books sell in unless a plan says otherwise.
    pub currency: Currency,
    /// Where the company's days begin.
    pub zone: Zone,
    /// How invoices are numbered.
    pub series: NumberSeries,
    /// Days until an invoice is due.
    pub payment_days: u16,
    /// Size of the paper.
    pub paper: Paper,
}

/// A person or desk that answers questions on bills.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct CompanyContact {
    /// Name of the person or the desk.
    pub name: String,
    /// Telephone.
    pub phone: String,
}

impl CompanyContact {
    /// Whether nobody is named.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.name.is_empty() && self.phone.is_empty()
    }
}

/// A bank account.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Bank {
    /// Name of the holder.
    pub holder: String,
    /// IBAN or account number.
    pub account: String,
    /// BIC or routing number.
    pub bic: String,
    /// Name of the bank.
    pub bank_name: String,
}

/// How invoice numbers of one series look: `prefix` + zero-padded counter.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct NumberSeries {
    /// Text before the number; `{year}` stands for the year of the invoice date.
    pub prefix: String,
    /// Least number of digits.
    pub digits: u8,
    /// The first number of a series.
    pub first: u64,
}

/// Paper size of documents.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Paper {
    /// 210 × 297 mm.
    A4,
    /// 8.5 × 11 in.
    Letter,
}
