use serde::{Deserialize, Serialize};

/// A form of electronic invoice: a syntax with the rules of those who ask for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EinvoiceFormat {
    /// A PDF with CII inside, by the rules of EN 16931: Factur-X, which is also ZUGFeRD.
    FacturX,
    /// CII with the rules of EN 16931, as it stands inside of Factur-X.
    Cii,
    /// UBL with the rules of EN 16931.
    Ubl,
    /// CII for German public buyers: XRechnung 3.0.
    Xrechnung,
    /// UBL for German public buyers: XRechnung 3.0.
    XrechnungUbl,
    /// UBL for the Peppol network: BIS Billing 3.0.
    Peppol,
}

impl EinvoiceFormat {
    /// All formats.
    pub const ALL: [Self; 6] = [
        Self::FacturX,
        Self::Cii,
        Self::Ubl,
        Self::Xrechnung,
        Self::XrechnungUbl,
        Self::Peppol,
    ];

    /// The word of a format on the command line, in files and in the book.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::FacturX => "factur-x",
            Self::Cii => "cii",
            Self::Ubl => "ubl",
            Self::Xrechnung => "xrechnung",
            Self::XrechnungUbl => "xrechnung-ubl",
            Self::Peppol => "peppol",
        }
    }

    /// The format of a word. ZUGFeRD is the German name of Factur-X.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        let word = if word == "zugferd" { "factur-x" } else { word };
        Self::ALL.into_iter().find(|format| format.name() == word)
    }

    /// A PDF with the XML inside, not a file of XML.
    #[must_use]
    pub fn is_hybrid(self) -> bool {
        self == Self::FacturX
    }

    /// Written in CII, otherwise in UBL.
    #[must_use]
    pub fn is_cii(self) -> bool {
        match self {
            Self::FacturX | Self::Cii | Self::Xrechnung => true,
            Self::Ubl | Self::XrechnungUbl | Self::Peppol => false,
        }
    }

    /// With the rules of German public buyers.
    #[must_use]
    pub fn is_xrechnung(self) -> bool {
        match self {
            Self::Xrechnung | Self::XrechnungUbl => true,
            Self::FacturX | Self::Cii | Self::Ubl | Self::Peppol => false,
        }
    }

    /// Delivered over a network by the parties' electronic addresses.
    #[must_use]
    pub fn is_routed(self) -> bool {
        self.is_xrechnung() || self == Self::Peppol
    }
}

/// An electronic address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Endpoint {
    /// Code of the list EAS: `EM` for e-mail, `0204` for a German routing id, `9930` for a VAT id.
    pub scheme: String,
    /// The address; empty where there is none.
    pub id: String,
}

impl Endpoint {
    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.scheme.is_empty() && self.id.is_empty()
    }
}

/// Schemes of electronic addresses: the list EAS of the European Commission that EN 16931 names
/// (version of May 2026), without what has been taken off it.
const SCHEMES: &str = "EM 0204 0002 0007 0009 0037 0060 0088 0096 0097 0106 0130 0135 0142 0147 \
    0151 0154 0158 0170 0177 0183 0184 0188 0190 0191 0192 0193 0194 0195 0196 0198 0199 0200 \
    0201 0202 0203 0205 0208 0209 0210 0211 0212 0213 0215 0216 0217 0218 0219 0220 0221 0225 \
    0230 0235 0240 0242 0244 0245 0246 0248 9910 9913 9914 9915 9918 9919 9920 9922 9923 9924 \
    9925 9926 9927 9928 9929 9930 9931 9932 9933 9934 9935 9936 9937 9938 9939 9940 9941 9942 \
    9943 9944 9945 9946 9947 9948 9949 9950 9951 9952 9953 9957 9959 AN AQ AS AU";

/// The codes of all schemes of electronic addresses.
pub fn endpoint_schemes() -> impl Iterator<Item = &'static str> {
    SCHEMES.split_whitespace()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_read_by_its_own_word() {
        for format in EinvoiceFormat::ALL {
            assert_eq!(EinvoiceFormat::parse(format.name()), Some(format));
            let json = serde_json::to_string(&format).unwrap();
            assert_eq!(json, format!("\"{}\"", format.name()));
        }
        let zugferd = EinvoiceFormat::parse("zugferd");
        assert_eq!(zugferd, Some(EinvoiceFormat::FacturX));
        assert_eq!(EinvoiceFormat::parse("pdf"), None);
    }
}
