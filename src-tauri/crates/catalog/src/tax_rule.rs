//! How a service to a customer is usually taxed, from the two countries and their VAT ids. It is a
//! proposal with its reason, for a person to take or leave; where no rule is known, or a rule turns
//! on something that the book does not say, it says that it must be asked.
//!
//! Rules: services to a business are taxed where the buyer sits (directive 2006/112/EC, articles 44
//! and 196; VAT Act 1994 section 7A; Swiss VAT act article 8). Sales tax of the United States
//! depends on state and city, so its rate is typed in.

use crate::vat::{VatId, is_union, look_at};

/// A party, as far as tax asks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TaxParty<'a> {
    /// ISO 3166 code of the country.
    pub country: &'a str,
    /// VAT id or tax number, as it was entered.
    pub tax_id: &'a str,
}

/// What is proposed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ProposedTax {
    /// The standard rate of the seller's country.
    Standard,
    /// A rate that is typed in.
    Typed,
    /// The buyer owes the tax.
    ReverseCharge,
    /// Outside the scope of the seller's tax.
    OutOfScope,
}

/// Why it is proposed, or why nothing is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TaxReason {
    /// Both are in one country.
    Domestic,
    /// Both are in the United States.
    SalesTax,
    /// A business in another member state of the Union.
    UnionBusiness,
    /// A buyer outside of the seller's tax area.
    Abroad,
    /// A buyer in the Union without a VAT id: perhaps a consumer, taxed at home.
    NoBuyerId,
    /// A seller in the Union who has entered no VAT id.
    NoSellerId,
    /// The VAT id of the buyer is of another country than the address.
    OtherCountryId,
    /// The tax id claims to be a VAT id and cannot be one.
    WrongId,
    /// No rule is known for these countries.
    NoRule,
}

impl TaxReason {
    /// Its stable word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Domestic => "domestic",
            Self::SalesTax => "sales_tax",
            Self::UnionBusiness => "union_business",
            Self::Abroad => "abroad",
            Self::NoBuyerId => "no_buyer_id",
            Self::NoSellerId => "no_seller_id",
            Self::OtherCountryId => "other_country_id",
            Self::WrongId => "wrong_id",
            Self::NoRule => "no_rule",
        }
    }
}

/// Countries outside of the Union that have a rule.
const THIRD: [&str; 4] = ["CH", "GB", "NO", "US"];

