use super::MatchRule;
use super::pattern::Pattern;

impl MatchRule {
    /// Whether a name as reported (lower case) falls under the rule.
    #[must_use]
    pub fn matches(&self, name: &str) -> bool {
        match self {
            Self::Equals(text) => name == text.to_lowercase(),
            Self::StartsWith(text) => name.starts_with(&text.to_lowercase()),
            Self::EndsWith(text) => name.ends_with(&text.to_lowercase()),
            Self::Contains(text) => name.contains(&text.to_lowercase()),
            Self::Regex(text) => Pattern::parse(text).is_some_and(|known| known.is_match(name)),
            Self::Or(rules) => rules.iter().any(|rule| rule.matches(name)),
            Self::And(rules) => rules.iter().all(|rule| rule.matches(name)),
        }
    }

    /// Whether every regular expression in it can be read. One that cannot never matches.
    #[must_use]
    pub fn is_readable(&self) -> bool {
        match self {
            Self::Regex(text) => Pattern::parse(text).is_some(),
            Self::Or(rules) | Self::And(rules) => rules.iter().all(Self::is_readable),
            Self::Equals(_) | Self::StartsWith(_) | Self::EndsWith(_) | Self::Contains(_) => true,
        }
    }
}
