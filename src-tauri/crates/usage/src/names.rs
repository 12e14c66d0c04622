//! Names of price dimensions, for reading and hashing many of them.

use ratebook_catalog::Dimension;
use std::sync::OnceLock;

/// Names of quantities in the canonical event that are not names of price dimensions. Document
/// input has the price of text; a cache write of unknown lifetime has the default one.
const ALIASES: [(&str, Dimension); 32] = [
    ("input.text", Dimension::INPUT),
    ("input.cache_read", Dimension::CACHE_READ),
    ("input.cache_write_5m", Dimension::CACHE_WRITE),
    ("input.cache_write_1h", Dimension::CACHE_WRITE_1H),
    ("input.cache_write", Dimension::CACHE_WRITE),
    ("input.image", Dimension::INPUT_IMAGE),
    ("input.audio", Dimension::INPUT_AUDIO),
    ("input.video", Dimension::INPUT_VIDEO),
    ("input.document", Dimension::INPUT),
    ("input.tool_use", Dimension::INPUT_TOOL),
    ("input.cache_read.audio", Dimension::CACHE_READ_AUDIO),
    ("input.unspecified", Dimension::INPUT_UNSPECIFIED),
    ("output.text", Dimension::OUTPUT),
    ("output.reasoning", Dimension::OUTPUT_REASONING),
    ("output.audio", Dimension::OUTPUT_AUDIO),
    ("output.image", Dimension::OUTPUT_IMAGE),
    ("output.video", Dimension::OUTPUT_VIDEO),
    ("output.unspecified", Dimension::OUTPUT_UNSPECIFIED),
    ("total.unspecified", Dimension::TOTAL_UNSPECIFIED),
    ("request", Dimension::REQUESTS),
    ("tool.web_search", Dimension::WEB_SEARCHES),
    ("tool.file_search", Dimension::STORAGE_SEARCHES),
    ("tool.code_session", Dimension::CODE_EXECUTIONS),
    ("tool.maps", Dimension::MAPS_GROUNDINGS),
    ("rerank.search_unit", Dimension::SEARCH_QUERIES),
    ("media.image", Dimension::OUTPUT_IMAGES),
    ("media.audio_second", Dimension::AUDIO_SECONDS),
    ("media.video_second", Dimension::OUTPUT_VIDEO_SECONDS),
    ("media.character", Dimension::INPUT_CHARACTERS),
    ("media.page", Dimension::DOCUMENT_PAGES),
    ("session.second", Dimension::COMPUTE_SECONDS),
    ("audio_second", Dimension::AUDIO_SECONDS),
];

struct Names {
    /// By index of the dimension: its name and the name's place among the sorted names.
    known: Vec<(String, u32)>,
    /// Every name that is understood, sorted.
    read: Vec<(String, Dimension)>,
}

fn names() -> &'static Names {
    static NAMES: OnceLock<Names> = OnceLock::new();
    NAMES.get_or_init(|| {
        let all: Vec<String> = Dimension::all().map(|d| d.to_string()).collect();
        let place = |name: &String| all.iter().filter(|other| *other < name).count();
        let rank = |name| u32::try_from(place(name)).unwrap_or(u32::MAX);
        let known = all.iter().map(|name| (name.clone(), rank(name))).collect();
        let mut read: Vec<(String, Dimension)> = ALIASES
            .iter()
            .map(|(name, dimension)| ((*name).to_owned(), dimension.clone()))
            .collect();
        read.extend(Dimension::all().map(|d| (d.to_string(), d)));
        read.sort_unstable();
        Names { known, read }
    })
}

/// The dimension with this name or canonical quantity type, or `custom:<name>`.
pub(crate) fn dimension(name: &str) -> Option<Dimension> {
    // Nearly every name is one of these; they are told apart by length first.
    match name {
        "input_tokens" => return Some(Dimension::INPUT),
        "output_tokens" => return Some(Dimension::OUTPUT),
        "cache_read_tokens" => return Some(Dimension::CACHE_READ),
        "cache_write_tokens" => return Some(Dimension::CACHE_WRITE),
        "output_reasoning_tokens" => return Some(Dimension::OUTPUT_REASONING),
        "requests" => return Some(Dimension::REQUESTS),
        _ => {}
    }
    let read = &names().read;
    match read.binary_search_by(|(known, _)| known.as_str().cmp(name)) {
        Ok(found) => read.get(found).map(|(_, dimension)| dimension.clone()),
        Err(_) => Dimension::parse(name),
    }
}

/// Sorts by name, so that the order of the list of dimensions may change and hashes stay.
pub(crate) fn rank(dimension: &Dimension) -> (u32, &str) {
    match dimension {
        Dimension::Known(index) => {
            let known = names().known.get(usize::from(*index));
            known.map_or((u32::MAX, "?"), |(name, rank)| (*rank, name))
        }
        Dimension::Custom(name) => (u32::MAX, name),
    }
}
