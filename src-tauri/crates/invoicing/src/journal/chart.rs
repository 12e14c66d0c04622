use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A rate of tax, in percent: `19`; empty where nothing is taxed.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct TaxRate(pub String);

/// What an account is for.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Role {
    /// What customers owe.
    Receivable,
    /// Where payments come in.
    Bank,
    /// Revenue of recurring fees.
    Fees,
    /// Revenue of model usage sold from cost.
    Models,
    /// Revenue of meters.
    Meters,
    /// Revenue of fees that are charged once.
    OneOff,
    /// Revenue of minimums that were not reached.
    Minimum,
    /// Tax that is owed, per rate.
    Tax(TaxRate),
    /// Prepaid credit that is not used yet: a liability.
    Prepaid,
    /// Where the money for prepaid credit comes from.
    PrepaidSales,
    /// What promotional credit pays: less revenue.
    Promotional,
    /// Prepaid credit that ended unused.
    Expired,
    /// Claims that were given up.
    Losses,
}

impl Role {
    /// Its word in a chart; a tax rate may have one of its own, `tax 19`.
    fn words(&self) -> (Option<String>, &'static str) {
        match self {
            Self::Receivable => (None, "receivable"),
            Self::Bank => (None, "bank"),
            Self::Fees => (None, "fees"),
            Self::Models => (None, "models"),
            Self::Meters => (None, "meters"),
            Self::OneOff => (None, "one_off"),
            Self::Minimum => (None, "minimum"),
            Self::Tax(TaxRate(rate)) => (Some(format!("tax {rate}")), "tax"),
            Self::Prepaid => (None, "prepaid"),
            Self::PrepaidSales => (None, "prepaid_sales"),
            Self::Promotional => (None, "promotional"),
            Self::Expired => (None, "expired"),
            Self::Losses => (None, "losses"),
        }
    }
}

/// Names or numbers of accounts by what they are for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Chart(BTreeMap<String, String>);

/// Every word of a chart, with the account in text journals and in the German chart SKR 03.
const DEFAULTS: [(&str, &str, &str); 13] = [
    ("receivable", "Assets:Receivable", "1400"),
    ("bank", "Assets:Bank", "1200"),
    ("fees", "Income:Fees", "8400"),
    ("models", "Income:Usage", "8400"),
    ("meters", "Income:Usage", "8400"),
    ("one_off", "Income:Fees", "8400"),
    ("minimum", "Income:Minimum", "8400"),
    ("tax", "Liabilities:Tax", "1776"),
    ("prepaid", "Liabilities:Credit", "1710"),
    ("prepaid_sales", "Assets:CreditSales", "1590"),
    ("promotional", "Income:Promotion", "8700"),
    ("expired", "Income:ExpiredCredit", "2700"),
    ("losses", "Expenses:Losses", "2400"),
];

impl Chart {
    /// Accounts of text journals.
    #[must_use]
    pub fn of_text() -> Self {
        let defaults = DEFAULTS.iter();
        Self(
            defaults
                .map(|(word, text, _)| ((*word).to_owned(), (*text).to_owned()))
                .collect(),
        )
    }

    /// Numbers of the German chart SKR 03.
    #[must_use]
    pub fn of_skr03() -> Self {
        let defaults = DEFAULTS.iter();
        Self(
            defaults
                .map(|(word, _, number)| ((*word).to_owned(), (*number).to_owned()))
                .collect(),
        )
    }

    /// The same with some accounts changed; an empty one falls back to the default. Words that no
    /// chart knows are left out: a rate of tax is `tax 7`.
    #[must_use]
    pub fn with(mut self, own: &BTreeMap<String, String>) -> Self {
        for (word, account) in own {
            let known = self.0.contains_key(word) || word.starts_with("tax ");
            if known && !account.trim().is_empty() {
                self.0.insert(word.clone(), account.trim().to_owned());
            }
        }
        self
    }

    /// All words with their accounts.
    pub fn accounts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(word, account)| (word.as_str(), account.as_str()))
    }

    /// Whether a word is one of a chart.
    #[must_use]
    pub fn knows(word: &str) -> bool {
        let rate = word.strip_prefix("tax ").map(str::trim);
        rate.is_some_and(|rate| rate.parse::<rust_decimal::Decimal>().is_ok())
            || DEFAULTS.iter().any(|(known, _, _)| *known == word)
    }

    /// The account as it was entered.
    #[must_use]
    pub fn account(&self, role: &Role) -> &str {
        let (own, word) = role.words();
        let own = own.and_then(|own| self.0.get(&own));
        own.or_else(|| self.0.get(word)).map_or("", String::as_str)
    }

    /// The account in a text journal: the customer below what is owed, the rate below the tax.
    pub(super) fn path(&self, role: &Role, customer: &str) -> String {
        let account = self.account(role);
        if let Role::Tax(TaxRate(rate)) = role {
            let own = role.words().0;
            let is_own = own.is_some_and(|own| self.0.contains_key(&own));
            return match is_own {
                true => account.to_owned(),
                false => format!("{account}:{rate}"),
            };
        }
        match *role == Role::Receivable && !customer.is_empty() {
            true => format!("{account}:{customer}"),
            false => account.to_owned(),
        }
    }
}
