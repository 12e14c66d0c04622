use super::{ModelAlias, ModelPrices};
use std::collections::HashMap;

/// Models by the names they are reported under.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    /// (provider, model), lower case.
    exact: HashMap<(String, String), usize>,
    /// (family of the provider, model), lower case.
    family: HashMap<(String, String), Vec<usize>>,
    /// model, lower case.
    bare: HashMap<String, Vec<usize>>,
    /// Models with match rules, by family.
    ruled: HashMap<String, Vec<usize>>,
    aliases: HashMap<(Option<String>, String), usize>,
}

/// A model that was found, and by what.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Found {
    pub(super) index: usize,
    pub(super) how: How,
    /// How many words were taken off the end of the name, or put to it.
    pub(super) shortened: usize,
    /// The provider's or a gateway's prefix was taken off.
    pub(super) prefix: bool,
    /// The path of a resource was taken off.
    pub(super) path: bool,
    /// No provider was reported: the model's maker is meant.
    pub(super) maker: bool,
}

/// What a name was found by.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum How {
    Alias,
    Name,
    Family,
    OnlyOne,
    /// The place of the match rule among those of the model.
    Rule(usize),
}

impl Found {
    fn by(index: usize, how: How) -> Self {
        Self {
            index,
            how,
            shortened: 0,
            prefix: false,
            path: false,
            maker: false,
        }
    }
}

/// Names that several tables and gateways use for one provider; the first is the family's name.
/// Where two members price the same model, the one that stands first is meant by the others.
const FAMILIES: &[&[&str]] = &[
    &["openai", "text-completion-openai"],
    &["azure", "azure_text", "azure_openai", "azure-openai"],
    &[
        "google",
        "gemini",
        "vertex_ai",
        "vertex",
        "google_ai_studio",
        "google-vertex",
    ],
    &[
        "bedrock_converse",
        "bedrock",
        "aws",
        "amazon-bedrock",
        "amazon_bedrock",
    ],
    &["xai", "x-ai"],
    &["fireworks_ai", "fireworks", "fireworks-ai"],
    &["together_ai", "together", "together-ai", "togetherai"],
    &["moonshot", "moonshotai"],
    &["cohere", "cohere_chat"],
    &["mistral", "mistralai"],
    &["zai", "z-ai"],
    &["voyage", "voyageai"],
    &["dashscope", "alibaba"],
    &["meta_llama", "meta-llama"],
    &["huggingface", "hf"],
];

/// Who makes a model whose provider was not reported, by the start of its name.
const MAKERS: &[(&str, &str)] = &[
    ("gpt-", "openai"),
    ("chatgpt-", "openai"),
    ("o1", "openai"),
    ("o3", "openai"),
    ("o4", "openai"),
    ("text-embedding-3", "openai"),
    ("claude", "anthropic"),
    ("gemini", "google"),
    ("mistral", "mistral"),
    ("codestral", "mistral"),
    ("command", "cohere"),
    ("deepseek", "deepseek"),
    ("grok", "xai"),
    ("sonar", "perplexity"),
    ("kimi", "moonshot"),
    ("glm", "zai"),
];

/// The family of a provider and its place in it.
pub(super) fn family(provider: &str) -> (&str, usize) {
    // litellm names the parts of Vertex AI `vertex_ai-anthropic_models` and the like.
    let provider = if provider.starts_with("vertex_ai-") {
        "vertex_ai"
    } else {
        provider
            .strip_suffix("-embedding-models")
            .unwrap_or(provider)
    };
    for members in FAMILIES {
        let place = members.iter().position(|member| *member == provider);
        if let (Some(place), Some(first)) = (place, members.first()) {
            return (first, place);
        }
    }
    (provider, 0)
}

impl Names {
    pub(super) fn new(models: &[ModelPrices], aliases: &[ModelAlias]) -> Self {
        let mut names = Self::default();
        for (index, model) in models.iter().enumerate() {
            let name = model.model.to_lowercase();
            let family = family(&model.provider).0.to_owned();
            let key = (family.clone(), name.clone());
            names.family.entry(key).or_default().push(index);
            names.bare.entry(name.clone()).or_default().push(index);
            if !model.matches.is_empty() {
                names.ruled.entry(family).or_default().push(index);
            }
            let exact = (model.provider.clone(), name);
            names.exact.entry(exact).or_insert(index);
        }
        for alias in aliases {
            let to = (alias.to_provider.clone(), alias.to_model.to_lowercase());
            if let Some(index) = names.exact.get(&to) {
                let provider = alias.provider.as_ref().map(|name| name.to_lowercase());
                let key = (provider, alias.alias.to_lowercase());
                names.aliases.insert(key, *index);
            }
        }
        names
    }

