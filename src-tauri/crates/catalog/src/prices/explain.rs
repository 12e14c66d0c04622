use super::names::{self, How};
use super::{MatchRule, ModelPrices, PriceTable};

/// Why a reported name stands for a model.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Match<'a> {
    /// The model.
    pub model: &'a ModelPrices,
    /// The name that was looked for in the end: as reported, or without what was taken off.
    pub name: String,
    /// What it was found by.
    pub by: MatchedBy<'a>,
    /// What was done to the name before, in order.
    pub steps: Vec<MatchStep>,
}

/// What a name was found by.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum MatchedBy<'a> {
    /// A person gave the name to the model.
    Alias,
    /// The model has the name at that provider.
    Name,
    /// Another name of the same provider has a model of the name.
    Family,
    /// No provider was reported, and only one has a model of the name.
    OnlyOne,
    /// A match rule of a price table.
    Rule(&'a MatchRule),
}

/// What was done to a name before it was found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MatchStep {
    /// The path of a resource was taken off.
    Path,
    /// A date, a version or `latest` was taken off, or `-latest` put to it.
    Undated,
    /// The provider's or a gateway's prefix was taken off.
    Prefix,
    /// No provider was reported: the model's maker is meant.
    Maker,
}

impl PriceTable {
    /// As [`PriceTable::resolve`], with the reasons; nothing where that finds no single model.
    #[must_use]
    pub fn explain(&self, provider: &str, model: &str) -> Option<Match<'_>> {
        let found = self.find(provider, model)?;
        let known = self.models().get(found.index)?;
        let reported = model.trim().to_lowercase();
        let plain = match names::without_path(&reported) {
            Some(plain) if found.path => plain,
            _ => &reported,
        };
        let name = match found.how {
            How::Alias => Some(reported.clone()),
            _ => names::undated(plain).into_iter().nth(found.shortened),
        };
        let by = match found.how {
            How::Alias => MatchedBy::Alias,
            How::Name => MatchedBy::Name,
            How::Family => MatchedBy::Family,
            How::OnlyOne => MatchedBy::OnlyOne,
            How::Rule(place) => MatchedBy::Rule(known.matches.get(place)?),
        };
        let steps = [
            (found.path, MatchStep::Path),
            (found.shortened > 0, MatchStep::Undated),
            (found.prefix, MatchStep::Prefix),
            (found.maker, MatchStep::Maker),
        ];
        let steps = steps.into_iter().filter(|(done, _)| *done);
        Some(Match {
            model: known,
            name: name.unwrap_or(reported),
            by,
            steps: steps.map(|(_, step)| step).collect(),
        })
    }
}

impl std::fmt::Display for MatchRule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let list = |f: &mut std::fmt::Formatter<'_>, rules: &[Self], word: &str| {
            for (place, rule) in rules.iter().enumerate() {
                if place > 0 {
                    f.write_str(word)?;
                }
                write!(f, "{rule}")?;
            }
            Ok(())
        };
        match self {
            Self::Equals(text) => write!(f, "= {text}"),
            Self::StartsWith(text) => write!(f, "{text}…"),
            Self::EndsWith(text) => write!(f, "…{text}"),
            Self::Contains(text) => write!(f, "…{text}…"),
            Self::Regex(text) => write!(f, "/{text}/"),
            Self::Or(rules) => list(f, rules, " or "),
            Self::And(rules) => list(f, rules, " and "),
        }
    }
}

#[cfg(test)]
mod tests;
