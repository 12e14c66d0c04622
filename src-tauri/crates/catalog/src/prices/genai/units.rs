use crate::Dimension;

/// What a price key stands for.
pub(super) enum Unit {
    /// So many units of a dimension.
    Of(Dimension, u64),
    /// Known, but our dimensions do not tell it apart.
    NotExpressed,
    /// Not known.
    Unknown,
}

const UNITS: &[(&str, Dimension, u64)] = &[
    ("input_mtok", Dimension::INPUT, 1_000_000),
    ("output_mtok", Dimension::OUTPUT, 1_000_000),
    ("cache_read_mtok", Dimension::CACHE_READ, 1_000_000),
    ("cache_write_5m_mtok", Dimension::CACHE_WRITE, 1_000_000),
    ("cache_write_mtok", Dimension::CACHE_WRITE, 1_000_000),
    ("cache_write_1h_mtok", Dimension::CACHE_WRITE_1H, 1_000_000),
    ("input_audio_mtok", Dimension::INPUT_AUDIO, 1_000_000),
    (
        "cache_audio_read_mtok",
        Dimension::CACHE_READ_AUDIO,
        1_000_000,
    ),
    (
        "cache_audio_write_mtok",
        Dimension::CACHE_WRITE_AUDIO,
        1_000_000,
    ),
    ("input_image_mtok", Dimension::INPUT_IMAGE, 1_000_000),
    (
        "cache_image_read_mtok",
        Dimension::CACHE_READ_IMAGE,
        1_000_000,
    ),
    ("input_video_mtok", Dimension::INPUT_VIDEO, 1_000_000),
    ("input_tool_mtok", Dimension::INPUT_TOOL, 1_000_000),
    (
        "output_reasoning_mtok",
        Dimension::OUTPUT_REASONING,
        1_000_000,
    ),
    ("output_audio_mtok", Dimension::OUTPUT_AUDIO, 1_000_000),
    ("output_image_mtok", Dimension::OUTPUT_IMAGE, 1_000_000),
    ("output_video_mtok", Dimension::OUTPUT_VIDEO, 1_000_000),
    ("output_citation_mtok", Dimension::CITATION, 1_000_000),
    ("requests_kcount", Dimension::REQUESTS, 1_000),
    ("input_gpixels", Dimension::INPUT_PIXELS, 1_000_000_000),
    ("input_mchars", Dimension::INPUT_CHARACTERS, 1_000_000),
    ("input_audio_hours", Dimension::INPUT_AUDIO_SECONDS, 3_600),
    ("audio_hours", Dimension::INPUT_AUDIO_SECONDS, 3_600),
    ("output_audio_hours", Dimension::OUTPUT_AUDIO_SECONDS, 3_600),
    ("input_document_kpages", Dimension::DOCUMENT_PAGES, 1_000),
    (
        "input_annotated_document_kpages",
        Dimension::ANNOTATED_PAGES,
        1_000,
    ),
    (
        "input_text_messages_kcount",
        Dimension::TEXT_MESSAGES,
        1_000,
    ),
    ("rerank_searches_kcount", Dimension::SEARCH_QUERIES, 1_000),
    ("web_searches_kcount", Dimension::WEB_SEARCHES, 1_000),
    ("social_searches_kcount", Dimension::SOCIAL_SEARCHES, 1_000),
    (
        "storage_searches_kcount",
        Dimension::STORAGE_SEARCHES,
        1_000,
    ),
    ("code_executions_kcount", Dimension::CODE_EXECUTIONS, 1_000),
];

/// Ends of keys that follow the table's grammar, whatever they count.
const ENDS: &[&str] = &[
    "_mtok", "_kcount", "_hours", "_mchars", "_kpages", "_gpixels",
];

pub(super) fn unit(key: &str) -> Unit {
    if let Some((_, dimension, per)) = UNITS.iter().find(|(name, ..)| *name == key) {
        return Unit::Of(dimension.clone(), *per);
    }
    if ENDS.iter().any(|end| key.ends_with(end)) {
        Unit::NotExpressed
    } else {
        Unit::Unknown
    }
}

/// The place of a key in the table: where two keys price one dimension, the earlier one is taken.
pub(super) fn order(key: &str) -> usize {
    let place = UNITS.iter().position(|(name, ..)| *name == key);
    place.unwrap_or(UNITS.len())
}
