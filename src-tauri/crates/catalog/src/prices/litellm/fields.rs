use crate::{Comparison, ConditionKey, ContextThreshold, Dimension, PriceConditions};
use ratebook_money::parse_decimal;
use rust_decimal::prelude::ToPrimitive;

/// What a field of a model is.
pub(super) enum Meaning {
    /// The price of a dimension under conditions.
    Price(Target),
    /// A factor on all token prices of calls with a mark.
    Multiplier { key: ConditionKey, value: String },
    /// A price per size of the searched context.
    Search,
    /// A price per guardrail policy.
    Policies,
    /// Factors by geography or speed.
    Marks,
    /// Read together with others (`tiered_pricing`, `off_peak_pricing`).
    Elsewhere,
    /// A price that the provider's own rules never look at.
    Ignored,
    /// Known, but no price row can say it.
    NotExpressed,
    /// Looks like a price, but is not known.
    Unknown,
    /// Not about prices.
    NoPrice,
}

/// A dimension under conditions.
pub(super) struct Target {
    pub(super) dimension: Dimension,
    pub(super) conditions: PriceConditions,
}

impl Target {
    pub(super) fn plain(dimension: Dimension) -> Self {
        Self {
            dimension,
            conditions: PriceConditions::default(),
        }
    }
}

/// Fields that mean the same for every kind of model.
const PRICES: &[(&str, Dimension)] = &[
    ("input_cost_per_token", Dimension::INPUT),
    ("output_cost_per_token", Dimension::OUTPUT),
    ("cache_read_input_token_cost", Dimension::CACHE_READ),
    ("input_cost_per_token_cache_hit", Dimension::CACHE_READ),
    ("cache_creation_input_token_cost", Dimension::CACHE_WRITE),
    (
        "cache_creation_input_token_cost_above_1hr",
        Dimension::CACHE_WRITE_1H,
    ),
    (
        "explicit_cache_read_input_token_cost",
        Dimension::EXPLICIT_CACHE_READ,
    ),
    ("input_cost_per_audio_token", Dimension::INPUT_AUDIO),
    (
        "cache_read_input_audio_token_cost",
        Dimension::CACHE_READ_AUDIO,
    ),
    (
        "cache_creation_input_audio_token_cost",
        Dimension::CACHE_WRITE_AUDIO,
    ),
    ("input_cost_per_image_token", Dimension::INPUT_IMAGE),
    (
        "cache_read_input_image_token_cost",
        Dimension::CACHE_READ_IMAGE,
    ),
    ("input_cost_per_video_token", Dimension::INPUT_VIDEO),
    (
        "output_cost_per_reasoning_token",
        Dimension::OUTPUT_REASONING,
    ),
    ("output_cost_per_audio_token", Dimension::OUTPUT_AUDIO),
    ("output_cost_per_image_token", Dimension::OUTPUT_IMAGE),
    ("output_cost_per_video_token", Dimension::OUTPUT_VIDEO),
    ("citation_cost_per_token", Dimension::CITATION),
    ("input_cost_per_request", Dimension::REQUESTS),
    ("input_cost_per_image", Dimension::INPUT_IMAGES),
    ("output_cost_per_image", Dimension::OUTPUT_IMAGES),
    ("input_cost_per_pixel", Dimension::INPUT_PIXELS),
    ("output_cost_per_pixel", Dimension::OUTPUT_PIXELS),
    ("input_cost_per_character", Dimension::INPUT_CHARACTERS),
    ("output_cost_per_character", Dimension::OUTPUT_CHARACTERS),
    (
        "input_cost_per_audio_per_second",
        Dimension::INPUT_AUDIO_SECONDS,
    ),
    (
        "input_cost_per_video_per_second",
        Dimension::INPUT_VIDEO_SECONDS,
    ),
    (
        "output_cost_per_video_per_second",
        Dimension::OUTPUT_VIDEO_SECONDS,
    ),
    ("cost_per_second", Dimension::COMPUTE_SECONDS),
    ("ocr_cost_per_page", Dimension::DOCUMENT_PAGES),
    ("annotation_cost_per_page", Dimension::ANNOTATED_PAGES),
    ("ocr_cost_per_credit", Dimension::OCR_CREDITS),
    ("input_cost_per_text_message", Dimension::TEXT_MESSAGES),
    ("input_cost_per_query", Dimension::SEARCH_QUERIES),
    (
        "google_maps_grounding_cost_per_query",
        Dimension::MAPS_GROUNDINGS,
    ),
    (
        "code_interpreter_cost_per_session",
        Dimension::CODE_EXECUTIONS,
    ),
];

/// Suffixes that mark a call.
const MARKS: &[(&str, ConditionKey, &str)] = &[
    ("_batches", ConditionKey::Processing, "batch"),
    ("_decisions", ConditionKey::Processing, "decisions"),
    ("_flex", ConditionKey::ServiceTier, "flex"),
    ("_priority", ConditionKey::ServiceTier, "priority"),
    ("_balanced", ConditionKey::ServiceTier, "balanced"),
    ("_ultrafast", ConditionKey::ServiceTier, "ultrafast"),
];

