use super::*;
use crate::ContextThreshold;
use crate::prices::{MatchRule, ProviderPrice, RuleSet};
use crate::{Comparison, Dimension, PriceConditions};
use proptest::prelude::*;

fn model(provider: &str, name: &str) -> ModelPrices {
    ModelPrices {
        provider: provider.into(),
        model: name.into(),
        prices: Vec::new(),
        fallbacks: Vec::new(),
        rules: RuleSet::None,
        multipliers: Vec::new(),
        matches: Vec::new(),
        minimums: Vec::new(),
    }
}

fn table() -> PriceTable {
    let mut ruled = model("mistral", "mistral-small");
    ruled.matches = vec![MatchRule::StartsWith("mistral-small-2".into())];
    let models = vec![
        model("openai", "gpt-5.5"),
        model("azure", "gpt-5.5"),
        model("azure", "eu/gpt-5.5"),
        model("anthropic", "claude-3-5-haiku-latest"),
        model("openrouter", "anthropic/claude-sonnet-5"),
        model("gemini", "gemini-3-pro"),
        model("vertex_ai-language-models", "gemini-3-pro"),
        model("deepinfra", "shared"),
        model("novita", "shared"),
        ruled,
    ];
    let alias = ModelAlias {
        provider: None,
        alias: "House-Model".into(),
        to_provider: "openai".into(),
        to_model: "gpt-5.5".into(),
    };
    PriceTable::with_aliases(Vec::new(), models, &[alias])
}

fn found(provider: &str, name: &str) -> Option<(String, String)> {
    let table = table();
    let model = table.resolve(provider, name).model()?;
    Some((model.provider.clone(), model.model.clone()))
}

#[test]
fn reported_names_stand_for_one_model_or_for_none() {
    for (provider, name, to) in [
        ("openai", "gpt-5.5", Some("openai gpt-5.5")),
        ("OpenAI", "GPT-5.5", Some("openai gpt-5.5")),
        ("openai", "gpt-5.5-2026-04-23", Some("openai gpt-5.5")),
        ("azure", "azure/eu/gpt-5.5", Some("azure eu/gpt-5.5")),
        ("", "azure/gpt-5.5", Some("azure gpt-5.5")),
        (
            "anthropic",
            "claude-3-5-haiku-20241022",
            Some("anthropic claude-3-5-haiku-latest"),
        ),
        (
            "openrouter",
            "anthropic/claude-sonnet-5",
            Some("openrouter anthropic/claude-sonnet-5"),
        ),
        (
            "",
            "openrouter/anthropic/claude-sonnet-5",
            Some("openrouter anthropic/claude-sonnet-5"),
        ),
        ("google", "gemini-3-pro", Some("gemini gemini-3-pro")),
        (
            "vertex_ai",
            "gemini-3-pro",
            Some("vertex_ai-language-models gemini-3-pro"),
        ),
        (
            "mistral",
            "mistral-small-2603",
            Some("mistral mistral-small"),
        ),
        ("anything", "house-model", Some("openai gpt-5.5")),
        // The maker's own, where the provider was not reported.
        ("", "gpt-5.5", Some("openai gpt-5.5")),
        // Two providers have it and neither made it; a provider that nobody knows; a typo.
        ("", "shared", None),
        ("my-gateway", "gpt-5.5", None),
        ("openai", "gtp-5.5", None),
    ] {
        let found = found(provider, name).map(|(provider, model)| format!("{provider} {model}"));
        assert_eq!(found.as_deref(), to, "{provider} {name}");
    }
}

#[test]
fn an_unknown_name_comes_with_suggestions() {
    let table = table();
    let Resolution::Unresolved { suggestions } = table.resolve("openai", "gtp-5.5") else {
        panic!("a typo must not be priced");
    };
    assert_eq!(
        suggestions.first().map(|model| model.model.as_str()),
        Some("gpt-5.5")
    );
    assert_eq!(
        suggestions.first().map(|model| model.provider.as_str()),
        Some("openai")
    );
}

proptest! {
    /// What the store keeps of a call's size and time decides every row as the real numbers do.
    #[test]
    fn representatives_compare_as_the_real_numbers(
        mut thresholds in proptest::collection::vec(0_u64..50, 0..6),
        tokens in 0_u64..60,
        mut borders in proptest::collection::vec(0_u16..1_440, 0..6),
        minute in 0_u16..1_440,
    ) {
        thresholds.sort_unstable();
        thresholds.dedup();
        let kept = context_representative(&thresholds, tokens);
        for threshold in &thresholds {
            for comparison in [Comparison::Above, Comparison::AtLeast] {
                let context = ContextThreshold { tokens: *threshold, comparison };
                prop_assert_eq!(context.holds(kept), context.holds(tokens));
            }
        }
        borders.push(0);
        borders.sort_unstable();
        let kept = minute_representative(&borders, minute);
        for from in &borders {
            for to in &borders {
                let window = TimeWindow { from: *from, to: *to, days: None };
                prop_assert_eq!(window.covers_minute(kept), window.covers_minute(minute));
            }
        }
    }
}

#[test]
fn thresholds_and_borders_are_those_of_the_rows() {
    let mut model = model("x", "y");
    let conditions = PriceConditions {
        context: Some(ContextThreshold {
            tokens: 7,
            comparison: Comparison::Above,
        }),
        window: Some(TimeWindow {
            from: 60,
            to: 1_440,
            days: Some(crate::Weekdays {
                days: vec![1],
                zone: Some("Asia/Shanghai".into()),
            }),
        }),
        ..PriceConditions::default()
    };
    model.prices.push(ProviderPrice {
        dimension: Dimension::INPUT,
        conditions,
        rate: None,
        valid_from: Timestamp::MIN,
        recorded_at: Timestamp::MIN,
        source: 0,
        manual: false,
        original: None,
    });
    let table = PriceTable::new(Vec::new(), vec![model]);
    assert_eq!(table.context_thresholds(), [7]);
    assert_eq!(table.window_borders(), [0, 60, 960]);
}