    pub(super) fn exact(&self, provider: &str, model: &str) -> Option<usize> {
        let key = (provider.to_lowercase(), model.to_lowercase());
        self.exact.get(&key).copied()
    }

    /// The one model, or those that fit equally well.
    pub(super) fn resolve(
        &self,
        models: &[ModelPrices],
        provider: &str,
        model: &str,
    ) -> Result<Found, Vec<usize>> {
        let provider = provider.trim().to_lowercase();
        let model = model.trim().to_lowercase();
        for key in [Some(provider.clone()), None] {
            if let Some(index) = self.aliases.get(&(key, model.clone())) {
                return Ok(Found::by(*index, How::Alias));
            }
        }
        let mut fits = Vec::new();
        // Some providers name their models by paths: a path is taken off only where it is none.
        for plain in [Some(model.as_str()), without_path(&model)] {
            let names = plain.map(undated).unwrap_or_else(Vec::new);
            for (shortened, name) in names.iter().enumerate() {
                match self.named(models, &provider, name) {
                    Ok(found) => {
                        return Ok(Found {
                            shortened,
                            path: plain != Some(model.as_str()),
                            ..found
                        });
                    }
                    Err(found) if fits.is_empty() => fits = found,
                    Err(_) => {}
                }
            }
        }
        Err(fits)
    }

    fn named(
        &self,
        models: &[ModelPrices],
        provider: &str,
        model: &str,
    ) -> Result<Found, Vec<usize>> {
        if provider.is_empty() {
            return self.without_provider(models, model);
        }
        if let Ok(found) = self.at_provider(models, provider, model) {
            return Ok(found);
        }
        let inner = |found: Found| Found {
            prefix: true,
            ..found
        };
        // A gateway's prefix that repeats the provider: `azure/gpt-5.5` at `azure`.
        let parts = model
            .split_once('/')
            .filter(|(first, _)| family(first).0 == family(provider).0);
        if let Some((first, rest)) = parts {
            let found = self
                .at_provider(models, first, rest)
                .or_else(|_| self.at_provider(models, provider, rest));
            if let Ok(found) = found {
                return Ok(inner(found));
            }
        }
        self.by_rule(models, provider, model)
            .or_else(|found| match parts {
                Some((_, rest)) => self.by_rule(models, provider, rest).map(inner),
                None => Err(found),
            })
    }

    /// By name at a provider or another member of its family.
    fn at_provider(
        &self,
        models: &[ModelPrices],
        provider: &str,
        model: &str,
    ) -> Result<Found, Vec<usize>> {
        let key = (provider.to_owned(), model.to_owned());
        if let Some(index) = self.exact.get(&key) {
            return Ok(Found::by(*index, How::Name));
        }
        let key = (family(provider).0.to_owned(), model.to_owned());
        let found = self.family.get(&key).map_or(&[][..], Vec::as_slice);
        first_member(models, provider, found).map(|index| Found::by(index, How::Family))
    }

    fn by_rule(
        &self,
        models: &[ModelPrices],
        provider: &str,
        model: &str,
    ) -> Result<Found, Vec<usize>> {
        let ruled = self.ruled.get(family(provider).0);
        let rule = |index: usize| {
            let mut rules = models.get(index)?.matches.iter();
            rules.position(|rule| rule.matches(model))
        };
        let fits = |index: &&usize| rule(**index).is_some();
        let found: Vec<usize> = ruled.into_iter().flatten().filter(fits).copied().collect();
        let index = first_member(models, provider, &found)?;
        Ok(Found::by(index, How::Rule(rule(index).unwrap_or(0))))
    }

    /// `anthropic/claude-…`, or a bare name that only one provider has, or that its maker has.
    fn without_provider(&self, models: &[ModelPrices], model: &str) -> Result<Found, Vec<usize>> {
        if let Some((first, rest)) = model.split_once('/')
            && let Ok(found) = self.named(models, first, rest)
        {
            return Ok(Found {
                prefix: true,
                ..found
            });
        }
        let all = self.bare.get(model).map_or(&[][..], Vec::as_slice);
        if let [only] = all {
            return Ok(Found::by(*only, How::OnlyOne));
        }
        let maker = MAKERS.iter().find(|(start, _)| model.starts_with(start));
        let Some((_, maker)) = maker else {
            return Err(all.to_vec());
        };
        let found = self
            .at_provider(models, maker, model)
            .or_else(|_| self.by_rule(models, maker, model));
        match found {
            Ok(found) => Ok(Found {
                maker: true,
                ..found
            }),
            Err(found) if found.is_empty() => Err(all.to_vec()),
            Err(found) => Err(found),
        }
    }
}

