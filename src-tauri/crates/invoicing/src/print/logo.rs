//! The logo is kept as text; the document wants its bytes.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// Books hold the text with and without padding.
const ENGINE: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The bytes of standard base64; nothing when it is not base64.
pub(super) fn bytes(text: &str) -> Option<Vec<u8>> {
    ENGINE.decode(text).ok()
}

#[cfg(test)]
mod tests {
    use super::bytes;

    #[test]
    fn reads_logos_with_and_without_padding() {
        assert_eq!(bytes("Zm9vYg=="), Some(b"foob".to_vec()));
        assert_eq!(bytes("Zm9vYg"), Some(b"foob".to_vec()));
        assert_eq!(bytes("Zm9v!"), None);
    }
}
