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
    ("openai", "gpt-4o-2024-08-06", "-"),
    ("openai", "gpt-4o-2030-01-01", "-"),
    ("", "gpt-4o", "-"),
    ("", "openai/gpt-4o", "-"),
    ("openai", "openai/gpt-4o-mini", "-"),
    ("azure", "azure/gpt-4o", "-"),
    ("azure_openai", "gpt-4o", "-"),
    ("azure", "eu/gpt-4o-2024-08-06", "-"),
    ("anthropic", "claude-3-5-sonnet-latest", "-"),
    ("anthropic", "claude-sonnet-4-5-20250929", "-"),
    ("anthropic", "claude-sonnet-4-5@20250929", "-"),
    ("", "claude-sonnet-4-5", "-"),
    ("openrouter", "anthropic/claude-sonnet-4.5", "-"),
    ("", "openrouter/anthropic/claude-sonnet-4.5", "-"),
    ("google", "models/gemini-2.5-pro", "-"),
    ("vertex", "publishers/google/models/gemini-2.5-flash", "-"),
    ("google_ai_studio", "gemini-2.5-pro", "-"),
    ("", "gemini-2.5-pro-latest", "-"),
    ("aws", "anthropic.claude-3-haiku-20240307-v1:0", "-"),
    (
        "bedrock",
        "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
        "-",
    ),
    (
        "bedrock",
        "arn:aws:bedrock:eu-west-1::foundation-model/anthropic.claude-3-haiku-20240307-v1:0",
        "-",
    ),
    ("bedrock", "jp.anthropic.claude-3-haiku-20240307-v1:0", "-"),
    ("x-ai", "grok-4-latest", "-"),
    ("xai", "grok-4-0709", "-"),
    ("mistralai", "mistral-large-latest", "-"),
    ("vercel_ai_gateway", "openai/gpt-4o", "-"),
    ("deepseek", "deepseek-chat", "-"),
    ("ours", "fast-one", "-"),
    ("", "deepseek-r1", "-"),
    ("openai", "gtp-4o", "-"),
    ("nobody", "nothing-like-it-at-all", "-"),
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
