//! VAT ids: to which country one belongs and whether its check digits fit. The rules are public
//! facts of the tax offices (collected by the European Commission for VIES, by HMRC, the Swiss
//! Federal Statistical Office and the Brønnøysund registers). Whether an id was really given to
//! somebody only the offices know; nobody is asked here.

mod eu;
mod near;
mod sum;

use sum::{Digits, digits};

/// What an entered tax id is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum VatId {
    /// The VAT id of a country, with check digits that fit.
    Of(&'static str),
    /// It claims to be a VAT id of a country, and cannot be one.
    Wrong(&'static str),
    /// A tax number of another kind, of which nothing is known.
    Other,
}

/// A check of what follows the prefix.
type Check = fn(&str) -> bool;

/// Prefix of the id, ISO 3166 code of its country, check. Northern Ireland has its own prefix for
/// goods; Greece has another than its code.
const RULES: &[(&str, &str, Check)] = &[
    ("AT", "AT", eu::austria),
    ("BE", "BE", eu::belgium),
    ("BG", "BG", eu::bulgaria),
    ("CHE", "CH", near::switzerland),
    ("CY", "CY", eu::cyprus),
    ("CZ", "CZ", eu::czechia),
    ("DE", "DE", eu::germany),
    ("DK", "DK", eu::denmark),
    ("EE", "EE", eu::estonia),
    ("EL", "GR", eu::greece),
    ("ES", "ES", eu::spain),
    ("FI", "FI", eu::finland),
    ("FR", "FR", eu::france),
    ("GB", "GB", near::britain),
    ("HR", "HR", eu::croatia),
    ("HU", "HU", eu::hungary),
    ("IE", "IE", eu::ireland),
    ("IT", "IT", eu::italy),
    ("LT", "LT", eu::lithuania),
    ("LU", "LU", eu::luxembourg),
    ("LV", "LV", eu::latvia),
    ("MT", "MT", eu::malta),
    ("NL", "NL", eu::netherlands),
    ("NO", "NO", near::norway),
    ("PL", "PL", eu::poland),
    ("PT", "PT", eu::portugal),
    ("RO", "RO", eu::romania),
    ("SE", "SE", eu::sweden),
    ("SI", "SI", eu::slovenia),
    ("SK", "SK", eu::slovakia),
    ("XI", "GB", near::britain),
];

/// Member states of the European Union, by ISO 3166 code.
const UNION: &str =
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK";

/// Whether a country is a member of the European Union.
#[must_use]
pub fn is_union(country: &str) -> bool {
    UNION.split_whitespace().any(|code| code == country)
}

/// Looks at a tax id as it was entered: spaces, dots, hyphens and slashes do not count. What does
/// not begin with the prefix of a country that has a rule is a tax number of another kind; so is
/// what goes on with neither letters nor digits, or with letters alone.
#[must_use]
pub fn look_at(entered: &str) -> VatId {
    let kept = entered.chars().filter(|c| !c.is_whitespace());
    let plain: String = kept.filter(|c| !matches!(c, '.' | '-' | '/')).collect();
    let plain = plain.to_uppercase();
    // In Norway the number comes first, and "MVA" says that it is one for VAT.
    if let Some(number) = plain.strip_suffix("MVA").filter(|number| number.len() == 9) {
        return said("NO", near::norway(number));
    }
    for (prefix, country, check) in RULES {
        let Some(rest) = plain.strip_prefix(prefix) else {
            continue;
        };
        if !rest.chars().any(|c| c.is_ascii_digit()) {
            return VatId::Other;
        }
        return said(country, check(rest));
    }
    VatId::Other
}

fn said(country: &'static str, fits: bool) -> VatId {
    if fits {
        VatId::Of(country)
    } else {
        VatId::Wrong(country)
    }
}

/// Exactly so many digits.
fn exactly<const N: usize>(text: &str) -> Option<[u32; N]> {
    let all: Digits = digits(text)?;
    all.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    /// Country, valid ids, ids that are wrong. Made by computing check digits, not of real firms,
    /// and compared with the program python-stdnum.
    const IDS: &str = include_str!("vat/ids.txt");

    #[test]
    fn every_country_tells_right_ids_from_wrong_ones() {
        let mut seen: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
        for line in IDS.lines().filter(|line| !line.starts_with('#')) {
            let mut words = line.split_whitespace();
            let (country, verdict) = (words.next().unwrap(), words.next().unwrap());
            for id in words {
                let found = look_at(id);
                let counts = seen.entry(country).or_default();
                match (verdict, found) {
                    ("valid", VatId::Of(of)) if of == country => counts.0 += 1,
                    ("wrong", VatId::Wrong(of)) if of == country => counts.1 += 1,
                    _ => panic!("{id} of {country} is {verdict}, not {found:?}"),
                }
            }
        }
        let countries: std::collections::BTreeSet<&str> =
            RULES.iter().map(|(_, country, _)| *country).collect();
        assert_eq!(
            seen.keys().copied().collect::<Vec<_>>(),
            countries.into_iter().collect::<Vec<_>>()
        );
        for (country, (valid, wrong)) in seen {
            assert!(
                valid >= 3 && wrong >= 5,
                "{country}: {valid} valid, {wrong} wrong"
            );
        }
    }

    #[test]
    fn spaces_and_marks_do_not_count() {
        assert_eq!(look_at("DE 136 695 976"), VatId::Of("DE"));
        assert_eq!(look_at("CHE-107.787.577 IVA"), VatId::Of("CH"));
        assert_eq!(look_at("de136695976"), VatId::Of("DE"));
        assert_eq!(look_at("995 525 828 MVA"), VatId::Of("NO"));
    }

    #[test]
    fn other_tax_numbers_are_left_alone() {
        for other in [
            "",
            "30/123/45678",
            "12-3456789",
            "T8010401098765",
            "DE",
            "US123",
            "GBR",
        ] {
            assert_eq!(look_at(other), VatId::Other, "{other}");
        }
    }
}
