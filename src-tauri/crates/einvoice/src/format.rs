//! What a file says of its own rules.

use crate::Format;

const BILLING: &str = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0";

/// The specification that the file claims to follow (BT-24).
pub(crate) fn specification(format: Format) -> &'static str {
    match format {
        Format::FacturX | Format::Cii | Format::Ubl => "urn:cen.eu:en16931:2017",
        Format::Xrechnung | Format::XrechnungUbl => {
            "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0"
        }
        Format::Peppol => {
            "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
        }
    }
}

/// The business process (BT-23), where one is named.
pub(crate) fn business_process(format: Format) -> Option<&'static str> {
    format.is_routed().then_some(BILLING)
}
