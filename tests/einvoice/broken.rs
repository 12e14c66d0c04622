//! Copies with one thing wrong, and the rule that must say so.

use ratebook_einvoice::Format;

/// One change of a valid file.
pub struct Broken {
    pub format: Format,
    pub from: &'static str,
    pub to: &'static str,
    /// The rule that fails, or `schema`.
    pub rule: &'static str,
}

impl Broken {
    /// The file with its one change.
    pub fn make(&self, text: &str) -> String {
        assert!(text.contains(self.from), "{} is not in the file", self.from);
        text.replacen(self.from, self.to, 1)
    }
}

const fn broken(
    format: Format,
    from: &'static str,
    to: &'static str,
    rule: &'static str,
) -> Broken {
    Broken {
        format,
        from,
        to,
        rule,
    }
}

pub const ALL: &[Broken] = &[
    broken(
        Format::Cii,
        "<ram:GrandTotalAmount>9026.70",
        "<ram:GrandTotalAmount>9026.71",
        "BR-CO-15",
    ),
    broken(
        Format::Cii,
        "<ram:DuePayableAmount>9026.70",
        "<ram:DuePayableAmount>9026.60",
        "BR-CO-16",
    ),
    broken(
        Format::Cii,
        "<ram:LineTotalAmount>490.00</ram:LineTotalAmount>",
        "<ram:LineTotalAmount>490.0000</ram:LineTotalAmount>",
        "BR-DEC-23",
    ),
    broken(
        Format::Cii,
        "<ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>",
        "",
        "schema",
    ),
    broken(
        Format::Ubl,
        ">1441.24</cbc:TaxAmount>",
        ">1441.25</cbc:TaxAmount>",
        "BR-CO-14",
    ),
    broken(
        Format::Ubl,
        "<cbc:IssueDate>2026-11-03</cbc:IssueDate>",
        "",
        "schema",
    ),
    broken(
        Format::Peppol,
        "<cbc:BuyerReference>04011000-12345-67</cbc:BuyerReference>",
        "",
        "PEPPOL-EN16931-R003",
    ),
    broken(
        Format::Peppol,
        ">1.247</cbc:PriceAmount>",
        ">1.248</cbc:PriceAmount>",
        "PEPPOL-EN16931-R120",
    ),
    broken(
        Format::Xrechnung,
        "<ram:CategoryCode>S</ram:CategoryCode>",
        "<ram:CategoryCode>Z</ram:CategoryCode>",
        "BR-Z-05",
    ),
    broken(
        Format::XrechnungUbl,
        "<cbc:IdentificationCode>DE</cbc:IdentificationCode>",
        "",
        "BR-09",
    ),
];
