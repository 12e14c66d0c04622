use super::Fallback;
use crate::{ConditionKey, Dimension, PriceConditions};
use ratebook_money::Factor;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;

/// What a dimension without a row costs, by the rules of the table that the model came from.
/// Finalized invoices name the set they were priced with: a set that was released never changes;
/// a changed rule is a new member.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleSet {
    /// No rules: a dimension without a row has no price.
    #[default]
    None,
    /// litellm: a missing cache price is the input price, a missing 1 h write price the 5 min one,
    /// a missing modality or reasoning price the text price, a missing batch price half of the
    /// standard price.
    Litellm,
    /// As litellm for a model whose input has a batch price: whatever of the input has none of its
    /// own costs that, not half of its standard price.
    LitellmBatchInput,
    /// As litellm for fireworks_ai: a missing cache read price is half of the input price.
    LitellmHalfCacheRead,
    /// Both of the above.
    LitellmHalfCacheReadBatchInput,
    /// genai-prices: what is not priced apart counts as its more general class.
    Genai,
    /// OpenRouter: as for genai-prices.
    OpenRouter,
    /// Vercel AI Gateway: as for genai-prices.
    VercelGateway,
    /// models.dev: as for genai-prices.
    ModelsDev,
}

/// Which class a token counts as when its own has no price.
const PARENTS: &[(Dimension, Dimension)] = &[
    (Dimension::CACHE_READ, Dimension::INPUT),
    (Dimension::CACHE_WRITE, Dimension::INPUT),
    (Dimension::CACHE_WRITE_1H, Dimension::CACHE_WRITE),
    (Dimension::EXPLICIT_CACHE_READ, Dimension::CACHE_READ),
    (Dimension::INPUT_AUDIO, Dimension::INPUT),
    (Dimension::INPUT_IMAGE, Dimension::INPUT),
    (Dimension::INPUT_VIDEO, Dimension::INPUT),
    (Dimension::INPUT_TOOL, Dimension::INPUT),
    (Dimension::CACHE_READ_AUDIO, Dimension::CACHE_READ),
    (Dimension::CACHE_WRITE_AUDIO, Dimension::CACHE_WRITE),
    (Dimension::CACHE_READ_IMAGE, Dimension::CACHE_READ),
    (Dimension::OUTPUT_REASONING, Dimension::OUTPUT),
    (Dimension::OUTPUT_AUDIO, Dimension::OUTPUT),
    (Dimension::OUTPUT_IMAGE, Dimension::OUTPUT),
    (Dimension::OUTPUT_VIDEO, Dimension::OUTPUT),
    (Dimension::CITATION, Dimension::OUTPUT),
    // Audio whose direction the source did not say is what is listened to.
    (Dimension::AUDIO_SECONDS, Dimension::INPUT_AUDIO_SECONDS),
];

impl RuleSet {
    /// The rules, in the order in which they are tried.
    #[must_use]
    pub fn fallbacks(self) -> &'static [Fallback] {
        static LITELLM: Set = Set::new();
        static BATCH_INPUT: Set = Set::new();
        static HALF_CACHE_READ: Set = Set::new();
        static BOTH: Set = Set::new();
        static GENAI: Set = Set::new();
        let set = |set: &'static Set, make: fn() -> Vec<Fallback>| set.get_or_init(make).as_slice();
        match self {
            Self::None => &[],
            Self::Litellm => set(&LITELLM, || litellm(false, Factor::ONE)),
            Self::LitellmBatchInput => set(&BATCH_INPUT, || litellm(true, Factor::ONE)),
            Self::LitellmHalfCacheRead => set(&HALF_CACHE_READ, || litellm(false, half())),
            Self::LitellmHalfCacheReadBatchInput => set(&BOTH, || litellm(true, half())),
            Self::Genai | Self::OpenRouter | Self::VercelGateway | Self::ModelsDev => {
                set(&GENAI, || parents(Factor::ONE))
            }
        }
    }
}

type Set = OnceLock<Vec<Fallback>>;

fn half() -> Factor {
    Factor::new(Decimal::new(5, 1)).unwrap_or(Factor::ONE)
}

fn litellm(batch_input: bool, cache_read: Factor) -> Vec<Fallback> {
    let tokens = Dimension::all().filter(|dimension| dimension.is_tokens());
    let batch = tokens.map(|dimension| {
        // Batch calls cost half of the standard price of the same dimension, or what the batch's
        // input costs.
        let of_input = batch_input && dimension.is_input_tokens();
        let (parent, factor) = if of_input && dimension != Dimension::INPUT {
            (Dimension::INPUT, Factor::ONE)
        } else {
            (dimension.clone(), half())
        };
        Fallback {
            dimension,
            conditions: PriceConditions::marked(ConditionKey::Processing, "batch"),
            parent,
            factor,
        }
    });
    batch.chain(parents(cache_read)).collect()
}

fn parents(cache_read: Factor) -> Vec<Fallback> {
    let rule = |(dimension, parent): &(Dimension, Dimension)| Fallback {
        dimension: dimension.clone(),
        conditions: PriceConditions::default(),
        parent: parent.clone(),
        factor: if *dimension == Dimension::CACHE_READ {
            cache_read
        } else {
            Factor::ONE
        },
    };
    PARENTS.iter().map(rule).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_is_half_and_no_chain_of_parents_is_a_loop() {
        assert_eq!(half().to_string(), "0.5");
        for (start, _) in PARENTS {
            let mut at = start.clone();
            let mut steps = 0;
            while let Some((_, parent)) = PARENTS.iter().find(|(child, _)| *child == at) {
                at = parent.clone();
                steps += 1;
            }
            assert!(steps < 4, "{start}");
        }
    }
}
