use serde::{Deserialize, Serialize};
use std::fmt;

/// One priced quantity of a call (token class). Quantities of different dimensions never overlap:
/// each token is counted in exactly one.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum Dimension {
    /// A dimension of the closed list, as an index into it.
    Known(u8),
    /// A quantity of one's own events, `custom:<name>`.
    Custom(String),
}

macro_rules! dimensions {
    ($($constant:ident = $index:literal, $name:literal, $places:literal;)*) => {
        const NAMES: &[&str] = &[$($name),*];
        const PLACES: &[u32] = &[$($places),*];
        impl Dimension {
            $(#[doc = concat!("`", $name, "`")] pub const $constant: Self = Self::Known($index);)*
        }
        #[cfg(test)]
        const INDEXES: &[u8] = &[$($index),*];
    };
}

// The order is the order on screens and invoices. Stored by name, so it may change.
dimensions! {
    INPUT = 0, "input_tokens", 0;
    CACHE_READ = 1, "cache_read_tokens", 0;
    CACHE_WRITE = 2, "cache_write_tokens", 0;
    CACHE_WRITE_1H = 3, "cache_write_1h_tokens", 0;
    EXPLICIT_CACHE_READ = 4, "explicit_cache_read_tokens", 0;
    INPUT_AUDIO = 5, "input_audio_tokens", 0;
    CACHE_READ_AUDIO = 6, "cache_read_audio_tokens", 0;
    CACHE_WRITE_AUDIO = 7, "cache_write_audio_tokens", 0;
    INPUT_IMAGE = 8, "input_image_tokens", 0;
    CACHE_READ_IMAGE = 9, "cache_read_image_tokens", 0;
    INPUT_VIDEO = 10, "input_video_tokens", 0;
    INPUT_TOOL = 11, "input_tool_tokens", 0;
    OUTPUT = 12, "output_tokens", 0;
    OUTPUT_REASONING = 13, "output_reasoning_tokens", 0;
    OUTPUT_AUDIO = 14, "output_audio_tokens", 0;
    OUTPUT_IMAGE = 15, "output_image_tokens", 0;
    OUTPUT_VIDEO = 16, "output_video_tokens", 0;
    CITATION = 17, "citation_tokens", 0;
    REQUESTS = 18, "requests", 0;
    INPUT_IMAGES = 19, "input_images", 0;
    OUTPUT_IMAGES = 20, "output_images", 0;
    INPUT_PIXELS = 21, "input_pixels", 0;
    OUTPUT_PIXELS = 22, "output_pixels", 0;
    INPUT_CHARACTERS = 23, "input_characters", 0;
    OUTPUT_CHARACTERS = 24, "output_characters", 0;
    INPUT_AUDIO_SECONDS = 25, "input_audio_seconds", 6;
    OUTPUT_AUDIO_SECONDS = 26, "output_audio_seconds", 6;
    INPUT_VIDEO_SECONDS = 27, "input_video_seconds", 6;
    OUTPUT_VIDEO_SECONDS = 28, "output_video_seconds", 6;
    COMPUTE_SECONDS = 29, "compute_seconds", 6;
    DOCUMENT_PAGES = 30, "document_pages", 0;
    ANNOTATED_PAGES = 31, "annotated_document_pages", 0;
    OCR_CREDITS = 32, "ocr_credits", 6;
    TEXT_MESSAGES = 33, "text_messages", 0;
    SEARCH_QUERIES = 34, "search_queries", 0;
    WEB_SEARCHES = 35, "web_searches", 0;
    SOCIAL_SEARCHES = 36, "social_searches", 0;
    STORAGE_SEARCHES = 37, "storage_searches", 0;
    MAPS_GROUNDINGS = 38, "maps_groundings", 0;
    CODE_EXECUTIONS = 39, "code_executions", 0;
    STORAGE_GB_DAYS = 40, "storage_gb_days", 6;
    GUARDRAIL_UNITS = 41, "guardrail_units", 0;
    DBU = 42, "dbu", 6;
    INPUT_UNSPECIFIED = 43, "input_unspecified_tokens", 0;
    OUTPUT_UNSPECIFIED = 44, "output_unspecified_tokens", 0;
    TOTAL_UNSPECIFIED = 45, "total_unspecified_tokens", 0;
    AUDIO_SECONDS = 46, "audio_seconds", 6;
}

impl Dimension {
    /// The dimension of the closed list with this name, or `custom:<name>`.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        if let Some(own) = name.strip_prefix("custom:") {
            return (!own.is_empty()).then(|| Self::Custom(own.to_owned()));
        }
        let index = NAMES.iter().position(|known| *known == name)?;
        u8::try_from(index).ok().map(Self::Known)
    }

    /// All of the closed list, in the order of screens and invoices.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..u8::MAX).take(NAMES.len()).map(Self::Known)
    }

    /// The name of a dimension of the closed list.
    #[must_use]
    pub fn known_name(&self) -> Option<&'static str> {
        match self {
            Self::Known(index) => NAMES.get(usize::from(*index)).copied(),
            Self::Custom(_) => None,
        }
    }

    /// The decimal places a quantity may have: 0 for whatever is counted, 6 for what is measured.
    /// A quantity with more is refused, not rounded.
    #[must_use]
    pub fn decimal_places(&self) -> u32 {
        match self {
            Self::Known(index) => PLACES.get(usize::from(*index)).copied().unwrap_or(0),
            Self::Custom(_) => 6,
        }
    }

    /// Whether it counts tokens (shown and quoted per million).
    #[must_use]
    pub fn is_tokens(&self) -> bool {
        match self {
            Self::Known(_) => self.to_string().ends_with("_tokens"),
            Self::Custom(_) => false,
        }
    }

    /// Tokens whose class is not known (`*_unspecified_tokens`): never priced as plain text.
    #[must_use]
    pub fn is_unspecified(&self) -> bool {
        matches!(
            *self,
            Self::INPUT_UNSPECIFIED | Self::OUTPUT_UNSPECIFIED | Self::TOTAL_UNSPECIFIED
        )
    }

    /// Whether the tokens count towards a context threshold: all input, cached ones included.
    #[must_use]
    pub fn is_input_tokens(&self) -> bool {
        match self {
            Self::Known(index) => *index <= 11 || *self == Self::INPUT_UNSPECIFIED,
            Self::Custom(_) => false,
        }
    }
}

impl fmt::Display for Dimension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Known(index) => f.write_str(NAMES.get(usize::from(*index)).unwrap_or(&"?")),
            Self::Custom(name) => write!(f, "custom:{name}"),
        }
    }
}

impl From<String> for Dimension {
    fn from(name: String) -> Self {
        Self::parse(&name).unwrap_or(Self::Custom(name))
    }
}

impl From<Dimension> for String {
    fn from(dimension: Dimension) -> Self {
        dimension.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_reads_back_at_its_index() {
        for (position, index) in INDEXES.iter().enumerate() {
            assert_eq!(usize::from(*index), position);
            let dimension = Dimension::Known(*index);
            assert_eq!(Dimension::parse(&dimension.to_string()), Some(dimension));
        }
    }
}
