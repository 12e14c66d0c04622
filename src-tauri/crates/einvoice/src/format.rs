/// A syntax with the rules of those who ask for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// CII with the rules of EN 16931: Factur-X and ZUGFeRD, profile "EN 16931".
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

const BILLING: &str = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0";

impl Format {
    /// All formats.
    pub const ALL: [Self; 5] = [
        Self::Cii,
        Self::Ubl,
        Self::Xrechnung,
        Self::XrechnungUbl,
        Self::Peppol,
    ];

    /// The word of a format on the command line and in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Cii => "cii",
            Self::Ubl => "ubl",
            Self::Xrechnung => "xrechnung",
            Self::XrechnungUbl => "xrechnung-ubl",
            Self::Peppol => "peppol",
        }
    }

    /// The format of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == word)
    }

    /// Written in CII, otherwise in UBL.
    #[must_use]
    pub fn is_cii(self) -> bool {
        match self {
            Self::Cii | Self::Xrechnung => true,
            Self::Ubl | Self::XrechnungUbl | Self::Peppol => false,
        }
    }

    /// With the rules of German public buyers.
    #[must_use]
    pub fn is_xrechnung(self) -> bool {
        match self {
            Self::Xrechnung | Self::XrechnungUbl => true,
            Self::Cii | Self::Ubl | Self::Peppol => false,
        }
    }

    /// Delivered over a network by the parties' electronic addresses.
    pub(crate) fn is_routed(self) -> bool {
        self.business_process().is_some()
    }

    /// The specification that the file claims to follow (BT-24).
    pub(crate) fn specification(self) -> &'static str {
        match self {
            Self::Cii | Self::Ubl => "urn:cen.eu:en16931:2017",
            Self::Xrechnung | Self::XrechnungUbl => {
                "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0"
            }
            Self::Peppol => {
                "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
            }
        }
    }

    /// The business process (BT-23), where one is named.
    pub(crate) fn business_process(self) -> Option<&'static str> {
        match self {
            Self::Cii | Self::Ubl => None,
            Self::Xrechnung | Self::XrechnungUbl | Self::Peppol => Some(BILLING),
        }
    }
}
