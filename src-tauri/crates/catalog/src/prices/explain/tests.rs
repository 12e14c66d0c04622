use super::*;
use crate::prices::{ModelAlias, built_in};
use ratebook_money::Timestamp;

/// `provider/model by steps`, or `?` with what is suggested first.
fn words(book: &PriceTable, provider: &str, model: &str) -> String {
    let Some(found) = book.explain(provider, model) else {
        let suggested = match book.resolve(provider, model) {
            super::super::Resolution::Unresolved { suggestions } => suggestions,
            super::super::Resolution::Found(_) => panic!("found, but not explained"),
        };
        let first = suggested.first();
        return first.map_or("?".to_owned(), |m| format!("? {}/{}", m.provider, m.model));
    };
    let same = book.resolve(provider, model).model().unwrap();
    assert!(std::ptr::eq(same, found.model));
    let by = match found.by {
        MatchedBy::Alias => "alias".to_owned(),
        MatchedBy::Name => "name".to_owned(),
        MatchedBy::Family => "family".to_owned(),
        MatchedBy::OnlyOne => "only".to_owned(),
        MatchedBy::Rule(rule) => format!("rule {rule}"),
    };
    let mut text = format!("{}/{} by {by}", found.model.provider, found.model.model);
    for step in found.steps {
        text.push_str(match step {
            MatchStep::Path => ", path",
            MatchStep::Undated => ", undated",
            MatchStep::Prefix => ", prefix",
            MatchStep::Maker => ", maker",
        });
    }
    text
}

/// Provider and model as reported, and what they stand for in the book of both tables.
const CASES: &[(&str, &str, &str)] = &[
    (
        "openai",
        "gpt-4o-2024-08-06",
        "openai/gpt-4o-2024-08-06 by name",
    ),
    (
        "openai",
        "gpt-4o-2030-01-01",
        "openai/gpt-4o by name, undated",
    ),
    ("", "gpt-4o", "openai/gpt-4o by name, maker"),
    ("", "openai/gpt-4o", "openai/gpt-4o by name, prefix"),
    (
        "openai",
        "openai/gpt-4o-mini",
        "openai/gpt-4o-mini by name, prefix",
    ),
    ("azure", "azure/gpt-4o", "azure/gpt-4o by name, prefix"),
    ("azure_openai", "gpt-4o", "azure/gpt-4o by family"),
    (
        "azure",
        "eu/gpt-4o-2024-08-06",
        "azure/eu/gpt-4o-2024-08-06 by name",
    ),
    (
        "anthropic",
        "claude-3-5-sonnet-latest",
        "anthropic/claude-3-5-sonnet \
            by rule claude-3-5-sonnet… or claude-3.5-sonnet…",
    ),
    (
        "anthropic",
        "claude-sonnet-4-5-20250929",
        "anthropic/claude-sonnet-4-5-20250929 by name",
    ),
    (
        "anthropic",
        "claude-sonnet-4-5@20250929",
        "anthropic/claude-sonnet-4-5 \
            by rule claude-sonnet-4-5… or claude-sonnet-4.5…",
    ),
    (
        "",
        "claude-sonnet-4-5",
        "anthropic/claude-sonnet-4-5 by name, maker",
    ),
    (
        "openrouter",
        "anthropic/claude-sonnet-4.5",
        "openrouter/anthropic/claude-sonnet-4.5 by name",
    ),
    (
        "",
        "openrouter/anthropic/claude-sonnet-4.5",
        "openrouter/anthropic/claude-sonnet-4.5 by name, prefix",
    ),
    (
        "google",
        "models/gemini-2.5-pro",
        "gemini/gemini-2.5-pro by family, path",
    ),
    (
        "vertex",
        "publishers/google/models/gemini-2.5-flash",
        "gemini/gemini-2.5-flash by family, path",
    ),
    (
        "google_ai_studio",
        "gemini-2.5-pro",
        "gemini/gemini-2.5-pro by family",
    ),
    (
        "",
        "gemini-2.5-pro-latest",
        "gemini/gemini-2.5-pro \
            by rule gemini-2.5-pro… and /^(?!.*-[tT][tT][sS](?:$|-))/, maker",
    ),
    (
        "aws",
        "anthropic.claude-3-haiku-20240307-v1:0",
        "bedrock_converse/regional.anthropic.claude-3-haiku-20240307-v1:0 \
            by rule …claude-3-haiku-20240307…",
    ),
    (
        "bedrock",
        "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
        "bedrock_converse/us.anthropic.claude-sonnet-4-5-20250929-v1:0 \
            by family",
    ),
    (
        "bedrock",
        "arn:aws:bedrock:eu-west-1::foundation-model/anthropic.claude-3-haiku-20240307-v1:0",
        "bedrock_converse/regional.anthropic.claude-3-haiku-20240307-v1:0 \
            by rule …claude-3-haiku-20240307…",
    ),
    (
        "x-ai",
        "grok-4-latest",
        "xai/grok-4-0709 by rule = grok-4 or = grok-4-latest",
    ),
    ("xai", "grok-4-0709", "xai/grok-4-0709 by name"),
    (
        "mistralai",
        "mistral-large-latest",
        "mistral/mistral-large-latest by family",
    ),
    (
        "vercel_ai_gateway",
        "openai/gpt-4o",
        "vercel_ai_gateway/openai/gpt-4o by name",
    ),
    (
        "deepseek",
        "deepseek-chat",
        "deepseek/deepseek-chat by name",
    ),
    ("ours", "fast-one", "openai/gpt-4o-mini by alias"),
    ("openai", "gtp-4o", "? openai/gpt-4o"),
    ("nobody", "nothing-like-it-at-all", "?"),
];

#[test]
fn reported_names_find_their_model_and_say_why() {
    let built_in = built_in(Timestamp::MIN).unwrap();
    let alias = ModelAlias {
        provider: Some("ours".into()),
        alias: "fast-one".into(),
        to_provider: "openai".into(),
        to_model: "gpt-4o-mini".into(),
    };
    let book = PriceTable::with_aliases(built_in.sources, built_in.models, &[alias]);
    let mut wrong = Vec::new();
    for (provider, model, expected) in CASES {
        let found = words(&book, provider, model);
        if found != *expected {
            wrong.push(format!("(\"{provider}\", \"{model}\", \"{found}\"),"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
