use crate::{MarkupRule, MarkupScope};
use ratebook_money::Timestamp;
use std::collections::HashMap;
use std::sync::Arc;

/// The rules of a price book, found by model: a book may have a price of its own for each of
/// hundreds of thousands of cells. Cheap to clone and to extend.
#[derive(Clone, Debug, Default)]
pub struct MarkupRules {
    /// Later parts were recorded later.
    parts: Vec<Arc<Part>>,
}

#[derive(Debug)]
struct Part {
    rules: Vec<MarkupRule>,
    /// Provider, then model: places in `rules`, in order.
    models: HashMap<String, HashMap<String, Vec<usize>>>,
    /// Those of no single model.
    general: Vec<usize>,
    /// Each `valid_from` with the first time that a rule of it was recorded.
    starts: Vec<(Timestamp, Timestamp)>,
    standing: Standing,
}

/// How the rules of a part stand to others of the same scope.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Standing {
    /// By their times.
    Recorded,
    /// As if no other had ever been there: what a draft would do.
    Supposed,
}

impl MarkupRules {
    /// The rules in the order of recording.
    #[must_use]
    pub fn new(rules: Vec<MarkupRule>) -> Self {
        Self::default().plus(rules, Standing::Recorded)
    }

    /// With more rules, recorded after all others.
    #[must_use]
    pub fn with(&self, rules: Vec<MarkupRule>) -> Self {
        self.clone().plus(rules, Standing::Recorded)
    }

    /// With rules that take the place of whatever holds for their scopes, at all times.
    #[must_use]
    pub fn supposing(&self, rules: Vec<MarkupRule>) -> Self {
        self.clone().plus(rules, Standing::Supposed)
    }

    /// With all rules of another list behind its own.
    #[must_use]
    pub fn followed_by(&self, others: &Self) -> Self {
        let parts = self.parts.iter().chain(&others.parts);
        Self {
            parts: parts.map(Arc::clone).collect(),
        }
    }

    fn plus(mut self, rules: Vec<MarkupRule>, standing: Standing) -> Self {
        if !rules.is_empty() {
            self.parts.push(Arc::new(Part::new(rules, standing)));
        }
        self
    }

    /// All rules, in the order of recording.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &MarkupRule> {
        self.parts.iter().flat_map(|part| &part.rules)
    }

    /// Those that may hold for a model, in the order of recording.
    pub fn about<'a, 'n>(
        &'a self,
        provider: &'n str,
        model: &'n str,
    ) -> impl Iterator<Item = (&'a MarkupRule, Standing)> + use<'a, 'n> {
        self.parts.iter().flat_map(move |part| {
            let own = part.models.get(provider);
            let own = own.and_then(|models| models.get(model));
            let own = own.into_iter().flatten();
            let places = own.chain(&part.general);
            places.filter_map(|place| Some((part.rules.get(*place)?, part.standing)))
        })
    }

    /// The instants at which a rule that was recorded by `as_of` comes into force.
    pub fn starts(&self, as_of: Timestamp) -> impl Iterator<Item = Timestamp> {
        let starts = self.parts.iter().flat_map(|part| &part.starts);
        starts
            .filter(move |(_, recorded_at)| *recorded_at <= as_of)
            .map(|(valid_from, _)| *valid_from)
    }

    /// Those of no single model, in the order of recording.
    pub fn general(&self) -> impl DoubleEndedIterator<Item = &MarkupRule> {
        let parts = self.parts.iter();
        parts.flat_map(|part| {
            part.general
                .iter()
                .filter_map(|place| part.rules.get(*place))
        })
    }

    /// The newest rule of a scope, whatever its date: what was said last.
    #[must_use]
    pub fn newest_of(&self, scope: &MarkupScope) -> Option<&MarkupRule> {
        self.parts.iter().rev().find_map(|part| {
            let places = part.places(scope.provider.as_deref(), scope.model.as_deref());
            let rules = places.iter().rev();
            let mut rules = rules.filter_map(|place| part.rules.get(*place));
            rules.find(|rule| rule.scope == *scope)
        })
    }

    /// All rules of each scope at once, in the order of recording; the scopes come in no order.
    pub fn each_scope<'a>(&'a self, mut visit: impl FnMut(&'a MarkupScope, &[&'a MarkupRule])) {
        let mut groups: HashMap<(&str, &str), Vec<&MarkupRule>> = HashMap::new();
        for part in &self.parts {
            for (provider, models) in &part.models {
                for (model, places) in models {
                    let group = groups.entry((provider, model)).or_default();
                    group.extend(places.iter().filter_map(|place| part.rules.get(*place)));
                }
            }
        }
        // By model first: sorting a few dozen rules at a time is what makes this quick.
        let general = self.general().collect();
        for mut group in groups.into_values().chain([general]) {
            group.sort_by(|a, b| a.scope.cmp(&b.scope));
            for same in group.chunk_by(|a, b| a.scope == b.scope) {
                if let Some(first) = same.first() {
                    visit(&first.scope, same);
                }
            }
        }
    }

    /// The newest rule of each scope, whatever its date: what was said last.
    #[must_use]
    pub fn newest(&self) -> HashMap<&MarkupScope, &MarkupRule> {
        self.iter().map(|rule| (&rule.scope, rule)).collect()
    }
}

impl From<Vec<MarkupRule>> for MarkupRules {
    fn from(rules: Vec<MarkupRule>) -> Self {
        Self::new(rules)
    }
}

impl Part {
    /// Places of the rules of a model, or of those of no single one.
    fn places(&self, provider: Option<&str>, model: Option<&str>) -> &[usize] {
        let Some((provider, model)) = provider.zip(model) else {
            return &self.general;
        };
        let of = self.models.get(provider);
        let of = of.and_then(|models| models.get(model));
        of.map_or(&[], Vec::as_slice)
    }

    fn new(rules: Vec<MarkupRule>, standing: Standing) -> Self {
        let mut models: HashMap<String, HashMap<String, Vec<usize>>> = HashMap::new();
        let mut general = Vec::new();
        let mut starts: HashMap<Timestamp, Timestamp> = HashMap::new();
        for (place, rule) in rules.iter().enumerate() {
            match (&rule.scope.provider, &rule.scope.model) {
                (Some(provider), Some(model)) => {
                    let of = models.entry(provider.clone()).or_default();
                    of.entry(model.clone()).or_default().push(place);
                }
                (Some(_) | None, Some(_) | None) => general.push(place),
            }
            let known = starts.entry(rule.valid_from).or_insert(rule.recorded_at);
            *known = rule.recorded_at.min(*known);
        }
        let mut starts: Vec<(Timestamp, Timestamp)> = starts.into_iter().collect();
        starts.sort_unstable();
        Self {
            rules,
            models,
            general,
            starts,
            standing,
        }
    }
}