/// What is usual between the two, and why.
#[must_use]
pub fn propose(seller: TaxParty, buyer: TaxParty) -> (Option<ProposedTax>, TaxReason) {
    let buyer_id = look_at(buyer.tax_id);
    if matches!(buyer_id, VatId::Wrong(_)) {
        return (None, TaxReason::WrongId);
    }
    if matches!(buyer_id, VatId::Of(country) if country != buyer.country) {
        return (None, TaxReason::OtherCountryId);
    }
    let has_rule = |country: &str| is_union(country) || THIRD.contains(&country);
    if !has_rule(seller.country) || !has_rule(buyer.country) {
        return (None, TaxReason::NoRule);
    }
    if seller.country == buyer.country {
        return if seller.country == "US" {
            (Some(ProposedTax::Typed), TaxReason::SalesTax)
        } else {
            (Some(ProposedTax::Standard), TaxReason::Domestic)
        };
    }
    let is_business = matches!(buyer_id, VatId::Of(_));
    match (is_union(seller.country), is_union(buyer.country)) {
        (_, true) if !is_business => (None, TaxReason::NoBuyerId),
        (true, true) if !matches!(look_at(seller.tax_id), VatId::Of(_)) => {
            (None, TaxReason::NoSellerId)
        }
        (true, true) => (Some(ProposedTax::ReverseCharge), TaxReason::UnionBusiness),
        (true, false) | (false, _) => (Some(ProposedTax::OutOfScope), TaxReason::Abroad),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Seller's country and id, buyer's country and id, what is proposed, why.
    type Case = (
        &'static str,
        &'static str,
        &'static str,
        &'static str,
        Option<ProposedTax>,
        &'static str,
    );

    const CASES: &[Case] = &[
        (
            "DE",
            "DE136695976",
            "DE",
            "",
            Some(ProposedTax::Standard),
            "domestic",
        ),
        (
            "DE",
            "",
            "DE",
            "DE136695976",
            Some(ProposedTax::Standard),
            "domestic",
        ),
        (
            "DE",
            "DE136695976",
            "AT",
            "ATU13585627",
            Some(ProposedTax::ReverseCharge),
            "union_business",
        ),
        (
            "DE",
            "DE136695976",
            "GR",
            "EL094259216",
            Some(ProposedTax::ReverseCharge),
            "union_business",
        ),
        ("DE", "DE136695976", "AT", "", None, "no_buyer_id"),
        (
            "DE",
            "DE136695976",
            "AT",
            "12 345/6789",
            None,
            "no_buyer_id",
        ),
        ("DE", "", "AT", "ATU13585627", None, "no_seller_id"),
        (
            "DE",
            "30/123/45678",
            "AT",
            "ATU13585627",
            None,
            "no_seller_id",
        ),
        (
            "DE",
            "DE136695976",
            "FR",
            "ATU13585627",
            None,
            "other_country_id",
        ),
        ("DE", "DE136695976", "AT", "ATU13585628", None, "wrong_id"),
        (
            "DE",
            "DE136695976",
            "CH",
            "",
            Some(ProposedTax::OutOfScope),
            "abroad",
        ),
        (
            "DE",
            "DE136695976",
            "US",
            "12-3456789",
            Some(ProposedTax::OutOfScope),
            "abroad",
        ),
        (
            "DE",
            "DE136695976",
            "GB",
            "",
            Some(ProposedTax::OutOfScope),
            "abroad",
        ),
        ("DE", "DE136695976", "JP", "", None, "no_rule"),
        ("DE", "DE136695976", "", "", None, "no_rule"),
        (
            "GB",
            "GB980780684",
            "GB",
            "",
            Some(ProposedTax::Standard),
            "domestic",
        ),
        (
            "GB",
            "GB980780684",
            "DE",
            "DE136695976",
            Some(ProposedTax::OutOfScope),
            "abroad",
        ),
        ("GB", "GB980780684", "DE", "", None, "no_buyer_id"),
        (
            "GB",
            "GB980780684",
            "US",
            "",
            Some(ProposedTax::OutOfScope),
            "abroad",
        ),
        (
            "CH",
            "CHE107787577MWST",
            "CH",
            "",
            Some(ProposedTax::Standard),
            "domestic",
        ),
        (
            "CH",
            "CHE107787577MWST",
            "IT",
            "IT00743110157",
            Some(ProposedTax::OutOfScope),
            "abroad",
        ),
        ("US", "", "US", "", Some(ProposedTax::Typed), "sales_tax"),
        (
            "US",
            "",
            "FR",
            "FR40303265045",
            Some(ProposedTax::OutOfScope),
            "abroad",
        ),
        ("US", "", "FR", "", None, "no_buyer_id"),
        ("BR", "", "BR", "", None, "no_rule"),
        ("BR", "", "DE", "DE136695976", None, "no_rule"),
    ];

    #[test]
    fn two_countries_and_their_ids_say_what_is_usual_or_that_it_must_be_asked() {
        for (seller, own_id, buyer, id, tax, reason) in CASES {
            let own = TaxParty {
                country: seller,
                tax_id: own_id,
            };
            let other = TaxParty {
                country: buyer,
                tax_id: id,
            };
            let (proposed, why) = propose(own, other);
            assert_eq!(
                (proposed, why.word()),
                (*tax, *reason),
                "{seller} to {buyer} {id}"
            );
        }
    }
}