/// Whether a provider makes the models of such names, and does not only run them.
#[must_use]
pub fn is_maker(provider: &str, model: &str) -> bool {
    let maker = MAKERS.iter().find(|(start, _)| model.starts_with(start));
    maker.is_some_and(|(_, maker)| *maker == provider)
}

/// The only one; of several, the one of the same member of the family, or of the member that
/// stands first in it.
fn first_member(
    models: &[ModelPrices],
    provider: &str,
    found: &[usize],
) -> Result<usize, Vec<usize>> {
    let own = family(provider).1;
    let place = |index: &usize| {
        let place = models.get(*index).map(|model| family(&model.provider).1);
        place.map(|place| (place != own, place))
    };
    let best = found.iter().filter_map(place).min();
    let firsts: Vec<usize> = found
        .iter()
        .filter(|index| place(index) == best)
        .copied()
        .collect();
    match firsts.as_slice() {
        [only] => Ok(*only),
        _ => Err(firsts),
    }
}

/// The model of a resource's path: `publishers/google/models/gemini-3-pro`, `models/gemini-3-pro`,
/// `arn:aws:bedrock:eu-west-1::foundation-model/anthropic.claude-…`.
pub(super) fn without_path(model: &str) -> Option<&str> {
    if let Some((_, name)) = model.rsplit_once("/models/") {
        return Some(name);
    }
    if model.starts_with("arn:") {
        return model.rsplit_once('/').map(|(_, name)| name);
    }
    model.strip_prefix("models/")
}

/// The name, then the name without whatever dates it or calls it the latest, then as the latest.
pub(super) fn undated(model: &str) -> Vec<String> {
    let mut names = vec![model.to_owned()];
    let mut short = model;
    while let Some(shorter) = without_version(short) {
        names.push(shorter.to_owned());
        short = shorter;
    }
    if !short.ends_with("latest") {
        names.push(format!("{short}-latest"));
    }
    names
}

fn without_version(model: &str) -> Option<&str> {
    for suffix in [
        "-latest", ":latest", "@latest", "@default", "-v1:0", "-v2:0", ":0",
    ] {
        if let Some(short) = model.strip_suffix(suffix) {
            return Some(short).filter(|short| !short.is_empty());
        }
    }
    let dated = |length: usize, digits: usize| {
        let at = model.len().checked_sub(length)?;
        let (short, tail) = model.split_at_checked(at)?;
        let date = tail.strip_prefix(['-', '@'])?;
        let plain = date.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        let count = date.bytes().filter(u8::is_ascii_digit).count();
        let is_date = plain && count == digits && date.starts_with("20");
        (is_date && !short.is_empty()).then_some(short)
    };
    dated(11, 8).or_else(|| dated(9, 8))
}

/// Models whose names look most like this one: those of the same provider first.
pub(super) fn alike(models: &[ModelPrices], provider: &str, model: &str) -> Vec<usize> {
    let provider = provider.to_lowercase();
    let wanted = model.to_lowercase();
    let wanted = wanted.rsplit('/').next().unwrap_or(&wanted).to_owned();
    let most = wanted.chars().count().div_ceil(3);
    let mut scored: Vec<(usize, bool, usize)> = Vec::new();
    for (index, known) in models.iter().enumerate() {
        let name = known.model.to_lowercase();
        let name = name.rsplit('/').next().unwrap_or(&name);
        let distance = if name.starts_with(&wanted) || wanted.starts_with(name) {
            1
        } else {
            edits(name, &wanted, most)
        };
        if distance <= most {
            let elsewhere = family(&known.provider).0 != family(&provider).0;
            scored.push((distance, elsewhere, index));
        }
    }
    scored.sort_by_key(|(distance, elsewhere, index)| (*elsewhere, *distance, *index));
    scored
        .into_iter()
        .take(5)
        .map(|(_, _, index)| index)
        .collect()
}

/// Edit distance, or more than `most` when it is certain to be.
fn edits(a: &str, b: &str, most: usize) -> usize {
    let b: Vec<char> = b.chars().collect();
    if a.chars().count().abs_diff(b.len()) > most {
        return most.saturating_add(1);
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (line, left) in a.chars().enumerate() {
        let mut diagonal = line;
        let mut before = line.saturating_add(1);
        if let Some(first) = row.first_mut() {
            *first = before;
        }
        for (column, right) in b.iter().enumerate() {
            let Some(cell) = row.get_mut(column.saturating_add(1)) else {
                continue;
            };
            let changed = diagonal.saturating_add(usize::from(left != *right));
            let best = changed
                .min(cell.saturating_add(1))
                .min(before.saturating_add(1));
            diagonal = *cell;
            *cell = best;
            before = best;
        }
    }
    row.last().copied().unwrap_or(0)
}
