use ratebook_catalog::Dimension;
use thiserror::Error;

/// How a source counts. It belongs to the surface a call came through and cannot be guessed from
/// the numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Convention {
    /// Cached tokens are inside the input, reasoning is inside the output (OpenAI, OpenRouter,
    /// LiteLLM).
    Inclusive,
    /// Cache reads and writes come on top of the input, reasoning is inside the output (Anthropic,
    /// Bedrock).
    Exclusive,
    /// Cached tokens are inside the input, reasoning and tool prompts come on top (Gemini).
    Gemini,
    /// As inclusive, but reasoning comes on top, and cached tokens do where they exceed the input
    /// (xAI chat).
    Xai,
    /// The classes are disjoint as they are.
    Disjoint,
    /// One number, whose class is what the source says, or unknown.
    Single,
}

impl Convention {
    /// The short name in files: `inc`, `exc`, `gem`, `xai`, `disj`, `single`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Inclusive => "inc",
            Self::Exclusive => "exc",
            Self::Gemini => "gem",
            Self::Xai => "xai",
            Self::Disjoint => "disj",
            Self::Single => "single",
        }
    }

    /// The convention of this short name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        use Convention::{Disjoint, Exclusive, Gemini, Inclusive, Single, Xai};
        [Inclusive, Exclusive, Gemini, Xai, Disjoint, Single]
            .into_iter()
            .find(|convention| convention.as_str() == name)
    }
}

/// Token counts of one call as its source reports them; what it does not report is absent, not
/// zero. None is below zero.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    /// Input or prompt.
    pub input: Option<i64>,
    /// Input read from a cache.
    pub cache_read: Option<i64>,
    /// Input written to a cache, without those of one hour.
    pub cache_write: Option<i64>,
    /// Input written to a cache for one hour.
    pub cache_write_1h: Option<i64>,
    /// Audio in the input.
    pub input_audio: Option<i64>,
    /// Images in the input.
    pub input_image: Option<i64>,
    /// Prompts of tools.
    pub input_tool: Option<i64>,
    /// Output or completion.
    pub output: Option<i64>,
    /// Reasoning or thoughts.
    pub reasoning: Option<i64>,
    /// Audio in the output.
    pub output_audio: Option<i64>,
    /// Images in the output.
    pub output_image: Option<i64>,
    /// The sum as reported.
    pub total: Option<i64>,
}

/// Counts that cannot be true together.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum Impossible {
    /// More cached tokens than the input that contains them.
    #[error("{part} cached tokens are more than {whole} input tokens")]
    CachedAboveInput {
        /// Cached tokens.
        part: i64,
        /// Input tokens.
        whole: i64,
    },
    /// More reasoning tokens than the output that contains them.
    #[error("{part} reasoning tokens are more than {whole} output tokens")]
    ReasoningAboveOutput {
        /// Reasoning tokens.
        part: i64,
        /// Output tokens.
        whole: i64,
    },
    /// All parts together are more than the count that contains them.
    #[error("parts of {part} tokens are more than {whole} tokens")]
    PartsAboveWhole {
        /// Sum of the parts.
        part: i64,
        /// The count.
        whole: i64,
    },
}

/// What a call's counts come to: each token in exactly one dimension.
///
/// # Errors
/// [`Impossible`], when a part is more than the whole that contains it.
pub fn disjoint(
    convention: Convention,
    counts: &Counts,
) -> Result<Vec<(Dimension, i64)>, Impossible> {
    let mut list = Vec::with_capacity(6);
    let mut put = |dimension: Dimension, count: Option<i64>| {
        list.extend(
            count
                .filter(|count| *count > 0)
                .map(|count| (dimension, count)),
        );
    };
    put(Dimension::CACHE_READ, counts.cache_read);
    put(Dimension::CACHE_WRITE, counts.cache_write);
    put(Dimension::CACHE_WRITE_1H, counts.cache_write_1h);
    put(Dimension::INPUT_AUDIO, counts.input_audio);
    put(Dimension::INPUT_IMAGE, counts.input_image);
    put(Dimension::INPUT_TOOL, counts.input_tool);
    put(Dimension::OUTPUT_REASONING, counts.reasoning);
    put(Dimension::OUTPUT_AUDIO, counts.output_audio);
    put(Dimension::OUTPUT_IMAGE, counts.output_image);
    put(Dimension::INPUT, text_input(convention, counts)?);
    put(Dimension::OUTPUT, text_output(convention, counts)?);
    Ok(list)
}