pub(super) fn meaning(field: &str, mode: &str, provider: &str) -> Meaning {
    match field {
        "search_context_cost_per_query" => return Meaning::Search,
        "guardrail_cost_per_unit" => return Meaning::Policies,
        "provider_specific_entry" => return Meaning::Marks,
        "tiered_pricing" | "off_peak_pricing" => return Meaning::Elsewhere,
        // Units that are no money, and allowances that are no price.
        "input_dbu_cost_per_token"
        | "output_dbu_cost_per_token"
        | "search_free_requests"
        | "web_search_billing_unit" => return Meaning::NotExpressed,
        _ => {}
    }
    let multiplier = |key: ConditionKey, value: &str| Meaning::Multiplier {
        key,
        value: value.to_owned(),
    };
    if field == "regional_endpoint_uplift_multiplier" {
        return multiplier(ConditionKey::Region, "*");
    }
    if let Some(region) = field.strip_prefix("regional_processing_uplift_multiplier_") {
        return multiplier(ConditionKey::Region, &region.to_lowercase());
    }
    if !field.contains("cost") && !field.contains("pricing") && !field.contains("multiplier") {
        return Meaning::NoPrice;
    }
    if field.ends_with("s_interval") {
        return Meaning::NotExpressed;
    }
    let Some(target) = price(field, mode, provider) else {
        return Meaning::Unknown;
    };
    let cache = [
        Dimension::CACHE_READ,
        Dimension::CACHE_WRITE,
        Dimension::CACHE_WRITE_1H,
    ];
    let ignored = (provider == "perplexity" && cache.contains(&target.dimension))
        || (provider == "dashscope" && target.dimension == Dimension::CACHE_WRITE_1H);
    if ignored {
        return Meaning::Ignored;
    }
    Meaning::Price(target)
}

fn price(field: &str, mode: &str, provider: &str) -> Option<Target> {
    let mut conditions = PriceConditions::default();
    let mut base = field;
    loop {
        let mark = MARKS.iter().find(|(suffix, ..)| base.ends_with(suffix));
        if let Some((suffix, key, value)) = mark {
            base = base.strip_suffix(suffix)?;
            conditions.equals.insert(*key, (*value).to_owned());
        } else if let Some((rest, tokens)) = threshold(base) {
            base = rest;
            let comparison = if provider == "xai" {
                Comparison::AtLeast
            } else {
                Comparison::Above
            };
            conditions.context = Some(ContextThreshold { tokens, comparison });
        } else {
            break;
        }
    }
    let known = PRICES.iter().find(|(name, _)| *name == base);
    if let Some((_, dimension)) = known {
        return Some(Target {
            dimension: dimension.clone(),
            conditions,
        });
    }
    let (dimension, variant) = of_variant(base, mode)?;
    if let Some(variant) = variant {
        conditions
            .equals
            .insert(ConditionKey::Variant, variant.to_lowercase());
    }
    Some(Target {
        dimension,
        conditions,
    })
}

/// `…_above_272k_tokens`
fn threshold(field: &str) -> Option<(&str, u64)> {
    let (base, number) = field.strip_suffix("_tokens")?.rsplit_once("_above_")?;
    let (digits, factor) = match number.strip_suffix('k') {
        Some(digits) => (digits, 1_000),
        None => (number, 1),
    };
    let tokens: u64 = digits.parse().ok()?;
    Some((base, tokens.checked_mul(factor)?))
}

/// Seconds, whose meaning depends on the kind of model, and prices by size or resolution.
fn of_variant<'f>(base: &'f str, mode: &str) -> Option<(Dimension, Option<&'f str>)> {
    if let Some(size) = base.strip_prefix("output_cost_per_image_") {
        return Some((Dimension::OUTPUT_IMAGES, Some(size)));
    }
    if base == "input_cost_per_second" {
        return Some(match mode {
            "audio_transcription" | "realtime" | "audio_speech" => {
                (Dimension::INPUT_AUDIO_SECONDS, None)
            }
            "video_generation" => (Dimension::INPUT_VIDEO_SECONDS, None),
            _ => (Dimension::COMPUTE_SECONDS, None),
        });
    }
    let variant = match base.strip_prefix("output_cost_per_second")? {
        "" => None,
        resolution => Some(resolution.strip_prefix('_')?),
    };
    let dimension = match mode {
        "audio_speech" | "audio_transcription" | "realtime" => Dimension::OUTPUT_AUDIO_SECONDS,
        "video_generation" => Dimension::OUTPUT_VIDEO_SECONDS,
        _ => Dimension::COMPUTE_SECONDS,
    };
    Some((dimension, variant))
}

/// A whole number of tokens as a table writes it (`32000`, `3.2e4`).
pub(super) fn tokens(text: &str) -> Option<u64> {
    let value = parse_decimal(text).ok()?.normalize();
    (value.scale() == 0).then(|| value.to_u64()).flatten()
}
