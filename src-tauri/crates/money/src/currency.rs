use crate::MoneyError;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

/// A currency of ISO 4217: three letters and the number of minor digits.
///
/// The table holds the active national currencies. A code that is not in it is an error, because
/// the number of minor digits decides how money is rounded and must never be guessed.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency {
    code: [u8; 3],
    digits: u8,
}

// ISO 4217, list one of 2024: the exceptions. Everything in TWO has two minor digits.
const ZERO: &str = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";
const THREE: &str = "BHD IQD JOD KWD LYD OMR TND";
const TWO: &str = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN \
    BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL \
    GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR \
    LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB \
    PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP \
    SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD YER ZAR ZMW ZWG";

/// Minor digits by code: every amount that is read asks for one.
static DIGITS: LazyLock<HashMap<[u8; 3], u8>> = LazyLock::new(|| {
    let lists = [(ZERO, 0), (TWO, 2), (THREE, 3)];
    let codes = lists.into_iter().flat_map(|(list, digits)| {
        let codes = list.split_whitespace();
        codes.filter_map(move |code| Some((code.as_bytes().try_into().ok()?, digits)))
    });
    codes.collect()
});

impl Currency {
    /// Reads a code such as `EUR`; upper case only.
    ///
    /// # Errors
    /// [`MoneyError::UnknownCurrency`] for anything that ISO 4217 does not list.
    pub fn parse(code: &str) -> Result<Self, MoneyError> {
        let unknown = || MoneyError::UnknownCurrency(code.to_owned());
        let bytes: [u8; 3] = code.as_bytes().try_into().map_err(|_| unknown())?;
        let digits = *DIGITS.get(&bytes).ok_or_else(unknown)?;
        Ok(Self {
            code: bytes,
            digits,
        })
    }

    /// The three letters.
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.code).unwrap_or("???")
    }

    /// Digits after the point of the smallest unit: JPY 0, USD 2, KWD 3.
    #[must_use]
    pub fn minor_digits(self) -> u32 {
        u32::from(self.digits)
    }

    /// All codes, sorted, for a list to choose from.
    #[must_use]
    pub fn all() -> Vec<&'static str> {
        let mut codes: Vec<&'static str> = [TWO, ZERO, THREE]
            .iter()
            .flat_map(|list| list.split_whitespace())
            .collect();
        codes.sort_unstable();
        codes
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl TryFrom<String> for Currency {
    type Error = MoneyError;
    fn try_from(code: String) -> Result<Self, MoneyError> {
        Self::parse(&code)
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.code().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minor_digits_follow_iso_4217() {
        for (code, digits) in [("JPY", 0), ("USD", 2), ("KWD", 3)] {
            assert_eq!(Currency::parse(code).unwrap().minor_digits(), digits);
        }
    }

    #[test]
    fn unknown_codes_are_refused() {
        for code in ["usd", "US", "XXX", "", "DOLLAR"] {
            assert!(Currency::parse(code).is_err(), "{code}");
        }
    }

    #[test]
    fn no_code_is_listed_twice() {
        let codes = Currency::all();
        let mut unique = codes.clone();
        unique.dedup();
        assert_eq!(codes, unique);
    }
}