fn text_input(convention: Convention, counts: &Counts) -> Result<Option<i64>, Impossible> {
    let Some(whole) = counts.input else {
        return Ok(None);
    };
    let cached = sum(&[counts.cache_read, counts.cache_write, counts.cache_write_1h]);
    let media = sum(&[counts.input_audio, counts.input_image]);
    let inside = match convention {
        Convention::Disjoint | Convention::Single => return Ok(Some(whole)),
        // Anthropic counts text and images alike; only the cache comes on top.
        Convention::Exclusive => media,
        Convention::Xai if cached > whole => media,
        Convention::Inclusive | Convention::Gemini | Convention::Xai => {
            if cached > whole {
                return Err(Impossible::CachedAboveInput {
                    part: cached,
                    whole,
                });
            }
            cached.saturating_add(media)
        }
    };
    rest(whole, inside).map(Some)
}

fn text_output(convention: Convention, counts: &Counts) -> Result<Option<i64>, Impossible> {
    let Some(whole) = counts.output else {
        return Ok(None);
    };
    let reasoning = counts.reasoning.unwrap_or(0);
    let media = sum(&[counts.output_audio, counts.output_image]);
    let inside = match convention {
        Convention::Disjoint | Convention::Single => return Ok(Some(whole)),
        Convention::Gemini | Convention::Xai => media,
        Convention::Inclusive | Convention::Exclusive => {
            if reasoning > whole {
                return Err(Impossible::ReasoningAboveOutput {
                    part: reasoning,
                    whole,
                });
            }
            reasoning.saturating_add(media)
        }
    };
    rest(whole, inside).map(Some)
}

fn rest(whole: i64, inside: i64) -> Result<i64, Impossible> {
    if inside > whole {
        return Err(Impossible::PartsAboveWhole {
            part: inside,
            whole,
        });
    }
    Ok(whole.saturating_sub(inside))
}

fn sum(parts: &[Option<i64>]) -> i64 {
    parts
        .iter()
        .flatten()
        .fold(0_i64, |sum, part| sum.saturating_add(*part))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn total(list: &[(Dimension, i64)]) -> i64 {
        list.iter().map(|(_, count)| count).sum()
    }

    fn of(list: &[(Dimension, i64)], dimension: &Dimension) -> i64 {
        list.iter()
            .find(|(other, _)| other == dimension)
            .map_or(0, |(_, count)| *count)
    }

    #[test]
    fn openai_counts_the_cache_inside_and_anthropic_on_top() {
        let counts = Counts {
            input: Some(1000),
            cache_read: Some(800),
            output: Some(50),
            reasoning: Some(20),
            ..Counts::default()
        };
        let inclusive = disjoint(Convention::Inclusive, &counts).unwrap();
        assert_eq!(of(&inclusive, &Dimension::INPUT), 200);
        assert_eq!(of(&inclusive, &Dimension::OUTPUT), 30);
        assert_eq!(total(&inclusive), 1050);
        let exclusive = disjoint(Convention::Exclusive, &counts).unwrap();
        assert_eq!(of(&exclusive, &Dimension::INPUT), 1000);
        assert_eq!(total(&exclusive), 1850);
    }

    #[test]
    fn gemini_and_xai_add_reasoning_to_the_output() {
        let counts = Counts {
            input: Some(100),
            cache_read: Some(120),
            output: Some(10),
            reasoning: Some(90),
            ..Counts::default()
        };
        let xai = disjoint(Convention::Xai, &counts).unwrap();
        assert_eq!((of(&xai, &Dimension::INPUT), total(&xai)), (100, 320));
        assert_eq!(
            disjoint(Convention::Gemini, &counts),
            Err(Impossible::CachedAboveInput {
                part: 120,
                whole: 100
            })
        );
    }

    #[test]
    fn more_reasoning_than_output_is_refused_where_it_is_inside() {
        let counts = Counts {
            output: Some(10),
            reasoning: Some(11),
            ..Counts::default()
        };
        let refused = Err(Impossible::ReasoningAboveOutput {
            part: 11,
            whole: 10,
        });
        assert_eq!(disjoint(Convention::Inclusive, &counts), refused);
    }
}
